"""What a coder does to a transcript: each act is committed by the session, then drawn.

An act that fails changes nothing and leaves the picture as it was; its sentence stands in the
status line until the next act.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from qualcode.errors import NothingToUndoError, QualcodeError, TranscriptCorrectedError
from qualcode.model.coding import Coding, Memo, Segment
from qualcode.model.people import coder_key
from qualcode.model.spans import Span
from qualcode.services.book import codebook_editing
from qualcode.services.book.codebook_file import LEFT, FileKind, FileState
from qualcode.services.projects import CODEBOOK
from qualcode.services.retrieval import starring
from qualcode.services.work.coding_session import Change
from qualcode.tui.guide import Deed
from qualcode.tui.pages import is_left
from qualcode.tui.screens.coding.memo import OpenMemo, memos_of
from qualcode.tui.widgets.dialogs import MEMO_ROWS, MemoEditor
from qualcode.tui.widgets.which_key import Choice

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.tui.screens.coding.screen import CodingScreen

_PLACE = "place"
"""Stands in a menu for the passage itself, where the others are codings."""

_NEW = "new"
"""Stands in a menu for a memo that is not there yet."""

_MOST_OTHERS = 3
_MOST_OF_OTHERS = 140
"""Memos of other coders shown above one's own, and characters of each."""


