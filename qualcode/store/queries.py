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
from typing import NamedTuple, TypeVar

from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Coding, Memo, MemoTarget, MemoType, Origin, Segment
from qualcode.model.people import Attribution, Coder, Participant
from qualcode.model.project import ProjectFacts
from qualcode.model.spans import Mark, Turn
from qualcode.model.transcript import StoredTranscript
from qualcode.store.engine import Session
from qualcode.store.kinds import parsed
from qualcode.store.merging import counts_by_version, each_once, memo_as_read, survivors
from qualcode.store.shapes import TurnRow, counted, shapes_of, span_ms, turn_shapes
from qualcode.store.speaking import read_labels, speakers_written
from qualcode.store.versions import (
    current_uid,
    version_numbers,
    waiting_counts,
    without_outdated,
)
from qualcode.text.told_apart import told_apart


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
class KnownVersion:
    """What is needed to know a file again: the bytes that a version came from, and its file."""

    transcript: str
    name: str
    version: str
    file: str
    source_sha256: str
    text_sha256: str
    format: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class TranscriptFacts:
    """What is said of one transcript, whatever its words: those of the file and of people."""

    language: str | None
    interviewed: str | None
    recording: str | None
    attributes: Mapping[str, str]


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

_CURRENT = (
    "version v JOIN transcript t ON t.id = v.transcript_id AND t.live = 1 WHERE v.live = 1"
    f" AND v.uid = {current_uid('t.id')}"
)


class _Current(NamedTuple):
    """A transcript at its current version, as it is stored; `local` is the version's own id."""

    uid: str
    name: str | None
    version: str
    local: int
    file: str | None
    format: str | None
    encoding: str | None
    producer: str | None
    language: str | None
    interviewed: str | None
    recording: str | None
    characters: int | None
    words: int | None
    source_sha256: str | None
    text_sha256: str | None
    marks: str | None


