"""Whose name may not leave, and what stands in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from services.study import BY, bring_in, dialogue, tick, write

from qualcode.model.names import Decision, ListedName, NameKind, Verdict
from qualcode.services import people
from qualcode.services.consent.agreed import consent_of
from qualcode.services.consent.names import forbidden as forbidding
from qualcode.services.consent.names import settling as names
from qualcode.services.consent.names.forbidden import Forbidden, Terms
from qualcode.store import identities
from qualcode.store.store import Store
from qualcode.text.names.finder import Term
from qualcode.text.names.forms import parts, whole_forms

Knowing = Callable[..., None]


@pytest.fixture
def knowing(store: Store) -> Knowing:
    """Makes a participant known, by code and what is set of them."""

    def know(code: str, **facts: str) -> None:
        people.set_participant(store, code, facts, new=True, by=BY, at=tick())

    return know


def of(store: Store) -> Forbidden:
    with store.reading() as session:
        return forbidding.forbidden(session, consent_of(session))


def shown(store: Store, text: str) -> str:
    """The text as it may be shown."""
    for edit in reversed(of(store).edits(text)):
        text = f"{text[: edit.span.start]}{edit.shown}{text[edit.span.end :]}"
    return text


def hits(store: Store, text: str) -> list[str]:
    """What the gate finds in a text that was to be without names."""
    return [text[one.span.start : one.span.end] for one in of(store).found(text)]


def put(store: Store, *what: ListedName | Decision) -> None:
    store.hold_identities()
    with store.names_written() as session:
        identities.put(
            session,
            listed=[one for one in what if isinstance(one, ListedName)],
            decisions=[one for one in what if isinstance(one, Decision)],
        )


def say(store: Store, folder: Path, *answers: str) -> None:
    """A transcript in which somebody says this."""
    write(folder, {"T1.txt": dialogue("Her", *answers)})
    assert bring_in(store, folder / "T1.txt").written


@pytest.mark.parametrize("level", ["role-organisation", "role", "anonymous", "withheld"])
def test_at_every_level_below_named_a_name_is_shown_as_the_code(
    store: Store, knowing: Knowing, level: str
) -> None:
    knowing("P07", name="Sarah Jones", aliases="Sal; Auntie Sal", attribution=level)
    said = "Mrs Jones’s hall; Jones, Sarah; S. Jones; SAL; Auntie Sal; Annual Salt"
    assert shown(store, said) == "Mrs [P07]’s hall; [P07]; [P07]; [P07]; Auntie [P07]; Annual Salt"


def test_a_pseudonym_is_what_is_shown_of_who_chose_one(store: Store, knowing: Knowing) -> None:
    knowing("P04", name="Hiwot Tesfay", attribution="pseudonym", pseudonym="Miriam")
    knowing("P05", name="Ruth Adeyemi", attribution="pseudonym")
    assert shown(store, "Hiwot met Ruth Adeyemi") == "[Miriam] met [P05]"


def test_whoever_agreed_to_be_named_is_named(store: Store, knowing: Knowing) -> None:
    knowing("P01", name="Nasreen Holroyd", attribution="named")
    assert shown(store, "Nasreen, or Nasreen Holroyd") == "Nasreen, or Nasreen Holroyd"
    assert hits(store, "Holroyd, Nasreen, Chair") == []


def test_a_part_that_a_named_person_shares_is_nobodys(store: Store, knowing: Knowing) -> None:
    knowing("P01", name="Sarah Smith", attribution="named")
    knowing("P07", name="Sarah Jones")
    assert shown(store, "Sarah Smith, Sarah Jones, Smith, Jones, Sarah") == (
        "Sarah Smith, [P07], Smith, [P07]"
    )
    assert shown(store, "Then Sarah said") == "Then [name] said"


def test_a_part_that_two_unnamed_share_is_nobodys(store: Store, knowing: Knowing) -> None:
    knowing("P07", name="Sarah Jones")
    knowing("P08", name="Sarah Holt")
    assert shown(store, "Sarah Holt, and Sarah, and Jones") == "[P08], and [name], and [P07]"


def test_of_two_who_bear_one_name_only_the_attribution_says_it(
    store: Store, knowing: Knowing
) -> None:
    knowing("P01", name="Sarah Jones", attribution="named")
    knowing("P07", name="Sarah Jones")
    assert shown(store, "I am Sarah Jones") == "I am [name]"
    assert hits(store, "Jones, Sarah, Chair") == []
    assert hits(store, "Sarah") == ["Sarah"]


def test_listed_names_are_shown_as_was_said_or_by_their_kind(store: Store) -> None:
    put(
        store,
        ListedName("Kofi Mensah", aliases=("Kof",)),
        ListedName("Ada Holt", shown="a neighbour"),
        ListedName("Mill Lane", NameKind.PLACE),
        ListedName("The Fold", NameKind.ORGANISATION, "a charity"),
    )
    assert shown(store, "Kof and Mr Mensah, Ada in Mill Lane at the Fold; a lane, a fold") == (
        "[name] and Mr [name], [a neighbour] in [place] at [a charity]; a lane, a fold"
    )


def test_an_organisation_that_nobody_may_be_cited_with_is_not_said(
    store: Store, knowing: Knowing
) -> None:
    knowing("P01", organisation="Marle Town Council", attribution="role-organisation")
    knowing("P02", organisation="Open Door", attribution="role")
    knowing("P03", organisation="Marle Town Council", attribution="withheld")
    knowing("P04", organisation="The Council", attribution="anonymous")
    assert shown(store, "Marle Town Council, OPEN DOOR, a Council, the council") == (
        "Marle Town Council, [organisation], a Council, the council"
    )
    assert shown(store, "at the Council, at open door") == "at [organisation], at [organisation]"
    assert hits(store, "at Open Door, Marle Town Council") == ["Open Door"]


def test_an_organisation_spoken_of_as_any_of_its_kind_is_nobodys_name(
    store: Store, knowing: Knowing
) -> None:
    knowing("P04", organisation="The Youth Club", attribution="anonymous")
    said = "a youth club, the youth club. Youth club is on. The youth club"
    assert shown(store, said) == said
    assert hits(store, said) == []
    assert shown(store, "at the Youth Club, THE YOUTH CLUB") == "at [organisation], [organisation]"

    knowing("P05", organisation="Red House", attribution="anonymous")
    assert shown(store, "a red house, red-house.txt, Red House") == (
        "a red house, [organisation].txt, [organisation]"
    )


def test_that_a_kind_with_a_capital_is_no_name_is_settled_for_all_its_forms(
    store: Store, knowing: Knowing, folder: Path
) -> None:
    knowing("P04", organisation="The Council", attribution="anonymous")
    knowing("P05", organisation="Open Door", attribution="anonymous")
    say(store, folder, "The council, so the Council said. I went to the Council, and Open Door.")
    (form,) = names.find_names(store).kinds
    assert (form.form, form.times, form.near) == ("the Council", 2, ("[organisation]",))

    names.settle(store, "the Council", word=True, by=BY, at=tick())
    assert names.find_names(store).kinds == ()
    assert shown(store, "The Council and Open Door") == "The Council and [organisation]"


def test_a_family_is_shown_as_nobodys_and_no_other_s_name_is_taken_for_it(
    store: Store, knowing: Knowing, folder: Path
) -> None:
    say(store, folder, "All of the Okafors came, the Roberts family too.")
    knowing("P07", name="Ndidi Okafor")
    knowing("P08", name="Ada Robert")
    knowing("P09", name="Bea Roberts")
    assert shown(store, "the Okafors; Roberts; Joneses") == "the [name]; [P09]; Joneses"
    assert names.find_names(store).unsettled == ()


def test_a_place_or_an_organisation_that_holds_a_whole_name_does_not_say_it(
    store: Store, knowing: Knowing
) -> None:
    knowing("P01", organisation="Friends of Wanda Fairweather", attribution="role-organisation")
    knowing("P02", place="Wanda Fairweather House", stakeholder="with W. Fairweather")
    knowing("P07", name="Wanda Fairweather")
    for said in ("Friends of Wanda Fairweather", "Wanda Fairweather House"):
        assert hits(store, said) == ["Wanda Fairweather"]
    assert hits(store, "with W. Fairweather") == ["W. Fairweather"]


def test_a_name_within_an_organisation_that_is_cited_stays(store: Store, knowing: Knowing) -> None:
    knowing("P01", organisation="Fairweather Trust", attribution="role-organisation")
    knowing("P07", name="Wanda Fairweather")
    assert shown(store, "Fairweather at the Fairweather Trust") == "[P07] at the Fairweather Trust"


def test_a_surname_that_is_also_a_place_is_masked_in_words_and_not_in_labels(
    store: Store, knowing: Knowing
) -> None:
    knowing("P07", name="Jo Pendle", place="Pendle")
    said = "In Pendle, Mr Pendle, Jo Pendle, Jo M. Pendle and Pendle's hall"
    # A code in the place of a place would say whose surname it is.
    assert shown(store, said) == "In [name], Mr [P07], [P07], [P07] and [P07]'s hall"
    assert hits(store, "Pendle") == []
    put(store, Decision("Pendle", Verdict.WORD, "P07"))
    assert shown(store, "In Pendle, Mr Pendle, Jo Pendle") == "In Pendle, Mr [P07], [P07]"


def test_a_surname_that_is_a_word_is_nobody_s_in_small_letters_where_capitals_are_written(
    store: Store, knowing: Knowing, folder: Path
) -> None:
    knowing("P06", name="Ian Klein")
    said = "das war klein; Ian Klein; ian klein; Mr Klein; KLEIN; Klein und klein-teilig"
    as_theirs = "das war [P06]; [P06]; [P06]; Mr [P06]; [P06]; [P06] und [P06]-teilig"
    assert shown(store, said) == as_theirs, "nothing is known of how the texts are written"
    say(store, folder, "Wir waren da. Da war es sehr klein. Und wir haben es und den Raum da.")
    # The code in the place of the word would say whose surname it is.
    assert shown(store, said) == (
        "das war [name]; [P06]; [P06]; Mr [P06]; [P06]; [P06] und [name]-teilig"
    )


def test_a_place_opens_its_own_spelling_and_no_person_s_name(
    store: Store, knowing: Knowing
) -> None:
    knowing("P02", name="Nasreen Wolstenholme")
    knowing("P07", place="Wolstenholme", stakeholder="friends of Wolstenholme")
    for said in ("Wolstenholme", "Interviews in Wolstenholme, 2024"):
        assert hits(store, said) == []
    for said in ("Ms Wolstenholme in words", "wolstenholme.html", "Wolstenholme's story"):
        assert len(hits(store, said)) == 1
    assert hits(store, "friends of Wolstenholme") == []
    knowing("P08", place="Marle")
    people.set_participant(store, "P07", {"place": "Marle"}, by=BY, at=tick())
    assert hits(store, "friends of Wolstenholme") == ["Wolstenholme"]


WHOLE = [
    ("Nasreen W. said no. Then Nasreen W.", "[P02] said no. Then [P02]."),
    ("Nasreen Jane Wolstenholme; Nasreen “Naz” Wolstenholme", "[P02]; [P02]"),
    ("Mrs Wolstenholme-Smith, Smith-Wolstenholme's", "Mrs [P02], [P02]'s"),
    ("Nasreen and N. Wolstenholme-based", "[P02] and [P02]-based"),
    ("Nasreen. Jane Wolstenholme", "[P02]. Jane [P02]"),
    ("Nasreen what? Nasreen\nWolstenholme", "[P02] what? [P02]"),
    ("Nasreen The Other Wolstenholme, Non-Wolstenholme", "[P02] The Other [P02], Non-[P02]"),
]


@pytest.mark.parametrize(("said", "expected"), WHOLE)
def test_one_name_has_one_mask_with_what_belongs_to_it(said: str, expected: str) -> None:
    forms = (*whole_forms("Nasreen Wolstenholme"), *parts("Nasreen Wolstenholme"))
    terms = Terms(masked=tuple(Term(form, "[P02]") for form in forms))
    for edit in reversed(Forbidden(terms, names_at_hand=True).edits(said)):
        said = f"{said[: edit.span.start]}{edit.shown}{said[edit.span.end :]}"
    assert said == expected


def test_half_a_name_is_no_word_of_the_study_for_standing_there(
    store: Store, knowing: Knowing, folder: Path
) -> None:
    knowing("P07", name="Ada Norrstead")
    knowing("P08", name="Bo Butterfield")
    knowing("P09", name="Hal Ashingham")
    knowing("P10", name="Flo Fairweather")
    said = (
        "From <b>Nor</b>rstead, norr-\nstead, But-terfield, *B*utterfield, Ash ingham and Ash\t"
        "ingham. So fair-weather and Fair weather it was"
    )
    say(store, folder, said, "The weather is fair, but we stay.")
    assert shown(store, said) == (
        "From <b>[P07], [P07], [P08], *[P08], [P09] and [P09]. "
        "So fair-weather and Fair weather it was"
    )


def test_a_misspelt_name_is_nobodys_until_somebody_settles_it(
    store: Store, knowing: Knowing, folder: Path
) -> None:
    knowing("P07", name="Thomas Stevens")
    say(store, folder, "Then Tomas came, and Steven. I saw Tomas.", "A Stephens?")
    assert shown(store, "Tomas, Steven") == "[name], [name]"
    assert set(of(store).terms.misspelt or ()) == {"Steven", "Tomas"}

    put(store, Decision("Tomas", Verdict.PARTICIPANT, "P07"))
    put(store, Decision("Steven", Verdict.OTHER_PERSON, "P07"))
    assert shown(store, "Tomas, Steven") == "[P07], Steven"
    assert of(store).terms.misspelt == {}


def test_a_form_can_be_a_listed_name(store: Store) -> None:
    put(store, ListedName("Kofi Mensah", shown="a neighbour"))
    put(store, Decision("Coffee", Verdict.LISTED, "Kofi Mensah"))
    assert shown(store, "Then Coffee came") == "Then [a neighbour] came"


def test_addresses_and_numbers_are_masked_and_websites_are_not(store: Store) -> None:
    said = "me@hall.org, (020) 7946 0958, N17 6LA, 943 476 5919, born 3 May 1961, www.hall.org"
    assert shown(store, said) == (
        "[e-mail], [telephone number], [postcode], [NHS number], born [date of birth], www.hall.org"
    )


def test_a_name_within_an_address_is_masked_once(store: Store, knowing: Knowing) -> None:
    knowing("P07", name="Sarah Jones")
    assert shown(store, "to sarah.jones@hall.org") == "to [e-mail]"


def test_what_is_shown_in_a_names_place_is_no_hit(store: Store, knowing: Knowing) -> None:
    knowing("P04", name="Hiwot Tesfay", attribution="pseudonym", pseudonym="Bunny")
    knowing("P07", name="Sarah Jones")
    put(store, Decision("Bunny", Verdict.PARTICIPANT, "P07"))
    assert hits(store, "Bunny (pseudonym), interviewed May 2024: [Bunny] met [P07]") == []
    assert hits(store, "Bunny met [P07]") == ["Bunny"]


def test_without_the_names_it_is_said_that_none_was_looked_for(store: Store) -> None:
    assert not of(store).names_at_hand
    assert not of(store)
    store.hold_identities()
    assert of(store).names_at_hand


def test_it_is_worked_out_once_and_follows_what_is_decided(store: Store, knowing: Knowing) -> None:
    knowing("P07", name="Sarah Jones")
    with store.reading() as session:
        consent = consent_of(session)
        first = forbidding.forbidden(session, consent)
        assert forbidding.forbidden(session, consent_of(session)) is first
    assert of(store) is first
    with store.names_written() as session:
        before = forbidding.forbidden(session, consent)
        identities.put(session, listed=[ListedName("Kofi")])
        after = forbidding.forbidden(session, consent)
    assert (before.edits("Kofi"), len(after.edits("Kofi"))) == ((), 1)


def test_edits_are_in_order_and_neighbours_are_one(store: Store, knowing: Knowing) -> None:
    knowing("P07", name="Ama Serwaa Boateng")
    text = "Serwaa Ama and N17 6LA and Ama"
    edits = of(store).edits(text)
    assert [text[edit.span.start : edit.span.end] for edit in edits] == [
        "Serwaa Ama",
        "N17 6LA",
        "Ama",
    ]


def test_what_an_address_leaves_of_a_name_is_hidden_beside_it(
    store: Store, knowing: Knowing
) -> None:
    knowing("P17", name="Quetzalline Ostrander")
    said = "Write to Quetzalline Ostrander@mail.org today, or to Ostrander."
    assert shown(store, said) == "Write to [P17] [e-mail] today, or to [P17]."


def test_names_are_worked_out_once_for_a_store_and_forgotten_with_it(
    store: Store, knowing: Knowing
) -> None:
    knowing("P17", name="Quetzalline Ostrander")
    first = of(store)
    assert of(store) is first
    knowing("P18", name="Bea Munn")
    assert of(store) is not first
    latest = of(store)
    store.close()
    assert of(store) is not latest
