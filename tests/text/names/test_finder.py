"""Names wherever they stand and however they are written; what only looks like one stays."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text.terms import SARAH, of_person, shown, texts

from qualcode.model.spans import Span
from qualcode.text.names.finder import NameFinder, Term
from qualcode.text.names.forms import families


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I saw Sarah Jones there.", "I saw [P07] there."),
        ("Jones, Sarah, Chair", "[P07], Chair"),
        ("S. Jones and S Jones and Jones, S.", "[P07] and [P07] and [P07]."),
        ("Mrs Jones and Dr. Sarah Jones", "Mrs [P07] and Dr. [P07]"),
        ("Jones's hall, Jones' hall, Sarah’s hall", "[P07]'s hall, [P07]' hall, [P07]’s hall"),
        ("SARAH said, sarah said", "[P07] said, [P07] said"),
        ("Sarah\nJones and Sarah  Jones", "[P07] and [P07]"),
        ("sarah_jones.docx, sarah-jones, @SarahJones", "[P07].docx, [P07], @[P07]"),
        ("Sarah. Jones came later", "[P07]. [P07] came later"),
        ("P07sarah2 and 1Jones1", "P07[P07]2 and 1[P07]1"),
        ("Sa\u00adrah and S\u200barah\u200d came", "[P07] and [P07] came"),
        ("Ｓａｒａｈ", "[P07]"),
        ("Sarahs, Jonesy, Annual, Sara", "Sarahs, Jonesy, Annual, Sara"),
        ("it's jones", "it's [P07]"),
        ("", ""),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, expected: str) -> None:
    assert shown(text, SARAH) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Ann Lee", "Annual, annually, ANN, Ann's", "Annual, annually, [X], [X]'s"),
        ("Siobhán Ó Briain", "Siobhan O'Briain; SIOBHÁN; Ó Briain", "[X]; [X]; [X]"),
        ("Anne-Marie O'Neil", "Annemarie, Anne‑Marie O’Neil, ONeil", "[X], [X], [X]"),
        ("Þórður Jónsson", "Þ. Jónsson, Thordur", "[X], [X]"),
        ("St. Mary", "st. mary, St Mary", "[X], [X]"),
        ("Zoë Ødegård", "Zoe Odegard and zoë", "[X] and [X]"),
        ("Jan van der Berg", "Mr Van der Berg, Berg, van", "Mr [X], [X], van"),
        ("Ama Serwaa Boateng OBE", "Boateng, Ama Serwaa; Ama S. Boateng", "[X]; [X]"),
        ("Boateng, Ama", "Ama Boateng and A. Boateng", "[X] and [X]"),
        ("Auntie A", "Auntie A had a day", "[X] had a day"),
        ("Madonna", "madonna", "[X]"),
        ("王小明", "我见到王小明了", "我见到[X]了"),
        ("김민수", "김민수는 왔다", "[X]는 왔다"),
        ("محمد", "قال محمد نعم", "قال [X] نعم"),
        ("Иван Петров", "Петров, Иван и ИВАН", "[X] и [X]"),
    ],
)
def test_names_of_many_shapes_and_writings(name: str, text: str, expected: str) -> None:
    assert shown(text, of_person(name, "[X]")) == expected


@pytest.mark.parametrize("name", ["Participant 7", "unknown", "Mr", "7", "", "—"])
def test_what_names_nobody_is_not_looked_for(name: str) -> None:
    assert not NameFinder(of_person(name, "[X]"))


@pytest.mark.parametrize("name", ["Harbour Women's Group", "St Mary's Trust", "Sunny's"])
@pytest.mark.parametrize("sign", ["'", "\N{RIGHT SINGLE QUOTATION MARK}", ""])
def test_an_s_behind_an_apostrophe_is_no_initial(name: str, sign: str) -> None:
    terms = [Term(name, "[organisation]")]
    for written in (name, name.upper()):
        said = f"ask {written.replace(chr(39), sign)}, it's Jones"
        assert shown(said, terms) == "ask [organisation], it's Jones"


def test_composed_and_decomposed_accents_are_one() -> None:
    terms = of_person("Siobhán Ó Briain", "[P08]")
    text = unicodedata.normalize("NFD", "Then Siobhán Ó Briain said é.")
    assert shown(text, terms) == unicodedata.normalize("NFD", "Then [P08] said é.")
    decomposed = of_person(unicodedata.normalize("NFD", "Siobhán Ó Briain"), "[P08]")
    assert shown("Then Siobhán Ó Briain said é.", decomposed) == "Then [P08] said é."


def test_whoever_agreed_to_be_named_is_left_as_they_are() -> None:
    named = of_person("Sarah Smith", None)
    terms = [*named, Term("Sarah", "[name]"), *SARAH]
    assert shown("Sarah Smith, and Smith, Sarah, and Sarah", terms) == (
        "Sarah Smith, and Smith, Sarah, and [name]"
    )


def test_the_longer_of_two_names_holds() -> None:
    terms = [*of_person("Sarah Jones", None), *of_person("Sarah Jones Smith", "[P09]")]
    assert shown("Sarah Jones Smith met Sarah Jones", terms) == "[P09] met Sarah Jones"


def test_a_whole_name_turned_round_holds_a_surname_of_two_words() -> None:
    terms = [*of_person("Siobhán Ó Briain", None), Term("Ó Briain", "[name]")]
    assert shown("Ó Briain, Siobhán, Chair; Ó Briain, S., or Ó Briain", terms) == (
        "Ó Briain, Siobhán, Chair; Ó Briain, S., or [name]"
    )


def test_in_a_row_of_names_nobody_lends_theirs_to_the_next() -> None:
    terms = [*of_person("Sarah Smithson", None), *SARAH, Term("Sarah", "[name]")]
    assert shown("Sarah Smithson, Sarah Jones, Smithson", terms) == (
        "Sarah Smithson, [P07], Smithson"
    )
    assert shown("Mr Smithson, Sarah Jones", terms) == "Mr Smithson, [P07]"


def test_the_small_form_of_an_everyday_word_is_the_word() -> None:
    will = of_person("Will Grant", "[P03]")
    assert shown("I will ask for a grant. Will came. WILL", will) == (
        "I will ask for a grant. [P03] came. [P03]"
    )
    assert shown("so mr will said", will) == "so mr [P03] said"


@pytest.mark.parametrize("word", ["group", "work", "council", "voice", "link", "member", "money"])
def test_the_small_form_of_a_common_word_is_the_word(word: str) -> None:
    person = of_person(f"Ian {word.title()}", "[P06]")
    assert shown(f"the {word} and Mr {word}, {word.title()}", person) == (
        f"the {word} and Mr [P06], [P06]"
    )


@pytest.mark.parametrize("name", ["Grace Young", "Amber Law", "Rose May Hill", "Jo Hall"])
@pytest.mark.parametrize("between", [" ", "-", "_"])
def test_a_whole_name_of_everyday_words_is_the_name_in_any_case(name: str, between: str) -> None:
    hidden = of_person(name, "[P04]")
    *given, surname = name.lower().split()
    for words in ([*given, surname], [surname, *given]):
        assert shown(f"i asked {between.join(words)} there", hidden) == "i asked [P04] there"


def test_a_name_of_nothing_but_grammar_is_words_where_it_is_spoken() -> None:
    vu, an = of_person("May You", "[P05]"), of_person("An Do", "[P06]")
    assert shown("as you may, may you do an hour", [*vu, *an]) == "as you may, may you do an hour"
    assert shown("may-you.txt, an_do, May You", [*vu, *an]) == "[P05].txt, [P06], [P05]"


def test_a_thousand_marks_that_turn_words_and_never_end_hide_nothing() -> None:
    jane = of_person("Jane Okafor", "[P02]")
    assert shown("x \u202e" * 2000 + " enaJ", jane) == "x \u202e" * 2000 + " [P02]"


def test_a_month_beside_a_number_is_a_date_whoever_is_called_so() -> None:
    june = of_person("June May", "[P05]")
    dates = "12 June 2024, the 3rd of May, May 2024, June 4th, 12-May-24"
    assert shown(dates, june) == dates
    assert shown("I saw June, and May said 2", june) == "I saw [P05], and [P05] said 2"
    assert shown("June May 2", june) == "[P05] 2"


def test_names_are_found_however_many_of_them_a_text_holds() -> None:
    listed = [f"Na{letter}{other}" for letter in "bcdfghklm" for other in ("lo", "mi", "ro", "si")]
    found = NameFinder([Term(name, "[X]") for name in listed]).find(" and ".join(listed))
    assert [one.term.words for one in found] == listed


def test_a_form_that_was_said_to_be_a_word_is_found_only_behind_a_title() -> None:
    text = "In Pendle, and Mr Pendle, and Jo Pendle"
    terms = of_person("Jo Pendle", "[P04]")
    assert shown(text, terms, words=["pendle"]) == "In Pendle, and Mr [P04], and [P04]"


def test_a_hit_says_which_term_it_was() -> None:
    (found,) = NameFinder(SARAH).find("with Jones, Sarah there")
    assert (found.span, found.shown, found.term.words) == (Span(5, 17), "[P07]", "Jones, Sarah")


def test_a_verb_that_begins_a_sentence_with_its_subject_is_no_name() -> None:
    will = of_person("Will Law", "[P03]")
    said = "Will the grants come back? So? Will you. May: Will they? The law, by law.\n|\n> Will we"
    assert shown(said, will) == said
    assert shown("Will said. So Will the plumber came. Mr Will the. Law said so", will) == (
        "[P03] said. So [P03] the plumber came. Mr [P03] the. [P03] said so"
    )


def test_a_letter_that_is_a_word_is_no_initial_of_a_surname() -> None:
    terms = of_person("Sarah Iqbal", "[P06]")
    assert shown("Sarah I. and Sarah I think, Sarah i", terms) == (
        "[P06]. and [P06] I think, [P06] i"
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sarah Okafor", ("Okafors",)),
        ("Sarah Jones", ("Joneses",)),
        ("Sarah Lynch", ("Lynches",)),
        ("Sarah May", ()),
        ("Participant 7", ()),
    ],
)
def test_a_family_is_called_by_the_surname_unless_it_is_a_word(
    name: str, expected: tuple[str, ...]
) -> None:
    assert families(name) == expected


@given(texts)
def test_what_is_found_lies_in_the_text_in_order_and_apart(text: str) -> None:
    terms = [*SARAH, *of_person("Siobhán Ó Briain", "[P08]"), *of_person("Will Ann", None)]
    found = NameFinder(terms).find(text)
    ends = [0, *(one.span.end for one in found)]
    assert all(end <= one.span.start for end, one in zip(ends, found, strict=False))
    assert ends[-1] <= len(text)


around = st.text(alphabet=st.characters(exclude_categories=("L", "M", "N", "Cs")), max_size=5)
names = st.lists(
    st.text(alphabet=string.ascii_lowercase + "áéøßłñ", min_size=3, max_size=9).map(str.title),
    min_size=2,
    max_size=3,
).map(" ".join)


@given(names, texts, around, around, texts, st.sampled_from([str, str.upper, str.title]))
def test_a_planted_name_is_found_whatever_stands_around_it(
    name: str, before: str, left: str, right: str, after: str, written: type[str]
) -> None:
    finder = NameFinder([Term(f"{name} Zzyx", "[X]")])
    text = f"{before} {left}"
    planted = written(f"{name} Zzyx")
    found = finder.find(f"{text} {planted}{right} {after}")
    at = len(text) + 1
    assert any(one.span.start <= at and one.span.end >= at + len(planted) for one in found)
