"""What a later export says otherwise than an earlier one: quotations, how they are cited, cells.

The quotations of both are paired off, from what is surely the same to what is likely so: the same
place and code; after a correction of the transcript, the same words under the same code; the same
place or words under another code; places that overlap. What is left over is new, or gone.

An old export may say what may not be said any more. Where the project is at hand, that is shown as
its exports of now would show it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from qualcode import errors
from qualcode.exporters.content_list_read import read_contents
from qualcode.model.manifest import Changed, Changes, ListedCell, ListedQuotation, Manifest
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.ways_out import departing
from qualcode.store.store import Store

NO_PROJECT: Final = (
    "no project is at hand, so names that may not leave any more are shown as the exports have them"
)
RESAVED: Final = "another program has saved one of them since: what it changed is not seen"

_Pair = tuple[ListedQuotation, ListedQuotation]
_T = TypeVar("_T")


def diff_exports(old: Path, new: Path) -> Changes:
    """What the new file says otherwise. Raises NoContentsError, or FileUnreadableError."""
    return changes_between(_read(old), _read(new))


def tell_changes(store: Store | None, old: Path, new: Path) -> tuple[Changes, tuple[str, ...]]:
    """What the new file says otherwise, as it may be said now, and what is to be said besides.

    Where no project is at hand, nobody knows which names may not be said. Raises LeakError, and
    otherwise as `diff_exports`.
    """
    changes = diff_exports(old, new)
    resaved = (RESAVED,) if changes.resaved else ()
    if store is None:
        return changes, (NO_PROJECT, *resaved)
    changes = _as_may_be_said(store, changes)
    where = "what was to be shown"
    return changes, (*departing.check_words(store, _words_of(changes), where=where), *resaved)


def _as_may_be_said(store: Store, changes: Changes) -> Changes:
    """The same changes, in which names that may not leave now are shown otherwise."""
    with store.reading() as session:
        label = Corpus(session).shown.label

    def labels(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(label, names))

    def things(those: Iterable[Changed]) -> tuple[Changed, ...]:
        return tuple(
            Changed(label(one.row), label(one.code), label(one.locator), label(one.what))
            for one in those
        )

    return replace(
        changes,
        rows_new=labels(changes.rows_new),
        rows_gone=labels(changes.rows_gone),
        columns_new=labels(changes.columns_new),
        columns_gone=labels(changes.columns_gone),
        new=things(changes.new),
        gone=things(changes.gone),
        moved=things(changes.moved),
        reworded=things(changes.reworded),
        cited=things(changes.cited),
        cells=things(changes.cells),
    )


def _words_of(changes: Changes) -> Iterator[str]:
    yield from (*changes.rows_new, *changes.rows_gone)
    yield from (*changes.columns_new, *changes.columns_gone)
    for kind in (changes.new, changes.gone, changes.moved, changes.reworded, changes.cited):
        yield from (word for one in kind for word in (one.row, one.code, one.locator, one.what))
    yield from (word for one in changes.cells for word in (one.row, one.code, one.what))


def changes_between(old: Manifest, new: Manifest) -> Changes:
    """What the new one says otherwise; nothing where one of them cannot tell."""
    # An export without a matrix knows no cells: that is no cell gone.
    tables = bool(old.columns and new.columns)
    lists = old.lists_quotations and new.lists_quotations
    if old.is_joined != new.is_joined:
        old, new = _joined(old), _joined(new)
    pairs, gone, came = _paired(old.quotations, new.quotations) if lists else ([], [], [])
    return Changes(
        rows_new=_only(new.rows, old.rows) if tables else (),
        rows_gone=_only(old.rows, new.rows) if tables else (),
        columns_new=_only(new.columns, old.columns) if tables else (),
        columns_gone=_only(old.columns, new.columns) if tables else (),
        new=tuple(_changed(one) for one in came),
        gone=tuple(_changed(one) for one in gone),
        moved=tuple(_changed(b, f"{a.code} → {b.code}") for a, b in pairs if a.code != b.code),
        reworded=tuple(_changed(b) for a, b in pairs if a.words and b.words and a.words != b.words),
        cited=tuple(_changed(b) for a, b in pairs if a.cited != b.cited),
        cells=tuple(_cells(old.cells, new.cells)) if tables else (),
        quotations=(len(old.quotations), len(new.quotations)) if lists else None,
        other_project=_are_strangers(old, new),
        resaved=old.resaved or new.resaved,
    )


def _are_strangers(old: Manifest, new: Manifest) -> bool:
    """True of exports of two projects, as far as the files can tell."""
    if old.project and new.project:
        return old.project != new.project
    ours, theirs = ({quote.transcript for quote in one.quotations} for one in (old, new))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _read(file: Path) -> Manifest:
    try:
        return read_contents(file)
    except FileNotFoundError:
        raise errors.FileMissingError(where=str(file)) from None
    except OSError:
        raise errors.FileUnreadableError(where=str(file)) from None


def _joined(one: Manifest) -> Manifest:
    """The passages of a list of codings, each once under a code, as a matrix has them.

    Of passages that overlap without being the same, nobody can tell the words any more.
    """
    if one.is_joined:
        return one
    found: list[ListedQuotation] = []
    last: dict[tuple[str, str], int] = {}
    for quotation in sorted(one.quotations, key=lambda q: (q.transcript, q.start, q.end)):
        place = quotation.transcript, quotation.code
        at = last.get(place)
        if at is None or quotation.start >= found[at].end:
            last[place] = len(found)
            found.append(quotation)
        elif (quotation.start, quotation.end) != (found[at].start, found[at].end):
            end = max(quotation.end, found[at].end)
            found[at] = replace(found[at], end=end, words="")
    return replace(one, quotations=tuple(found), is_joined=True)


# -- quotations ------------------------------------------------------------------------------------


def _paired(
    old: Sequence[ListedQuotation], new: Sequence[ListedQuotation]
) -> tuple[list[_Pair], list[ListedQuotation], list[ListedQuotation]]:
    """Those of both that are one, then what is left of the old and of the new, in their order."""
    pairs: list[_Pair] = []
    gone, came = list(old), list(new)
    for same in _SAME:
        found, gone, came = _matched(gone, came, same)
        pairs += found
    overlapping, gone, came = _overlapping(gone, came)
    return [*pairs, *overlapping], gone, came


_SAME: Sequence[Callable[[ListedQuotation], Hashable]] = (
    lambda q: (q.transcript, q.start, q.end, q.code, q.words, q.cited, q.row),
    lambda q: (q.transcript, q.start, q.end, q.code),
    lambda q: (q.transcript, q.words, q.code),
    lambda q: (q.transcript, q.start, q.end),
    lambda q: (q.transcript, q.words),
)


def _matched(
    old: Iterable[_T], new: Iterable[_T], same: Callable[[_T], Hashable]
) -> tuple[list[tuple[_T, _T]], list[_T], list[_T]]:
    """Pairs with the same key, each of them in one pair only, and what is left."""
    waiting: dict[Hashable, list[_T]] = defaultdict(list)
    for one in new:
        waiting[same(one)].append(one)
    for those in waiting.values():
        those.reverse()
    pairs, gone = [], []
    for one in old:
        candidates = waiting.get(same(one))
        if candidates:
            pairs.append((one, candidates.pop()))
        else:
            gone.append(one)
    taken = {id(one) for _, one in pairs}
    return pairs, gone, [one for one in new if id(one) not in taken]


def _overlapping(
    old: Sequence[ListedQuotation], new: Sequence[ListedQuotation]
) -> tuple[list[_Pair], list[ListedQuotation], list[ListedQuotation]]:
    """Pairs of one code whose places overlap: somebody chose more of the words, or fewer."""
    near: dict[tuple[str, str], list[ListedQuotation]] = defaultdict(list)
    for one in new:
        near[one.transcript, one.code].append(one)
    pairs: list[_Pair] = []
    gone: list[ListedQuotation] = []
    for one in old:
        those = near.get((one.transcript, one.code), [])
        found = next((b for b in those if b.start < one.end and one.start < b.end), None)
        if found is None:
            gone.append(one)
        else:
            those.remove(found)
            pairs.append((one, found))
    taken = {id(one) for _, one in pairs}
    return pairs, gone, [one for one in new if id(one) not in taken]


def _changed(quotation: ListedQuotation, what: str = "") -> Changed:
    return Changed(quotation.row, quotation.code, quotation.locator, what)


# -- cells -----------------------------------------------------------------------------------------


def _cells(old: Sequence[ListedCell], new: Sequence[ListedCell]) -> Iterator[Changed]:
    """The cells that hold more or fewer quotations, or another summary, in the order of both."""
    before = {(cell.row, cell.column): cell for cell in old}
    after = {(cell.row, cell.column): cell for cell in new}
    for row, column in dict.fromkeys((*before, *after)):
        was = before.get((row, column), ListedCell(row, column, 0))
        now = after.get((row, column), ListedCell(row, column, 0))
        said = ", ".join(_said(was, now))
        if said:
            yield Changed(row, column, "", said)


def _said(was: ListedCell, now: ListedCell) -> Iterator[str]:
    if was.count != now.count:
        yield f"{was.count} → {now.count} quotations"
    elif was.words and now.words and was.words != now.words:
        yield "other quotations, or other words"
    if was.summary != now.summary:
        if not was.summary:
            yield "a summary is new"
        else:
            yield "the summary was rewritten" if now.summary else "the summary is gone"


def _only(some: Sequence[str], others: Iterable[str]) -> tuple[str, ...]:
    """What is in the first alone, in its order."""
    known = set(others)
    return tuple(one for one in some if one not in known)
