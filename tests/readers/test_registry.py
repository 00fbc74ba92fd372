"""Which reader reads a file: its content decides, not its name."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest
from readers.docx_files import document, p, package
from readers.sources import LAYOUTS, ROOT, VECTORS, read, source, source_of

from qualcode import errors
from qualcode.readers import READERS, read_transcript
from qualcode.readers.registry import find_reader, load_reader, readable_formats

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CUE = "00:00:01{0}000 --> 00:00:02{0}000\nI: hi\n"


@pytest.mark.parametrize(
    ("content", "format_name"),
    [
        ("I: a\nR: b\n", "text"),
        ("[00:00:01] I: a\n[00:00:02] R: b\n", "text"),
        ("[[inaudible]] and so on\n", "text"),
        ("<https://example.org>\n\nI: a\n\nR: b\n", "text"),
        ("WEBVTT\n\n" + CUE.format("."), "vtt"),
        ("\ufeffWEBVTT\n\n" + CUE.format("."), "vtt"),
        ("WEBVTT - A talk\n\n" + CUE.format("."), "vtt"),
        (CUE.format("."), "vtt"),
        ("1\n" + CUE.format(","), "srt"),
        ("\n\n" + CUE.format(","), "srt"),
        ("1\n" + CUE.format("."), "srt"),
        ("WEBVTTING is fun\nI: a\nR: b\n", "text"),
        ("speaker,timestamp,words\nI,0:01,hi\n", "csv"),
        ("Sprecher;Zeit;Text\nI;0:01;hi\n", "csv"),
        ("start\tend\ttext\n0\t1\thi\n", "csv"),
        ("Speaker, time\nI: a\nR: b\n", "text"),
        ("@Begin\n*INT:\thi .\n@End\n", "chat"),
        ("* Anna: a\n* Tom: b\n", "text"),
        (
            '"ooTextFile"\n"TextGrid"\n0 1\n<exists>\n1\n"IntervalTier" "I" 0 1 1\n0 1 "hi"\n',
            "textgrid",
        ),
        ('<?xml version="1.0"?>\n<Trans><Turn>hi</Turn></Trans>', "trs"),
        ("I: WEBVTT and 00:00:01.000 --> 00:00:02.000\nR: b\n", "text"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_text_is_told_apart_by_content(content: str, format_name: str, encoding: str) -> None:
    assert read(content.encode(encoding)).transcript.format == format_name


@pytest.mark.parametrize("name", ["a.txt", "a.vtt", "a.docx", "a", "a.pdf"])
def test_the_name_of_a_file_does_not_matter(name: str) -> None:
    word = source(document(p("I: a"), p("R: b")), name=name)
    assert read_transcript(word, name="x").transcript.format == "docx"
    text = source("I: a\nR: b\n", name=name)
    assert read_transcript(text, name="x").transcript.format == "text"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (
            b'<?xml version="1.0"?><!-- x --><segmented-transcription A="">',
            "a segmented EXMARaLDA transcription",
        ),
        (b'<?xml version="1.0"?><a:unknown xmlns:a="b">', "an XML document"),
        (
            b'File type = "ooTextFile"\nObject class = "PitchTier"\n',
            "a Praat file that is no TextGrid",
        ),
        (b"SQLite format 3\0" + b"\0" * 100, "an SQLite database"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a PNG image"),
        (b"\0\0\0\x20ftypM4A " + b"\0" * 50, "an MP4 or M4A recording"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a WAV recording"),
        (b"ID3\x03" + b"\0" * 50, "an MP3 recording"),
    ],
)
def test_a_known_format_is_refused_by_its_name(content: bytes, named: str) -> None:
    with pytest.raises(errors.UnsupportedFormatError) as refused:
        read_transcript(source(content, name="interview"), name="x")
    assert str(refused.value) == (
        f"interview: {named} is not a format that qualcode reads. Export the transcript as one of:"
        f" {', '.join(readable_formats())}."
    )


@pytest.mark.parametrize(
    ("content", "named", "better"),
    [
        (OLE2 + "WordDocument".encode("utf-16-le"), "an old Word document (.doc)", ".docx"),
        (OLE2 + b"\0" * 600, "an OLE2 document", ".docx"),
        (OLE2 + "Workbook".encode("utf-16-le"), "an old Excel workbook (.xls)", ".xlsx"),
        (package({"xl/workbook.bin": ""}), "a binary Excel workbook (.xlsb)", ".xlsx"),
        (b'<?xml version="1.0"?><w:wordDocument>', "a flat Word document (XML)", ".docx"),
    ],
)
def test_a_form_that_its_program_can_save_better_is_refused_by_saying_so(
    content: bytes, named: str, better: str
) -> None:
    with pytest.raises(errors.UnsupportedFormatError) as refused:
        read_transcript(source(content, name="interview"), name="x")
    assert str(refused.value) == (
        f"interview: {named} is not a format that qualcode reads. Save it as {better} in the"
        " program that made it, and import that file."
    )


def test_a_picture_that_calls_itself_text_is_told_so() -> None:
    with pytest.raises(errors.NotTextError, match="it looks like a JPEG image"):
        read_transcript(source(b"\xff\xd8\xff\xe0", name="a.TXT"), name="x")


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"ppt/presentation.xml": ""}, "a PowerPoint presentation"),
        ({"project.qde": ""}, "a REFI-QDA project"),
        ({"mimetype": "application/vnd.oasis.opendocument.graphics"}, "an OpenDocument file"),
        ({"a.txt": "I: hi"}, "a ZIP archive"),
    ],
)
def test_packages_are_told_apart_by_their_parts(parts: dict[str, str | bytes], named: str) -> None:
    with pytest.raises(errors.UnsupportedFormatError) as refused:
        read(package(parts))
    assert named in str(refused.value)


def test_a_format_that_is_asked_for_is_used() -> None:
    cue = "1\n" + CUE.format(".")
    assert read(cue, format="srt").transcript.format == "srt"
    headless = CUE.format(".")
    assert read(headless).transcript.format == "vtt"
    assert read(headless, format="srt").transcript.format == "srt"
    assert read("WEBVTT\n\n" + headless, format="text").transcript.format == "text"


@pytest.mark.parametrize(
    ("content", "asked", "found"),
    [
        ("I: a\nR: b\n", "docx", "a file in the format plain text or Markdown"),
        ("I: a\nR: b\n", "vtt", "a file in the format plain text or Markdown"),
        ("%PDF-1.7\n", "text", "a file in the format PDF document"),
        ("{\\rtf1 I: a}", "text", "a file in the format RTF document"),
        ("%PDF-1.7\n", "docx", "a file in the format PDF document"),
    ],
)
def test_a_format_that_is_asked_for_wrongly_is_refused(
    content: str, asked: str, found: str
) -> None:
    with pytest.raises(errors.WrongFormatError) as refused:
        read(content, format=asked)
    assert f"but it is {found}" in str(refused.value)


def test_a_document_is_not_read_as_text() -> None:
    with pytest.raises(errors.WrongFormatError, match="but it is a file in the format Word"):
        read(document(p("I: a")), format="text")


def test_a_format_that_nobody_reads_is_unknown() -> None:
    with pytest.raises(
        errors.UnknownFormatError, match=r"The readers are: docx, .*, vtt, srt, .*text\."
    ):
        read("I: a", format="doc")


@pytest.mark.parametrize(("format_name", "path"), READERS)
def test_every_reader_offers_what_a_reader_must(format_name: str, path: str) -> None:
    reader = load_reader(format_name)
    assert import_module(path).__name__ == path
    assert reader.FORMAT.name == format_name
    assert reader.FORMAT.title[0].isalpha()
    assert callable(reader.read)


def test_text_is_asked_last() -> None:
    assert READERS[-1][0] == "text"
    found = find_reader(source("I: a\n"))
    assert found is not None
    assert found.FORMAT.name == "text"


def test_no_reader_is_passed_over_that_would_know_the_file() -> None:
    files = [source_of(path) for path in sorted(VECTORS.rglob("*")) if path.is_file()]
    found = set()
    for one in files:
        knows = [name for name, _ in READERS if load_reader(name).recognises(one)]
        reader = find_reader(one)
        if reader is not None:
            assert reader.FORMAT.name == knows[0], one.name
            found.add(knows[0])
    assert {"eaf", "html", "json", "text"} <= found


def test_a_text_is_read_without_the_libraries_of_other_formats() -> None:
    code = (
        "import sys; from qualcode.readers import Source, read_transcript;"
        "read_transcript(Source(b'I: caf\\xe9\\nR: b\\n', 'a', 'a'), name='a');"
        "print([m for m in ('lxml', 'docx', 'zipfile', 'ruamel', 'charset_normalizer', 'html',"
        " 'srt', 'webvtt', 'spacy') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_the_same_bytes_give_the_same_reading() -> None:
    for path in sorted(LAYOUTS.glob("*.docx")):
        assert read(path.read_bytes()) == read(path.read_bytes())
