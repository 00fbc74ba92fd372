"""Summaries in lines: for screen readers, for scripts, for terminals that can only print.

The same cells and the same keeping as on the screens; a line is a command of the one table. Each
act is saved before the next line is read. A line that cannot be done is said with its number, and
the next one is read all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from qualcode import errors
from qualcode.errors import QualcodeError
from qualcode.model.codebook import SEPARATOR
from qualcode.model.summary import SummaryStatus
from qualcode.services.summaries import keeping
from qualcode.services.summaries.keeping import Kept
from qualcode.services.summaries.open_summary import OpenSummary
from qualcode.services.summaries.sheet import Ground, Sheet, SheetCell, read_sheet, sheet_at
from qualcode.text.counting import counted
from qualcode.text.locators import put_in
from qualcode.tui import cell_words
from qualcode.tui.keys import plain_words

if TYPE_CHECKING:
    from qualcode.services.work.coding import Reverted
    from qualcode.store.store import Store

_LONGEST_WORD: Final = 20
"""Characters of a word that is no command; more may be somebody's words, pasted by mistake."""

_QUIT: Final = "quit"

FORMS: Final[Mapping[str, str]] = {
    "write": "TEXT",
    "add": "TEXT",
    "link": "N",
    "unlink": "N",
    "go": "CASE [THEME]",
    "cells": "[THEME]",
}
"""What comes after a word; the words that are not here stand alone."""

_IN_LINES: Final[Mapping[str, str]] = {
    "help": "List the commands.",
    "write": "Write the summary of this cell, in the place of what stands there.",
    "link": "Put the place of the passage of that number at the end of the summary, and link it.",
    "unlink": "Take the link to the passage of that number off; the words stay.",
}
"""Said otherwise than in the table, which speaks of keys there."""

ONLY_IN_LINES: Final[Mapping[str, str]] = {
    "add": "Write on: these words come behind what stands there.",
    "go": "Go to the cell of a case, and of a theme if one is given.",
    "cells": "List the cells with something to do, of all themes or of one.",
    "read": "Read this cell again: its state, its summary, its passages with their numbers.",
}
"""What a screen shows, or lets one type, without a command."""


def all_words() -> dict[str, str]:
    """Every command with its sentence; those of everywhere come last."""
    known = plain_words(summaries=True)
    words = {word: _IN_LINES.get(word, one.help) for word, one in known.items()}
    last = {word: words.pop(word) for word in ("help", "quit")}
    return {**ONLY_IN_LINES, **words, **last}


