"""What is said of a value, and what of the file that holds it: each word has one place.

`project.matrix(title=…)` says what is in a matrix, `.write(template=…)` how a file looks. A word at
the other place is refused with where it belongs: somebody who gives `audience` to `write` alone
would get the team's file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from qualcode.errors import SaidElsewhereError

OF_VALUES: Final[Mapping[str, Collection[str]]] = MappingProxyType(
    {
        "matrix": (
            "rows",
            "columns",
            "cells",
            "where",
            "coder",
            "title",
            "audience",
            "max_quotes",
            "by",
        ),
        "book": ("where", "coder", "starred", "context", "audience", "title"),
        "evidence": ("where", "coder", "context", "audience", "title"),
        "compare": ("by", "columns", "where", "coder", "audience"),
    }
)
"""By the act of a project that makes a value: what it takes."""

OF_FILES: Final[Mapping[str, Collection[str]]] = MappingProxyType(
    {
        "matrix": ("format", "layout", "paper", "notes", "template", "context", "memos"),
        "book": ("format", "notes", "template"),
        "evidence": ("format", "table", "for_excel"),
        "compare": ("format",),
    }
)
"""By the same acts: what their values take when they are written."""


_CALLED: Final = {"compare": "comparison"}
"""What a value is called where that is not the act that makes it."""


def refuse_made(maker: str, given: Collection[str]) -> None:
    """Refuse what an act that makes a value does not take.

    Raises SaidElsewhereError for what a file takes, and for any other word TypeError, as Python
    does of a call.
    """
    for word in given:
        if word in OF_FILES[maker]:
            raise SaidElsewhereError(word, of="file", at="write")
    _refuse_unknown(given)


def refuse_written(maker: str, given: Collection[str]) -> None:
    """Refuse what a file does not take; otherwise the same."""
    for word in given:
        if word in OF_VALUES[maker]:
            raise SaidElsewhereError(word, of=_CALLED.get(maker, maker), at=f"project.{maker}")
    _refuse_unknown([word for word in given if word not in OF_FILES[maker]])


def _refuse_unknown(given: Collection[str]) -> None:
    if given:
        raise TypeError(f"unexpected keyword: {', '.join(sorted(given))}")
