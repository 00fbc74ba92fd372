"""One mask for one name: what stands beside it and belongs to it goes with it.

A name is found in parts where somebody is called by more than the study knows of them: a middle
name, a nickname in quotation marks, a married name behind a hyphen. Shown beside the mask these
would tell who it is, and two masks for one person read as two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from qualcode.model.consent import Edit
from qualcode.model.spans import Span
from qualcode.text.names.wordlists import GRAMMAR

_MOST_BETWEEN: Final = 2
"""Words between two parts of one name."""

_A_CODE: Final = re.compile(r"\[\w+\]")
"""What is shown for one person: a code, or a pseudonym of one word; not `[name]` alone."""

_NOBODYS: Final = frozenset({"[name]", "[place]", "[organisation]", "[postcode]"})
_HYPHENS: Final = ("-", "‐", "‑")
_QUOTES: Final = "\"'“”‘’()"
_NEVER_A_NAME: Final = GRAMMAR | {"the", "and"}
_PREFIXES: Final = frozenset({"non", "anti", "pre", "ex", "pro", "post", "mid", "half"})
"""What stands before a name with a hyphen, and is no part of it: `Non-Okafor`."""

_AN_INITIAL: Final = re.compile(r"(?:^|[\s.])[^\W\d_]$")
_MARRIED_BEHIND: Final = re.compile(r"[-‐‑][^\W\d_]+")
_MARRIED_BEFORE: Final = re.compile(r"[^\W\d_]+[-‐‑]$")


def whole_masks(edits: Iterable[Edit], text: str) -> tuple[Edit, ...]:
    """Edits of a text, in order and none overlapping, each with all that belongs to its name."""
    return tuple(_with_ends(list(_joined(edits, text)), text))


def _joined(edits: Iterable[Edit], text: str) -> Iterator[Edit]:
    """Edits with those as one that stand side by side and show the same."""
    waiting: Edit | None = None
    for edit in edits:
        if waiting is None:
            waiting = edit
        elif waiting.shown == edit.shown and _are_one(waiting, edit, text):
            waiting = Edit(Span(waiting.span.start, edit.span.end), edit.shown)
        else:
            yield waiting
            waiting = edit
    if waiting is not None:
        yield waiting


def _are_one(one: Edit, two: Edit, text: str) -> bool:
    between = text[one.span.end : two.span.start]
    if between in " -":
        return True
    words = between.split()
    is_apart = between.startswith(" ") and between.endswith(" ") and "\n" not in between
    return (
        _is_a_person(one)
        and is_apart
        and len(words) <= _MOST_BETWEEN
        and all(_may_be_a_name(word) for word in words)
    )


def _may_be_a_name(word: str) -> bool:
    bare = word.strip(_QUOTES)
    bare = bare[:-1] if len(bare) == 2 and bare.endswith(".") else bare
    is_name = bare[:1].isupper() and bare.replace("-", "").isalpha()
    return is_name and bare.lower() not in _NEVER_A_NAME


def _with_ends(edits: list[Edit], text: str) -> Iterator[Edit]:
    """Each edit with the stop of its initial and with the other half of a double name."""
    for at, edit in enumerate(edits):
        low = edits[at - 1].span.end if at else 0
        high = edits[at + 1].span.start if at + 1 < len(edits) else len(text)
        start, end = edit.span.start, edit.span.end
        is_joined = text[start - 1 : start] in _HYPHENS or text[end : end + 1] in _HYPHENS
        if is_joined and (_is_a_person(edit) or edit.shown == "[name]"):
            before = _MARRIED_BEFORE.search(text, max(low, start - 40), start)
            is_half = before is not None and before[0][:-1].lower() not in _PREFIXES
            if before is not None and is_half and before[0][0].isupper():
                start = before.start()
            behind = _MARRIED_BEHIND.match(text, end, high)
            if behind is not None and behind[0][1].isupper():
                end = behind.end()
        if _AN_INITIAL.search(text[start:end]) and _goes_on(text, end) and end < high:
            end += 1
        yield (
            edit
            if (start, end) == (edit.span.start, edit.span.end)
            else Edit(Span(start, end), edit.shown)
        )


def _goes_on(text: str, end: int) -> bool:
    """True for the full stop of a short form, behind which the sentence goes on."""
    if text[end : end + 1] != ".":
        return False
    behind = text[end + 1 : end + 3].lstrip(" ")
    return text[end + 1 : end + 2] == "," or behind[:1].islower()


def _is_a_person(edit: Edit) -> bool:
    return _A_CODE.fullmatch(edit.shown) is not None and edit.shown not in _NOBODYS
