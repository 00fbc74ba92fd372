"""Small questions that lie over a screen: yes or no, a line of words, one of a list, a memo.

Each is closed with Esc, which changes nothing; a memo is kept however it is left. What they ask
and what follows is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from qualcode.text.folding import fold
from qualcode.tui.keys import DIGITS
from qualcode.tui.widgets.kept import NOT_KEPT, KeptWords
from qualcode.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events

    from qualcode.tui.app import QualcodeApp

T = TypeVar("T")

MEMO_ROWS = 12
"""At least so many of the screen a memo takes, and half of them where that is more."""

_HINT = "Esc: keep it and close"
_MOST_WITHOUT_FIELD = len(DIGITS)

_PARTS_CSS = """
    & .dialog--question { height: auto; margin-bottom: 1; text-style: bold; }
    & OneLine { padding: 0; }
    & Input { height: 1; padding: 0 1; background: $panel; }
    & Input, & Input:focus, & TextArea, & TextArea:focus { border: none; }
    & Rows { height: auto; max-height: 14; min-height: 1; }
    & TextArea { height: 10; padding: 0; background: $panel; }
    &:ansi Input { text-style: underline; }
"""

DIALOG_CSS = f"""
    align: center middle;
    background: $background 40%;
    & > Vertical {{
        width: 76;
        max-width: 96%;
        height: auto;
        max-height: 90%;
        padding: 1 2;
        background: $surface;
        border-left: outer $accent;
    }}
    &:ansi {{ background: ansi_default; }}
    &:ansi > Vertical {{ border: round ansi_default; padding: 0 2; }}
    {_PARTS_CSS}
