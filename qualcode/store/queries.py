"""What the services ask of the store: plain values, each list in a stated order.

Only what holds is returned: rows that were taken back are tombstones of the log, not answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Coding, Memo, MemoTarget, MemoType, Origin, Segment
from qualcode.model.people import Attribution, Coder, Participant, Role, Speaker
from qualcode.model.project import ProjectFacts
from qualcode.model.spans import Mark, Turn
from qualcode.model.transcript import SpeakerCount, StoredTranscript
from qualcode.store.engine import Row, Session
from qualcode.store.kinds import parsed
from qualcode.store.merging import each_once, memo_as_read, survivors


@dataclass(frozen=True, slots=True)
class KnownText:
    """What is compared when a file comes in: hashes and the sketch of a text in the store."""

    transcript: str
    name: str
    source_sha256: str
    text_sha256: str
    words_sha256: str
    sketch: bytes


@dataclass(frozen=True, slots=True)
class VersionRef:
    """The current version of one transcript, as short as it can be said."""

    transcript: str
    name: str
    version: str
    interviewed: str | None
    characters: int
    language: str | None


@dataclass(frozen=True, slots=True)
class StoredText:
    """The words of one version with its turns (in order) and its marks (by offset)."""

    version: str
    text: str
    turns: tuple[Turn, ...]
    marks: tuple[Mark, ...]


_PERSON = (
    "pseudonym",
    "role",
    "organisation",
    "place",
    "stakeholder",
    "consent_date",
    "consent_note",
)

TurnRow = tuple[int, int, str | None, int | None, int | None]
"""Start, end, label, start and end in ms of one turn, as an event has them."""

_Shape = tuple[str | None, int, int | None, int | None]


# The current version of a transcript is the one that was said last.
_CURRENT = (
    "version v JOIN transcript t ON t.id = v.transcript_id AND t.live = 1 WHERE v.live = 1"
    " AND v.ev = (SELECT max_ev.ev FROM version max_ev WHERE max_ev.transcript_id = t.id"
    " AND max_ev.live = 1 ORDER BY max_ev.ev DESC LIMIT 1)"
)


def project(session: Session) -> ProjectFacts:
    """The facts of the project."""
    row = session.row("SELECT uid, name, language, created FROM project")
    return ProjectFacts(*(value or "" for value in row)) if row else ProjectFacts("", "", "en", "")


def coders(session: Session) -> list[Coder]:
    """Everybody who ever acted, by name."""
    rows = session.rows("SELECT name, uid FROM coder WHERE live = 1 ORDER BY uid")
    return [Coder(name or uid) for name, uid in rows]


def codebook(session: Session) -> tuple[Codebook, frozenset[str]]:
    """The codes in book order, retired ones last, and the ids of the retired.

    A code that went into another is in the book no longer.
    """
    head = session.row("SELECT name, version FROM codebook WHERE live = 1") or ("", "")
    merged = survivors(session)
    rows = [
        row
        for row in session.rows(
            "SELECT uid, name, parent_uid, key, colour, definition, guidance, retired, proposed"
            " FROM code WHERE live = 1 ORDER BY retired, position, uid"
        )
        if row[0] not in merged
    ]
    codes = tuple(
        Code(
            id=uid,
            name=name or uid,
            parent=parent,
            key=key,
            colour=colour,
            definition=definition or "",
            proposed=bool(proposed),
            **{k: tuple(v) for k, v in parsed(guidance or "{}").items()},
        )
        for uid, name, parent, key, colour, definition, guidance, _, proposed in rows
    )
    return Codebook(head[0] or "", head[1] or "", codes), frozenset(r[0] for r in rows if r[7])


def participants(session: Session) -> list[Participant]:
    """All participants by code."""
    attributes: dict[str, dict[str, str]] = defaultdict(dict)
    for uid, name, value in session.rows(
        "SELECT p.uid, a.name, a.value FROM participant_attribute a"
        " JOIN participant p ON p.id = a.participant_id WHERE a.live = 1 ORDER BY a.name"
    ):
        attributes[uid][name] = value
    return [
        Participant(
            code=uid,
            # What is not known, or was said by a newer program, is the closed level.
            attribution=_one_of(Attribution, level, Attribution.ANONYMOUS),
            attributes=attributes.get(uid, {}),
            **dict(zip(_PERSON, facts, strict=True)),
        )
        for uid, level, *facts in session.rows(
            f"SELECT uid, attribution, {', '.join(_PERSON)} FROM participant"
            " WHERE live = 1 ORDER BY uid"
        )
    ]


def speakers(session: Session) -> dict[str, dict[str, Speaker]]:
    """Speakers by transcript uid and label."""
    found: dict[str, dict[str, Speaker]] = defaultdict(dict)
    for uid, label, role, code in session.rows(
        "SELECT t.uid, s.label, s.role, p.uid FROM speaker s"
        " JOIN transcript t ON t.id = s.transcript_id"
        " LEFT JOIN participant p ON p.id = s.participant_id WHERE s.live = 1 ORDER BY s.label"
    ):
        found[uid][label] = Speaker(label, _one_of(Role, role, Role.OTHER), code)
    return found


def taking_part(session: Session) -> dict[str, tuple[str, ...]]:
    """Codes of the participants of each transcript, by its uid, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for uid, code in session.rows(
        "SELECT t.uid, p.uid FROM transcript_participant x"
        " JOIN transcript t ON t.id = x.transcript_id"
        " JOIN participant p ON p.id = x.participant_id WHERE x.live = 1 ORDER BY t.uid, p.uid"
    ):
        found[uid].append(code)
    return {uid: tuple(codes) for uid, codes in found.items()}


