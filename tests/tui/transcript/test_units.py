"""What the cursor steps by, and what a selection grows by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tui.transcript.pages import Page, page, pages, place, units

from qualcode.model.spans import Span
from qualcode.tui.transcript.units import Unit, Units

TALK = page("INT: Who came?", "P07: We all came. It was a day out. Yes.", "INT: Really?")


def step(of: Page, words: str, frm: Unit, to: Unit, by: int) -> str:
    """The words the cursor is on after a step from some words."""
    span = units(of).step(place(of[0], words), to, by, counted_in=frm)
    return of[0][span.start : span.end]


@pytest.mark.parametrize(
    ("words", "frm", "to", "by", "expected"),
    [
        ("all", Unit.WORD, Unit.WORD, 1, "came"),
        ("all", Unit.WORD, Unit.WORD, -1, "We"),
        ("We", Unit.WORD, Unit.WORD, -1, "came"),
        ("We all came.", Unit.SENTENCE, Unit.SENTENCE, 1, "It was a day out."),
        ("We all came.", Unit.SENTENCE, Unit.SENTENCE, -1, "Who came?"),
        ("Who came?", Unit.TURN, Unit.TURN, 1, "We all came. It was a day out. Yes."),
    ],
)
def test_a_step_goes_to_the_unit_beside(
    words: str, frm: Unit, to: Unit, by: int, expected: str
) -> None:
    assert step(TALK, words, frm, to, by) == expected


def test_a_step_to_a_smaller_unit_goes_inside() -> None:
    assert step(TALK, "It was a day out.", Unit.SENTENCE, Unit.WORD, 1) == "It"
    assert step(TALK, "It was a day out.", Unit.SENTENCE, Unit.WORD, -1) == "out"
    turn = "We all came. It was a day out. Yes."
    assert step(TALK, turn, Unit.TURN, Unit.SENTENCE, 1) == "We all came."


def test_a_step_to_a_larger_unit_takes_what_is_around_first_then_what_is_before() -> None:
    assert step(TALK, "day", Unit.WORD, Unit.SENTENCE, -1) == "It was a day out."
    assert step(TALK, "day", Unit.WORD, Unit.SENTENCE, 1) == "Yes."
    assert step(TALK, "Yes.", Unit.SENTENCE, Unit.TURN, -1).startswith("We all")
    assert step(TALK, "Yes.", Unit.SENTENCE, Unit.TURN, 1) == "Really?"
    assert step(TALK, "Really?", Unit.SENTENCE, Unit.TURN, -1).startswith("We all")


def test_a_step_from_a_selection_goes_to_what_is_beside_it() -> None:
    several = "We all came. It was a day out."
    assert step(TALK, several, Unit.SENTENCE, Unit.SENTENCE, 1) == "Yes."
    assert step(TALK, several, Unit.SENTENCE, Unit.SENTENCE, -1) == "Who came?"


def test_the_last_unit_stays_at_the_end_and_the_first_at_the_beginning() -> None:
    assert step(TALK, "Really", Unit.WORD, Unit.WORD, 1) == "Really"
    assert step(TALK, "Who", Unit.WORD, Unit.WORD, -1) == "Who"


def grown(words: str, *steps: tuple[Unit, int]) -> str:
    """The words selected after some extensions from some words."""
    span, back = place(TALK[0], words), False
    for unit, by in steps:
        span, back = units(TALK).extend(span, unit, by, back=back)
    return TALK[0][span.start : span.end]


def test_an_extension_moves_the_end() -> None:
    assert grown("We all came.", (Unit.SENTENCE, 1)) == "We all came. It was a day out."
    assert grown("We all came.", (Unit.WORD, 1)) == "We all came. It"
    assert grown("all", (Unit.SENTENCE, 1)) == "all came."


def test_an_extension_back_makes_a_selection_shorter() -> None:
    assert grown("We all came.", (Unit.WORD, -1)) == "We all came"
    assert grown("We all came.", (Unit.WORD, -1), (Unit.WORD, -1)) == "We all"
    assert grown("We all came.", (Unit.SENTENCE, 1), (Unit.SENTENCE, -1)) == "We all came."


def test_what_cannot_become_shorter_grows_on_the_other_side() -> None:
    assert grown("all", (Unit.WORD, -1)) == "We all"
    assert grown("all", (Unit.WORD, -1), (Unit.WORD, 1)) == "all"
    assert grown("all", (Unit.WORD, -1), (Unit.WORD, 1), (Unit.WORD, 1)) == "all came"
    assert grown("It was a day out.", (Unit.SENTENCE, -1)) == "We all came. It was a day out."


def test_an_extension_crosses_turns() -> None:
    assert grown("Yes.", (Unit.TURN, 1)) == "Yes.\n\nReally?"


def test_an_extension_stops_at_the_end_of_the_text() -> None:
    assert grown("Really?", (Unit.TURN, 1)) == "Really?"


def test_a_turn_without_words_is_one_word() -> None:
    of = page("We came.", " ... ", "Yes.")
    assert step(of, "came", Unit.WORD, Unit.WORD, 1) == "..."
    assert step(of, "Yes", Unit.WORD, Unit.WORD, -1) == "..."


def test_every_sign_is_a_word_in_writing_without_blanks() -> None:
    of = page("他们来了 ok")
    assert step(of, "们", Unit.WORD, Unit.WORD, 1) == "来"
    assert step(of, "了", Unit.WORD, Unit.WORD, 1) == "ok"
    thai = page("ที่นี่")
    assert step(thai, "ที่", Unit.WORD, Unit.WORD, 1) == "นี่"


def test_there_are_no_sentences_until_they_are_given() -> None:
    made = Units(*TALK)
    assert not made.sentences_known
    assert made.at(Unit.SENTENCE, 0) is None
    made.set_sentences([Span(0, 9)])
    assert made.at(Unit.SENTENCE, 3) == Span(0, 9)


def test_a_text_of_nothing_has_no_units() -> None:
    made = Units("", ())
    assert [made.first(unit) for unit in Unit] == [None, None, None]
    assert made.step(Span(0, 1), Unit.WORD, 1) == Span(0, 1)
    assert made.extend(Span(0, 1), Unit.TURN, -1, back=False)[0] == Span(0, 1)


def test_a_span_grows_to_whole_sentences() -> None:
    made = units(TALK)
    span = Span(place(TALK[0], "all").start, place(TALK[0], "day").end)
    whole = made.around(Unit.SENTENCE, span)
    assert TALK[0][whole.start : whole.end] == "We all came. It was a day out."


@given(pages(), st.sampled_from(Unit))
def test_stepping_on_meets_every_unit_once_and_stepping_back_too(of: Page, unit: Unit) -> None:
    made = units(of)
    first = made.first(unit)
    if first is None:
        return
    on = [first]
    while (following := made.step(on[-1], unit, 1)) != on[-1]:
        assert following.start >= on[-1].end
        on.append(following)
    assert on[-1] == made.last(unit)
    back = [on[-1]]
    while (before := made.step(back[-1], unit, -1)) != back[-1]:
        back.append(before)
    assert back[::-1] == on


@given(pages(), st.lists(st.tuples(st.sampled_from(Unit), st.sampled_from([1, -1])), max_size=12))
def test_a_selection_stays_within_the_text(of: Page, steps: list[tuple[Unit, int]]) -> None:
    made = units(of)
    span, back = made.first(Unit.WORD) or Span(0, 1), False
    for unit, by in steps:
        span, back = made.extend(span, unit, by, back=back)
        assert 0 <= span.start < span.end <= len(of[0])
