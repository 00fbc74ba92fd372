"""Labels that look like another spelling: the slips of real transcripts, and nobody else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode import errors
from qualcode.readers import Source, read_transcript
from qualcode.services.intake.spellings import Likely, likely_spellings, nearly

CORPUS = Path(__file__).parents[3].parent / "shared" / "corpus"


def talk(seldom: str, often: str) -> list[str]:
    """Twelve answers to somebody else, two of them under a label of their own."""
    return [*[often, "Zora Quist"] * 10, seldom, "Zora Quist", seldom]


def proposed(seldom: str, often: str) -> list[tuple[str, str]]:
    return [(one.label, one.same_as) for one in likely_spellings(talk(seldom, often))]


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("Checheur", "Chercheur"),
        ("Particpant", "Participant"),
        ("Particpant 1", "Participant 1"),
        ("Modertor", "Moderator"),
        ("Enqueteur", "Enquêteur"),
        ("PAULETTELOOMIS", "PAULETTE LOOMIS"),
        ("LEHRER", "JIM LEHRER"),
        ("Jim", "Jim Lehrer"),
        ("LAXALT", "Sen. PAUL LAXALT, (R) Nevada"),
        ("Peter Hurst", "Hurst, Peter (Mill)"),
        ("Andrew Knigth", "Andrew Knight"),
        ("Cherchuer", "Chercheur"),
        ("WITNESS", "THE WITNESS"),
        ("P 1", "P1"),
        ("Ama", "Ama (daughter)"),
    ],
)
def test_a_slip_is_proposed_for_the_label_that_was_meant(label: str, meant: str) -> None:
    assert proposed(label, meant) == [(label, meant)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I", "P"),
        ("A", "B"),
        ("P1", "P2"),
        ("P1", "P11"),
        ("P1 1", "P11"),
        ("Speaker 1", "Speaker 2"),
        ("Speaker A", "Speaker B"),
        ("SPEAKER_00", "SPEAKER_01"),
        ("Particpant 1", "Participant 2"),
        ("Interviewer", "Interviewee"),
        ("Interviewé", "Interviewée"),
        ("Interviewer", "Interviewerin"),
        ("Chercheur", "Chercheuse"),
        ("Enquêteur", "Enquêté"),
        ("Befragte", "Befragter"),
        ("Participant", "Participants"),
        ("Moderator", "Assistant Moderator"),
        ("Student", "Male Student"),
        ("Speaker", "Unknown Speaker"),
        ("Tom", "Tim"),
        ("Simon", "Simone"),
        ("Maria", "Mario"),
        ("Hanna Schmidt", "Anna Schmidt"),
        ("Mr. Smith", "Mrs. Smith"),
        ("Ama (mother)", "Ama (daughter)"),
        ("राम", "रीमा"),
        ("王", "李"),
        ("🙂", "🙃"),
        ("", "P"),
    ],
)
def test_what_could_be_two_people_is_left_alone(one: str, other: str) -> None:
    assert proposed(one, other) == []
    assert proposed(other, one) == []


def test_two_names_that_are_nearly_one_are_two_people_where_both_speak_often_or_together() -> None:
    often = ["Johnson", "I", "Johnston", "I"] * 5
    together = [*["Johnson", "I"] * 12, "Johnston", "Johnson"]

    assert likely_spellings([*["Johnson", "I"] * 12, "Johnston", "I"])
    assert likely_spellings(often) == []
    assert likely_spellings(together) == []


def test_a_first_name_that_answers_the_full_name_is_somebody_else() -> None:
    assert likely_spellings(["Tom", "Tom Adeyemi"] * 4) == []


def test_a_surname_of_two_people_is_not_given_to_either() -> None:
    assert likely_spellings([*["JIM LEHRER", "I", "KATE LEHRER", "I"] * 3, "LEHRER"]) == []


def test_a_label_very_like_a_speaker_of_the_manifest_is_proposed_for_them() -> None:
    turns = ["I", "Ama Boatng", "I", "Bea Holt"]

    assert likely_spellings(turns, wanted=["Ama Boateng"]) == [
        Likely("Ama Boatng", "Ama Boateng", 95.2)
    ]
    assert likely_spellings(turns, wanted=["P1", "Cyril Ash"]) == []
    assert likely_spellings(["Speaker 1"], wanted=["Speaker 2"]) == []
    assert likely_spellings(["Interviewee"], wanted=["Interviewer"]) == []


def test_a_misread_file_with_hundreds_of_labels_is_no_cast() -> None:
    assert likely_spellings([f"Label{'x' * n}" for n in range(100)]) == []


def test_a_label_is_nearly_another_by_one_letter() -> None:
    assert nearly("Cherceur", ["I", "Chercheur"])
    assert not nearly("Speaker 3", ["Speaker 1", "Speaker 2"])


@given(st.lists(st.text(max_size=12), max_size=30))
def test_a_proposal_is_from_one_label_of_the_file_to_another(turns: list[str]) -> None:
    found = likely_spellings(turns)

    assert len({one.label for one in found}) == len(found)
    for one in found:
        assert one.label != one.same_as
        assert {one.label, one.same_as} <= set(turns)
        assert 0 <= one.likeness <= 100


@pytest.mark.parametrize("folder", ["real", "made/layouts"])
def test_no_wrong_proposal_is_made_for_what_was_collected(folder: str) -> None:
    if not (CORPUS / folder).is_dir():
        pytest.skip("the collected transcripts are not beside the project")
    casts, wrong = 0, []
    for path in sorted((CORPUS / folder).iterdir()):
        try:
            source = Source(path.read_bytes(), path.name, path.name)
            reading = read_transcript(source, name=path.stem)
        except errors.QualcodeError:
            continue
        turns = [turn.speaker or "" for turn in reading.transcript.turns]
        casts += len(Counter(turns)) > 1
        wrong += [(path.name, one) for one in likely_spellings(turns) if one not in RIGHT]
    assert casts > 10
    assert wrong == []


RIGHT: tuple[Likely, ...] = ()
"""Proposals for collected files that are right when looked at."""
