"""What is said of somebody and itself names another: pseudonyms, organisations, places.

An attribution may say these, whoever else bears such a name. But a pseudonym that is a name in the
study hides nobody, or puts words into another's mouth; and the `Tesfay Hall` in which nobody called
Hiwot Tesfay is to be named may be said only where it is the surname alone: a surname is many
people's, a whole name is one's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from qualcode.model.names import ListedName, NameKind
from qualcode.model.people import Attribution, Identity, Participant
from qualcode.text.names.finder import NameFinder, Term
from qualcode.text.names.forms import parts, whole_forms
from qualcode.text.names.guesses import variants
from qualcode.text.plain import plain_words

_A_WHOLE_NAME: Final = 2
"""Words from which a name is one person's."""

_WORD: Final = re.compile(r"\w+")
_LISTED: Final = ""
"""Whose a listed name is: nobody's who has a code."""

People = Mapping[str, Participant]


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom a pseudonym leads to: its bearer, others by code, somebody whose name is listed."""

    own: bool = False
    others: tuple[str, ...] = ()
    listed: bool = False


def names_somebody(
    people: People, identities: Iterable[Identity], listed: Iterable[ListedName] = ()
) -> Callable[[str], bool]:
    """Tells of a value whether the whole name of somebody who may not be named stands in it."""
    names = [name for one in _unnamed(people, identities) for name in _called(one)]
    names += [
        name for one in listed if one.kind is NameKind.PERSON for name in (one.name, *one.aliases)
    ]
    wholes = (form for name in names for form in whole_forms(name))
    forms = [Term(form, "") for form in wholes if len(plain_words(form)) >= _A_WHOLE_NAME]
    finder = NameFinder(forms)
    return lambda value: bool(finder.find(value))


def whose_name(people: People, identities: Iterable[Identity]) -> Callable[[str], frozenset[str]]:
    """Tells of a value whose names stand in it, or a part of them, by the codes of the unnamed."""
    known = _Bearers()
    for one in _unnamed(people, identities):
        known.add(one.code, _forms(one))
    return lambda value: frozenset(who for _, whose in known.in_words(value) for who in whose)


def without_telling_pseudonyms(
    people: People, identities: Mapping[str, Identity], listed: Iterable[ListedName] = ()
) -> People:
    """The same people, but no pseudonym that leads to its bearer or to anybody else."""
    found = dict(people)
    for code in telling_pseudonyms(people, identities, listed):
        found[code] = replace(found[code], pseudonym=None)
    return found


def telling_pseudonyms(
    people: People, identities: Mapping[str, Identity], listed: Iterable[ListedName] = ()
) -> dict[str, Telling]:
    """Whom pseudonyms lead to that are somebody's name, as people are spoken of or all but so.

    Of who agreed to be named only the name itself is: `A Holroyd fan` leads to nobody unnamed.
    """
    chosen = [one for one in people.values() if _is_by_pseudonym(one)]
    if not chosen:
        return {}
    known = _Bearers()
    for one in identities.values():
        known.add(one.code, _forms(one))
    for name in listed:
        known.add(_LISTED, _forms_of_listed(name))
    named = {code for code, one in people.items() if one.attribution is Attribution.NAMED}
    said = {one.code: _leads_to(one, known, named, people) for one in chosen}
    return {code: one for code, one in said.items() if one != Telling()}


class _Bearers:
    """Who bears which form of a name, and where these stand in words."""

    def __init__(self) -> None:
        self._bearers: dict[tuple[str, ...], set[str]] = {}
        self._terms: list[Term] = []
        self._finder: NameFinder | None = None

    def add(self, code: str, forms: Iterable[str]) -> None:
        for form in forms:
            self._bearers.setdefault(plain_words(form), set()).add(code)
            self._terms.append(Term(form, ""))

    def in_words(self, words: str) -> Iterator[tuple[str, set[str]]]:
        """Each form as it is written there, and whose it is."""
        self._finder = self._finder or NameFinder(self._terms)
        for one in self._finder.find(words):
            yield words[one.span.start : one.span.end], self._of(one.term)

    def near_words(self, words: str) -> Iterator[tuple[str, set[str]]]:
        """The same of forms that are a letter away from a name."""
        single = [term for term in self._terms if " " not in term.words]
        for form, near in variants(single, dict.fromkeys(_WORD.findall(words), 1)).items():
            yield form, {who for term in near for who in self._of(term)}

    def _of(self, term: Term) -> set[str]:
        return self._bearers[plain_words(term.words)]


def _leads_to(person: Participant, known: _Bearers, named: set[str], people: People) -> Telling:
    pseudonym = person.pseudonym or ""
    codes = {code.casefold(): code for code in people}
    whose = {codes.get(word.casefold(), person.code) for word in _WORD.findall(pseudonym)}
    whose.discard(person.code)
    own = False
    for form, bearers in (*known.in_words(pseudonym), *known.near_words(pseudonym)):
        own = own or person.code in bearers
        is_all = plain_words(form) == plain_words(pseudonym)
        whose |= bearers if is_all else bearers - named
    others = sorted(whose - {person.code, _LISTED})
    return Telling(own, tuple(others), _LISTED in whose)


def _is_by_pseudonym(person: Participant) -> bool:
    return person.attribution is Attribution.PSEUDONYM and bool(person.pseudonym)


def _forms(one: Identity) -> Iterator[str]:
    for name in _called(one):
        yield from (*whole_forms(name), *parts(name))


def _forms_of_listed(one: ListedName) -> Iterator[str]:
    for name in (one.name, *one.aliases):
        is_person = one.kind is NameKind.PERSON
        yield from (*whole_forms(name), *parts(name)) if is_person else (name,)


def _unnamed(people: People, identities: Iterable[Identity]) -> Iterator[Identity]:
    for identity in identities:
        person = people.get(identity.code)
        if person is None or person.attribution is not Attribution.NAMED:
            yield identity


def _called(identity: Identity) -> tuple[str, ...]:
    return tuple(name for name in (identity.name, *identity.aliases) if name.strip())
