"""A transcript in rows and columns, as a text file or a spreadsheet holds it.

One row is one unit. A row whose speaker is empty goes on with the speaker before it. Above the
headings there may be rows of facts. Where no column names speakers they are looked for in the
words, as in subtitles. What stands in other columns is counted, not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, compress, repeat
from typing import TYPE_CHECKING, NamedTuple

from qualcode.errors import UnknownTableError
from qualcode.readers.grammar import vocabulary
from qualcode.readers.grammar.cells import ReadTime, read_columns, time_reader
from qualcode.readers.grammar.clocks import is_only_time
from qualcode.readers.grammar.cues import Cue, bare_words, read_cues
from qualcode.readers.grammar.facts import facts_of_pairs
from qualcode.readers.grammar.labels import tidy
from qualcode.readers.grammar.tables import (
    Columns,
    TableRow,
    columns_by_content,
    columns_by_headings,
    label_of,
    plain_heading,
    producer_by_headings,
)
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.source import MOST_LINES, check_length
from qualcode.readers.ground.turns import PARAGRAPH, SAME_PARAGRAPH, Spoken, Unit, quick

if TYPE_CHECKING:
    from qualcode.readers.ground.ledger import Ledger

# The cells of a row, and its number: of its first line in a text, or as the spreadsheet has it.
SheetRow = tuple[Sequence[str], int]

# A single cell may stand in the last of sixteen thousand columns.
MOST_COLUMNS = 256
# Of a sheet, empty ones among them: eight columns of the longest interview.
MOST_PLACES = 8 * MOST_LINES

# So far down headings are looked for, and so many rows tell what columns hold.
_MOST_ABOVE, _ENOUGH_ROWS = 20, 200
# What a sentence can hold.
_LONGEST_NAMED, _MOST_NAMED, _MOST_HEADING_WORDS = 30, 8, 4
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Whatever ends a line."""

_HEADINGS = (
    vocabulary.SPEAKER_COLUMNS
    | vocabulary.WORDS_COLUMNS
    | vocabulary.TIME_COLUMNS
    | vocabulary.END_COLUMNS
)


class Layout(NamedTuple):
    """Where a sheet has its headings (-1 where it has none) and which columns hold what."""

    head: int
    headings: tuple[str, ...]
    columns: Columns


class _Taken(NamedTuple):
    """The columns that are of interest, without the rows that have no words.

    The lines of a cell are stripped and parted by newlines.
    """

    labels: list[str | None]
    words: list[str]
    numbers: list[int]
    starts_ms: list[int | None]
    ends_ms: list[int | None]


def find_layout(rows: Sequence[SheetRow]) -> Layout | None:
    """How a sheet holds its transcript, by its headings or else by what stands in it."""
    return layout_by_headings(rows) or _layout_by_content(rows)


def layout_by_headings(rows: Sequence[SheetRow]) -> Layout | None:
    """The layout by the first row that has a heading for words and one for speakers or times."""
    for at, (cells, _) in enumerate(rows[:_MOST_ABOVE]):
        columns = columns_by_headings(cells)
        if columns:
            return Layout(at, tuple(cells), columns)
    return None


def may_have_headings(rows: Sequence[SheetRow]) -> bool:
    """True where the cells of the first row look like headings, known or not."""
    cells = [" ".join(cell.split()) for cell in rows[0][0]] if rows else []
    return bool(cells) and len(set(cells)) == len(cells) and all(map(_may_be_heading, cells))


def headings_of(rows: Sequence[SheetRow]) -> list[str]:
    """The first row where it is certainly one of headings, cut to what a sentence can hold.

    Names and words may look like headings, so one of them at least must be known.
    """
    if not may_have_headings(rows):
        return []
    cells = [" ".join(cell.split()) for cell in rows[0][0]]
    if _HEADINGS.isdisjoint(map(plain_heading, cells)):
        return []
    more = ["and others"] if len(cells) > _MOST_NAMED else []
    return [*cells[:_MOST_NAMED], *more]


def unknown_table(rows: Sequence[SheetRow], where: str) -> UnknownTableError:
    """The refusal of a table; it names its columns where that tells no words."""
    count = len(rows[0][0]) if rows else 0
    return UnknownTableError(headings_of(rows), where=where, count=count)


def row_of(cells: Mapping[int, str]) -> list[str]:
    """The cells of a row from those that hold something, by column; what stands far out is one."""
    width = max(cells, default=-1) + 1
    row = [cells.get(at, "") for at in range(min(width, MOST_COLUMNS))]
    if width > MOST_COLUMNS:
        row.append("".join(cell for at, cell in cells.items() if at >= MOST_COLUMNS))
    return row


