"""The words of the coding screen's lines, in whatever room there is."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text

from qualcode.tui.guide import Deed, Guide, Keys
from qualcode.tui.screens.coding.lines import (
    HeaderFacts,
    Lying,
    header_line,
    hint_rows,
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
    assert words.startswith("P07   coder amina   PRACTICE: nothing here touches your project")
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


def hint(*numbered: tuple[str, str, bool], width: int = 78, beside: int = 0) -> tuple[str, str]:
    first, second = hint_rows(numbered, width, beside=beside, empty="codes will be here")
    return first.plain, second.plain


def test_names_share_the_room_and_short_ones_leave_the_others_more() -> None:
    first, second = hint(("1", "Bonding", True), ("2", LONG, False), ("3", "Aid", False))
    assert first.startswith("1* Bonding  2 a name of a code that goes")
    assert first.endswith("3 Aid")
    assert second == ""


def test_a_second_row_is_taken_only_where_names_in_one_could_not_be_told_apart() -> None:
    names = (
        "Line managers",
        "Limited budgets",
        "Infrastructures",
        "Information law",
        "Trust, hope",
    )
    some = [(str(n), name, False) for n, name in enumerate(names, start=1)]
    assert hint(*some) == (
        "1 Line managers  2 Limited budgets  3 Infrastructures  4 Information law",
        "5 Trust, hope",
    )
    assert hint(*some, width=98)[1] == ""
    assert hint(*((digit, name[:9], False) for digit, name, _ in some))[1] == ""


@pytest.mark.parametrize("width", [58, 78, 98, 138])
@pytest.mark.parametrize("beside", [0, 43])
def test_nine_long_names_fit_into_two_rows(width: int, beside: int) -> None:
    nine = [(str(n), f"{n} {LONG}", n == 1) for n in range(1, 10)]
    first, second = hint(*nine, width=width, beside=beside)
    assert cell_len(first) <= max(width - beside, 7)
    assert cell_len(second) <= width
    assert all(f"{n} {n} " in f"{first} {second}".replace("*", "") for n in range(1, 10))


def test_the_hint_says_what_will_be_there() -> None:
    assert hint() == ("codes will be here", "")


KEYS = Keys("↓", "shift+↓", "f", "2", "Trading", "u", "n", "Enter", "F1", "Esc")


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
    guide = Guide(Keys("↓", "J", "", "", "", "u", "n", "Enter", "F1", "Esc"))
    guide.saw(Deed.MOVED)
    guide.saw(Deed.EXTENDED)
    assert "type some letters of a code" in guide.line()
