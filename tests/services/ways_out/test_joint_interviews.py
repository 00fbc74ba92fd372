"""No publication joins somebody who is not to be found with whom they sat in an interview."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from services.study import BY, bring_in, listing_text, new_store, tick, write

from qualcode import errors
from qualcode.api.values import MatrixTable, Origin
from qualcode.exporters.contents.reading import read_contents
from qualcode.exporters.registry import BOOK_EXPORTERS, COMPARISON_EXPORTERS, MATRIX_EXPORTERS
from qualcode.model.consent import Audience, Shown
from qualcode.model.document import DocumentOptions, Notes
from qualcode.model.evidence import EvidenceTable, TableOptions
from qualcode.model.matrix import MatrixReport, Quotation
from qualcode.model.summary import SummaryStatus
from qualcode.services import people
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.consent import lints
from qualcode.services.retrieval import retrieving, without_places
from qualcode.services.summaries import acts
from qualcode.services.ways_out import exporting
from qualcode.services.ways_out.changes import documents
from qualcode.services.ways_out.past_exports import list_exports
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

VESTRY = """\
I: Who opens the vestry of a morning?

Ann: I do, with the old key.

Bob: Twenty past eight, every day.

Ann: He counts the minutes, so he does.

I: And what of the ledger?

Bob: The ledger lies with me.

Ann: And the tins lie with me.

I: Who opens the tins?
"""
MANIFEST = """\
interview_id,file,participant,speaker,name,role,organisation,place,attribution,date,session
Vestry talk,v.txt,P21,Ann,Ann Hartnoll,Chair,The Hall,Marle,anonymous,2024-05-21,s9
Vestry talk,v.txt,P22,Bob,Bob Pettiford,Treasurer,The Hall,Marle,role-organisation,2024-05-21,s9
Mill,mill.txt,P23,,Cass Dray,Clerk,Mill Trust,Marle,named,2024-05-02,s1
Barn,barn.txt,P24,,Dot Ewer,Warden,Barn Club,Marle,anonymous,2024-05-03,s1
Yard,yard.txt,P25,,Eva Finch,Porter,Yard Group,Marle,role-organisation,2024-05-04,s1
"""
OTHERS = {
    name: f"I: And here?\n\nX: {words} There was more of it.\n"
    for name, words in {
        "mill.txt": "The mill stands still.",
        "barn.txt": "The barn was full.",
        "yard.txt": "The yard is swept.",
    }.items()
}
CHAIR, TREASURER = "P21", "P22"
HERS = ("with the old key", "He counts", "the tins lie with me")
HIS = ("Twenty past eight", "The ledger lies")
CODED = {
    "Vestry talk": (
        "Twenty past eight, every day.",
        "And what of the ledger?\n\nBob: The ledger lies with me.",
        "I do, with the old key.\n\nBob: Twenty past eight, every day.\n\nAnn: He counts",
        "Who opens the tins?",
    ),
    "Mill": ("The mill stands still.",),
    "Barn": ("The barn was full.",),
    "Yard": ("The yard is swept.",),
}


def joint_study(folder: Path) -> Store:
    """Four interviews, one of them with two: every passage under two codes, by two coders."""
    store = new_store(folder)
    files = {"v.txt": VESTRY, "m.csv": MANIFEST, **OTHERS}
    assert bring_in(store, manifest=write(folder / "in", files) / "m.csv").written
    for transcript, passages in CODED.items():
        text = listing_text(store, transcript)
        for words in passages:
            start = _index(text, words)
            place = Place(span=(start[0], start[1]))
            for code in ("grant-aid", "bonding"):
                for by in (BY, "tomasz"):
                    coding.tag(store, transcript, code, place, by=by, at=tick())
    return store


def _index(text: str, words: str) -> tuple[int, int]:
    """From the first word of a passage to its last, whatever stands between its turns."""
    parts = [part.partition(": ")[2] or part for part in words.split("\n\n")]
    start = text.index(parts[0])
    return start, text.index(parts[-1], start) + len(parts[-1])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with joint_study(tmp_path_factory.mktemp("joint")) as made:
        yield made


@pytest.fixture(scope="module")
def report(store: Store) -> MatrixReport:
    return charting.build_matrix(
        store, columns="codes", audience=Audience.PUBLICATION, max_quotes=None, at=tick()
    )


def of(person: str, report: MatrixReport) -> list[Quotation]:
    return [one for one in report.quotations if one.participant == person]


@pytest.fixture(scope="module")
def files(store: Store, report: MatrixReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication of the study in every format, each file written by its own way out."""
    folder = tmp_path_factory.mktemp("out")
    reader = Audience.PUBLICATION
    at = tick()
    for suffix in MATRIX_EXPORTERS:
        exporting.save_matrix(store, report, folder / f"matrix.{suffix}", by=BY, at=at)
    inline = DocumentOptions(notes=Notes.INLINE, context=False)
    exporting.save_matrix(store, report, folder / "inline.docx", options=inline, by=BY, at=at)
    by_place = charting.build_matrix(store, rows="place", audience=reader, at=at)
    exporting.save_matrix(store, by_place, folder / "place.md", by=BY, at=at)
    book = booking.build_book(store, context=30, audience=reader, at=at).book
    for suffix in BOOK_EXPORTERS:
        exporting.save_book(store, book, folder / f"book.{suffix}", by=BY, at=at)
    evidence = evidencing.build_evidence(store, context=30, audience=reader, at=at).evidence
    exporting.save_evidence(store, evidence, folder / "evidence.xlsx", by=BY, at=at)
    for table in EvidenceTable:
        options = TableOptions(table)
        target = folder / f"{table}.csv"
        exporting.save_evidence(store, evidence, target, options=options, by=BY, at=at)
    compared = charting.compare(store, columns="codes", audience=reader)
    for suffix in COMPARISON_EXPORTERS:
        target = folder / f"compared.{suffix}"
        exporting.save_comparison(store, compared, target, audience=reader, by=BY, at=at)
    return folder


