"""What the coding screen shows, kept in line with the session.

A `Change` says what is different; only that is drawn again: nothing here asks the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual.widgets import Static

from qualcode.model.coding import Coding
from qualcode.model.people import Role
from qualcode.model.spans import Span
from qualcode.services.work.coding_session import Change
from qualcode.text.locators import clock
from qualcode.text.words import count_words
from qualcode.tui.looks import ColourMode, Look
from qualcode.tui.numbers import Numbers, codes_of, follow, themes_by_key
from qualcode.tui.own.settings import RTL_KEPT_APART
from qualcode.tui.screens.coding.keys import Work
from qualcode.tui.screens.coding.lines import (
    HeaderFacts,
    Lying,
    header_line,
    hint_rows,
    status_line,
)
from qualcode.tui.transcript.lanes import Laid
from qualcode.tui.transcript.units import Unit
from qualcode.tui.transcript.view import TranscriptView
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.panel import CodePanel, PanelRow

if TYPE_CHECKING:
    from qualcode.model.codebook import Code
    from qualcode.tui.screens.coding.screen import CodingScreen

_NO_CODES = "no codes yet: {coding.find-code} makes one"

_WIDE_CELLS = 98
"""From here on the status line has room for the turn's number beside its time."""


class Picture:
    """The lines, the view and the panel of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._session = screen.session
        self.numbers: Numbers
        self.everyone = True
        self._theme_of: dict[str, str] = {}
        self._letters: dict[str, Code] = {}
        self._keys: dict[str, str] = {}
        self._memoed: set[str] = set()
        self.look: Look
        self.said = ""
        self.said_error = False
        self._noticed = ""

    # -- all of it --------------------------------------------------------------------------------

    def show(self) -> None:
        """Draw everything for the first time."""
        session = self._session
        self.numbers = Numbers(self._screen.desk)
        self._take_book()
        self.settle_keys()
        asking = {label for label, who in session.speakers.items() if who.role is Role.INTERVIEWER}
        self.view.show(
            session.text.text,
            session.text.turns,
            asking=asking,
            look=self.look,
            compact=self._compact,
            isolate=self._isolate,
        )
        self.show_codings()
        self._draw_panel()
        self.draw_counts()
        self.draw_hint()

    def show_codings(self) -> None:
        """Draw the codings anew, as when others' are shown or hidden."""
        session = self._session
        self._memoed = {uid for uid, memos in session.memos.items() if memos}
        self.view.set_codings([self._laid(one) for one in session.codings if self._shown(one)])

    def apply(self, change: Change) -> None:
        """Draw what a change made different."""
        follow(self.numbers, self._session, change)
        if change.book:
            self.take_book()
        elif change.memos:
            self._mark_memos(change)
        if change.added or change.removed:
            added = [self._laid(one) for one in change.added if self._shown(one)]
            self.view.change_codings(added, [one.uid for one in change.removed])
        self.draw_counts()
        self.draw_hint()
        self.draw_status()

    def take_book(self) -> None:
        """Take another codebook: its letters, and everything that it changes in the picture."""
        self.draw_again()
        self.settle_keys()

    def draw_again(self) -> None:
        """Draw everything that codebook and settings change."""
        self._take_book()
        self.view.set_look(self.look, isolate=self._isolate)
        self.view.set_compact(self._compact)
        self.show_codings()
        self._draw_panel()

    def settle_keys(self) -> None:
        """The themes have their letters, also those that no command has; other keys give way.

        The footer names them.
        """
        self._screen.query_one(Work).bind_letters(self._letters)
        self._screen.app.take_theme_keys(
            {letter: theme.name for letter, theme in self._letters.items()}
        )
        self._screen.query_one(FooterLine).draw_again()

    def _mark_memos(self, change: Change) -> None:
        """Codings that got their first memo, or lost their last one, are drawn with its sign."""
        before = self._memoed
        self._memoed = {uid for uid, memos in self._session.memos.items() if memos}
        touched = before ^ self._memoed
        other = {one.uid for one in (*change.added, *change.removed)}
        if not touched - other:
            return
        again = [
            self._laid(one)
            for one in self._session.codings
            if one.uid in touched and one.uid not in other and self._shown(one)
        ]
        self.view.change_codings(again, [laid.uid for laid in again])

    # -- the codebook -----------------------------------------------------------------------------

    def _take_book(self) -> None:
        session = self._session
        self._theme_of = {}
        for theme in session.book.themes:
            self._theme_of[theme.id] = theme.id
            self._theme_of |= {code.id: theme.id for code, _ in session.book.walk(theme.id)}
        self._letters = themes_by_key(session.book, session.retired)
        self._keys = {}
        for letter, theme in self._letters.items():
            self._keys[theme.id] = letter
            for key, code, _ in codes_of(session.book, theme, letter, session.retired):
                self._keys[code.id] = f"{letter}{key}" if key else ""
        self.look = self._screen.app.look(session.book, session.retired)

    @property
    def letters(self) -> dict[str, Code]:
        """The themes by the letter that opens them."""
        return self._letters

    def keys_of(self, code: str) -> str:
        """What is pressed for a code: the letter of its theme and its key, or "" without any."""
        return self._keys.get(code, "")

    def theme_of(self, code: str) -> str:
        """The id of the theme a code belongs to."""
        return self._theme_of.get(code, code)

    def name(self, code: str) -> str:
        """The name of a code, retired ones too."""
        found = self._session.codes.get(code)
        return code if found is None else found.name

    def mark(self, code: str) -> Text:
        """The sign of a code's theme: a square in its colour, or its letter without colour."""
        theme = self.theme_of(code)
        if self.look.mode is ColourMode.MONO or self.look.ascii_signs:
            return Text(self.look.theme(theme).letter, self.look.stripe_style(theme))
        return Text("■", self.look.stripe_style(theme))

    @property
    def _compact(self) -> bool | None:
        """Whether blank rows part the turns; None: as the screen has room."""
        return {"on": True, "off": False}.get(self._screen.app.settings.compact)

    @property
    def _isolate(self) -> bool:
        """True where right-to-left words are to be kept apart from the rest of their row."""
        return bool(self._screen.app.settings.right_to_left == RTL_KEPT_APART)

    # -- the parts --------------------------------------------------------------------------------

    @property
    def view(self) -> TranscriptView:
        """The transcript."""
        return self._screen.query_one(TranscriptView)

    @property
    def panel(self) -> CodePanel:
        """The codes at the side."""
        return self._screen.query_one(CodePanel)

    def _draw_panel(self) -> None:
        session = self._session
        rows: list[PanelRow] = []
        for theme in session.book.themes:
            if theme.id in session.retired:
                continue
            rows += [PanelRow()] if rows else []
            rows.append(PanelRow(theme.id, theme.name, 0, self.keys_of(theme.id)))
            rows += [
                PanelRow(code.id, code.name, depth + 1, self.keys_of(code.id), self.mark(code.id))
                for code, depth in session.book.walk(theme.id)
                if code.id not in session.retired
            ]
        empty = "No codes yet. Press {coding.find-code}, type a name, and Enter twice."
        self.panel.show(rows, empty=self._screen.fill(empty))

    def draw_counts(self) -> None:
        """Draw counts, the header, and which codes the numbers put."""
        session = self._session
        self.panel.set_counts(session.counts(everyone=self.everyone))
        usable = session.codes.keys() - session.retired
        pins = self._screen.desk.pinned(usable)
        self.numbers.settle(session.recent, usable)
        self.panel.set_numbers(self.numbers.by_code(), frozenset(pins))
        self.draw_header()

    def draw_header(self) -> None:
        """Draw the first line."""
        session = self._session
        coded, answers = session.coverage()
        facts = HeaderFacts(
            session.name,
            ", ".join(session.record.participants),
            session.coder,
            coded,
            answers,
            sum(session.counts(everyone=self.everyone).values()),
            finished=session.finished,
            practice=self._screen.practice,
            bare=self._screen.has_class("-text-only"),
        )
        header = self._screen.query_one("#header", OneLine)
        header.set(header_line(facts, self._width))

    def draw_hint(self) -> None:
        """Draw what the numbers put, and whether a changed codebook is offered."""
        pins = self._screen.desk.pinned(self._session.codes)
        numbered = [(digit, self.name(code), code in pins) for digit, code in self.numbers.items()]
        empty = self._screen.fill("1–9: the codes you use last will be here; {coding.pin} pins one")
        offer = self._screen.acts.offer
        beside = len(offer) + 2 if offer else 0
        first, second = hint_rows(numbered, self._width, beside=beside, empty=empty)
        self._screen.query_one("#hint", OneLine).set(first, right=Text(offer, "bold"))
        self._screen.query_one("#more", OneLine).set(second)
        self._screen.set_class(bool(second), "-two-rows")

    def draw_status(self) -> None:
        """Draw what is said, else where the cursor is and what lies there."""
        line = self._screen.query_one("#status", OneLine)
        if self.said:
            line.set(self.said, error=self.said_error)
        else:
            line.set(self._status(self.view.cursor, self.view.unit))
        too_long = cell_len(self.said) > self._width or not line.display
        self._notice(self.said if too_long else "")

    def _notice(self, words: str) -> None:
        """Say in several rows what one has no room for; they lie over the transcript."""
        if words != self._noticed:
            self._noticed = words
            notice = self._screen.query_one("#notice", Static)
            notice.update(words)
            notice.set_class(self.said_error, "-error")
            notice.display = bool(words)

    def _status(self, cursor: Span, unit: Unit) -> Text:
        session = self._session
        turn = session.text.turn_at(cursor.start)
        ms = session.text.ms_at(cursor.start)
        time = "" if ms is None else clock(ms)
        place = f"¶{turn.n}" if turn and (not time or self._width >= _WIDE_CELLS) else ""
        words = count_words(session.text.text[cursor.start : cursor.end])
        count = "1 word" if words == 1 else f"{words} words"
        whole = self.view.units.at(unit, cursor.start) == cursor
        kind = str(unit) if whole else "selection"
        what = f"{kind} · {count}"
        codings = session.codings_at(cursor, everyone=self.everyone)
        named = {one.uid for one in codings}
        return status_line(
            time=" ".join(part for part in (place, time) if part),
            speaker=(turn.speaker or "") if turn else "",
            what=what,
            lying=[self._lying(one) for one in codings],
            nothing="no code here" if session.codes else self._screen.fill(_NO_CODES),
            memo=any(memo.target not in named for memo in session.memos_at(cursor)),
            width=self._width,
        )

    def _lying(self, coding: Coding) -> Lying:
        return Lying(
            self.name(coding.code),
            self.mark(coding.code),
            coder="" if self._session.mine(coding) else coding.coder,
            doubt=coding.doubt,
            memo=coding.uid in self._memoed,
        )

    def _laid(self, coding: Coding) -> Laid:
        uid, segment = coding.uid, coding.segment  # the uid is made anew each time
        return Laid(
            uid,
            segment.start,
            segment.end,
            self.theme_of(coding.code),
            self.name(coding.code),
            own=self._session.mine(coding),
            doubt=coding.doubt,
            memo=uid in self._memoed,
        )

    def _shown(self, coding: Coding) -> bool:
        return self.everyone or self._session.mine(coding)

    def visible(self) -> list[Coding]:
        """The codings that are drawn, by place."""
        return [one for one in self._session.codings if self._shown(one)]

    @property
    def _width(self) -> int:
        return max(1, self._screen.size.width - 2)
