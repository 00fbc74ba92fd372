"""What differs between two versions of a passage, word by word: for eyes, not for a decision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from qualcode.text.words import LETTER, UNSPACED

# A character of writing without blanks, or a word; blanks; any other sign.
_TOKEN: Final = re.compile(
    rf"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern}){LETTER})+|\s+|.", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage that the other version has as well, or that it has not."""

    words: str
    differs: bool


def differing(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces of the one and of the other; put together, each is its passage.

    What differs begins and ends with no blank, unless blanks alone do. 5 ms for 1,000 words.
    """
    from rapidfuzz.distance import Levenshtein  # 14 ms to load

    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    mine: list[Piece] = []
    theirs: list[Piece] = []
    for op in Levenshtein.opcodes(before, after):
        gone = "".join(before[op.src_start : op.src_end])
        come = "".join(after[op.dest_start : op.dest_end])
        # Blanks between two changes are no words that stayed.
        differs = op.tag != "equal" or not gone.strip()
        mine.append(Piece(gone, differs))
        theirs.append(Piece(come, differs))
    return tuple(_tidied(mine)), tuple(_tidied(theirs))


def _tidied(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind put together, and the blanks around what differs outside of it."""
    for differs, run in groupby((one for one in pieces if one.words), lambda one: one.differs):
        words = "".join(one.words for one in run)
        bare = words.strip() if differs else ""
        before, _, after = words.partition(bare) if bare else (words, "", "")
        for part, is_bare in ((before, False), (bare, True), (after, False)):
            if part:
                yield Piece(part, is_bare)
