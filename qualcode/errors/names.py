"""Things that were asked for by a name that nothing has."""

from __future__ import annotations

from qualcode.errors.base import InputError, quoted_name


class UnknownNameError(InputError):
    """Something was asked for by a name that nothing has."""

    noun = "thing"
    listing = ""

    def __init__(self, name: str, *, where: str | None = None, nearest: str | None = None) -> None:
        mend = f"Did you mean '{nearest}'?" if nearest else f"See: {self.listing}"
        super().__init__(f"no {self.noun} is called {quoted_name(name)}", where=where, mend=mend)


class UnknownTranscriptError(UnknownNameError):
    """No transcript has this name."""

    noun = "transcript"
    listing = "qualcode transcripts list"


class UnknownParticipantError(UnknownNameError):
    """No participant has this code."""

    noun = "participant"
    listing = "qualcode participants list"


class UnknownCoderError(UnknownNameError):
    """No coder has this name."""

    noun = "coder"
    listing = "qualcode coders list"


class UnknownSpeakerError(UnknownNameError):
    """No speaker of the transcript has this label."""

    noun = "speaker"
    listing = "qualcode transcripts show"


class UnknownMemoError(UnknownNameError):
    """No memo has this id."""

    noun = "memo"
    listing = "qualcode memos list"
