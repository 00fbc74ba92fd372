"""A change is made where it belongs, and every other byte stays."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

import pytest
from codebook.books import ALL, BY_HAND, PLAIN, STYLES
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook import add_code, load_codebook, set_field
from qualcode.codebook.loading import LIST_FIELDS
from qualcode.errors import SeveralErrors, UnknownCodeError
from qualcode.model.codebook import Code, Codebook

TEXT_FIELDS = ("name", "definition")

_SIGNS = st.characters(exclude_categories=("Cs", "Cc"))
TEXTS = st.one_of(
    st.text(_SIGNS, max_size=40),
    st.lists(
        st.sampled_from(
            (
                *("money", "no", "~", "3.0", "a: b", "# x", "[x]", "{y}", "- z", "*w", "&v", "!u"),
                *("'", '"', "\\", "|", ">", "%", "@", "`", ", ", " ", "  ", "\u00a0", "é", "👍"),
            )
        ),
        max_size=30,
    ).map("".join),
)
LINES = st.lists(TEXTS, max_size=4).map("\n".join)


def as_stored(value: str) -> str:
    return unicodedata.normalize("NFC", value.strip())


def replaced(old: Codebook, code_id: str, **fields: Any) -> Codebook:
    codes = [replace(code, **fields) if code.id == code_id else code for code in old.codes]
    return replace(old, codes=tuple(codes))


def book(text: str) -> Codebook:
    return load_codebook(text, where="codebook.yaml")


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, but for line ends."""
    old, new = before.splitlines(), after.splitlines()
    blocks = [
        b for b in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if b[0] != "equal"
    ]
    gone = [line for _, start, end, _, _ in blocks for line in old[start:end]]
    come = [line for _, _, _, start, end in blocks for line in new[start:end]]
    return gone, come


@pytest.mark.parametrize("name", ALL)
def test_writing_without_a_change_gives_the_same_bytes(name: str) -> None:
    text = ALL[name]
    for code in book(text).codes[:5]:
        for field in (*TEXT_FIELDS, *LIST_FIELDS):
            value = getattr(code, field)
            assert set_field(text, code.id, field, value, where="x").encode() == text.encode()


@pytest.mark.parametrize("name", ALL)
def test_another_name_is_written_in_the_style_of_the_old_and_changes_nothing_else(
    name: str,
) -> None:
    text = ALL[name]
    for code in book(text).codes[:5]:
        after = set_field(text, code.id, "name", "Another name", where="x")
        back = set_field(after, code.id, "name", code.name, where="x")
        assert book(after) == replaced(book(text), code.id, name="Another name")
        if code.name not in ("Commissioning, procurement and funding",):  # folded by hand
            assert back == text


@given(st.sampled_from(sorted(BY_HAND)), st.integers(0, 50), LINES)
@settings(deadline=None, max_examples=150)
def test_any_definition_reads_back_and_leaves_the_rest(name: str, at: int, value: str) -> None:
    text = BY_HAND[name]
    code = book(text).codes[at % len(book(text).codes)]
    after = set_field(text, code.id, "definition", value, where="x")
    normal = next(c for c in book(after).codes if c.id == code.id).definition
    assert book(after) == replaced(book(text), code.id, definition=normal)
    assert "".join(normal.split()) == "".join(as_stored(value).split())
    gone, _ = changed_lines(text, after)
    was = code.definition.split()
    assert all(set(line.split()) <= {*was, "definition:", "|", ">-", '"'} for line in gone) or (
        "{" in "".join(gone)
    )


@given(
    st.sampled_from(sorted(BY_HAND)),
    st.integers(0, 50),
    st.lists(TEXTS.filter(str.strip), max_size=5),
)
@settings(deadline=None, max_examples=150)
def test_any_list_reads_back_and_leaves_the_rest(name: str, at: int, values: list[str]) -> None:
    text = BY_HAND[name]
    code = book(text).codes[at % len(book(text).codes)]
    after = set_field(text, code.id, "include", values, where="x")
    assert book(after) == replaced(
        book(text), code.id, include=tuple(as_stored(value) for value in values)
    )


@given(st.sampled_from(sorted(BY_HAND)), st.integers(-1, 50), TEXTS.filter(str.strip), LINES)
@settings(deadline=None, max_examples=150)
def test_a_code_can_be_added_anywhere_and_nothing_goes(
    name: str, at: int, title: str, definition: str
) -> None:
    text = BY_HAND[name]
    codes = book(text).codes
    parent = None if at < 0 else codes[at % len(codes)].id
    new = Code("new-one", title, parent, definition=definition, look_for=("a*", "b: c"))
    after = add_code(text, new, where="x")
    assert [code for code in book(after).codes if code.id != "new-one"] == list(codes)
    siblings = book(after).children(parent)
    assert siblings[-1].id == "new-one"
    assert "".join(siblings[-1].name.split()) == "".join(as_stored(title).split())
    gone, _ = changed_lines(text, after)
    assert all("codes: []" in line or "{" in line for line in gone)


