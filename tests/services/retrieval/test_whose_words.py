"""Whose words they are where one was interviewed and somebody else sat by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from services.areas import tag
from services.study import BY, bring_in, new_store, stored_transcript, tick, write

from qualcode import errors
from qualcode.model.consent import Audience
from qualcode.model.matrix import MatrixReport, Quotation
from qualcode.model.people import Role, Speaker
from qualcode.model.spans import Turn
from qualcode.services.charts import charting
from qualcode.services.retrieval import retrieving
from qualcode.services.retrieval.whose_words import WhoseWords
from qualcode.services.ways_out import exporting
from qualcode.store.store import Store

ASKS, ANN, BOB = (
    Speaker("I", Role.INTERVIEWER),
    Speaker("Ann", Role.PARTICIPANT, "P01"),
    Speaker("Bob", Role.PARTICIPANT, "P02"),
)
HUSBAND, WITNESS = Speaker("Husband"), Speaker("Witness", Role.PARTICIPANT)


def whose(*speakers: Speaker, took_part: tuple[str, ...]) -> dict[str, str | None]:
    """Whose the words under each label are, and under none."""
    transcript = replace(stored_transcript("J1"), participants=took_part)
    words = WhoseWords({transcript.uid: {one.label: one for one in speakers}})
    found = {one.label: words.of(transcript, one) for one in speakers}
    answering = {whose for label, whose in found.items() if label != "I"}
    assert words.several(transcript) == (len(answering | {words.of(transcript, None)}) > 1)
    return {**found, "": words.of(transcript, None)}


def test_beside_a_label_that_is_known_another_is_nobodys_in_particular() -> None:
    found = whose(ASKS, ANN, HUSBAND, WITNESS, took_part=("P01",))
    assert found == {"I": "P01", "Ann": "P01", "Husband": None, "Witness": None, "": "P01"}


def test_where_no_label_is_known_all_words_are_the_one_participants() -> None:
    assert whose(ASKS, HUSBAND, WITNESS, took_part=("P01",)) == dict.fromkeys(
        ("I", "Husband", "Witness", ""), "P01"
    )
    # Words without a label that are said to be theirs say nothing of those that have one.
    unlabelled = Speaker("", Role.OTHER, "P01")
    assert set(whose(unlabelled, HUSBAND, took_part=("P01",)).values()) == {"P01"}


def test_where_several_took_part_only_labels_say_whose_words_they_are() -> None:
    found = whose(ASKS, ANN, BOB, HUSBAND, took_part=("P01", "P02"))
    assert found == {"I": None, "Ann": "P01", "Bob": "P02", "Husband": None, "": None}


@pytest.mark.parametrize(
    ("before", "held", "behind", "who"),
    [
        ("", "IAB", "", "P01"),
        ("A", "IB", "A", "P02"),
        ("", "IIBA", "", "P02"),
        ("", "I", "A", None),
        ("A", "IH", "A", None),
        ("A", "", "B", None),
    ],
)
def test_a_question_is_of_who_answers_it_first_in_the_passage(
    before: str, held: str, behind: str, who: str | None
) -> None:
    speakers = {"I": ASKS, "A": ANN, "B": BOB, "H": HUSBAND}
    labels = enumerate((*before, *held, *behind), 1)
    turns = [Turn(n, 6 * n - 6, 6 * n - 2, label) for n, label in labels]
    transcript = replace(stored_transcript("J1"), participants=("P01", "P02"))
    words = WhoseWords({transcript.uid: speakers})
    of_passage = turns[len(before) : len(before) + len(held)]
    begin, end = (of_passage[0], of_passage[-1].end) if held else (None, 0)

    assert words.of_passage(transcript, turns, begin, end) == who


# -- in what leaves --------------------------------------------------------------------------------

MANIFEST = """\
interview_id,file,participant,speaker,name,role,organisation,place,attribution,date
J1,j.txt,P01,Ann,Zed Quorander,Clerk,Hall,Marle,named,2024-03-04
J2,k.txt,P02,Bob,Bea Lundquist,Chair,Mill,Marle,anonymous,2024-03-05
J2,k.txt,P03,Cat,Cat Ostrander,Chair,Mill,Marle,named,2024-03-05
"""
FILES = {
    "j.txt": "I: And?\n\nAnn: A grant came to us.\n\nHusband: And it paid for my drinking.\n",
    "k.txt": "I: And?\n\nBob: We held together.\n\nCat: So we did.\n",
    "m.csv": MANIFEST,
}
HERS = "Quorander, Zed, Clerk, Hall, interviewed 4 March 2024"
NOBODYS = "Anonymous participant"


@pytest.fixture(scope="module")
def couple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Her interview, in which her husband speaks; and another, by which somebody would be found."""
    folder = tmp_path_factory.mktemp("couple")
    with new_store(folder) as store:
        assert bring_in(store, manifest=write(folder / "in", FILES) / "m.csv").written
        for words in ("A grant came to us.", "to us.\n\nAnd it paid", "it paid for my drinking"):
            tag(store, "J1", "grant-aid", words)
        yield store


def cells(report: MatrixReport) -> dict[str, list[Quotation]]:
    rows = zip(report.matrix.rows, report.matrix.cells, strict=True)
    return {row.key: [one for cell in cells for one in cell.quotes] for row, cells in rows}


@pytest.mark.parametrize(
    ("audience", "called"), [(Audience.TEAM, "J1"), (Audience.PUBLICATION, "P01")]
)
def test_who_sat_by_is_cited_counted_and_listed_as_nobody_in_particular(
    couple: Store, audience: Audience, called: str
) -> None:
    report = charting.build_matrix(couple, audience=audience, at=tick())
    found = cells(report)

    assert [one.attribution for one in found["P01"]] == [f"{HERS}; {NOBODYS}"]
    assert [one.attribution for one in found[f"{called} (several)"]] == [NOBODYS]
    lines = {line.case: line for line in report.register if line.quotations}
    assert {case: line.attribution for case, line in lines.items()} == {
        "P01": HERS,
        f"{called} (several)": NOBODYS,
    }
    rows = {row.key: row.details for row in report.matrix.rows}
    assert (rows["P01"], rows[f"{called} (several)"]) == ((HERS,), ())
    assert {one.transcript for one in report.quotations} == {
        called if audience is Audience.TEAM else "P01",
        called if audience is Audience.TEAM else "P01 (several)",
    }


def test_what_is_cited_as_one_where_others_speak_does_not_leave(
    couple: Store, tmp_path: Path
) -> None:
    *_, last = retrieving.quotes(couple).quotations
    target = tmp_path / "q.csv"
    exporting.save_quotations(couple, [last], target, by=BY, at=tick())
    target.unlink()

    with pytest.raises(errors.ConsentChangedError):
        exporting.save_quotations(
            couple, [replace(last, attribution=HERS)], target, by=BY, at=tick()
        )
    assert not target.exists()
