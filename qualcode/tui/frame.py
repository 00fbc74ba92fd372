"""The app as far as it concerns a terminal and a person's choices, whatever is worked on in it.

Colours for the kind of terminal there is, keys and settings of one's own, a window that is too
small, memory tidied between keys, and one sentence for a fault of our own.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen

from qualcode.tui import chrome
from qualcode.tui.keys import BY_ID, Command, Scope
from qualcode.tui.looks import ColourMode, make_look
from qualcode.tui.own import keymap, settings
from qualcode.tui.pages import Fault, Settles
from qualcode.tui.screens.too_small import TooSmall
from qualcode.tui.typed_ahead import TypedAhead
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine

if TYPE_CHECKING:
    from rich.text import Text
    from textual.filter import LineFilter

    from qualcode.model.codebook import Codebook
    from qualcode.tui.looks import Look
    from qualcode.tui.own.surroundings import Surroundings

IDLE_S = 0.5
"""Without a key for so long, memory is tidied; never between two keys."""

COPY_LIMIT_BYTES = 70_000
"""Terminals take no longer clipboard message than about this."""

SMALLEST = (60, 16)
"""Cells; a smaller window shows one line that says so."""


class Frame(App[None]):
    """What every screen of ours finds around it."""

    TITLE = "qualcode"
    ENABLE_COMMAND_PALETTE = False  # its key and its commands come from our own table

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.surroundings = surroundings
        self.settings, of_settings = settings.load(surroundings.config)
        self._chosen, of_keys = keymap.load(surroundings.config)
        self.keymap, self._refused = keymap.settled(self._chosen)
        """The keys in force: of those that were chosen, the ones that nothing speaks against."""
        self._themes = keymap.NO_THEMES
        refused = (f"{keymap.FILE}: {problem}" for problem in self._refused.values())
        self.said_of_files = (*of_settings, *of_keys, *refused)
        """What could not be taken from the person's own files, to be said once."""
        self.key_catcher: Callable[[events.Key], None] | None = None
        """Who gets the next key whatever it means, as one who asks for a key."""
        self._ahead = TypedAhead(self, self._take_up)
        self._keys_since_tick = self._untidy = self._settled = False
        self._gc_before = gc.get_threshold()
        for theme in chrome.THEMES:
            self.register_theme(theme)
        self.animation_level = "none"  # each of its pictures would be sent, and seen, for nothing
        self._take_colours()

    # -- what screens ask for ---------------------------------------------------------------------

    def now(self) -> datetime:
        """This moment, in UTC."""
        return self.surroundings.clock()

    @property
    def colour_mode(self) -> ColourMode:
        """The kind of terminal that is drawn for."""
        return chrome.mode_of(self.settings, self.surroundings)

    def look(self, book: Codebook, retired: Container[str] = frozenset()) -> Look:
        """How the codes of a codebook are drawn here; no letter is kept for a retired theme."""
        return make_look(
            book,
            mode=self.colour_mode,
            dark=chrome.is_dark(self.settings, self.surroundings),
            ascii_signs=self.settings.stripes == "ascii",
            retired=retired,
        )

    def say(self, sentence: str | Text, *, error: bool = False) -> None:
        """Say something in the status line of the screen."""
        for line in self.screen.query("#status").results(OneLine):
            line.set(sentence, error=error)
            return
        self.notify(str(sentence), severity="error" if error else "information", markup=False)

    def copy_words(self, words: str) -> str | None:
        """Put words of an interview on the clipboard; a sentence where that cannot be.

        That they may leave was settled by whoever made the citation.
        """
        if self.settings.copying == "forbidden":
            why = "The settings forbid copying: {everywhere.settings} changes that."
            return self.keymap.fill(why)
        if len(words.encode()) > COPY_LIMIT_BYTES:
            why = "That is too long for a terminal's clipboard. {everywhere.quotes}, then"
            return self.keymap.fill(f"{why} {{quotes.export}} writes coded passages to a file.")
        self.copy_to_clipboard(words)
        return None

    async def give(self, command: Command) -> None:
        """Do what a command says, as if its key had been pressed."""
        everywhere = command.scope is Scope.EVERYWHERE
        await self.run_action(command.action, self if everywhere else self.screen)

    def arrive(self, screen: Screen[None]) -> None:
        """Push a screen; keys that follow wait until it is there and has read what it shows."""
        self.push_screen(screen)

    # -- a person's own choices -------------------------------------------------------------------

    def choose_setting(self, name: str, value: str) -> str | None:
        """Change a setting; a sentence where it could not be kept."""
        config = self.surroundings.config
        self.settings, problem = settings.choose(config, self.settings, name, value)
        self._take_colours()
        self.refresh_css(animate=False)  # what was drawn for another kind of terminal goes
        self.settings_changed()
        return problem

    @property
    def theme_keys(self) -> keymap.Themes:
        """The letters of themes that keys give way to now."""
        return self._themes

    @property
    def resting_keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys that a person chose and that do not hold now, by the ids of commands."""
        return {name: self._chosen.own[name] for name in self._refused}

    def choose_keys(self, command: Command, keys: Sequence[str] | None) -> str | None:
        """Take other keys for a command, None for its first ones.

        A sentence where they could not be kept.
        """
        changed = self._chosen.without(command)
        self._chosen = changed if keys is None else changed.with_keys(command, keys)
        self._settle_keys()
        self.settings_changed()
        return keymap.choose(self.surroundings.config, command, keys)

    def take_theme_keys(self, themes: keymap.Themes) -> None:
        """A person's own keys give way to the letters of a codebook's themes, which is said.

        So is which of them come back, for they no longer have to. To be called whenever another
        codebook is worked with.
        """
        if themes == self._themes:
            return
        before, self._themes = self._refused, themes
        self._settle_keys()
        given_way = [why for name, why in self._refused.items() if name not in before]
        back = [BY_ID[name] for name in before if name not in self._refused]
        said = [f"'{one.title}' has its key {self.keymap.label(one)} again." for one in back]
        if given_way or back:
            for screen in self.screen_stack:
                for footer in screen.query(FooterLine):
                    footer.draw_again()
            self.call_later(self.say, " ".join([*given_way, *said]), error=bool(given_way))

    def _settle_keys(self) -> None:
        self.keymap, self._refused = keymap.settled(self._chosen, themes=self._themes)
        self.set_keymap(self.keymap.for_textual())

    def settings_changed(self) -> None:
        """Tell the screens that are open of other choices."""
        for screen in self.screen_stack:
            if isinstance(screen, Settles):
                screen.settings_changed()

    # -- colours ----------------------------------------------------------------------------------

    def _take_colours(self) -> None:
        mode = self.colour_mode
        self.console = chrome.console(mode, self.console)
        self.no_color = mode is ColourMode.MONO
        dark = chrome.is_dark(self.settings, self.surroundings)
        self.theme = chrome.theme_name(mode, dark=dark)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Ours in the place of what Textual makes of NO_COLOR."""
        kept = [one for one in super().get_line_filters() if chrome.mends_ansi(one)]
        return (*kept, *chrome.filters(self.colour_mode))

    # -- running ----------------------------------------------------------------------------------

    def on_load(self) -> None:
        """Nothing that is made up to the first picture is garbage: looking for it took a third."""
        gc.disable()

    def settle_down(self) -> None:
        """The first picture is painted: from now on memory is tidied in pauses only."""
        self._settled = True
        self._fit(self.size)
        self.set_interval(IDLE_S, self._tidy)
        gc.freeze()
        gc.enable()
        # Each painted row makes seven caches: at the usual thresholds every page of text has a
        # full collection, 40 to 80 ms, in the middle of it.
        gc.set_threshold(15_000, 20, 100)

    def _tidy(self) -> None:
        """Collect memory in a pause, where nobody waits for it."""
        if self._untidy and not self._keys_since_tick:
            gc.collect()
            self._untidy = False
        self._keys_since_tick = False

    def on_unmount(self) -> None:
        """Leave the process as it was, for a program that goes on."""
        gc.enable()
        gc.set_threshold(*self._gc_before)
        gc.unfreeze()

    async def on_event(self, event: events.Event) -> None:
        """A key, or what is pasted, waits until all keys before it have had their effect."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._keys_since_tick = self._untidy = True
            if not self._ahead.hold(event):
                await self._take_up(event)
            return
        await super().on_event(event)

    async def _take_up(self, event: events.Event) -> None:
        if self.key_catcher is not None and isinstance(event, events.Key):
            self.key_catcher(event)
        else:
            await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        """A window too small for any screen says so, and shows the screen again once it is not."""
        if self._settled:
            self._fit(event.size)

    def _fit(self, size: Size) -> None:
        fits = size.width >= SMALLEST[0] and size.height >= SMALLEST[1]
        if fits and isinstance(self.screen, TooSmall):
            self.pop_screen()
        elif not fits and not isinstance(self.screen, TooSmall):
            self.arrive(TooSmall(*SMALLEST))

    def _handle_exception(self, error: Exception) -> None:
        """The one place where Textual lets a fault of ours be said otherwise than by its steps."""
        if self.surroundings.debugging:
            super()._handle_exception(error)
            return
        fault = Fault()
        fault.__cause__ = error
        super()._handle_exception(fault)
