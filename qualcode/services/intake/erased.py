"""Files of interviews that were erased with their participant stay out, and the others come in.

Whoever takes their folder in again each month has such a file in it until somebody deletes it.
"""

from __future__ import annotations

from qualcode import errors
from qualcode.model.transcript import ReadingWarning
from qualcode.services.intake.sorting import Intake
from qualcode.services.intake.transcript_writing import Incoming
from qualcode.store import erasing, projection
from qualcode.store.store import Store


def leave_out(store: Store, intake: Intake) -> None:
    """Take the files out that hold an interview, or of which a row names somebody, erased here."""
    with store.reading() as session:
        scopes = projection.erased_scopes(session)
        people = {code.casefold(): code for code in erasing.erased_participants(session)}
    for one in list(intake.incoming) if scopes else ():
        named = [people.get((row.participant or "").casefold()) for row in one.rows]
        reason: errors.QualcodeError | None = next(
            (errors.ParticipantErasedError(code) for code in named if code), None
        )
        if one.uid in scopes:
            reason = errors.TranscriptErasedError(where=one.shown)
        if reason is not None:
            _leave_out(intake, one, f"left out: {reason.what}. {reason.mend}")


def _leave_out(intake: Intake, one: Incoming, why: str) -> None:
    intake.drop([one.shown])
    intake.left_out.append(one.shown)
    intake.warn(one.shown, ReadingWarning("erased", why))
