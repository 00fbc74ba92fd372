"""What comes from elsewhere while somebody codes: other people's acts, and a changed codebook file.

It is looked for in a thread, for a store that another process holds makes one wait, and nobody has
pressed a key. Only what was found is taken in where the keys are, between two of them.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError
from qualcode.services.browsing import newest_event
from qualcode.services.codebook_file import FileState, Watch
from qualcode.tui.pages import is_left

if TYPE_CHECKING:
    from qualcode.tui.screens.coding.screen import CodingScreen


class Elsewhere:
    """The looking around of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._watch: Watch | None = None
        self._newest: int | None = None
        self._looking = self._failed = False

    def look(self) -> None:
        """Look whether there is something new; who looks already is not joined by a second one."""
        if not self._looking:
            self._looking = True
            self._screen.run_worker(self._look(), group="poll")

    def take_in(self) -> None:
        """Show what others have done; a store that fails is said once."""
        try:
            change = self._screen.session.refresh()
        except QualcodeError as problem:
            self._fail(problem)
            return
        self._failed = False
        if change is not None:
            self._screen.picture.apply(change)

    async def _look(self) -> None:
        try:
            newest, book = await asyncio.to_thread(self._found)
        except QualcodeError as problem:
            if not is_left(self._screen):
                self._fail(problem)
            return
        finally:
            self._looking = False
        if is_left(self._screen):
            return
        if newest != self._newest:
            self._newest = newest
            self.take_in()
        if not self._screen.practice:
            self._screen.acts.offer_book(book)

    def _found(self) -> tuple[int, FileState | None]:
        """In a thread: the number of the newest event, and how the codebook's file stands."""
        newest = newest_event(self._screen.session.store)
        if self._watch is None:
            self._watch = Watch(self._screen.session.store, self._screen.acts.book_path)
        try:
            return newest, self._watch.look()
        except QualcodeError:
            return newest, None  # a file that cannot be read now has nothing to offer

    def _fail(self, problem: QualcodeError) -> None:
        if not self._failed:
            self._failed = True
            self._screen.say(str(problem), error=True)
