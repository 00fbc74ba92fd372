"""Who is coding: one of those who are known here, or a new name. At first, then also on asking.

Whoever is not known here yet is offered to practise, and may always say no.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from qualcode.errors import QualcodeError
from qualcode.model.people import SCRIPT, coder_key
from qualcode.tui.widgets.dialogs import Choose, Prompt
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events

    from qualcode.store.store import Store
    from qualcode.tui.app import QualcodeApp

TOUR = "practice"
"""What the desk remembers of having offered the practice."""

_LONGEST_NAME = 60


def known_coders(store: Store) -> tuple[str, ...]:
    """Everybody who acted here, but for what was done in nobody's name. For a thread."""
    from qualcode.services.work.coders import list_coders

    return tuple(one.name for one in list_coders(store) if coder_key(one.name) != SCRIPT)


class FirstStart(Screen[None]):
    """The question who is coding."""

    app: QualcodeApp

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", show=False)]
    CSS_PATH = "first_start.tcss"
    AUTO_FOCUS = "#coders"

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._known = False

    def compose(self) -> ComposeResult:
        """The question, those who are known, a new name."""
        yield OneLine("qualcode: who is coding?", id="header")
        yield Static(
            "Every code you put on a passage carries your name, so that several people can code"
            " the same interviews and compare.",
            id="why",
            markup=False,
        )
        yield Rows(self._row, id="coders")
        yield OneLine(id="status")
        coder = self.app.coder
        leave = f"{{everywhere.back}}: stay {coder}" if coder else "{everywhere.quit}: quit"
        choose = "↑ ↓ Enter: choose   letters: your name"
        yield OneLine(f"{choose}   {self.app.keymap.fill(leave)}", id="footer")

    @work
    async def on_mount(self) -> None:
        """Whoever is known already; where nobody is, a name is asked for at once."""
        rows = self.query_one(Rows)
        rows.show(0, empty="Looking who has coded here …")
        try:
            known = await asyncio.to_thread(known_coders, self.app.store)
        except QualcodeError as problem:
            known = ()
            self.query_one("#status", OneLine).set(str(problem), error=True)
        coder = self.app.coder  # who may have done nothing here yet
        knows = {coder_key(one) for one in known}
        self._names = known if not coder or coder_key(coder) in knows else (*known, coder)
        self._known = True
        rows.show(len(self._names) + 1)
        if not self._names:
            self._ask_name()

    def _row(self, row: int, _width: int) -> Text:
        name = self._names[row] if row < len(self._names) else "Somebody else: type a name"
        return Text(name, end="")

    @on(Rows.Chosen)
    def action_choose(self) -> None:
        """Be the one under the cursor."""
        if not self._known:
            return
        row = self.query_one(Rows).cursor
        if row < len(self._names):
            self._become(self._names[row])
        else:
            self._ask_name()

    def on_key(self, event: events.Key) -> None:
        """A letter begins a name: Enter behind it never means whoever stands in the list."""
        typed = event.character
        if self._known and typed is not None and typed.isalnum():
            event.stop()
            self._ask_name(typed)

    def on_paste(self, event: events.Paste) -> None:
        """A name that is pasted."""
        if self._known and event.text.strip():
            event.stop()
            self._ask_name(" ".join(event.text.split()))

    @work
    async def _ask_name(self, begun: str = "") -> None:
        coder = self.app.coder
        typed = await self.app.push_screen_wait(
            Prompt(
                "Who is coding? Your name, or how the team calls you.",
                value=begun,
                check=_problem_with,
                leave=f"back; you stay {coder}" if coder else "back, with no name given",
            )
        )
        if typed is not None:
            name = " ".join(typed.split())
            known = {coder_key(one): one for one in self._names}
            self._become(known.get(coder_key(name), name))

    @work
    async def _become(self, name: str) -> None:
        """Be somebody; who has coded here before is not greeted as one who comes to it new."""
        app, is_new = self.app, not self.app.coder and name not in self._names
        app.become(name)
        practise = False
        if is_new and not app.desk.seen(TOUR):
            app.desk.keep_seen(TOUR)
            practise = bool(
                await app.push_screen_wait(
                    Choose(
                        f"Welcome, {name}. Two minutes of practice show you all you need.",
                        [
                            (True, "Practise on an invented interview; nothing here is touched"),
                            (False, "Begin with the project"),
                        ],
                    )
                )
            )
        app.begin_at_home()
        if practise:
            app.begin_practice()


def _problem_with(name: str) -> str | None:
    """Why somebody cannot be called that."""
    if not name.strip():
        return "Type a name."
    if len(name.strip()) > _LONGEST_NAME:
        return f"A name has {_LONGEST_NAME} letters at most."
    if coder_key(name) == SCRIPT:
        return "That name stands for what nobody did. Take another."
    return None
