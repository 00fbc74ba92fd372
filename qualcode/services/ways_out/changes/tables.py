"""What changed between two tables of facts: cases by codes, the codebook, groups side by side.

Where one of two files holds such a table and the other quotations, as much of the table is made of
the quotations as they tell: who speaks of which code, and how often a code was used.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from qualcode import errors
from qualcode.exporters.contents.listing import AGAINST, SHARED
from qualcode.exporters.tidy_tables import column_names
from qualcode.model.manifest import Changed, Changes, ListedTable, Manifest
from qualcode.services.ways_out.changes.pairing import column_of

TABLE: Final = "figures"
"""What of two such tables was laid side by side."""

_CASES, _CODES = "cases", "codes"
ATTRIBUTION: Final = "attribution"
SEVERAL: Final = "; "
"""Stands between the attributions of several people, or of one in several interviews."""

_FIGURE: Final = re.compile(r"[0-9]*|[0-9]+ of [0-9]+")

_HOLDS: Final[Mapping[str, str]] = {
    _CASES: "cases by codes",
    _CODES: "the codes of the codebook",
    "dictionary": "what the columns of a table mean",
    "labels": "the names of the codes that are columns of a table",
    "comparison": "groups side by side",
}


def between(old: Manifest, new: Manifest) -> Changes:
    """What changed, where one of the two at least is a table of facts.

    Raises NothingToCompareError where nothing of the one can be made of the other.
    """
    ours, theirs = old.table, new.table
    if ours is not None and theirs is not None:
        if ours.name != theirs.name or _are_of_other_groups(old, new):
            raise nothing(old, new)
        return _changed(ours, theirs)
    known = ours or theirs
    made = None if known is None else _made_of(new if theirs is None else old, known)
    if known is None or made is None:
        raise nothing(old, new)
    before, after = (_part(known, made), made) if ours is not None else (made, _part(known, made))
    return _changed(before, after)


def nothing(old: Manifest, new: Manifest) -> errors.NothingToCompareError:
    """The error that says what each of two files holds instead."""
    return errors.NothingToCompareError(holds(old), holds(new))


def holds(one: Manifest) -> str:
    """What a file holds, in words."""
    if one.table is not None:
        by = f" by {one.made.rows}" if one.made.rows else ""
        return f"{_HOLDS[one.table.name]}{by}"
    if one.columns:
        return "a matrix of cases and codes"
    if one.lists_quotations:
        return "a part of the quotations" if _is_part(one) else "quotations"
    return "neither quotations nor a matrix"


def _are_of_other_groups(old: Manifest, new: Manifest) -> bool:
    """True of comparisons by two attributes; where they do not say it, no group is in both."""
    if old.made.rows and new.made.rows:
        return old.made.rows != new.made.rows
    ours, theirs = groups_of(old), groups_of(new)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def groups_of(one: Manifest) -> frozenset[str]:
    """The groups of a comparison, which are columns there; none of any other file."""
    if one.table is None or one.table.name != "comparison":
        return frozenset()
    return frozenset(one.table.columns) - {SHARED, AGAINST}


def _changed(old: ListedTable, new: ListedTable) -> Changes:
    before, after = _values(old), _values(new)
    was_there, is_there = dict.fromkeys(k for k, _ in old.lines), {key for key, _ in new.lines}
    both = [key for key in was_there if key in is_there]
    shown = [one for one in old.columns if one in new.columns]
    changed = [
        (key, column, before[key, column], after[key, column])
        for key in both
        for column in shown
        if before[key, column] != after[key, column]
    ]
    return Changes(
        rows_new=tuple(key for key, _ in new.lines if key not in was_there),
        rows_gone=tuple(key for key in was_there if key not in is_there),
        columns_new=tuple(one for one in new.columns if one not in old.columns),
        columns_gone=tuple(one for one in old.columns if one not in new.columns),
        cited=tuple(
            Changed(key, "", "", before=was, now=now, who=key)
            for key, column, was, now in changed
            if column == ATTRIBUTION
        ),
        cells=tuple(
            Changed(key, column, "", _in_words(old.name, was, now))
            for key, column, was, now in changed
            if column != ATTRIBUTION
        ),
        compared=(TABLE,),
    )


def _values(table: ListedTable) -> dict[tuple[str, str], str]:
    return {
        (key, column): value
        for key, values in table.lines
        for column, value in zip(table.columns, values, strict=True)
    }


def _in_words(name: str, was: str, now: str) -> str:
    """The figures before and now; what else is known of a case may not be said any more."""
    is_figure = _FIGURE.fullmatch(was) and _FIGURE.fullmatch(now)
    if is_figure or name == "comparison":
        return f"{was or '–'} → {now or '–'}"
    return "changed"


# -- made of quotations ----------------------------------------------------------------------------


def _made_of(one: Manifest, like: ListedTable) -> ListedTable | None:
    """The same table of a list of quotations, or None where it cannot be told."""
    if like.name not in (_CASES, _CODES) or not one.lists_quotations or _is_part(one):
        return None
    keys = [key for key, _ in like.lines]
    return _cases_in(one, like, keys) if like.name == _CASES else _codes_in(one, keys)


def _is_part(one: Manifest) -> bool:
    """True where quotations are left out by wish, or do not stand with whom they are of."""
    made = one.made
    return not (
        one.is_placed
        and not made.most
        and made.rows in ("", "participant", "transcript")
        and made.columns in ("", "themes", "codes")
        and made.only in ("", "the whole study")
    )


def _cases_in(one: Manifest, like: ListedTable, keys: Iterable[str]) -> ListedTable:
    """Who speaks of which code, for the codes that the table knows."""
    spoken = {(q.row, _short(q.code)) for q in one.quotations}
    themes = {_short(column_of(q.code, by_theme=True)) for q in one.quotations}
    starts = tuple(f"{theme}_" for theme in themes)
    columns = tuple(name for name in like.columns if name in themes or name.startswith(starts))
    cited = _cited_in(one, like)
    rows = dict.fromkeys((*keys, *(q.row for q in one.quotations)))
    lines = (
        (key, (cited.get(key, ""), *("1" if (key, name) in spoken else "" for name in columns)))
        for key in rows
    )
    return ListedTable(_CASES, (ATTRIBUTION, *columns), tuple(lines))


def _cited_in(one: Manifest, like: ListedTable) -> dict[str, str]:
    """How each case is cited; as the table has it, where the quotations say nothing else.

    They say it of the interviews alone that are quoted, the table of all.
    """
    sources: dict[str, dict[str, None]] = defaultdict(dict)
    for quotation in one.quotations:
        sources[quotation.row] |= dict.fromkeys(quotation.source.split(SEVERAL))
    at = like.columns.index(ATTRIBUTION)
    cited = {key: SEVERAL.join(those) for key, those in sources.items()}
    for key, values in like.lines:
        if sources[key].keys() <= {"", *values[at].split(SEVERAL)}:
            cited[key] = values[at]
    return cited


def _codes_in(one: Manifest, keys: Iterable[str]) -> ListedTable:
    """How many speak of each code; codings are counted where each has a line of its own."""
    cases = Counter(code for code, _ in {(q.code, q.row) for q in one.quotations})
    found = Counter(q.code for q in one.quotations)
    counted = (cases,) if one.is_joined else (found, cases)
    columns = ("cases",) if one.is_joined else ("quotations", "cases")
    lines = (
        (key, tuple(_figure(n[key]) for n in counted)) for key in dict.fromkeys((*keys, *found))
    )
    return ListedTable(_CODES, columns, tuple(lines))


def _part(table: ListedTable, made: ListedTable) -> ListedTable:
    """What of a table the other could be made of; nothing and 0 are the same."""
    at = [table.columns.index(column) for column in made.columns]
    lines = ((key, tuple(_figure(values[n]) for n in at)) for key, values in table.lines)
    return ListedTable(table.name, made.columns, tuple(lines))


def _figure(value: int | str) -> str:
    return str(value) if value not in (0, "0") else ""


def _short(code: str) -> str:
    return next(iter(column_names([code])))
