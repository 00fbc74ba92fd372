"""Acts: all or nothing, said once, in the log with what was before."""

from __future__ import annotations

import pytest
from store.samples import (
    AT,
    WORDS,
    apply_codes,
    coded,
    coding,
    events_of,
    holding,
    import_transcripts,
    later,
    state_of,
    tag,
    text_row,
    transcript_records,
    untag,
)

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.people import coder_key
from qualcode.store import identities, kinds, queries, records
from qualcode.store.kinds import Record
from qualcode.store.store import Store


def test_a_tag_is_there_once_its_act_is_over(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    tag(store, "p01", "fairs", by="Bo")
    assert coded(store) == [("p01-v1", 0, 6, "fairs", "Bo")]
    state_of(store)


def test_the_same_act_twice_leaves_one_trace(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    tag(store, "p01", "fairs", by="Bo")
    before = events_of(store)
    with store.act("tag", by="Bo", at=later(5)) as act:
        again = act.ensure([records.coding_record(coding("p01", "fairs", "Bo"), transcript="p01")])
    assert again == []
    assert act.changed == 0
    assert act.id is None
    assert events_of(store) == before


def test_an_act_that_fails_leaves_nothing(store: Store) -> None:
    import_transcripts(store, "p01")
    before = state_of(store)

    def failing() -> None:
        with store.act("import", by="Amina", at=AT) as act:
            act.add_texts([text_row("more words")])
            act.ensure(transcript_records("p02", "more words"))
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        failing()
    assert state_of(store) == before
    with store.reading() as session:
        assert session.number("SELECT count(*) FROM text") == 1


def test_a_rehearsal_shows_what_would_be_and_leaves_nothing(store: Store) -> None:
    before = state_of(store)
    with store.rehearsing("import", by="Amina", at=AT) as act:
        act.add_texts([text_row(WORDS)])
        changed = act.ensure(transcript_records("p01"))
        seen = queries.transcripts(act.session)
    assert len(changed) == 2
    assert [one.name for one in seen] == ["P01"]
    assert state_of(store) == before
    with store.reading() as session:
        assert session.number("SELECT count(*) FROM text") == 0


def test_a_rehearsal_that_fails_says_so(store: Store) -> None:
    with pytest.raises(RuntimeError, match="rehearsal"), store.rehearsing("x", by="Bo", at=AT):
        raise RuntimeError("rehearsal")


def test_one_act_is_one_run_of_events_that_carry_its_id(store: Store) -> None:
    import_transcripts(store, "p01", "p02")
    last = events_of(store)[-4:]
    assert {event.verb for event in last} == {"import"}
    assert {event.act for event in last} == {last[0].id}
    assert [event.kind for event in last] == ["transcript", "transcript", "version", "version"]


def test_an_event_names_the_one_that_it_replaces(store: Store) -> None:
    apply_codes(store, "fairs")
    with store.act("rename", by="Bo", at=later(1)) as act:
        act.ensure([records.code_record(Code("fairs", "Village fairs"), position=0)])
    first, second = [event for event in events_of(store) if event.kind == "code"]
    assert (first.prev, second.prev) == (None, first.id)
    assert (second.actor, second.scope) == ("bo", None)


def test_a_record_named_twice_is_said_once_the_last_way(store: Store) -> None:
    with store.act("apply codebook", by="Amina", at=AT) as act:
        act.ensure(
            [
                records.code_record(Code("fairs", "Fair"), position=0),
                records.code_record(Code("fairs", "Fairs"), position=0),
            ]
        )
    assert [event.body for event in events_of(store) if event.kind == "code"] == [
        '{"name":"Fairs","position":0}'
    ]


def test_what_a_body_leaves_out_is_the_default(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    tag(store, "p01", "fairs", by="Bo")
    assert events_of(store)[-1].body == "{}"


def test_a_field_that_no_kind_has_is_our_mistake(store: Store) -> None:
    with pytest.raises(KeyError), store.act("x", by="Bo", at=AT) as act:
        act.ensure([Record(kinds.CODE, ("fairs",), {"nmae": "Fairs"})])


def test_untagging_what_was_never_tagged_writes_nothing(store: Store) -> None:
    before = state_of(store)
    untag(store, coding("p77", "nothing", "Bo"), transcript="p77")
    assert state_of(store) == before
    with store.reading() as session:
        assert session.number("SELECT count(*) FROM version") == 0


def test_a_coder_is_one_person_in_any_case_and_accent_encoding(store: Store) -> None:
    apply_codes(store, "fairs", by="Ren\u00e9e")
    apply_codes(store, "fairs", "halls", by=" RENE\u0301E ")
    with store.reading() as session:
        assert [one.name for one in queries.coders(session)] == ["Amina", "Ren\u00e9e"]
    assert coder_key("RENE\u0301E") == coder_key("ren\u00e9e")


def test_nobody_cannot_act(store: Store) -> None:
    with pytest.raises(errors.CoderNotGivenError), store.act("x", by="  ", at=AT):
        pass


def test_a_coder_may_be_renamed_and_that_is_undone_like_anything_else(store: Store) -> None:
    with store.act("rename coder", by="Amina", at=AT) as act:
        act.ensure([Record(kinds.CODER, ("amina",), {"name": "Amina K."})])
    with store.reading() as session:
        assert [one.name for one in queries.coders(session)] == ["Amina K."]
    store.undo(by="amina", at=later(1))
    with store.reading() as session:
        assert [one.name for one in queries.coders(session)] == ["Amina"]


def test_two_transcripts_of_one_name_both_stand(store: Store) -> None:
    import_transcripts(store, "p01", "p02")
    with store.act("rename", by="Bo", at=AT) as act:
        act.ensure([Record(kinds.TRANSCRIPT, ("p02",), {"name": "P01"}, "p02")])
    with store.reading() as session:
        found = queries.transcripts(session)
    assert [(one.uid, one.name) for one in found] == [("p01", "P01"), ("p02", "P01 (2)")]


def test_nul_and_half_pairs_are_refused_and_a_written_escape_is_not(store: Store) -> None:
    for bad in ("fa\0irs", "fa\ud800irs"):
        with pytest.raises(errors.UnstorableTextError), store.act("x", by="Bo", at=AT) as act:
            act.ensure([records.code_record(Code("fairs", bad), position=0)])
        with pytest.raises(errors.UnstorableTextError), store.act("x", by="Bo", at=AT) as act:
            act.add_texts([(("0" * 64), bad, "0" * 64, b"")])
    with store.act("x", by="Bo", at=AT) as act:
        act.ensure([records.code_record(Code("fairs", "a \\u0000 in a manual"), position=0)])
    with store.reading() as session:
        assert queries.codebook(session)[0].codes[0].name == "a \\u0000 in a manual"


def test_every_letter_of_every_language_comes_back(store: Store) -> None:
    text = "Ünïcødé 访谈 🎪 \u202eעברית\u202c e\u0301 \x1e tab\t end"
    import_transcripts(store, "p01", text=text)
    with store.reading() as session:
        found = queries.texts(session, ["p01-v1"])["p01-v1"]
    assert found.text == f"{text} p01"
    assert found.turns[0].end == len(f"{text} p01")


def test_a_transcript_with_codings_does_not_vanish(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    tag(store, "p01", "fairs", by="Bo")
    before = state_of(store)
    with pytest.raises(errors.TranscriptCodedError) as said, store.act("x", by="Bo", at=AT) as act:
        act.ensure([Record(kinds.TRANSCRIPT, ("p01",), None, "p01")])
    assert "'P01' is not removed: it holds 1 coding" in str(said.value)
    assert state_of(store) == before


def test_a_transcript_may_go_with_its_codings_in_one_act(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    one = tag(store, "p01", "fairs", by="Bo")
    with store.act("remove", by="Bo", at=AT) as act:
        act.ensure(
            [
                records.coding_record(one, transcript="p01", holds=False),
                Record(kinds.VERSION, ("p01-v1",), None, "p01"),
                Record(kinds.TRANSCRIPT, ("p01",), None, "p01"),
            ]
        )
    assert coded(store) == []
    state_of(store)


def test_a_code_with_codings_does_not_vanish(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs", "halls")
    tag(store, "p01", "fairs", by="Bo")
    with (
        pytest.raises(errors.CodesCodedError, match=r"fairs \(1\)"),
        store.act("x", by="Bo", at=AT) as act,
    ):
        act.ensure([Record(kinds.CODE, (one,), None) for one in ("fairs", "halls")])
    with store.act("x", by="Bo", at=AT) as act:
        act.ensure([Record(kinds.CODE, ("halls",), None)])
    assert ("code", '["halls"]') not in holding(store)


def test_what_nothing_is_known_of_yet_is_a_stub_until_it_comes(store: Store) -> None:
    tag(store, "p01", "fairs", by="Bo")
    with store.reading() as session:
        assert queries.transcripts(session) == []
        assert queries.codebook(session)[0].codes == ()
    import_transcripts(store, "p01", at=later(1))
    apply_codes(store, "fairs", at=later(1))
    assert coded(store) == [("p01-v1", 0, 6, "fairs", "Bo")]
    assert events_of(store)[-1].prev is None
    state_of(store)


def test_identities_hold_names_and_the_log_holds_none(store: Store) -> None:
    from qualcode.model.people import Identity

    store.hold_identities()
    who = Identity("P01", "Wanda Fairweather", ("Wanda F.",), "wanda@example.org")
    with store.act("import", by="Amina", at=AT) as act:
        assert identities.write(act.session, [who]) == 1
        assert identities.write(act.session, [who]) == 0
    with store.reading() as session:
        assert identities.at_hand(session)
        assert identities.read(session) == {"P01": who}
    assert not any("Wanda" in str(event) for event in events_of(store))
