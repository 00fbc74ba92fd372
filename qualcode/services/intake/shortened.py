"""Names in a sentence: the first of many, and how many there are beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

NAMED: Final = 3
"""Names that one sentence holds; a report for scripts has all of them."""


def shortened(names: Sequence[str], *, are_all: bool = True) -> str:
    """`'P01', 'P02', 'P03' and 11 more`; the names are those of transcripts, never of people.

    It says `at least 11 more` where there may be others that nobody looked for.
    """
    quoted = [f"'{name}'" for name in names[:NAMED]]
    if len(names) > NAMED:
        quoted.append(f"{'' if are_all else 'at least '}{len(names) - NAMED:,} more")
    *first, last = quoted
    return f"{', '.join(first)} and {last}" if first else last
