"""The source of each quotation in context: a footnote, an endnote, or a line below it.

A note is written in full each time, so that it can be cut and pasted with its quotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.word.passages.quoted import dates_unbroken
from qualcode.exporters.word.writing import wml
from qualcode.exporters.word.writing.skeleton import Margin
from qualcode.model.document import Notes
from qualcode.text.locators import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.model.matrix import Quotation

# Endnotes stand behind the whole document. They are counted i, ii, iii unless it is told otherwise:
# to Word once for all, to LibreOffice 7.4 in each section.
_ENDNOTES_COUNTED = '<w:numFmt w:val="decimal"/>'

_SEPARATOR, _CONTINUED = -1, 0


def source(quotation: Quotation, clean: Cleaner) -> str:
    """Where the words come from, as a sentence: `Role, Organisation, transcript INT-12, …`.

    Where nobody may read in which interview they stand, it ends with whose they are, by the code.
    """
    said = (
        dates_unbroken(clean(quotation.attribution, at="attributions").strip(" ,.;")),
        f"{'transcript ' if quotation.placed else ''}"
        f"{clean(quotation.transcript, at='transcripts')}",
        "" if quotation.turn is None else f"paragraph{wml.NO_BREAK_SPACE}{quotation.turn}",
        "" if quotation.start_ms is None else clock(quotation.start_ms),
    )
    whole = ", ".join(part for part in said if part)
    return f"{whole[:1].upper()}{whole[1:]}."


def margin(kind: Notes, quotations: Iterable[Quotation], clean: Cleaner) -> Margin:
    """The part of the package with a note for each quotation, numbered from 1 in their order."""
    name = "footnote" if kind is Notes.FOOTNOTES else "endnote"
    counted = "" if kind is Notes.FOOTNOTES else _ENDNOTES_COUNTED
    opening = f'{wml.DECLARATION}<w:{name}s xmlns:w="{wml.NAMESPACE}">'
    opening += wml.note_separator(name, "separator", _SEPARATOR)
    opening += wml.note_separator(name, "continuationSeparator", _CONTINUED)
    return Margin(
        mark=f"{name}s",
        member=f"{name}s.xml",
        content_type=f"{wml.PART}.{name}s+xml",
        relation=f"{wml.RELATIONSHIPS}/{name}s",
        opening=opening,
        closing=f"</w:{name}s>",
        body=_notes(name, quotations, clean),
        settings=f'<w:{name}Pr xmlns:w="{wml.NAMESPACE}">{counted}<w:{name} w:id="{_SEPARATOR}"/>'
        f'<w:{name} w:id="{_CONTINUED}"/></w:{name}Pr>',
        section=f'<w:{name}Pr xmlns:w="{wml.NAMESPACE}">{counted}</w:{name}Pr>' if counted else "",
    )


def reference(kind: Notes, number: int) -> str:
    """The figure behind a quotation that leads to its note; none where notes stand inline."""
    if kind is Notes.INLINE:
        return ""
    return wml.note_reference("footnote" if kind is Notes.FOOTNOTES else "endnote", number)


def _notes(name: str, quotations: Iterable[Quotation], clean: Cleaner) -> Iterator[str]:
    for number, quotation in enumerate(quotations, 1):
        yield wml.note(name, number, source(quotation, clean))
