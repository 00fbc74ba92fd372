"""The account of one reading: each character of the source is kept, or dropped under a kind.

A reader enters every piece where it consumes it. There is no "all the rest": what a reader forgot
to enter makes the two sums of a LossReport fail, and a test says so. Markup alone is what is left
where a parser does not say how long its tags are; then the words are counted by another parser in
the tests.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from unicodedata import is_normalized, normalize

from qualcode.model.transcript import ReadingWarning, SetAside

if TYPE_CHECKING:
    from qualcode.readers.ground.decoding import Decoded

# Kinds of what does not reach the text. They are shown to people and kept stable for scripts.
SPACE = "blanks and line breaks"
LABEL = "speaker labels"
TIME = "times"
MARKUP = "markup"
COMPOSED = "accents composed (NFC)"
FRONT_MATTER = "front matter"
HEADING = "headings"
NOTICE = "notices"
EMPTY = "turns without words"
CUE_ID = "cue identifiers"
CUE_SETTING = "cue settings"
NOTE = "notes and styles"
UNSEEN = "words that are not shown"
LINE_NUMBER = "line and page numbers"
PAGE_HEAD = "page headers and footers"
REPEATED = "lines printed twice at a page break"
TABLE_HEAD = "table headings"
OTHER_COLUMN = "other table columns"
OTHER_TIER = "other tiers"
BYTE_ORDER_MARK = "byte order marks"
NUL = "NUL characters"


# So many sentences of one kind are enough to see what is wrong.
MOST_WARNINGS = 50


class Ledger:
    """Counts of characters read, kept, added and dropped, with what was set aside and warned of.

    It guards one thing: that a piece of the source is entered in one step with what became of it.
    `composed` is said by a reader that takes words as the source has them, of a source in which NFC
    changes nothing: then they need not be looked at one by one.
    """

    def __init__(self, *, composed: bool = False) -> None:
        self.composed = composed
        self.units = 0
        self.read = 0
        self.kept = 0
        self.added = 0
        self.dropped: defaultdict[str, int] = defaultdict(int)
        self.set_aside: list[SetAside] = []
        self._warnings: defaultdict[str, list[ReadingWarning]] = defaultdict(list)

    @classmethod
    def of_text(cls, decoded: Decoded, *, composed: bool = False) -> Ledger:
        """The account of a text file, begun with what decoding took out and said."""
        ledger = cls(composed=composed)
        ledger.read = decoded.characters
        ledger.dropped.update(decoded.dropped)
        for warning in decoded.warnings:
            ledger.warn(warning.code, warning.message, warning.line)
        return ledger

    def keep(self, words: str) -> str:
        """Enter words of one unit as kept; returns them in NFC, as the text will hold them."""
        self.kept += len(words)
        if self.composed or words.isascii() or is_normalized("NFC", words):
            return words
        composed = normalize("NFC", words)
        more = len(composed) - len(words)
        if more < 0:
            self.kept += more
            self.dropped[COMPOSED] -= more
        else:
            self.added += more
        return composed

    def turns(self, count: int, labels: int, kept: int) -> None:
        """Enter units that are a label and words: characters of all labels, and of words kept.

        All at once, as one by one they are a fortieth of an import.
        """
        self.units += count
        self.drop(LABEL, labels)
        self.kept += kept

    def keep_all(self, units: list[str]) -> list[str]:
        """As `keep`, of many units at once, whose lines are parted by newlines that are ours."""
        whole = "\n".join(units)
        breaks = whole.count("\n")
        self.added += breaks - max(len(units) - 1, 0)
        if self.composed or whole.isascii() or is_normalized("NFC", whole):
            self.kept += len(whole) - breaks
            return units
        return ["\n".join(map(self.keep, unit.split("\n"))) for unit in units]

    def drop(self, kind: str, count: int) -> None:
        """Enter characters that do not reach the text."""
        if count:
            self.dropped[kind] += count

    def put_aside(self, kind: str, text: str, line: int, *, characters: int = -1) -> None:
        """Enter a whole unit that is not speech; it can be looked at in the report.

        `characters` is given where `text` is not what the source has, but cells set in one line.
        """
        self.units += 1
        self.drop(kind, len(text) if characters < 0 else characters)
        self.set_aside.append(SetAside(kind=kind, text=text, line=line))

    def warn(self, code: str, message: str, line: int | None = None) -> None:
        """Say something odd; never with words of the interview or a name."""
        self._warnings[code].append(ReadingWarning(code=code, message=message, line=line))

    def warnings(self) -> list[ReadingWarning]:
        """What was warned of, in the order of the source; of many of one kind the first ones."""
        found: list[ReadingWarning] = []
        for code, warnings in self._warnings.items():
            found.extend(warnings[:MOST_WARNINGS])
            more = len(warnings) - MOST_WARNINGS
            if more > 0:
                found.append(ReadingWarning(code=code, message=f"and {more} more of this kind"))
        return sorted(found, key=lambda warning: warning.line or 0)
