"""Names wherever they stand and however they are written; what only looks like one stays."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text.samples import NASTY_STRINGS

from qualcode.model.spans import Span
from qualcode.text.identifiers import Identifier, is_nhs_number, patterns
from qualcode.text.name_forms import families, parts, whole_forms
from qualcode.text.name_guesses import unknown_names, variants, vocabulary
from qualcode.text.names import NameFinder, Term
from qualcode.text.plain import WORD, distinct_words, plain_spelling


def of_person(name: str, shown: str | None) -> list[Term]:
    """A person's name as the register of a study lists it."""
    forms = whole_forms(name) if shown is None else (*whole_forms(name), *parts(name))
    return [Term(form, shown) for form in forms]


def shown(text: str, terms: Iterable[Term], *, words: Iterable[str] = ()) -> str:
    """The text as it reads with what is found put in its place."""
    for found in reversed(NameFinder(terms, words=words).find(text)):
        text = f"{text[: found.span.start]}{found.shown}{text[found.span.end :]}"
    return text


SARAH = of_person("Sarah Jones", "[P07]")


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


@pytest.mark.parametrize(
    "written",
    ["0kaf0r", "0kafor", "<b>Oka</b>for", "<i>O</i>kafor", "Oka<br/>for", "Oka<br />for", "Okaf0r"],
)
def test_a_name_is_found_as_scans_and_markup_have_it(written: str) -> None:
    said = shown(f"with {written} there", of_person("Jane Okafor", "[P02]"))
    assert "[P02]" in said
    assert not any(piece in said.lower() for piece in ("oka", "0ka", "kafor"))


def test_digits_are_letters_only_where_letters_are_more() -> None:
    terms = [*of_person("Lois Loth", "[P03]"), *of_person("Ellis Stoker", "[P04]")]
    said = "on the 10th of 1015, 101s of 10kafor; 15toker, 35toker"
    assert shown(said, terms) == said
    assert shown("5toker and 1oth and E11is", terms) == "[P04] and [P03] and [P04]"


def test_every_one_of_thousands_of_broken_names_is_found() -> None:
    finder = NameFinder(of_person("Ann Wolstenholme", "[P02]"))
    assert len(finder.find("Wo1sten-holme and " * 3000)) == 3000


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


words = st.sampled_from(["sarah", "Jones", "Sarah", "will", "it's", "Ann", "Ó Briain", "\u0301"])
texts = st.lists(
    st.one_of(words, st.text(max_size=6), st.sampled_from(NASTY_STRINGS).map(lambda s: s[:40]))
).map(" ".join)


PIECES = [
    ("when Jo-\nnes came", "when [P07] came"),
    ("when Jo\u00ad\nnes came", "when [P07] came"),
    ("when Sarah Jo-\r\nnes came", "when [P07] came"),
    ("O'Hanra-\nhan pays", "[P08] pays"),
    ("it is J-O-N-E-S, Jones", "it is [P07], [P07]"),
    ("Sarah&nbsp;Jones, J&#111;nes, Jo&shy;nes & co", "[P07], [P07], [P07] & co"),
    ("Mary O&#39;Hanrahan &amp; me", "[P08] &amp; me"),
    ("Jo\u115fnes, Jo\u3164nes", "[P07], [P07]"),
    ("Jo-\nannes, a J-O-N-E-S-Y, R&D; Jo-\n\nnes", "Jo-\nannes, a J-O-N-E-S-Y, R&D; Jo-\n\nnes"),
]


@pytest.mark.parametrize(("text", "expected"), PIECES)
def test_a_name_written_in_pieces_or_by_the_names_of_signs_is_found(
    text: str, expected: str
) -> None:
    assert shown(text, [*SARAH, *of_person("Mary O'Hanrahan", "[P08]")]) == expected


BROKEN = [
    "Wolsten-holme",
    "W O L S T E N H O L M E",
    "W. O. L. S. T. E. N. H. O. L. M. E",
    "W.o.l.s.t.e.n.h.o.l.m.e",
    "Wolsten holme",
    "Wolstenhol- me",
    "Wolsten...holme",
    "Wolsten…holme",
    "Wolsten*holme",
    "Wolsten</b>holme",
    'Wolsten<span class="x y">holme',
    "Wol<br/>sten-holme",
    "Wolstenho1me",
    "W0l5t3nholme",
    "\u202eemlohnetsloW\u202c",
    "Wolstenholme&eacute;",
    "Wolstеnhоlme",
    "ѡolstenholme".replace("ѡ", "ԝ"),
    "WΟLSTENHΟLMΕ",
    "nwolstenholme",
    "nkwolstenholme",
]


