"""Formats that are known but not read: recognised by content, so that a refusal can name them.

A reader for one of them is a module and a line in the registry, which comes first; its line here
then never answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.readers.grammar import vocabulary
from qualcode.readers.ground import containers
from qualcode.readers.ground.decoding import opening

if TYPE_CHECKING:
    from qualcode.readers.ground.source import Source

_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
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
    (re.compile(r"xl/"), "an Excel workbook"),
    (re.compile(r"ppt/"), "a PowerPoint presentation"),
    (re.compile(r".*\.qde$"), "a REFI-QDA project"),
    (re.compile(r"META-INF/container\.xml$"), "an EPUB book"),
    (re.compile(r"Index/.*\.iwa$|index\.apxl$"), "an Apple iWork document"),
)
_OPEN_DOCUMENTS = (
    (b"opendocument.text", "an OpenDocument text (ODT)"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet (ODS)"),
    (b"opendocument", "an OpenDocument file"),
)
_OLE2_STREAMS = (
    ("WordDocument", "an old Word document (.doc)"),
    ("Workbook", "an old Excel workbook (.xls)"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)"),
    ("__substg1.0_", "an Outlook message"),
)
_ROOTS = {
    "ANNOTATION_DOCUMENT": "an ELAN annotation file",
    "basic-transcription": "an EXMARaLDA transcription",
    "segmented-transcription": "an EXMARaLDA transcription",
    "Trans": "a Transcriber transcription",
    "tt": "a TTML subtitle file",
    "html": "an HTML page",
    "package": "a flat Word document (XML)",
    "wordDocument": "a flat Word document (XML)",
    "ROOT": "an OHMS index",
    "FOLKER": "a FOLKER transcription",
    "folker-transcription": "a FOLKER transcription",
    "TEI": "a TEI document",
    "Project": "a REFI-QDA project",
    "CodeBook": "a REFI-QDA codebook",
    "plist": "an Apple property list",
    "svg": "an SVG image",
}
_XML_ROOT = re.compile(
    r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>\s*)*<(?:[\w.-]+:)?([\w.-]+)[\s/>]",
    re.S,
)
_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html|<head|<body|<p[\s>]|<div|<table)", re.I)
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:[{"\]]|\[\s*[\[{"\d\]-]))')
_TEXT_SIGNATURES = (
    (re.compile(r"@(?:UTF8|Begin)\b"), "a CHAT transcript"),
    (re.compile(r'File type = "ooText'), "a Praat TextGrid"),
    (re.compile(r"From .*\nReceived: |(?:Return-Path|Received|MIME-Version): "), "an e-mail"),
    (re.compile(r"\[Script Info\]"), "an ASS subtitle file"),
)
# Two headings of columns in the first line make a table.
_HEADINGS = (
    vocabulary.SPEAKER_COLUMNS
    | vocabulary.WORDS_COLUMNS
    | vocabulary.TIME_COLUMNS
    | vocabulary.END_COLUMNS
    | {"tags", "duration", "interview_id", "file", "participant"}
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
    if _JSON.match(text):
        return "a JSON document"
    for pattern, name in _TEXT_SIGNATURES:
        if pattern.match(text.lstrip()):
            return name
    return _table(text)


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
    if _HTML.match(text):
        return "an HTML page"
    if not text.lstrip().startswith(("<?xml", "<!DOCTYPE")):
        return None  # a text that begins with an address or a mark in angle brackets
    root = _XML_ROOT.match(text)
    return _ROOTS.get(root[1], "an XML document") if root else "an XML document"


def _table(text: str) -> str | None:
    first = text.lstrip().partition("\n")[0]
    for sign, name in ((",", "a CSV table"), (";", "a CSV table"), ("\t", "a table with tabs")):
        cells = [cell.strip().strip('"').casefold() for cell in first.split(sign)]
        if len(cells) > 1 and sum(cell in _HEADINGS for cell in cells) > 1:
            return name
    return None
