"""The table of commands as Textual's bindings; a person's own keys find them by their id."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding, BindingType
from textual.screen import Screen

from qualcode.tui.keys import BY_ID, Scope, commands
from qualcode.tui.own.keymap import spelled

# These work while somebody types in a field; printable keys then belong to the field.
_ALWAYS = frozenset({"everywhere.quit"})


def bindings(scope: Scope) -> list[BindingType]:
    """The bindings of one place alone; those of everywhere belong to the app."""
    return [
        Binding(
            ",".join(map(spelled, command.keys)),
            command.action,
            command.title,
            show=False,
            id=command.id,
            priority=command.id in _ALWAYS,
        )
        for command in commands(scope, everywhere=False)
        if command.keys
    ]


def scope_of(screen: Screen[Any]) -> Scope | None:
    """The place whose commands a screen has, or None of one that has none of the table."""
    for binding in type(screen).BINDINGS:
        if isinstance(binding, Binding) and binding.id is not None and binding.id in BY_ID:
            return BY_ID[binding.id].scope
    return None
