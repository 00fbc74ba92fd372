"""CHAT, as CLAN and the programs of TalkBank write it: one utterance a line, below headers.

`*CODE:` and a tab begin an utterance, `%mor:` a tier that says something about it, `@Header:` the
rest; a line that begins with a blank goes on with the one above. Times stand behind the words they
belong to, between two signs that an editor does not show. Speakers are called by their codes; the
names and roles in the headers are facts about them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qualcode.errors import TooManyLinesError
from qualcode.readers.grammar.clocks import check_times
from qualcode.readers.grammar.labels import tidy
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.decoding import decode, opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import MOST_LINES, Format, Source
from qualcode.readers.ground.turns import PARAGRAPH, SAME_PARAGRAPH, Spoken, Unit, make_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualcode.model.transcript import Reading

FORMAT = Format("chat", "CHAT transcript")

_FIRST_LINE = re.compile(
    r"@(?:UTF8|Begin|Font|PID|Window|Color words|Loc|New Episode|Languages|Participants|ID)\b"
)
_SPOKEN_LINE = re.compile(r"^\*[^\s*:][^:\t\n]{0,40}:\t", re.M)
# Files that people wrote by hand have names for codes, and blanks for the tab.
_LONGEST_CODE = 60
_TIER = re.compile(r"%(\w{1,20})")
# The sign shows as a bullet in CLAN, and is one where text was copied from its window. Older files
# name the recording in it: %snd:"name"_start_end.
_SIGN, _BULLET = "\x15", "•"
_SIGNED_TIME = re.compile(
    r"[\x15•](?:%\w{3}:\s?\"[^\"\x15]{0,200}\"_)?(\d{1,9})_(\d{1,9})-?[\x15•]"
)
# The form that nine utterances in ten have, read in half the time.
_PLAIN = re.compile(r"\*([^:\t]{1,58}):\t([^\x15•]*[^\x15•\s])\s*(?:\x15(\d{1,9})_(\d{1,9})\x15)?$")
# Programs that clean text take the signs away; the time at the end of an utterance is left bare.
_BARE_TIME = re.compile(r"(?<=\s)(\d{1,9})_(\d{1,9})$")
_DATE = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

_INTERVIEWERS = frozenset({"interviewer", "investigator"})
_PARTICIPANTS = frozenset(
    {"participant", "informant", "respondent", "interviewee", "subject", "patient", "client"}
    | {"target_child", "target_adult", "narrator"}
)


class _Person(NamedTuple):
    code: str
    name: str
    role: str


def recognises(source: Source) -> bool:
    """True for the headers of CHAT, and without them where lines begin `*CODE:` and a tab."""
    head = opening(source).lstrip()
    if _FIRST_LINE.match(head):
        return True
    return head.startswith(("*", "@")) and len(_SPOKEN_LINE.findall(head)) > 1


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a CHAT file, and the account of what was left out."""
    decoded = decode(source)
    if decoded.text.count(_SIGN) > 2 * MOST_LINES:
        raise TooManyLinesError(where=source.where, limit=MOST_LINES)
    ledger = Ledger.of_text(decoded)
    units: list[Unit] = []
    headers: list[str] = []
    for line, text in _blocks(decoded.text, ledger):
        if text[0] == "%":
            tier = _TIER.match(text)
            kind = f"{kinds.OTHER_TIER} ({tier[1]})" if tier else kinds.OTHER_TIER
            ledger.put_aside(kind, text, line)
        elif text[0] == "@":
            ledger.put_aside(kinds.NOTE if units else kinds.FRONT_MATTER, text, line)
            headers.append(text)
        elif unit := _read_plain(text, line, ledger):
            units.append(unit)
        else:
            units += _read_utterance(text, line, ledger)
    ledger.units += len(units)
    people = _read_people(headers)
    _warn_of_undeclared(units, people, ledger)
    spoken = Spoken(units, _facts(headers, people), _guess_producer(headers))
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _blocks(text: str, ledger: Ledger) -> Iterator[tuple[int, str]]:
    """The lines that begin something, each with its number and with those that go on with it."""
    space = len(text)
    first, block = 0, ""
    more: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words:
            continue
        space -= len(words)
        if line[0] in "*@%" or not block or not (line[0].isspace() or block[0] == "*"):
            if block:
                yield first, SAME_PARAGRAPH.join([block, *more]) if more else block
            first, block, more = number, words, []
            continue
        if not line[0].isspace():
            message = "a line without a mark was taken to the utterance above it"
            ledger.warn("line-unmarked", message, number)
        more.append(words)
        space -= 1  # what the line break has become
    if block:
        yield first, SAME_PARAGRAPH.join([block, *more])
    ledger.drop(kinds.SPACE, space)


def _read_plain(text: str, line: int, ledger: Ledger) -> Unit | None:
    """An utterance with a code, a tab, words, and one time at its end or none; or None."""
    plain = _PLAIN.match(text)
    if plain is None:
        return None
    code, said, begins, ends = plain.groups()
    words = said.lstrip()
    start_ms: int | None = None
    end_ms: int | None = None
    time = 0
    if begins:
        start_ms, end_ms = int(begins), int(ends)
        time = len(begins) + len(ends) + 3
        if start_ms > end_ms:
            start_ms, end_ms = check_times(start_ms, end_ms, line, ledger)
    elif words[-1].isdigit():  # perhaps a bare time
        return None
    label = len(code) + 2
    ledger.drop(kinds.LABEL, label)
    ledger.drop(kinds.TIME, time)
    ledger.drop(kinds.SPACE, len(text) - label - time - len(words))
    return Unit(_label(code), ledger.keep(words), line, start_ms, end_ms)


