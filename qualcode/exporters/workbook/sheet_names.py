"""Names of sheets as spreadsheets take them: short, without some signs, each once in any case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_UNITS = 31
"""Of UTF-16, in which Excel counts."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")

_RESERVED = frozenset({"history"})
"""Excel keeps this name for the changes of a shared workbook."""

_NAMELESS = "Sheet"


def sheet_names(wanted: Iterable[str]) -> Iterator[str]:
    """A name for each that is wanted, in order; those that would be alike are numbered.

    Names that differ in their case alone are alike to a spreadsheet.
    """
    taken = set(_RESERVED)
    for name in wanted:
        plain = _BLANKS.sub(" ", _FORBIDDEN.sub(" ", name)).strip(" '") or _NAMELESS
        found = _cut(plain, _MOST_UNITS)
        number = 1
        while found.casefold() in taken:
            number += 1
            ending = f" ({number})"
            found = f"{_cut(plain, _MOST_UNITS - len(ending))}{ending}"
        taken.add(found.casefold())
        yield found


def names_said(wanted: Iterable[str]) -> tuple[str, ...]:
    """What is to be said of names that had to be changed in more than their length, once of all."""
    changed = sum(bool(_FORBIDDEN.search(name)) for name in wanted)
    if not changed:
        return ()
    are = "sheet is" if changed == 1 else "sheets are"
    return (f"{changed} {are} called without the signs that no sheet may have: [ ] : * ? / \\",)


def _cut(name: str, units: int) -> str:
    """As much of the name as fits into so many units, without a blank or apostrophe at its end."""
    while len(name.encode("utf-16-le", "surrogatepass")) // 2 > units:
        name = name[:-1]
    return name.rstrip(" '")
