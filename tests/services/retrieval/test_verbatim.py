"""Whatever is exported of what somebody said is what they said, in order, but for the brackets."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import openpyxl
from exporters.reading import body_of, quotations_in, quotations_in_context, text_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.study import BY, bring_in, listing_text, new_store, tick, write

from qualcode import errors
from qualcode.model.evidence import TableOptions
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.retrieval import editing, retrieving
from qualcode.services.ways_out import exporting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

SAID = """\
I: And then?

P01: The tent [laughs] leaked, you know, and we were all wet; nobody minded it much.

Next day Ottoline patched her corner with tar & a <piece> of sailcloth, "for good" she said.

I: And who paid?

P01: Well: every household gave what it could, some eggs, some coins — then a council grant came.
"""
CODED = (("grant-aid", (2, 2)), ("bonding", (4, 4)), ("trading", (2, 4)))
"""Codes on turns; the last lies across a question and both others."""

_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_VOICES = re.compile(r"\[[^\[\]]+:\] ")
Reader = Callable[[Store, Path], list[str]]


def is_said(shown: str, said: str) -> bool:
    """True where all that is not in brackets was said, in this order."""
    whole, at = " ".join(said.split()), 0
    for piece in _BRACKETS.split(" ".join(shown.split())):
        found = whole.find(piece.strip(), at)
        if found < 0:
            return False
        at = found + len(piece.strip())
    return True


def new_study(folder: Path) -> Store:
    store = new_store(folder)
    assert bring_in(store, write(folder / "files", {"P01.txt": SAID})).written
    for code, turns in CODED:
        coding.tag(store, "P01", code, Place(turns=turns), by=BY, at=tick())
    return store


# -- the words of quotations, read back from each kind of file -------------------------------------


def of_quotations(kind: str, store: Store, folder: Path) -> list[str]:
    file = folder / f"quotes.{kind}"
    found = retrieving.quotes(store).quotations
    exporting.save_quotations(store, found, file, by=BY, at=tick())
    text = file.read_text(encoding="utf-8-sig")
    rows = json.loads(text) if kind == "json" else csv.DictReader(io.StringIO(text, newline=""))
    return [row["text"] for row in rows]


def of_book(kind: str, store: Store, folder: Path) -> list[str]:
    file = folder / f"book.{kind}"
    book = booking.build_book(store, at=tick()).book
    exporting.save_book(store, book, file, by=BY, at=tick())
    return _read(kind, file)


def of_matrix(kind: str, store: Store, folder: Path) -> list[str]:
    file = folder / f"matrix.{kind}"
    report = charting.build_matrix(store, columns="codes", at=tick())
    exporting.save_matrix(store, report, file, by=BY, at=tick())
    if kind == "json":
        cells = [cell for row in json.loads(file.read_bytes())["cells"] for cell in row]
        return [quote["text"] for cell in cells for quote in cell["quotes"]]
    return _read(kind, file)


def of_evidence(kind: str, store: Store, folder: Path) -> list[str]:
    file = folder / f"evidence.{kind}"
    evidence = evidencing.build_evidence(store, at=tick()).evidence
    exporting.save_evidence(store, evidence, file, options=TableOptions(), by=BY, at=tick())
    if kind == "csv":
        text = file.read_text(encoding="utf-8-sig")
        return [row["text"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    sheets = (list(one.iter_rows(values_only=True)) for one in openpyxl.load_workbook(file))
    head, *rows = next(rows for rows in sheets if "text" in rows[0])
    return [str(row[head.index("text")]) for row in rows]


def _read(kind: str, file: Path) -> list[str]:
    if kind == "docx":
        document = file.read_bytes()
        inside = [*quotations_in(document), *quotations_in_context(document)]
        return inside or _bodies(document)
    text = file.read_text(encoding="utf-8")
    if kind == "html":
        found = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", text, re.S)
        return [html.unescape(re.sub(r"<[^>]+>", "", words)).strip("“”\n ") for words in found]
    quoted = re.findall(r"(?:^>.*\n?)+", text, re.M)
    plain = (re.sub(r"^> ?|\\$", "", block, flags=re.M) for block in quoted)
    return [re.sub(r"\\(\W)", r"\1", html.unescape(words)).strip("“”\n ") for words in plain]


def _bodies(document: bytes) -> list[str]:
    words = (text_of(one) for one in body_of(document).iter() if one.tag.endswith("}p"))
    return [said.strip("“”") for said in words if said.startswith("“")]


READERS: Mapping[str, Reader] = {
    "quotations.json": partial(of_quotations, "json"),
    "quotations.csv": partial(of_quotations, "csv"),
    "book.docx": partial(of_book, "docx"),
    "book.md": partial(of_book, "md"),
    "book.html": partial(of_book, "html"),
    "matrix.docx": partial(of_matrix, "docx"),
    "matrix.md": partial(of_matrix, "md"),
    "matrix.html": partial(of_matrix, "html"),
    "matrix.json": partial(of_matrix, "json"),
    "evidence.csv": partial(of_evidence, "csv"),
    "evidence.xlsx": partial(of_evidence, "xlsx"),
}


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[int, int, int, str | None]]:
    """Edits as a coding, a first and a number of words, and what is shown for them, if anything."""
    one = st.tuples(
        st.integers(0, len(CODED) - 1),
        st.integers(0, 40),
        st.integers(1, 6),
        st.sampled_from([None, "[the tent]", "[sic]", "[…]"]),
    )
    return draw(st.lists(one, min_size=3, max_size=8))


def make(store: Store, wanted: list[tuple[int, int, int, str | None]]) -> None:
    """Each edit that may be made, made."""
    text = listing_text(store, "P01")
    for code, first, many, shown in wanted:
        one = retrieving.quotes(store, [CODED[code][0]]).quotations[0]
        places = [found.span() for found in re.finditer(r"\S+", text[one.start : one.end])]
        chosen = places[first : first + many]
        if not chosen:
            continue
        words = text[one.start + chosen[0][0] : one.start + chosen[-1][1]]
        cut, put = ([words], []) if shown is None else ([], [(words, shown)])
        with suppress(errors.EditError):  # across speakers, or on another one
            editing.edit_quotation(store, one.coding, cut=cut, put=put, by=BY, at=tick())


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(wanted=edits())
def test_what_is_outside_the_brackets_was_said_in_this_order_in_each_file(
    wanted: list[tuple[int, int, int, str | None]],
) -> None:
    with tempfile.TemporaryDirectory() as place, new_study(Path(place)) as store:
        make(store, wanted)
        passages = {
            listing_text(store, "P01")[one.start : one.end]
            for one in retrieving.quotes(store).quotations
        }
        found = {kind: reader(store, Path(place)) for kind, reader in READERS.items()}
    for kind, quoted in found.items():
        assert quoted, kind
        assert len(quoted) % len(CODED) == 0, kind
        for words in quoted:
            assert any(is_said(words, passage) for passage in passages), (kind, words)


def test_without_edits_each_file_holds_the_very_words_and_who_goes_on_speaking(
    tmp_path: Path,
) -> None:
    with new_study(tmp_path / "study") as store:
        text = listing_text(store, "P01")
        said = sorted(
            " ".join(text[one.start : one.end].split())
            for one in retrieving.quotes(store).quotations
        )
        for kind, reader in READERS.items():
            found = {" ".join(words.split()) for words in reader(store, tmp_path)}
            assert sorted(_VOICES.sub("", words) for words in found) == said, kind
            voices = [_VOICES.findall(words) for words in found if _VOICES.search(words)]
            assert voices == [["[Interviewer:] ", "[Speaker 2:] "]], kind


def test_a_change_that_nobody_recorded_is_seen() -> None:
    assert is_said("we were […] wet", "we were all wet")
    assert is_said("[…] all [soaked]", "we were all wet")
    assert not is_said("we were wet", "we were all wet")
    assert not is_said("wet […] all", "we were all wet")
