"""Acts that are not done, or not taken back, for what else stands in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors.base import InputError, quoted_name

if TYPE_CHECKING:
    from collections.abc import Sequence


class NotYoursError(InputError):
    """Somebody would change what another coder has laid down."""

    def __init__(self, what: str, *, owner: str, coder: str) -> None:
        super().__init__(
            f"this {what} is {owner}'s, and only {owner} changes it",
            mend=f"Lay one of {coder}'s own beside it.",
        )


class NothingToUndoError(InputError):
    """There is no act left to undo or to redo."""

    def __init__(self, coder: str, *, redo: bool = False) -> None:
        verb = "redo" if redo else "undo"
        mend = (
            None
            if coder == "script"
            else f"What was done without a coder, such as an import: qualcode --coder script {verb}"
        )
        super().__init__(f"there is nothing of {coder}'s to {verb}", mend=mend)


class ChangedSinceError(InputError):
    """An act cannot be undone because somebody built on it since."""

    def __init__(self, verb: str, *, count: int) -> None:
        noun = "record has" if count == 1 else "records have"
        super().__init__(
            f"'{verb}' is not undone: {count} {noun} been changed since by another act",
            mend="Undo or correct that later act first.",
        )


class NotUndoableError(InputError):
    """An act holds changes that this program cannot take back."""

    def __init__(self, verb: str) -> None:
        super().__init__(
            f"'{verb}' cannot be taken back by this program: it was written by a newer qualcode",
            mend="Update qualcode with: pip install --upgrade qualcode",
        )


class ErasedForGoodError(InputError):
    """What was erased does not come back."""

    def __init__(self, verb: str) -> None:
        super().__init__(
            f"'{verb}' is not taken back: an erasure is for good, and no undo goes behind it",
            mend="What was done before it stays as it is.",
        )


class NotUndoneHereError(InputError):
    """The latest act was none of those that are done here, and is not what is meant."""

    def __init__(self, verb: str, *, redo: bool = False) -> None:
        done = "done again" if redo else "taken back"
        super().__init__(
            f"the latest act is '{verb}', which is not {done} here",
            mend=f"If it is meant, leave and run: qualcode {'redo' if redo else 'undo'}",
        )


class CodingGoneError(InputError):
    """A coding was asked for that somebody has taken off meanwhile."""

    def __init__(self, *, where: str) -> None:
        super().__init__("this coding is no longer there", where=where)


class NotWaitingError(InputError):
    """A coding was to be settled that waits for nothing."""

    def __init__(self, coding: str) -> None:
        super().__init__(
            f"no coding of this id waits: {quoted_name(coding)}",
            mend="It may be settled already; see: qualcode transcripts review",
        )


class NotAsShownError(InputError):
    """A coding waits, but what is proposed for it is not what was shown under this id."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            f"something else is proposed since this was listed: {quoted_name(shown)}",
            mend="Nothing was done; see what it is, and its new id: qualcode transcripts review",
        )


class SharedIdError(InputError):
    """Two things that wait have one id, so nobody can say which of them is meant."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            f"more than one coding or memo waits under this id: {quoted_name(shown)}",
            mend="Nothing was done; after another correction each of them has an id of its own.",
        )


class TranscriptCorrectedError(InputError):
    """Somebody codes a version of a transcript that another has taken the place of."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"'{name}' was corrected since it was opened here",
            mend="Leave it and open it again: what was coded is on the corrected words.",
        )


class TranscriptCodedError(InputError):
    """A transcript would vanish, or a version of it, that codings or memos lie on.

    `by` are those who put them there, which need not be those whose codings they are.
    """

    def __init__(
        self, name: str, *, codings: int, memos: int = 0, verb: str, by: Sequence[str] = ()
    ) -> None:
        held = [
            f"{count} {noun if count == 1 else f'{noun}s'}"
            for count, noun in ((codings, "coding"), (memos, "memo"))
            if count
        ]
        put_there = f", put there by {', '.join(map(quoted_name, by))}" if by else ""
        act = "Untag or undo those first" if codings else "Remove or undo those first"
        super().__init__(
            f"'{name}' is not {verb}: it holds {' and '.join(held)}{put_there}",
            mend=f"{act}; nothing was changed.",
        )


class CodesCodedError(InputError):
    """Codes that hold codings would vanish."""

    def __init__(self, codes: Sequence[tuple[str, int]]) -> None:
        listed = ", ".join(f"{code} ({count})" for code, count in codes)
        super().__init__(
            f"these codes are not taken away, because they hold codings: {listed}",
            mend="Untag or undo those first; nothing was changed.",
        )
