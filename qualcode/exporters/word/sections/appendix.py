"""Appendix A: every passage once, in the order of its number, with the words around it.

The words before and after are context, set in grey; what was coded is verbatim and whole, in a
serif letter along a rule in the colour of its theme, and its source stands in a note.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from qualcode.exporters import colours
from qualcode.exporters.references import shown_number
from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.word.passages import notes
from qualcode.exporters.word.passages.in_context import in_context
from qualcode.exporters.word.writing import wml
from qualcode.model.document import Notes
from qualcode.text.locators import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualcode.exporters.word.passages.trail import Trail
    from qualcode.model.matrix import Quotation

HEADING = "Appendix A  Quotations in context"
BOOKMARK = "appendix_a"

_LEAD = (
    "Every quotation with the words before and after it. Words in grey are context; a dash in them "
    "begins another turn."
)
_WHERE = {
    Notes.FOOTNOTES: "The note at the foot of the page gives the source.",
    Notes.ENDNOTES: "The note at the end gives the source.",
    Notes.INLINE: "The line below it gives the source.",
}


def appendix(
    trail: Trail,
    *,
    kind: Notes,
    colour_of: Mapping[str, str],
    name_of: Mapping[str, str],
    back: str,
    clean: Cleaner,
) -> Iterator[str]:
    """The body of the appendix. `colour_of` themes and `name_of` codes are by full name; `back` is
    what the way back from each passage is called.
    """
    yield wml.paragraph(trail.bookmark(wml.run(HEADING), BOOKMARK), "Heading1")
    yield wml.line(f"{_LEAD} {_WHERE[kind]}", "QCLead")
    number = 0
    for transcript, passages in groupby(trail.passages, key=lambda passage: passage.transcript):
        yield wml.line(clean(transcript, at="transcripts"), "Heading2")
        for passage in passages:
            number += 1
            codes = [name_of.get(code, code) for code in trail.codes(passage)]
            colour = colour_of.get(passage.theme, colours.GREY)
            yield _id_line(passage, trail, codes, back, clean)
            # What had to be replaced in these words was counted where they stand in the matrix.
            words = Cleaner()(passage.text, at=passage.locator)
            yield from in_context(
                passage,
                wml.quoted(words) + notes.reference(kind, number),
                kind=kind,
                colour=colour,
                clean=clean,
            )


def _id_line(passage: Quotation, trail: Trail, codes: list[str], back: str, clean: Cleaner) -> str:
    """`Q079  ¶141  00:14:20  Bonding; Bridging`, and the way back at the margin."""
    name = shown_number(trail.number(passage))
    content = trail.in_context(passage, wml.run(name, bold=True))
    place = (
        "" if passage.turn is None else f"¶{passage.turn}",
        "" if passage.start_ms is None else clock(passage.start_ms),
        "; ".join(clean(code, at="codebook") for code in codes),
    )
    content += wml.run(f"   {'   '.join(part for part in place if part)}", colour=colours.GREY)
    way = trail.to_matrix(passage, wml.run(back, style="QCWay", colour=colours.REFERENCE))
    return wml.paragraph(content + (wml.run("\t") + way if way else ""), "QCPassage")
