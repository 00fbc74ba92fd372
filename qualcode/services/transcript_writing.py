"""What an import writes: transcripts, versions, speakers, participants, in one act.

Saying it again changes nothing, and an empty cell of a manifest takes nothing away. Names go to
the identities and nowhere else.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qualcode.model.people import Attribution, Identity, Participant
from qualcode.model.transcript import ReadingWarning, StoredTranscript, Transcript
from qualcode.services import roles
from qualcode.services.manifest_rows import ManifestRow
from qualcode.services.participant_codes import Known, participant_codes
from qualcode.store import identities, kinds, queries, records
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.queries import KnownText, TurnRow
from qualcode.text.words import count_words

_ROW_FIELDS = ("pseudonym", "role", "organisation", "stakeholder", "place", "consent_date")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of a reading until it is written.

    `turns` are (start, end, speaker, start_ms, end_ms), `marks` (offset, at_ms): bare tuples, which
    the garbage collector need not look through again and again.
    """

    text: str
    likeness: KnownText
    speakers: tuple[str, ...]
    turns: tuple[tuple[object, ...], ...]
    marks: tuple[tuple[object, ...], ...]
    format: str
    producer: str | None
    encoding: str | None
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file on its way in; `content` is None where it is a transcript already."""

    shown: str
    name: str
    sha256: str
    uid: str
    rows: tuple[ManifestRow, ...]
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The uids of all transcripts of the batch, the turns of new versions by uid, and what was
    unclear, by file.
    """

    uids: tuple[str, ...]
    turns: Mapping[str, tuple[TurnRow, ...]]
    warnings: tuple[tuple[str, ReadingWarning], ...]


def content_of(transcript: Transcript, likeness: KnownText) -> Content:
    """What is kept of a transcript; `likeness` is what it is compared by."""
    return Content(
        text=transcript.text,
        likeness=likeness,
        speakers=transcript.speakers,
        turns=tuple(turn[1:] for turn in transcript.turns),
        marks=tuple(map(tuple, transcript.marks)),
        format=transcript.format,
        producer=transcript.producer,
        encoding=transcript.encoding,
        facts=transcript.facts,
    )


def write_transcripts(act: Act, new: Sequence[Incoming], unchanged: Sequence[Incoming]) -> Written:
    """Write the new, and what a manifest says of the unchanged."""
    known = _known(act.session)
    everything = [*new, *unchanged]
    rows_of = {one.uid: one.rows for one in everything if one.rows}
    codes = participant_codes(rows_of, known)
    rows = [row for rows in rows_of.values() for row in rows]
    identities.write(act.session, _identities(rows, codes, known.names))
    act.add_texts([_text_row(one.content) for one in new if one.content is not None])
    people, warnings = _people(everything, codes, known)
    said = [record for person in people for record in records.participant_records(person)]
    stored = _stored(act.session, unchanged)
    for one in everything:
        cast = _cast(one, codes, known)
        said += _transcript(one, stored.get(one.uid))
        said += _who(one, cast, codes)
        odd = (*cast.warnings, *_odd(one, codes, known))
        warnings += [(one.shown, warning) for warning in odd]
    act.ensure(said)
    turns = {r.key[0]: r.body["turns"] for r in said if r.kind is kinds.VERSION and r.body}
    return Written(tuple(dict.fromkeys(one.uid for one in everything)), turns, tuple(warnings))


def _known(session: Session) -> Known:
    return Known(
        participants={person.code: person for person in queries.participants(session)},
        speakers=queries.speakers(session),
        took_part=queries.taking_part(session),
        names=identities.read(session),
    )


def _stored(session: Session, unchanged: Sequence[Incoming]) -> dict[str, StoredTranscript]:
    """What is known of the transcripts that a manifest speaks of again."""
    uids = [one.uid for one in unchanged if one.rows]
    return {t.uid: t for t in queries.transcripts(session, uids)} if uids else {}


def _text_row(content: Content) -> tuple[str, str, str, bytes]:
    known = content.likeness
    return known.text_sha256, content.text, known.words_sha256, known.sketch


def _transcript(one: Incoming, stored: StoredTranscript | None) -> list[Record]:
    """The transcript's own record, and that of its version where it is new."""
    content = one.content
    if content is None:
        return _facts(one, stored) if one.rows else []
    known = content.likeness
    said = f"version\n{one.uid}\n{one.sha256}\n{known.text_sha256}"
    version = hashlib.sha256(said.encode()).hexdigest()[:32]
    body = {
        "transcript": one.uid,
        "text_sha256": known.text_sha256,
        "source_sha256": one.sha256,
        "characters": len(content.text),
        "words": count_words(content.text),
        "file": one.shown.replace("\\", "/").rpartition("/")[2],
        "format": content.format,
        "producer": content.producer,
        "encoding": content.encoding,
        "marks": content.marks or None,
        "turns": content.turns,
    }
    facts = _facts(one, _offered(content.facts))
    return [*facts, Record(kinds.VERSION, (version,), body, one.uid)]