def _read_utterance(text: str, line: int, ledger: Ledger) -> list[Unit]:
    """The words of an utterance; where times stand within it, a unit up to each of them."""
    label: str | None = None
    colon = text.find(":", 1, _LONGEST_CODE)
    if text[0] == "*" and colon > 1:
        label = _label(text[1:colon])
        ledger.drop(kinds.LABEL, colon + 1)
        text = text[colon + 1 :]
    else:
        message = "words stand in a line that names no speaker; they go on with the turn above"
        ledger.warn("line-unmarked", message, line)
    times: Iterable[re.Match[str]] = ()
    if _SIGN in text or _BULLET in text:
        times = _SIGNED_TIME.finditer(text)
    elif text[-1:].isdigit():
        times = _BARE_TIME.finditer(text)
    units = _cut(label, text, times, line, ledger)
    if not units:
        ledger.put_aside(kinds.EMPTY, "", line)
        ledger.warn("label-without-words", "a speaker code has no words after it", line)
    return units


def _cut(
    label: str | None, text: str, times: Iterable[re.Match[str]], line: int, ledger: Ledger
) -> list[Unit]:
    units: list[Unit] = []
    at = 0
    joint = PARAGRAPH
    for time in times:
        begin, end = time.span()
        words = _keep(text[at:begin], ledger)
        ledger.drop(kinds.TIME, end - begin)
        at = end
        start_ms, end_ms = _times(time, line, ledger)
        if words:
            units.append(Unit(label, words, line, start_ms, end_ms, joint))
            joint = SAME_PARAGRAPH
        elif units:  # a second time for the same words
            units[-1] = units[-1]._replace(end_ms=end_ms)
    if at < len(text) and (words := _keep(text[at:], ledger)):
        units.append(Unit(label, words, line, None, None, joint))
    return units


def _times(time: re.Match[str], line: int, ledger: Ledger) -> tuple[int | None, int | None]:
    start_ms, end_ms = int(time[1]), int(time[2])
    if start_ms <= end_ms:
        return start_ms, end_ms
    return check_times(start_ms, end_ms, line, ledger)


def _keep(text: str, ledger: Ledger) -> str:
    words = text.strip()
    ledger.drop(kinds.SPACE, len(text) - len(words))
    if _SIGN in words:  # half of a time, left by somebody's hand
        plain = words.replace(_SIGN, "").strip()
        ledger.drop(kinds.MARKUP, len(words) - len(plain))
        words = plain
    return ledger.keep(words) if words else ""


# The same few codes come back in every line of a transcript.
@lru_cache(maxsize=64)
def _label(code: str) -> str | None:
    return tidy(code) or None


def _read_people(headers: Sequence[str]) -> list[_Person]:
    """The speakers that the headers declare: a code, perhaps a name, and a role."""
    people: list[_Person] = []
    for entry in _value(headers, "Participants").split(","):
        words = entry.split()
        if words:
            role = words[-1] if len(words) > 1 else ""
            people.append(_Person(words[0], " ".join(words[1:-1]).replace("_", " "), role))
    return people


def _warn_of_undeclared(units: Sequence[Unit], people: Sequence[_Person], ledger: Ledger) -> None:
    declared = {person.code for person in people}
    first: dict[str, int] = {}
    for unit in units:
        if unit.label is not None:
            first.setdefault(unit.label, unit.line)
    for label, line in first.items():
        if declared and label not in declared:
            message = "a speaker code is not among those that the headers declare"
            ledger.warn("speaker-undeclared", message, line)


def _facts(headers: Sequence[str], people: Sequence[_Person]) -> dict[str, str]:
    facts = {
        "title": _value(headers, "Title"),
        "language": _value(headers, "Languages").split(",")[0].strip(),
        "date": _iso_date(_value(headers, "Date")),
        "place": _value(headers, "Location").replace(" ,", ","),
        "recording": _value(headers, "Media").split(",")[0].strip().strip('"'),
        "interviewer": _with_role(people, _INTERVIEWERS),
        "participant": _with_role(people, _PARTICIPANTS),
    }
    return {fact: value for fact, value in facts.items() if value}


def _value(headers: Sequence[str], name: str) -> str:
    begins = f"@{name}:"
    found = next((header for header in headers if header.startswith(begins)), "")
    return " ".join(found[len(begins) :].split())


def _with_role(people: Sequence[_Person], roles: frozenset[str]) -> str:
    """The one person who has one of these roles; of several none is offered."""
    found = [person for person in people if person.role.casefold() in roles]
    return (found[0].name or found[0].code) if len(found) == 1 else ""


def _iso_date(text: str) -> str:
    """`19-MAY-1996` as an ISO date."""
    match = _DATE.fullmatch(text.upper())
    if match is None or match[2] not in _MONTHS or not 1 <= int(match[1]) <= 31:
        return ""
    return f"{match[3]}-{_MONTHS.index(match[2]) + 1:02}-{int(match[1]):02}"


def _guess_producer(headers: Sequence[str]) -> str | None:
    if any("batchalign" in header.casefold() for header in headers if header.startswith("@Comm")):
        return "Batchalign"
    return None
