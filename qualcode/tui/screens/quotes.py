"""The quotes screen: coded passages side by side with their context, narrowed, read, taken out.

What stands here has passed the consent service; what may not leave is counted and never loaded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.matrix import Quotation
from qualcode.model.spans import Span
from qualcode.services import browsing, exporting, retrieving
from qualcode.services.browsing import FilterChoices
from qualcode.store.store import Store
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import Scope
from qualcode.tui.turns import Turns, in_turn
from qualcode.tui.widgets import quotation_text
from qualcode.tui.widgets.dialogs import Confirm, Prompt
from qualcode.tui.widgets.filter_dialog import FilterDialog
from qualcode.tui.widgets.find_line import FindLine
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.quotation_text import one_line
from qualcode.tui.widgets.quote_filter import QuoteFilter, in_words
from qualcode.tui.widgets.reading import SIDE_BY_SIDE, Reading
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.spoken import speak
from qualcode.tui.widgets.theme_marks import ThemeMarks

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcode.tui.app import QualcodeApp

CONTEXT_WORDS = 60
"""On either side of a passage."""

_CONTEXT_WORDS_BELOW = 20
"""Shown where the context has but some rows below the list: the passage itself is to be seen."""

_COPY_LIMIT_BYTES = 70_000
"""Terminals take no longer clipboard message than about this."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One look at the store: all quotations, those the filter wants, and what it could want.

    `newest` is the number of the newest event that it has seen.
    """

    newest: int
    everything: tuple[Quotation, ...]
    wanted: tuple[Quotation, ...]
    withheld: int
    choices: FilterChoices


def load(store: Store, wanted: QuoteFilter) -> Loaded:
    """What the screen shows, but for the words that are looked for. Raises QualcodeErrors."""
    newest = browsing.newest_event(store)
    everything = retrieving.quotes(store, context=CONTEXT_WORDS)
    choices = browsing.filter_choices(store)
    codes = () if wanted.code is None else (wanted.code,)
    if not (codes or wanted.coder or wanted.where):
        return Loaded(
            newest, everything.quotations, everything.quotations, everything.withheld, choices
        )
    narrowed = retrieving.quotes(store, codes, where=wanted.texts, coder=wanted.coder)
    uids = {one.coding for one in narrowed.quotations}
    kept = tuple(one for one in everything.quotations if one.coding in uids)
    return Loaded(newest, everything.quotations, kept, narrowed.withheld, choices)


class QuotesScreen(Screen[None]):
    """Coded passages: a list, and the one under the cursor in its context."""

    app: QualcodeApp

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.QUOTES)
    CSS_PATH = "quotes.tcss"
    HORIZONTAL_BREAKPOINTS = SIDE_BY_SIDE
    AUTO_FOCUS = "#quotes"

    def __init__(self, code: str | None = None) -> None:
        """`code` is the id of the code to begin with, with all below it."""
        super().__init__()
        self.turns = Turns(self)
        self.filter = QuoteFilter(code=code)
        self.shown: tuple[Quotation, ...] = ()
        self._loaded: Loaded | None = None
        self._codes: dict[str, Code] = {}
        self._marks = ThemeMarks()
        self._locator_cells = 0
        self._out_of_reach = False

    def compose(self) -> ComposeResult:
        """Header, list and context, status, footer."""
        yield OneLine("Quotes", id="header")
        with Container(id="panes"):
            yield Rows(self._row, id="quotes")
            yield Reading(id="context")
        yield FindLine(placeholder='words, a "phrase", fund* or /a regular expression/', id="find")
        yield OneLine(id="status")
        yield FooterLine(Scope.QUOTES)

    def on_screen_resume(self) -> None:
        """What was coded meanwhile is shown."""
        self._load(self.filter)

    @work(exclusive=True, group="poll")
    async def poll(self) -> None:
        """Show what others have done meanwhile."""
        if self._loaded is None:
            return
        try:
            newest = await asyncio.to_thread(browsing.newest_event, self.app.store)
        except errors.QualcodeError as problem:
            if not self._out_of_reach:  # said once, not with every look
                self._say(str(problem), error=True)
            self._out_of_reach = True
            return
        self._out_of_reach = False
        if newest != self._loaded.newest:
            self._load(self.filter)

    # -- what is shown ----------------------------------------------------------------------------

    @work(exclusive=True, group="load")
    async def _load(self, wanted: QuoteFilter) -> None:
        """Look at the store in a thread; the picture stays until the answer is here."""
        try:
            loaded = await asyncio.to_thread(load, self.app.store, wanted)
        except errors.QualcodeError as problem:
            self._say(str(problem), error=True)
            return
        if self._is_left:
            return
        book = loaded.choices.book
        self._loaded, self.filter = loaded, wanted
        self._codes = book.by_id()
        self._marks = ThemeMarks.of(book, loaded.choices.retired, self.app.look(book))
        self._locator_cells = quotation_text.locator_cells(loaded.wanted)
        self._show()

    def _show(self) -> None:
        """The quotations that hold the words, the cursor on the one it was on."""
        if self._loaded is None:
            return
        try:
            shown = self.filter.holding(self._loaded.wanted)
        except errors.QueryError as problem:
            self._say(str(problem), error=True)
            return
        here = self._current()
        self.shown = shown
        at = next((n for n, one in enumerate(shown) if here and one.coding == here.coding), 0)
        self.query_one("#quotes", Rows).show(len(shown), at=at, empty=self._empty())
        self._head()

    def _head(self) -> None:
        if self._loaded is None:
            return
        count, of = len(self.shown), len(self._loaded.everything)
        numbers = f"{count:,} of {of:,}" if self.filter else f"{count:,}"
        if self._loaded.withheld:
            numbers += f", {self._loaded.withheld:,} withheld and not shown"
        words = one_line(in_words(self.filter, self._loaded.choices.book))
        header = self.query_one("#header", OneLine)
        header.set(f"Quotes · {numbers} · {words}", right=self.app.coder)

    def _empty(self) -> str:
        """Why nothing stands in the list, and which key helps."""
        if self._loaded is None or not self._loaded.everything:
            return "Nothing is coded yet. T shows the transcripts: open one and put codes on it."
        if self._loaded.withheld and not self._loaded.wanted:
            return "All of these are withheld and not shown. c shows the others again."
        return "No passage is like that. c shows all again, f changes the filter."

    def _row(self, row: int, width: int) -> Text:
        return quotation_text.row(
            self.shown[row],
            width,
            locator_cells=self._locator_cells,
            mark=self._marks.mark,
            name=self._name_of,
        )

    def _name_of(self, code: str) -> str:
        known = self._codes.get(code)
        return code if known is None else known.name

    def _current(self) -> Quotation | None:
        row = self.query_one("#quotes", Rows).cursor
        return self.shown[row] if row < len(self.shown) else None

    @on(Rows.Moved, "#quotes")
    def _read(self) -> None:
        """The passage under the cursor in its context."""
        one = self._current()
        text = Text()
        if one is not None and self._loaded is not None:
            also = _also(one, self._loaded.everything)
            around = CONTEXT_WORDS if self.has_class("-wide") else _CONTEXT_WORDS_BELOW
            text = quotation_text.in_context(
                one, mark=self._marks.mark, name=self._name_of, around=around, also=also
            )
        self.query_one("#context", Reading).show(text)

    @on(Rows.Chosen, "#quotes")
    def _chosen(self) -> None:
        self.action_open()

    @property
    def _is_left(self) -> bool:
        """True once the app is being left: the parts of a screen go before the screen."""
        return not self.query(Rows)

    def settings_changed(self) -> None:
        """Other colours or other keys."""
        if self._loaded is not None:
            choices = self._loaded.choices
            look = self.app.look(choices.book)
            self._marks = ThemeMarks.of(choices.book, choices.retired, look)
        self.query_one(FooterLine).draw_again()
        self.query_one("#quotes", Rows).refresh()

    def _say(self, sentence: str, *, error: bool = False) -> None:
        speak(self, sentence, error=error)

    # -- the commands -----------------------------------------------------------------------------

    def action_open(self) -> None:
        """Go to the place."""
        one = self._current()
        if one is None:
            self._say("There is no passage to go to.", error=True)
            return
        self.app.open_transcript(one.transcript, Span(one.start, one.end))

    def action_filter(self) -> None:
        """Choose what the list is narrowed by; it follows behind the choices."""
        if self._loaded is not None:
            self.app.arrive(FilterDialog(self.filter, self._loaded.choices, self._narrow))

    def _narrow(self, wanted: QuoteFilter) -> None:
        self._say("")
        self._load(wanted)

    def action_search(self) -> None:
        """Type words that the passages have to hold."""
        self.query_one("#find", FindLine).open(self.filter.words)

    @on(FindLine.Typed)
    def _typed(self, event: FindLine.Typed) -> None:
        self._say("")
        self.filter = self.filter.with_words(event.words)
        self._show()

    def action_clear(self) -> None:
        """Take all filters off."""
        self._narrow(QuoteFilter())

    def action_copy(self) -> None:
        """Copy the words as they may be cited."""
        one = self._current()
        if one is None:
            self._say("There is no passage to copy.", error=True)
            return
        if self.app.settings.copying == "forbidden":
            self._say("Copying is forbidden in your settings. S changes them.", error=True)
            return
        words = quotation_text.citation(one)
        if len(words.encode()) > _COPY_LIMIT_BYTES:
            self._say("That is too long for the clipboard. e writes it to a file.", error=True)
            return
        self.app.copy_to_clipboard(words)
        self._say(f"Copied: {len(one.text.split()):,} words with how they may be cited.")

    @in_turn
    async def action_export(self) -> None:
        """Write what is shown to a file whose ending says the format."""
        shown = self.shown
        if not shown:
            self._say("There is nothing to write. c shows all again.", error=True)
            return
        name = await self.turns.ask(
            Prompt(
                f"Write {_count(len(shown))} to which file? It ends in .csv, .md or .json.",
                placeholder=f"{self.filter.code or 'quotes'}.csv",
            )
        )
        if name and name.strip():
            target = self.app.surroundings.folder / Path(name.strip()).expanduser()
            if await self._may_replace(target):
                await self._write(shown, target)

    async def _may_replace(self, target: Path) -> bool:
        """True where nothing stands there, or a person says that it may go."""
        if not target.exists():
            return True
        asked = Confirm(f"{target.name} is there already. Write over it?")
        answer = await self.turns.ask(asked)
        return answer is True

    async def _write(self, shown: Sequence[Quotation], target: Path) -> None:
        try:
            report = await asyncio.to_thread(exporting.save_quotations, shown, target)
        except errors.QualcodeError as problem:
            self._say(str(problem), error=True)
            return
        warned = f" {' '.join(report.warnings)}" if report.warnings else ""
        self._say(f"{_count(report.quotations)} written to {target}.{warned}")


def _count(number: int) -> str:
    return f"{number:,} quotation{'' if number == 1 else 's'}"


def _also(one: Quotation, everything: Sequence[Quotation]) -> tuple[str, ...]:
    """The full names of other codes that lie on any of these words."""
    return tuple(
        dict.fromkeys(
            other.code
            for other in everything
            if other.transcript == one.transcript
            and other.start < one.end
            and one.start < other.end
            and other.code != one.code
        )
    )
