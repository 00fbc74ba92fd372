"""A transcript in rows and columns, as a text file or a spreadsheet holds it.

One row is one unit. A row whose speaker is empty goes on with the speaker before it. Above the
headings there may be rows of facts. Where no column names speakers they are looked for in the
words, as in subtitles. What stands in other columns is counted, not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qualcode.errors import UnknownTableError
from qualcode.readers.grammar import vocabulary
from qualcode.readers.grammar.cells import ReadTime, read_times, time_reader
from qualcode.readers.grammar.clocks import Times, is_only_time
from qualcode.readers.grammar.cues import Cue, Words, read_cues
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
from qualcode.readers.ground.turns import PARAGRAPH, SAME_PARAGRAPH, Spoken, Unit

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
_NO_TIMES = Times()

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
    """The cells of a row that are of interest; `lines` are stripped, and there is one at least."""

    label: str
    lines: tuple[str, ...]
    number: int
    times: Times


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
    read_time = _times_of(body, layout, ledger, in_ms=numbers_in_ms)
    taken = _take_rows(body, layout, read_time, ledger)
    if any(row.label for row in taken):
        units = _units(taken, ledger)
    elif not any(":" in line or "：" in line for row in taken for line in row.lines):
        units = _units(taken, ledger, joint=SAME_PARAGRAPH)
    else:
        cues = [
            Cue(number, "", times.start_ms, times.end_ms, lines)
            for _, lines, number, times in taken
        ]
        units = read_cues(cues, lambda lines: [Words(None, line) for line in lines], ledger)
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


def _take_rows(
    rows: Sequence[SheetRow], layout: Layout, read_time: ReadTime, ledger: Ledger
) -> list[_Taken]:
    """The cells of each row that are of interest; all but the words are entered."""
    body = _without_headings(rows, layout, ledger)
    _drop_others(body, layout, ledger)
    said, speakers, starts, ends = (_column(body, at) for at in layout.columns)
    ledger.drop(kinds.LABEL, sum(map(len, speakers)))
    ledger.drop(kinds.TIME, sum(map(len, starts)) + sum(map(len, ends)))
    labels = {cell: label_of(cell) for cell in dict.fromkeys(speakers)}
    blanks = sum(map(len, said))
    taken: list[_Taken] = []
    for (cells, number), words, speaker, start, end in zip(
        body, said, speakers, starts, ends, strict=True
    ):
        lines = _lines(words)
        if lines:
            blanks -= sum(map(len, lines))
            timed = start or end
            times = read_times(start, end, number, read_time, ledger) if timed else _NO_TIMES
            taken.append(_Taken(labels[speaker], lines, number, times))
        elif any(cells):
            _put_empty_aside(labels[speaker], number, ledger)
    ledger.drop(kinds.SPACE, blanks)
    return taken


def _without_headings(
    rows: Sequence[SheetRow], layout: Layout, ledger: Ledger
) -> Sequence[SheetRow]:
    """The rows but those that repeat the headings, as a table over several pages does."""
    head = list(layout.headings)
    body = [row for row in rows if not head or list(row[0]) != head]
    if len(body) < len(rows):
        for row in rows:
            if list(row[0]) == head:
                _put_row_aside(row, kinds.TABLE_HEAD, ledger)
    return body


def _column(rows: Sequence[SheetRow], at: int | None) -> list[str]:
    """The cells of a column; rows may be shorter than others."""
    if at is None:
        return [""] * len(rows)
    return [cells[at] if at < len(cells) else "" for cells, _ in rows]


def _drop_others(rows: Sequence[SheetRow], layout: Layout, ledger: Ledger) -> None:
    """Enter the columns that are not read, and say which they are."""
    read = {at for at in layout.columns if at is not None}
    width = len(layout.headings) or 1 + max(read)
    others = [at for at in range(width) if at not in read]
    left_out: dict[int, None] = {}
    for cells, _ in rows:
        count = len(cells)
        for at in others if count <= width else (*others, *range(width, count)):
            if at < count and cells[at]:
                ledger.drop(kinds.OTHER_COLUMN, len(cells[at]))
                left_out[at] = None
    if left_out:
        _warn_of_columns(left_out, layout, ledger)


def _lines(said: str) -> tuple[str, ...]:
    if said.isprintable():  # no break of any kind in it
        words = said.strip()
        return (words,) if words else ()
    return tuple(words for line in said.splitlines() if (words := line.strip()))


def _units(rows: Sequence[_Taken], ledger: Ledger, *, joint: str = PARAGRAPH) -> list[Unit]:
    """A unit for each row; one that names nobody goes on with the one before, after `joint`."""
    units: list[Unit] = []
    for label, lines, number, (start_ms, end_ms, _) in rows:
        if len(lines) == 1:
            words = ledger.keep(lines[0])
        else:
            words = "\n".join(map(ledger.keep, lines))
            ledger.added += len(lines) - 1
        units.append(Unit(label or None, words, number, start_ms, end_ms, joint))
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


def _times_of(rows: Sequence[SheetRow], layout: Layout, ledger: Ledger, *, in_ms: bool) -> ReadTime:
    """What reads the cells of times, told from all of them."""
    words_at, _, *times_at = layout.columns
    columns = [at for at in times_at if at is not None]
    stated = [cells[at] for cells, _ in rows for at in columns if at < len(cells)]
    heading = layout.headings[columns[0]] if layout.headings and columns else ""
    signs = sum(len(cells[words_at]) for cells, _ in rows if words_at < len(cells))
    return time_reader(stated, heading, signs, ledger, in_ms=in_ms)
