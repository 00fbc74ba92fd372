"""Values as scripts read them with `--json`: the field names are a promise.

More fields may be added; none is renamed. Quotations and matrices have theirs in the exporters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.model.coding import Memo
    from qualcode.model.examination import Examination
    from qualcode.model.people import Participant, Speaker
    from qualcode.model.transcript import StoredTranscript
    from qualcode.services.code_merging import MergePreview
    from qualcode.services.codebook_editing import Edited
    from qualcode.services.codebooks import ShownCodebook
    from qualcode.services.coding import Tagged
    from qualcode.services.importing import ImportReport
    from qualcode.services.listing import ShownTranscript
    from qualcode.services.memos import ShownMemo
    from qualcode.services.people import ShownParticipant
    from qualcode.services.retrieving import Hit

Record = dict[str, object]


def transcript(stored: StoredTranscript) -> Record:
    """A transcript without its words."""
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
        "recording": stored.recording,
        "characters": stored.characters,
        "words": stored.words,
        "turns": stored.turns,
        "speakers": [
            {"label": s.label, "role": s.role, "participant": s.participant, "turns": s.turns}
            for s in stored.speakers
        ],
        "has_timestamps": stored.first_ms is not None,
        "first_ms": stored.first_ms,
        "last_ms": stored.last_ms,
        "sha256": stored.sha256,
        "attributes": dict(stored.attributes),
        "codings": stored.codings,
    }


def transcript_with_turns(shown: ShownTranscript) -> Record:
    """A transcript with its words, whole and by turns."""
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
    return {**transcript(shown.record), "text": text, "turn_list": turns}


def import_report(report: ImportReport) -> Record:
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
        "transcripts": [transcript(stored) for stored in report.transcripts],
        "written": report.written,
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
    """A label, what it is and whose it is."""
    return {"label": who.label, "role": str(who.role), "participant": who.participant}


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
