"""Consent at every way out: how a participant is cited, and what of them may leave at all.

Every output asks here. Unknown counts as anonymous; a participant at `withheld` leaves in nothing.
What each level shows:

    named               Surname, Forename, Role, Organisation, interviewed 4 March 2024
    pseudonym           Marek (pseudonym), interviewed March 2024
    role-organisation   Role, Organisation, interviewed 4 March 2024
    role                Role, interviewed March 2024
    anonymous           Anonymous participant
    withheld            nothing

Missing parts leave no stray commas. Without the name at hand, `named` reads as role-organisation,
which the same participant agreed to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from qualcode.model.people import Attribution, Identity, Participant, Role, Speaker
from qualcode.model.spans import Turn

ANONYMOUS_TEXT = "Anonymous participant"
INTERVIEWER_TEXT = "Interviewer"

# What belongs to the surname behind it, in the languages that interviews here are held in.
_PARTICLES = frozenset(
    {
        "ó",
        "o",
        "ní",
        "nic",
        "mac",
        "mc",
        "ap",
        "ab",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "del",
        "della",
        "des",
        "du",
        "dos",
        "le",
        "la",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "ter",
        "ten",
        "zu",
        "zur",
    }
)

_DAY_LEVELS = frozenset({Attribution.NAMED, Attribution.ROLE_ORGANISATION})
_OPEN = frozenset({"place", "stakeholder"})
"""What may be said of anybody who takes part: the frame in which the study compares."""

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
    """What everybody of one project agreed to; the identities are empty where not at hand."""

    participants: Mapping[str, Participant]
    identities: Mapping[str, Identity]

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
        level = who.attribution
        parts = [part for part in self._who(who) if part]
        if not parts:
            return ANONYMOUS_TEXT
        if level is not Attribution.ANONYMOUS and interviewed:
            parts.append(f"interviewed {day_of(interviewed, whole=level in _DAY_LEVELS)}")
        return ", ".join(parts)

    def shows(self, code: str | None, attribute: str) -> str | None:
        """A participant's attribute if it may be printed beside their words, else None."""
        who = None if code is None else self.participants.get(code)
        if who is None or who.attribution is Attribution.WITHHELD:
            return None
        if attribute in ("role", "organisation", "pseudonym"):
            allowed = attribute in _SHOWN[who.attribution]
            return getattr(who, attribute) if allowed else None
        if attribute in _OPEN:
            value: str | None = getattr(who, attribute)
            return value
        if attribute == "attribution":
            return str(who.attribution)
        return who.attributes.get(attribute)

    def shows_days(self, code: str | None) -> bool:
        """True where the very day of an interview may stand beside these words."""
        return self.level(code) in _DAY_LEVELS

    def day(self, code: str | None, interviewed: str | None) -> str | None:
        """The day of an interview as far as it may stand here: the day, its month, or None."""
        level = self.level(code)
        if interviewed is None or level in (Attribution.ANONYMOUS, Attribution.WITHHELD):
            return None
        return day_of(interviewed, whole=level in _DAY_LEVELS)

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

    def _who(self, who: Participant) -> Sequence[str | None]:
        level = who.attribution
        if level is Attribution.NAMED:
            identity = self.identities.get(who.code)
            return (
                None if identity is None else surname_first(identity.name),
                who.role,
                who.organisation,
            )
        if level is Attribution.ROLE_ORGANISATION:
            return (who.role, who.organisation)
        if level is Attribution.ROLE:
            return (who.role,)
        if level is Attribution.PSEUDONYM:
            return (f"{who.pseudonym} (pseudonym)" if who.pseudonym else None,)
        return (ANONYMOUS_TEXT,)


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


def surname_first(name: str) -> str:
    """`Ama Serwaa Boateng` as `Boateng, Ama Serwaa`, `Siobhán Ó Briain` as `Ó Briain, Siobhán`.

    What has a comma already stays: so a name is written that this does not part rightly.
    """
    parts = name.split()
    if "," in name or len(parts) < 2:
        return " ".join(parts)
    at = len(parts) - 1
    while at > 1 and parts[at - 1].casefold() in _PARTICLES:
        at -= 1
    return f"{' '.join(parts[at:])}, {' '.join(parts[:at])}"


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
