"""What is said of somebody and itself names another: pseudonyms, organisations, places.

An attribution may say these, whoever else bears such a name. But a pseudonym that is its bearer's
own name hides nobody, and the `Tesfay Hall` in which nobody called Hiwot Tesfay is to be named may
be said only where it is the surname alone: a surname is many people's, a whole name is one's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from qualcode.model.names import ListedName, NameKind
from qualcode.model.people import Attribution, Identity, Participant
from qualcode.text.name_forms import parts, whole_forms
from qualcode.text.names import NameFinder, Term
from qualcode.text.plain import plain_words

_A_WHOLE_NAME: Final = 2
"""Words from which a name is one person's."""

People = Mapping[str, Participant]


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


def without_telling_pseudonyms(people: People, identities: Mapping[str, Identity]) -> People:
    """The same people, but no pseudonym that leads to its bearer or to another participant.

    One that is just a part of another's name, such as their forename, is as good as any.
    """
    if not identities or not any(_is_by_pseudonym(one) for one in people.values()):
        return people
    unnamed = list(_unnamed(people, identities.values()))
    chosen = [one for one in people.values() if _is_by_pseudonym(one)]
    forms = (
        Term(form, one.code)
        for one in unnamed
        for name in _called(one)
        for form in (*whole_forms(name), *parts(name))
    )
    finder = NameFinder(forms)
    found = dict(people)
    for one in chosen:
        if _leads_on(one, finder, identities.get(one.code)):
            found[one.code] = replace(one, pseudonym=None)
    return found


def _is_by_pseudonym(person: Participant) -> bool:
    return person.attribution is Attribution.PSEUDONYM and bool(person.pseudonym)


def _leads_on(person: Participant, finder: NameFinder, own: Identity | None) -> bool:
    pseudonym = person.pseudonym or ""
    words = plain_words(pseudonym)
    mine = [] if own is None else [part for name in _called(own) for part in parts(name)]
    if NameFinder(Term(part, "") for part in mine).find(pseudonym):
        return True
    met = (pseudonym[one.span.start : one.span.end] for one in finder.find(pseudonym))
    return any(len(words) >= _A_WHOLE_NAME or plain_words(form) != words for form in met)


def _unnamed(people: People, identities: Iterable[Identity]) -> Iterator[Identity]:
    for identity in identities:
        person = people.get(identity.code)
        if person is None or person.attribution is not Attribution.NAMED:
            yield identity


def _called(identity: Identity) -> tuple[str, ...]:
    return tuple(name for name in (identity.name, *identity.aliases) if name.strip())
