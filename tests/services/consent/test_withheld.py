"""A participant at `withheld` leaves in nothing: not by a quotation, a search, a row, a count."""

from __future__ import annotations

import io
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from services.study import BY, bring_in, tick, write

from qualcode.exporters import BOOK_EXPORTERS
from qualcode.model.consent import Audience
from qualcode.model.evidence import EvidenceTable, TableOptions
from qualcode.model.matrix import MatrixReport
from qualcode.model.people import Role
from qualcode.services import listing, people
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.correction import reviewing
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import exporting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

SECRETS = ("zanzibar", "Smuggler", "The Lighthouse", "Bea Holt", "Holt", "P02", "Saltmarsh")
"""Words, role, organisation, name, code and place of the one who is withheld."""

JOINT = """\
I: Who runs the fair?

Ann: I do, with a list.

Bea: And I bring zanzibar, the best zanzibar.

Ann: She does, every year.

I: And the money?

Bea: All from zanzibar.

Ann: I could not say.
"""
ALONE = """\
I: And you?

Bea: Still zanzibar.
"""
MANIFEST = """\
interview_id,file,participant,speaker,name,role,organisation,place,attribution,date,age
joint,joint.txt,P01,Ann,Ann Hart,Chair,The Hall,Marle,named,2024-03-12,40
joint,joint.txt,P02,Bea,Bea Holt,Smuggler,The Lighthouse,Saltmarsh,withheld,2024-03-12,50
alone,alone.txt,P02,Bea,Bea Holt,Smuggler,The Lighthouse,Saltmarsh,withheld,2024-04-13,50
"""


def study(store: Store, folder: Path) -> Store:
    """Two interviews, everything of them coded turn by turn and as a whole."""
    write(folder, {"joint.txt": JOINT, "alone.txt": ALONE, "m.csv": MANIFEST})
    assert bring_in(store, manifest=folder / "m.csv").written
    for name in ("joint", "alone"):
        shown = listing.show_transcript(store, name)
        for turn in shown.text.turns:
            place = Place(span=(turn.start, turn.end))
            coding.tag(store, name, "trading", place, memo="m", by=BY, at=tick())
        whole = Place(span=(0, shown.record.characters))
        coding.tag(store, name, "funding", whole, by="tomasz", at=tick())
    return store


@pytest.fixture
def joint(store: Store, folder: Path) -> Store:
    """The study in which the withheld participant's turns are known."""
    return study(store, folder)


def leaks(value: object) -> list[str]:
    """The secrets that stand in a value, or in bytes, packed or not."""
    if isinstance(value, bytes):
        if value.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(value)) as packed:
                parts = [packed.read(name) for name in packed.namelist()]
        else:
            parts = [value]
        return [word for word in SECRETS for part in parts if word.encode() in part]
    return [word for word in SECRETS if word in str(value)]


def reports(store: Store, **options: Any) -> list[MatrixReport]:
    kinds = (
        None,
        "participant",
        "transcript",
        "place",
        "organisation",
        "role",
        "age",
        "attribution",
    )
    return [
        charting.build_matrix(store, rows=rows, columns=columns, cells=cells, at=tick(), **options)
        for rows in kinds
        for columns in ("themes", "codes", "funding")
        for cells in ("quotes", "counts")
    ]


def test_the_secrets_are_really_in_the_study(joint: Store) -> None:
    shown = people.show_participant(joint, "P02")

    assert leaks(asdict(shown)) == ["Smuggler", "The Lighthouse", "P02", "Saltmarsh"]
    assert leaks(listing.show_transcript(joint, "joint").text.text) == ["zanzibar"]


def test_quotes_leave_out_the_withheld_and_say_how_many(joint: Store) -> None:
    found = retrieving.quotes(joint, context=50)

    assert [q.text for q in found.quotations] == [
        "Who runs the fair?",
        "I do, with a list.",
        "She does, every year.",
        "And the money?",
        "I could not say.",
    ]
    assert found.withheld == 2 + 1 + 2 + 1
    assert leaks(found.quotations) == []


def test_the_words_around_a_quotation_stop_before_the_withheld(joint: Store) -> None:
    found = {q.text: q for q in retrieving.quotes(joint, context=50).quotations}

    assert found["I do, with a list."].after == ""
    assert found["I do, with a list."].before == "Who runs the fair?"
    assert (found["She does, every year."].before, found["She does, every year."].after) == (
        "",
        "And the money?",
    )


def test_a_search_shows_nothing_of_the_withheld_and_counts_it(joint: Store) -> None:
    everything = retrieving.search(joint, "/[a-z]+/", width=400)
    # What is closed is said whatever is asked for: a number of hits would tell what was said.
    assert everything.closed == retrieving.search(joint, "zanzibar").closed == 2
    assert retrieving.search(joint, "zanzibar").hits == retrieving.search(joint, "nowhere").hits

    assert len(everything.hits) > 10
    assert leaks(everything.hits) == []


def test_no_matrix_says_anything_of_the_withheld(joint: Store) -> None:
    for report in reports(joint):
        assert leaks(asdict(report)) == []
        assert not any("withheld" in value for _, value in report.facts)


def test_a_filter_on_the_withheld_finds_nothing(joint: Store) -> None:
    for where in (["place=Saltmarsh"], ["participant=P02"], ["age=50"], ["attribution=withheld"]):
        report = charting.build_matrix(joint, where=where, at=tick())
        assert report.matrix.rows == ()
        assert sum(line.total[0] for line in report.counts) == 0
        assert retrieving.quotes(joint, where=where).quotations == ()