def said_in(file: Path) -> str:
    """All that stands in a file, of a package in all its parts, and what these are called."""
    if not zipfile.is_zipfile(file):
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as package:
        parts = [name + package.read(name).decode("utf-8") for name in package.namelist()]
    return "\n".join(parts)


# -- what is read ----------------------------------------------------------------------------------


def test_no_file_says_which_interview_it_was_nor_where_in_it(store: Store, files: Path) -> None:
    with store.reading() as session:
        known = [
            uid
            for row in session.rows("SELECT t.uid, v.uid FROM transcript t, version v")
            for uid in row
        ]
    written = sorted(files.iterdir())
    assert len(written) > len(MATRIX_EXPORTERS) + len(BOOK_EXPORTERS) + len(EvidenceTable)
    for file in written:
        said = said_in(file)
        for place in ("Vestry talk", "¶", "v.txt", *known):
            assert place not in said, (file.name, place)


def test_no_column_holds_a_value_that_only_the_two_share(files: Path) -> None:
    with (files / "quotations.csv").open(encoding="utf-8", newline="") as table:
        records: list[dict[str, Any]] = list(csv.DictReader(table))
    cells = json.loads((files / "matrix.json").read_text(encoding="utf-8"))["cells"]
    quotes = [quote for row in cells for cell in row for quote in cell["quotes"]]
    for listed in (records, quotes):
        assert {CHAIR, TREASURER} < {record["participant"] for record in listed}
        for column in listed[0]:
            if column in ("edits", "before"):
                continue  # how much stands beside words is no fact of an interview
            whose = defaultdict(set)
            for record in listed:
                whose[str(record[column])].add(record["participant"])
            assert {CHAIR, TREASURER} not in whose.values(), column


def test_the_numbers_of_one_person_follow_one_another(report: MatrixReport) -> None:
    whose = {one.number: one.participant for one in report.quotations}
    in_order = [whose[number] for number in sorted(whose)]
    changes = sum(one != two for one, two in pairwise(in_order))
    assert changes == len(set(in_order)) - 1


