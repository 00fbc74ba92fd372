"""What was typed with a name and is none of it: titles of courtesy before it, letters behind it.

People are cited without them, so that one person is not a councillor in one footnote and nothing
in the next; what matters of an office is a role. What may be somebody's name stays: `Nana` and
`Sheikh` are forenames, too, and `Ma` is no degree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qualcode.text.names.wordlists import GENERATIONS, LETTERS_BEHIND, NAMES_TOO, TITLES
from qualcode.text.plain import plain_words

_BEFORE: Final = TITLES - NAMES_TOO
_BEHIND: Final = LETTERS_BEHIND - GENERATIONS

_SURE: Final = 3
"""Letters from which it does not matter how they are written: `obe`; but `MA`, and never `Ma`."""

_CAPITALS: Final = 2
_A_WHOLE_NAME: Final = 2
"""Words that stay before two letters, where no comma says what is the surname: `Jun BA`."""


def part_honours(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without its honours, and these in order: `Dr Jane Marsh OBE` is `Jane Marsh`.

    A comma between surname and forename stays, and a name is never left without a word.
    """
    before, _, after = name.partition(",")
    titles, forename, letters = _parted(after.replace(",", " ").split(), least=0, before_two=0)
    others, surname, behind = _parted(
        before.split(), least=1, before_two=1 if forename else _A_WHOLE_NAME
    )
    honours = (*others, *behind, *titles, *letters)
    if not honours:
        return name, ()
    return ", ".join(" ".join(part) for part in (surname, forename) if part), honours


def _parted(
    words: Sequence[str], *, least: int, before_two: int
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Titles, name and letters of some words, of which so many stay."""
    first, last = 0, len(words)
    while last - first > least and _plain(words[first]) in _BEFORE:
        first += 1
    while last - first > least and _is_letters(words[last - 1]):
        if len(_plain(words[last - 1])) < _SURE and last - first <= before_two:
            break
        last -= 1
    return words[:first], words[first:last], words[last:]


def _is_letters(word: str) -> bool:
    sure = len(_plain(word)) >= _SURE or sum(sign.isupper() for sign in word) >= _CAPITALS
    return sure and _plain(word) in _BEHIND


def _plain(word: str) -> str:
    return "".join(plain_words(word))
