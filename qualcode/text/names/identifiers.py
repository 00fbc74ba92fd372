"""What points at a person without a name: addresses, numbers, dates of birth.

Each kind is looked for only where a sign that it cannot do without is in the text. A number is
known by its shape and, where it has one, its check digit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qualcode.model.spans import Span
from qualcode.text.folding import fold


class Identifier(StrEnum):
    """A kind of what points at a person; its value is the word for it."""

    E_MAIL = "e-mail"
    URL = "web address"
    TELEPHONE = "telephone number"
    POSTCODE = "postcode"
    NHS_NUMBER = "NHS number"
    BIRTH = "date of birth"


@dataclass(frozen=True, slots=True)
class Identified:
    """A stretch of a text that points at a person."""

    span: Span
    kind: Identifier


_E_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL: Final = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'“”‘’]*[^\s<>\"'“”‘’.,;:!?)\]]", re.I)

# +44, 0044 or 0, an area code in brackets or not, and nine or ten digits in groups of any size.
_TELEPHONE: Final = re.compile(
    r"(?<![\w+])(?:(?:\+|00)44[ .-]?(?:\(0\)[ .-]?)?|\(?0)(?=\d|\()"
    r"\(?[1-35789]\d{1,4}\)?(?:[ .-]{0,2}\d){5,9}(?!\w)"
)
_TELEPHONE_DIGITS: Final = (9, 10)

# Patterns that begin with a digit are sought ten times as fast as those that look behind first.
_NUMBERS: Final = re.compile(r"\d[\d .()-]{6,}\d")

_AREA: Final = re.compile(
    r"(?<!\w)(?:"
    r"AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|"
    r"DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|"
    r"KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|"
    r"RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|"
    r"WD|WF|WN|WR|WS|WV|YO|ZE"
    r")$",
    re.IGNORECASE,
)
"""The letters with which a postcode may begin."""

_BEHIND_THE_AREA: Final = re.compile(r"\d[A-Za-z\d]? ?\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?!\w)")
_ORDINAL: Final = re.compile(r"(?:1st|2nd|3rd|\dth)$", re.IGNORECASE)

_NHS_NUMBER: Final = re.compile(r"(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-]|\.\d)")

_MONTHS: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?:\.(?=,? ?\d))?"
)
_BIRTH_WORDS: Final = ("born", "birth", "dob", "d.o.b")
_BIRTH: Final = re.compile(
    r"(?:born|birth(?:day)?|dob|d\.o\.b\.?)(?!\w)[^\d\n.?!]{0,24}?"
    rf"((?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS}(?:,? \d{{4}})?"
    rf"|{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}))(?!\w)",
    re.IGNORECASE,
)


def patterns(text: str) -> list[Identified]:
    """E-mail and web addresses, UK telephone numbers and postcodes, NHS numbers, dates of birth.

    In order, none overlapping; of two readings of one stretch the first in this list holds.
    """
    found: list[Identified] = []
    for kind, stretches in _KINDS:
        taken = [one.span for one in found]
        new: list[Identified] = []
        for span in sorted(stretches(text)):
            before = new[-1].span.end if new else 0
            at = bisect_right(taken, span.start, key=_end)
            if before <= span.start and (at == len(taken) or span.end <= taken[at].start):
                new.append(Identified(span, kind))
        if new:
            found = sorted([*found, *new], key=lambda one: one.span)
    return found


def _end(span: Span) -> int:
    return span.end


def is_nhs_number(digits: str) -> bool:
    """True for ten digits of which the last is what the nine before it make, by modulus 11."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return False
    check = 11 - sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return check % 11 == int(digits[9]) and check != 10 and len(set(digits)) > 1


def _e_mails(text: str) -> Iterator[Span]:
    if "@" in text:
        yield from (Span(*found.span()) for found in _E_MAIL.finditer(text))


def _urls(text: str) -> Iterator[Span]:
    if "://" in text or "www." in text.lower():
        yield from (Span(*found.span()) for found in _URL.finditer(text))


def _births(text: str) -> Iterator[Span]:
    small = text.lower() if text.isascii() else fold(text)
    for word in _BIRTH_WORDS:
        at = small.find(word)
        while at >= 0:
            found = _BIRTH.match(text, at)
            if found:
                yield Span(*found.span(1))
            at = small.find(word, at + 1)


def _nhs_numbers(text: str) -> Iterator[Span]:
    for found in _in_numbers(_NHS_NUMBER, text):
        if is_nhs_number(re.sub(r"\D", "", found[0])):
            yield Span(*found.span())


def _telephones(text: str) -> Iterator[Span]:
    for found in _in_numbers(_TELEPHONE, text):
        digits = re.sub(r"\D", "", re.sub(r"^(?:\+|00)44[ .-]?(?:\(0\))?|^\(?0", "", found[0]))
        if len(digits) in _TELEPHONE_DIGITS:
            yield Span(*found.span())


def _in_numbers(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """A pattern's places in long numbers, with the `+44 (` before them that is no digit."""
    for number in _NUMBERS.finditer(text):
        yield from pattern.finditer(text, max(0, number.start() - 2), number.end() + 2)


def _postcodes(text: str) -> Iterator[Span]:
    for found in _BEHIND_THE_AREA.finditer(text):
        area = _AREA.search(text, max(0, found.start() - 2), found.start())
        is_floor = " " in found[0] and _ORDINAL.search(found[0])  # as in `W1 1st floor`
        if area is not None and not is_floor:
            yield Span(area.start(), found.end())


_KINDS: Final[tuple[tuple[Identifier, Callable[[str], Iterator[Span]]], ...]] = (
    (Identifier.E_MAIL, _e_mails),
    (Identifier.URL, _urls),
    (Identifier.BIRTH, _births),
    (Identifier.NHS_NUMBER, _nhs_numbers),
    (Identifier.TELEPHONE, _telephones),
    (Identifier.POSTCODE, _postcodes),
)
