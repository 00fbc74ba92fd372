"""The eighty people of an invented study: who they are, where, and how they agreed to be cited.

Six places, six kinds of stakeholder, every level of attribution. Nobody here exists, and neither do
the places and organisations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from eighty.lines import sections

SEED = 80

COLUMNS = (
    "interview_id,file,participant,name,pseudonym,organisation,role,stakeholder,place,date,language,"
    "interviewer,strand,attribution,consent_date,not_asked,method,notes"
)


@dataclass(frozen=True)
class Place:
    """Where people live, and what its corners are called."""

    name: str
    council: str
    hall: str
    street: str
    street2: str
    estate: str
    groups: tuple[str, str, str, str]
    worship: str
    neighbour: str
    """Somebody whom everybody there speaks of, and who was not interviewed."""


PLACES = (
    Place(
        "Marlby",
        "Marlby Borough Council",
        "the Ropewalk",
        "Tanner Street",
        "Albion Row",
        "the Crofts",
        ("Ropewalk Community Trust", "Crofts Tenants", "Marlby Welcome", "Albion Youth Club"),
        "Tanner Street Mosque",
        "Maureen Alderby",
    ),
    Place(
        "Eskdene",
        "Eskdene District Council",
        "the Institute",
        "Quarry Road",
        "Chapel Hill",
        "Fellside",
        ("Eskdene Institute", "Fellside Residents", "Dale Carers", "Quarry Road Food Bank"),
        "Chapel Hill Methodist Church",
        "Walter Pickersby",
    ),
    Place(
        "Stanmoor",
        "Stanmoor City Council",
        "the Drill Hall",
        "Mafeking Street",
        "Jubilee Walk",
        "the Towers",
        ("Drill Hall Association", "Towers Forum", "Stanmoor Somali Women", "Green Lung"),
        "Gurdwara of Jubilee Walk",
        "Concetta Braithe",
    ),
    Place(
        "Penhollow",
        "Penhollow Town Council",
        "the Net Loft",
        "Fore Street",
        "Pilchard Lane",
        "Higher Penhollow",
        ("Net Loft Arts", "Penhollow Neighbours", "Harbour Lads", "Second Homes Watch"),
        "Saint Breaca's Church",
        "Jory Trevanick",
    ),
    Place(
        "Oxwater",
        "Oxwater District Council",
        "the Corn Hall",
        "Sluice Lane",
        "Station Approach",
        "the Meadows",
        ("Corn Hall Users", "Meadows Families", "Oxwater Polish Saturday School", "Fen Riders"),
        "Church of the Redeemed, Oxwater",
        "Beryl Thackwray",
    ),
    Place(
        "Tarnside",
        "Tarnside Metropolitan Council",
        "the Welfare",
        "Colliery Street",
        "Nelson Terrace",
        "Spion Bank",
        ("Tarnside Miners' Welfare", "Spion Bank Together", "Open Kitchen", "Lamp Room Women"),
        "Nelson Terrace Synagogue",
        "Ivor Hepplewick",
    ),
)

_NATIONAL = ("Neighbours National", "The Common Ground Fund", "Small Charities Voice")


_ROLES = {
    "officer": (
        "Head of communities",
        "Cohesion officer",
        "Housing manager",
        "Commissioning manager",
        "Youth services manager",
        "Equalities officer",
    ),
    "councillor": ("Councillor", "Councillor, cabinet member for communities", "Leader"),
    "community-organisation": ("Coordinator", "Chair", "Treasurer", "Development worker"),
    "faith-organisation": ("Secretary", "Trustee", "Minister"),
    "national-organisation": ("Policy officer", "Regional manager", "Chief executive"),
    "resident": ("Resident",),
}
_PER_PLACE = (
    ("officer", 3),
    ("councillor", 2),
    ("community-organisation", 4),
    ("faith-organisation", 1),
    ("resident", 2),
)
_NOT_ASKED = {7: "funding", 19: "structures", 33: "funding;structures", 52: "empowerment"}
_WITHHELD = (15, 38, 61)
_UNSAID = (24, 70)
"""Interviews whose form has no level ticked."""


@dataclass(frozen=True)
class Person:
    """One of the eighty; `place` is None for those of national organisations."""

    number: int
    name: str
    stakeholder: str
    role: str
    organisation: str
    place: Place | None
    attribution: str
    pseudonym: str
    interviewed: date
    strand: str
    method: str
    not_asked: str

    @property
    def code(self) -> str:
        """Such as P07."""
        return f"P{self.number:02}"

    @property
    def file(self) -> str:
        """Interviews by telephone came from a recorder that writes subtitles with times."""
        return f"{self.code}.{'vtt' if self.method == 'telephone' else 'txt'}"

    def row(self) -> tuple[str, ...]:
        """Their row of the manifest, by `COLUMNS`."""
        return (
            self.code,
            self.file,
            self.code,
            self.name,
            self.pseudonym,
            self.organisation,
            self.role,
            self.stakeholder,
            self.place.name if self.place else "",
            self.interviewed.isoformat(),
            "en-GB",
            ("Dina Okafor", "Rhys Madden")[self.number % 2],
            self.strand,
            self.attribution,
            self.interviewed.isoformat(),
            self.not_asked,
            self.method,
            "Invented",
        )


def people() -> tuple[Person, ...]:
    """All eighty, the same each time."""
    chance = Random(SEED)
    names = sections("names.txt")
    return tuple(_person(number, *where, names, chance) for number, where in enumerate(_seats(), 1))


def _seats() -> Iterator[tuple[str, Place | None, int]]:
    """Kind, place and how many of the kind came before in that place."""
    for place in PLACES:
        for kind, wanted in _PER_PLACE:
            yield from ((kind, place, before) for before in range(wanted))
    yield from (("national-organisation", None, before) for before in range(8))


def _person(
    number: int,
    kind: str,
    place: Place | None,
    before: int,
    names: Mapping[str, Sequence[str]],
    chance: Random,
) -> Person:
    roles = _ROLES[kind]
    levels, pseudonyms = names["levels"], names["pseudonyms"]
    forenames, surnames = names["forenames"], names["surnames"]
    attribution = levels[number * 7 % len(levels)]
    if number in _WITHHELD:
        attribution = "withheld"
    if number in _UNSAID:
        attribution = ""
    # Of sixteen neighbours two have one, an even and an odd number.
    own = pseudonyms[number // 16 * 2 + number % 2]
    pseudonym = own if attribution == "pseudonym" else ""
    day = date(2024, 3, 4) + timedelta(days=int(chance.random() * 100))
    if day.weekday() > 4:
        day += timedelta(days=2)
    return Person(
        number=number,
        name=f"{forenames[number * 3 % 40]} {surnames[(number * 7 + number // 40) % 40]}",
        stakeholder=kind,
        role=roles[(number + before) % len(roles)],
        organisation=_organisation(kind, place, before),
        place=place,
        attribution=attribution,
        pseudonym=pseudonym,
        interviewed=day,
        strand="follow-up" if number % 3 == 0 else "case-study" if place else "in-depth",
        method="telephone" if number % 3 == 0 else "in person",
        not_asked=_NOT_ASKED.get(number, ""),
    )


def _organisation(kind: str, place: Place | None, before: int) -> str:
    if place is None:
        return _NATIONAL[before % len(_NATIONAL)]
    match kind:
        case "officer" | "councillor":
            return place.council
        case "community-organisation":
            return place.groups[before]
        case "faith-organisation":
            return place.worship
    return ""
