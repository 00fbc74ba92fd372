"""OpenDocument spreadsheets, as LibreOffice writes them: the first sheet that holds a transcript.

A cell gives the words that it shows; a number or a date gives its value, for it may be shown in
the manner of any country.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.errors import TooManyLinesError
from qualcode.readers.grammar.clocks import is_only_time
from qualcode.readers.grammar.spreadsheets import (
    MOST_COLUMNS,
    MOST_PLACES,
    SheetRow,
    read_workbook,
    row_of,
)
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.opendocument import Page, attribute, is_package, repeats
from qualcode.readers.ground.source import MOST_LINES, Format, Source
from qualcode.readers.ground.turns import make_reading
from qualcode.readers.ground.xml import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from qualcode.model.transcript import Reading

FORMAT = Format("ods", "OpenDocument spreadsheet")

_GROUPS = frozenset({"table-rows", "table-header-rows", "table-row-group"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_VALUES = {"float": "value", "date": "date-value"}
_DURATION = re.compile(r"PT(\d{1,4})H(\d{1,2})M(\d{1,2})(?:[.,](\d{1,3})\d*)?S$")


def recognises(source: Source) -> bool:
    """True for the package of a spreadsheet or its template."""
    return is_package(source, b"spreadsheet")


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a spreadsheet, and the account of what was left out.

    Raises PasswordProtectedError, DamagedFileError, TooLargeError, TooManyLinesError or
    UnknownTableError.
    """
    page = Page(source, title=FORMAT.title, body="spreadsheet")
    ledger = Ledger()
    sheets = _Sheets(page, where=source.where)
    spoken = read_workbook(sheets.rows(), ledger, where=source.where)
    page.warn(ledger)
    return make_reading(spoken, ledger, source, FORMAT, name=name)


class _Sheets:
    """One walk over the sheets that stops at more rows than any interview has."""

    def __init__(self, page: Page, *, where: str) -> None:
        self._page = page
        self._where = where
        self._count = self._places = 0

    def rows(self) -> Iterator[list[SheetRow]]:
        """The rows that hold anything, sheet by sheet."""
        for table in self._page.body:
            if local_name(table) == "table":
                yield list(self._numbered(table))

    def _numbered(self, table: Element) -> Iterator[SheetRow]:
        """Rows that hold nothing are counted but not made: a sheet has a million of them."""
        number = 0
        for row in self._flow(table):
            times = repeats(row, "number-rows-repeated")
            cells = self._cells(row)
            self._places += len(cells)
            if self._places > MOST_PLACES:
                raise TooManyLinesError(where=self._where, limit=MOST_LINES)
            if cells:
                for n in range(number + 1, number + times + 1):
                    self._count += 1
                    if self._count > MOST_LINES:
                        raise TooManyLinesError(where=self._where, limit=MOST_LINES)
                    yield cells, n
            number += times

    def _flow(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            name = local_name(child)
            if name == "table-row":
                yield child
            elif name in _GROUPS:
                yield from self._flow(child)

    def _cells(self, row: Element) -> list[str]:
        cells: dict[int, str] = {}
        at = 0
        for cell in row:
            if local_name(cell) in _CELLS:
                times = repeats(cell, "number-columns-repeated")
                text = self._text(cell)
                if text:
                    cells.update(dict.fromkeys(range(at, at + min(times, MOST_COLUMNS)), text))
                at += times
        return row_of(cells)

    def _text(self, cell: Element) -> str:
        """What a cell shows, or its value where that is shown differently in each country."""
        kind = attribute(cell, "value-type")
        value = attribute(cell, _VALUES[kind]) if kind in _VALUES else ""
        if value:
            return value
        paragraphs = [one for one in cell if local_name(one) == "p"]
        shown = "\n".join(self._page.words(one) for one in paragraphs)
        if kind == "time" and not is_only_time(shown):
            return _clock(attribute(cell, "time-value")) or shown
        return shown or attribute(cell, "string-value")


def _clock(duration: str) -> str:
    """`PT00H01M02.5S` as a clock."""
    match = _DURATION.match(duration)
    if match is None:
        return ""
    hours, minutes, seconds, fraction = match.groups()
    return f"{int(hours)}:{int(minutes):02}:{int(seconds):02}" + (
        f".{fraction}" if fraction else ""
    )
