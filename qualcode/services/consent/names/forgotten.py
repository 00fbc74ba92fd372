"""Names that a study knows once somebody is forgotten: none says theirs, and others keep theirs.

A name that was listed, a spelling, or a decision on a form can be a second place of a name. What is
somebody else's own stays, though it is partly the same: `Selam Ostrander` is the sister's name, and
`Quetzalline's sister Selam` is looked for as `sister Selam` from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from qualcode.model.names import Decision, ListedName, NameKind, Verdict
from qualcode.model.people import Identity
from qualcode.services.consent.names.let_out import BETWEEN, said_of, whose
from qualcode.store.sealed import Register
from qualcode.text.names.finder import NameFinder, Term
from qualcode.text.names.forms import families, parts, whole_forms
from qualcode.text.names.wordlists import EVERYDAY
from qualcode.text.plain import plain_words

_LET_OUT: Final = frozenset({Verdict.WORD, Verdict.OTHER_PERSON})
_OWNED: Final = re.compile(r"['’]s?(?!\w)")
"""What is somebody's own stands behind it."""

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What is looked for at the moment of forgetting (`now`), and what is known after (`later`).

    Now the parts of the name count that somebody had said to be another's: they are shown as
    nobody's for good, because nobody can tell later what they were. `lists_like_ones` is True where
    a place or an organisation that is listed, or a form that was settled, has a part of the name,
    which may be by chance.
    """

    now: Register
    later: Register
    lists_like_ones: bool
    _finder: NameFinder

    def may_say(self, text: str | None) -> bool:
        """True where the name or a part of it that is nobody else's stands, though by chance."""
        return bool(text) and bool(self._finder.find(text or ""))


def names_without(register: Register, code: str) -> Names:
    """What is known of names while a participant is forgotten, and after."""
    own = _Own(register, code)
    listed = {one.name: own.out_of_listed(one) for one in register.listed}
    people = (own.out_of_aliases(one) for one in register.people if one.code != code)
    staying = (one for one in register.decisions if not own.is_decided_by(one))
    decisions = [own.out_of_decision(one) for one in staying]
    later = Register(
        people=tuple(people),
        listed=tuple(one for one in listed.values() if one is not None),
        decisions=tuple(
            one
            for one in (_of_renamed(decision, listed) for decision in decisions)
            if one is not None
        ),
    )
    let_out = [one for one in register.decisions if own.lets_out(one)]
    now = replace(
        register,
        listed=(*register.listed, *(ListedName(one.form) for one in let_out)),
        decisions=tuple(one for one in register.decisions if one not in let_out),
    )
    finder = own.nobody_else_s()
    of_things = (one.name for one in later.listed if one.kind is not NameKind.PERSON)
    forms = (*of_things, *(one.form for one in later.decisions))
    return Names(now, later, any(finder.find(form) for form in forms), finder)


class _Own:
    """The forms of one person's name, and which of them are nobody else's."""

    def __init__(self, register: Register, code: str) -> None:
        self._code = code
        mine = [_names(one) for one in register.people if one.code == code]
        names = [name for each in mine for name in each]
        self._pieces = {form for name in names for form in (*parts(name), *families(name))}
        self._wholes = {form for name in names for form in whole_forms(name)} - self._pieces
        known = {plain_words(form) for form in (*self._pieces, *self._wholes)}
        of_people = (name for one in register.people if one.code != code for name in _names(one))
        self._forms = known - _forms_of(of_people)
        persons = (one for one in register.listed if one.kind is NameKind.PERSON)
        rest = (name for one in persons for name in (one.name, *one.aliases))
        self._only = self._forms - _forms_of(one for one in rest if not self.is_theirs(one))
        self._in_names = NameFinder(Term(form, code) for form in (*self._wholes, *self._pieces))

    def is_theirs(self, name: str) -> bool:
        """True for a form of the name that no other participant bears."""
        words = plain_words(name)
        return words in self._forms or (words[:1] == ("the",) and words[1:] in self._forms)

    def is_decided_by(self, one: Decision) -> bool:
        """True where a decision is of them alone, or says of a part of their name what it is."""
        is_part = one.verdict in _LET_OUT and plain_words(one.form) in self._only
        return self._code in (one.of, whose(one)) or is_part

    def out_of_decision(self, one: Decision) -> Decision:
        """What was said of several names, for the others."""
        if one.verdict is Verdict.LISTED or one.of is None:
            return one
        return replace(one, of=said_of(c for c in one.of.split(BETWEEN) if c != self._code))

    def lets_out(self, one: Decision) -> bool:
        """True where it must be shown as nobody's; an everyday word is the word that it was."""
        is_word = one.verdict is Verdict.WORD and EVERYDAY.issuperset(plain_words(one.form))
        return one.verdict in _LET_OUT and self.is_decided_by(one) and not is_word

    def out_of_listed(self, one: ListedName) -> ListedName | None:
        """A listed name without theirs; None for one that is theirs."""
        name = self._rest_of(one.name)
        if name is None:
            return None
        shown = one.shown and self._with_code(one.shown)
        return replace(one, name=name, shown=shown, aliases=self._rests_of(one.aliases))

    def out_of_aliases(self, one: Identity) -> Identity:
        """Somebody else whose spellings say no more of them."""
        return replace(one, aliases=self._rests_of(one.aliases))

    def nobody_else_s(self) -> NameFinder:
        """Finds what of the name is nobody else's."""
        forms = (*self._wholes, *self._pieces)
        return NameFinder(
            Term(form, self._code) for form in forms if plain_words(form) in self._only
        )

    def _rests_of(self, names: Iterable[str]) -> tuple[str, ...]:
        rests = (self._rest_of(name) for name in names)
        return tuple(dict.fromkeys(rest for rest in rests if rest))

    def _rest_of(self, name: str) -> str | None:
        """A name without theirs where they are spoken of in it; a surname is its bearer's own.

        No code takes its place: it would be looked for like the rest.
        """
        if self.is_theirs(name):
            return None
        rest = name
        for start, end in reversed(list(self._spoken_of(name))):
            rest = f"{rest[:start]} {rest[end:]}"
        rest = " ".join(rest.split())
        return rest if plain_words(rest) else None

    def _spoken_of(self, name: str) -> Iterator[tuple[int, int]]:
        for one in self._in_names.find(name):
            owned = _OWNED.match(name, one.span.end)
            if owned is not None or one.term.words in self._wholes:
                yield one.span.start, owned.end() if owned else one.span.end

    def _with_code(self, shown: str) -> str:
        for one in reversed(self._in_names.find(shown)):
            shown = f"{shown[: one.span.start]}{self._code}{shown[one.span.end :]}"
        return shown


def _of_renamed(one: Decision, listed: dict[str, ListedName | None]) -> Decision | None:
    """A decision with the listed name that it is of as that is called later; None without it."""
    if one.verdict is not Verdict.LISTED or one.of not in listed:
        return one
    now = listed[one.of]
    return None if now is None else replace(one, of=now.name)


def _names(person: Identity) -> list[str]:
    return [name for name in (person.name, *person.aliases) if name.strip()]


def _forms_of(names: Iterable[str]) -> set[_Words]:
    return {
        plain_words(form)
        for name in names
        for form in (*whole_forms(name), *parts(name), *families(name))
    }
