"""Single passages as they come out of the corpus, without a store."""

from __future__ import annotations

from services.study import stored_transcript

from qualcode.model.matrix import Quotation
from qualcode.model.spans import Turn
from qualcode.services.places import PlacedText
from qualcode.services.retrieval.passages import Passage
from qualcode.store.queries import StoredText

WORDS = "the tent came with a grant, and with tea"


def coded_passage(start: int, end: int, coder: str) -> tuple[Quotation, Passage]:
    """A coding of some of the words as it comes out of the corpus."""
    text = PlacedText("P", StoredText("v", WORDS, (Turn(1, 0, len(WORDS)),), ()))
    interview = stored_transcript("P")
    passage = Passage(interview, text, start, end, text.turns[0], None, None, ())
    quotation = Quotation(
        coding=f"v:{start}:{end}:trading:{coder}",
        code="funding/trading",
        theme="funding",
        coder=coder,
        transcript="P",
        participant=None,
        attribution="Anonymous participant",
        turn=1,
        speaker=None,
        start=start,
        end=end,
        start_ms=None,
        locator="P ¶1",
        text=WORDS[start:end],
    )
    return quotation, passage
