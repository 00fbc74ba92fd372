"""How a line names its speaker: a label at its start, with a time before or after it.

A label is text before a colon, a bracketed name, or a name set apart from a time by blanks. Here
is only the grammar of one line; whether "Before:" is a person is judged over the whole file, in
`speakers`. Every pattern is bounded, so a line of any length costs the same.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from qualcode.readers.grammar import vocabulary
from qualcode.readers.grammar.clocks import (
    CLOCK,
    F4_MARK,
    RANGE,
    UNTIMED,
    Times,
    read_f4_mark,
    read_range,
)

LONGEST_LABEL, MOST_WORDS = 40, 5

# How far into a line the colon of a label or of its time can stand: two ranges of times, the
# label, and some markup.
REACH = 100

_BIDI = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_OPENS_DIRECTION = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


class Form(Enum):
    """What shows that the words are a label; in a timed form hardly anything else can be meant."""

    COLON = "label: words"
    TIMED = "label with a time of its own"
    BOXED = "[label] alone on a line"
    ALONE = "label alone on a line, in bold or with a time after it"
    NAME = "label alone on a line"
    LETTER = "Q. words"
    TABBED = "label, tab, words"


class Head(NamedTuple):
    """The start of a line that may name a speaker: `line[words_at:]` are the words.

    `time_characters` says how much of the head is times. `direction` holds marks that open a
    change of writing direction before the label: they belong to the words.
    """

    label: str
    form: Form
    words_at: int
    times: Times = UNTIMED
    time_characters: int = 0
    direction: str = ""


_BOXED_TIME = rf"\\?[\[(]\s?{RANGE}\s?\\*[\])]"
# Turns are sometimes numbered: `12. I: words`.
_NUMBER = r"(?:\d{1,4}[.)]\s+)?"
# In Markdown each turn may be the item of a list, its label in bold.
_LIST_ITEM = r"(?:[-+*•]\s{1,4}(?=\*\*|__))?"
_LABEL = rf"[^\W\d_][^:：;?!\n\"“”<>|*\[\]]{{0,{LONGEST_LABEL - 1}}}?"
_HEAD = re.compile(
    rf"""
    (?P<open>[{_BIDI}]*)
    (?:(?P<before>{_BOXED_TIME}|{F4_MARK}|\d\d?:\d\d:\d\d(?:[.,]\d{{1,3}})?)\s*)?
    {_NUMBER}{_LIST_ITEM}[*_]{{0,3}}[{_BIDI}]*
    (?P<box>\[)?(?P<label>{_LABEL})(?(box)\])[{_BIDI}]*[*_]{{0,3}}
    (?:
        (?:\s?(?P<beside>{_BOXED_TIME}))?\s?[*_]{{0,3}}[:：][*_]{{0,3}}
            (?:\s{{0,40}}(?P<behind>{_BOXED_TIME}|{F4_MARK}))?
      | \s?(?P<boxed>{_BOXED_TIME})(?=\s|$)
      | (?P<blanks>\s{{1,40}})(?P<apart>{CLOCK})$
    )[{_BIDI}]*
    """,
    re.VERBOSE,
)
# The head that nine lines in ten have, found in a fifth of the time: perhaps a time in brackets,
# a label, a colon.
_PLAIN_HEAD = re.compile(
    rf"(\[\d\d?:\d\d(?::\d\d)?\])?\s*{_NUMBER}"
    rf"([^\W\d_][\w .,'’&()/-]{{0,{LONGEST_LABEL - 1}}})[:：]\s++(?![\[(#\\*_])"
)
# After a colon without a blank: an address, a path, the minutes of a time of day.
_NO_WORDS = re.compile(r"//|\\|(?<=[:：])\d")
# `(CARETAKER): words`, as archives write somebody who only passes by.
_ROUND = re.compile(
    rf"\((?P<label>[^\W\d_][^:：;?!\n\"“”<>|*\[\]()]{{0,{LONGEST_LABEL - 1}}})\)\s?[:：]\s*"
)
_BOXED = re.compile(rf"\[(?P<label>[^\W_][^\[\]:：\n]{{0,{LONGEST_LABEL - 1}}})\]$")
_BOLD = re.compile(rf"(\*\*|__)(?P<label>{_LABEL})\1$")
_NAME_LINE = re.compile(rf"{_LABEL}(?<![.,…])")
_LETTER = re.compile(r"([QA]\.(?=\s)|[QA](?=\s\s))\s+")
_TABBED = re.compile(r"([A-Z][\w .'’-]{0,24}?)\t\s*(?=\S)")

# One letter, letters and a number, or the word for a part with or without a number.
_ROLE = re.compile(
    r"[A-Z]|[A-Za-z]{1,3}[-_.\s]?\d{1,3}|INT|INV"
    rf"|(?i:{'|'.join(map(re.escape, sorted(vocabulary.ROLES)))})(?:[\s_-]*(?:\d{{1,5}}|[A-Z]))?"
)


def find_plain_head(line: str, colon: int) -> Head | None:
    """The head of a line that opens as nine in ten do, with `P01: ` and a letter, or None.

    `colon` is where its first one stands. Many lines open alike, so the opening is looked at once.
    """
    words_at = colon + 2
    if colon > LONGEST_LABEL or line[colon + 1 : words_at] != " ":
        return None
    if not line[words_at : words_at + 1].isalnum():
        return None
    opening = line[:words_at]
    head = _heads.get(opening)
    if head is None:
        head = _plain_head(opening)
        if head is not None:
            if len(_heads) == _MOST_HEADS:
                _heads.clear()
            _heads[opening] = head
    return head


def find_head(line: str) -> Head | None:
    """The head of a stripped line with a colon near its start, or None."""
    plain = _PLAIN_HEAD.match(line)
    if plain:
        time = plain[1]
        label = _read_label(plain[2])
        if label is None:
            return None
        if time is None:
            return Head(label, Form.COLON, plain.end())
        return Head(label, Form.COLON, plain.end(), read_range(time), len(time))
    match = _HEAD.match(line)
    if match is None:
        return _find_round_head(line)
    label = _read_label(match["label"])
    stated = [match[name] for name in ("before", "beside", "behind", "boxed", "apart")]
    end = match.end()
    timed = any(stated[1:])
    if label is None or (not timed and _NO_WORDS.match(line, end)):
        return None
    if match["boxed"] and line[end:].strip() and not _stands_out(match):
        return None
    form = Form.TIMED if timed else Form.COLON
    if match["blanks"] == " ":  # `Anna 10:02` is a label where it comes back; `on Monday 10:02` not
        form = Form.ALONE
    return Head(
        label,
        form,
        end + _blanks(line, end),
        _times(stated),
        sum(len(time) for time in stated if time),
        "".join(mark for mark in match["open"] if mark in _OPENS_DIRECTION),
    )


def _find_round_head(line: str) -> Head | None:
    match = _ROUND.match(line)
    if match is None or _NO_WORDS.match(line, match.end()):
        return None
    label = _read_label(match["label"])
    return Head(label, Form.COLON, match.end()) if label else None


def find_bare_head(line: str, *, bold: bool = False) -> Head | None:
    """A label without colon: `[Name]` or a bold name alone on a line, `Q. words`, or None.

    `bold` is true where formatting, not asterisks, makes the line bold.
    """
    for pattern, form in ((_BOLD, Form.ALONE), (_BOXED, Form.BOXED)):
        match = pattern.match(f"**{line}**" if bold and form is Form.ALONE else line)
        if match:
            label = _read_label(match["label"])
            return Head(label, form, len(line)) if label else None
    letter, tabbed = _LETTER.match(line), _TABBED.match(line)
    if letter:
        return Head(letter[1], Form.LETTER, letter.end())
    return Head(tidy(tabbed[1]), Form.TABBED, tabbed.end()) if tabbed else None


def find_name_line(line: str, *, times: Times | None = None) -> Head | None:
    """A line that is nothing but a name; `times` are those of a time line above it."""
    label = _read_label(line) if _NAME_LINE.fullmatch(line) else None
    if label is None:
        return None
    return Head(label, Form.TIMED if times else Form.NAME, len(line), times or Times())


def tidy(label: str) -> str:
    """A label as it is stored: trimmed, blanks collapsed, in NFC; case and spelling are kept."""
    return normalize("NFC", " ".join(label.split()))


def is_role(label: str) -> bool:
    """True for `I`, `P01`, `Speaker 0`, `Befragte`: names of a part in an interview."""
    return _ROLE.fullmatch(label) is not None


def is_name_like(label: str) -> bool:
    """True where no word of a label begins with a small letter, but for `von` and in brackets."""
    for word in _BRACKETED.sub("", label).split():
        if word.lstrip("'’\"-")[:1].islower() and word.rstrip(".") not in vocabulary.PARTICLES:
            return False
    return True


_BRACKETED = re.compile(r"\([^()]*\)?")

_heads: dict[str, Head] = {}
"""By the opening of a line its head: the same few labels come back in every line of a transcript.

