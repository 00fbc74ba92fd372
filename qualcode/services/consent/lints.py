"""What somebody should look at before people are cited: slips in dates, names and organisations.

A lint is a warning, and some are only questions: a Saturday can be right. Names are looked at and
never said; whoever mends one finds the person by the code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from qualcode import errors
from qualcode.model.consent import Audience, Export, Shown
from qualcode.model.names import Decision
from qualcode.model.people import Attribution, Participant
from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent.agreed import consent_of
from qualcode.services.consent.attribution import ANONYMOUS_TEXT, Consent, day_of, tidy
from qualcode.services.consent.names.forbidden import forbidden
from qualcode.services.consent.names.in_facts import Telling, telling_pseudonyms, whose_name
from qualcode.services.consent.names.kept import kept_names
from qualcode.services.consent.names.let_out import not_thought_of
from qualcode.services.consent.names.of_interviews import as_agreed
from qualcode.services.consent.names.shown_words import ShownWords
from qualcode.store import identities, leaving, queries, speaking
from qualcode.store.engine import Session
from qualcode.store.store import Store
from qualcode.text.names.forms import is_nobodys
from qualcode.text.names.honours import part_honours
from qualcode.text.names.wordlists import PARTICLES
from qualcode.text.plain import plain_words

_LEAST_INTERVIEWS: Final = 8
"""Of fewer nobody can say which day lies outside."""

_LEAST_MARGIN: Final = timedelta(days=30)
_MARGIN: Final = 2
"""Fieldwork reaches this many times the span of its middle half beyond it, on either side."""

_SPELLING: Final = 88
"""Likeness, of 100, from which two organisations may be one: `Marle Counil`, `Marle Council`."""

_SATURDAY: Final = 5

_DAY_IN_A_NAME: Final = re.compile(r"(?<!\d)(20\d\d|19\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)")

_WITH_ORGANISATION: Final = frozenset({Attribution.NAMED, Attribution.ROLE_ORGANISATION})
_BESIDE_A_NAME: Final = ("role", "organisation")
_WITH_ROLE: Final = frozenset({Attribution.ROLE, Attribution.ROLE_ORGANISATION})


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing to look at: `kind` is stable for scripts, `message` for people.

    `participants` are codes, `transcripts` names of interviews. A `question` may well be right as
    it is.
    """

    kind: str
    participants: tuple[str, ...]
    message: str
    transcripts: tuple[str, ...] = ()
    question: bool = False


@dataclass(frozen=True, slots=True)
class _Study:
    consent: Consent
    transcripts: Sequence[StoredTranscript]
    exports: Sequence[Export]
    has_names: bool
    telling: Mapping[str, Telling]
    decisions: Sequence[Decision] = ()

    def citable(self) -> Iterator[Participant]:
        """Everybody of whom anything leaves, by code."""
        for code in sorted(self.consent.participants):
            if not self.consent.withheld(code):
                yield self.consent.participants[code]


def check_participants(
    store: Store, *, first: date | None = None, last: date | None = None
) -> tuple[Lint, ...]:
    """All that is odd in what people would be cited by, kind by kind.

    `first` and `last` are the days of the fieldwork; without them it is where most interviews lie.
    Raises UsageError where the first comes after the last.
    """
    if first is not None and last is not None and last < first:
        raise errors.UsageError(
            "the fieldwork ends before it begins",
            mend=f"Give its first day and then its last: {last} to {first}.",
        )
    with store.reading() as session:
        study = _Study(
            consent=consent_of(session),
            transcripts=queries.transcripts(session),
            exports=leaving.exports(session),
            has_names=identities.at_hand(session),
            telling=_telling(session),
            decisions=identities.register(session).decisions,
        )
        said_by_names = tuple(_said_by_names(session))
        kept = tuple(kept_names(session, study.transcripts))
        shown = ShownWords(forbidden(session, study.consent), {}, {})
    found = (
        *_several_days(study.transcripts),
        *_days_in_file_names(study.transcripts),
        *said_by_names,
        *(Lint("name-kept", one.whose, str(one), (one.transcript,)) for one in kept),
        *_outside(study.transcripts, first, last),
        *_weekends(study.transcripts),
        *_missing(study),
        *_names(study),
        *_pseudonyms(study),
        *_let_out_before(study),
        *_names_in_places(study),
        *_codes_of_names(study),
        *_stray_signs(study),
        *_spellings(study.citable()),
        *_consent_days(study),
        *_alone(study),
        *_linked(study),
    )
    # Interviews may be called by the very names that are looked for.
    return tuple(
        replace(one, transcripts=tuple(map(shown.label, one.transcripts))) for one in found
    )


