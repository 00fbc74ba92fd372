"""Formats that are known but not read: recognised by content, so that a refusal can name them.

A reader for one of them is a module and a line in the registry, which comes first; its line here
then never answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.readers.ground import containers
from qualcode.readers.ground.decoding import opening
from qualcode.readers.ground.xml import root_in

if TYPE_CHECKING:
    from qualcode.readers.ground.source import Source

_SIGNATURES = (
    (b"SQLite format 3\0", "an SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
)
_MEDIA = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"ID3", "an MP3 recording"),
    (b"\xff\xfb", "an MP3 recording"),
    (b"\xff\xf3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a WebM or Matroska recording"),
    (b"#!AMR", "an AMR recording"),
)
# By the name of a file in the package; the first that fits.
_PACKAGES = (
    (re.compile(r"xl/"), "a binary Excel workbook (.xlsb)"),
    (re.compile(r"ppt/"), "a PowerPoint presentation"),
    (re.compile(r".*\.qde$"), "a REFI-QDA project"),
    (re.compile(r"META-INF/container\.xml$"), "an EPUB book"),
    (re.compile(r"Index/.*\.iwa$|index\.apxl$"), "an Apple iWork document"),
)
_OPEN_DOCUMENTS = ((b"opendocument", "an OpenDocument file"),)
_BETTER = {
    "an OLE2 document": ".docx",
    "an old Word document (.doc)": ".docx",
    "a flat Word document (XML)": ".docx",
    "an Apple iWork document": ".docx",
    "an old Excel workbook (.xls)": ".xlsx",
    "a binary Excel workbook (.xlsb)": ".xlsx",
}
_OLE2_STREAMS = (
    ("WordDocument", "an old Word document (.doc)"),
    ("Workbook", "an old Excel workbook (.xls)"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)"),
    ("__substg1.0_", "an Outlook message"),
)
_ROOTS = {
    "segmented-transcription": "a segmented EXMARaLDA transcription",
    "tt": "a TTML subtitle file",
    "package": "a flat Word document (XML)",
    "wordDocument": "a flat Word document (XML)",
    "FOLKER": "a FOLKER transcription",
    "folker-transcription": "a FOLKER transcription",
    "TEI": "a TEI document",
    "Project": "a REFI-QDA project",
    "CodeBook": "a REFI-QDA codebook",
    "plist": "an Apple property list",
    "svg": "an SVG image",
}
_TEXT_SIGNATURES = (
    (re.compile(r'File type = "ooText'), "a Praat file that is no TextGrid"),
    (re.compile(r"From .*\nReceived: |(?:Return-Path|Received|MIME-Version): "), "an e-mail"),
    (re.compile(r"\[Script Info\]"), "an ASS subtitle file"),
)
_TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".vtt", ".srt")


def name_format(source: Source) -> str | None:
    """What the file is, with its article, where it is a known kind of document; or None."""
    data = source.data
    named = _by_bytes(data)
    if named:
        return named
    text = opening(source)
    if text.lstrip().startswith("<"):
        return _by_markup(text)
    for pattern, name in _TEXT_SIGNATURES:
        if pattern.match(text.lstrip()):
            return name
    return None


def better_form(named: str) -> str | None:
    """What the program that made such a file can save it as, so that it is read; or None."""
    return _BETTER.get(named)


def name_media(source: Source) -> str | None:
    """What the file is where it is a picture, a sound or a film; or None."""
    data = source.data
    if data[:4] == b"RIFF":
        kinds = {b"WAVE": "a WAV recording", b"WEBP": "a WebP image", b"AVI ": "an AVI film"}
        return kinds.get(data[8:12], "a recording")
    if data[4:8] == b"ftyp":
        return "an MP4 or M4A recording"
    return _first_prefix(data, _MEDIA)


def calls_itself_text(source: Source) -> bool:
    """True where the name of the file promises text."""
    return source.name.lower().endswith(_TEXT_SUFFIXES)


def _by_bytes(data: bytes) -> str | None:
    if data.startswith(containers.OLE2_MARK):
        streams = ((name.encode("utf-16-le"), title) for name, title in _OLE2_STREAMS)
        return next((title for name, title in streams if name in data), "an OLE2 document")
    if data.startswith(containers.ZIP_MARK):
        if data[30:38] == b"mimetype":
            head = data[38:160]
            opened = next((title for mark, title in _OPEN_DOCUMENTS if mark in head), None)
            if opened:
                return opened
        names = containers.part_names(data)
        for pattern, title in _PACKAGES:
            if any(pattern.match(name) for name in names):
                return title
        return "a ZIP archive"
    return _first_prefix(data.lstrip(b"\xef\xbb\xbf \t\r\n")[:16], _SIGNATURES)


def _first_prefix(data: bytes, signatures: tuple[tuple[bytes, str], ...]) -> str | None:
    return next((title for mark, title in signatures if data.startswith(mark)), None)


def _by_markup(text: str) -> str | None:
    if not text.lstrip().startswith(("<?xml", "<!DOCTYPE")):
        return None  # a text that begins with an address or a mark in angle brackets
    return _ROOTS.get(root_in(text) or "", "an XML document")
