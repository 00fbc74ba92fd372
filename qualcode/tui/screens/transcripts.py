"""The list of transcripts: how long each is, how far one is with it, and the way into it.

Who took part stands here by code and place, and is found by what is known of them, but never by a
name: names are in the identities file alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qualcode.errors import QualcodeError
from qualcode.text.counting import counted
from qualcode.text.folding import fold
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import Scope
from qualcode.tui.overview import bar
from qualcode.tui.screens.following import READING, FollowingScreen
from qualcode.tui.transcript.cells import width
from qualcode.tui.widgets.find_line import FindLine
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.row_text import cut as cut_to
from qualcode.tui.widgets.row_text import one_line
from qualcode.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from qualcode.services.work.progress import TranscriptProgress
    from qualcode.store.store import Store

Wanted = Callable[["TranscriptProgress"], bool]

FILTERS: Sequence[tuple[str, Wanted]] = (
    ("all", lambda _: True),
    ("not finished", lambda one: one.status != "finished"),
    ("not begun", lambda one: one.status == "new"),
    ("finished", lambda one: one.status == "finished"),
)
"""What `f` goes through."""

SORTS: Sequence[tuple[str, Callable[[TranscriptProgress], tuple[object, ...]]]] = (
    ("name", lambda _: ()),
    ("what is left", lambda one: (one.coded - one.answers,)),
    ("length", lambda one: (-one.record.words,)),
    ("date", lambda one: (one.record.interviewed is None, one.record.interviewed or "")),
)
"""What `o` goes through; those that are equal stand by name."""

_STATUS = {"new": "new", "started": "started", "finished": "finished ✓"}
_MEMO = "✎"
_WHO, _WHERE = "who", "place"
_NUMBERS_CELLS = 58
"""What stands right of the name: words, status, bar, answers, codings, memos."""

_GAP_CELLS = 2
_WHO_CELLS, _WHERE_CELLS = 14, 22
"""At most, of the participants' codes and of their places."""

_LEAST_NAME_CELLS = 24
"""No name is cut shorter to make room for those two."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands left of the numbers, in `room` cells; those of a column are 0 if it is not."""

    room: int
    name: int
    who: int = 0
    where: int = 0

    @classmethod
    def of(cls, listed: Sequence[TranscriptProgress], cells: int) -> Columns:
        """Each as wide as what stands in it; the name alone where there is no room for all."""
        room = max(8, cells - _NUMBERS_CELLS)
        name = _widest("name", [one_line(one.record.name) for one in listed])
        who = min(_WHO_CELLS, _widest(_WHO, [who_of(one) for one in listed]))
        where = min(_WHERE_CELLS, _widest(_WHERE, [where_of(one) for one in listed]))
        beside = sum(one + _GAP_CELLS for one in (who, where) if one)
        if room - beside < min(name, _LEAST_NAME_CELLS):
            who = where = beside = 0
        name = min(name, room - beside)
        return cls(min(room, max(name + beside, _LEAST_NAME_CELLS)), name, who, where)

    def line(self, name: str, who: str, where: str) -> str:
        """A row of them, in exactly so many cells."""
        parts = ((name, self.name), (who, self.who), (where, self.where))
        cut = [cut_to(words, cells).plain for words, cells in parts if cells]
        return cut_to((" " * _GAP_CELLS).join(cut), self.room).plain


def _widest(heading: str, words: Sequence[str]) -> int:
    """The cells that a column needs; 0 where nothing stands in it."""
    widest = max(map(width, words), default=0)
    return max(widest, width(heading)) if widest else 0


def who_of(one: TranscriptProgress) -> str:
    """The codes of those who took part."""
    return one_line(", ".join(one.record.participants))


def where_of(one: TranscriptProgress) -> str:
    """Their places, each once."""
    places = (one_line(person.place) for person in one.people if person.place)
    return ", ".join(dict.fromkeys(places))


