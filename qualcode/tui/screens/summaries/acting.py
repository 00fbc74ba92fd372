"""What both screens of summaries do to the cell that one is on, and say of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qualcode import errors
from qualcode.model.summary import SummaryStatus
from qualcode.services.summaries import keeping
from qualcode.services.summaries.keeping import Kept
from qualcode.services.summaries.sheet import Sheet, SheetCell
from qualcode.tui import cell_words
from qualcode.tui.one_at_a_time import OneAtATime, one_at_a_time
from qualcode.tui.screens.following import FollowingScreen
from qualcode.tui.widgets.row_text import one_line
from qualcode.tui.widgets.theme_marks import ThemeMarks

if TYPE_CHECKING:
    from qualcode.services.work.coding import Reverted


class SummaryActs(FollowingScreen):
    """A screen on which one cell of a sheet is meant."""

    def __init__(self) -> None:
        super().__init__()
        self.acts = OneAtATime(self)
        self.sheet: Sheet | None = None
        self.marks = ThemeMarks()
        self._names: dict[str, str] = {}

    @property
    def cell(self) -> SheetCell | None:
        """The cell that one is on."""
        raise NotImplementedError

    def take_in(self, sheet: Sheet) -> None:
        """Show another sheet, or the same with another cell."""
        raise NotImplementedError

    def ready(self) -> bool:
        """True where what is written is kept, so that something else can be done to it."""
        return True

    def take_names(self, sheet: Sheet) -> None:
        """The names and colours of its codes."""
        self._names = {code.id: code.name for code in sheet.book.codes}
        self.marks = self.marks_of(sheet.book, sheet.retired)

    def restyle(self) -> None:
        """Other colours."""
        if self.sheet is not None:
            self.take_names(self.sheet)

    def name_of(self, code: str) -> str:
        """The name of a code by its id."""
        return self._names.get(code, code)

    def called(self, cell: SheetCell) -> str:
        """A cell as one says it."""
        return f"{one_line(cell.row)}, {one_line(self.name_of(cell.code))}"

    # -- the commands -----------------------------------------------------------------------------

    @one_at_a_time
    async def action_checked(self) -> None:
        """It is checked."""
        await self._set(SummaryStatus.CHECKED)

    @one_at_a_time
    async def action_final(self) -> None:
        """It is final."""
        await self._set(SummaryStatus.FINAL)

    @one_at_a_time
    async def action_draft(self) -> None:
        """It is a draft again."""
        await self._set(SummaryStatus.DRAFT)

    async def _set(self, status: SummaryStatus) -> None:
        cell = self._written()
        if cell is None:
            return
        if (
            cell.summary is not None
            and cell.summary.status is status
            and not (cell.is_stale and status is not SummaryStatus.DRAFT)
        ):
            self.say(f"{self.called(cell)} is {status} already.")
            return
        done = await self._changed(partial(keeping.keep_status, status=status), cell)
        if done is not None:
            self.say(f"{self.called(done)}: {cell_words.state(done)}.")

    @one_at_a_time
    async def action_remove(self) -> None:
        """Take it away."""
        cell = self._written()
        if cell is None:
            return
        done = await self._changed(keeping.take_away, cell)
        if done is not None:
            back = self.app.keymap.fill("{summaries.undo} brings it back")
            self.say(f"{self.called(done)}: the summary is taken away; {back}.")

    @one_at_a_time
    async def action_undo(self) -> None:
        """Take back what one last did to a summary."""
        await self._revert(keeping.undo, "undone")

    @one_at_a_time
    async def action_redo(self) -> None:
        """Do it again."""
        await self._revert(keeping.redo, "done again")

    def _written(self) -> SheetCell | None:
        """The cell, where a summary stands in it that can be changed; else that is said."""
        if not self.ready():
            return None
        cell = self.cell
        if cell is None or cell.is_hidden or cell.summary is None:
            self.say("There is no summary here to change.", error=True)
            return None
        return cell

    async def _changed(self, act: Callable[..., Kept], cell: SheetCell) -> SheetCell | None:
        """The cell after an act on it; None where it was refused, which is said."""
        sheet = self.sheet
        if sheet is None:
            return None
        doing = partial(
            act,
            self.app.store,
            cell,
            seen=sheet.newest,
            by=self.app.coder,
            at=self.app.now(),
        )
        try:
            kept = doing()
        except errors.SummaryChangedError as problem:
            self.say(str(problem), error=True)
            await self.look()
            return None
        except errors.QualcodeError as problem:
            self.say(str(problem), error=True)
            return None
        after = cell.with_summary(kept.summary, cell.text)
        self.take_in(sheet.with_cell(after, newest=kept.newest))
        return after

    async def _revert(self, act: Callable[..., Reverted], did: str) -> None:
        if not self.ready():
            return
        before, here = self.sheet, self.cell
        reverting = partial(act, self.app.store, by=self.app.coder, at=self.app.now())
        done = await self.asked(reverting)
        if done is not None:
            await self.look()
            elsewhere = ""
            if before is not None and self.sheet is not None:
                elsewhere = cell_words.elsewhere(before, self.sheet, here)
            self.say(f"{did}: {done.verb}{elsewhere}")  # behind what the look says of others
