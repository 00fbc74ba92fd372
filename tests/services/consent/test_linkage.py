"""Nobody is found by putting attributions side by side.

The study below has the shape of a published one in whose footnotes two unnamed people stand beside
named ones of the same organisation and day; its people, places and offices are invented.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.study import bring_in, dialogue, write

from qualcode.model.consent import Audience, Export, Shown
from qualcode.model.people import Attribution, Identity, Participant
from qualcode.services.consent.attribution import ANONYMOUS_TEXT, Consent
from qualcode.services.consent.linkage import (
    Coarsening,
    Precision,
    coarsenings,
    reads_like,
)
from qualcode.services.consent.organisations import organisation_words
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import shown_value
from qualcode.store.store import Store
from qualcode.text.plain import plain_words

NAMED, BY_OFFICE = Attribution.NAMED, Attribution.ROLE_ORGANISATION

NAMES = {
    "P01": "Nadia Ferrant",
    "P03": "Cllr Iris Quell",
    "P04": "Harriet Blythe",
    "P08": "Owen Sallis",
}

STUDY = {
    "P01": Participant("P01", NAMED, role="Street Wardens Project Officer", organisation="Marle"),
    "P02": Participant("P02", BY_OFFICE, role="Street Wardens", organisation="Marle"),
    "P03": Participant("P03", NAMED, organisation="Marle"),
    "P04": Participant("P04", NAMED, role="Head of Renewal", organisation="Ashmere Council"),
    "P05": Participant("P05", BY_OFFICE, role="Officer", organisation="Ashmere  council"),
    "P06": Participant("P06", BY_OFFICE, role="Council officer", organisation="Ashmere Council"),
    "P07": Participant("P07", BY_OFFICE, role="Council officer", organisation="Wenbury"),
    "P08": Participant("P08", NAMED, role="Chair", organisation="The Hall"),
    "P09": Participant("P09", BY_OFFICE, role="Treasurer", organisation="The Hall"),
    "P10": Participant("P10", BY_OFFICE, organisation="The Hall"),
}

DAYS = {
    "P01": ("2024-03-25",),
    "P02": ("2024-03-25",),
    "P03": ("2024-03-30",),
    "P04": ("2024-04-22",),
    "P05": ("2024-04-22",),
    "P06": ("2024-04-24",),
    "P07": ("2024-04-22",),
    "P08": ("2024-05-02", "2024-05-09"),
    "P09": ("2024-05-09",),
    "P10": ("2024-05-09",),
}


def consent(
    people: dict[str, Participant],
    days: dict[str, tuple[str, ...]] = DAYS,
    *,
    exports: tuple[Export, ...] = (),
    audience: Audience = Audience.TEAM,
) -> Consent:
    names = {code: Identity(code, name) for code, name in NAMES.items() if code in people}
    return Consent(people, names, coarsenings(people, days, exports, audience=audience))


def cited(people: dict[str, Participant], code: str, **more: object) -> str:
    return consent(people, **more).text(code, DAYS[code][-1])  # type: ignore[arg-type]


def left(shown: dict[str, frozenset[Shown]]) -> Export:
    """A file that has left the project."""
    return Export(
        "e1", "2024-06-01T09:00:00", "amina", "m.docx", "docx", Audience.TEAM, "", 3, shown
    )


WHOLE = frozenset({Shown.NAME, Shown.ROLE, Shown.ORGANISATION, Shown.DAY})


def test_an_office_that_reads_like_a_named_persons_on_the_same_day_is_not_said() -> None:
    assert cited(STUDY, "P01") == (
        "Ferrant, Nadia, Street Wardens Project Officer, Marle, interviewed 25 March 2024"
    )
    assert cited(STUDY, "P02") == "Marle, interviewed March 2024"


def test_an_officer_on_the_day_of_a_named_colleague_is_cited_with_the_month() -> None:
    assert cited(STUDY, "P05") == "Officer, Ashmere council, interviewed April 2024"


def test_who_shares_no_day_with_somebody_named_is_cited_as_agreed() -> None:
    assert cited(STUDY, "P06") == "Council officer, Ashmere Council, interviewed 24 April 2024"
    assert cited(STUDY, "P07") == "Council officer, Wenbury, interviewed 22 April 2024"


def test_where_no_month_fits_a_second_person_another_role_stands_without_a_date() -> None:
    assert cited(STUDY, "P09") == "Treasurer, The Hall"


def test_where_nothing_tells_them_apart_the_organisation_goes_too() -> None:
    assert cited(STUDY, "P10") == ANONYMOUS_TEXT


def test_each_finding_says_with_whom_and_what_was_done() -> None:
    made = consent(STUDY).coarsened
    assert {code: made[code].findings[0].in_words for code in ("P02", "P05", "P09", "P10")} == {
        "P02": "the same organisation and day as P01, named now or earlier: "
        "the month is said for the day, nor the role",
        "P05": "the same organisation and day as P04, named now or earlier: "
        "the month is said for the day",
        "P09": "the same organisation and day as P08, named now or earlier: no date is said",
        "P10": "the same organisation and day as P08, named now or earlier: "
        "no date is said, nor the organisation",
    }


def test_whoever_was_named_in_a_file_that_left_stays_named_for_those_who_hold_it() -> None:
    later = STUDY | {"P04": replace(STUDY["P04"], attribution=Attribution.ANONYMOUS)}
    assert cited(later, "P05") == "Officer, Ashmere council, interviewed 22 April 2024"

    text = cited(later, "P05", exports=(left({"P04": WHOLE}),))
    assert text == "Officer, Ashmere council, interviewed April 2024"


@pytest.mark.parametrize("role", ["Head of Renewal", "Head of Renewal and Partnership", "Head"])
def test_a_role_that_reads_like_a_named_persons_in_that_month_has_no_date(role: str) -> None:
    people = STUDY | {"P07": replace(STUDY["P07"], attribution=Attribution.ROLE, role=role)}
    assert cited(people, "P07") == role
    (finding,) = consent(people).coarsened["P07"].findings
    alike = "the same role" if role == "Head of Renewal" else "a role that reads alike"
    assert finding.in_words == (
        f"{alike} and the same month as P04, named now or earlier: no date is said"
    )

    other = people | {"P07": replace(people["P07"], role="Renewal Officer")}
    assert cited(other, "P07") == "Renewal Officer, interviewed April 2024"


def test_whoever_takes_their_own_name_back_is_not_found_by_their_office() -> None:
    later = STUDY | {"P04": replace(STUDY["P04"], attribution=BY_OFFICE)}
    assert cited(later, "P04").startswith("Head of Renewal")

    text = cited(later, "P04", exports=(left({"P04": WHOLE}),))
    assert "Renewal" not in text
    assert "22" not in text


def test_a_role_that_somebody_named_has_in_the_same_month_is_cited_without_a_date() -> None:
    people = STUDY | {"P07": Participant("P07", Attribution.ROLE, role="head of renewal")}
    assert cited(people, "P07") == "head of renewal"
    people["P07"] = replace(people["P07"], role="Warden")
    assert cited(people, "P07") == "Warden, interviewed April 2024"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Street Wardens", "Street Wardens Project Officer", True),
        ("officer, council", "Council Officer", True),
        ("Officer", "Head of Renewal", False),
        ("", "Chair", False),
    ],
)
def test_roles_read_alike_where_one_holds_all_words_of_the_other(
    one: str, other: str, alike: bool
) -> None:
    assert reads_like(plain_words(one), plain_words(other)) is alike


# -- organisations, however they are written -------------------------------------------------------

DIRECTOR = Participant(
    "P90",
    NAMED,
    role="Director of Neighbourhood Renewal and Partnership",
    organisation="Sheffield City Council",
)
WARDENS = Participant(
    "P57",
    NAMED,
    role="Neighbourhood Management Project Officer",
    organisation="Haringey Council",
)
OFFICER = Participant(
    "P35", BY_OFFICE, role="Council officer", organisation="Sheffield City Council"
)
CITED: dict[str, tuple[str, ...]] = {
    "P57": ("2009-03-25",),
    "P90": ("2009-04-22",),
    "P35": ("2009-04-24",),
}


def beside(person: Participant, *others: Participant) -> str:
    """How somebody is cited who was met on the day of the first of the others."""
    people = {one.code: one for one in (person, *others)}
    (day,) = CITED[others[0].code]
    return consent(people, CITED | {person.code: (day,)}).text(person.code, day)


@pytest.mark.parametrize(
    ("role", "organisation"),
    [
        ("Sheffield City Council Officer", None),
        ("Officer", "Sheffield City Council"),
        ("Officer", "The Sheffield City Council"),
        ("Officer", "sheffield city council ltd."),
        ("Sheffield officer", "City Council"),
        ("Officer", "Housing, Sheffield City Council"),
    ],
)
def test_an_organisation_is_found_however_it_is_written(
    role: str, organisation: str | None
) -> None:
    person = Participant("P91", BY_OFFICE, role=role, organisation=organisation)
    said = ", ".join(one for one in (role, organisation) if one)
    assert beside(person, DIRECTOR, OFFICER) == f"{said}, interviewed April 2009"
    assert beside(person, DIRECTOR) == said


def test_an_organisation_that_a_named_persons_role_says_is_theirs() -> None:
    role = f"{DIRECTOR.role} {DIRECTOR.organisation}"
    in_one = replace(DIRECTOR, role=role, organisation=None)
    person = Participant("P91", BY_OFFICE, role="Officer", organisation="Sheffield City Council")
    assert (
        beside(person, in_one, OFFICER) == "Officer, Sheffield City Council, interviewed April 2009"
    )


@pytest.mark.parametrize(
    ("role", "organisation", "left"),
    [
        ("Neighbourhood Management", "Haringey Council", ANONYMOUS_TEXT),
        (None, "Neighbourhood Management, Haringey Council", ANONYMOUS_TEXT),
        ("Neighbourhood Management, Haringey Council", None, ANONYMOUS_TEXT),
        ("Haringey Council Treasurer", None, "Haringey Council Treasurer"),
    ],
)
def test_a_unit_of_a_named_persons_organisation_does_not_lead_to_them(
    role: str | None, organisation: str | None, left: str
) -> None:
    person = Participant("P84", BY_OFFICE, role=role, organisation=organisation)
    assert beside(person, WARDENS) == left
    colleague = Participant("P35", BY_OFFICE, role="Clerk", organisation="Haringey Council")
    people = {one.code: one for one in (person, WARDENS, colleague)}
    day, another = CITED["P57"][0], "2009-03-26"
    agreed = consent(people, {"P57": (day,), "P84": (day,), "P35": (another,)})
    assert "Management" not in agreed.text("P84", day)


def test_a_role_that_says_the_organisation_has_no_month_where_only_the_named_fits() -> None:
    person = Participant("P91", Attribution.ROLE, role="Sheffield City Council Officer")
    assert beside(person, DIRECTOR) == "Sheffield City Council Officer"
    said = beside(person, DIRECTOR, OFFICER)
    assert said == "Sheffield City Council Officer, interviewed April 2009"
    by_itself = replace(person, role="Officer")
    assert beside(by_itself, DIRECTOR) == "Officer, interviewed April 2009"


def test_an_organisation_in_other_words_is_said_to_be_so() -> None:
    person = Participant("P91", BY_OFFICE, role="Sheffield City Council Officer")
    people = {one.code: one for one in (person, DIRECTOR)}
    (finding,) = consent(people, CITED | {"P91": CITED["P90"]}).coarsened["P91"].findings
    assert finding.in_words == (
        "the same organisation in other words and day as P90, named now or earlier: no date is said"
    )


@given(
    words=st.lists(st.sampled_from(["Hall", "Barn", "Trust"]), min_size=1, max_size=3),
    article=st.sampled_from(["", "The ", "the "]),
    form=st.sampled_from(["", " Ltd", " Ltd.", " CIC", " C.I.C.", ", Limited", " CIO", " plc"]),
)
def test_neither_article_nor_form_in_law_makes_another_organisation(
    words: list[str], article: str, form: str
) -> None:
    plain = organisation_words(" and ".join(words))
    assert organisation_words(article + " & ".join(words) + form) == plain
    assert organisation_words("The Co") != plain
    assert organisation_words("The") == ("the",)


# -- alone in the frame ---------------------------------------------------------------------------

FRAME = {
    "P01": Participant("P01", place="Marle", stakeholder="officer"),
    "P02": Participant("P02", place="Marle", stakeholder="resident"),
    "P03": Participant("P03", place="Marle", stakeholder="resident"),
    "P04": Participant("P04", NAMED, place="Ashmere", stakeholder="officer"),
    "P05": Participant("P05", place="Wenbury", stakeholder="trader", attributes={"age": "44"}),
}


@pytest.mark.parametrize("audience", Audience)
def test_what_only_one_unnamed_person_has_is_not_said_in_a_publication(audience: Audience) -> None:
    shown = consent(FRAME, {}, audience=audience)
    is_team = audience is Audience.TEAM

    assert shown.shows("P02", "place") == "Marle"
    assert shown.shows("P02", "stakeholder") == "resident"
    assert shown.shows("P01", "place") == "Marle"  # kept: two more are of Marle
    assert (shown.shows("P01", "stakeholder") == "officer") is is_team
    assert shown.shows("P04", "place") == "Ashmere"
    for name in ("place", "stakeholder", "age"):
        assert (shown.shows("P05", name) is not None) is is_team
    assert [one.by for one in shown.coarsened["P05"].findings] == [
        "alone in place and stakeholder",
        "alone in age",
    ]


def test_a_role_that_is_said_counts_with_the_frame() -> None:
    people = {
        "P01": Participant("P01", Attribution.ROLE, role="Warden", place="Marle"),
        "P02": Participant("P02", Attribution.ROLE, role="Nurse", place="Marle"),
        "P03": Participant("P03", Attribution.ROLE, role="Nurse", place="Marle"),
    }
    shown = consent(people, {}, audience=Audience.PUBLICATION)

    assert shown.shows("P01", "place") is None
    assert shown.shows("P02", "place") == "Marle"


def test_two_told_apart_by_somebody_named_are_not_two() -> None:
    people = {
        "P01": Participant("P01", NAMED, place="Marle"),
        "P02": Participant("P02", BY_OFFICE, role="Officer", place="Marle"),
        "P03": Participant("P03", place="Marle"),
        "P04": Participant("P04", place="Ashmere"),
        "P05": Participant("P05", place="Ashmere"),
    }
    shown = consent(people, {}, audience=Audience.PUBLICATION)

    assert shown.shows("P03", "place") is None
    assert shown.shows("P04", "place") == "Ashmere"
    assert shown.shows("P01", "place") == "Marle"


def test_where_the_place_of_one_is_not_said_the_other_is_not_left_alone_with_it() -> None:
    people = {
        "P01": Participant("P01", Attribution.ROLE, role="Warden", place="Marle"),
        "P02": Participant("P02", place="Marle"),
        "P03": Participant("P03", place="Ashmere"),
        "P04": Participant("P04", place="Ashmere"),
    }
    shown = consent(people, {}, audience=Audience.PUBLICATION)

    assert shown.shows("P01", "place") is None  # the only warden
    assert shown.shows("P02", "place") is None
    assert shown.shows("P03", "place") == "Ashmere"


def test_a_fact_of_an_interview_that_only_one_person_has_is_not_said(
    store: Store, folder: Path
) -> None:
    rows = ["interview_id,file,participant,attribution,strand,language"]
    for code, level, strand, language in (
        ("P01", "anonymous", "depth", "pl"),
        ("P02", "anonymous", "street", "en"),
        ("P03", "role", "street", "en"),
        ("P04", "named", "visit", "en"),
    ):
        write(folder, {f"{code}.txt": dialogue(code, "A grant came.")})
        rows.append(f"{code},{code}.txt,{code},{level},{strand},{language}")
    write(folder, {"m.csv": "\n".join(rows) + "\n"})
    assert bring_in(store, manifest=folder / "m.csv").written

    def values(audience: Audience, name: str) -> dict[str, str | None]:
        with store.reading() as session:
            corpus = Corpus(session, audience=audience)
            return {
                person.code: shown_value(name, corpus.consent, transcript, person)
                for transcript, person in corpus.cases()
                if person is not None
            }

    assert values(Audience.TEAM, "strand")["P01"] == "depth"
    assert values(Audience.PUBLICATION, "strand") == {
        "P01": None,
        "P02": "street",
        "P03": "street",
        "P04": "visit",
    }
    assert values(Audience.PUBLICATION, "language")["P01"] is None
    assert values(Audience.PUBLICATION, "language")["P02"] == "en"


# -- always ---------------------------------------------------------------------------------------

words = st.sampled_from([None, "Officer", "Council officer", "Chair"])
houses = st.sampled_from([None, "Marle", "The Hall"])
dates = st.lists(
    st.sampled_from(["2024-03-25", "2024-03-30", "2024-04-22", "2023-03-25"]), max_size=2
)


@st.composite
def studies(draw: st.DrawFn) -> tuple[dict[str, Participant], dict[str, tuple[str, ...]]]:
    """Some people of few organisations on few days, at any level."""
    count = draw(st.integers(2, 6))
    people, days = {}, {}
    for at in range(count):
        code = f"P{at:02}"
        level = draw(st.sampled_from(Attribution))
        people[code] = Participant(
            code,
            level,
            role=draw(words),
            organisation=draw(houses),
            place=draw(houses),
            stakeholder=draw(words),
        )
        days[code] = tuple(sorted(set(draw(dates))))
    return people, days


@given(study=studies(), past=st.sets(st.sampled_from(["P00", "P01", "P02"])))
def test_no_unnamed_attribution_equals_a_named_one_in_organisation_and_date(
    study: tuple[dict[str, Participant], dict[str, tuple[str, ...]]], past: set[str]
) -> None:
    people, days = study
    exports = (left(dict.fromkeys(past & set(people), WHOLE)),)
    shown = consent(people, days, exports=exports)
    named = {
        (plain_words(one.organisation or ""), day)
        for code, one in people.items()
        if one.attribution is NAMED or code in past
        for day in days[code]
        if one.organisation
    }
    for code, one in people.items():
        if one.attribution is NAMED:
            assert code not in shown.coarsened
            continue
        organisation = shown.shows(code, "organisation")
        for day in days[code]:
            is_whole = shown.precision(code) is Precision.DAY
            assert not (organisation and is_whole and (plain_words(organisation), day) in named)


@given(study=studies())
def test_in_a_publication_nobody_is_alone_in_what_is_said_of_their_frame(
    study: tuple[dict[str, Participant], dict[str, tuple[str, ...]]],
) -> None:
    people, days = study
    shown = consent(people, days, audience=Audience.PUBLICATION)
    levels = (Attribution.ANONYMOUS, Attribution.PSEUDONYM, Attribution.ROLE)
    said = {
        code: {name: shown.shows(code, name) for name in ("place", "stakeholder")}
        for code, one in people.items()
        if one.attribution in levels
    }
    for code, mine in said.items():
        facts = {(name, value) for name, value in mine.items() if value}
        assert not facts or any(
            facts <= set(theirs.items()) for other, theirs in said.items() if other != code
        )


def test_who_could_not_be_found_is_cited_with_nothing_less() -> None:
    assert "P06" not in consent(STUDY).coarsened
    assert Coarsening() == Coarsening(Precision.DAY, frozenset(), ())
