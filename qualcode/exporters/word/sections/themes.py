"""The section of one theme: its heading, what it means, and its tables of cases by codes.

What would only be dashes is left out of a table and named above it: codes that hold nothing,
and cases that have nothing under the codes of one table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from qualcode.exporters import colours
from qualcode.exporters.headings import (
    NOTHING,
    bare_codes,
    cells_of,
    defined,
    heading_of,
    in_the_cell,
    reason_of,
    silent_in_words,
)
from qualcode.exporters.table_or_list import says_something
from qualcode.exporters.word.passages.quoted import dates_unbroken
from qualcode.exporters.word.sections import counts
from qualcode.exporters.word.writing import wml
from qualcode.exporters.word.writing.parting import parts_of
from qualcode.exporters.word.writing.row_breaks import (
    PAGE_LINES,
    Block,
    PhysicalRow,
    column_widths,
    letters_in_a_line,
    lines_of,
    lines_on,
    physical_rows,
    shared_out,
)
from qualcode.exporters.word.writing.styles import CELL_MARGIN
from qualcode.model.summary import NONE_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.passages.quoted import Quoting
    from qualcode.exporters.word.writing.paper import Sheet
    from qualcode.model.matrix import Cell, MatrixRow, ThemeSection

_LABEL_WIDTH = wml.twips(43)
_MOST_LABEL_WIDTH = wml.twips(90)

# What the columns of a table have on average at least: in narrower ones no line of a quotation is
# long enough to be read, so the codes go on in another table.
_LEAST_WIDTH = wml.twips(39)
_LEAST_COUNT_WIDTH = wml.twips(22)

# What figures want; the rest is for who the cases are, so that a row takes fewer lines.
_COUNT_WIDTH = wml.twips(26)

_HEAD_LETTER = wml.twips(1.65)
"""A letter of a column's name: `Decommissioning` is not to be torn."""

_WORD = re.compile(r"\S+")

_GROUP_TINT = 0.20
_LABEL_TINT = 0.07


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that has something to show, and how it is shown.

    `columns`, `rows` are the places in the section's matrix of what is not empty. `total` are the
    quotations and interviews of the theme, `totals` those of its codes by full name, where the
    report counts them. A theme may be a column of its own, of what no code below it holds.
    """

    section: ThemeSection
    columns: tuple[int, ...]
    rows: tuple[int, ...]
    colour: str
    bookmark: str
    case_noun: str
    show: str
    total: tuple[int, int] | None
    totals: Mapping[str, tuple[int, int]]
    sheet: Sheet

    def cell(self, row: int, column: int) -> Cell:
        """The cell at these places of the section's matrix."""
        return self.section.matrix.cells[row][column]


def theme_head(theme: Theme, quoting: Quoting) -> Iterator[str]:
    """The theme's heading, what it means, and the codes and cases that hold nothing in it."""
    section, clean = theme.section, quoting.clean
    name = clean(section.name, at="codebook")
    heading = quoting.trail.bookmark(wml.run(name, colour=theme.colour), theme.bookmark)
    yield wml.paragraph(heading, "Heading1")
    total = theme.total or summed(theme, theme.rows, theme.columns)
    definition = clean(section.definition, at="codebook")
    yield wml.line(defined(definition, found(*total, between=" from ")), "QCLead")
    # What is not shown is said above the rest: below, it would often stand alone on a page.
    for said in _left_out(theme, clean):
        yield wml.line(said, "QCNote", keep_next=True)


def theme_body(theme: Theme, quoting: Quoting) -> Iterator[str]:
    """The body of the theme's section, laid out in tables."""
    clean = quoting.clean
    name = clean(theme.section.name, at="codebook")
    yield from theme_head(theme, quoting)
    least = _LEAST_WIDTH
    if theme.show == "counts":
        least = max(_LEAST_COUNT_WIDTH, _head_width(theme, theme.columns))
    most = (theme.sheet.text_width - _LABEL_WIDTH) // least
    shares = list(shared_out(len(theme.columns), most))
    for part, share in enumerate(shares, 1):
        places = [theme.columns[at] for at in share]
        rows = _rows_of(theme, places)
        if len(shares) > 1:
            yield wml.line(f"{name}, part {part} of {len(shares)}", "QCTablePart")
            for said in _without(theme, rows, places):
                yield wml.line(clean(said, at="cases"), "QCNote", keep_next=True)
        yield from _table(theme, rows, places, name, quoting)


def _left_out(theme: Theme, clean: Cleaner) -> Iterator[str]:
    """Sentences that name the codes and the cases of which nothing stands in the tables."""
    matrix = theme.section.matrix
    for said in bare_codes(theme.section, theme.columns, theme.show):
        yield clean(said, at="codebook")
    shown = set(theme.rows)
    cases = sorted(
        row.label
        for place, row in enumerate(matrix.rows)
        if place not in shown and not any(cell.count for cell in matrix.cells[place])
    )
    silent = silent_in_words(theme.section, cases)
    if silent:
        yield clean(silent, at="cases")


