"""One passage of a transcript as it may leave: cited, with whose words they are and where they
stand, or as the name of a code.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode import errors
from qualcode.model.spans import Span
from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent import gate
from qualcode.services.places import PlacedText
from qualcode.services.retrieval import retrieving
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.passages import Passage
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
        passage = _passage(corpus, transcript, text, span)
        attribution = corpus.attribution(passage)
        words, _ = passage.words(span.start, span.end)
        locator = corpus.shown.label(text.locator(span.start))
        gate.check_words(corpus.forbidden, (words, attribution, locator), where="the clipboard")
    return Citation(words, attribution, locator)


def name_in_vivo(store: Store, transcript: StoredTranscript, text: PlacedText, span: Span) -> str:
    """A name for a code, made of the words of a span; "" where there are none.

    It would stand in codebook.yaml and in all that leaves, and an id made of it: raises
    WithheldError where the words may not.
    """
    with store.reading() as session:
        corpus = Corpus(session)
        _passage(corpus, transcript, text, span)
        words, _ = corpus.words(text, span.start, span.end)
    return name_made_of(words)


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
    said = quotation.text, quotation.attribution, quotation.locator
    with store.reading() as session:
        forbidden = Corpus(session).forbidden
        gate.check_words(forbidden, said, where="the clipboard")
    return Citation(*said)


def _passage(corpus: Corpus, transcript: StoredTranscript, text: PlacedText, span: Span) -> Passage:
    passage = corpus.passage(transcript, text, span.start, span.end)
    if passage is None:
        raise errors.WithheldError(where=text.locator(span.start))
    return passage
