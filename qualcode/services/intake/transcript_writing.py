"""What an import writes: transcripts, versions, speakers, participants, in one act.

Saying it again changes nothing, and an empty cell of a manifest takes nothing away. Names go to
the identities and nowhere else.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from qualcode import errors
from qualcode.codebook import resolve_code
from qualcode.model.people import Attribution, Identity, Participant, Speaker
from qualcode.model.transcript import ReadingWarning, Transcript
from qualcode.services.intake import roles
from qualcode.services.intake.manifest_rows import ManifestRow
from qualcode.services.intake.offered import NOTHING, Offered, offered
from qualcode.services.intake.participant_codes import Known, participant_codes
from qualcode.store import erasing, identities, kinds, projection, queries, records, speaking
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.queries import KnownText, TranscriptFacts
from qualcode.store.shapes import TurnRow
from qualcode.text.names.forms import name_kept
from qualcode.text.words import count_encoded_words

_ROW_FIELDS = ("pseudonym", "role", "organisation", "stakeholder", "place", "consent_date")
_BUT_THE_NUMBER = itemgetter(1, 2, 3, 4, 5)

_AT_ONCE = 250
"""Transcripts whose records are made before they are written: their rows take memory twice."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of a reading until it is written.

    The text as bytes: one curly quote makes a string twice as large as its UTF-8, an emoji four
    times, and all files of an import are held at once. `turns` are (start, end, speaker, start_ms,
    end_ms), `marks` (offset, at_ms): bare tuples, which the garbage collector need not look through
    again and again.
    """

    utf8: bytes
    characters: int
    word_count: int
    likeness: KnownText
    speakers: tuple[str, ...]
    turns: tuple[TurnRow, ...]
    marks: tuple[tuple[object, ...], ...]
    format: str
    producer: str | None
    encoding: str | None
    facts: Mapping[str, str]

    def words(self) -> str:
        """The text, for whoever asks for it when it is needed."""
        return self.utf8.decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file on its way in; `content` is None where it is a transcript already.

    `parent` is the uid of the version that the file follows, or None where it is the first.
    `recording` is the name that is kept of the recording that the manifest or the file names, or
    that lies beside it. `stands` is the current version of a transcript that stays as it is.
    """

    shown: str
    name: str
    sha256: str
    uid: str
    rows: tuple[ManifestRow, ...]
    content: Content | None = None
    recording: str | None = None
    parent: str | None = None
    stands: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The uids of all transcripts that anything was said of, the turns of new versions by uid, and
    what was unclear, by file. `corrected` has, by the uid of a transcript, the version that was
    followed and the one that followed it; `names` counts the names that are new or others now.
    """

    uids: tuple[str, ...]
    turns: Mapping[str, tuple[TurnRow, ...]]
    warnings: tuple[tuple[str, ReadingWarning], ...]
    corrected: Mapping[str, tuple[str, str]]
    names: int


def content_of(transcript: Transcript, utf8: bytes, likeness: KnownText) -> Content:
    """What is kept of a transcript; `utf8` is its text, `likeness` what it is compared by."""
    return Content(
        utf8=utf8,
        characters=len(transcript.text),
        word_count=count_encoded_words(transcript.text, utf8),
        likeness=likeness,
        speakers=transcript.speakers,
        turns=tuple(map(_BUT_THE_NUMBER, transcript.turns)),
        marks=tuple(map(tuple, transcript.marks)),
        format=transcript.format,
        producer=transcript.producer,
        encoding=transcript.encoding,
        facts=transcript.facts,
    )


def write_transcripts(act: Act, new: Sequence[Incoming], unchanged: Sequence[Incoming]) -> Written:
    """Write the new, and what a manifest says of the unchanged.

    Where several files are one interview, the rows of all of them speak of it.
    """
    known = _known(act.session)
    everything = [*new, *unchanged]
    rows_of = _rows_of((*unchanged, *new))
    codes = participant_codes(rows_of, known)
    _refuse_the_erased(act.session, new, codes)
    rows = [row for rows in rows_of.values() for row in rows]
    names = identities.write(act.session, _identities(rows, codes, known.names))
    for at in range(0, len(new), _AT_ONCE):
        contents = (one.content for one in new[at : at + _AT_ONCE])
        act.add_texts([_text_row(content) for content in contents if content is not None])
    people, warnings = _people(everything, codes, known)
    act.ensure(record for person in people for record in records.participant_records(person))
    telling = _Telling(codes, known, _stored(act.session, everything))
    together = _together(everything, rows_of)
    for at in range(0, len(together), _AT_ONCE):
        act.ensure(
            record for one in together[at : at + _AT_ONCE] for record in telling.records(one)
        )
    act.ensure(_not_asked(act.session, everything, rows_of))
    return Written(
        uids=tuple(dict.fromkeys(one.uid for one in everything if one.content or one.rows)),
        turns={version_uid(one): one.content.turns for one in new if one.content is not None},
        warnings=(*warnings, *telling.warnings),
        corrected=_corrected(new),
        names=names,
    )


def _refuse_the_erased(session: Session, new: Iterable[Incoming], codes: Mapping[int, str]) -> None:
    """Nothing of somebody who was erased comes back with a file or a row that still has it.

    Raises TranscriptErasedError, ParticipantErasedError.
    """
    gone = projection.erased_scopes(session)
    for one in new if gone else ():
        if one.uid in gone:
            raise errors.TranscriptErasedError(where=one.shown)
    for code in sorted(set(codes.values()) & set(erasing.erased_participants(session))):
        raise errors.ParticipantErasedError(code)


def _rows_of(everything: Iterable[Incoming]) -> dict[str, tuple[ManifestRow, ...]]:
    """All rows that speak of one transcript, each once, by its uid."""
    found: dict[str, dict[int, ManifestRow]] = defaultdict(dict)
    for one in everything:
        for row in one.rows:
            found[one.uid][row.line] = row
    return {uid: tuple(rows.values()) for uid, rows in found.items()}


def _not_asked(
    session: Session, everything: Iterable[Incoming], rows_of: Mapping[str, Sequence[ManifestRow]]
) -> list[Record]:
    """What the rows say that interviews did not ask about. Raises UnknownCodeError."""
    shown = {one.uid: one.shown for one in everything}
    said = [
        (uid, theme) for uid in shown for row in rows_of.get(uid, ()) for theme in row.not_asked
    ]
    if not said:
        return []
    book, _ = queries.codebook(session)
    return [
        records.not_asked_record(uid, resolve_code(book, code, where=shown[uid]).id)
        for uid, code in said
    ]


def _together(
    everything: Iterable[Incoming], rows_of: Mapping[str, tuple[ManifestRow, ...]]
) -> list[Incoming]:
    """What is to be said of each transcript: of its new files, or once where there is none."""
    by_uid: dict[str, list[Incoming]] = defaultdict(list)
    for one in everything:
        by_uid[one.uid].append(one)
    found = []
    for uid, ones in by_uid.items():
        given = [one.recording for one in ones if any(row.recording for row in one.rows)]
        files = [one for one in ones if one.content is not None] or ones[:1]
        found += [
            replace(one, rows=rows_of.get(uid, ()), recording=next(iter(given), one.recording))
            for one in files
        ]
    return found


def version_uid(one: Incoming) -> str:
    """The uid of the version that a file becomes.

    What it follows is a part of it, so that going back to earlier bytes is a version again.
    """
    assert one.content is not None
    said = f"version\n{one.uid}\n{one.sha256}\n{one.content.likeness.text_sha256}"
    if one.parent is not None:
        said += f"\n{one.parent}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _corrected(new: Sequence[Incoming]) -> dict[str, tuple[str, str]]:
    """From the version before the import to the last of it, where one import brings two."""
    found: dict[str, tuple[str, str]] = {}
    for one in new:
        if one.parent is not None:
            first, _ = found.get(one.uid, (one.parent, ""))
            found[one.uid] = (first, version_uid(one))
    return found


def _known(session: Session) -> Known:
    return Known(
        participants={
            **{code: Participant(code) for code in erasing.erased_participants(session)},
            **{person.code: person for person in queries.participants(session)},
        },
        speakers=speaking.speakers_written(session),
        took_part=queries.taking_part(session),
        names=identities.read(session),
    )


def _stored(session: Session, everything: Sequence[Incoming]) -> dict[str, TranscriptFacts]:
    """What is known of transcripts, where a manifest or a corrected file speaks of one again."""
    again = any(one.parent or (one.rows and not one.content) for one in everything)
    return queries.transcript_facts(session) if again else {}


def _text_row(content: Content) -> tuple[str, str, str, bytes]:
    known = content.likeness
    return known.text_sha256, content.words(), known.words_sha256, known.sketch


class _Telling:
    """The records of one file after the other: of two that are one interview, the second begins
    with what the first one said.
    """

    def __init__(
        self, codes: Mapping[int, str], known: Known, stored: Mapping[str, TranscriptFacts]
    ) -> None:
        self.warnings: list[tuple[str, ReadingWarning]] = []
        self._codes = codes
        self._known = known
        self._facts = dict(stored)
        self._speakers = dict(known.speakers)
        self._odd: set[str] = set()

    def records(self, one: Incoming) -> list[Record]:
        """The transcript's own record, that of a new version, those who speak and took part."""
        if one.content is None and not one.rows:
            return []
        offers = NOTHING if one.content is None else offered(one.content.facts)
        facts = _facts(one, self._facts.get(one.uid), offers)
        said = _transcript_records(one, facts)
        before = self._speakers.get(one.uid, {})
        cast = _cast(one, self._codes, before)
        if one.content is not None:
            said.append(_version_record(one, one.content))
            self._facts[one.uid] = facts
            spoken = {speaker.label: speaker for speaker in cast.speakers}
            self._speakers[one.uid] = {**before, **spoken}
        said += _who(one, cast, self._codes)
        is_news = one.content is not None or any(
            before.get(speaker.label) != speaker for speaker in cast.speakers
        )
        self.warnings += [
            (one.shown, warning)
            for warning in cast.warnings
            if is_news or warning.code not in roles.STANDING
        ]
        if one.uid not in self._odd:
            self._odd.add(one.uid)
            odd = _odd(one, self._codes, self._known)
            self.warnings += [(one.shown, warning) for warning in odd]
        return said


