"""Filters such as `place=Thornwick`."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import bring_in, dialogue, stored_transcript, write

from qualcode import errors
from qualcode.model.consent import Audience
from qualcode.model.people import Attribution, Participant
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import Filter, attribute_names, value_of, values_of
from qualcode.store.store import Store

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


def test_a_value_that_nothing_has_is_refused_with_the_nearest() -> None:
    def known(name: str) -> set[str]:
        return values_of(name, [INTERVIEW], [AMA])

    def check(*texts: str) -> None:
        Filter(texts, known=KNOWN).check_values(known, lambda _: {"Stored"})

    check("place=thornwick", "place=Stored", "place=", "age=40", "age=44")
    with pytest.raises(errors.FilterValueError, match="Did you mean 'place=Thornwick'"):
        check("place=Thornwik")
    with pytest.raises(errors.FilterValueError, match="No stakeholder is known of anybody"):
        check("stakeholder=officer")


def test_a_name_that_nothing_has_is_refused_with_the_names_that_are_there() -> None:
    with pytest.raises(errors.FilterError, match="participant, place, stakeholder"):
        holds("plaice=Thornwick")


def test_a_slip_lists_no_value_that_may_not_be_said(store: Store, folder: Path) -> None:
    rows = (
        "interview_id,file,participant,place,organisation,attribution,date",
        "one,one.txt,P01,Ashmere,The Mill,anonymous,2024-03-12",
        "two,two.txt,P02,Ashmere,The Barn,anonymous,2024-03-13",
        "three,three.txt,P03,Hidden Cove,The Hall,withheld,2024-03-14",
        "four,four.txt,P04,Marle,The Yard,named,2024-03-15",
    )
    files = {
        f"{name}.txt": dialogue("P", f"Tea, {name}.") for name in ("one", "two", "three", "four")
    }
    files["m.csv"] = "\n".join(rows)
    assert bring_in(store, manifest=write(folder, files) / "m.csv").written

    def told(name: str) -> str:
        with store.reading() as session, pytest.raises(errors.FilterValueError) as caught:
            Corpus(session, where=[f"{name}=zz"], audience=Audience.PUBLICATION)
        return str(caught.value).partition("There are: ")[2]

    assert told("place") == "Ashmere, Marle."
    assert told("organisation") == "The Yard."
    assert told("date") == "2024-03-15."
    with store.reading() as session:
        assert not list(Corpus(session, where=["place=Hidden Cove"]).cases())
