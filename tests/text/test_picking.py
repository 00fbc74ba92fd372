"""Picking a name by a few letters: what fits as it was typed, by tiers, and slips forgiven."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.picking import Name, Picker, Tier, pick

ROOT = Path(__file__).parents[2]

THEMES = {
    "Meaning of cohesion in local places": (
        ("bonding", "Bonding"),
        ("bridging", "Bridging"),
        ("linking", "Linking"),
        ("measuring-impact", "Measuring impact"),
        ("prevent-and-tension", "Prevent and tension"),
        ("growth-or-change", "Cohesion as growth or change"),
    ),
    "Structures of local government": (
        ("local-strategic-partnership", "Local strategic partnership"),
        ("local-area-agreement-targets", "Local area agreement targets"),
        ("informal-relationships", "Informal relationships"),
        ("infrastructure-organisations", "Infrastructure organisations"),
        ("neighbourhood-management", "Neighbourhood management"),
    ),
    "Commissioning, procurement and funding": (
        ("grant-aid", "Grant aid"),
        ("competitive-tendering", "Competitive tendering"),
        ("decommissioning", "Decommissioning"),
        ("trading-locally", "Trading locally"),
        ("independence-and-income", "Independence and income"),
    ),
    "Communications and empowerment": (
        ("councillors", "Councillors"),
        ("capacity-building", "Capacity building"),
        ("ladder-of-participation", "Ladder of participation"),
        ("community-voice", "Community voice"),
    ),
}
NAMES = [Name(code, name, theme) for theme, codes in THEMES.items() for code, name in codes]


@pytest.mark.parametrize(
    ("typed", "meant", "tier"),
    [
        ("bon", "bonding", Tier.PREFIX),
        ("GRANT AID", "grant-aid", Tier.PREFIX),
        ("grant-a", "grant-aid", Tier.PREFIX),
        ("impact", "measuring-impact", Tier.WORD),
        ("lsp", "local-strategic-partnership", Tier.INITIALS),
        ("lo str pa", "local-strategic-partnership", Tier.WORD_STARTS),
        ("nema", "neighbourhood-management", Tier.WORD_STARTS),
        ("graid", "grant-aid", Tier.WORD_STARTS),
        ("mmission", "decommissioning", Tier.INSIDE),
        ("fund trad", "trading-locally", Tier.THEME),
    ],
)
def test_what_fits_as_it_was_typed_has_its_tier(typed: str, meant: str, tier: Tier) -> None:
    first = pick(typed, NAMES)[0]

    assert (first.id, first.tier) == (meant, tier)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("boding", "bonding"),
        ("bridgign", "bridging"),
        ("likning", "linking"),
        ("grnat aid", "grant-aid"),
        ("gratn", "grant-aid"),
        ("comunity", "community-voice"),
        ("comunity voice", "community-voice"),
        ("councelors", "councillors"),
        ("councilors", "councillors"),
        ("neigborhood", "neighbourhood-management"),
        ("tendring", "competitive-tendering"),
        ("infromal", "informal-relationships"),
        ("partnershp", "local-strategic-partnership"),
        ("capasity", "capacity-building"),
        ("indepndence", "independence-and-income"),
        ("decomissioning", "decommissioning"),
        ("laddre", "ladder-of-participation"),
        ("infrastucture", "infrastructure-organisations"),
    ],
)
def test_a_slip_is_forgiven(typed: str, meant: str) -> None:
    first = pick(typed, NAMES)[0]

    assert (first.id, first.tier) == (meant, Tier.SLIP)


def test_tiers_come_one_after_another_and_shorter_names_first() -> None:
    names = [
        Name("x1", "Big grants"),
        Name("x2", "Grants of the council"),
        Name("x3", "Emigrants"),
        Name("x4", "Grants"),
        Name("x5", "Waste", theme="Grants"),
        Name("x6", "Guests rant"),
    ]

    assert [one.id for one in pick("grant", names)] == ["x4", "x2", "x1", "x6", "x3", "x5"]


def test_accents_and_case_do_not_matter() -> None:
    names = [Name("ecole", "École élémentaire"), Name("strasse", "Große Straße")]

    assert [one.id for one in pick("ecole el", names)] == ["ecole"]
    assert [one.id for one in pick("ÉLÉM", names)] == ["ecole"]
    assert [one.id for one in pick("grosse", [Name("g", "Grosse")])] == ["g"]


def test_a_code_is_found_by_its_id_too() -> None:
    names = [Name("equalities-link", "Link with equalities"), Name("bonding", "Ties")]

    assert [one.id for one in pick("bond", names)] == ["bonding"]


def test_nothing_typed_gives_the_names_as_they_were_given() -> None:
    assert [one.id for one in pick(" -", NAMES, limit=3)] == [name.id for name in NAMES[:3]]


def test_what_is_like_nothing_finds_nothing() -> None:
    assert pick("xyzzyx", NAMES) == []
    assert pick("bn", [Name("b", "Öl")]) == []
    assert pick("x", []) == []
    assert pick("xxxx", []) == []
    assert pick("xxxx", [Name("e", "🌍")]) == []


def test_a_name_of_many_equal_words_is_looked_at_in_no_time() -> None:
    names = [Name("many", "a " * 100)]

    assert pick("a" * 60 + "b", names) == []
    assert pick("a" * 60, names)[0].tier is Tier.INITIALS


def test_what_fits_as_it_was_typed_loads_no_library() -> None:
    script = (
        "import sys; from qualcode.text.picking import Name, pick; "
        "assert pick('gr', [Name('x', 'Grant')]); print('rapidfuzz' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "False\n"


TEXT = st.text("abcé -/Ü", max_size=12)


@given(typed=TEXT, said=st.lists(st.tuples(TEXT, TEXT), max_size=8), limit=st.integers(1, 9))
def test_each_name_is_picked_once_and_the_tiers_rise(
    typed: str, said: list[tuple[str, str]], limit: int
) -> None:
    names = [Name(str(at), name, theme) for at, (name, theme) in enumerate(said)]
    picked = Picker(names).pick(typed, limit=limit)

    assert len(picked) == len({one.id for one in picked}) <= limit
    assert [one.tier for one in picked] == sorted(one.tier for one in picked)


@given(name=st.text("abcdefg ", min_size=1, max_size=20), at=st.integers(0, 19))
def test_a_name_is_found_by_its_own_beginning(name: str, at: int) -> None:
    typed = name[: at + 1]
    found = pick(typed, [Name("other", "zzz"), Name("meant", name)])

    assert "meant" in {one.id for one in found}
