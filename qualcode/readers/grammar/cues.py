"""Cues, which WebVTT and SRT share: a time line, perhaps an identifier before it, words after it.

A cue runs to the next time line. The norm ends it at a blank line, but transcripts are corrected
by hand, and words below a blank line are words all the same: they stay with their cue, and it is
said. Times may be unpadded, negative, out of order, and with a point or a comma.

The libraries webvtt-py and srt do not read here, but judge in the tests: they give no place in the
source, so what they pass over could not be accounted for, nor named by its line (webvtt-py 0.6
passes over a cue with a negative time, reads 10.20 as 10.200, and finds one voice a cue).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar.clocks import CueLine, check_times, read_cue_line
from qualcode.readers.grammar.labels import REACH, Head, find_head
from qualcode.readers.grammar.speakers import Body, Candidate, choose_speakers
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.turns import BETWEEN_TURNS, SAME_PARAGRAPH, Unit, quick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qualcode.readers.ground.ledger import Ledger


class Words(NamedTuple):
    """A line of a cue without its markup; `voice` is None where the format names nobody."""

    voice: str | None
    text: str


class Cue(NamedTuple):
    """A cue as it stands in the file; `line` is that of its time line, counted from 1."""

    line: int
    identifier: str
    start_ms: int | None
    end_ms: int | None
    payload: tuple[str, ...]


class Start(NamedTuple):
    """A place in a line where a speaker may begin.

    At `at` stand `mark` characters of dash or chevrons with their blanks, then the head.
    """

    at: int
    mark: int
    head: Head


class Stray(NamedTuple):
    """A stripped line that stands before the first cue."""

    line: int
    text: str


class Scan(NamedTuple):
    """The cues of a file; `before` is not yet in the ledger, all else but payloads is."""

    before: list[Stray]
    cues: list[Cue]


# A line that was meant as a time line, whatever became of it.
_MEANT_AS_TIME = re.compile(r"\s*-?\d[^a-zA-Z]*-->")

# Subtitlers set a dash or chevrons before each speaker of a cue, chevrons within a line too.
_OPENING = re.compile(r"(?:[-–—]|>{2,3})\s*")
_CHEVRONS = re.compile(r"(?<!\S)>{2,3}\s*")


def scan_cues(
    text: str,
    ledger: Ledger,
    *,
    is_identifier: Callable[[str], bool],
    is_note: Callable[[str], bool] = lambda line: False,  # noqa: ARG005
) -> Scan:
    """Every cue in the order of the file.

    `is_identifier` tells of the line before a time line whether it names the cue, `is_note` of
    the line after a blank one whether it begins a block that is not speech.
    """
    lines = text.splitlines()
    ledger.drop(kinds.SPACE, len(text) - sum(map(len, map(str.strip, lines))))
    time_lines = [
        (at, cue)
        for at, line in enumerate(lines)
        if "->" in line and ((cue := read_cue_line(line)) or _MEANT_AS_TIME.match(line))
    ]
    heads = [
        at - 1 if at and _names_cue(lines, at - 1, is_identifier) else at for at, _ in time_lines
    ]
    ends = [*heads[1:], len(lines)][: len(heads)]
    cues: list[Cue] = []
    for head, (at, cue), end in zip(heads, time_lines, ends, strict=True):
        identifier = lines[head].strip() if head < at else ""
        ledger.drop(kinds.CUE_ID, len(identifier))
        start_ms, end_ms = _enter_times(cue, len(lines[at].strip()), at + 1, ledger)
        payload = _take_payload(lines[at + 1 : end], at + 2, is_note, ledger)
        cues.append(Cue(at + 1, identifier, start_ms, end_ms, payload))
    before = lines[: heads[0]] if heads else lines
    strays = [Stray(at, words) for at, line in enumerate(before, 1) if (words := line.strip())]
    return Scan(strays, cues)


def read_cues(
    cues: Sequence[Cue], read_payload: Callable[[tuple[str, ...]], list[Words]], ledger: Ledger
) -> list[Unit]:
    """A unit for each cue, or for each voice in it.

    A cue that names nobody goes on with the one before: of a hundred cues of Zoom one lacks its
    name, and some archives name a speaker only where another begins.
    """
    spoken = [read_payload(cue.payload) for cue in cues]
    starts = [list(map(_find_starts, words)) for words in spoken]
    speakers = _choose(cues, spoken, starts, ledger)
    units: list[Unit] = []
    parted = False
    for cue, words, in_lines in zip(cues, spoken, starts, strict=True):
        if len(words) == 1 and not in_lines[0]:  # as most are
            label, text = words[0]
            line, _, start_ms, end_ms, _ = cue
            joint = BETWEEN_TURNS if parted else SAME_PARAGRAPH
            units.append(quick(Unit, (label, ledger.keep(text), line, start_ms, end_ms, joint)))
            ledger.units += 1
            parted = False
            continue
        if not words:
            ledger.put_aside(kinds.EMPTY, "", cue.line)
            ledger.warn("cue-empty", "a cue has no words", cue.line)
            continue
        for unit in _units_of(cue, words, in_lines, speakers, ledger):
            if not unit.words:  # somebody answered, what is not known: nobody goes on over that
                parted = not units or units[-1].label != unit.label
                continue
            units.append(unit._replace(joint=BETWEEN_TURNS) if parted else unit)
            parted = False
    return units


def bare_words(payload: tuple[str, ...]) -> list[Words]:
    """The lines of a cue as they stand, where its format has no markup."""
    return [quick(Words, (None, line)) for line in payload]


def _names_cue(lines: Sequence[str], at: int, is_identifier: Callable[[str], bool]) -> bool:
    """True where the line before a time line is its identifier: below a blank line, or a number."""
    line = lines[at].strip()
    below_blank = at == 0 or not lines[at - 1].strip()
    return (
        bool(line) and "-->" not in line and (line.isdigit() or below_blank) and is_identifier(line)
    )


def _enter_times(
    cue: CueLine | None, characters: int, number: int, ledger: Ledger
) -> tuple[int | None, int | None]:
    """The times of a cue, set right where they cannot be meant."""
    if cue is None:
        ledger.drop(kinds.TIME, characters)
        message = "the times of a cue cannot be read and were left out"
        ledger.warn("time-unreadable", message, number)
        return None, None
    ledger.drop(kinds.TIME, characters - len(cue.settings))
    ledger.drop(kinds.CUE_SETTING, len(cue.settings))
    return check_times(cue.start_ms, cue.end_ms, number, ledger, what="cue")


def _take_payload(
    lines: Sequence[str], number: int, is_note: Callable[[str], bool], ledger: Ledger
) -> tuple[str, ...]:
    """The lines with words; blocks of notes among them are set aside."""
    payload: list[str] = []
    note: list[str] = []
    gap = False
    for line in lines:
        words = line.strip()
        if not words:
            gap = True
            note = _end_note(note, number, ledger)
        elif note or (gap and is_note(words)):
            note.append(words)
        else:
            if gap and payload:
                message = "words below a blank line were taken to the cue above them"
                ledger.warn("blank-line-in-cue", message, number)
            payload.append(words)
            gap = False
        number += 1
    _end_note(note, number, ledger)
    return tuple(payload)


def _end_note(note: list[str], number: int, ledger: Ledger) -> list[str]:
    if note:
        characters = sum(map(len, note))
        first = number - len(note)
        ledger.put_aside(kinds.NOTE, "\n".join(note), first, characters=characters)
    return []


def _find_starts(line: Words) -> list[Start]:
    """Where speakers may begin in a line in which the format names nobody."""
    text = line.text
    if line.voice is not None or not (":" in text or "：" in text):
        return []
    opening = _OPENING.match(text)
    marks = [(0, opening.end() if opening else 0)]
    marks += [chevrons.span() for chevrons in _CHEVRONS.finditer(text, marks[0][1])]
    ends = [*(at for at, _ in marks[1:]), len(text)]
    starts: list[Start] = []
    for (at, label_at), end in zip(marks, ends, strict=True):
        part = text[label_at:end].rstrip()
        if part.find(":", 0, REACH) > 0 or part.find("：", 0, REACH) > 0:
            head = find_head(part)
            if head:
                starts.append(Start(at, label_at - at, head))
    return starts


def _choose(
    cues: Sequence[Cue],
    spoken: list[list[Words]],
    starts: list[list[list[Start]]],
    ledger: Ledger,
) -> frozenset[str]:
    """The labels that are speakers: judged by those that open a cue or stand after a mark."""
    candidates = [
        Candidate(start.head, cue.line, starts_block=at == 0)
        for cue, in_lines in zip(cues, starts, strict=True)
        for at, in_line in enumerate(in_lines)
        for start in in_line
        if start.mark or at == 0
    ]
    if not candidates:
        return frozenset()
    body = Body(
        lines=len(cues),
        blocks=len(cues),
        first=cues[0].line,
        known=frozenset(line.voice for words in spoken for line in words if line.voice),
    )
    return choose_speakers(candidates, body, ledger)


def _split(
    line: Words, starts: list[Start], speakers: frozenset[str], ledger: Ledger
) -> Iterator[tuple[str | None, str]]:
    """The words of a line, each with its label, which is entered as dropped."""
    label, text = line
    direction, words_from = "", 0
    for at, mark, head in starts:
        if head.label not in speakers:
            continue
        if at:
            before = text[words_from:at]
            words = before.rstrip()
            ledger.drop(kinds.SPACE, len(before) - len(words))
            yield label, direction + words
        label, direction = head.label, head.direction
        words_from = at + mark + head.words_at
        ledger.drop(kinds.TIME, head.time_characters)
        ledger.drop(kinds.LABEL, words_from - at - head.time_characters - len(direction))
    yield label, direction + text[words_from:]


def _units_of(
    cue: Cue,
    words: list[Words],
    starts: list[list[Start]],
    speakers: frozenset[str],
    ledger: Ledger,
) -> list[Unit]:
    """The lines of a cue, put together by who says them; a label without words is one without."""
    said: list[tuple[str | None, list[str]]] = []
    for line, in_line in zip(words, starts, strict=True):
        for label, text in _split(line, in_line, speakers, ledger):
            if not said or (label is not None and label != said[-1][0]):
                said.append((label, []))
            if text:
                said[-1][1].append(ledger.keep(text))
    units = []
    for label, lines in said:
        if lines:
            ledger.units += 1
            ledger.added += len(lines) - 1
            joined = SAME_PARAGRAPH.join(lines)
            units.append(Unit(label, joined, cue.line, cue.start_ms, cue.end_ms, SAME_PARAGRAPH))
        else:
            units.append(Unit(label, "", cue.line))
            ledger.put_aside(kinds.EMPTY, "", cue.line)
            ledger.warn("label-without-words", "a speaker label has no words after it", cue.line)
    return units
