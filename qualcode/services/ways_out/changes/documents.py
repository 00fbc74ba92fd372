"""What a later export says otherwise than an earlier one: quotations, how they are cited, cells.

What was made with other wishes is no change: quotations that one of two documents leaves out, since
it shows the best of a cell or a part of the study, are counted and neither new nor gone. What one
of them does not hold at all is said, so that silence about it is not taken for "nothing changed".

An old export may say what may not be said any more; `as_may_be_said` sees to that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

from qualcode import errors
from qualcode.exporters.contents.reading import read_contents
from qualcode.model.manifest import (
    Changed,
    Changes,
    ListedCell,
    ListedQuotation,
    Made,
    MadeOtherwise,
    Manifest,
    NotCompared,
)
from qualcode.services.ways_out.changes import tables
from qualcode.services.ways_out.changes.pairing import (
    Pair,
    alike,
    column_of,
    holds_themes,
    paired,
    passages,
)

_WITH_SUMMARIES: Final = ("summary", "both")

QUOTATIONS: Final = "quotations"
ATTRIBUTIONS: Final = "attributions"
CELLS: Final = "cells"
SUMMARIES: Final = "summaries"

ARROW: Final = " → "

_ByCell = defaultdict[tuple[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes, and the quotations behind them: pairs of other words, and those in one alone.

    `is_cut` says of the old and of the new document whether it may leave quotations out by wish;
    `shown` are the passages of the new one, under whichever codes. `groups` are the columns of
    tables that are called by what is known of people.
    """

    changes: Changes
    reworded: tuple[Pair, ...] = ()
    cited: tuple[Pair, ...] = ()
    gone: tuple[ListedQuotation, ...] = ()
    is_cut: tuple[bool, bool] = (False, False)
    shown: frozenset[Hashable] = frozenset()
    groups: frozenset[str] = frozenset()


def read(file: Path) -> Manifest:
    """What a file holds. Raises NoContentsError, FileMissingError or FileUnreadableError."""
    try:
        return read_contents(file)
    except FileNotFoundError:
        raise errors.FileMissingError(where=str(file)) from None
    except OSError:
        raise errors.FileUnreadableError(where=str(file)) from None


def compared(old: Manifest, new: Manifest) -> Compared:
    """What the new one says otherwise; nothing where one of them cannot tell.

    Raises NothingToCompareError where they hold nothing of one kind.
    """
    is_of_tables = bool(old.table or new.table)
    found = Compared(tables.between(old, new)) if is_of_tables else _documents(old, new)
    told = replace(
        found.changes,
        made=tuple(_made_otherwise(old, new)),
        resaved=old.resaved or new.resaved,
    )
    return replace(found, changes=told, groups=tables.groups_of(old) | tables.groups_of(new))


def _documents(old: Manifest, new: Manifest) -> Compared:
    """What changed between two documents, each with quotations, a matrix, or both."""
    found = _quotations(old, new)
    changes = found.changes
    has_tables = bool(old.columns and new.columns)
    unlike = _unlike(old, new)
    if has_tables and not unlike:
        changes = _with_tables(changes, old, new, is_cut=any(found.is_cut))
    kinds = {
        QUOTATIONS: changes.quotations is not None,
        ATTRIBUTIONS: _cites(old) and _cites(new),
        CELLS: has_tables and not unlike,
    }
    if not (any(kinds.values()) or unlike):
        raise tables.nothing(old, new)
    told = replace(
        changes,
        other_project=_are_strangers(old, new),
        compared=tuple(kind for kind, was_laid in kinds.items() if was_laid),
        not_compared=tuple(_not_compared(old, new)),
    )
    return replace(found, changes=told)


def _are_strangers(old: Manifest, new: Manifest) -> bool:
    """True of exports of two projects, as far as the files can tell."""
    if old.project and new.project:
        return old.project != new.project
    if not (old.is_placed and new.is_placed):
        return False
    ours, theirs = ({quote.transcript for quote in one.quotations} for one in (old, new))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


# -- what was wished -------------------------------------------------------------------------------


