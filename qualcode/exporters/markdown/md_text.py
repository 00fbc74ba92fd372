"""Words as Markdown that shows them as they were said: every sign that would be markup is escaped.

For CommonMark, and for the dialects that strike out, draw tables or set formulas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Signs that are markup wherever they stand; "~" and "|" in the dialects that strike out and
# draw tables, "$" where they set formulas.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&~|$]")

# What makes a heading, a list, a rule or an underline where a line begins.
_AT_LINE_START = ("#", "+", "-", "=")
_LEADING_NUMBER = re.compile(r"\d{1,9}[.)]")

_BLANKS = re.compile(r"^[ \t]+|[ \t]+$")


def line(words: str) -> str:
    """Words on one line."""
    escaped = _ANYWHERE.sub(lambda sign: f"\\{sign.group()}", words.replace("\n", " "))
    number = _LEADING_NUMBER.match(escaped)
    if number:
        at = number.end() - 1
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    elif escaped.startswith(_AT_LINE_START):
        escaped = f"\\{escaped}"
    # Markdown drops blanks at the edges of a line, but not where they are named.
    return _BLANKS.sub(
        lambda blanks: "".join(f"&#{ord(blank)};" for blank in blanks.group()), escaped
    )


def quoted(words: str) -> str:
    """Words as a block quotation, with their lines and paragraphs."""
    return "\n>\n".join(
        # A backslash at the end of a line is a line break that no editor strips.
        "\\\n".join(f"> {line(one)}" for one in paragraph.split("\n"))
        for paragraph in words.split("\n\n")
    )


def quiet(words: str) -> str:
    """Words in italics, which stand beside what was said; "" where there are none."""
    shown = line(" ".join(words.split()))
    return f"*{shown}*" if shown else ""


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, figures: bool = True) -> str:
    """A table of words; with `figures` all but the first column stand to the right."""
    rule = ["---", *("---:" if figures else "---" for _ in headings[1:])]
    cells = [_cells(headings), rule, *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _cells(row: Sequence[str]) -> list[str]:
    return [line(word) for word in row]
