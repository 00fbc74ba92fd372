"""The quotes screen: coded passages side by side with their context, narrowed, read, taken out.

What stands here has passed the consent service; what may not leave is counted and never loaded.
The list is some moments old, so the service is asked again for whatever is copied or written.
"""

from __future__ import annotations

import asyncio
import os.path
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.matrix import Quotation
from qualcode.model.spans import Span
from qualcode.services.retrieval import browsing, citing, retrieving, starring
from qualcode.services.retrieval.browsing import FilterChoices, Voice
from qualcode.services.ways_out import exporting
from qualcode.store.store import Store
from qualcode.text.counting import counted
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import Scope
from qualcode.tui.one_at_a_time import OneAtATime, one_at_a_time
from qualcode.tui.screens.following import READING, FollowingScreen
from qualcode.tui.widgets import quotation_text
from qualcode.tui.widgets.dialogs import Confirm, Prompt
from qualcode.tui.widgets.filter_dialog import FilterDialog
from qualcode.tui.widgets.find_line import FindLine
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.quote_filter import QuoteFilter, in_words
from qualcode.tui.widgets.reading import SIDE_BY_SIDE, Reading
from qualcode.tui.widgets.row_text import Columns, one_line
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.theme_marks import ThemeMarks

if TYPE_CHECKING:
    from textual.binding import BindingType

CONTEXT_WORDS = 60
"""On either side of a passage."""

_ENDINGS = ".csv, .json, .docx, .md or .html"

_CONTEXT_WORDS_BELOW = 20
"""Shown where the context has but some rows below the list: the passage itself is to be seen."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One look at the store: all quotations, those the filter wants, and what it could want.

    `newest` is the number of the newest event that it has seen; `narrowed` the filter that it
    answers, whatever words are looked for in what came.
    """

    newest: int
    narrowed: QuoteFilter
    everything: tuple[Quotation, ...]
    wanted: tuple[Quotation, ...]
    withheld: int
    choices: FilterChoices
    voices: Mapping[str, Sequence[Voice]]


def load(store: Store, wanted: QuoteFilter) -> Loaded:
    """What the screen shows, whatever the words of the filter. Raises QualcodeErrors."""
    newest = browsing.newest_event(store)
    everything = browsing.passages_page(store, context=CONTEXT_WORDS)
    choices = browsing.filter_choices(store)
    codes = () if wanted.code is None else (wanted.code,)
    found, withheld = everything.quotations, everything.withheld
    if codes or wanted.coder or wanted.where:
        narrowed = retrieving.quotes(store, codes, where=wanted.texts, coder=wanted.coder)
        uids = {one.coding for one in narrowed.quotations}
        found = tuple(one for one in found if one.coding in uids)
        withheld = narrowed.withheld
    return Loaded(
        newest, wanted, everything.quotations, found, withheld, choices, everything.voices
    )


