"""Who would be found through whom they sat with, and whose words may stand beside each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model.consent import Audience, Export, Shown
from qualcode.model.people import Attribution, Participant, Role, Speaker
from qualcode.model.spans import Turn
from qualcode.services.consent.joint_interviews import (
    CLOSED,
    Joint,
    Sitting,
    interviews_of,
    is_of_one_sitting,
    joint_interviews,
    of_others,
    warnings_of,
    whose_turns,
)
from qualcode.services.consent.linkage import coarsenings

OFFICE, NAMED, WITHHELD = Attribution.ROLE_ORGANISATION, Attribution.NAMED, Attribution.WITHHELD


def sat(*people: str, transcript: str = "t1", recording: str | None = None) -> Sitting:
    return Sitting(transcript, recording, frozenset(people))


def study(**levels: Attribution) -> dict[str, Participant]:
    return {code: Participant(code, level) for code, level in levels.items()}


def left(code: str, *facts: Shown) -> Export:
    """A file that has left the project."""
    shown = {code: frozenset(facts)}
    return Export("e1", "2024-06-01", "amina", "m.docx", "docx", Audience.TEAM, "", 3, shown)


def joint(
    people: dict[str, Participant], *sittings: Sitting, exports: tuple[Export, ...] = ()
) -> tuple[Joint, ...]:
    return joint_interviews(people, sittings, exports)


@pytest.mark.parametrize("closed", sorted(CLOSED))
@pytest.mark.parametrize("found", [OFFICE, NAMED])
def test_who_is_not_to_be_found_is_endangered_by_who_can_be(
    closed: Attribution, found: Attribution
) -> None:
    people = study(P01=closed, P02=found)
    assert joint(people, sat("P01", "P02")) == (Joint(("t1",), ("P01",), ("P02",)),)


@pytest.mark.parametrize("other", [*sorted(CLOSED), WITHHELD])
def test_nobody_is_endangered_by_those_who_cannot_be_found(other: Attribution) -> None:
    people = study(P01=Attribution.ANONYMOUS, P02=other, P03=NAMED)
    assert joint(people, sat("P01", "P02"), sat("P03", transcript="t2")) == ()


@pytest.mark.parametrize("now", [Attribution.ANONYMOUS, WITHHELD])
@pytest.mark.parametrize("fact", [Shown.NAME, Shown.ORGANISATION, Shown.DAY])
def test_an_earlier_export_by_which_one_was_found_counts(fact: Shown, now: Attribution) -> None:
    people = study(P01=Attribution.ANONYMOUS, P02=now)
    found = joint(people, sat("P01", "P02"), exports=(left("P02", fact),))
    assert found == (Joint(("t1",), ("P01",), ("P02",)),)
    assert joint(people, sat("P01", "P02"), exports=(left("P02", Shown.ROLE),)) == ()


def test_two_who_were_both_cited_otherwise_once_endanger_each_other() -> None:
    people = study(P01=Attribution.ANONYMOUS, P02=Attribution.ROLE)
    exports = (left("P01", Shown.NAME), left("P02", Shown.DAY))
    (one,) = joint(people, sat("P01", "P02"), exports=exports)
    assert one.closed == one.found == ("P01", "P02")
    assert one.in_words == "P01 and P02 were interviewed together, and cited otherwise once"


def test_two_transcripts_of_one_recording_are_one_interview() -> None:
    people = study(P01=Attribution.ANONYMOUS, P02=OFFICE)
    apart = (sat("P01", transcript="t1"), sat("P02", transcript="t2"))
    assert joint(people, *apart) == ()

    one_tape = tuple(Sitting(one.transcript, "hall.m4a", one.people) for one in apart)
    assert joint(people, *one_tape) == (Joint(("t1", "t2"), ("P01",), ("P02",)),)


def test_whoever_makes_a_file_is_told_who_and_what() -> None:
    one = Joint(("t1",), ("P01",), ("P02",))
    said = "P01 was interviewed with P02, who can be found: "
    present = {"P01", "P02"}
    assert list(warnings_of([one], present, Audience.TEAM)) == [
        f"{said}this file says so, a publication does not"
    ]
    assert list(warnings_of([one], {"P01"}, Audience.TEAM)) == []
    # What a publication leaves unsaid it leaves unsaid of all, whoever is in it.
    assert list(warnings_of([one], {"P03"}, Audience.PUBLICATION)) == [
        f"{said}no interview and no paragraph is said"
    ]


def test_a_fact_that_only_those_of_one_interview_share_tells_of_it() -> None:
    people = study(P01=Attribution.ANONYMOUS, P02=Attribution.ROLE, P03=Attribution.ANONYMOUS)
    facts = {code: {"session": "vestry", "strand": "case study"} for code in ("P01", "P02")}
    facts["P03"] = {"strand": "case study"}
    meetings = [met for _, met in interviews_of([sat("P01", "P02"), sat("P03", transcript="t2")])]

    def hidden(sittings: list[frozenset[str]]) -> frozenset[str]:
        audience = Audience.PUBLICATION
        made = coarsenings(people, {}, facts=facts, sittings=sittings, audience=audience)
        return made["P01"].without if "P01" in made else frozenset()

    assert hidden([]) == frozenset()
    assert hidden(meetings) == {"session"}
    assert is_of_one_sitting(["P01"], meetings)
    assert not is_of_one_sitting(["P01", "P03"], meetings)


# -- whose words stand beside each other -----------------------------------------------------------

SPEAKERS = {
    "I": Speaker("I", Role.INTERVIEWER, None),
    "A": Speaker("A", Role.PARTICIPANT, "P01"),
    "B": Speaker("B", Role.PARTICIPANT, "P02"),
    "?": Speaker("?", Role.OTHER, None),
}


def turns_of(labels: str) -> list[Turn]:
    """Turns of four characters with a blank line between them, by these speakers."""
    return [Turn(n, 6 * n - 6, 6 * n - 2, label) for n, label in enumerate(labels, 1)]


def test_a_question_is_read_beside_the_words_of_who_answers_it_alone() -> None:
    assert whose_turns(turns_of("IAIBBI"), SPEAKERS) == ("P01", "P01", "P02", "P02", "P02", None)
    assert whose_turns(turns_of("I?A"), SPEAKERS) == (None, None, "P01")


def test_what_is_left_out_in_a_row_is_one_stretch() -> None:
    turns = turns_of("IAIBBIA")
    spans = of_others(turns, whose_turns(turns, SPEAKERS), "P01")
    assert [(span.start, span.end) for span in spans] == [(12, 28)]


@given(st.text("IAB?", min_size=1, max_size=12))
def test_every_turn_is_left_out_beside_all_but_one(labels: str) -> None:
    turns = turns_of(labels)
    whose = whose_turns(turns, SPEAKERS)
    for turn in turns:
        beside = {
            person
            for person in ("P01", "P02", None)
            if not any(
                span.start <= turn.start < span.end for span in of_others(turns, whose, person)
            )
        }
        assert beside == {whose[turn.n - 1]}
        speaks = SPEAKERS[turn.speaker or ""]
        assert speaks.role is Role.INTERVIEWER or beside == {speaks.participant}
