"""Names that may not leave, and what is shown in their place.

Whoever may not be cited by name is not named in anybody's words either: their name, its parts and
aliases are shown as their code or pseudonym, and so are listed names and organisations that nobody
may be cited with. What cannot be told apart is shown as nobody's: `[name]`. Where the names are not
at hand nothing of them can be looked for, and `names_at_hand` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from qualcode.model.consent import Edit
from qualcode.model.names import ListedName, NameKind, Verdict
from qualcode.model.people import Attribution, Identity, Participant
from qualcode.services.consent.attribution import Consent
from qualcode.services.consent.names.in_facts import names_somebody
from qualcode.services.consent.names.let_out import holding, whose, without_gone
from qualcode.services.consent.names.whole_masks import whole_masks
from qualcode.store import identities, queries
from qualcode.store.engine import Session
from qualcode.store.sealed import Register
from qualcode.text.edited import combined
from qualcode.text.names.finder import Found, NameFinder, Term
from qualcode.text.names.forms import families, parts, whole_forms
from qualcode.text.names.guesses import known_small, variants, vocabulary, write_capitals
from qualcode.text.names.identifiers import Identifier, patterns
from qualcode.text.names.wordlists import EVERYDAY, INSTITUTIONS
from qualcode.text.plain import plain_words

NAME: Final = "[name]"
"""What is shown for somebody of whom it is not known, or may not be told, who it is."""

ORGANISATION: Final = "[organisation]"

_SHOWN: Final = {
    NameKind.PERSON: NAME,
    NameKind.PLACE: "[place]",
    NameKind.ORGANISATION: ORGANISATION,
}
_MASKED: Final = frozenset(Identifier) - {Identifier.URL}
"""A web address is mostly an organisation's own; the others lead to a person."""

