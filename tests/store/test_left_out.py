"""Files left out as doubles: known by their bytes, of transcripts that are there."""

from __future__ import annotations

from conftest import AT
from store.samples import import_transcripts, later

from qualcode.store import records
from qualcode.store.left_out import LeftOut, left_out
from qualcode.store.store import Store

BYTES = "2" * 64


def say(store: Store, transcript: str, sameness: str | None, *, minutes: float) -> None:
    """One act: that a file is a double of a transcript, or no longer."""
    with store.act("import", by="Amina", at=later(minutes)) as act:
        act.ensure([records.left_out_record(transcript, BYTES, sameness)])


def known(store: Store) -> dict[str, LeftOut]:
    with store.reading() as session:
        return left_out(session)


def test_of_two_answers_about_one_file_the_latest_holds(store: Store) -> None:
    import_transcripts(store, "p01", "p02", at=AT)
    say(store, "p02", "probable", minutes=1)
    say(store, "p01", "same-words", minutes=2)
    assert known(store) == {BYTES: LeftOut("p01", "same-words")}

    say(store, "p01", None, minutes=3)
    assert known(store) == {BYTES: LeftOut("p02", "probable")}


def test_an_answer_goes_with_its_transcript_and_comes_back_with_it(store: Store) -> None:
    import_transcripts(store, "p01", at=AT)
    say(store, "p01", "part", minutes=1)
    with store.act("remove transcript", by="Amina", at=later(2)) as act:
        act.ensure(records.all_taken_back(act.session, "p01"))
    assert known(store) == {}

    store.undo(by="Amina", at=later(3))
    assert known(store) == {BYTES: LeftOut("p01", "part")}
