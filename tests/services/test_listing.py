"""Transcripts looked after: listed, shown, removed, their speakers named."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, bring_in, dialogue, tick, write

from qualcode import errors
from qualcode.model.people import Role, Speaker
from qualcode.services import listing, people
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store


@pytest.fixture
def fair(store: Store, folder: Path) -> Store:
    """A project with two transcripts."""
    bring_in(
        store,
        write(
            folder,
            {
                "P01.txt": dialogue("P01", "The tent leaked.", "We patched it."),
                "Gala.txt": dialogue("Ama", "It rained on the gala."),
            },
        ),
    )
    return store


def test_transcripts_are_listed_by_name_with_their_shape(example: Store) -> None:
    found = listing.list_transcripts(example)

    assert [t.name for t in found] == [f"P0{n}" for n in range(1, 9)]
    assert all(t.codings > 0 for t in found)
    timed = {t.name for t in found if t.first_ms is not None}
    assert {"P04", "P05", "P08"} <= timed


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("I: So? #00:00:06-2#\nR: Yes. #00:00:09-0#\n", (6_200, 9_000)),
        ("I: So?\nR: Yes.\n\n### 00:05:00\n\nAnd no.\nI: Ah.\n", (300_000, 300_000)),
        ("I: So?\nI: Yes. #00:00:09-0#\n", (None, 9_000)),
        ("I: So?\nR: Yes.\n", (None, None)),
    ],
)
def test_times_that_are_no_starts_of_turns_are_times(
    words: str, known: tuple[int | None, int | None], store: Store, folder: Path
) -> None:
    said = bring_in(store, write(folder, {"a.txt": words})).transcripts
    assert [(one.first_ms, one.last_ms) for one in said] == [known]
    (stored,) = listing.list_transcripts(store)
    assert (stored.first_ms, stored.last_ms) == known
    bring_in(store, write(folder, {"a.txt": words.replace("So?", "And so?")}), yes=True)
    was = listing.show_transcript(store, "a", version=1).record
    assert (was.version, was.first_ms, was.last_ms) == (1, *known)


def test_a_transcript_is_shown_with_its_words(fair: Store) -> None:
    shown = listing.show_transcript(fair, "P01")

    assert shown.record.name == "P01"
    assert [shown.text.text[t.start : t.end] for t in shown.text.turns] == [
        "And then?",
        "The tent leaked.",
        "And then?",
        "We patched it.",
    ]


def test_a_transcript_is_found_by_case_by_participant_and_by_the_start_of_its_id(
    example: Store,
) -> None:
    uid = listing.show_transcript(example, "P06").record.uid

    for name in ("p06", "P09", uid[:8]):
        assert listing.show_transcript(example, name).record.name == "P06"


def test_an_unknown_transcript_is_refused_with_the_nearest(fair: Store) -> None:
    with pytest.raises(errors.UnknownTranscriptError, match="Did you mean 'Gala'"):
        listing.show_transcript(fair, "Galla")


def test_a_transcript_is_removed_and_undo_brings_it_back(fair: Store) -> None:
    removed = listing.remove_transcript(fair, "Gala", by=BY, at=tick())
    assert [t.name for t in listing.list_transcripts(fair)] == ["P01"]

    coding.undo(fair, by=BY, at=tick())

    assert removed in listing.list_transcripts(fair)


def test_a_coded_transcript_is_not_removed(fair: Store) -> None:
    coding.tag(fair, "P01", "trading", Place(span=(0, 8)), by="tomasz", at=tick())
    with pytest.raises(errors.TranscriptCodedError):
        listing.remove_transcript(fair, "P01", by=BY, at=tick())

    assert len(listing.list_transcripts(fair)) == 2


def test_a_speaker_is_made_known(fair: Store) -> None:
    people.set_participant(fair, "P02", {"place": "Marle"}, new=True, by=BY, at=tick())
    who = listing.set_speaker(fair, "Gala", "Ama", participant="P02", by=BY, at=tick())

    assert who == Speaker("Ama", Role.PARTICIPANT, "P02")
    shown = listing.show_transcript(fair, "Gala").record
    assert shown.participants == ("P02",)
    assert {(s.label, s.role, s.participant) for s in shown.speakers} == {
        ("I", "interviewer", None),
        ("Ama", "participant", "P02"),
    }


def test_a_speaker_who_is_an_interviewer_is_no_participant(fair: Store) -> None:
    people.set_participant(fair, "P02", {"place": "Marle"}, new=True, by=BY, at=tick())
    listing.set_speaker(fair, "Gala", "Ama", participant="P02", by=BY, at=tick())
    who = listing.set_speaker(fair, "Gala", "Ama", role=Role.INTERVIEWER, by=BY, at=tick())

    assert who == Speaker("Ama", Role.INTERVIEWER, None)


@pytest.mark.parametrize(
    ("label", "participant", "error"),
    [("Bea", None, errors.UnknownSpeakerError), ("Ama", "P99", errors.UnknownParticipantError)],
)
def test_an_unknown_label_or_participant_is_refused(
    fair: Store, label: str, participant: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        listing.set_speaker(fair, "Gala", label, participant=participant, by=BY, at=tick())
