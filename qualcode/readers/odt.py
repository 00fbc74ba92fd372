"""OpenDocument texts, as LibreOffice writes them: the words as they are shown, changes accepted.

Paragraphs, headings, lists, sections and tables are walked in their order. Notes, comments, frames,
hidden text, headers and footers are not speech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import TooManyLinesError
from qualcode.readers.grammar.documents import LONGEST_NAME, Paragraph, read_document
from qualcode.readers.grammar.tables import TableRow
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.opendocument import Page, is_package, repeats
from qualcode.readers.ground.source import MOST_LINES, Format, Source, check_length
from qualcode.readers.ground.turns import make_reading
from qualcode.readers.ground.xml import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from qualcode.model.transcript import Reading

FORMAT = Format("odt", "OpenDocument text")

# What stands around paragraphs without being speech itself.
_NOT_SPEECH = frozenset({"tracked-changes", "sequence-decls", "variable-decls", "forms", "frame"})
# Of the tables of a text, rows, cells and paragraphs together: rows and cells say how often they
# stand there, which may be any number.
_MOST_PARTS = 4 * MOST_LINES


def recognises(source: Source) -> bool:
    """True for the package of a text, its template or its master document."""
    return is_package(source, b"text")


def read(source: Source, *, name: str) -> Reading:
    """The transcript in an OpenDocument text, and the account of what was left out.

    Raises PasswordProtectedError, DamagedFileError, TooLargeError or TooManyLinesError.
    """
    page = Page(source, title=FORMAT.title, body="text")
    ledger = Ledger()
    blocks = list(_Body(page, ledger, where=source.where).blocks())
    page.warn(ledger)
    spoken = read_document(blocks, ledger)
    return make_reading(spoken, ledger, source, FORMAT, name=name)


class _Body:
    """One walk over the body that numbers the paragraphs."""

    def __init__(self, page: Page, ledger: Ledger, *, where: str) -> None:
        self._page = page
        self._ledger = ledger
        self._where = where
        self._number = 0
        self._cells_read = 0

    def blocks(self) -> Iterator[Paragraph | list[TableRow]]:
        """Paragraphs and tables in the order of the document."""
        for element in self._flow(self._page.body):
            if local_name(element) == "table":
                yield list(self._rows(element))
            else:
                text = self._text(element)
                bold = 0 < len(text) <= LONGEST_NAME and self._page.is_bold(element)
                yield Paragraph(text, self._number, bold)

    def _flow(self, parent: Element) -> Iterator[Element]:
        """Paragraphs and tables, also in lists, sections and indexes."""
        for child in parent:
            name = local_name(child)
            if name in {"p", "h", "table"}:
                yield child
            elif name == "frame":
                self._page.seen[name] += 1
            elif name not in _NOT_SPEECH:
                yield from self._flow(child)

    def _rows(self, table: Element) -> Iterator[TableRow]:
        for element in table:
            name = local_name(element)
            if name in {"table-rows", "table-header-rows", "table-row-group"}:
                yield from self._rows(element)
            elif name == "table-row":
                for _ in range(repeats(element, "number-rows-repeated")):
                    first = self._number + 1
                    yield TableRow(tuple(self._cells(element)), first)
                    self._bound()

    def _cells(self, row: Element) -> Iterator[tuple[str, ...]]:
        for cell in row:
            if local_name(cell) in {"table-cell", "covered-table-cell"}:
                for _ in range(repeats(cell, "number-columns-repeated")):
                    yield tuple(self._cell(cell))
                    self._bound()

    def _bound(self) -> None:
        self._cells_read += 1
        if self._number > MOST_LINES or self._cells_read > _MOST_PARTS:
            raise TooManyLinesError(where=self._where, limit=MOST_LINES)
        check_length(self._ledger.read, self._where)

    def _cell(self, cell: Element) -> Iterator[str]:
        """The paragraphs of a cell, and those of a table in it one after the other."""
        for element in self._flow(cell):
            if local_name(element) == "table":
                for row in self._rows(element):
                    for paragraphs in row.cells:
                        yield from paragraphs
            else:
                yield self._text(element)

    def _text(self, element: Element) -> str:
        self._number += 1
        self._bound()
        text = self._page.words(element)
        self._ledger.read += len(text)
        return text
