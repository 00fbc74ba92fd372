"""The coding screen: an interview, what lies on it, and every key that codes it.

The screen owns the keys. What is shown is kept by `picture`, what is done by `acts`,
what is asked first by `asking`; the session behind them commits each act before it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from qualcode.model.spans import Span
from qualcode.services.work.coding_session import CodingSession
from qualcode.tui.bindings import bindings
from qualcode.tui.guide import Deed, Guide
from qualcode.tui.keys import Scope
from qualcode.tui.screens.coding.acts import Acts
from qualcode.tui.screens.coding.asking import Asking
from qualcode.tui.screens.coding.beyond import Beyond
from qualcode.tui.screens.coding.elsewhere import Elsewhere
from qualcode.tui.screens.coding.ends import Ends
from qualcode.tui.screens.coding.guide import guide_keys
from qualcode.tui.screens.coding.keys import Work
from qualcode.tui.screens.coding.moves import Moves, SentencesFound
from qualcode.tui.screens.coding.picture import Picture
from qualcode.tui.transcript.units import Unit
from qualcode.tui.transcript.view import TranscriptView
from qualcode.tui.widgets.ask_bar import AskBar
from qualcode.tui.widgets.finder import Finder
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.panel import CodePanel
from qualcode.tui.widgets.which_key import WhichKey

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcode.tui.app import QualcodeApp
    from qualcode.tui.own.desk import Desk

PLACE_S = 5.0
"""How often the place is kept while the cursor moves."""

PANEL_CELLS = 100
"""From this width on the codes stand at the side unless that was turned off."""

WIDE_PANEL_CELLS = 140
"""From this width on names of codes need not be cut so short."""

_WHILE_ENDS_MOVE = frozenset(
    {"word_left", "word_right", "left", "right", "extend_left", "extend_right", "find_code"}
)


class CodingScreen(Screen[None]):
    """One transcript, coded by one coder."""

    app: QualcodeApp

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.CODING)
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "TranscriptView"

    puts_codes = True
    """False of a kind of this screen in which the keys of codes rest."""

    footer_words: ClassVar[Mapping[str, str] | None] = None
    """The words of the last line, where they are not those of the table."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Stock paints the whole screen anew whenever the keys go to another widget."""

    def __init__(
        self,
        session: CodingSession,
        span: Span | None = None,
        *,
        guide: bool = False,
        said: str = "",
    ) -> None:
        """`span` is where to begin, else where the coder stopped; `guide` shows the first steps.

        `said` is said at the beginning.
        """
        super().__init__()
        self.session = session
        self.picture = Picture(self)
        self.acts = Acts(self)
        self.asking = Asking(self)
        self.moves = Moves(self)
        self.ends = Ends(self)
        self.beyond = Beyond(self)
        self.elsewhere = Elsewhere(self)
        self.guide: Guide | None = None
        self.desk: Desk
        self._begin_at, self._guided, self._greeting = span, guide, said
        self._panel_wanted: bool | None = None
        self._said_at: Span | None = None
        self._shown = False

    @property
    def view(self) -> TranscriptView:
        """The transcript."""
        return self.query_one(TranscriptView)

    @property
    def practice(self) -> bool:
        """True where nothing that is done here touches the project."""
        return self.app.practising

    def compose(self) -> ComposeResult:
        """Header, transcript and codes, the lines below, and what opens above them."""
        yield OneLine(id="header")
        with Work(id="work"):
            yield TranscriptView()
            yield CodePanel()
        yield OneLine(id="guide")
        yield OneLine(id="hint")
        yield OneLine(id="more")
        yield OneLine(id="status")
        yield FooterLine(Scope.CODING, self.footer_words)
        yield Static(id="notice", markup=False)
        yield WhichKey()
        yield Finder()
        yield AskBar()

    # -- beginning and leaving --------------------------------------------------------------------

    def on_mount(self) -> None:
        """Draw it, go to the place, and have the sentences found meanwhile."""
        # Kept from here on: when practising ends, the app has another desk before this screen goes.
        self.desk = self.app.desk
        self.picture.everyone = self.app.settings.others == "shown"
        self._place_panel()
        self.picture.show()
        self.moves.begin(self._begin_at, guided=self._guided)
        if self._guided:
            self.guide = Guide(guide_keys(self))
            self._draw_guide()
        self.picture.draw_status()
        self.elsewhere.greet(self._greeting)
        self.run_worker(self.moves.find_sentences, group="sentences", thread=True)
        self.set_interval(PLACE_S, self.moves.keep_place)

    def on_unmount(self) -> None:
        """Keep the place; stop what plays."""
        self.moves.keep_place()
        self.beyond.stop()

    def on_screen_resume(self) -> None:
        """What was done on another screen is shown."""
        if self._shown:
            self.moves.go_on()
            self.elsewhere.take_in()
            self.picture.settle_keys()
            self.poll()
        self._shown = True

    def on_screen_suspend(self) -> None:
        """Another screen lies over this one."""
        self.moves.rest()

    def on_resize(self) -> None:
        """Another width has room for other things."""
        if self.is_mounted:
            self._place_panel()
            self.call_after_refresh(self._draw_lines)

    def settings_changed(self) -> None:
        """Other colours or keys."""
        self.picture.draw_again()
        self._draw_lines()
        self.query_one(FooterLine).draw_again()

    def _draw_lines(self) -> None:
        self.picture.draw_header()
        self.picture.draw_hint()
        self.picture.draw_status()

    def poll(self) -> None:
        """Look for what came from elsewhere, and whether the recording could be played."""
        self.elsewhere.look()
        self.beyond.look()

    # -- what is said -----------------------------------------------------------------------------

    def fill(self, sentence: str) -> str:
        """A sentence of ours with this person's keys for the commands it names."""
        return self.app.keymap.fill(sentence)

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Say something until the next act or step; an error stands in words of its own."""
        self.picture.said, self.picture.said_error = sentence, error
        self._said_at = self.moves.cursor
        self.picture.draw_status()

    def hush(self) -> None:
        """Nothing is said any more: the next act has begun."""
        if self.picture.said:
            self.picture.said = ""
            self.picture.draw_status()

    def saw(self, deed: Deed) -> None:
        """Something was done that a step of the guide may wait for."""
        if self.guide is not None and self.guide.saw(deed):
            self._draw_guide()

    def _draw_guide(self) -> None:
        self.set_class(self.guide is not None, "-guided")
        words = "" if self.guide is None else self.guide.line()
        over = self.guide is None or self.guide.over
        end = "" if over else self.fill("{everywhere.back} ends this")
        self.query_one("#guide", OneLine).set(words, right=end)

    # -- keys -------------------------------------------------------------------------------------

    def check_action(
        self,
        action: str,
        parameters: tuple[object, ...],  # noqa: ARG002  Textual's signature
    ) -> bool | None:
        """While something is open, or ends are moved, all other commands rest."""
        if not hasattr(self, f"action_{action}") or not self.is_mounted:
            return True
        if self.asking.is_open:
            return False
        return not self.ends.moving or action in _WHILE_ENDS_MOVE

    def step_back(self) -> bool:
        """Close the innermost of what is open; False where nothing was."""
        if self.asking.is_open:
            self.asking.close()
        elif self.ends.moving:
            self.ends.leave()
        elif self.elsewhere.go_over():
            pass
        elif self.picture.said and self.picture.said_error:
            self.hush()
        elif self.has_class("-text-only"):
            self.action_text_only()
        elif self.asking.end_search():
            self.hush()
        elif self.guide is not None and not self.guide.over:
            self.guide = None
            self._draw_guide()
        else:
            self.moves.keep_place()
            return False
        return True

    # -- where the cursor is ----------------------------------------------------------------------

    @on(TranscriptView.Moved)
    def _moved(self, event: TranscriptView.Moved) -> None:
        event.stop()
        self.moves.stand_at(event.span, event.unit)
        self.ends.look_away()
        if self.picture.said and self._said_at != self.moves.cursor:
            self.picture.said = ""
        self.picture.draw_status()

    @on(SentencesFound)
    def _sentences_found(self, event: SentencesFound) -> None:
        event.stop()
        self.moves.take_sentences(event.spans)
        self._said_at = self.moves.cursor  # nobody has moved: what was said is not yet read

    def on_descendant_focus(self) -> None:
        """The terminal's own cursor goes with the keys: after a question, back to the words."""
        if self.view.has_focus:
            at = self.view.cell_of(self.view.cursor.start)
            self.app.cursor_position = self.app.cursor_position if at is None else at

    @on(TranscriptView.Pressed)
    def _stripe_pressed(self, event: TranscriptView.Pressed) -> None:
        event.stop()
        found = [one for one in self.session.codings if one.uid == event.uid]
        if found and not self.asking.is_open:
            self.moves.choose(found[0])

    @on(CodePanel.Pressed)
    def _code_pressed(self, event: CodePanel.Pressed) -> None:
        event.stop()
        if self.puts_codes and not self.asking.is_open and not self.ends.moving:
            self.acts.tag(event.code)

    # -- the commands of the table, in its order --------------------------------------------------

    def action_word_left(self) -> None:
        """A word back; while ends are moved, the end."""
        self.ends.move_end(-1) if self.ends.moving else self.moves.by(Unit.WORD, -1)

    def action_word_right(self) -> None:
        """A word on; while ends are moved, the end."""
        self.ends.move_end(1) if self.ends.moving else self.moves.by(Unit.WORD, 1)

    action_left, action_right = action_word_left, action_word_right

    async def action_sentence_up(self) -> None:
        """A sentence back."""
        await self.moves.by_sentence(-1)

    async def action_sentence_down(self) -> None:
        """A sentence on."""
        await self.moves.by_sentence(1)

    def action_turn_up(self) -> None:
        """A turn back."""
        self.moves.by(Unit.TURN, -1)

    def action_turn_down(self) -> None:
        """A turn on."""
        self.moves.by(Unit.TURN, 1)

    def action_extend_left(self) -> None:
        """The selection a word shorter; while ends are moved, the start."""
        self.ends.move_start(-1) if self.ends.moving else self.moves.by(Unit.WORD, -1, extend=True)

    def action_extend_right(self) -> None:
        """The selection a word longer; while ends are moved, the start."""
        self.ends.move_start(1) if self.ends.moving else self.moves.by(Unit.WORD, 1, extend=True)

    async def action_extend_up(self) -> None:
        """The selection a sentence shorter."""
        await self.moves.by_sentence(-1, extend=True)

    async def action_extend_down(self) -> None:
        """The selection a sentence longer."""
        await self.moves.by_sentence(1, extend=True)

    def action_extend_turn_up(self) -> None:
        """The selection a turn shorter."""
        self.moves.by(Unit.TURN, -1, extend=True)

    def action_extend_turn_down(self) -> None:
        """The selection a turn longer."""
        self.moves.by(Unit.TURN, 1, extend=True)

    def action_page_up(self) -> None:
        """A page back."""
        self.view.page(-1)

    def action_page_down(self) -> None:
        """A page on."""
        self.view.page(1)

    def action_first(self) -> None:
        """To the beginning."""
        self.view.ends(last=False)

    def action_last(self) -> None:
        """To the end."""
        self.view.ends(last=True)

    def action_next_uncoded(self) -> None:
        """To the next answer without a code of one's own."""
        self.moves.to_uncoded(back=False)

    def action_previous_uncoded(self) -> None:
        """To the one before."""
        self.moves.to_uncoded(back=True)

    def action_go_to(self) -> None:
        """To a turn or a time."""
        self.asking.go_to()

    def action_find_code(self) -> None:
        """Find a code and put it; while ends are moved, save them."""
        self.ends.save() if self.ends.moving else self.asking.find_code()

    def action_recent(self) -> None:
        """What the numbers put stands in the line above; this says so."""
        self.say("1–9 put the codes that stand after the numbers, one line further up.")

    def action_theme(self) -> None:
        """Themes have letters; this says which."""
        letters = self.picture.letters
        named = ", ".join(f"{letter} {theme.name}" for letter, theme in letters.items())
        self.say(f"Letters of themes: {named}" if named else "No theme has a letter yet.")

    def action_pin(self) -> None:
        """Keep a code on its number, or let it go."""
        self.asking.pin()

    def action_untag(self) -> None:
        """Take one's own code off here."""
        self.acts.untag()

    def action_doubt(self) -> None:
        """Mark one's coding here as in doubt, or no longer."""
        self.acts.doubt()

    def action_star(self) -> None:
        """Mark the coded passage here as worth quoting, or no longer."""
        self.acts.star()

    def action_memo(self) -> None:
        """Write a memo."""
        self.acts.memo()

    def action_move_ends(self) -> None:
        """Make one's coding here longer or shorter."""
        self.acts.move_ends()

    def action_in_vivo(self) -> None:
        """A new code named by the selected words."""
        self.asking.in_vivo()

    def action_next_coding(self) -> None:
        """Select the next coding from here on."""
        self.moves.to_coding(1)

    def action_previous_coding(self) -> None:
        """Select the coding before."""
        self.moves.to_coding(-1)

    def action_undo(self) -> None:
        """Take the latest act back."""
        self.acts.undo()

    def action_redo(self) -> None:
        """Do it again."""
        self.acts.redo()

    def action_apply(self) -> None:
        """Go to the codebook, which shows what has changed in its file and asks."""
        self.acts.ask_to_apply()

    def action_search(self) -> None:
        """Search in this transcript."""
        self.asking.search()

    def action_next_hit(self) -> None:
        """To the next hit."""
        self.asking.step_hit(1)

    def action_previous_hit(self) -> None:
        """To the hit before."""
        self.asking.step_hit(-1)

    def action_copy(self) -> None:
        """Copy the quotation."""
        self.beyond.copy()

    def action_play(self) -> None:
        """Play the recording, or stop it."""
        self.beyond.play()

    def action_panel(self) -> None:
        """Show or hide the codes at the side."""
        self._panel_wanted = not self.has_class("-panel")
        self._place_panel()

    def _place_panel(self) -> None:
        wanted = self._panel_wanted
        self.set_class(self.size.width >= PANEL_CELLS if wanted is None else wanted, "-panel")
        self.set_class(self.size.width >= WIDE_PANEL_CELLS, "-wide")

    def action_text_only(self) -> None:
        """Nothing but the transcript and the coder's name, or everything again."""
        self.toggle_class("-text-only")
        self.picture.draw_header()

    def action_others(self) -> None:
        """Show or hide what other coders have coded."""
        self.picture.everyone = not self.picture.everyone
        self.picture.show_codings()
        self.picture.draw_counts()
        self.say("other coders' work is " + ("shown" if self.picture.everyone else "hidden"))

    def action_finished(self) -> None:
        """Say that the transcript is finished, or take that back."""
        self.acts.finished()