def _rows_of(theme: Theme, places: Sequence[int]) -> list[int]:
    """The rows that have something in these columns."""
    return [
        row
        for row in theme.rows
        if any(says_something(theme.cell(row, place), show=theme.show) for place in places)
    ]


def _without(theme: Theme, rows: Sequence[int], places: Sequence[int]) -> Iterator[str]:
    """Sentences that name the theme's cases that are not among the rows, as one looks them up."""
    cases = theme.section.matrix.rows
    others = [row for row in theme.rows if row not in set(rows)]
    counted = {row: summed(theme, [row], places)[0] for row in others}
    for said, of in (
        ("Nothing", [cases[row].label for row in others if not counted[row]]),
        (
            NONE_SHOWN.capitalize(),
            [f"{cases[row].label} ({counted[row]:,})" for row in others if counted[row]],
        ),
    ):
        if of:
            yield f"{said} under the codes of this part: {', '.join(sorted(of))}."


def _table(
    theme: Theme, rows: Sequence[int], places: Sequence[int], name: str, quoting: Quoting
) -> Iterator[str]:
    letters = [_letters(theme, rows, place) for place in places]
    label, width = _label_width(theme, places), theme.sheet.text_width
    widths = [label, *column_widths(letters, width - label)]
    yield wml.table_start(
        widths,
        "QCMatrix",
        caption=f"Matrix of the theme {name}",
        description=f"A row for each {theme.case_noun}, a column for each code. A dash marks a "
        "cell without quotations.",
    )
    yield _header(theme, rows, places, widths, quoting.clean)
    cases = theme.section.matrix.rows
    for group, members in groupby(rows, key=lambda row: cases[row].group):
        gathered = list(members)
        if group is not None:
            yield _group(theme, group, places, quoting.clean)
        for row in gathered:
            yield from _case(theme, row, places, widths, quoting)
    yield wml.TABLE_END


def _label_width(theme: Theme, places: Sequence[int]) -> int:
    if theme.show != "counts":
        return _LABEL_WIDTH
    figure = max(_COUNT_WIDTH, _head_width(theme, places))
    left = theme.sheet.text_width - len(places) * figure
    return min(_MOST_LABEL_WIDTH, max(_LABEL_WIDTH, left))


def _head_width(theme: Theme, places: Sequence[int]) -> int:
    """What the longest word above these columns wants, as far as a column of words has it."""
    names = (theme.section.matrix.columns[place].label for place in places)
    longest = max((len(word) for name in names for word in _WORD.findall(name)), default=0)
    return min(_LEAST_WIDTH, longest * _HEAD_LETTER + 2 * CELL_MARGIN)


def _letters(theme: Theme, rows: Sequence[int], place: int) -> int:
    """How much a column holds; each quotation has its locator besides."""
    if theme.show == "counts":
        return 0
    cells = [theme.cell(row, place) for row in rows]
    letters = sum(len(cell.summary or "") for cell in cells)
    if theme.show == "summary":
        return letters
    return letters + sum(len(one.text) + len(one.locator) for cell in cells for one in cell.quotes)


def _header(
    theme: Theme,
    rows: Sequence[int],
    places: Sequence[int],
    widths: Sequence[int],
    clean: Cleaner,
) -> str:
    noun = theme.case_noun
    cells = [
        wml.cell(wml.line(noun[:1].upper() + noun[1:], "QCColumn"), widths[0], fill=theme.colour)
    ]
    for place, width in zip(places, widths[1:], strict=True):
        content = wml.line(clean(heading_of(theme.section, place), at="codebook"), "QCColumn")
        content += wml.line(held(theme, rows, place, between=" · "), "QCColumnCount")
        cells.append(wml.cell(content, width, fill=theme.colour))
    return wml.row(cells, header=True)


def held(theme: Theme, rows: Sequence[int], place: int, *, between: str) -> str:
    """How much a column holds: quotations and interviews, or how many summaries without any."""
    key = theme.section.matrix.columns[place].key
    total = theme.totals.get(key) or summed(theme, rows, (place,))
    summaries = sum(bool(theme.cell(row, place).summary) for row in rows)
    if summaries and not total[0]:
        return _counted(summaries, "summary", "summaries")
    return found(*total, between=between)


def _group(theme: Theme, group: str, places: Sequence[int], clean: Cleaner) -> str:
    """The line above a group, with all that is counted in it, whether or not a cell shows it."""
    matrix = theme.section.matrix
    rows = [place for place, row in enumerate(matrix.rows) if row.group == group]
    is_whole = len(places) == len(theme.columns)
    counted = range(len(matrix.columns)) if is_whole else places
    how_much = found(*summed(theme, rows, counted), between=" · ")
    content = wml.run(clean(group, at="groups")) + wml.run(f"   {how_much}", style="QCSmall")
    return wml.row(
        [
            wml.cell(
                wml.paragraph(content, "QCGroup"),
                theme.sheet.text_width,
                span=len(places) + 1,
                fill=colours.tint(theme.colour, _GROUP_TINT),
            )
        ]
    )