def transcripts(
    session: Session,
    uids: Sequence[str] | None = None,
    *,
    turns: Mapping[str, Sequence[TurnRow]] = MappingProxyType({}),
) -> list[StoredTranscript]:
    """The transcripts by name, each at its current version; with `uids` only those.

    `turns` are those of versions, by uid, that the caller has at hand: they are not counted anew.
    """
    wanted = None if uids is None else set(uids)
    attributes = _transcript_attributes(session)
    counts: dict[str, int] = dict(
        session.rows(
            "SELECT v.uid, count(*) FROM coding c JOIN version v ON v.id = c.version_id"
            " WHERE c.live = 1 GROUP BY v.uid"
        )
    )
    numbers: dict[str, int] = dict(
        session.rows(
            "SELECT t.uid, count(*) FROM version v JOIN transcript t ON t.id = v.transcript_id"
            " WHERE v.live = 1 GROUP BY t.uid"
        )
    )
    rows = [
        row
        for row in session.rows(
            "SELECT t.uid, t.name, v.uid, v.id, v.file, v.format, v.encoding, v.producer,"
            " t.language, t.interviewed, t.recording, v.characters, v.words, v.source_sha256,"
            f" v.text_sha256 FROM {_CURRENT} ORDER BY t.name, t.uid"
        )
        if wanted is None or row[0] in wanted
    ]
    shapes = _turn_shapes(session, [row[3] for row in rows if row[2] not in turns])
    shapes |= {row[3]: _shapes_of(turns[row[2]]) for row in rows if row[2] in turns}
    people = speakers(session)
    took_part = taking_part(session)
    return [
        StoredTranscript(
            uid=uid,
            name=name or uid,
            version_uid=version,
            version=numbers.get(uid, 1),
            file=file or "",
            format=format_ or "",
            encoding=encoding,
            producer=producer,
            language=language,
            interviewed=interviewed,
            recording=recording,
            characters=characters or 0,
            words=words or 0,
            turns=sum(shape[1] for shape in shapes[local]),
            speakers=_counted(shapes[local], people.get(uid, {})),
            first_ms=min((s[2] for s in shapes[local] if s[2] is not None), default=None),
            last_ms=max((s[3] for s in shapes[local] if s[3] is not None), default=None),
            sha256=source or "",
            text_sha256=text or "",
            attributes=attributes.get(uid, {}),
            codings=counts.get(version, 0),
            participants=took_part.get(uid, ()),
        )
        for (
            uid,
            name,
            version,
            local,
            file,
            format_,
            encoding,
            producer,
            language,
            interviewed,
            recording,
            characters,
            words,
            source,
            text,
        ) in rows
    ]


