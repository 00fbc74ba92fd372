"""The content check: 16 hex digits that two exports share exactly when what they hold agrees.

That is their quotations; of a matrix, too, the summaries that it shows and, where some quotations
are counted and not shown, how many each cell counts.

It is printed in the document and reported, so that a reader can tell which of two files is
which. The order of the quotations does not matter, their number and every fact of them does, so
a Word file and a CSV file of the same quotations carry the same check.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcode.model.matrix import MatrixReport, Quotation

_MODULUS = 1 << 256
_DIGITS = 16


class ContentCheck:
    """Adds quotations up, one by one, in memory that does not grow with their number.

    Each is hashed by itself and the hashes are added, which needs no sorting to be free of order.
    `passages` are the quotations: a passage under several codes is one. `count` is how often one
    stands there, under whichever code.
    """

    def __init__(self, quotations: Iterable[Quotation] = ()) -> None:
        self.count = 0
        self._sum = 0
        self.passages = 0
        # A byte for each number, from 0 on: a set of 50,000 would take fifty times as much.
        self._met = bytearray()
        for quotation in quotations:
            self.add(quotation)

    def add(self, quotation: Quotation) -> None:
        """Count one quotation in."""
        q = quotation
        self._weigh((q.coding, q.code, q.start, q.end, q.attribution, q.text))
        self.count += 1
        self.passages += self._is_new(q.number)

    def add_beside(self, row: str, column: str, said: str | int) -> None:
        """Count in what a cell says besides quotations: its summary, or how many it counts."""
        self._weigh((row, column, said))

    def _weigh(self, facts: tuple[str | int, ...]) -> None:
        # ascii() of a tuple can be read back, so no two records look alike, and it is the same in
        # every Python, which repr() of letters newer than its Unicode tables is not.
        hashed = sha256(ascii(facts).encode("ascii")).digest()
        self._sum = (self._sum + int.from_bytes(hashed)) % _MODULUS

    def _is_new(self, number: int) -> bool:
        """True where a passage was not counted yet; what has no number is told by nothing."""
        self._met.extend(bytes(max(number + 1 - len(self._met), 0)))
        is_new = not number or not self._met[number]
        self._met[number] = 1
        return is_new

    @property
    def digest(self) -> str:
        """The 16 hex digits."""
        record = f"{self.count} {self._sum:064x}"
        return sha256(record.encode("ascii")).hexdigest()[:_DIGITS]


def check_of(report: MatrixReport) -> ContentCheck:
    """The check of a matrix, the same in all formats of one wish: that of all its sections."""
    check = ContentCheck(report.quotations)
    for matrix in (section.matrix for section in report.sections):
        for row, cells in zip(matrix.rows, matrix.cells, strict=True):
            for column, cell in zip(matrix.columns, cells, strict=True):
                if cell.summary:
                    check.add_beside(row.key, column.key, cell.summary)
                if report.hidden and cell.count:
                    check.add_beside(row.key, column.key, cell.count)
    return check


def spaced(digest: str) -> str:
    """The content check in groups of four, as people compare it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
