"""What a document says of itself in its title block: what was asked, of whom, and what was found.

Nothing of who or what is withheld is in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from qualcode.model.people import Attribution
from qualcode.model.transcript import StoredTranscript
from qualcode.services.charts.cases import PARTICIPANT, Cases
from qualcode.services.consent.attribution import day_of
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import Filter


def facts_of(
    corpus: Corpus, cases: Cases, *, coding: str, where: Sequence[str], project: str, at: datetime
) -> tuple[tuple[str, str], ...]:
    """The lines of the title block; `coding` says in words what was coded."""
    days = sorted(t.interviewed for t in cases.transcripts.values() if t.interviewed)
    corpus_line = many(len(cases.transcripts), "interview")
    if cases.kind == PARTICIPANT and len(cases.persons) != len(cases.transcripts):
        corpus_line += f" with {many(len(cases.persons), 'participant')}"
    if days:
        corpus_line += f", {_span_of_days(days[0], days[-1])}"
    facts = [
        ("Project", project),
        ("Exported", day_of(at.date().isoformat(), whole=True)),
        ("Corpus", corpus_line),
        ("Coding", coding),
    ]
    levels = Counter(
        corpus.consent.level(code) for code in cases.persons if code in corpus.consent.participants
    )
    if levels:
        said = ", ".join(f"{levels[level]} {words}" for level, words in _LEVELS if levels[level])
        facts.append(("Attribution", f"{said}, as agreed with each participant"))
    if where:
        facts.append(("Only", "; ".join(_shown_filters(corpus, cases.persons, where))))
    return tuple(facts)


def coding_in_words(quotations: int, codes: int, themes: int) -> str:
    """`128 quotations under 29 codes of 4 themes`."""
    return f"{many(quotations, 'quotation')} under {many(codes, 'code')} of {many(themes, 'theme')}"


def language_of(transcripts: Sequence[StoredTranscript], default: str) -> str:
    """The language of most transcripts, for the document's own setting."""
    known = [t.language for t in transcripts if t.language]
    return max(sorted(set(known)), key=known.count) if known else default


def level_in_words(level: Attribution) -> str:
    """How somebody agreed to be cited: `named`, `by role`; "" for those who leave in nothing."""
    return dict(_LEVELS).get(level, "")


def many(count: int, noun: str) -> str:
    """`1 interview`, `1,200 interviews`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _shown_filters(corpus: Corpus, persons: Collection[str], where: Sequence[str]) -> Iterator[str]:
    """The filters as far as they may be said: one on a hidden attribute would give it away."""
    people = [corpus.consent.participants.get(code) for code in sorted(persons)]
    for text in where:
        name = Filter.name_of(text)
        hidden = any(
            (name == "date" and not corpus.consent.shows_days(person.code))
            or (
                getattr(person, name, None) is not None
                and not corpus.consent.shows(person.code, name)
            )
            for person in people
            if person is not None
        )
        yield f"{name} (not shown)" if hidden else text


_LEVELS = (
    (Attribution.NAMED, "named"),
    (Attribution.PSEUDONYM, "by pseudonym"),
    (Attribution.ROLE_ORGANISATION, "by role and organisation"),
    (Attribution.ROLE, "by role"),
    (Attribution.ANONYMOUS, "anonymous"),
)


def _span_of_days(first: str, last: str) -> str:
    if first == last:
        return day_of(first, whole=True)
    start = day_of(first, whole=True)
    same_year = first[:4] == last[:4]
    return f"{start.rpartition(' ')[0] if same_year else start} to {day_of(last, whole=True)}"
