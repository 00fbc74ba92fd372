"""Makes the words of an interview fit to be written: one rule for every format.

Words are data: nothing is dropped in silence. What no document can hold becomes U+FFFD and is
counted with its place; newline forms become one; a direction that a passage switches and never
switches back is closed at its end, so that it cannot turn round what stands behind it. Escaping
for a format is left to that format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

REPLACEMENT = "\ufffd"

FORMULA_STARTS = tuple("=+-@\t\r")
"""With one of these, words begin that a spreadsheet would take for a formula."""

# What XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets), but for the newline forms below.
# Half a surrogate pair is in it because no encoding can write it.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# A carriage return, vertical tab, form feed, NEL, and the separators U+2028 and U+2029.
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# One search tells whether a text needs any work: in field data nine in ten do not.
_SPECIAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_POP_EMBEDDING = "\u202c"
_POP_ISOLATE = "\u2069"
_EMBEDDINGS = frozenset("\u202a\u202b\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068")

_FROM_THE_RIGHT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

# The blocks of the scripts that run from right to left, and the letters that run the other way.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_MOST_PLACES = 20
"""Of those that are named; the others are counted."""


@dataclass(slots=True)
class Cleaner:
    """Cleans the texts of one export and remembers what had to be replaced, and where."""

    replaced: int = 0
    places: dict[str, int] = field(default_factory=dict)

    def __call__(self, text: str, *, at: str) -> str:
        """The text as a document can show it; its only control characters are \\n and \\t."""
        if not _SPECIAL.search(text):
            return text
        return close_directions(_NEWLINES.sub("\n", self.writable(text, at=at)))

    def writable(self, text: str, *, at: str) -> str:
        """The text with U+FFFD for what no file can hold, and otherwise letter for letter."""
        if not _SPECIAL.search(text):
            return text
        written, count = _UNWRITABLE.subn(REPLACEMENT, text)
        if count:
            self.replaced += count
            self.places[at] = self.places.get(at, 0) + count
        return written

    def warnings(self) -> tuple[str, ...]:
        """A sentence for each place where something was replaced, for the first of them."""
        said = [
            f"{at}: {count} {'character' if count == 1 else 'characters'} that no document can "
            f"hold stand as \N{REPLACEMENT CHARACTER}"
            for at, count in list(self.places.items())[:_MOST_PLACES]
        ]
        if len(self.places) > _MOST_PLACES:
            said.append(f"the same in {len(self.places) - _MOST_PLACES} more places")
        return tuple(said)


def close_directions(text: str) -> str:
    """The text with each direction that it switches and leaves open closed at its end."""
    waiting: list[str] = []
    for found in _BIDI.finditer(text):
        mark = found.group()
        if mark in _EMBEDDINGS:
            waiting.append(_POP_EMBEDDING)
        elif mark in _ISOLATES:
            waiting.append(_POP_ISOLATE)
        elif mark == _POP_EMBEDDING:
            # Ends an embedding only when that is the innermost: an isolate shields what is
            # around it (Unicode Bidirectional Algorithm, X7).
            if waiting and waiting[-1] == _POP_EMBEDDING:
                waiting.pop()
        elif _POP_ISOLATE in waiting:
            # Ends the innermost isolate with all embeddings opened within it (X6a).
            while waiting.pop() != _POP_ISOLATE:
                pass
    return text + "".join(reversed(waiting))


def is_written_from_the_right(language: str) -> bool:
    """True for a language, as a BCP 47 tag, whose pages and sheets begin at the right."""
    return language.partition("-")[0].lower() in _FROM_THE_RIGHT


def runs_right_to_left(text: str) -> bool:
    """True where the first letter with a direction of its own runs from right to left."""
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return False
    # Most texts never come here, so the table of Unicode is loaded only for those that do.
    from unicodedata import bidirectional

    for character in text:
        direction = bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
