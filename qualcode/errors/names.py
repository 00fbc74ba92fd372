"""Things that were asked for by a name that nothing has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors.base import InputError, quoted_name

if TYPE_CHECKING:
    from collections.abc import Sequence


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


class ParticipantErasedError(InputError):
    """A participant was erased: their code stays theirs, and nothing is said of them again."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{quoted_name(code)} was erased, and nothing of theirs is taken in again",
            mend="Take their files and rows out of what is imported; a code is given once.",
        )


class TranscriptErasedError(InputError):
    """A file comes in again whose interview was erased with a participant."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this interview was erased with its participant, and is not taken in again",
            where=where,
            mend="Delete the file.",
        )


class SharedInterviewsError(InputError):
    """Who is to be erased spoke in interviews that hold the words of others, too."""

    def __init__(self, code: str, transcripts: Sequence[str]) -> None:
        listed = ", ".join(quoted_name(name) for name in transcripts)
        super().__init__(
            f"others speak with {quoted_name(code)} in {listed}",
            mend="Import files with the others' words alone, under new names; then --with-shared "
            "erases these interviews whole.",
        )


class UnknownCoderError(UnknownNameError):
    """No coder has this name."""

    noun = "coder"
    listing = "qualcode coders list"


class NothingCodedError(InputError):
    """The codings of a coder were asked for who is known here and has none."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{quoted_name(name)} has coded nothing here",
            mend="Who has: qualcode coders list",
        )


class UnknownSpeakerError(UnknownNameError):
    """No speaker of the transcript has this label."""

    noun = "speaker"
    listing = "qualcode transcripts show"


class UnknownMemoError(UnknownNameError):
    """No memo has this id."""

    noun = "memo"
    listing = "qualcode memos list"


class UnknownCaseError(UnknownNameError):
    """No case has this name, of those that can be rows of a matrix."""

    noun = "case"
    listing = "qualcode matrix -o - --format csv"


class NoSummaryError(InputError):
    """A summary was asked for that nobody has written."""

    def __init__(self, case: str, theme: str) -> None:
        super().__init__(
            f"there is no summary of {quoted_name(case)} on {quoted_name(theme)}",
            mend="See: qualcode summaries list",
        )


class SummaryChangedError(InputError):
    """A summary is not any more what stood there when somebody began to change it.

    `who` changed it, None where it was taken away, or may not be shown now.
    """

    def __init__(self, case: str, *, who: str | None) -> None:
        by = f" by {quoted_name(who)}" if who else ""
        super().__init__(
            f"the summary of {quoted_name(case)} was changed meanwhile{by}",
            mend="Look at what stands there now before you write over it.",
        )


class CellClosedError(InputError):
    """A summary was to be written where none can stand, or where what stands may not be shown."""

    def __init__(self, case: str, *, why: str) -> None:
        super().__init__(
            f"nothing can be written for {quoted_name(case)} here: {why}",
            mend="See: qualcode participants list",
        )


class LinkElsewhereError(InputError):
    """A summary was to be linked to a passage that is not beneath it."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "nothing of this case and theme is coded there",
            where=where,
            mend="Link to a passage that stands in the cell; see: qualcode summaries show",
        )


class NameNotListedError(InputError):
    """A name was to be taken out of the list and is not in it."""

    def __init__(self) -> None:
        super().__init__("this name is not in the list", mend="See: qualcode names list")


class WholeNameSettledError(InputError):
    """The whole name of a participant was said to be a word, or somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "this is a participant's whole name",
            mend="It is shown where they agree: qualcode participants set CODE attribution=named",
        )


class OwnNameSettledError(InputError):
    """A part of a participant's own name was said to be a word, or somebody else's."""

    def __init__(self, codes: Sequence[str]) -> None:
        whose = " and ".join(codes)
        super().__init__(
            f"this is a name of {whose}, not to be named, and would be shown wherever it stands",
            mend="If it is to be shown all the same, give --yes.",
        )
        self.codes = tuple(codes)


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
