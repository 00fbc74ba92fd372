"""Tables in text files: comma, semicolon or tab between the cells, whatever the file is called.

Headings tell what the columns hold; a table without them is read where its columns show it. Tables
that lie beside transcripts (manifests, codings) and those with unknown columns are refused by name.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Sequence
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from qualcode.errors import (
    CodingsAsTranscriptError,
    DamagedFileError,
    ManifestAsTranscriptError,
    TooManyLinesError,
)
from qualcode.readers.grammar import vocabulary
from qualcode.readers.grammar.spreadsheets import (
    Layout,
    SheetRow,
    find_layout,
    layout_by_headings,
    may_have_headings,
    read_sheet,
    unknown_table,
)
from qualcode.readers.grammar.tables import plain_heading
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.decoding import OPENING_BYTES, decode, opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import LARGEST_TEXT_BYTES, MOST_LINES, Format, Source
from qualcode.readers.ground.turns import make_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcode.model.transcript import Reading

FORMAT = Format("csv", "table (CSV, TSV)")

_DELIMITERS = ("\t", ";", ",")
_SUFFIXES = (".csv", ".tsv", ".tab")
# Whisper ends no cell with a quotation mark that it opens: its words are as they were heard.
_WHISPER = ("start", "end", "text")
# Rows of so many cells each are no accident; where the name of the file promises a table, fewer do.
_REGULAR_ROWS, _REGULAR_CELLS = 4, 3
_PROMISED_ROWS, _PROMISED_CELLS = 2, 2
_OPENING_ROWS = 60
# More than can stand in the opening of a file, so that recognising a table never fails.
_MOST_CELLS_A_ROW = 10_000
# Looked at for their width together: one by one costs more, and all would fill the memory first.
_ROWS_AT_ONCE = 64
# No file holds this line, for decoding takes the mark out; a quotation mark that never closes does.
_END = "\ufeff"


# Beside the delimiter, what of a table is not in its cells.
_SIGNS = ('"', "\r", "\n")


class _Table(NamedTuple):
    rows: list[SheetRow]
    delimiter: str


def recognises(source: Source) -> bool:
    """True for rows of equal cells with headings that are known, or with times and names in them.

    Also for tables that are certainly no transcript, so that they can be refused by name.
    """
    text = opening(source)
    if len(source.data) >= OPENING_BYTES:
        text = text.rpartition("\n")[0] or text  # the last line may be cut
    promised = source.name.lower().endswith(_SUFFIXES)
    for delimiter in _delimiters(text):
        rows = _rows(text, delimiter, source.where)[:_OPENING_ROWS]
        if layout_by_headings(rows) or _is_other(rows) or _is_regular(rows, promised=promised):
            return True
    return False


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a table, and the account of what was left out.

    Raises UnknownTableError, ManifestAsTranscriptError, CodingsAsTranscriptError, DamagedFileError,
    TooManyLinesError and what decoding raises.
    """
    decoded = decode(source)
    text = decoded.text
    table = _choose(text, source.where)
    if len(table.rows) > MOST_LINES:
        raise TooManyLinesError(where=source.where, limit=MOST_LINES)
    if table.rows and table.rows[-1][0] == [_END]:
        table.rows.pop()
    else:
        line = table.rows[-1][1] if table.rows else 1
        detail = "a quotation mark in the row that begins here does not close"
        raise DamagedFileError(FORMAT.title, where=f"{source.where}:{line}", detail=detail)
    _refuse_other(table.rows, source.where)
    layout = find_layout(table.rows)
    if layout is None:
        raise unknown_table(table.rows, source.where)
    ledger = Ledger.of_text(decoded)
    rows = _join_overflow(table, layout, ledger)
    held = "".join(chain.from_iterable([cells for cells, _ in rows]))
    for sign in (table.delimiter, *_SIGNS):  # those in no cell part the cells or stand around them
        ledger.drop(kinds.MARKUP, _count(sign, text) - _count(sign, held))
    by_whisper = table.delimiter == "\t" and layout.headings == _WHISPER
    spoken = read_sheet(rows, layout, ledger, numbers_in_ms=by_whisper)
    if by_whisper:
        spoken.producer = "Whisper"
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _choose(text: str, where: str) -> _Table:
    """The table by the delimiter that gives it known columns, or else the most regular rows."""
    some = "".join(line for line, _ in zip(_lines(text), range(_OPENING_ROWS), strict=False))
    marks = _delimiters(some)
    best, delimiter = (-1, -1), (marks or _DELIMITERS)[0]
    for mark in marks if len(marks) > 1 else []:
        rows = _rows(some, mark, where)[:_OPENING_ROWS]
        known = bool(find_layout(rows) or _is_other(rows))
        width = len(rows[0][0]) if rows else 0
        if (known, width) > best:
            best, delimiter = (known, width), mark
    return _Table(_rows(text, delimiter, where), delimiter)


