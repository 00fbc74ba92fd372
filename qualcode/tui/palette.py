"""The palette: every command that can be given now, found by a part of what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from qualcode.tui.bindings import scope_of
from qualcode.tui.keys import Command, Scope, commands, footer

if TYPE_CHECKING:
    from textual.screen import Screen

    from qualcode.tui.app import QualcodeApp

_NEEDLESS = frozenset({"everywhere.palette", "everywhere.back"})


def available(app: QualcodeApp, screen: Screen[object]) -> Iterator[Command]:
    """The commands that can be given on a screen, its own first."""
    scope = scope_of(screen)
    for command in commands(scope or Scope.EVERYWHERE):
        node = app if command.scope is Scope.EVERYWHERE else screen
        if (
            command.id not in _NEEDLESS
            and hasattr(node, f"action_{command.action}")
            and node.check_action(command.action, ()) is True
        ):
            yield command


class Commands(Provider):
    """Our table for Textual's palette."""

    async def search(self, query: str) -> Hits:
        """Commands whose title, or word in the footer, holds what was typed, the nearest first."""
        matcher = self.matcher(query)
        scope = scope_of(self.screen) or Scope.EVERYWHERE
        in_footer = {one.id: one.footer for one in footer(scope)}
        for command, title, told in self._told():
            words = (title, in_footer.get(command.id, ""), command.action.replace("_", " "))
            score = max(map(matcher.match, words))
            if score > 0:
                run = partial(self._app.give, command)
                yield Hit(score, matcher.highlight(title), run, help=told)

    async def discover(self) -> Hits:
        """All of them, before anything was typed."""
        for command, title, told in self._told():
            yield DiscoveryHit(title, partial(self._app.give, command), help=told)

    def _told(self) -> Iterator[tuple[Command, str, str]]:
        """Each command with its title and keys, and what it does."""
        for command in available(self._app, self.screen):
            label = self._app.keymap.label(command)
            yield command, f"{command.title}  {label}" if label else command.title, command.help

    @property
    def _app(self) -> QualcodeApp:
        return cast("QualcodeApp", self.app)  # the only app that has this palette


def palette() -> CommandPalette:
    """The palette, to be pushed on the screen whose commands it offers."""
    return CommandPalette(providers=[Commands], placeholder="Type a part of what you want to do …")
