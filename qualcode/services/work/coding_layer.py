"""What lies on one transcript version at one moment: codings, memos, the book; as plain values.

A session holds one layer and puts the next in its place; what two layers differ in is what a
screen has to draw anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

from qualcode.model.codebook import Codebook
from qualcode.model.coding import Coding, Memo
from qualcode.store import merging, queries, working
from qualcode.store.engine import Session

RECENT = 20
"""Codes remembered as used last: nine digits, and what pinned or retired ones leave free."""

Memos = Mapping[str, tuple[Memo, ...]]

_key = attrgetter("key")


@dataclass(frozen=True, slots=True)
class Layer:
    """Everybody's codings on one version by place; its memos by target; and one coder's own.

    `book` holds all codes, `retired` the ids of those that take no new codings. `recent` are the
    usable codes that the coder tagged with last, newest first; `finished` is the coder's own word.
    """

    book: Codebook
    retired: frozenset[str]
    codings: tuple[Coding, ...]
    memos: Memos
    recent: tuple[str, ...]
    finished: bool

    def find(self, coding: Coding) -> Coding | None:
        """The coding of the same place, code and coder as it lies here, or None."""
        at = bisect_left(self.codings, coding.key, key=_key)
        here = self.codings[at : at + 1]
        return here[0] if here and here[0].key == coding.key else None

    def with_codings(self, added: Iterable[Coding], removed: Iterable[Coding]) -> Layer:
        """The same with some codings put in and others taken out."""
        codings = list(self.codings)
        for coding in removed:
            at = bisect_left(codings, coding.key, key=_key)
            if at < len(codings) and codings[at].key == coding.key:
                del codings[at]
        for coding in added:
            codings.insert(bisect_left(codings, coding.key, key=_key), coding)
        return replace(self, codings=tuple(codings))

    def with_memos(self, written: Iterable[Memo], removed: Iterable[str] = ()) -> Layer:
        """The same with memos as they are written now, and without those of these uids."""
        now = {memo.uid: memo for memos in self.memos.values() for memo in memos}
        now |= {memo.uid: memo for memo in written}
        for uid in removed:
            now.pop(uid, None)
        return replace(self, memos=_by_target(now.values()))

    def with_book(self, book: Codebook, retired: frozenset[str]) -> Layer:
        """The same under another book, in which a recent code may be usable no longer."""
        recent = _usable(self.recent, book, retired)
        return replace(self, book=book, retired=retired, recent=recent)

    def with_recent(self, code: str) -> Layer:
        """The same after this code was used."""
        others = [one for one in self.recent if one != code]
        return replace(self, recent=(code, *others)[:RECENT])


@dataclass(frozen=True, slots=True)
class Difference:
    """What one layer has that another had not; a coding that changed is in both."""

    added: tuple[Coding, ...]
    removed: tuple[Coding, ...]
    memos: bool
    book: bool
    status: bool


def read_layer(session: Session, *, version: str, transcript: str, coder: str) -> Layer:
    """The layer as the store has it; `transcript` is the uid."""
    book, retired = queries.codebook(session)
    merged = merging.survivors(session)
    recent = [merged.get(code, code) for code in working.recent_codes(session, coder)]
    return Layer(
        book=book,
        retired=retired,
        codings=tuple(queries.codings(session, versions=[version])),
        memos=_by_target(queries.memos(session, version=version)),
        recent=_usable(recent, book, retired)[:RECENT],
        finished=working.is_finished(session, transcript, coder),
    )


def difference(before: Layer, after: Layer) -> Difference:
    """What is to be drawn anew; how a coder's name is spelt makes no difference."""
    old = {coding.uid: coding for coding in before.codings}
    new = {coding.uid: coding for coding in after.codings}
    changed = [
        uid
        for uid in old.keys() & new.keys()
        if (old[uid].doubt, old[uid].origin) != (new[uid].doubt, new[uid].origin)
    ]
    return Difference(
        added=_sorted(new[uid] for uid in [*(new.keys() - old.keys()), *changed]),
        removed=_sorted(old[uid] for uid in [*(old.keys() - new.keys()), *changed]),
        memos=before.memos != after.memos,
        book=(before.book, before.retired) != (after.book, after.retired),
        status=before.finished != after.finished,
    )


def _usable(codes: Iterable[str], book: Codebook, retired: frozenset[str]) -> tuple[str, ...]:
    """Those that take new codings, each once."""
    usable = book.by_id().keys() - retired
    return tuple(dict.fromkeys(code for code in codes if code in usable))


def _sorted(codings: Iterable[Coding]) -> tuple[Coding, ...]:
    return tuple(sorted(codings, key=_key))


def _by_target(memos: Iterable[Memo]) -> dict[str, tuple[Memo, ...]]:
    found: dict[str, list[Memo]] = {}
    for memo in sorted(memos, key=lambda memo: (memo.written, memo.uid)):
        found.setdefault(memo.target, []).append(memo)
    return {target: tuple(on) for target, on in found.items()}
