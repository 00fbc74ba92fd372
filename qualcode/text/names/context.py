"""What the words around a form say: whether it is a name there, a word, a month or a place.

A title of courtesy makes a name of whatever stands behind it. Of what is a name and a word both,
the small form is the word, and so is a verb with which a question begins: `Will the grants come`.
Several words together are the name in any case, as `grace-young` in the name of a file is.
"""

from __future__ import annotations

import re
from typing import Final

from qualcode.text.names.wordlists import GRAMMAR, IN_SMALL_LETTERS, MONTHS, TITLES

_AS_GOOD_AS_A_WORD: Final = 2
"""Letters of a word so short that its small form is rather a word than a name."""

_OPENS: Final = " \t\n\r\"'“”‘’([{<–—-*_"
_SENTENCE_ENDS: Final = re.compile(r"[.?!:…‽。？！]['\"’”)\]]*$")
_TITLE_BEFORE: Final = re.compile(r"([a-z]+)\.?[ \n]{1,2}$")
_DAY_BEFORE: Final = re.compile(r"\d(?:st|nd|rd|th)?(?: of)?[ -]$")
_YEAR_OR_DAY_BEHIND: Final = re.compile(r",?[ -]\d")
_JOINS: Final = re.compile(r"[-_.,]")
"""What stands between two words of a name, and seldom between two that are none."""

_OWN: Final = re.compile(r"'s?(?![a-z])")

_ASKING: Final = frozenset({"can", "did", "has", "hope", "may", "was", "will", "wish"})
"""Verbs that are names, and with which a sentence begins."""

_SUBJECT_BEHIND: Final = re.compile(
    r" (?:the|a|an|this|that|these|those|there|i|you|he|she|it|we|they|my|your|his|her|its|our|"
    r"their|any|anyone|anybody|anything|everyone|everybody|people|all|not)(?![a-z'])"
)
"""What a sentence goes on with whose verb stands first."""


_GOES_ON: Final = re.compile(r"[a-z\x80-\U0010ffff,;'] {0,2}$|-$")
"""What stands before a word within a sentence. A file has more signs than a transcript before one:
what begins a sentence in the words has to begin it there, too."""


def begins_a_sentence(text: str, start: int) -> bool:
    """True where a sentence, a line or the words of a speaker begin at `start`."""
    before = text[max(0, start - 12) : start].rstrip(_OPENS)
    at = start - 1
    while at >= 0 and text[at] in _OPENS:
        if text[at] in "\n\r":
            return True
        at -= 1
    return at < 0 or _SENTENCE_ENDS.search(before) is not None


def has_title_before(plain: str, start: int) -> bool:
    """True behind `Mrs` and the like; `plain` is a text in plain spelling, here and below."""
    before = _TITLE_BEFORE.search(plain, max(0, start - 15), start)
    return before is not None and before[1] in TITLES


def is_a_date(words: tuple[str, ...], plain: str, start: int, end: int) -> bool:
    """True for a month beside a number, whoever is called so."""
    if len(words) > 1 or words[0] not in MONTHS:
        return False
    before = _DAY_BEFORE.search(plain, max(0, start - 8), start)
    return before is not None or _YEAR_OR_DAY_BEHIND.match(plain, end) is not None


def is_the_word(words: tuple[str, ...], written: str, plain: str, start: int, end: int) -> bool:
    """True where a name that is an everyday word is that word; behind a title it never is."""
    if len(words) > 1:
        is_spoken = written.islower() and not _JOINS.search(written)
        return is_spoken and all(
            word in GRAMMAR or len(word) <= _AS_GOOD_AS_A_WORD for word in words
        )
    if words[0] not in IN_SMALL_LETTERS and len(words[0]) > _AS_GOOD_AS_A_WORD:
        return False
    if written.islower():
        return True
    return (
        words[0] in _ASKING
        and _SUBJECT_BEHIND.match(plain, end) is not None
        and not _GOES_ON.search(plain, max(0, start - 4), start)
    )


def may_be_a_place(plain: str, start: int, end: int) -> bool:
    """False behind a title, and for what is somebody's own: `Pendle's story` is a person's."""
    return not has_title_before(plain, start) and _OWN.match(plain, end) is None
