"""What comes from elsewhere while somebody codes: others' acts, corrections, a new codebook file.

It is looked for in a thread, for a store that another process holds makes one wait, and nobody has
pressed a key. Only what was found is taken in where the keys are, between two of them. A corrected
transcript is gone over to by itself, unless something is open that the keys are meant for.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError
from qualcode.services.book.codebook_file import FileState, Watch
from qualcode.services.retrieval.browsing import newest_event
from qualcode.text.counting import counted
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
        self._corrected = False
        """True once the transcript is known to have another version than the one that is shown."""

    def greet(self, said: str) -> None:
        """Say, at the opening, how one came here, and what waits since a correction."""
        sentence = " ".join(filter(None, (said, self._waiting())))
        if sentence:
            self._screen.say(sentence)

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
        if change is not None and change.corrected:
            self._take_correction()
        elif change is not None:
            self._screen.picture.apply(change)

    # -- a correction -----------------------------------------------------------------------------

    def _take_correction(self) -> None:
        """Go over to the corrected words, or say how, where something is open on the old ones."""
        first, self._corrected = not self._corrected, True
        if not self._is_open():
            self.go_over()
        elif first:
            name, back = self._screen.session.name, "{everywhere.back} goes to its new words"
            self._screen.say(f"{name} was corrected meanwhile: {self._screen.fill(back)}.")

    def refused(self) -> None:
        """An act found that the transcript was corrected, and did nothing."""
        self._corrected = True
        self.go_over("Nothing was done: press it again, if it is still meant.")

    def go_over(self, said: str = "") -> bool:
        """Go to the corrected words, where there are any; False where there are none."""
        if not self._corrected:
            return False
        self.arrive(said)
        return True

    def arrive(self, said: str) -> None:
        """Show the transcript as it is now, at the same words or next to them."""
        screen, session = self._screen, self._screen.session
        screen.moves.keep_place()
        cursor = screen.moves.cursor
        try:
            place = None if cursor is None else session.place_now(cursor)
        except QualcodeError as problem:
            self._fail(problem)
            return
        said = f"{session.name} was corrected meanwhile: these are its new words. {said}".rstrip()
        make = partial(type(screen), said=said)
        screen.app.open_transcript(session.record.uid, place, make=make)

    def _waiting(self) -> str:
        count = self._screen.session.record.waiting
        if not count:
            return ""
        wait = "wait" if count > 1 else "waits"
        shows = self._screen.fill("{everywhere.review} shows them")
        return f"{counted(count, 'passage')} {wait} since it was corrected: {shows}."

    def _is_open(self) -> bool:
        """True while keys are meant for what was begun on the words that are shown."""
        screen, view = self._screen, self._screen.view
        chosen_by_hand = view.units.at(view.unit, view.cursor.start) != view.cursor
        covered = screen.app.screen is not screen
        return covered or screen.asking.is_open or screen.ends.moving or chosen_by_hand

    # -- looking ----------------------------------------------------------------------------------

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
        if newest != self._newest or self._corrected:
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
