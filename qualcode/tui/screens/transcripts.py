"""The list of transcripts: how long each is, how far one is with it, and the way into it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from qualcode.errors import QualcodeError
from qualcode.text.folding import fold
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import Scope
from qualcode.tui.overview import bar, count
from qualcode.tui.pages import is_left
from qualcode.tui.transcript.cells import fit, width
from qualcode.tui.widgets.find_line import FindLine
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from qualcode.services.progress import TranscriptProgress
    from qualcode.store.store import Store
    from qualcode.tui.app import QualcodeApp

Wanted = Callable[["TranscriptProgress"], bool]

FILTERS: Sequence[tuple[str, Wanted]] = (
    ("all", lambda _: True),
    ("not finished", lambda one: one.status != "finished"),
    ("not begun", lambda one: one.status == "new"),
    ("finished", lambda one: one.status == "finished"),
)
"""What `f` goes through."""

SORTS: Sequence[tuple[str, Callable[[TranscriptProgress], tuple[object, ...]]]] = (
    ("name", lambda _: ()),
    ("what is left", lambda one: (one.coded - one.answers,)),
    ("length", lambda one: (-one.record.words,)),
    ("date", lambda one: (one.record.interviewed is None, one.record.interviewed or "")),
)
"""What `o` goes through; those that are equal stand by name."""

_STATUS = {"new": "new", "started": "started", "finished": "finished ✓"}
_MEMO = "✎"
_NUMBERS_CELLS = 58
"""What stands right of the name: words, status, bar, answers, codings, memos."""


class Transcripts(Screen[None]):
    """All transcripts as one coder stands to them."""

    app: QualcodeApp

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.TRANSCRIPTS)
    CSS_PATH = "transcripts.tcss"
    AUTO_FOCUS = "#transcripts"

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[TranscriptProgress, ...] = ()
        self._all: tuple[TranscriptProgress, ...] | None = None
        self._filter = self._sort = 0
        self._words = ""
        self._newest: int | None = None

    def compose(self) -> ComposeResult:
        """What is shown, the names of the columns, the list."""
        yield OneLine("Transcripts", id="header")
        yield OneLine(id="columns")
        yield Rows(self._row, id="transcripts")
        yield FindLine(placeholder="a part of a name, a place, a participant", id="find")
        yield OneLine(id="status")
        yield FooterLine(Scope.TRANSCRIPTS)

    def on_mount(self) -> None:
        """Words come after the first picture."""
        self.query_one(Rows).show(0, empty="Reading the project …")

    def on_screen_resume(self) -> None:
        """What was coded meanwhile shows."""
        self._read()

    def on_resize(self) -> None:
        """The columns stand where those of the rows do."""
        self._name_columns()

    @work(exclusive=True, group="poll")
    async def poll(self) -> None:
        """Read again if anything has happened in the project since."""
        from qualcode.services.browsing import newest_event

        try:
            newest = await asyncio.to_thread(newest_event, self.app.store)
        except QualcodeError as problem:
            self._say(str(problem), error=True)
        else:
            if newest != self._newest:
                self._read()

    # -- what is shown ----------------------------------------------------------------------------

    @work(exclusive=True, group="load")
    async def _read(self) -> None:
        read = partial(_read_all, self.app.store, coder=self.app.coder)
        try:
            self._newest, self._all = await asyncio.to_thread(read)
        except QualcodeError as problem:
            self._say(str(problem), error=True)
        else:
            self._show()

    def _show(self) -> None:
        """Filter, sort, and leave the cursor on the transcript that it was on."""
        if self._all is None or is_left(self):
            return
        before = self._chosen
        name, wanted = FILTERS[self._filter]
        sorted_by, key = SORTS[self._sort]
        words = fold(self._words)
        found = [one for one in self._all if wanted(one) and words in _findable(one)]
        self.shown = tuple(sorted(found, key=key))
        uids = [one.record.uid for one in self.shown]
        at = uids.index(before.record.uid) if before and before.record.uid in uids else 0
        self.query_one(Rows).show(len(self.shown), at=at, empty=self._empty())
        said = [] if name == "all" else [name]
        said += [f"holding “{self._words}”"] if self._words else []
        showing = ", ".join([count(len(self.shown), "transcript"), *said])
        self.query_one("#header", OneLine).set(
            f"Transcripts · {showing} · by {sorted_by}", right=f"You are {self.app.coder}"
        )
        self._name_columns()

    def _empty(self) -> str:
        if not self._all:
            return "No transcripts yet. In a terminal: qualcode import transcripts"
        if self._words:
            return "No transcript holds these words. / looks for others, Esc shows all."
        return "No transcript is so far. f shows others."

    def _name_columns(self) -> None:
        room = self._name_cells(self.query_one(Rows).size.width - 2)
        names = f"  {'name':<{room}} {'words':>8}  {'status':<10}  {'answers coded':<20} "
        self.query_one("#columns", OneLine).set(f"{names} codings memos")

    def _name_cells(self, cells: int) -> int:
        return max(8, cells - _NUMBERS_CELLS)

    def _row(self, row: int, cells: int) -> Text:
        one = self.shown[row]
        room = self._name_cells(cells)
        name = fit(one.record.name, room)
        line = Text(name + " " * (room - width(name)), end="")
        line.append(f" {one.record.words:>8,}  {_STATUS[one.status]:<10}  ")
        line.append(bar(one.coded, one.answers))
        line.append(f" {f'{one.coded}/{one.answers}':<7} ")
        line.append(f" {one.codings:>7} {f'{one.memos} {_MEMO}' if one.memos else '':>5}")
        return line

    @property
    def _chosen(self) -> TranscriptProgress | None:
        row = self.query_one(Rows).cursor
        return self.shown[row] if row < len(self.shown) else None

    def _say(self, sentence: str, *, error: bool = False) -> None:
        if not is_left(self):
            self.query_one("#status", OneLine).set(sentence, error=error)

    # -- commands ---------------------------------------------------------------------------------

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """Code the transcript under the cursor."""
        chosen = self._chosen
        if chosen is None:
            self._say(self._empty() if self._all is not None else "Reading the project …")
        else:
            self.app.open_transcript(chosen.record.uid)

    def action_search(self) -> None:
        """Narrow by words."""
        self.query_one(FindLine).open(self._words)

    def action_filter(self) -> None:
        """Narrow by status."""
        self._filter = (self._filter + 1) % len(FILTERS)
        self._show()

    def action_sort(self) -> None:
        """Another order."""
        self._sort = (self._sort + 1) % len(SORTS)
        self._show()

    def action_finished(self) -> None:
        """Say that one has finished this transcript, or take that back."""
        from qualcode.services.progress import finish

        chosen = self._chosen
        if chosen is None:
            return
        finished = chosen.status != "finished"
        name, app = chosen.record.name, self.app
        try:
            finish(app.store, name, finished=finished, by=app.coder, at=app.now())
        except QualcodeError as problem:
            self._say(str(problem), error=True)
            return
        self._say(f"{name}: {'finished' if finished else 'no longer finished'}.")
        self._read()

    @on(FindLine.Typed)
    def _typed(self, event: FindLine.Typed) -> None:
        self._words = event.words
        self._show()

    @on(FindLine.Closed)
    def _back_to_the_list(self) -> None:
        self.query_one(Rows).focus()

    def step_back(self) -> bool:
        """Show all again before the screen is left."""
        if not (self._words or self._filter):
            return False
        self._words, self._filter = "", 0
        self._show()
        return True


def _read_all(store: Store, *, coder: str) -> tuple[int, tuple[TranscriptProgress, ...]]:
    """The newest event, and how far a coder is with each transcript. For a thread."""
    from qualcode.services import browsing, progress

    newest = browsing.newest_event(store)
    return newest, progress.overview(store, coder=coder).transcripts


def _findable(one: TranscriptProgress) -> str:
    """What can be found: the name, who took part, and what is known of the interview."""
    record = one.record
    return fold(" ".join([record.name, *record.participants, *record.attributes.values()]))
