"""Keys that stand for codes: numbers, the letters of themes, and the keys of an open menu.

They are bindings like all others and not a handler of key events: a handler would be quicker than
the command before it, and with keys typed ahead a code would land on the passage before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Container

from qualcode.tui.keys import DIGITS
from qualcode.tui.numbers import MENU_KEYS

if TYPE_CHECKING:
    from qualcode.tui.screens.coding.screen import CodingScreen


class Work(Container):
    """The transcript and the codes beside it. Its keys come before those of the screen around it,
    so that an open menu has them all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"code_key({key!r})", show=False) for key in MENU_KEYS),
        Binding("space", "code_key(' ')", show=False),
    ]

    def bind_letters(self, letters: Iterable[str]) -> None:
        """Bind the letters of themes that are not among the keys of menus, such as `ö` or `ł`."""
        for letter in letters:
            if letter not in MENU_KEYS:
                self._bindings.bind(letter, f"code_key({letter!r})", show=False)

    @property
    def _owner(self) -> CodingScreen:
        return cast("CodingScreen", self.screen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that stands for nothing now is left to the commands."""
        if action != "code_key":
            return True
        sign, screen = str(parameters[0]), self._owner
        if screen.asking.is_open:
            return True
        if screen.ends.moving or not screen.puts_codes:
            return False
        return sign in DIGITS or sign in screen.picture.letters

    def action_code_key(self, sign: str) -> None:
        """Do what the key stands for now."""
        screen = self._owner
        if screen.asking.is_open:
            screen.asking.take_key(sign)
        elif sign in DIGITS:
            self._number(sign)
        else:
            screen.hush()
            screen.asking.theme(sign, screen.picture.letters[sign])

    def _number(self, digit: str) -> None:
        code = self._owner.picture.numbers.code(digit)
        if code is None:
            self._owner.say(f"No code is on {digit} yet: the codes you use last will be.")
        else:
            self._owner.acts.tag(code)
