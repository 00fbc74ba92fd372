"""Filters such as `place=Thornwick`."""

from __future__ import annotations

import pytest
from services.study import stored_transcript

from qualcode import errors
from qualcode.model.people import Attribution, Participant
from qualcode.services.retrieval.filters import Filter, attribute_names, value_of

AMA = Participant("P07", Attribution.ROLE, place="Thornwick", attributes={"age": "44"})


INTERVIEW = stored_transcript("INT-1", strand="case study", age="40")
KNOWN = attribute_names([INTERVIEW], [AMA])


def holds(*texts: str, who: Participant | None = AMA) -> bool:
    return Filter(texts, known=KNOWN).holds(INTERVIEW, who)


def test_the_names_are_the_fixed_ones_and_what_the_study_adds() -> None:
    assert KNOWN == (
        "participant",
        "place",
        "stakeholder",
        "organisation",
        "role",
        "attribution",
        "transcript",
        "language",
        "date",
        "format",
        "age",
        "strand",
    )


@pytest.mark.parametrize(
    "text",
    [
        "place=Thornwick",
        " Place = thornwick ",
        "participant=P07",
        "attribution=role",
        "transcript=INT-1",
        "strand=Case Study",
        "date=2024-03-04",
        "stakeholder=",
    ],
)
def test_a_filter_holds_whatever_the_case(text: str) -> None:
    assert holds(text)


def test_filters_of_one_name_are_alternatives_and_of_several_names_all_needed() -> None:
    assert holds("place=Marle", "place=Thornwick")
    assert holds("place=Thornwick", "age=44")
    assert not holds("place=Thornwick", "age=45")
    assert not holds("place=Marle")


def test_the_participants_own_word_comes_before_the_interviews() -> None:
    assert value_of("age", INTERVIEW, AMA) == "44"
    assert value_of("age", INTERVIEW, None) == "40"
    assert not holds("place=Thornwick", who=None)


@pytest.mark.parametrize("text", ["Thornwick", "=Thornwick", ""])
def test_what_is_no_filter_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(errors.FilterError, match="NAME=VALUE"):
        holds(text)


def test_a_name_that_nothing_has_is_refused_with_the_names_that_are_there() -> None:
    with pytest.raises(errors.FilterError, match="participant, place, stakeholder"):
        holds("plaice=Thornwick")
