"""The answers of a transcript, and which of them a coder has still to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from qualcode.model.coding import Coding, Segment
from qualcode.model.people import Role, Speaker
from qualcode.model.spans import Turn
from qualcode.services.places import PlacedText
from qualcode.services.work.answers import Answers
from qualcode.store.queries import StoredText

SPEAKERS = {"I": Speaker("I", Role.INTERVIEWER), "P": Speaker("P", Role.PARTICIPANT)}


def answers_in(text: str, spans: Iterable[tuple[int, int, str | None]]) -> Answers:
    """The answers of a text whose turns are given by start, end and label."""
    turns = tuple(Turn(n, *span) for n, span in enumerate(spans, 1))
    return Answers(PlacedText("P01", StoredText("v", text, turns, ())), SPEAKERS)


def codings(*spans: tuple[int, int]) -> list[Coding]:
    """Codings on some spans."""
    return [Coding(Segment("v", start, end), "fairs", "Bo") for start, end in spans]


def test_every_turn_but_a_question_is_an_answer() -> None:
    text = "Who? ... Me. — Us! Nobody."
    laid = [(0, 4, "I"), (5, 8, "P"), (9, 12, "P"), (13, 14, None), (15, 18, "X"), (19, 26, None)]
    answers = answers_in(text, laid)

    assert [text[turn.start : turn.end] for turn in answers.turns] == [
        "...",
        "Me.",
        "—",
        "Us!",
        "Nobody.",
    ]


def test_touching_is_not_covering() -> None:
    answers = answers_in("aaa bbb ccc", [(0, 3, "P"), (4, 7, "P"), (8, 11, "P")])

    assert answers.covered(codings((3, 4), (7, 8))) == frozenset()
    assert answers.covered(codings((2, 4))) == {0}
    assert answers.covered(codings((6, 9), (6, 7))) == {1, 2}
    assert answers.covered(codings((0, 11))) == {0, 1, 2}


def _turns(edges: Sequence[int]) -> list[tuple[int, int, str | None]]:
    return [(start, end, "P") for start, end in zip(edges[::2], edges[1::2], strict=False)]


@given(
    edges=st.sets(st.integers(0, 60), max_size=12).map(sorted),
    places=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5),
    offset=st.integers(0, 61),
    back=st.booleans(),
)
def test_the_nearest_uncovered_answer_is_the_one_that_looking_at_all_finds(
    edges: list[int], places: list[tuple[int, int]], offset: int, back: bool
) -> None:
    answers = answers_in("w" * 60, _turns(edges))
    on = codings(*((start, start + length) for start, length in places))
    covered = answers.covered(on)

    assert covered == {
        at
        for at, turn in enumerate(answers.turns)
        if any(c.segment.start < turn.end and turn.start < c.segment.end for c in on)
    }
    free = [turn for at, turn in enumerate(answers.turns) if at not in covered]
    before = [turn for turn in free if turn.start < offset]
    after = [turn for turn in free if turn.start > offset]
    expected = next(iter(reversed(before) if back else after), None)
    assert answers.nearest(offset, but=covered, back=back) == expected
