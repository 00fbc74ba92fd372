"""Appendix B: every interview of the study, how it may be cited, and how often it was quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.word.passages.quoted import dates_unbroken
from qualcode.exporters.word.writing import plain_tables, wml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.passages.trail import Trail
    from qualcode.model.matrix import RegisterLine

HEADING = "Appendix B  Interviews"
PLAIN_HEADING = "Interviews"
"""The same where it is no appendix."""

BOOKMARK = "appendix_b"

_LEAD = "The interviews that may be cited, with the attribution that each participant agreed to."
_CASE = wml.twips(17)
_AGREED = wml.twips(23)
_PLACE = wml.twips(23)
_FIGURE = wml.twips(19)


def register(
    lines: Sequence[RegisterLine],
    *,
    trail: Trail,
    width: int,
    clean: Cleaner,
    heading: str = HEADING,
) -> Iterator[str]:
    """The body of the appendix, `width` twips wide."""
    yield wml.paragraph(trail.bookmark(wml.run(heading), BOOKMARK), "Heading1")
    yield wml.line(_LEAD, "QCLead")
    silent = [clean(line.case, at="register") for line in lines if not line.quotations]
    if silent:
        said = f"Without a quotation in this document ({len(silent)} of {len(lines)}): "
        yield wml.line(f"{said}{', '.join(silent)}.", "QCNote")
    placed = any(line.place for line in lines)
    kinds = any(line.stakeholder for line in lines)
    heads = ["Interview", "Attribution", "Consent"]
    widths = [_CASE, 0, _AGREED]
    for head, there in (("Place", placed), ("Stakeholder", kinds)):
        if there:
            heads.append(head)
            widths.append(_PLACE)
    heads.append("Quotations")
    widths.append(_FIGURE)
    widths[1] = width - sum(widths)
    yield from plain_tables.table(
        plain_tables.Shape(
            caption="Register of interviews",
            description="A row for each interview: how it may be cited, the form of consent, and "
            "the number of its quotations in this document.",
            widths=tuple(widths),
            figures=frozenset({len(heads) - 1}),
        ),
        heads,
        (_words(line, clean, placed=placed, kinds=kinds) for line in lines),
    )


def _words(line: RegisterLine, clean: Cleaner, *, placed: bool, kinds: bool) -> list[str]:
    words = [line.case, line.attribution or "–", line.agreed or "–"]
    if placed:
        words.append(line.place or "–")
    if kinds:
        words.append(line.stakeholder or "–")
    cleaned = [dates_unbroken(clean(word, at="register")) for word in words]
    return [*cleaned, str(line.quotations) if line.quotations else "–"]