def read_workbook(
    sheets: Iterable[Sequence[SheetRow]], ledger: Ledger, *, where: str, hidden: int = 0
) -> Spoken:
    """The first sheet of a workbook that holds a transcript; that others hold something is said.

    Raises UnknownTableError for the first sheet that holds anything, or TooLargeError: few words
    in a file may stand in many cells.
    """
    found: Spoken | None = None
    first: Sequence[SheetRow] = ()
    left = hidden
    for rows in sheets:
        layout = None if found else find_layout(rows)
        if layout:
            ledger.read += sum(sum(map(len, cells)) for cells, _ in rows)
            check_length(ledger.read, where)
            found = read_sheet(rows, layout, ledger)
        elif rows:
            left += 1
            first = first or rows
    if found is None:
        raise unknown_table(first, where)
    if left:
        ledger.warn("sheets-left-out", f"{left} other sheets of the workbook were not read")
    return found


def read_sheet(
    rows: Sequence[SheetRow], layout: Layout, ledger: Ledger, *, numbers_in_ms: bool = False
) -> Spoken:
    """The units of a sheet, in the order of its rows; all its cells are entered in the ledger.

    `numbers_in_ms` where the program that wrote it is known to count so.
    """
    facts = _take_above(rows[: max(layout.head, 0)], ledger)
    if layout.head >= 0:
        _put_row_aside(rows[layout.head], kinds.TABLE_HEAD, ledger)
    body = rows[layout.head + 1 :]
    taken = _take_rows(body, layout, ledger, in_ms=numbers_in_ms)
    if any(taken.labels):
        units = _units(taken, ledger)
    elif not any(":" in words or "：" in words for words in taken.words):
        units = _units(taken, ledger, joint=SAME_PARAGRAPH)
    else:
        cues = [
            Cue(number, "", start_ms, end_ms, tuple(words.split("\n")))
            for _, words, number, start_ms, end_ms in zip(*taken, strict=True)
        ]
        units = read_cues(cues, bare_words, ledger)
    return Spoken(units, facts, producer_by_headings(layout.headings))


def _may_be_heading(cell: str) -> bool:
    if not 0 < len(cell) <= _LONGEST_NAMED or len(cell.split()) > _MOST_HEADING_WORDS:
        return False
    if not cell[0].isalpha() or cell[-1] in ".?!…" or ":" in cell[:-1]:
        return False
    return not is_only_time(cell)


def _layout_by_content(rows: Sequence[SheetRow]) -> Layout | None:
    some = rows[:_ENOUGH_ROWS]
    table = [TableRow(tuple((cell,) for cell in cells), number) for cells, number in some]
    columns = columns_by_content(table)
    if columns is None or columns.speaker is None or columns.start is None:
        return None
    return Layout(-1, (), columns)


def _take_above(rows: Sequence[SheetRow], ledger: Ledger) -> dict[str, str]:
    """The rows above the headings, set aside, with the facts in them."""
    pairs = []
    for cells, number in rows:
        filled = [cell for cell in cells if cell.strip()]
        if filled:
            pairs.append((filled[0], " ".join(filled[1:])))
        _put_row_aside((cells, number), kinds.FRONT_MATTER, ledger)
    return facts_of_pairs(pairs) or {}


def _take_rows(rows: Sequence[SheetRow], layout: Layout, ledger: Ledger, *, in_ms: bool) -> _Taken:
    """The columns that are of interest; all but the words are entered.

    The work goes by columns: done row by row it takes three times as long.
    """
    columns = [_column(rows, at) for at in layout.columns]
    read_time = _time_reader(columns, layout, ledger, in_ms=in_ms)
    body = _without_headings(rows, columns[0], layout, ledger)
    if len(body) < len(rows):
        columns = [_column(body, at) for at in layout.columns]
    said, speakers, starts, ends = columns
    _drop_others(body, layout, ledger)
    ledger.drop(kinds.LABEL, len("".join(speakers)))
    ledger.drop(kinds.TIME, len("".join(starts)) + len("".join(ends)))
    named = {cell: label_of(cell) or None for cell in dict.fromkeys(speakers)}
    labels = [named[cell] for cell in speakers]
    words = _strip(said, ledger)
    numbers = [number for _, number in body]
    if not all(words):
        for (cells, number), label, cell in zip(body, labels, words, strict=True):
            if not cell and any(cells):
                _put_empty_aside(label or "", number, ledger)
        labels, numbers = list(compress(labels, words)), list(compress(numbers, words))
        starts, ends = list(compress(starts, words)), list(compress(ends, words))
        words = list(filter(None, words))
    return _Taken(labels, words, numbers, *read_columns(starts, ends, numbers, read_time, ledger))