def _several_days(transcripts: Sequence[StoredTranscript]) -> Iterator[Lint]:
    """People with interviews on several days: each is cited with its own."""
    mine: dict[str, list[StoredTranscript]] = defaultdict(list)
    for transcript in transcripts:
        if transcript.interviewed:
            for code in transcript.participants:
                mine[code].append(transcript)
    for code, theirs in sorted(mine.items()):
        days = sorted({one.interviewed for one in theirs if one.interviewed})
        if len(days) > 1:
            slip = any(_could_be_a_slip(one, two) for one, two in combinations(days, 2))
            said = " and ".join(day_of(day, whole=True) for day in days)
            message = f"interviews on {said}" + ("; one could be a slip" if slip else "")
            names = tuple(one.name for one in theirs)
            yield Lint("several-days", (code,), message, names, question=not slip)


def _could_be_a_slip(one: str, two: str) -> bool:
    """True of neighbouring days, and of days that differ in one of day, month and year alone."""
    first, second = _day(one), _day(two)
    if first is None or second is None:
        return False
    same = sum(a == b for a, b in zip(one.split("-"), two.split("-"), strict=True))
    is_other_day = first.day != second.day and first.month == second.month
    return abs(first - second) == timedelta(days=1) or (same == 2 and not is_other_day)


def _days_in_file_names(transcripts: Sequence[StoredTranscript]) -> Iterator[Lint]:
    for transcript in transcripts:
        names = (transcript.name, transcript.file, transcript.recording or "")
        found = {"-".join(day) for name in names for day in _DAY_IN_A_NAME.findall(name)}
        others = sorted(day for day in found if _day(day) and day != transcript.interviewed)
        if transcript.interviewed and others and transcript.interviewed not in found:
            message = (
                f"recorded as {day_of(transcript.interviewed, whole=True)}, while the name of its "
                f"file or recording says {day_of(others[0], whole=True)}"
            )
            yield Lint("day-in-file-name", transcript.participants, message, (transcript.name,))


def _said_by_names(session: Session) -> Iterator[Lint]:
    """Interviews whose name says a day or a fact that does not stand beside the words."""
    agreed = consent_of(session, audience=Audience.PUBLICATION)
    speakers = speaking.speakers(session)
    for transcript in queries.transcripts(session):
        known = speakers.get(transcript.uid, {}).values()
        codes = {*transcript.participants, *(one.participant for one in known)} - {None}
        people = tuple(sorted(code for code in codes if code and not agreed.withheld(code)))
        is_closed = bool(codes) and not people
        said = as_agreed(transcript.name, transcript.interviewed, agreed, people)
        if said != transcript.name and not is_closed:
            message = (
                "the interview's name says more of the day, or of who took part, than was agreed: "
                "a publication leaves that out, the team's files do not"
            )
            yield Lint("said-by-a-name", people, message, (transcript.name,))


def _outside(
    transcripts: Sequence[StoredTranscript], first: date | None, last: date | None
) -> Iterator[Lint]:
    days = sorted(day for one in transcripts if (day := _day(one.interviewed)))
    early, late = _fieldwork(days)
    early, late = first or early, last or late
    for transcript in transcripts:
        day = _day(transcript.interviewed)
        if day is not None and ((early and day < early) or (late and day > late)):
            asked = first is not None or last is not None
            window = "the fieldwork" if asked else "the weeks of most interviews"
            message = f"{day_of(day.isoformat(), whole=True)} lies outside {window}"
            yield Lint("day-outside", transcript.participants, message, (transcript.name,))


