"""WebVTT, as Zoom, Teams, Stream, Whisper, noScribe and archives write it.

What stands in the cues is read by `grammar.webvtt`; here the file is told and decoded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.readers.grammar.clocks import read_cue_line
from qualcode.readers.grammar.webvtt import SIGNATURE, read_voices
from qualcode.readers.ground.decoding import decode, opening, opening_lines
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import make_reading

if TYPE_CHECKING:
    from qualcode.model.transcript import Reading

FORMAT = Format("vtt", "WebVTT subtitles")


def recognises(source: Source) -> bool:
    """True for the signature, or without it for cues with a point in their times and no number."""
    head = opening(source).lstrip()
    if SIGNATURE.match(head):
        return True
    first = next(iter(opening_lines(source)), "")
    return read_cue_line(first) is not None and "," not in first


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a WebVTT file, and the account of what was left out."""
    decoded = decode(source)
    ledger = Ledger.of_text(decoded)
    spoken = read_voices(decoded.text, ledger)
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)
