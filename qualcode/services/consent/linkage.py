"""Who could be found by putting attributions side by side, and what is said less of them for it.

Somebody cited by role and organisation on a day on which somebody of that organisation is cited by
name is found by any reader who holds the two together, however the organisation is written, and
were it only in the role: `Marle Council Officer`. So they are cited with less: the month for
the day, then the year, then no date, until what is left fits more than one. A role that reads like
the named person's goes at once, and the organisation with it where the two would be all that is
known there; a role that is another tells them apart. Who was named in an export that has left the
project stays named for those who hold it. And a place or another attribute that, with what else is
shown, only one of those has who are not to be found is not said in a publication.

Whoever agreed to role and organisation agreed to be found by these two: that alone coarsens
nothing. What is decided here is applied by `attribution.Consent`, so that no way out can forget it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from qualcode.model.consent import Audience, Export, Shown
from qualcode.model.people import Attribution, Participant
from qualcode.services.consent.joint_interviews import CLOSED, is_of_one_sitting
from qualcode.services.consent.organisations import organisation_words
from qualcode.text.plain import plain_words

FRAME: Final = ("place", "stakeholder")
"""What may be said of anybody who takes part: the frame in which the study compares."""

_ENOUGH: Final = 2
"""So many whom readers know must fit what is left: then none of them is meant."""


class Precision(StrEnum):
    """How much of an interview's date is said."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"

    def of(self, iso: str) -> str:
        """As much of an ISO date: `2024-03-04`, `2024-03`, `2024`, or nothing."""
        return iso[: _LETTERS[self]]


_LETTERS: Final = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4, Precision.NONE: 0}

DATED: Final[Mapping[Attribution, Precision]] = {
    Attribution.NAMED: Precision.DAY,
    Attribution.PSEUDONYM: Precision.MONTH,
    Attribution.ROLE_ORGANISATION: Precision.DAY,
    Attribution.ROLE: Precision.MONTH,
    Attribution.ANONYMOUS: Precision.NONE,
    Attribution.WITHHELD: Precision.NONE,
}
"""What each level says of the day, where nothing has to be coarsened."""


@dataclass(frozen=True, slots=True)
class Finding:
    """By what somebody could be found, with whom they would be taken together, and what was done.

    Participants are said by their codes.
    """

    participant: str
    by: str
    others: tuple[str, ...]
    done: str

    @property
    def in_words(self) -> str:
        """One sentence without its full stop."""
        beside = f" as {' and '.join(self.others)}, named now or earlier" if self.others else ""
        return f"{self.by}{beside}: {self.done}"


@dataclass(frozen=True, slots=True)
class Coarsening:
    """What is said less of one participant than their level would allow.

    `date` is the most that is said of a day, `without` the names of what is not said at all.
    """

    date: Precision = Precision.DAY
    without: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cited:
    """What readers hold of one person: `days` as far as they are said.

    `houses` are the organisations of which they are, their own and any whose words stand in what is
    said of them. `office` is what the role says beyond these, `unit` what their own says beyond
    the others.
    """

    code: str
    role: tuple[str, ...]
    organisation: tuple[str, ...]
    days: frozenset[str]
    houses: frozenset[tuple[str, ...]] = frozenset()

    @property
    def office(self) -> tuple[str, ...]:
        of_houses = {word for house in self.houses for word in house}
        return tuple(word for word in self.role if word not in of_houses)

    @property
    def unit(self) -> tuple[str, ...]:
        of_others = {word for one in self.houses - {self.organisation} for word in one}
        is_unit = bool(of_others) and of_others.issubset(self.organisation)
        return tuple(word for word in self.organisation if is_unit and word not in of_others)


