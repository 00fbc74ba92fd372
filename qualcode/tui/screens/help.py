"""Help: the keys of the screen it was asked on, those of everywhere, and coding in a minute.

All from the table of commands and the person's own keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from qualcode.tui.keys import Command, Scope, commands
from qualcode.tui.own.keymap import Keymap
from qualcode.tui.widgets.line import OneLine

if TYPE_CHECKING:
    from qualcode.tui.app import QualcodeApp

TOUR = (
    "You read an interview, and where a passage says something about one of your questions, you"
    " put a code on it. A code has a name and a definition; codes are kept under themes. One"
    " passage may carry several codes, and passages may overlap.",
    "The marked words are where you are. {coding.sentence-up} {coding.sentence-down} go from"
    " sentence to sentence, {coding.word-left} {coding.word-right} from word to word;"
    " {coding.extend-down} makes the mark longer, {coding.extend-up} shorter. Most passages are one"
    " sentence: go there, press the key of the code, and it is done.",
    "A theme's letter shows its codes, each with a key. A code that you use gets one of the numbers"
    " 1 to 9 and keeps it. {coding.find-code} finds any code by a few letters of its name and shows"
    " what it means.",
    "{coding.next-uncoded} goes to the next answer that you have not coded. Where you are not sure,"
    " {coding.doubt} marks a doubt; {coding.memo} writes down a thought. {coding.undo} takes back"
    " whatever you did, as often as you like, also tomorrow.",
    "There is no saving: each act is on the disk before you see it. Leave whenever you want; you"
    " come back to the same words.",
)
"""In paragraphs, as `Keymap.fill` takes them."""

_KEYS_CELLS = 16
_MOST_CELLS = 100
_SIDES_CELLS = 5
"""Padding, and the scrollbar."""
TITLES = {
    Scope.EVERYWHERE: "Everywhere",
    Scope.HOME: "Home",
    Scope.TRANSCRIPTS: "Transcripts",
    Scope.CODING: "Coding a transcript",
    Scope.CODEBOOK: "Codebook",
    Scope.QUOTES: "Quotes",
    Scope.REVIEW: "What waits since a correction",
    Scope.SUMMARIES: "Summaries, the sheet",
    Scope.SUMMARY: "Summaries, one cell",
    Scope.SETTINGS: "Settings",
}
"""What the places are called on the screen."""


class Help(Screen[None]):
    """One page to read and scroll; Esc goes back."""

    app: QualcodeApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
    ]
    CSS_PATH = "help.tcss"
    AUTO_FOCUS = None

    def __init__(self, scope: Scope | None) -> None:
        """`scope` is the place whose keys come first."""
        super().__init__()
        self._scope = scope

    def compose(self) -> ComposeResult:
        """The page."""
        coder = self.app.coder
        you = f"You are {coder}" if coder else ""
        yield OneLine(self.app.headed("Help"), right=you, id="header")
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="words")
        back = self.app.keymap.fill("{everywhere.back}: back")
        yield OneLine(f"↑ ↓ PgUp PgDn: read on   {back}", id="footer")

    def on_mount(self) -> None:
        """Colours are known from here on."""
        width = min(_MOST_CELLS, self.size.width - _SIDES_CELLS)
        words = page(self._scope, self.app.keymap, width=width)
        self.query_one("#words", Static).update(words)

    def on_resize(self) -> None:
        """Words go as far as there is room."""
        self.on_mount()

    def action_scroll(self, lines: int) -> None:
        """Read on by a line."""
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    def action_page(self, step: int) -> None:
        """Read on by a page."""
        shown = self.query_one("#page")
        shown.scroll_relative(y=step * max(1, shown.size.height - 1), animate=False)

    def action_end(self, step: int) -> None:
        """The beginning or the end."""
        shown = self.query_one("#page")
        shown.scroll_to(y=shown.max_scroll_y if step > 0 else 0, animate=False)


def page(scope: Scope | None, keymap: Keymap, *, width: int) -> Text:
    """The whole page: this place, everywhere, the tour, the other places."""
    parts: list[Text] = []
    if scope is not None and scope is not Scope.EVERYWHERE:
        parts += _keys_of(scope, keymap, f"Keys here: {TITLES[scope]}", width)
    parts += _keys_of(Scope.EVERYWHERE, keymap, "Keys everywhere", width)
    parts += _tour(keymap, width)
    for other, title in TITLES.items():
        if other not in {scope, Scope.EVERYWHERE}:
            parts += _keys_of(other, keymap, title, width)
    return Text("\n").join(parts)


def _keys_of(scope: Scope, keymap: Keymap, title: str, width: int) -> Iterator[Text]:
    yield Text(title, "bold underline")
    for section, members in groupby(commands(scope, everywhere=False), key=lambda one: one.section):
        if section:
            yield Text(f"  {section}", "bold")
        for one in members:
            yield from _command(keymap.label(one), one, width)
    yield Text()


def _command(label: str, command: Command, width: int) -> Iterator[Text]:
    """Keys at the left, what they do beside them on as many rows as that takes."""
    keys = f"  {label:<{_KEYS_CELLS}} "
    told = wrap(f"{command.title}. {command.help}", max(20, width - len(keys)))
    yield Text.assemble((keys, "bold"), told[0])
    for more in told[1:]:
        yield Text(" " * len(keys) + more)


def _tour(keymap: Keymap, width: int) -> Iterator[Text]:
    yield Text("Coding in a minute", "bold underline")
    for paragraph in TOUR:
        yield from (Text(f"  {line}") for line in wrap(keymap.fill(paragraph), width - 2))
        yield Text()
