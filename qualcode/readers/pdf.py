"""PDF documents with text in them: the printed page, without what is printed around speech.

A scan holds pictures of letters and is refused; so is what a password keeps closed. A page knows
no paragraphs: they are told by distances, by numbers in the margin and by how full lines are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import NoTextLayerError
from qualcode.readers.grammar.dialogue import read_dialogue
from qualcode.readers.grammar.printed_pages import read_printed_pages
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.pdf_pages import MARK, MARK_WITHIN, read_pdf_pages
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import make_reading

if TYPE_CHECKING:
    from qualcode.model.transcript import Reading

FORMAT = Format("pdf", "PDF document")


def recognises(source: Source) -> bool:
    """True for the mark of a PDF, with which a file begins, or nearly."""
    head = source.data[:MARK_WITHIN]
    return head.startswith(MARK) or (b"\n" + MARK in head and b"\0" not in head)


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a PDF, and the account of what was left out.

    Raises NoTextLayerError, PasswordProtectedError, DamagedFileError, TooLargeError or
    TooMuchPrintedError.
    """
    printed = read_pdf_pages(source, title=FORMAT.title)
    if not any(piece.text.strip() for page in printed.pages for piece in page.pieces):
        raise NoTextLayerError(where=source.where, pages=len(printed.pages))
    ledger = Ledger()
    lines = read_printed_pages(printed.pages, ledger)
    spoken = read_dialogue(lines, ledger)
    if printed.title:
        spoken.facts.setdefault("title", printed.title)
    return make_reading(spoken, ledger, source, FORMAT, name=name)
