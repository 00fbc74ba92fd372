"""The last page: what somebody needs to make the same document again, and to know that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.word.writing import plain_tables, wml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.passages.trail import Trail

HEADING = "How this document was made"
BOOKMARK = "provenance"

_LEAD = (
    "The same project and the same wishes give the same file, byte for byte. Two files whose "
    "content checks agree hold the same quotations with the same attributions."
)
_LABEL = wml.twips(40)


def provenance(
    lines: Sequence[tuple[str, str]], *, digest: str, trail: Trail, width: int, clean: Cleaner
) -> Iterator[str]:
    """The body of the page, `width` twips wide."""
    yield wml.paragraph(trail.bookmark(wml.run(HEADING), BOOKMARK), "Heading1")
    yield wml.line(_LEAD, "QCLead")
    cleaned = [
        (clean(label, at="provenance"), clean(value, at="provenance"))
        for label, value in (*lines, ("Content check", digest))
    ]
    yield from plain_tables.facts(cleaned, label_width=_LABEL, width=width, caption=HEADING)
