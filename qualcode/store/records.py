"""Model values as records of the log: the one place that knows which field goes where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Coding, Memo, Segment
from qualcode.model.consent import Edit, Export
from qualcode.model.people import Participant, Speaker, coder_key
from qualcode.model.project import ProjectFacts
from qualcode.model.summary import Summary
from qualcode.store import kinds, log
from qualcode.store.engine import Session
from qualcode.store.kinds import Record

_GUIDANCE = ("include", "exclude", "look_for", "examples")


def project_record(facts: ProjectFacts) -> Record:
    """What the project says of itself."""
    body = {"uid": facts.uid, "name": facts.name, "language": facts.language}
    return Record(kinds.PROJECT, (), {**body, "created": facts.created})


def coding_record(coding: Coding, *, transcript: str, holds: bool = True) -> Record:
    """One coding on a version of `transcript` (its uid); with `holds` false, its taking back."""
    s = coding.segment
    key = (s.version, s.start, s.end, coding.code, coder_key(coding.coder))
    body = {"doubt": coding.doubt, "origin": str(coding.origin)} if holds else None
    return Record(kinds.CODING, key, body, transcript)


def code_record(
    code: Code, *, position: int, retired: bool = False, merged_into: str | None = None
) -> Record:
    """One code at its place in the book, counted from 0 over all codes.

    `merged_into` is the code that it went into: it is in the book no longer.
    """
    guidance = {name: list(getattr(code, name)) for name in _GUIDANCE if getattr(code, name)}
    body = {
        "name": code.name,
        "parent": code.parent,
        "position": position,
        "key": code.key,
        "colour": code.colour,
        "definition": code.definition or None,
        "guidance": guidance or None,
        "merged_into": merged_into,
        "retired": retired,
        "proposed": code.proposed,
    }
    return Record(kinds.CODE, (code.id,), body)


def codebook_record(codebook: Codebook, source: str) -> Record:
    """The codebook that was applied, with its text as it was on disk."""
    body = {"name": codebook.name, "version": codebook.version, "source": source}
    return Record(kinds.CODEBOOK, (), body)


def participant_scope(code: str) -> str:
    """What a participant's own records are erased by."""
    return f"participant:{code}"


def participant_records(participant: Participant) -> list[Record]:
    """A participant and their further attributes; never a name."""
    scope = participant_scope(participant.code)
    body = {
        "attribution": str(participant.attribution),
        "pseudonym": participant.pseudonym,
        "role": participant.role,
        "organisation": participant.organisation,
        "place": participant.place,
        "stakeholder": participant.stakeholder,
        "consent_date": participant.consent_date,
        "consent_note": participant.consent_note,
    }
    records = [Record(kinds.PARTICIPANT, (participant.code,), body, scope)]
    return records + [
        Record(kinds.PARTICIPANT_ATTRIBUTE, (participant.code, name), {"value": value}, scope)
        for name, value in participant.attributes.items()
    ]


def no_attribute_record(participant: str, name: str) -> Record:
    """A participant's attribute, taken back."""
    scope = participant_scope(participant)
    return Record(kinds.PARTICIPANT_ATTRIBUTE, (participant, name), None, scope)


def transcript_records(
    uid: str,
    *,
    name: str,
    language: str | None,
    interviewed: str | None,
    recording: str | None,
    attributes: Mapping[str, str],
) -> list[Record]:
    """A transcript's own facts and attributes."""
    body = {
        "name": name,
        "language": language,
        "interviewed": interviewed,
        "recording": recording,
    }
    records = [Record(kinds.TRANSCRIPT, (uid,), body, uid)]
    return records + [
        Record(kinds.TRANSCRIPT_ATTRIBUTE, (uid, key), {"value": value}, uid)
        for key, value in attributes.items()
    ]


def no_transcript_attribute_record(transcript: str, name: str) -> Record:
    """A transcript's attribute, taken back."""
    return Record(kinds.TRANSCRIPT_ATTRIBUTE, (transcript, name), None, transcript)


def taking_part_record(transcript: str, participant: str) -> Record:
    """This participant was interviewed in this transcript."""
    return Record(kinds.TRANSCRIPT_PARTICIPANT, (transcript, participant), {}, transcript)


def speaker_record(transcript: str, speaker: Speaker) -> Record:
    """One label of a transcript, what it is and who it is; of what it is a spelling is apart."""
    body = {"role": str(speaker.role), "participant": speaker.participant}
    return Record(kinds.SPEAKER, (transcript, speaker.label), body, transcript)


def spelling_record(transcript: str, label: str, same_as: str | None) -> Record:
    """A label that is another spelling of `same_as`; with None that is taken back.

    A record of its own: where one copy says this of a label and another says whose it is, both
    hold, whichever was said last.
    """
    body = None if same_as is None else {"same_as": same_as}
    return Record(kinds.SPELLING, (transcript, label), body, transcript)