def _made_otherwise(old: Manifest, new: Manifest) -> Iterator[MadeOtherwise]:
    """The wishes that differ, where both say theirs; a limit or a part is said if there is one."""
    say_wishes = bool(old.made.only and new.made.only)
    for one in fields(Made):
        was, now = getattr(old.made, one.name), getattr(new.made, one.name)
        can_tell = (
            (was and now)
            or (one.name == "most" and _shows_all(old) | _shows_all(new))
            or (one.name == "part" and say_wishes)
        )
        if was != now and can_tell:
            yield MadeOtherwise(one.name, was, now)


def _shows_all(one: Manifest) -> bool:
    """True of a document that would say it if it showed the best quotations alone."""
    says_wishes = one.made.only or not (one.is_placed and one.is_joined)
    return bool(says_wishes and one.lists_quotations and not one.made.most)


def _is_narrower(one: Made, other: Made) -> bool:
    """True where the one may leave out quotations that the other shows.

    Which are the best of a cell changes with what else is in it.
    """
    if one.most:
        return True
    if one.only and other.only and one.only not in (other.only, "the whole study"):
        return True
    if one.part and one.part != other.part:
        return True
    if one.coders.isdecimal() and other.coders.isdecimal() and int(one.coders) < int(other.coders):
        return True
    is_part = one.columns not in ("", "themes", "codes")
    return is_part and one.columns != other.columns


def _unlike(old: Manifest, new: Manifest) -> str:
    """Which wish keeps the cells of two tables from being laid side by side; else ""."""
    ours, theirs = old.made, new.made
    if _differ(ours.only, theirs.only) or ours.part != theirs.part:
        return "only"
    if not (old.columns and new.columns):
        return ""
    if holds_themes(old) != holds_themes(new) or _are_apart(old.columns, new.columns):
        return "columns"
    if ours.rows and theirs.rows:
        return "rows" if ours.rows != theirs.rows else ""
    return "rows" if _are_apart(old.rows, new.rows) else ""


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _are_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    return bool(one and other) and set(one).isdisjoint(other)


def _not_compared(old: Manifest, new: Manifest) -> Iterator[NotCompared]:
    """What one of them holds and the other does not, or cannot be laid beside it."""
    if old.lists_quotations != new.lists_quotations:
        yield NotCompared(QUOTATIONS, "new" if old.lists_quotations else "old")
    elif old.quotations and new.quotations and _cites(old) != _cites(new):
        yield NotCompared(ATTRIBUTIONS, "new" if _cites(old) else "old")
    if bool(old.columns) != bool(new.columns):
        yield NotCompared(CELLS, "new" if old.columns else "old")
    elif old.columns and (unlike := _unlike(old, new)):
        yield NotCompared(CELLS, unlike)
    elif old.columns:
        for one, other, side in ((old, new, "new"), (new, old, "old")):
            if _lacks_summaries(other) and any(cell.summary for cell in one.cells):
                yield NotCompared(SUMMARIES, side)


def _cites(one: Manifest) -> bool:
    """True where a document says how its quotations are cited."""
    return one.lists_quotations and (not one.quotations or any(q.cited for q in one.quotations))


def _lacks_summaries(one: Manifest) -> bool:
    """True of a matrix that was not to show summaries, as far as it can tell."""
    if one.made.cells or one.is_placed:
        return one.made.cells not in ("", *_WITH_SUMMARIES)
    return not any(cell.summary for cell in one.cells)


# -- quotations ------------------------------------------------------------------------------------


def _quotations(old: Manifest, new: Manifest) -> Compared:
    """What changed in the quotations, where both can tell theirs."""
    if not (old.lists_quotations and new.lists_quotations):
        return Compared(Changes())
    was, now = alike(old, new)
    before, after = passages(was.quotations), passages(now.quotations)
    pairs, gone, came = paired(was.quotations, now.quotations)
    is_cut = _is_narrower(old.made, new.made), _is_narrower(new.made, old.made)
    reworded = [(a, b) for a, b in pairs if a.words and b.words and a.words != b.words]
    cited = [(a, b) for a, b in pairs if a.cited and b.cited and a.cited != b.cited]
    changes = Changes(
        new=() if is_cut[0] else tuple(_changed(one) for one in came),
        gone=() if is_cut[1] else tuple(_changed(one) for one in gone),
        moved=tuple(_changed(b, f"{a.code}{ARROW}{b.code}") for a, b in pairs if a.code != b.code),
        reworded=tuple(_changed(b) for _, b in reworded),
        cited=tuple(
            replace(_changed(b), before=a.source, now=b.source, who=b.row) for a, b in cited
        ),
        quotations=(len(before), len(after)),
        left_out=(
            len(passages(came) - before) if is_cut[0] else 0,
            len(passages(gone) - after) if is_cut[1] else 0,
        ),
    )
    return Compared(changes, tuple(reworded), tuple(cited), tuple(gone), is_cut, after)