@pytest.mark.parametrize(("person", "others"), [(CHAIR, HIS), (TREASURER, HERS)])
def test_nothing_of_the_other_stands_beside_the_words_of_one(
    report: MatrixReport, person: str, others: tuple[str, ...]
) -> None:
    quotes = of(person, report)
    assert len(quotes) == (2 if person == CHAIR else 4)  # each passage under two codes
    said = " ".join(f"{one.before} {one.text} {one.after} {one.attribution}" for one in quotes)
    assert not any(words in said for words in others)
    other = TREASURER if person == CHAIR else CHAIR
    assert other not in said


def test_a_passage_of_both_is_cited_as_the_first_ones_and_holds_their_words_alone(
    report: MatrixReport,
) -> None:
    (one, _) = [quote for quote in of(CHAIR, report) if quote.edits]
    assert one.text.split("\n") == ["I do, with the old key.", "", "[…]", "", HERS[1]]
    assert one.attribution == "Anonymous participant"


def test_a_question_stands_with_who_answers_it(report: MatrixReport) -> None:
    (one, _) = [quote for quote in of(TREASURER, report) if "ledger?" in quote.text]
    assert one.text.endswith(HIS[1] + " with me.")
    assert one.attribution.startswith("Treasurer, The Hall")
    questions = {q.text for q in report.quotations if q.participant is None}
    assert questions == {"Who opens the tins?"}


def test_words_of_nobody_known_are_of_a_joint_interview_and_say_nothing_of_it(
    report: MatrixReport,
) -> None:
    (row,) = [row for row in report.matrix.rows if row.label == "joint interview"]
    assert row.details == ()
    (line,) = [line for line in report.register if line.case == "joint interview"]
    assert line.attribution == "Anonymous participant"
    assert (line.agreed, line.place, line.quotations) == ("", None, 1)


def test_the_register_does_not_set_them_side_by_side_by_interview(report: MatrixReport) -> None:
    cases = [line.case for line in report.register]
    assert cases == sorted(cases)


def test_a_joint_interview_counts_for_each_who_sat_there(report: MatrixReport) -> None:
    assert dict(report.facts)["Corpus"].startswith("5 participants, ")
    theme = next(line for line in report.counts if line.is_theme)
    assert theme.total[1] == len({one.transcript for one in report.quotations})


def test_a_value_that_leaves_holds_no_place_and_is_else_the_same(
    store: Store, report: MatrixReport
) -> None:
    held = without_places.without_places(report)
    for one, was in zip(held.quotations, report.quotations, strict=True):
        assert (one.version, one.start, one.end) == ("", 0, 0) != (was.version, was.start, was.end)
        assert replace(one, version=was.version, start=was.start, end=was.end) == was
    assert replace(held, matrix=report.matrix, sections=report.sections) == report
    face = MatrixTable(report, Origin(store, BY), charting.build_matrix)
    assert face.report == held
    team = charting.build_matrix(store, at=tick())
    assert without_places.without_places(team) is team
    book = booking.build_book(store, audience=Audience.PUBLICATION, at=tick()).book
    assert book.themes
    assert not any(
        one.version
        for theme in without_places.without_places(book).themes
        for code in theme.codes
        for one in code.quotations
    )


# -- what is refused, and what the team reads ------------------------------------------------------


@pytest.mark.parametrize(
    "wish",
    [
        {"rows": "transcript"},
        {"rows": "format"},
        {"where": ["transcript=Vestry talk"]},
        {"where": ["session=s9"]},
        {"where": ["date=2024-05-21"]},
        {"where": ["participant=P21", "participant=P22"]},
    ],
)
def test_a_publication_is_not_cut_by_interview(store: Store, wish: dict[str, Any]) -> None:
    assert charting.build_matrix(store, **wish, at=tick()).matrix.rows
    with pytest.raises(errors.JointInterviewError):
        charting.build_matrix(store, **wish, audience=Audience.PUBLICATION, at=tick())


def test_a_filter_by_what_others_have_too_is_none_by_interview(store: Store) -> None:
    for where in (["session=s1"], ["place=Marle"], ["participant=P21"]):
        reader = Audience.PUBLICATION
        assert charting.build_matrix(store, where=where, audience=reader, at=tick()).matrix.rows


