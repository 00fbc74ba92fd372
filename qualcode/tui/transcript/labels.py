"""Short labels of speakers, for a gutter of three cells: `INT`, `P07`, `MIL`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from qualcode.text.words import WORD
from qualcode.tui.transcript.cells import printable, width

LABEL_CELLS = 3

ASKS = "INT"
"""What a reader takes for the interviewer."""

_SHORT_ALREADY = re.compile(r"\w{1,3}")


def short_labels(speakers: Iterable[str], *, asking: Container[str]) -> dict[str, str]:
    """A label of at most three cells for each speaker, all of them different.

    The label itself where it is short, the initials of several words, the first letters of one;
    what is taken already gets a number at its end. INT is who asks: an interviewee, who is not
    among `asking`, gets other letters.
    """
    found: dict[str, str] = {}
    for speaker in dict.fromkeys(speakers):
        wish = _wish(speaker)
        if wish == ASKS and speaker not in asking and speaker.upper() != ASKS:
            wish = speaker[0].upper() + speaker[-2:].upper()
        taken = set(found.values())
        label, number = wish, 2
        while label in taken:
            tail = str(number)
            label, number = _cut(wish, LABEL_CELLS - len(tail)) + tail, number + 1
        found[speaker] = label
    return found


def _wish(speaker: str) -> str:
    """The label one would write for a speaker alone."""
    speaker = printable(speaker).strip()
    if _SHORT_ALREADY.fullmatch(speaker):
        return _cut(speaker, LABEL_CELLS)
    words = [part for word in WORD.findall(speaker) for part in re.split(r"[-‐'’]", word) if part]
    initials = "".join(word[0] for word in words if word[0].isalpha()).upper()
    number = "".join(sign for sign in speaker if sign.isdecimal())
    if number and len(number) < LABEL_CELLS:
        return _cut(initials, LABEL_CELLS - len(number)) + number
    if len(initials) > 1:
        return _cut(initials, LABEL_CELLS)
    return _cut(words[0].upper() if words else speaker, LABEL_CELLS)


def _cut(label: str, cells: int) -> str:
    """The beginning of a label, without a sign for what is missing: there is no room for one."""
    while width(label) > max(cells, 0):
        label = label[:-1]
    return label
