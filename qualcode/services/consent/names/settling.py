"""Looking after names that may not leave: the list, forms that may be names, sealing.

What is shown here are names: whoever asks sits at the terminal of those who may know them. Nothing
of it goes into the log of changes, a message or an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from qualcode import errors
from qualcode.model.names import Decision, ListedName, NameKind, Verdict
from qualcode.model.people import Attribution, Identity
from qualcode.services.consent.agreed import consent_of
from qualcode.services.consent.attribution import Consent
from qualcode.services.consent.names.forbidden import (
    ORGANISATION,
    Forbidden,
    Terms,
    is_a_kind,
    mask_of,
    shown_for,
    terms_of,
)
from qualcode.services.consent.names.let_out import Bearers, said_of, without_gone
from qualcode.store import identities, queries, sealing
from qualcode.store.engine import Session
from qualcode.store.store import Store
from qualcode.text.names.forms import parts, whole_forms
from qualcode.text.names.guesses import small_words, unknown_names, vocabulary
from qualcode.text.names.identifiers import Identifier, patterns
from qualcode.text.nearest import nearest
from qualcode.text.plain import plain_words

A_PERSON_MUST_READ = (
    "One name in ten is in no such list, because it is never written with a capital inside a "
    "sentence or is a word besides: somebody must read the texts before they leave."
)

NOT_AT_HAND = "the names of participants are not at hand: no identities lie with this project"


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name that is looked for: of a participant (`code`) or listed, and what is shown."""

    name: str
    kind: NameKind
    aliases: tuple[str, ...]
    code: str | None
    shown: str | None


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form in the texts, how often it stands there, in which transcripts, and what it is near to.

    `near` are masks (`[P07]`) of the names that a misspelt one may be, or the kind of identifier.
    """

    form: str
    times: int
    transcripts: tuple[str, ...]
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundNames:
    """What somebody has to look through: misspelt names, identifiers, names that nobody knows.

    `kinds` are organisations whose name is a word, where they are written with a capital.
    """

    unsettled: tuple[FoundForm, ...]
    identifiers: tuple[FoundForm, ...]
    unknown: tuple[FoundForm, ...]
    names_at_hand: bool
    kinds: tuple[FoundForm, ...] = ()


class ListedNames(NamedTuple):
    """The names that are known, those of participants first, and what was decided on forms.

    Where they are not at hand nobody knows how many there are.
    """

    lines: tuple[NameLine, ...]
    decisions: tuple[Decision, ...]
    at_hand: bool


def list_names(store: Store) -> ListedNames:
    """All that is known of names.

    Raises IdentitiesSealedError.
    """
    with store.reading() as session:
        _check_open(store, session)
        register = identities.register(session)
        at_hand = identities.at_hand(session)
        consent = consent_of(session)
    people = (_line_of(person, consent) for person in register.people)
    listed = (
        NameLine(name.name, name.kind, name.aliases, None, shown_for(name))
        for name in register.listed
    )
    return ListedNames((*people, *listed), register.decisions, at_hand)


def add_name(
    store: Store,
    name: str,
    *,
    kind: NameKind | None = None,
    shown: str | None = None,
    aliases: Sequence[str] = (),
) -> bool:
    """List a name that may not leave; returns whether anything is new.

    One that is listed, however it was written, keeps what is not said anew, and its aliases with
    those that are; else it is a person's. Raises IdentitiesSealedError, IdentitiesMissingError.
    """
    plain = " ".join(name.split())
    if not plain_words(plain):
        raise errors.UsageError("a name has letters", mend="Give the name as it is spoken.")
    store.hold_identities()
    with store.names_written() as session:
        alike = _listed_as(session, plain)
        earlier = alike[0] if alike else ListedName(plain)
        also = dict.fromkeys((*earlier.aliases, *(" ".join(one.split()) for one in aliases)))
        listed = replace(
            earlier,
            kind=kind or earlier.kind,
            shown=shown or earlier.shown,
            aliases=tuple(one for one in also if one),
        )
        return identities.put(session, listed=[listed]) > 0


def remove_name(store: Store, name: str) -> tuple[str, ...]:
    """Take a name out of the list; returns the forms that were settled as it and are open again.

    Raises NameNotListedError for one that is not in it.
    """
    with store.names_written() as session:
        _check_open(store, session)
        gone = {one.name for one in _listed_as(session, name)}
        if not gone:
            raise errors.NameNotListedError
        forms = tuple(
            one.form
            for one in identities.register(session).decisions
            if one.verdict is Verdict.LISTED and one.of in gone
        )
        for one in gone:
            identities.take_out(session, listed=one)
        for form in forms:
            identities.take_out(session, form=form)
    return forms


def settle(
    store: Store,
    form: str,
    *,
    participant: str | None = None,
    listed: str | None = None,
    other_person: bool = False,
    word: bool = False,
    sure: bool = False,
    by: str,
    at: datetime,
) -> Decision:
    """Say what a form in the texts is: a participant's, a listed name, another person, or a word.

    Exactly one of these is given. A later decision on the same form takes the earlier one's place.
    Raises UsageError, UnknownParticipantError, NameNotListedError, WholeNameSettledError for a
    participant's whole name that would so be let out, and OwnNameSettledError for a part of one
    unless whoever says so is `sure`.
    """
    plain = " ".join(form.split())
    if not plain_words(plain):
        raise errors.UsageError("a form has letters", mend="Give it as qualcode names find does.")
    if sum((participant is not None, listed is not None, other_person, word)) != 1:
        raise errors.UsageError(
            "a form is one thing",
            mend="Give one: whose name it is, a listed name, another person, or a word.",
        )
    store.hold_identities()
    with store.names_written() as session:
        decision = _decision(session, plain, participant, listed, other_person=other_person)
        if decision.verdict in (Verdict.WORD, Verdict.OTHER_PERSON):
            _refuse_whole_names(identities.read(session).values(), plain)
            whose = _whose(session, plain)
            if whose and not sure:
                raise errors.OwnNameSettledError(whose)
            near = Bearers(consent_of(session)).nearly(plain)
            decision = replace(decision, of=said_of(sorted({*whose, *near})))
        elif decision.verdict is Verdict.PARTICIPANT:
            near = Bearers(consent_of(session)).nearly(plain) - {decision.of}
            decision = replace(decision, of=said_of(filter(None, (decision.of, *sorted(near)))))
        decision = replace(decision, by=by, at=at.astimezone(UTC).isoformat())
        identities.put(session, decisions=[decision])
    return decision


def unsettle(store: Store, form: str) -> bool:
    """Take back what was decided on a form; returns whether anything was."""
    wanted = plain_words(form)
    with store.names_written() as session:
        _check_open(store, session)
        for one in identities.register(session).decisions:
            if plain_words(one.form) == wanted:
                return identities.take_out(session, form=one.form)
    return False


def find_names(store: Store, *, transcripts: Sequence[str] = ()) -> FoundNames:
    """Forms to settle, identifiers and names that nobody knows, in these transcripts or in all.

    The commonest first. Raises UnknownTranscriptError, IdentitiesSealedError.
    """
    with store.reading() as session:
        _check_open(store, session)
        consent = consent_of(session)
        register = without_gone(identities.register(session))
        terms = terms_of(session, consent, register)
        texts = _texts(session)
        at_hand = identities.at_hand(session)
    chosen = _chosen(texts, transcripts)
    known = _known_words(terms, (one.form for one in register.decisions), consent)
    return FoundNames(
        unsettled=_unsettled(chosen, terms),
        identifiers=_identifiers(chosen),
        unknown=_unknown(chosen, small_words(vocabulary(texts.values())), known),
        names_at_hand=at_hand,
        kinds=_kinds(chosen, terms),
    )


def seal(store: Store, passphrase: str) -> Path:
    """Encrypt the identities with a passphrase; without it everything works but naming."""
    if not passphrase:
        raise errors.UsageError("a passphrase is not empty", mend="Give some words.")
    return sealing.seal(store, passphrase)


def unseal(store: Store, passphrase: str) -> Path:
    """Open sealed identities for good."""
    return sealing.unseal(store, passphrase)


def _line_of(person: Identity, consent: Consent) -> NameLine:
    who = consent.participants.get(person.code)
    is_masked = who is None or who.attribution != "named"
    shown = mask_of(who, person.code) if is_masked else None
    return NameLine(person.name, NameKind.PERSON, person.aliases, person.code, shown)


def _check_open(store: Store, session: Session) -> None:
    if session.sealed is not None and not session.sealed.is_open:
        raise errors.IdentitiesSealedError(where=store.where)


def _decision(
    session: Session, form: str, participant: str | None, listed: str | None, *, other_person: bool
) -> Decision:
    if participant is not None:
        codes = {person.code.casefold(): person.code for person in queries.participants(session)}
        code = codes.get(participant.casefold())
        if code is None:
            near = nearest(participant, codes.values())
            raise errors.UnknownParticipantError(participant, nearest=near)
        return Decision(form, Verdict.PARTICIPANT, code)
    if listed is not None:
        alike = _listed_as(session, listed)
        if not alike:
            raise errors.NameNotListedError
        return Decision(form, Verdict.LISTED, alike[0].name)
    return Decision(form, Verdict.OTHER_PERSON if other_person else Verdict.WORD)


def _listed_as(session: Session, name: str) -> list[ListedName]:
    """What is listed by a name, however it is written; mostly one."""
    words = plain_words(name)
    return [one for one in identities.register(session).listed if plain_words(one.name) == words]


def _refuse_whole_names(people: Iterable[Identity], form: str) -> None:
    wanted = plain_words(form)
    for person in people:
        for name in (person.name, *person.aliases):
            wholes = {plain_words(whole) for whole in whole_forms(name)}
            if len(wanted) > 1 and wanted in wholes:
                raise errors.WholeNameSettledError


def _whose(session: Session, form: str) -> list[str]:
    """The codes of those who may not be named, and of whose name this is a part."""
    consent = consent_of(session)
    wanted = plain_words(form)
    return [
        code
        for code, one in sorted(consent.identities.items())
        if consent.level(code) is not Attribution.NAMED
        and wanted
        in {plain_words(part) for name in (one.name, *one.aliases) for part in parts(name)}
    ]


def _texts(session: Session) -> dict[str, str]:
    """The words of all current transcripts, by name."""
    return {
        known.name: queries.text_body(session, known.text_sha256)
        for known in queries.known_texts(session)
    }


def _chosen(texts: Mapping[str, str], names: Sequence[str]) -> Mapping[str, str]:
    for name in names:
        if name not in texts:
            raise errors.UnknownTranscriptError(name, nearest=nearest(name, texts))
    return {name: texts[name] for name in names} if names else texts


def _unsettled(texts: Mapping[str, str], terms: Terms) -> tuple[FoundForm, ...]:
    misspelt = terms.misspelt or {}
    counts: dict[str, Counter[str]] = {form: Counter() for form in misspelt}
    for name, text in texts.items():
        for form, times in vocabulary([text]).items():
            if form in counts:
                counts[form][name] += times
    return _forms(
        counts,
        {
            form: tuple(sorted({term.shown for term in near if term.shown}))
            for form, near in misspelt.items()
        },
    )


def _identifiers(texts: Mapping[str, str]) -> tuple[FoundForm, ...]:
    counts: dict[str, Counter[str]] = {}
    kinds: dict[str, Identifier] = {}
    for name, text in texts.items():
        for one in patterns(text):
            form = text[one.span.start : one.span.end]
            kinds.setdefault(form, one.kind)
            counts.setdefault(form, Counter())[name] += 1
    return _forms(counts, {form: (str(kind),) for form, kind in kinds.items()})


def _kinds(texts: Mapping[str, str], terms: Terms) -> tuple[FoundForm, ...]:
    """`the Council` where it could be the one that may not be named, as often as it stands."""
    kinds = tuple(term for term in terms.masked if is_a_kind(term))
    finder = Forbidden(replace(terms, masked=kinds, misspelt=None), names_at_hand=True)
    counts: dict[str, Counter[str]] = {}
    for name, text in texts.items() if kinds else ():
        for one in finder.found(text):
            form = " ".join(text[one.span.start : one.span.end].split())
            counts.setdefault(form, Counter())[name] += 1
    return _forms(counts, dict.fromkeys(counts, (ORGANISATION,)))


def _unknown(texts: Mapping[str, str], small: set[str], known: set[str]) -> tuple[FoundForm, ...]:
    counts: dict[str, Counter[str]] = {}
    for name, text in texts.items():
        for span in unknown_names(text, small=small):
            form = " ".join(text[span.start : span.end].split())
            if not known.issuperset(plain_words(form)):
                counts.setdefault(form, Counter())[name] += 1
    return _forms(counts, {})


def _known_words(terms: Terms, settled: Iterable[str], consent: Consent) -> set[str]:
    """The words of all that is listed, settled or open, in plain spelling."""
    facts = (
        value
        for person in consent.participants.values()
        for value in (person.organisation, person.place, person.stakeholder, person.role)
        if value
    )
    names = (name.name for name in consent.identities.values())
    forms = (term.words for term in (*terms.masked, *terms.open, *terms.cited))
    pieces = (part for name in names for part in parts(name))
    every = (*forms, *pieces, *settled, *facts, *(terms.misspelt or {}))
    return {word for form in every for word in plain_words(form)}


def _forms(
    counts: Mapping[str, Counter[str]], near: Mapping[str, tuple[str, ...]]
) -> tuple[FoundForm, ...]:
    found = [
        FoundForm(form, count.total(), tuple(count), near.get(form, ()))
        for form, count in counts.items()
        if count
    ]
    return tuple(sorted(found, key=lambda one: (-one.times, one.form)))
