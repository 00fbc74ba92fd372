"""Names in pieces, in other letters, with signs and digits within; what only looks so stays."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text.terms import SARAH, of_person, shown, texts

from qualcode.text.names.finder import NameFinder, Term

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


def test_a_name_parted_at_a_line_s_end_with_its_hyphen_is_one() -> None:
    assert shown("Mrs Adeyemi-\nCole, Ade-\nyemi-Cole", of_person("Ola Adeyemi-Cole", "[P07]")) == (
        "Mrs [P07], [P07]"
    )


@given(st.sampled_from([str, str.upper, str.lower, str.title]), texts, texts, st.data())
def test_letters_on_either_side_of_a_cut_in_a_name_may_meet(
    written: type[str], before: str, after: str, data: st.DataObject
) -> None:
    people = ["Sarah Jones", "Zoë O'Hanrahan-Strauß", "Łucja Dąbrowska", "Kim 민수", "Ann Lee 王"]
    finder = NameFinder([term for name in people for term in of_person(name, "[X]")])
    name = written(data.draw(st.sampled_from([*people, "sarahjones", "w\u202esenoJ", "J-o-nes"])))
    text = f"{before} {name} {after}"
    for found in finder.find(text):
        for one, two in pairwise(text[found.span.start : found.span.end]):
            assert finder.may_meet(one, two) or not (one.isalpha() and two.isalpha())


def test_letters_that_no_name_has_side_by_side_may_not_meet() -> None:
    finder = NameFinder([Term("Sarah Jones", "[P07]")])
    assert [finder.may_meet(*pair) for pair in ("Sa", "aS", "NE", "hj", "xq", "sa", "éx")] == [
        *(True,) * 4,
        False,
        *(True,) * 2,
    ]
