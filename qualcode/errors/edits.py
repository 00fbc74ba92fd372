"""Edits of quotations, where they would not keep to what was said."""

from __future__ import annotations

from qualcode.errors.base import InputError


class EditError(InputError):
    """An edit of a quotation that cannot be recorded; nothing was changed."""


class EditNotBracketedError(EditError):
    """What is to be shown would look as if it had been said."""

    def __init__(self) -> None:
        super().__init__(
            "words of yours stand in brackets, on one line",
            mend="Give --put 'TEXT=[word]'; to leave words out, --cut 'TEXT'.",
        )


class EditAcrossSpeakersError(EditError):
    """An edit would join the words of two speakers."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "an edit cannot go across a change of speaker",
            where=where,
            mend="Make one for each turn.",
        )


class EditOverlapsError(EditError):
    """An edit lies where another one stands."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "another edit lies on some of these words",
            where=where,
            mend="Take the edits of the quotation back with --undo-edits, and make them anew.",
        )


class EditOfMaskError(EditError):
    """An edit lies where the name stood of somebody who was erased."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "a name is hidden for good in these words",
            where=where,
            mend="Edit the words before and behind it, each by themselves.",
        )


class NothingLeftError(EditError):
    """Cuts would leave no word of a quotation, which would still be counted as one."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "nothing would be left of the quotation",
            where=where,
            mend="Leave some of it, or take the code off the passage with: qualcode untag",
        )


class EditedWordsError(EditError):
    """Words to be edited do not stand in the quotation, or not once alone."""

    def __init__(self, times: int, *, where: str) -> None:
        if times:
            super().__init__(
                f"these words stand in the quotation {times} times",
                where=where,
                mend="Give more of them, so that one place alone is meant.",
            )
        else:
            super().__init__(
                "these words do not stand in the quotation",
                where=where,
                mend="Give them letter for letter, as the transcript has them.",
            )


class CutInsideWordError(EditError):
    """A cut would leave the beginning or the end of a word standing."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "a cut begins or ends inside a word",
            where=where,
            mend="Give --cut whole words, letter for letter.",
        )
