"""PDF documents with text in them: the printed page, without what is printed around speech.

A scan holds pictures of letters and is refused; so is what a password keeps closed. A page knows
no paragraphs: they are told by distances, by numbers in the margin and by how full lines are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import NoTextLayerError
from qualcode.readers.grammar.dialogue import read_dialogue
from qualcode.readers.grammar.sheets import read_sheets
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.printed import MARK, MARK_WITHIN, read_printed
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
    printed = read_printed(source, title=FORMAT.title)
    if not any(piece.text.strip() for sheet in printed.sheets for piece in sheet.pieces):
        raise NoTextLayerError(where=source.where, pages=len(printed.sheets))
    ledger = Ledger()
    lines = read_sheets(printed.sheets, ledger)
    dialogue = read_dialogue(lines, ledger)
    title = {"title": printed.title} if printed.title else {}
    return make_reading(
        dialogue.units,
        ledger,
        name=name,
        where=source.where,
        format_name=FORMAT.name,
        producer=dialogue.producer,
        facts={**title, **dialogue.facts},
    )
