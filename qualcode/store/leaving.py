"""What is shown otherwise than it was said, or worth quoting; who was interviewed when; exports."""

from __future__ import annotations

from collections import defaultdict

from qualcode.model.coding import Segment
from qualcode.model.consent import CUT, Audience, Edit, Export, Shown
from qualcode.model.spans import Span
from qualcode.store.engine import Session
from qualcode.store.kinds import parsed
from qualcode.store.queries import word_of


def edits(session: Session) -> dict[str, tuple[Edit, ...]]:
    """The recorded edits by uid of the version that they are of, in the order of their places."""
    return _stretches(session, "edit")


def masks(session: Session) -> dict[str, tuple[Edit, ...]]:
    """Where names stood of those who were erased, by uid of the version, in the same order."""
    return _stretches(session, "mask")


def _stretches(session: Session, table: str) -> dict[str, tuple[Edit, ...]]:
    found: dict[str, list[Edit]] = defaultdict(list)
    for version, start, end, shown in session.rows(
        f"SELECT v.uid, e.start_cp, e.end_cp, e.shown FROM {table} e"
        " JOIN version v ON v.id = e.version_id"
        " WHERE e.live = 1 ORDER BY v.uid, e.start_cp, e.end_cp"
    ):
        found[version].append(Edit(Span(start, end), shown or CUT))
    return {version: tuple(those) for version, those in found.items()}


def starred(session: Session) -> frozenset[Segment]:
    """The passages that somebody called worth quoting, of all versions."""
    return frozenset(
        Segment(*place)
        for place in session.rows(
            "SELECT v.uid, s.start_cp, s.end_cp FROM star s JOIN version v ON v.id = s.version_id"
            " WHERE s.live = 1"
        )
    )


def exports(session: Session) -> list[Export]:
    """What left the project, oldest first."""
    return [
        Export(
            uid=uid,
            written=written or "",
            by=by or "",
            file=file or "",
            format=form or "",
            audience=word_of(Audience, audience, Audience.PUBLICATION),
            digest=digest or "",
            quotations=count or 0,
            shown=_shown(shown),
        )
        for uid, written, by, file, form, audience, digest, count, shown in session.rows(
            "SELECT uid, written, author, file, format, audience, digest, quotations, shown"
            " FROM export WHERE live = 1 ORDER BY written, uid"
        )
    ]


def interview_days(session: Session) -> dict[str, tuple[str, ...]]:
    """The days on which each participant was interviewed, by code, in order; a day once."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, day in session.rows(
        "SELECT DISTINCT p.uid, t.interviewed FROM transcript t JOIN ("
        "SELECT transcript_id, participant_id FROM transcript_participant WHERE live = 1"
        " UNION SELECT transcript_id, participant_id FROM speaker WHERE live = 1) x"
        " ON x.transcript_id = t.id JOIN participant p ON p.id = x.participant_id"
        " WHERE t.live = 1 AND t.interviewed IS NOT NULL ORDER BY p.uid, t.interviewed"
    ):
        found[code].append(day)
    return {code: tuple(days) for code, days in found.items()}


def sittings(session: Session) -> list[tuple[str, str | None, frozenset[str]]]:
    """Of each transcript its uid, its recording, and who took part or speaks in it, by code."""
    found: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for uid, recording, code in session.rows(
        "SELECT t.uid, t.recording, p.uid FROM transcript t JOIN ("
        "SELECT transcript_id, participant_id FROM transcript_participant WHERE live = 1"
        " UNION SELECT transcript_id, participant_id FROM speaker WHERE live = 1) x"
        " ON x.transcript_id = t.id JOIN participant p ON p.id = x.participant_id"
        " WHERE t.live = 1 ORDER BY t.uid, p.uid"
    ):
        found[uid, recording].append(code)
    return [(uid, recording, frozenset(codes)) for (uid, recording), codes in found.items()]


def interview_facts(session: Session) -> dict[str, dict[str, str]]:
    """What is known of the interviews of each participant, by code: language and attributes.

    What differs from one of theirs to another is all of it, in order.
    """
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, name, value in session.rows(
        "SELECT DISTINCT p.uid, f.name, f.value FROM ("
        "SELECT id, 'language' AS name, language AS value FROM transcript WHERE live = 1"
        " UNION SELECT a.transcript_id, a.name, a.value FROM transcript_attribute a"
        " JOIN transcript t ON t.id = a.transcript_id WHERE a.live = 1 AND t.live = 1) f"
        " JOIN transcript_participant x ON x.transcript_id = f.id AND x.live = 1"
        " JOIN participant p ON p.id = x.participant_id"
        " WHERE f.value IS NOT NULL ORDER BY p.uid, f.name, f.value"
    ):
        found[code][name].append(value)
    return {
        code: {name: "\n".join(values) for name, values in facts.items()}
        for code, facts in found.items()
    }


def _shown(stored: str | None) -> dict[str, frozenset[Shown]]:
    """Facts by participant; one that only a newer program knows cannot be told."""
    known = set(Shown)
    return {
        code: frozenset(Shown(fact) for fact in facts if fact in known)
        for code, facts in parsed(stored or "{}").items()
    }
