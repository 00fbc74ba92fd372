"""Find a code by typing some letters of it; its definition is in sight before it is put.

It lies over the transcript, is there from the start, and is hidden until it is opened: invisible
and not out of the layout, which would have everything below it painted anew. What nobody has used
before can be made here: the last row offers it, and only a second Enter makes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

from qualcode.text.folding import fold
from qualcode.text.picking import Name, Picker
from qualcode.tui.transcript.cells import fit
from qualcode.tui.widgets.rows import Rows

_HINT = "↑↓ choose · Enter takes it · Esc cancels"

_MOST_SHOWN = 60
"""Rows; who has to scroll further types another letter."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to find: `key` puts it without the finder, `mark` tells its theme."""

    id: str
    name: str
    theme: str = ""
    key: str = ""
    count: str = ""
    definition: str = ""
    mark: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be found, and who wants to hear of it.

    `taken` gets the id of what was chosen; `new`, where a new code can be made, gets its name.
    """

    title: str
    offers: tuple[Offer, ...]
    taken: Callable[[str], object]
    new: Callable[[str], object] | None = None


class FinderInput(Input):
    """The field; arrows walk the list below it, and what moves in words stays its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "walk(-1)", show=False),
        Binding("down", "walk(1)", show=False),
        Binding("pageup", "walk(-8)", show=False),
        Binding("pagedown", "walk(8)", show=False),
    ]

    virtual_size = Reactive(Size(0, 0))
    """Stock, with every letter, has the whole screen laid out anew for it."""

    class Walked(Message):
        """Another row is wanted, so many further down."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def action_walk(self, step: int) -> None:
        """Go up or down in the list."""
        self.post_message(self.Walked(step))


class Meaning(Widget):
    """What the code under the cursor means, wrapped; it keeps its room whatever it says."""

    ALLOW_SELECT = False
    words: Text = Text()

    def say(self, words: Text) -> None:
        """Show other words."""
        if words != self.words:
            self.words = words
            self.refresh()

    def render(self) -> Text:
        """The words, as many as there is room for."""
        return self.words


class Finder(Vertical):
    """A field, the codes that fit what is typed, and what the highlighted one means."""

    DEFAULT_CSS = """
    Finder {
        visibility: hidden;
        layer: above;
        dock: bottom;
        height: 14;
        border: round $accent;
        border-title-color: $accent;
        border-subtitle-color: $foreground;
        background: $panel;
        padding: 0 1;
        & FinderInput { height: 1; border: none; padding: 0; background: $surface; }
        & Rows { height: 1fr; background: $panel; }
        & Meaning { height: 3; color: $foreground 90%; }
        &.-top { dock: top; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's word
        super().__init__(id=id)
        self._question: Question | None = None
        self._by_id: dict[str, Offer] = {}
        self._picker = Picker(())
        self._found: list[Offer] = []
        self._new = ""
        self._asked = False
        self._before: Widget | None = None

    @property
    def is_open(self) -> bool:
        """True while something is looked for."""
        return self._question is not None

    @property
    def found(self) -> tuple[str, ...]:
        """The ids of the codes that are listed, best first."""
        return tuple(offer.id for offer in self._found)

    def compose(self) -> ComposeResult:
        """The field, the list, the meaning."""
        yield FinderInput(placeholder="some letters", select_on_focus=False, compact=True)
        rows = Rows(self._draw)
        rows.can_focus = False
        yield rows
        yield Meaning()

    def ask(self, question: Question, *, top: bool = False) -> None:
        """Show it; the keys go to its field until it is closed."""
        self._question = question
        self._by_id = {offer.id: offer for offer in question.offers}
        self._picker = Picker([Name(o.id, o.name, o.theme) for o in question.offers])
        self.border_title, self.border_subtitle = Text(question.title), _HINT
        self.set_class(top, "-top")
        self._before = self._before or self.screen.focused
        self.visible = True
        field = self.query_one(FinderInput)
        with self.prevent(Input.Changed):
            field.value = ""
        self.screen.set_focus(field)
        self._look("")

    def close(self) -> None:
        """Hide it; the keys go where they went before."""
        self._question = None
        self.visible = False
        self.screen.set_focus(self._before)
        self._before = None

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self._look(event.value)

    @on(FinderInput.Walked)
    def _walked(self, event: FinderInput.Walked) -> None:
        event.stop()
        rows = self.query_one(Rows)
        rows.move_to(rows.cursor + event.step)

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        if self._asked and event.rows.cursor != len(self._found):
            self._asked = False
            event.rows.refresh()
        self._explain()

    @on(Rows.Chosen)
    def _clicked(self, event: Rows.Chosen) -> None:
        event.stop()
        self._take()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    def _look(self, typed: str) -> None:
        question = self._question
        if question is None:
            return
        picked = self._picker.pick(typed, limit=_MOST_SHOWN)
        self._found = [self._by_id[one.id] for one in picked]
        name = " ".join(typed.split())
        known = {fold(offer.name) for offer in self._found}
        self._new = name if question.new is not None and fold(name) not in known else ""
        self._asked = False
        count = len(self._found) + bool(self._new)
        empty = "Type a name for your first code." if question.new else "Nothing is called so."
        self.query_one(Rows).show(count, empty=empty)
        self._explain()

    def _explain(self) -> None:
        at = self.query_one(Rows).cursor
        meaning = Text(overflow="ellipsis")
        if at < len(self._found):
            offer = self._found[at]
            meaning.append(offer.definition or "No definition yet.")
        elif self._new:
            meaning.append("Makes a new code, marked as proposed; you are asked where it goes.")
        self.query_one(Meaning).say(meaning)

    def _take(self) -> None:
        question, at = self._question, self.query_one(Rows).cursor
        if question is None:
            return
        if at < len(self._found):
            self.close()
            question.taken(self._found[at].id)
        elif self._new and question.new is not None:
            if not self._asked:
                self._asked = True
                self.query_one(Rows).redraw(at)
                return
            self.close()
            question.new(self._new)

    def _draw(self, row: int, width: int) -> Text:
        if row >= len(self._found):
            return self._draw_new(width)
        offer = self._found[row]
        drawn = Text(no_wrap=True, end="")
        if offer.mark is not None:
            drawn.append_text(offer.mark).append(" ")
        tail = f" {offer.key:>3} {offer.count:>4}" if offer.key or offer.count else ""
        theme = f"  {offer.theme}" if offer.theme else ""
        room = max(1, width - drawn.cell_len - cell_len(tail))
        name = fit(offer.name, room)
        drawn.append(name).append(fit(theme, max(0, room - cell_len(name))), "dim")
        drawn.append(" " * max(0, width - drawn.cell_len - cell_len(tail)))
        return drawn.append(tail, "dim")

    def _draw_new(self, width: int) -> Text:
        if self._asked:
            return Text(fit(f"Enter again makes “{self._new}”", width), "bold")
        return Text(fit(f"new code “{self._new}” – Enter twice", width))
