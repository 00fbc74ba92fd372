"""Which code is meant by what somebody types in a line: exactly that one, or a guess to confirm.

A number, an id, a full name or a name that only one code bears is taken at its word. Anything else
is guessed as the finder guesses, and a guess is never acted upon unasked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode import errors
from qualcode.text.folding import fold
from qualcode.text.picking import Name, Picker
from qualcode.tui.keys import DIGITS

if TYPE_CHECKING:
    from qualcode.model.codebook import Code, Codebook
    from qualcode.tui.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Meant:
    """A code, and whether it was named exactly."""

    code: Code
    exact: bool


class Codes:
    """The codes of one book that take codings, to be named in lines."""

    def __init__(self, book: Codebook, retired: frozenset[str], numbers: Numbers) -> None:
        self.book = book
        self.usable: Mapping[str, Code] = {
            code.id: code for code in book.codes if code.id not in retired
        }
        self._numbers = numbers

    def settle(self, recent: Sequence[str]) -> None:
        """Take what is recent now into the numbers."""
        self._numbers.settle(recent, self.usable)

    @property
    def numbers(self) -> Mapping[str, str]:
        """The number of each code that has one, by its id."""
        return self._numbers.by_code()

    def meant(self, typed: str) -> Meant:
        """The code that is meant; raises NoCodeLikeThatError, or says why it is not clear."""
        exact = self._exact(typed)
        if exact is not None:
            return Meant(exact, exact=True)
        picked = self._picker.pick(typed, limit=1)
        if not picked:
            raise errors.NoCodeLikeThatError
        return Meant(self.usable[picked[0].id], exact=False)

    def theme(self, typed: str) -> Code:
        """The theme of a name, an id or a letter; raises NoSuchThemeError."""
        wanted = fold(typed)
        for theme in self.book.themes:
            if wanted in (fold(theme.id), fold(theme.name), theme.key) and theme.id in self.usable:
                return theme
        known = [theme.id for theme in self.book.themes if theme.id in self.usable]
        raise errors.NoSuchThemeError(known=known, named=True)

    def _exact(self, typed: str) -> Code | None:
        if typed in DIGITS:
            code = self._numbers.code(typed)
            if code is None:
                raise errors.NoCodeOfNumberError(typed)
            return self.usable[code]
        found = self._by_name.get(fold(typed), ())
        if len(found) > 1:
            raise errors.SeveralCodesError([self.book.full_name(code.id) for code in found])
        return found[0] if found else None

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Code, ...]]:
        """Codes by id, by full name and by name; an id goes before another code's name."""
        found: dict[str, tuple[Code, ...]] = {}
        for code in self.usable.values():
            known = found.get(fold(code.name), ())
            found[fold(code.name)] = (*known, code)
        for code in self.usable.values():
            found[fold(code.id)] = (code,)
            found[fold(self.book.full_name(code.id))] = (code,)
        return found

    @cached_property
    def _picker(self) -> Picker:
        names = {code.id: code.name for code in self.book.codes}
        return Picker(
            [
                Name(code.id, code.name, names[self.book.path(code.id)[0]])
                for code in self.usable.values()
            ]
        )