def _turn_shapes(session: Session, versions: Sequence[int]) -> dict[int, list[_Shape]]:
    """By version: label, number of turns, first start and last moment of each speaker."""
    shapes: dict[int, list[_Shape]] = defaultdict(list)
    for version, label, turns, first, last_start, last_end in _grouped(session, versions):
        last = max((ms for ms in (last_start, last_end) if ms is not None), default=None)
        shapes[version].append((label, turns, first, last))
    return shapes


def _transcript_attributes(session: Session) -> dict[str, dict[str, str]]:
    """Values by transcript uid and name."""
    attributes: dict[str, dict[str, str]] = defaultdict(dict)
    for uid, name, value in session.rows(
        "SELECT t.uid, a.name, a.value FROM transcript_attribute a"
        " JOIN transcript t ON t.id = a.transcript_id WHERE a.live = 1 ORDER BY a.name"
    ):
        attributes[uid][name] = value
    return attributes


def _shapes_of(turns: Sequence[TurnRow]) -> list[_Shape]:
    """The same of turns that are at hand."""
    starts: dict[str | None, list[int]] = defaultdict(list)
    moments: dict[str | None, list[int]] = defaultdict(list)
    for _, _, label, start_ms, end_ms in [turn for turn in turns if turn[3:] != (None, None)]:
        if start_ms is not None:
            starts[label].append(start_ms)
        moments[label] += [ms for ms in (start_ms, end_ms) if ms is not None]
    return [
        (label, count, min(starts[label], default=None), max(moments[label], default=None))
        for label, count in Counter(turn[2] for turn in turns).items()
    ]


def _grouped(session: Session, versions: Sequence[int]) -> list[Row]:
    rows: list[Row] = []
    for at in range(0, len(versions), 500):
        part = versions[at : at + 500]
        rows += session.rows(
            "SELECT version_id, speaker, count(*), min(start_ms), max(start_ms), max(end_ms)"
            f" FROM turn WHERE version_id IN ({', '.join('?' * len(part))})"
            " GROUP BY version_id, speaker ORDER BY version_id, min(n)",
            part,
        )
    return rows


def _counted(shapes: Sequence[_Shape], people: Mapping[str, Speaker]) -> tuple[SpeakerCount, ...]:
    return tuple(
        SpeakerCount(label, str(who.role), who.participant, turns)
        for label, turns, _, _ in shapes
        if label is not None
        for who in (people.get(label) or Speaker(label),)
    )


def current_versions(session: Session) -> list[VersionRef]:
    """The current version of every transcript, by name; cheap, for looking one up."""
    return [
        VersionRef(uid, name or uid, version, interviewed, characters or 0, language)
        for uid, name, version, interviewed, characters, language in session.rows(
            "SELECT t.uid, t.name, v.uid, t.interviewed, v.characters, t.language"
            f" FROM {_CURRENT} ORDER BY t.name, t.uid"
        )
    ]


def known_texts(session: Session) -> list[KnownText]:
    """What every current transcript came from, by name."""
    return [
        KnownText(*row)
        for row in session.rows(
            "SELECT t.uid, t.name, v.source_sha256, v.text_sha256, x.words_sha256, x.sketch"
            f" FROM text x, {_CURRENT} AND v.text_sha256 = x.sha256 ORDER BY t.name, t.uid"
        )
    ]


def texts(session: Session, versions: Sequence[str]) -> dict[str, StoredText]:
    """Words, turns and marks by version uid."""
    rows = session.rows_in(
        "SELECT v.id, v.uid, x.body, v.marks FROM version v"
        " JOIN text x ON x.sha256 = v.text_sha256 WHERE v.uid IN",
        versions,
    )
    turns: dict[int, list[Turn]] = defaultdict(list)
    for version, *turn in session.rows_in(
        "SELECT version_id, n, start_cp, end_cp, speaker, start_ms, end_ms FROM turn"
        " WHERE version_id IN",
        [row[0] for row in rows],
    ):
        turns[version].append(Turn(*turn))
    return {
        uid: StoredText(
            uid,
            body,
            tuple(sorted(turns[local], key=lambda turn: turn.n)),
            tuple(Mark(*mark) for mark in parsed(marks or "[]")),
        )
        for local, uid, body, marks in rows
    }


