"""Every command once: its id, its words, its keys.

Bindings, footer, palette, help, `--plain` and the manual's table are all made from this table. An
id is `place.action`: the screen of that place has a method `action_<action>`. Ids are what a
person's own keys are kept under, so they never change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from qualcode.tui.keys.coding import CODING
from qualcode.tui.keys.command import Command, Scope
from qualcode.tui.keys.screens import AFTER_CODING, BEFORE_CODING, FOOTER_EVERYWHERE, FOOTERS
from qualcode.tui.keys.summaries import SUMMARIES

COMMANDS: tuple[Command, ...] = (*BEFORE_CODING, *CODING, *AFTER_CODING, *SUMMARIES)

_OF_SUMMARIES = frozenset({Scope.SUMMARIES, Scope.SUMMARY})

_SHARED = frozenset({"help", "quit"})
"""Of the words that stand for a command of every screen, those that are said everywhere."""

BY_ID: Mapping[str, Command] = MappingProxyType({one.id: one for one in COMMANDS})


def commands(scope: Scope, *, everywhere: bool = True) -> Iterator[Command]:
    """The commands of one screen, then, unless told otherwise, those of all screens."""
    yield from (one for one in COMMANDS if one.scope is scope)
    if everywhere and scope is not Scope.EVERYWHERE:
        yield from (one for one in COMMANDS if one.scope is Scope.EVERYWHERE)


def footer(scope: Scope, own: Mapping[str, str] | None = None) -> tuple[Command, ...]:
    """What the last line of a screen names, the most needed first.

    `own` are other words for commands of the scope than those of the table.
    """
    first, *last = FOOTER_EVERYWHERE
    words = FOOTERS.get(scope, {}) if own is None else own
    named = ((f"{scope}.{name}", word) for name, word in words.items())
    return tuple(replace(BY_ID[id_], footer=word) for id_, word in (first, *named, *last))


def plain_words(*, summaries: bool = False) -> dict[str, Command]:
    """The commands of `--plain` by their words, of coding or of writing summaries."""
    here = [one for one in COMMANDS if one.plain and one.scope is not Scope.EVERYWHERE]
    own = [one for one in here if (one.scope in _OF_SUMMARIES) is summaries]
    shared = [one for one in commands(Scope.EVERYWHERE) if one.plain]
    if summaries:
        shared = [one for one in shared if one.scope is Scope.EVERYWHERE and one.plain in _SHARED]
    return {one.plain: one for one in (*shared, *own)}
