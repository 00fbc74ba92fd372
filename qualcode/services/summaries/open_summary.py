"""The summary that somebody writes: kept as one act, and never over what another wrote meanwhile.

Where somebody else has written in the same cell since it was looked at, both stand there, theirs
first: nothing is lost, and whoever writes sees it at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.model.summary import Summary
from qualcode.services.summaries import keeping
from qualcode.services.summaries.sheet import Ground, Sheet, SheetCell, read_sheet
from qualcode.store.store import Store

_TRIES: Final = 5
"""How often both are kept where somebody else keeps theirs at the very moment."""

_LAST_WORD: Final = re.compile(r"\w*$")


class OpenSummary:
    """One cell of a sheet while it is open.

    `sheet` and `cell` are as they were seen or kept last, `links` those that are wished. `joined`
    is whoever wrote meanwhile, where the last keeping met them.
    """

    def __init__(self, store: Store, sheet: Sheet, cell: SheetCell, *, coder: str) -> None:
        self._store, self._coder = store, coder
        self.sheet, self.cell = sheet, cell
        self.links: tuple[Segment, ...] = tuple(link.segment for link in cell.links)
        self.joined: str | None = None
        self._began = cell.summary
        self._goes_on = False

    @property
    def words(self) -> str:
        """As they were kept last."""
        return "" if self.cell.summary is None else self.cell.summary.text

    def follow(self, sheet: Sheet, cell: SheetCell, *, writing: bool) -> bool:
        """Take what others did; True where the summary is another, and nothing was typed here.

        While something is typed that was not kept, the summary that it follows stays: the next
        keeping finds out that there is another.
        """
        is_other = cell.summary != self.cell.summary
        if is_other and writing:
            cell = replace(cell, summary=self.cell.summary, text=self.cell.text)
        self.sheet, self.cell = sheet, cell
        if not is_other or writing:
            return False
        self.links = tuple(link.segment for link in cell.links)
        self._began, self._goes_on = cell.summary, False
        return True

    def begin(self) -> None:
        """A new writing begins here: to undo, it is an act of its own."""
        self._began, self._goes_on = self.cell.summary, False

    def keep(self, words: str, *, at: datetime) -> str:
        """Keep the words; returns those that stand there now. Raises QualcodeErrors."""
        self.joined = None
        began, typed = self.words, words
        seen = _Seen(self.sheet, self.cell, self.links, self._began, self._goes_on)
        for tries_left in reversed(range(_TRIES)):
            try:
                self._keep(seen, words, at=at)
                break
            except errors.SummaryChangedError:
                # What stands here stays what was seen until both are kept: should that fail, the
                # next keeping meets the other's words again.
                if not tries_left:
                    raise
                seen = self._theirs()
                theirs = "" if seen.cell.summary is None else seen.cell.summary.text
                words = both_of(theirs, typed, began=began)
                who = None if seen.cell.summary is None else seen.cell.summary.changed_by
                self.joined = who or "somebody"
        return words

    def link(self, ground: Ground) -> None:
        """Link a passage, with the next keeping."""
        if not self.is_linked(ground):
            self.links = (*self.links, ground.segment)

    def unlink(self, ground: Ground) -> None:
        """Link it no longer, with the next keeping."""
        self.links = tuple(one for one in self.links if not self.cell.is_meant(one, ground))

    def is_linked(self, ground: Ground) -> bool:
        """True for a passage that is linked, or is to be."""
        return any(self.cell.is_meant(one, ground) for one in self.links)

    def _keep(self, seen: _Seen, words: str, *, at: datetime) -> None:
        kept = keeping.keep_words(
            self._store,
            seen.cell,
            words,
            began=seen.began,
            links=seen.links,
            goes_on=seen.goes_on,
            seen=seen.sheet.newest,
            by=self._coder,
            at=at,
        )
        shown = seen.sheet.hiding.words(words.strip())
        self.cell = seen.cell.with_summary(kept.summary, shown)
        self.sheet = seen.sheet.with_cell(self.cell, newest=kept.newest)
        self.links, self._began, self._goes_on = seen.links, seen.began, True

    def _theirs(self) -> _Seen:
        """What stands there now. Raises SummaryChangedError where it may not be shown."""
        before = self.sheet
        sheet = read_sheet(self._store, rows=before.kind, theme=before.theme)
        cell = sheet.cell(self.cell.row, self.cell.code)
        if cell is None or cell.is_hidden:
            raise errors.SummaryChangedError(self.cell.row, who=None)
        links = dict.fromkeys([*(link.segment for link in cell.links), *self.links])
        return _Seen(sheet, cell, tuple(links), cell.summary, goes_on=False)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What somebody had before their eyes who wrote, and what their writing goes on with."""

    sheet: Sheet
    cell: SheetCell
    links: tuple[Segment, ...]
    began: Summary | None
    goes_on: bool


def both_of(theirs: str, words: str, *, began: str = "") -> str:
    """The words of two people who wrote in one cell, theirs first; nothing of them stands twice.

    `began` is what both had before them: where both went on with it, what the one typed there goes
    behind what the other did. Else all of both stands, but for paragraphs that both have.
    """
    mine = words.strip()
    if began and theirs.startswith(began) and mine.startswith(began):
        return _gone_on(theirs, began, mine)
    said, ours = _paragraphs(theirs), _paragraphs(mine)
    if said <= ours:
        return words if mine else theirs
    return theirs if ours <= said else f"{theirs}\n\n{words}"


def _gone_on(theirs: str, began: str, mine: str) -> str:
    """What was typed behind a beginning, behind what somebody else typed there."""
    typed = mine.removeprefix(began)
    if not typed:
        return theirs
    if typed[0].isalnum():
        # In the middle of a word: all of it goes along.
        return f"{theirs} {_LAST_WORD.findall(began)[0]}{typed}"
    return f"{theirs}{typed}"


def _paragraphs(words: str) -> set[str]:
    return {one.strip() for one in words.split("\n\n") if one.strip()}