def codings(
    session: Session,
    *,
    versions: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    coder: str | None = None,
) -> list[Coding]:
    """The codings that hold, by version, place, code and coder; filters narrow them.

    A retired code's codings hold; a merged code's are read as those of the code it went into.
    """
    merged = survivors(session)
    if codes is not None:
        wanted = set(codes) - merged.keys()
        codes = [*wanted, *(old for old, survivor in merged.items() if survivor in wanted)]
    where, parameters = ["c.live = 1"], []
    for column, values in (("v.uid", versions), ("k.uid", codes)):
        if values is not None:
            where.append(f"{column} IN ({', '.join('?' * len(values))})" if values else "1 = 0")
            parameters += list(values)
    if coder is not None:
        where.append("u.uid = ?")
        parameters.append(coder)
    rows = session.rows(
        "SELECT v.uid, c.start_cp, c.end_cp, k.uid, u.uid, u.name, c.doubt, c.origin"
        " FROM coding c JOIN version v ON v.id = c.version_id AND v.live = 1"
        " JOIN code k ON k.id = c.code_id JOIN coder u ON u.id = c.coder_id"
        f" WHERE {' AND '.join(where)}"
        " ORDER BY v.uid, c.start_cp, c.end_cp, k.uid, u.uid",
        parameters,
    )
    found = [
        Coding(
            Segment(v, s, e),
            merged.get(k) or k,
            name or uid,
            bool(doubt),
            origin_of(origin),
        )
        for v, s, e, k, uid, name, doubt, origin in rows
    ]
    return each_once(found) if merged else found


def origin_of(stored: str | None) -> Origin:
    """How a coding came about; what only a newer program knows did not come from a person."""
    return _one_of(Origin, stored, Origin.IMPORT)


def coding_counts(session: Session) -> dict[str, int]:
    """How many codings hold, by code id; codes without any are left out."""
    if survivors(session):
        counts = Counter(coding.code for coding in codings(session))
        return {code: counts[code] for code in sorted(counts)}
    return dict(
        session.rows(
            "SELECT k.uid, count(*) FROM coding c JOIN code k ON k.id = c.code_id"
            " WHERE c.live = 1 GROUP BY k.uid ORDER BY k.uid"
        )
    )


def memos(session: Session, *, version: str | None = None) -> list[Memo]:
    """Memos in the order in which they were written; with `version` those on its passages.

    One on a code that was merged away, or on its coding, is read as the survivor's.
    """
    if version is None:
        found = _memos(session)
    else:
        start = f"{version}:"
        found = _memos(session, " AND substr(target, 1, ?) = ?", (len(start), start))
    merged = survivors(session)
    return [memo_as_read(memo, merged) for memo in found]


def stored_memo(session: Session, uid: str) -> Memo | None:
    """One memo as it was written, whatever became of the code since; None where there is none."""
    return next(iter(_memos(session, " AND uid = ?", (uid,))), None)


def _memos(session: Session, where: str = "", parameters: Sequence[object] = ()) -> list[Memo]:
    return [
        Memo(
            uid,
            _one_of(MemoType, kind, MemoType.NOTE),
            MemoTarget(target_kind),
            target,
            coder,
            body,
            datetime.fromisoformat(written),
        )
        for uid, kind, target_kind, target, coder, body, written in session.rows(
            "SELECT uid, type, target_kind, target, coder, body, written FROM memo"
            f" WHERE live = 1{where} ORDER BY written, uid",
            parameters,
        )
    ]


_Word = TypeVar("_Word", bound=StrEnum)


def _one_of(words: type[_Word], stored: str | None, otherwise: _Word) -> _Word:
    """The word that is stored, or another for one that only a newer program knows."""
    try:
        return otherwise if stored is None else words(stored)
    except ValueError:
        return otherwise
