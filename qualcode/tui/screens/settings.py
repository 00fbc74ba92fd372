"""Settings: what a person may choose about the screen, and every command's keys.

Both lists are made from their tables. A choice holds at once and is kept in the person's own
folder; a key that is taken is refused in words that say by what.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from qualcode.errors import QualcodeError
from qualcode.tui import keymap
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import COMMANDS, Command, Scope
from qualcode.tui.screens.help import TITLES
from qualcode.tui.settings import SCHEMA, Setting
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
        self._themes: keymap.Themes = keymap.NO_THEMES

    def compose(self) -> ComposeResult:
        """Header, list, status, keys."""
        yield OneLine("Settings and keys", id="header")
        yield Rows(self._row, id="entries")
        yield Static(id="told", markup=False)
        yield OneLine(id="status")
        yield FooterLine(Scope.SETTINGS)

    def on_mount(self) -> None:
        """The list; the letters of themes are read meanwhile."""
        self.query_one(Rows).show(len(self._entries), at=1)
        self._read_themes()

    @work
    async def _read_themes(self) -> None:
        from qualcode.services.codebooks import show_codebook
        from qualcode.tui.numbers import themes_by_key

        try:
            shown = await asyncio.to_thread(show_codebook, self.app.store)
        except QualcodeError as problem:
            self._say(str(problem), error=True)
            return
        themes = themes_by_key(shown.codebook, shown.retired)
        self._themes = {letter: theme.name for letter, theme in themes.items()}

    # -- what is shown ----------------------------------------------------------------------------

    def _row(self, row: int, _width: int) -> Text:
        entry = self._entries[row]
        if isinstance(entry, str):
            return Text(entry, "bold underline", end="")
        title = f"  {entry.title:<{_TITLE_CELLS}} "
        if isinstance(entry, Setting):
            value = self.app.settings.value(entry.name)
            own = value != entry.default
            value = value or "none"
        else:
            own = entry.id in self.app.keymap.own
            value = self.app.keymap.label(entry)
        line = Text(f"{title}{value:<{_VALUE_CELLS}}", end="")
        return line.append(" · yours" if own else "")

    @on(Rows.Moved)
    def _explain(self) -> None:
        entry = self._entry
        if isinstance(entry, str):
            told = ""
        elif isinstance(entry, Setting) and entry.choices:
            told = f"{entry.help}\nEnter goes through: {', '.join(entry.choices)}."
        elif isinstance(entry, Setting):
            told = f"{entry.help}\nEnter lets you type it."
        else:
            told = f"{entry.help}\nEnter, then press the key it is to have."
        self.query_one("#told", Static).update(told, layout=False)
        self._say("")

    @property
    def _entry(self) -> Entry:
        return self._entries[self.query_one(Rows).cursor]

    def _say(self, sentence: str, *, error: bool = False) -> None:
        self.query_one("#status", OneLine).set(sentence, error=error)

    def settings_changed(self) -> None:
        """What was chosen stands in the list."""
        rows = self.query_one(Rows)
        rows.redraw(rows.cursor)
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
            changed = self.app.keymap.without(entry)
            self._take(changed, f"{entry.title}: {changed.label(entry)} again.")

    @work
    async def _ask(self, entry: Setting) -> None:
        typed = await self.app.push_screen_wait(
            Prompt(entry.help, value=self.app.settings.value(entry.name))
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

    def _caught(self, event: events.Key) -> None:
        command, self._waiting = self._waiting, None
        self.app.key_catcher = None
        if command is None or event.key == "escape":
            self._explain()
            return
        key = pressed(event)
        problem = keymap.check(self.app.keymap, command, [key], themes=self._themes)
        if problem is not None:
            self._say(problem, error=True)
        else:
            changed = self.app.keymap.with_keys(command, [key])
            self._take(changed, f"{command.title}: {changed.label(command)}.")

    def _take(self, changed: keymap.Keymap, said: str) -> None:
        _, refused = keymap.settled(changed, themes=self._themes)
        if refused:
            self._say(" ".join(refused), error=True)
            return
        problem = self.app.choose_keys(changed)
        self._say(problem or said, error=problem is not None)


def pressed(event: events.Key) -> str:
    """A key as the table names it: the character itself where it is one."""
    character = event.character
    if character is not None and character.isprintable() and not character.isspace():
        return character
    return event.key
