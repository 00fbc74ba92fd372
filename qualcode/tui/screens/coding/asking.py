"""What the coding screen asks before it acts: which code, under which theme, where to, what words.

Menu, finder and the line to type in lie over the transcript; only one of them is open at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widgets import Input

from qualcode.errors import QualcodeError
from qualcode.model.codebook import Code
from qualcode.model.spans import Span
from qualcode.services.retrieval.citing import name_in_vivo
from qualcode.tui.going import find_place
from qualcode.tui.guide import Deed
from qualcode.tui.keys import DIGITS
from qualcode.tui.numbers import codes_of, menu_keys
from qualcode.tui.transcript.units import Unit
from qualcode.tui.widgets.ask_bar import AskBar
from qualcode.tui.widgets.finder import Finder, Offer, Question
from qualcode.tui.widgets.which_key import Choice, WhichKey

if TYPE_CHECKING:
    from qualcode.tui.screens.coding.screen import CodingScreen

_OWN_THEME = "/"
"""Stands for no theme in the list of themes; no id of a code holds it."""


class Asking:
    """The questions of one coding screen, and the hits of its search."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._session = screen.session
        self.hits: tuple[Span, ...] = ()
        self.at_hit: int | None = None
        self._hit_at: Span | None = None
        """Where the cursor was put for it."""
        self._query = ""

    @property
    def which_key(self) -> WhichKey:
        """The menu of keys."""
        return self._screen.query_one(WhichKey)

    @property
    def finder(self) -> Finder:
        """The finder of codes."""
        return self._screen.query_one(Finder)

    @property
    def bar(self) -> AskBar:
        """The line to type in."""
        return self._screen.query_one(AskBar)

    @property
    def is_open(self) -> bool:
        """True while one of them waits."""
        return self.which_key.is_open or self.finder.is_open or self.bar.is_open

    def close(self) -> None:
        """Close what is open; nothing happens."""
        for one in (self.which_key, self.finder, self.bar):
            if one.is_open:
                one.close()

    def take_key(self, sign: str) -> None:
        """A key for what is open; one typed ahead of a field that has opened since is its."""
        if self.which_key.is_open:
            self.which_key.press(sign)
            return
        field = (self.finder if self.finder.is_open else self.bar).query_one(Input)
        self._screen.set_focus(field)
        field.insert_text_at_cursor(sign)

    # -- menus of keys ----------------------------------------------------------------------------

    def theme(self, letter: str, theme: Code) -> None:
        """Show the codes of a theme, each with its key; the letter again means the theme itself."""
        picture = self._screen.picture
        picture.panel.bring_into_sight(theme.id)
        counts = self._session.counts(everyone=picture.everyone)
        choices = [
            Choice(key, code.id, code.name, _in_brackets(counts.get(code.id, "")), depth)
            for key, code, depth in codes_of(
                self._session.book, theme, letter, self._session.retired
            )
        ]
        more = sum(1 for choice in choices if not choice.key)
        beyond = f"{more} more: {{coding.find-code}} finds them · " if more else ""
        hint = f"{beyond}{letter} the theme itself · {{everywhere.back}} cancels"
        self.which_key.open(
            f"{theme.name} – press a key",
            choices,
            self._screen.acts.tag,
            extra=[Choice(letter, theme.id, theme.name)],
            hint=self._screen.fill(hint),
            top=self._screen.moves.is_low(len(choices) + 2),
        )

    def menu(self, title: str, choices: Sequence[Choice], taken: Callable[[str], object]) -> None:
        """Ask for one of a few; keys are given out in order."""
        keys = [*menu_keys(), *[""] * len(choices)]
        keyed = [replace(one, key=key) for key, one in zip(keys, choices, strict=False)]
        top = self._screen.moves.is_low(len(choices) + 2)
        self.which_key.open(title, keyed, taken, top=top)

    # -- the finder -------------------------------------------------------------------------------

    def find_code(self) -> None:
        """Find a code and put it; what is not known can be made."""
        self._find(
            "Find a code",
            lambda code: self._screen.acts.tag(code, deed=Deed.FOUND),
            new=self.under_which,
        )

    def pin(self) -> None:
        """Keep the code here on its number, or let it go; where none lies here, find one."""
        span = self._screen.moves.cursor
        here = () if span is None else self._session.codings_at(span, everyone=False)
        codes = list(dict.fromkeys(coding.code for coding in here))
        if not codes:
            self._find("Pin which code? Pinned ones are let go.", self._pin)
            return
        picture = self._screen.picture
        pins = self._screen.desk.pinned(codes)
        choices = [
            Choice(
                "",
                code,
                picture.name(code),
                _in_brackets("pinned" if code in pins else ""),
                mark=picture.mark(code),
            )
            for code in codes
        ]
        choices.append(Choice("", "", "another code …"))
        self.menu("Pin which? A pinned one is let go.", choices, self._pin_or_find)

    def _pin_or_find(self, code: str) -> None:
        if code:
            self._pin(code)
        else:
            self._find("Pin which code? Pinned ones are let go.", self._pin)

    def _pin(self, code: str) -> None:
        desk, picture = self._screen.desk, self._screen.picture
        pinned = bool(desk.pinned([code]))
        usable = self._session.codes.keys() - self._session.retired
        if not pinned and len(desk.pinned(usable)) >= len(DIGITS):
            full = f"{len(DIGITS)} codes are pinned already: {{coding.pin}} lets one go first."
            self._screen.say(self._screen.fill(full), error=True)
            return
        (desk.unpin if pinned else desk.pin)(code)
        picture.draw_counts()
        picture.draw_hint()
        number = picture.numbers.by_code().get(code, "")
        name = picture.name(code)
        self._screen.say(f"let go: {name}" if pinned else f"pinned: {name} is on {number}")

    def under_which(self, name: str) -> None:
        """Ask under which theme or code a new one goes; then make it and put it."""
        if not self._session.book.themes:
            self._screen.acts.new_code(name, None)
            return
        offers = self._offers(everything=False)
        own = Offer(_OWN_THEME, "on its own, as a theme", definition="A column of the matrix.")
        self.finder.ask(
            Question(
                f"Under which theme or code goes “{name}”?",
                (*offers, own),
                lambda code: self._screen.acts.new_code(name, None if code == _OWN_THEME else code),
            ),
            top=self._screen.moves.is_low(),
        )

    def in_vivo(self) -> None:
        """Make a code named by the selected words; the name can be mended first."""
        span = self._screen.moves.cursor
        if span is None:
            self._screen.say("There are no words here to name a code by.", error=True)
            return
        session = self._session
        try:
            name = name_in_vivo(session.store, session.record, session.text, span)
        except QualcodeError as problem:
            self._screen.say(str(problem), error=True)
            return
        self._ask(
            "A new code from these words: its name",
            self._named,
            value=name,
            note="Enter: then its theme · {everywhere.back} cancels",
        )

    def _named(self, name: str) -> None:
        wanted = " ".join(name.split())
        if wanted:
            self.under_which(wanted)

    def _find(
        self,
        title: str,
        taken: Callable[[str], object],
        *,
        new: Callable[[str], object] | None = None,
    ) -> None:
        question = Question(title, self._offers(everything=True), taken, new)
        self.finder.ask(question, top=self._screen.moves.is_low())

    def _offers(self, *, everything: bool) -> tuple[Offer, ...]:
        """The codes that take codings: those used last first, then in book order.

        Without `everything` it is themes before codes, as for a place in the book.
        """
        session, picture = self._session, self._screen.picture
        counts = session.counts(everyone=picture.everyone)
        usable = [code for code in session.book.codes if code.id not in session.retired]
        if everything:
            first = {code: at for at, code in enumerate(session.recent)}
            usable.sort(key=lambda code: first.get(code.id, len(first)))
        else:
            usable.sort(key=lambda code: code.parent is not None)
        return tuple(
            Offer(
                code.id,
                code.name,
                theme="" if code.parent is None else picture.name(picture.theme_of(code.id)),
                key=picture.keys_of(code.id),
                count=str(counts.get(code.id, "")),
                definition=code.definition,
                mark=picture.mark(code.id),
            )
            for code in usable
        )

    def _ask(
        self,
        question: str,
        given: Callable[[str], object],
        *,
        note: str,
        value: str = "",
        typed: Callable[[str], str] | None = None,
    ) -> None:
        """Ask for words in one line, at the foot unless that lies over the selection."""
        self.bar.ask(
            question,
            given,
            value=value,
            note=self._screen.fill(note),
            typed=typed,
            top=self._screen.moves.is_low(1),
        )

    # -- going and searching ----------------------------------------------------------------------

    def go_to(self) -> None:
        """Ask for a turn or a time."""
        self._ask("Go to a turn or a time", self._go, note="a number, or 14:20")

    def _go(self, typed: str) -> None:
        if not typed.strip():
            return
        try:
            turn = find_place(self._session.text, typed)
        except QualcodeError as problem:
            self._screen.say(str(problem), error=True)
            return
        self._screen.moves.to_turn(turn)

    def search(self) -> None:
        """Ask what to look for; the number of hits is said while it is typed."""
        self._ask(
            "Search this transcript",
            self._search,
            note='words, "a phrase", fund*, /a regular expression/',
            typed=self._count,
        )

    def _count(self, typed: str) -> str:
        try:
            found = self._session.search(typed) if typed.strip() else ()
        except QualcodeError:
            return "not a search yet"
        return "1 hit" if len(found) == 1 else f"{len(found)} hits"

    def _search(self, typed: str) -> None:
        try:
            self.hits = self._session.search(typed) if typed.strip() else ()
        except QualcodeError as problem:
            self._screen.say(str(problem), error=True)
            return
        self._query = typed.strip()
        self.at_hit = None
        if self.hits:
            self.step_hit(1, here=True)
        else:
            self._screen.picture.view.set_hits((), None)
            if self._query:
                self._screen.say("no hits")

    def step_hit(self, step: int, *, here: bool = False) -> None:
        """Go to the next hit from the cursor, or the one before; round at the ends."""
        span = self._screen.moves.cursor
        if not self.hits or span is None:
            nothing = "Nothing was searched for: {coding.search} searches."
            self._screen.say(self._screen.fill(nothing), error=True)
            return
        # A sentence may hold several hits: one goes on from the marked one while one stands there.
        stands = self.at_hit is not None and span == self._hit_at
        start = self.hits[self.at_hit or 0].start if stands else span.start
        if step > 0:
            after = [at for at, hit in enumerate(self.hits) if hit.start >= start + (not here)]
            at, turned = (after[0], False) if after else (0, True)
        else:
            before = [at for at, hit in enumerate(self.hits) if hit.start < start]
            at, turned = (before[-1], False) if before else (len(self.hits) - 1, True)
        self._to_hit(at)
        where = ", round from the other end" if turned else ""
        keys = "{coding.next-hit} next, {coding.previous-hit} before, {everywhere.back} ends"
        self._screen.say(f"hit {at + 1} of {len(self.hits)}{where}: {self._screen.fill(keys)}")

    def _to_hit(self, at: int) -> None:
        """Mark a hit, and put the cursor on its sentence: a code is meant for more than a word."""
        hit, view, moves = self.hits[at], self._screen.view, self._screen.moves
        self.at_hit = at
        view.set_hits(self.hits, at)
        if view.units.sentences_known:
            moves.to(view.units.around(Unit.SENTENCE, hit), Unit.SENTENCE)
        else:
            moves.to(hit, Unit.WORD)
        self._hit_at = moves.cursor

    def end_search(self) -> bool:
        """Show no hits any more; False where none were shown."""
        if not self.hits:
            return False
        self.hits, self.at_hit = (), None
        self._screen.picture.view.set_hits((), None)
        return True


def _in_brackets(what: object) -> str:
    """Apart from the name before it, of which it could be read as a part."""
    return f"({what})" if what else ""