@pytest.mark.parametrize("written", BROKEN)
def test_a_name_is_found_in_pieces_in_other_letters_and_as_a_handle(written: str) -> None:
    finder = NameFinder(of_person("Nasreen Kay Wolstenholme", "[P02]"))
    for text in (written, f"so @{written} came", f"({written}), a-b 1st"):
        (found,) = finder.find(text)
        begins = text.index(written)
        ends = begins + len(written)
        assert begins <= found.span.start < found.span.end <= ends
        assert (ends - begins) - (found.span.end - found.span.start) <= len("&eacute;")


def test_short_names_in_letters_that_look_alike_are_those_names() -> None:
    terms = [*of_person("Ruth Adeyemi", "[P05]"), *of_person("Li Ng", "[P09]")]
    assert shown("Аdeyemi, Adеyemi, Νg", terms) == "[P05], [P05], [P09]"


@pytest.mark.parametrize(
    "said",
    [
        "the la-w, a l.a.w and l-aw; wi-ll; n-g, N g, N.G.",
        "fair-weather friends, Fair weather, fair weather",
        "P0l5, 1aw, La1, W111, a1b2c3",
        "wolsten holme, a W O L S T E N H O L M, W-O-L-S-T-E-N-H-O-L-M-E-S",
        "Wolsten is here. Holme is there, and Wolsten, holme",
        "wolsten, wolstenholmes, wo1stenholmes",
    ],
)
def test_what_is_rather_words_of_their_own_is_no_name_in_pieces(said: str) -> None:
    terms = [
        *of_person("Ann Law", "[P01]"),
        *of_person("Li Ng", "[P02]"),
        *of_person("Jo Will", "[P03]"),
        *of_person("Eve Fairweather", "[P04]"),
        *of_person("Bea Wolstenholme", "[P05]"),
    ]
    found = NameFinder(terms, small={"fair", "weather", "friends"}).find(said)
    assert [said[one.span.start : one.span.end] for one in found] == []


@given(
    st.sampled_from(["Wolstenholme", "Adeyemi", "Suilleabhain"]),
    st.data(),
    st.sampled_from(["-", "- ", "-\n", "*", "...", "_", "<i>", "</b>", " "]),
    st.sampled_from(["", "and ", "so (", "P07: ", "<p>", "é "]),
)
def test_wherever_a_name_is_parted_it_is_found_whole(
    name: str, data: st.DataObject, sign: str, before: str
) -> None:
    at = data.draw(st.integers(3, len(name) - 3))
    text = f"{before}{name[:at]}{sign}{name[at:]} came"
    (found,) = NameFinder([Term(name, "[P02]")]).find(text)
    assert text[found.span.start : found.span.end] == f"{name[:at]}{sign}{name[at:]}"


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


