"""codebook.yaml as a tree of what was written, each node with its line and its place in the text.

The YAML library gives the grammar; what a node means is decided in `loading.py`. Scalars stay the
text they were written as, so `key: n` is the letter n and not a no, and `version: 1.10` keeps its
nought. References, tags and second documents have no use here and are refused, which also keeps
out the bombs that are made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from qualcode.errors import CodebookFieldError, CodebookSyntaxError

if TYPE_CHECKING:
    from ruamel.yaml.events import (
        CollectionEndEvent,
        CollectionStartEvent,
        Event,
        ScalarEvent,
    )

LARGEST_CHARACTERS = 1_000_000
"""Some ten thousand codes; reading them takes two seconds."""

DEEPEST = 40
"""Levels of lists and mappings; each level of codes takes two."""

BYTE_ORDER_MARK = "\ufeff"

_COLON = re.compile(r"\s*:")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

# What the library says, as far as people meet it, in other words.
_PROBLEMS = (
    (
        "mapping values are not allowed",
        "a colon too many; text that holds one needs quotation marks",
    ),
    ("could not find expected ':'", "a line without a colon"),
    ("character '\\t'", "a tab, where only blanks may indent"),
    ("cannot start any token", "a sign that begins no text; put the text in quotation marks"),
    ("unexpected end of stream", "a quotation mark that is never closed"),
    ("expected ',' or ']'", "a list in brackets that is never closed"),
    ("expected ',' or '}'", "a brace that is never closed"),
    ("<block end>", "an indentation that does not fit the lines above"),
    ("sequence entries are not allowed", "a dash where no list can begin"),
    ("expected alphabetic or numeric", "a * or & that begins no name; use quotation marks"),
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One piece of text. `style` is the sign that opens it: `"`, `'`, `|`, `>`, or none."""

    text: str
    style: str
    line: int
    start: int
    end: int

    @property
    def is_null(self) -> bool:
        """True for nothing at all, `~` and `null`."""
        return not self.style and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `in_brackets` if it is written `[a, b]`."""

    items: tuple[Node, ...]
    in_brackets: bool
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields with their values, doubled ones too; `in_brackets` if it is written `{a: b}`."""

    pairs: tuple[tuple[Scalar, Node], ...]
    in_brackets: bool
    line: int
    start: int
    end: int

    def get(self, field: str) -> tuple[Scalar, Node] | None:
        """The first pair of this name."""
        return next((pair for pair in self.pairs if pair[0].text == field), None)


Node = Scalar | Listing | Mapping
"""`text[node.start:node.end]` is what was written, without the blanks and comments after it."""


@lru_cache(maxsize=4)  # an edit reads the texts before and after it several times, at 25 ms each
def read_tree(text: str, *, where: str) -> Node | None:
    """The tree of a text that begins with no byte order mark; None where nothing is written.

    Raises CodebookSyntaxError or CodebookFieldError at the first thing that is not a tree.
    """
    if len(text) > LARGEST_CHARACTERS:
        problem = f"it is longer than {LARGEST_CHARACTERS:,} characters"
        raise CodebookFieldError(problem, where=where, mend="Is this the right file?")
    from ruamel.yaml import YAML  # 20 ms to load
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        return _build(YAML(typ="safe", pure=True).parse(text), text, where)
    except MarkedYAMLError as error:
        problem = _in_other_words(str(error.problem or error.context))
        # What is never closed is noticed at the end of the file and to be mended at its beginning.
        marks = (error.context_mark, error.problem_mark)
        mark = next(filter(None, marks if "never closed" in problem else reversed(marks)), None)
        line = mark.line + 1 if mark else 1
        raise CodebookSyntaxError(problem, where=f"{where}:{line}") from error
    except ReaderError as error:
        line = 1 + text.count("\n", 0, error.position)
        raise CodebookSyntaxError("a control character", where=f"{where}:{line}") from error


def _in_other_words(problem: str) -> str:
    return next((words for sign, words in _PROBLEMS if sign in problem), problem)


