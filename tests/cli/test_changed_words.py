"""Old and new words in a line each: what differs is marked, and a window begins where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.cli import changed_words, output
from qualcode.cli.changed_words import Compared
from qualcode.model.coding import Coding, Segment
from qualcode.model.spans import Span
from qualcode.services.correction.carrying import Carrying
from qualcode.text.anchoring import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = (
    "And most of what keeps the hall going comes from the café and room hire, and the café shuts "
    "at four, which nobody ever told the people who come for the evening class, or their friends."
)


def changed(old: str, new: str | None, *, withheld: bool = False) -> Carrying:
    """A coding whose words were the one and are the other."""
    coding = Coding(Segment("v1", 0, max(1, len(old))), "funding", "amina")
    place = None if new is None else Span(0, max(1, len(new)))
    outcome = Outcome.LOST if new is None else Outcome.ADJUSTED
    return Carrying(
        coding, "funding", outcome, place, old, new, 90.0, "P01 ¶2", None, 0, False, withheld
    )


def window(old: str, new: str | None) -> Compared:
    return changed_words.window(changed(old, new))


def test_words_that_fit_are_shown_whole_with_what_differs_marked() -> None:
    assert window("We all came early.", "We both came.") == Compared(
        "We ‹all› came ‹early›.", "We ‹both› came."
    )


def test_a_window_begins_four_words_before_the_first_difference() -> None:
    shown = window(LONG, LONG.replace("room hire", "room rent"))
    assert shown.old.startswith("… the café and room ‹hire›, and the café shuts at four,")
    assert shown.new is not None
    assert shown.new.startswith("… the café and room ‹rent›, and the café shuts at four,")
    assert shown.old.endswith(" …")
    assert shown.more == 0


def test_differences_behind_the_window_are_counted() -> None:
    new = LONG.replace("room hire", "room rent").replace("evening", "morning")
    assert window(LONG, new.replace(", or their friends", "")).more == 2


def test_what_was_put_in_stands_at_the_same_place_of_both() -> None:
    shown = window(LONG, LONG.replace("the café shuts", "the café always shuts"))
    assert shown.new is not None
    assert shown.old.startswith("… hire, and the café shuts at four")
    assert shown.new.startswith("… hire, and the café ‹always› shuts at four")
    assert shown.more == 0


def test_lost_words_are_cut_and_have_no_new_ones() -> None:
    shown = window(LONG, None)
    assert shown == Compared(shown.old)
    assert shown.old.startswith("And most of what keeps")
    assert shown.old.endswith(" …")


def test_the_same_words_elsewhere_are_said_once() -> None:
    assert window("We came.", "We came.") == Compared("We came.", changed_words.SAME)


def test_the_marks_are_none_that_the_words_have() -> None:
    assert window("Sie sagt ‹ja› laut.", "Sie sagt ‹ja› leise.") == Compared(
        "Sie sagt ‹ja› ⟦laut⟧.", "Sie sagt ‹ja› ⟦leise⟧."
    )


@pytest.mark.parametrize("shown", [changed_words.window, changed_words.whole])
def test_words_of_a_withheld_participant_are_not_shown(
    shown: Callable[[Carrying], Compared],
) -> None:
    assert shown(changed("We came.", "We went.", withheld=True)) == Compared(
        "(words of a withheld participant)"
    )


def test_nothing_is_left_out_where_all_is_wanted() -> None:
    shown = changed_words.whole(changed(LONG, LONG.replace("friends", "families")))
    assert shown.old == LONG.replace("friends", "‹friends›")


_WORDS = st.lists(st.sampled_from(("we", "came,", "early", "会議", "e\u0301", "\n\n", "👋")))


@given(_WORDS, _WORDS)
def test_every_window_fits_its_line(old: list[str], new: list[str]) -> None:
    shown = window(" ".join(old), " ".join(new))
    for line in (shown.old, shown.new or ""):
        assert output.cells(line) <= 72
        assert "\n" not in line
    assert shown.more >= 0