class PlainSummaries:
    """One coder at one sheet, told what to do line by line.

    `say` is given what a person reads, a line at a time; `complain` the number of a line and what
    is wrong with it.
    """

    def __init__(
        self,
        store: Store,
        sheet: Sheet,
        place: tuple[str, str] | None,
        *,
        coder: str,
        clock: Callable[[], datetime],
        say: Callable[[str], None],
        complain: Callable[[int, QualcodeError], None],
    ) -> None:
        self.failures = 0
        self._store, self._coder, self._clock = store, coder, clock
        self._say, self._tell = say, complain
        self._line = 0
        self._sheet = sheet
        self._heard: tuple[Ground, ...] = ()
        """The passages as they were read last: a number means one of them, whatever came since."""
        first = sheet.next_to_do("", "") or next(iter(sheet.order), None)
        self._open = None if first is None else self._opened(place or first)

    def run(self, lines: Iterable[str]) -> int:
        """Do what the lines say, until they end or say quit; returns how many could not be done."""
        to_do = sum(cell.needs_work for cell in self._sheet.cells.values())
        self._say(f"{counted(len(self._sheet.order), 'cell')}, {to_do:,} with something to do")
        self._read()
        for self._line, line in enumerate(lines, 1):
            if line.strip().casefold() == _QUIT:
                break
            try:
                self._take_in()
                self._obey(line.strip())
            except QualcodeError as problem:
                self.failures += 1
                self._tell(self._line, problem)
        return self.failures

    def _obey(self, line: str) -> None:
        """One command; raises UnknownCommandError, SomethingFollowsError, NothingFollowsError."""
        word, _, rest = line.partition(" ")
        word, rest = word.casefold() or "next", rest.strip()
        if word in self._asking:
            if not rest and word != "cells":
                raise errors.SomethingFollowsError(word, form=FORMS[word])
            self._asking[word](rest)
        elif word not in self._alone:
            raise errors.UnknownCommandError(word[:_LONGEST_WORD])
        elif rest:
            raise errors.NothingFollowsError(word)
        else:
            self._alone[word]()

    @property
    def _alone(self) -> Mapping[str, Callable[[], object]]:
        """The commands that stand alone."""
        return {
            "next": lambda: self._to_do(back=False),
            "back": lambda: self._to_do(back=True),
            "case-next": lambda: self._move(rows=1),
            "case-back": lambda: self._move(rows=-1),
            "theme-next": lambda: self._move(columns=1),
            "theme-back": lambda: self._move(columns=-1),
            "draft": lambda: self._set(SummaryStatus.DRAFT),
            "checked": lambda: self._set(SummaryStatus.CHECKED),
            "final": lambda: self._set(SummaryStatus.FINAL),
            "remove": self._remove,
            "undo": lambda: self._revert(keeping.undo, "undone"),
            "redo": lambda: self._revert(keeping.redo, "done again"),
            "read": self._read,
            "help": self._help,
        }

    @property
    def _asking(self) -> Mapping[str, Callable[[str], object]]:
        """The commands that something follows."""
        return {
            "write": self._write,
            "add": self._add,
            "link": self._link,
            "unlink": self._unlink,
            "go": self._go,
            "cells": self._list,
        }

    def _take_in(self) -> None:
        """What others did meanwhile, before the line is done."""
        from qualcode.services.retrieval.browsing import newest_event

        if newest_event(self._store) != self._sheet.newest and self._look_again():
            cell = self._here().cell
            by = "somebody" if cell.summary is None else cell.summary.changed_by
            self._say(f"meanwhile this summary was changed by {by}: {self._words(cell)}")

    def _look_again(self) -> bool:
        """Read all cells anew; True where the summary of this one is another.

        Raises UnknownCaseError where the cell is no longer there.
        """
        before, opened = self._sheet, self._open
        self._sheet = read_sheet(self._store, rows=before.kind, theme=before.theme)
        if opened is None:
            return False
        cell = self._sheet.cell(opened.cell.row, opened.cell.code)
        if cell is None:
            self._open = None
            raise errors.UnknownCaseError(opened.cell.row, where=None, nearest=None)
        return opened.follow(self._sheet, cell, writing=False)

    # -- moving -----------------------------------------------------------------------------------

    def _opened(self, place: tuple[str, str]) -> OpenSummary:
        return OpenSummary(self._store, self._sheet, self._sheet.cells[place], coder=self._coder)

    def _here(self) -> OpenSummary:
        """The cell that is open. Raises UnknownCaseError where there is none."""
        if self._open is None:
            raise errors.UnknownCaseError("", where=None, nearest=None)
        return self._open

    def _to_do(self, *, back: bool) -> None:
        cell = self._here().cell
        place = self._sheet.next_to_do(cell.row, cell.code, back=back)
        if place is None:
            self._say("no other cell has passages without a summary, or a stale one")
            return
        self._open = self._opened(place)
        self._read()

    def _move(self, *, rows: int = 0, columns: int = 0) -> None:
        cell = self._here().cell
        place = self._sheet.beside(cell.row, cell.code, rows=rows, columns=columns)
        if place is None:
            what = "case" if rows else "theme"
            self._say(f"this is the {'last' if rows + columns > 0 else 'first'} {what}")
            return
        self._open = self._opened(place)
        self._read()

    def _go(self, rest: str) -> None:
        """A case may have blanks in its name: the last word is the theme where one is called so."""
        case, _, theme = rest.rpartition(" ")
        sheet, kind = self._sheet, self._sheet.kind
        whole = any(row.key.casefold() == rest.casefold() for row in sheet.rows)
        code = self._open.cell.code if self._open is not None else None
        if whole or not case:
            case, theme = rest, code or ""
        self._sheet, place = sheet_at(self._store, case, theme or None, rows=kind)
        if place is not None:
            self._open = self._opened(place)
        self._read()

    # -- acts -------------------------------------------------------------------------------------

    def _write(self, words: str) -> None:
        opened = self._writable()
        opened.begin()
        self._kept(opened.keep(words, at=self._clock()))

    def _add(self, words: str) -> None:
        opened = self._writable()
        opened.begin()
        self._kept(opened.keep(f"{opened.words} {words}".strip(), at=self._clock()))

    def _link(self, number: str) -> None:
        opened = self._writable()
        ground = self._meant(number)
        opened.begin()
        offset, place = put_in(opened.words, ground.quotation.locator)
        opened.link(ground)
        words = opened.words[:offset] + place + opened.words[offset:]
        self._kept(opened.keep(words, at=self._clock()))

    def _unlink(self, number: str) -> None:
        opened = self._writable()
        ground = self._meant(number)
        if not opened.is_linked(ground):
            self._say(f"nothing changed: the summary is not linked to passage {number}")
            return
        opened.begin()
        opened.unlink(ground)
        self._kept(opened.keep(opened.words, at=self._clock()))

    def _kept(self, words: str) -> None:
        opened = self._here()
        self._sheet = opened.sheet
        if opened.joined is not None:
            self._say(f"{opened.joined} has written here meanwhile: both stand here now")
        self._say(f"kept: {_one_line(words)}" if words.strip() else "no summary stands here now")

    def _writable(self) -> OpenSummary:
        """The cell, where something can be written in it. Raises CellClosedError."""
        opened = self._here()
        if opened.cell.subject is None or opened.cell.is_hidden:
            raise errors.CellClosedError(opened.cell.row, why=cell_words.state(opened.cell))
        return opened

    def _meant(self, number: str) -> Ground:
        """The passage of a number; raises NoPassageOfNumberError."""
        cell = self._here().cell
        heard = {str(n): one for n, one in enumerate(self._heard, 1)}
        at = cell.where_now(heard[number]) if number in heard else None
        if at is None:
            raise errors.NoPassageOfNumberError(number[:_LONGEST_WORD], most=len(cell.grounds))
        return cell.grounds[at]

    def _set(self, status: SummaryStatus) -> None:
        self._changed(partial(keeping.keep_status, status=status))

    def _remove(self) -> None:
        self._changed(keeping.take_away)

    def _changed(self, act: Callable[..., Kept]) -> None:
        opened = self._writable()
        cell = opened.cell
        newest = self._sheet.newest
        kept = act(self._store, cell, seen=newest, by=self._coder, at=self._clock())
        after = cell.with_summary(kept.summary, cell.text)
        self._sheet = self._sheet.with_cell(after, newest=kept.newest)
        opened.follow(self._sheet, after, writing=False)
        self._say("taken away" if kept.summary is None else f"{kept.summary.status} now")

    def _revert(self, act: Callable[..., Reverted], did: str) -> None:
        before = self._sheet
        done = act(self._store, by=self._coder, at=self._clock())
        self._look_again()
        elsewhere = cell_words.elsewhere(before, self._sheet, self._here().cell)
        self._say(f"{did}: {done.verb}{elsewhere}")
        self._read()

    # -- looking ----------------------------------------------------------------------------------

    def _read(self) -> None:
        """The cell: what it is, its state, its summary, and all that lies beneath it."""
        if self._open is None:
            self._say("there is no cell yet: a study has cases once transcripts are imported")
            return
        self._heard = self._open.cell.grounds
        for line in self._cell_lines(self._open.cell):
            self._say(line)

    def _cell_lines(self, cell: SheetCell) -> Iterator[str]:
        yield f"{cell.row}, {self._sheet.book.full_name(cell.code) or cell.code}"
        yield cell_words.state(cell)
        if cell.summary is not None:
            yield f"summary: {self._words(cell)}"
        gone = cell_words.gone_links(cell)
        if gone:
            yield gone
        for other in cell.others:
            yield f"other words, by {other.author}: {_one_line(other.text)}"
        for number, ground in enumerate(cell.grounds, 1):
            said = [
                ground.quotation.locator,
                *(code.rpartition(SEPARATOR)[2] for code in ground.codes),
            ]
            said += ["linked"] if cell.is_linked(ground) else []
            said += ["new"] if ground.is_new else []
            yield f"{number}, {', '.join(said)}: {_one_line(ground.quotation.text)}"

    def _words(self, cell: SheetCell) -> str:
        return _one_line(cell.text)

    def _list(self, theme: str) -> None:
        wanted = None if not theme else self._theme(theme)
        shown = 0
        for place in self._sheet.order:
            cell = self._sheet.cells[place]
            if cell.needs_work and wanted in (None, cell.code):
                shown += 1
                name = self._sheet.book.full_name(cell.code) or cell.code
                self._say(f"{cell.row}, {name}: {cell_words.state(cell)}")
        if not shown:
            self._say("nothing to do")

    def _theme(self, name: str) -> str:
        """The id of a theme of the sheet by any name; raises UnknownCodeError."""
        from qualcode.codebook import resolve_code

        return resolve_code(self._sheet.book, name).id

    def _help(self) -> None:
        for word, sentence in all_words().items():
            self._say(f"{' '.join(filter(None, (word, FORMS.get(word, ''))))}: {sentence}")
        self._say("An empty line is the same as next.")


def _one_line(words: str) -> str:
    return " ".join(words.split())
