"""Which codings lie where, and in which lane."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tui.transcript.pages import laid

from qualcode.model.spans import Span
from qualcode.tui.transcript.lanes import Laid, Lanes


def lanes_of(lanes: Lanes, given_: list[Laid]) -> list[int]:
    return [lanes[one.uid].lane for one in given_]


def test_codings_that_overlap_lie_in_lanes_of_their_own() -> None:
    codings = [laid(Span(0, 10)), laid(Span(5, 15)), laid(Span(8, 9))]
    assert lanes_of(Lanes(codings), codings) == [0, 1, 2]


def test_a_lane_is_used_again_where_it_is_free() -> None:
    codings = [laid(Span(0, 10)), laid(Span(10, 15))]
    assert lanes_of(Lanes(codings), codings) == [0, 0]


def test_a_coding_added_takes_a_free_lane_and_moves_no_other() -> None:
    codings = [laid(Span(0, 10)), laid(Span(20, 30))]
    lanes = Lanes(codings)
    assert lanes.add(laid(Span(0, 30))).lane == 1
    assert lanes_of(lanes, codings) == [0, 0]


def test_a_coding_taken_away_moves_no_other() -> None:
    codings = [laid(Span(0, 10)), laid(Span(5, 15))]
    lanes = Lanes(codings)
    lanes.remove(codings[0].uid)
    assert lanes[codings[1].uid].lane == 1
    assert codings[0].uid not in lanes
    assert lanes.add(laid(Span(6, 7))).lane == 0


def test_a_coding_changed_in_its_place_keeps_its_lane() -> None:
    lanes = Lanes([laid(Span(0, 10)), laid(Span(5, 15), uid="second")])
    lanes.remove(laid(Span(0, 10)).uid)
    changed = Laid("second", 5, 15, "money", "money", doubt=True)
    assert lanes.replace(changed).lane == 1
    assert lanes.over(5, 6)[0].laid.doubt


def test_a_coding_whose_end_moved_is_found_where_it_lies_now() -> None:
    lanes = Lanes([laid(Span(0, 10), uid="one")])
    lanes.replace(laid(Span(0, 400), uid="one"))
    assert [one.uid for one in lanes.over(300, 301)] == ["one"]
    assert len(lanes) == 1


def test_other_coders_codings_lie_beside_the_coders_own() -> None:
    own = [laid(Span(0, 10)), laid(Span(5, 15))]
    others = [laid(Span(0, 10), uid="other", own=False)]
    assert lanes_of(Lanes([*others, *own]), [*own, *others]) == [0, 1, 2]


def test_taking_away_what_is_not_there_does_nothing() -> None:
    assert Lanes().remove("nothing") is None


SPANS = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 300), st.integers(1, 90)
)


@given(st.lists(SPANS), st.lists(SPANS), st.data())
def test_what_overlaps_is_what_looking_at_each_one_finds(
    spans: list[Span], later: list[Span], data: st.DataObject
) -> None:
    lanes = Lanes(laid(span, uid=f"a{n}") for n, span in enumerate(spans))
    known = {f"a{n}": span for n, span in enumerate(spans)}
    for number, span in enumerate(later):
        lanes.add(laid(span, uid=f"b{number}"))
        known[f"b{number}"] = span
        if data.draw(st.booleans()):
            gone = data.draw(st.sampled_from(sorted(known)))
            lanes.remove(gone)
            del known[gone]
    asked = data.draw(SPANS)
    found = {one.uid for one in lanes.over(asked.start, asked.end)}
    assert found == {uid for uid, span in known.items() if span.overlaps(asked)}


@given(st.lists(SPANS), st.lists(SPANS))
def test_no_two_that_overlap_share_a_lane(spans: list[Span], later: list[Span]) -> None:
    lanes = Lanes(laid(span, uid=f"a{n}") for n, span in enumerate(spans))
    for number, span in enumerate(later):
        lanes.add(laid(span, uid=f"b{number}"))
    for offset in range(400):
        here = [one.lane for one in lanes.over(offset, offset + 1)]
        assert len(here) == len(set(here))
