"""Values as scripts read them with `--json`: the field names are a promise.

More fields may be added; none is renamed. Quotations and matrices have theirs in the exporters.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcode.model.coding import Memo
    from qualcode.model.examination import Examination
    from qualcode.model.people import Participant, Speaker
    from qualcode.model.transcript import StoredTranscript
    from qualcode.services.book.code_merging import MergePreview
    from qualcode.services.book.codebook_editing import Edited
    from qualcode.services.book.codebooks import ShownCodebook
    from qualcode.services.correction.carrying import Carrying, Revision
    from qualcode.services.correction.reviewing import Settled, Waiting, WaitingMemo
    from qualcode.services.correction.versions import ShownVersion
    from qualcode.services.intake.aliases import Suggestion
    from qualcode.services.intake.duplicates import Judged
    from qualcode.services.intake.importing import Account, ImportReport
    from qualcode.services.intake.recordings import Recording
    from qualcode.services.listing import ShownTranscript
    from qualcode.services.memos import ShownMemo
    from qualcode.services.people import ShownParticipant
    from qualcode.services.retrieval.retrieving import Hit
    from qualcode.services.work.coding import Tagged

Record = dict[str, object]

OPEN_FACTS: Final = frozenset({"date", "place", "language", "duration", "recording"})
"""What a file says of itself that is no name; of all else a script reads that it is said."""


def transcript(stored: StoredTranscript, linked: Mapping[str, Recording]) -> Record:
    """A transcript without its words; `linked` are recordings by the uids of transcripts."""
    recording = linked.get(stored.uid)
    return {
        "id": stored.uid,
        "name": stored.name,
        "version": stored.version,
        "file": stored.file,
        "format": stored.format,
        "encoding": stored.encoding,
        "producer": stored.producer,
        "language": stored.language,
        "interviewed": stored.interviewed,
        "recording": None if recording is None else recording_of(recording),
        "characters": stored.characters,
        "words": stored.words,
        "turns": stored.turns,
        "speakers": [
            {
                "label": s.label,
                "role": s.role,
                "participant": s.participant,
                "turns": s.turns,
                "spellings": list(s.spellings),
            }
            for s in stored.speakers
        ],
        "has_timestamps": (stored.first_ms, stored.last_ms) != (None, None),
        "first_ms": stored.first_ms,
        "last_ms": stored.last_ms,
        "sha256": stored.sha256,
        "attributes": dict(stored.attributes),
        "codings": stored.codings,
        "waiting": stored.waiting,
    }


def recording_of(recording: Recording) -> Record:
    """A recording, whether it is there, and its length."""
    return {"file": recording.file, "found": recording.found, "ms": recording.ms}


def version(one: ShownVersion) -> Record:
    """One version of a transcript."""
    return {
        "version": one.number,
        "id": one.uid,
        "file": one.file,
        "by": one.by,
        "at": one.at.isoformat(),
        "current": one.is_current,
    }


def shown_transcript(shown: ShownTranscript, linked: Mapping[str, Recording]) -> Record:
    """A transcript with all its versions, without its words."""
    return {
        **transcript(shown.record, linked),
        "versions": [version(one) for one in shown.versions],
        "not_asked": list(shown.not_asked),
    }


def transcript_with_turns(shown: ShownTranscript, linked: Mapping[str, Recording]) -> Record:
    """The same with its words, whole and by turns, and the places whose time is known."""
    text = shown.text.text
    turns = [
        {
            "n": turn.n,
            "speaker": turn.speaker,
            "start": turn.start,
            "end": turn.end,
            "start_ms": turn.start_ms,
            "end_ms": turn.end_ms,
            "text": text[turn.start : turn.end],
        }
        for turn in shown.text.turns
    ]
    marks = [{"start": mark.offset, "ms": mark.at_ms} for mark in shown.text.marks]
    known = shown_transcript(shown, linked)
    return {**known, "text": text, "turn_list": turns, "marks": marks}


def account(one: Account) -> Record:
    """What one reading kept and left out; both sums of it hold."""
    report = one.report
    return {
        "file": one.file,
        "transcript": one.name,
        "format": one.format,
        "encoding": one.encoding,
        "units_read": report.units_read,
        "turns": report.turns,
        "merged": report.merged,
        "set_aside": dict(Counter(unit.kind for unit in report.set_aside)),
        "characters_read": report.characters_read,
        "characters_kept": report.characters_kept,
        "dropped": dict(report.dropped),
        "facts": {fact: value if fact in OPEN_FACTS else None for fact, value in one.facts.items()},
    }


def import_report(report: ImportReport, linked: Mapping[str, Recording]) -> Record:
    """What an import did."""
    return {
        "imported": report.imported,
        "unchanged": report.unchanged,
        "revised": report.revised,
        "rejected": [{"file": r.file, "error": str(r.error)} for r in report.rejected],
        "warnings": [
            {"file": w.file, "line": w.line, "code": w.code, "message": w.message}
            for w in report.warnings
        ],
        "accounts": [account(one) for one in report.accounts],
        "transcripts": [transcript(stored, linked) for stored in report.transcripts],
        "revisions": [revision(one) for one in report.revisions],
        "left_out": list(report.left_out),
        "duplicates": [duplicate(one) for one in report.doubles],
        "suggestions": [suggestion(one) for one in report.suggestions],
        "waiting_before": report.waiting_before,
        "written": report.written,
        "unconfirmed": report.unconfirmed,
    }


def duplicate(one: Judged) -> Record:
    """A file that is much like a transcript, what else it is near to, and what became of it."""
    double = one.double
    return {
        "file": double.file,
        "name": double.name,
        "other": double.other,
        "sameness": None if double.sameness is None else str(double.sameness),
        "share": None if double.share is None else round(double.share, 3),
        "also_near": list(double.also),
        "treatment": str(one.treatment),
    }


def revision(one: Revision) -> Record:
    """A corrected transcript, and what becomes of each of its codings."""
    return {
        "transcript": one.transcript,
        "version": one.version,
        "follows": one.follows,
        **{str(outcome): count for outcome, count in one.counts().items()},
        "turns_of_another": one.respoken.turns,
        "turns_opened": one.respoken.opened,
        "codings": [carrying(each) for each in one.carryings],
    }


def carrying(one: Carrying) -> Record:
    """What becomes of one coding; its place is that of its words now, or the proposed one."""
    return {
        "coding": one.coding.uid,
        "code": one.code,
        "coder": one.coding.coder,
        "outcome": str(one.outcome),
        "new_locator": one.new_locator,
        "memos": one.memos,
        **_places(one),
    }


def _places(one: Carrying | WaitingMemo) -> Record:
    """The old words and the new ones, where they may leave; `start` and `end` are of the new."""
    return {
        "locator": one.locator,
        "old": None if one.withheld else one.old,
        "new": None if one.withheld else one.new,
        "start": None if one.place is None else one.place.start,
        "end": None if one.place is None else one.place.end,
        "likeness": round(one.likeness, 1),
        "other_speaker": one.other_speaker,
        "withheld": one.withheld,
    }


def tagged(done: Tagged) -> Record:
    """One coding, and how its place was found."""
    return {
        "coding": done.coding.uid,
        "code": done.code,
        "coder": done.coding.coder,
        "transcript": done.transcript,
        "start": done.coding.segment.start,
        "end": done.coding.segment.end,
        "locator": done.locator,
        "text": done.text,
        "doubt": done.coding.doubt,
        "score": done.score,
        "exact": done.exact,
        "elsewhere": done.elsewhere,
        "changed": done.changed,
    }


def waiting(one: Waiting) -> Record:
    """A coding that waits, and the version that it stands on."""
    return {
        "id": one.id,
        "transcript": one.transcript,
        "version": one.version,
        **carrying(one),
    }


def waiting_memo(one: WaitingMemo) -> Record:
    """A memo that waits on none of the codings, and the version that it stands on."""
    return {
        "id": one.id,
        "transcript": one.transcript,
        "version": one.version,
        "memo": one.memo.uid,
        "coder": one.memo.coder,
        "body": one.memo.body,
        "outcome": str(one.outcome),
        **_places(one),
    }


def settled(done: Settled) -> Record:
    """What became of codings that waited, and how many still do."""
    return {
        "laid_on": [coding.uid for coding in done.laid_on],
        "dropped": [coding.uid for coding in done.dropped],
        "waiting": done.waiting,
        "memos": done.memos,
    }


def hit(found: Hit) -> Record:
    """One place where a search found its words."""
    return {
        "transcript": found.transcript,
        "participant": found.participant,
        "turn": found.turn,
        "speaker": found.speaker,
        "start": found.start,
        "end": found.end,
        "start_ms": found.start_ms,
        "locator": found.locator,
        "left": found.left,
        "text": found.text,
        "right": found.right,
    }


def speaker(who: Speaker) -> Record:
    """A label, what it is and whose it is, and what it is another spelling of."""
    return {
        "label": who.label,
        "role": str(who.role),
        "participant": who.participant,
        "same_as": who.same_as,
    }


def suggestion(found: Suggestion) -> Record:
    """A label that is probably another spelling."""
    return {
        "transcript": found.transcript,
        "label": found.label,
        "same_as": found.same_as,
        "likeness": found.likeness,
    }


def participant(person: Participant) -> Record:
    """A participant, never with their name."""
    return {
        "code": person.code,
        "attribution": str(person.attribution),
        "pseudonym": person.pseudonym,
        "role": person.role,
        "organisation": person.organisation,
        "place": person.place,
        "stakeholder": person.stakeholder,
        "consent_date": person.consent_date,
        "consent_note": person.consent_note,
        "attributes": dict(person.attributes),
    }


def shown_participant(shown: ShownParticipant) -> Record:
    """A participant with where they speak and how they would be cited."""
    return {
        **participant(shown.participant),
        "transcripts": list(shown.transcripts),
        "cited_as": shown.attribution,
        "codings": shown.codings,
        "has_name": shown.has_name,
    }


def codebook(shown: ShownCodebook) -> Record:
    """The codes that are applied, in book order."""
    book = shown.codebook
    return {
        "codebook": book.name,
        "version": book.version,
        "codes": [
            {
                "id": code.id,
                "code": book.full_name(code.id),
                "name": code.name,
                "parent": code.parent,
                "theme": book.path(code.id)[0],
                "key": code.key,
                "colour": code.colour,
                "definition": code.definition,
                "include": list(code.include),
                "exclude": list(code.exclude),
                "look_for": list(code.look_for),
                "examples": list(code.examples),
                "codings": shown.counts.get(code.id, 0),
                "retired": code.id in shown.retired,
                "proposed": code.proposed,
            }
            for code in book.codes
        ],
    }


def edited(done: Edited) -> Record:
    """The code that was edited, as it is now."""
    return {
        "id": done.code.id,
        "code": done.book.full_name(done.code.id),
        "name": done.code.name,
        "key": done.code.key,
        "definition": done.code.definition,
        "proposed": done.code.proposed,
        "retired": done.code.id in done.retired,
        "codings_moved": done.codings_moved,
        "changed": done.changed,
    }


def merge_preview(preview: MergePreview) -> Record:
    """What a merge of two codes would move."""
    return {
        "code": preview.code,
        "into": preview.into,
        "codings": preview.codings,
        "coders": list(preview.coders),
        "doubled": preview.doubled,
        "memos": preview.memos,
        "children": list(preview.children),
        "examples": list(preview.examples),
    }


def memo(written: Memo) -> Record:
    """A memo; `target_id` is the id of what it is tied to."""
    return {
        "id": written.uid,
        "type": str(written.type),
        "target_kind": str(written.target_kind),
        "target_id": written.target,
        "coder": written.coder,
        "body": written.body,
        "written": written.written.isoformat(),
    }


def shown_memo(shown: ShownMemo) -> Record:
    """A memo with what it is tied to, as people call it."""
    return {**memo(shown.memo), "target": shown.target}


def examination(found: Examination) -> Record:
    """The health of a store."""
    from dataclasses import asdict

    return {
        "whole": found.is_whole,
        "facts": asdict(found.facts),
        "findings": [asdict(finding) for finding in found.findings],
    }
