"""Framework summaries: what one case says on one theme, in the words of the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Final

from qualcode.model.coding import Segment

_DIGITS: Final = 12
"""Hexadecimal digits of a wording's uid: few stand beside each other."""


NO_SUMMARY: Final = "no summary"
"""Stands where summaries are shown, in a cell that is there for one and has none yet."""


NONE_SHOWN: Final = "counted, not shown"
"""Stands in a cell whose quotations are all left to others that are better, as was wished."""


ONLY_BELOW: Final = "only under its codes"
"""Stands in a theme's own cell, beside those of its codes, where quotations stand in theirs."""


class SummaryStatus(StrEnum):
    """How far a summary has come."""

    DRAFT = "draft"
    CHECKED = "checked"
    FINAL = "final"


class Emptiness(StrEnum):
    """Why a cell of the matrix is empty, as it is said in every output."""

    NOT_INTERVIEWED = "not interviewed"
    NOT_ASKED = "not asked"
    NOTHING_CODED = "asked, nothing coded"
    NOT_YET_CODED = "not yet coded"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of a cell by somebody who did not know of those that stand there.

    Two copies of the project wrote them apart, or two codes with a summary each became one.
    `written` says when.
    """

    text: str
    author: str
    written: str

    @property
    def uid(self) -> str:
        """What it is known by to whoever settles which words hold."""
        return sha256(f"{self.author}\n{self.text}".encode()).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Summary:
    """The charted text of one cell, which every matrix with this case and theme shares.

    `case_kind` is `participant`, `transcript` or the name of an attribute, `case` its key (P07,
    Thornwick; of a transcript its uid); `theme` is the id of a theme or code. `author` wrote the
    words, `written` says when. `links` are the passages that it rests on. `basis` are digests of
    the passages beneath it when it was last written or checked. `changed_by` is whoever last
    changed anything of it, such as its status. `others` are wordings that stand beside it until
    somebody writes it anew; `settled` the uids of those that somebody had seen who did. `stored`
    are the codes under which it lies, more than `theme` where one went into another.
    """

    case_kind: str
    case: str
    theme: str
    text: str
    status: SummaryStatus
    author: str
    written: str
    links: Sequence[Segment] = ()
    basis: str = ""
    changed_by: str = ""
    others: Sequence[Wording] = ()
    settled: Sequence[str] = ()
    stored: Sequence[str] = field(default=(), compare=False)

    @property
    def wording(self) -> Wording:
        """Its own words, with who wrote them and when."""
        return Wording(self.text, self.author, self.written)
