"""Tiers, which programs for annotating recordings share: words of each speaker beside a timeline.

Each tier is in the order of its own words; here they become one conversation, by when words begin.
Overlaps stay as they are: what begins later stands later, and neither is cut. Tiers that say
something about speech (glosses, gestures, notes), or say it a second time, are set aside and
counted under the kind that their names tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar import vocabulary
from qualcode.readers.grammar.clocks import LATEST_MS
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.turns import PARAGRAPH, SAME_PARAGRAPH, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcode.readers.ground.ledger import Ledger

WRAPPED = SAME_PARAGRAPH
"""Joins the lines of an annotation where line breaks are the layout of the file."""

# Two tiers that share this part of their time are one stretch of speech, written down twice. In a
# conversation people speak at the same time for a tenth of it, seldom for more.
_SAME_TIME = 0.8
# In fewer annotations than these it may be chance.
_FEWEST = 4
# So many tiers may be compared in pairs; no conversation has more voices.
_MOST_COMPARED = 100

_WORD = re.compile(r"[^\W\d_]+")


class Annotation(NamedTuple):
    """Words in a tier as the source has them; `line` is where they stand in it.

    `order` is their place on the timeline: any measure that all tiers of a file share.
    """

    text: str
    line: int
    start_ms: int | None
    end_ms: int | None
    order: float
    joint: str = PARAGRAPH


class Tier(NamedTuple):
    """The annotations of one tier; `name` is what the tier is called without its speaker."""

    speaker: str | None
    name: str
    annotations: list[Annotation]

    def pieces(self) -> list[tuple[str, int]]:
        """The text and the line of each annotation."""
        return [(annotation.text, annotation.line) for annotation in self.annotations]


def merge_tiers(tiers: Iterable[Tier], ledger: Ledger) -> list[Unit]:
    """A unit for each annotation, by when they begin; of two at once the upper tier comes first."""
    said = [(tier.speaker, annotation) for tier in tiers for annotation in tier.annotations]
    said.sort(key=lambda pair: pair[1].order)
    units: list[Unit] = []
    empty: list[int] = []
    for speaker, (text, line, start_ms, end_ms, _, joint) in said:
        words = keep_words(text, ledger)
        if words:
            units.append(Unit(speaker, words, line, start_ms, end_ms, joint))
        else:
            ledger.put_aside(kinds.EMPTY, "", line)
            empty.append(line)
    ledger.units += len(units)
    if empty:
        message = "an annotation of speech has no words"
        if len(empty) > 1:
            message = f"{len(empty)} annotations of speech have no words; this is the first"
        ledger.warn("annotations-empty", message, min(empty))
    return units


def put_tier_aside(layer: str, pieces: Iterable[tuple[str, int]], ledger: Ledger) -> None:
    """Enter a tier that is not speech: the text and line of each annotation.

    `layer` says what it holds, or nothing; it is never a whole name, in which people may stand.
    """
    kind = f"{kinds.OTHER_TIER} ({layer})" if layer else kinds.OTHER_TIER
    for text, line in pieces:
        ledger.read += len(text)
        ledger.put_aside(kind, text, line)


def find_second_layers(tiers: Sequence[Tier], ledger: Ledger) -> list[Tier]:
    """The tiers that lie on the times of one before them: the same speech, written down again.

    To be asked of tiers of one person, or of tiers that do not say whose they are.
    """
    if not 1 < len(tiers) <= _MOST_COMPARED:
        return []
    stretches = [_stretches(tier) for tier in tiers]
    second: list[Tier] = []
    first: list[list[tuple[int, int]]] = []
    for tier, mine in zip(tiers, stretches, strict=True):
        if mine and any(_shared(mine, other) >= _SAME_TIME for other in first):
            second.append(tier)
            message = (
                "a tier lies on the times of one before it and was taken for the same speech in"
                " another form; it was set aside"
            )
            ledger.warn("tier-repeats", message, tier.annotations[0].line)
        else:
            first.append(mine)
    return second


def keep_words(text: str, ledger: Ledger, *, join: str = PARAGRAPH) -> str:
    """The words of an annotation, entered as kept; blanks at the ends of its lines are not.

    `join` is one character, for it stands for the line break that the source has there.
    """
    ledger.read += len(text)
    words = text.strip()
    if not words.isprintable():  # a line break is not, nor is a byte order mark
        marks = text.count("\ufeff")
        ledger.drop(kinds.BYTE_ORDER_MARK, marks)
        ledger.drop(kinds.SPACE, -marks)
        plain = words.replace("\ufeff", "")
        words = join.join(line for part in plain.splitlines() if (line := part.strip()))
    if len(words) < len(text):
        ledger.drop(kinds.SPACE, len(text) - len(words))
    return ledger.keep(words)


def read_seconds(text: str | None) -> int | None:
    """Seconds such as `12.3456` or `5e-05` in ms, rounded, or None where it is no time."""
    try:
        ms = round(float(text or "") * 1000)
    except (ValueError, OverflowError):  # infinity is a number, too
        return None
    return ms if abs(ms) < LATEST_MS else None


def file_name(address: str) -> str:
    """The name of a recording in its path or address, as programs on any system write it."""
    name = address[max(address.rfind("/"), address.rfind("\\")) + 1 :]
    if "%" not in name:
        return name
    # 2 ms to import; few names hold a blank or an umlaut.
    from urllib.parse import unquote

    return unquote(name)


def layer_in(name: str) -> str:
    """The words in the name of a tier, or of its type, that say what it holds."""
    known = vocabulary.LAYER_TIERS | vocabulary.SPEECH_TIERS
    return " ".join(word for word in _words_in(name) if word in known)


def names_speech(name: str) -> bool:
    """True where a tier, or its type, is called transcription, utterance, tx or the like."""
    return not vocabulary.SPEECH_TIERS.isdisjoint(_words_in(name))


def names_layer(name: str) -> bool:
    """True where a tier, or its type, is called gloss, gesture, notes or the like."""
    return not vocabulary.LAYER_TIERS.isdisjoint(_words_in(name))


def names_words(name: str) -> bool:
    """True where a tier is called words or tokens."""
    return not vocabulary.WORD_TIERS.isdisjoint(_words_in(name))


def _words_in(name: str) -> list[str]:
    """The words of a name in small letters; two capitals are a person's initials."""
    words = _WORD.findall(name)
    return [word.casefold() for word in words if len(word) > 2 or word.islower()]


def _stretches(tier: Tier) -> list[tuple[int, int]]:
    """The times in which a tier has words, in order and without overlaps."""
    timed = sorted(
        (annotation.start_ms, annotation.end_ms)
        for annotation in tier.annotations
        if annotation.start_ms is not None
        and annotation.end_ms is not None
        and annotation.text.strip()
    )
    found: list[tuple[int, int]] = []
    for start, end in timed if len(timed) >= _FEWEST else ():
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _shared(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """The time that two tiers have in common, as a part of the time that either has."""
    both = at = 0
    for start, end in one:
        while at < len(other) and other[at][1] <= start:
            at += 1
        ahead = at
        while ahead < len(other) and other[ahead][0] < end:
            both += min(end, other[ahead][1]) - max(start, other[ahead][0])
            ahead += 1
    either = sum(end - start for start, end in (*one, *other)) - both
    return both / either if either else 0.0
