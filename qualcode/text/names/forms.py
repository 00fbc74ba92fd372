"""The forms in which one person's name comes up: whole, turned round, with initials, in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from qualcode.text.names.wordlists import EVERYDAY, LETTERS_BEHIND, NOBODY, PARTICLES, TITLES
from qualcode.text.plain import plain_words

_NO_NAMES = NOBODY | PARTICLES | TITLES
_SHORTEST_HALF = 3
"""Letters of one half of a double name that is looked for alone."""

_ELIDED: Final = re.compile(r"(?:d|l|de|dell|dall|nell)['’](\w+)", re.IGNORECASE)
"""`D’Aubigné`, who is called Aubigné, too; not so `O’Brien`."""

_TOGETHER: Final = re.compile(r"[\u3400-\u9fff]{3,4}|[\uac00-\ud7af]{3,4}")
"""A whole name without blanks, of which two signs at the end are what somebody is called by."""

_ATTACHED: Final = (
    (re.compile(r"[\u0600-\u06ff]{3,}"), "وفبلك"),
    (re.compile(r"[\u05d0-\u05ea]{3,}"), "ובלהשכמ"),
)
"""Scripts in which words such as *and* and *to* stand in one word with a name, and these."""


def whole_forms(name: str) -> tuple[str, ...]:
    """A whole name in both orders and with initials; `Jones, Sarah` is read as it is meant.

    Of the surname, too, there may be no more than its first letter: `Sarah J.` A name of one word
    has that one form. Titles, and letters behind the name, are left out; what names nobody, as
    `Participant 7`, has no form.
    """
    given, family = _given_and_family(name)
    if not given:
        whole = " ".join(family)
        return (whole,) if _names_somebody(whole) else ()
    surname = " ".join(family)
    initials = [f"{word[0]}." for word in given]
    variants = (
        given,
        given[:1],
        [given[0], *initials[1:]],
        initials,
        initials[:1],
    )
    forms = chain.from_iterable(
        (f"{' '.join(variant)} {surname}", f"{surname}, {' '.join(variant)}")
        for variant in variants
    )
    by_forename = f"{given[0]} {family[-1][0]}."
    short = [by_forename] if len(_plain(given[0])) > 1 and _plain(family[-1][0]) else []
    return tuple(dict.fromkeys([*forms, *short]))


def parts(name: str) -> tuple[str, ...]:
    """The words of a name that name somebody alone: each given name, the surname, its halves."""
    given, family = _given_and_family(name)
    found = [*given, *([" ".join(family)] if family else []), *family]
    halves = chain.from_iterable(word.split("-") for word in found if " " not in word)
    wanted = chain(found, (half for half in halves if len(half) >= _SHORTEST_HALF))
    with_others = chain.from_iterable((part, *_as_called(part)) for part in wanted)
    return tuple(dict.fromkeys(part for part in with_others if _names_somebody(part)))


def _as_called(part: str) -> Iterator[str]:
    """How a part of a name is said in its language besides: without a particle, or behind one."""
    if (elided := _ELIDED.fullmatch(part)) and len(elided[1]) >= _SHORTEST_HALF:
        yield elided[1]
    if _TOGETHER.fullmatch(part):
        yield part[-2:]
        yield from (part[:2],) if len(part) > _SHORTEST_HALF else ()
    for script, attached in _ATTACHED:
        if script.fullmatch(part):
            yield from (f"{one}{part}" for one in attached)
            yield from (f"لل{part[2:]}",) if part.startswith("ال") else ()


def is_nobodys(name: str) -> bool:
    """True for what stands in the place of a name where there is none: nothing, `none`."""
    return not name.strip() or name.strip().casefold() in NOBODY


def name_kept(given: str | None, before: str) -> str:
    """The name that is given; what says that there is none takes nobody's name away."""
    return before if not given or (before and is_nobodys(given)) else given


def families(name: str) -> tuple[str, ...]:
    """Those who bear a surname together: `Okafors`, `Lynches`; none of a surname that is a word."""
    _, family = _given_and_family(name)
    surname = " ".join(family)
    if not _names_somebody(surname) or all(word in EVERYDAY for word in plain_words(surname)):
        return ()
    is_hissed = _plain(family[-1]).endswith(("s", "x", "z", "ch", "sh"))
    return (f"{surname}{'es' if is_hissed else 's'}",)


def _names_somebody(part: str) -> bool:
    words = plain_words(part)
    return sum(map(len, words)) > 1 and not all(word in _NO_NAMES for word in words)


def _given_and_family(name: str) -> tuple[list[str], list[str]]:
    before, comma, behind = name.partition(",")
    if comma and _bare(behind):
        return _bare(behind), _bare(before)
    words = _bare(before)
    if len("".join(map(_plain, words))) < 2:
        words = before.split()  # as in `Auntie A`: the title is all that tells who is meant
        return [], words
    if len(words) < 2:
        return [], words
    at = len(words) - 1
    while at > 1 and _plain(words[at - 1]) in PARTICLES:
        at -= 1
    return words[:at], words[at:]


def _bare(name: str) -> list[str]:
    """The words of a name without titles before it and letters behind it."""
    words = [word for word in name.split() if _plain(word)]
    while words and _plain(words[0]) in TITLES:
        words.pop(0)
    while len(words) > 1 and _plain(words[-1]) in LETTERS_BEHIND:
        words.pop()
    return words


def _plain(word: str) -> str:
    return "".join(plain_words(word))
