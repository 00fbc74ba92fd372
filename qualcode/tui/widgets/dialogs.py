"""Small questions that lie over a screen: yes or no, a line of words, one of a list, a memo.

Each is closed with Esc, which changes nothing; a memo is kept while it is written. What they ask
and what follows is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from qualcode.errors import QualcodeError
from qualcode.text.folding import fold
from qualcode.tui.keys import DIGITS
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.timer import Timer

T = TypeVar("T")

DRAFT_S = 0.5
"""A memo is kept so long after the last key."""

_MOST_WITHOUT_FIELD = len(DIGITS)

_CSS = """
    align: center middle;
    background: $background 40%;
    & > Vertical {
        width: 76;
        max-width: 96%;
        height: auto;
        max-height: 90%;
        padding: 1 2;
        background: $surface;
        border-left: outer $accent;
    }
    & .dialog--question { height: auto; margin-bottom: 1; text-style: bold; }
    & .dialog--details { height: auto; margin-bottom: 1; }
    & OneLine { padding: 0; }
    & .dialog--hint { color: $text-muted; margin-top: 1; }
    & Input { height: 1; padding: 0 1; background: $panel; }
    & Input, & Input:focus, & TextArea, & TextArea:focus { border: none; }
    & Rows { height: auto; max-height: 14; min-height: 1; }
    & TextArea { height: 10; padding: 0; background: $panel; }
    &:ansi { background: ansi_default; }
    &:ansi Input { text-style: underline; }
    &:ansi > Vertical { border: round ansi_default; padding: 0 2; }
