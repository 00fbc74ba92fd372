"""Labels that are spellings of another: read as it everywhere, and nothing of a turn rewritten."""

from __future__ import annotations

import pytest
from conftest import AT, NewPlace
from hypothesis import given
from hypothesis import strategies as st
from store.samples import coded, import_transcripts, later, state_of, tag, text_row, version_of
from store.samples import transcript_records as records_of

from qualcode.model.codebook import Code
from qualcode.model.people import Participant, Role, Speaker
from qualcode.model.transcript import SpeakerCount
from qualcode.store import log, queries, readback, records, speaking, tallies
from qualcode.store.doctor import examine
from qualcode.store.kinds import VERSION
from qualcode.store.receiving import absorb
from qualcode.store.store import Store, create_store

TEXT = "Who came?\n\nWe all did.\n\nAnd then?\n\nWe danced."
TURNS = ((0, 9, "Asker"), (11, 22, "Tom"), (24, 33, "Askr"), (35, 45, "Tom "))


def bring_in(store: Store) -> None:
    """One interview whose two speakers are written in two ways each."""
    with store.act("import", by="Amina", at=AT) as act:
        act.add_texts([text_row(TEXT)])
        act.ensure(records_of("p01", TEXT, turns=TURNS))
        act.ensure(
            records.speaker_record("p01", Speaker(label, role))
            for label, role in (
                ("Asker", Role.INTERVIEWER),
                ("Askr", Role.OTHER),
                ("Tom", Role.PARTICIPANT),
                ("Tom ", Role.OTHER),
            )
        )


def say(store: Store, *speakers: Speaker, minutes: float = 1) -> None:
    """One act: what labels of the interview are."""
    with store.act("set speaker", by="Amina", at=later(minutes)) as act:
        act.ensure(one for speaker in speakers for one in records.label_records("p01", speaker))


def take_in(store: Store, other: Store) -> None:
    """Everything that another copy knows."""
    with other.reading() as session:
        events = list(log.read(session))
        texts = session.rows("SELECT sha256, body, words_sha256, sketch FROM text")
    with store.act("merge", by="Amina", at=later(9)) as act:
        act.add_texts(texts)
        absorb(act.session, events)


def labels_of(store: Store) -> list[str | None]:
    with store.reading() as session:
        text = queries.texts(session, [version_of("p01")])[version_of("p01")]
        assert text.text == TEXT
        assert [(turn.start, turn.end) for turn in text.turns] == [turn[:2] for turn in TURNS]
        return [turn.speaker for turn in text.turns]


def test_a_spelling_is_read_as_its_label_wherever_labels_are_shown(store: Store) -> None:
    bring_in(store)
    with store.reading() as session:
        answers = tallies.answer_places(session)[version_of("p01")]
    assert answers == [(11, 22), (24, 33), (35, 45)]
    say(store, Speaker("Askr", same_as="Asker"), Speaker("Tom ", same_as="Tom"))

    assert labels_of(store) == ["Asker", "Tom", "Asker", "Tom"]
    with store.reading() as session:
        assert speaking.speakers(session)["p01"] == {
            "Asker": Speaker("Asker", Role.INTERVIEWER),
            "Tom": Speaker("Tom", Role.PARTICIPANT),
        }
        assert queries.transcripts(session)[0].speakers == (
            SpeakerCount("Asker", "interviewer", None, 2, ("Askr",)),
            SpeakerCount("Tom", "participant", None, 2, ("Tom ",)),
        )
        assert tallies.answer_places(session)[version_of("p01")] == [(11, 22), (35, 45)]


def test_turns_codings_and_offsets_stay_as_they_were(store: Store) -> None:
    bring_in(store)
    with store.act("code", by="Amina", at=AT) as act:
        act.ensure([records.code_record(Code("fairs", "Fairs"), position=0)])
    tag(store, "p01", "fairs", by="Bo", start=24, end=33)
    before = coded(store)
    say(store, Speaker("Askr", same_as="Asker"), minutes=2)

    assert coded(store) == before
    assert state_of(store)
    with store.reading() as session:
        version = readback.current(session, VERSION, [(version_of("p01"),)])
        body = version[(version_of("p01"),)].body
    assert body is not None
    assert [turn[2] for turn in body["turns"]] == ["Asker", "Tom", "Askr", "Tom "]
    assert examine(store).is_whole


def test_undo_makes_two_speakers_of_one_again(store: Store) -> None:
    bring_in(store)
    before = labels_of(store)
    say(store, Speaker("Askr", same_as="Asker"))
    assert labels_of(store) != before

    store.undo(by="Amina", at=later(2))

    assert labels_of(store) == before


def test_what_was_known_of_a_spelling_is_known_of_its_label(store: Store) -> None:
    bring_in(store)
    with store.act("set speaker", by="Amina", at=later(1)) as act:
        act.ensure(records.participant_records(Participant("P01")))
    say(store, Speaker("Tom ", Role.PARTICIPANT, "P01", same_as="Tom"), minutes=2)
    with store.reading() as session:
        assert speaking.speakers(session)["p01"]["Tom"] == Speaker("Tom", Role.PARTICIPANT, "P01")


