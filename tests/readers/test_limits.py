"""Hostile files are read or refused in ten seconds and a gigabyte, whatever the format.

Each is read in a process of its own that the system stops beyond that. With QUALCODE_TEST_LIMITS
set, files are as long as a text may be; without, a twentieth of it.
"""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from readers import docx_files, hostile_files
from readers.sources import source

from qualcode.errors import EmptyTranscriptError, QualcodeError
from qualcode.readers import read_transcript
from qualcode.readers.ground.source import LARGEST_TEXT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_FULL = "QUALCODE_TEST_LIMITS" in os.environ
SIZE_BYTES = LARGEST_TEXT_BYTES if IN_FULL else LARGEST_TEXT_BYTES // 20
SECONDS, MEGABYTES = 10, 1_024
CHILD = Path(__file__).with_name("limits_child.py")

# Without QUALCODE_TEST_LIMITS those that any format must bear, and what is hard on one of them.
ALWAYS = [
    *(("text", of) for of in ("angles", "brackets", "braces", "parentheses", "one line")),
    *(("rtf", of) for of in ("braces", "backslashes")),
    *((name, "brackets") for name in ("json", "vtt")),
    *((name, "angles") for name in ("html", "vtt", "ohms")),
    *((name, "labels") for name in ("text", "ohms")),
    ("vtt", "entities"),
    ("lrc", "times"),
    ("csv", "quotation marks"),
    ("csv", "commas"),
    ("chat", "bullets"),
    ("chat", "tiers"),
    ("textgrid", "quotation marks"),
    ("json", "objects"),
    ("otr", "tags that close"),
    ("html", "rows"),
    ("html", "entities"),
    ("rtf", "paragraphs"),
    ("eaf", "tags"),
    ("ohms", "entities"),
]
FLOODS = (
    [(name, of) for name in hostile_files.HEADS for of in hostile_files.FLOODS]
    if IN_FULL
    else ALWAYS
)