def _who(one: Incoming, cast: roles.Cast, codes: Mapping[int, str]) -> list[Record]:
    """Who speaks in a transcript, and who took part."""
    speaking = [records.speaker_record(one.uid, speaker) for speaker in cast.speakers]
    return speaking + [
        records.taking_part_record(one.uid, codes[row.line])
        for row in one.rows
        if row.line in codes
    ]


@dataclass(frozen=True, slots=True)
class _Offered:
    """What a file says of its interview, as far as it can be relied on."""

    language: str | None
    interviewed: str | None
    recording: str | None


def _offered(facts: Mapping[str, str]) -> _Offered:
    language = facts.get("language", "")
    try:
        day = date.fromisoformat(facts.get("date", "")).isoformat()
    except ValueError:
        day = None
    return _Offered(
        language=language if _LANGUAGE.fullmatch(language) else None,
        interviewed=day,
        recording=facts.get("recording"),
    )


def _facts(one: Incoming, otherwise: _Offered | StoredTranscript | None) -> list[Record]:
    """The transcript's own record: what the manifest says, else what is known otherwise."""
    row = one.rows[0] if one.rows else None
    before = otherwise or _Offered(None, None, None)
    return records.transcript_records(
        one.uid,
        name=one.name,
        language=(row and row.language) or before.language,
        interviewed=(row and row.date) or before.interviewed,
        recording=(row and row.recording) or before.recording,
        attributes=_interview_attributes(one.rows),
    )


def _interview_attributes(rows: Sequence[ManifestRow]) -> dict[str, str]:
    """What all rows of one interview say of it; where they differ, each once."""
    said: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for name, value in row.interview_attributes.items():
            said[name][value] = None
    return {name: "; ".join(values) for name, values in said.items()}


def _cast(one: Incoming, codes: Mapping[int, str], known: Known) -> roles.Cast:
    """The speakers; of a known transcript of which nothing is said anew, none."""
    speakers = known.speakers.get(one.uid, {})
    if one.content is not None:
        interviewer = one.content.facts.get("interviewer")
        return roles.cast(
            one.content.speakers, one.rows, codes, known=speakers, interviewer=interviewer
        )
    if not one.rows:
        return roles.Cast(())
    labels = tuple(label for label in speakers if label != roles.UNLABELLED)
    return roles.cast(labels, one.rows, codes, known=speakers)


def _people(
    batch: Sequence[Incoming], codes: Mapping[int, str], known: Known
) -> tuple[list[Participant], list[tuple[str, ReadingWarning]]]:
    """The participants as the rows say them, later rows over earlier ones and over the store."""
    people: dict[str, Participant] = {}
    warnings: list[tuple[str, ReadingWarning]] = []
    for one in batch:
        for row in one.rows:
            if row.line not in codes:
                continue
            code = codes[row.line]
            before = people.get(code) or known.participants.get(code) or Participant(code)
            people[code] = _said_of(before, row)
            if people[code].attribution is not row.attribution and "attribution" in row.given:
                message = (
                    f"{code} stays withheld, whatever the manifest says; to open it, use: "
                    f"qualcode participants set {code} attribution={row.attribution}"
                )
                warnings.append((one.shown, ReadingWarning("stays-withheld", message, row.line)))
    return list(people.values()), warnings


def _said_of(before: Participant, row: ManifestRow) -> Participant:
    """A participant with what a row says; an empty cell leaves what was known.

    Who withdrew stays so: a manifest is imported again and again, by whoever adds a file, and an
    older copy of it must not open what was closed since.
    """
    given = {name: getattr(row, name) for name in _ROW_FIELDS if name in row.given}
    level = before.attribution
    if "attribution" in row.given and level is not Attribution.WITHHELD:
        level = row.attribution
    attributes = {**before.attributes, **row.attributes}
    return replace(before, attribution=level, attributes=attributes, **given)


def _identities(
    rows: Sequence[ManifestRow], codes: Mapping[int, str], names: Mapping[str, Identity]
) -> list[Identity]:
    found: dict[str, Identity] = {}
    for row in rows:
        code = codes.get(row.line)
        if code is None or not row.has_name:
            continue
        before = found.get(code) or names.get(code) or Identity(code, "")
        found[code] = Identity(
            code,
            row.name or before.name,
            row.aliases or before.aliases,
            row.contacts or before.contacts,
        )
    return list(found.values())


def _odd(one: Incoming, codes: Mapping[int, str], known: Known) -> list[ReadingWarning]:
    """What a person should look at before anything leaves the project."""
    found = []
    said = {codes[row.line] for row in one.rows if row.line in codes}
    others = [code for code in known.took_part.get(one.uid, ()) if code not in said]
    if said and others:
        message = f"the project has {', '.join(others)} as taking part too; no row names them"
        found.append(ReadingWarning("more-took-part", message))
    for row in one.rows:
        if _holds_name(one.name, row.name or ""):
            message = (
                "the interview's id holds a part of the participant's name, and it stands beside "
                "every quotation: give it another interview_id"
            )
            found.append(ReadingWarning("name-in-transcript-name", message, row.line))
    return found


def _holds_name(shown: str, name: str) -> bool:
    words = set(re.split(r"[\W\d_]+", shown.casefold()))
    return any(len(part) > 2 and part in words for part in re.split(r"\W+", name.casefold()))