class Transcripts(FollowingScreen):
    """All transcripts as one coder stands to them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.TRANSCRIPTS)
    CSS_PATH = "transcripts.tcss"
    AUTO_FOCUS = "#transcripts"

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[TranscriptProgress, ...] = ()
        self._all: tuple[TranscriptProgress, ...] | None = None
        self._filter = self._sort = 0
        self._words = ""
        self._columns = Columns(8, 8)

    def compose(self) -> ComposeResult:
        """What is shown, the names of the columns, the list."""
        yield OneLine(self.app.headed("Transcripts"), id="header")
        yield OneLine(id="columns")
        yield Rows(self._row, id="transcripts")
        yield FindLine(placeholder="a transcript, participant, place, role …", id="find")
        yield OneLine(id="status")
        yield FooterLine(Scope.TRANSCRIPTS)

    def on_mount(self) -> None:
        """Words come after the first picture."""
        self.query_one(Rows).show(0, empty=READING)

    def on_screen_resume(self) -> None:
        """What was coded meanwhile shows."""
        self.load()

    def on_resize(self) -> None:
        """The columns stand where those of the rows do."""
        self._name_columns()

    # -- what is shown ----------------------------------------------------------------------------

    async def look(self) -> None:
        """How far the coder is with each."""
        found = await self.asked(partial(_read_all, self.app.store, coder=self.app.coder))
        if found is not None:
            self.seen, self._all = found
            self._show()

    def _show(self) -> None:
        """Filter, sort, and leave the cursor on the transcript that it was on."""
        if self._all is None:
            return
        before = self._chosen
        name, wanted = FILTERS[self._filter]
        sorted_by, key = SORTS[self._sort]
        found = [one for one in self._all if wanted(one) and _holds(one, fold(self._words).split())]
        self.shown = tuple(sorted(found, key=key))
        uids = [one.record.uid for one in self.shown]
        at = uids.index(before.record.uid) if before and before.record.uid in uids else 0
        self.query_one(Rows).show(len(self.shown), at=at, empty=self._empty())
        said = [] if name == "all" else [name]
        said += [f"holding “{self._words}”"] if self._words else []
        showing = ", ".join([counted(len(self.shown), "transcript"), *said])
        headed = self.app.headed(f"Transcripts · {showing} · by {sorted_by}")
        self.query_one("#header", OneLine).set(headed, right=f"You are {self.app.coder}")
        self._name_columns()

    def _empty(self) -> str:
        if not self._all:
            return "No transcripts yet. In a terminal: qualcode import transcripts"
        if self._words:
            why = "No transcript holds these words. {transcripts.search} looks for others,"
            why += " {everywhere.back} shows all."
        else:
            why = "No transcript is so far. {transcripts.filter} shows others."
        return self.app.keymap.fill(why)

    def restyle(self) -> None:
        """What is said where nothing is shown names keys."""
        self._show()

    def _name_columns(self) -> None:
        rows = self.query_one(Rows)
        self._columns = Columns.of(self._all or (), rows.scrollable_content_region.width - 2)
        left = self._columns.line("name", _WHO, _WHERE)
        line = f"  {left} {'words':>8}  {'status':<10}  {'answers coded':<20} "
        self.query_one("#columns", OneLine).set(f"{line} codings memos")
        rows.refresh()

    def _row(self, row: int, _cells: int) -> Text:
        one = self.shown[row]
        name = one_line(one.record.name)
        line = Text(self._columns.line(name, who_of(one), where_of(one)), end="")
        line.append(f" {one.record.words:>8,}  {_STATUS[one.status]:<10}  ")
        line.append(bar(one.coded, one.answers))
        line.append(f" {f'{one.coded}/{one.answers}':<7} ")
        line.append(f" {one.codings:>7} {f'{one.memos} {_MEMO}' if one.memos else '':>5}")
        return line

    @property
    def _chosen(self) -> TranscriptProgress | None:
        row = self.query_one(Rows).cursor
        return self.shown[row] if row < len(self.shown) else None

    # -- commands ---------------------------------------------------------------------------------

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """Code the transcript under the cursor."""
        chosen = self._chosen
        if chosen is None:
            self.say(self._empty() if self._all is not None else READING)
        else:
            self.app.open_transcript(chosen.record.uid)

    def action_search(self) -> None:
        """Narrow by words."""
        self.query_one(FindLine).open(self._words)

    def action_filter(self) -> None:
        """Narrow by status."""
        self._filter = (self._filter + 1) % len(FILTERS)
        self._show()

    def action_sort(self) -> None:
        """Another order."""
        self._sort = (self._sort + 1) % len(SORTS)
        self._show()

    def action_finished(self) -> None:
        """Say that one has finished this transcript, or take that back."""
        from qualcode.services.work.progress import finish

        chosen = self._chosen
        if chosen is None:
            return
        finished = chosen.status != "finished"
        name, app = chosen.record.name, self.app
        try:
            finish(app.store, name, finished=finished, by=app.coder, at=app.now())
        except QualcodeError as problem:
            self.say(str(problem), error=True)
            return
        self.say(f"{name}: {'finished' if finished else 'no longer finished'}.")
        self.load()

    @on(FindLine.Typed)
    def _typed(self, event: FindLine.Typed) -> None:
        self._words = event.words
        self._show()

    def step_back(self) -> bool:
        """Show all again before the screen is left."""
        if not (self._words or self._filter):
            return False
        self._words, self._filter = "", 0
        self._show()
        return True


def _read_all(store: Store, *, coder: str) -> tuple[int, tuple[TranscriptProgress, ...]]:
    """The newest event, and how far a coder is with each transcript. For a thread."""
    from qualcode.services.retrieval import browsing
    from qualcode.services.work import progress

    newest = browsing.newest_event(store)
    return newest, progress.overview(store, coder=coder).transcripts


def _holds(one: TranscriptProgress, words: Sequence[str]) -> bool:
    """True where all words are in what is known of an interview and of those who took part."""
    record = one.record
    known = [record.name, *record.participants, *record.attributes.values()]
    for person in one.people:
        said = (person.place, person.stakeholder, person.organisation, person.role)
        known += [part for part in said if part]
    text = fold("\n".join(known))
    return all(word in text for word in words)
