"""What a file says of itself before anybody speaks: title, date, place, interviewer, participant.

Facts are offered to the record, never imposed: a manifest overrules them. A date that can be read
in two ways (03/04/2024) is not offered.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar import vocabulary
from qualcode.readers.grammar.labels import is_role
from qualcode.readers.grammar.lines import Line, is_ruler

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FACT_OF = {
    name: fact for fact, names in vocabulary.FACTS.items() for name in names
} | dict.fromkeys(vocabulary.OTHER_FACTS, "")
# These name parts as well as facts: "Interviewer: Mara" is a header, "Interviewer: So." is speech.
_PART_FACTS = frozenset({"interviewer", "participant"})
_MOST_PART_WORDS = 5
_MOST_HEADER_LINES = 40
LONGEST_TITLE = 120

_FACT_LINE = re.compile(
    r"(?:[-*•]\s+)?[*_]{0,3}([^\W\d_][^:：]{0,40}?)\s{0,20}+[*_]{0,3}+\s{0,20}+[:：]"
    r"\s*+[*_]{0,3}+\s*+(.*?)[*_]{0,3}$"
)

_ISO_DATE = re.compile(r"\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})\b")
_DOTTED_DATE = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_MONTH_OF = {name: n for n, names in enumerate(vocabulary.MONTHS, 1) for name in names}
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>\d{4})\b"
# 14 March 2024, 2nd of March 2022, 14. März 2024, 1er mars 2022, 3 de mayo de 2021.
_DAY_FIRST = re.compile(
    rf"\b{_DAY}(?:\.|st|nd|rd|th|er|º)?\s+(?:(?:de|of)\s+)?{_MONTH},?\s+(?:del?\s+)?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}")
# "Interviewer is X." in a sentence before anybody speaks.
_ASKED_BY = re.compile(
    r"\b(?:interviewer(?:in)? (?:is|was|ist|war)|interviewed by|interviewt von) ([^.,;:!?]{1,40})",
    re.IGNORECASE,
)


class Header(NamedTuple):
    """The facts at the head of a file and how many of its lines they take."""

    facts: dict[str, str]
    lines: int


def read_header(lines: Sequence[Line]) -> Header:
    """The block of `Name: value` lines at the head of a text, after at most one line of title.

    A block that names neither date, place nor anything else but people is speech, not a header,
    unless those words never open a line again.
    """
    found: dict[str, str] = {}
    taken = end = 0  # lines that are sure, and those that are if the block ends before the text
    certain = False
    for at, line in enumerate(lines[:_MOST_HEADER_LINES]):
        match = _FACT_LINE.match(line.text)
        name = match[1].casefold() if match else ""
        if is_ruler(line.text):
            if not certain:
                continue
            taken = at + 1
        elif match and name in _FACT_OF and _is_fact(_FACT_OF[name], match[2]):
            certain = certain or _FACT_OF[name] not in _PART_FACTS
            _note(found, _FACT_OF[name], match[2])
            taken = at + 1
        elif match and end and not line.gap and _may_be_fact(match[1], lines[at + 1 :]):
            pass  # a fact that we do not know, inside the block
        elif at == 0 and (match is None or _may_be_fact(match[1], ())):
            continue  # the title
        else:
            break
        end = at + 1
    if end < len(lines) and lines[end].gap:
        taken = end
    if not certain and not _names_people_only(lines, taken):
        return Header({}, 0)
    if _FACT_LINE.match(lines[0].text) is None and len(lines[0].text) <= LONGEST_TITLE:
        found.setdefault("title", plain_title(lines[0].text))
    return Header(found, taken)


def facts_of_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, str] | None:
    """The facts in a table of names and values, or None where it is another kind of table."""
    found: dict[str, str] = {}
    rows = known = certain = 0
    for name, value in pairs:
        rows += 1
        fact = _FACT_OF.get(name.strip().rstrip(":：").casefold())
        if fact is None:
            continue
        known += 1
        certain += fact not in _PART_FACTS
        _note(found, fact, value)
    return found if certain and known * 2 >= rows else None


def facts_of_front_matter(fields: Mapping[object, object]) -> dict[str, str]:
    """The facts in the fields of a YAML block; lists and nested fields are left where they are."""
    found: dict[str, str] = {}
    for name, value in fields.items():
        fact = _FACT_OF.get(str(name).casefold().replace("_", " "))
        if fact and isinstance(value, (str, date, datetime)):
            _note(found, fact, value if isinstance(value, str) else value.isoformat())
    return found


def find_date(text: str) -> str | None:
    """The one day that a text names without doubt, as an ISO date."""
    for pattern, order in ((_ISO_DATE, "ymd"), (_DOTTED_DATE, "dmy")):
        match = pattern.search(text)
        if match:
            fields = dict(zip(order, (int(group) for group in match.groups()), strict=True))
            return _iso(fields["y"], fields["m"], fields["d"])
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(text):
            month = _MONTH_OF.get(match["month"].casefold())
            if month is not None:
                return _iso(int(match["year"]), month, int(match["day"]))
    return None


def facts_of_sentence(text: str) -> dict[str, str]:
    """The day and the interviewer that a free line before the speech names."""
    asked = _ASKED_BY.search(text)
    found = {"date": find_date(text), "interviewer": asked[1].strip() if asked else None}
    return {fact: value for fact, value in found.items() if value}


def plain_title(line: str) -> str:
    """A line of title without the marks of a Markdown heading."""
    return line.strip("#*_ \t")


def _names_people_only(lines: Sequence[Line], taken: int) -> bool:
    """True for a first block such as `Interviewer: Mara`, `Participant: Tom`, never said again."""
    rest = lines[taken:]
    labels = [match[1] for line in lines[:taken] if (match := _FACT_LINE.match(line.text))]
    if not rest or not rest[0].gap or not labels:
        return False
    return not any(line.gap for line in lines[1:taken]) and not any(
        _comes_back(label, rest) for label in labels
    )


def _is_fact(fact: str, value: str) -> bool:
    if fact not in _PART_FACTS:
        return True
    ends_like_speech = value.rstrip("\"'”’)").endswith((".", "?", "!", "…"))
    return 0 < len(value.split()) <= _MOST_PART_WORDS and not ends_like_speech


def _may_be_fact(label: str, rest: Sequence[Line]) -> bool:
    return not is_role(label) and label.casefold() not in _FACT_OF and not _comes_back(label, rest)


def _comes_back(label: str, lines: Sequence[Line]) -> bool:
    return any(line.text.startswith(label) for line in lines)


def _note(found: dict[str, str], fact: str, value: str) -> None:
    value = " ".join(value.split())
    if fact == "date":
        value = find_date(value) or ""
    if fact and value:
        found.setdefault(fact, value)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