def _fieldwork(days: Sequence[date]) -> tuple[date | None, date | None]:
    """The middle half of the days, with as much again as `_MARGIN` says on either side."""
    if len(days) < _LEAST_INTERVIEWS:
        return None, None
    low, high = days[len(days) // 4], days[-1 - len(days) // 4]
    margin = max((high - low) * _MARGIN, _LEAST_MARGIN)
    return low - margin, high + margin


def _weekends(transcripts: Sequence[StoredTranscript]) -> Iterator[Lint]:
    for transcript in transcripts:
        day = _day(transcript.interviewed)
        if day is not None and day.weekday() >= _SATURDAY:
            name = "Saturday" if day.weekday() == _SATURDAY else "Sunday"
            message = f"{day_of(day.isoformat(), whole=True)} was a {name}"
            yield Lint(
                "weekend", transcript.participants, message, (transcript.name,), question=True
            )


def _missing(study: _Study) -> Iterator[Lint]:
    """What a level shows and nobody has given."""
    for person in study.citable():
        level = person.attribution
        if level in _WITH_ORGANISATION and not person.organisation:
            message = f"at {level}, and no organisation is known: cited without one"
            yield Lint("no-organisation", (person.code,), message)
        if level is Attribution.NAMED:
            identity = study.consent.identities.get(person.code)
            if identity is None or is_nobodys(identity.name):
                why = "no name is known" if study.has_names else "the names are not at hand"
                said = [fact for fact in _BESIDE_A_NAME if study.consent.shows(person.code, fact)]
                cited = f"by {' and '.join(said)}" if said else f"as {ANONYMOUS_TEXT}"
                message = f"to be named, and {why}: cited {cited}"
                yield Lint("no-name", (person.code,), message)


def _names(study: _Study) -> Iterator[Lint]:
    """Names that would be written oddly, and names that two people bear."""
    bearers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for code, identity in sorted(study.consent.identities.items()):
        person = study.consent.participants.get(code)
        if person is None or is_nobodys(identity.name):
            continue
        bearers[tuple(sorted(plain_words(identity.name)))].append(code)
        if person.attribution is Attribution.NAMED:
            yield from _written_oddly(code, identity.name)
    for codes in bearers.values():
        if len(codes) > 1:
            yield Lint("same-name", tuple(codes), "bear one name: two people, or one twice?")


def _written_oddly(code: str, name: str) -> Iterator[Lint]:
    bare, honours = part_honours(name)
    if honours:
        message = f"cited without what was typed with the name: {', '.join(honours)}"
        yield Lint("honours-in-name", (code,), message)
    if name != tidy(name) or ".," in name or ",," in name.replace(" ", ""):
        yield Lint("stray-signs", (code,), "commas or full stops stray in the name")
    words = bare.split()
    has_particle = any("".join(plain_words(word)) in PARTICLES for word in words)
    if "," not in bare and (len(words) < 2 or (len(words) > 2 and not has_particle)):
        message = "it is not sure which words are the surname: give the name as 'Surname, Forename'"
        yield Lint("surname-unsure", (code,), message, question=True)


def _telling(session: Session) -> Mapping[str, Telling]:
    """Whom the pseudonyms lead to that are not used; what consent knows is without them."""
    register = identities.register(session)
    chosen = {person.code: person for person in queries.participants(session)}
    return telling_pseudonyms(chosen, {one.code: one for one in register.people}, register.listed)


def _pseudonyms(study: _Study) -> Iterator[Lint]:
    """Pseudonyms that are somebody's name, and so are not used."""
    for code, leads in sorted(study.telling.items()):
        whose = [
            *(["their own"] if leads.own else []),
            *leads.others,
            *(["a listed name"] if leads.listed else []),
        ]
        message = (
            f"the pseudonym is, or all but is, a name: {', '.join(whose)}; it is not used. Choose"
            f" another: qualcode participants set {code} pseudonym=…"
        )
        yield Lint("pseudonym-is-a-name", (code,), message)


def _let_out_before(study: _Study) -> Iterator[Lint]:
    """Names of those who were not thought of when a form was said to be a word."""
    found = not_thought_of(study.decisions, study.consent)
    for code in sorted({code for codes in found.values() for code in codes}):
        message = (
            "a form of their name was let out before it was known to be theirs, and is masked now. "
            "Say it anew, or take it back: qualcode names list"
        )
        yield Lint("let-out-before", (code,), message)


def _names_in_places(study: _Study) -> Iterator[Lint]:
    """Places with somebody's name in them: as it is written a place stands, a name does not."""
    whose = whose_name(study.consent.participants, study.consent.identities.values())
    for person in study.citable():
        bearers = sorted(whose(person.place)) if person.place else []
        if bearers:
            message = (
                f"their place holds a name of {' and '.join(bearers)}, and is said as it stands. "
                f"If it is no place's own: qualcode participants set {person.code} place=…"
            )
            yield Lint("name-in-place", (person.code,), message, question=True)


def _codes_of_names(study: _Study) -> Iterator[Lint]:
    """Codes that say a name, or its initials: they stand in the place of it."""
    for person in study.citable():
        identity = study.consent.identities.get(person.code)
        names = () if identity is None or is_nobodys(identity.name) else plain_words(identity.name)
        letters = "".join(plain_words(re.sub(r"[\W\d_]", "", person.code)))
        initials = "".join(word[0] for word in names)
        short = {initials, f"{initials[:1]}{initials[-1:]}"}
        spelt = short | {one[::-1] for one in short}
        if (
            person.attribution is not Attribution.NAMED
            and len(letters) > 1
            and (letters in spelt or letters in names)
        ):
            message = (
                "their code is their initials, or a part of their name, and is shown where the "
                "name is not. It cannot be changed: a new project takes them by another, such as "
                "P07"
            )
            yield Lint("code-of-a-name", (person.code,), message)


def _stray_signs(study: _Study) -> Iterator[Lint]:
    for person in study.citable():
        for field in ("role", "organisation", "pseudonym"):
            value: str | None = getattr(person, field)
            if value and value != tidy(value):
                yield Lint("stray-signs", (person.code,), f"commas or full stops stray in {field}")


def _spellings(people: Iterator[Participant]) -> Iterator[Lint]:
    """Organisations that may be one, in several spellings."""
    from rapidfuzz import fuzz  # 20 ms; nothing else that is asked of participants needs it

    bearers: dict[str, list[str]] = defaultdict(list)
    for person in people:
        if person.organisation:
            bearers[person.organisation].append(person.code)
    for one, two in combinations(sorted(bearers), 2):
        first, second = " ".join(plain_words(one)), " ".join(plain_words(two))
        if first == second or fuzz.ratio(first, second) >= _SPELLING:
            codes = tuple(sorted({*bearers[one], *bearers[two]}))
            message = f"'{one}' and '{two}' may be one organisation"
            yield Lint("organisation-spellings", codes, message, question=True)


def _consent_days(study: _Study) -> Iterator[Lint]:
    """Consent that was given when their words had left already, or to less than what left."""
    for person in study.citable():
        said = [export for export in study.exports if person.code in export.shown]
        early = [one for one in said if person.consent_date and one.written < person.consent_date]
        if early:
            message = f"their consent is dated after {_past(early[0])}, which cites them"
            yield Lint("consent-after-export", (person.code,), message)
        named = [one for one in said if Shown.NAME in one.shown[person.code]]
        if named and person.attribution is not Attribution.NAMED:
            message = f"named in {_past(named[0])}, and no longer to be named"
            yield Lint("named-earlier", (person.code,), message)


def _past(export: Export) -> str:
    """A past export as people know it: which file, of which day."""
    return f"{export.called} of {day_of(export.written[:10], whole=True)}"


def _alone(study: _Study) -> Iterator[Lint]:
    """Those whose role and organisation nobody else has: who knows the place knows them."""
    bearers: Mapping[tuple[tuple[str, ...], ...], list[Participant]] = defaultdict(list)
    for person in study.citable():
        key = plain_words(person.role or ""), plain_words(person.organisation or "")
        if all(key):
            bearers[key].append(person)
    alone = [
        people[0].code
        for people in bearers.values()
        if len(people) == 1 and people[0].attribution in _WITH_ROLE
    ]
    if alone:
        message = "nobody else has their role at their organisation: who knows it knows who speaks"
        yield Lint("alone", tuple(sorted(alone)), message, question=True)


def _linked(study: _Study) -> Iterator[Lint]:
    for code in sorted(study.consent.coarsened):
        for finding in study.consent.coarsened[code].findings:
            yield Lint("linkage", (code,), finding.in_words)
    called = {one.uid: one.name for one in study.transcripts}
    for joint in study.consent.joint:
        codes = tuple(sorted({*joint.closed, *joint.found}))
        names = tuple(called[uid] for uid in joint.transcripts)
        message = f"{joint.in_words}: a publication says no interview and no paragraph"
        yield Lint("joint-interview", codes, message, names)


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso or "")
    except ValueError:
        return None
