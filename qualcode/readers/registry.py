"""Which reader reads a file: decided by its content, never by its name.

To add a format write a module with `FORMAT`, `recognises(source)` and `read(source, *, name)`, and
one line below.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from qualcode.errors import (
    NotTextError,
    UnknownFormatError,
    UnsupportedFormatError,
    WrongFormatError,
)
from qualcode.readers.ground import unread
from qualcode.readers.ground.decoding import opening

if TYPE_CHECKING:
    from qualcode.model.transcript import Reading
    from qualcode.readers.ground.source import Format, Source


class Reader(Protocol):
    """What a module of this room offers for its format."""

    FORMAT: Format

    def recognises(self, source: Source) -> bool:
        """True where the content is of this format; the file may still turn out damaged."""

    def read(self, source: Source, *, name: str) -> Reading:
        """The transcript called `name`, and the account of what was left out."""


# Asked in this order: signatures before grammars, and text, which takes what is left, last.
READERS: tuple[tuple[str, str], ...] = (
    ("docx", "qualcode.readers.docx"),
    ("odt", "qualcode.readers.odt"),
    ("xlsx", "qualcode.readers.xlsx"),
    ("ods", "qualcode.readers.ods"),
    ("pdf", "qualcode.readers.pdf"),
    ("rtf", "qualcode.readers.rtf"),
    ("eaf", "qualcode.readers.eaf"),
    ("exb", "qualcode.readers.exb"),
    ("trs", "qualcode.readers.trs"),
    ("ohms", "qualcode.readers.ohms"),
    ("html", "qualcode.readers.html"),
    ("otr", "qualcode.readers.otr"),
    ("json", "qualcode.readers.machine"),
    ("chat", "qualcode.readers.chat"),
    ("textgrid", "qualcode.readers.textgrid"),
    ("vtt", "qualcode.readers.vtt"),
    ("srt", "qualcode.readers.srt"),
    ("lrc", "qualcode.readers.lrc"),
    ("csv", "qualcode.readers.delimited"),
    ("text", "qualcode.readers.text"),
)
_LAST = "text"
# What a file begins with, after blanks, that some of them may know: of most files one look tells
# that it is none of these, and to ask their readers takes a tenth of an import.
_BEGIN_WITH = {
    **dict.fromkeys(("eaf", "exb", "trs", "ohms", "html"), "<"),
    **dict.fromkeys(("otr", "json"), "{["),
    "chat": "@*",
    "textgrid": 'F"',
    "lrc": "[",
}
# Documents that consist of letters without being text.
_NEVER_TEXT = ("pdf", "rtf")


def read_transcript(source: Source, *, name: str, format: str | None = None) -> Reading:  # noqa: A002
    """The transcript in a file, and the account of what was left out.

    `format` is the name of a reader, where a person says which to use; else the content decides.
    Raises a TranscriptError.
    """
    if format is not None:
        return _reader_as_told(source, format).read(source, name=name)
    reader = find_reader(source)
    if reader is None:
        raise _refusal(source)
    return reader.read(source, name=name)


def find_reader(source: Source) -> Reader | None:
    """The reader whose format the content is, or None where no reader knows it."""
    first = opening(source).lstrip()[:1]
    for format_name, _ in READERS:
        if first not in _BEGIN_WITH.get(format_name, first):
            continue
        if format_name == _LAST and _name_other(source):
            return None
        reader = load_reader(format_name)
        if reader.recognises(source):
            return reader
    return None


@cache  # all of them are asked about every file
def load_reader(format_name: str) -> Reader:
    """The module that reads a format. Raises UnknownFormatError."""
    path = dict(READERS).get(format_name)
    if path is None:
        raise UnknownFormatError(format_name, known=[known for known, _ in READERS])
    # A reader brings its libraries with it, so it is loaded when a file asks for it.
    return cast(Reader, import_module(path))


def readable_formats() -> tuple[str, ...]:
    """What people call the formats that are read."""
    return tuple(load_reader(format_name).FORMAT.title for format_name, _ in READERS)


def _name_other(source: Source) -> str | None:
    return unread.name_media(source) or unread.name_format(source)


def _reader_as_told(source: Source, format_name: str) -> Reader:
    reader = load_reader(format_name)
    # Any text may be read as plain text, also one that is a subtitle file besides.
    found = _name_no_text(source) if format_name == _LAST else None
    if found is None and reader.recognises(source):
        return reader
    other = find_reader(source)
    if other is not None:
        found = f"a file in the format {other.FORMAT.title}"
    raise WrongFormatError(
        reader.FORMAT.title,
        where=source.where,
        found=found or _name_other(source) or "in no known format",
    )


def _name_no_text(source: Source) -> str | None:
    """What a file is that is no text, though its bytes may look like some."""
    for name in _NEVER_TEXT:
        document = load_reader(name)
        if document.recognises(source):
            return f"a file in the format {document.FORMAT.title}"
    return _name_other(source)


def _refusal(source: Source) -> NotTextError | UnsupportedFormatError:
    media = unread.name_media(source)
    if media and unread.calls_itself_text(source):
        return NotTextError(where=source.where, looks_like=media)
    found = media or unread.name_format(source) or "the file"
    return UnsupportedFormatError(
        found,
        where=source.where,
        readable=readable_formats(),
        better=unread.better_form(found),
    )
