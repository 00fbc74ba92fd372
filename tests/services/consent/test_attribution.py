"""What is printed of a participant at each level, and which words may leave at all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model.people import Attribution, Identity, Participant, Role, Speaker
from qualcode.model.spans import Turn
from qualcode.services.consent.attribution import (
    Consent,
    day_of,
    open_around,
    passes,
    surname_first,
    tidy,
)
from qualcode.services.consent.linkage import Coarsening, Precision

DAY = "2024-03-04"
AMA = Participant(
    "P07",
    pseudonym="Efua",
    role="Treasurer",
    organisation="The Hall",
    place="Thornwick",
    stakeholder="local VCS",
    attributes={"age": "44"},
)
NAMES = {"P07": Identity("P07", "Ama Serwaa Boateng")}


def consent_for(*people: Participant, names: dict[str, Identity] | None = None) -> Consent:
    return Consent({one.code: one for one in people}, NAMES if names is None else names)


def at(level: Attribution) -> Participant:
    return replace(AMA, attribution=level)


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (
            Attribution.NAMED,
            "Boateng, Ama Serwaa, Treasurer, The Hall, interviewed 4 March 2024",
        ),
        (Attribution.PSEUDONYM, "Efua (pseudonym), interviewed March 2024"),
        (Attribution.ROLE_ORGANISATION, "Treasurer, The Hall, interviewed 4 March 2024"),
        (Attribution.ROLE, "Treasurer, interviewed March 2024"),
        (Attribution.ANONYMOUS, "Anonymous participant"),
    ],
)
def test_each_level_shows_what_was_agreed(level: Attribution, text: str) -> None:
    assert consent_for(at(level)).text("P07", DAY) == text


@pytest.mark.parametrize(
    ("level", "missing", "text"),
    [
        (Attribution.NAMED, {"role": None}, "Boateng, Ama Serwaa, The Hall"),
        (Attribution.NAMED, {"role": None, "organisation": None}, "Boateng, Ama Serwaa"),
        (Attribution.PSEUDONYM, {"pseudonym": None}, "Anonymous participant"),
        (Attribution.ROLE_ORGANISATION, {"role": None}, "The Hall"),
        (Attribution.ROLE_ORGANISATION, {"organisation": None}, "Treasurer"),
        (Attribution.ROLE, {"role": None}, "Anonymous participant"),
    ],
)
def test_what_is_missing_leaves_no_trace(
    level: Attribution, missing: dict[str, None], text: str
) -> None:
    who = replace(at(level), **missing)  # type: ignore[arg-type]

    assert consent_for(who).text("P07", None) == text


def test_without_the_names_at_hand_a_named_participant_reads_as_role_and_organisation() -> None:
    text = consent_for(at(Attribution.NAMED), names={}).text("P07", DAY)

    assert text == "Treasurer, The Hall, interviewed 4 March 2024"


@pytest.mark.parametrize("code", [None, "P99"])
def test_whoever_is_not_known_is_anonymous(code: str | None) -> None:
    consent = consent_for(at(Attribution.NAMED))

    assert consent.level(code) is Attribution.ANONYMOUS
    assert consent.text(code, DAY) == "Anonymous participant"


words = st.one_of(st.none(), st.sampled_from(["Chair", "The Hall", "Efua", "Cllr, cabinet"]))


@given(
    level=st.sampled_from(Attribution),
    pseudonym=words,
    role=words,
    organisation=words,
    interviewed=st.sampled_from([None, DAY, "spring"]),
    named=st.booleans(),
)
def test_no_attribution_has_stray_commas_or_empty_parts(
    level: Attribution,
    pseudonym: str | None,
    role: str | None,
    organisation: str | None,
    interviewed: str | None,
    named: bool,
) -> None:
    who = Participant(
        "P07", attribution=level, pseudonym=pseudonym, role=role, organisation=organisation
    )
    text = consent_for(who, names=NAMES if named else {}).text("P07", interviewed)

    assert text
    assert not re.search(r"^[,\s]|,\s*,|[,\s]$|\s\s|None", text)


@given(level=st.sampled_from(Attribution), interviewed=st.sampled_from([None, DAY]))
def test_no_level_says_more_than_it_may(level: Attribution, interviewed: str | None) -> None:
    consent = consent_for(at(level))
    text = consent.text("P07", interviewed)

    assert ("Boateng" in text) is (level is Attribution.NAMED)
    assert ("The Hall" in text) is (level in {Attribution.NAMED, Attribution.ROLE_ORGANISATION})
    assert ("Efua" in text) is (level is Attribution.PSEUDONYM)
    for field, value in (("organisation", "The Hall"), ("role", "Treasurer")):
        assert consent.shows("P07", field) in ({None} if value not in text else {value})


def test_the_frame_of_the_comparison_may_be_said_of_everybody_but_the_withheld() -> None:
    anonymous = consent_for(at(Attribution.ANONYMOUS))
    withheld = consent_for(at(Attribution.WITHHELD))

    assert anonymous.shows("P07", "place") == "Thornwick"
    assert anonymous.shows("P07", "stakeholder") == "local VCS"
    assert anonymous.shows("P07", "age") == "44"
    assert anonymous.shows("P07", "attribution") == "anonymous"
    for name in ("place", "stakeholder", "age", "attribution", "role"):
        assert withheld.shows("P07", name) is None


def test_a_speakers_label_leaves_only_where_the_name_may() -> None:
    label = Speaker("Ama", Role.PARTICIPANT, "P07")

    assert consent_for(at(Attribution.NAMED)).speaker(label, 2) == "Ama"
    assert consent_for(at(Attribution.PSEUDONYM)).speaker(label, 2) == "P07"
    assert consent_for().speaker(Speaker("Dina", Role.INTERVIEWER), 1) == "Interviewer"
    assert consent_for().speaker(Speaker("Bea"), 3) == "Speaker 3"
    assert consent_for().speaker(None, 1) is None


TURNS = (
    Turn(1, 0, 10, "I"),
    Turn(2, 12, 20, "P07"),
    Turn(3, 22, 30, "P08"),
    Turn(4, 32, 40, "P07"),
)
BEA = Participant("P08", attribution=Attribution.NAMED)
INTERVIEWER = Speaker("I", Role.INTERVIEWER)
SPEAKERS = {
    "I": INTERVIEWER,
    "P07": Speaker("P07", Role.PARTICIPANT, "P07"),
    "P08": Speaker("P08", Role.PARTICIPANT, "P08"),
}
ALL_CLOSED = ((0, 40),)


def test_in_a_joint_interview_the_turns_of_the_withheld_are_closed() -> None:
    consent = consent_for(at(Attribution.WITHHELD), BEA)

    closed = consent.closed_turns(TURNS, SPEAKERS, ["P07", "P08"])

    assert closed == ((12, 20), (32, 40))


def test_where_everybody_is_withheld_the_interviewers_words_are_closed_too() -> None:
    consent = consent_for(at(Attribution.WITHHELD))
    alone = {"I": INTERVIEWER, "P07": SPEAKERS["P07"]}

    assert consent.closed_turns(TURNS, alone, ["P07"]) == ALL_CLOSED


def test_a_withheld_participant_whose_turns_are_not_known_closes_the_whole_transcript() -> None:
    consent = consent_for(at(Attribution.WITHHELD), BEA)
    unmatched = {"I": INTERVIEWER, "P07": Speaker("P07"), "P08": SPEAKERS["P08"]}

    assert consent.closed_turns(TURNS, unmatched, ["P07", "P08"]) == ALL_CLOSED
    assert consent.closed_turns(TURNS, {"": Speaker("", Role.OTHER, "P07")}, ["P07", "P08"]) == (
        ALL_CLOSED
    )


def test_a_turn_of_nobody_known_could_be_the_withhelds() -> None:
    consent = consent_for(at(Attribution.WITHHELD), BEA)
    turns = (*TURNS, Turn(5, 42, 50, None))

    assert (42, 50) in consent.closed_turns(turns, SPEAKERS, ["P07", "P08"])
    assert consent_for(AMA, BEA).closed_turns(turns, SPEAKERS, ["P07", "P08"]) == ()


def test_a_withheld_speaker_who_is_on_no_list_of_participants_is_closed_as_well() -> None:
    consent = consent_for(at(Attribution.WITHHELD), BEA)

    assert consent.closed_turns(TURNS, SPEAKERS, ["P08"]) == ((12, 20), (32, 40))


spans = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1]))


@given(passage=spans, closed=st.lists(spans, max_size=4))
def test_what_passes_and_the_words_around_it_touch_nothing_closed(
    passage: tuple[int, int], closed: list[tuple[int, int]]
) -> None:
    characters = {n for a, b in closed for n in range(a, b)}
    may_pass = passes(*passage, closed)

    assert may_pass is characters.isdisjoint(range(*passage))
    if may_pass:
        low, high = open_around(*passage, 80, closed)
        assert low <= passage[0] < passage[1] <= high
        assert characters.isdisjoint(range(low, high))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ama Serwaa Boateng", "Boateng, Ama Serwaa"),
        ("Boateng, Ama", "Boateng, Ama"),
        ("Ama", "Ama"),
        ("  Ama   Boateng ", "Boateng, Ama"),
        ("Siobhán Ó Briain", "Ó Briain, Siobhán"),
    ],
)
def test_the_surname_stands_first(name: str, shown: str) -> None:
    assert surname_first(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Cllr Iris Quell", "Quell, Iris"),
        ("Cllr. Iris Quell", "Quell, Iris"),
        ("Cllr Quell, Iris", "Quell, Iris"),
        ("Quell, Dr Iris, OBE", "Quell, Iris"),
        ("Prof Dame Iris van der Berg", "van der Berg, Iris"),
        ("Cllr Dr Jane Marsh OBE", "Marsh, Jane"),
        ("Jane Marsh, PhD, MBE", "Marsh, Jane"),
        ("Iris Quell Jr", "Quell, Iris Jr"),
        ("Nana Ama Boateng", "Boateng, Nana Ama"),
        ("Cllr Quell", "Quell"),
        ("Sir", "Sir"),
        ("Lord, Iris", "Lord, Iris"),
        (", Iris", "Iris"),
    ],
)
def test_titles_and_letters_are_no_part_of_a_name_that_is_cited(name: str, shown: str) -> None:
    assert surname_first(name) == shown


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Officer, ", "Officer"),
        (" , Officer.", "Officer"),
        ("Walton Lane  Centre.", "Walton Lane Centre"),
        ("Tea Co.", "Tea Co."),
        ("The Hall Ltd.", "The Hall Ltd."),
        ("Council of the U.K.", "Council of the U.K."),
        (" . ", "."),
        (",", ""),
    ],
)
def test_commas_and_full_stops_that_stray_are_not_printed(given: str, printed: str) -> None:
    assert tidy(given) == printed


def test_an_attribution_has_none_of_the_signs_that_stray_in_its_parts() -> None:
    who = replace(at(Attribution.NAMED), role="Treasurer.", organisation=" ,The Hall,")

    assert consent_for(who, names={"P07": Identity("P07", "Boateng , Ama,")}).text("P07", DAY) == (
        "Boateng, Ama, Treasurer, The Hall, interviewed 4 March 2024"
    )


def test_each_interview_of_one_person_is_cited_with_its_own_day() -> None:
    consent = consent_for(at(Attribution.NAMED))

    assert {consent.text("P07", day)[-12:] for day in (DAY, "2024-04-04")} == {
        "4 March 2024",
        "4 April 2024",
    }


@pytest.mark.parametrize("level", Attribution)
def test_a_day_that_is_none_is_said_only_where_the_whole_day_may_be(level: Attribution) -> None:
    said = consent_for(at(level)).day("P07", "25th of March")

    assert said == ("25th of March" if level in WITH_THE_DAY else None)


WITH_THE_DAY = (Attribution.NAMED, Attribution.ROLE_ORGANISATION)


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (Precision.DAY, "Treasurer, The Hall, interviewed 4 March 2024"),
        (Precision.MONTH, "Treasurer, The Hall, interviewed March 2024"),
        (Precision.YEAR, "Treasurer, The Hall, interviewed 2024"),
        (Precision.NONE, "Treasurer, The Hall"),
    ],
)
def test_what_is_coarsened_is_so_in_every_way_of_asking(date: Precision, shown: str) -> None:
    person = at(Attribution.ROLE_ORGANISATION)
    consent = Consent({"P07": person}, {}, {"P07": Coarsening(date)})

    assert consent.text("P07", DAY) == shown
    assert (consent.day("P07", DAY) or "") in shown
    assert consent.shows_days("P07") is (date is Precision.DAY)


def test_no_coarsening_makes_a_level_say_more() -> None:
    consent = Consent({"P07": at(Attribution.ROLE)}, {}, {"P07": Coarsening(Precision.DAY)})

    assert consent.text("P07", DAY) == "Treasurer, interviewed March 2024"


def test_what_is_not_to_be_said_is_said_nowhere() -> None:
    without = frozenset({"role", "organisation", "place", "age"})
    consent = Consent(
        {"P07": at(Attribution.ROLE_ORGANISATION)}, {}, {"P07": Coarsening(without=without)}
    )

    assert consent.text("P07", DAY) == "Anonymous participant"
    assert not [name for name in without if consent.shows("P07", name)]
    assert consent.shows("P07", "stakeholder") == "local VCS"


def test_a_day_is_written_out_and_what_is_no_day_stands_as_it_is() -> None:
    assert day_of(DAY, whole=True) == "4 March 2024"
    assert day_of(DAY, whole=False) == "March 2024"
    assert day_of("spring", whole=True) == "spring"


def test_a_label_that_could_be_a_withheld_persons_stays_in_too() -> None:
    turns = [
        Turn(1, 0, 5, "I"),
        Turn(2, 7, 12, "P07"),
        Turn(3, 14, 19, "Dan"),
        Turn(4, 21, 26, "P08"),
    ]
    speakers = {
        "I": Speaker("I", Role.INTERVIEWER),
        "P07": Speaker("P07", Role.PARTICIPANT, "P07"),
        "Dan": Speaker("Dan", Role.OTHER),
        "P08": Speaker("P08", Role.PARTICIPANT, "P08"),
    }
    consent = consent_for(at(Attribution.WITHHELD), Participant("P08"))
    assert consent.closed_turns(turns, speakers, ["P07", "P08"]) == ((7, 12), (14, 19))
    assert consent_for(AMA, Participant("P08")).closed_turns(turns, speakers, ["P07", "P08"]) == ()


def test_days_stand_only_beside_those_who_are_cited_with_one() -> None:
    days = {level: consent_for(at(level)).day("P07", DAY) for level in Attribution}
    assert days == {
        "named": "4 March 2024",
        "pseudonym": "March 2024",
        "role-organisation": "4 March 2024",
        "role": "March 2024",
        "anonymous": None,
        "withheld": None,
    }
