"""Retrieval: coded passages, and words found in the transcripts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.model.matrix import Quotation
from qualcode.model.people import Role
from qualcode.model.spans import Span, Turn
from qualcode.services.consent.attribution import open_around
from qualcode.services.places import PlacedText
from qualcode.services.retrieval import starring
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.services.retrieval.passages import Passage
from qualcode.services.work.coders import find_coder
from qualcode.store.store import Store
from qualcode.text import search as searching
from qualcode.text.edited import without


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Coded passages in order, and how many more there are that may not leave.

    `waiting` counts codings that have no place yet in the corrected text of their transcript,
    `stars_left` stars on passages that bear no code now; only where stars were asked for.
    """

    quotations: tuple[Quotation, ...]
    withheld: int
    waiting: int = 0
    stars_left: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a search found, with words on either side; offsets as everywhere."""

    transcript: str
    participant: str | None
    turn: int | None
    speaker: str | None
    start: int
    end: int
    start_ms: int | None
    locator: str
    left: str
    text: str
    right: str
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Hits in the order of the transcripts.

    `closed` is the number of transcripts that hold words which may not leave and were not searched;
    it does not depend on the query, so that it tells nothing of what they say. `names_somebody` is
    True where the query holds a name that may not be said: nothing was looked for then, and it
    depends on the query alone.
    """

    hits: tuple[Hit, ...]
    closed: int
    names_somebody: bool = False


def quotes(
    store: Store,
    codes: Sequence[str] = (),
    *,
    where: Sequence[str] = (),
    coder: str | None = None,
    starred: bool = False,
    context: int = 0,
) -> Retrieval:
    """Every coding of these codes and of all below them, with its words.

    `coder` narrows to one coder's, `starred` to what is worth quoting; `context` is the number of
    words on either side. Raises UnknownCodeError or FilterError.
    """
    with store.reading() as session:
        by = None if coder is None else find_coder(session, coder)
        corpus = Corpus(session, where=where)
        only = starring.starred_codings(session) if starred else None
        found = quotations(session, corpus, codes=codes, coder=by, only=only, context=context)
        return Retrieval(
            tuple(quotation for quotation, _ in found),
            corpus.withheld,
            waiting=corpus.waiting(codes=codes, coder=by),
            stars_left=starring.stars_left(session) if starred else 0,
        )


def quotes_of(store: Store, codings: Collection[str], *, context: int = 0) -> Retrieval:
    """The quotations of these codings, by uid, as they may leave now.

    For whoever looked a while ago: consent may have been taken back since. Codings that are no
    longer there are in neither number of the answer.
    """
    with store.reading() as session:
        corpus = Corpus(session)
        found = quotations(session, corpus, only=frozenset(codings), context=context)
        left = corpus.waiting()
        return Retrieval(tuple(quotation for quotation, _ in found), corpus.withheld, left)


def search(
    store: Store,
    query: str,
    *,
    where: Sequence[str] = (),
    role: Role | None = None,
    width: int = 60,
) -> Found:
    """Where the words of a query stand in the transcripts, as far as they may be shown.

    What an edit leaves out or a mask hides is not found. `role` narrows to turns of interviewers,
    participants or others; `width` is the number of characters on either side. Raises QueryError or
    FilterError.
    """
    wanted = searching.parse_query(query)
    hits: list[Hit] = []
    with store.reading() as session:
        corpus = Corpus(session, where=where)
        texts = corpus.texts(corpus.transcripts)
        names_somebody = bool(corpus.forbidden.edits(query))
        for transcript in () if names_somebody else corpus.transcripts:
            text = texts[transcript.version_uid]
            for span, turn in _found(corpus, wanted, text):
                passage = corpus.passage(transcript, text, span.start, span.end)
                if passage is not None and (role is None or _speaks_as(passage, role)):
                    hits.append(_hit(corpus, passage, text.turns[turn], width))
        return Found(tuple(hits), corpus.closed_transcripts(texts), names_somebody)


def _found(corpus: Corpus, wanted: searching.Query, text: PlacedText) -> Iterator[tuple[Span, int]]:
    """Hits in what may be shown of a text, each with the index of its turn.

    Looked through are the words with those blotted out that are hidden, or left out: found beside
    others, or missed, they would tell that they were said.
    """
    turns = [Span(turn.start, turn.end) for turn in text.turns]
    said = searching.search(wanted, text.text, turns)
    if not (said or wanted.unwanted):
        return
    hidden = [edit.span for edit in corpus.shown.edits(text.version, text.text)]
    if hidden:
        said = searching.search(wanted, without(text.text, hidden), turns)
    for one in said:
        if not any(span.overlaps(one.span) for span in hidden):
            yield one.span, one.turn


def words_of(hits: Iterable[Hit]) -> Iterator[str | None]:
    """All that is said of hits, for the gate."""
    for hit in hits:
        yield from (hit.transcript, hit.participant, hit.speaker, hit.locator)
        yield from (hit.left, hit.text, hit.right)


def _hit(corpus: Corpus, passage: Passage, turn: Turn, width: int) -> Hit:
    """One place with the words around it that are of the same turn and may leave with it."""
    text, span = passage.text, Span(passage.start, passage.end)
    low, high = open_around(span.start, span.end, len(text.text), passage.closed)
    within = Span(max(low, turn.start), min(high, turn.end))
    before, after = searching.window(text.text, span, width=width, within=within)
    left, left_out = corpus.words(text, before, span.start)
    words, edits = corpus.words(text, span.start, span.end)
    right, right_out = corpus.words(text, span.end, after)
    person = passage.participant
    return Hit(
        transcript=passage.transcript.name,
        participant=None if person is None else person.code,
        turn=turn.n,
        speaker=corpus.speaker(passage),
        start=span.start,
        end=span.end,
        start_ms=text.ms_at(span.start),
        locator=text.locator(span.start),
        left=searching.on_one_line(left).lstrip(),
        text=words,
        right=searching.on_one_line(right).rstrip(),
        edits=left_out + edits + right_out,
    )


def _speaks_as(passage: Passage, role: Role) -> bool:
    """True where the speaker at the start of the passage has this role."""
    return passage.speaker is not None and passage.speaker.role is role
