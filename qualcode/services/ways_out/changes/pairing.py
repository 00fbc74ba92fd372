"""Which quotations of two documents are one: paired off from what is surely the same to the likely.

The same place and code; after a correction of the transcript, the same words under the same code;
the same place or words under another code; the same words of the same case, where one of them does
not say the interview; places that overlap. What is left over is in the one document alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from qualcode.model.codebook import SEPARATOR
from qualcode.model.manifest import ListedQuotation, Manifest

Pair = tuple[ListedQuotation, ListedQuotation]
_T = TypeVar("_T")


def alike(old: Manifest, new: Manifest) -> tuple[Manifest, Manifest]:
    """Both with their quotations told in the way that both can: joined, by place or by locator."""
    if old.is_joined != new.is_joined:
        old, new = _joined(old), _joined(new)
    if old.is_placed and new.is_placed:
        return old, new
    by_theme = any(holds_themes(one) for one in (old, new) if one.columns)
    return _by_locator(old, by_theme=by_theme), _by_locator(new, by_theme=by_theme)


def holds_themes(one: Manifest) -> bool:
    """True where the columns of a matrix are themes, each with all that is below it."""
    if one.made.columns:
        return one.made.columns == "themes"
    return all(SEPARATOR not in column for column in one.columns)


def is_placed(quotation: ListedQuotation) -> bool:
    """True where it is said in which interview the words stand, and where in it."""
    return quotation.start < quotation.end


def passages(quotations: Iterable[ListedQuotation]) -> frozenset[Hashable]:
    """What tells the passages apart, as a document counts them: under several codes it is one.

    Where a table of cells does not say the interview, their locators and words do.
    """
    return frozenset(
        (q.transcript, q.start, q.end, "" if is_placed(q) else q.words) for q in quotations
    )


def column_of(code: str, *, by_theme: bool) -> str:
    """The key of the column in which quotations of a code stand."""
    return code.partition(SEPARATOR)[0] if by_theme else code


def _joined(one: Manifest) -> Manifest:
    """The passages of a list of codings, each once under a code, as a matrix has them.

    There, too, what two people say stays two. Of passages that overlap without being the same,
    nobody can tell the words any more; nor whose they are, where that differs.
    """
    if one.is_joined:
        return one
    found: list[ListedQuotation] = []
    last: dict[tuple[str, str, str], int] = {}
    for quotation in sorted(one.quotations, key=lambda q: (q.transcript, q.start, q.end)):
        place = quotation.transcript, quotation.code, quotation.row
        at = last.get(place)
        if at is not None and (quotation.start, quotation.end) == (found[at].start, found[at].end):
            continue
        if at is None or quotation.start >= found[at].end:
            last[place] = len(found)
            found.append(quotation)
        else:
            end = max(quotation.end, found[at].end)
            whole = replace(found[at], end=end, words="")
            is_same = whole.source == quotation.source and whole.cited == quotation.cited
            found[at] = whole if is_same else replace(whole, cited="", source="")
    return replace(one, quotations=tuple(found), is_joined=True)


def _by_locator(one: Manifest, *, by_theme: bool) -> Manifest:
    """The quotations by their column and locator alone, which is all that a table of cells says."""
    return replace(
        one,
        is_placed=False,
        quotations=tuple(
            replace(
                q,
                code=column_of(q.code, by_theme=by_theme),
                transcript=q.locator,
                start=0,
                end=0,
            )
            for q in one.quotations
        ),
    )


def paired(
    old: Sequence[ListedQuotation], new: Sequence[ListedQuotation]
) -> tuple[list[Pair], list[ListedQuotation], list[ListedQuotation]]:
    """Those of both that are one, then what is left of the old and of the new, in their order."""
    pairs: list[Pair] = []
    gone, came = list(old), list(new)
    for same in _SAME:
        found, gone, came = _matched(gone, came, same)
        pairs += found
    overlapping, gone, came = _overlapping(gone, came)
    return [*pairs, *overlapping], gone, came


_SAME: Sequence[Callable[[ListedQuotation], Hashable]] = (
    lambda q: (q.transcript, q.start, q.end, q.code, q.words, q.cited, q.row),
    lambda q: (q.transcript, q.start, q.end, q.code, q.words),
    lambda q: (q.transcript, q.start, q.end, q.code),
    lambda q: (q.transcript, q.words, q.code),
    lambda q: (q.transcript, q.start, q.end),
    lambda q: (q.transcript, q.words),
    lambda q: (q.row, q.code, q.words or q),
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
) -> tuple[list[Pair], list[ListedQuotation], list[ListedQuotation]]:
    """Pairs of one code whose places overlap: somebody chose more of the words, or fewer."""
    near: dict[tuple[str, str], list[ListedQuotation]] = defaultdict(list)
    for one in new:
        near[one.transcript, one.code].append(one)
    pairs: list[Pair] = []
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
