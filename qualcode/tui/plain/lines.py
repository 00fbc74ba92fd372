"""The coding screen in lines: for screen readers, for scripts, for terminals that can only print.

A line is a command of the one table in `keys`; each act is committed before the next line is
read. A line that cannot be done is said with its number, and the next one is read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from qualcode import errors
from qualcode.errors import QualcodeError
from qualcode.model.coding import Segment
from qualcode.model.spans import Span
from qualcode.services.book import codebook_editing
from qualcode.services.book.codebook_file import LEFT
from qualcode.services.projects import CODEBOOK
from qualcode.services.retrieval import starring
from qualcode.services.retrieval.citing import name_in_vivo
from qualcode.services.work.coding_session import CodingSession
from qualcode.tui.going import find_place
from qualcode.tui.numbers import Numbers, follow
from qualcode.tui.plain import words
from qualcode.tui.plain.codes import Codes
from qualcode.tui.plain.cursor import Cursor
from qualcode.tui.plain.playback import Playback
from qualcode.tui.plain.waiting import Waits
from qualcode.tui.transcript.units import Unit

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from qualcode.model.codebook import Code
    from qualcode.model.coding import Coding
    from qualcode.services.work.coding_session import Change
    from qualcode.services.work.sentencing import SentenceSource
    from qualcode.tui.own.desk import Desk
    from qualcode.tui.own.surroundings import Surroundings

_UNREADABLE = re.compile("[\ud800-\udfff]")
"""What stands for bytes that were no text."""

_LONGEST_WORD = 20
"""Characters of a word that is no command; more may be somebody's words, pasted by mistake."""

_QUIT = "quit"
"""Stands alone like the others, and is nothing to be done."""

_ENDS = re.compile(r"(start\s+)?([+-]\d{1,4})(?:\s+(\S.*))?")


@dataclass(frozen=True, slots=True)
class _Guess:
    """A code that was guessed from letters, waiting for `yes`."""

    code: Code
    span: Span
    line: int


