"""The codebook screen: every code with its meaning and its use, and all that may be done with it.

Each change is one act of the service, which keeps codebook.yaml and the store in step; what it
refuses is said in the status line and leaves the picture as it was.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from qualcode import errors
from qualcode.services.book import codebook_editing, codebook_file, codebooks
from qualcode.services.book.codebook_editing import Edited
from qualcode.services.book.codebook_file import FileKind
from qualcode.services.projects import CODEBOOK
from qualcode.services.retrieval import browsing
from qualcode.services.retrieval.browsing import CodebookPage
from qualcode.text.counting import counted
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import Scope
from qualcode.tui.one_at_a_time import OneAtATime, one_at_a_time
from qualcode.tui.pages import is_left
from qualcode.tui.screens.following import READING, FollowingScreen
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.widgets import codebook_text
from qualcode.tui.widgets.codebook_text import CodeRow, short
from qualcode.tui.widgets.dialogs import Choose, Confirm, Prompt
from qualcode.tui.widgets.find_line import FindLine
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.long_prompt import LongPrompt
from qualcode.tui.widgets.reading import SIDE_BY_SIDE, Reading
from qualcode.tui.widgets.row_text import one_line
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.theme_marks import ThemeMarks

if TYPE_CHECKING:
    from pathlib import Path

    from textual.binding import BindingType

    from qualcode.services.work.coding import Reverted

TOP = ""
"""Stands for no parent in a list of places: the code becomes a theme."""

NO_KEY = "-"
"""Typed in the place of a letter: the theme gives its letter up."""

T = TypeVar("T")


class CodebookScreen(FollowingScreen):
    """The codes as a tree, and beside it what the one under the cursor is for."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.CODEBOOK)
    CSS_PATH = "codebook.tcss"
    HORIZONTAL_BREAKPOINTS = SIDE_BY_SIDE
    AUTO_FOCUS = "#codes"

    def __init__(self) -> None:
        super().__init__()
        self.acts = OneAtATime(self)
        self.rows: tuple[CodeRow, ...] = ()
        self._page: CodebookPage | None = None
        self._words = ""
        self._marks = ThemeMarks()
        self._goal: str | None = None
        """The code that the cursor goes to with the next look at the store."""
        self._watch: codebook_file.Watch | None = None

    def compose(self) -> ComposeResult:
        """Header, tree and meaning, what is to be said of the file, status, footer."""
        yield OneLine(self.app.headed("Codebook"), id="header")
        with Container(id="panes"):
            with Vertical(id="tree"):
                yield OneLine(id="columns")
                yield Rows(self._row, id="codes")
            yield Reading(id="meaning")
        yield FindLine(placeholder="words of a name or a definition", id="find")
        yield OneLine(id="file")
        yield OneLine(id="status")
        yield FooterLine(Scope.CODEBOOK)

    def on_mount(self) -> None:
        """From here on the file is looked at; words come after the first picture."""
        self._watch = codebook_file.Watch(self.app.store, self.path)
        self.query_one("#codes", Rows).show(0, empty=READING)

    def on_screen_resume(self) -> None:
        """What was coded or changed meanwhile is shown."""
        self.load()
        self.poll()

    @property
    def path(self) -> Path:
        """Where the codebook's file is, or would be."""
        return self.app.surroundings.folder / CODEBOOK

    # -- what is shown ----------------------------------------------------------------------------

    async def look(self) -> None:
        """All codes with their counts."""
        look = partial(browsing.codebook_page, self.app.store, coder=self.app.coder)
        page = await self.asked(look)
        if page is not None and self.is_newer(page.newest):
            self._page, self.seen = page, page.newest
            self.restyle()
            self._show()

    def restyle(self) -> None:
        """Other colours."""
        if self._page is not None:
            self._marks = self.marks_of(self._page.book, self._page.retired)

    def _show(self) -> None:
        if self._page is None:
            return
        here, self._goal = self._goal or self._here(), None
        self.rows = codebook_text.rows(self._page, self._words)
        at = next((n for n, row in enumerate(self.rows) if row.code.id == here), 0)
        codes = self.query_one("#codes", Rows)
        codes.show(len(self.rows), at=at, empty=self._empty())
        self.query_one("#columns", OneLine).set("", right=codebook_text.head(0))
        number = len(self._page.book.codes) - len(self._page.retired)
        themes = sum(theme.id not in self._page.retired for theme in self._page.book.themes)
        name = one_line(self._page.book.name)
        found = f" · “{self._words}”: {len(self.rows):,}" if self._words else ""
        said = f"Codebook · {themes:,} themes, {number - themes:,} codes{found} · {name}"
        header = self.query_one("#header", OneLine)
        header.set(self.app.headed(said), right=self.app.coder)

    def _empty(self) -> str:
        """Why nothing stands in the list, and which key helps."""
        if self._words:
            why = "No name and no definition holds that. {codebook.find} changes the words."
        else:
            why = "There is no code yet. {codebook.add} adds the first theme."
        return self.app.keymap.fill(why)

    def _row(self, row: int, width: int) -> Text:
        return codebook_text.draw(self.rows[row], width, self._marks)

    def _current(self) -> CodeRow | None:
        row = self.query_one("#codes", Rows).cursor
        return self.rows[row] if row < len(self.rows) else None

    def _here(self) -> str | None:
        row = self._current()
        return None if row is None else row.code.id

    @on(Rows.Moved, "#codes")
    def _read(self) -> None:
        """The meaning of the code under the cursor."""
        row, text = self._current(), Text()
        if row is not None and self._page is not None:
            text = codebook_text.detail(row, self._page, self._marks, self.app.keymap)
        self.query_one("#meaning", Reading).show(text)

    @on(Rows.Chosen, "#codes")
    def _chosen(self) -> None:
        self.action_quotes()

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Say something; where the file lies is known here, and room is for the words behind it."""
        super().say(sentence.replace(f"{self.path.parent}{os.sep}", ""), error=error)

    # -- the file ---------------------------------------------------------------------------------

    async def keep_up(self) -> None:
        """Say where the file is another than was applied, too."""
        if self._watch is None:
            return
        with suppress(errors.QualcodeError):  # of a project that is gone or locked, it is said next
            state = await asyncio.to_thread(self._watch.look)
            if not is_left(self):
                said = codebook_text.of_file(state, self.path, self.app.keymap)
                self.query_one("#file", OneLine).set(said)
        await super().keep_up()

    @one_at_a_time
    async def action_apply(self) -> None:
        """Bring in what was changed in the file, after showing what that is."""
        state = await self.asked(partial(codebook_file.state, self.app.store, self.path))
        if state is None:
            return
        if state.kind is FileKind.MISSING or state.behind:
            await self._fetch()
            return
        if state.kind is not FileKind.CHANGED or state.changes is None:
            sentence = codebook_text.of_file(state, self.path, self.app.keymap)
            same = f"{CODEBOOK} says what is applied already."
            self.say(sentence or same, error=state.kind is not FileKind.SAME)
            return
        details = codebook_text.change_lines(state.changes) or (
            "Only comments, blanks or line breaks are others.",
        )
        asked = Confirm(f"Bring in {CODEBOOK}?", details=details, yes="bring it in")
        if await self.acts.ask(asked):
            await self._apply()

    async def _fetch(self) -> None:
        """Write the file as the project has its codes: it is not there, or others went on."""
        asked = Confirm(f"Write {CODEBOOK} as the project has its codes?", yes="write it")
        if not await self.acts.ask(asked):
            return
        fetch = partial(codebook_file.fetch, self.app.store, self.path)
        if await self.asked(fetch):
            await self.done(f"{CODEBOOK} is what the project has.")

    async def _apply(self) -> None:
        apply = self._act(codebooks.apply)
        try:
            await asyncio.to_thread(apply)
        except errors.CodesInUseError as problem:
            asked = Confirm(
                "Codes that are gone from the file have codings. Retire them?",
                details=(problem.what,),
                yes="retire them, their codings stay",
            )
            if not await self.acts.ask(asked):
                return
            if await self.asked(partial(apply, retire=True)) is None:
                return
        except errors.QualcodeError as problem:
            self.say(str(problem), error=True)
            return
        await self.done(f"{CODEBOOK} is brought in.")

    # -- the commands -----------------------------------------------------------------------------

    def action_find(self) -> None:
        """Type words that a name or a definition has to hold."""
        self.query_one("#find", FindLine).open(self._words)

    @on(FindLine.Typed)
    def _typed(self, event: FindLine.Typed) -> None:
        self._words = event.words
        self._show()

    def action_quotes(self) -> None:
        """The passages that the code lies on."""
        row = self._row_or_say()
        if row is not None:
            self.app.arrive(QuotesScreen(row.code.id))

    @one_at_a_time
    async def action_add(self) -> None:
        """A new code: where, its name, and what it means if that is known already."""
        parent = await self._where_to_add()
        if parent is None:
            return
        kind = "theme" if parent == TOP else "code"
        name = await self.acts.ask(Prompt(f"Name of the new {kind}", check=_named))
        if name is None:
            return
        meaning = await self.acts.ask(
            LongPrompt(f"What does “{short(name)}” mean?", leave="say it later")
        )
        add = partial(self._act(codebook_editing.add), name.strip())
        await self._edit(partial(add, parent=parent or None, definition=meaning or ""))

    async def _where_to_add(self) -> str | None:
        """The id it goes under, TOP for a theme, None where that was not said."""
        row = self._current()
        if row is None or row.retired:
            return TOP
        places = [(row.code.id, f"under “{short(row.code.name)}”")]
        if row.code.parent is not None:
            places.append((row.code.parent, f"beside it, under “{self._name_of(row.code.parent)}”"))
        places.append((TOP, "as a new theme"))
        return await self.acts.ask(Choose("Where is the new code to be?", places))

    @one_at_a_time
    async def action_rename(self) -> None:
        """Another name."""
        row = self._row_or_say()
        if row is None:
            return
        question = Prompt("Name", value=row.code.name, check=_named)
        name = await self.acts.ask(question)
        if name is not None:
            await self._edit(partial(self._act(codebook_editing.rename), row.code.id, name.strip()))

    @one_at_a_time
    async def action_define(self) -> None:
        """What it means."""
        row = self._row_or_say()
        if row is None:
            return
        question = f"What does “{short(row.code.name)}” mean?"
        said = await self.acts.ask(LongPrompt(question, value=row.code.definition))
        if said is not None:
            await self._edit(partial(self._act(codebook_editing.define), row.code.id, said))

    @one_at_a_time
    async def action_move(self) -> None:
        """Another theme or code to stand under."""
        row = self._row_or_say()
        if row is None:
            return
        now = row.code.parent or TOP
        places = [
            (place, f"{words}  (it is there now)" if place == now else words)
            for place, words in (*self._places(row), (TOP, "as a theme of its own"))
        ]
        question = f"Put “{short(row.code.name)}” under which theme or code?"
        parent = await self.acts.ask(Choose(question, places))
        if parent is not None:
            move = partial(self._act(codebook_editing.move), row.code.id)
            where = f"under “{self._name_of(parent)}”" if parent else "a theme of its own"
            same = f"“{short(row.code.name)}” is {where} already: nothing was changed."
            await self._edit(partial(move, parent=parent or None), same=same)

    @one_at_a_time
    async def action_merge(self) -> None:
        """All its codings under another code, after showing how many that are."""
        row = self._row_or_say()
        if row is None:
            return
        question = f"Merge “{short(row.code.name)}” into which code?"
        into = await self.acts.ask(Choose(question, list(self._places(row))))
        if into is None:
            return
        merge = partial(self._act(codebook_editing.merge), row.code.id, into)
        tried = await self.asked(partial(merge, dry_run=True))
        if tried is None or tried.merged is None:
            return
        preview = tried.merged
        examples = [f"for example {', '.join(preview.examples)}"] if preview.examples else []
        asked = Confirm(
            f"Merge “{short(row.code.name)}” into “{self._name_of(into)}”?",
            details=(preview.sentence(), *examples),
            yes="merge",
        )
        if await self.acts.ask(asked):
            await self._edit(partial(self._act(codebook_editing.merge), row.code.id, into))

    @one_at_a_time
    async def action_retire(self) -> None:
        """No new codings; of a retired code, new ones again."""
        row = self._row_or_say()
        if row is not None and row.retired:
            await self._edit(partial(self._act(codebook_editing.restore), row.code.id))
        elif row is not None and await self._may_retire(row):
            await self._edit(partial(self._act(codebook_editing.retire), row.code.id))

    async def _may_retire(self, row: CodeRow) -> bool:
        """Ask where more than one code without codings is concerned, and say how much more."""
        if self._page is None:
            return False
        walked = self._page.book.walk(row.code.id)
        below = [code.id for code, _ in walked if code.id not in self._page.retired]
        codings = sum(self._page.everyone.get(one, 0) for one in (row.code.id, *below))
        if not below and not codings:
            return True
        along = f" with the {counted(len(below), 'code')} under it" if below else ""
        them = "them" if below else "it"
        stay = f"{counted(codings, 'coding')} of everyone on {them} will stay" if codings else ""
        no_new = f"{stay or 'No coding is lost'}; no new one can be put on {them}."
        back = "{codebook.retire} on a retired code brings it back, with what was retired with it."
        asked = Confirm(
            f"Retire “{short(row.code.name)}”{along}?",
            details=(no_new, self.app.keymap.fill(back)),
            yes="retire",
        )
        said = await self.acts.ask(asked)
        return bool(said)

    @one_at_a_time
    async def action_accept(self) -> None:
        """A proposed code is one of the book like any other from now on."""
        row = self._row_or_say()
        if row is not None:
            await self._edit(partial(self._act(codebook_editing.accept), row.code.id))

    @one_at_a_time
    async def action_key(self) -> None:
        """The letter that opens the theme of the code one is on."""
        row = self._row_or_say()
        if row is None or self._page is None:
            return
        theme = self._page.book.by_id()[row.theme]
        now = f"It is {theme.key} now; {NO_KEY} takes it off." if theme.key else ""
        question = f"Which letter opens the theme “{short(theme.name)}”? {now}"
        said = await self.acts.ask(Prompt(question, check=_one_letter))
        key = (said or "").strip()
        if key:
            set_key = partial(self._act(codebook_editing.set_key), theme.id)
            await self._edit(partial(set_key, None if key == NO_KEY else key))

    @one_at_a_time
    async def action_undo(self) -> None:
        """Take the latest act back."""
        await self._revert(codebook_editing.undo, "Undone")

    @one_at_a_time
    async def action_redo(self) -> None:
        """Do again what undo took back."""
        await self._revert(codebook_editing.redo, "Done again")

    # -- acting -----------------------------------------------------------------------------------

    def _act(self, act: Callable[..., T]) -> Callable[..., T]:
        """An act of the service for this coder, now; what it acts on is added by the caller."""
        return partial(act, self.app.store, self.path, by=self.app.coder, at=self.app.now())

    async def _edit(self, act: Callable[[], Edited], *, same: str = "") -> None:
        """Do it and say so; `same` is said where it was so already."""
        edited = await self.asked(act)
        if edited is not None:
            self._goal = edited.code.id
            await self.done(edited.said if edited.changed else same or edited.said)

    async def _revert(self, act: Callable[..., Reverted], said: str) -> None:
        reverted = await self.asked(self._act(act))
        if reverted is not None:
            left = f" {codebook_file.LEFT}." if reverted.file_left else ""
            await self.done(f"{said}: {reverted.verb}.{left}")

    async def done(self, said: str) -> None:
        """The file may be another now, too."""
        await super().done(said)
        self.poll()

    def _row_or_say(self) -> CodeRow | None:
        row = self._current()
        if row is None:
            why = "There is no code here. {codebook.add} adds one."
            self.say(self.app.keymap.fill(why), error=True)
        return row

    def _name_of(self, code: str) -> str:
        known = None if self._page is None else self._page.book.by_id().get(code)
        return short(code if known is None else known.name)

    def _places(self, row: CodeRow) -> Iterator[tuple[str, str]]:
        """Every other code that takes codings, but none below this one."""
        if self._page is None:
            return
        book = self._page.book
        for code, depth in book.walk():
            below = row.code.id in book.path(code.id)
            if not below and code.id not in self._page.retired:
                yield code.id, "  " * depth + one_line(code.name)


def _named(words: str) -> str | None:
    return None if words.strip() else "A code needs a name. Esc leaves it."


def _one_letter(words: str) -> str | None:
    return None if len(words.strip()) <= 1 else "One letter, please."
