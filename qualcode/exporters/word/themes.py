"""The section of one theme: its heading, what it means, and its tables of cases by codes.

What would only be dashes is left out of a table and named above it: codes that hold nothing,
and cases that have nothing under the codes of one table.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from qualcode.exporters.textsafe import runs_right_to_left
from qualcode.exporters.word import colours, counts, wml
from qualcode.exporters.word.layout import (
    Block,
    PhysicalRow,
    column_widths,
    letters_in_a_line,
    lines_of,
    physical_rows,
    shared_out,
)
from qualcode.exporters.word.styles import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.model.matrix import Cell, MatrixColumn, MatrixRow, Quotation, ThemeSection

_LABEL_WIDTH = wml.twips(43)

# Wider tables leave no line of a quotation long enough to be read.
_MOST_COLUMNS = 5
_MOST_COUNT_COLUMNS = 10

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

    def cell(self, row: int, column: int) -> Cell:
        """The cell at these places of the section's matrix."""
        return self.section.matrix.cells[row][column]


def says_something(cell: Cell, *, show: str) -> bool:
    """True where a cell would not be a dash."""
    if show == "counts":
        return cell.count > 0
    return bool(cell.quotes or cell.summary)


def theme_body(theme: Theme, *, number: int, clean: Cleaner) -> Iterator[str]:
    """The body of the theme's section; `number` is the bookmark's."""
    section = theme.section
    name = clean(section.name, at="codebook")
    heading = wml.bookmark(wml.run(name, colour=theme.colour), theme.bookmark, number)
    yield wml.paragraph(heading, "Heading1")
    total = theme.total or _summed(theme, theme.rows, theme.columns)
    found = _found(*total, between=" from ")
    definition = clean(section.definition, at="codebook").strip()
    if definition and not definition.endswith((".", "!", "?")):
        definition += "."
    yield wml.line(f"{definition} {found}.".lstrip(), "QCLead")
    # What is not in the tables is said above them: below, it would often stand alone on a page.
    for said in _left_out(theme, clean):
        yield wml.line(said, "QCNote", keep_next=True)
    most = _MOST_COUNT_COLUMNS if theme.show == "counts" else _MOST_COLUMNS
    shares = list(shared_out(len(theme.columns), most))
    for part, share in enumerate(shares, 1):
        places = [theme.columns[at] for at in share]
        rows = _rows_of(theme, places)
        if len(shares) > 1:
            yield wml.line(f"{name}, part {part} of {len(shares)}", "QCTablePart")
            silent = _without(theme, rows, clean)
            if silent:
                said = f"Nothing under the codes of this part: {', '.join(silent)}."
                yield wml.line(said, "QCNote", keep_next=True)
        yield from _table(theme, rows, places, name, clean)


def _left_out(theme: Theme, clean: Cleaner) -> Iterator[str]:
    """Sentences that name the codes and the cases of which nothing stands in the tables."""
    matrix = theme.section.matrix
    shown = set(theme.columns)
    codes = [
        clean(column.label, at="codebook")
        for place, column in enumerate(matrix.columns)
        if place not in shown
    ]
    if codes:
        yield f"Codes without a quotation: {'; '.join(codes)}."
    shown = set(theme.rows)
    cases = [row.label for place, row in enumerate(matrix.rows) if place not in shown]
    silent = [clean(label, at="cases") for label in (*cases, *theme.section.silent)]
    if silent:
        total = len(theme.rows) + len(silent)
        yield f"Nothing in this theme ({len(silent)} of {total}): {', '.join(silent)}."


def _rows_of(theme: Theme, places: Sequence[int]) -> list[int]:
    """The rows that have something in these columns."""
    return [
        row
        for row in theme.rows
        if any(says_something(theme.cell(row, place), show=theme.show) for place in places)
    ]


def _without(theme: Theme, rows: Sequence[int], clean: Cleaner) -> list[str]:
    """The labels of the theme's cases that are not among the rows."""
    shown = set(rows)
    cases = theme.section.matrix.rows
    return [clean(cases[row].label, at="cases") for row in theme.rows if row not in shown]


def _table(
    theme: Theme, rows: Sequence[int], places: Sequence[int], name: str, clean: Cleaner
) -> Iterator[str]:
    letters = [_letters(theme, rows, place) for place in places]
    widths = [_LABEL_WIDTH, *column_widths(letters, TEXT_WIDTH - _LABEL_WIDTH)]
    yield wml.table_start(
        widths,
        "QCMatrix",
        caption=f"Matrix of the theme {name}",
        description=f"A row for each {theme.case_noun}, a column for each code. A dash marks a "
        "cell without quotations.",
    )
    yield _header(theme, rows, places, widths, clean)
    cases = theme.section.matrix.rows
    for group, members in groupby(rows, key=lambda row: cases[row].group):
        gathered = list(members)
        if group is not None:
            yield _group(theme, clean(group, at="groups"), gathered, places)
        for row in gathered:
            yield from _case(theme, row, places, widths, clean)
    yield wml.TABLE_END


