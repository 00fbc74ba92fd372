"""What screens show of the codebook and of coded passages, and what these can be filtered by.

Values for looking at, each made in one look at the store. What may leave is settled in `corpus`,
changes of codes are in `codebook_editing`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from qualcode.model.codebook import Codebook
from qualcode.model.coding import Memo, MemoTarget
from qualcode.model.matrix import Quotation
from qualcode.model.people import coder_key
from qualcode.services.consent.attribution import open_around
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.services.retrieval.filters import value_of
from qualcode.services.retrieval.passages import Passage
from qualcode.store import queries, working
from qualcode.store.store import Store


@dataclass(frozen=True, slots=True)
class CodebookPage:
    """The codes with what has been done with them.

    `mine` and `everyone` are numbers of codings by code id, 0 left out; `memos` those on codes, by
    code id, in the order in which they were written. `newest` is that of `newest_event`.
    """

    book: Codebook
    retired: frozenset[str]
    mine: Mapping[str, int]
    everyone: Mapping[str, int]
    memos: Mapping[str, tuple[Memo, ...]]
    newest: int


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What there is to filter quotations by: codes, coders by name, values of each attribute.

    Nothing stands in `values` that only somebody has who may not be cited.
    """

    book: Codebook
    retired: frozenset[str]
    coders: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]


class Voice(NamedTuple):
    """Somebody begins to speak in a quotation, or in the words before or after it.

    `at` is where: in `before` words back from its end, in `text` code points and in `after` words
    from its start. `speaker` says who as far as it may be said, None where nobody is known.
    """

    part: Literal["before", "text", "after"]
    at: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class PassagesPage:
    """All coded passages that may leave, and how many more there are.

    `voices` are by coding uid and in the order of the words; the first begins where they begin.
    """

    quotations: tuple[Quotation, ...]
    withheld: int
    voices: Mapping[str, tuple[Voice, ...]]


def newest_event(store: Store) -> int:
    """A number that is another once anything in the project has changed; one statement."""
    with store.reading() as session:
        return working.log_end(session).number


def codebook_page(store: Store, *, coder: str | None) -> CodebookPage:
    """The codebook as this coder sees it."""
    with store.reading() as session:
        book, retired = queries.codebook(session)
        codings = queries.codings(session)
        memos = queries.memos(session)
        newest = working.log_end(session).number
    mine = None if coder is None else coder_key(coder)
    on_codes: dict[str, list[Memo]] = defaultdict(list)
    for memo in memos:
        if memo.target_kind is MemoTarget.CODE:
            on_codes[memo.target].append(memo)
    return CodebookPage(
        book,
        retired,
        Counter(coding.code for coding in codings if coder_key(coding.coder) == mine),
        Counter(coding.code for coding in codings),
        {code: tuple(notes) for code, notes in on_codes.items()},
        newest,
    )


def passages_page(store: Store, *, context: int) -> PassagesPage:
    """The passages as `retrieving.quotes` gives them, with who speaks where."""
    with store.reading() as session:
        corpus = Corpus(session)
        found = quotations(session, corpus, context=context)
        voices = {one.coding: tuple(voices_of(corpus, one, passage)) for one, passage in found}
    return PassagesPage(tuple(one for one, _ in found), corpus.withheld, voices)


def filter_choices(store: Store) -> FilterChoices:
    """The choices in the order in which they are offered; an attribute nobody has is left out."""
    with store.reading() as session:
        corpus = Corpus(session)
        coders = tuple(coder.name for coder in queries.coders(session))
        cases = tuple(corpus.cases())
    found: dict[str, tuple[str, ...]] = {}
    for name in corpus.attributes:
        values = {value_of(name, transcript, person) for transcript, person in cases}
        said = sorted({value for value in values if value}, key=lambda one: (one.casefold(), one))
        if said:
            found[name] = tuple(said)
    return FilterChoices(corpus.book, corpus.retired, coders, found)


def voices_of(corpus: Corpus, quotation: Quotation, passage: Passage) -> Iterator[Voice]:
    """Who speaks where in a quotation and in the words around it, in their order."""
    turns, transcript = passage.text.turns, passage.transcript
    if passage.turn is None:
        return
    first = passage.turn.n - 1
    yield from reversed([*_voices_before(corpus, quotation, passage, first)])
    begins_here = not quotation.before or passage.turn.start == passage.start
    if begins_here:
        yield Voice("text", 0, corpus.speaker_of(transcript, passage.turn))
    at = first + 1
    while at < len(turns) and turns[at].start < passage.end:
        at += 1  # who goes on speaking is said by the words themselves
    yield from _voices_after(corpus, quotation, passage, at)


def _voices_before(
    corpus: Corpus, quotation: Quotation, passage: Passage, at: int
) -> Iterator[Voice]:
    """From the passage back, to the one who speaks where the words before it begin."""
    whole, turns, end = passage.text.text, passage.text.turns, passage.start
    low, _ = open_around(passage.start, passage.end, len(whole), passage.closed)
    left, back = len(quotation.before.split()), 0
    while left and at >= 0:
        start = max(turns[at].start, low)
        words = _words(corpus.words(passage.text, start, end)[0], left)
        if words:
            left, back, end = left - words, back + words, start
            yield Voice("before", back, corpus.speaker_of(passage.transcript, turns[at]))
        at -= 1


def _voices_after(
    corpus: Corpus, quotation: Quotation, passage: Passage, at: int
) -> Iterator[Voice]:
    turns, start = passage.text.turns, passage.end
    left, on = len(quotation.after.split()), 0
    while at < len(turns):
        words = _words(corpus.words(passage.text, start, turns[at].start)[0], left)
        left, on, start = left - words, on + words, turns[at].start
        if not left:
            return
        yield Voice("after", on, corpus.speaker_of(passage.transcript, turns[at]))
        at += 1


def _words(text: str, most: int) -> int:
    """How many words there are, but no more than so many: a turn can be a whole interview."""
    return min(most, len(text.split(None, most)))
