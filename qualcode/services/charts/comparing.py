"""Continuity and variation: who shares a theme, where it differs, and who goes against the pattern.

What is counted are cases, never passages: somebody who says a thing five times is one of N. Silence
tells something only where somebody listened: interviews in which nothing is coded yet, and those
that were not asked about a theme or code, are among the N but never silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from qualcode.model.codebook import Code
from qualcode.model.matrix import Comparison, Variation
from qualcode.services.cases.grouping import SET_ASIDE, TOGETHER, Groups
from qualcode.services.cases.rows import TRANSCRIPT, WITHOUT_VALUE
from qualcode.services.cases.silence import Heard
from qualcode.services.charts.placing import Chart, Placed
from qualcode.services.retrieval.corpus import Corpus

USUAL: Final = ("place", "stakeholder")
"""What a report compares by, where nobody asked for anything else."""

LEAST_TO_SHARE = 2
"""Nobody shares something alone."""

LEAST_FOR_A_PATTERN = 4
"""Of three cases, one alone is a third: nothing to call an exception."""

RULE = (
    "Cases are counted, not passages: n of N. A group shares what at least half of its cases, and "
    "at least two, speak of. Where three in four or more of at least four heard cases speak of it, "
    "that is the pattern of the group, and the silent ones go against it; where one in four or "
    "fewer do, though it is the pattern elsewhere, those who speak of it do. Interviews that were "
    "not asked, or in which nothing is coded yet, are among the N, but not silent."
)


RULE_OF_SMALL_GROUPS = (
    "Groups in which a single person could be meant, who did not agree to be found, stand together "
    f"as {TOGETHER}."
)

_COUNTED_ONLY = "are counted, and no more: they share nothing and have no pattern."


def compare(
    corpus: Corpus, chart: Chart, themes: Sequence[Code], attribute: str, heard: Heard
) -> Comparison:
    """The themes, each with those of its codes that anybody spoke of, by groups of one attribute.

    The groups are empty where there are not two that may stand beside each other. Raises
    FilterError for an attribute that nothing here has.
    """
    groups = Groups(corpus, attribute, chart.passages)
    # Of whom a value is not said, or not known, is no group that another could stand beside.
    if sum(group not in WITHOUT_VALUE for group in groups.members) < 2:
        return Comparison(groups.attribute, (), (), RULE)
    lines = [
        _Line(groups, heard, corpus.path(code.id), placed).variation(
            key=chart.full_name(code), name=code.name, is_theme=is_theme
        )
        for theme in themes
        for code, placed, is_theme in chart.lines_of(theme)
        if is_theme or placed
    ]
    rule = " ".join(_rules(groups))
    cases = sorted(case.removeprefix(f"{TRANSCRIPT} ") for case in groups.labels)
    return Comparison(groups.attribute, tuple(groups.members), tuple(lines), rule, tuple(cases))


class _Line:
    """One theme or code over the groups: who speaks of it, and who is silent."""

    def __init__(
        self, groups: Groups, heard: Heard, codes: Sequence[str], placed: Sequence[Placed]
    ) -> None:
        self._groups = groups
        speaking: dict[str, set[str]] = defaultdict(set)
        for one in placed:
            group = groups.of(one.passage)
            if group is not None:
                speaking[group].add(groups.case_of(one.passage))
        self._speaking: Mapping[str, set[str]] = speaking
        everyone = set().union(*speaking.values())
        self._silent = {
            group: {
                case
                for case in cases - everyone
                if heard.silence_tells(groups.interviews[case], *codes)
            }
            for group, cases in groups.members.items()
        }

    def variation(self, *, key: str, name: str, is_theme: bool) -> Variation:
        """The line as it is shown."""
        members = self._groups.members
        found = {group: self._speaking.get(group, set()) for group in members}
        there = [group for group in members if found[group]]
        only = there[0] if len(there) == 1 and there[0] not in SET_ASIDE else None
        named = [group for group in members if group not in SET_ASIDE]
        shared = tuple(
            group
            for group in named
            if len(found[group]) >= max(LEAST_TO_SHARE, len(members[group]) / 2)
        )
        labels, against = self._groups.labels, dict(self._against())
        return Variation(
            key=key,
            name=name,
            is_theme=is_theme,
            groups=tuple((len(found[group]), len(cases)) for group, cases in members.items()),
            total=(len(set().union(*found.values())), len(self._groups.labels)),
            shared_by=shared,
            is_shared_by_all=len(shared) == len(named) > 1,
            only_in=only,
            against=tuple(sorted({labels[case] for those in against.values() for case in those})),
            against_in=tuple(
                (group, tuple(sorted({labels[case] for case in those})))
                for group, those in against.items()
                if those
            ),
        )

    def _against(self) -> Iterator[tuple[str, Collection[str]]]:
        """The cases, by group, that go against the pattern of a group that can have one."""
        named = [group for group in self._groups.members if group not in SET_ASIDE]
        speak = {group: self._is_pattern(group) for group in named}
        for group, is_pattern in speak.items():
            if is_pattern:
                yield group, self._silent[group]
            elif self._quiet(group) and any(speak[other] for other in named if other != group):
                yield group, self._speaking.get(group, ())

    def _is_pattern(self, group: str) -> bool:
        """True where at least three quarters of the heard cases of a group speak of it."""
        speaking, heard = self._heard(group)
        return heard >= LEAST_FOR_A_PATTERN and 4 * speaking >= 3 * heard

    def _quiet(self, group: str) -> bool:
        """True where at most a quarter of the heard cases of a group speak of it."""
        speaking, heard = self._heard(group)
        return heard >= LEAST_FOR_A_PATTERN and 4 * speaking <= heard

    def _heard(self, group: str) -> tuple[int, int]:
        speaking = len(self._speaking.get(group, ()))
        return speaking, speaking + len(self._silent[group])


def _rules(groups: Groups) -> Iterator[str]:
    """How the lines are made, as far as there is anything to which it applies."""
    yield RULE
    if TOGETHER in groups.members:
        yield RULE_OF_SMALL_GROUPS
    aside = [group for group in groups.members if group in SET_ASIDE]
    if aside:
        yield f"Cases under {_and(aside)} {_COUNTED_ONLY}"


def _and(words: Sequence[str]) -> str:
    """`none given, not shown and smaller groups`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
