"""A code leaves or moves with what is its own, and every other byte stays."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from codebook.books import ALL, BY_HAND, PLAIN, STYLES
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook import (
    add_code,
    drop_field,
    load_codebook,
    move_code,
    remove_code,
    restore_codes,
    set_field,
)
from qualcode.errors import (
    NoSiblingError,
    SeveralErrors,
    ThemeFieldsError,
    UnderItselfError,
    UnknownCodeError,
)
from qualcode.model.codebook import Code, Codebook

COMMENT = re.compile(r"(?:^|\s)(#(?![0-9a-f]{6}\b)[^\r\n]*)", re.MULTILINE)

ODD = """\
codebook: Odd
themes:
  # about the first
  # in two lines
  - id: first
    name: First          # behind the name
    codes:
      -
        # inside the dash
        id: lone
        name: Lone
        definition: |  # how it reads
          # no comment

          Alone.
        # of lone, still

      # detached

      # of twin
      - {id: twin,
         name: Twin}   # behind twin
    # of first, at its end
  # of second

  - id: second
    codes: [
      # of flow-a
      {id: flow-a, name: A},  # behind a
      # of flow-b
      {id: flow-b, name: B, codes: [{id: deep, name: Deep}]}   # behind b
    ]
    name: Second
  - id: third
    name: Third
    codes:
  - {id: fourth, name: Fourth, codes, definition: "x # no comment"}
"""
BOOKS = {**BY_HAND, "odd": ODD}


def book(text: str) -> Codebook:
    return load_codebook(text, where="codebook.yaml")


def comments(text: str) -> list[str]:
    """All comments; what looks like one here and is not says so."""
    plain = text.replace('"x # no comment"', "x")
    found = [one.rstrip() for one in COMMENT.findall(plain)]
    return sorted(one for one in found if one != "# no comment")


def below(of: Codebook, code_id: str) -> set[str]:
    return {code.id for code in of.codes if code_id in of.path(code.id)}


def spots(of: Codebook, code: Code) -> list[tuple[str | None, str | None]]:
    """Every place where a code may go: a parent, and the code there that it comes before."""
    own = below(of, code.id)
    parents = [None] if code.key or code.colour else [None, *(one.id for one in of.codes)]
    return [
        (parent, before)
        for parent in parents
        if parent not in own
        for before in (None, *(one.id for one in of.children(parent)))
    ]


@pytest.mark.parametrize("name", BOOKS)
def test_a_code_moves_anywhere_with_all_under_it_and_no_comment_goes(name: str) -> None:
    text = BOOKS[name]
    old = book(text)
    for code in old.codes:
        own = below(old, code.id)
        for parent, before in spots(old, code):
            after = move_code(text, code.id, parent, before=before, where="x")
            new = book(after)
            assert comments(after) == comments(text)
            assert new.by_id() == {**old.by_id(), code.id: replace(code, parent=parent)}
            rest = [one.id for one in old.codes if one.id not in own]
            assert [one.id for one in new.codes if one.id not in own] == rest
            order = [one.id for one in new.children(parent)]
            if before is None:
                assert order[-1] == code.id
            elif before != code.id:
                assert order.index(code.id) == order.index(before) - 1


@pytest.mark.parametrize("name", ALL)
def test_a_code_goes_with_all_under_it_and_the_rest_stays(name: str) -> None:
    text = ALL[name]
    old = book(text)
    for code in old.codes[:12]:
        after = remove_code(text, code.id, where="x")
        gone = below(old, code.id)
        assert book(after).codes == tuple(one for one in old.codes if one.id not in gone)
        kept = after.splitlines()
        lines = iter(text.splitlines())
        assert all(line in lines for line in kept if "{" not in line)


@pytest.mark.parametrize(
    ("code", "gone"),
    [
        ("first", {"about the first", "in two lines", "behind the name", "of first, at its end"}),
        ("lone", {"inside the dash", "how it reads", "of lone, still"}),
        ("twin", {"of twin", "behind twin"}),
        ("second", {"of second", "of flow-a", "behind a", "of flow-b", "behind b"}),
        ("flow-a", {"of flow-a", "behind a"}),
        ("flow-b", {"of flow-b", "behind b"}),
        ("deep", set()),
    ],
)
def test_the_comments_of_a_code_go_with_it_and_no_others(code: str, gone: set[str]) -> None:
    if code == "first":
        gone |= {"inside the dash", "how it reads", "of lone, still", "detached"}
        gone |= {"of twin", "behind twin"}
    if code == "second":
        gone -= {"of second"}  # an empty line lies between
    after = remove_code(ODD, code, where="x")
    assert {one.removeprefix("# ") for one in comments(ODD)} - gone == {
        one.removeprefix("# ") for one in comments(after)
    }


@given(st.sampled_from(sorted(BOOKS)), st.data())
@settings(max_examples=60)
def test_a_code_that_moves_and_comes_back_is_as_it_was(name: str, data: st.DataObject) -> None:
    text = BOOKS[name]
    old = book(text)
    code = data.draw(st.sampled_from(old.codes))
    parent, before = data.draw(st.sampled_from(spots(old, code)))
    siblings = [one.id for one in old.children(code.parent)]
    following = dict(zip(siblings, [*siblings[1:], None], strict=True))[code.id]
    away = move_code(text, code.id, parent, before=before, where="x")
    back = move_code(away, code.id, code.parent, before=following, where="x")
    assert book(back) == old
    assert comments(back) == comments(text)


def test_a_block_moves_as_it_is_written() -> None:
    after = move_code(STYLES, "trading", None, before="funding", where="x")
    block = """\