@pytest.mark.parametrize("format_name", ["docx", "xlsx", "html", "md", "csv", "json"])
def test_no_file_holds_anything_of_the_withheld(joint: Store, format_name: str) -> None:
    chosen = reports(joint)[:: 6 if format_name in ("docx", "xlsx") else 1]
    for report in chosen:
        assert leaks(exporting.matrix_bytes(joint, report, format_name)[0]) == []


@pytest.mark.parametrize("format_name", ["csv", "json"])
def test_no_list_of_quotations_holds_anything_of_the_withheld(
    joint: Store, format_name: str
) -> None:
    found = retrieving.quotes(joint, context=50).quotations

    assert leaks(exporting.quotations_bytes(joint, found, format_name)[0]) == []


@pytest.mark.parametrize("audience", Audience)
def test_no_book_and_no_table_holds_anything_of_the_withheld(
    joint: Store, folder: Path, audience: Audience
) -> None:
    book = booking.build_book(joint, context=50, audience=audience, at=tick()).book
    evidence = evidencing.build_evidence(joint, context=50, audience=audience, at=tick()).evidence
    for suffix in BOOK_EXPORTERS:
        exporting.save_book(joint, book, folder / f"book.{suffix}", by=BY, at=tick())
    exporting.save_evidence(joint, evidence, folder / "evidence.xlsx", by=BY, at=tick())
    for table in EvidenceTable:
        wanted = TableOptions(table)
        exporting.save_evidence(
            joint, evidence, folder / f"{table}.csv", options=wanted, by=BY, at=tick()
        )

    written = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    made = [name for name in written if name.startswith(("book", "evidence", *EvidenceTable))]
    assert len(made) == len(BOOK_EXPORTERS) + 1 + 3 + 4
    assert {name: leaks(written[name]) for name in made} == {name: [] for name in made}


def test_the_counts_are_of_what_is_shown_alone(joint: Store) -> None:
    report = charting.build_matrix(joint, at=tick())
    trading = next(line for line in report.counts if line.name == "Trading")

    assert trading.total == (5, 1)
    assert sum(len(cell.quotes) for row in report.matrix.cells for cell in row) == 5
    assert dict(report.facts)["Corpus"] == "1 interview, 12 March 2024"
    assert dict(report.facts)["Attribution"] == "1 named, as agreed with each participant"


def test_a_withheld_participant_whose_label_is_nobodys_closes_the_whole_interview(
    joint: Store,
) -> None:
    store = joint
    for name in ("joint", "alone"):  # they took part, and no label is said to be theirs
        listing.set_speaker(store, name, "Bea", role=Role.OTHER, by=BY, at=tick())

    assert retrieving.quotes(store).quotations == ()
    assert retrieving.search(store, "list").hits == ()
    for report in reports(store):
        assert leaks(asdict(report)) == []
        assert sum(line.total[0] for line in report.counts) == 0


def test_who_withdraws_is_gone_from_the_next_export(joint: Store) -> None:
    before = exporting.matrix_bytes(joint, charting.build_matrix(joint, at=tick()), "csv")[0]
    people.set_participant(joint, "P01", {"attribution": "withheld"}, new=True, by=BY, at=tick())
    after = exporting.matrix_bytes(joint, charting.build_matrix(joint, at=tick()), "csv")[0]

    assert b"She does, every year." in before
    assert b"She does, every year." not in after
    assert retrieving.quotes(joint).quotations == ()


def test_a_correction_says_which_words_may_not_leave_in_the_old_text_or_the_new(
    joint: Store, folder: Path
) -> None:
    corrected = JOINT.replace("best", "very best").replace("Ann: I could", "Bea: I could")
    write(folder, {"joint.txt": corrected})
    (revision,) = bring_in(joint, folder / "joint.txt", yes=True).revisions
    withheld = {one.old for one in revision.carryings if one.withheld}
    shown = {one.old for one in revision.carryings} - withheld

    assert withheld >= {"And I bring zanzibar, the best zanzibar.", "All from zanzibar."}
    assert "I could not say." in withheld  # it was another's before, and is theirs now
    assert shown == {
        "Who runs the fair?",
        "I do, with a list.",
        "She does, every year.",
        "And the money?",
    }
    assert {one.withheld for one in reviewing.waiting(joint) if one.old in withheld} == {True}


# -- of the others, what was not agreed -----------------------------------------------------------


def test_an_organisation_makes_no_row_of_an_anonymous_participant(joint: Store) -> None:
    people.set_participant(joint, "P01", {"attribution": "anonymous"}, new=True, by=BY, at=tick())
    report = charting.build_matrix(joint, rows="organisation", at=tick())

    assert [row.label for row in report.matrix.rows] == ["not shown"]
    assert "The Hall" not in str(asdict(report))
    assert [q.text for q in report.matrix.cells[0][0].quotes][1] == "I do, with a list."


def test_a_filter_on_what_is_not_shown_is_named_without_its_value(joint: Store) -> None:
    open_to = charting.build_matrix(joint, where=["organisation=The Hall"], at=tick())
    people.set_participant(joint, "P01", {"attribution": "anonymous"}, new=True, by=BY, at=tick())
    closed = charting.build_matrix(joint, where=["organisation=The Hall", "age=40"], at=tick())

    assert dict(open_to.facts)["Only"] == "organisation=The Hall"
    assert dict(closed.facts)["Only"] == "organisation (not shown); age=40"
    assert "The Hall" not in str(asdict(closed))
    assert closed.matrix.rows
