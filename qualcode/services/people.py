"""Looking after participants: list, show, set, and take a table of them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import SequenceMatcher
from pathlib import Path

from qualcode import errors
from qualcode.model.people import Attribution, Identity, Participant
from qualcode.services.consent.agreed import consent_of
from qualcode.services.intake import manifest as manifests
from qualcode.services.intake import manifest_rows
from qualcode.store import identities, queries, records
from qualcode.store.engine import Session
from qualcode.store.erasing import erased_participants
from qualcode.store.store import Store
from qualcode.text.names.forms import is_nobodys, name_kept
from qualcode.text.nearest import nearest

FIELDS = (
    "attribution",
    "pseudonym",
    "role",
    "organisation",
    "place",
    "stakeholder",
    "consent_date",
    "consent_note",
)
_A_SLIP = 0.8
"""Likeness from which a name is a field misspelt: two letters wrong in ten."""

NOTHING_LEAVES = "nothing of theirs leaves"
NAME_FIELDS = ("name", "aliases", "contacts")


@dataclass(frozen=True, slots=True)
class ShownParticipant:
    """A participant with the transcripts they speak in and how they would be cited.

    `has_name` says whether a name is at hand, never which.
    """

    participant: Participant
    transcripts: tuple[str, ...]
    attribution: str
    codings: int
    has_name: bool


def the_participant(session: Session, code: str) -> Participant:
    """Who has a code, in whatever case; raises UnknownParticipantError, ParticipantErasedError."""
    check_not_erased(session, [code])
    return _known({person.code: person for person in queries.participants(session)}, code)


def check_not_erased(session: Session, codes: Iterable[str]) -> None:
    """Raises ParticipantErasedError where one of the codes is of somebody who was erased."""
    gone = {code.casefold(): code for code in erased_participants(session)}
    for code in codes:
        if code.casefold() in gone:
            raise errors.ParticipantErasedError(gone[code.casefold()])


def list_participants(store: Store) -> tuple[Participant, ...]:
    """All participants by code."""
    with store.reading() as session:
        return tuple(queries.participants(session))


def show_participant(store: Store, code: str) -> ShownParticipant:
    """One participant; raises UnknownParticipantError."""
    with store.reading() as session:
        person = the_participant(session, code)
        consent = consent_of(session)
        mine = [t for t in queries.transcripts(session) if person.code in t.participants]
    interviewed = mine[0].interviewed if len(mine) == 1 else None
    return ShownParticipant(
        participant=person,
        transcripts=tuple(t.name for t in mine),
        attribution=(
            NOTHING_LEAVES
            if consent.withheld(person.code)
            else consent.text(person.code, interviewed)
        ),
        codings=sum(t.codings for t in mine),
        has_name=not is_nobodys(consent.identities.get(person.code, Identity(code, "")).name),
    )


def set_participant(
    store: Store,
    code: str,
    changes: Mapping[str, str | None],
    *,
    new: bool = False,
    by: str,
    at: datetime,
) -> Participant:
    """Change fields of one participant, or with `new` make one known; None or "" empties a field.

    `name`, `aliases` (parted by semicolons) and `contacts` go to the identities; what is no field
    becomes an attribute. Raises ManifestValueError for a code, a date or a level of attribution
    that is none, ManifestColumnError for a part of a name, UnknownParticipantError for a code that
    nobody has: a slip must not close a stranger and leave the right one open.
    """
    changes = _by_field(changes, where=code)
    named = {key: value for key, value in changes.items() if key in NAME_FIELDS}
    if named:
        store.hold_identities()
    with store.act("set participant", by=by, at=at) as act:
        check_not_erased(act.session, [code])
        known = {person.code: person for person in queries.participants(act.session)}
        before = Participant(_checked_code(code)) if new and not _same(known, code) else None
        person = _changed(before or _known(known, code), changes)
        gone = [k for k, v in changes.items() if not v and k not in (*FIELDS, *NAME_FIELDS)]
        said = records.participant_records(person)
        act.ensure([*said, *(records.no_attribute_record(person.code, name) for name in gone)])
        if named:
            known_as = identities.read(act.session).get(person.code, Identity(person.code, ""))
            _refuse_none(known_as, named.get("name"))
            renamed = _renamed(known_as, named)
            _refuse_own_code(renamed)
            identities.write(act.session, [renamed])
    return person


def import_participants(
    store: Store, table: Path, *, dry_run: bool = False, by: str, at: datetime
) -> tuple[int, int]:
    """Take participants from a CSV with a column `participant`; returns (changed, unchanged).

    The columns are those of the manifest; cells that are empty change nothing, and who is withheld
    stays so: only `set_participant` opens them again.
    """
    rows = manifests.read_people(table)
    if any(row.name or row.contacts or row.aliases for row in rows) and not dry_run:
        store.hold_identities()
    opened = store.rehearsing if dry_run else store.act
    with opened("import participants", by=by, at=at) as act:
        check_not_erased(act.session, (row.participant for row in rows if row.participant))
        known = {person.code: person for person in queries.participants(act.session)}
        names = identities.read(act.session)
        changed: set[str] = set()
        for row in rows:
            assert row.participant is not None
            person = known.get(row.participant, Participant(row.participant))
            given = {k: getattr(row, k) for k in FIELDS if hasattr(row, k) and k in row.given}
            given |= row.attributes
            if person.attribution is Attribution.WITHHELD:
                # Who withdrew stays so, as in an import: an older table must not open them again.
                given.pop("attribution", None)
            new = _changed(person, given)
            known[row.participant] = new
            if act.ensure(records.participant_records(new)):
                changed.add(new.code)
            if row.name or row.contacts or row.aliases:
                before = names.get(new.code, Identity(new.code, ""))
                after = Identity(
                    new.code,
                    name_kept(row.name, before.name),
                    row.aliases or before.aliases,
                    row.contacts or before.contacts,
                )
                if identities.write(act.session, [after]):
                    changed.add(new.code)
    people = {row.participant for row in rows}
    return len(changed), len(people - changed)


def _known(people: Mapping[str, Participant], code: str) -> Participant:
    person = _same(people, code)
    if person is None:
        raise errors.UnknownParticipantError(code, nearest=nearest(code, list(people)))
    return person


def _same(people: Mapping[str, Participant], code: str) -> Participant | None:
    """The participant of a code, in whatever case it was typed."""
    folded = {known.casefold(): person for known, person in people.items()}
    return people.get(code) or folded.get(code.casefold())


def _checked_code(code: str) -> str:
    if not manifest_rows.is_code(code):
        raise errors.ManifestValueError(
            "participant", "this is not a code", where="participants", mend="Give one such as P07."
        )
    return code


def _by_field(changes: Mapping[str, str | None], *, where: str) -> dict[str, str | None]:
    """The changes by field or attribute; what is a contact or an alias is kept apart as such."""
    found: dict[str, str | None] = {}
    for given, value in changes.items():
        name = "_".join(given.lower().split())
        if name in manifest_rows.PARTS_OF_NAMES:
            raise errors.ManifestColumnError(
                f"'{name}' would be kept with the project",
                where=where,
                mend="Give the whole name as name: only that is kept apart.",
            )
        if name in manifest_rows.CONTACTS:
            name = "contacts"
        elif name in manifest_rows.ALIASES:
            name = "aliases"
        elif name not in (*FIELDS, *NAME_FIELDS):
            _refuse_a_slip(name, where=where)
        found[name] = value
    return found


def _refuse_a_slip(name: str, *, where: str) -> None:
    """What all but spells a field is that field misspelt, and consent may hang on it."""
    meant = nearest(name, FIELDS)
    if meant is not None and SequenceMatcher(None, name, meant).ratio() >= _A_SLIP:
        raise errors.ManifestColumnError(
            f"'{name}' is not a field", where=where, mend=f"Did you mean '{meant}'?"
        )


def _changed(person: Participant, changes: Mapping[str, str | None]) -> Participant:
    fields: dict[str, object] = {k: (v or None) for k, v in changes.items() if k in FIELDS}
    if "attribution" in fields:
        fields["attribution"] = _level(changes["attribution"], where=person.code)
    if fields.get("consent_date"):
        fields["consent_date"] = _day(str(fields["consent_date"]), where=person.code)
    further = {k: v for k, v in changes.items() if k not in (*FIELDS, *NAME_FIELDS)}
    attributes = {**person.attributes, **{k: v for k, v in further.items() if v}}
    for name, value in further.items():
        if not value:
            attributes.pop(name, None)
    return replace(person, **fields, attributes=attributes)  # type: ignore[arg-type]


def _level(given: str | None, *, where: str) -> Attribution:
    level = manifest_rows.level_of(given or Attribution.ANONYMOUS)
    if level is not None:
        return level
    near = nearest(given or "", Attribution)
    raise errors.ManifestValueError(
        "attribution",
        f"'{given}' is not a level of attribution",
        where=where,
        mend=f"Did you mean '{near}'?" if near else f"Give one of {', '.join(Attribution)}.",
    )


def _day(given: str, *, where: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise errors.ManifestValueError(
            "consent_date",
            f"'{given}' is not a date",
            where=where,
            mend="Write it as YEAR-MONTH-DAY.",
        ) from None


def _refuse_none(before: Identity, given: str | None) -> None:
    """Whose name is known has one: without it nobody would look for it in what leaves."""
    if given and is_nobodys(given) and not is_nobodys(before.name):
        raise errors.ManifestValueError(
            "name",
            "a name is known, so it cannot be said that there is none",
            where=before.code,
            mend=f"If it is not theirs, take it back first: qualcode participants set {before.code}"
            " name=",
        )


def _refuse_own_code(person: Identity) -> None:
    """A code stands beside every quotation, and in the place of the name."""
    if any(manifest_rows.is_part_of(person.code, one) for one in (person.name, *person.aliases)):
        raise errors.ManifestValueError(
            "name",
            "the code is a part of it, and a code is shown",
            where=person.code,
            mend="Make them known by another code, such as P07.",
        )


def _renamed(before: Identity, named: Mapping[str, str | None]) -> Identity:
    aliases = before.aliases
    if "aliases" in named:
        aliases = tuple(a.strip() for a in (named["aliases"] or "").split(";") if a.strip())
    return Identity(
        before.code,
        (named["name"] or "") if "name" in named else before.name,
        aliases,
        (named["contacts"] or "") if "contacts" in named else before.contacts,
    )