def _letters(theme: Theme, rows: Sequence[int], place: int) -> int:
    """How much a column holds; each quotation has its locator besides."""
    if theme.show == "counts":
        return 0
    return sum(
        len(quote.text) + len(quote.locator)
        for row in rows
        for quote in theme.cell(row, place).quotes
    )


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
        column: MatrixColumn = theme.section.matrix.columns[place]
        total = theme.totals.get(column.key) or _summed(theme, rows, (place,))
        found = _found(*total, between=" · ")
        content = wml.line(clean(column.label, at="codebook"), "QCColumn")
        content += wml.line(found, "QCColumnCount")
        cells.append(wml.cell(content, width, fill=theme.colour))
    return wml.row(cells, header=True)


def _group(theme: Theme, name: str, rows: Sequence[int], places: Sequence[int]) -> str:
    found = _found(*_summed(theme, rows, places), between=" · ")
    content = wml.run(name) + wml.run(f"   {found}", style="QCSmall")
    return wml.row(
        [
            wml.cell(
                wml.paragraph(content, "QCGroup"),
                TEXT_WIDTH,
                span=len(places) + 1,
                fill=colours.tint(theme.colour, _GROUP_TINT),
            )
        ]
    )


def _case(
    theme: Theme, row: int, places: Sequence[int], widths: Sequence[int], clean: Cleaner
) -> Iterator[str]:
    case = theme.section.matrix.rows[row]
    cells = [theme.cell(row, place) for place in places]
    label = clean(case.label, at="cases")
    details = [clean(detail, at="cases") for detail in case.details]
    fill = colours.tint(theme.colour, _LABEL_TINT)
    if theme.show == "counts":
        figures = [counts.figure((cell.count, cell.cases)) for cell in cells]
        contents = [_label(label, details), *figures]
        yield _row(contents, widths, fill, may_split=False)
        return
    blocks = [
        _blocks(cell, case, letters_in_a_line(width), clean)
        for cell, width in zip(cells, widths[1:], strict=True)
    ]
    broken = list(physical_rows(blocks))
    for number, physical in enumerate(broken, 1):
        if number == 1:
            head = _label(label, details)
        else:
            head = _label(f"{label} (continued {number}/{len(broken)})", ())
        contents = [head, *_contents(physical, first=number == 1)]
        yield _row(contents, widths, fill, may_split=physical.may_split)


def _row(contents: Sequence[str], widths: Sequence[int], fill: str, *, may_split: bool) -> str:
    cells = [wml.cell(contents[0], widths[0], fill=fill)]
    cells += [wml.cell(text, width) for text, width in zip(contents[1:], widths[1:], strict=True)]
    return wml.row(cells, may_split=may_split)


def _label(label: str, details: Sequence[str]) -> str:
    lines = [wml.line(label, "QCCase")]
    lines += [wml.line(detail, "QCCaseDetail") for detail in details]
    return "".join(lines)


def _contents(physical: PhysicalRow, *, first: bool) -> Iterator[str]:
    """The cells behind the label: a column at its end is blank, one that holds nothing a dash."""
    for blocks in physical.columns:
        if blocks:
            yield "".join(block.xml for block in blocks)
        elif first:
            yield wml.line("–", "QCEmpty")
        else:
            yield wml.empty_line("QCEmpty")


def _blocks(cell: Cell, case: MatrixRow, letters: int, clean: Cleaner) -> list[Block]:
    blocks = []
    if cell.summary:
        words = clean(cell.summary, at="summaries")
        blocks.append(Block(wml.line(words, "QCSummary"), lines_of(words, letters)))
    blocks += [_quotation(quote, case, letters, clean) for quote in cell.quotes]
    return blocks


def _quotation(quote: Quotation, case: MatrixRow, letters: int, clean: Cleaner) -> Block:
    words = clean(quote.text, at=quote.locator)
    bidi = runs_right_to_left(words)
    reference = f" {_unbroken(clean(quote.locator, at='locators'))}"
    # In a row that gathers several people, the label does not say how this one may be cited.
    if quote.attribution and quote.attribution not in case.details:
        reference += f" · {clean(quote.attribution, at='attributions')}"
    content = wml.run(f"“{words}”", right_to_left=bidi) + wml.reference(reference)
    lines = lines_of(f"{words}{reference}", letters)
    return Block(wml.paragraph(content, "QCQuote", bidi=bidi), lines)


def _unbroken(locator: str) -> str:
    """The locator with turn and time kept on one line with the last word before them."""
    name, turn, place = locator.rpartition(" ¶")
    if not turn:
        return locator
    return f"{name}{wml.NO_BREAK_SPACE}¶{place.replace(' ', wml.NO_BREAK_SPACE)}"


def _summed(theme: Theme, rows: Sequence[int], places: Sequence[int]) -> tuple[int, int]:
    """Quotations of these cells, and the interviews they come from; 0 where that is not known."""
    cells = [theme.cell(row, place) for row in rows for place in places]
    sources = {quote.participant or quote.transcript for cell in cells for quote in cell.quotes}
    return sum(cell.count for cell in cells), len(sources)


def _found(quotations: int, interviews: int, *, between: str) -> str:
    said = _counted(quotations, "quotation")
    return f"{said}{between}{_counted(interviews, 'interview')}" if interviews else said


def _counted(count: int, noun: str) -> str:
    """The number and its noun, which stay on one line."""
    return f"{count}{wml.NO_BREAK_SPACE}{noun if count == 1 else f'{noun}s'}"
