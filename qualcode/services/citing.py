"""One passage of a transcript as it may be cited: its words, whose they are, where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode import errors
from qualcode.model.spans import Span
from qualcode.model.transcript import StoredTranscript
from qualcode.services.corpus import Corpus
from qualcode.services.places import PlacedText
from qualcode.store.store import Store


@dataclass(frozen=True, slots=True)
class Citation:
    """Words that may leave, how they are attributed, and their place."""

    text: str
    attribution: str
    locator: str

    def __str__(self) -> str:
        source = ", ".join(part for part in (self.attribution, self.locator) if part)
        return f"“{self.text}” ({source})"


def cite(store: Store, transcript: StoredTranscript, text: PlacedText, span: Span) -> Citation:
    """The citation of a span. Raises WithheldError where words of it may not leave."""
    with store.reading() as session:
        corpus = Corpus(session)
        passage = corpus.passage(transcript, text, span.start, span.end)
        if passage is None:
            raise errors.WithheldError(where=text.locator(span.start))
        attribution = corpus.attribution(passage)
    return Citation(text.text[span.start : span.end], attribution, text.locator(span.start))
