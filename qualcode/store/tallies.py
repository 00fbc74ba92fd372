"""What is counted over the whole study: answers, the places of codings, memos, who is done.

Rows of plain numbers by version, for those who count; a study has tens of thousands of turns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from qualcode.model.coding import MemoTarget
from qualcode.model.people import Role, Speaker, coder_key
from qualcode.store import queries
from qualcode.store.engine import Session
from qualcode.store.merging import survivors
from qualcode.store.speaking import as_read, speakers_written, spellings
from qualcode.store.versions import without_outdated

Places = list[tuple[int, int]]
"""Starts and ends of passages of one version, in the order of the text."""


def answer_places(session: Session) -> dict[str, Places]:
    """By version uid, the turns of nobody who is known to be an interviewer."""
    asking = {uid: _asking(written) for uid, written in speakers_written(session).items()}
    found: dict[str, Places] = {}
    for version, local, uid in session.rows(
        "SELECT v.uid, v.id, t.uid FROM version v JOIN transcript t ON t.id = v.transcript_id"
        " WHERE v.live = 1"
    ):
        labels = asking.get(uid, [])
        others = f" AND (speaker IS NULL OR speaker NOT IN ({', '.join('?' * len(labels))}))"
        found[version] = session.rows(
            "SELECT start_cp, end_cp FROM turn WHERE version_id = ?"
            f"{others if labels else ''} ORDER BY n",
            (local, *labels),
        )
    return found


def coding_places(session: Session) -> dict[tuple[str, str], Places]:
    """By coder's key and current version's uid, the places of the codings that hold.

    A passage with several codes is named several times.
    """
    found: dict[tuple[str, str], Places] = defaultdict(list)
    if survivors(session):  # two codings may be one
        for coding in queries.codings(session):
            place = coding.segment
            found[coder_key(coding.coder), place.version].append((place.start, place.end))
        return found
    for coder, version, start, end in session.rows(
        "SELECT u.uid, v.uid, c.start_cp, c.end_cp FROM coding c"
        " JOIN version v ON v.id = c.version_id JOIN coder u ON u.id = c.coder_id"
        f" WHERE c.live = 1 AND v.live = 1{without_outdated(session, 'c.version_id')}"
        " ORDER BY c.version_id, c.start_cp, c.end_cp"
    ):
        found[coder, version].append((start, end))
    return found


def has_coded(session: Session, coder: str) -> bool:
    """True where a coding of a coder, by key, holds, be it that it waits since a correction."""
    return bool(
        session.rows(
            "SELECT 1 FROM coding c JOIN version v ON v.id = c.version_id"
            " JOIN coder u ON u.id = c.coder_id"
            " WHERE c.live = 1 AND v.live = 1 AND u.uid = ? LIMIT 1",
            (coder,),
        )
    )


def finished(session: Session) -> set[tuple[str, str]]:
    """Coder's key and transcript uid, where that coder is done with that transcript."""
    return set(
        session.rows(
            "SELECT u.uid, t.uid FROM work w JOIN transcript t ON t.id = w.transcript_id"
            " JOIN coder u ON u.id = w.coder_id WHERE w.live = 1"
        )
    )


def memo_counts(session: Session, coder: str) -> Counter[str]:
    """How many memos a coder has, by the uid of the transcript or of the version they are on."""
    kinds = (MemoTarget.TRANSCRIPT, MemoTarget.SEGMENT, MemoTarget.CODING)
    return Counter(
        target.partition(":")[0]
        for target, name in session.rows(
            "SELECT target, coder FROM memo WHERE live = 1 AND target_kind IN (?, ?, ?)",
            tuple(str(kind) for kind in kinds),
        )
        if coder_key(name) == coder_key(coder)
    )


def _asking(written: Mapping[str, Speaker]) -> list[str]:
    """The labels, as the source writes them, of those who are known to be interviewers."""
    people, ends = as_read(written), spellings(written)
    return [label for label in written if people[ends.get(label, label)].role is Role.INTERVIEWER]