def test_what_is_nobodys_in_a_joint_interview_is_of_no_place(
    store: Store, report: MatrixReport
) -> None:
    (row,) = [row for row in report.matrix.rows if row.label == "joint interview"]
    assert row.group == "not shown"
    by_place = charting.build_matrix(
        store, rows="place", audience=Audience.PUBLICATION, max_quotes=None, at=tick()
    )
    whose = {
        row.key: {quote.participant for cell in cells for quote in cell.quotes}
        for row, cells in zip(by_place.matrix.rows, by_place.matrix.cells, strict=True)
    }
    assert None in whose["not shown"]
    assert whose["Marle"] == {"P21", "P22", "P23", "P24", "P25"}


def test_a_summary_of_a_joint_interview_stays_with_the_team(tmp_path: Path) -> None:
    words = "They sat in the vestry."
    with joint_study(tmp_path) as store:
        final: dict[str, Any] = {"rows": "transcript", "status": SummaryStatus.FINAL}
        acts.write_summary(store, "Vestry talk", "funding", words, **final, by=BY, at=tick())
        for audience in Audience:
            made = charting.build_matrix(store, cells="both", audience=audience, at=tick())
            is_team = audience is Audience.TEAM
            assert any(c.summary for row in made.matrix.cells for c in row) == is_team
            assert any("joint interview on funding" in one for one in made.warnings) != is_team


def test_the_team_reads_where_everything_stands_and_is_told(store: Store) -> None:
    made = charting.build_matrix(store, columns="codes", at=tick())
    spoken = {one.participant: one for one in retrieving.quotes(store).quotations}
    assert {spoken[code].transcript for code in (CHAIR, TREASURER)} == {"Vestry talk"}
    assert spoken[CHAIR].locator.startswith("Vestry talk ¶")
    (said,) = [one for one in made.warnings if "interviewed with" in one]
    assert said.startswith("P21 was interviewed with P22, who can be found")

    (lint,) = [one for one in lints.check_participants(store) if one.kind == "joint-interview"]
    assert (lint.participants, lint.transcripts) == ((CHAIR, TREASURER), ("Vestry talk",))


def test_the_same_export_twice_changes_nothing(store: Store, files: Path, tmp_path: Path) -> None:
    again = tmp_path / "matrix.docx"
    made = charting.build_matrix(store, columns="codes", audience=Audience.PUBLICATION, at=tick())
    exporting.save_matrix(store, made, again, by=BY, at=tick())
    old, new = read_contents(files / "matrix.docx"), read_contents(again)
    assert old.quotations == new.quotations != ()
    assert len({one.start for one in old.quotations}) > 1
    assert read_contents(files / "quotations.csv").quotations != ()
    assert not documents.compared(old, new).changes


def test_what_was_made_before_they_could_be_found_does_not_leave(tmp_path: Path) -> None:
    with joint_study(tmp_path) as store:
        set_level(store, TREASURER, "anonymous")
        made = charting.build_matrix(store, audience=Audience.PUBLICATION, at=tick())
        assert {one.placed for one in made.quotations} == {True}
        target = tmp_path / "before.docx"
        exporting.save_matrix(store, made, target, by=BY, at=tick())

        set_level(store, "P25", "withheld")
        set_level(store, TREASURER, "role-organisation")
        with pytest.raises(errors.ConsentChangedError):
            exporting.save_matrix(store, made, tmp_path / "after.docx", by=BY, at=tick())
        assert not (tmp_path / "after.docx").exists()


def test_who_is_cited_beside_another_alone_is_put_down_as_cited(
    store: Store, tmp_path: Path
) -> None:
    both = [one for one in retrieving.quotes(store).quotations if "; " in one.attribution]
    assert {one.participant for one in both} == {CHAIR}
    exporting.save_quotations(store, both, tmp_path / "both.csv", by=BY, at=tick())
    (put_down,) = [one for one in list_exports(store) if one.file == "both.csv"]
    assert put_down.shown[TREASURER] == {Shown.ROLE, Shown.ORGANISATION, Shown.DAY}
    assert put_down.shown[CHAIR] == frozenset()


def set_level(store: Store, code: str, level: str) -> None:
    people.set_participant(store, code, {"attribution": level}, by=BY, at=tick())
