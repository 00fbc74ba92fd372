"""What changed between two exports in words: lines for the terminal, kind by kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from qualcode.cli import messages, output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qualcode.model.manifest import Changed, Changes, MadeOtherwise, NotCompared

_SPELT: Final[Mapping[str, str]] = {
    "rows": "--rows",
    "columns": "--columns",
    "cells": "--cells",
    "most": "--max-quotes",
    "only": "--where",
    "part": "--split",
    "audience": "--audience",
    "layout": "--layout",
}
"""Wishes as they are typed."""

_IN_WORDS: Final[Mapping[str, str]] = {"the team": "team", "the whole study": "all"}

_WITHHELD: Final = "words withdrawn"
_CHANGED: Final = "attribution changed"

_AROUND_WORDS: Final = 4
"""Words before and behind what differs: enough to find the passage by eye."""

_MOST_CHARACTERS: Final = 160
"""Of a changed quotation: two lines of a terminal."""


def told(
    changes: Changes, files: tuple[str, str], *, has_project: bool, most: int | None
) -> Iterator[str]:
    """The lines; of each kind at most so many, then how many there are besides.

    `files` are the names of the two. Without a project nobody knows what is gone and what was only
    left out.
    """
    if changes.other_project:
        yield "These are exports of two projects: they have not their name, or nothing, in common."
    yield from _made(changes.made, files)
    yield from _numbers(changes, files, has_project=has_project)
    yield from _withdrew(changes)
    for heading, lines in _kinds(changes):
        yield from _listed(heading, lines, most)
    for noun, kind, keys in (
        ("row", "new", changes.rows_new),
        ("row", "gone", changes.rows_gone),
        ("column", "new", changes.columns_new),
        ("column", "gone", changes.columns_gone),
    ):
        if keys:
            shown = keys if most is None else keys[:most]
            more = f" and {len(keys) - len(shown):,} more" if len(keys) > len(shown) else ""
            said = output.plain(", ".join(shown))
            yield f"{messages.count(len(keys), noun)} {kind}: {said}{more}"
    if not changes and not changes.left_out[1]:
        yield _nothing(changes)
    yield from (_missing(one, files) for one in changes.not_compared)


def _made(made: Sequence[MadeOtherwise], files: tuple[str, str]) -> Iterator[str]:
    """With which other wishes the second was made."""
    if made:
        said = ", ".join(
            f"{_wish(one.wish, one.now)} (before: {_value(one.before)})" for one in made
        )
        yield output.plain(f"{files[1]} was made with {said}.")


def _wish(name: str, value: str) -> str:
    if name == "coders":
        return messages.count(int(value), "coder") if value.isdecimal() else value
    if _value(value) == "all":
        return "all quotations" if name == "most" else "the whole study"
    return f"{_SPELT[name]} {_value(value)}"


def _value(value: str) -> str:
    return _IN_WORDS.get(value, value) or "all"


def _numbers(changes: Changes, files: tuple[str, str], *, has_project: bool) -> Iterator[str]:
    """How many quotations there were and are, and how many the wishes leave out."""
    if changes.quotations is not None and changes.quotations[0] != changes.quotations[1]:
        was, now_ = changes.quotations
        yield f"{messages.count(was, 'quotation')} before, {now_:,} now."
    before, now = changes.left_out
    if now:
        why = ", but not gone" if has_project else ": left out, or gone"
        yield f"{messages.count(now, 'quotation')} of {files[0]} not shown in {files[1]}{why}."
    if before:
        found = messages.count(before, "quotation")
        yield f"{found} of {files[1]} not shown in {files[0]}: left out there, or new."


def _withdrew(changes: Changes) -> Iterator[str]:
    """Who may leave in nothing now, and how many of the quotations gone are theirs."""
    if changes.withdrew:
        theirs = sum(1 for one in changes.gone if one.what)
        gone = f"; {messages.count(theirs, 'quotation')} of theirs gone" if theirs else ""
        yield output.plain(f"Withdrew since: {', '.join(changes.withdrew)}{gone}.")


def _kinds(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    """Each kind of change: its heading, and a line each."""
    kinds: Sequence[tuple[str, Sequence[Changed], Callable[[Changed], str]]] = (
        ("new", changes.new, _place),
        ("gone", changes.gone, _gone),
        ("under another code", changes.moved, lambda one: f"{one.locator}  {one.what}"),
        ("shown in other words", changes.reworded, _reworded),
    )
    for kind, those, line in kinds:
        yield f"{messages.count(len(those), 'quotation')} {kind}", list(map(line, those))
    noun = "quotation" if any(one.locator for one in changes.cited) else "case"
    heading = f"{messages.count(len(changes.cited), noun)} attributed otherwise"
    yield heading, list(_cited(changes.cited, noun))
    yield f"{messages.count(len(changes.cells), 'cell')} changed", list(map(_cell, changes.cells))


def _listed(heading: str, lines: Sequence[str], most: int | None) -> Iterator[str]:
    if not lines:
        return
    yield f"{heading}:"
    shown = lines if most is None else lines[:most]
    yield from (f"  {output.plain(line)}" for line in shown)
    if len(lines) > len(shown):
        yield f"  and {len(lines) - len(shown):,} more (--all lists them, --json holds them)"


def _place(one: Changed) -> str:
    return f"{one.locator}  {one.code}"


def _gone(one: Changed) -> str:
    return f"{_place(one)} ({one.what})" if one.what else _place(one)


def _cited(those: Iterable[Changed], noun: str) -> Iterator[str]:
    """How each was cited and is, once for each, with how many quotations it is about."""
    number = Counter((one.who or one.row, one.before, one.now) for one in those)
    for (who, before, now_), count in number.items():
        about = f", {messages.count(count, noun)}" if noun == "quotation" else ""
        yield (
            f"{who}: {before or _CHANGED} → {now_}{about}" if now_ else f"{who}: {_CHANGED}{about}"
        )


def _reworded(one: Changed) -> str:
    """The words before and now, as far as they are known and may be said."""
    if not one.now:
        return f"{_place(one)}: {_WITHHELD}" if one.before else _place(one)
    if not one.before:
        return f"{_place(one)}: {_WITHHELD} → “{_clipped(one.now.split())}”"
    before, now_ = _around(one.before.split(), one.now.split())
    return f"{_place(one)}: “{before}” → “{now_}”"


def _around(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """What differs of two wordings, with some of the words that both have before and behind it."""
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    first = min(len(old), len(new)) if same is None else same
    room = min(len(old), len(new)) - first
    last = 0
    while last < room and old[-1 - last] == new[-1 - last]:
        last += 1
    start, left = max(first - _AROUND_WORDS, 0), max(last - _AROUND_WORDS, 0)

    def piece(words: Sequence[str]) -> str:
        end = len(words) - left
        shown = _clipped(words[start:end])
        return f"{'… ' if start else ''}{shown}{' …' if left else ''}"

    return piece(old), piece(new)


def _clipped(words: Sequence[str]) -> str:
    text = " ".join(words)
    if len(text) <= _MOST_CHARACTERS:
        return text
    return f"{text[:_MOST_CHARACTERS].rsplit(' ', 1)[0]} …"


def _cell(one: Changed) -> str:
    kinds = (("new", one.came), ("gone", one.went))
    moved = "; ".join(f"{kind}: {', '.join(those)}" for kind, those in kinds if those)
    return f"{one.row}, {one.code}: {one.what}{f' ({moved})' if moved else ''}"


def _nothing(changes: Changes) -> str:
    """One sentence where nothing changed, or nothing of what both of them hold."""
    is_of_all = all(one.wish not in ("audience", "cells") for one in changes.made)
    if is_of_all and not changes.not_compared:
        return "Nothing changed."
    return f"Nothing changed in what both hold: {', '.join(changes.compared) or 'nothing'}."


def _missing(one: NotCompared, files: tuple[str, str]) -> str:
    """What was not compared, and why."""
    if one.because not in ("old", "new"):
        why = _UNLIKE[one.because]
    else:
        why = _LACKS[one.what].format(file=files[one.because == "new"])
    what = "quotations and their attributions" if one.what == "quotations" else one.what
    return f"{what} were not compared: {why}"


_UNLIKE: Final[Mapping[str, str]] = {
    "rows": "the rows are others",
    "columns": "the columns are others",
    "only": "they are of other parts of the study",
}
_LACKS: Final[Mapping[str, str]] = {
    "quotations": "{file} holds cells only",
    "attributions": "{file} does not say how anybody is cited",
    "cells": "{file} holds quotations only",
    "summaries": "{file} holds none",
}
"""Why something was not compared: what differs, or what one of the files has not."""
