"""Studies of several places, in which it is said by a drawing who speaks of what."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.study import BY, bring_in, listing_text, new_store, take_in, tick, write

from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store, open_store

WORDS = {"g": ("grant-aid", "A grant came."), "b": ("bonding", "We held together.")}
"""What a letter of the drawing stands for: a code, and the words that are given it."""


@dataclass(frozen=True)
class Person:
    """One participant: a place, what is spoken of, and how they may be cited.

    `speaks` are letters of `WORDS`, as often as they speak of it; "" is somebody whose interview
    nobody has coded anything in, "-" one of whom only other words are coded.
    """

    place: str
    speaks: str
    attribution: str = "role-organisation"
    stakeholder: str = "officer"


def study(folder: Path, people: Sequence[Person]) -> Store:
    """A store with one interview of each, P01 and on, coded as they speak."""
    store = new_store(folder)
    rows = ["interview_id,file,participant,role,organisation,place,stakeholder,attribution,date"]
    files: dict[str, str] = {}
    for number, person in enumerate(people, 1):
        code = f"P{number:02}"
        said = [f"{letter}{at}: {_said(letter)}" for at, letter in enumerate(person.speaks, 1)]
        answers = "\n\n".join(f"I: And?\n\n{code}: {words}" for words in said or ["Nothing."])
        files[f"{code}.txt"] = f"{answers}\n"
        rows.append(
            f"{code},{code}.txt,{code},Clerk,Hall {number},{person.place},{person.stakeholder},"
            f"{person.attribution},2024-03-{number % 28 + 1:02}"
        )
    files["m.csv"] = "\n".join(rows) + "\n"
    assert bring_in(store, manifest=write(folder / "files", files) / "m.csv").written
    for number, person in enumerate(people, 1):
        for at, letter in enumerate(person.speaks, 1):
            name, _ = WORDS.get(letter, ("trading", ""))
            tag(store, f"P{number:02}", name, f"{letter}{at}: {_said(letter)}")
    return store


def two_of_one_name(folder: Path) -> Store:
    """Two copies of a project that each have an interview called b, put together."""
    one = new_store(folder / "one")
    shutil.copytree(folder / "one", folder / "two")
    two = open_store(str(folder / "two" / "study.qualcode"))
    for store, words in ((one, "We sell tea."), (two, "A grant came.")):
        files = write(folder / f"files {words}", {"b.txt": f"I: And?\n\nP: {words}\n"})
        bring_in(store, files)
        tag(store, "b", "grant-aid", words)
    take_in(one, two)
    two.close()
    return one


def tag(
    store: Store,
    transcript: str,
    code: str,
    words: str,
    *,
    memo: str | None = None,
    doubt: bool = False,
) -> None:
    """A code on these words."""
    start = listing_text(store, transcript).index(words)
    place = Place(span=(start, start + len(words)))
    coding.tag(store, transcript, code, place, memo=memo, doubt=doubt, by=BY, at=tick())


def area(place: str, drawing: str, **facts: str) -> list[Person]:
    """People of one place, by what each speaks of: `gb g - ""` are four."""
    return [Person(place, speaks.strip('"'), **facts) for speaks in drawing.split()]


def _said(letter: str) -> str:
    known: Mapping[str, tuple[str, str]] = WORDS
    return known.get(letter, ("", "Something else."))[1]
