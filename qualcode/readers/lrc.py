"""LRC, lines of song texts with times, in which programs around Whisper write speech.

A line is `[mm:ss.xx]words`; a time without words ends the line before it, or begins a silence.
Tags such as `[ti:…]` are facts. Speakers are labels at the start of a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.readers.grammar.cues import Cue, Words, read_cues
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.decoding import OPENING_BYTES, decode, opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import Spoken, make_reading, quick

if TYPE_CHECKING:
    from qualcode.model.transcript import Reading

FORMAT = Format("lrc", "LRC, lines with times")

# The hundredths tell it from a plain text with a time before each line. Some programs go on
# counting minutes after an hour.
_TIME = re.compile(r"\[(\d{1,4}):(\d\d)\.(\d\d\d?)\]")
_TAG = re.compile(r"\[([a-z]{2,8}|#)\s*:\s*([^\[\]]*)\]", re.IGNORECASE)
_WORD_TIME = re.compile(r"<\d{1,4}:\d\d\.\d\d\d?>\s?")
_FACTS = {"ti": "title", "la": "language", "length": "duration"}


def recognises(source: Source) -> bool:
    """True where each line begins with such a time, but for tags."""
    head = opening(source)
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    if len(source.data) > OPENING_BYTES:
        lines = lines[:-1]  # cut off
    timed = sum(_TIME.match(line) is not None for line in lines)
    return timed > 0 and all(_TIME.match(line) or _TAG.fullmatch(line) for line in lines)


def read(source: Source, *, name: str) -> Reading:
    """The transcript in an LRC file, and the account of what was left out."""
    decoded = decode(source)
    ledger = Ledger.of_text(decoded)
    tags: dict[str, str] = {}
    cues = _read_lines(decoded.text, tags, ledger)
    if tags.get("offset", "0").strip("+-0 ."):
        message = "the file asks to shift its times (offset); they are kept as they stand"
        ledger.warn("times-to-shift", message)
    units = read_cues(cues, lambda lines: [Words(None, line) for line in lines], ledger)
    facts = {fact: tags[tag] for tag, fact in _FACTS.items() if tags.get(tag)}
    spoken = Spoken(units, facts, "whisper.cpp" if "whisper.cpp" in tags.get("by", "") else None)
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _read_lines(text: str, tags: dict[str, str], ledger: Ledger) -> list[Cue]:
    """A cue for each line with words; a line without a time goes on with the one above."""
    cues: list[Cue] = []
    below: dict[int, list[str]] = {}  # lines without a time, by the cue above them
    characters = 0
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        characters += len(content)
        time = _TIME.match(content)
        if time:
            _take_timed(content, time, number, cues, ledger)
        elif tag := _TAG.fullmatch(content):
            tags.setdefault(tag[1].lower(), tag[2].strip())
            ledger.put_aside(kinds.FRONT_MATTER, content, number)
        elif content and cues:
            below.setdefault(len(cues) - 1, []).extend(_without_word_times(content, ledger))
        elif content:
            ledger.put_aside(kinds.FRONT_MATTER, content, number)
    ledger.drop(kinds.SPACE, len(text) - characters)
    for at, lines in below.items():
        cues[at] = cues[at]._replace(payload=(*cues[at].payload, *lines))
    return cues


def _take_timed(
    content: str, time: re.Match[str], number: int, cues: list[Cue], ledger: Ledger
) -> None:
    at_ms, words_at = _ms(time), time.end()
    while again := _TIME.match(content, words_at):  # a refrain is written once, with all its times
        if words_at == time.end():
            message = "a line has several times; the first one was taken"
            ledger.warn("several-times", message, number)
        words_at = again.end()
    words = content[words_at:].lstrip()
    ledger.drop(kinds.TIME, words_at)
    ledger.drop(kinds.SPACE, len(content) - words_at - len(words))
    if words:
        payload = _without_word_times(words, ledger)
        cues.append(quick(Cue, (number, "", at_ms, None, payload)))
    elif cues and cues[-1].end_ms is None and at_ms >= (cues[-1].start_ms or 0):
        line, _, start_ms, _, payload = cues[-1]
        cues[-1] = quick(Cue, (line, "", start_ms, at_ms, payload))
    elif cues and cues[-1].end_ms is None:
        message = "a line ends before it starts; its end was left out"
        ledger.warn("cue-ends-before-start", message, number)


def _without_word_times(words: str, ledger: Ledger) -> tuple[str, ...]:
    """The words without the times that some players want before each of them."""
    if "<" not in words:
        return (words,)
    bare = _WORD_TIME.sub("", words)
    plain = bare.strip()
    ledger.drop(kinds.TIME, len(words) - len(bare))
    ledger.drop(kinds.SPACE, len(bare) - len(plain))
    return (plain,) if plain else ()


def _ms(time: re.Match[str]) -> int:
    minutes, seconds, fraction = time.groups()
    return (int(minutes) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
