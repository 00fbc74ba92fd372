"""The words of a file that are its own, whoever is in the study, and give nobody away.

A document has words in its headings, keys and styles, and one of them may be somebody's surname.
So the same file is written once more of nobody: every word of the study in which a name stands is
blotted out of the value, letter by letter, and what still stands in the file as it stood before is
the document's own. The gate asks for it only where it has found something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from io import BytesIO
from typing import Any, BinaryIO, Final, TypeVar, cast

from qualcode.model.summary import NO_SUMMARY, NONE_SHOWN, ONLY_BELOW, Emptiness
from qualcode.services.cases.grouping import SET_ASIDE
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.consent import gate
from qualcode.services.consent.attribution import ANONYMOUS_TEXT, INTERVIEWER_TEXT
from qualcode.services.consent.names.forbidden import Forbidden
from qualcode.services.consent.read_back.files import nodes
from qualcode.services.consent.read_back.xml_parts import BREAK

Holds = Callable[[str], bool]
"""Whether a name stands in words that may not leave."""

Blank = Callable[[Holds], bytes]
"""Writes a file of a value from which such words are blotted out."""

_T = TypeVar("_T")

_NO_WORDS: Final = frozenset(
    {"created", "written", "language", "colour", "show", "rule", "agreed", "warning"}
)
"""Fields that the program fills by itself, from a choice or from figures."""

_OURS: Final = frozenset(
    {*map(str, Emptiness), NO_SUMMARY, NONE_SHOWN, ONLY_BELOW}
    | {*SET_ASIDE, ANONYMOUS_TEXT, INTERVIEWER_TEXT}
    | {"participant", "transcript", "place", "stakeholder", "role", "organisation", "interviewed"}
    | {charting.TITLE, booking.TITLE, evidencing.TITLE}
)
"""What stands in any study: titles, why a cell is empty, who nobody is, what everybody may have."""

_PAIRS: Final = frozenset({"facts", "provenance"})
"""Fields of lines with a label of ours and what is said of it."""

_COUNTED: Final = frozenset(
    {"Exported", "Corpus", "Coding", "Attribution", "Made with", "Made on", "For", "Coders"}
    | {"Quotations in a cell", "Withheld", "Waiting", "Shown", "Asterisk"}
)
"""Labels of which only figures and days are said, in words of ours."""

_SIGN: Final = re.compile(r"\w")


def own_words(blank: Blank, format: str, forbidden: Forbidden) -> frozenset[str]:  # noqa: A002
    """The paragraphs, cells and attributes of a file whose names are words of the document.

    What would be somebody's name put together from two words of the study is none of them: a name
    has to stand in the file that is written of nobody at all.
    """
    bare = BREAK.join(nodes(blank(lambda _: True), format))
    ours = {bare[one.span.start : one.span.end] for one in forbidden.found(bare)}
    kept = nodes(blank(lambda words: gate.holds(forbidden, words)), format)
    return frozenset(
        node
        for node in kept
        if all(node[one.span.start : one.span.end] in ours for one in forbidden.found(node))
    )


def of_nobody(write: Callable[[_T, BinaryIO], object], value: _T) -> Blank:
    """What writes the same of nobody, as `write` writes the value.

    A house's own template is not ours: a writer of a document is given without it.
    """

    def blank(holds: Holds) -> bytes:
        out = BytesIO()
        write(_blotted(value, holds), out)
        return out.getvalue()

    return blank


def _blotted(value: _T, holds: Holds) -> _T:
    """The same value with an x for each letter of words in which a name stands."""
    return cast(_T, _without(value, holds))


def _without(value: Any, holds: Holds) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        # As long as before, so that the same lines and rows are drawn.
        return value if value in _OURS or not holds(value) else _SIGN.sub("x", value)
    if isinstance(value, tuple):
        return tuple(_without(one, holds) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **dict(_changed(value, holds)))
    return value


def _changed(value: Any, holds: Holds) -> Iterable[tuple[str, Any]]:
    for field in fields(value):
        said = getattr(value, field.name)
        if field.name in _PAIRS:
            yield field.name, tuple((name, _of_label(name, words, holds)) for name, words in said)
        elif field.name not in _NO_WORDS:
            yield field.name, _without(said, holds)


def _of_label(label: str, said: str, holds: Holds) -> str:
    return said if label in _COUNTED else cast(str, _without(said, holds))