def coarsenings(
    people: Mapping[str, Participant],
    days: Mapping[str, Sequence[str]],
    exports: Iterable[Export] = (),
    *,
    facts: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    sittings: Iterable[frozenset[str]] = (),
    audience: Audience = Audience.TEAM,
) -> dict[str, Coarsening]:
    """By code, of all who could be found otherwise; `days` are those of their interviews, in ISO.

    `facts` are what else is known of their interviews, by name: in a publication it goes the way of
    attributes, but nothing is found in it, for no attribution says it. `sittings` are those who met
    in one interview: what they alone share of it tells which it was.

    Attributions are the same for every audience. What is hidden of the frame is so in a publication
    alone; for the team it is a finding.
    """
    held = _Held(people.values(), days, exports)
    beside = {code: held.beside_the_named(person) for code, person in people.items()}
    frame = _Frame(people.values(), beside, facts, [met for met in sittings if len(met) > 1])
    found: dict[str, Coarsening] = {}
    for code, person in people.items():
        one = beside[code] or Coarsening()
        alone, hidden = _alone(person, frame, beside[code], audience)
        if audience is Audience.PUBLICATION:
            hidden |= frame.own_facts(code)
        if one.findings or alone or hidden:
            found[code] = Coarsening(one.date, one.without | hidden, (*one.findings, *alone))
    return found


def reads_like(one: Sequence[str], other: Sequence[str]) -> bool:
    """True of two roles of which one holds all words of the other."""
    return bool(one and other) and (set(one) <= set(other) or set(other) <= set(one))


class _Held:
    """What readers hold of the whole study: who is named where, and who stands beside them."""

    def __init__(
        self,
        people: Collection[Participant],
        days: Mapping[str, Sequence[str]],
        exports: Iterable[Export],
    ) -> None:
        self._known: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for one in people:
            if house := organisation_words(one.organisation or ""):
                self._known[house[0]].add(house)
        self._cited = {
            one.code: self._as_cited(one, one.role, one.organisation, days.get(one.code, ()))
            for one in people
        }
        self._named_at: dict[tuple[str, ...], list[_Cited]] = defaultdict(list)
        self._named_as: dict[tuple[str, ...], list[_Cited]] = defaultdict(list)
        for named in self._named(people, exports):
            for house in named.houses:
                self._named_at[house].append(named)
            self._named_as[named.role].append(named)
        self._alike: dict[tuple[str, ...], list[_Cited]] = {}
        self._free_at: dict[tuple[str, ...], list[_Cited]] = defaultdict(list)
        for one in people:
            me = self._cited[one.code]
            is_office = one.attribution is Attribution.ROLE_ORGANISATION
            if is_office and not _fitting(_of(self._named_at, me), me, Precision.DAY):
                for house in me.houses:
                    self._free_at[house].append(me)

    def _as_cited(
        self, person: Participant, role: str | None, organisation: str | None, days: Iterable[str]
    ) -> _Cited:
        """What is held of somebody of whom these are said."""
        own = organisation_words(organisation or "")
        said = {*plain_words(role or ""), *own}
        found = (one for word in said for one in self._known.get(word, ()) if said.issuperset(one))
        houses = frozenset({own, *found} - {()})
        return _Cited(person.code, plain_words(role or ""), own, frozenset(days), houses)

    def beside_the_named(self, person: Participant) -> Coarsening | None:
        """What has to be coarsened because somebody is cited by name; None where nothing has."""
        me = self._cited[person.code]
        if person.attribution is Attribution.ROLE and me.role:
            only_role = self._as_cited(person, person.role, None, me.days)
            alike = _of_one_role(only_role, self._named_alike(me.role))
            return alike or self._of_one_house(only_role, Precision.MONTH)
        if person.attribution is not Attribution.ROLE_ORGANISATION:
            return None
        return self._of_one_house(me, Precision.DAY)

    def _of_one_house(self, me: _Cited, said: Precision) -> Coarsening | None:
        """Who is cited by an organisation and a day or month, as somebody named there is."""
        named = _of(self._named_at, me)
        met = _fitting(named, me, said)
        if not met:
            return None
        date = _enough([*named, *_of(self._free_at, me)], me)
        without = {"role"} if any(_tells_the_same(me, one) for one in met) else set()
        if any(reads_like(me.unit, one.role) for one in met):
            without.add("organisation")
        if date is said and not without:
            return None
        if date is None and (without or not me.office):
            own = {"role": me.role, "organisation": me.organisation}
            without |= {name for name, words in own.items() if words}
        is_spelt_so = any(me.organisation in one.houses for one in met)
        finding = Finding(
            me.code,
            f"the same organisation {'' if is_spelt_so else 'in other words '}and "
            + ("day" if said is Precision.DAY else "month"),
            tuple(sorted({one.code for one in met})),
            _in_words(date or Precision.NONE, without),
        )
        return Coarsening(date or Precision.NONE, frozenset(without), (finding,))

    def _named_alike(self, role: tuple[str, ...]) -> Sequence[_Cited]:
        """Those named whose role reads like this one; looked for once for each role."""
        if role not in self._alike:
            self._alike[role] = [
                one
                for other, those in self._named_as.items()
                if reads_like(role, other)
                for one in those
            ]
        return self._alike[role]

    def _named(
        self, people: Collection[Participant], exports: Iterable[Export]
    ) -> Iterator[_Cited]:
        """Everybody who is cited by name, or was in something that has left the project."""
        past: dict[str, set[Shown]] = {}
        for export in exports:
            for code, facts in export.shown.items():
                if Shown.NAME in facts:
                    past.setdefault(code, set()).update(facts)
        for person in people:
            me = self._cited[person.code]
            if person.attribution is Attribution.NAMED:
                yield me
            elif (told := past.get(person.code)) is not None:
                yield self._as_cited(
                    person,
                    person.role if Shown.ROLE in told else None,
                    person.organisation if Shown.ORGANISATION in told else None,
                    me.days if told & {Shown.DAY, Shown.MONTH} else (),
                )


