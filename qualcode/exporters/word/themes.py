"""The section of one theme: its heading, what it means, and its tables of cases by codes.

What would only be dashes is left out of a table and named above it: codes that hold nothing,
and cases that have nothing under the codes of one table.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

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
from qualcode.exporters.word.quoted import dates_unbroken
from qualcode.model.summary import Emptiness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.quoted import Quoting
    from qualcode.model.matrix import Cell, MatrixColumn, MatrixRow, ThemeSection

_LABEL_WIDTH = wml.twips(43)

# What the columns of a table have on average at least: in narrower ones no line of a quotation is
# long enough to be read, so the codes go on in another table.
_LEAST_WIDTH = wml.twips(39)
_LEAST_COUNT_WIDTH = wml.twips(22)

# What a dash says.
_PLAIN_REASONS = (None, "nothing coded", Emptiness.NOTHING_CODED)

_GROUP_TINT = 0.20
_LABEL_TINT = 0.07


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that has something to show, and how it is shown.

    `columns`, `rows` are the places in the section's matrix of what is not empty. `total` are the
    quotations and interviews of the theme, `totals` those of its codes by full name, where the
    report counts them. A theme may be a column of its own, of what no code below it holds. `width`
    is that of the text on its paper, in twips.
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
    width: int

    def cell(self, row: int, column: int) -> Cell:
        """The cell at these places of the section's matrix."""
        return self.section.matrix.cells[row][column]


def says_something(cell: Cell, *, show: str) -> bool:
    """True where a cell would not be a dash."""
    if show == "counts":
        return cell.count > 0
    return bool(cell.quotes or cell.summary)


def reason_of(cell: Cell) -> str | None:
    """Why nothing stands in a cell, where that is more than that nothing was coded."""
    return None if cell.empty_reason in _PLAIN_REASONS else cell.empty_reason


def theme_body(theme: Theme, quoting: Quoting) -> Iterator[str]:
    """The body of the theme's section."""
    section, clean = theme.section, quoting.clean
    name = clean(section.name, at="codebook")
    heading = quoting.trail.bookmark(wml.run(name, colour=theme.colour), theme.bookmark)
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
    least = _LEAST_COUNT_WIDTH if theme.show == "counts" else _LEAST_WIDTH
    most = (theme.width - _LABEL_WIDTH) // least
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
        yield from _table(theme, rows, places, name, quoting)


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
    theme: Theme, rows: Sequence[int], places: Sequence[int], name: str, quoting: Quoting
) -> Iterator[str]:
    letters = [_letters(theme, rows, place) for place in places]
    widths = [_LABEL_WIDTH, *column_widths(letters, theme.width - _LABEL_WIDTH)]
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
            yield _group(theme, quoting.clean(group, at="groups"), gathered, places)
        for row in gathered:
            yield from _case(theme, row, places, widths, quoting)
    yield wml.TABLE_END


def _letters(theme: Theme, rows: Sequence[int], place: int) -> int:
    """How much a column holds; each quotation has its locator besides."""
    if theme.show == "counts":
        return 0
    if theme.show == "summary":
        return sum(len(theme.cell(row, place).summary or "") for row in rows)
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
                theme.width,
                span=len(places) + 1,
                fill=colours.tint(theme.colour, _GROUP_TINT),
            )
        ]
    )


def _case(
    theme: Theme, row: int, places: Sequence[int], widths: Sequence[int], quoting: Quoting
) -> Iterator[str]:
    case, clean = theme.section.matrix.rows[row], quoting.clean
    cells = [theme.cell(row, place) for place in places]
    label = clean(case.label, at="cases")
    details = [dates_unbroken(clean(detail, at="cases")) for detail in case.details]
    fill = colours.tint(theme.colour, _LABEL_TINT)
    if theme.show == "counts":
        figures = [_figure(cell, clean) for cell in cells]
        contents = [_label(label, details), *figures]
        yield _row(contents, widths, fill, may_split=False)
        return
    blocks = [
        _blocks(cell, case, letters_in_a_line(width), theme.show, quoting)
        for cell, width in zip(cells, widths[1:], strict=True)
    ]
    broken = list(physical_rows(blocks))
    empty_words = [clean(reason_of(cell) or "–", at="matrix") for cell in cells]
    for number, physical in enumerate(broken, 1):
        if number == 1:
            head = _label(label, details)
        else:
            head = _label(f"{label} (continued {number}/{len(broken)})", ())
        reasons = empty_words if number == 1 else [""] * len(cells)
        contents = [head, *_contents(physical, reasons)]
        yield _row(contents, widths, fill, may_split=physical.may_split)


def _row(contents: Sequence[str], widths: Sequence[int], fill: str, *, may_split: bool) -> str:
    cells = [wml.cell(contents[0], widths[0], fill=fill)]
    cells += [wml.cell(text, width) for text, width in zip(contents[1:], widths[1:], strict=True)]
    return wml.row(cells, may_split=may_split)


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


def _blocks(cell: Cell, case: MatrixRow, letters: int, show: str, quoting: Quoting) -> list[Block]:
    blocks = []
    if show == "summary" and cell.quotes:
        said, words = quoting.numbers(cell.quotes)
        blocks.append(Block(said, lines_of(words, letters)))
    elif show != "summary":
        for quotation in cell.quotes:
            said, words = quoting.paragraph(quotation, known=case.details)
            blocks.append(Block(said, lines_of(words, letters)))
    if cell.summary:
        words = quoting.clean(cell.summary, at="summaries")
        summary = Block(wml.line(words, "QCSummary"), lines_of(words, letters))
        # A summary is read with what it rests on, so the first quotation stays beside it.
        first = blocks[0] if blocks else Block("", 0)
        blocks[:1] = [Block(summary.xml + first.xml, summary.lines + first.lines)]
    return blocks


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
