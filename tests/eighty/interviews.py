"""What the eighty people say, and what the volunteers code in it.

An interview is put together from `sayings.txt` and `talk.txt`: whoever speaks says what somebody of
their kind would, of their own place, and no saying twice. Which sayings come is by chance from a
fixed seed, and those that have been said least go first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from eighty.lines import sections
from eighty.people import PLACES, SEED, Person

CODERS = ("amina", "tomasz", "maya")
NOT_CODED = (11, 29, 44, 67)
"""Interviews that nobody has coded yet."""

_TELLERS = (8, 32, 57)
"""Those who answer with all that they have to say."""

_THEMES = {
    "cohesion-meaning": (
        "shared-understanding equalities-link bonding bridging linking measuring-impact "
        "prevent-and-tension growth-or-change"
    ),
    "structures": (
        "local-strategic-partnership local-area-agreement-targets informal-relationships "
        "levels-of-decision-making representation infrastructure-organisations "
        "neighbourhood-management compact"
    ),
    "funding": (
        "grant-aid competitive-tendering commissioning transparency decommissioning "
        "trading-locally independence-and-income"
    ),
    "empowerment": (
        "councillors engagement-approaches consultation-outcomes capacity-building "
        "ladder-of-participation community-voice"
    ),
}
THEMES = {theme: tuple(codes.split()) for theme, codes in _THEMES.items()}

_VOICES = {"officer": "o", "councillor": "o", "national-organisation": "n"}

_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Coded:
    """Words of an answer with the code that they were given."""

    transcript: str
    code: str
    quote: str
    coder: str
    memo: str = ""
    doubt: str = ""


@dataclass
class Interview:
    """Questions and answers in order, and what was coded."""

    person: Person
    turns: list[tuple[str, str]] = field(default_factory=list)
    codings: list[Coded] = field(default_factory=list)

    def text(self) -> str:
        """The transcript as a typist leaves it."""
        return "\n\n".join(f"{who}: {said}" for who, said in self.turns) + "\n"

    def subtitles(self) -> str:
        """The transcript as a recorder leaves it, with times: three words a second."""
        lines, ms = ["WEBVTT", ""], 4_000
        for who, said in self.turns:
            until = ms + len(said.split()) * 333
            lines += [f"{_time(ms)} --> {_time(until)}", f"<v {who}>{said}", ""]
            ms = until + 700
        return "\n".join(lines)


class Speaking:
    """Makes the interviews one after another, and remembers what has been said."""

    def __init__(self) -> None:
        self._chance = Random(SEED)
        self._sayings = sections("sayings.txt")
        self._talk = sections("talk.txt")
        self._said: Counter[str] = Counter()

    def interview(self, person: Person) -> Interview:
        """One interview: small talk, then the themes in the order of the guide."""
        made = Interview(person)
        self._aside(made, "small talk")
        mine: set[str] = set()
        for theme in THEMES:
            if theme in person.not_asked.split(";"):
                continue
            for _ in range(self._of((0, 1, 1, 2, 2, 3))):
                self._answer(made, theme, mine)
            if self._happens(0.4):
                self._aside(made, "small talk")
        self._aside(made, "closing")
        return made

    def _answer(self, made: Interview, theme: str, mine: set[str]) -> None:
        voice = _VOICES.get(made.person.stakeholder, "c")
        code = self._of(THEMES[theme])
        said = self._passage(code, voice, mine, long=made.person.number in _TELLERS)
        if not said:
            return
        question = self._filled(self._of(self._talk[f"questions {theme}"]), made)
        quote = self._filled(said, made)
        parts = [self._maybe("lead", 0.6), quote, self._maybe("tail", 0.35)]
        answer = " ".join(part for part in parts if part)
        made.turns += [("I", question), (made.person.code, answer)]
        if made.person.number not in NOT_CODED:
            made.codings += self._codings(made, theme, code, quote)

    def _passage(self, code: str, voice: str, mine: set[str], *, long: bool) -> str:
        """One saying, or several with asides between them; "" where nothing is left to say."""
        wanted = 5 if long else 1 if self._happens(0.8) else 2
        said: list[str] = []
        for _ in range(wanted):
            left = [
                line for line in self._sayings[code] if line[0] in (voice, "*") and line not in mine
            ]
            if not left:
                break
            least = min(self._said[line] for line in left)
            line = self._of([line for line in left if self._said[line] == least])
            mine.add(line)
            self._said[line] += 1
            first, _, more = line[2:].partition(" | ")
            if said:
                said.append(self._of([one for one in self._talk["asides"] if one not in said]))
            said.append(first)
            if more and (wanted > 1 or self._happens(0.7)):
                said.append(more)
        return " ".join(said)

    def _codings(self, made: Interview, theme: str, code: str, quote: str) -> list[Coded]:
        name = made.person.code
        first = CODERS[made.person.number % len(CODERS)]
        memo = self._of(self._talk["memos"]) if self._happens(0.06) else ""
        doubt = "yes" if self._happens(0.05) else ""
        found = [Coded(name, f"{theme}/{code}", quote, first, memo, doubt)]
        if self._happens(0.1):
            other = self._of([one for one in THEMES[theme] if one != code])
            found.append(Coded(name, f"{theme}/{other}", quote, first))
        if self._happens(0.15):
            second = CODERS[(made.person.number + 1) % len(CODERS)]
            sentence = re.split(r"(?<=[.?!]) ", quote)[0]
            found.append(Coded(name, f"{theme}/{code}", sentence, second))
        return found

    def _aside(self, made: Interview, kind: str) -> None:
        question, answer = self._of(self._talk[kind]).split("|")
        turns = [
            ("I", self._filled(question, made)),
            (made.person.code, self._filled(answer, made)),
        ]
        if turns[0] not in made.turns:
            made.turns += turns

    def _filled(self, words: str, made: Interview) -> str:
        """The words with what belongs to the place; who is of none speaks of any."""
        place = made.person.place or self._of(PLACES)
        filled = words.format(
            place=place.name,
            hall=place.hall,
            street=place.street,
            street2=place.street2,
            estate=place.estate,
            council=place.council,
            group=self._of(place.groups),
            neighbour=place.neighbour.split()[0],
            n=self._of(self._talk["numbers"]),
            m=self._of(self._talk["small numbers"]),
        )
        return re.sub(r"(^|[.?!] )([a-z])", lambda start: start[1] + start[2].upper(), filled)

    def _maybe(self, kind: str, odds: float) -> str:
        return self._of(self._talk[kind]) if self._happens(odds) else ""

    def _happens(self, odds: float) -> bool:
        return self._chance.random() < odds

    def _of(self, things: Sequence[_Thing]) -> _Thing:
        return things[int(self._chance.random() * len(things))]


def _time(ms: int) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
