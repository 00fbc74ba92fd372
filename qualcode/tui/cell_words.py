"""What is said of a cell of summaries: its state in four signs, in a clause, and what changed.

Plain words, for the screens and for what is printed in lines; whatever they show has passed the
consent service.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from qualcode.model.summary import Emptiness, SummaryStatus
from qualcode.services.summaries.sheet import Sheet, SheetCell
from qualcode.text.counting import counted
from qualcode.text.locators import locator
from qualcode.tui.transcript.cells import printable

SIGN_CELLS: Final = 4

_LETTERS: Final = {
    SummaryStatus.DRAFT: "d",
    SummaryStatus.CHECKED: "c",
    SummaryStatus.FINAL: "f",
}
_TO_WRITE: Final = "○"
_STALE: Final = "!"
_WITHHELD: Final = "wh"
_SILENT: Final = {
    Emptiness.NOT_INTERVIEWED: "ni",
    Emptiness.NOT_ASKED: "na",
    Emptiness.NOTHING_CODED: "–",
    Emptiness.NOT_YET_CODED: "…",
    Emptiness.WITHHELD: _WITHHELD,
}
_NO_CASE: Final = "·"

_MEANT: Final = {
    _TO_WRITE: "passages to sum up",
    "d": "draft",
    "c": "checked",
    "f": "final",
    _STALE: "stale",
    "–": "asked, nothing coded",
    "…": "not yet coded",
    "na": "not asked",
    "ni": "not interviewed",
    _WITHHELD: "withheld",
    _NO_CASE: "no case by itself",
}
"""What the signs mean; `○` and the letters stand before the number of passages."""


def sign(cell: SheetCell) -> str:
    """The state of a cell in at most four signs, and as well without colour."""
    if cell.is_hidden:
        return _WITHHELD
    if cell.summary is None and not cell.grounds:
        return _NO_CASE if cell.emptiness is None else _SILENT[cell.emptiness]
    letter = _TO_WRITE if cell.summary is None else _LETTERS[cell.summary.status]
    begin = f"{letter}{_STALE if cell.is_stale else ''}"
    number = str(len(cell.grounds))
    return begin + (number if len(begin) + len(number) <= SIGN_CELLS else "+")


def legend(cells: Iterable[SheetCell]) -> str:
    """What the signs mean that stand on a sheet."""
    shown = {sign(cell) for cell in cells}
    begin = {one[0] for one in shown} | {_STALE for one in shown if one[1:2] == _STALE}
    meant = [f"{one} {meaning}" for one, meaning in _MEANT.items() if one in begin | shown]
    counts = any(one[-1:].isdigit() for one in shown)
    return " · ".join([*meant, *(["numbers count passages"] if counts else [])])


def elsewhere(before: Sheet, after: Sheet, here: SheetCell | None) -> str:
    """Which cells an undo changed, to stand behind what it undid; "" for the one somebody is on."""
    places = [
        place
        for place, cell in after.cells.items()
        if place in before.cells and cell.summary != before.cells[place].summary
    ]
    if after.newest == before.newest or (here is not None and (here.row, here.code) in places):
        return ""
    if len(places) > 1:
        return f", of {counted(len(places), 'cell')}"
    if not places:
        return ", of a cell that is not on this sheet"
    ((row, code),) = places
    return f", of {printable(row)}, {printable(after.book.full_name(code) or code)}"


def state(cell: SheetCell) -> str:
    """The same as a clause: what stands there, or why nothing does."""
    if cell.is_hidden:
        return "there is a summary that may not be shown, by consent"
    beneath = counted(len(cell.grounds), "passage")
    if cell.summary is not None:
        stale = f"; {stale_words(cell)}" if cell.is_stale else ""
        beside = f"; {counted(len(cell.others), 'other wording')} beside it" if cell.others else ""
        return f"{who(cell)}; {beneath}{stale}{beside}"
    if cell.grounds:
        return f"{beneath}, no summary yet"
    if cell.emptiness is None:
        return "no case by itself: nothing can be summed up here"
    return _SAID[cell.emptiness]


_SAID: Final = {
    Emptiness.NOT_INTERVIEWED: "not interviewed",
    Emptiness.NOT_ASKED: "not asked about this",
    Emptiness.NOTHING_CODED: "asked, nothing coded",
    Emptiness.NOT_YET_CODED: "not yet coded by anybody",
    Emptiness.WITHHELD: "withheld: what was said here leaves in nothing",
}


def who(cell: SheetCell) -> str:
    """How far a summary has come, who wrote it and when, and who said so."""
    summary = cell.summary
    if summary is None:
        return "no summary yet"
    said = f"{summary.status}, by {_name(summary.author)}, {moment(summary.written)}"
    changed = summary.changed_by not in ("", summary.author)
    return f"{said}, last changed by {_name(summary.changed_by)}" if changed else said


def stale_words(cell: SheetCell) -> str:
    """What became of the passages since the summary was written or checked."""
    came, went = cell.change.came, cell.change.went
    parts = []
    if came:
        places = [locator(None, one.turn, None) or one.locator for one in came[:3]]
        more = ", …" if len(came) > len(places) else ""
        parts.append(f"{counted(len(came), 'passage')} came ({', '.join(places)}{more})")
    if went:
        parts.append(f"{counted(went, 'passage')} went")
    return f"stale: {' and '.join(parts)} since" if parts else ""


def _gone(cell: SheetCell) -> Iterator[str]:
    """The links of a summary whose passages are not there any more."""
    for link in cell.links:
        if link.missing is not None:
            yield f"It is linked to {link.locator or 'a passage'}, {link.missing}."


def gone_links(cell: SheetCell) -> str:
    """The same in one line, "" where all are there."""
    return " ".join(_gone(cell))


def moment(written: str) -> str:
    """An ISO time as `2024-07-01 09:30`, in UTC as it was kept."""
    return written[:16].replace("T", " ")


def _name(words: str) -> str:
    return printable(" ".join(words.split()))
