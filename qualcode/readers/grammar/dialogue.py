"""Lines of speech to units: who speaks, when, and which lines are not speech at all.

All formats whose body is lines or paragraphs share this: what differs is how they come to lines.
Labels and times leave the words only where they belong to a label or open a line; a mark in the
middle of speech such as [inaudible 00:12:03] stays, for it is part of the transcription.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar.clocks import (
    CLOCK,
    F4_MARK,
    RANGE,
    UNTIMED,
    Times,
    check_times,
    is_only_time,
    read_cue_line,
    read_f4_mark,
    read_range,
)
from qualcode.readers.grammar.facts import (
    LONGEST_TITLE,
    facts_of_sentence,
    plain_title,
    read_header,
)
from qualcode.readers.grammar.heads import find_heads
from qualcode.readers.grammar.labels import Form, Head
from qualcode.readers.grammar.lines import Line, Row, is_address, is_ruler
from qualcode.readers.grammar.notices import find_notice
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.turns import (
    BETWEEN_TURNS,
    PARAGRAPH,
    SAME_PARAGRAPH,
    Spoken,
    Unit,
    quick,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.readers.ground.ledger import Ledger

# More words than a heading and a notice have, before the first label, are looked at: a line of
# fewer words than a sentence has, or one that speaks of the interview, is of the heading still.
_FEW_FRONT_WORDS = 30
_SENTENCE_WORDS = 8
_MOST_HEADING_WORDS = 60
_OF_INTERVIEW = re.compile(
    r"\b(?:interview|transcri|transkri|recorded|recording|aufnahme|aufgenommen|entretien|entrevista)",
    re.IGNORECASE,
)
# In a text without speakers whose lines open with times, so many of them do.
_TIMED_SHARE = 0.3

# Shorter titles may be said.
_FEW_TITLE_CHARACTERS = 10

_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_LEADING_TIME = re.compile(
    rf"(?:[*_]{{0,3}}\\?(?:\[\s?{RANGE}\s?\\*\]|\(\s?{RANGE}\s?\))[*_]{{0,3}}|({F4_MARK}))\s*"
)
_BARE_TIME = re.compile(r"(\d\d?:\d\d:\d\d(?:[.,]\d{1,3})?)(?:\s+|$)")
_BARE_CLOCK = re.compile(rf"{RANGE}$")
_CLOSING_MARK = re.compile(rf"\s*({F4_MARK})$")
# Alone on a line `00:01:10` is a time and `6:30` may be an answer.
_ALONE_TIME = re.compile(rf"\d\d?:\d\d?:\d\d?(?:[.,]\d{{1,3}})?(?:\s*-{{1,2}}>\s*{CLOCK})?$")
_DURATION = re.compile(r"(?:\d+h )?\d+m \d+s$")

_LONGEST_MARK = 20


class _Waiting(NamedTuple):
    """A label or time on a line of its own, until its words come."""

    label: str | None
    times: Times
    line: Line
    time_characters: int


def read_dialogue(items: Sequence[Line | Row], ledger: Ledger, *, header: str = "") -> Spoken:
    """Units from the lines and rows of a file, in their order.

    `header` is text that was set aside before (front matter); labels named there are speakers.
    """
    spoken = Spoken()
    start = _take_header(items, spoken, ledger)
    body = items[start:]
    header += "".join(f"\n{item.text}" for item in items[:start] if isinstance(item, Line))
    heads = find_heads(body, ledger, header=header)
    labelled = any(head or isinstance(item, Row) for item, head in zip(body, heads, strict=True))
    walk = _Walk(ledger, spoken, body, labelled=labelled)
    first = _first_speech(body, heads)
    walk.take_front(body[:first])
    walk.take_speech(body[first:], heads[first:])
    walk.finish()
    return spoken


def _take_header(items: Sequence[Line | Row], spoken: Spoken, ledger: Ledger) -> int:
    lines: list[Line] = []
    for item in items:
        if not isinstance(item, Line):
            break
        lines.append(item)
    header = read_header(lines)
    spoken.facts.update(header.facts)
    for line in lines[: header.lines]:
        if is_ruler(line.text):
            ledger.drop(kinds.MARKUP, len(line.text))
        else:
            ledger.put_aside(kinds.FRONT_MATTER, line.text, line.number)
    return header.lines


def _first_speech(items: Sequence[Line | Row], heads: Sequence[Head | None]) -> int:
    """The index of the first item that names a speaker, or of its time; 0 where none does."""
    at = 0
    for item, head in zip(items, heads, strict=True):
        if head or isinstance(item, Row):
            break
        at += 1
    else:
        return 0
    while at and is_only_time(getattr(items[at - 1], "text", "")):
        at -= 1
    return at


def _prose_words(text: str) -> int:
    """The words of a line that may be speech: not a heading, a notice or a list of names."""
    words = len(text.split())
    if _HEADING.match(text) or is_address(text) or find_notice(text):
        return 0
    return 0 if text.count(",") * 4 >= words else words


def _is_heading(line: Line) -> bool:
    """True for a line before the first label that is not speech but heads it."""
    words = _prose_words(line.text)
    if line.heading or words < _SENTENCE_WORDS:
        return True
    of_interview = _OF_INTERVIEW.search(line.text) or facts_of_sentence(line.text)
    return bool(of_interview) and words <= _MOST_HEADING_WORDS


def _bare_time(text: str) -> re.Match[str] | None:
    return _BARE_TIME.match(text) or _BARE_CLOCK.match(text)


class _Walk:
    """One pass over the lines: keeps the label or time that waits for its words."""

    def __init__(
        self, ledger: Ledger, spoken: Spoken, body: Sequence[Line | Row], *, labelled: bool
    ) -> None:
        self._ledger = ledger
        self._spoken = spoken
        self._body = body
        self._labelled = labelled
        self._waiting: _Waiting | None = None
        self._parted = False  # what comes next is no part of the turn before it

    @cached_property
    def _opens_with_times(self) -> bool:
        """True for a text whose lines open with bare times, `00:15:10 and then`."""
        lines = [item.text for item in self._body if isinstance(item, Line)]
        timed = sum(text[0].isdigit() and _bare_time(text) is not None for text in lines)
        return timed > 1 and timed >= _TIMED_SHARE * len(lines)

    def take_front(self, items: Sequence[Line | Row]) -> None:
        """What stands before the first label: front matter, and perhaps speech below it."""
        lines = [item for item in items if isinstance(item, Line)]
        words = sum(_prose_words(line.text) for line in lines if not line.heading)
        spoken = len(lines)  # from here on it is speech
        if words > _FEW_FRONT_WORDS:
            spoken = next((n for n, line in enumerate(lines) if not _is_heading(line)), spoken)
            became = "set aside as front matter"
            if spoken < len(lines):
                words = sum(_prose_words(line.text) for line in lines[spoken:])
                became = "kept as a turn without a speaker"
            self._ledger.warn(
                "text-before-first-label",
                f"{words} words stand before the first speaker label and were {became}",
                lines[spoken % len(lines)].number,
            )
        for at, line in enumerate(lines):
            if at >= spoken:
                self.take_line(line)
            elif not self._is_apart(line):
                self._look_for_facts(line.text, may_be_title=at == 0 and not self._spoken.facts)
                self._ledger.put_aside(kinds.FRONT_MATTER, line.text, line.number)

    def take_speech(self, items: Sequence[Line | Row], heads: Sequence[Head | None]) -> None:
        """All items from the first that names a speaker on, each with its head or None."""
        ledger, append = self._ledger, self._spoken.units.append
        composed, turns, labels, kept = ledger.composed, 0, 0, 0
        for item, head in zip(items, heads, strict=True):
            if isinstance(item, Row):
                self.take_row(item)
            elif head is None:
                self.take_line(item)
            elif (  # `label: words` and nothing more, as nearly all lines of most files
                head.times is UNTIMED
                and head.words_at < len(item.text)
                and item.text[-1] != "#"
                and not (head.direction or self._waiting or self._parted)
            ):
                words = item.text[head.words_at :]
                turns += 1
                labels += head.words_at
                if composed:
                    kept += len(words)
                else:
                    words = ledger.keep(words)
                append(quick(Unit, (head.label, words, item.number, None, None, PARAGRAPH)))
            else:
                self.take_labelled(item, head)
        ledger.turns(turns, labels, kept)

    def take_row(self, row: Row) -> None:
        """A unit that the format gave complete."""
        self.finish()
        label, times = row.label, row.times
        for words in row.words:
            joint = self._joint(PARAGRAPH)
            self._add(Unit(label, words, row.number, times.start_ms, times.end_ms, joint))
            label, times = None, Times()

    def take_labelled(self, line: Line, head: Head) -> None:
        """A line that names its speaker; the words may follow on the next lines."""
        label, form, words_at, times, time_characters, direction = head
        text, ledger = line.text, self._ledger
        if times.unreadable:
            self._warn_of_time(line.number)
        if form is Form.TIMED and text[0] == "[" and text[-1] == ")":
            self._spoken.producer = self._spoken.producer or "TurboScribe"
        if self._waiting:
            if self._waiting.label is None:
                times = times if time_characters else self._waiting.times
                self._settle()
            self.finish()
        end_ms, words_to = times.end_ms, len(text)
        if text[-1] == "#":
            end_ms, words_to = self._closing_mark(text, end_ms)
        start_ms = times.start_ms
        if end_ms is not None:
            start_ms, end_ms = check_times(start_ms, end_ms, line.number, ledger)
        words = direction + text[words_at:words_to]
        if not words:
            self._waiting = _Waiting(label, Times(start_ms, end_ms), line, time_characters)
            return
        ledger.drop(kinds.LABEL, words_at - len(direction) - time_characters)
        if time_characters or words_to < len(text):
            ledger.drop(kinds.TIME, time_characters + len(text) - words_to)
        ledger.units += 1
        words = ledger.keep(words)
        row = (label, words, line.number, start_ms, end_ms, self._joint(PARAGRAPH))
        self._spoken.units.append(quick(Unit, row))

    def take_line(self, line: Line) -> None:
        """A line that names nobody: it goes on with what was said, or is not speech."""
        if self._is_apart(line):
            return
        text = line.text
        times, words_at = self._opening_time(text)
        if times.unreadable:
            self._warn_of_time(line.number)
        if words_at == len(text):
            self._wait_with(times, line)
            return
        end_ms, words_to = times.end_ms, len(text)
        if text.endswith("#"):
            end_ms, words_to = self._closing_mark(text, end_ms)
        if words_to <= words_at:  # a mark alone closes what was said before
            self._wait_with(Times(end_ms), line)
            return
        self._ledger.drop(kinds.TIME, words_at + len(text) - words_to)
        words = self._ledger.keep(text[words_at:words_to])
        label, joint = None, SAME_PARAGRAPH if line.goes_on else PARAGRAPH
        if self._waiting:
            label = self._waiting.label
            if times.start_ms is None:
                times = self._waiting.times
                end_ms = times.end_ms if end_ms is None else end_ms
            self._settle()
        start_ms = times.start_ms
        if end_ms is not None:
            start_ms, end_ms = check_times(start_ms, end_ms, line.number, self._ledger)
        self._add(Unit(label, words, line.number, start_ms, end_ms, self._joint(joint)))

    def finish(self) -> None:
        """A label whose words never came is set aside."""
        waiting = self._waiting
        if waiting is None:
            return
        if waiting.label is None:
            self._settle()
            return
        self._ledger.put_aside(kinds.EMPTY, waiting.line.text, waiting.line.number)
        message = "a speaker label has no words after it"
        self._ledger.warn("label-without-words", message, waiting.line.number)
        self._waiting = None
        self._parted = waiting.label != self._speaker()

    def _speaker(self) -> str | None:
        """Whose words came last."""
        return next((unit.label for unit in reversed(self._spoken.units) if unit.label), None)

    def _joint(self, joint: str) -> str:
        """What joins the words that come now to a turn of the same speaker."""
        parted, self._parted = self._parted, False
        return BETWEEN_TURNS if parted else joint

    def _add(self, unit: Unit) -> None:
        self._ledger.units += 1
        self._spoken.units.append(unit)

    def _settle(self) -> None:
        """Enter the line that waited, now that its words have come."""
        if self._waiting:
            self._drop_head(len(self._waiting.line.text), self._waiting.time_characters)
            self._waiting = None

    def _drop_head(self, characters: int, time_characters: int) -> None:
        self._ledger.drop(kinds.TIME, time_characters)
        self._ledger.drop(kinds.LABEL, characters - time_characters)

    def _wait_with(self, times: Times, line: Line) -> None:
        """A time on a line of its own belongs to the label before it or to what comes next."""
        if self._waiting and self._waiting.label and not self._waiting.time_characters:
            self._ledger.drop(kinds.TIME, len(line.text))
            self._waiting = self._waiting._replace(times=times)
            return
        self.finish()
        self._waiting = _Waiting(None, times, line, len(line.text))

    def _opening_time(self, text: str) -> tuple[Times, int]:
        """The time at the start of a line and where the words begin."""
        if text[0].isdigit():
            match = _bare_time(text) if self._opens_with_times else _ALONE_TIME.match(text)
            if match is None:
                return Times(), 0
            cue = read_cue_line(text)
            times = Times(cue.start_ms, cue.end_ms) if cue else read_range(match[0])
            return times, match.end()
        match = _LEADING_TIME.match(text) if text[0] in "[(#\\*_" else None
        if match is None or (text[0] == "(" and match.end() < len(text)):
            return Times(), 0
        mark = match[1]
        return (Times(read_f4_mark(mark)) if mark else read_range(match[0])), match.end()

    def _closing_mark(self, text: str, end_ms: int | None) -> tuple[int | None, int]:
        """The end that an f4 mark states at the end of a paragraph, and where the words stop."""
        match = _CLOSING_MARK.search(text, max(0, len(text) - _LONGEST_MARK))
        if match is None:
            return end_ms, len(text)
        self._spoken.producer = self._spoken.producer or "f4"
        return read_f4_mark(match[1]), match.start()

    def _is_apart(self, line: Line) -> bool:
        """True for a ruler, a notice, a heading or a bare address: entered and done with."""
        text = line.text
        if is_ruler(text):
            self._ledger.drop(kinds.MARKUP, len(text))
            return True
        notice = find_notice(text)
        if notice:
            if notice.duration:
                self._spoken.facts.setdefault("duration", notice.duration)
            if notice.language:
                self._spoken.facts.setdefault("language", notice.language)
            self._spoken.producer = self._spoken.producer or notice.producer
            self._ledger.put_aside(kinds.NOTICE, text, line.number)
            return True
        if not self._labelled:
            return False
        heading = _HEADING.match(text)
        if heading and is_only_time(text[heading.end() :]):
            self._wait_with(read_range(text), line)
        elif heading or line.heading:
            self._look_for_facts(text, may_be_title=True)
            self._ledger.put_aside(kinds.HEADING, text, line.number)
        elif self._repeats_title(text):
            self._take_title(line)
        elif text[0] == "<" and is_address(text):
            self._ledger.put_aside(kinds.NOTICE, text, line.number)
        else:
            return False
        return True

    def _take_title(self, line: Line) -> None:
        """The title again, or that of a second recording: nobody goes on speaking over it."""
        self._ledger.put_aside(kinds.HEADING, line.text, line.number)
        if line.text == self._spoken.facts["title"]:
            return
        self.finish()
        self._parted = True
        message = "another part begins here, as a rule another recording with times of its own"
        self._ledger.warn("another-part", message, line.number)

    def _repeats_title(self, text: str) -> bool:
        """True for the title of a second part, `Interview 05b` after `Interview 05a`."""
        title = self._spoken.facts.get("title", "")
        if len(title) < _FEW_TITLE_CHARACTERS or len(text) != len(title):
            return False
        return text[:-2] == title[:-2]

    def _look_for_facts(self, text: str, *, may_be_title: bool) -> None:
        """Title and date as headings and free lines before the speech give them."""
        facts = self._spoken.facts
        if self._spoken.units or is_address(text):
            return
        for fact, value in facts_of_sentence(text).items():
            facts.setdefault(fact, value)
        if _DURATION.match(text):
            facts.setdefault("duration", text)
        elif may_be_title and len(text) <= LONGEST_TITLE and text[-1] != ".":
            facts.setdefault("title", plain_title(text))

    def _warn_of_time(self, number: int) -> None:
        message = "a time cannot be read and was left out"
        self._ledger.warn("time-unreadable", message, number)
