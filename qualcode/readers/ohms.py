"""OHMS, the Oral History Metadata Synchronizer: a record of an interview with its transcript.

The words are one text with labels at the start of lines. Beside it the record says on which line,
and with which word, each minute begins; whether lines count from 0 or from 1 differs between
programs, so the times are taken only where one of the two fits and the other does not. The account
counts the characters of the transcript, not those of the record around it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qualcode.errors import NoTranscriptError
from qualcode.readers.grammar.dialogue import read_dialogue
from qualcode.readers.grammar.facts import find_date
from qualcode.readers.grammar.lines import Line, split_lines
from qualcode.readers.grammar.webvtt import read_voices
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.decoding import decode, opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.signs import ONE_LINE
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import SAME_PARAGRAPH, Unit, make_reading
from qualcode.readers.ground.xml import encoding_of, local_name, read_xml, root_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from qualcode.model.transcript import Reading

FORMAT = Format("ohms", "OHMS record")

# What OHMS calls the facts that we know; several interviewers stand in elements of their own.
_FACTS = {
    "title": "title",
    "interviewer": "interviewer",
    "interviewee": "participant",
    "language": "language",
    "duration": "duration",
    "file_name": "recording",
}
# What ends a line here and in no program that counts lines.
_OTHER_BREAKS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_ENTITY = re.compile(r"&(?:amp|quot|apos|lt|gt|nbsp|#\d{1,6}|#x[0-9a-f]{1,5});", re.I)
_NOTE_NUMBER = re.compile(r"\[\[footnote\]\]\s*\d{0,4}\s*\[\[/footnote\]\]")
_NOTES = "[[footnotes]]"
_SYNC = re.compile(r"\s*(\d{1,3})\s*:(.*)", re.S)
_PLACE = re.compile(r"\s*(\d{1,6})(?:\((\d{1,4})\))?\s*$")


_WORD = re.compile(r"\S+")
# What a sentence can hold.
_MOST_NAMED, _LONGEST_NAMED = 8, 30


class _Moment(NamedTuple):
    """That the `word`th word of a line is said at a time; both count from 1."""

    line: int
    word: int
    at_ms: int


def recognises(source: Source) -> bool:
    """True for the root of OHMS with a record in it."""
    head = opening(source)
    return root_name(source) == "ROOT" and ("<record" in head or "ohms" in head.lower())


def read(source: Source, *, name: str) -> Reading:
    """The transcript in an OHMS record, and the account of what was left out.

    Raises NoTranscriptError for an index alone.
    """
    root = read_xml(source, title=FORMAT.title)
    fields = {local_name(field): field for record in root for field in record}
    facts = _facts_of(root, fields)
    text = _words_of(fields, "transcript")
    if not text.strip():
        cues = _words_of(fields, "vtt_transcript")
        if cues.strip():
            return _read_cues(cues, facts, source, root, name=name)
        named = [name[:_LONGEST_NAMED] for name in sorted(fields)]
        more = ["and others"] if len(named) > _MOST_NAMED else []
        raise NoTranscriptError(where=source.where, found=named[:_MOST_NAMED] + more)
    ledger = Ledger()
    ledger.read = len(text)
    lines = _lines_of(text, ledger)
    spoken = read_dialogue(lines, ledger)
    moments = _moments(_words_of(fields, "sync"), text, ledger)
    spoken.units = _set_times(spoken.units, lines, moments, ledger)
    spoken.facts |= facts
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=encoding_of(root))


def _words_of(fields: dict[str, Element], name: str) -> str:
    return str(fields[name].text or "") if name in fields else ""


def _facts_of(root: Element, fields: dict[str, Element]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for record in root:
        for field in record:
            fact = _FACTS.get(local_name(field))
            value = " ".join((field.text or "").split()) if fact else ""
            if fact and value:
                facts[fact] = f"{facts[fact]}, {value}" if fact in facts else value
    if "date" in fields:
        day = find_date(f"{fields['date'].get('value') or ''} {fields['date'].text or ''}")
        if day:
            facts["date"] = day
    return facts


def _read_cues(
    cues: str, facts: dict[str, str], source: Source, root: Element, *, name: str
) -> Reading:
    """A record of OHMS 6, which keeps its transcript as WebVTT."""
    decoded = decode(Source(cues.encode(), source.name, source.where, "utf-8"))
    ledger = Ledger.of_text(decoded)
    spoken = read_voices(decoded.text, ledger)
    spoken.facts |= facts
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=encoding_of(root))


def _lines_of(text: str, ledger: Ledger) -> list[Line]:
    """The lines of the transcript; its footnotes are set aside."""
    speech, found, notes = text.partition(_NOTES)
    lines = split_lines(speech, ledger)
    if "[[" in speech or "&" in speech:
        lines = _without_marks(lines, ledger)
    first = speech.count("\n") + 1
    for note in split_lines(found + notes, ledger, first=first):
        ledger.put_aside(kinds.NOTE, note.text, note.number)
    return lines


def _without_marks(lines: Sequence[Line], ledger: Ledger) -> list[Line]:
    """The lines without the numbers of notes, and with the signs that are written as entities."""
    found: list[Line] = []
    for line in lines:
        words = _NOTE_NUMBER.sub("", line.text) if "[[" in line.text else line.text
        if "&" in words:  # escaped twice, as some exports are
            words = _ENTITY.sub(_decode, words)
        words = words.strip()
        ledger.drop(kinds.MARKUP, len(line.text) - len(words))
        if words:
            found.append(line if words == line.text else line._replace(text=words))
    return found


def _decode(entity: re.Match[str]) -> str:
    # 3 ms to import its table of two thousand names.
    from html import unescape

    return unescape(entity[0]).translate(ONE_LINE)


def _moments(sync: str, text: str, ledger: Ledger) -> tuple[_Moment, ...]:
    """When which line is said, or nothing where that is not certain."""
    match = _SYNC.match(sync)
    if match is None:
        return ()
    places = [_PLACE.match(place) for place in match[2].split("|") if place.strip()]
    from_one = tuple(
        _Moment(int(place[1]), int(place[2] or 1) or 1, at * int(match[1]) * 60_000)
        for at, place in enumerate(places, 1)
        if place and int(place[1])
    )
    from_zero = tuple(moment._replace(line=moment.line + 1) for moment in from_one)
    fitting = []
    if not any(sign in text for sign in _OTHER_BREAKS):
        lines = text.split("\n")
        fitting = [moments for moments in (from_one, from_zero) if _fits(moments, lines)]
    if len(fitting) != 1:
        if from_one:
            message = "it is not certain which lines the times belong to; they were left out"
            ledger.warn("times-uncertain", message)
        return ()
    return fitting[0]


def _fits(moments: Sequence[_Moment], lines: Sequence[str]) -> bool:
    """True where each time falls on a word that is there, one after the other."""
    places = [(moment.line, moment.word) for moment in moments]
    if places != sorted(places) or (places and places[-1][0] > len(lines)):
        return False
    words = {line: len(lines[line - 1].split()) for line in dict(places)}
    return all(word <= words[line] for line, word in places)


def _set_times(
    units: Sequence[Unit], lines: Sequence[Line], moments: Sequence[_Moment], ledger: Ledger
) -> list[Unit]:
    """The units, those in which minutes begin parted there."""
    waiting: defaultdict[int, list[_Moment]] = defaultdict(list)
    for moment in moments:
        waiting[moment.line].append(moment)
    length = {line.number: len(line.text.split()) for line in lines if line.number in waiting}
    found: list[Unit] = []
    for unit in units:
        if unit.line not in waiting:
            found.append(unit)
            continue
        within = waiting.pop(unit.line)
        if unit.start_ms is None:
            found.extend(_part(unit, within, length[unit.line], ledger))
        else:
            found.append(unit)
    return found


def _part(unit: Unit, moments: Sequence[_Moment], length: int, ledger: Ledger) -> Iterator[Unit]:
    """A unit in pieces, each from the word on with which a minute begins.

    `length` is the number of words in the line, of which the label is some.
    """
    text = unit.words
    words = [word.start() for word in _WORD.finditer(text)]
    before = length - len(words)
    at_ms: dict[int, int | None] = {}
    for moment in moments:
        word = max(moment.word - 1 - before, 0)
        if word < len(words):
            at_ms.setdefault(words[word], moment.at_ms)
    at_ms.setdefault(0, None)
    begins = sorted(at_ms)
    ledger.units += len(begins) - 1
    for begin, end in pairwise([*begins, len(text)]):
        piece = text[begin:end].rstrip()
        ledger.kept -= end - begin - len(piece)
        ledger.drop(kinds.SPACE, end - begin - len(piece))
        end_ms = unit.end_ms if end == len(text) else None
        if begin == 0:
            yield unit._replace(words=piece, start_ms=at_ms[begin], end_ms=end_ms)
        else:
            yield Unit(None, piece, unit.line, at_ms[begin], end_ms, SAME_PARAGRAPH)