"""
"""How all of them look; a modal screen takes no styles from the one below."""


class Confirm(ModalScreen[bool]):
    """A question answered with y or n. Enter does not answer it: it may have been meant for before.

    `details` are lines below the question, `yes` what y does in a word or two.
    """

    DEFAULT_CSS = f"Confirm {{ {_CSS} }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n,escape", "answer(False)", show=False),
    ]

    def __init__(self, question: str, *, details: Sequence[str] = (), yes: str = "yes") -> None:
        super().__init__()
        self._question, self._details, self._yes = question, details, yes

    def compose(self) -> ComposeResult:
        """Question, details, keys."""
        with Vertical():
            yield Static(self._question, classes="dialog--question", markup=False)
            if self._details:
                details = "\n".join(self._details)
                yield Static(details, classes="dialog--details", markup=False)
            yield OneLine(f"y: {self._yes}   n: no", classes="dialog--hint")

    def action_answer(self, answer: bool) -> None:
        """Yes or no."""
        self.dismiss(answer)


class Prompt(ModalScreen[str | None]):
    """A line of words, None where it was closed.

    `check` says what speaks against the words, or None; until it says nothing Enter stays here.
    """

    DEFAULT_CSS = f"Prompt {{ {_CSS} }}"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        placeholder: str = "",
        check: Callable[[str], str | None] | None = None,
    ) -> None:
        super().__init__()
        self._question, self._value, self._placeholder = question, value, placeholder
        self._check = check

    def compose(self) -> ComposeResult:
        """Question, field, keys."""
        with Vertical():
            yield Static(self._question, classes="dialog--question", markup=False)
            yield Input(self._value, placeholder=self._placeholder, select_on_focus=False)
            yield OneLine("Enter: done   Esc: leave it", classes="dialog--hint")

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        problem = None if self._check is None else self._check(event.value)
        if problem is None:
            self.dismiss(event.value)
        else:
            self.query_one(OneLine).set(problem, error=True)

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(None)


class Choose(ModalScreen[T | None], Generic[T]):
    """One of several, None where it was closed; a long list is narrowed by typing.

    `options` are what each stands for and its words. A short list answers to 1–9 as well.
    """

    DEFAULT_CSS = f"Choose {{ {_CSS} }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "choose", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        *(Binding(digit, f"number({digit})", show=False) for digit in DIGITS),
    ]

    def __init__(
        self, question: str, options: Sequence[tuple[T, str | Text]], *, at: int = 0
    ) -> None:
        super().__init__()
        self._question, self._at = question, at
        self._options = options
        self._shown: list[int] = list(range(len(options)))
        self._folded = [fold(_plain(words)) for _, words in options]
        self._short = len(options) <= _MOST_WITHOUT_FIELD

    def compose(self) -> ComposeResult:
        """Question, field where the list is long, list, keys."""
        with Vertical():
            yield Static(self._question, classes="dialog--question", markup=False)
            if not self._short:
                yield Input(placeholder="type to narrow", select_on_focus=False)
            yield Rows(self._row)
            number = "a number or " if self._short and self._options else ""
            yield OneLine(f"↑ ↓ and {number}Enter: choose   Esc: leave", classes="dialog--hint")

    def on_mount(self) -> None:
        """The list, with the cursor where it was asked for."""
        self._show(self._at)

    def _show(self, at: int) -> None:
        rows = self.query_one(Rows)
        rows.styles.height = min(14, max(1, len(self._shown)))
        rows.show(len(self._shown), at=at, empty="" if self._shown else "Nothing is called that.")

    def _row(self, row: int, width: int) -> Text:
        words = self._options[self._shown[row]][1]
        text = words.copy() if isinstance(words, Text) else Text(words)
        if self._short:
            text = Text(f"{row + 1}  ", end="").append_text(text)
        text.truncate(width, overflow="ellipsis")
        return text

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        typed = fold(event.value.strip())
        self._shown = [n for n, words in enumerate(self._folded) if typed in words]
        self._show(0)

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def action_choose(self) -> None:
        """Take the one under the cursor."""
        if self._shown:
            self.dismiss(self._options[self._shown[self.query_one(Rows).cursor]][0])

    def action_number(self, number: int) -> None:
        """Take the one of a number."""
        if self._short and number <= len(self._options):
            self.dismiss(self._options[number - 1][0])

    def action_step(self, step: int) -> None:
        """Move in the list while the field has the keys."""
        self.query_one(Rows).action_step(step)

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(None)


class MemoEditor(ModalScreen[str]):
    """A memo, kept by `keep` half a second after the last key and when it is closed.

    `keep` gets the whole text and may raise QualcodeError: that is said here, and the words stay.
    The answer is the text as it was kept last.
    """

    DEFAULT_CSS = f"MemoEditor {{ {_CSS} }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, title: str, *, body: str = "", keep: Callable[[str], object]) -> None:
        super().__init__()
        self._title, self._kept, self._keep = title, body, keep
        self._pending: Timer | None = None
        self._failed_with: str | None = None

    def compose(self) -> ComposeResult:
        """What it is about, the words, how it is kept."""
        with Vertical():
            yield Static(self._title, classes="dialog--question", markup=False)
            yield TextArea(self._kept, soft_wrap=True, show_line_numbers=False)
            yield OneLine("Kept as you write   Esc: close", classes="dialog--hint")

    def on_mount(self) -> None:
        """The cursor stands behind what is there."""
        area = self.query_one(TextArea)
        area.cursor_blink = False
        area.move_cursor(area.document.end)

    @on(TextArea.Changed)
    def _wait_for_a_pause(self) -> None:
        if self._pending is not None:
            self._pending.stop()
        self._pending = self.set_timer(DRAFT_S, self.keep_now)

    def keep_now(self) -> bool:
        """Keep what is written; False where that failed, which is said."""
        words = self.query_one(TextArea).text
        if words == self._kept:
            return True
        try:
            self._keep(words)
        except QualcodeError as problem:
            self.query_one(OneLine).set(
                f"Not kept: {problem} Esc again leaves without it.", error=True
            )
            return False
        self._kept = words
        self.query_one(OneLine).set("Kept ✓   Esc: close")
        return True

    def action_leave(self) -> None:
        """Keep it and close; where it cannot be kept, a second time closes it all the same."""
        words = self.query_one(TextArea).text
        if self._pending is not None:
            self._pending.stop()
        if self.keep_now() or words == self._failed_with:
            self.dismiss(self._kept)
        self._failed_with = words


def _plain(words: str | Text) -> str:
    return words.plain if isinstance(words, Text) else words
