"""The key to the signs of the themes: only those that stand in this document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qualcode.exporters.headings import cells_of, reason_of
from qualcode.exporters.word.passages.quoted import MOST_CHARACTERS
from qualcode.exporters.word.writing import wml
from qualcode.model.consent import CUT
from qualcode.model.document import Layout
from qualcode.model.summary import NO_SUMMARY, NONE_SHOWN, Emptiness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.exporters.table_or_list import Laid
    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.passages.quoted import Quoting
    from qualcode.exporters.word.passages.trail import Trail
    from qualcode.model.matrix import Cell, MatrixReport

_SIGN_WIDTH = wml.twips(48)

_EMPTY: Final[dict[str, str]] = {
    Emptiness.NOT_INTERVIEWED: "Nobody was interviewed here",
    Emptiness.NOT_ASKED: "The question was not put in this interview",
    Emptiness.NOT_YET_CODED: "The transcript has not been coded yet",
    Emptiness.WITHHELD: "There is something here that may not leave the project",
    NONE_SHOWN: "Two quotations are here, both left to better ones",
    NO_SUMMARY: "The team has not written a summary of this theme yet",
}

_IN: Final = {Layout.MATRIX: "table", Layout.LIST: "list"}

_NOBODY = "P00"
"""In the place of a participant: codes are counted from 1."""

STARRED = "A passage that the team called worth quoting"


def key(report: MatrixReport, quoting: Quoting, laid: Laid, width: int) -> Iterator[str]:
    """A table of signs and what they mean, two pairs a row, `width` twips wide."""
    signs = list(_signs(report, quoting, laid))
    if not signs:
        return
    meaning = width // 2 - _SIGN_WIDTH
    widths = (_SIGN_WIDTH, meaning, _SIGN_WIDTH, width - 2 * _SIGN_WIDTH - meaning)
    yield wml.table_start(
        widths,
        "QCPlain",
        caption="Key to the signs",
        description="Twice two columns: a sign and what it means.",
        header_row=False,
        header_column=False,
    )
    for at in range(0, len(signs), 2):
        pairs = signs[at : at + 2]
        cells = []
        for number, (sign, words) in enumerate(pairs):
            alone = len(pairs) == 1
            rest = sum(widths[1:]) if alone else widths[2 * number + 1]
            cells.append(wml.cell(sign, widths[2 * number]))
            cells.append(wml.cell(wml.line(words, "QCKey"), rest, span=3 if alone else 1))
        yield wml.row(cells)
    yield wml.TABLE_END


def _signs(report: MatrixReport, quoting: Quoting, laid: Laid) -> Iterator[tuple[str, str]]:
    cells = [
        cell
        for section in report.sections
        for row in section.matrix.cells
        for cell in cells_of(section, row, report.show)
    ]
    if report.show == "counts":
        yield from _of_empty_cells(cells, quoting.clean)
        return
    yield from _of_quotations(report.show, quoting.trail, where=laid.layout)
    if quoting.comments is not None:
        yield wml.line("Comment in the margin", "QCKey"), "A memo of the research team"
    if any(cell.summary for cell in cells):
        said = wml.line("Words of the analyst.", "QCSummary")
        yield said, "A summary written by the research team"
    if laid.is_list:
        return
    yield wml.line("–", "QCEmpty"), "Nothing here was given this code"
    yield from _of_empty_cells(cells, quoting.clean)
    yield (
        wml.line(f"{_NOBODY} (continued 2/3)", "QCCase"),
        "The second of three rows of one long case; a column at its end stays blank",
    )


def _of_quotations(show: str, trail: Trail, *, where: Layout) -> Iterator[tuple[str, str]]:
    space = wml.NO_BREAK_SPACE
    words = wml.run("“Words of the participant.” ")
    if show == "summary":
        sign = wml.paragraph(wml.reference("Q017; Q018"), "QCQuote")
        yield sign, "Quotations 17 and 18, on which the summary rests"
    elif trail.appendix:
        place, of = (f"{space}¶98", ", from paragraph 98 of its transcript")
        if not trail.says_places:
            place = of = ""
        yield (
            wml.paragraph(words + wml.reference(f"Q017{place}"), "QCQuote"),
            f"Quotation 17{of}; the number leads to Appendix A",
        )
        if any(len(passage.text) > MOST_CHARACTERS for passage in trail.passages):
            yield (
                wml.paragraph(wml.run(f"“… words {CUT}”"), "QCQuote"),
                f"Shortened in the {_IN[where]} only; Appendix A has all of it",
            )
    elif not trail.says_places:
        sign = wml.paragraph(words + wml.reference(f"Q017 {_NOBODY}"), "QCQuote")
        yield sign, f"Quotation 17, of the participant {_NOBODY}"
    else:
        place = f"Q017 INT-12{space}¶98{space}00:14:20"
        yield (
            wml.paragraph(words + wml.reference(place), "QCQuote"),
            "Quotation 17, from paragraph 98 of transcript INT-12, 14 minutes and 20 seconds into "
            "the recording",
        )
    if any(passage.starred for passage in trail.passages):
        yield wml.paragraph(wml.reference("Q017*"), "QCQuote"), STARRED
    if any(passage.edits for passage in trail.passages):
        yield (
            wml.paragraph(wml.run(f"[{_NOBODY}]  [word]  […]"), "QCQuote"),
            "In brackets: a name that is not shown, a word put right, words left out, who goes on "
            "speaking",
        )


def _of_empty_cells(cells: list[Cell], clean: Cleaner) -> Iterator[tuple[str, str]]:
    reasons = dict.fromkeys(reason_of(cell) for cell in cells if not (cell.quotes or cell.summary))
    for reason in sorted(reason for reason in reasons if reason):
        if reason in _EMPTY:
            sign = f"2 {reason}" if reason == NONE_SHOWN else reason
            yield wml.line(clean(sign, at="matrix"), "QCEmpty"), _EMPTY[reason]
