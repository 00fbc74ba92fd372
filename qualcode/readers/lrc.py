"""LRC, lines of song texts with times, in which programs around Whisper write speech.

A line is `[mm:ss.xx]words`; a time without words ends the line before it, or begins a silence.
Tags such as `[ti:…]` are facts. Speakers are labels at the start of a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.readers.grammar.cues import Cue, bare_words, read_cues
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
    units = read_cues(cues, bare_words, ledger)
    facts = {fact: tags[tag] for tag, fact in _FACTS.items() if tags.get(tag)}
    spoken = Spoken(units, facts, "whisper.cpp" if "whisper.cpp" in tags.get("by", "") else None)
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _read_lines(text: str, tags: dict[str, str], ledger: Ledger) -> list[Cue]:
    """A cue for each line with words; a line without a time goes on with the one above."""
    cues: list[Cue] = []
    below: dict[int, list[str]] = {}  # lines without a time, by the cue above them
    open_since: int | None = None  # when the last cue began, where its end may still come
    blanks = len(text)
    times = 0
    for number, content in enumerate(map(str.strip, text.splitlines()), 1):
        time = _TIME.match(content)
        if time is None:
            blanks -= len(content)
            if content:
                _take_untimed(content, number, tags, below, len(cues), ledger)
            continue
        minutes, seconds, fraction = time.groups()
        at_ms = (int(minutes) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
        words_at = time.end()
        if content.startswith("[", words_at):
            words_at = _past_more_times(content, words_at, number, ledger)
        words = content[words_at:].lstrip()
        times += words_at
        blanks -= words_at + len(words)
        if words:
            payload = (words,) if "<" not in words else _without_word_times(words, ledger)
            cues.append(quick(Cue, (number, "", at_ms, None, payload)))
            open_since = at_ms
        elif open_since is not None:
            if at_ms >= open_since:
                line, _, start_ms, _, payload = cues[-1]
                cues[-1] = quick(Cue, (line, "", start_ms, at_ms, payload))
                open_since = None
            else:
                message = "a line ends before it starts; its end was left out"
                ledger.warn("cue-ends-before-start", message, number)
    ledger.drop(kinds.TIME, times)
    ledger.drop(kinds.SPACE, blanks)
    for at, lines in below.items():
        cues[at] = cues[at]._replace(payload=(*cues[at].payload, *lines))
    return cues


def _take_untimed(
    content: str,
    number: int,
    tags: dict[str, str],
    below: dict[int, list[str]],
    cues: int,
    ledger: Ledger,
) -> None:
    """A tag, or words that belong to the last of so many cues."""
    tag = _TAG.fullmatch(content)
    if tag:
        tags.setdefault(tag[1].lower(), tag[2].strip())
        ledger.put_aside(kinds.FRONT_MATTER, content, number)
    elif cues:
        below.setdefault(cues - 1, []).extend(_without_word_times(content, ledger))
    else:
        ledger.put_aside(kinds.FRONT_MATTER, content, number)


def _past_more_times(content: str, at: int, number: int, ledger: Ledger) -> int:
    """Where the words begin: a refrain is written once, with all its times."""
    words_at = at
    while again := _TIME.match(content, words_at):
        words_at = again.end()
    if words_at > at:
        message = "a line has several times; the first one was taken"
        ledger.warn("several-times", message, number)
    return words_at


def _without_word_times(words: str, ledger: Ledger) -> tuple[str, ...]:
    """The words without the times that some players want before each of them."""
    if "<" not in words:
        return (words,)
    bare = _WORD_TIME.sub("", words)
    plain = bare.strip()
    ledger.drop(kinds.TIME, len(words) - len(bare))
    ledger.drop(kinds.SPACE, len(bare) - len(plain))
    return (plain,) if plain else ()
