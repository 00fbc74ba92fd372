"""Changes to codebook.yaml that leave all else as it is: comments, order, quotation marks, blanks.

The text is not written anew. The tree says where a value stands, and the change is made there and
nowhere else; so whatever a person has put into the file, in whatever style, stays byte for byte.
What comes out is read again before it is given back: it must hold the old book with the change.
Taking codes out and moving them is left to `moving.py`, the spelling of a value to `spelling.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qualcode.codebook.inserting import with_entry
from qualcode.codebook.loading import CODE_FIELDS, LIST_FIELDS
from qualcode.codebook.page import Page
from qualcode.codebook.spelling import (
    Place,
    Value,
    code_spellings,
    entry_spellings,
    field_spellings,
    list_spellings,
    text_spellings,
    truth,
)
from qualcode.codebook.tree import Listing, Mapping, Scalar
from qualcode.model.codebook import Code, Codebook


def set_field(
    text: str, code_id: str, field: str, value: str | Sequence[str] | bool, *, where: str
) -> str:
    """The text with one field of one code changed, or added where it was not there.

    `value` is a list for include, exclude, look_for and examples, and True or False for proposed.
    Raises UnknownCodeError, and SeveralErrors where the book would not be in order any more.
    """
    if field not in CODE_FIELDS or field in ("id", "codes"):
        raise ValueError(f"not a field to set: {field}")
    kind = bool if field == "proposed" else str
    if (field in LIST_FIELDS) == isinstance(value, kind):
        raise ValueError(f"not a value for {field}: {value!r}")
    page = Page(text, where)
    old = page.code(code_id)
    given: dict[str, Any] = {field: value if isinstance(value, str | bool) else tuple(value)}
    new = clean_code(replace(old, **given))
    if new == old:
        return text
    codes = tuple(new if code is old else code for code in page.book.codes)
    texts = _with_field(page, code_id, field, getattr(new, field))
    return page.first_with(texts, replace(page.book, codes=codes))


def add_code(text: str, code: Code, *, where: str) -> str:
    """The text with one more code, last under its parent; without a parent it is the last theme.

    Raises UnknownCodeError for the parent, and SeveralErrors where the book would not be in order:
    an id that is there already, a key that is taken.
    """
    page = Page(text, where)
    if code.parent is not None:
        page.code(code.parent)
    clean = clean_code(code)
    texts = with_entry(page, code.parent, NewCode(clean, page.newline))
    return page.first_with(texts, _with_last(page.book, clean))


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code that is written for the first time."""

    code: Code
    newline: str

    def as_item(self, dash_column: int) -> Iterator[str]:
        """As lines of a list of dashes."""
        place = Place(dash_column + 2, False, self.newline)
        for spelling in code_spellings(self.code, place):
            yield self.newline + " " * dash_column + "- " + spelling

    def in_brackets(self, place: Place) -> Iterator[str]:
        """As one entry between brackets."""
        yield from code_spellings(self.code, replace(place, in_brackets=True))


def clean_code(code: Code) -> Code:
    """The code as it will read back: without blanks around its texts, in one Unicode form."""
    values = {field: getattr(code, field) for field in CODE_FIELDS if field != "codes"}
    clean: dict[str, Any] = {}
    for field, value in values.items():
        if isinstance(value, tuple):
            clean[field] = tuple(map(_clean_text, value))
        elif isinstance(value, str):
            clean[field] = _clean_text(value)
    if code.colour is not None:
        clean["colour"] = code.colour.strip().lower()
    return replace(code, **clean)


def _clean_text(text: str) -> str:
    one_break = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", one_break.strip())


def _with_last(book: Codebook, code: Code) -> Codebook:
    """The book with a code as the last under its parent."""
    ids = [one.id for one in book.codes]
    below = [
        at for at, one in enumerate(ids) if code.parent is None or code.parent in book.path(one)
    ]
    at = below[-1] + 1 if below else 0
    return replace(book, codes=(*book.codes[:at], code, *book.codes[at:]))


def _with_field(page: Page, code_id: str, field: str, value: Value) -> Iterator[str]:
    """The text with the field in it, in one spelling after another."""
    node = page.node(code_id)
    pair = node.get(field)
    if pair is None:
        yield from _with_new_field(page, node, field, value)
        return
    key, old = pair
    place = page.place(key, node)
    begins = old.start
    if isinstance(value, bool):
        spellings = iter([truth(value)])
    elif isinstance(value, str):
        style = old.style if isinstance(old, Scalar) and not old.is_null else None
        spellings = text_spellings(value, place, style)
    elif isinstance(old, Listing) and not old.in_brackets and value:
        # The dashes stay in their column, and what is said before the first of them stays too.
        glue = page.newline + " " * page.column(old.start)
        entries = entry_spellings(value)
        spellings = (glue.join(f"- {one}" for one in several) for several in entries)
    else:
        if isinstance(old, Listing) and not old.in_brackets:
            begins = page.text.index(":", key.end) + 1
        spellings = list_spellings(value)
    glued = "" if page.text[begins - 1].isspace() else " "
    if begins == key.end:  # a name between braces that has not even a colon
        glued = ": "
    for spelling in spellings:
        yield page.text[:begins] + glued + spelling + page.text[old.end :]


def _with_new_field(page: Page, node: Mapping, field: str, value: Value) -> Iterator[str]:
    """Behind the fields that come before it in a codebook."""
    rank = CODE_FIELDS.index(field)
    before = [pair for pair in node.pairs if CODE_FIELDS.index(pair[0].text) < rank]
    anchor = before[-1] if before else node.pairs[0]
    place = page.place(node.pairs[0][0], node)
    for spelling in field_spellings(field, value, place):
        if node.in_brackets:
            yield page.inserted(anchor[1].end, f", {spelling}")
        else:
            line = page.newline + " " * place.column + spelling
            yield page.inserted(page.end_of_line(anchor[1].end), line)
