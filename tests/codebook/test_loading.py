"""codebook.yaml is read as it is meant, and all its faults are said at once."""

from __future__ import annotations

import pytest
from codebook.books import ALL, EXAMPLE, PLAIN, STYLES
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook import check_codebook, load_codebook
from qualcode.codebook.loading import TAKEN_KEYS, slug
from qualcode.codebook.tree import DEEPEST, LARGEST_CHARACTERS
from qualcode.errors import CodebookError, CodebookFieldError, CodebookSyntaxError, SeveralErrors
from qualcode.model.codebook import Code, Codebook


def load(text: str) -> Codebook:
    return load_codebook(text, where="codebook.yaml")


def faults(text: str) -> list[str]:
    """What is wrong, without the mend: `LINE: problem`."""
    found = check_codebook(text, where="codebook.yaml")
    assert all(isinstance(error, (CodebookFieldError, CodebookSyntaxError)) for error in found)
    assert all(error.mend for error in found)
    return [
        f"{(error.where or '').removeprefix('codebook.yaml:')}: {error.what}" for error in found
    ]


def theme(lines: str) -> str:
    """A book with one theme whose further fields are these, from line 6 on."""
    head = "codebook: B\nversion: 1\nthemes:\n  - id: a\n    name: A\n"
    return head + "".join(f"    {line}\n" for line in lines.split("\n"))


def test_a_book_is_read_whole() -> None:
    book = load(PLAIN)
    assert (book.name, book.version) == ("Fairs", "3")
    assert [code.id for code in book.codes] == ["funding", "grant-aid", "trading", "cohesion"]
    assert book.codes[0] == Code(
        id="funding",
        name="Funding",
        key="f",
        colour="#8a4b1f",
        definition="How money comes.",
        include=("grants", "contracts"),
    )
    assert book.codes[1] == Code(
        id="grant-aid",
        name="Grant aid",
        parent="funding",
        look_for=("grant*", "core funding"),
        examples=("P07 ¶12",),
    )
    assert book.full_name("grant-aid") == "funding/grant-aid"


def test_every_style_of_yaml_says_the_same() -> None:
    book = load(STYLES)
    assert (book.name, book.version) == ('Fairs, and "fêtes"', "2.10")
    funding, grant_aid, trading, cohesion, bonding = book.codes
    assert funding.name == "Commissioning, procurement and funding"
    assert funding.definition == (
        "How money reaches people.\n\n  - and on what terms\n\nSee the guide."
    )
    assert funding.include == ("grants", "tenders: all", "don't forget loans")
    assert funding.exclude == ()
    assert grant_aid.look_for == ("grant*", "core funding")
    assert trading.definition == "One that goes over lines."
    assert (cohesion.parent, bonding.parent) == (None, "cohesion")


@pytest.mark.parametrize("name", ALL)
def test_books_as_people_write_them_have_no_fault(name: str) -> None:
    assert check_codebook(ALL[name], where="x") == ()
    assert load(ALL[name]).codes


def test_the_example_has_the_four_themes() -> None:
    assert len(load(EXAMPLE).themes) == 4


def test_codes_may_stand_at_any_depth() -> None:
    text = "codebook: B\nthemes:\n"
    for depth in range(15):
        text += f"{'    ' * depth}  - id: c{depth}\n{'    ' * depth}    name: C\n"
        text += f"{'    ' * depth}    codes:\n"
    book = load(text)
    assert len(book.path("c14")) == 15


def test_a_book_without_codes_is_a_book() -> None:
    for themes in ("themes:", "themes: []", "themes: ~", "themes:   # none yet"):
        assert load(f"codebook: B\n{themes}\n") == Codebook("B", "1", ())


@pytest.mark.parametrize("word", ["y", "no", "1.10", "0x10", "2024-01-02", "true", "1_000"])
def test_what_other_programs_take_for_numbers_and_truth_stays_text(word: str) -> None:
    assert load(f"codebook: B\nversion: {word}\nthemes:\n").version == word
    assert load(theme(f"include: [{word}]")).codes[0].include == (word,)


def test_a_theme_may_be_opened_by_a_letter_that_yaml_once_took_for_a_no() -> None:
    assert set("yn") <= set(TAKEN_KEYS)  # or they would be tried here
    assert load(theme("key: o")).codes[0].key == "o"