def _without_headings(
    rows: Sequence[SheetRow], said: Sequence[str], layout: Layout, ledger: Ledger
) -> Sequence[SheetRow]:
    """The rows but those that repeat the headings, as a table over several pages does."""
    head = list(layout.headings)
    if not head or head[layout.columns.words] not in said:
        return rows
    body: list[SheetRow] = []
    for row in rows:
        if list(row[0]) == head:
            _put_row_aside(row, kinds.TABLE_HEAD, ledger)
        else:
            body.append(row)
    return body


def _column(rows: Sequence[SheetRow], at: int | None) -> list[str]:
    """The cells of a column; rows may be shorter than others."""
    if at is None:
        return [""] * len(rows)
    return [cells[at] if at < len(cells) else "" for cells, _ in rows]


def _drop_others(rows: Sequence[SheetRow], layout: Layout, ledger: Ledger) -> None:
    """Enter the columns that are not read, and say which they are."""
    read = {at for at in layout.columns if at is not None}
    width = max([len(cells) for cells, _ in rows], default=0)
    if read.issuperset(range(width)):
        return
    left_out: dict[int, int] = {}
    for cells, _ in rows:
        for at, cell in enumerate(cells):
            if cell and at not in read:
                left_out[at] = left_out.get(at, 0) + len(cell)
    if left_out:
        ledger.drop(kinds.OTHER_COLUMN, sum(left_out.values()))
        _warn_of_columns(left_out, layout, ledger)


def _strip(said: Sequence[str], ledger: Ledger) -> list[str]:
    """The words of each cell, its lines stripped; the blanks around them are entered."""
    whole = "".join(said)
    if any(sign in whole for sign in _BREAKS):
        words = [
            "\n".join([words for line in cell.splitlines() if (words := line.strip())])
            for cell in said
        ]
    else:
        words = [cell.strip() for cell in said]
    kept = "".join(words)
    ledger.drop(kinds.SPACE, len(whole) - len(kept) + kept.count("\n"))
    return words


def _units(taken: _Taken, ledger: Ledger, *, joint: str = PARAGRAPH) -> list[Unit]:
    """A unit for each row; one that names nobody goes on with the one before, after `joint`."""
    labels, words, numbers, starts_ms, ends_ms = taken
    columns = (labels, ledger.keep_all(words), numbers, starts_ms, ends_ms, repeat(joint))
    units = [quick(Unit, fields) for fields in zip(*columns, strict=False)]
    ledger.units += len(units)
    return units


def _put_empty_aside(label: str, number: int, ledger: Ledger) -> None:
    ledger.put_aside(kinds.EMPTY, label, number, characters=0)
    if label:
        message = "a speaker label has no words after it"
        ledger.warn("label-without-words", message, number)


def _put_row_aside(row: SheetRow, kind: str, ledger: Ledger) -> None:
    cells, number = row
    filled = [tidy(cell) for cell in cells if cell.strip()]
    characters = sum(map(len, cells))
    if filled:
        ledger.put_aside(kind, " | ".join(filled), number, characters=characters)
    else:
        ledger.drop(kinds.SPACE, characters)


def _warn_of_columns(left_out: Collection[int], layout: Layout, ledger: Ledger) -> None:
    """Say which columns were not read: by their headings, or where they have none by number."""
    headings = dict(enumerate(layout.headings))
    names = [tidy(headings.get(at, ""))[:_LONGEST_NAMED] or f"number {at + 1}" for at in left_out]
    more = ["and others"] if len(names) > _MOST_NAMED else []
    number = "column was" if len(left_out) == 1 else "columns were"
    listed = ", ".join([*names[:_MOST_NAMED], *more])
    message = f"{len(left_out)} {number} not read: {listed}"
    ledger.warn("columns-left-out", message)


def _time_reader(
    columns: Sequence[Sequence[str]], layout: Layout, ledger: Ledger, *, in_ms: bool
) -> ReadTime:
    """What reads the cells of times, told from all of them."""
    said, _, *stated = columns
    times_at = [at for at in layout.columns[2:] if at is not None]
    heading = layout.headings[times_at[0]] if layout.headings and times_at else ""
    return time_reader(chain(*stated), heading, len("".join(said)), ledger, in_ms=in_ms)
