"""What quotations are narrowed by, as a list: Enter chooses for a row, Del takes it off again.

The list of quotations behind follows with every choice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from qualcode.services.retrieval.browsing import FilterChoices
from qualcode.tui.one_at_a_time import OneAtATime, one_at_a_time
from qualcode.tui.widgets import quote_filter
from qualcode.tui.widgets.dialogs import DIALOG_CSS, Choose, Hint
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.quote_filter import QuoteFilter
from qualcode.tui.widgets.row_text import cut, one_line
from qualcode.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from qualcode.tui.app import QualcodeApp

_TITLE_CELLS = 16
_MOST_ROWS = 14
"""So that all fits on 24 rows."""

_BOLD = Style(bold=True)

Changed = Callable[[QuoteFilter], object]


class FilterDialog(ModalScreen[None]):
    """The rows of a filter; `changed` hears of each choice."""

    app: QualcodeApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", show=False),
        Binding("delete,backspace,x", "take_off", show=False),
        Binding("c", "clear", show=False),
        Binding("escape,f", "close", show=False),
    ]

    DEFAULT_CSS = f"""
    FilterDialog {{
        {DIALOG_CSS}
        & OneLine.dialog--question {{ height: 1; }}
        & Rows {{ width: 1fr; }}
    }}
    """

    def __init__(self, wanted: QuoteFilter, choices: FilterChoices, changed: Changed) -> None:
        super().__init__()
        self.acts = OneAtATime(self)
        self.filter = wanted
        self._choices = choices
        self._changed = changed
        self._fields = quote_filter.fields(choices)

    def compose(self) -> ComposeResult:
        """A title, the rows, and which key does what."""
        with Vertical():
            yield OneLine("Show only quotations with", classes="dialog--question")
            yield Rows(self._row, id="fields")
            yield Hint("Enter: choose   Del: take off   c: take all off   Esc: done")

    def on_mount(self) -> None:
        """As many rows as there are things to ask for."""
        rows = self.query_one(Rows)
        rows.styles.height = min(len(self._fields), _MOST_ROWS)
        rows.show(len(self._fields))
        rows.focus()

    def _row(self, row: int, width: int) -> Text:
        field = self._fields[row]
        value = self.filter.value(field)
        text = cut(one_line(quote_filter.title(field)), min(_TITLE_CELLS, width // 2))
        words = quote_filter.value_text(field, value, self._choices.book)
        return text.append(f" {one_line(words)}", None if value is None else _BOLD)

    @on(Rows.Chosen)
    async def _chosen(self) -> None:
        await self.action_choose()

    @one_at_a_time
    async def action_choose(self) -> None:
        """Choose a value for the row."""
        field = self._fields[self.query_one(Rows).cursor]
        offered = quote_filter.offered(field, self._choices)
        value = await self.acts.ask(Choose(quote_filter.title(field), offered))
        if value is not None:
            self._set(self.filter.having(field, value))

    def action_take_off(self) -> None:
        """Let the row ask for nothing."""
        self._set(self.filter.having(self._fields[self.query_one(Rows).cursor], None))

    def action_clear(self) -> None:
        """Let no row ask for anything; the words that are looked for stay."""
        self._set(QuoteFilter(words=self.filter.words))

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss()

    def _set(self, wanted: QuoteFilter) -> None:
        self.filter = wanted
        self.query_one(Rows).refresh()
        self._changed(wanted)
