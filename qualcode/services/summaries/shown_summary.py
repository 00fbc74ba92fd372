"""Summaries as they may be shown: with what each rests on, and what is to be known of it.

Nothing is shown of a case that leaves in nothing, or of a summary that is linked to words that may
not leave. A case that nobody is any more, such as a place that was misspelt, is said to be gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Final

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.model.matrix import Quotation
from qualcode.model.people import coder_key
from qualcode.model.summary import Summary, SummaryStatus, Wording
from qualcode.services.cases.rows import PARTICIPANT, TRANSCRIPT
from qualcode.services.consent import gate
from qualcode.services.consent.names.of_coders import with_numbers
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.summaries.beneath import Beneath, Change, Missing
from qualcode.store import summaries as stored
from qualcode.store.engine import Session

NEW_CODER: Final = "a new coder"
"""Who cannot be called by name, before anything of theirs is in the project."""


@dataclass(frozen=True, slots=True)
class Link:
    """A passage that a summary rests on; `missing` says why it is not there any more, or None.

    `locator` is None for words that were corrected since.
    """

    segment: Segment
    locator: str | None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class ShownSummary:
    """A summary as it may be shown, with what it rests on: nothing in it is as it was written.

    `case` and `theme` are what people call them, `case_kind` is what a case is. `author` and
    `changed_by` are as coders may be called. `change` is what became of the passages beneath it,
    `passages` are those now. `others` are wordings beside it that nobody has settled. `is_gone` is
    True where there is no such case any more: it stands in no matrix.
    """

    case_kind: str
    case: str
    theme: str
    text: str
    status: SummaryStatus
    author: str
    written: str
    changed_by: str
    links: tuple[Link, ...]
    change: Change
    passages: tuple[Quotation, ...]
    others: tuple[Wording, ...] = ()
    is_gone: bool = False

    @property
    def is_stale(self) -> bool:
        """True where the passages beneath it are not those that it was written of."""
        return bool(self.change)


@dataclass(frozen=True, slots=True)
class Charted:
    """A summary as the project knows it, which never leaves, beside what may be shown of it."""

    summary: Summary
    shown: ShownSummary

    @property
    def subject(self) -> tuple[str, str]:
        """Of what it speaks: the kind of case, and the case as it is stored."""
        return self.summary.case_kind, self.summary.case


def charted_summaries(
    session: Session, beneath: Beneath | None = None
) -> tuple[list[Charted], int]:
    """The summaries that may be shown, and how many may not.

    Nothing else is read of a study in which nobody has written one.
    """
    every = stored.summaries(session)
    if not every:
        return [], 0
    ground = beneath or Beneath(session)
    both = ((summary, shown_of(ground, summary)) for summary in every)
    found = [Charted(summary, shown) for summary, shown in both if shown is not None]
    return found, len(every) - len(found)


def let_out(beneath: Beneath, shown: Iterable[ShownSummary]) -> None:
    """Let summaries pass the gate, with all that is said in them; raises LeakError."""
    words = {word for one in shown for word in _all_words(one)}
    gate.check_words(beneath.corpus.forbidden, sorted(words), where="the summaries")


def shown_now(beneath: Beneath, summary: Summary) -> ShownSummary:
    """The summary as it leaves; raises WithheldError for one that may not be shown, LeakError."""
    shown = shown_of(beneath, summary)
    if shown is None:
        raise errors.WithheldError(where="summaries")
    let_out(beneath, [shown])
    return shown


def shown_of(beneath: Beneath, summary: Summary) -> ShownSummary | None:
    """The summary as it may be shown; None of a withheld case, or one that rests on their words."""
    missing = dict(beneath.missing(summary))
    case = _called(beneath, summary)
    is_gone = case is None and _is_gone(beneath, summary)
    if (case is None and not is_gone) or Missing.WITHHELD in missing.values():
        return None
    corpus = beneath.corpus
    numbers = corpus.numbered_coders
    found = beneath.of((summary.case_kind, summary.case), summary.theme)
    change = beneath.change(summary)
    return ShownSummary(
        case_kind=summary.case_kind,
        case=case or corpus.shown.label(_called_once(summary)),
        theme=corpus.full_name(summary.theme),
        text=corpus.shown.words(summary.text),
        status=summary.status,
        author=_coder(summary.author, corpus),
        written=summary.written,
        changed_by=_coder(summary.changed_by, corpus),
        links=tuple(Link(one, beneath.locator(one), missing.get(one)) for one in summary.links),
        change=replace(change, came=tuple(with_numbers(one, numbers) for one in change.came)),
        passages=tuple(with_numbers(quotation, numbers) for quotation, _ in found),
        others=tuple(
            replace(one, text=corpus.shown.words(one.text), author=_coder(one.author, corpus))
            for one in summary.others
        ),
        is_gone=is_gone,
    )


def _coder(name: str, corpus: Corpus) -> str:
    """What a coder may be called; who acts for the first time has no number yet."""
    number = corpus.numbered_coders.get(coder_key(name))
    return number or (NEW_CODER if corpus.forbidden.found(name) else name)


def _all_words(value: object) -> Iterator[str]:
    """All words in a value, whatever it is made of: what is added to it later is looked at, too."""
    if isinstance(value, StrEnum):
        return  # one of our own words
    if isinstance(value, str):
        yield value
    elif isinstance(value, Sequence):
        for one in value:
            yield from _all_words(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _all_words(getattr(value, one.name))


def _called(beneath: Beneath, summary: Summary) -> str | None:
    """What the case is called; None where it is no case now, or may not be shown."""
    if summary.case_kind not in beneath.corpus.attributes:
        return None
    subject = summary.case_kind, summary.case
    return beneath.cases(summary.case_kind).row_of_subject(subject)


def _is_gone(beneath: Beneath, summary: Summary) -> bool:
    """True where nobody is this case now: not where it is one that may not be shown."""
    corpus = beneath.corpus
    if summary.case_kind == PARTICIPANT:
        return not corpus.consent.withheld(summary.case)
    if summary.case_kind == TRANSCRIPT:
        return all(one.uid != summary.case for one in corpus.transcripts)
    return summary.case_kind not in corpus.attributes or not corpus.has_value(
        summary.case_kind, summary.case
    )


def _called_once(summary: Summary) -> str:
    """What a case is called that is none any more; an interview that was taken out has no name."""
    return "an interview taken out" if summary.case_kind == TRANSCRIPT else summary.case