def _of(cited: Mapping[tuple[str, ...], Sequence[_Cited]], me: _Cited) -> list[_Cited]:
    """Those of any organisation of mine, each once."""
    return list(dict.fromkeys(one for house in sorted(me.houses) for one in cited.get(house, ())))


def _tells_the_same(me: _Cited, other: _Cited) -> bool:
    """True where my role reads like the other's, with or without their organisation in it."""
    return reads_like(me.role, other.role) or reads_like(me.office, other.office)


def _enough(fitting: Sequence[_Cited], me: _Cited) -> Precision | None:
    """The most that can be said of the day so that enough others of the organisation fit."""
    for date in (Precision.MONTH, Precision.YEAR, Precision.NONE):
        if len({one.code for one in _fitting(fitting, me, date)}) >= _ENOUGH:
            return date
    return None


def _fitting(cited: Iterable[_Cited], me: _Cited, date: Precision) -> list[_Cited]:
    """Those of whom readers hold a day that fits as much as is said of mine."""
    mine = {date.of(day) for day in me.days}
    return [
        one
        for one in cited
        if date is Precision.NONE or any(date.of(day) in mine for day in one.days)
    ]


def _of_one_role(me: _Cited, named: Iterable[_Cited]) -> Coarsening | None:
    """Who is cited by role and month, as somebody named is whose role reads like it.

    Who was named themselves is not cited by their role either: the earlier export has it.
    """
    met = _fitting(named, me, Precision.MONTH)
    if not met:
        return None
    codes = tuple(sorted({one.code for one in met}))
    without = {"role"} if me.code in codes else set()
    same = all(one.role == me.role for one in met)
    by = f"{'the same role' if same else 'a role that reads alike'} and the same month"
    finding = Finding(me.code, by, codes, _in_words(Precision.NONE, without))
    return Coarsening(Precision.NONE, frozenset(without), (finding,))


def _in_words(date: Precision, without: Iterable[str]) -> str:
    said = {
        Precision.MONTH: "the month is said for the day",
        Precision.YEAR: "the year is said for the day",
        Precision.NONE: "no date is said",
    }
    gone = sorted(without)
    return said[date] + (f", nor the {' and the '.join(gone)}" if gone else "")


