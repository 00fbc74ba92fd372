"""All data of the command line, on stdout: one JSON value, the bytes of a format, or plain lines.

Bytes are UTF-8 and the same through a pipe, `>` and `-o -`. Lines for people fit the terminal, or
100 cells where none is there.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PIPED_WIDTH_CELLS: Final = 100
_GAP: Final = "  "
GAP_CELLS: Final = len(_GAP)
"""Between two columns of a table."""

_NARROWEST_CELLS: Final = 16
"""A column that gives way gives no more than this: below it, words are no longer read."""

_BLANKS = re.compile(r"\s+")
_BREAKS = re.compile(r"(?<=[ -])(?=[^ -])")
"""Where a line may end: behind a blank or a hyphen."""

# Words may hold what a terminal takes for an order; it is shown as a sign of its own.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def json_value(value: object) -> None:
    """One JSON value with a newline behind it."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Half a surrogate pair has no bytes in UTF-8, but its escape is valid JSON.
    raw(text.encode("utf-8", "backslashreplace") + b"\n")


def raw(data: bytes) -> None:
    """Bytes as they are; a reader that goes away early (`| head`) is no failure."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as problem:
        # What is left in the buffer must not fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(problem, BrokenPipeError):
            return
        from qualcode.errors import OutputError

        why = (problem.strerror or "no access").lower()
        raise OutputError(where="standard output", why=why) from None


def lines(texts: Iterable[str]) -> None:
    """Lines for people."""
    text = "".join(f"{line.rstrip()}\n" for line in texts)
    if sys.stdout.isatty():
        click.echo(text, nl=False)  # knows the consoles that want no UTF-8
    else:
        raw(text.encode("utf-8", "replace"))


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Aligned columns under their headings; where they are too wide, the widest are wrapped.

    Numbers stand to the right, None is left empty.
    """
    lines(table_lines(headings, rows, width=width_cells()))


def facts(known: Iterable[tuple[str, object]]) -> None:
    """Names with what is known under them, a line each; what is not known has no line."""
    said = [(plain(name), _said(value)) for name, value in known]
    said = [(name, value) for name, value in said if value]
    size = max((cells(name) for name, _ in said), default=0)
    width = max(width_cells() - size - len(_GAP), _NARROWEST_CELLS)
    found = []
    for name, value in said:
        for n, piece in enumerate(wrapped(value, width)):
            found.append(f"{padded('' if n else name, size)}{_GAP}{piece}")
    lines(found)


def table_lines(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, width: int
) -> Iterator[str]:
    """The lines of a table that is at most `width` cells wide, where its columns allow it."""
    body = list(rows)
    texts = [tuple(headings), *(tuple(plain(_said(value)) for value in row) for row in body)]
    columns = range(len(headings))
    sizes = [max(cells(row[at]) for row in texts) for at in columns]
    words = [max(longest_word(row[at]) for row in texts) for at in columns]
    _narrow(sizes, words, width - len(_GAP) * (len(sizes) - 1))
    right = [bool(body) and all(isinstance(row[at], int | None) for row in body) for at in columns]
    for row in texts:
        wrappings = [wrapped(text, size) for text, size in zip(row, sizes, strict=True)]
        for n in range(max(1, *map(len, wrappings))):
            pieces = [wrapping[n] if n < len(wrapping) else "" for wrapping in wrappings]
            yield _GAP.join(
                padded(piece, size, right=number)
                for piece, size, number in zip(pieces, sizes, right, strict=True)
            )


def width_cells() -> int:
    """How wide a line may be."""
    if not sys.stdout.isatty():
        return PIPED_WIDTH_CELLS
    import shutil

    return shutil.get_terminal_size((PIPED_WIDTH_CELLS, 24)).columns


def plain(text: str) -> str:
    """A text on one line, with nothing in it that a terminal would obey."""
    return flat(text).strip()


def flat(text: str) -> str:
    """The same, but a blank at either end stays: the text goes on there."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", _BLANKS.sub(" ", text))


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(sign) in ("Mn", "Me", "Cf") else 2 if east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def padded(text: str, size: int, *, right: bool = False) -> str:
    """A text with blanks up to `size` cells, before it where it stands to the right."""
    blanks = " " * (size - cells(text))
    return blanks + text if right else text + blanks


def head(text: str, size: int | None) -> str:
    """As much of the beginning as fits into `size` cells; None takes all."""
    while size is not None and cells(text) > size:
        text = text[:-1]
    return text


def tail(text: str, size: int | None) -> str:
    """As much of the end as fits into `size` cells; None takes all."""
    while size is not None and cells(text) > size:
        text = text[1:]
    return text


def wrapped(text: str, size: int) -> list[str]:
    """A text in lines of at most `size` cells, broken at blanks and hyphens where that can be."""
    found: list[str] = []
    line = ""
    for piece in _BREAKS.split(plain(text)):
        if cells((line + piece).rstrip()) <= size:
            line += piece
            continue
        if line:
            found.append(line.rstrip())
        *full, line = _chunks(piece, size)
        found += full
    return [*found, line.rstrip()] if line.strip() else found


def _chunks(word: str, size: int) -> list[str]:
    """One word in pieces of at most `size` cells; the blank behind it counts for none."""
    pieces = [""]
    for sign in word.rstrip():
        if pieces[-1] and cells(pieces[-1]) + cells(sign) > size:
            pieces.append("")
        pieces[-1] += sign
    pieces[-1] += word[len(word.rstrip()) :]
    return pieces


def _narrow(sizes: list[int], words: list[int], width: int) -> None:
    """Take from the widest column, cell by cell, until all fit; whole words are broken last."""
    for least in (words, [_NARROWEST_CELLS] * len(sizes)):
        while sum(sizes) > width:
            spare = [max(size - kept, 0) for size, kept in zip(sizes, least, strict=True)]
            if not any(spare):
                break
            widest = max((size, at) for at, size in enumerate(sizes) if spare[at])
            sizes[widest[1]] -= 1


def longest_word(text: str) -> int:
    """The cells of the longest piece that a line is not broken in."""
    return max(cells(piece.rstrip()) for piece in _BREAKS.split(text))


def _said(value: object) -> str:
    return "" if value is None else str(value)