def test_a_name_parted_at_a_line_s_end_with_its_hyphen_is_one() -> None:
    assert shown("Mrs Adeyemi-\nCole, Ade-\nyemi-Cole", of_person("Ola Adeyemi-Cole", "[P07]")) == (
        "Mrs [P07], [P07]"
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


@given(st.text())
def test_places_in_plain_spelling_lead_back_into_the_text(text: str) -> None:
    plain = plain_spelling(text)
    places = [plain.begins(at) for at in range(len(plain.text))]
    assert places == sorted(places)
    assert all(0 <= at < len(text) for at in places)
    assert plain.ends(len(plain.text)) == len(text)


@given(st.one_of(texts, st.text(), st.text(st.characters())))
def test_the_different_words_are_those_of_the_text_in_plain_spelling(text: str) -> None:
    plain = set(WORD.findall(plain_spelling(text).text))
    assert distinct_words(text) == {word.encode("utf-8", "surrogatepass") for word in plain}


@given(st.text())
def test_no_writing_stops_the_guesses(text: str) -> None:
    spans = unknown_names(text)
    assert spans == sorted(spans)
    assert all(text[span.start : span.end] for span in spans)
    points = [one.span for one in patterns(text)]
    assert all(a.end <= b.start for a, b in pairwise(points))
    variants(SARAH, vocabulary([text]))


def test_dates_of_birth_are_told_in_the_order_of_the_text() -> None:
    text = "My birthday is 3 May 1960, and he was born 4 June 1961; write to a@b.org, dob 5/6/62."
    found = [text[one.span.start : one.span.end] for one in patterns(text)]
    assert found == ["3 May 1960", "4 June 1961", "a@b.org", "5/6/62"]


# -- misspelt and unknown names -------------------------------------------------------------------


def test_a_variant_is_one_letter_away_and_never_in_small_letters() -> None:
    text = "Sara came, and Sarahs; Jonse, Jnoes, Jones. Sarha did. The sarahs of Somes, Jons!"
    found = variants(SARAH, vocabulary([text]))
    assert {form: near[0].words for form, near in found.items()} == {
        "Jnoes": "Jones",
        "Jonse": "Jones",
        "Jons": "Jones",
        "Sara": "Sarah",
        "Sarha": "Sarah",
    }


def test_a_month_or_a_short_name_has_no_variants() -> None:
    terms = of_person("Ann Marsh", "[P01]")
    assert variants(terms, vocabulary(["In March Anna met Ana"])) == {}


def test_names_that_nobody_knows_are_capitals_inside_sentences() -> None:
    text = (
        "So Ama Boateng came with Mr Kofi to Loom House. Then we saw Yaw. “Yaw” said so.\n"
        "Hall days. In the hall I met the Hall man, Monday."
    )
    assert [text[span.start : span.end] for span in unknown_names(text)] == [
        "Ama Boateng",
        "Kofi",
        "Loom House",
        "Yaw",
    ]


def test_a_vocabulary_counts_words_as_they_are_written() -> None:
    counts = vocabulary(["Sarah’s hall. SARAH", "Zoë, Sarah"])
    assert counts == {"Sarah": 2, "s": 1, "hall": 1, "SARAH": 1, "Zoë": 1}


# -- what points at a person without a name --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("Write to ama.b+x@hall.org.uk.", "e-mail", "ama.b+x@hall.org.uk"),
        ("See https://hall.org/a?b=1.", "web address", "https://hall.org/a?b=1"),
        ("See www.hall.org, then", "web address", "www.hall.org"),
        ("on (020) 7946 0958.", "telephone number", "(020) 7946 0958"),
        ("on 020 7946 0958.", "telephone number", "020 7946 0958"),
        ("on (0161) 496-0000.", "telephone number", "(0161) 496-0000"),
        ("on +44 (0)20 7946 0958.", "telephone number", "+44 (0)20 7946 0958"),
        ("on +44 7700 900123.", "telephone number", "+44 7700 900123"),
        ("on 07700900123.", "telephone number", "07700900123"),
        ("on (01632) 960 123", "telephone number", "(01632) 960 123"),
        ("at N17 6LA now", "postcode", "N17 6LA"),
        ("at ec1a1bb", "postcode", "ec1a1bb"),
        ("number 943 476 5919.", "NHS number", "943 476 5919"),
        ("number 9434765919", "NHS number", "9434765919"),
        ("I was born on 3 April 1961.", "date of birth", "3 April 1961"),
        ("born the 3rd of April", "date of birth", "3rd of April"),
        ("DOB: 03/04/61", "date of birth", "03/04/61"),
        ("my birthday is April 3rd, 1961", "date of birth", "April 3rd, 1961"),
    ],
)
def test_what_points_at_a_person_is_found(text: str, kind: str, stretch: str) -> None:
    (found,) = patterns(text)
    assert (found.kind, text[found.span.start : found.span.end]) == (Identifier(kind), stretch)


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 and 2020 we had 1,000,000 of them",
        "number 943 476 5918",
        "flat W1 2nd floor",
        "code P07 1AB and Q1 2AB",
        "a hash 0a1b2c07700900123ff",
        "I was born in Leeds. On 3 April 1961 we met",
        "at 10:15 on 3 April 1961",
        "@sarah, a@b",
    ],
)
def test_other_numbers_and_signs_are_left(text: str) -> None:
    assert patterns(text) == []


def test_an_nhs_number_has_its_check_digit() -> None:
    assert is_nhs_number("9434765919")
    assert not any(is_nhs_number(f"943476591{last}") for last in "012345678")
    assert not is_nhs_number("0000000000")
    assert not is_nhs_number("943476591")
