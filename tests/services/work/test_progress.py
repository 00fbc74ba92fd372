"""How far each coder is, with each transcript and with the whole study."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.study import bring_in, dialogue, tick, write

from qualcode.model.codebook import Code
from qualcode.model.coding import MemoType
from qualcode.model.spans import Span
from qualcode.services import memos
from qualcode.services.work import coding
from qualcode.services.work.coding_session import CodingSession
from qualcode.services.work.progress import CoderProgress, Overview, _overlapped, overview
from qualcode.store import records
from qualcode.store.store import Store

ANSWERS = ("We got a grant once.", "We hold raffles now.", "Nobody pays us.")


@pytest.fixture
def study(store: Store, folder: Path) -> Store:
    """Three transcripts of three answers each."""
    names = ("P01", "P02", "P03")
    write(folder, {f"{name}.txt": dialogue(name, *ANSWERS, name) for name in names})
    bring_in(store, folder)
    return store


def statuses(seen: Overview) -> list[tuple[str, str, int, int, int]]:
    """Transcripts in short."""
    return [(t.record.name, t.status, t.coded, t.answers, t.codings) for t in seen.transcripts]


def test_nothing_is_begun_where_nobody_coded(study: Store) -> None:
    seen = overview(study, coder="Zoë")

    assert statuses(seen) == [(name, "new", 0, 4, 0) for name in ("P01", "P02", "P03")]
    assert seen.coders == (CoderProgress("Zoë", 0, 0, 0, 12, 0),)
    assert seen.facts.name == "Fairs"


def test_each_coder_has_begun_and_finished_what_they_say(study: Store) -> None:
    bo = CodingSession.open(study, "P01", coder="Bo")
    for answer in bo.answers[:2]:
        for code in ("funding", "bonding"):
            bo.tag(code, Span(answer.start + 1, answer.end), at=tick())
    bo.set_finished(finished=True, at=tick())
    place = coding.Place(turns=(1, 6))
    coding.tag(study, "P02", "funding", place, by="Bo", at=tick())
    coding.tag(study, "P02", "funding", place, by="Cleo", at=tick())
    seen = overview(study, coder="bo")

    assert statuses(seen) == [
        ("P01", "finished", 2, 4, 4),
        ("P02", "started", 3, 4, 1),
        ("P03", "new", 0, 4, 0),
    ]
    assert seen.coders == (
        CoderProgress("Bo", codings=5, started=1, finished=1, answers=12, coded=5),
        CoderProgress("Cleo", codings=1, started=1, finished=0, answers=12, coded=3),
    )
    assert [seen.transcripts[0].coded, seen.transcripts[0].answers] == list(bo.coverage())


def test_a_coding_on_a_question_covers_no_answer(study: Store) -> None:
    coding.tag(study, "P01", "funding", coding.Place(turns=(1, 1)), by="Bo", at=tick())

    assert statuses(overview(study, coder="Bo"))[0] == ("P01", "started", 0, 4, 1)


def test_memos_are_the_coders_own_on_the_transcript_and_its_passages(study: Store) -> None:
    bo = CodingSession.open(study, "P01", coder="Bo")
    one = bo.tag("funding", Span(0, 3), at=tick()).added[0]
    bo.write_memo(one, "On a coding.", at=tick())
    bo.write_memo(Span(5, 9), "On a passage.", at=tick())
    for target in ("P01", "project", "funding"):
        memos.add_memo(study, target, "x", type=MemoType.NOTE, by="Bo", at=tick())
    memos.add_memo(study, "P01", "y", type=MemoType.NOTE, by="Cleo", at=tick())

    assert [t.memos for t in overview(study, coder="BO").transcripts] == [3, 0, 0]


def test_a_coding_that_a_merge_doubled_counts_once(study: Store) -> None:
    bo = CodingSession.open(study, "P01", coder="Bo")
    for code in ("trading", "bonding"):
        bo.tag(code, Span(0, 3), at=tick())
    with study.act("merge codes", by="Bo", at=tick()) as act:
        merged = Code("trading", "Trading")
        act.ensure([records.code_record(merged, position=9, merged_into="bonding", retired=True)])

    assert overview(study, coder="Bo").coders[0].codings == 1


PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12).map(
    lambda said: sorted((start, start + length) for start, length in said)
)


@given(cuts=st.sets(st.integers(0, 90), max_size=14), codings=PLACES)
def test_the_sweep_counts_what_looking_at_each_pair_counts(
    cuts: set[int], codings: list[tuple[int, int]]
) -> None:
    edges = sorted(cuts)
    answers = list(zip(edges[::2], edges[1::2], strict=False))
    looked_at = sum(any(s < end and start < e for s, e in codings) for start, end in answers)

    assert _overlapped(answers, codings) == looked_at


def test_the_session_and_the_overview_count_the_same_answers(store: Store, folder: Path) -> None:
    write(folder, {"P01.txt": dialogue("P01", "We got a grant once.", "... !", "Nobody pays.")})
    bring_in(store, folder)
    bo = CodingSession.open(store, "P01", coder="Bo")
    for answer in bo.answers[:2]:
        bo.tag("bonding", Span(answer.start, answer.end), at=tick())

    (seen,) = overview(store, coder="Bo").transcripts
    assert bo.coverage() == (seen.coded, seen.answers) == (2, 3)


def test_without_a_coder_only_those_who_began_are_listed(study: Store) -> None:
    place = coding.Place(turns=(1, 6))
    for coder in ("cleo", "Bo"):
        coding.tag(study, "P02", "funding", place, by=coder, at=tick())
    memos.add_memo(study, "P01", "x", type=MemoType.NOTE, by="Bo", at=tick())
    seen = overview(study, coder=None)

    assert [coder.name for coder in seen.coders] == ["Bo", "cleo"]
    assert statuses(seen) == [(name, "new", 0, 4, 0) for name in ("P01", "P02", "P03")]
    assert [one.memos for one in seen.transcripts] == [0, 0, 0]


def test_who_took_part_stands_beside_each_transcript(store: Store, folder: Path) -> None:
    write(folder, {"P01.txt": dialogue("P01", *ANSWERS), "P02.txt": dialogue("P02", *ANSWERS)})
    manifest = write(
        folder,
        {"m.csv": "interview_id,file,participant,name,place\nP01,P01.txt,P01,Ama Boateng,Marle\n"},
    )
    assert bring_in(store, folder, manifest=manifest / "m.csv").written
    first, second = overview(store, coder="Bo").transcripts

    assert [(one.code, one.place) for one in first.people] == [("P01", "Marle")]
    assert second.people == ()
    assert "Boateng" not in repr(first)
