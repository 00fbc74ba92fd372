"""Which key puts which code: `1`–`9` for pinned and recent codes, theme and key for all others.

A number never moves under one's fingers: a code keeps the one it has for as long as it is among
the pinned and the recent, and a code new among them takes the number of the one that left.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase, ascii_uppercase

from qualcode.model.codebook import Code, Codebook
from qualcode.tui.keys import DIGITS, Scope, commands

MENU_KEYS = DIGITS + ascii_lowercase + ascii_uppercase
"""The keys of a menu, in the order in which they are given out."""

COMMAND_LETTERS = frozenset(
    key for one in commands(Scope.CODING) for key in one.keys if len(key) == 1 and key.islower()
)
"""Letters that open no theme, for a command of the coding screen has them."""

SPARE_LETTERS = "adfwerciosqv"
"""For themes in whose name no letter is free; all that no command has, the easiest first."""


class Numbers:
    """The codes on `1`–`9`: pinned ones first, in the order of their pins, then recent ones."""

    def __init__(self) -> None:
        self._slots: list[str | None] = [None] * len(DIGITS)

    def update(self, pins: Sequence[str], recent: Iterable[str], known: Container[str]) -> None:
        """Take what is pinned and recent now; `known` are the codes that take codings."""
        held = [code for code in dict.fromkeys(pins) if code in known][: len(DIGITS)]
        room = len(DIGITS) - len(held)
        fresh = [c for c in dict.fromkeys(recent) if c in known and c not in held][:room]
        slots: list[str | None] = [*held, *[None] * room]
        for at in range(len(held), len(slots)):
            if self._slots[at] in fresh and self._slots[at] not in slots:
                slots[at] = self._slots[at]
        free = iter([at for at, code in enumerate(slots) if code is None])
        for code in [one for one in fresh if one not in slots]:
            slots[next(free)] = code
        self._slots = slots

    def code(self, digit: str) -> str | None:
        """The code of a number."""
        return self._slots[DIGITS.index(digit)] if digit in DIGITS else None

    def by_code(self) -> Mapping[str, str]:
        """The number of each code that has one."""
        return {code: digit for digit, code in self.items()}

    def items(self) -> Iterator[tuple[str, str]]:
        """Number and code, in the order of the numbers."""
        for digit, code in zip(DIGITS, self._slots, strict=True):
            if code is not None:
                yield digit, code


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


def themes_by_key(
    book: Codebook, retired: Container[str], taken: Container[str] = COMMAND_LETTERS
) -> dict[str, Code]:
    """The themes by the letter that opens them.

    A theme without a letter of its own gets the first free letter of its name, else the first free
    of `SPARE_LETTERS`; where none is left, it is found by its name alone. `taken` are letters that
    commands have.
    """
    themes = [one for one in book.themes if one.id not in retired]
    found = {one.key: one for one in themes if one.key}
    for theme in themes:
        if theme.key:
            continue
        wanted = [sign for sign in theme.name.lower() if sign in ascii_lowercase]
        for letter in [*wanted, *SPARE_LETTERS]:
            if letter not in found and letter not in taken:
                found[letter] = theme
                break
    return found
