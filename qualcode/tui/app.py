"""The app: one person at one project, and which of its screens is on.

A screen is pushed on the one it was opened from, and Esc goes back. One transcript is open at most,
and above it, as below it, each list once: however long somebody goes to and fro, Esc ends at home.
Practising is a mode of its own, with another store: nothing of it touches the project.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import takewhile
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from qualcode.errors import QualcodeError
from qualcode.services import projects
from qualcode.tui import practice
from qualcode.tui.bindings import bindings, scope_of
from qualcode.tui.frame import Frame
from qualcode.tui.keys import Scope
from qualcode.tui.own.desk import Desk
from qualcode.tui.pages import Polls, StepsBack, Writing

if TYPE_CHECKING:
    from qualcode.model.spans import Span
    from qualcode.services.summaries.sheet import Sheet
    from qualcode.services.work.coding_session import CodingSession
    from qualcode.services.work.sentencing import SentenceSource
    from qualcode.store.store import Store
    from qualcode.tui.own.surroundings import Surroundings
    from qualcode.tui.screens.coding.screen import CodingScreen

POLL_S = 1.5
"""How often a screen looks for what came from elsewhere: it must be seen within two seconds."""

_OF_CODERS = frozenset({"transcripts", "codebook", "quotes", "review", "summaries", "settings"})

S = TypeVar("S", bound=Screen[None])

Cells: TypeAlias = "tuple[Sheet, tuple[str, str] | None]"
"""A sheet of summaries to begin with, and the cell of it that is meant, if one is."""


class QualcodeApp(Frame):
    """One person at one project. `coder` is "" until they have said who they are."""

    CSS_PATH = "app.tcss"
    # Only a mode that is declared can be left for another and come back to.
    MODES: ClassVar[dict[str, str | Callable[[], Screen[object]]]] = {practice.PROJECT: Screen}
    DEFAULT_MODE = practice.PROJECT
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.EVERYWHERE),
        Binding("ctrl+c", "how_to_leave", show=False, system=True),
    ]

    def __init__(
        self,
        store: Store,
        coder: str | None,
        *,
        surroundings: Surroundings,
        transcript: str | None = None,
        cells: Cells | None = None,
        sentences: SentenceSource | None = None,
    ) -> None:
        super().__init__(surroundings)
        self.store = store
        self.coder = coder or ""
        self.sat = [self.coder] if coder else []
        """Who has worked at this screen, one after another."""
        self.said_at_the_end: list[str] = []
        """What could not be said on the screen any more, for the terminal that is left."""
        self.desk = self._desk()
        self._transcript = transcript
        self._cells = cells
        self._sentences = sentences
        self._outside: practice.Outside | None = None
        self._making_practice = False

    # -- what screens ask for ---------------------------------------------------------------------

    @property
    def practising(self) -> bool:
        """True while all that is shown is the practice project."""
        return self._outside is not None

    @property
    def sentences(self) -> SentenceSource:
        """Who finds sentences; a process of its own unless another was given."""
        if self._sentences is None:
            from qualcode.services.work.sentencing import InItsOwnProcess

            self._sentences = InItsOwnProcess()
        return self._sentences

    def show(self, kind: type[S], make: Callable[[], S]) -> None:
        """Go to a list: back to the one of its kind that is open, else to a new one.

        A transcript that is open stays: of what lies below it, a new one is shown above.
        """
        above = takewhile(lambda one: not _codes(one), reversed(self.screen_stack))
        if any(type(screen) is kind for screen in above):
            while type(self.screen) is not kind:
                self.pop_screen()
        else:
            self.arrive(make())

    def headed(self, words: str) -> str:
        """What a screen says first: what it is, and before that that it is but the practice's."""
        return f"{practice.SAID} · {words}" if self.practising else words

    def open_transcript(
        self,
        name: str,
        span: Span | None = None,
        *,
        make: Callable[[CodingSession, Span | None], CodingScreen] | None = None,
    ) -> bool:
        """Show a transcript to be coded, at a span or where its coder stopped.

        `name` may be its uid. One that is open already makes way, and what lies above it, but for
        the list that one comes from: Esc leads back there. Where the transcript cannot be opened,
        that is said, and False returned. `make` makes a coding screen of another kind.
        """
        from qualcode.services.work.coding_session import CodingSession
        from qualcode.tui.screens.coding.screen import CodingScreen

        try:
            session = CodingSession.open(self.store, name, coder=self.coder)
        except QualcodeError as problem:
            self.say(str(problem), error=True)
            return False
        arrived = (make or CodingScreen)(session, span)
        self._make_way()
        if _codes(self.screen):
            self.switch_screen(arrived)
        else:
            self.arrive(arrived)
        return True

    def _make_way(self) -> None:
        """Leave of an older transcript, and of what lies above it, no more than what is shown.

        Where that is a list, one of its kind further below goes as well.
        """
        here, stack = self.screen, self.screen_stack
        first = next((at for at, screen in enumerate(stack) if _codes(screen)), len(stack))
        for at, screen in enumerate(stack[:-1]):
            if at >= first or (first < len(stack) and type(screen) is type(here)):
                self._screen_stack.remove(screen)  # Textual itself removes from the top alone
                screen.remove()

    def become(self, coder: str) -> None:
        """Somebody has said who they are."""
        self.coder = coder
        self.sat = [*dict.fromkeys([*self.sat, coder])]
        self.desk = self._desk()
        if self.desk.bad:
            self.say(self.desk.bad, error=True)
        if not self.surroundings.remember_coder(coder):
            self.say(f"You are {coder} until you leave; it could not be remembered.")

    def begin_at_home(self) -> None:
        """Leave all screens for home."""
        from qualcode.tui.screens.home import Home

        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.arrive(Home())

    def _desk(self) -> Desk:
        project = projects.project_facts(self.store).uid
        return Desk.of(self.surroundings.config, project=project, coder=self.coder)

    # -- practising -------------------------------------------------------------------------------

    def begin_practice(self) -> None:
        """Make the practice project and begin in it; asked again meanwhile, go on making it."""
        if not (self._making_practice or self.practising):
            self._making_practice = True
            self._make_practice()

    @work(group="load")
    async def _make_practice(self) -> None:
        from qualcode.tui.screens.home import Home

        self.say("Making an invented interview to practise on …")
        config = self.surroundings.config
        try:
            place = await asyncio.to_thread(practice.make, config, at=self.now())
            if not isinstance(self.screen, Home):
                return  # somebody went on meanwhile, and means the project by their keys
            self._outside = practice.enter(self, place)
        except QualcodeError as problem:
            self.say(str(problem), error=True)
            return
        finally:
            self._making_practice = False
        self.say("")
        self.switch_mode(practice.MODE)

    async def _end_practice(self, outside: practice.Outside) -> None:
        await practice.leave(self, outside)
        self._outside = None

    # -- commands of everywhere -------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Before somebody has said who they are, no list is opened and nothing is set."""
        return bool(self.coder) or action not in _OF_CODERS

    async def action_back(self) -> None:
        """Close what is open on the screen, else the screen itself."""
        from qualcode.tui.screens.home import Home

        screen = self.screen
        if isinstance(screen, StepsBack) and screen.step_back():
            return
        if self._outside is not None and len(self.screen_stack) == 1:
            await self._end_practice(self._outside)
        elif len(self.screen_stack) > (2 if self._outside is None else 1):
            self.pop_screen()
        elif self.coder and not isinstance(screen, Home):
            self.switch_screen(Home())
        else:
            self.action_how_to_leave()

    async def action_quit(self) -> None:
        """Leave; what somebody is writing is kept first."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Writing):
                screen.keep_then(self.exit)
                return
        self.exit()

    def action_how_to_leave(self) -> None:
        """Nothing is ever asked about saving, so leaving is one key, and another than ctrl+c."""
        self.say(self.keymap.fill("{everywhere.quit} leaves; everything is saved already."))

    def action_help(self) -> None:
        """The keys of this screen, then all others; a second time, back."""
        from qualcode.tui.screens.help import Help

        if isinstance(self.screen, Help):
            self.pop_screen()
        else:
            self.arrive(Help(scope_of(self.screen)))

    def action_palette(self) -> None:
        """Every command that can be given now, to be found by its name."""
        from qualcode.tui.palette import palette  # Textual's palette costs 20 ms, seldom needed

        self.arrive(palette())

    def action_transcripts(self) -> None:
        """Go to the list of transcripts."""
        from qualcode.tui.screens.transcripts import Transcripts

        self.show(Transcripts, Transcripts)

    def action_codebook(self) -> None:
        """Go to the codebook."""
        from qualcode.tui.screens.codebook import CodebookScreen

        self.show(CodebookScreen, CodebookScreen)

    def action_quotes(self) -> None:
        """Go to the coded passages."""
        from qualcode.tui.screens.quotes import QuotesScreen

        self.show(QuotesScreen, QuotesScreen)

    def action_review(self) -> None:
        """Go to the codings that wait since a transcript was corrected."""
        from qualcode.tui.screens.review import ReviewScreen

        self.show(ReviewScreen, ReviewScreen)

    def action_summaries(self) -> None:
        """Go to the cells of cases and themes."""
        from qualcode.tui.screens.summaries.sheet import SheetScreen

        self.show(SheetScreen, SheetScreen)

    def action_settings(self) -> None:
        """Go to the settings."""
        from qualcode.tui.screens.settings import SettingsScreen

        self.show(SettingsScreen, SettingsScreen)

    # -- running ----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """The first screen, before anything else is loaded."""
        self.set_keymap(self.keymap.for_textual())
        if not self.coder:
            from qualcode.tui.screens.first_start import FirstStart

            self.arrive(FirstStart())
        elif self._cells is not None:
            self._begin_with_cells(*self._cells)
        elif self._transcript is None or not self.open_transcript(self._transcript):
            from qualcode.tui.screens.home import Home

            self.arrive(Home())
        self.call_after_refresh(self._begun)

    def _begin_with_cells(self, sheet: Sheet, place: tuple[str, str] | None) -> None:
        from qualcode.tui.screens.summaries.sheet import SheetScreen

        below = SheetScreen(sheet)
        self.arrive(below)
        if place is not None:
            below.open_cell(place)

    def _begun(self) -> None:
        said = [*self.said_of_files, *([self.desk.bad] if self.desk.bad else [])]
        if said:
            self.say(" ".join(said), error=True)
        self.set_interval(POLL_S, self._poll)
        self.settle_down()
        self.sentences.start()  # they take a second to be ready, and mostly nobody waits for it

    def _poll(self) -> None:
        if isinstance(self.screen, Polls):
            self.screen.poll()

    def on_unmount(self) -> None:
        """End whoever found sentences."""
        if self._sentences is not None:
            self._sentences.close()


def _codes(screen: Screen[object]) -> bool:
    """True for the coding screen, which is not imported to be asked for: that takes 0.1 s."""
    return scope_of(screen) is Scope.CODING


def make_app(
    store: Store,
    coder: str | None,
    *,
    surroundings: Surroundings,
    transcript: str | None = None,
    cells: Cells | None = None,
    sentences: SentenceSource | None = None,
) -> QualcodeApp:
    """The app for one person at one open project.

    Without a coder it asks who they are; with a transcript, or cells of summaries, it begins there.
    """
    return QualcodeApp(
        store,
        coder,
        surroundings=surroundings,
        transcript=transcript,
        cells=cells,
        sentences=sentences,
    )
