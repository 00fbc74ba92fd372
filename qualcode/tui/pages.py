"""What the app may ask of a screen beyond showing it; a screen has the methods it has use for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from textual.screen import Screen


@runtime_checkable
class Polls(Protocol):
    """A screen that shows what may change elsewhere."""

    def poll(self) -> object:
        """Look for it; cheap where nothing has happened."""


@runtime_checkable
class StepsBack(Protocol):
    """A screen in which something may be open."""

    def step_back(self) -> bool:
        """Close the innermost of it; False where nothing was open."""


@runtime_checkable
class Settles(Protocol):
    """A screen that looks otherwise under other settings or keys."""

    def settings_changed(self) -> None:
        """Draw what depends on them anew."""


@runtime_checkable
class Writing(Protocol):
    """A screen on which somebody writes what is not kept with every key."""

    def keep_then(self, leave: Callable[[], object]) -> None:
        """Keep it, then leave; where that fails, say so and stay, until somebody insists."""


def is_left(screen: Screen[None]) -> bool:
    """True once a screen is going: its parts go before it, and a thread may answer after them."""
    return not (screen.children and screen.app.is_running and screen.is_running)


class Fault(Exception):  # noqa: N818  it is nothing that a person can mend
    """A fault of this program, as it is said to somebody who was working."""

    def __rich__(self) -> str:
        """What stands in the terminal after the screen has gone."""
        return (
            "Something went wrong in qualcode itself. Everything up to your last act is saved.\n"
            "Start it again, and you are where you were. QUALCODE_DEBUG=1 shows what happened."
        )
