"""The summary of codings: every theme and code by group of cases, figures first, tints second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters import colours
from qualcode.exporters.word.writing import wml
from qualcode.exporters.word.writing.row_breaks import shared_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.passages.trail import Trail
    from qualcode.model.matrix import CountLine, MatrixReport

HEADING = "Summary of codings"
BOOKMARK = "summary"
_LEAD = (
    "Quotations under each code{by} and, in smaller type, the number of interviews they come from."
)
_SHADING = " Shading runs in four steps up to the largest figure; the figures say the same."
_ONCE = " A passage under several codes of a theme is one quotation of the theme."

_MOST_GROUPS = 8
_NAME_LEAST = wml.twips(80)
_NAME_MOST = wml.twips(125)
_FIGURE_MOST = wml.twips(34)

_LAST = 4
"""So many rows at the end stay on one page: one alone over the page looks like a slip."""

_TINT_STEPS = 4
_TINT_STEP = 0.06
"""How much more of a theme's colour each step holds; the darkest still carries dark ink."""


def summary(
    report: MatrixReport,
    *,
    colour_of: Mapping[str, str],
    trail: Trail,
    width: int,
    clean: Cleaner,
) -> Iterator[str]:
    """The body of the summary, `width` twips wide; `colour_of` are the themes' colours."""
    heading = trail.bookmark(wml.run(HEADING), BOOKMARK)
    yield wml.paragraph(heading, "Heading1")
    by = f", by {clean(report.grouped_by, at='facts')}," if report.groups else ""
    shading = _SHADING if report.groups else ""
    yield wml.line(f"{_LEAD.format(by=by)}{_ONCE}{shading}", "QCLead")
    line_colours = _line_colours(report.counts, colour_of)
    shares = list(shared_out(len(report.groups), _MOST_GROUPS)) or [range(0)]
    for number, groups in enumerate(shares, 1):
        if len(shares) > 1:
            yield wml.line(f"Part {number} of {len(shares)}", "QCTablePart")
        yield from _table(report, groups, line_colours, width, clean)


def _line_colours(lines: Sequence[CountLine], colour_of: Mapping[str, str]) -> list[str]:
    """The colour of each line: a theme's own, and for a code that of the theme above it."""
    found = []
    colour = colours.GREY
    for number, line in enumerate(lines):
        if line.is_theme:
            colour = colour_of.get(line.key) or colours.theme_colour(line.colour, number)
        found.append(colour)
    return found


def _table(
    report: MatrixReport,
    groups: range,
    line_colours: Sequence[str],
    text_width: int,
    clean: Cleaner,
) -> Iterator[str]:
    widths = _widths(len(groups) + 1, text_width)
    yield wml.table_start(
        widths,
        "QCPlain",
        caption=HEADING,
        description="Rows are themes and their codes, columns are groups and all together. Each "
        "cell gives the number of quotations, then the number of interviews.",
    )
    heads = [wml.line("Theme and code", "QCTableHead")]
    heads += [
        wml.line(clean(report.groups[group], at="groups"), "QCNumberHead") for group in groups
    ]
    heads.append(wml.line("All", "QCNumberHead"))
    yield wml.row(
        (
            wml.cell(head, width, fill=colours.PALE, centred=True)
            for head, width in zip(heads, widths, strict=True)
        ),
        header=True,
    )
    largest = max(
        (line.counts[group][0] for line in report.counts if not line.is_theme for group in groups),
        default=0,
    )
    end = len(report.counts) - 1
    for place, (line, colour) in enumerate(zip(report.counts, line_colours, strict=True)):
        counts = [line.counts[group] for group in groups]
        ground = [colour if line.is_theme else _tint(colour, n, largest) for n, _ in counts]
        ground.append(colour if line.is_theme else None)
        bound = place < end and (line.is_theme or place > end - _LAST)
        name = _name(line, widths[0], colour, clean, keep_next=bound)
        figures = _figures(line, (*counts, line.total), ground, widths[1:], keep_next=bound)
        yield wml.row((name, *figures))
    yield wml.TABLE_END


def _widths(figures: int, text_width: int) -> list[int]:
    figure = min(_FIGURE_MOST, (text_width - _NAME_LEAST) // figures)
    return [min(_NAME_MOST, text_width - figures * figure)] + [figure] * figures


def _name(line: CountLine, width: int, colour: str, clean: Cleaner, *, keep_next: bool) -> str:
    name = clean(line.name, at="codebook")
    if not line.is_theme:
        return wml.cell(wml.line(name, "QCTableText", keep_next=keep_next), width)
    words = wml.line(name, "QCTableText", bold=True, colour=colours.WHITE, keep_next=keep_next)
    return wml.cell(words, width, fill=colour)


def _figures(
    line: CountLine,
    counts: Sequence[tuple[int, int]],
    grounds: Sequence[str | None],
    widths: Sequence[int],
    *,
    keep_next: bool,
) -> Iterator[str]:
    ink = colours.WHITE if line.is_theme else colours.INK
    for found, ground, width in zip(counts, grounds, widths, strict=True):
        yield wml.cell(figure(found, ink, keep_next=keep_next), width, fill=ground)


def figure(counts: tuple[int, int], ink: str | None = None, *, keep_next: bool = False) -> str:
    """The number of quotations in bold with that of the interviews beside it, or a dash."""
    quotations, interviews = counts
    if quotations == 0:
        return wml.paragraph(wml.run("–", colour=ink), "QCNumber", keep_next=keep_next)
    content = wml.run(str(quotations), bold=True, colour=ink)
    content += wml.run(
        f"{wml.NO_BREAK_SPACE}{wml.NO_BREAK_SPACE}{interviews}", style="QCSmall", colour=ink
    )
    return wml.paragraph(content, "QCNumber", keep_next=keep_next)


def _tint(colour: str, count: int, largest: int) -> str | None:
    if count == 0:
        return None
    step = -(-_TINT_STEPS * count // largest)
    return colours.tint(colour, step * _TINT_STEP)
