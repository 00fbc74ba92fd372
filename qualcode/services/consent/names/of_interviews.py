"""What the name of an interview says of who took part, though they did not agree to it.

Files are called by the day and by whom one went to see: `2024-03-04 Marle Council`. In a
publication such a name would say beside the words of somebody anonymous what the attribution does
not. So the day is said in it as precisely as all who took part agreed, and a role, an organisation,
a place or a stakeholder that does not stand beside their words is not said in it either. The team
keeps the names as they are: by them it finds its interviews.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from qualcode.model.consent import Edit
from qualcode.model.spans import Span
from qualcode.services.consent.attribution import Consent
from qualcode.services.consent.linkage import FRAME, Precision
from qualcode.services.consent.organisations import bare_organisation
from qualcode.text.edited import combined, shown
from qualcode.text.plain import plain_spelling, plain_words

_YEAR: Final = r"(?:19|20)\d\d"
_NAMES_OF_MONTHS: Final = (
    *("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?"),
    *("aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
)
_MONTH: Final = rf"(?:{'|'.join(_NAMES_OF_MONTHS)})"
_NTH: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_GAP: Final = r"(?:[-_., /]|of|the)*"
_MARK: Final = "[-_./]"
_SIGN: Final = "[-_. /]"
"""What parts figures; with a blank among them they have to begin a word: `P05 2024` is no month."""

_DAYS: Final = re.compile(
    rf"(?<!\d){_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<!\d){_YEAR}({_SIGN})(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<!\d)(?:0?[1-9]|[12]\d|3[01])({_SIGN})(?:0?[1-9]|1[0-2])\2(?:{_YEAR}|\d\d)(?!\d)"
    rf"|(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){_YEAR}(?!\d)"
    rf"|(?<![a-z\d]){_NTH}{_GAP}{_MONTH}(?![a-z])(?:{_GAP}{_YEAR}(?!\d))?"
    rf"|(?<![a-z]){_MONTH}{_GAP}{_NTH}(?!\d)(?:{_GAP}{_YEAR}(?!\d))?"
)
_MONTHS: Final = re.compile(
    rf"(?<![a-z]){_MONTH}{_GAP}{_YEAR}(?!\d)|(?<!\d){_YEAR}{_GAP}{_MONTH}(?![a-z])"
    rf"|(?<!\d){_YEAR}{_SIGN}(?:0[1-9]|1[0-2])(?!\d)|(?<!\d)(?:0[1-9]|1[0-2]){_MARK}{_YEAR}(?!\d)"
    rf"|(?<![a-z\d])(?:0[1-9]|1[0-2]) {_YEAR}(?!\d)"
)

_FACTS: Final = ("organisation", "role", *FRAME)
_LETTER: Final = r"[a-z\u0080-\U0010ffff]"


def as_agreed(
    name: str, interviewed: str | None, consent: Consent, people: Iterable[str | None]
) -> str:
    """The name of an interview as a publication may say it; `people` took part, by code.

    `interviewed` is its day in ISO; None stands among the people for somebody who is not known.
    """
    people = tuple(people) or (None,)
    edits = combined(
        tuple(_facts(name, consent, people)),
        tuple(_dates(name, interviewed, consent, people)),
        name,
    )
    return shown(name, 0, len(name), edits)[0]


def _dates(
    name: str, interviewed: str | None, consent: Consent, people: tuple[str | None, ...]
) -> Iterator[Edit]:
    """The dates in a name that say more than somebody who took part agreed to."""
    rough = list(Precision)
    agreed = max((consent.precision(code) for code in people), key=rough.index)
    plain = plain_spelling(name)
    said = [consent.day(code, interviewed) for code in people if consent.precision(code) is agreed]
    hidden = [
        kind
        for precision, kinds in (
            (Precision.DAY, (_DAYS, _of_this_day(interviewed))),
            (Precision.MONTH, (_MONTHS, _of_this_month(interviewed))),
            (Precision.YEAR, (_of_this_year(interviewed),)),
        )
        if rough.index(precision) < rough.index(agreed)
        for kind in kinds
    ]
    for start, stop in _together(
        one.span() for kind in hidden for one in kind.finditer(plain.text)
    ):
        yield Edit(Span(plain.begins(start), plain.ends(stop)), f"[{said[0] or 'date'}]")


def _together(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What overlaps as one, in order."""
    found: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], stop)
        else:
            found.append((start, stop))
    return found


def _of_this_day(interviewed: str | None) -> re.Pattern[str]:
    """The day of the interview in figures, in whatever order, which else could be any numbers."""
    day = _day(interviewed)
    if day is None:
        return _NEVER
    d, m, y = f"0?{day.day}", f"0?{day.month}", f"(?:{day.year}|{day:%y})"
    bare = f"{day:%d%m}|{day:%m%d}|{d}{m}{y}|{m}{d}{y}|{y}{m}{d}|{y}{d}{m}"

    def parted(by: str) -> str:
        return f"(?:{y}{by})?(?:{d}{by}{m}|{m}{by}{d})(?:{by}{y})?"

    return re.compile(
        rf"(?<!\d)(?:{bare}|{parted(_MARK)})(?!\d)|(?<![a-z\d])(?:{parted(_SIGN)})(?!\d)"
    )


def _of_this_month(interviewed: str | None) -> re.Pattern[str]:
    """The month of the interview by its name alone, or in figures beside the year."""
    day = _day(interviewed)
    if day is None:
        return _NEVER
    name, m = _NAMES_OF_MONTHS[day.month - 1], f"0?{day.month}"
    return re.compile(
        rf"(?<![a-z]){name}(?![a-z])"
        rf"|(?<!\d)(?:{m}{_MARK}?{day.year}|{day.year}{_SIGN}?{m})(?!\d)"
        rf"|(?<![a-z\d])(?:{m} {day.year}|{m}{_MARK}{day:%y}|{day:%y}{_MARK}{m})(?!\d)"
    )


def _of_this_year(interviewed: str | None) -> re.Pattern[str]:
    year = (interviewed or "")[:4]
    return re.compile(rf"(?<!\d){year}(?!\d)") if year.isdecimal() else _NEVER


def _day(interviewed: str | None) -> date | None:
    try:
        return date.fromisoformat(interviewed or "")
    except ValueError:
        return None


_NEVER: Final = re.compile(r"(?!)")


def _facts(name: str, consent: Consent, people: tuple[str | None, ...]) -> Iterator[Edit]:
    """What is known of those who took part, stands in the name, and not beside their words."""
    plain = plain_spelling(name)
    end = 0
    found = set(_facts_in(plain.text, consent, people))
    for start, stop, fact in sorted(found, key=lambda one: (one[0], -one[1], one[2])):
        if start >= end:
            end = stop
            yield Edit(Span(plain.begins(start), plain.ends(stop)), f"[{fact}]")


def _facts_in(
    plain: str, consent: Consent, people: tuple[str | None, ...]
) -> Iterator[tuple[int, int, str]]:
    for code in people:
        person = None if code is None else consent.participants.get(code)
        if person is None:
            continue
        said = {plain_words(consent.shows(code, fact) or "") for fact in _FACTS}
        for fact in _FACTS:
            value = getattr(person, fact) or ""
            words = bare_organisation(value) if fact == "organisation" else plain_words(value)
            if words and words not in said and plain_words(value) not in said:
                gap = rf"(?!{_LETTER})[^\n]{{0,3}}?"
                spelt = gap.join(re.escape(word) for word in words)
                for one in re.finditer(rf"(?<!{_LETTER}){spelt}(?!{_LETTER})", plain):
                    yield (*one.span(), fact)