class Acts:
    """The acts of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._session = screen.session
        self._offered = False

    @property
    def book_path(self) -> Path:
        """Where the codebook's file lies."""
        return self._screen.app.surroundings.folder / CODEBOOK

    def do(self, act: Callable[[datetime], Change], *, nothing: str = "") -> Change | None:
        """Do it and draw it; None where it was refused, which is said.

        `nothing` is what is said where there is nothing to take back or to do again.
        """
        try:
            change = act(self._screen.app.now())
        except NothingToUndoError:
            self._screen.say(nothing)
            return None
        except TranscriptCorrectedError:
            self._screen.elsewhere.refused()
            return None
        except QualcodeError as problem:
            self._screen.say(str(problem), error=True)
            return None
        self._screen.hush()
        self._screen.picture.apply(change)
        self._screen.moves.keep_place()
        return change

    # -- codes ------------------------------------------------------------------------------------

    def tag(self, code: str, *, deed: Deed = Deed.TAGGED) -> None:
        """Put a code on the selection."""
        span = self._screen.moves.cursor
        if span is None:
            self._screen.say("There are no words here to put a code on.", error=True)
            return
        change = self.do(lambda at: self._session.tag(code, span, at=at))
        if change is not None and not change.records:
            self._screen.say(f"{self._screen.picture.name(code)} lies here already")
        elif change is not None:
            self._screen.moves.mean(None)
            self._screen.picture.panel.bring_into_sight(code)
            self._screen.saw(deed)

    def new_code(self, name: str, parent: str | None) -> None:
        """Make a code, marked as proposed, and put it on the selection."""
        app = self._screen.app
        try:
            made = codebook_editing.add(
                self._session.store,
                self.book_path,
                name,
                parent=parent,
                proposed=parent is not None,
                by=self._session.coder,
                at=app.now(),
            )
            self._session.reload_book()
        except QualcodeError as problem:
            self._screen.say(str(problem), error=True)
            return
        self._screen.picture.take_book()
        self.tag(made.code.id, deed=Deed.FOUND)

    def untag(self) -> None:
        """Take one's own code off here."""
        self._on_own("Take off which?", "take it off", self._untag)

    def _untag(self, coding: Coding) -> None:
        change = self.do(lambda at: self._session.untag(coding, at=at))
        if change is not None:
            back = self._screen.fill("({coding.undo} puts it back)")
            self._screen.say(f"taken off: {self._screen.picture.name(coding.code)} {back}")

    def doubt(self) -> None:
        """Say that one's coding here is to be talked about, or take that back."""
        self._on_own("Which is in doubt?", "doubt it", self._doubt)

    def _doubt(self, coding: Coding) -> None:
        doubt = not coding.doubt
        change = self.do(lambda at: self._session.set_doubt(coding, doubt=doubt, at=at))
        if change is not None:
            name = self._screen.picture.name(coding.code)
            self._screen.say(f"in doubt: {name}" if doubt else f"no longer in doubt: {name}")

    def star(self) -> None:
        """Say that a coded passage here is worth quoting, whoever coded it, or take that back."""
        chosen, span = self._screen.moves.chosen, self._screen.moves.cursor
        here = () if span is None else self._session.codings_at(span, everyone=True)
        places = {one.segment: one for one in ([chosen] if chosen else here)}
        if not places:
            self._screen.say("No code lies here: a star is for a coded passage.", error=True)
        elif len(places) == 1:
            self._star(next(iter(places)))
        else:
            by_uid = {one.uid: one.segment for one in places.values()}
            self._screen.asking.menu(
                "Which is worth quoting?",
                self._choices(list(places.values())),
                lambda uid: self._star(by_uid[uid]),
            )

    def _star(self, place: Segment) -> None:
        session = self._session
        try:
            starred = starring.toggle(
                session.store,
                place,
                name=session.record.name,
                by=session.coder,
                at=self._screen.app.now(),
            )
        except QualcodeError as problem:
            self._screen.say(str(problem), error=True)
            return
        said = "worth quoting *" if starred else "no longer worth quoting"
        self._screen.say(f"{session.text.locator(place.start)}: {said}")

    def move_ends(self) -> None:
        """Begin to move the ends of one's coding here."""
        self._on_own("Move the ends of which?", "move its ends", self._screen.ends.begin)

    def save_ends(self, coding: Coding, span: Span) -> None:
        """Let a coding reach from here to there."""
        change = self.do(lambda at: self._session.move_ends(coding, span, at=at))
        if change is not None:
            for moved in filter(self._session.mine, change.added):
                self._screen.moves.mean(moved)
            self._screen.say(f"moved: {self._screen.picture.name(coding.code)}")

    def _on_own(self, question: str, verb: str, then: Callable[[Coding], object]) -> None:
        """Do it to the coding that was chosen, to the only one here, or to the one asked for."""
        chosen = self._screen.moves.chosen
        if chosen is not None:
            if self._session.mine(chosen):
                then(chosen)
            else:
                self._not_yours(chosen, verb)
            return
        own = self._own_here()
        if len(own) == 1:
            then(own[0])
        elif own:
            by_uid = {one.uid: one for one in own}
            self._screen.asking.menu(question, self._choices(own), lambda uid: then(by_uid[uid]))
        else:
            self._refuse(verb)

    def _own_here(self) -> tuple[Coding, ...]:
        span = self._screen.moves.cursor
        return () if span is None else self._session.codings_at(span, everyone=False)

    def _refuse(self, verb: str) -> None:
        span = self._screen.moves.cursor
        others = () if span is None else self._session.codings_at(span, everyone=True)
        if others:
            self._not_yours(others[0], verb)
        else:
            self._screen.say("No code of yours lies here.", error=True)

    def _not_yours(self, coding: Coding, verb: str) -> None:
        name, coder = self._screen.picture.name(coding.code), coding.coder
        self._screen.say(f"{name} here is {coder}'s: only {coder} can {verb}.", error=True)

    def _choices(self, codings: Sequence[Coding]) -> list[Choice]:
        picture = self._screen.picture
        words = self._session.text.text
        return [
            Choice(
                "",
                one.uid,
                picture.name(one.code) + (" ?" if one.doubt else ""),
                note=f"“{shortened(words[one.segment.start : one.segment.end], 24)}”",
                mark=picture.mark(one.code),
            )
            for one in codings
        ]

    # -- memos ------------------------------------------------------------------------------------

    def memo(self) -> None:
        """Write a memo on the coding here, else on the passage."""
        span, chosen = self._screen.moves.cursor, self._screen.moves.chosen
        if span is None:
            self._screen.say("There are no words here to write a memo on.", error=True)
            return
        own = self._own_here() if chosen is None else (chosen,)
        if len(own) < 2:
            self._write_on(own[0] if own else span)
            return
        targets: dict[str, Coding | Span] = {one.uid: one for one in own}
        targets[_PLACE] = span
        choices = [*self._choices(own), Choice("", _PLACE, "the passage itself")]
        self._screen.asking.menu(
            "A memo on which?", choices, lambda uid: self._write_on(targets[uid])
        )

    def _write_on(self, target: Coding | Span) -> None:
        """Open the only memo of one's own, else a new one, else the one asked for."""
        own = {memo.uid: memo for memo in memos_of(self._session, target)}
        if len(own) < 2:
            self._open_memo(target, next(iter(own.values()), None))
            return
        choices = [
            Choice("", memo.uid, f"“{shortened(memo.body, 40)}”", f"{memo.written:%Y-%m-%d}")
            for memo in own.values()
        ]
        self._screen.asking.menu(
            "Which of your memos here?",
            [*choices, Choice("", _NEW, "a new one")],
            lambda uid: self._open_memo(target, own.get(uid)),
        )

    def _open_memo(self, target: Coding | Span, open_one: Memo | None) -> None:
        """Open the editor, which says when it is to be kept."""
        open_memo = OpenMemo(self._session, target, open_one)

        def keep(words: str) -> None:
            change = open_memo.keep(words, at=self._screen.app.now())
            # The last words are kept when all is left, too; a correction is taken in later.
            if change is not None and not change.corrected and not is_left(self._screen):
                self._screen.picture.apply(change)

        body = "" if open_one is None else open_one.body
        self._screen.hush()
        rows = max(MEMO_ROWS, self._screen.size.height // 2)
        top = self._screen.moves.is_low(rows - 2)  # that counts from above the two last lines
        title = self._memo_title(target)
        self._screen.app.push_screen(MemoEditor(title, body=body, keep=keep, top=top))

    def _memo_title(self, target: Coding | Span) -> str:
        """What the memo is on, and below it what other coders wrote there."""
        name, span = "the passage", target
        if isinstance(target, Coding):
            name = self._screen.picture.name(target.code)
            span = Span(target.segment.start, target.segment.end)
        assert isinstance(span, Span)
        me = coder_key(self._session.coder)
        others = [
            f"{memo.coder} wrote: {shortened(memo.body, _MOST_OF_OTHERS)}"
            for memo in self._session.memos_at(span)
            if coder_key(memo.coder) != me
        ]
        place = self._session.text.locator(span.start)
        return "\n".join([f"Memo on {name}, {place}", *others[:_MOST_OTHERS]])

    # -- undo, redo, finished ---------------------------------------------------------------------

    def undo(self) -> None:
        """Take the latest act back."""
        change = self.do(
            lambda at: self._session.undo(file=self.book_path, at=at), nothing="Nothing to undo."
        )
        if change is not None:
            self._after_reverting(change, "undone")
            self._screen.saw(Deed.UNDONE)

    def redo(self) -> None:
        """Do again what undo took back."""
        change = self.do(
            lambda at: self._session.redo(file=self.book_path, at=at),
            nothing="Nothing to do again.",
        )
        if change is not None:
            self._after_reverting(change, "done again")

    def _after_reverting(self, change: Change, what: str) -> None:
        """Say what it was and where; bring it into sight."""
        if change.elsewhere:
            self._screen.say(f"{what}: {change.reverted} in {change.elsewhere}")
            return
        touched = (*change.added, *change.removed)
        if not touched:
            left = f"; {LEFT}" if change.file_left else ""
            self._screen.say(f"{what}: {change.reverted}{left}")
            return
        place = touched[0].segment
        self._screen.moves.into_sight(Span(place.start, place.end))
        names = ", ".join(dict.fromkeys(self._screen.picture.name(one.code) for one in touched))
        where = self._session.text.locator(place.start)
        self._screen.say(f"{what}: {change.reverted} {names}, {where}")

    def finished(self) -> None:
        """Say that the transcript is finished, or take that back."""
        finished = not self._session.finished
        change = self.do(lambda at: self._session.set_finished(finished=finished, at=at))
        if change is not None:
            coded, answers = self._session.coverage()
            left = answers - coded
            words = f"finished: {left} answers hold no code of yours" if left else "finished"
            self._screen.say(words if finished else "not finished after all")

    # -- the codebook's file ----------------------------------------------------------------------

    def offer_book(self, state: FileState | None) -> None:
        """Offer to bring the codebook's file in, where somebody changed it; None: not known."""
        # A file behind the project is not offered: that would take a colleague's code back.
        changed = state is not None and state.kind is FileKind.CHANGED and not state.behind
        if changed != self._offered:
            self._offered = changed
            self._screen.picture.draw_hint()

    @property
    def offer(self) -> str:
        """What is offered, "" for nothing; it stays in sight until it is taken."""
        offer = f"{CODEBOOK} was changed: {{coding.apply}} applies it"
        return self._screen.fill(offer) if self._offered else ""

    def ask_to_apply(self) -> None:
        """Let the codebook screen ask: it shows first what the file would change."""
        from qualcode.tui.screens.codebook import CodebookScreen

        app = self._screen.app
        app.action_codebook()
        if isinstance(app.screen, CodebookScreen):
            app.screen.call_after_refresh(app.screen.action_apply)


def shortened(words: str, most: int) -> str:
    """The beginning of a passage in one line of so many characters."""
    line = " ".join(words[: 2 * most].split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