_JOINS: Final = re.compile("[-_.]")
"""What stands between words in the name of a file, and in no sentence that they are spoken in."""

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for in one study.

    `masked` are names with what is shown instead, `open` those that stand wherever they are found,
    `cited` what attributions may say of somebody and others' words may not. `misspelt` are forms
    in the texts that may be one of the names and that nobody has settled, and `small` what the
    texts know in small letters. `people` is what is shown for participants, and `write_capitals`
    says whether sentences begin with one in the texts.
    """

    masked: tuple[Term, ...] = ()
    open: tuple[Term, ...] = ()
    cited: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()
    pseudonyms: frozenset[_Words] = frozenset()
    misspelt: Mapping[str, tuple[Term, ...]] | None = None
    small: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    write_capitals: bool = False


class Forbidden:
    """Looks for names that may not leave: in words, to mask them, and in finished files."""

    def __init__(self, terms: Terms, *, names_at_hand: bool) -> None:
        self.names_at_hand = names_at_hand
        self.terms = terms
        unsettled = tuple(Term(form, NAME) for form in terms.misspelt or ())
        masked = (*terms.masked, *unsettled)
        self._in_words = NameFinder((*terms.open, *masked), words=terms.words, small=terms.small)
        self._in_files = NameFinder(
            (*terms.cited, *terms.open, *masked), words=terms.words, small=terms.small
        )
        # A place of the study that somebody is called by, too: masked as theirs it would say so.
        names = {plain_words(one.words) for one in terms.masked if one.shown in terms.people}
        places = (one for one in terms.cited if one.as_written and plain_words(one.words) in names)
        self._places = NameFinder(replace(one, shown=NAME) for one in places)

    def __bool__(self) -> bool:
        """False where no name and no organisation is to be looked for."""
        return bool(self.terms.masked)

    def edits(self, text: str) -> tuple[Edit, ...]:
        """What of a text is to be shown otherwise, in order, none overlapping."""
        points = [Edit(one.span, f"[{one.kind}]") for one in patterns(text) if one.kind in _MASKED]
        names = [Edit(one.span, one.shown) for one in _held(self._in_words.find(text), text)]
        edits = whole_masks(combined(points, names, text), text)
        places = {one.span for one in self._places.find(text)} if self._places else set()
        return tuple(
            Edit(one.span, NAME) if one.span in places or self._is_rather_a_word(one, text) else one
            for one in edits
        )

    def _is_rather_a_word(self, edit: Edit, text: str) -> bool:
        """True for a surname such as Group that stands in small letters in texts with capitals.

        Its mask must not say whose it is, or what everybody reads as a word would say the name.
        """
        written = text[edit.span.start : edit.span.end]
        is_one = written.islower() and len(plain_words(written)) == 1
        return is_one and self.terms.write_capitals and edit.shown in self.terms.people

    def found(self, text: str) -> list[Found]:
        """Names in a text that was to be without them, in order.

        What attributions may say is none: the full names of those who agreed to be named, places
        as they are written in the study, organisations that somebody may be cited with, pseudonyms
        as they are shown.
        """
        return [
            one
            for one in _held(self._in_files.find(text), text)
            if not self._is_a_pseudonym(one, text)
        ]

    def may_meet(self, one: str, two: str) -> bool:
        """False where no name can have these two letters side by side."""
        return self._in_files.may_meet(one, two)

    def _is_a_pseudonym(self, found: Found, text: str) -> bool:
        start, end = found.span.start, found.span.end
        if plain_words(text[start:end]) not in self.terms.pseudonyms:
            return False
        is_bracketed = text[max(0, start - 1) : start] == "[" and text[end : end + 1] == "]"
        return is_bracketed or text.startswith(" (pseudonym)", end)


def forbidden(session: Session, consent: Consent) -> Forbidden:
    """What may not leave of this study, worked out anew only where something of it has changed.

    Where no name is known it costs nothing; else the words of all transcripts are looked through
    for misspelt ones, 0.2 s for 640,000 words.
    """
    register = identities.register(session)
    is_known = register.people or register.listed
    texts = tuple(t.text_sha256 for t in queries.known_texts(session)) if is_known else ()
    key = consent, register, texts, identities.at_hand(session)
    # Screens and gates ask again and again, in one reading after the other; all that it is made of
    # is in the key, texts by their hashes.
    return session.worked_out(
        "names that may not leave",
        key,
        lambda: Forbidden(terms_of(session, consent, register), names_at_hand=key[-1]),
    )


def terms_of(session: Session, consent: Consent, register: Register) -> Terms:
    """What is looked for, by all that is known and decided."""
    register = without_gone(register)
    register = replace(register, decisions=holding(register.decisions, consent))
    claims = _Claims()
    _claim_people(claims, consent, register.people)
    for name in register.listed:
        claims.mask_all(_listed_forms(name), shown_for(name))
    names_one = names_somebody(consent.participants, register.people, register.listed)
    cited, hidden = _organisations(consent)
    cited = [name for name in cited if not names_one(name)]
    _claim_decisions(claims, consent, register)
    masked, families = claims.masked(), claims.families()
    settled = (d.form for d in register.decisions if d.verdict in _NOT_MASKED)
    open_words = tuple(form for one in settled for form in _with_or_without_the(one))
    places = tuple(
        dict.fromkeys(
            value
            for person in consent.participants.values()
            for value in (person.place,)
            if value and not names_one(value)
        )
    )
    words = vocabulary(_texts(session)) if masked else {}
    stakeholders = (person.stakeholder or "" for person in consent.participants.values())
    return Terms(
        masked=(
            *masked,
            *families,
            *(
                Term(form, ORGANISATION)
                for name in hidden
                if name not in places
                for form in _with_the(name)
            ),
        ),
        open=(
            *claims.open_terms(),
            *(Term(form, None) for name in cited for form in _with_the(name)),
        ),
        cited=(
            *(Term(name, None) for name in claims.shared()),
            *(Term(place, None, as_written=True) for place in places),
        ),
        words=open_words,
        pseudonyms=frozenset(
            plain_words(person.pseudonym)
            for person in consent.participants.values()
            if person.pseudonym and person.attribution is Attribution.PSEUDONYM
        ),
        misspelt=_misspelt(
            words,
            masked,
            register,
            also_known=[
                *(*cited, *places, *stakeholders, *claims.parts),
                *(term.words for term in families),
            ],
        ),
        small=known_small(words, (term.words for term in masked), _texts(session)),
        people=frozenset(
            mask_of(consent.participants.get(one.code), one.code) for one in register.people
        ),
        write_capitals=write_capitals(words),
    )


def shown_for(name: ListedName) -> str:
    """What stands in the place of a listed name, in brackets."""
    return f"[{name.shown.strip('[]')}]" if name.shown else _SHOWN[name.kind]


def mask_of(person: Participant | None, code: str) -> str:
    """What stands in the place of a participant's name: the pseudonym they chose, else the code."""
    if person is not None and person.attribution is Attribution.PSEUDONYM and person.pseudonym:
        return f"[{person.pseudonym}]"
    return f"[{code}]"


_NOT_MASKED: Final = frozenset({Verdict.WORD, Verdict.OTHER_PERSON})


class _Claims:
    """Who claims which form: participants to be masked, participants named, listed names."""

    def __init__(self) -> None:
        self._shown: dict[_Words, tuple[str, str]] = {}
        self._named: dict[_Words, str] = {}
        self._families: dict[_Words, str] = {}
        self.parts: set[str] = set()

    def mask_all(self, forms: Iterable[str], shown: str) -> None:
        """Forms to be shown as `shown`; what two people claim is shown as nobody's."""
        for form in forms:
            key = plain_words(form)
            earlier = self._shown.get(key)
            both = earlier is not None and earlier[1] != shown
            self._shown[key] = (form, NAME if both else shown)

    def name(self, wholes: Iterable[str], pieces: Iterable[str]) -> None:
        """Somebody who agreed to be named: the whole name stands, a part of it is nobody's."""
        for form in wholes:
            self._named.setdefault(plain_words(form), form)
        self.parts.update(pieces)

    def family(self, forms: Iterable[str]) -> None:
        """Who bears the same surname: it is not told of whom they are, nor taken from anybody."""
        self._families.update((plain_words(form), form) for form in forms)

    def masked(self) -> list[Term]:
        """All forms to be masked. What a named person shares with them is shown as nobody's."""
        named = self._of_the_named()
        return [
            Term(form, NAME if key in named else shown)
            for key, (form, shown) in self._shown.items()
        ]

    def families(self) -> list[Term]:
        """The families of those who are masked, where nobody else is called so."""
        known = self._shown.keys() | self._of_the_named()
        return [Term(form, NAME) for key, form in self._families.items() if key not in known]

    def _of_the_named(self) -> set[_Words]:
        return {*self._named, *map(plain_words, self.parts)}

    def open_terms(self) -> list[Term]:
        """Whole names that stand wherever they are, because they are of the named alone."""
        return [Term(form, None) for key, form in self._named.items() if key not in self._shown]

    def shared(self) -> list[str]:
        """Whole names of the named that somebody unnamed bears, too: they stand in attributions."""
        return [form for key, form in self._named.items() if key in self._shown]