@pytest.mark.parametrize(
    ("code", "field", "value", "gone", "come"),
    [
        ("trading", "name", "Trade", ["        name: Trading"], ["        name: Trade"]),
        (
            "trading",
            "name",
            "Trade: all",
            ["        name: Trading"],
            ['        name: "Trade: all"'],
        ),
        ("trading", "definition", "Selling.", [], ["        definition: Selling."]),
        ("trading", "exclude", ["a", "b, c"], [], ['        exclude: [a, "b, c"]']),
        (
            "funding",
            "include",
            [],
            ["    include: [grants, contracts]"],
            ["    include: []"],
        ),
        (
            "funding",
            "colour",
            "#ABCDEF",
            ['    colour: "#8a4b1f"'],
            ['    colour: "#abcdef"'],
        ),
        (
            "trading",
            "definition",
            "What is sold.\n\nAnd to whom.",
            [],
            ["        definition: |-", "          What is sold.", "", "          And to whom."],
        ),
        (
            "trading",
            "definition",
            "Long. " * 18,
            [],
            [
                "        definition: >-",
                "          " + " ".join(["Long."] * 14),
                "          " + " ".join(["Long."] * 4),
            ],
        ),
    ],
)
def test_a_change_looks_as_a_person_would_make_it(
    code: str, field: str, value: str | list[str], gone: list[str], come: list[str]
) -> None:
    after = set_field(PLAIN, code, field, value, where="x")
    assert changed_lines(PLAIN, after) == (gone, come)


def test_comments_and_styles_stay_around_a_change() -> None:
    after = set_field(STYLES, "funding", "include", ["one", "two: b"], where="x")
    assert 'include:    # from the pilot\n    - one\n    - "two: b"\n    exclude:\n' in after
    after = set_field(STYLES, "funding", "exclude", ["wages"], where="x")
    assert "    exclude: [wages]\n    codes:\n" in after
    after = set_field(STYLES, "grant-aid", "definition", "Given.", where="x")
    assert '{id: grant-aid, name: "Grant aid", definition: Given., look_for:' in after
    bare = PLAIN + "    codes: [{id: bonding, name: Bonding, definition, codes}]\n"
    after = set_field(bare, "bonding", "definition", "Alike.", where="x")
    assert "[{id: bonding, name: Bonding, definition: Alike., codes}]" in after
    after = add_code(after, Code("kin", "Kin", "bonding"), where="x")
    assert "definition: Alike., codes: [{id: kin, name: Kin}]}]" in after
    after = set_field(STYLES, "funding", "definition", "New.\n\nAnd more.", where="x")
    assert "    definition: |-\n      New.\n\n      And more.\n    key: f\n" in after


def test_a_code_is_added_in_the_manner_of_its_siblings() -> None:
    after = add_code(PLAIN, Code("loans", "Loans", "grant-aid"), where="x")
    assert changed_lines(PLAIN, after) == (
        ["        codes: []          # any depth"],
        [
            "        codes:          # any depth",
            "          - id: loans",
            "            name: Loans",
        ],
    )
    after = add_code(STYLES, Code("loans", "Loans", "funding", definition="Lent."), where="x")
    loans = "\n\n      - id: loans\n        name: Loans\n        definition: Lent."
    assert after == STYLES.replace("# nothing below", f"# nothing below{loans}")
    after = add_code(STYLES, Code("linking", "Linking", "bonding"), where="x")
    assert "{id: bonding, name: Bonding, codes: [{id: linking, name: Linking}]}" in after
    after = add_code(STYLES, Code("linking", "Linking", "cohesion"), where="x")
    assert "[{id: bonding, name: Bonding}, {id: linking, name: Linking}]" in after
    after = add_code(STYLES, Code("voice", "Voice", key="v"), where="x")
    assert "\n- id: voice\n  name: Voice\n  key: v\n# end of the book, no line after it" in after


def test_line_ends_and_the_byte_order_mark_stay_as_they_are() -> None:
    for ending in ("\r\n", "\r"):
        text = "\ufeff" + PLAIN.replace("\n", ending)
        after = add_code(text, Code("loans", "Loans", "funding"), where="x")
        after = set_field(after, "loans", "definition", "One.\nTwo.", where="x")
        assert after.startswith("\ufeffcodebook")
        assert "\n" not in after.replace(ending, "")
        assert book(after).by_id()["loans"].definition == "One.\nTwo."


def test_a_change_that_would_spoil_the_book_is_refused() -> None:
    with pytest.raises(SeveralErrors, match="the id 'trading' stands in line 16 already"):
        add_code(PLAIN, Code("trading", "Again"), where="codebook.yaml")
    with pytest.raises(SeveralErrors, match="the key 'f' opens"):
        add_code(PLAIN, Code("voice", "Voice", key="f"), where="codebook.yaml")
    with pytest.raises(SeveralErrors, match="'name' is missing or empty"):
        set_field(PLAIN, "trading", "name", " ", where="codebook.yaml")
    with pytest.raises(SeveralErrors, match="the codebook is empty"):
        set_field("", "trading", "name", "Trade", where="codebook.yaml")
    with pytest.raises(UnknownCodeError):
        set_field(PLAIN, "trade", "name", "Trade", where="codebook.yaml")
    with pytest.raises(UnknownCodeError):
        add_code(PLAIN, Code("loans", "Loans", "grants"), where="codebook.yaml")


@pytest.mark.parametrize(
    ("field", "value"), [("id", "x"), ("codes", ["x"]), ("include", "x"), ("name", ["x"])]
)
def test_what_is_no_field_to_set_is_the_callers_mistake(field: str, value: str | list[str]) -> None:
    with pytest.raises(ValueError, match="not a"):
        set_field(PLAIN, "trading", field, value, where="x")