SPELLING = records.spelling_record("p01", "Tom ", "Tom")
BINDING = records.speaker_record("p01", Speaker("Tom ", Role.PARTICIPANT, "P01"))


@pytest.mark.parametrize("minutes", [(2, 3), (3, 2)], ids=["whose-last", "spelling-last"])
def test_of_two_copies_one_says_a_spelling_the_other_whose_it_is_and_both_hold(
    store: Store, new_place: NewPlace, minutes: tuple[int, int]
) -> None:
    bring_in(store)
    with store.act("add participant", by="Amina", at=later(1)) as act:
        act.ensure(records.participant_records(Participant("P01")))
    with create_store(new_place(), name="Fairs", language="en", by="Amina", at=AT) as copy:
        take_in(copy, store)
        for one, record, when in zip((store, copy), (SPELLING, BINDING), minutes, strict=True):
            with one.act("set speaker", by="Bo", at=later(when)) as act:
                act.ensure([record])
        take_in(store, copy)
        take_in(copy, store)

        for one in (store, copy):
            assert labels_of(one) == ["Asker", "Tom", "Askr", "Tom"]
            with one.reading() as session:
                written = speaking.speakers_written(session)["p01"]["Tom "]
                read = speaking.speakers(session)["p01"]["Tom"]
            assert written == Speaker("Tom ", Role.PARTICIPANT, "P01", "Tom")
            assert read == Speaker("Tom", Role.PARTICIPANT, "P01")
            assert examine(one).is_whole


def test_undoing_a_spelling_leaves_what_was_said_of_the_label_since(store: Store) -> None:
    bring_in(store)
    with store.act("add participant", by="Bo", at=later(1)) as act:
        act.ensure(records.participant_records(Participant("P01")))
    say(store, Speaker("Tom ", same_as="Tom"), minutes=2)
    with store.act("set speaker", by="Bo", at=later(3)) as act:
        act.ensure([BINDING])

    store.undo(by="Amina", at=later(4))

    with store.reading() as session:
        said = speaking.speakers_written(session)["p01"]["Tom "]
    assert said == Speaker("Tom ", Role.PARTICIPANT, "P01")


def test_a_ring_of_two_copies_has_one_label_and_loses_nobody(store: Store) -> None:
    bring_in(store)
    say(
        store,
        Speaker("Askr", same_as="Asker"),
        Speaker("Asker", Role.INTERVIEWER, same_as="Askr"),
        Speaker("Tom ", same_as="Askr"),
    )

    assert labels_of(store) == ["Asker", "Tom", "Asker", "Asker"]


def test_labels_of_two_participants_are_never_joined(store: Store) -> None:
    bring_in(store)
    with store.act("set participants", by="Amina", at=later(1)) as act:
        act.ensure(
            record
            for code in ("P01", "P02")
            for record in records.participant_records(Participant(code))
        )
    say(store, Speaker("Tom ", Role.PARTICIPANT, "P01", same_as="Tom"), minutes=2)
    assert labels_of(store) == ["Asker", "Tom", "Askr", "Tom"]

    tom = Speaker("Tom", Role.PARTICIPANT, "P02")  # as another copy says it, or a manifest
    say(store, tom, minutes=3)

    assert labels_of(store) == ["Asker", "Tom", "Askr", "Tom "]
    with store.reading() as session:
        read = speaking.speakers(session)["p01"]
    assert read["Tom"] == tom
    assert read["Tom "] == Speaker("Tom ", Role.PARTICIPANT, "P01")


def test_a_spelling_of_a_label_that_nobody_has_stands_for_itself(store: Store) -> None:
    import_transcripts(store, "p01")
    say(store, Speaker("P", Role.PARTICIPANT, same_as="Nobody"))
    with store.reading() as session:
        assert speaking.speakers(session)["p01"] == {"P": Speaker("P", Role.PARTICIPANT)}
        assert speaking.read_labels(session) == {}


LABELS = st.sampled_from("abcdefg")


@given(st.dictionaries(LABELS, st.one_of(st.none(), LABELS)))
def test_reading_labels_ends_and_what_is_read_is_a_speaker(
    said: dict[str, str | None],
) -> None:
    written = {label: Speaker(label, same_as=same) for label, same in said.items()}
    ends = speaking.spellings(written)
    read = speaking.as_read(written)

    assert ends.keys() | read.keys() == written.keys()
    assert not ends.keys() & read.keys()
    assert set(ends.values()) <= read.keys()
    for label, same in said.items():  # whoever says so of another is read as one with it
        if same in written:
            assert same is not None
            assert ends.get(label, label) == ends.get(same, same)


@given(
    st.dictionaries(
        LABELS,
        st.tuples(
            st.one_of(st.none(), LABELS), st.one_of(st.none(), st.sampled_from(["P01", "P02"]))
        ),
    )
)
def test_however_labels_lead_nobodys_words_become_anothers(
    said: dict[str, tuple[str | None, str | None]],
) -> None:
    written = {label: Speaker(label, same_as=to, participant=p) for label, (to, p) in said.items()}
    ends, read = speaking.spellings(written), speaking.as_read(written)
    for label, (_, participant) in said.items():
        if participant is not None:
            assert read[ends.get(label, label)].participant == participant