Only what can be a label is kept, never how a sentence begins.
"""

_MOST_HEADS = 512


def _plain_head(opening: str) -> Head | None:
    """The head in the opening of a line up to the letter or digit of its first word, or None.

    Only where it is nothing but a label, its colon and a blank.
    """
    plain = _PLAIN_HEAD.fullmatch(opening)
    label = _read_label(plain[2]) if plain and plain[1] is None else None
    return None if label is None else Head(label, Form.COLON, len(opening))


def _read_label(text: str) -> str | None:
    """The label in the words before a colon, or None where they cannot be one."""
    if len(text.split()) > MOST_WORDS:  # a sentence, and not to be kept
        return None
    return _short_label(text)


@lru_cache(maxsize=512)
def _short_label(text: str) -> str | None:
    label = tidy(text)
    if len(label) > LONGEST_LABEL:
        return None
    if label.casefold() in vocabulary.NO_SPEAKERS or label.startswith(("http", "www.")):
        return None
    if not any(character.isalpha() for character in label):
        return None
    return label


def _stands_out(match: re.Match[str]) -> bool:
    """A name before a bracketed time and words: in brackets, bold, or the time in `[...]`."""
    return bool(match["box"] or "*" in match[0] or match["boxed"].lstrip("\\").startswith("["))


def _times(stated: list[str | None]) -> Times:
    for time in stated:
        if time:
            return Times(read_f4_mark(time)) if time[0] == "#" else read_range(time)
    return Times()


def _blanks(line: str, start: int) -> int:
    return len(line) - start - len(line[start:].lstrip())
