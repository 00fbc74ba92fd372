"""Regular expressions that a person may search with: those that come to an end.

The engine of the standard library tries every way to match, of which `(a+)+` has more than there
are seconds, and nothing below the keyboard can stop it. So a pattern is read before it is used,
and refused where one text can be matched in too many ways: a repeated group with nothing that
parts one repetition from the next, as in `(\\w+\\s?)*` and not in `(\\w+\\s)*`; more than two
open-ended pieces such as `.*`; one of them at the very beginning. What is left costs at the worst
the cube of a window of text (`WINDOW_CHARACTERS`), and as a rule runs along it once.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from qualcode.model.spans import Span

WINDOW_CHARACTERS = 4000
"""Places at which a match may begin in one go; few turns are longer."""

REACH_CHARACTERS = 1000
"""How far a match may reach beyond the window in which it begins."""

MOST_OPEN_ENDED = 2
"""Open-ended pieces that one pattern may hold."""

OPEN_ENDED_CHARACTERS = 200
"""A piece that may run over words and reach this far counts as open-ended."""

_TOKEN = re.compile(
    r"""(?P<remark>\(\?(?:\#[^)]*|P=\w+|[a-zA-Z]+)\))
      | (?P<open>\((?:\?(?:P<\w+>|<[=!]|[=!>:]|\(\w+\)|[a-zA-Z-]+:))?)
      | (?P<close>\))
      | (?P<branch>\|)
      | (?P<repeat>(?P<how>[*+?]|\{(?:\d+,?\d*|,\d*)\})[?+]?)
      | (?P<assertion>[\^$]|\\[bBAZ])
      | (?P<atom>\\N\{[^}]*\}|\\[0-7]{3}|\\x..|\\u.{4}|\\U.{8}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_BRANCHES = re.compile(r"[\w '’-]+(?:\|[\w '’-]+)+")
_PROBES = "".join(map(chr, range(0x20, 0x7F))) + "\n\té’"


@dataclass
class _Piece:
    """A character or a set of them, and how often it may follow itself; None is without end."""

    source: str
    least: int = 1
    most: int | None = 1

    @property
    def varies(self) -> bool:
        return self.least != self.most


@dataclass
class _Group:
    """What stands between two brackets: its pieces in order, and what is not as plain as that."""

    begins: int
    body: str = ""
    pieces: list[_Piece] = field(default_factory=list)
    has_branches: bool = False
    has_varying_group: bool = False

    @property
    def varies(self) -> bool:
        return (
            self.has_branches
            or self.has_varying_group
            or any(piece.varies for piece in self.pieces)
        )


def compile_pattern(source: str) -> re.Pattern[str] | str:
    """The compiled pattern, blind to case, or a sentence that says why it is not used."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about sets that a later Python may read otherwise
            pattern = re.compile(source, re.IGNORECASE | re.MULTILINE)
    except re.error as error:
        place = "" if error.pos is None else f" at its character {error.pos + 1}"
        return f"the regular expression cannot be read{place}: {error.msg}"
    except (OverflowError, RecursionError):
        return "the regular expression is too large"
    return _problem(source) or pattern


def matches(pattern: re.Pattern[str], text: str, within: Span) -> Iterator[Span]:
    """Every place of the pattern in one stretch of text, in order; none empty, none overlapping."""
    at = within.start
    while at < within.end:
        following = at + WINDOW_CHARACTERS
        reach = min(following + REACH_CHARACTERS, within.end)
        for found in pattern.finditer(text, at, reach):
            if found.start() >= at + WINDOW_CHARACTERS:
                break
            # What ends where the window ends may end there for no other reason.
            is_cut = found.end() == reach < within.end
            whole = pattern.match(text, found.start(), within.end) if is_cut else found
            if whole and whole.end() > whole.start():
                yield Span(*whole.span())
                following = max(following, whole.end())
        at = following


def _problem(source: str) -> str | None:
    """Why a valid pattern may not come to an end, or None."""
    groups = [_Group(0)]
    first: _Piece | None = None
    last: _Piece | None = None
    last_group: _Group | None = None
    open_ended = 0
    for token in _TOKEN.finditer(source):
        kind, group = token.lastgroup, groups[-1]
        if kind == "open":
            groups.append(_Group(token.end()))
        elif kind == "close":
            last, last_group = None, groups.pop()
            last_group.body = source[last_group.begins : token.start()]
            groups[-1].has_varying_group |= last_group.varies
        elif kind == "branch":
            group.has_branches = True
        elif kind == "atom":
            last, last_group = _Piece(token[0]), None
            first = first or last
            group.pieces.append(last)
        elif kind == "repeat" and last_group is not None:
            least, most = _how_often(token["how"])
            if most != 1 and not _is_parted(last_group):
                return "nothing in its repeated group parts one repetition from the next"
            group.has_varying_group |= least != most
            open_ended += most is None
        elif kind == "repeat" and last is not None:
            last.least, last.most = _how_often(token["how"])
            before = group.pieces[-2] if group.pieces[1:] else None
            if before and before.most is None and last.most is None:
                open_ended += not _are_disjoint(before.source, last.source, source)
            if _is_open_ended(last):
                open_ended += 1
                if last is first:
                    return f"it begins with {last.source}{token[0]}, which matches anywhere"
    if open_ended > MOST_OPEN_ENDED:
        return f"more than {MOST_OPEN_ENDED} of its pieces match any number of words"
    return None


def _how_often(how: str) -> tuple[int, int | None]:
    """The least and the most that a quantifier allows."""
    if how in "*+?":
        return (1 if how == "+" else 0), (1 if how == "?" else None)
    least, comma, most = how[1:-1].partition(",")
    return int(least or 0), int(most) if most else (None if comma else int(least))


def _is_open_ended(piece: _Piece) -> bool:
    """True where the piece may run from word to word, far."""
    far = piece.most is None or piece.most >= OPEN_ENDED_CHARACTERS
    return far and {"e", " "} <= _matched(piece.source, "e ")


def _is_parted(group: _Group) -> bool:
    """True where a text can be cut into repetitions of the group in one way only."""
    if not group.varies:
        return True
    if group.has_varying_group:
        return False
    if group.has_branches:
        branches = sorted(group.body.casefold().split("|"))
        pairs = pairwise(branches)
        plain = _PLAIN_BRANCHES.fullmatch(group.body) is not None
        return plain and not any(longer.startswith(shorter) for shorter, longer in pairs)
    around = zip(group.pieces, group.pieces[1:] + group.pieces[:1], strict=True)
    return all(piece.least > 0 for piece in group.pieces) and all(
        not (one.varies or other.varies) or _are_disjoint(one.source, other.source, group.body)
        for one, other in around
    )


def _are_disjoint(one: str, other: str, body: str) -> bool:
    probes = _PROBES + body
    return not _matched(one, probes) & _matched(other, probes)


def _matched(atom: str, probes: str) -> set[str]:
    """Those of the characters that one piece of a pattern matches."""
    try:
        pattern = re.compile(atom, re.IGNORECASE)
    except re.error:  # a reference to a group, which may hold anything
        return set(probes)
    return {char for char in probes if pattern.fullmatch(char)}