class _Frame:
    """What can be said of the frame of those who are not to be found, so that none is alone in it.

    Only they are counted: a reader who knows that two were interviewed in a place, and reads one of
    them by name, knows the other. Two things have to hold. In the study, somebody else of them has
    the same, with the role where that is said; and of somebody else just as much is said, so that
    nobody is alone in an output because the place of the others is not in it.
    """

    def __init__(
        self,
        people: Collection[Participant],
        beside: Mapping[str, Coarsening | None],
        facts: Mapping[str, Mapping[str, str]],
        sittings: Sequence[frozenset[str]],
    ) -> None:
        closed = [one for one in people if one.attribution in CLOSED]
        self._facts = {
            one.code: {name: plain_words(getattr(one, name) or "") for name in FRAME}
            for one in closed
        }
        self._office = {
            one.code: plain_words(one.role or "") if self.says_role(one, beside) else None
            for one in closed
        }
        self._roles = {one.code: plain_words(one.role or "") for one in closed}
        self._own = Counter(fact for one in closed for fact in one.attributes.items())
        self._interviews = {one.code: facts.get(one.code, {}) for one in closed}
        who_has: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, known in self._interviews.items():
            for fact in known.items():
                who_has[fact].add(code)
        self._own_facts = {
            fact
            for fact, codes in who_has.items()
            if len(codes) == 1 or is_of_one_sitting(codes, sittings)
        }
        self.known = {
            code: tuple(name for name in FRAME if facts[name])
            for code, facts in self._facts.items()
        }
        self.kept = self._settled()

    @staticmethod
    def says_role(person: Participant, beside: Mapping[str, Coarsening | None]) -> bool:
        """True where the role stands in the attribution."""
        coarsened = beside.get(person.code)
        gone = coarsened is not None and "role" in coarsened.without
        return person.attribution is Attribution.ROLE and bool(person.role) and not gone

    def own_attributes(self, person: Participant) -> list[str]:
        """The names of further attributes whose value nobody else of them has."""
        return [fact[0] for fact in person.attributes.items() if self._own[fact] == 1]

    def own_facts(self, code: str) -> frozenset[str]:
        """The names of facts of interviews whose value nobody has from another interview."""
        mine = self._interviews.get(code, {})
        return frozenset(fact[0] for fact in mine.items() if fact in self._own_facts)

    def _settled(self) -> dict[str, tuple[str, ...]]:
        """Less and less, until what is left of everybody fits somebody else."""
        kept = dict(self.known)
        in_study = Counter(
            (self._key(code, names), role)
            for code in kept
            for names in _fewer(self.known[code])
            for role in {None, self._roles[code]}
        )
        while True:
            said = Counter(
                self._key(code, names) for code, kept_ in kept.items() for names in _fewer(kept_)
            )
            fewer = {
                code: next(
                    names
                    for names in _fewer(known)
                    if not names
                    or (
                        said[self._key(code, names)] > 1
                        and in_study[self._key(code, names), self._office[code]] > 1
                    )
                )
                for code, known in kept.items()
            }
            if fewer == kept:
                return kept
            kept = fewer

    def _key(self, code: str, names: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((name, self._facts[code][name]) for name in names)


def _alone(
    person: Participant, frame: _Frame, beside: Coarsening | None, audience: Audience
) -> tuple[list[Finding], frozenset[str]]:
    """By what one who is not to be found stands alone, and what is not said of them for it.

    The frame is looked at together with the role where that is said, other attributes one by one.
    """
    if person.attribution not in CLOSED:
        return [], frozenset()
    role = ["role"] if frame.says_role(person, {person.code: beside}) else []
    known, kept = frame.known[person.code], frame.kept[person.code]
    own = frame.own_attributes(person)
    alone = [*([(*role, *known)] if len(kept) < len(known) else []), *((name,) for name in own)]
    hidden = {*(name for name in known if name not in kept), *own}
    findings = [
        Finding(
            person.code,
            f"alone in {_listed(by)}",
            (),
            _kept_back([name for name in by if name in hidden], audience),
        )
        for by in alone
    ]
    return findings, frozenset(hidden if audience is Audience.PUBLICATION else ())


def _kept_back(names: Sequence[str], audience: Audience) -> str:
    shown = _listed(names)
    if audience is Audience.TEAM:
        return f"a publication does not say the {shown}"
    return f"the {shown} {'is' if len(names) == 1 else 'are'} not said"


def _listed(names: Sequence[str]) -> str:
    """`role, place and stakeholder`."""
    *some, last = names
    return f"{', '.join(some)} and {last}" if some else last


def _fewer(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All of them, then each alone, then none: as much of the frame as can be kept."""
    if names:
        yield names
    if len(names) > 1:
        yield from ((name,) for name in names)
    yield ()
