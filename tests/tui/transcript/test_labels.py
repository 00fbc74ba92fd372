"""Speakers in three cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.tui.transcript.cells import width
from qualcode.tui.transcript.labels import short_labels


@pytest.mark.parametrize(
    ("speaker", "label"),
    [
        ("P07", "P07"),
        ("Interviewer", "INT"),
        ("Amina K.", "AK"),
        ("Mother-in-law", "MIL"),
        ("Participant 12", "P12"),
        ("Speaker 1", "S1"),
        ("村長", "村"),
        ("?!", "?!"),
    ],
)
def test_a_label_is_what_one_would_write(speaker: str, label: str) -> None:
    assert short_labels([speaker], asking=[speaker]) == {speaker: label}


def test_who_is_interviewed_is_not_taken_for_who_asks() -> None:
    assert short_labels(["Chercheur", "Interviewe"], asking=("Chercheur",)) == {
        "Chercheur": "CHE",
        "Interviewe": "IWE",
    }


def test_two_speakers_never_share_a_label() -> None:
    assert short_labels(["Interviewer", "Internist"], asking=("Interviewer", "Internist")) == {
        "Interviewer": "INT",
        "Internist": "IN2",
    }


@given(st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=20))
def test_every_label_fits_and_is_different(speakers: list[str]) -> None:
    labels = short_labels(speakers, asking=())
    assert all(width(label) <= 3 for label in labels.values())
    assert len(set(labels.values())) == len(speakers)
