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
from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.model.people import coder_key
from qualcode.model.spans import Span
from qualcode.services.correction import reviewing
from qualcode.services.correction.reviewing import Decision, ReviewPage, Settled, Waiting
from qualcode.services.work.coding import Reverted
from qualcode.text.counting import counted
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import Scope
from qualcode.tui.one_at_a_time import OneAtATime, one_at_a_time
from qualcode.tui.screens import review_text
from qualcode.tui.screens.following import READING, FollowingScreen
from qualcode.tui.screens.review_text import Room
from qualcode.tui.widgets.dialogs import Choose
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.quotation_text import leaf
from qualcode.tui.widgets.reading import SIDE_BY_SIDE, Reading
from qualcode.tui.widgets.row_text import Columns, one_line
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.theme_marks import ThemeMarks

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcode.services.work.coding_session import CodingSession
    from qualcode.tui.own.keymap import Keymap
    from qualcode.tui.screens.coding.screen import CodingScreen

T = TypeVar("T")

_WIDE = Room(words=24, neighbours=True, characters=1_200)
_NARROW = Room(words=6, neighbours=False, characters=400)
"""A small screen has to show both passages at once."""

_ALL = ""
"""Stands for all transcripts among their names."""


class ReviewScreen(FollowingScreen):
    """What waits: a list, and the one under the cursor as it was and as it is proposed."""

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
        self._columns = Columns()
        self._refused_of: str | None = None

    def compose(self) -> ComposeResult:
        """Header, list and words, status, footer."""
        yield OneLine(self.app.headed("What waits"), id="header")
        with Container(id="panes"):
            yield Rows(self._row, id="waiting")
            yield Reading(id="words")
        yield OneLine(id="status")
        yield FooterLine(Scope.REVIEW)

    def on_mount(self) -> None:
        """Words come after the first picture."""
        self.query_one("#waiting", Rows).show(0, empty=READING)

    def on_screen_resume(self) -> None:
        """What was settled elsewhere is gone, and a later correction may have changed the rest."""
        self.load()

    # -- what is shown ----------------------------------------------------------------------------

    async def look(self) -> None:
        """All that waits, with its old and its proposed words."""
        page = await self.asked(partial(reviewing.review_page, self.app.store))
        if page is None or not self.is_newer(page.newest):
            return
        self._page, self.seen = page, page.newest
        self._names = {code.id: code.name for code in page.book.codes}
        self.restyle()
        self._show()

    def restyle(self) -> None:
        """Other colours."""
        if self._page is not None:
            self._marks = self.marks_of(self._page.book, self._page.retired)

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
        self._columns = Columns.of(
            (one.locator for one in self.shown), (one.coding.coder for one in self.shown)
        )
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
        parts += [f"and {counted(page.memos, 'memo')}"] if page.memos else []
        header = self.query_one("#header", OneLine)
        header.set(self.app.headed(" · ".join(parts)), right=self.app.coder)

    def _empty(self, page: ReviewPage) -> str:
        """Why nothing stands in the list, and which key helps."""
        if not page.waiting:
            said = "Nothing waits: every coding lies on the words of its transcript as it is now."
            return f"{said} {_memos_beside(page)}".rstrip()
        why = "Nothing of yours waits here. {review.others} shows other coders' work."
        return self.app.keymap.fill(why)

    def _row(self, row: int, width: int) -> Text:
        return review_text.row(
            self.shown[row], width, self._columns, mark=self._marks.mark, name=self._name_of
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
        if self._refused_of not in (None, one and one.coding.uid):
            self.say("")  # what was said is of another
        if one is not None and self._page is not None:
            text = review_text.old_and_new(
                one,
                self._page,
                mark=self._marks.mark,
                name=self._name_of,
                room=_WIDE if self.has_class("-wide") else _NARROW,
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
            self._refused_of = one.coding.uid
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
            coder = one_line(one.coding.coder)
            why = f"{self._named(one)} here is {coder}'s: only {coder} can take it off."
            self.say(why, error=True)
            return
        await self._settle(one, "drop")

    @one_at_a_time
    async def action_move(self) -> None:
        """Choose its place in the transcript."""
        one = self._one_or_say()
        if one is None:
            return
        place_for = partial(reviewing.place_for, self.app.store, one.coding.uid)
        try:
            place = await asyncio.to_thread(place_for)
        except errors.QualcodeError as problem:
            await self._refused(one, problem)
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

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Say something in the status line; it stays as long as nothing else is said."""
        self._refused_of = None
        super().say(sentence, error=error)

    def _one_or_say(self) -> Waiting | None:
        one = self._current()
        if one is None:
            self.say("There is nothing here to settle.", error=True)
        return one

    async def _settle(self, one: Waiting, choice: reviewing.Choice) -> None:
        settle = partial(
            reviewing.settle,
            self.app.store,
            [Decision(one.id, choice)],
            by=self.app.coder,
            at=self.app.now(),
        )
        try:
            settled = await asyncio.to_thread(settle)
        except errors.QualcodeError as problem:
            await self._refused(one, problem)
        else:
            await self.done(said_of(settled, self._named(one), self.app.keymap))

    async def _refused(self, one: Waiting, problem: errors.QualcodeError) -> None:
        """Say why nothing was done, and show what waits now."""
        self.say(why_not(problem, one.transcript, self._named(one)), error=True)
        await self.look()

    async def _revert(self, act: Callable[..., Reverted], said: str) -> None:
        if self._page is None:
            return
        before = {one.coding.uid for one in self._page.waiting}
        reverting = partial(act, self.app.store, by=self.app.coder, at=self.app.now())
        if await self.asked(reverting) is None:
            return
        await self.look()
        back = [one for one in self._page.waiting if one.coding.uid not in before]
        rows = (row for row, one in enumerate(self.shown) if one.coding.uid not in before)
        first = next(rows, None)
        if first is not None:  # the next key is meant for what has come back
            self.query_one("#waiting", Rows).move_to(first)
        again = self._named(back[0]) if len(back) == 1 else counted(len(back), "coding")
        wait = "waits" if len(back) == 1 else "wait"
        waits = f"{again} {wait} again; " if back else ""
        self.say(f"{said}: {waits}{_left(len(self._page.waiting))}.")

    def _named(self, one: Waiting) -> str:
        return one_line(self._name_of(leaf(one.code)))


def why_not(problem: errors.QualcodeError, transcript: str, name: str) -> str:
    """Why a coding with the code of this name was not settled."""
    if isinstance(problem, errors.NotWaitingError):
        return f"{name} does not wait here any more: somebody has settled it meanwhile."
    if isinstance(problem, errors.NotAsShownError):
        return proposed_anew(transcript)
    if isinstance(problem, errors.TranscriptCorrectedError):
        return corrected_again(transcript)
    return str(problem)


def _memos_beside(page: ReviewPage) -> str:
    """How many memos wait that are on none of the codings, and where they are settled."""
    if not page.memos:
        return ""
    wait = "waits" if page.memos == 1 else "wait"
    show = "shows it" if page.memos == 1 else "shows them"
    memos = counted(page.memos, "memo")
    return f"{memos} on words that were corrected {wait}: qualcode transcripts review {show}."


def corrected_again(transcript: str) -> str:
    """Why nothing was settled: what was shown is not what stands there now."""
    return f"{transcript} was corrected again meanwhile: nothing was done, and this waits now."


def proposed_anew(transcript: str) -> str:
    """Why nothing was settled: a correction, or who is said to speak, has changed what is shown."""
    why = f"{transcript} was corrected again meanwhile, or its speakers were"
    return f"{why}: nothing was done, and this waits now."


def said_of(settled: Settled, name: str, keys: Keymap) -> str:
    """What became of a coding with the code of this name, and what is left."""
    did = "Taken off" if settled.dropped else "Laid on"
    back = keys.fill("{review.undo} takes it back")
    return f"{did}: {name} ({back}); {_left(settled.waiting)}."


def _left(waiting: int) -> str:
    return f"{counted(waiting, 'coding')} left" if waiting else "nothing waits"
