"""Files that somebody left out as doubles of a transcript: what was answered, by their bytes."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.store.engine import Session


@dataclass(frozen=True, slots=True)
class LeftOut:
    """That a file is a double of `transcript`, a uid, and how much: "" where nothing says it."""

    transcript: str
    sameness: str


def left_out(session: Session) -> dict[str, LeftOut]:
    """By the sha256 of a file's bytes, of which transcript it is a double; the latest answer.

    Of transcripts that are there: with one that was taken out, what was left out for it may come.
    """
    return {
        sha256: LeftOut(uid, sameness or "")
        for sha256, uid, sameness in session.rows(
            "SELECT l.source_sha256, t.uid, l.sameness FROM left_out l"
            " JOIN transcript t ON t.id = l.transcript_id AND t.live = 1"
            " WHERE l.live = 1 ORDER BY l.ev"
        )
    }
