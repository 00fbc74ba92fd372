"""Settings: what a person may choose about the screen, and every command's keys.

Both lists are made from their tables. A choice holds at once and is kept in the person's own
folder; a key that is taken is refused in words that say by what.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from qualcode.errors import QualcodeError
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import COMMANDS, Command, Scope
from qualcode.tui.own import keymap
from qualcode.tui.own.settings import SCHEMA, Setting
from qualcode.tui.pages import is_left
from qualcode.tui.screens.help import TITLES
from qualcode.tui.widgets.dialogs import Prompt
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from qualcode.tui.app import QualcodeApp

_TITLE_CELLS = 30
_VALUE_CELLS = 14

Entry = Setting | Command | str
"""A setting, a command whose keys may be chosen, or a heading between them."""


def entries() -> tuple[Entry, ...]:
    """All that the screen lists, in order."""
    listed: list[Entry] = ["Settings", *SCHEMA.values()]
    for scope in Scope:
        named = [one for one in COMMANDS if one.scope is scope and one.keys]
        listed += [f"Keys: {TITLES[scope]}", *named]
    return tuple(listed)


class SettingsScreen(Screen[None]):
    """The two lists under one cursor; what the cursor is on is explained below them."""

    app: QualcodeApp

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.SETTINGS)
    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "#entries"

    def __init__(self) -> None:
        super().__init__()
        self._entries = entries()
        self._waiting: Command | None = None

    def compose(self) -> ComposeResult:
        """Header, list, status, keys."""
        head = self.app.headed("Settings and keys")
        yield OneLine(head, right=f"You are {self.app.coder}", id="header")
        yield Rows(self._row, id="entries")
        yield Static(id="told", markup=False)
        yield OneLine(id="status")
        yield FooterLine(Scope.SETTINGS)

    def on_mount(self) -> None:
        """The list; the letters of themes are read meanwhile, for keys give way to them."""
        self.query_one(Rows).show(len(self._entries), at=1)
        self._read_themes()

    @work(group="load")
    async def _read_themes(self) -> None:
        from qualcode.services.book.codebooks import show_codebook
        from qualcode.tui.numbers import themes_by_key

        try:
            shown = await asyncio.to_thread(show_codebook, self.app.store)
        except QualcodeError as problem:
            self._say(str(problem), error=True)
            return
        if not is_left(self):
            themes = themes_by_key(shown.codebook, shown.retired)
            self.app.take_theme_keys({letter: theme.name for letter, theme in themes.items()})
            self.query_one(Rows).refresh()

    # -- what is shown ----------------------------------------------------------------------------

    def _row(self, row: int, _width: int) -> Text:
        entry = self._entries[row]
        if isinstance(entry, str):
            return Text(entry, "bold underline", end="")
        title = f"  {entry.title:<{_TITLE_CELLS}} "
        if isinstance(entry, Setting):
            value = self.app.settings.value(entry.name)
            beside = " · yours" if value != entry.default else ""
            value = value or "none"
        else:
            value = self.app.keymap.label(entry)
            beside = " · yours" if entry.id in self.app.keymap.own else ""
            resting = self.app.resting_keys.get(entry.id)
            if resting is not None:
                beside = f" · yours, {entry.label(resting)}, is taken here"
        return Text(f"{title}{value:<{_VALUE_CELLS}}{beside}", end="")

    @on(Rows.Moved)
    def _explain(self) -> None:
        """What the cursor is on; whoever moves it waits for no key any more."""
        self._wait_no_longer()
        entry, fill = self._entry, self.app.keymap.fill
        if isinstance(entry, str):
            told = ""
        elif isinstance(entry, Setting) and entry.choices:
            how = fill("{settings.change} goes through: ")
            told = f"{fill(entry.help)}\n{how}{', '.join(entry.choices)}."
        elif isinstance(entry, Setting):
            told = fill(f"{entry.help}\n{{settings.change}} lets you type it.")
        else:
            told = fill(f"{entry.help}\n{{settings.change}}, then press the key it is to have.")
        self.query_one("#told", Static).update(told, layout=False)
        self._say("")

    @property
    def _entry(self) -> Entry:
        return self._entries[self.query_one(Rows).cursor]

    def _say(self, sentence: str, *, error: bool = False) -> None:
        if not is_left(self):
            self.query_one("#status", OneLine).set(sentence, error=error)

    def settings_changed(self) -> None:
        """What was chosen stands in the list."""
        self.query_one(Rows).refresh()
        self.query_one(FooterLine).draw_again()

    # -- commands ---------------------------------------------------------------------------------

    @on(Rows.Chosen)
    def action_change(self) -> None:
        """The next choice of a setting, a line to type, or a key to press."""
        entry = self._entry
        if isinstance(entry, Command):
            self._wait_for_key(entry)
        elif isinstance(entry, Setting) and entry.choices:
            at = entry.choices.index(self.app.settings.value(entry.name))
            self._set(entry, entry.choices[(at + 1) % len(entry.choices)])
        elif isinstance(entry, Setting):
            self._ask(entry)

    def action_reset(self) -> None:
        """A setting or a command as it was at first."""
        entry = self._entry
        if isinstance(entry, Setting):
            self._set(entry, entry.default)
        elif isinstance(entry, Command):
            self._take(entry, None)

    @work
    async def _ask(self, entry: Setting) -> None:
        typed = await self.app.push_screen_wait(
            Prompt(self.app.keymap.fill(entry.help), value=self.app.settings.value(entry.name))
        )
        if typed is not None:
            self._set(entry, typed.strip())

    def _set(self, entry: Setting, value: str) -> None:
        problem = self.app.choose_setting(entry.name, value)
        said = f"{entry.title}: {value or 'none'}."
        self._say(problem or said, error=problem is not None)

    # -- waiting for a key ------------------------------------------------------------------------

    def _wait_for_key(self, command: Command) -> None:
        self._waiting = command
        self._say(f"Press the key that '{command.title}' is to have; Esc leaves it as it is.")
        self.app.key_catcher = self._caught

    def _wait_no_longer(self) -> None:
        if self._waiting is not None:
            self._waiting = self.app.key_catcher = None

    def on_screen_suspend(self) -> None:
        """A click has led elsewhere: the next key is meant for what is there."""
        self._wait_no_longer()

    def on_unmount(self) -> None:
        """The same where the screen was left for good."""
        self._wait_no_longer()

    def _caught(self, event: events.Key) -> None:
        command = self._waiting
        self._wait_no_longer()
        if command is None or event.key == "escape":
            self._explain()
            return
        key = pressed(event)
        problem = keymap.check(self.app.keymap, command, [key], themes=self.app.theme_keys)
        if problem is not None:
            self._say(problem, error=True)
        else:
            self._take(command, [key])

    def _take(self, command: Command, keys: Sequence[str] | None) -> None:
        """Give a command these keys, None for its first ones, unless another choice clashes."""
        held = self.app.keymap.without(command)
        changed = held if keys is None else held.with_keys(command, keys)
        _, refused = keymap.settled(changed, themes=self.app.theme_keys)
        if refused:
            self._say(" ".join(refused.values()), error=True)
            return
        problem = self.app.choose_keys(command, keys)
        again = " again" if keys is None else ""
        said = f"{command.title}: {self.app.keymap.label(command)}{again}."
        self._say(problem or said, error=problem is not None)


def pressed(event: events.Key) -> str:
    """A key as the table names it: the character itself where it is one."""
    character = event.character
    if character is not None and character.isprintable() and not character.isspace():
        return character
    return event.key
