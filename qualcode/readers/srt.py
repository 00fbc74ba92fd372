"""SubRip: numbered cues with a comma in their times; speakers are labels at the start of a cue.

Numbers may be missing or doubled, times short or with a point; styling is taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.readers.grammar.clocks import read_cue_line
from qualcode.readers.grammar.cues import Words, read_cues, scan_cues
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.decoding import decode, opening_lines
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import Spoken, make_reading

if TYPE_CHECKING:
    from qualcode.model.transcript import Reading

FORMAT = Format("srt", "SubRip subtitles (SRT)")

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?$")
_TAG = re.compile(r"</?(?:[biusBIUS]|font|FONT)(?:\s[^<>]*)?>|\{\\[^{}]*\}|\{/?[biuBIU]\}")


def recognises(source: Source) -> bool:
    """True where one of the first lines is the time line of a cue, alone or below a number."""
    lines = opening_lines(source)
    if not lines or lines[0].startswith("WEBVTT"):
        return False
    return any(read_cue_line(line) is not None for line in lines[:2])


def read(source: Source, *, name: str) -> Reading:
    """The transcript in an SRT file, and the account of what was left out."""
    decoded = decode(source)
    ledger = Ledger.of_text(decoded)
    scan = scan_cues(
        decoded.text, ledger, is_identifier=lambda line: _NUMBER.match(line) is not None
    )
    for line, text in scan.before:
        ledger.put_aside(kinds.FRONT_MATTER, text, line)
    units = read_cues(scan.cues, lambda payload: _read_payload(payload, ledger), ledger)
    return make_reading(Spoken(units), ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _read_payload(payload: tuple[str, ...], ledger: Ledger) -> list[Words]:
    """The words of a cue, line by line."""
    found: list[Words] = []
    for line in payload:
        words = line
        if "<" in line or "{" in line:
            plain = _TAG.sub("", line)
            words = plain.strip()
            ledger.drop(kinds.MARKUP, len(line) - len(plain))
            ledger.drop(kinds.SPACE, len(plain) - len(words))
        if words:
            found.append(Words(None, words))
    return found
