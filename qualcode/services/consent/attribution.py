"""Consent at every way out: how a participant is cited, and what of them may leave at all.

Every output asks here. Unknown counts as anonymous; a participant at `withheld` leaves in nothing.
What each level shows:

    named               Surname, Forename, Role, Organisation, interviewed 4 March 2024
    pseudonym           Marek (pseudonym), interviewed March 2024
    role-organisation   Role, Organisation, interviewed 4 March 2024
    role                Role, interviewed March 2024
    anonymous           Anonymous participant
    withheld            nothing

Missing parts leave no stray commas, nor does what a manifest has of them. Without the name at hand,
`named` reads as role-organisation, which the same participant agreed to. Who could be found by
putting attributions side by side is cited with less: `linkage` decides, and here it is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from qualcode.model.people import Attribution, Identity, Participant, Role, Speaker
from qualcode.model.spans import Turn
from qualcode.services.consent.joint_interviews import Joint
from qualcode.services.consent.linkage import DATED, FRAME, Coarsening, Precision
from qualcode.text.names.forms import is_nobodys
from qualcode.text.names.honours import part_honours
from qualcode.text.names.wordlists import LETTERS_BEHIND, PARTICLES, TITLES
from qualcode.text.plain import plain_words

ANONYMOUS_TEXT = "Anonymous participant"
INTERVIEWER_TEXT = "Interviewer"

_SHOWN: Mapping[Attribution, frozenset[str]] = {
    Attribution.NAMED: frozenset({"role", "organisation", "pseudonym"}),
    Attribution.ROLE_ORGANISATION: frozenset({"role", "organisation"}),
    Attribution.ROLE: frozenset({"role"}),
    Attribution.PSEUDONYM: frozenset({"pseudonym"}),
    Attribution.ANONYMOUS: frozenset(),
    Attribution.WITHHELD: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Consent:
    """What everybody of one project agreed to; the identities are empty where not at hand.

    `coarsened` is what is said less of those who could be found, by code; `joint` are the
    interviews by which somebody would be found through whom they sat with, and `erased` the codes
    of those of whom nothing is to be known any more.
    """

    participants: Mapping[str, Participant]
    identities: Mapping[str, Identity]
    coarsened: Mapping[str, Coarsening] = field(default_factory=dict)
    joint: tuple[Joint, ...] = ()
    erased: frozenset[str] = frozenset()

    def level(self, code: str | None) -> Attribution:
        """The level of a participant; anonymous where nothing is known."""
        who = None if code is None else self.participants.get(code)
        return Attribution.ANONYMOUS if who is None else who.attribution

    def withheld(self, code: str | None) -> bool:
        """True where nothing of this participant may leave."""
        return self.level(code) is Attribution.WITHHELD

    def text(self, code: str | None, interviewed: str | None) -> str:
        """How words of this participant are attributed; `interviewed` is an ISO date or None."""
        who = None if code is None else self.participants.get(code)
        if who is None:
            return ANONYMOUS_TEXT
        parts = [tidy(part) for part in self._who(who) if part and tidy(part)]
        if not parts:
            return ANONYMOUS_TEXT
        day = self.day(code, interviewed)
        if day is not None:
            parts.append(f"interviewed {day}")
        return ", ".join(parts)

    def shows(self, code: str | None, attribute: str) -> str | None:
        """A participant's attribute if it may be printed beside their words, else None."""
        who = None if code is None else self.participants.get(code)
        if who is None or who.attribution is Attribution.WITHHELD:
            return None
        if self.hides(code, attribute):
            return None
        if attribute in ("role", "organisation", "pseudonym"):
            allowed = attribute in _SHOWN[who.attribution]
            return getattr(who, attribute) if allowed else None
        if attribute in FRAME:
            value: str | None = getattr(who, attribute)
            return value
        if attribute == "attribution":
            return str(who.attribution)
        return who.attributes.get(attribute)

    def hides(self, code: str | None, name: str) -> bool:
        """True for a fact of somebody, or of their interview, by which they would be found."""
        return name in self._coarsening(code).without

    def shows_days(self, code: str | None) -> bool:
        """True where the very day of an interview may stand beside these words."""
        return self.precision(code) is Precision.DAY

    def precision(self, code: str | None) -> Precision:
        """How much of an interview's date may stand beside these words."""
        return max(DATED[self.level(code)], self._coarsening(code).date, key=_ROUGHER.index)

    def day(self, code: str | None, interviewed: str | None) -> str | None:
        """The day of an interview as far as it may stand here: the day, its month, or None."""
        return None if interviewed is None else date_as(interviewed, self.precision(code))

    def speaker(self, speaker: Speaker | None, number: int) -> str | None:
        """A turn's speaker as an output may say it: a label could be a name, so it stays inside.

        Only who agreed to be named keeps theirs. `number` tells the others of one transcript apart.
        """
        if speaker is None or not speaker.label:
            return None
        if speaker.role is Role.INTERVIEWER:
            return INTERVIEWER_TEXT
        if speaker.participant is None:
            return f"Speaker {number}"
        if self.level(speaker.participant) is Attribution.NAMED:
            return speaker.label
        return speaker.participant

    def closed_turns(
        self,
        turns: Sequence[Turn],
        speakers: Mapping[str, Speaker],
        took_part: Sequence[str],
    ) -> tuple[tuple[int, int], ...]:
        """The stretches of a transcript that may not leave, as (start, end), in order.

        Where all who took part are withheld, or one of them whose turns are not known, the whole
        transcript is closed, the interviewer's words with it; else the turns of those who are, and
        those of nobody known, which could be theirs.
        """
        speaking = {s.participant for s in speakers.values() if s.label and s.participant}
        codes = speaking | set(took_part)
        refused = {code for code in codes if self.withheld(code)}
        if refused and (refused == codes or not refused <= speaking):
            return ((0, max((turn.end for turn in turns), default=1)),)
        if not refused:
            return ()
        return tuple(
            (turn.start, turn.end)
            for turn in turns
            if _may_be_of(speakers.get(turn.speaker or ""), refused)
        )

    def _coarsening(self, code: str | None) -> Coarsening:
        return _NOTHING if code is None else self.coarsened.get(code, _NOTHING)

    def _who(self, who: Participant) -> Sequence[str | None]:
        level = who.attribution
        if level is Attribution.PSEUDONYM:
            return (f"{tidy(who.pseudonym)} (pseudonym)" if who.pseudonym else None,)
        if level is Attribution.ANONYMOUS:
            return (ANONYMOUS_TEXT,)
        name = None
        if level is Attribution.NAMED and (identity := self.identities.get(who.code)) is not None:
            name = None if is_nobodys(identity.name) else surname_first(identity.name)
        return (name, self.shows(who.code, "role"), self.shows(who.code, "organisation"))


