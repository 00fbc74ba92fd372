"""Which names of organisations are of one: the article and the form in law make no other."""

from __future__ import annotations

import re
from typing import Final

from qualcode.text.plain import plain_words

_NO_PART: Final = re.compile(
    r"\b(?:the|of|and|for|at|in|ltd|limited|plc|llp|inc|cic|c i c|cio|c i o"
    r"|community interest company|charitable incorporated organisation)\b"
)
"""What may stand with an organisation's name or be left out: it is the same one."""


def bare_organisation(organisation: str) -> tuple[str, ...]:
    """The words of an organisation's name without article and form in law, as they stand."""
    words = plain_words(organisation)
    return tuple(_NO_PART.sub(" ", " ".join(words)).split()) or words


def organisation_words(organisation: str) -> tuple[str, ...]:
    """What tells one organisation from another, in whatever order it is written.

    The same of `The Hall & Barn Trust Ltd` and of `Hall and Barn Trust`.
    """
    return tuple(sorted(set(bare_organisation(organisation))))
