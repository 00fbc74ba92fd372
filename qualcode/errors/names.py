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


class UnknownVersionError(InputError):
    """A transcript has no version of this number."""

    def __init__(self, number: int, *, where: str, versions: int) -> None:
        has = "one version" if versions == 1 else f"{versions:,} versions"
        super().__init__(
            f"there is no version {number}: it has {has}",
            where=where,
            mend="See: qualcode transcripts show",
        )


class SpellingError(InputError):
    """A label cannot be another spelling of what it was said to be."""


class SpellingOfItselfError(SpellingError):
    """A label was said to be another spelling of itself."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "a label cannot be another spelling of itself",
            where=where,
            mend='Give the other label, or "" to take back what was said.',
        )


class SlipInLabelError(SpellingError):
    """A label was given that no speaker has, and that is all but one that a speaker has."""

    def __init__(self, *, where: str) -> None:
        # Not the label itself: it may be a name, and whoever reads this did not type it.
        super().__init__(
            "no speaker has the label that is meant, and one has a label all but the same",
            where=where,
            mend="Copy it from: qualcode transcripts show",
        )


class TwoParticipantsError(SpellingError):
    """Two labels were said to be one speaker's, and they are of two participants."""

    def __init__(self, first: str, second: str, *, where: str) -> None:
        super().__init__(
            f"one of these labels is {first} and the other {second}: two speakers",
            where=where,
            mend="If they are one, say first whose both are: qualcode transcripts speaker "
            "… --participant CODE",
        )
