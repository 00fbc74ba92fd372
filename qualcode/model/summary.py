"""Framework summaries: what one case says on one theme, in the words of the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.model.coding import Segment


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
class Summary:
    """The charted text of one cell, which every matrix with this case and theme shares.

    `case_kind` is `participant`, `transcript` or the name of an attribute, `case` its key (P07,
    Thornwick; of a transcript its uid); `theme` is the id of a theme or code. `author` wrote the
    words, `written` says when. `links` are the passages that it rests on. `basis` are digests of
    the passages beneath it when it was last written or checked. `changed_by` is whoever last
    changed anything of it, such as its status.
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
