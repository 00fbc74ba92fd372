"""Lines of `qualcode code --plain` that cannot be done as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors.base import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence


class PlainLineError(InputError):
    """A line of `qualcode code --plain` cannot be done as it stands."""


class UnreadableLineError(PlainLineError):
    """A line holds bytes that are no text."""

    def __init__(self) -> None:
        super().__init__("this line is not text in UTF-8", mend="Save it as UTF-8.")


class UnknownCommandError(PlainLineError):
    """A line begins with a word that is no command."""

    def __init__(self, word: str) -> None:
        super().__init__(f"there is no command '{word}'", mend="See: help")


class NothingFollowsError(PlainLineError):
    """Something stands behind a command that stands alone."""

    def __init__(self, word: str) -> None:
        super().__init__(f"nothing comes after '{word}'", mend="See: help")


class SomethingFollowsError(PlainLineError):
    """Nothing stands behind a command that does not stand alone; `form` is what should."""

    def __init__(self, word: str, *, form: str) -> None:
        super().__init__(f"something comes after '{word}'", mend=f"Say {word} {form}.")


class HowFarError(PlainLineError):
    """A line does not say by how many words an end is to move."""

    def __init__(self) -> None:
        super().__init__(
            "that does not say how far", mend="Say ends +3, ends -1, or ends start +2."
        )


class TooFarError(PlainLineError):
    """An end of a coding would leave the text, or pass the other end."""

    def __init__(self) -> None:
        super().__init__("it cannot reach that far", mend="Say fewer words.")


class NothingAskedError(PlainLineError):
    """Somebody says yes to nothing."""

    def __init__(self) -> None:
        super().__init__("nothing was asked", mend="See: help")


class OnlyGuessedError(PlainLineError):
    """A code was guessed from letters, and nobody said yes."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} was only guessed, and not put on", mend="Say yes next time.")


class NothingFoundYetError(PlainLineError):
    """Somebody goes to the next place where nothing has been looked for, or nothing was found."""

    def __init__(self) -> None:
        super().__init__("nothing was found yet", mend="Say search and some words.")


class NoCodeLikeThatError(PlainLineError):
    """No code has a name in which the letters stand."""

    def __init__(self) -> None:
        super().__init__("no code is like that", mend="See: codes")


class NoCodeOfNumberError(PlainLineError):
    """A digit was typed that stands for no code yet."""

    def __init__(self, number: str) -> None:
        super().__init__(f"no code has the number {number} yet", mend="See: codes")


class SeveralCodesError(PlainLineError):
    """A name was typed that several codes have; `codes` are their full names."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__("several codes are called that", mend=f"Say one of: {', '.join(codes)}")


class NoSuchThemeError(PlainLineError):
    """A theme was named that there is not, or one has to be named."""

    def __init__(self, *, known: Sequence[str], named: bool) -> None:
        super().__init__(
            "no theme is called that" if named else "say under which theme",
            mend=f"The themes are: {', '.join(known)}.",
        )


class NoCodingHereError(PlainLineError):
    """The coder has no such coding on this passage."""

    def __init__(self) -> None:
        super().__init__("no such coding of yours is here", mend="See: where")


class NotCodedHereError(PlainLineError):
    """A star is for a coded passage, and nobody's code lies here."""

    def __init__(self) -> None:
        super().__init__("no code lies here", mend="Say tag CODE first, then star.")


class SeveralCodingsHereError(PlainLineError):
    """The coder has several codings on this passage; `codes` are their full names, each once."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            "several codings of yours are here",
            mend="Go to one of them with next, more or search."
            if len(codes) == 1
            else f"Say which: {', '.join(codes)}.",
        )


class NotListedError(PlainLineError):
    """A number was said under which nothing that waits was listed."""

    def __init__(self, number: str) -> None:
        super().__init__(f"nothing that waits was listed as {number}", mend="Say review first.")


class NoPassageOfNumberError(PlainLineError):
    """A passage was meant by a number under which none stands in this cell."""

    def __init__(self, number: str, *, most: int) -> None:
        numbers = "there is none here" if not most else f"they go from 1 to {most}"
        super().__init__(
            f"no passage of this cell has the number {number}",
            mend=f"{numbers[0].upper()}{numbers[1:]}; read says them.",
        )


class NothingProposedError(PlainLineError):
    """A coding was to be accepted for whose words no place is proposed."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"no place is proposed for {number}", mend=f"Go to its words, then: move {number}"
        )


class CorrectedMeanwhileError(PlainLineError):
    """A line was meant for words that were corrected before it was read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"this was not done, for '{name}' was corrected meanwhile",
            mend="You are at the same place of the new words: say it again, if it is still meant.",
        )