_NOTHING = Coarsening()
_ROUGHER = tuple(Precision)


def _may_be_of(speaker: Speaker | None, refused: Set[str]) -> bool:
    """True for a speaker who is, or who could be, one of those that leave in nothing."""
    if speaker is None:
        return True
    if speaker.participant is None:
        return speaker.role is not Role.INTERVIEWER
    return speaker.participant in refused


def passes(start: int, end: int, closed: Sequence[tuple[int, int]]) -> bool:
    """True where no character of the passage lies in a closed stretch."""
    return not any(a < end and start < b for a, b in closed)


def open_around(
    start: int, end: int, length: int, closed: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The widest stretch around a passage that touches nothing closed, as (start, end)."""
    low = max((b for _, b in closed if b <= start), default=0)
    high = min((a for a, _ in closed if a >= end), default=length)
    return low, high


def tidy(part: str) -> str:
    """One part of an attribution without the commas and the full stop that stray at its ends.

    The full stop of a short form stays, as in `Co.` or `U.K.`.
    """
    bare = " ".join(part.split()).strip(" ,;:")
    last = bare.rpartition(" ")[2].removesuffix(".")
    is_short = len(last) <= _SHORT_FORM or "." in last
    return bare if is_short else bare.rstrip(".")


_SHORT_FORM = 3
"""Letters of the longest word that is taken for a short form: `Ltd.`, `Inc.`, `Dr.`"""


def surname_first(name: str) -> str:
    """`Ama Serwaa Boateng` as `Boateng, Ama Serwaa`, `Cllr Siobhán Ó Briain OBE` as `Ó Briain,
    Siobhán`.

    Titles and letters that are no part of a name are not cited. What has a comma is parted there:
    so a name is written that this does not part rightly.
    """
    before, _, after = part_honours(name)[0].partition(",")
    words, given = tidy(before).split(), tidy(after)
    titles = _at_the_front(words, TITLES)
    if given:
        if len(titles) == len(words):
            titles = []  # somebody whose surname is Lord
        return f"{' '.join(words[len(titles) :])}, {' '.join((*titles, given))}".lstrip(" ,")
    behind = _at_the_front(words[:0:-1], LETTERS_BEHIND)[::-1]
    bare = words[len(titles) : len(words) - len(behind)]
    if len(bare) < _A_WHOLE_NAME:
        return " ".join(words)
    at = len(bare) - 1
    while at > 1 and _is_one(bare[at - 1], PARTICLES):
        at -= 1
    return f"{' '.join(bare[at:])}, {' '.join((*titles, *bare[:at], *behind))}"


_A_WHOLE_NAME = 2
"""Words without which nothing can be turned round: `Cllr Reith` stays as it is."""


def _at_the_front(words: Sequence[str], known: Set[str]) -> list[str]:
    """The words at the beginning that are all of one kind."""
    found: list[str] = []
    for word in words:
        if not _is_one(word, known):
            break
        found.append(word)
    return found


def _is_one(word: str, known: Set[str]) -> bool:
    return "".join(plain_words(word)) in known


def date_as(iso: str, precision: Precision) -> str | None:
    """`4 March 2024`, `March 2024`, `2024` or None.

    What is not an ISO date is printed as it stands where the whole day may be, and nowhere else.
    """
    if precision is Precision.NONE:
        return None
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso if precision is Precision.DAY else None
    if precision is Precision.YEAR:
        return str(day.year)
    return day_of(iso, whole=precision is Precision.DAY)


def day_of(iso: str, *, whole: bool) -> str:
    """`4 March 2024`, or `March 2024`; what is not an ISO date is printed as it stands."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} {month}" if whole else month


# Not strftime: the month's name must not change with the machine's language.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
