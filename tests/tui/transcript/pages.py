"""Transcripts made up for the tests of the view, written as one reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st
from text.samples import texts_with_turns

from qualcode.model.codebook import Code, Codebook
from qualcode.model.spans import Span, Turn
from qualcode.tui.looks import ColourMode, Look, make_look
from qualcode.tui.transcript.cells import Drawn
from qualcode.tui.transcript.lanes import Laid
from qualcode.tui.transcript.overlay import Marks, Overlay
from qualcode.tui.transcript.painter import RowPainter, fit_columns
from qualcode.tui.transcript.units import Units
from qualcode.tui.transcript.wrap import WrapIndex

BOOK = Codebook("Fair", "1", (Code("bonding", "Bonding"), Code("money", "Money", key="m")))

Page = tuple[str, tuple[Turn, ...]]


def page(*said: str, seconds: int | None = 10) -> Page:
    """A text of turns, each written `P07: We came.`, so many seconds apart."""
    text, turns = "", []
    for number, turn in enumerate(said):
        speaker, _, words = turn.rpartition(": ")
        start = len(text) + 2 if number else 0
        text += ("\n\n" if number else "") + words
        ms = None if seconds is None else number * seconds * 1000
        turns.append(Turn(number + 1, start, len(text), speaker or None, ms))
    return text, tuple(turns)


def interview(answers: int) -> Page:
    """Questions and answers of some rows each."""
    question = "INT: And what was it like to come here, year after year? Who did you meet there?"
    answer = "P07: We all came to the fair. It was a day out. " + "You met people there. " * 8
    return page(*[question, answer.strip()] * answers)


def sentences(text: str) -> list[Span]:
    """Sentences as a child would find them."""
    return [Span(*found.span()) for found in re.finditer(r"[^.?\s][^.?\n]*[.?]?", text)]


def place(text: str, words: str) -> Span:
    """Where some words stand for the first time."""
    at = text.index(words)
    return Span(at, at + len(words))


def laid(span: Span, theme: str = "bonding", *, uid: str = "", own: bool = True) -> Laid:
    """A coding of a span."""
    return Laid(
        uid or f"{span.start}:{span.end}:{theme}", span.start, span.end, theme, theme, own=own
    )


def units(of: Page) -> Units:
    """The units of a page, its sentences known."""
    made = Units(*of)
    made.set_sentences(sentences(of[0]))
    return made


def look(mode: ColourMode = ColourMode.TRUE, *, ascii_signs: bool = False) -> Look:
    """How the made-up codebook looks on a dark terminal."""
    return make_look(BOOK, mode=mode, dark=True, ascii_signs=ascii_signs)


def painter(
    of: Page,
    width: int = 80,
    *,
    looks: Look | None = None,
    compact: bool = False,
    isolate: bool = False,
) -> RowPainter:
    """What paints a page on a view of some width; `INT` asks the questions."""
    text, turns = of
    columns = fit_columns(width, 7 if turns and turns[0].start_ms is not None else 0)
    wrap = WrapIndex(Drawn(text), turns, columns.text, compact=compact)
    labels = {turn.speaker: turn.speaker[:3] for turn in turns if turn.speaker is not None}
    return RowPainter(wrap, columns, looks or look(), labels, {"INT"}, isolate)


def marks_of(painted: RowPainter, row: int, overlay: Overlay, selection: Span) -> Marks:
    """What lies over a row."""
    start = painted.wrap.start(row)
    return overlay.over(start, max(painted.wrap.end(row), start + 1), selection)


def turns_of(spans: Sequence[Span]) -> tuple[Turn, ...]:
    """Turns of nobody at some spans."""
    return tuple(Turn(n, span.start, span.end) for n, span in enumerate(spans, start=1))


def pages() -> st.SearchStrategy[Page]:
    """Transcripts of all sense and of none."""
    return texts_with_turns().map(lambda made: (made[0], turns_of(made[1])))
