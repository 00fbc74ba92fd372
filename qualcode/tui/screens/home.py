"""Home: where one stopped, what can be done next, and how far everybody is.

The empty picture is painted first; what it says is read from the whole study in a thread, and
read again only when the project has changed.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from qualcode.tui import keys, overview
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import Scope
from qualcode.tui.overview import Step, Study
from qualcode.tui.screens.following import READING, FollowingScreen
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

_TITLE_CELLS = 34


class Home(FollowingScreen):
    """What one sees first, and where Esc leads to in the end."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.HOME)
    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "#steps"

    def __init__(self) -> None:
        super().__init__()
        self.study: Study | None = None
        self._steps: tuple[Step, ...] = ()

    def compose(self) -> ComposeResult:
        """Who and what, the steps, the report."""
        yield OneLine(self.app.headed("qualcode"), id="header")
        yield Rows(self._row, id="steps")
        with VerticalScroll(id="report", can_focus=False):
            yield Static(id="words")
        yield OneLine(id="status")
        yield FooterLine(Scope.HOME)

    def on_mount(self) -> None:
        """Words come after the first picture."""
        self.query_one(Rows).show(0, empty=READING)

    def on_screen_resume(self) -> None:
        """What was done on other screens shows."""
        self.call_after_refresh(self.load)

    # -- what is shown ----------------------------------------------------------------------------

    async def look(self) -> None:
        """The whole study, as it stands to the coder."""
        app = self.app
        load = partial(overview.load, app.store, coder=app.coder, desk=app.desk)
        study = await self.asked(load)
        if study is not None:
            self.study, self.seen = study, study.newest
            self._show(study)

    def _show(self, study: Study) -> None:
        facts = study.overview.facts
        said = self.app.headed(facts.name or "qualcode")
        self.query_one("#header", OneLine).set(said, right=f"You are {self.app.coder}")
        rows = self.query_one(Rows)
        here = self._steps[rows.cursor].command if self._steps else ""
        self._steps = overview.steps(study, self.app.keymap)
        at = next((row for row, step in enumerate(self._steps) if step.command == here), 0)
        rows.styles.height = len(self._steps)
        rows.show(len(self._steps), at=at)
        self._report()

    def _report(self) -> None:
        if self.study is None:
            return
        width = max(20, self.query_one("#report").scrollable_content_region.width)
        words = overview.report(self.study, coder=self.app.coder, now=self.app.now(), width=width)
        self.query_one("#words", Static).update(words)

    def restyle(self) -> None:
        """Steps name keys."""
        if self.study is not None:
            self._show(self.study)

    def on_resize(self) -> None:
        """Bars are as long as there is room for."""
        self._report()

    def _row(self, row: int, _width: int) -> Text:
        step = self._steps[row]
        if not step.beside:
            return Text(step.title, end="")
        line = Text(f"{step.title:<{_TITLE_CELLS}}", end="")
        return line.append(f" {step.beside}", self._muted)

    @property
    def _muted(self) -> str:
        return "" if self.app.no_color else "dim"

    # -- commands ---------------------------------------------------------------------------------

    @on(Rows.Chosen)
    async def action_open(self) -> None:
        """Do what the cursor is on; at first, and before there are words, that is to go on."""
        command = "home.continue"
        if self._steps:
            command = self._steps[self.query_one(Rows).cursor].command
        await self.app.give(keys.BY_ID[command])

    def action_continue(self) -> None:
        """Open the transcript that is meant, which is known before the study was read."""
        stopped = self.app.desk.last
        waiting = self.study.overview.transcripts if self.study else ()
        known = {t.record.uid for t in waiting}
        if stopped is not None and (self.study is None or stopped in known):
            self.app.open_transcript(stopped)
            return
        begin = next((t.record.name for t in waiting if t.status != "finished"), None)
        if begin is not None:
            self.app.open_transcript(begin)
        else:
            self.app.action_transcripts()

    def action_coder(self) -> None:
        """Be somebody else."""
        from qualcode.tui.screens.first_start import FirstStart

        self.app.arrive(FirstStart())

    def action_practise(self) -> None:
        """Learn the keys on the worked example."""
        self.app.begin_practice()