def outcome(folder: Path, content: bytes) -> dict[str, Any]:
    """What came of a file: the turns that were `read`, or the error by which it was `refused`."""
    file = folder / "a.txt"
    file.write_bytes(content)
    child = [sys.executable, str(CHILD), str(file), str(SECONDS), str(MEGABYTES)]
    ended = subprocess.run(child, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"ended with {ended.returncode}: {ended.stderr[-2_000:]}"
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize(("format_name", "of"), FLOODS)
def test_a_file_full_of_one_thing_is_read_or_refused(
    tmp_path: Path, format_name: str, of: str
) -> None:
    found = outcome(tmp_path, hostile_files.flood(format_name, of, SIZE_BYTES))
    assert found.keys() & {"read", "refused"}


def test_an_interview_of_millions_of_words_is_read(tmp_path: Path) -> None:
    words = 2_000_000 if IN_FULL else 300_000
    found = outcome(tmp_path, hostile_files.interview(words))
    assert found["read"] > words // 200


@pytest.mark.parametrize("format_name", ["vtt", "srt"])
def test_a_million_tiny_cues_are_refused(tmp_path: Path, format_name: str) -> None:
    cue = "1:1 --> 1:2\na\n\n"
    content = hostile_files.HEADS[format_name] + "a\n\n" + cue * 1_000_000
    assert outcome(tmp_path, content.encode())["refused"] == "TooManyLinesError"


@pytest.mark.parametrize("format_name", hostile_files.NESTS)
def test_what_is_nested_too_deep_is_refused(tmp_path: Path, format_name: str) -> None:
    found = outcome(tmp_path, hostile_files.nested(format_name, 100_000))
    assert found["refused"] in {"DamagedFileError", "EmptyTranscriptError", "TooManyLinesError"}


@pytest.mark.parametrize("format_name", hostile_files.MAIN_PARTS)
def test_a_part_of_a_package_nested_too_deep_is_refused(tmp_path: Path, format_name: str) -> None:
    deep = hostile_files.STEPS[format_name] * 100_000
    part = hostile_files.main_part(format_name, deep, closed=False)
    found = outcome(tmp_path, hostile_files.package(format_name, part))
    assert found["refused"] == "DamagedFileError"


@pytest.mark.parametrize("format_name", hostile_files.MAIN_PARTS)
def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_refused(
    tmp_path: Path, format_name: str
) -> None:
    part = hostile_files.main_part(format_name, b" " * 60_000_000)
    found = outcome(tmp_path, hostile_files.package(format_name, part))
    assert found["refused"] == "TooLargeError"


@pytest.mark.parametrize("format_name", hostile_files.MAIN_PARTS)
def test_a_part_of_millions_of_elements_is_refused(tmp_path: Path, format_name: str) -> None:
    part = hostile_files.main_part(format_name, b"<a b=''/>" * 2_000_000)
    found = outcome(tmp_path, hostile_files.package(format_name, part))
    assert found["refused"] in {"TooManyLinesError", "TooLargeError", "UnknownTableError"}


@pytest.mark.parametrize("format_name", hostile_files.MAIN_PARTS)
def test_a_package_of_very_many_paragraphs_is_read_or_refused(
    tmp_path: Path, format_name: str
) -> None:
    filling = hostile_files.FILLINGS[format_name]
    part = hostile_files.main_part(format_name, filling * (SIZE_BYTES // 3 // len(filling)))
    assert outcome(tmp_path, hostile_files.package(format_name, part))


@pytest.mark.parametrize("format_name", ["xlsx", "ods"])
def test_a_sheet_that_claims_a_million_rows_is_refused(tmp_path: Path, format_name: str) -> None:
    found = outcome(tmp_path, hostile_files.vast_sheet(format_name))
    assert found["refused"] in {"UnknownTableError", "TooManyLinesError", "TooLargeError"}


@pytest.mark.parametrize("kind", hostile_files.PDFS)
def test_a_pdf_that_claims_too_much_or_goes_in_circles_is_refused(
    tmp_path: Path, kind: str
) -> None:
    found = outcome(tmp_path, hostile_files.pdf_of(kind))
    assert found["refused"] in {"DamagedFileError", "NoTextLayerError", "EmptyTranscriptError"}


# -- nothing is fetched ---------------------------------------------------------------------------


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A server on this machine to which nobody may come."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def _came(server: socket.socket) -> bool:
    return bool(select.select([server], [], [], 0)[0])


def test_somebody_who_came_would_be_seen(listening: socket.socket) -> None:
    with socket.create_connection(listening.getsockname()):
        assert _came(listening)


XML = {
    "eaf": ("ANNOTATION_DOCUMENT", "<TIME_ORDER/>&e;"),
    "exb": ("basic-transcription", "<basic-body>&e;</basic-body>"),
    "trs": ("Trans", "<Episode><Section><Turn>&e; words</Turn></Section></Episode>"),
    "ohms": ("ROOT", "<record><version/><transcript>I: &e; words</transcript></record>"),
    "html": ("html", "<body><p>I: &e; words</p><img src='{url}'/></body>"),
}
PARTS = {
    "docx": ("w:document", "<w:p><w:r><w:t>I: &e; words</w:t></w:r></w:p>"),
    "odt": ("office:document-content", "<text:p>I: &e; words</text:p>"),
    "ods": ("office:document-content", "<table:table-row>&e;</table:table-row>"),
    "xlsx": ("worksheet", "<row><c><v>&e;</v></c></row>"),
}
TYPES = {
    "fetched": '<!DOCTYPE {root} SYSTEM "{url}">',
    "fetched by a name": '<!DOCTYPE {root} PUBLIC "-//a//b" "{url}">',
    "with an entity to fetch": '<!DOCTYPE {root} [<!ENTITY e SYSTEM "{url}">]>',
    "with an entity on disk": '<!DOCTYPE {root} [<!ENTITY e SYSTEM "{file}">]>',
    "with a parameter to fetch": '<!DOCTYPE {root} [<!ENTITY % p SYSTEM "{url}"> %p;]>',
    "that grows": '<!DOCTYPE {root} [<!ENTITY a "haha"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;">]>',
}


@pytest.mark.parametrize("doctype", TYPES)
@pytest.mark.parametrize("format_name", [*XML, *PARTS])
def test_no_document_type_is_fetched_and_no_entity_expanded(
    tmp_path: Path, listening: socket.socket, format_name: str, doctype: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden", encoding="utf-8")
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/a.dtd"
    root, inner = {**XML, **PARTS}[format_name]
    stated = TYPES[doctype].format(root=root, url=url, file=secret.as_uri())
    if format_name in XML:
        content = f"{stated}<{root}>{inner.format(url=url)}</{root}>".encode()
    else:
        part = hostile_files.main_part(format_name, inner.encode())
        content = hostile_files.package(format_name, stated.encode() + part)
    try:
        words = read_transcript(source(content), name="a").transcript.text
    except QualcodeError:
        words = ""
    assert "hidden" not in words
    assert "haha" not in words
    assert not _came(listening)


def test_a_link_to_a_part_outside_a_document_is_not_followed(listening: socket.socket) -> None:
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/a.xml"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{kind}" Target="{url}" TargetMode="External"/></Relationships>'
    )
    content = docx_files.package({"_rels/.rels": relations, "word/document.xml": "<a/>"})
    with pytest.raises(QualcodeError):
        read_transcript(source(content), name="a")
    assert not _came(listening)


def test_an_empty_document_behind_a_named_type_is_empty() -> None:
    content = '<!DOCTYPE Trans SYSTEM "trans-14.dtd"><Trans><Episode/></Trans>'
    with pytest.raises(EmptyTranscriptError):
        read_transcript(source(content), name="a")
