"""What is erased leaves the log, the tables and the disk, on both databases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from store.samples import AT, apply_codes, events_of, import_transcripts, later, tag

from qualcode import errors
from qualcode.model.people import Participant, Role, Speaker
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.store import doctor, erasing, log, readback, records
from qualcode.store.fold import ERASE, fold, scope_alone
from qualcode.store.kinds import KINDS, SPEAKER, SUMMARY, Kind, Record
from qualcode.store.store import Store
from qualcode.store.summaries import summaries


def erase(store: Store, *scopes: str) -> None:
    """Erase scopes in an act of somebody who has done nothing else yet."""
    with store.act("erase", by="Zoe", at=later(9)) as act:
        act.erase(scopes)


def say_who(store: Store, *labels: str) -> None:
    with store.act("say who", by="Bo", at=later(1)) as act:
        act.ensure(
            records.speaker_record("p01", Speaker(label, Role.PARTICIPANT)) for label in labels
        )


def test_labels_leave_the_keys_of_events_and_rows_too(store: Store) -> None:
    import_transcripts(store, "p01", text="Words of the Quetzal")
    say_who(store, "Quetzal", "Quetzal two")
    assert sum("Quetzal" in event.key for event in events_of(store)) == 2
    erase(store, "p01")

    assert not [e for e in events_of(store) if "Quetzal" in f"{e.key}{e.body}"]
    with store.reading() as session:
        assert [key for key, _ in readback.of_kind(session, SPEAKER)] == [("p01", "")]
    assert doctor.examine(store).is_whole


def test_an_erasure_is_an_act_of_its_own_that_brings_its_coder(store: Store) -> None:
    import_transcripts(store, "p01")
    erase(store, "p01", "p01")

    said = [event for event in events_of(store) if event.verb == "erase"]
    assert [event.kind for event in said] == ["coder", ERASE]
    assert {event.act for event in said} == {said[0].id}
    with store.reading() as session:
        assert log.stored_seal(session) == log.computed_seal(session)


def test_what_is_erased_already_is_not_erased_again(store: Store) -> None:
    import_transcripts(store, "p01")
    erase(store, "p01")
    before = len(events_of(store))
    erase(store, "p01")

    assert len(events_of(store)) == before


def test_undo_goes_behind_no_erasure(store: Store) -> None:
    import_transcripts(store, "p01")
    erase(store, "p01")

    with pytest.raises(errors.ErasedForGoodError):
        store.undo(by="Zoe", at=later(10))


def test_participants_are_told_from_transcripts(store: Store) -> None:
    import_transcripts(store, "p01")
    with store.act("say", by="Bo", at=AT) as act:
        act.ensure(records.participant_records(Participant("P17", role="Chair")))
    erase(store, "p01", records.participant_scope("P17"))

    with store.reading() as session:
        assert erasing.erased_participants(session) == ("P17",)


def test_one_event_loses_its_words_and_the_others_of_its_record_keep_theirs(store: Store) -> None:
    with store.reading() as session:
        least = log.count(session)
    for words, case in (("first", "Marle"), ("Quetzal", "Marle"), ("last", "Quetzal House")):
        with store.act("write", by="Bo", at=later(1)) as act:
            summary = Summary("place", case, "fairs", words, SummaryStatus.DRAFT, "Bo", "2024")
            act.ensure([records.summary_record(summary)])
    said = [event for event in events_of(store)[least:] if event.kind == SUMMARY.name]
    erase(store, *(scope_alone(event.id) for event in said if "Quetzal" in f"{event.key}{event}"))

    assert not [e for e in events_of(store) if "Quetzal" in f"{e.key}{e.body}"]
    with store.reading() as session:
        assert [(one.case, one.text) for one in summaries(session)] == [("Marle", "first")]
        assert log.stored_seal(session) == log.computed_seal(session)
    assert doctor.examine(store).is_whole


NOT_THE_TEAM_S = {
    "project": {"uid", "language", "created"},
    "codebook": {"version"},
    "coder": {"uid", "name"},  # said to stand there still: a coder's name is their own
    "code": {"uid", "parent", "key", "colour", "merged_into"},
    "participant": {"uid", "attribution", "consent_date"},
    "transcript": {"uid", "language", "interviewed"},
    "speaker": {"label", "role"},  # as it stands in the words, and said to stand there still
    "spelling": {"label", "same_as"},
    "version": {"uid", "parent", "text_sha256", "source_sha256", "format", "producer", "encoding"}
    | {"marks"},
    "memo": {"uid", "type", "target_kind", "target", "coder", "written"},
    "left-out": {"source_sha256", "sameness"},
    "summary": {"status", "author", "written", "links", "basis", "settled"},
    "mask": {"shown"},
    "export": {"uid", "written", "author", "format", "audience", "digest", "shown"},
}
"""What of each kind is an id, a day, a word of the program's own, or in words that were said."""


def typed_in(kind: Kind) -> Record:
    """A record in which a name stands wherever a text can."""

    def value(column: str, word: str) -> object:
        is_text = kind.table.c[column].type.python_type is str
        return f"Quetzal {word}" if is_text else int(column == "end_cp")

    key = tuple(
        f"a{at}" if at in kind.refers else value(column, column)
        for at, column in enumerate(kind.key)
    )
    fields = [one for one in kind.fields if one.refers is None and one.default is None]
    return Record(kind, key, {one.name: value(one.column, one.name) for one in fields})


def test_every_text_of_every_kind_is_written_anew_or_no_word_of_the_team_s(store: Store) -> None:
    def anew(_kind: Kind, _field: str, text: str) -> str:
        return text.replace("Quetzal", "P17")

    with store.act("write", by="Bo", at=later(1)) as act:
        act.ensure(map(typed_in, KINDS.values()))
    with store.act("erase", by="Bo", at=later(2)) as act:
        act.ensure(erasing.reworded(act.session, anew, without=(), with_book=True))
        earlier = erasing.earlier_wordings(act.session, anew, without=(), with_book=True)
        act.erase(earlier)

    left: dict[str, set[str]] = {}
    for event in events_of(store):
        found = re.findall(r"Quetzal (\w+)", f"{event.key}{event.body}")
        left.setdefault(event.kind, set()).update(found)
    assert {kind: words for kind, words in left.items() if words} == NOT_THE_TEAM_S
    with store.reading() as session:
        meant = fold(log.read(session)).records
        known = {place: record for place, record in meant.items() if place[0] in KINDS}
        assert readback.everything(session) == known


def test_a_scrubbed_project_is_whole_and_can_be_used(store: Store) -> None:
    import_transcripts(store, "p01", text="Words of the Quetzal")
    import_transcripts(store, "p02")
    apply_codes(store, "fairs")
    erase(store, "p01")
    erasing.scrub(store)

    tag(store, "p02", "fairs", by="Bo")
    assert doctor.examine(store).is_whole


def test_a_file_that_cannot_be_looked_into_is_taken_for_one_that_has_the_words(
    tmp_path: Path,
) -> None:
    odd = tmp_path / "study.qualcode.1.backup"
    odd.write_bytes(b"no database")

    assert erasing.holding([odd, tmp_path / "gone"], ["p01"]) == (odd, tmp_path / "gone")