@pytest.mark.parametrize(
    ("said", "proposed"), [("true", True), ("True", True), ("false", False), ("~", False)]
)
def test_a_code_may_be_proposed(said: str, *, proposed: bool) -> None:
    book = load(PLAIN.replace("name: Trading", f"name: Trading\n        proposed: {said}"))
    assert book.by_id()["trading"].proposed is proposed


@pytest.mark.parametrize("said", ["yes", '"true"', "[true]", "maybe"])
def test_only_true_and_false_say_whether_a_code_is_proposed(said: str) -> None:
    text = PLAIN.replace("name: Trading", f"name: Trading\n        proposed: {said}")
    assert faults(text) == ["18: 'proposed' is neither true nor false"]


def test_a_theme_is_never_proposed() -> None:
    assert faults(theme("proposed: true")) == ["6: only a code is proposed, never a theme"]
    assert faults(theme("proposed: false")) == []


def test_a_colour_is_kept_in_small_letters() -> None:
    assert load(theme('colour: "#8A4B1F"')).codes[0].colour == "#8a4b1f"


MANY_FAULTS = """\
codebok: Fairs
themes:
  - id: Funding Stuff
    name: Funding
    key: n
    color: "#8a4b1f"
    include: grants
    codes:
      - id: a
        name: A
        key: f
      - id: a
        name: B
      - grant
      - {id: c, name: [x], look_for: [a, [b]]}
      - name: Grant aid
  - id: two
    name: Two
    key: f
    colour: red
  - id: three
    name: Three
    name: Drei
    key: f
"""


def test_all_faults_are_said_at_once_in_the_order_of_the_lines() -> None:
    assert faults(MANY_FAULTS) == [
        "1: 'codebok' is not a field of a codebook",
        "3: the id 'Funding Stuff' is not made of small letters a-z, digits and single hyphens",
        "5: the key 'n' goes to the next uncoded answer in the coding screen",
        "6: 'color' is not a field of a code",
        "7: 'include' is not a list",
        "11: only a theme has a key",
        "12: the id 'a' stands in line 9 already",
        "14: a code is made of an id and a name",
        "15: 'name' is not a text",
        "15: an entry of 'look_for' is not a text",
        "16: the field 'id' is missing or empty",
        "20: 'red' is not a colour",
        "23: the field 'name' stands in line 22 already",
        "24: the key 'f' opens 'two' already, by line 19",
    ]
    with pytest.raises(SeveralErrors) as caught:
        load(MANY_FAULTS)
    assert len(caught.value.errors) == 14
    assert all(str(error) in str(caught.value) for error in caught.value.errors)


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        (theme("definiton: x"), "Did you mean 'definition'?"),
        (theme("lookfor: [x]"), "Did you mean 'look_for'?"),
        (theme("weight: 3"), "The fields are: id, name, key, colour, definition, "),
        (theme("colour: #8a4b1f"), 'Write it in quotation marks: colour: "#8a4b1f".'),
        (theme("key: b"), "Free are: a c d e f i o q r s v w."),
        (theme("codes:\n  - name: Grant aid (core)"), "Add 'id: grant-aid-core'."),
        (theme("codes:\n  - id: Grant_Aid\n    name: x"), "Write 'id: grant-aid'."),
    ],
)
def test_a_fault_comes_with_its_mend(text: str, mend: str) -> None:
    (error,) = check_codebook(text, where="codebook.yaml")
    assert (error.mend or "").startswith(mend)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: the codebook is empty"),
        ("# nothing yet\n", "1: the codebook is empty"),
        ("- a\n", "1: a codebook is made of fields"),
        ("hello", "1: a codebook is made of fields"),
        ("codebook: B\n", "1: the themes are missing"),
        ("codebook: B\nthemes: none", "2: 'themes' is not a list"),
        ("codebook: B\nthemes: {a: b}", "2: 'themes' is not a list"),
        ("codebook:\nthemes:", "1: the field 'codebook' is missing or empty"),
        ('codebook: ""\nthemes:', "1: the field 'codebook' is missing or empty"),
        ("codebook: B\nversion: [1]\nthemes:", "2: 'version' is not a text"),
        (f"codebook: B\nversion: {'1' * 50}\nthemes:", "2: the version is too long"),
        (theme("key: ff"), "6: the key 'ff' is not one small letter"),
        (theme("key: F"), "6: the key 'F' is not one small letter"),
        (theme("key: 1"), "6: the key '1' is not one small letter"),
        (theme('colour: "#8a4b1"'), "6: '#8a4b1' is not a colour"),
        (theme("definition: [a]"), "6: 'definition' is not a text"),
        (theme("include: {a: b}"), "6: 'include' is not a list"),
        (theme("include: [a, ~]"), "6: an entry of 'include' is not a text"),
        (theme("include:\n  - a: b"), "7: an entry of 'include' is not a text"),
        (theme("codes: grant-aid"), "6: 'codes' is not a list"),
        (theme('definition: "bell \\a"'), "6: 'definition' holds a sign that cannot be shown"),
        (theme('definition: "half \\ud83d"'), "6: 'definition' holds a sign that cannot be shown"),
        (
            theme("codes:\n  - id: b\n    name: |\n      one\n      two"),
            "8: 'name' is more than one line",
        ),
        (
            theme(f"codes:\n  - {{id: {'a' * 65}, name: x}}"),
            "7: an id is longer than 64 characters",
        ),
    ],
)
def test_a_book_that_is_not_one_is_refused_with_the_line(text: str, fault: str) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (theme("definition: money: all of it"), "6: this is not YAML: a colon too many"),
        (theme("definition: 'open"), "6: this is not YAML: a quotation mark that is never closed"),
        (theme("include: [a, b"), "6: this is not YAML: a list in brackets that is never closed"),
        (theme("\tkey: f"), "6: this is not YAML: a tab, where only blanks may indent"),
        (theme(" - x\n- y"), "7: this is not YAML: an indentation that does not fit"),
        (theme("definition: @home"), "6: this is not YAML: a sign that begins no text"),
        (theme("definition: \x07"), "6: this is not YAML: a control character"),
        (theme("include: [*fund]"), "6: references are not used here"),
        (theme("include: &all [a]"), "6: names for references are not used here"),
        (theme("definition: !!python/name:os.system x"), "6: tags with ! are not used here"),
        ("codebook: B\n---\nthemes:", "2: this is not YAML: a second document"),
        ("? [a]\n: b\n", "1: a list stands where a field was expected"),
        ("a: " * 3 + "[" * 100_000, "1: this is not YAML"),
        ("[" * 100_000, "1: this is not YAML: levels without end"),
        ("- " * 100_000, "1: this is not YAML: levels without end"),
    ],
)
def test_what_is_not_yaml_or_plays_tricks_with_it_is_refused(text: str, fault: str) -> None:
    (found,) = faults(text)
    assert found.startswith(fault)


