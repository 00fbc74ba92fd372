"""Edits in their places: outside them stands what was said, and of two rows nothing comes free."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qualcode.model.consent import Edit
from qualcode.model.spans import Span
from qualcode.text.edited import combined, shown

TEXT = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def rows_of_edits(draw: st.DrawFn) -> list[Edit]:
    """Edits in order, none overlapping."""
    cuts = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=12)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [Edit(Span(a, b), f"[{n}]") for n, (a, b) in enumerate(pairs)]


@given(rows_of_edits(), st.integers(0, 26), st.integers(0, 26))
def test_outside_its_edits_a_stretch_is_what_was_said(
    edits: list[Edit], start: int, end: int
) -> None:
    words, count = shown(TEXT, start, end, edits)
    inside = [e for e in edits if e.span.start < end and start < e.span.end and start < end]

    assert count == len(inside)
    hidden = {at for e in inside for at in range(e.span.start, e.span.end)}
    kept = "".join(TEXT[at] for at in range(start, end) if at not in hidden)
    for edit in inside:
        assert words.count(edit.shown) == 1
        words = words.replace(edit.shown, "")
    assert words == kept


@given(rows_of_edits(), rows_of_edits())
def test_two_rows_made_one_hide_all_that_either_hides_and_the_first_holds(
    first: list[Edit], second: list[Edit]
) -> None:
    second = [Edit(edit.span, "[P]") for edit in second]
    both = combined(first, second, TEXT)

    assert [e for e in both if e.shown != "[P]"] == first
    assert all(a.span.end <= b.span.start for a, b in pairwise(both))
    for edits in (first, second):
        hidden = {at for e in edits for at in range(e.span.start, e.span.end)}
        assert hidden <= {at for e in both for at in range(e.span.start, e.span.end)}


def test_what_one_leaves_of_another_has_no_blanks_at_its_ends() -> None:
    text = "I know Quetzalline Ostrander."
    first = [Edit(Span(2, 18), "[her]")]
    both = combined(first, [Edit(Span(7, 28), "[P17]")], text)
    assert both == (*first, Edit(Span(19, 28), "[P17]"))


overlapping_edits = st.lists(
    st.tuples(st.integers(0, 25), st.integers(1, 9)).map(
        lambda at: Edit(Span(at[0], min(at[0] + at[1], len(TEXT))), "[P]")
    )
)


@given(overlapping_edits)
def test_edits_of_one_row_that_overlap_hide_all_that_any_of_them_hides(row: list[Edit]) -> None:
    both = combined(row, [], TEXT)

    assert all(a.span.end <= b.span.start for a, b in pairwise(both))
    hidden = [at for edit in both for at in range(edit.span.start, edit.span.end)]
    assert sorted(hidden) == sorted({n for e in row for n in range(e.span.start, e.span.end)})


def test_of_two_of_one_row_that_overlap_the_earlier_holds_and_the_other_on_what_is_left() -> None:
    row = [Edit(Span(3, 9), "[b]"), Edit(Span(0, 4), "[a]")]
    assert combined(row, [], TEXT) == (row[1], Edit(Span(4, 9), "[b]"))
