"""Framework summaries as they stand, and which interviews were not asked about which theme."""

from __future__ import annotations

from qualcode.model.coding import Segment
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.store.engine import Session
from qualcode.store.kinds import parsed
from qualcode.store.queries import word_of


def summaries(session: Session) -> list[Summary]:
    """All summaries, by theme in the order of uids, kind of case, and case."""
    return [
        Summary(
            case_kind=kind,
            case=case,
            theme=theme,
            text=words or "",
            status=word_of(SummaryStatus, status, SummaryStatus.DRAFT),
            author=author or "",
            written=written or "",
            links=tuple(Segment(*place) for place in parsed(links or "[]")),
            basis=basis or "",
            changed_by=changed_by,
        )
        for kind, case, theme, words, status, author, written, links, basis, changed_by in (
            session.rows(
                "SELECT s.case_kind, s.case_key, c.uid, s.words, s.status, s.author, s.written,"
                " s.links, s.basis, coalesce(k.name, e.actor)"
                " FROM summary s JOIN code c ON c.id = s.code_id JOIN event e ON e.id = s.ev"
                " LEFT JOIN coder k ON k.uid = e.actor"
                " WHERE s.live = 1 ORDER BY c.uid, s.case_kind, s.case_key"
            )
        )
    ]


def not_asked(session: Session) -> frozenset[tuple[str, str]]:
    """Transcripts and themes, by their uids, of which nothing was asked."""
    return frozenset(
        (transcript, theme)
        for transcript, theme in session.rows(
            "SELECT t.uid, c.uid FROM not_asked n JOIN transcript t ON t.id = n.transcript_id"
            " JOIN code c ON c.id = n.code_id WHERE n.live = 1"
        )
    )
