"""What is known of an interview, changed by hand: date, language, recording, place and the rest.

Of the people in it their own record speaks (`qualcode participants set`), and names have no place
here: what is said of an interview stands in the project for all to see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final

from qualcode import errors
from qualcode.codebook import resolve_code
from qualcode.model.transcript import StoredTranscript
from qualcode.services.intake import manifest_rows
from qualcode.services.intake.offered import day_of
from qualcode.services.intake.recordings import SOUND_AND_FILM, Shelves
from qualcode.services.places import find_transcript
from qualcode.store import queries, records, summaries
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.store import Store
from qualcode.text.languages import is_language, language_meant
from qualcode.text.nearest import nearest

FIELDS: Final = ("date", "language", "recording")
"""What has a place of its own; all else is an attribute of the interview."""

_USUAL: Final = (*FIELDS, "place", "duration", "interviewer", "strand", "notes")
_A_SLIP: Final = 0.8
"""Likeness from which a name is a usual one misspelt: two letters wrong in ten."""

_OF_PEOPLE: Final = frozenset(
    {
        *("attribution", "consent_date", "consent_note", "organisation", "participant"),
        *("pseudonym", "role", "stakeholder"),
    }
)
_NAMES: Final = (
    manifest_rows.PARTS_OF_NAMES
    | manifest_rows.CONTACTS
    | manifest_rows.ALIASES
    | {"name", "participant_name"}
)


def set_transcript(
    store: Store,
    name: str,
    changes: Mapping[str, str | None],
    *,
    not_asked: Sequence[str] = (),
    asked: Sequence[str] = (),
    by: str,
    at: datetime,
) -> StoredTranscript:
    """Change what is known of an interview; None or "" takes it away.

    `not_asked` are themes or codes that it did not ask about, `asked` such that it did after all.
    Raises UnknownCodeError, UnknownTranscriptError, ManifestColumnError for what does not belong to
    an interview, is all but the name of something else, or is given twice, and ManifestValueError
    for a date or a language that is none.
    """
    wanted = _wanted(changes, where=name)
    fields = {field: _checked(field, wanted[field], where=name) for field in wanted}
    if fields.get("recording"):
        home = None if store.path is None else store.path.resolve().parent
        fields["recording"] = Shelves(home).kept(wanted["recording"])
    with store.act("set transcript", by=by, at=at) as act:
        ref = find_transcript(act.session, name)
        before = queries.transcripts(act.session, [ref.transcript])[0]
        further = {key: value for key, value in fields.items() if key not in FIELDS}
        said = records.transcript_records(
            before.uid,
            name=_given_name(act.session, before.uid),
            language=fields.get("language", before.language) or None,
            interviewed=fields.get("date", before.interviewed) or None,
            recording=fields.get("recording", before.recording) or None,
            attributes={key: value for key, value in further.items() if value},
        )
        gone = [key for key, value in further.items() if not value and key in before.attributes]
        said += [records.no_transcript_attribute_record(before.uid, key) for key in gone]
        said += _asked(act.session, before.uid, not_asked, holds=True)
        said += _asked(act.session, before.uid, asked, holds=False)
        act.ensure(said)
        return queries.transcripts(act.session, [before.uid])[0]


def _given_name(session: Session, transcript: str) -> str:
    """The name as it is stored: where another interview has it, too, one is shown with a (2)."""
    known = queries.known_versions(session)
    return next(one.name for one in known if one.transcript == transcript)


def _asked(
    session: Session, transcript: str, themes: Sequence[str], *, holds: bool
) -> list[Record]:
    """That an interview did not ask about these themes, or that it did."""
    book, _ = queries.codebook(session)
    codes = [resolve_code(book, theme).id for theme in themes]
    if not holds:  # said of a code that went into this one since, it is said of this one
        said = (summaries.not_asked_under(session, transcript, code) for code in codes)
        codes = [stored for those in said for stored in those]
    return [records.not_asked_record(transcript, code, holds=holds) for code in codes]


def _wanted(changes: Mapping[str, str | None], *, where: str) -> dict[str, str]:
    """The changes by field; raises ManifestColumnError where two are of one: `Date` and `date`."""
    wanted: dict[str, str] = {}
    for given, value in changes.items():
        field = _field(given, where=where)
        if field in wanted:
            raise errors.ManifestColumnError(
                f"'{field}' is given twice", where=where, mend="Give it once."
            )
        wanted[field] = (value or "").strip()
    return wanted


def _field(given: str, *, where: str) -> str:
    """What a change speaks of; raises ManifestColumnError where that is not the interview."""
    name = "_".join(given.lower().split())
    if name in _NAMES:
        raise errors.ManifestColumnError(
            f"'{name}' would be kept with the project",
            where=where,
            mend="Say it of the participant: qualcode participants set CODE name=...",
        )
    if name in _OF_PEOPLE:
        raise errors.ManifestColumnError(
            f"'{name}' is said of a participant, not of an interview",
            where=where,
            mend=f"Use: qualcode participants set CODE {name}=...",
        )
    meant = None if name in _USUAL else nearest(name, _USUAL)
    if meant is not None and SequenceMatcher(None, name, meant).ratio() >= _A_SLIP:
        raise errors.ManifestColumnError(
            f"nothing is called '{name}'", where=where, mend=f"Did you mean '{meant}'?"
        )
    return name


def _checked(field: str, value: str, *, where: str) -> str:
    """A value as it is kept; raises ManifestValueError."""
    if not value:
        return value
    if field == "date" and day_of(value) is None:
        problem, mend = f"'{value}' is not a date", "Write it as YEAR-MONTH-DAY."
    elif field == "language" and not is_language(value):
        meant = language_meant(value)
        problem = f"'{value}' is not a language code"
        mend = f"Did you mean '{meant}'?" if meant else "Write en, fr, cy or en-GB."
    elif field == "recording" and not value.lower().endswith(tuple(SOUND_AND_FILM)):
        problem = f"'{value}' is neither sound nor film"
        mend = "Name the file, such as P07.m4a."
    else:
        return value if field == "recording" else " ".join(value.split())
    raise errors.ManifestValueError(field, problem, where=where, mend=mend)
