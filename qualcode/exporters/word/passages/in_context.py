"""A quotation with the words before and after it, and its source: in an appendix or in a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.textsafe import runs_right_to_left
from qualcode.exporters.word.passages import notes
from qualcode.exporters.word.writing import wml
from qualcode.model.document import Notes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.model.matrix import Quotation

KEPT_TOGETHER = 1500
"""Characters of a passage with its context up to which it stays on one page: above, keeping it
whole would leave half a page white.
"""


def in_context(
    quotation: Quotation,
    said: str,
    *,
    kind: Notes,
    colour: str,
    clean: Cleaner,
    around: bool = True,
) -> Iterator[str]:
    """The paragraphs. `said` is the quotation itself as XML with the figure of its note, and
    `around` says that the words before and after it are wanted.
    """
    before = clean(quotation.before, at=quotation.locator).strip() if around else ""
    after = clean(quotation.after, at=quotation.locator).strip() if around else ""
    together = len(before) + len(quotation.text) + len(after) <= KEPT_TOGETHER
    if before:
        yield _context(f"…{wml.NO_BREAK_SPACE}{before}", keep_next=True, keep_lines=together)
    yield wml.paragraph(
        said,
        "QCVerbatim",
        keep_next=together and bool(after or kind is Notes.INLINE),
        keep_lines=together,
        rule=colour,
        bidi=runs_right_to_left(quotation.text),
    )
    if after:
        yield _context(
            f"{after}{wml.NO_BREAK_SPACE}…", keep_next=kind is Notes.INLINE, keep_lines=together
        )
    if kind is Notes.INLINE:
        yield wml.line(notes.source(quotation, clean), "QCSource")


def _context(words: str, *, keep_next: bool, keep_lines: bool) -> str:
    # A dash stays with the words before it: alone it would begin a line, or be one.
    words = words.replace(" —", f"{wml.NO_BREAK_SPACE}—")
    bidi = runs_right_to_left(words)
    return wml.paragraph(
        wml.run(words, right_to_left=bidi),
        "QCContext",
        keep_next=keep_next,
        keep_lines=keep_lines,
        bidi=bidi,
    )
