"""Groups of cases that are compared, none of them so small that its figures tell of one person.

People who agreed to be named, or cited by role and organisation, agreed to be found by those. In a
group with only one of all others, each figure would be about that one: it is put together with
the next smallest, until two of them or nobody is left to be told. That a group is "fewer than 3"
would not do: what is missing could be had by taking the other groups from the total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qualcode import errors
from qualcode.model.people import Attribution
from qualcode.services.cases.rows import (
    PARTICIPANT,
    TRANSCRIPT,
    WITHOUT_VALUE,
    case_key,
    cases_of,
    last,
)
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.passages import Passage

TOGETHER = "smaller groups"
"""How those are called that were put together."""

SET_ASIDE = frozenset({*WITHOUT_VALUE, TOGETHER})
"""Groups of people who have nothing in common but what is missing: counted, and no more."""

LEAST_UNFOUND = 2
"""Of those who did not agree to be found: about one alone nothing is said by a figure."""

_FOUND_BY_CONSENT = frozenset({Attribution.NAMED, Attribution.ROLE_ORGANISATION})


class Groups:
    """The groups of one attribute, by name, with those that were put together behind them.

    `members` are the cases of each group by key, and `labels` what a case is called. Somebody with
    interviews in two groups is a case of both. `passages` are those of which the group is asked.
    Raises FilterError for an attribute that nothing here has, UsageError for one that makes each
    case a group of its own.
    """

    def __init__(self, corpus: Corpus, attribute: str, passages: Iterable[Passage]) -> None:
        self._cases = cases_of(corpus, attribute, passages)
        self.attribute = self._cases.kind
        if self.attribute in (PARTICIPANT, TRANSCRIPT):
            raise errors.UsageError(
                f"every {self.attribute} would be a group of its own",
                mend="Compare by an attribute that several share, such as place.",
            )
        members: dict[str, set[str]] = {}
        unfound: dict[str, set[str]] = {}
        self.labels: dict[str, str] = {}
        self.interviews: dict[str, list[str]] = {}
        for group, transcript, person in self._cases.members:
            key = case_key(transcript, person)
            self.labels[key] = transcript.name if person is None else person.code
            self.interviews.setdefault(key, []).append(transcript.uid)
            members.setdefault(group, set()).add(key)
            level = corpus.consent.level(None if person is None else person.code)
            if level not in _FOUND_BY_CONSENT:
                unfound.setdefault(group, set()).add(key)
        together = _put_together(members, unfound)
        self._name_of = {
            group: TOGETHER if group in together else group for group in sorted(members, key=_last)
        }
        self.members: dict[str, frozenset[str]] = {}
        names = dict.fromkeys(self._name_of.values())
        for name in (*(one for one in names if one != TOGETHER), TOGETHER):
            inside = [members[group] for group, at in self._name_of.items() if at == name]
            if inside:
                self.members[name] = frozenset().union(*inside)

    def of(self, passage: Passage) -> str | None:
        """The group that a passage belongs to; None for words of nobody in particular."""
        if self._cases.case_of(passage) not in self.labels:
            return None
        return self._name_of.get(self._cases.row_of(passage))

    def case_of(self, passage: Passage) -> str:
        """The key of the case that a passage counts for."""
        return self._cases.case_of(passage)


def _put_together(members: Mapping[str, set[str]], unfound: Mapping[str, set[str]]) -> set[str]:
    """The groups that may not stand alone, and as many of the next smallest as it takes."""

    def told(groups: set[str]) -> int:
        return len(set().union(*(unfound.get(group, set()) for group in groups)))

    together = {group for group in members if 0 < told({group}) < LEAST_UNFOUND}
    others = sorted(members.keys() - together, key=lambda group: (len(members[group]), group))
    while together and others and (told(together) < LEAST_UNFOUND or len(together) == 1):
        together.add(others.pop(0))
    return together


def _last(group: str) -> tuple[int, str]:
    """Groups by name; those without one come last."""
    return last(group), group