@dataclass(slots=True)
class _Open:
    """A list or a mapping that is not read to its end; of a mapping, keys and values by turns."""

    event: CollectionStartEvent
    nodes: list[Node]


def _build(events: Iterator[Event], text: str, where: str) -> Node | None:
    """The parser's events put together, without recursion and no deeper than `DEEPEST`."""
    from ruamel.yaml import events as kinds

    stack: list[_Open] = []
    root: Node | None = None
    for event in events:
        _refuse(event, where, has_root=root is not None)
        if isinstance(event, kinds.CollectionStartEvent):
            stack.append(_Open(event, []))
            if len(stack) > DEEPEST:
                line = event.start_mark.line + 1
                raise CodebookSyntaxError("levels without end", where=f"{where}:{line}")
            continue
        if isinstance(event, kinds.ScalarEvent):
            node: Node = _scalar(event, stack, text)
        elif isinstance(event, kinds.CollectionEndEvent):
            node = _close(stack.pop(), event, where)
        else:
            continue
        if stack:
            stack[-1].nodes.append(node)
        else:
            root = node
    return None if isinstance(root, Scalar) and root.is_null else root


def _refuse(event: Event, where: str, *, has_root: bool) -> None:
    """Raises for what YAML knows and a codebook has no use for."""
    from ruamel.yaml import events as kinds

    here = f"{where}:{event.start_mark.line + 1}"
    if isinstance(event, kinds.DocumentStartEvent) and has_root:
        raise CodebookSyntaxError("a second document", where=here)
    if isinstance(event, kinds.AliasEvent):
        mend = f'If you mean these characters, write "*{event.anchor}" in quotation marks.'
        raise CodebookFieldError("references are not used here", where=here, mend=mend)
    if isinstance(event, kinds.NodeEvent) and event.anchor is not None:
        mend = f'If you mean these characters, write "&{event.anchor}" in quotation marks.'
        raise CodebookFieldError("names for references are not used here", where=here, mend=mend)
    if getattr(event, "tag", None) is not None:
        mend = "If you mean these characters, put them in quotation marks."
        raise CodebookFieldError("tags with ! are not used here", where=here, mend=mend)


def _scalar(event: ScalarEvent, stack: list[_Open], text: str) -> Scalar:
    line, start, end = event.start_mark.line + 1, event.start_mark.index, event.end_mark.index
    style = "" if event.style is None else str(event.style)
    if style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    elif start == end and stack and len(stack[-1].nodes) % 2 and _is_mapping(stack[-1]):
        # A value that is not there has its place behind the colon, not where the next token is;
        # and behind its name where, between braces, the colon is not there either.
        key = stack[-1].nodes[-1]
        colon = _COLON.match(text, key.end)
        line, start = key.line, colon.end() if colon else key.end
        end = start
    return Scalar(str(event.value), style, line, start, end)


def _is_mapping(opened: _Open) -> bool:
    from ruamel.yaml.events import MappingStartEvent

    return isinstance(opened.event, MappingStartEvent)


def _close(opened: _Open, event: CollectionEndEvent, where: str) -> Node:
    start_mark, nodes = opened.event.start_mark, opened.nodes
    in_brackets = bool(opened.event.flow_style)
    line, start = start_mark.line + 1, start_mark.index
    # A block has no sign at its end: the parser notices it where the next thing begins.
    end = event.end_mark.index if in_brackets or not nodes else nodes[-1].end
    if not _is_mapping(opened):
        return Listing(tuple(nodes), in_brackets, line, start, end)
    pairs: list[tuple[Scalar, Node]] = []
    for key, value in zip(nodes[::2], nodes[1::2], strict=True):
        if not isinstance(key, Scalar):
            mend = "Write a field as NAME: VALUE."
            raise CodebookFieldError(
                "a list stands where a field was expected", where=f"{where}:{key.line}", mend=mend
            )
        pairs.append((key, value))
    return Mapping(tuple(pairs), in_brackets, line, start, end)