def _claim_people(claims: _Claims, consent: Consent, people: Iterable[Identity]) -> None:
    for identity in people:
        person = consent.participants.get(identity.code)
        names = [name for name in (identity.name, *identity.aliases) if name.strip()]
        wholes = [form for name in names for form in whole_forms(name)]
        pieces = [part for name in names for part in parts(name)]
        if person is not None and person.attribution is Attribution.NAMED:
            claims.name(wholes, pieces)
        else:
            claims.mask_all(dict.fromkeys([*wholes, *pieces]), mask_of(person, identity.code))
            claims.family(form for name in names for form in families(name))


def _claim_decisions(claims: _Claims, consent: Consent, register: Register) -> None:
    listed = {name.name: name for name in register.listed}
    for one in register.decisions:
        if (code := whose(one)) is not None:
            person = consent.participants.get(code)
            if person is None or person.attribution is not Attribution.NAMED:
                claims.mask_all([one.form], mask_of(person, code))
        elif one.verdict is Verdict.LISTED and one.of in listed:
            claims.mask_all([one.form], shown_for(listed[one.of]))


def _listed_forms(name: ListedName) -> Iterator[str]:
    for one in (name.name, *name.aliases):
        if name.kind is NameKind.PERSON:
            yield from dict.fromkeys((*whole_forms(one), *parts(one)))
        else:
            yield from _with_the(one)


def _organisations(consent: Consent) -> tuple[list[str], list[str]]:
    """The organisations that somebody may be cited with, and those that nobody may be."""
    cited: dict[_Words, str] = {}
    all_of_them: dict[_Words, str] = {}
    for person in consent.participants.values():
        if person.organisation and plain_words(person.organisation):
            key = plain_words(_without_the(person.organisation))
            all_of_them.setdefault(key, person.organisation)
            if consent.shows(person.code, "organisation") is not None:
                cited.setdefault(key, person.organisation)
    hidden = [name for key, name in all_of_them.items() if key not in cited]
    return list(cited.values()), hidden


def _misspelt(
    words: Mapping[str, int],
    masked: Iterable[Term],
    register: Register,
    *,
    also_known: Iterable[str],
) -> dict[str, tuple[Term, ...]]:
    """Forms in the texts that may be a masked name misspelt, and that nobody has settled."""
    settled = {plain_words(one.form) for one in register.decisions}
    names = [
        term for term in masked if " " not in term.words and plain_words(term.words) not in settled
    ]
    if not names:
        return {}
    known = {(word,) for name in also_known for word in plain_words(name)} | settled
    found = variants(names, words)
    return {form: near for form, near in found.items() if plain_words(form) not in known}


def _texts(session: Session) -> Iterator[str]:
    for known in queries.known_texts(session):
        yield queries.text_body(session, known.text_sha256)


def _with_the(name: str) -> tuple[str, ...]:
    """The name of a place or an organisation with its article and, where it is long, without."""
    rest = _without_the(name)
    return (name, rest) if rest != name and len(plain_words(rest)) > 1 else (name,)


def _with_or_without_the(form: str) -> tuple[str, str]:
    rest = _without_the(form)
    return rest, f"the {rest}"


def _without_the(name: str) -> str:
    article, _, rest = name.strip().partition(" ")
    return rest if article.casefold() == "the" and plain_words(rest) else name


def _held(found: Iterable[Found], text: str) -> Iterator[Found]:
    """Without organisations that are spoken of as any of their kind: `the council`, `a youth club`.

    With capitals it could be the name: that is for somebody to settle.
    """
    for one in found:
        if one.shown != ORGANISATION or not _is_any_of_a_kind(one, text):
            yield one


def _is_any_of_a_kind(one: Found, text: str) -> bool:
    words = plain_words(_without_the(one.term.words))
    said = _without_the(text[one.span.start : one.span.end])
    if len(words) == 1:
        return said.islower()
    if said.islower() and set(words) <= EVERYDAY and not _JOINS.search(said):
        return True  # `a red house`
    return said[1:].islower() and is_a_kind(one.term)  # the first letter may begin a sentence


def is_a_kind(term: Term) -> bool:
    """True for an organisation whose name is words alone, such as `The Council`, `Youth Club`."""
    words = plain_words(term.words)
    return term.shown == ORGANISATION and all(word in INSTITUTIONS for word in words)
