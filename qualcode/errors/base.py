"""The root of the family: how one sentence is made of what is wrong, where, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_NAME = 60
_MOST_WORDS = 6


def quoted_name(name: str) -> str:
    """A name in quotes; what is too long for one may be a passage of an interview."""
    if len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return "what stands here"
    return f"'{name}'"


class QualcodeError(Exception):
    """Anything that a person can mend; its text is the sentence they read."""

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what = what
        self.where = where
        self.mend = mend
        sentence = what if what.endswith((".", "?", "!")) or mend is None else f"{what}."
        parts = [f"{where}: {sentence}" if where else sentence]
        if mend:
            parts.append(mend)
        super().__init__(" ".join(parts))


class SeveralErrors(QualcodeError):  # noqa: N818  the plural says what it is
    """All problems of one batch, in the order of the input."""

    def __init__(self, errors: Sequence[QualcodeError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in errors))
        self.exit_code = max((error.exit_code for error in errors), default=1)


class InputError(QualcodeError):
    """Something in a file or an argument has to be mended by the person who gave it."""