def _delimiters(text: str) -> list[str]:
    """The signs that may part the cells: those in the first line that holds anything."""
    first = next((line for line in _lines(text) if line.strip()), "")
    return [delimiter for delimiter in _DELIMITERS if delimiter in first]


def _rows(text: str, delimiter: str, where: str) -> list[SheetRow]:
    """The rows with the numbers of their first lines; behind them, if it closes well, `_END`."""
    # The limit is one for the whole process; an interview in one cell may be longer than it.
    csv.field_size_limit(LARGEST_TEXT_BYTES)
    bare = delimiter == "\t" and '"' in text and _has_bare_quotes(text)
    parse = partial(csv.reader, delimiter=delimiter)
    if bare:
        parse = partial(parse, quoting=csv.QUOTE_NONE)
    reader = parse(chain(_lines(text), [_END]))
    table: list[list[str]] = []
    while some := list(islice(reader, _ROWS_AT_ONCE)):
        if max(map(len, some)) > _MOST_CELLS_A_ROW:
            before = len(table) + [len(cells) > _MOST_CELLS_A_ROW for cells in some].index(True)
            again = parse(_lines(text))
            deque(islice(again, before), maxlen=0)
            detail = "a row has more cells than any table"
            raise DamagedFileError(
                FORMAT.title, where=f"{where}:{again.line_num + 1}", detail=detail
            )
        table += some
    numbers: Iterable[int] = range(1, len(table) + 1)
    if reader.line_num > len(table):  # a cell goes over several lines
        again = parse(chain(_lines(text), [_END]))
        numbers = chain([1], (again.line_num + 1 for _ in again))
    if bare and tuple(next(filter(None, table))) != _WHISPER:
        table = [[_unquoted(cell) for cell in cells] for cells in table]
    return [(cells, number) for cells, number in zip(table, numbers, strict=False) if cells]


def _lines(text: str) -> Iterator[str]:
    # Unlike splitlines this leaves a line separator of Unicode inside its cell.
    return io.StringIO(text, newline="")


def _has_bare_quotes(text: str) -> bool:
    """True where a line between tabs is a row whatever quotation marks it holds.

    Whisper and many others write words between tabs as they are. A program that does set cells in
    marks does it for a tab or a line break in them, and then lines differ in their number of tabs.
    """
    tabs = {line.count("\t") for line in _lines(text) if line.strip()}
    return len(tabs) == 1


def _count(sign: str, text: str) -> int:
    # To see that a sign is nowhere takes a tenth of counting it.
    return text.count(sign) if sign in text else 0


def _join_overflow(table: _Table, layout: Layout, ledger: Ledger) -> list[SheetRow]:
    """The rows, with words whole again where they hold the sign that parts the cells.

    That can only be told where the words are the last column.
    """
    width = len(layout.headings)
    if layout.columns.words != width - 1 or max([len(cells) for cells, _ in table.rows]) == width:
        return table.rows
    rows: list[SheetRow] = []
    for cells, line in table.rows:
        if len(cells) > width and any(cells[width:]):
            words = table.delimiter.join(cells[width - 1 :])
            rows.append(([*cells[: width - 1], words], line))
            message = "a row has more cells than columns; the rest was taken to its words"
            ledger.warn("delimiter-in-words", message, line)
        else:
            rows.append((cells, line))
    return rows


def _unquoted(cell: str) -> str:
    """A cell without the quotation marks that a spreadsheet sets around it."""
    inner = cell[1:-1]
    if len(cell) < 2 or not cell[0] == cell[-1] == '"' or '"' in inner.replace('""', ""):
        return cell
    return inner.replace('""', '"')


def _names(rows: Sequence[SheetRow]) -> frozenset[str]:
    return frozenset(map(plain_heading, rows[0][0])) if rows else frozenset()


def _is_other(rows: Sequence[SheetRow]) -> bool:
    names = _names(rows)
    return any(own <= names for own in (*vocabulary.MANIFEST_COLUMNS, *vocabulary.CODING_COLUMNS))


def _refuse_other(rows: Sequence[SheetRow], where: str) -> None:
    names = _names(rows)
    # First: what a coding quotes stands under the headings of a transcript, too.
    if any(own <= names for own in vocabulary.CODING_COLUMNS):
        raise CodingsAsTranscriptError(where=where)
    if any(own <= names for own in vocabulary.MANIFEST_COLUMNS) and not layout_by_headings(rows):
        raise ManifestAsTranscriptError(where=where)


def _is_regular(rows: Sequence[SheetRow], *, promised: bool) -> bool:
    """True for equal rows that hold times and names, or whose first one has headings."""
    cells = [cells for cells, _ in rows if cells != [_END]]
    fewest_rows = _PROMISED_ROWS if promised else _REGULAR_ROWS
    fewest_cells = _PROMISED_CELLS if promised else _REGULAR_CELLS
    if len(cells) < fewest_rows or len(cells[0]) < fewest_cells:
        return False
    if len({len(row) for row in cells}) > 1:
        return False
    return (
        may_have_headings(rows)
        or find_layout([row for row in rows if row[0] != [_END]]) is not None
    )
