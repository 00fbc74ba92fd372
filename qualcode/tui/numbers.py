"""Which key puts which code: `1`–`9` for codes that were used, theme and key for all others.

A number is learned by the fingers, so a code keeps the one it was given: in all transcripts of the
project, and tomorrow too.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

from qualcode.model.codebook import Code, Codebook
from qualcode.tui.keys import DIGITS, Scope, commands

if TYPE_CHECKING:
    from qualcode.services.work.coding_session import Change, CodingSession
    from qualcode.tui.own.desk import Desk

MENU_KEYS = DIGITS + ascii_lowercase + ascii_uppercase
"""The keys of a menu, in the order in which they are given out."""

COMMAND_LETTERS = frozenset(
    key for one in commands(Scope.CODING) for key in one.keys if len(key) == 1 and key.islower()
)
"""Letters that open no theme, for a command of the coding screen has them."""

SPARE_LETTERS = "adfwerciosqv"
"""For themes in whose name no letter is free; all that no command has, the easiest first."""


class Numbers:
    """The codes on `1`–`9` of one coder in one project, as their desk keeps them.

    A code is given a number when it is put on words, or pinned, and has it from then on, in every
    transcript. Where all are taken, the code without a pin that was used longest ago gives way.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: frozenset[str] = frozenset()
        self._recent: tuple[str, ...] = ()
        self._slots: Mapping[str, str] = {}
        self._given: dict[str, tuple[str, str, str | None]] = {}
        """By the coding that a number was given for: number, code, and which code had it before."""

    def settle(self, recent: Sequence[str], known: Iterable[str]) -> None:
        """Take what is recent now, newest first; `known` are the codes that take codings.

        Who has no numbers yet is given some: for what is pinned, then for what is recent.
        """
        self._known, self._recent = frozenset(known), tuple(recent)
        first = not self._desk.has_numbers
        self._look()
        for code in self._desk.pinned(self._known):
            self._give(code)
        if first:
            for code in [one for one in self._recent if one in self._known][: len(DIGITS)]:
                if len(self._slots) < len(DIGITS):
                    self._give(code)

    def used(self, code: str, *, by: str) -> None:
        """A coding, by its uid, was laid down with this code, which has a number from now on."""
        self._known |= {code}
        given = self._give(code)
        if given is not None:
            self._given[by] = given

    def undone(self, by: str) -> None:
        """A coding was taken back: the number that was given for it goes to whom it was before."""
        digit, code, before = self._given.pop(by, ("", "", None))
        if self._slots.get(digit) != code or code in self._desk.pinned([code]):
            return
        back = before in self._known and before not in self._slots.values()
        self._desk.give_number(digit, before if back else None)
        self._look()

    def _give(self, code: str) -> tuple[str, str, str | None] | None:
        """Number, code, and which code had it before; None where it has one, or none is left."""
        if code in self._slots.values() or self._room() is None:
            return None
        self._desk.look_again()
        self._look()
        digit = self._room()
        if code in self._slots.values() or digit is None:
            return None
        before = self._slots.get(digit)
        self._desk.give_number(digit, code)
        self._look()
        return digit, code, before

    def _room(self) -> str | None:
        """The first free number, else that of the code used longest ago; None: all are pinned."""
        free = [digit for digit in DIGITS if digit not in self._slots]
        if free:
            return free[0]
        pinned = self._desk.pinned(self._slots.values())
        used = {code: at for at, code in enumerate(self._recent)}
        left = [digit for digit, code in self._slots.items() if code not in pinned]
        return max(left, key=lambda one: used.get(self._slots[one], len(used)), default=None)

    def _look(self) -> None:
        self._slots = self._desk.numbers(self._known)

    def code(self, digit: str) -> str | None:
        """The code of a number."""
        return self._slots.get(digit)

    def by_code(self) -> Mapping[str, str]:
        """The number of each code that has one."""
        return {code: digit for digit, code in self.items()}

    def items(self) -> Iterator[tuple[str, str]]:
        """Number and code, in the order of the numbers."""
        return iter(self._slots.items())


def follow(numbers: Numbers, session: CodingSession, change: Change) -> None:
    """Give numbers for what was laid down, and take back what was given for what is undone."""
    if change.verb == "undo" and change.reverted == "tag":
        for coding in change.removed:
            numbers.undone(coding.uid)
    elif "tag" in (change.verb, change.reverted):
        for coding in filter(session.mine, change.added):
            numbers.used(coding.code, by=coding.uid)


def menu_keys(without: str = "") -> list[str]:
    """The keys of a menu; `without` is one that means something else in it."""
    return [key for key in MENU_KEYS if key != without]


def codes_of(
    book: Codebook, theme: Code, letter: str, retired: Container[str]
) -> list[tuple[str, Code, int]]:
    """The codes of a theme at any depth, in book order: key ("" beyond the last), code, depth.

    `letter` opens the theme: pressed again it means the theme itself, so no code has it.
    """
    below = [(code, depth) for code, depth in book.walk(theme.id) if code.id not in retired]
    keys = menu_keys(letter)
    keys += [""] * (len(below) - len(keys))
    return [(key, code, depth) for key, (code, depth) in zip(keys, below, strict=False)]


def themes_by_key(book: Codebook, retired: Container[str]) -> dict[str, Code]:
    """The themes by the letter that opens them.

    A theme without a letter of its own gets the first letter of its name that is free and no
    command's, else the first free of `SPARE_LETTERS`; where none is left, it is found by its name.
    """
    themes = [one for one in book.themes if one.id not in retired]
    found = {one.key: one for one in themes if one.key}
    for theme in themes:
        if theme.key:
            continue
        wanted = [sign for sign in theme.name.lower() if sign in ascii_lowercase]
        for letter in [*wanted, *SPARE_LETTERS]:
            if letter not in found and letter not in COMMAND_LETTERS:
                found[letter] = theme
                break
    return found