"""
"""How all of them look; a modal screen takes no styles from the one below."""


class Hint(Static):
    """Which keys do what, or what speaks against what was typed; in as many rows as that takes."""

    DEFAULT_CSS = """
    Hint {
        height: auto;
        margin-top: 1;
        color: $text-muted;
        &.-error { color: $text-error; text-style: bold; }
    }
    """

    def __init__(self, words: str) -> None:
        super().__init__(words, markup=False)
        self.text = words

    @property
    def error(self) -> bool:
        """True where the words say what went wrong."""
        return self.has_class("-error")

    def set(self, words: str, *, error: bool = False) -> None:
        """Say something else; the dialog is laid out anew only where it is something else."""
        if (words, error) != (self.text, self.error):
            self.text = words
            self.update(words)
            self.set_class(error, "-error")


class Confirm(ModalScreen[bool]):
    """A question answered with y or n. Enter does not answer it: it may have been meant for before.

    `details` are lines below the question, `yes` what y does in a word or two.
    """

    DEFAULT_CSS = f"""
    Confirm {{
        {DIALOG_CSS}
        & VerticalScroll {{ height: auto; max-height: 50vh; }}
        & .dialog--details {{ height: auto; }}
    }}
    """
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
                with VerticalScroll():
                    details = "\n".join(self._details)
                    yield Static(details, classes="dialog--details", markup=False)
            yield Hint(f"y: {self._yes}   n: no")

    def action_answer(self, answer: bool) -> None:
        """Yes or no."""
        self.dismiss(answer)


class Prompt(ModalScreen[str | None]):
    """A line of words, None where it was closed.

    `check` says what speaks against the words, or None; until it says nothing Enter stays here.
    `problem` is what speaks against those that stand there already. `leave` says what Esc does.
    """

    DEFAULT_CSS = f"Prompt {{ {DIALOG_CSS} }}"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        placeholder: str = "",
        check: Callable[[str], str | None] | None = None,
        problem: str | None = None,
        leave: str = "leave it",
    ) -> None:
        super().__init__()
        self._question, self._value, self._placeholder = question, value, placeholder
        self._problem = problem
        self._check, self._hint = check, f"Enter: done   Esc: {leave}"

    def compose(self) -> ComposeResult:
        """Question, field, keys."""
        with Vertical():
            yield Static(self._question, classes="dialog--question", markup=False)
            yield Input(self._value, placeholder=self._placeholder, select_on_focus=False)
            yield Hint(self._hint)

    def on_mount(self) -> None:
        """What speaks against the words is read before they are mended."""
        if self._problem:
            self.query_one(Hint).set(self._problem, error=True)

    @on(Input.Changed)
    def _mended(self, event: Input.Changed) -> None:
        """What was said of other words holds no more."""
        if event.value != self._value or not self._problem:
            self.query_one(Hint).set(self._hint)

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        problem = None if self._check is None else self._check(event.value)
        if problem is None:
            self.dismiss(event.value)
        else:
            self.query_one(Hint).set(problem, error=True)

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(None)


class Choose(ModalScreen[T | None], Generic[T]):
    """One of several, None where it was closed; typing narrows the list to what holds the words.

    `options` are what each stands for and its words. A short list shows no field until somebody
    types, and answers to 1–9 until then.
    """

    DEFAULT_CSS = f"Choose {{ {DIALOG_CSS} }}"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "choose", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        *(Binding(digit, f"number({digit})", show=False) for digit in DIGITS),
    ]

    def __init__(self, question: str, options: Sequence[tuple[T, str | Text]]) -> None:
        super().__init__()
        self._question = question
        self._options = options
        self._shown: list[int] = list(range(len(options)))
        self._folded = [fold(_plain(words)).strip() for _, words in options]
        self._numbered = 0 < len(options) <= _MOST_WITHOUT_FIELD

    def compose(self) -> ComposeResult:
        """Question, field where the list is long, list, keys."""
        with Vertical():
            yield Static(self._question, classes="dialog--question", markup=False)
            field = Input(placeholder="type to narrow", select_on_focus=False)
            field.display = len(self._options) > _MOST_WITHOUT_FIELD
            yield field
            yield Rows(self._row)
            yield Hint("")

    def on_mount(self) -> None:
        """The list, with the cursor on the first; a field that is hidden would take the keys."""
        field = self.query_one(Input)
        self.set_focus(field if field.display else self.query_one(Rows))
        self._show("")

    def on_key(self, event: events.Key) -> None:
        """A letter, where no field is shown: it is the first of what the list is narrowed by."""
        field, typed = self.query_one(Input), event.character
        if field.display or not self._options or not event.is_printable or typed is None:
            return
        if typed != " " and typed not in DIGITS:
            event.stop()
            self._numbered, field.display = False, True
            self.set_focus(field)
            field.insert_text_at_cursor(typed)

    def _show(self, typed: str) -> None:
        """What holds the words; the cursor on the first that begins with them."""
        self._shown = [n for n, words in enumerate(self._folded) if typed in words]
        begins = (at for at, n in enumerate(self._shown) if self._folded[n].startswith(typed))
        rows = self.query_one(Rows)
        rows.styles.height = min(14, max(1, len(self._shown)))
        nothing = "Nothing is called that." if typed else "There is nothing to choose from."
        rows.show(len(self._shown), at=next(begins, 0), empty=nothing)
        numbers, letters = ("1–9 or ", "letters: narrow   ") if self._numbered else ("", "")
        self.query_one(Hint).set(f"{numbers}↑ ↓ and Enter: choose   {letters}Esc: leave")

    def _row(self, row: int, width: int) -> Text:
        words = self._options[self._shown[row]][1]
        text = words.copy() if isinstance(words, Text) else Text(words)
        if self._numbered:
            text = Text(f"{row + 1}  ", end="").append_text(text)
        text.truncate(width, overflow="ellipsis")
        return text

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(fold(event.value.strip()))

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def action_choose(self) -> None:
        """Take the one under the cursor."""
        if self._shown:
            self.dismiss(self._options[self._shown[self.query_one(Rows).cursor]][0])

    def action_number(self, number: int) -> None:
        """Take the one of a number."""
        if self._numbered and number <= len(self._options):
            self.dismiss(self._options[number - 1][0])

    def action_step(self, step: int) -> None:
        """Move in the list while the field has the keys."""
        self.query_one(Rows).action_step(step)

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(None)


class MemoEditor(ModalScreen[str]):
    """A memo, kept as one act when it is left, in whatever way: closed, quit, or interrupted.

    `keep` gets the whole text and may raise QualcodeError: that is said here, and the words stay.
    Whoever stops for a moment has it kept as far as it is, and goes on with the same act. The
    answer is the text as it was kept last.

    It takes one half of the screen, the lower one unless `top` says that what it is about stands
    there: those words stay in sight.
    """

    DEFAULT_CSS = f"""
    MemoEditor {{
        align: center bottom;
        background: transparent;
        & > Vertical {{
            width: 100%;
            height: 50%;
            min-height: {MEMO_ROWS};
            padding: 0 1;
            background: $surface;
            border-top: solid $accent;
        }}
        &.-top {{ align: center top; }}
        &.-top > Vertical {{ border-top: none; border-bottom: solid $accent; }}
        {_PARTS_CSS}
        & .dialog--question {{ margin-bottom: 0; }}
        & TextArea {{ height: 1fr; min-height: 2; }}
        & Hint {{ dock: bottom; margin-top: 0; background: $surface; }}
        &.-refused .dialog--question {{ max-height: 1; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
    ]

    app: QualcodeApp

    def __init__(
        self, title: str, *, body: str = "", keep: Callable[[str], object], top: bool = False
    ) -> None:
        super().__init__()
        self.set_class(top, "-top")
        self._title = title
        # Held here, for it can be asked for its words when it is no longer on the screen.
        self._area = TextArea(body, soft_wrap=True, show_line_numbers=False)
        self._words = KeptWords(self._area, body, keep, tell=self._told)

    def compose(self) -> ComposeResult:
        """What it is about, the words, how it is kept."""
        with Vertical():
            yield Static(self._title, classes="dialog--question", markup=False)
            yield self._area
            yield Hint(_HINT)

    def on_mount(self) -> None:
        """The cursor stands behind what is there."""
        self._area.cursor_blink = False
        self._area.move_cursor(self._area.document.end)

    @on(TextArea.Changed)
    def _keep_some_time(self) -> None:
        self._words.changed()

    def keep_now(self) -> bool:
        """Keep what is written; False where that failed, which is said."""
        return self._words.keep_now()

    def _told(self, problem: str | None) -> None:
        """Say it below the words; why they are not kept has to be read before others' memos."""
        self.set_class(bool(problem), "-refused")
        if problem:
            self.query_one(Hint).set(f"{NOT_KEPT}\n{problem}", error=True)
        else:
            self.query_one(Hint).set(_HINT if problem is None else "Kept ✓   Esc: close")

    def keep_then(self, leave: Callable[[], object]) -> None:
        """Keep it and leave; where it cannot be kept, a second time leaves all the same."""
        self._words.keep_then(leave)

    def action_leave(self) -> None:
        """Keep it and close."""
        self.keep_then(self._close)

    def _close(self) -> None:
        self.dismiss(self._words.words)

    def on_unmount(self) -> None:
        """However the screen was left, the words are kept; where not, the terminal says so."""
        problem = self._words.problem_at_the_end()
        if problem is not None:
            self.app.said_at_the_end.append(f"the memo that was open is not kept: {problem}")


def _plain(words: str | Text) -> str:
    return words.plain if isinstance(words, Text) else words
