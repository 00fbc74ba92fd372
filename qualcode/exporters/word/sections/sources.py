"""The last heading, below which a word processor sets the endnotes: where each passage comes from.

Word sets them right below it; LibreOffice 7.4 on pages of their own, so that the heading goes on
below what stands before it instead of leaving a page white.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.word.sections.front import Entry
from qualcode.exporters.word.writing import wml
from qualcode.exporters.word.writing.skeleton import DocumentPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.exporters.word.passages.trail import Trail
    from qualcode.exporters.word.writing.paper import Sheet

HEADING = "Sources"
BOOKMARK = "sources"

_LEAD = "Where each quotation comes from, by the number of its note."


def sources(trail: Trail, sheet: Sheet) -> Iterator[tuple[Entry, DocumentPart]]:
    """The part of the document behind all others, and its line in the contents."""
    body = (
        wml.empty_line("QCBody"),
        wml.paragraph(trail.bookmark(wml.run(HEADING), BOOKMARK), "Heading1"),
        wml.line(_LEAD, "QCNote"),
    )
    part = DocumentPart("sources", HEADING, body, sheet, on_new_page=False)
    yield Entry(HEADING, BOOKMARK), part
