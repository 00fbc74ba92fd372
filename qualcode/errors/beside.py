"""Programs beside qualcode that did not do their part; the project is untouched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors.base import QualcodeError

if TYPE_CHECKING:
    from collections.abc import Sequence


class HelperError(QualcodeError):
    """What a program beside this one was to do is not done; the project is untouched."""


class SentencesError(HelperError):
    """The process that finds sentences gave no answer."""

    def __init__(self) -> None:
        super().__init__(
            "the sentences could not be found",
            mend="Words and turns can be chosen meanwhile; open the transcript again to try anew.",
        )


class PlayingError(HelperError):
    """A recording cannot be played here."""


class NoRecordingError(PlayingError):
    """Nothing says which recording an interview was made from."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "no recording is known for this interview",
            where=where,
            mend="Name its file: qualcode transcripts set NAME recording=FILE",
        )


class RecordingMissingError(PlayingError):
    """A recording is not where recordings are looked for."""

    def __init__(self, *, where: str, folders: Sequence[str]) -> None:
        super().__init__(
            "the recording is not in the project's folder",
            where=where,
            mend=f"Put it into {' or '.join(folders)}.",
        )


class RecordingKindError(PlayingError):
    """What is named as a recording is neither sound nor film; a list of web addresses, perhaps."""

    def __init__(self, *, where: str, suffix: str) -> None:
        kind = f"a file that ends in {suffix}" if suffix else "a file without an ending"
        super().__init__(
            f"{kind} is not played",
            where=where,
            mend="Name the recording itself, such as an .mp3, .m4a, .wav or .mp4 file.",
        )


class NoTimeError(PlayingError):
    """It is not known when a passage was said."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the transcript does not say when this was said",
            where=where,
            mend="Transcripts with times, such as WebVTT and SRT, can be played.",
        )


class PlayerMissingError(PlayingError):
    """No program that plays recordings is installed."""

    def __init__(self, *, known: Sequence[str]) -> None:
        super().__init__(
            "no player is installed that can play from a time",
            mend=f"Install one of: {', '.join(known)}.",
        )


class PlayerFailedError(PlayingError):
    """A player is installed and would not start, or not play."""

    def __init__(self, player: str) -> None:
        super().__init__(
            f"the player {player} would not play", mend="Try it on its own, or choose another."
        )
