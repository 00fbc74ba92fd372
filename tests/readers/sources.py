"""How the tests of this room get at files, and what they say of a reading."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import is_normalized

from qualcode import errors
from qualcode.readers import Source, read_transcript

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcode.model.transcript import Reading

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "vectors" / "transcripts"
LAYOUTS = VECTORS / "layouts"
NASTY = VECTORS / "nasty"
REAL = ROOT.parent / "shared" / "corpus" / "real"
WHY_NO_REAL = f"the corpus of real transcripts is not at {REAL}"


def source(content: str | bytes, *, name: str = "a.txt", encoding: str | None = None) -> Source:
    """A file with this content."""
    data = content.encode() if isinstance(content, str) else content
    return Source(data, name, name, encoding)


def source_of(path: Path, *, encoding: str | None = None) -> Source:
    """A file on disk."""
    return Source(path.read_bytes(), path.name, path.name, encoding)


def read(content: str | bytes, *, format: str | None = None) -> Reading:  # noqa: A002
    """The reading of a file with this content."""
    return read_transcript(source(content), name="a", format=format)


def read_file(path: Path, *, encoding: str | None = None) -> Reading:
    """The reading of a file on disk."""
    return read_transcript(source_of(path, encoding=encoding), name=path.stem)


def said(reading: Reading) -> list[tuple[str | None, str]]:
    """Who says what, turn by turn."""
    transcript = reading.transcript
    return [(turn.speaker, transcript.words_of(turn)) for turn in transcript.turns]


def times(reading: Reading) -> list[tuple[int | None, int | None]]:
    """When the turns begin and end."""
    return [(turn.start_ms, turn.end_ms) for turn in reading.transcript.turns]


def turns_by_speaker(reading: Reading) -> dict[str | None, int]:
    """How many turns each speaker has."""
    return dict(Counter(turn.speaker for turn in reading.transcript.turns))


def codes(reading: Reading) -> list[str]:
    """The codes of the warnings."""
    return [warning.code for warning in reading.report.warnings]


def lines(reading: Reading, code: str) -> list[int | None]:
    """The lines that warnings of one code name."""
    return [warning.line for warning in reading.report.warnings if warning.code == code]


def set_aside(reading: Reading) -> list[str]:
    """The texts of the units that are not speech."""
    return [unit.text for unit in reading.report.set_aside]


def check_account(reading: Reading) -> None:
    """Nothing vanished: both sums of the report hold, and the text is what it promises to be."""
    assert faults_of(reading) == []


def faults_of(reading: Reading) -> list[str]:
    """What of a reading does not hold, in words; nothing, where nothing vanished."""
    transcript, report = reading.transcript, reading.report
    text = transcript.text
    spoken = [transcript.words_of(turn) for turn in transcript.turns]
    offsets = [mark.offset for mark in transcript.marks]
    holds = {
        "units": report.units_read == report.turns + report.merged + len(report.set_aside),
        "characters": report.characters_read
        == report.characters_kept + sum(report.dropped.values()),
        "text": len(text) == report.characters_kept + report.added,
        "kinds dropped": min(report.dropped.values(), default=0) >= 0,
        "turns": report.turns == len(transcript.turns),
        "NFC": is_normalized("NFC", text),
        "signs": not {"\0", "\ufeff", "\r"} & set(text),
        "no lone surrogate": text.encode(errors="ignore").decode() == text,
        "turns in the text": "\n\n".join(spoken) == text,
        "words of turns": all(w == w.strip() and w and "\n\n" not in w for w in spoken),
        "numbers": [turn.n for turn in transcript.turns] == list(range(1, len(spoken) + 1)),
        "marks in order": offsets == sorted(offsets),
        "marks in the text": all(0 <= offset < len(text) for offset in offsets),
    }
    return [what for what, held in holds.items() if not held]


def changed(data: bytes, changes: Iterable[tuple[int, int]]) -> bytes:
    """The bytes with some of them set to others, as a bad disk would."""
    copy = bytearray(data)
    for at, value in changes:
        copy[at % len(copy)] = value
    return bytes(copy)


def faults_or_refusal(data: bytes) -> list[str]:
    """What does not hold of whatever the content is read as; a refusal with a reason is right."""
    try:
        return faults_of(read_transcript(source(data), name="a"))
    except errors.TranscriptError:
        return []
