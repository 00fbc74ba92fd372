"""By what the summary of codings counts: by place, or by the rows where these are groups already.

A matrix of participants is summed up place by place. Where its rows are places, stakeholders or
strands, these are what somebody wants beside each other; where they are more than stand side by
side on a page, such as eighty organisations, it is places again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from qualcode.services.cases.rows import PARTICIPANT, TRANSCRIPT, WITHOUT_VALUE, Cases, cases_of
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.passages import Passage

PLACE: Final = "place"

MOST_SIDE_BY_SIDE: Final = 8
"""Groups whose figures a page holds in one table."""


@dataclass(frozen=True, slots=True)
class CountedBy:
    """The groups of a summary in their order, and the attribute that makes them.

    There are none where no place is known of anybody.
    """

    attribute: str
    names: tuple[str, ...]
    _cases: Cases
    _group_of: dict[str, str | None]

    def group_of(self, passage: Passage) -> str | None:
        """The group in which a passage is counted."""
        return self._group_of.get(self._cases.row_of(passage))


def counted_by(corpus: Corpus, cases: Cases, passages: Iterable[Passage]) -> CountedBy:
    """What the passages of these rows are counted by."""
    if cases.kind in (PARTICIPANT, TRANSCRIPT):
        groups = {row.key: row.group for row in cases.rows}
        names = tuple(dict.fromkeys(group for group in groups.values() if group))
        return CountedBy(PLACE if names else "", names, cases, groups)
    if cases.kind != PLACE and len(cases.rows) > MOST_SIDE_BY_SIDE:
        cases = cases_of(corpus, PLACE, passages)
    names = tuple(row.key for row in cases.rows)
    if set(names) <= set(WITHOUT_VALUE):
        return CountedBy("", (), cases, {})
    return CountedBy(cases.kind, names, cases, {name: name for name in names})
