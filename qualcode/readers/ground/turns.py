"""From units to the finished reading: one text, its turns, the times in it, and the account.

A unit is what a format is made of (a line, a paragraph, a cue, a table row). Neighbouring units of
one speaker become one turn, and a unit that names nobody goes on with the turn before it, unless
something stood between them that nobody says. Labels and times are not in the text. Labels that
differ only in case are one speaker.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qualcode.errors import EmptyTranscriptError
from qualcode.model.spans import Mark, Turn
from qualcode.model.transcript import LossReport, Reading, Transcript

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.readers.ground.ledger import Ledger
    from qualcode.readers.ground.source import Format, Source

PARAGRAPH = "\n"
SAME_PARAGRAPH = " "
BETWEEN_TURNS = "\n\n"

# The label of words that somebody says whom the source leaves open: they are a turn of their own,
# without a speaker, for they must not be laid into the mouth of whoever spoke before.
NOBODY = ""

# Makes a named tuple of all its fields in a third of the time of the constructor, which is written
# in Python; for those of which there is one a line, where that is a tenth of an import.
quick = tuple.__new__

# More voices than a large meeting has: then the labels are most likely not labels.
MANY_SPEAKERS = 40

# So many places where times run backwards are named one by one. More of them are people who speak
# at once, as programs that hear each voice for itself write them.
FEW_PLACES = 5


class Unit(NamedTuple):
    """Words of one speaker as one unit of the source gives them; a tuple, for there are many.

    `words` are stripped, in NFC and entered in the ledger. `label` is None where the source names
    nobody and the speaker before goes on, NOBODY where it is open who speaks. `joint` is what
    stands before the words where they go on with a turn; BETWEEN_TURNS where they never do.
    """

    label: str | None
    words: str
    line: int
    start_ms: int | None = None
    end_ms: int | None = None
    joint: str = PARAGRAPH


@dataclass(slots=True)
class Spoken:
    """What the content of a file comes to: who says what, and what it says of itself."""

    units: list[Unit] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    producer: str | None = None


class _Laid(NamedTuple):
    text: str
    turns: tuple[Turn, ...]
    marks: tuple[Mark, ...]
    merged: int
    joints: int


def make_reading(
    spoken: Spoken,
    ledger: Ledger,
    source: Source,
    read_as: Format,
    *,
    name: str,
    encoding: str | None = None,
    by_time: bool = True,
) -> Reading:
    """The transcript called `name` and its account, from the units in the order of the source.

    `encoding` is the one by which the source was read, None where its format has no other.
    `by_time` is false where that order need not be that of time, for words of one speaker stay
    together though another speaks meanwhile; else it is said where times run backwards.
    Raises EmptyTranscriptError where nothing was said.
    """
    laid = _lay_out(_spell_alike(spoken.units, ledger))
    if not laid.turns:
        raise EmptyTranscriptError(where=source.where)
    transcript = Transcript(
        name=name,
        text=laid.text,
        turns=laid.turns,
        marks=laid.marks,
        format=read_as.name,
        producer=spoken.producer,
        encoding=encoding,
        facts=dict(spoken.facts),
    )
    _warn_of_speakers(transcript, ledger)
    if by_time and laid.marks:
        _warn_of_times(spoken.units, ledger)
    report = LossReport(
        units_read=ledger.units,
        turns=len(laid.turns),
        merged=laid.merged,
        characters_read=ledger.read,
        characters_kept=ledger.kept,
        added=ledger.added + laid.joints,
        dropped=dict(ledger.dropped),
        set_aside=tuple(sorted(ledger.set_aside, key=lambda unit: unit.line)),
        warnings=tuple(ledger.warnings()),
    )
    return Reading(transcript, report)


def _spell_alike(units: Sequence[Unit], ledger: Ledger) -> Sequence[Unit]:
    """The units with each label spelled as it stands first: `INT` and `Int` are one speaker."""
    spellings: dict[str, str] = {}
    other: dict[str, str] = {}
    for label in filter(None, dict.fromkeys([unit.label for unit in units])):
        first = spellings.setdefault(label.casefold(), label)
        if first != label:
            other[label] = first
    if not other:
        return units
    first_lines: dict[str, int] = {}
    for unit in units:
        if unit.label in other:
            first_lines.setdefault(unit.label, unit.line)
    for line in first_lines.values():
        message = "a speaker label differs from an earlier one only in case; they are one speaker"
        ledger.warn("label-spelling", message, line)
    return [
        unit._replace(label=other[unit.label]) if unit.label in other else unit for unit in units
    ]


def _lay_out(units: Sequence[Unit]) -> _Laid:
    parts: list[str] = []
    turns: list[Turn] = []
    marks: list[Mark] = []
    offset = merged = joints = 0
    speaker: str | None = None
    begin = -1  # of the open turn; -1 before the first
    from_ms: int | None = None  # of the open turn
    to_ms: int | None = None
    boundary: int | None = None  # when the last unit ended, where it says only that

    for label, words, _, start_ms, end_ms, joint in units:
        # An end alone (f4 closes a paragraph with it) is the time of what comes next.
        if start_ms is None:
            at_ms, boundary = boundary, end_ms
        else:
            at_ms, boundary = start_ms, None
        goes_on = begin >= 0 and (label is None or label == speaker)
        if goes_on and joint != BETWEEN_TURNS:
            merged += 1
            parts.append(joint)
            offset += len(joint)
            joints += len(joint)
            if end_ms is not None:
                to_ms = end_ms
        else:
            if begin >= 0:
                row = (len(turns) + 1, begin, offset, speaker or None, from_ms, to_ms)
                turns.append(quick(Turn, row))
                parts.append(BETWEEN_TURNS)
                offset += len(BETWEEN_TURNS)
                joints += len(BETWEEN_TURNS)
            begin, from_ms, to_ms = offset, at_ms, end_ms
            speaker = speaker if goes_on else label
        if at_ms is not None:
            marks.append(quick(Mark, (offset, at_ms)))
        parts.append(words)
        offset += len(words)

    if begin >= 0:
        turns.append(Turn(len(turns) + 1, begin, offset, speaker or None, from_ms, to_ms))
    return _Laid("".join(parts), tuple(turns), tuple(marks), merged, joints)


def _warn_of_speakers(transcript: Transcript, ledger: Ledger) -> None:
    speakers = len(transcript.speakers)
    if speakers == 0:
        ledger.warn("no-speakers", "no speaker labels were found; the words are one turn")
    elif speakers > MANY_SPEAKERS:
        ledger.warn(
            "many-speakers",
            f"{speakers} different speaker labels were found; some may be words of the interview",
        )


def _warn_of_times(units: Sequence[Unit], ledger: Ledger) -> None:
    """Say where words begin before those above them; times stay as the source has them."""
    before = 0
    lines: list[int] = []
    for _, _, line, start_ms, end_ms, _ in units:
        at_ms = end_ms if start_ms is None else start_ms
        if at_ms is not None:
            if at_ms < before:
                lines.append(line)
            before = at_ms
    if len(lines) > FEW_PLACES:
        message = f"times run backwards here and in {len(lines) - 1} more places"
        ledger.warn("times-backwards", message, lines[0])
        return
    for line in lines:
        message = "times run backwards: this begins before what stands above it"
        ledger.warn("times-backwards", message, line)
