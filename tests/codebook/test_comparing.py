"""What a new codebook would do to the old one is said in full."""

from __future__ import annotations

from dataclasses import replace

import pytest
from codebook.books import ALL, PLAIN

from qualcode.codebook import compare_codebooks, load_codebook
from qualcode.model.codebook import Codebook


def book(text: str = PLAIN) -> Codebook:
    return load_codebook(text, where="codebook.yaml")


def lines(text: str) -> list[str]:
    return list(compare_codebooks(book(), book(text)).lines())


@pytest.mark.parametrize("name", ALL)
def test_a_book_differs_from_itself_in_nothing(name: str) -> None:
    changes = compare_codebooks(book(ALL[name]), book(ALL[name]))
    assert not changes
    assert changes.lines() == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: Trading", "name: Trade", ["~ funding/trading", "    name: Trading → Trade"]),
        ("key: f", "key: e", ["~ funding", "    key: f → e"]),
        ("    key: f\n", "", ["~ funding", "    key: f → none"]),
        ("8a4b1f", "000000", ["~ funding", "    colour: #8a4b1f → #000000"]),
        (
            "How money comes.",
            "How money goes.",
            [
                "~ funding",
                "    definition, before: How money comes.",
                "    definition, now: How money goes.",
            ],
        ),
        (
            "[grants, contracts]",
            "[contracts, loans]",
            ["~ funding", "    include: - grants, + loans"],
        ),
        (
            "[grants, contracts]",
            "[contracts, grants]",
            ["~ funding", "    include: in another order"],
        ),
        ("version: 3", "version: 4", ["~ version: 3 → 4"]),
        ("codebook: Fairs", "codebook: Fêtes", ["~ codebook: Fairs → Fêtes"]),
        (
            "id: trading",
            "id: trade",
            [
                "+ funding/trade  (Trading)",
                "- funding/trading  (Trading)",
                "? funding/trade has the name of funding/trading: under another id it is another "
                "code",
            ],
        ),
    ],
)
def test_a_change_is_told(old: str, new: str, expected: list[str]) -> None:
    changed = PLAIN.replace(old, new)
    assert changed != PLAIN
    assert lines(changed) == expected


def test_a_code_that_moves_is_moved_and_not_lost() -> None:
    old = book()
    codes = [replace(c, parent="cohesion") if c.id == "trading" else c for c in old.codes]
    moved = replace(old, codes=(*codes[:2], codes[3], codes[2]))
    changes = compare_codebooks(old, moved)
    assert (changes.added, changes.removed) == ((), ())
    assert [change.full_name for change in changes.moved] == ["cohesion/trading"]
    assert changes.lines() == ("~ cohesion/trading", "    moved: funding → cohesion")
    back = compare_codebooks(moved, old)
    assert back.lines() == ("~ funding/trading", "    moved: cohesion → funding")


def test_another_order_is_told_by_what_is_in_it() -> None:
    old = book()
    funding, grant_aid, trading, cohesion = old.codes
    swapped = replace(old, codes=(cohesion, funding, trading, grant_aid))
    changes = compare_codebooks(old, swapped)
    assert changes.reordered == ("", "funding")
    assert changes.lines() == (
        "~ the themes in another order",
        "~ funding: its codes in another order",
    )


def test_what_is_added_between_makes_no_other_order() -> None:
    old = book()
    fewer = replace(old, codes=tuple(code for code in old.codes if code.id != "grant-aid"))
    assert compare_codebooks(fewer, old).lines() == ("+ funding/grant-aid  (Grant aid)",)
    assert compare_codebooks(old, fewer).lines() == ("- funding/grant-aid  (Grant aid)",)


def test_changes_are_sorted_by_what_they_mean() -> None:
    old = book()
    new = replace(
        old,
        codes=(
            replace(old.codes[0], colour="#000000", examples=("P01 ¶1",)),
            replace(old.codes[1], name="Grants"),
            *old.codes[2:],
        ),
    )
    changes = compare_codebooks(old, new)
    assert [change.full_name for change in changes.recoloured] == ["funding"]
    assert [change.full_name for change in changes.redefined] == ["funding"]
    assert [change.full_name for change in changes.renamed] == ["funding/grant-aid"]
    assert changes.changed[0].fields == ("colour", "examples")


def test_a_proposed_code_is_told_apart_from_an_accepted_one() -> None:
    marked = PLAIN.replace("name: Trading\n", "name: Trading\n        proposed: true\n")
    proposed = load_codebook(marked, where="x")
    assert compare_codebooks(book(), proposed).lines() == ("~ funding/trading", "    proposed")
    accepted = compare_codebooks(proposed, book())
    assert accepted.lines() == ("~ funding/trading", "    no longer proposed")
    assert (accepted.redefined, accepted.count) == ((), 1)
