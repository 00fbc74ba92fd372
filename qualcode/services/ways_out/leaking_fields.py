"""Which fields of a value a name stands in that may not leave, said as people know them.

A file says only that there is a name in its text; whoever has to mend it asks where they typed it.
So where the gate has found something, and only then, the value is gone through field by field, and
with it what is known of participants. What is said of a field is no name, either: a code whose own
path holds one is said by its theme and number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, Final

from qualcode.errors import Field, HeldField
from qualcode.model.book import BookCode, BookTheme, QuotationBook
from qualcode.model.evidence import Evidence, EvidenceCode
from qualcode.model.matrix import (
    CountLine,
    Matrix,
    MatrixColumn,
    MatrixReport,
    Quotation,
    QuotedMemo,
    ThemeSection,
    Variation,
)
from qualcode.model.people import Participant

Holds = Callable[[str], bool]
"""Whether a name stands in words that may not leave."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a field says; None where nobody typed it as it stands, but in a field of its own."""

    field: Field | None
    of: str
    words: str


_CODE: Final = {
    "key": Field.CODE_ID,
    "name": Field.CODE_NAME,
    "label": Field.CODE_NAME,
    "definition": Field.CODE_DEFINITION,
}
_TYPED: Final[Mapping[type, Mapping[str, Field]]] = {
    MatrixReport: {"title": Field.TITLE, "subtitle": Field.PROJECT},
    QuotationBook: {"title": Field.TITLE, "subtitle": Field.PROJECT},
    Evidence: {"title": Field.TITLE},
    **dict.fromkeys(
        (MatrixColumn, ThemeSection, CountLine, Variation, BookTheme, BookCode, EvidenceCode),
        _CODE,
    ),
    Quotation: {
        "code": Field.CODE_ID,
        "text": Field.WORDS,
        "before": Field.WORDS,
        "after": Field.WORDS,
        "memo": Field.MEMO,
        "transcript": Field.TRANSCRIPT,
        "locator": Field.TRANSCRIPT,
    },
    QuotedMemo: {"body": Field.MEMO},
}
"""Fields of a value that somebody typed as they stand."""

_WHOSE: Final = {Quotation: "locator"}
"""Of which field of a value it is said whose the others are; of a code it is the key."""

_PAIRS: Final = frozenset({"facts", "provenance"})
_LINES: Final = {"Project": Field.PROJECT, "Codebook": Field.CODEBOOK}
"""Lines with a label of ours, and those of which one field is said."""

_IDS: Final = frozenset({"coding", "version", "theme"})
"""Made of others' fields, or of nobody's words."""


def held_fields(
    value: object, people: Iterable[Participant], holds: Holds, *, codes: Iterable[str] = ()
) -> tuple[HeldField, ...]:
    """The fields in which a name stands, each once, as they come in the value.

    `codes` are the full names of all codes in the order of the codebook: so they are numbered.
    """
    said = list(dict.fromkeys(_fields(value, "")))
    known = {words: holds(words) for words in dict.fromkeys(one.words for one in said)}
    held = [one for one in said if known[one.words]]
    facts = [one for person in people for one in _facts(person) if holds(one.words)]
    there = (one.of for one in said if one.field is Field.CODE_ID)
    numbers = _numbers((*codes, *there), holds)
    found: dict[HeldField, None] = {}
    for one in held:
        is_made = one.field in (None, Field.LINE)
        made_of = [fact for fact in facts if is_made and fact.words in one.words]
        for typed in made_of or [one]:
            if typed.field is not None:
                of = numbers.get(typed.of, "somebody") if holds(typed.of) else typed.of
                found[HeldField(typed.field, of)] = None
    # Of a code the name is said first, for its id is what stays when that is mended.
    return tuple(sorted(found, key=lambda one: one.field is Field.CODE_ID))


def of_template(part: str | None) -> tuple[HeldField, ...]:
    """The field of a part of a Word document that comes from a house's template, if it does."""
    of = next((of for start, of in _OF_TEMPLATES.items() if part and part.startswith(start)), None)
    return () if of is None else (HeldField(Field.TEMPLATE, of),)


_OF_TEMPLATES: Final = {
    "word/header": "a header",
    "word/_rels/header": "a link in a header",
    "word/footer": "a footer",
    "word/_rels/footer": "a link in a footer",
    "word/styles": "a style or its typeface",
    "word/fontTable": "a typeface",
    "word/theme": "its theme of colours and typefaces",
    "word/numbering": "a list",
    "word/media": "a picture",
}
"""Parts into which a template's own go."""


# -- what a value says -----------------------------------------------------------------------------


def _fields(value: Any, of: str) -> Iterator[_Said]:
    """Everything that a value says, with what it stands in."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield _Said(None, of, value)
    elif isinstance(value, tuple):
        for one in value:
            yield from _fields(one, of)
    elif is_dataclass(value):
        yield from _of_one(value, of)


def _of_one(value: Any, of: str) -> Iterator[_Said]:
    typed = _TYPED.get(type(value), {})
    whose = _WHOSE.get(type(value), "key" if typed is _CODE else "")
    of = getattr(value, whose) if whose else of
    for one in fields(value):
        said = getattr(value, one.name)
        if one.name in _PAIRS:
            yield from (_Said(_LINES.get(label, Field.LINE), label, it) for label, it in said)
        elif one.name in typed and isinstance(said, str):
            field = typed[one.name]
            # A quotation stands at a place, and has no id of its own: its code has one.
            yield _Said(field, said if field is Field.CODE_ID else of, said)
        elif one.name not in _IDS:
            yield from _fields(said, of)
    if isinstance(value, Matrix):
        yield from _summaries(value)


def _summaries(matrix: Matrix) -> Iterator[_Said]:
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        for column, cell in zip(matrix.columns, cells, strict=True):
            if cell.summary:
                yield _Said(Field.SUMMARY, f"{row.key} × {column.key}", cell.summary)


def _facts(person: Participant) -> Iterator[_Said]:
    """What is known of a participant, by its field."""
    code = person.code
    for field, words in (
        (Field.PLACE, person.place),
        (Field.STAKEHOLDER, person.stakeholder),
        (Field.ROLE, person.role),
        (Field.ORGANISATION, person.organisation),
        (Field.PSEUDONYM, person.pseudonym),
    ):
        if words:
            yield _Said(field, code, words)
    for name, words in person.attributes.items():
        yield _Said(Field.ATTRIBUTE_NAME, code, name)
        yield _Said(Field.ATTRIBUTE, code, words)


# -- codes whose path may not be said --------------------------------------------------------------


def _numbers(keys: Iterable[str], holds: Holds) -> dict[str, str]:
    """For each path of a code the words that say it by numbers, in the order of the codebook."""
    below: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        theme, _, code = key.partition("/")
        below.setdefault(theme, []).extend([key] if code else [])
    said: dict[str, str] = {}
    for number, (theme, codes) in enumerate(below.items(), start=1):
        said[theme] = f"theme {number}" if holds(theme) else theme
        said.update((key, f"code {at} of {said[theme]}") for at, key in enumerate(codes, start=1))
    return said
