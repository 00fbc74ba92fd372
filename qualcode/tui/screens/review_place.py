"""The coding screen while a waiting coding is given its place: the same keys move, Enter lays it.

Nothing else can be coded meanwhile. Esc goes back to the list, and the coding waits on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from qualcode.errors import (
    NotAsShownError,
    NotWaitingError,
    QualcodeError,
    TranscriptCorrectedError,
)
from qualcode.model.coding import Segment
from qualcode.model.spans import Span
from qualcode.services.correction import reviewing
from qualcode.services.correction.reviewing import Decision, Waiting
from qualcode.services.work.coding_session import CodingSession
from qualcode.tui.screens.coding.elsewhere import Elsewhere
from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.screens.review import corrected_again, said_of, why_not
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.quotation_text import CLOSE, OPEN
from qualcode.tui.widgets.row_text import one_line

if TYPE_CHECKING:
    from typing import Protocol

    from textual.app import ComposeResult

    class Say(Protocol):
        """How the list says what became of the coding."""

        def __call__(self, sentence: str, *, error: bool = False) -> None: ...


_RESTING = frozenset(
    {
        *("recent", "theme", "pin", "untag", "doubt", "memo", "move_ends", "in_vivo"),
        *("undo", "redo", "apply", "finished", "next_uncoded", "previous_uncoded"),
    }
)
"""What codes, or goes to what is not coded: while a place is chosen all of it rests."""


class PlacingScreen(CodingScreen):
    """A transcript in which the place of one waiting coding is chosen."""

    # Textual takes one file or a list of them.
    CSS_PATH: ClassVar[list[str]] = [  # type: ignore[assignment]
        "coding/screen.tcss",
        "review_place.tcss",
    ]
    puts_codes = False
    footer_words: ClassVar[Mapping[str, str]] = {
        "find-code": "Lay it there",
        "sentence-down": "Next",
        "extend-down": "Extend",
        "extend-right": "By a word",
        "search": "Search",
    }

    def __init__(
        self, session: CodingSession, span: Span | None, waiting: Waiting, say: Say
    ) -> None:
        """`say` tells the list below what became of it."""
        super().__init__(session, span)
        self.elsewhere = _Leaving(self, self._leave)
        self._waiting, self._tell = waiting, say

    def compose(self) -> ComposeResult:
        """One row more, for the words that were coded."""
        yield from super().compose()
        yield OneLine(id="was")

    def on_mount(self) -> None:
        """Say, as long as the screen is there, what Enter will do, and which words it is about."""
        words = f"{self._code_name}: {self.fill('{coding.find-code} lays it on what is selected')}"
        self.set_class(True, "-guided")
        back = self.fill("{everywhere.back} goes back")
        self.query_one("#guide", OneLine).set(words, right=back)
        self.query_one("#was", OneLine).set(f"Was: {OPEN}{one_line(self._waiting.old)}{CLOSE}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What codes rests."""
        return False if action in _RESTING else super().check_action(action, parameters)

    def action_find_code(self) -> None:
        """Lay the coding on what is selected."""
        span = self.moves.cursor
        if span is None:
            self.say("There are no words here to lay it on.", error=True)
            return
        place = Segment(self.session.text.version, span.start, span.end)
        decision = Decision(self._waiting.id, place)
        store, coder = self.session.store, self.session.coder
        try:
            settled = reviewing.settle(store, [decision], by=coder, at=self.app.now())
        except (NotAsShownError, NotWaitingError, TranscriptCorrectedError) as problem:
            self._leave(why_not(problem, self.session.name, self._code_name), error=True)
            return
        except QualcodeError as problem:
            self.say(str(problem), error=True)
            return
        self._leave(said_of(settled, self._code_name, self.app.keymap))

    @property
    def _code_name(self) -> str:
        return one_line(self.picture.name(self._waiting.coding.code))

    def _leave(self, sentence: str, *, error: bool = False) -> None:
        self.app.pop_screen()
        self._tell(sentence, error=error)


class _Leaving(Elsewhere):
    """The looking around of a screen that is left where its transcript is corrected again."""

    def __init__(self, screen: PlacingScreen, leave: Callable[[str], object]) -> None:
        super().__init__(screen)
        self._leave = leave

    def greet(self, said: str) -> None:
        """What waits is what one came from."""

    def arrive(self, said: str) -> None:  # noqa: ARG002  here it is said otherwise
        """Go back to the list, which proposes a place in the text as it is now."""
        self._leave(corrected_again(self._screen.session.name))