- name: Trading     # name first, that is allowed
  id: trading
  definition:
    One that goes
    over lines.
  # nothing below
"""
    assert f"themes:\n\n{block}\n# -- money" in after
    after = move_code(PLAIN, "trading", "grant-aid", where="x")
    assert after == PLAIN.replace("codes: []  ", "codes:  ").replace(
        "      - id: trading\n        name: Trading\n",
        "          - id: trading\n            name: Trading\n",
    )


def test_an_emptied_list_leaves_no_bare_name() -> None:
    only = PLAIN + "    codes:\n      - id: bonding\n        name: Bonding\n"
    assert remove_code(only, "bonding", where="x") == PLAIN
    kept = only.replace("    codes:\n      - id: b", "    codes:  # yet to come\n      - id: b")
    assert remove_code(kept, "bonding", where="x") == PLAIN + "    codes:  # yet to come\n"
    assert remove_code(only.rstrip(), "bonding", where="x") == PLAIN.rstrip()


def test_the_last_in_brackets_goes_with_its_comma_and_no_comment_of_another() -> None:
    head = "codebook: B\nthemes:\n  - id: a\n    name: A\n    codes: "
    line = head + "[{id: b, name: B}, {id: c, name: C}]  # both\n"
    assert remove_code(line, "c", where="x") == head + "[{id: b, name: B}]  # both\n"
    assert remove_code(line, "b", where="x") == head + "[{id: c, name: C}]  # both\n"
    lines = head + "[{id: b, name: B},  # of b, and more\n      {id: c, name: C}]\n"
    assert remove_code(lines, "c", where="x") == (
        head + "[{id: b, name: B},  # of b, and more\n      ]\n"
    )


def test_empty_lines_do_not_pile_up() -> None:
    spaced = "codebook: B\nthemes:\n" + "\n".join(
        f"  - id: {name}\n    name: {name}\n" for name in "abc"
    )
    for gone, kept in (("a", "bc"), ("b", "ac"), ("c", "ab")):
        after = remove_code(spaced, gone, where="x")
        assert after == "codebook: B\nthemes:\n" + "\n".join(
            f"  - id: {name}\n    name: {name}\n" for name in kept
        )


@pytest.mark.parametrize("name", BOOKS)
def test_codes_are_restored_one_by_one_to_where_they_stood(name: str) -> None:
    before = BOOKS[name]
    whole = book(before)
    for code in whole.codes:
        text = remove_code(before, code.id, where="x")
        for one in whole.codes:
            if code.id in whole.path(one.id):
                text = restore_codes(text, before, [one], where="x")
        assert book(text) == whole


@pytest.mark.parametrize("name", BOOKS)
def test_a_code_is_restored_with_all_that_stood_under_it(name: str) -> None:
    before = BOOKS[name]
    whole = book(before)
    for code in whole.codes:
        text = remove_code(before, code.id, where="x")
        tree = [one for one in whole.codes if code.id in whole.path(one.id)]
        after = restore_codes(text, before, tree, where="x")
        assert (book(after), comments(after)) == (whole, comments(before))


def test_a_code_is_restored_as_it_was_written_with_those_it_stands_under() -> None:
    without = remove_code(ODD, "first", where="x")
    chain = [book(ODD).by_id()[one] for one in ("first", "lone")]
    after = restore_codes(without, ODD, chain, where="x")
    expected = remove_code(ODD, "twin", where="x")
    assert (book(after), comments(after)) == (book(expected), comments(expected))
    theme = remove_code(PLAIN, "funding", where="x")
    keyless = replace(book(PLAIN).by_id()["funding"], key=None)
    assert restore_codes(theme, PLAIN, [keyless], where="x") == remove_code(
        remove_code(PLAIN.replace("    key: f\n", ""), "grant-aid", where="x"), "trading", where="x"
    )


@pytest.mark.parametrize("earlier", [None, PLAIN, PLAIN.replace("id: trading", "id: trade")])
def test_a_code_that_was_written_otherwise_is_written_anew_as_the_last(
    earlier: str | None,
) -> None:
    code = Code("trading", "Trade", "funding", definition="What is sold.")
    without = remove_code(PLAIN, "trading", where="x")
    after = restore_codes(without, earlier, [code], where="x")
    assert after == add_code(without, code, where="x")


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(UnderItselfError, match="cannot stand under itself"):
        move_code(STYLES, "cohesion", "bonding", where="x")
    with pytest.raises(UnderItselfError, match="cannot stand under itself"):
        move_code(STYLES, "trading", "trading", where="x")
    with pytest.raises(ThemeFieldsError, match="'funding' has a key and a colour"):
        move_code(PLAIN, "funding", "cohesion", where="x")
    with pytest.raises(NoSiblingError, match="'cohesion/bonding' does not stand under"):
        move_code(STYLES, "trading", "funding", before="bonding", where="x")
    with pytest.raises(UnknownCodeError):
        move_code(PLAIN, "trading", "grants", where="x")
    with pytest.raises(UnknownCodeError):
        remove_code(PLAIN, "grants", where="x")


def test_a_theme_without_key_and_colour_may_become_a_code() -> None:
    after = move_code(PLAIN, "cohesion", "grant-aid", where="x")
    assert book(after).full_name("cohesion") == "funding/grant-aid/cohesion"


def test_a_field_is_dropped_with_its_line() -> None:
    assert drop_field(PLAIN, "funding", "key", where="x") == PLAIN.replace("    key: f\n", "")
    assert drop_field(PLAIN, "trading", "key", where="x") == PLAIN
    first = PLAIN.replace(
        "- id: funding\n    name: Funding\n    key: f", "- key: f\n    id: funding"
    )
    first = first.replace("    id: funding", "    id: funding\n    name: Funding")
    dropped = drop_field(first, "funding", "key", where="x")
    assert "  - id: funding\n    name: Funding\n    colour" in dropped
    noted = first.replace("key: f\n", "key: f  # money\n    # of the id\n")
    dropped = drop_field(noted, "funding", "key", where="x")
    assert "  -\n    # of the id\n    id: funding\n" in dropped
    braces = STYLES.replace("{id: bonding, name: Bonding}", "{id: b, definition: x, name: B}")
    assert "[{id: b, name: B}]" in drop_field(braces, "b", "definition", where="x")
    with pytest.raises(ValueError, match="not a field to drop"):
        drop_field(PLAIN, "funding", "name", where="x")


def test_a_proposed_code_is_marked_and_accepted_in_place() -> None:
    marked = set_field(PLAIN, "trading", "proposed", True, where="x")
    assert marked == PLAIN.replace("name: Trading\n", "name: Trading\n        proposed: true\n")
    assert book(marked).by_id()["trading"].proposed
    assert drop_field(marked, "trading", "proposed", where="x") == PLAIN
    refused = set_field(marked, "trading", "proposed", False, where="x")
    assert "proposed: false" in refused
    assert not book(refused).by_id()["trading"].proposed
    with pytest.raises(SeveralErrors, match="never a theme"):
        set_field(PLAIN, "cohesion", "proposed", True, where="x")
    with pytest.raises(ValueError, match="not a value for proposed"):
        set_field(PLAIN, "trading", "proposed", "true", where="x")
