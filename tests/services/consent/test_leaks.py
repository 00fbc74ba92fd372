"""Planted names: no file stands that holds one, whatever it is and wherever the name was hidden."""

from __future__ import annotations

import re
import shutil
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from services.study import BY, bring_in, dialogue, new_store, tick, write

from qualcode import errors
from qualcode.exporters.registry import BOOK_EXPORTERS, MATRIX_EXPORTERS
from qualcode.model.coding import MemoType
from qualcode.model.evidence import EvidenceTable, TableOptions
from qualcode.model.matrix import MatrixReport
from qualcode.services import memos, people
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.retrieval import citing, retrieving
from qualcode.services.ways_out import exporting
from qualcode.services.work import coding, coding_table
from qualcode.services.work.coding import Place
from qualcode.store import queries
from qualcode.store.store import Store, open_store

FIRST = ("Hiwot", "Zsófia", "Oluwaseun", "Bronisław", "Ceridwen", "Dilnoza", "Eilidh", "Farrukh")
LAST = ("Tesfay", "Kertész", "Adeyemi-Cole", "Wiśniewska", "Llewellyn", "O'Hanrahan", "Qureshi")
LEVELS = ("pseudonym", "role-organisation", "role", "anonymous", "withheld")


def _without_accents(name: str) -> str:
    apart = unicodedata.normalize("NFD", name.replace("ł", "l"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _turned(name: str) -> str:
    return ", ".join(reversed(name.split()))


FORMS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.lower,
    lambda name: f"{name}’s",
    lambda name: name.replace(" ", "\n"),
    lambda name: unicodedata.normalize("NFD", name),
    _without_accents,
    _turned,
    lambda name: f"{name[0]}. {name.split()[1]}",
    lambda name: f"Mrs {name.split()[1]}",
    lambda name: name.replace(" ", "\xa0"),
    lambda name: name[:2] + "\u200b" + name[2:-2] + "\u00ad" + name[-2:],
    lambda name: name[:3] + "\u00ad\n" + name[3:],
    lambda name: name[:-3] + "-\n" + name[-3:],
    lambda name: "-".join(name.split()[0].upper()),
    lambda name: name.replace("o", "&#111;").replace(" ", "&nbsp;"),
    lambda name: f"the {name.split()[1]}s",
)
"""How a name is written in somebody's words."""

EACH = 5
"""So many forms of each name are planted, in turn."""

SPEAKER = "P01"


def names() -> list[str]:
    """Whole names, all different: those of the participants P10, P11 and so on."""
    return [f"{first} {last}" for first, last in product(FIRST, LAST)]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody named who speaks of everybody else; of the others each level has some."""
    folder = tmp_path_factory.mktemp("planted")
    with new_store(folder / "study") as store:
        know = {"name": "Nasreen Holroyd", "attribution": "named", "role": "Chair"}
        people.set_participant(store, SPEAKER, know, new=True, by=BY, at=tick())
        for at, name in enumerate(names()):
            facts = {"name": name, "attribution": LEVELS[at % len(LEVELS)]}
            people.set_participant(store, f"P{at + 10}", facts, new=True, by=BY, at=tick())
        said = [
            f"Then {form(name)} came to the fair, number {at} of them."
            for at, name in enumerate(names())
            for form in [FORMS[(EACH * at + n) % len(FORMS)] for n in range(EACH)]
        ]
        files = write(folder / "files", {"P01.txt": dialogue(SPEAKER, *said)})
        manifest = "interview_id,file,participant,speaker\nP01,P01.txt,P01,P01\n"
        (files / "m.csv").write_text(manifest, encoding="utf-8")
        assert bring_in(store, manifest=files / "m.csv").written
        turns = range(2, 2 * len(said) + 2, 2)
        with store.reading() as session:
            stored = queries.transcripts(session)[0]
            text = queries.texts(session, [stored.version_uid])[stored.version_uid]
        rows = [text.turns[turn - 1] for turn in turns]
        table = folder / "codings.csv"
        lines = [f"P01,{turn.start},{turn.end},bonding" for turn in rows]
        table.write_text("\n".join(["transcript,start,end,code", *lines]), encoding="utf-8")
        coding_table.tag_from(store, table, by=BY, at=tick())
    return folder / "study"


@pytest.fixture
def study(made_once: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of that study, open."""
    folder = tmp_path / "study"
    shutil.copytree(made_once, folder)
    with open_store(str(folder / "study.qualcode")) as store:
        yield store


def pieces_of(file: bytes) -> str:
    """All that a file says, in one text and without any of its marks' meaning, in small letters."""
    if not file.startswith(b"PK"):
        return file.decode("utf-8").casefold()
    with zipfile.ZipFile(BytesIO(file)) as archive:
        parts = [archive.read(name).decode("utf-8") for name in archive.namelist()]
        return "\n".join([*archive.namelist(), *parts]).casefold()


def planted_in(text: str) -> list[str]:
    """The names of which a part stands in a text, as plain text finds them."""
    pieces = {part for name in names() for part in name.split()}
    plain = _as_read(text)
    return sorted(part for part in pieces if _as_read(part) in plain)


def _as_read(text: str) -> str:
    """A text as an eye reads it that knows the web, and what a hyphen does at the end of a line."""
    shown = re.sub(r"[-\u00ad]\r?\n", "", unescape(text)).replace("’", "'")
    seen = (sign for sign in shown if unicodedata.category(sign) != "Cf")
    spelt = re.sub(r"(?<=\b[^\W\d_])-(?=[^\W\d_]\b)", "", "".join(seen))
    return _without_accents(spelt.casefold())


def matrix(store: Store) -> MatrixReport:
    return charting.build_matrix(store, at=tick())


def test_two_hundred_names_in_the_words_of_others_are_masked_in_every_file(
    study: Store, tmp_path: Path
) -> None:
    assert len(names()) * EACH > 200
    with study.reading() as session:
        stored = "".join(body for (body,) in session.rows("SELECT body FROM text"))
    assert len(planted_in(stored.casefold())) == len(FIRST) + len(LAST)

    report = matrix(study)
    for suffix in MATRIX_EXPORTERS:
        exporting.save_matrix(study, report, tmp_path / f"matrix.{suffix}", by=BY, at=tick())
    book = booking.build_book(study, context=30, at=tick()).book
    for suffix in BOOK_EXPORTERS:
        exporting.save_book(study, book, tmp_path / f"book.{suffix}", by=BY, at=tick())
    evidence = evidencing.build_evidence(study, context=30, at=tick()).evidence
    exporting.save_evidence(study, evidence, tmp_path / "evidence.xlsx", by=BY, at=tick())
    for table in EvidenceTable:
        file = tmp_path / f"{table}.csv"
        wanted = TableOptions(table)
        exporting.save_evidence(study, evidence, file, options=wanted, by=BY, at=tick())

    written = [path for path in tmp_path.iterdir() if path.is_file()]
    assert len(written) == len(MATRIX_EXPORTERS) + len(BOOK_EXPORTERS) + 1 + 3 + 4
    for path in written:
        assert planted_in(pieces_of(path.read_bytes())) == [], path.name
    words = pieces_of((tmp_path / "matrix.json").read_bytes())
    assert "[p11]" in words
    assert "holroyd, nasreen" in words


def test_every_stored_quotation_leaves_once_with_its_edits(study: Store) -> None:
    found = retrieving.quotes(study).quotations

    assert len(found) == len(names()) * EACH
    assert {one.edits for one in found} == {1}
    shown = sorted(
        one.coding for row in matrix(study).matrix.cells for c in row for one in c.quotes
    )
    assert shown == sorted(one.coding for one in found)


def test_a_stretch_that_begins_in_a_name_shows_none_of_it(study: Store) -> None:
    found = retrieving.quotes(study).quotations[0]
    name = names()[0]
    start = found.start + len("Then ") + name.index(" ") - 2
    coding.tag(study, SPEAKER, "trading", Place(span=(start, found.end)), by=BY, at=tick())
    (one,) = retrieving.quotes(study, ["trading"], context=2).quotations

    assert one.text.startswith("[P10] came to the fair")
    assert (one.start, one.before) == (start, "Then [P10]")


def hit(store: Store) -> retrieving.Hit:
    return retrieving.search(store, "number", width=40).hits[0]


def test_words_around_what_a_search_finds_are_masked(study: Store) -> None:
    assert hit(study).left.startswith("Then [P10] came")
    assert hit(study).edits == 1


def test_a_search_for_a_name_that_may_not_be_said_looks_for_nothing(study: Store) -> None:
    for query in ('"Hiwot Tesfay"', "tesfay", "number Hiwot", "came -Tesfay"):
        found = retrieving.search(study, query)
        assert (found.hits, found.names_somebody) == ((), True), query
    assert not retrieving.search(study, "number").names_somebody


def test_nothing_that_is_found_or_missed_tells_that_a_name_was_said(study: Store) -> None:
    number, hidden = retrieving.search(study, "number").hits, "/Tesf[a]y/"
    assert number
    assert retrieving.search(study, hidden).hits == ()
    assert retrieving.search(study, f"number {hidden}").hits == ()
    assert retrieving.search(study, f"number -{hidden}").hits == number


def test_what_is_copied_is_masked(study: Store) -> None:
    first = retrieving.quotes(study).quotations[0]
    said = str(citing.cite_coding(study, first.coding, where="here"))
    assert "“Then [P10] came to the fair" in said
    assert planted_in(said.casefold()) == []


# -- names in what the team says -------------------------------------------------------------------

NAME = "Hiwot Tesfay"

Hide = Callable[[MatrixReport], MatrixReport]


def in_the_first_quotation(**changes: object) -> Hide:
    def hide(report: MatrixReport) -> MatrixReport:
        at, cell = next((n, one) for n, one in enumerate(report.matrix.cells[0]) if one.quotes)
        quote = replace(cell.quotes[0], **changes)  # type: ignore[arg-type]
        row = list(report.matrix.cells[0])
        row[at] = replace(cell, quotes=(quote, *cell.quotes[1:]))
        cells = (tuple(row), *report.matrix.cells[1:])
        section = replace(report.sections[-1], matrix=replace(report.matrix, cells=cells))
        whole = replace(report.matrix, cells=cells)
        return replace(report, matrix=whole, sections=(*report.sections[:-1], section))

    return hide


HIDING_PLACES: dict[str, Hide] = {
    "words": in_the_first_quotation(text=f"and {NAME} came"),
    "memo": in_the_first_quotation(memo=f"ask {NAME}"),
    "transcript": in_the_first_quotation(transcript=NAME, locator=f"{NAME} ¶2"),
    "speaker and code": in_the_first_quotation(speaker=NAME, code=f"cohesion/{NAME}"),
    "row": lambda report: replace(
        report,
        matrix=replace(
            report.matrix,
            rows=(replace(report.matrix.rows[0], label=NAME), *report.matrix.rows[1:]),
        ),
        sections=(),
    ),
    "column": lambda report: replace(
        report,
        matrix=replace(
            report.matrix,
            columns=(replace(report.matrix.columns[0], label=NAME), *report.matrix.columns[1:]),
        ),
    ),
}


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md", "csv", "json"])
@pytest.mark.parametrize("hiding", sorted(HIDING_PLACES))
def test_a_name_that_was_not_masked_is_found_in_every_format(
    study: Store, tmp_path: Path, hiding: str, suffix: str
) -> None:
    target = tmp_path / f"matrix.{suffix}"
    good = matrix(study)
    exporting.save_matrix(study, good, target, by=BY, at=tick())
    before = target.read_bytes()
    bad = HIDING_PLACES[hiding](good)
    if not _says(bad, target, tmp_path):
        pytest.skip("this format does not say it")

    with pytest.raises(errors.LeakError) as caught:
        exporting.save_matrix(study, bad, target, by=BY, at=tick())
    assert caught.value.exit_code == 4
    assert planted_in(str(caught.value).casefold()) == []
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [target.name]


def _says(report: MatrixReport, target: Path, folder: Path) -> bool:
    """Whether a format writes the place at all: written without the gate, it holds the name."""
    from qualcode.exporters import write_matrix

    out = BytesIO()
    write_matrix(report, out, format=target.suffix)
    return planted_in(pieces_of(out.getvalue())) != []


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md"])
def test_a_name_in_a_title_is_found(study: Store, tmp_path: Path, suffix: str) -> None:
    report = charting.build_matrix(study, title=f"What {NAME} said", at=tick())
    with pytest.raises(errors.LeakError):
        exporting.save_matrix(study, report, tmp_path / f"m.{suffix}", by=BY, at=tick())
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_a_file_that_bears_a_name_is_refused_without_saying_it(
    study: Store, tmp_path: Path
) -> None:
    with pytest.raises(errors.LeakError, match="the name of the file") as caught:
        exporting.save_matrix(
            study, matrix(study), tmp_path / "for-hiwot_tesfay.csv", by=BY, at=tick()
        )
    assert planted_in(str(caught.value).casefold()) == []


def test_memos_and_facts_and_names_of_transcripts_are_masked(study: Store, tmp_path: Path) -> None:
    first = retrieving.quotes(study).quotations[0]
    note = f"Ask {NAME}, or her sister."
    memos.add_memo(study, first.coding, note, type=MemoType.NOTE, by=BY, at=tick())
    files = write(tmp_path / "more", {f"{NAME}.txt": dialogue("P10", "I paid for the tent.")})
    assert bring_in(study, files / f"{NAME}.txt").written
    facts = {"role": f"Assistant of {NAME}", "place": "Marle", "strand": f"with {NAME}"}
    people.set_participant(study, SPEAKER, facts, by=BY, at=tick())
    coding.tag(study, NAME, "trading", Place(quote="I paid for the tent"), by=BY, at=tick())

    found = {one.code: one for one in retrieving.quotes(study).quotations}
    masked = found["funding/trading"]
    assert (masked.transcript, masked.locator) == ("[P10]", "[P10] ¶2")
    assert found["cohesion/bonding"].attribution == "Holroyd, Nasreen, Assistant of [P10]"
    (noted,) = retrieving.quotes_of(study, [first.coding]).quotations
    assert noted.memo == "Ask [P10], or her sister."
    target = tmp_path / "evidence.xlsx"
    evidence = evidencing.build_evidence(study, at=tick()).evidence
    exporting.save_evidence(study, evidence, target, by=BY, at=tick())
    assert planted_in(pieces_of(target.read_bytes())) == []


def test_a_filter_still_asks_for_what_is_stored(study: Store, tmp_path: Path) -> None:
    people.set_participant(study, SPEAKER, {"role": f"Aide of {NAME}"}, by=BY, at=tick())
    assert retrieving.quotes(study, where=[f"role=aide of {NAME}"]).quotations
    assert retrieving.quotes(study, where=["role=Aide of [P10]"]).quotations
    with pytest.raises(errors.FilterValueError) as refused:
        retrieving.quotes(study, where=["role=Aide"])
    assert NAME not in str(refused.value)