def _version_record(one: Incoming, content: Content) -> Record:
    body = {
        "transcript": one.uid,
        "parent": one.parent,
        "text_sha256": content.likeness.text_sha256,
        "source_sha256": one.sha256,
        "characters": content.characters,
        "words": content.word_count,
        "file": one.shown.replace("\\", "/").rpartition("/")[2],
        "format": content.format,
        "producer": content.producer,
        "encoding": content.encoding,
        "marks": content.marks or None,
        "turns": content.turns,
    }
    return Record(kinds.VERSION, (version_uid(one),), body, one.uid)


def _who(one: Incoming, cast: roles.Cast, codes: Mapping[int, str]) -> list[Record]:
    """Who speaks in a transcript, and who took part."""
    speaking = [records.speaker_record(one.uid, speaker) for speaker in cast.speakers]
    return speaking + [
        records.taking_part_record(one.uid, codes[row.line])
        for row in one.rows
        if row.line in codes
    ]


def _facts(one: Incoming, stored: TranscriptFacts | None, said: Offered) -> TranscriptFacts:
    """What is known of an interview: what the manifest says, else the store, else the file."""
    before = stored or NOTHING
    given = any(row.recording for row in one.rows)
    return TranscriptFacts(
        language=_first(row.language for row in one.rows) or before.language or said.language,
        interviewed=_first(row.date for row in one.rows) or before.interviewed or said.interviewed,
        recording=(one.recording if given else None) or before.recording or one.recording,
        attributes={**_new_attributes(one, said, before), **_interview_attributes(one.rows)},
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next(filter(None, values), None)


def _transcript_records(one: Incoming, facts: TranscriptFacts) -> list[Record]:
    return records.transcript_records(
        one.uid,
        name=one.name,
        language=facts.language,
        interviewed=facts.interviewed,
        recording=facts.recording,
        attributes=facts.attributes,
    )


def _new_attributes(
    one: Incoming, said: Offered, before: Offered | TranscriptFacts
) -> dict[str, str]:
    """What the file alone says of the interview; a place in the manifest is said of the person."""
    known = {name for row in one.rows for name in row.given} | before.attributes.keys()
    return {name: value for name, value in said.attributes.items() if name not in known}


def _interview_attributes(rows: Sequence[ManifestRow]) -> dict[str, str]:
    """What all rows of one interview say of it; where they differ, each once."""
    said: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for name, value in row.interview_attributes.items():
            said[name][value] = None
    return {name: "; ".join(values) for name, values in said.items()}


def _cast(one: Incoming, codes: Mapping[int, str], speakers: Mapping[str, Speaker]) -> roles.Cast:
    """The speakers; of a known transcript of which nothing is said anew, none."""
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
            name_kept(row.name, before.name),
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
