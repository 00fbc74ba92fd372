"""Tables of a document: turns by row, facts of the interview, or only a way to lay out a page.

Turns are told by their headings (Timespan | Content | Speaker, as NVivo writes them), or by what
their columns hold: times, short names that come back, and words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar import vocabulary
from qualcode.readers.grammar.cells import read_times, time_reader
from qualcode.readers.grammar.clocks import is_only_time
from qualcode.readers.grammar.facts import facts_of_pairs
from qualcode.readers.grammar.labels import LONGEST_LABEL, MOST_WORDS, is_role, tidy
from qualcode.readers.grammar.lines import Line, Row
from qualcode.readers.ground import ledger as kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.readers.ground.ledger import Ledger

_MOST = 0.8
_LONGEST_HEADING = 60
_UNIT = re.compile(r"\s*[\[(][^\[\]()]*[\])]\s*$|\s(?:m?s|sec|seconds|milliseconds)$")


class TableRow(NamedTuple):
    """The cells of a row, each its paragraphs; `number` is that of the first paragraph."""

    cells: tuple[tuple[str, ...], ...]
    number: int


class TableReading(NamedTuple):
    """What a table comes to: rows that are turns or lines of text, or facts."""

    items: list[Line | Row]
    facts: dict[str, str]
    producer: str | None = None


class Columns(NamedTuple):
    """Which columns hold what was said, who said it and when; None where no column does."""

    words: int
    speaker: int | None = None
    start: int | None = None
    end: int | None = None


def read_table(rows: Sequence[TableRow], ledger: Ledger) -> TableReading:
    """The rows of a table in the order of the document."""
    headings = [_cell(rows[0], at) for at in range(len(rows[0].cells))] if rows else []
    columns = columns_by_headings(headings)
    if columns:
        _put_row_aside(rows[0], kinds.TABLE_HEAD, ledger)
        producer = producer_by_headings(headings)
        return TableReading(_turns(rows[1:], columns, headings, ledger), {}, producer)
    pairs = [(_cell(row, 0), _cell(row, 1)) for row in rows if len(row.cells) == 2]
    facts = facts_of_pairs(pairs) if len(pairs) == len(rows) else None
    if facts:
        for row in rows:
            _put_row_aside(row, kinds.FRONT_MATTER, ledger)
        return TableReading([], facts)
    columns = columns_by_content(rows)
    if columns:
        return TableReading(_turns(rows, columns, (), ledger), {})
    return TableReading(_lines(rows, ledger), {})


def columns_by_headings(headings: Sequence[str]) -> Columns | None:
    """The columns of a table by what it calls them; None where no heading is one for words."""
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        if len(heading) > _LONGEST_HEADING:
            continue
        name = plain_heading(heading)
        for role, names in (
            ("speaker", vocabulary.SPEAKER_COLUMNS),
            ("words", vocabulary.WORDS_COLUMNS),
            ("start", vocabulary.TIME_COLUMNS),
            ("end", vocabulary.END_COLUMNS),
        ):
            if name in names:
                found.setdefault(role, at)
    if "words" not in found or len(found) < 2:
        return None
    return Columns(found["words"], found.get("speaker"), found.get("start"), found.get("end"))


def producer_by_headings(headings: Sequence[str]) -> str | None:
    """The program whose headings these are."""
    names = {plain_heading(heading) for heading in headings}
    return next((name for own, name in vocabulary.PRODUCER_COLUMNS.items() if own <= names), None)


def plain_heading(heading: str) -> str:
    """A heading in small letters, without colon, underscores or a unit."""
    name = heading.casefold().replace("_", " ").strip(": ")
    return _UNIT.sub("", name) if name[-1:] in {")", "]", "s", "c"} else name


def label_of(cell: str) -> str:
    """The label in a cell that names a speaker, without the colon or brackets around it."""
    return tidy(cell.rstrip(":： ").strip("[]"))


def columns_by_content(rows: Sequence[TableRow]) -> Columns | None:
    """The columns of a table by what they hold; None where none holds times or names."""
    width = max((len(row.cells) for row in rows), default=0)
    if width < 2:
        return None
    columns = [[cell for row in rows if (cell := _cell(row, at))] for at in range(width)]
    times = [at for at, cells in enumerate(columns) if cells and _are_times(cells)]
    names = [at for at, cells in enumerate(columns) if at not in times and _are_names(cells)]
    others = [at for at in range(width) if at not in times and at not in names[:1]]
    if not others or not (times or names):
        return None
    words = max(others, key=lambda at: sum(map(len, columns[at])))
    start, end = [*times, None, None][:2]
    return Columns(words, names[0] if names else None, start, end)


def _are_times(cells: Sequence[str]) -> bool:
    return sum(is_only_time(cell.strip("#")) for cell in cells) >= _MOST * len(cells)


def _are_names(cells: Sequence[str]) -> bool:
    """Short cells that come back, or that name a part in an interview."""
    labels = {label_of(cell) for cell in cells}
    if not labels or any(
        len(label) > LONGEST_LABEL or len(label.split()) > MOST_WORDS for label in labels
    ):
        return False
    if not all(any(character.isalpha() for character in label) for label in labels):
        return False
    return all(is_role(label) for label in labels) or len(labels) * 2 <= len(cells)


def _turns(
    rows: Sequence[TableRow], columns: Columns, headings: Sequence[str], ledger: Ledger
) -> list[Line | Row]:
    items: list[Line | Row] = []
    taken = {columns.words, columns.speaker, columns.start, columns.end}
    times_at = [at for at in (columns.start, columns.end) if at is not None]
    stated = [_cell(row, at) for row in rows for at in times_at]
    signs = sum(len(_cell(row, columns.words)) for row in rows)
    heading = headings[times_at[0]] if headings and times_at else ""
    read_time = time_reader(stated, heading, signs, ledger)
    for row in rows:
        label = _take(row, columns.speaker, kinds.LABEL, ledger)
        start = _take(row, columns.start, kinds.TIME, ledger)
        end = _take(row, columns.end, kinds.TIME, ledger)
        times = read_times(start, end, row.number, read_time, ledger)
        others = tuple(cell for at, cell in enumerate(row.cells) if at not in taken)
        if any(text.strip() for cell in others for text in cell):
            _put_row_aside(TableRow(others, row.number), kinds.OTHER_COLUMN, ledger)
        else:
            ledger.drop(kinds.SPACE, sum(len(text) for cell in others for text in cell))
        words = tuple(ledger.keep(text) for text in _texts(row, columns.words, ledger))
        if words:
            items.append(Row(label_of(label) or None, words, row.number, times))
        elif label:
            ledger.put_aside(kinds.EMPTY, label, row.number, characters=0)
            message = "a speaker label has no words after it"
            ledger.warn("label-without-words", message, row.number)
    return items


def _lines(rows: Sequence[TableRow], ledger: Ledger) -> list[Line | Row]:
    """A table that only lays out a page: its paragraphs, cell by cell."""
    return [
        Line(text, row.number, gap=at == 0)
        for row in rows
        for at in range(len(row.cells))
        for text in _texts(row, at, ledger)
    ]


def _texts(row: TableRow, at: int, ledger: Ledger) -> list[str]:
    """The lines of a cell, stripped."""
    source = row.cells[at] if at < len(row.cells) else ()
    texts = [words for text in source for line in text.splitlines() if (words := line.strip())]
    ledger.drop(kinds.SPACE, sum(map(len, source)) - sum(map(len, texts)))
    return texts


def _take(row: TableRow, at: int | None, kind: str, ledger: Ledger) -> str:
    """The words of a cell that is not speech, entered as dropped."""
    if at is None:
        return ""
    texts = _texts(row, at, ledger)
    ledger.drop(kind, sum(map(len, texts)))
    return " ".join(texts)


def _put_row_aside(row: TableRow, kind: str, ledger: Ledger) -> None:
    cells = [" ".join(_texts(row, at, ledger)) for at in range(len(row.cells))]
    characters = sum(
        len(line.strip()) for cell in row.cells for t in cell for line in t.splitlines()
    )
    ledger.put_aside(kind, " | ".join(cells), row.number, characters=characters)


def _cell(row: TableRow, at: int) -> str:
    return tidy(" ".join(row.cells[at])) if at < len(row.cells) else ""
