"""What each reader costs, held against the library that parses the same file and does no more.

What the libraries leave to others: turns out of cues, paragraphs or rows, labels told from words,
times that are odd, and the account of every character. Where there is no library that knows what a
turn is, the floor is the least in Python that makes turns of such a file; cutting it into strings
alone is shown beside it as `bare`. CPU time of this process, everything warm, reader and floor in
turns; the best of each.

    python tests/bench/bench_readers.py json csv
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import is_normalized, normalize

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.transcript_files import WRITERS, make_interview  # noqa: E402

from qualcode.readers import READERS, Source  # noqa: E402
from qualcode.readers.registry import load_reader  # noqa: E402

ROUNDS_S = 1.5
"""How long each format is measured."""

BAR = 3
"""Times its library that each reader may cost."""

OTHER_BARS = {"text": 8, "ohms": 6, "json_of_segments": 7}
"""So that a reader that slows down is noticed where 3 cannot be had, for two reasons.

No library makes turns of labelled lines, and the least that does looks for nothing odd. And where
JSON holds little beside the words, to see that no key stands twice in an object, which `json` lets
pass, takes six tenths of parsing it, and laying out the turns seven tenths.
"""

_LABEL = re.compile(r"([^:\n]{1,40}):\s*(.*)")
_UTTERANCE = re.compile(r"\*([^:]+):\s*(.*)")
_BULLET = re.compile(r"\x15(\d+)_(\d+)\x15")
_LRC = re.compile(r"\[(\d+):(\d\d)\.(\d\d)\](.*)")
_PRAAT = re.compile(r'"((?:[^"]|"")*)"|(?<!\S)(-?\d[\d.]*)(?!\S)')


def run(names: tuple[str, ...] = tuple(WRITERS)) -> dict[str, Any]:
    """Milliseconds of each reader and of its floor, their ratio, and whether the bar is kept."""
    interview = make_interview()
    cpu_ms = {name: _measure(name, WRITERS[name](interview)) for name in names}
    ratio = {name: spent["reader"] / spent["floor"] for name, spent in cpu_ms.items()}
    bars = {name: OTHER_BARS.get(name, BAR) for name in names}
    return {
        "floors": {name: (FLOORS[name].__doc__ or "").strip() for name in names},
        "cpu_ms": {
            name: {what: round(ms, 3) for what, ms in spent.items()}
            for name, spent in cpu_ms.items()
        },
        "ratio": {name: round(value, 2) for name, value in ratio.items()},
        "bars": bars,
        "within": all(ratio[name] <= bars[name] for name in names),
    }


def _measure(name: str, data: bytes) -> dict[str, float]:
    reader = load_reader(name.partition("_")[0])
    source = Source(data, "a", "a")
    if not reader.recognises(source):
        raise RuntimeError(f"the generated file is not recognised: {name}")
    acts: dict[str, Callable[[], object]] = {
        "reader": lambda: reader.read(source, name="a"),
        "floor": lambda: FLOORS[name](data),
    }
    if name in BARE:
        acts["bare"] = lambda: BARE[name](data)
    best = dict.fromkeys(acts, float("inf"))
    ends = time.process_time() + ROUNDS_S
    while time.process_time() < ends:  # in turns, so that a slow moment meets them both
        for what, act in acts.items():
            began = time.process_time()
            act()
            best[what] = min(best[what], (time.process_time() - began) * 1000)
    return best


# -- floors ---------------------------------------------------------------------------------------


def _webvtt(data: bytes) -> object:
    """webvtt-py"""
    import webvtt

    return webvtt.from_buffer(io.BytesIO(data)).captions


def _srt(data: bytes) -> object:
    """srt"""
    import srt

    return list(srt.parse(data.decode()))


def _python_docx(data: bytes) -> object:
    """python-docx, the text of all paragraphs"""
    import docx

    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def _odt(data: bytes) -> object:
    """odfdo, the text of all paragraphs"""
    from odfdo import Document

    return [str(paragraph) for paragraph in Document(io.BytesIO(data)).body.get_paragraphs()]


def _ods(data: bytes) -> object:
    """odfdo, the values of all cells"""
    from odfdo import Document

    return [table.get_values() for table in Document(io.BytesIO(data)).body.tables]


def _openpyxl(data: bytes) -> object:
    """openpyxl, read-only, the values of all cells"""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in workbook.worksheets]


def _striprtf(data: bytes) -> object:
    """striprtf"""
    from striprtf.striprtf import rtf_to_text

    text: str = rtf_to_text(data.decode("cp1252"))  # type: ignore[no-untyped-call]
    return text


def _soup(data: bytes) -> object:
    """beautifulsoup4 on lxml, its text"""
    from bs4 import BeautifulSoup

    return BeautifulSoup(data, "lxml").get_text()


def _soup_in_json(data: bytes) -> object:
    """json, and beautifulsoup4 on lxml for the page in it"""
    return _soup(json.loads(data)["text"].encode())


def _pypdf(data: bytes) -> object:
    """pypdf, the text of all pages"""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def _json(data: bytes) -> object:
    """json"""
    return json.loads(data)


def _csv(data: bytes) -> object:
    """csv, and turns of its rows"""
    rows = _bare_csv(data)[1:]
    return _turns((speaker, _read_clock(at), words) for speaker, at, words in rows)


def _lxml(data: bytes) -> object:
    """lxml, with names, text and attributes of all elements handed over to Python"""
    from lxml import etree

    return [
        (element.tag, element.text, element.tail, element.items())
        for element in etree.fromstring(data).iter()
    ]


def _lxml_and_lines(data: bytes) -> object:
    """lxml, and turns of the labelled lines in it"""
    return _turns(_labelled(_bare_ohms(data)))


def _lines(data: bytes) -> object:
    """no library: turns of the labelled lines"""
    return _turns(_labelled(_bare_lines(data)))


def _timed_lines(data: bytes) -> object:
    """no library: turns of the lines with times"""
    found = (_LRC.match(line) for line in _bare_lines(data))
    return _turns(
        (None, int(at[1]) * 60_000 + int(at[2]) * 1000 + int(at[3]) * 10, at[4])
        for at in found
        if at
    )


def _utterances(data: bytes) -> object:
    """no library: decoding, lines, and expressions for speaker, words and times"""
    taken = []
    for line in data.decode().splitlines():
        if found := _UTTERANCE.match(line):
            times = [(int(begins), int(ends)) for begins, ends in _BULLET.findall(found[2])]
            taken.append((found[1], _BULLET.sub("", found[2]).strip(), times))
    return taken


def _tokens(data: bytes) -> object:
    """no library: decoding, and one expression that finds texts and numbers"""
    return [found.groups() for found in _PRAAT.finditer(data.decode())]


def _bare_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def _bare_lines(data: bytes) -> list[str]:
    return data.decode().splitlines()


def _bare_ohms(data: bytes) -> list[str]:
    from lxml import etree

    return str(etree.fromstring(data).findtext(".//{*}transcript")).splitlines()


def _labelled(lines: list[str]) -> Iterator[tuple[str, None, str]]:
    return ((found[1], None, found[2]) for line in lines if (found := _LABEL.match(line)))


def _read_clock(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000


def _turns(said: Iterable[tuple[str | None, int | None, str]]) -> object:
    """The text, and who says what from where to where and when: no account, and nothing odd."""
    parts: list[str] = []
    turns: list[tuple[str | None, int, int, int | None]] = []
    at = 0
    for who, at_ms, written in said:
        words = written.strip()
        if not words:
            continue
        if not is_normalized("NFC", words):
            words = normalize("NFC", words)
        end = at + len(words)
        if turns and turns[-1][0] == who:
            _, begins, _, began_ms = turns.pop()
            turns.append((who, begins, end, began_ms))
        else:
            turns.append((who, at, end, at_ms))
        at = end + 2
        parts.append(words)
    return "\n\n".join(parts), turns


FLOORS: dict[str, Callable[[bytes], object]] = {
    "text": _lines,
    "vtt": _webvtt,
    "srt": _srt,
    "lrc": _timed_lines,
    "csv": _csv,
    "chat": _utterances,
    "textgrid": _tokens,
    "json": _json,
    "json_of_segments": _json,
    "json_of_words": _json,
    "otr": _soup_in_json,
    "html": _soup,
    "eaf": _lxml,
    "exb": _lxml,
    "trs": _lxml,
    "ohms": _lxml_and_lines,
    "docx": _python_docx,
    "odt": _odt,
    "ods": _ods,
    "xlsx": _openpyxl,
    "rtf": _striprtf,
    "pdf": _pypdf,
}
"""What each reader is held against; the docstring is how the figures name it."""

BARE: dict[str, Callable[[bytes], object]] = {
    "text": _bare_lines,
    "lrc": _bare_lines,
    "csv": _bare_csv,
    "ohms": _bare_ohms,
}
"""What only cuts the file into strings, by a loop in C: shown, but no floor."""

if missing := {name for name, _ in READERS} - FLOORS.keys():
    raise RuntimeError(f"readers without a floor: {sorted(missing)}")


if __name__ == "__main__":
    print(json.dumps(run(tuple(sys.argv[1:]) or tuple(WRITERS)), indent=2))