class QuotesScreen(FollowingScreen):
    """Coded passages: a list, and the one under the cursor in its context."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.QUOTES)
    CSS_PATH = "quotes.tcss"
    HORIZONTAL_BREAKPOINTS = SIDE_BY_SIDE
    AUTO_FOCUS = "#quotes"

    def __init__(self, code: str | None = None) -> None:
        """`code` is the id of the code to begin with, with all below it."""
        super().__init__()
        self.acts = OneAtATime(self)
        self.filter = QuoteFilter(code=code)
        self.shown: tuple[Quotation, ...] = ()
        self._loaded: Loaded | None = None
        self._codes: dict[str, Code] = {}
        self._marks = ThemeMarks()
        self._columns = Columns()

    def compose(self) -> ComposeResult:
        """Header, list and context, status, footer."""
        yield OneLine(self.app.headed("Quotes"), id="header")
        with Container(id="panes"):
            yield Rows(self._row, id="quotes")
            yield Reading(id="context")
        yield FindLine(placeholder='words, a "phrase", fund* or /a regular expression/', id="find")
        yield OneLine(id="status")
        yield FooterLine(Scope.QUOTES)

    def on_mount(self) -> None:
        """Words come after the first picture."""
        self.query_one("#quotes", Rows).show(0, empty=READING)

    def on_screen_resume(self) -> None:
        """What was coded meanwhile is shown."""
        self.load()

    # -- what is shown ----------------------------------------------------------------------------

    async def look(self) -> None:
        """All that the filter wants; words typed meanwhile are looked for in the answer."""
        loaded = await self.asked(partial(load, self.app.store, self.filter))
        if loaded is None:
            if self._loaded is not None:  # what is shown is still narrowed as it was
                self.filter = replace(self._loaded.narrowed, words=self.filter.words)
            return
        self._loaded, self.seen = loaded, loaded.newest
        self._codes = loaded.choices.book.by_id()
        self.restyle()
        self._show()

    def _show(self) -> None:
        """The quotations that hold the words, the cursor on the one it was on."""
        if self._loaded is None:
            return
        try:
            shown = self.filter.holding(self._loaded.wanted)
        except errors.QueryError as problem:
            self.say(str(problem), error=True)
            return
        here = self._current()
        self.shown = shown
        self._columns = Columns.of(
            # Of all that is wanted: rows stay where they are while words are typed.
            (one.locator for one in self._loaded.wanted),
            (one.coder for one in shown),
        )
        at = next((n for n, one in enumerate(shown) if here and one.coding == here.coding), 0)
        self.query_one("#quotes", Rows).show(len(shown), at=at, empty=self._empty())
        self._head()

    def restyle(self) -> None:
        """Other colours."""
        if self._loaded is not None:
            choices = self._loaded.choices
            self._marks = self.marks_of(choices.book, choices.retired)

    def _head(self) -> None:
        if self._loaded is None:
            return
        here, of = len(self.shown), len(self._loaded.everything)
        narrowed = replace(self._loaded.narrowed, words=self.filter.words)
        numbers = f"{here:,} of {of:,}" if narrowed else f"{here:,}"
        if self._loaded.withheld:
            numbers += f", {self._loaded.withheld:,} withheld and not shown"
        words = one_line(in_words(narrowed, self._loaded.choices.book))
        header = self.query_one("#header", OneLine)
        said = self.app.headed(f"Quotes · {numbers} · {words}")
        header.set(said, right=self.app.coder)

    def _empty(self) -> str:
        """Why nothing stands in the list, and which key helps."""
        if self._loaded is None or not self._loaded.everything:
            why = "Nothing is coded yet. {everywhere.transcripts} shows the transcripts: open one"
            return self.app.keymap.fill(f"{why} and put codes on it.")
        if self._loaded.withheld and not self._loaded.wanted:
            why = "All of these are withheld and not shown. {quotes.clear} shows the others again."
        else:
            why = "No passage is like that. {quotes.clear} shows all again, {quotes.filter} changes"
            why += " the filter."
        return self.app.keymap.fill(why)

    def _row(self, row: int, width: int) -> Text:
        return quotation_text.row(
            self.shown[row], width, self._columns, mark=self._marks.mark, name=self._name_of
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
                one,
                mark=self._marks.mark,
                name=self._name_of,
                around=around,
                voices=self._loaded.voices.get(one.coding, ()),
                tint=self._marks.tint(one.theme),
                also=also,
                more=self.app.keymap.fill("{quotes.open} goes there"),
            )
        self.query_one("#context", Reading).show(text)

    @on(Rows.Chosen, "#quotes")
    def _chosen(self) -> None:
        self.action_open()

    # -- the commands -----------------------------------------------------------------------------

    def action_open(self) -> None:
        """Go to the place."""
        one = self._current()
        if one is None:
            self.say("There is no passage to go to.", error=True)
            return
        self.app.open_transcript(one.transcript, Span(one.start, one.end))

    def action_filter(self) -> None:
        """Choose what the list is narrowed by; it follows behind the choices."""
        if self._loaded is not None:
            self.app.arrive(FilterDialog(self.filter, self._loaded.choices, self._narrow))

    def _narrow(self, wanted: QuoteFilter) -> None:
        self.say("")
        self.filter = wanted
        self.load()

    def action_search(self) -> None:
        """Type words that the passages have to hold."""
        self.query_one("#find", FindLine).open(self.filter.words)

    @on(FindLine.Typed)
    def _typed(self, event: FindLine.Typed) -> None:
        self.say("")
        self.filter = self.filter.with_words(event.words)
        self._show()

    def action_clear(self) -> None:
        """Take all filters off."""
        self._narrow(QuoteFilter())

    @one_at_a_time
    async def action_star(self) -> None:
        """Mark the passage under the cursor as worth quoting, or no longer."""
        one = self._current()
        if one is None:
            self.say("There is no passage to mark.", error=True)
            return
        act = partial(starring.star, self.app.store, [one.coding], starred=not one.starred)
        starred = await self.asked(partial(act, by=self.app.coder, at=self.app.now()))
        if starred is not None:
            what = "no longer worth quoting" if one.starred else "worth quoting *"
            await self.done(f"{one.locator}: {what}")

    @one_at_a_time
    async def action_copy(self) -> None:
        """Copy the words as they may be cited now."""
        one = self._current()
        if one is None:
            self.say("There is no passage to copy.", error=True)
            return
        cite = partial(citing.cite_coding, self.app.store, one.coding, where=one.locator)
        citation = await self.asked(cite)
        if citation is None:
            return
        refused = self.app.copy_words(str(citation))
        words = counted(len(citation.text.split()), "word")
        self.say(refused or f"Copied: {words} with how they may be cited.", error=bool(refused))

    @one_at_a_time
    async def action_export(self) -> None:
        """Write what is shown to a file whose ending says the format."""
        codings = tuple(one.coding for one in self.shown)
        if not codings:
            why = "There is nothing to write. {quotes.clear} shows all again."
            self.say(self.app.keymap.fill(why), error=True)
            return
        target = await self._where_to_write(counted(len(codings), "coding"))
        if target is not None:
            await self._write(codings, target)

    async def _where_to_write(self, what: str) -> Path | None:
        """Ask for a file until it is one that can be written, or None where nobody wants one."""
        usual = f"{self.filter.code or 'quotes'}.csv"
        question = f"Write {what} to which file? It ends in {_ENDINGS}."
        typed = ""

        def file_of(name: str) -> Path:
            # A name without a home of its own stays as it was typed: there is no such folder then.
            return self.app.surroundings.folder / os.path.expanduser(name.strip() or usual)

        while True:
            prompt = Prompt(
                question,
                value=typed,
                placeholder=usual,
                check=lambda name: self._problem_with(file_of(name)),
                leave="write nothing",
            )
            name = await self.acts.ask(prompt)
            if name is None:
                return None
            typed, target = name, file_of(name)
            asked = Confirm(f"{target.name} is there already. Write over it?", yes="write over it")
            with suppress(errors.QualcodeError):  # since it was typed; Enter says so once more
                there = await asyncio.to_thread(exporting.stands_there, target)
                if not there or await self.acts.ask(asked):
                    return target

    def _problem_with(self, target: Path) -> str | None:
        """Why nothing can be written there, as it is said before anything is asked."""
        try:
            exporting.check_target(target)
        except errors.UnknownSuffixError:
            return f"{target.name} says no format: a name ends in {_ENDINGS}."
        except errors.QualcodeError as problem:
            return str(problem).replace(f"{self.app.surroundings.folder}{os.sep}", "")
        return None

    async def _write(self, codings: Sequence[str], target: Path) -> None:
        """Write these codings, but for what may not leave at this moment."""
        save = partial(
            exporting.save_codings, context=CONTEXT_WORDS, by=self.app.coder, at=self.app.now()
        )
        saved = await self.asked(partial(save, self.app.store, codings, target))
        if saved is None:
            return
        written = counted(saved.report.quotations, "coding")
        if exporting.is_book(target.suffix):  # in which a passage of several codings stands once
            written = counted(saved.report.quotations, "quotation")
        said = [f"{written} written to {target}."]
        if saved.withheld:
            said.append(f"{saved.withheld:,} may no longer leave.")
        if saved.gone:
            said.append(f"{saved.gone:,} are no longer there.")
        if saved.waiting:
            said.append(f"{counted(saved.waiting, 'coding')} on corrected transcripts left out.")
        self.say(" ".join([*said, *saved.report.warnings]))


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
