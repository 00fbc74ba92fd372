"""The versions of a transcript, each as it was: its words, its speakers, who brought it in."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, bring_in, dialogue, tick, write

from qualcode import errors
from qualcode.services import listing, people
from qualcode.services.intake import importing
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

FIRST = dialogue("P01", "The tent leaked.", "We patched it.")
SECOND = dialogue("P01", "The tent leaked badly.", "We patched it.", "Then it burned.")


def correct(store: Store, folder: Path, text: str, *, by: str = BY) -> None:
    """The file of the transcript is corrected and comes in again."""
    write(folder, {"P01.txt": text})
    importing.import_transcripts(store, [folder / "P01.txt"], yes=True, by=by, at=tick())


@pytest.fixture
def fair(store: Store, folder: Path) -> Store:
    """A project with one transcript that has a coding and a correction."""
    write(folder, {"P01.txt": FIRST})
    bring_in(store, folder / "P01.txt")
    coding.tag(store, "P01", "trading", Place(quote="The tent leaked."), by=BY, at=tick())
    return store


def test_a_transcript_has_one_version_until_it_is_corrected(fair: Store, folder: Path) -> None:
    before = listing.show_transcript(fair, "P01")
    correct(fair, folder, SECOND, by="ben")
    after = listing.show_transcript(fair, "P01")

    assert [(v.number, v.by, v.is_current) for v in before.versions] == [(1, BY, True)]
    assert [(v.number, v.by, v.is_current) for v in after.versions] == [
        (1, BY, False),
        (2, "ben", True),
    ]
    assert after.versions[0].at < after.versions[1].at
    assert {v.file for v in after.versions} == {"P01.txt"}


def test_an_earlier_version_is_what_it_was(fair: Store, folder: Path) -> None:
    before = listing.show_transcript(fair, "P01")
    correct(fair, folder, SECOND)
    then = listing.show_transcript(fair, "P01", version=1)
    now = listing.show_transcript(fair, "P01", version=2)

    assert then.text == before.text
    for name in ("version_uid", "sha256", "text_sha256", "words", "turns", "characters"):
        assert getattr(then.record, name) == getattr(before.record, name), name
    assert then.record.speakers == before.record.speakers
    assert (then.record.version, now.record.version) == (1, 2)
    assert now == listing.show_transcript(fair, "P01")
    assert "Then it burned." in now.text.text


def test_a_label_that_is_spoken_no_longer_has_its_participant_where_it_was(
    store: Store, folder: Path
) -> None:
    files = {"P01.txt": FIRST, "m.csv": "file,participant,speaker\nP01.txt,P01,P01\n"}
    bring_in(store, manifest=write(folder, files) / "m.csv")
    before = listing.show_transcript(store, "P01").record
    people = [(one.label, one.participant) for one in before.speakers]
    assert people == [("I", None), ("P01", "P01")]

    correct(store, folder, FIRST.replace("P01:", "Maria:"))

    assert listing.show_transcript(store, "P01", version=1).record.speakers == before.speakers


def test_what_is_said_of_the_interview_holds_for_all_its_versions(
    fair: Store, folder: Path
) -> None:
    from qualcode.services.describing import set_transcript

    correct(fair, folder, SECOND)
    set_transcript(fair, "P01", {"date": "2024-03-14"}, by=BY, at=tick())

    assert listing.show_transcript(fair, "P01", version=1).record.interviewed == "2024-03-14"


def test_an_earlier_version_knows_who_spoke_under_a_label_that_is_not_there_now(
    fair: Store, folder: Path
) -> None:
    people.set_participant(fair, "P7", {"place": "Oakford"}, new=True, by=BY, at=tick())
    listing.set_speaker(fair, "P01", "P01", participant="P7", by=BY, at=tick())
    speaking = [s for s in listing.show_transcript(fair, "P01").record.speakers if s.participant]
    assert [(s.label, s.role, s.participant) for s in speaking] == [("P01", "participant", "P7")]
    correct(fair, folder, FIRST.replace("P01:", "Speaker 2:"))
    now = listing.show_transcript(fair, "P01").record.speakers
    assert "P01" not in {speaker.label for speaker in now}
    then = listing.show_transcript(fair, "P01", version=1).record
    assert [s for s in then.speakers if s.participant] == speaking


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_version_that_never_was_is_refused(fair: Store, folder: Path, number: int) -> None:
    correct(fair, folder, SECOND)
    with pytest.raises(errors.UnknownVersionError, match="it has 2 versions"):
        listing.show_transcript(fair, "P01", version=number)


def test_undo_of_a_correction_leaves_one_version(fair: Store, folder: Path) -> None:
    before = listing.show_transcript(fair, "P01")
    correct(fair, folder, SECOND)
    coding.undo(fair, by=BY, at=tick())

    after = listing.show_transcript(fair, "P01")
    assert (after.record, after.text) == (before.record, before.text)
    assert [v.number for v in after.versions] == [1]


def test_what_a_person_set_outlasts_a_correction_that_says_otherwise(
    fair: Store, folder: Path
) -> None:
    from qualcode.services.describing import set_transcript

    set_transcript(fair, "P01", {"date": "2024-03-14", "place": "Oakford"}, by=BY, at=tick())
    correct(fair, folder, "Date: 2023-01-01\nPlace: Marle\nLanguage: en\n\n" + SECOND)

    record = listing.show_transcript(fair, "P01").record
    assert (record.version, record.interviewed, record.language) == (2, "2024-03-14", "en")
    assert record.attributes == {"place": "Oakford"}
