"""Quote balance: who speaks in an output beside who was interviewed.

A reader takes the number of quotations for the weight of a voice. One person who speaks well, or a
place in which somebody coded more, is soon most of a report without anybody wanting it; the lead
decides whether that is right, but should know.

A group with a name is warned of where its quotations are a third more, or half as many, as its
share of the cases would bring, and at least three quotations, and one in twenty of all, off; a
person where one in ten or more of all quotations are theirs, at least three, and twice as many as
if all had as many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from qualcode.model.matrix import BalanceLine
from qualcode.services.cases.grouping import SET_ASIDE, Groups
from qualcode.services.cases.rows import PARTICIPANT
from qualcode.services.charts.placing import Placed
from qualcode.services.retrieval.corpus import Corpus

LEAST_FOR_PERCENT = 20
"""Below it a percentage says more than anybody knows."""

_LEAST_OFF = 3
_LEAST_PART = 20
"""One in so many quotations too many or too few: of 417, seven more change no report."""


def balance_of(
    corpus: Corpus, shown: Sequence[Placed], attributes: Sequence[str]
) -> Iterator[BalanceLine]:
    """The groups of each attribute, then the persons who supply much.

    A passage under several codes is one quotation.
    """
    passages = list({one.quotation.number: one for one in shown}.values())
    if not passages:
        return
    for attribute in attributes:
        yield from _by_group(Groups(corpus, attribute, [one.passage for one in passages]), passages)
    yield from _persons(corpus, passages)


def _by_group(groups: Groups, passages: Sequence[Placed]) -> Iterator[BalanceLine]:
    if len(groups.members) < 2:
        return
    said = Counter(groups.of(one.passage) for one in passages)
    quotations = len(passages) - said[None]
    for group, cases in groups.members.items():
        warning = None
        is_off = _off(said[group], len(cases), quotations, len(groups.labels))
        if is_off and group not in SET_ASIDE:
            percent = min(quotations, len(groups.labels)) >= LEAST_FOR_PERCENT
            warning = (
                f"{_of(said[group], quotations, 'quotations', percent=percent)}, "
                f"but {_of(len(cases), len(groups.labels), 'cases', percent=percent)}"
            )
        yield BalanceLine(group, said[group], len(cases), warning, groups.attribute)


def _off(said: int, own: int, quotations: int, cases: int) -> bool:
    """True where `own` of all `cases` say much more, or less, than their share of `quotations`."""
    share = quotations * own
    off = abs(said * cases - share)
    if off < _LEAST_OFF * cases or off * _LEAST_PART < quotations * cases:
        return False
    return 3 * said * cases >= 4 * share or 2 * said * cases <= share


def _persons(corpus: Corpus, passages: Sequence[Placed]) -> Iterator[BalanceLine]:
    codes = {person.code for _, person in corpus.cases() if person is not None}
    said = Counter(one.case for one in passages if one.case in codes)
    quotations = sum(said.values())
    for code, count in sorted(said.items(), key=lambda pair: (-pair[1], pair[0])):
        much = 10 * count >= quotations and count * len(codes) >= 2 * quotations
        if count >= _LEAST_OFF and much:
            percent = min(quotations, len(codes)) >= LEAST_FOR_PERCENT
            shown = _of(count, quotations, "quotations", percent=percent)
            warning = f"{shown} are of one of {len(codes)} participants"
            yield BalanceLine(code, count, 1, warning, PARTICIPANT)


def _of(some: int, every: int, noun: str, *, percent: bool) -> str:
    """`12 of 33 quotations (36%)`, or without the percentage."""
    said = f"{some} of {every} {noun}"
    return f"{said} ({round(100 * some / every)}%)" if percent else said
