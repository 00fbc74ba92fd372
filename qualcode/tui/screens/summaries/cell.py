"""The cell: what one case says on one theme, its passages above or at the left, and the summary.

Words are kept in every pause and however the screen is left; the passages can be gone through and
linked while one writes. Keys that are letters are commands beside the passages, and letters in the
summary.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import TextArea

from qualcode import errors
from qualcode.model.spans import Span
from qualcode.services.retrieval import citing, starring
from qualcode.services.summaries import keeping
from qualcode.services.summaries.open_summary import OpenSummary
from qualcode.services.summaries.sheet import Ground, Sheet, SheetCell, read_sheet
from qualcode.text.counting import counted
from qualcode.text.locators import put_in
from qualcode.tui import cell_words
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import BY_ID, Scope, key_label
from qualcode.tui.one_at_a_time import one_at_a_time
from qualcode.tui.pages import is_left
from qualcode.tui.screens.following import READING
from qualcode.tui.screens.summaries.acting import SummaryActs
from qualcode.tui.widgets import cell_text
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.kept import NOT_KEPT, KeptWords
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.passages import Passages
from qualcode.tui.widgets.reading import SIDE_BY_SIDE
from qualcode.tui.widgets.row_text import one_line

if TYPE_CHECKING:
    from textual.binding import BindingType

Place = tuple[str, str]
"""A case by its key, a theme by its id."""


class Words(TextArea):
    """The summary; pages are those of the passages, for a summary is short and they are long."""

    def action_cursor_page_up(self) -> None:
        """A page of passages back."""
        self.screen.query_one(Passages).action_page(-1)

    def action_cursor_page_down(self) -> None:
        """A page of passages on."""
        self.screen.query_one(Passages).action_page(1)


class CellScreen(SummaryActs):
    """One cell, to be read and written; keys lead to the next without going back to the sheet."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.SUMMARY)
    CSS_PATH = "cell.tcss"
    HORIZONTAL_BREAKPOINTS = SIDE_BY_SIDE
    AUTO_FOCUS = "#passages"

    def __init__(
        self,
        sheet: Sheet,
        place: Place,
        *,
        moved: Callable[[Place, Sheet], object] | None = None,
    ) -> None:
        """`moved` is told of each cell that one is on, with the sheet as it is then."""
        super().__init__()
        self.sheet = sheet
        self._moved = moved
        cell = sheet.cells[place]
        self._open: OpenSummary | None = None
        self._shown: tuple[Ground, ...] = ()
        """The passages as they are on the screen: a key means one of them, whatever came since."""
        self._at = cell
        # Held here, for it is asked for its words when it is no longer on the screen.
        self._area = Words("", soft_wrap=True, show_line_numbers=False, id="words")
        self._kept = KeptWords(self._area, "", self._keep, tell=self._told)

    def compose(self) -> ComposeResult:
        """Header, state and theme, passages and summary, status, footer."""
        yield OneLine(self.app.headed("Summary"), id="header")
        yield OneLine(id="state")
        yield OneLine(id="about")
        with Container(id="panes"):
            yield Passages(id="passages")
            with Vertical(id="writing"):
                yield OneLine(id="kept")
                yield self._area
        yield OneLine(id="status")
        yield FooterLine(Scope.SUMMARY)

    def on_mount(self) -> None:
        """The cell is known: it is painted at once."""
        self._area.cursor_blink = False
        self.query_one(Passages).show((), empty=READING)
        if self.sheet is not None:
            self.seen = self.sheet.newest
            self.take_names(self.sheet)
            self._enter(self._at)

    def on_screen_resume(self) -> None:
        """What was coded meanwhile is shown."""
        self.poll()

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def cell(self) -> SheetCell | None:
        """The cell that is open."""
        return None if self._open is None else self._open.cell

    async def look(self) -> None:
        """All cells anew."""
        before = self.sheet
        if before is None:
            return
        reading = partial(read_sheet, self.app.store, rows=before.kind, theme=before.theme)
        sheet = await self.asked(reading)
        if sheet is not None and self.is_newer(sheet.newest):
            self.take_in(sheet)

    def take_in(self, sheet: Sheet) -> None:
        """Another sheet: what is typed here stays, what others did is shown."""
        self.sheet, self.seen = sheet, sheet.newest
        self.take_names(sheet)
        opened = self._open
        if opened is None:
            return
        cell = sheet.cell(opened.cell.row, opened.cell.code)
        if cell is None:
            gone = f"{self.called(opened.cell)} is no longer among the cells."
            self.app.pop_screen()
            self.app.call_later(self.app.say, gone, error=True)
            return
        by = "" if cell.summary is None else cell.summary.changed_by
        if opened.follow(sheet, cell, writing=self._kept.wait):
            self._fill(opened.words)
            if by != self.app.coder:
                self.say(f"{one_line(by) or 'Somebody'} has changed this summary meanwhile.")
        self._show()

    def _enter(self, cell: SheetCell) -> None:
        """Be on a cell."""
        if self.sheet is None:
            return
        self._open = OpenSummary(self.app.store, self.sheet, cell, coder=self.app.coder)
        self._fill(self._open.words)
        self.query_one(Passages).choose(0)
        self.set_focus(self.query_one(Passages))
        self._show(at=0)

    def _fill(self, words: str) -> None:
        """Have words in the field that are kept already, the cursor behind them."""
        if self._area.text != words:
            self._area.load_text(words)
        self._kept.begin(words)
        self._area.move_cursor(self._area.document.end)

    def _show(self, *, at: int | None = None) -> None:
        """The passages, and all that is said of the cell."""
        opened, sheet = self._open, self.sheet
        if opened is None or sheet is None or is_left(self):
            return
        cell = opened.cell
        if self._moved is not None:
            self._moved((cell.row, cell.code), sheet)
        more = self.app.keymap.fill("{summary.go-there} goes there")
        passages = self.query_one(Passages)
        if at is None:
            at = self._chosen_in(cell, passages.cursor)
        self._shown = cell.grounds
        texts = [
            cell_text.passage(
                ground, number, cell, mark=self.marks.mark, name=self.name_of, more=more
            )
            for number, ground in enumerate(cell.grounds, 1)
        ]
        texts += map(cell_text.wording, cell.others)
        passages.show(
            texts,
            at=at,
            empty="" if texts else f"{cell_words.state(cell)}.",
        )
        rows, columns = [row.key for row in sheet.rows], [code.id for code in sheet.columns]
        at_row, at_column = rows.index(cell.row), columns.index(cell.code)
        place = f"case {at_row + 1:,}/{len(rows):,}, theme {at_column + 1}/{len(columns)}"
        to_do = sum(one.needs_work for one in sheet.cells.values())
        header = self.query_one("#header", OneLine)
        header.set(self.app.headed(self.called(cell)), right=f"{place} · {self.app.coder}")
        self.query_one("#state", OneLine).set(cell_words.state(cell), right=f"{to_do:,} to do")
        details = one_line(" · ".join(sheet.rows[at_row].details))
        self.query_one("#about", OneLine).set(self._about(cell), right=details)
        self._hint()

    def _chosen_in(self, cell: SheetCell, cursor: int) -> int:
        """Where the passage that is chosen stands now; that it is no longer there, is said."""
        if not self._shown:
            return 0
        if cursor >= len(self._shown):  # other words for this cell, which stand below
            return cursor - len(self._shown) + len(cell.grounds)
        chosen = self._shown[cursor]
        at = cell.where_now(chosen)
        if at is None:
            place = one_line(chosen.quotation.locator)
            self.say(f"{place}, which was chosen, is no longer among the passages.")
        return cursor if at is None else at

    def _about(self, cell: SheetCell) -> str:
        """What a stale summary needs, else what is wrong with its links, else what is meant."""
        if cell.is_stale:
            why = "Write it anew, or {summary.checked} says that it still holds."
            return self.app.keymap.fill(why)
        code = self.sheet.book.by_id().get(cell.code) if self.sheet is not None else None
        return cell_words.gone_links(cell) or one_line("" if code is None else code.definition)

    def _hint(self, said: str = "") -> None:
        """What the keys do where somebody is."""
        if self._area.has_focus:
            words = {"everywhere.back": "back", "summary.link": "link"}
            words["summary.next-passage"] = "next"
            keys = (f"{self._in_words(name)}: {does}" for name, does in words.items())
            self.query_one("#kept", OneLine).set(said, right="  ".join(keys))
        else:
            write = self.app.keymap.fill("{summary.write}: write")
            self.query_one("#kept", OneLine).set(said or "The summary", right=write)

    def _in_words(self, command: str) -> str:
        """The key of a command that is no letter, as it is written; they are letters there."""
        keys = self.app.keymap.keys(BY_ID[command])
        return next((key_label(key) for key in keys if len(key) > 1), "ctrl+p")

    def on_descendant_focus(self) -> None:
        """Keys mean something else."""
        self._hint()

    # -- writing ----------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._kept.changed()

    def _keep(self, words: str) -> None:
        """Keep the words as far as they are; raises QualcodeErrors."""
        opened = self._open
        if opened is None:
            return
        now = opened.keep(words, at=self.app.now())
        self.sheet, self.seen = opened.sheet, opened.sheet.newest
        if now != words and not is_left(self):
            self._area.load_text(now)
            self._area.move_cursor(self._area.document.end)
        if opened.joined is not None:
            who = one_line(opened.joined) or "Somebody"
            self.say(f"{who} has written here meanwhile: both stand here now, theirs first.")

    def _told(self, problem: str | None) -> None:
        """Say how it is with the words."""
        if is_left(self):
            return
        if problem:
            self.say(f"{NOT_KEPT} {problem}", error=True)
            self._hint("Not kept")
        elif problem is None:
            self._hint()
        else:
            self._show()
            self._hint("Kept ✓")

    def keep_then(self, leave: Callable[[], object]) -> None:
        """Keep it and leave; where it cannot be kept, a second time leaves all the same."""
        self._kept.keep_then(leave)

    def ready(self) -> bool:
        """Keep what is written before something else is done to it."""
        return not self._kept.wait or self._kept.keep_now()

    @one_at_a_time
    async def action_write(self) -> None:
        """Write in the summary."""
        opened = self._open
        if opened is None or self._area.has_focus:
            return
        if not self._can_write(opened.cell):
            return
        try:
            now = self.app.now()
            keeping.check_writable(self.app.store, opened.cell, by=self.app.coder, at=now)
        except errors.QualcodeError as problem:
            self.say(str(problem), error=True)
            return
        opened.begin()
        self.say("")
        self.set_focus(self._area)

    def _can_write(self, cell: SheetCell) -> bool:
        """True for a case of which a summary may speak; where it may not, that is said."""
        if cell.subject is not None and not cell.is_hidden:
            return True
        self.say(f"Nothing can be written here: {cell_words.state(cell)}.", error=True)
        return False

    def step_back(self) -> bool:
        """From the summary to the passages; from there the screen is left, with all kept."""
        if self._area.has_focus:
            self.keep_then(lambda: self.set_focus(self.query_one(Passages)))
            return True
        if self._kept.wait:
            self.keep_then(self.app.pop_screen)
            return True
        return False

    def on_unmount(self) -> None:
        """However the screen was left, the words are kept; where not, the terminal says so."""
        problem = self._kept.problem_at_the_end()
        if problem is not None:
            self.app.said_at_the_end.append(f"the summary that was open is not kept: {problem}")

    # -- passages ---------------------------------------------------------------------------------

    def _ground(self) -> Ground | None:
        """The passage that is chosen; where there is none, that is said."""
        at = self.query_one(Passages).cursor
        if at < len(self._shown):
            return self._shown[at]
        self.say("There is no passage here.", error=True)
        return None

    def action_next_passage(self) -> None:
        """The next one, also while one writes."""
        self.query_one(Passages).action_step(1)

    def action_previous_passage(self) -> None:
        """The one before."""
        self.query_one(Passages).action_step(-1)

    def action_link(self) -> None:
        """Its place into the words, at the cursor, and a link to it."""
        opened, ground = self._open, self._ground()
        if opened is None or ground is None:
            return
        if not self._can_write(opened.cell):
            return
        if not self._area.has_focus:
            opened.begin()
        area = self._area
        row, column = area.cursor_location
        line = area.document.get_line(row)[:column]
        offset, place = put_in(line, ground.quotation.locator)
        area.insert(place, (row, offset))
        area.move_cursor((row, column + len(place)))
        opened.link(ground)
        if self._kept.keep_now():
            self.say(f"Linked: {one_line(ground.quotation.locator)}.")

    def action_unlink(self) -> None:
        """No link to it any more."""
        opened, ground = self._open, self._ground()
        if opened is None or ground is None:
            return
        if not opened.is_linked(ground):
            self.say("The summary is not linked to this passage.", error=True)
            return
        if not self.ready():
            return
        opened.begin()
        opened.unlink(ground)
        try:
            self._keep(self._area.text)
        except errors.QualcodeError as problem:
            self.say(str(problem), error=True)
            return
        self._show()
        self.say("The link is off; the words stay as they are.")

    def action_go_there(self) -> None:
        """Open the transcript where the passage stands."""
        ground = self._ground()
        if ground is not None and self.ready():
            one = ground.quotation
            self.app.open_transcript(one.transcript, Span(one.start, one.end))

    @one_at_a_time
    async def action_star(self) -> None:
        """Mark the passage as worth quoting, or no longer."""
        ground = self._ground()
        if ground is None:
            return
        one = ground.quotation
        act = partial(starring.star, self.app.store, [one.coding], starred=not one.starred)
        if await self.asked(partial(act, by=self.app.coder, at=self.app.now())) is not None:
            what = "no longer worth quoting" if one.starred else "worth quoting"
            await self.done(f"{one_line(one.locator)}: {what}.")

    @one_at_a_time
    async def action_copy(self) -> None:
        """Copy the words as they may be cited now."""
        ground = self._ground()
        if ground is None:
            return
        one = ground.quotation
        cite = partial(citing.cite_coding, self.app.store, one.coding, where=one.locator)
        citation = await self.asked(cite)
        if citation is not None:
            refused = self.app.copy_words(str(citation))
            words = counted(len(citation.text.split()), "word")
            self.say(refused or f"Copied: {words} with how they may be cited.", error=bool(refused))

    # -- other cells ------------------------------------------------------------------------------

    def action_next(self) -> None:
        """The next cell with something to do."""
        self._leave_for(partial(self._to_do, back=False))

    def action_previous(self) -> None:
        """The one before."""
        self._leave_for(partial(self._to_do, back=True))

    def action_next_case(self) -> None:
        """The same theme of the next case."""
        self._leave_for(partial(self._move, rows=1))

    def action_previous_case(self) -> None:
        """The same theme of the case before."""
        self._leave_for(partial(self._move, rows=-1))

    def action_next_theme(self) -> None:
        """The next theme of the same case."""
        self._leave_for(partial(self._move, columns=1))

    def action_previous_theme(self) -> None:
        """The theme before."""
        self._leave_for(partial(self._move, columns=-1))

    def _leave_for(self, go: Callable[[], object]) -> None:
        """Go on with all kept; where it cannot be, the same key again goes on without."""
        if self._kept.wait:
            self.keep_then(go)
        else:
            go()

    def _to_do(self, *, back: bool) -> None:
        if self.sheet is None or self._open is None:
            return
        here = self._open.cell
        place = self.sheet.next_to_do(here.row, here.code, back=back)
        if place is None:
            self.say("No other cell has passages without a summary, or a stale one.")
            return
        self._go(place)

    def _move(self, *, rows: int = 0, columns: int = 0) -> None:
        if self.sheet is None or self._open is None:
            return
        here = self._open.cell
        place = self.sheet.beside(here.row, here.code, rows=rows, columns=columns)
        if place is None:
            what = "case" if rows else "theme"
            self.say(f"This is the {'last' if rows + columns > 0 else 'first'} {what}.")
            return
        self._go(place)

    def _go(self, place: Place) -> None:
        if self.sheet is not None:
            self.say("")
            self._enter(self.sheet.cells[place])
