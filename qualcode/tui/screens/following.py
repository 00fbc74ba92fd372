"""A screen that shows what the store held at the last look, and looks again after acts of others.

Looks are made in threads, and the picture stays until the answer is here. What a look shows, and
which commands there are, is for each screen to say.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.screen import Screen

from qualcode.errors import QualcodeError
from qualcode.tui.pages import is_left
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.spoken import Trouble, speak
from qualcode.tui.widgets.theme_marks import ThemeMarks

if TYPE_CHECKING:
    from qualcode.model.codebook import Codebook
    from qualcode.tui.app import QualcodeApp

T = TypeVar("T")

READING = "Reading the project …"
"""Stands in a list until the first answer is here."""


class FollowingScreen(Screen[None]):
    """What the store held at the last look."""

    app: QualcodeApp

    def __init__(self) -> None:
        super().__init__()
        self.seen: int | None = None
        """The number of the newest event that is in what is shown; None before the first look."""
        self._looks = 0
        """How many are under way."""
        self._trouble = Trouble(self)

    async def look(self) -> None:
        """Look at the store in a thread, and show what was found."""
        raise NotImplementedError

    def restyle(self) -> None:
        """Take other colours and other keys for what is shown; what is drawn anew need not."""

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Look at the store, for whatever one wants to see now."""
        self._looks += 1
        try:
            await self.look()
        finally:
            self._looks -= 1

    @work(exclusive=True, group="poll")
    async def poll(self) -> None:
        """Show what others have done meanwhile."""
        await self.keep_up()

    async def keep_up(self) -> None:
        """Look again if anything has happened in the project since.

        A look that is under way is left to its end: of a large study it takes longer than the
        time between two polls, and begun anew each time it would never come to an end.
        """
        from qualcode.services.retrieval.browsing import newest_event  # home is drawn before it

        try:
            newest = await asyncio.to_thread(newest_event, self.app.store)
        except QualcodeError as problem:
            self._trouble.say(problem)
            return
        self._trouble.over()
        if newest != self.seen and not self._looks and not is_left(self):
            self.load()

    async def asked(self, ask: Callable[[], T]) -> T | None:
        """The answer of a service, from a thread; None where it refused, which is said.

        None, too, once the screen is left.
        """
        try:
            answer = await asyncio.to_thread(ask)
        except QualcodeError as problem:
            self.say(str(problem), error=True)
            return None
        return None if is_left(self) else answer

    async def done(self, said: str) -> None:
        """An act is over when the picture shows it: the next key means what is seen."""
        self.say(said)
        await self.look()

    def marks_of(self, book: Codebook, retired: frozenset[str]) -> ThemeMarks:
        """The marks of the themes of a book, in the colours there are now."""
        return ThemeMarks.of(book, retired, self.app.look(book, retired))

    def is_newer(self, newest: int) -> bool:
        """True of a look that saw as much as what is shown; two may end in the other order."""
        return self.seen is None or newest >= self.seen

    def settings_changed(self) -> None:
        """Other colours or other keys."""
        self.query_one(FooterLine).draw_again()
        if self.seen is not None:
            self.restyle()
        rows = self.query_one(Rows)
        rows.refresh()
        rows.post_message(Rows.Moved(rows))  # so that the words beside it are written anew, too

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Say something in the status line."""
        if not is_left(self):
            speak(self, sentence, error=error)