_CURRENT_ROWS = (
    "SELECT t.uid, t.name, v.uid, v.id, v.file, v.format, v.encoding, v.producer,"
    " t.language, t.interviewed, t.recording, v.characters, v.words, v.source_sha256,"
    f" v.text_sha256, v.marks FROM {_CURRENT} ORDER BY t.name, t.uid"
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
            attribution=word_of(Attribution, level, Attribution.ANONYMOUS),
            attributes=attributes.get(uid, {}),
            **dict(zip(_PERSON, facts, strict=True)),
        )
        for uid, level, *facts in session.rows(
            f"SELECT uid, attribution, {', '.join(_PERSON)} FROM participant"
            " WHERE live = 1 ORDER BY uid"
        )
    ]


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

    No two are called the same, though copies that came together may each have had a `b`. `turns`
    are those of versions, by uid, that the caller has at hand: they are not counted anew.
    """
    wanted = None if uids is None else set(uids)
    attributes = _transcript_attributes(session)
    counts = counts_by_version(session)
    numbers = version_numbers(session)
    waiting = waiting_counts(session)
    current = [_Current._make(row) for row in session.rows(_CURRENT_ROWS)]
    names = told_apart({row.uid: row.name or row.uid for row in current})
    rows = [row for row in current if wanted is None or row.uid in wanted]
    shapes = turn_shapes(session, [row.local for row in rows if row.version not in turns])
    shapes |= {row.local: shapes_of(turns[row.version]) for row in rows if row.version in turns}
    written = speakers_written(session)
    took_part = taking_part(session)
    return [
        StoredTranscript(
            uid=row.uid,
            name=names[row.uid],
            version_uid=row.version,
            version=numbers[row.version],
            file=row.file or "",
            format=row.format or "",
            encoding=row.encoding,
            producer=row.producer,
            language=row.language,
            interviewed=row.interviewed,
            recording=row.recording,
            characters=row.characters or 0,
            words=row.words or 0,
            turns=sum(shape[1] for shape in shapes[row.local]),
            speakers=counted(shapes[row.local], written.get(row.uid, {})),
            first_ms=first_ms,
            last_ms=last_ms,
            sha256=row.source_sha256 or "",
            text_sha256=row.text_sha256 or "",
            attributes=attributes.get(row.uid, {}),
            codings=counts.get(row.version, 0),
            participants=took_part.get(row.uid, ()),
            waiting=waiting.get(row.uid, 0),
        )
        for row in rows
        for first_ms, last_ms in [span_ms(shapes[row.local], row.marks)]
    ]


def _transcript_attributes(session: Session) -> dict[str, dict[str, str]]:
    """Values by transcript uid and name."""
    attributes: dict[str, dict[str, str]] = defaultdict(dict)
    for uid, name, value in session.rows(
        "SELECT t.uid, a.name, a.value FROM transcript_attribute a"
        " JOIN transcript t ON t.id = a.transcript_id WHERE a.live = 1 ORDER BY a.name"
    ):
        attributes[uid][name] = value
    return attributes


def current_versions(session: Session) -> list[VersionRef]:
    """The current version of every transcript, by name; cheap, for looking one up."""
    rows = session.rows(
        "SELECT t.uid, t.name, v.uid, t.interviewed, v.characters, t.language"
        f" FROM {_CURRENT} ORDER BY t.name, t.uid"
    )
    names = told_apart({uid: name or uid for uid, name, *_ in rows})
    return [
        VersionRef(uid, names[uid], version, interviewed, characters or 0, language)
        for uid, _, version, interviewed, characters, language in rows
    ]


def known_versions(session: Session) -> list[KnownVersion]:
    """All versions of all transcripts, by the name that was given; of each the current one last."""
    return [
        KnownVersion(uid, name or uid, version, file or "", source or "", text or "", *read_as)
        for uid, name, version, file, source, text, *read_as in session.rows(
            "SELECT t.uid, t.name, v.uid, v.file, v.source_sha256, v.text_sha256, v.format,"
            " v.encoding FROM version v JOIN transcript t ON t.id = v.transcript_id AND t.live = 1"
            " WHERE v.live = 1 ORDER BY t.name, t.uid,"
            f" CASE v.uid WHEN {current_uid('t.id')} THEN 1 ELSE 0 END, v.ev"
        )
    ]


def transcript_facts(session: Session) -> dict[str, TranscriptFacts]:
    """What is said of all transcripts, by uid; much cheaper than the transcripts themselves."""
    attributes = _transcript_attributes(session)
    return {
        uid: TranscriptFacts(language, interviewed, recording, attributes.get(uid, {}))
        for uid, language, interviewed, recording in session.rows(
            "SELECT uid, language, interviewed, recording FROM transcript WHERE live = 1"
        )
    }


def text_body(session: Session, sha256: str) -> str:
    """The words of one text; nothing where they are gone for good."""
    row = session.row("SELECT body FROM text WHERE sha256 = ?", (sha256,))
    return "" if row is None else str(row[0])


def known_texts(session: Session) -> list[KnownText]:
    """What every current transcript came from, by name."""
    return [
        KnownText(*row)
        for row in session.rows(
            "SELECT t.uid, t.name, v.source_sha256, v.text_sha256, x.words_sha256, x.sketch"
            f" FROM text x, {_CURRENT} AND v.text_sha256 = x.sha256 ORDER BY t.name, t.uid"
        )
    ]


def texts(
    session: Session,
    versions: Sequence[str],
    *,
    read_as: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, StoredText]:
    """Words, turns and marks by version uid; a label is read as what it is a spelling of.

    `read_as` is what `read_labels` says, where it is at hand: that asks for all labels there are.
    """
    rows = session.rows_in(
        "SELECT v.id, v.uid, t.uid, x.body, v.marks FROM version v"
        " JOIN transcript t ON t.id = v.transcript_id"
        " JOIN text x ON x.sha256 = v.text_sha256 WHERE v.uid IN",
        versions,
    )
    read_as = read_labels(session) if read_as is None else read_as
    ends = {local: read_as[uid] for local, _, uid, _, _ in rows if uid in read_as}
    turns: dict[int, list[Turn]] = defaultdict(list)
    for version, *turn in session.rows_in(
        "SELECT version_id, n, start_cp, end_cp, speaker, start_ms, end_ms FROM turn"
        " WHERE version_id IN",
        [row[0] for row in rows],
    ):
        if version in ends and turn[3] is not None:
            turn[3] = ends[version].get(turn[3], turn[3])
        turns[version].append(Turn(*turn))
    return {
        uid: StoredText(
            uid,
            body,
            tuple(sorted(turns[local], key=lambda turn: turn.n)),
            tuple(Mark(*mark) for mark in parsed(marks or "[]")),
        )
        for local, uid, _, body, marks in rows
    }


def codings(
    session: Session,
    *,
    versions: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    coder: str | None = None,
) -> list[Coding]:
    """The codings that hold, by version, place, code and coder; filters narrow them.

    Without `versions` they are those of the current ones: what lies on others waits. A retired
    code's codings hold; a merged code's are read as those of the code it went into.
    """
    merged = survivors(session)
    if codes is not None:
        wanted = set(codes) - merged.keys()
        codes = [*wanted, *(old for old, survivor in merged.items() if survivor in wanted)]
    only_current = without_outdated(session, "c.version_id") if versions is None else ""
    where, parameters = [f"c.live = 1{only_current}"], []
    for column, values in (("v.uid", versions), ("k.uid", codes)):
        if values is not None:
            where.append(f"{column} IN ({', '.join('?' * len(values))})" if values else "1 = 0")
            parameters += list(values)
    if coder is not None:
        where.append("u.uid = ?")
        parameters.append(coder)
    rows = session.rows(
        "SELECT v.uid, c.start_cp, c.end_cp, k.uid, u.uid, u.name, c.doubt, c.origin"
        " FROM coding c JOIN version v ON v.id = c.version_id"
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
    return word_of(Origin, stored, Origin.IMPORT)


def coding_counts(session: Session, *, with_waiting: bool = False) -> dict[str, int]:
    """How many codings hold, by code id; codes without any are left out.

    `with_waiting` adds those on versions that are not current: a code holds them, too.
    """
    if survivors(session):
        held = codings(session, versions=list(version_numbers(session)) if with_waiting else None)
        counts = Counter(coding.code for coding in held)
        return {code: counts[code] for code in sorted(counts)}
    only_current = "" if with_waiting else without_outdated(session, "c.version_id")
    return dict(
        session.rows(
            "SELECT k.uid, count(*) FROM coding c JOIN code k ON k.id = c.code_id"
            f" WHERE c.live = 1{only_current} GROUP BY k.uid ORDER BY k.uid"
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
            word_of(MemoType, kind, MemoType.NOTE),
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


def word_of(words: type[_Word], stored: str | None, otherwise: _Word) -> _Word:
    """The word that is stored, or another for one that only a newer program knows."""
    try:
        return otherwise if stored is None else words(stored)
    except ValueError:
        return otherwise
