"""Codes that went into another: whatever still names them is read as the one that survived.

A merge rewrites the codings that are there. Those that arrive later, from a copy that did not know
of it, still name the old code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from qualcode.model.coding import Coding, Memo, MemoTarget
from qualcode.store.engine import Session


def survivors(session: Session) -> dict[str, str]:
    """By the id of each code that was merged away, the id of the code that it is read as.

    Where two copies merged two codes into each other, the first by id survives. A code that went
    into one that is gone is read as itself, and rests: its codings must stand in some book.
    """
    merged: dict[str, str] = dict(
        session.rows(
            "SELECT gone.uid, gone.merged_into FROM code gone"
            " JOIN code stays ON stays.uid = gone.merged_into AND stays.live = 1"
            " WHERE gone.live = 1"
        )
    )
    found = {code: _survivor(code, merged) for code in merged}
    return {code: survivor for code, survivor in found.items() if code != survivor}


def each_once(codings: Iterable[Coding]) -> list[Coding]:
    """Two codings of one coder that a merge of codes made the same are one, doubted if either."""
    once: dict[tuple[str, int, int, str, str], Coding] = {}
    for coding in codings:
        key = coding.key
        same = once.setdefault(key, coding)
        if coding.doubt and not same.doubt:
            once[key] = replace(same, doubt=True)
    return [once[key] for key in sorted(once)]


def counts_by_version(session: Session) -> dict[str, int]:
    """How many codings hold on each version, by its uid; versions without any are left out.

    Those that a merge made one are one.
    """
    if not (merged := survivors(session)):
        return dict(
            session.rows(
                "SELECT v.uid, count(*) FROM coding c JOIN version v ON v.id = c.version_id"
                " WHERE c.live = 1 GROUP BY v.uid"
            )
        )
    rows = session.rows(
        "SELECT v.uid, c.start_cp, c.end_cp, c.coder_id, k.uid FROM coding c"
        " JOIN version v ON v.id = c.version_id JOIN code k ON k.id = c.code_id WHERE c.live = 1"
    )
    once = {(*place, merged.get(code, code)) for *place, code in rows}
    return dict(Counter(version for version, *_ in once))


def memo_as_read(memo: Memo, merged: Mapping[str, str]) -> Memo:
    """A memo on a code that was merged away, or on its coding, is on that of the survivor.

    `merged` is what `survivors` returns.
    """
    if not merged:
        return memo
    if memo.target_kind is MemoTarget.CODE and memo.target in merged:
        return replace(memo, target=merged[memo.target])
    # version:start:end:code:coder, and a coder's name may hold a colon
    parts = memo.target.split(":", 4)
    if memo.target_kind is MemoTarget.CODING and len(parts) == 5 and parts[3] in merged:
        return replace(memo, target=":".join((*parts[:3], merged[parts[3]], parts[4])))
    return memo


def _survivor(code: str, merged: Mapping[str, str]) -> str:
    way = [code]
    while way[-1] in merged:
        following = merged[way[-1]]
        if following in way:
            return min(way[way.index(following) :])
        way.append(following)
    return way[-1]