def _case(
    theme: Theme, row: int, places: Sequence[int], widths: Sequence[int], quoting: Quoting
) -> Iterator[str]:
    case, clean = theme.section.matrix.rows[row], quoting.clean
    said = cells_of(theme.section, theme.section.matrix.cells[row], theme.show)
    cells = [said[place] for place in places]
    label = clean(case.label, at="cases")
    details = [dates_unbroken(clean(detail, at="cases")) for detail in case.details]
    fill = colours.tint(theme.colour, _LABEL_TINT)
    if theme.show == "counts":
        figures = [_figure(cell, clean) for cell in cells]
        contents = [_label(label, details), *figures]
        yield _row(contents, widths, fill)
        return
    blocks = [
        _blocks(theme, cell, case, letters_in_a_line(width, theme.sheet), quoting)
        for cell, width in zip(cells, widths[1:], strict=True)
    ]
    broken = list(physical_rows(blocks, theme.sheet))
    empty_words = [
        clean(in_the_cell(cell) if reason_of(cell) else NOTHING, at="matrix") for cell in cells
    ]
    for number, physical in enumerate(broken, 1):
        if number == 1:
            head = _label(label, details)
        else:
            head = _label(f"{label} (continued {number}/{len(broken)})", ())
        reasons = empty_words if number == 1 else [""] * len(cells)
        contents = [head, *_contents(physical, reasons)]
        yield _row(contents, widths, fill)


def _row(contents: Sequence[str], widths: Sequence[int], fill: str) -> str:
    cells = [wml.cell(contents[0], widths[0], fill=fill)]
    cells += [wml.cell(text, width) for text, width in zip(contents[1:], widths[1:], strict=True)]
    return wml.row(cells)


def _label(label: str, details: Sequence[str]) -> str:
    lines = [wml.line(label, "QCCase")]
    lines += [wml.line(detail, "QCCaseDetail") for detail in details]
    return "".join(lines)


def _figure(cell: Cell, clean: Cleaner) -> str:
    reason = reason_of(cell)
    if reason and not cell.count:
        return wml.line(clean(reason, at="matrix"), "QCNumber")
    return counts.figure((cell.count, cell.cases))


def _contents(physical: PhysicalRow, reasons: Sequence[str]) -> Iterator[str]:
    """The cells behind the label; one that holds nothing says why, or nothing at its end."""
    for blocks, reason in zip(physical.columns, reasons, strict=True):
        if blocks:
            yield "".join(block.xml for block in blocks)
        elif reason:
            yield wml.line(reason, "QCEmpty")
        else:
            yield wml.empty_line("QCEmpty")


def _blocks(
    theme: Theme, cell: Cell, case: MatrixRow, letters: int, quoting: Quoting
) -> list[Block]:
    sheet = theme.sheet
    if theme.show == "summary":
        said = quoting.numbers_in_a_cell(cell.quotes, letters=letters, sheet=sheet)
    else:
        said = (
            part
            for quotation in cell.quotes
            for part in quoting.in_a_cell(
                quotation, known=case.details, letters=letters, sheet=sheet
            )
        )
    blocks = [Block(xml, lines_of(words, letters)) for xml, words in said]
    if cell.summary:
        words = quoting.clean(cell.summary, at="summaries")
        summary = [
            Block(wml.line(part, "QCSummary"), lines_of(part, letters))
            for part in parts_of(words, letters, sheet)
        ]
        # A summary is read with what it rests on, so the first quotation stays beside its end.
        end, first = summary[-1], blocks[0] if blocks else Block("", 0)
        if end.lines + first.lines <= lines_on(sheet, PAGE_LINES):
            summary[-1] = Block(end.xml + first.xml, end.lines + first.lines)
            blocks = blocks[1:]
        blocks = [*summary, *blocks]
    return blocks


def summed(theme: Theme, rows: Sequence[int], places: Sequence[int]) -> tuple[int, int]:
    """Quotations of these cells, and the interviews they come from; 0 where that is not known."""
    cells = [theme.cell(row, place) for row in rows for place in places]
    sources = {quote.participant or quote.transcript for cell in cells for quote in cell.quotes}
    numbers = {number for cell in cells for number in cell.passages}
    interviews = {number for cell in cells for number in cell.interviews}
    return (
        len(numbers) or sum(cell.count for cell in cells),
        len(interviews) or len(sources),
    )


def found(quotations: int, interviews: int, *, between: str) -> str:
    """`12 quotations from 11 interviews`, as far as the interviews are known."""
    said = _counted(quotations, "quotation")
    return f"{said}{between}{_counted(interviews, 'interview')}" if interviews else said


def _counted(count: int, noun: str, nouns: str | None = None) -> str:
    """The number and its noun, which stay on one line."""
    return f"{count}{wml.NO_BREAK_SPACE}{noun if count == 1 else nouns or f'{noun}s'}"