class Plain:
    """One coder at one transcript, told what to do line by line.

    `say` is given what a person reads, a line at a time; `complain` the number of a line and what
    is wrong with it.
    """

    def __init__(
        self,
        session: CodingSession,
        *,
        surroundings: Surroundings,
        desk: Desk,
        sentences: SentenceSource,
        say: Callable[[str], None],
        complain: Callable[[int, QualcodeError], None],
    ) -> None:
        self.failures = 0
        self._surroundings = surroundings
        self._desk = desk
        self._sentences = sentences
        self._say = say
        self._tell = complain
        self._line = 0
        self._guess: _Guess | None = None
        self._playback = Playback(surroundings)
        self._numbers = Numbers(desk)
        self._sit_down(session)
        place = desk.place(session.record.uid, session.record.version_uid)
        if place is not None and place.end <= len(session.text.text):
            self._cursor.go_to(Span(place.start, place.end), place.unit)

    def _sit_down(self, session: CodingSession) -> None:
        """Begin with a version of a transcript, at its first words."""
        self.session = session
        self._codes = Codes(session.book, session.retired, self._numbers)
        self._waits = Waits(session)
        turns = [Span(one.start, one.end) for one in session.text.turns if one.start < one.end]
        language = session.record.language
        found = self._sentences.find(session.text.text, language=language, turns=turns)
        self._cursor = Cursor(session.text, found.spans)

    def run(self, lines: Iterable[str]) -> int:
        """Do what the lines say, until they end or say quit; returns how many could not be done."""
        self._number_codes()
        self._say_if(self._waits.greeting)
        self._show()
        try:
            for self._line, line in enumerate(lines, 1):
                if line.strip().casefold() == _QUIT:
                    break
                self._obey(line)
            self._drop_guess()
        finally:
            self._playback.stop()
        return self.failures

    def _obey(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        word = word.casefold() or "next"
        if word != "yes":
            self._drop_guess()
        try:
            if _UNREADABLE.search(line):
                raise errors.UnreadableLineError
            self._say_if(self._playback.trouble())
            self._take_in()
            self._do(word, rest.strip())
        except QualcodeError as problem:
            self._complain(self._line, problem)

    def _do(self, word: str, rest: str) -> None:
        """One command; raises UnknownCommandError, NothingFollowsError."""
        if word in self._asking:
            self._asking[word](rest)
        elif word not in self._alone and word != _QUIT:
            raise errors.UnknownCommandError(word[:_LONGEST_WORD])
        elif rest:
            raise errors.NothingFollowsError(word)
        else:
            self._alone[word]()

    @property
    def _alone(self) -> Mapping[str, Callable[[], object]]:
        """The commands that stand alone."""
        return {
            "next": lambda: self._step(Unit.SENTENCE, 1),
            "back": lambda: self._step(Unit.SENTENCE, -1),
            "turn": lambda: self._step(Unit.TURN, 1),
            "turn-back": lambda: self._step(Unit.TURN, -1),
            "more": lambda: self._extend(1),
            "less": lambda: self._extend(-1),
            "uncoded": lambda: self._uncoded(back=False),
            "uncoded-back": lambda: self._uncoded(back=True),
            "hit": lambda: self._hit(1),
            "hit-back": lambda: self._hit(-1),
            "yes": self._confirm,
            "undo": self._undo,
            "redo": self._redo,
            "finished": self._finish,
            "play": lambda: self._say(self._playback.play(self.session, self._span.start)),
            "star": self._star,
            "where": self._where,
            "review": lambda: self._list(self._waits.lines()),
            "help": lambda: self._list(words.help_lines()),
        }

    @property
    def _asking(self) -> Mapping[str, Callable[[str], object]]:
        """The commands that something may follow."""
        return {
            "go": self._go,
            "search": self._search,
            "tag": self._tag,
            "untag": self._untag,
            "doubt": self._doubt,
            "ends": self._ends,
            "memo": self._memo,
            "in-vivo": self._in_vivo,
            "codes": self._list_codes,
            "accept": lambda n: self._settled(self._waits.accept(n, at=self._now())),
            "drop": lambda n: self._settled(self._waits.drop(n, at=self._now())),
            "move": self._move,
        }

    def _complain(self, line: int, problem: QualcodeError) -> None:
        self.failures += 1
        self._tell(line, problem)

    def _take_in(self) -> None:
        """Say what others have changed meanwhile; raises CorrectedMeanwhileError."""
        change = self.session.refresh()
        if change is None:
            return
        if change.corrected:
            self._go_over()
        self._number_codes(anew=change.book)
        count = len({coding.uid for coding in (*change.added, *change.removed)})
        if count:
            self._say(f"meanwhile {count} {'coding was' if count == 1 else 'codings were'} changed")

    def _go_over(self) -> NoReturn:
        """Go to the corrected words; the line that was read was meant for the old ones."""
        before = self.session
        place = before.place_now(self._span)
        self._sit_down(CodingSession.open(before.store, before.record.uid, coder=before.coder))
        if place is not None:
            self._cursor.go_to(place, self._cursor.unit)
        self._number_codes()
        self._say_if(self._waits.greeting)
        self._show()
        raise errors.CorrectedMeanwhileError(self.session.name)

    # -- moving -----------------------------------------------------------------------------------

    def _step(self, unit: Unit, step: int) -> None:
        if self._cursor.step(unit, step):
            self._show()
        else:
            self._say("this is the end" if step > 0 else "this is the beginning")

    def _extend(self, step: int) -> None:
        self._cursor.extend(step)
        self._show()

    def _uncoded(self, *, back: bool) -> None:
        turn = self.session.uncoded(self._span.start, back=back)
        if turn is None:
            self._say(f"no answer {'before' if back else 'after'} this one is without your code")
            return
        self._cursor.go_to_turn(turn)
        self._show()

    def _go(self, rest: str) -> None:
        self._cursor.go_to_turn(find_place(self.session.text, rest))
        self._show()

    def _search(self, rest: str) -> None:
        if not rest:
            raise errors.SomethingFollowsError("search", form=words.FORMS["search"])
        self._cursor.hits = self.session.search(rest)
        if self._cursor.hits:
            self._hit(0)
        else:
            self._say("not found")

    def _hit(self, step: int) -> None:
        number = self._cursor.go_to_hit(step)
        around = self._cursor.sentences_around()
        self._say(f"hit {number} of {len(self._cursor.hits)}")
        self._show()
        self._say(f"it stands in: {self.session.text.text[around.start : around.end]}")

    # -- acts -------------------------------------------------------------------------------------

    def _tag(self, rest: str) -> None:
        if not rest:
            raise errors.SomethingFollowsError("tag", form=words.FORMS["tag"])
        meant = self._codes.meant(rest)
        if meant.exact:
            self._put(meant.code, self._span)
            return
        self._guess = _Guess(meant.code, self._span, self._line)
        name = words.code_name(self.session.book, meant.code.id)
        self._say(f"do you mean {name}, {meant.code.name}? Say yes to put it on.")

    def _confirm(self) -> None:
        guess, self._guess = self._guess, None
        if guess is None:
            raise errors.NothingAskedError
        self._put(guess.code, guess.span)

    def _drop_guess(self) -> None:
        """A guess that nobody confirmed is a line that was not done."""
        guess, self._guess = self._guess, None
        if guess is not None:
            name = words.code_name(self.session.book, guess.code.id)
            self._complain(guess.line, errors.OnlyGuessedError(name))

    def _put(self, code: Code, span: Span) -> None:
        change = self.session.tag(code.id, span, at=self._now())
        follow(self._numbers, self.session, change)
        self._number_codes()
        self._did(change, "tagged", "was tagged already", span, code.id)

    def _untag(self, rest: str) -> None:
        coding = self._mine(rest)
        span = Span(coding.segment.start, coding.segment.end)
        change = self.session.untag(coding, at=self._now())
        self._did(change, "untagged", "was not tagged", span, coding.code)

    def _doubt(self, rest: str) -> None:
        coding = self._mine(rest)
        change = self.session.set_doubt(coding, doubt=not coding.doubt, at=self._now())
        did = "no longer in doubt" if coding.doubt else "in doubt"
        span = Span(coding.segment.start, coding.segment.end)
        self._did(change, did, "was so already", span, coding.code)

    def _star(self) -> None:
        """The innermost coded passage here, one's own before others'."""
        here = self.session.codings_at(self._span, everyone=True)
        if not here:
            raise errors.NotCodedHereError
        place = here[0].segment
        name, at = self.session.record.name, self._now()
        store, by = self.session.store, self.session.coder
        starred = starring.toggle(store, place, name=name, by=by, at=at)
        did = "worth quoting" if starred else "no longer worth quoting"
        self._say(f"{did}: {self.session.text.locator(place.start)}")

    def _ends(self, rest: str) -> None:
        asked = _ENDS.fullmatch(rest)
        if asked is None:
            raise errors.HowFarError
        coding = self._mine(asked[3] or "")
        here = Span(coding.segment.start, coding.segment.end)
        span = self._cursor.moved(here, int(asked[2]), start=asked[1] is not None)
        change = self.session.move_ends(coding, span, at=self._now())
        self._did(change, "moved", "was there already", span, coding.code)
        self._cursor.go_to(span, Unit.SENTENCE)
        self._show()

    def _memo(self, rest: str) -> None:
        if not rest:
            raise errors.SomethingFollowsError("memo", form=words.FORMS["memo"])
        mine = self._mine_here()
        target = mine[0] if len(mine) == 1 else self._span
        self.session.write_memo(target, rest, at=self._now())
        on = "the passage"
        if len(mine) == 1:
            on = words.code_name(self.session.book, mine[0].code)
        self._say(f"memo on {on}: {self.session.text.locator(self._span.start)}")

    def _in_vivo(self, rest: str) -> None:
        session = self.session
        name = name_in_vivo(session.store, session.record, session.text, self._span)
        theme = self._codes.theme(rest) if rest else self._likely_theme()
        edited = codebook_editing.add(
            session.store,
            self._book_path,
            name,
            parent=theme.id,
            proposed=True,
            by=session.coder,
            at=self._now(),
        )
        session.reload_book()
        self._number_codes(anew=True)
        self._say(edited.said)
        self._put(edited.code, self._span)

    def _likely_theme(self) -> Code:
        """The theme of the latest code, else the only one."""
        book, usable = self.session.book, self._codes.usable
        themes = [theme for theme in book.themes if theme.id in usable]
        for code in self.session.recent:
            latest = [theme for theme in themes if theme.id == book.path(code)[0]]
            if latest:
                return latest[0]
        if len(themes) != 1:
            raise errors.NoSuchThemeError(known=[theme.id for theme in themes], named=False)
        return themes[0]

    def _move(self, number: str) -> None:
        place = Segment(self.session.text.version, self._span.start, self._span.end)
        self._settled(self._waits.move(number, place, at=self._now()))

    def _settled(self, said: str) -> None:
        """What waited is on these words now, or off; the session learns of it like of others'."""
        self.session.refresh()
        self._number_codes()
        self._say(said)

    def _undo(self) -> None:
        self._reverted(self.session.undo(file=self._book_path, at=self._now()), "undone")

    def _redo(self) -> None:
        self._reverted(self.session.redo(file=self._book_path, at=self._now()), "done again")

    def _reverted(self, change: Change, did: str) -> None:
        follow(self._numbers, self.session, change)
        self._number_codes(anew=change.book)
        self._say(words.reverted(change, did))
        if change.file_left:
            self._say(LEFT)

    def _finish(self) -> None:
        finished = not self.session.finished
        self.session.set_finished(finished=finished, at=self._now())
        self._say(f"{self.session.name} is {'finished' if finished else 'not finished'}")

    def _did(self, change: Change, did: str, did_not: str, span: Span, code: str) -> None:
        """What an act did, in the words of `qualcode tag`."""
        place = f"{self.session.text.locator(span.start)} [{span.start}:{span.end}]"
        name = words.code_name(self.session.book, code)
        self._say(f"{did if change.records else did_not}: {place} {name}")

    def _mine_here(self, code: str = "") -> list[Coding]:
        """This coder's own codings under the cursor; those exactly there before all others."""
        found = list(self.session.codings_at(self._span, everyone=False))
        if code:
            wanted = self._codes.meant(code).code.id
            found = [coding for coding in found if coding.code == wanted]
        place = (self._span.start, self._span.end)
        exact = [one for one in found if (one.segment.start, one.segment.end) == place]
        return exact or found

    def _mine(self, code: str) -> Coding:
        """The one coding that is meant; raises NoCodingHereError, SeveralCodingsHereError."""
        found = self._mine_here(code)
        if not found:
            raise errors.NoCodingHereError
        if len(found) > 1:
            names = dict.fromkeys(words.code_name(self.session.book, one.code) for one in found)
            raise errors.SeveralCodingsHereError(list(names))
        return found[0]

    # -- looking ----------------------------------------------------------------------------------

    def _list_codes(self, rest: str) -> None:
        theme = self._codes.theme(rest) if rest else None
        codes = self._codes
        self._list(words.code_lines(codes.book, theme, codes.usable, codes.numbers))

    def _where(self) -> None:
        self._list(words.where_lines(self.session, self._span))
        self._show()

    def _show(self) -> None:
        """Say what is under the cursor, and remember the place."""
        record, span = self.session.record, self._span
        self._desk.keep_place(
            record.uid, record.version_uid, span.start, span.end, self._cursor.unit
        )
        self._list(words.passage_lines(self.session, span))

    def _say_if(self, sentence: str) -> None:
        if sentence:
            self._say(sentence)

    def _list(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._say(line)

    # -- helpers ----------------------------------------------------------------------------------

    @property
    def _book_path(self) -> Path:
        return self._surroundings.folder / CODEBOOK

    @property
    def _span(self) -> Span:
        return self._cursor.span

    def _number_codes(self, *, anew: bool = False) -> None:
        """Settle which code has which number; `anew` where the codebook has changed."""
        if anew:
            self._codes = Codes(self.session.book, self.session.retired, self._numbers)
        self._codes.settle(self.session.recent)

    def _now(self) -> datetime:
        return self._surroundings.clock()
