"""The content check: 16 hex digits that two exports share exactly when their quotations agree.

It is printed in the document and reported, so that a reader can tell which of two files is
which. The order of the quotations does not matter, their number and every fact of them does, so
a Word file and a CSV file of the same quotations carry the same check.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcode.model.matrix import Quotation

_MODULUS = 1 << 256
_DIGITS = 16


class ContentCheck:
    """Adds quotations up, one by one, in memory that does not grow with their number.

    Each is hashed by itself and the hashes are added, which needs no sorting to be free of order.
    """

    def __init__(self, quotations: Iterable[Quotation] = ()) -> None:
        self.count = 0
        self._sum = 0
        for quotation in quotations:
            self.add(quotation)

    def add(self, quotation: Quotation) -> None:
        """Count one quotation in."""
        q = quotation
        # ascii() of a tuple can be read back, so no two records look alike, and it is the same in
        # every Python, which repr() of letters newer than its Unicode tables is not.
        record = ascii((q.coding, q.code, q.start, q.end, q.attribution, q.text))
        hashed = sha256(record.encode("ascii")).digest()
        self._sum = (self._sum + int.from_bytes(hashed)) % _MODULUS
        self.count += 1

    @property
    def digest(self) -> str:
        """The 16 hex digits."""
        record = f"{self.count} {self._sum:064x}"
        return sha256(record.encode("ascii")).hexdigest()[:_DIGITS]


def spaced(digest: str) -> str:
    """The content check in groups of four, as people compare it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
