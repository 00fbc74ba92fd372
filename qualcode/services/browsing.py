"""What a screen shows of the codebook, and what its quotations can be filtered by.

Values for looking at, each made in one look at the store. Passages themselves come from
`retrieving`, changes of codes from `codebook_editing`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.model.codebook import Codebook
from qualcode.model.coding import Memo, MemoTarget
from qualcode.model.people import coder_key
from qualcode.services.corpus import Corpus
from qualcode.services.filters import value_of
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
