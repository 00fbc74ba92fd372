"""The words of the coding screen's lines, in whatever room there is."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text

from qualcode.tui.guide import Deed, Guide, Keys
from qualcode.tui.screens.coding_asking import in_vivo_name
from qualcode.tui.screens.coding_lines import (
    HeaderFacts,
    Lying,
    header_line,
    hint_line,
    status_line,
)

FACTS = HeaderFacts("Meeting house", "P07", "amina", 7, 8, 189)
LONG = "a name of a code that goes on and on 長い名前 " * 5


def test_a_wide_header_says_all() -> None:
    words = header_line(FACTS, 138).plain
    assert words.startswith("Meeting house · P07   coder amina   ━━━")
    assert words.endswith("87% of answers coded   189 codings   saved ✓")


def test_a_narrow_header_keeps_coder_and_progress() -> None:
    words = header_line(FACTS, 60).plain
    assert "amina" in words
    assert "87% coded" in words
    assert words.endswith("saved ✓")


@pytest.mark.parametrize("width", [4, 20, 58, 78, 138])
def test_a_header_never_is_wider_than_there_is_room(width: int) -> None:
    facts = HeaderFacts(LONG, "P07", "amina", 0, 0, 1, practice=True)
    words = header_line(facts, width).plain
    assert cell_len(words) <= max(width, cell_len("amina") + 4)


def test_a_finished_transcript_and_practice_are_said() -> None:
    facts = HeaderFacts("P07", "P07", "amina", 1, 1, 1, finished=True, practice=True)
    words = header_line(facts, 138).plain
    assert words.startswith("P07   coder amina   practice: nothing here touches your project")
    assert words.endswith("100% of answers coded   1 coding   finished ✓")


def lying(name: str, **more: object) -> Lying:
    return Lying(name, Text("■"), **more)  # type: ignore[arg-type]


def status(*codes: Lying, width: int = 78, memo: bool = False) -> str:
    return status_line(
        time="00:05:05",
        speaker="Mother-in-law",
        what="sentence · 17 words",
        lying=codes,
        nothing="no code here",
        memo=memo,
        width=width,
    ).plain


def test_the_status_says_place_and_codes_in_words() -> None:
    assert status() == "00:05:05 Mother-in-law · sentence · 17 words   no code here"
    said = status(lying("Gossip", doubt=True), lying("Trust", coder="ben", memo=True), width=120)
    assert said.endswith("17 words  ■ Gossip ?  ■ Trust (ben) ✎")


def test_codes_without_room_are_counted() -> None:
    said = status(*(lying(f"Code number {n}") for n in range(9)))
    assert said.endswith("■ Code number 0  +8")
    assert cell_len(said) <= 78


def test_one_long_name_is_cut_and_the_rest_counted() -> None:
    said = status(lying(LONG), lying("Trust"))
    assert cell_len(said) <= 78
    assert said.endswith("…  +1")


def test_a_memo_on_the_passage_is_said() -> None:
    assert "17 words  ✎ memo" in status(memo=True)


def test_the_hint_shares_its_room_among_the_names() -> None:
    named = [("1", "Bonding", True), ("2", LONG, False), ("3", "Aid", False)]
    words = hint_line(named, 78, empty="").plain
    assert words.startswith("1* Bonding  2 a name of a code that goes")
    assert words.endswith("3 Aid")
    assert cell_len(words) <= 78
    nine = [(str(n), LONG, False) for n in range(1, 10)]
    assert cell_len(hint_line(nine, 78, empty="").plain) <= 78


def test_the_hint_says_what_will_be_there() -> None:
    assert hint_line([], 78, empty="codes will be here").plain == "codes will be here"


def test_a_name_made_of_words_is_cut_between_two_of_them() -> None:
    assert in_vivo_name("“You’ve got to\nlaugh, really.”") == "You’ve got to laugh, really"
    name = in_vivo_name("we all patched the rest together " * 5)
    assert name == "we all patched the rest together we all patched the rest"
    assert in_vivo_name("x" * 90) == "x" * 60


KEYS = Keys("↓", "shift+↓", "f", "2", "Trading", "u", "n", "Enter")


def test_the_guide_goes_on_when_the_thing_was_done_and_only_then() -> None:
    guide = Guide(KEYS)
    assert guide.line().startswith("1 of 6: Press ↓")
    assert not guide.saw(Deed.TAGGED)
    for deed in (Deed.MOVED, Deed.EXTENDED):
        assert guide.saw(deed)
    assert "Press f, then 2: that puts Trading here." in guide.line()
    for deed in (Deed.FOUND, Deed.UNDONE, Deed.WENT_TO_UNCODED, Deed.FOUND):
        assert not guide.over
        assert guide.saw(deed)
    assert guide.over
    assert not guide.saw(Deed.FOUND)
    assert "F1" in guide.line()


def test_without_themes_the_guide_tags_by_letters() -> None:
    guide = Guide(Keys("↓", "J", "", "", "", "u", "n", "Enter"))
    guide.saw(Deed.MOVED)
    guide.saw(Deed.EXTENDED)
    assert "type some letters of a code" in guide.line()
