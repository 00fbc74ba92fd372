"""Codes that went into another: whatever still names them is read as the one that survived.

A merge rewrites the codings that are there. Those that arrive later, from a copy that did not know
of it, still name the old code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qualcode.model.coding import Coding, Segment
from qualcode.model.people import coder_key
from qualcode.store.engine import Session


def survivors(session: Session) -> dict[str, str]:
    """By the id of each code that was merged away, the id of the code that it is read as.

    Where two copies merged two codes into each other, the first by id survives.
    """
    merged: dict[str, str] = dict(
        session.rows("SELECT uid, merged_into FROM code WHERE live = 1 AND merged_into IS NOT NULL")
    )
    found = {code: _survivor(code, merged) for code in merged}
    return {code: survivor for code, survivor in found.items() if code != survivor}


def each_once(codings: Iterable[Coding]) -> list[Coding]:
    """Two codings of one coder that a merge of codes made the same are one, doubted if either."""
    once: dict[tuple[Segment, str, str], Coding] = {}
    for coding in codings:
        key = (coding.segment, coding.code, coder_key(coding.coder))
        same = once.setdefault(key, coding)
        if coding.doubt and not same.doubt:
            once[key] = replace(same, doubt=True)
    return [once[key] for key in sorted(once)]


def _survivor(code: str, merged: Mapping[str, str]) -> str:
    way = [code]
    while way[-1] in merged:
        following = merged[way[-1]]
        if following in way:
            return min(way[way.index(following) :])
        way.append(following)
    return way[-1]
