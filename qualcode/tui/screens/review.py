"""The review screen: codings that wait since a transcript was corrected, settled one by one.

Each stands with its words as they were coded and as they are proposed now. What is accepted is the
place that is shown, of the version that is shown: where that was corrected again meanwhile, nothing
is done. Each act is committed before the list moves on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.model.people import coder_key
from qualcode.model.spans import Span
from qualcode.services.correction import reviewing
from qualcode.services.correction.reviewing import Decision, ReviewPage, Settled, Waiting
from qualcode.services.ways_out import browsing
from qualcode.services.work.coding import Reverted
from qualcode.text.counting import counted
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import Scope
from qualcode.tui.one_at_a_time import OneAtATime, one_at_a_time
from qualcode.tui.pages import is_left
from qualcode.tui.screens import review_text
from qualcode.tui.widgets.dialogs import Choose
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.quotation_text import leaf, one_line
from qualcode.tui.widgets.reading import SIDE_BY_SIDE, Reading
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.spoken import Trouble, speak
from qualcode.tui.widgets.theme_marks import ThemeMarks

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcode.services.work.coding_session import CodingSession
    from qualcode.tui.app import QualcodeApp
    from qualcode.tui.own.keymap import Keymap
    from qualcode.tui.screens.coding.screen import CodingScreen

T = TypeVar("T")

_AROUND_WIDE, _AROUND_NARROW = 40, 6
"""Words on either side of a passage; a small screen has to show both passages at once."""

_ALL = ""
"""Stands for all transcripts among their names."""


class ReviewScreen(Screen[None]):
    """What waits: a list, and the one under the cursor as it was and as it is proposed."""

    app: QualcodeApp

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.REVIEW)
    CSS_PATH = "review.tcss"
    HORIZONTAL_BREAKPOINTS = SIDE_BY_SIDE
    AUTO_FOCUS = "#waiting"

    def __init__(self) -> None:
        super().__init__()
        self.acts = OneAtATime(self)
        self.shown: tuple[Waiting, ...] = ()
        self.everyone = True
        self.transcript = _ALL
        self._page: ReviewPage | None = None
        self._names: dict[str, str] = {}
        self._marks = ThemeMarks()
        self._locator_cells = self._coder_cells = 0
        self._trouble = Trouble(self)

    def compose(self) -> ComposeResult:
        """Header, list and words, status, footer."""
        yield OneLine(self.app.headed("What waits"), id="header")
        with Container(id="panes"):
            yield Rows(self._row, id="waiting")
            yield Reading(id="words")
        yield OneLine(id="status")
        yield FooterLine(Scope.REVIEW)

    def on_screen_resume(self) -> None:
        """What was settled elsewhere is gone, and a later correction may have changed the rest."""
        self._load()

    @work(exclusive=True, group="poll")
    async def poll(self) -> None:
        """Show what others have done meanwhile."""
        if self._page is None:
            return
        try:
            newest = await asyncio.to_thread(browsing.newest_event, self.app.store)
        except errors.QualcodeError as problem:
            self._trouble.say(problem)
            return
        self._trouble.over()
        if newest != self._page.newest:
            self._load()

    # -- what is shown ----------------------------------------------------------------------------

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        await self._look()

    async def _look(self) -> None:
        """Look at the store in a thread; the picture stays until the answer is here."""
        page = await self._asked(partial(reviewing.review_page, self.app.store))
        if page is None or is_left(self):
            return
        self._page = page
        self._names = {code.id: code.name for code in page.book.codes}
        self._take_marks(page)
        self._show()

    def _take_marks(self, page: ReviewPage) -> None:
        look = self.app.look(page.book, page.retired)
        self._marks = ThemeMarks.of(page.book, page.retired, look)

    def _show(self) -> None:
        """What passes the filters; the cursor stays on its coding, else on its row."""
        if self._page is None:
            return
        rows = self.query_one("#waiting", Rows)
        before = self._current()
        at = rows.cursor
        if self.transcript not in {one.transcript for one in self._page.waiting}:
            self.transcript = _ALL
        self.shown = tuple(filter(self._wanted, self._page.waiting))
        for row, one in enumerate(self.shown):
            if before is not None and one.coding.uid == before.coding.uid:
                at = row
        self._locator_cells = review_text.locator_cells(self.shown)
        self._coder_cells = review_text.coder_cells(self.shown)
        rows.show(len(self.shown), at=at, empty=self._empty(self._page))
        self._head(self._page)

    def _wanted(self, one: Waiting) -> bool:
        return (self.everyone or self._mine(one)) and self.transcript in (_ALL, one.transcript)

    def _mine(self, one: Waiting) -> bool:
        return coder_key(one.coding.coder) == coder_key(self.app.coder)

    def _head(self, page: ReviewPage) -> None:
        here, of = len(self.shown), len(page.waiting)
        parts = ["What waits", f"{here:,} of {of:,}" if here != of else f"{of:,}"]
        parts += [one_line(self.transcript)] if self.transcript else []
        parts += [] if self.everyone else ["yours alone"]
        header = self.query_one("#header", OneLine)
        header.set(self.app.headed(" · ".join(parts)), right=self.app.coder)

    def _empty(self, page: ReviewPage) -> str:
        """Why nothing stands in the list, and which key helps."""
        if not page.waiting:
            return "Nothing waits: every coding lies on the words of its transcript as it is now."
        why = "Nothing of yours waits here. {review.others} shows other coders' work."
        return self.app.keymap.fill(why)

    def _row(self, row: int, width: int) -> Text:
        return review_text.row(
            self.shown[row],
            width,
            locator_cells=self._locator_cells,
            coder_cells=self._coder_cells,
            mark=self._marks.mark,
            name=self._name_of,
        )

    def _name_of(self, code: str) -> str:
        return self._names.get(code, code)

    def _current(self) -> Waiting | None:
        row = self.query_one("#waiting", Rows).cursor
        return self.shown[row] if row < len(self.shown) else None

    @on(Rows.Moved, "#waiting")
    def _read(self) -> None:
        """The words of the one under the cursor."""
        one, text = self._current(), Text()
        if one is not None and self._page is not None:
            text = review_text.old_and_new(
                one,
                self._page,
                mark=self._marks.mark,
                name=self._name_of,
                around=_AROUND_WIDE if self.has_class("-wide") else _AROUND_NARROW,
                keys=self.app.keymap.fill(": {review.move} chooses one"),
            )
        self.query_one("#words", Reading).show(text)

    def on_resize(self) -> None:
        """A wider screen has room for more words around."""
        if self._page is not None:
            self.call_after_refresh(self._read)

    @on(Rows.Chosen, "#waiting")
    async def _chosen(self) -> None:
        await self.action_move()

    def settings_changed(self) -> None:
        """Other colours or other keys."""
        if self._page is not None:
            self._take_marks(self._page)
        self.query_one(FooterLine).draw_again()
        self.query_one("#waiting", Rows).refresh()

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Say something in the status line."""
        speak(self, sentence, error=error)

    # -- the commands -----------------------------------------------------------------------------

    @one_at_a_time
    async def action_accept(self) -> None:
        """Lay the coding on the words that are proposed."""
        one = self._one_or_say()
        if one is None or self._page is None:
            return
        if one.place is None:
            why = "No place is proposed for these words: {review.move} chooses one."
            self.say(self.app.keymap.fill(why), error=True)
            return
        now = self._page.now[one.uid]
        await self._settle(one, Segment(now.version, one.place.start, one.place.end))

    @one_at_a_time
    async def action_drop(self) -> None:
        """Take one's own coding off."""
        one = self._one_or_say()
        if one is None:
            return
        if not self._mine(one):
            name, coder = self._name_of(leaf(one.code)), one.coding.coder
            self.say(f"{name} here is {coder}'s: only {coder} can take it off.", error=True)
            return
        await self._settle(one, "drop")

    @one_at_a_time
    async def action_move(self) -> None:
        """Choose its place in the transcript."""
        one = self._one_or_say()
        if one is None:
            return
        place = await self._asked(partial(reviewing.place_for, self.app.store, one.coding.uid))
        if place is None:
            return
        from qualcode.tui.screens.review_place import PlacingScreen  # the coding screen: 0.1 s

        def make(session: CodingSession, span: Span | None) -> CodingScreen:
            return PlacingScreen(session, span, one, self.say)

        self.say("")
        self.app.open_transcript(one.transcript, Span(place.start, place.end), make=make)

    def action_next(self) -> None:
        """The next one."""
        self.query_one("#waiting", Rows).action_step(1)

    def action_previous(self) -> None:
        """The one before."""
        self.query_one("#waiting", Rows).action_step(-1)

    @one_at_a_time
    async def action_filter(self) -> None:
        """Show what waits in one transcript, or all."""
        if self._page is None:
            return
        found = [one.transcript for one in self._page.waiting]
        offered = [(_ALL, f"all, {len(found):,}")]
        offered += [
            (name, f"{one_line(name)}, {found.count(name):,}") for name in dict.fromkeys(found)
        ]
        name = await self.acts.ask(Choose("What waits in", offered))
        if name is not None:
            self.transcript = name
            self._show()

    def action_others(self) -> None:
        """Show everybody's, or one's own alone."""
        self.everyone = not self.everyone
        self._show()
        self.say("Everybody's codings are shown." if self.everyone else "Yours alone are shown.")

    @one_at_a_time
    async def action_undo(self) -> None:
        """Take back what was settled last."""
        await self._revert(reviewing.undo, "Undone")

    @one_at_a_time
    async def action_redo(self) -> None:
        """Settle again what undo took back."""
        await self._revert(reviewing.redo, "Done again")

    # -- acting -----------------------------------------------------------------------------------

    def _one_or_say(self) -> Waiting | None:
        one = self._current()
        if one is None:
            self.say("There is nothing here to settle.", error=True)
        return one

    async def _settle(self, one: Waiting, choice: reviewing.Choice) -> None:
        settle = partial(
            reviewing.settle,
            self.app.store,
            [Decision(one.coding.uid, choice)],
            by=self.app.coder,
            at=self.app.now(),
        )
        try:
            settled = await asyncio.to_thread(settle)
        except errors.TranscriptCorrectedError:
            await self._done(corrected_again(one.transcript))
        except errors.QualcodeError as problem:
            self.say(str(problem), error=True)
            self._load()
        else:
            name = one_line(self._name_of(leaf(one.code)))
            await self._done(said_of(settled, name, self.app.keymap))

    async def _revert(self, act: Callable[..., Reverted], said: str) -> None:
        reverted = await self._asked(
            partial(act, self.app.store, by=self.app.coder, at=self.app.now())
        )
        if reverted is not None:
            await self._done(f"{said}: {reverted.verb}.")

    async def _done(self, said: str) -> None:
        """An act is over when the list shows it: the next key means what is seen."""
        self.say(said)
        await self._look()

    async def _asked(self, ask: Callable[[], T]) -> T | None:
        """The answer of a service, from a thread; None where it refused, which is said."""
        try:
            return await asyncio.to_thread(ask)
        except errors.QualcodeError as problem:
            if not is_left(self):
                self.say(str(problem), error=True)
            return None


def corrected_again(transcript: str) -> str:
    """Why nothing was settled: what was shown is not what stands there now."""
    return f"{transcript} was corrected again meanwhile: nothing was done, and this waits now."


def said_of(settled: Settled, name: str, keys: Keymap) -> str:
    """What became of a coding with the code of this name, and what is left."""
    did = "Taken off" if settled.dropped else "Laid on"
    back = keys.fill("{review.undo} takes it back")
    left = f"{counted(settled.waiting, 'coding')} left" if settled.waiting else "nothing waits"
    return f"{did}: {name} ({back}); {left}."