def label_records(transcript: str, speaker: Speaker) -> list[Record]:
    """All that is known of one label: who it is, and of what it is a spelling, if of anything."""
    return [
        speaker_record(transcript, speaker),
        spelling_record(transcript, speaker.label, speaker.same_as),
    ]


def all_taken_back(session: Session, scope: str) -> list[Record]:
    """The taking back of everything that was said of a transcript (by its uid) or a participant.

    But for masks: where the same words come in again, they hide a name that nobody knows.
    """
    return [
        Record(kinds.KINDS[kind], tuple(json.loads(key)), None, scope)
        for kind, key in log.places_of(session, scope)
        if kind in kinds.KINDS and kind != kinds.MASK.name
    ]


def memo_record(memo: Memo, *, scope: str | None, holds: bool = True) -> Record:
    """One memo; `scope` is the transcript or participant that it speaks of, or None."""
    body = {
        "type": str(memo.type),
        "target_kind": str(memo.target_kind),
        "target": memo.target,
        "coder": memo.coder,
        "body": memo.body,
        "written": memo.written.isoformat(),
    }
    return Record(kinds.MEMO, (memo.uid,), body if holds else None, scope)


def work_record(transcript: str, coder: str, *, finished: bool) -> Record:
    """One coder's own word that they are done with a transcript (its uid), or its taking back."""
    body: dict[str, str] | None = {} if finished else None
    return Record(kinds.WORK, (transcript, coder_key(coder)), body, transcript)


def left_out_record(transcript: str, source_sha256: str, sameness: str | None) -> Record:
    """A file, by its bytes, that stays out as a double of `transcript`; with None, no longer.

    `sameness` says what the two have in common.
    """
    body = None if sameness is None else {"sameness": sameness}
    return Record(kinds.LEFT_OUT, (transcript, source_sha256), body, transcript)


def summary_record(summary: Summary, *, holds: bool = True) -> Record:
    """The charted words of one cell; with `holds` false, their taking back.

    Of a participant's own cell, it is erased with the participant; of an interview's, with that.
    """
    scopes = {"participant": participant_scope(summary.case), "transcript": summary.case}
    body = {
        "words": summary.text,
        "status": str(summary.status),
        "author": summary.author,
        "written": summary.written,
        "links": [[one.version, one.start, one.end] for one in summary.links] or None,
        "basis": summary.basis or None,
        "settled": list(summary.settled) or None,
    }
    return Record(
        kinds.SUMMARY,
        (summary.case_kind, summary.case, summary.theme),
        body if holds else None,
        scopes.get(summary.case_kind),
    )


def no_summary_records(summary: Summary) -> list[Record]:
    """The taking back of a summary, under every code with which it was written."""
    codes = dict.fromkeys((summary.theme, *summary.stored))
    return [summary_record(replace(summary, theme=code), holds=False) for code in codes]


def not_asked_record(transcript: str, theme: str, *, holds: bool = True) -> Record:
    """That an interview did not ask about a theme, both by their uids; or that it did."""
    return Record(kinds.NOT_ASKED, (transcript, theme), {} if holds else None, transcript)


def edit_record(version: str, edit: Edit, *, transcript: str, holds: bool = True) -> Record:
    """A stretch of a version of `transcript` (both uids) that is shown otherwise; or no longer."""
    key = (version, edit.span.start, edit.span.end)
    return Record(kinds.EDIT, key, {"shown": edit.shown} if holds else None, transcript)


def mask_record(version: str, mask: Edit, *, transcript: str) -> Record:
    """Where the name of somebody erased stands in a version of `transcript` (both uids).

    Unlike an edit nobody takes it back.
    """
    key = (version, mask.span.start, mask.span.end)
    return Record(kinds.MASK, key, {"shown": mask.shown}, transcript)


def star_record(segment: Segment, *, transcript: str, holds: bool = True) -> Record:
    """A passage of `transcript` (its uid) that is worth quoting; or no longer."""
    key = (segment.version, segment.start, segment.end)
    return Record(kinds.STAR, key, {} if holds else None, transcript)


def export_record(export: Export) -> Record:
    """What left the project: a file, and which facts of whom it gave away."""
    body = {
        "written": export.written,
        "author": export.by,
        "file": export.file,
        "format": export.format,
        "audience": str(export.audience),
        "digest": export.digest,
        "quotations": export.quotations,
        "shown": {code: sorted(facts) for code, facts in sorted(export.shown.items())} or None,
    }
    return Record(kinds.EXPORT, (export.uid,), body)