def _changed(quotation: ListedQuotation, what: str = "") -> Changed:
    return Changed(quotation.row, quotation.code, quotation.locator, what)


# -- rows, columns, cells --------------------------------------------------------------------------


def _with_tables(changes: Changes, old: Manifest, new: Manifest, *, is_cut: bool) -> Changes:
    """The changes with what changed in the tables; of other columns, only those of both count."""
    columns = set(old.columns) & set(new.columns)
    if not _differ(old.made.columns, new.made.columns):
        columns = {*old.columns, *new.columns}
        changes = replace(
            changes,
            rows_new=_only(new.rows, old.rows),
            rows_gone=_only(old.rows, new.rows),
            columns_new=_only(new.columns, old.columns),
            columns_gone=_only(old.columns, new.columns),
        )
    lacking = _lacks_summaries(old) or _lacks_summaries(new)
    summaries = not (lacking or _differ(old.made.audience, new.made.audience))
    found = _cells(
        [cell for cell in old.cells if cell.column in columns],
        [cell for cell in new.cells if cell.column in columns],
        summaries=summaries,
    )
    if is_cut:  # nobody can tell which of them came and which were shown before
        return replace(changes, cells=tuple(found))
    came, went = _moved(changes, by_theme=holds_themes(new))
    cells = (
        replace(one, came=tuple(came[one.row, one.code]), went=tuple(went[one.row, one.code]))
        for one in found
    )
    return replace(changes, cells=tuple(cells))


def _moved(changes: Changes, *, by_theme: bool) -> tuple[_ByCell, _ByCell]:
    """The quotations that came into each cell, and those that went, by their locators."""
    came, went = _by_cell(changes.new, by_theme), _by_cell(changes.gone, by_theme)
    for one in changes.moved:
        before, _, after = one.what.partition(ARROW)
        a, b = (column_of(code, by_theme=by_theme) for code in (before, after))
        if a != b:
            went[one.row, a].append(one.locator)
            came[one.row, b].append(one.locator)
    return came, went


def _by_cell(those: Iterable[Changed], by_theme: bool) -> _ByCell:
    found: _ByCell = defaultdict(list)
    for one in those:
        found[one.row, column_of(one.code, by_theme=by_theme)].append(one.locator)
    return found


def _cells(
    old: Sequence[ListedCell], new: Sequence[ListedCell], *, summaries: bool
) -> Iterator[Changed]:
    """The cells that hold more or fewer quotations, or another summary, in the order of both."""
    before = {(cell.row, cell.column): cell for cell in old}
    after = {(cell.row, cell.column): cell for cell in new}
    for row, column in dict.fromkeys((*before, *after)):
        was = before.get((row, column), ListedCell(row, column, 0))
        now = after.get((row, column), ListedCell(row, column, 0))
        said = ", ".join(_said(was, now, summaries=summaries))
        if said:
            yield Changed(row, column, "", said)


def _said(was: ListedCell, now: ListedCell, *, summaries: bool) -> Iterator[str]:
    if was.count != now.count:
        yield f"{was.count} → {now.count} quotation{'' if now.count == 1 else 's'}"
    elif was.words and now.words and was.words != now.words:
        yield "other quotations, or other words"
    if summaries and was.summary != now.summary:
        if not was.summary:
            yield "a summary is new"
        else:
            yield "the summary was rewritten" if now.summary else "the summary is gone"


def _only(some: Sequence[str], others: Iterable[str]) -> tuple[str, ...]:
    """What is in the first alone, in its order."""
    known = set(others)
    return tuple(one for one in some if one not in known)