def test_a_bomb_of_references_is_refused_at_its_first() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30))
    assert faults(bomb) == ["1: names for references are not used here"]


def test_a_file_that_is_no_book_by_its_length_is_refused_unread() -> None:
    (fault,) = faults("x" * (LARGEST_CHARACTERS + 1))
    assert "longer than 1,000,000 characters" in fault


def test_levels_are_counted_and_not_recursed_into() -> None:
    deep = "codebook: B\nthemes: " + "[" * DEEPEST + "]" * DEEPEST
    assert faults(deep) == ["2: this is not YAML: levels without end"]


@given(
    st.lists(
        st.sampled_from(
            (
                *("codebook", "themes", "id", "name", "codes", "include", "key", "a", "b"),
                *(": ", ":", "- ", "\n", "\n  ", "\n    ", "\n      ", "[", "]", "{", "}", ", "),
                *('"', "'", "|", ">-", "#", " # x", "&a ", "*a", "!t ", "~", "\t", "\r\n", "---\n"),
                *("\\", '"\\x41', "%", "@", "? ", "é", "👍", "\ufeff", "\x85", "\u2028"),
            )
        ),
        max_size=40,
    ).map("".join)
)
@settings(deadline=None, max_examples=600)
def test_whatever_is_in_the_file_it_is_a_book_or_it_is_told_why(text: str) -> None:
    found = check_codebook(text, where="codebook.yaml")
    assert all(isinstance(error, CodebookError) for error in found)
    if not found:
        book = load(text)
        assert len(book.by_id()) == len(book.codes)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Grant aid (core)", "grant-aid-core"),
        ("Économie sociale", "economie-sociale"),
        ("  --x__y  ", "x-y"),
        ("很好", ""),
        ("a" * 80, "a" * 64),
    ],
)
def test_an_id_is_made_of_a_name(name: str, made: str) -> None:
    assert slug(name) == made
