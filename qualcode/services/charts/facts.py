"""What a document says of itself in its title block: what was asked, of whom, and what was found.

Nothing of who or what is withheld is in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from qualcode.model.matrix import Quotation
from qualcode.model.people import Attribution
from qualcode.model.transcript import StoredTranscript
from qualcode.services.cases.rows import PARTICIPANT, Cases
from qualcode.services.consent.attribution import day_of
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import Filter


def facts_of(
    corpus: Corpus, cases: Cases, *, coding: str, where: Sequence[str], project: str, at: datetime
) -> tuple[tuple[str, str], ...]:
    """The lines of the title block; `coding` says in words what was coded."""
    corpus_line = many(len(cases.transcripts), "interview")
    if not corpus.names_interviews:
        # More people than interviews would say that some of them sat together.
        corpus_line = many(len(cases.persons), "participant")
    elif cases.kind == PARTICIPANT and len(cases.persons) != len(cases.transcripts):
        corpus_line += f" with {many(len(cases.persons), 'participant')}"
    corpus_line += _when(corpus, cases)
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


def coding_in_words(quotations: Iterable[Quotation], themes: int) -> str:
    """`122 quotations under 29 codes of 4 themes, 4 of the quotations under more than one`.

    A passage is one quotation under whichever codes it stands, so those of the codes add up to
    more.
    """
    codes: dict[int, set[str]] = defaultdict(set)
    for one in quotations:
        codes[one.number].add(one.code)
    used = set().union(*codes.values())
    several = sum(len(those) > 1 for those in codes.values())
    said = f"{many(len(codes), 'quotation')} under {many(len(used), 'code')}"
    said += f" of {many(themes, 'theme')}"
    return f"{said}, {several:,} of the quotations under more than one" if several else said


def stars_in(quotations: Iterable[Quotation]) -> tuple[tuple[str, str], ...]:
    """The line of the title block that says what the asterisk means, where there is one."""
    if not any(one.starred for one in quotations):
        return ()
    return (("Asterisk", "beside a reference: the team called the passage worth quoting"),)


def passed_over_in(corpus: Corpus) -> Iterator[str]:
    """That a filter chose fewer than it would for the team, where it did; for whoever makes it."""
    if corpus.passed_over:
        number = many(len(corpus.passed_over), "participant")
        are = "is" if len(corpus.passed_over) == 1 else "are"
        yield (
            f"{number} {are} left out, for a publication does not say of them what the filter asks "
            "for"
        )


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
    called = {transcript.name.casefold() for transcript in corpus.transcripts}
    for text in where:
        name = Filter.name_of(text)
        is_called_otherwise = text.partition("=")[2].strip().casefold() not in called
        hidden = any(
            (name == "date" and not corpus.consent.shows_days(person.code))
            or (name == "transcript" and is_called_otherwise)
            or corpus.consent.hides(person.code, name)
            or (
                getattr(person, name, None) is not None
                and not corpus.consent.shows(person.code, name)
            )
            for person in people
            if person is not None
        )
        yield f"{name} (not shown)" if hidden else corpus.shown.label(text)


_LEVELS = (
    (Attribution.NAMED, "named"),
    (Attribution.PSEUDONYM, "by pseudonym"),
    (Attribution.ROLE_ORGANISATION, "by role and organisation"),
    (Attribution.ROLE, "by role"),
    (Attribution.ANONYMOUS, "anonymous"),
)


def _when(corpus: Corpus, cases: Cases) -> str:
    """`, 4 March to 28 May 2024`; of how many, where of others no date may be said.

    Else it would be said that they were between the others. A year adds nothing to the days of it
    that are known.
    """
    said: dict[str, str] = {}
    for _, transcript, person in cases.members:
        if corpus.names_interviews:
            said[transcript.uid] = _day_said(corpus, transcript)
        else:  # by person: the others in an interview are not to be seen by it
            code = "" if person is None else person.code
            day = corpus.consent.precision(code or None).of(transcript.interviewed or "")
            said[code or transcript.uid] = max(day, said.get(code, ""))
    dated = [day for day in said.values() if day]
    years = {day[:4] for day in dated if len(day) > len("2024")}
    days = sorted(day for day in dated if day not in years)
    if not days:
        return ""
    of = "" if len(dated) == len(said) else f" (dates of {len(dated):,})"
    return f", {_span_of_days(days)}{of}"


def _day_said(corpus: Corpus, transcript: StoredTranscript) -> str:
    """The day of an interview, in ISO, as much of it as everybody in it lets be said."""
    people = corpus.speaking_in(transcript) or (None,)
    open_to = (code for code in people if not corpus.consent.withheld(code))
    precisions = (corpus.consent.precision(code) for code in open_to)
    said = (one.of(transcript.interviewed or "") for one in precisions)
    return min(said, key=len, default="")


def _span_of_days(days: Sequence[str]) -> str:
    """`4 March to 28 May 2024`, of days in order; where one is of the month alone, `to May 2024`.

    A month stands before its days, so that the first is the roughest that could be the first.
    """
    first, last = days[0], min((day for day in days if days[-1].startswith(day)), key=len)
    start, end = _in_words(first), _in_words(last)
    if start == end:
        return start
    is_alike = first[:4] == last[:4] and len(first) > len("2024") and len(last) > len("2024")
    return f"{start.rpartition(' ')[0] if is_alike else start} to {end}"


def _in_words(day: str) -> str:
    """`4 March 2024`, `March 2024` or `2024`, of a day in ISO or the first signs of one."""
    if len(day) == len("2024"):
        return day
    is_whole = len(day) > len("2024-03")
    return day_of(day if is_whole else f"{day}-01", whole=is_whole)
