"""How a value is written in YAML: plainly where that is safe, else so that it surely reads back.

Spellings come from the one that people would choose to the one that cannot fail, double quotation
marks; `writing.py` takes the first that reads back as it should.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.codebook.loading import CODE_FIELDS
from qualcode.model.codebook import Code

LINE_CHARACTERS = 96
"""A new text that is longer is wrapped into a block, a longer list gets a line for each entry."""

Value = str | tuple[str, ...] | bool

# Text that begins with a letter and holds no sign of the grammar needs no quotation marks, unless
# it is a word that older readers of YAML take for something else than text.
_GRAMMAR = re.compile(r": |:$| #|\t")
_GRAMMAR_IN_BRACKETS = re.compile(r"[,:#\[\]{}]")
_READ_OTHERWISE = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: the column of its name, whether inside `{ }`, how lines end there."""

    column: int
    in_brackets: bool
    newline: str

    @property
    def inner(self) -> str:
        """The break and the blanks before a line that belongs to the field."""
        return self.newline + " " * (self.column + 2)


def quoted(value: str) -> str:
    """The text in double quotation marks, with escapes for all that cannot be seen."""
    # JSON's strings are YAML's, but JSON leaves signs bare that YAML takes for line breaks.
    text = json.dumps(value, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in text)


def text_spellings(value: str, place: Place, style: str | None = None) -> Iterator[str]:
    """Spellings of a text; `style` is the one it had (see `tree.Scalar`), None for a new one."""
    may_be_block = bool(value) and not place.in_brackets
    is_long = place.column + len(value) > LINE_CHARACTERS
    if style == "'" and "\n" not in value:
        yield "'" + value.replace("'", "''") + "'"
    if style == "" or (style is None and not is_long):
        yield from _plain(value, in_brackets=place.in_brackets)
    if may_be_block and (style == "|" or (style != '"' and "\n" in value)):
        yield _block("|-", value.split("\n"), place)
    if may_be_block and "\n" not in value and (style == ">" or (style is None and is_long)):
        width = max(40, LINE_CHARACTERS - place.column)
        yield _block(">-", textwrap.wrap(value, width, break_on_hyphens=False), place)
    yield quoted(value)


def truth(value: bool) -> str:
    """A yes or a no as YAML has it."""
    return "true" if value else "false"


def list_spellings(values: tuple[str, ...]) -> Iterator[str]:
    """Spellings of a list in brackets."""
    plain = [next(_plain(value, in_brackets=True), quoted(value)) for value in values]
    yield f"[{', '.join(plain)}]"
    yield f"[{', '.join(map(quoted, values))}]"


def entry_spellings(values: tuple[str, ...]) -> Iterator[list[str]]:
    """Spellings of the entries of a list that gives a line to each."""
    yield [next(_plain(value, in_brackets=False), quoted(value)) for value in values]
    yield list(map(quoted, values))


def field_spellings(field: str, value: Value, place: Place) -> Iterator[str]:
    """Spellings of a new field, name and value."""
    if isinstance(value, bool):
        yield f"{field}: {truth(value)}"
        return
    if isinstance(value, str):
        yield from (f"{field}: {text}" for text in text_spellings(value, place))
        return
    fits = sum(map(len, value)) + 2 * len(value) + place.column < LINE_CHARACTERS
    if fits or place.in_brackets:
        yield from (f"{field}: {text}" for text in list_spellings(value))
        return
    for entries in entry_spellings(value):
        yield f"{field}:" + "".join(f"{place.inner}- {entry}" for entry in entries)


def code_spellings(code: Code, place: Place) -> Iterator[str]:
    """Spellings of a whole code, from its id on; its fields stand in the column of the place."""
    values = {field: getattr(code, field) for field in CODE_FIELDS if field != "codes"}
    written = {field: value for field, value in values.items() if value}
    all_spellings = [list(field_spellings(field, value, place)) for field, value in written.items()]
    glue = ", " if place.in_brackets else place.newline + " " * place.column
    for at in (0, -1):
        fields = glue.join(spellings[at] for spellings in all_spellings)
        yield f"{{{fields}}}" if place.in_brackets else fields


def _plain(value: str, *, in_brackets: bool) -> Iterator[str]:
    grammar = _GRAMMAR_IN_BRACKETS if in_brackets else _GRAMMAR
    if (
        value[:1].isalpha()
        and value.isprintable()
        and value.casefold() not in _READ_OTHERWISE
        and not grammar.search(value)
    ):
        yield value


def _block(sign: str, lines: list[str], place: Place) -> str:
    return sign + "".join(place.inner + line if line else place.newline for line in lines)


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
