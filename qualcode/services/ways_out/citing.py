"""One passage of a transcript as it may leave: cited, with whose words they are and where they
stand, or as the name of a code.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode import errors
from qualcode.model.spans import Span
from qualcode.model.transcript import StoredTranscript
from qualcode.services.places import PlacedText
from qualcode.services.ways_out import retrieving
from qualcode.services.ways_out.corpus import Corpus, Passage
from qualcode.store.store import Store
from qualcode.text.words import name_made_of


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
        attribution = corpus.attribution(_passage(corpus, transcript, text, span))
    return Citation(text.text[span.start : span.end], attribution, text.locator(span.start))


def name_in_vivo(store: Store, transcript: StoredTranscript, text: PlacedText, span: Span) -> str:
    """A name for a code, made of the words of a span; "" where there are none.

    It would stand in codebook.yaml and in all that leaves, and an id made of it: raises
    WithheldError where the words may not.
    """
    with store.reading() as session:
        _passage(Corpus(session), transcript, text, span)
    return name_made_of(text.text[span.start : span.end])


def cite_coding(store: Store, coding: str, *, where: str) -> Citation:
    """The citation of a coded passage, by the coding's uid, as it may leave now.

    `where` is its place, for the sentence of a refusal. Raises WithheldError where words of it may
    not leave, CodingGoneError where somebody has taken it off.
    """
    found = retrieving.quotes_of(store, [coding])
    if found.withheld:
        raise errors.WithheldError(where=where)
    if not found.quotations:
        raise errors.CodingGoneError(where=where)
    quotation = found.quotations[0]
    return Citation(quotation.text, quotation.attribution, quotation.locator)


def _passage(corpus: Corpus, transcript: StoredTranscript, text: PlacedText, span: Span) -> Passage:
    passage = corpus.passage(transcript, text, span.start, span.end)
    if passage is None:
        raise errors.WithheldError(where=text.locator(span.start))
    return passage
