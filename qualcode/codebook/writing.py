"""Changes to codebook.yaml that leave all else as it is: comments, order, quotation marks, blanks.

The text is not written anew. The tree says where a value stands, and the change is made there and
nowhere else; so whatever a person has put into the file, in whatever style, stays byte for byte.
What comes out is read again before it is given back: it must hold the old book with the change.
How a single value is spelt is decided in `spelling.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from qualcode.codebook.loading import CODE_FIELDS, LIST_FIELDS, load_codebook
from qualcode.codebook.spelling import (
    Place,
    Value,
    code_spellings,
    entry_spellings,
    field_spellings,
    list_spellings,
    text_spellings,
)
from qualcode.codebook.tree import BYTE_ORDER_MARK, Listing, Mapping, Node, Scalar, read_tree
from qualcode.errors import SeveralErrors, UnknownCodeError
from qualcode.model.codebook import Code, Codebook


def set_field(
    text: str, code_id: str, field: str, value: str | Sequence[str], *, where: str
) -> str:
    """The text with one field of one code changed, or added where it was not there.

    `value` is a list for include, exclude, look_for and examples. Raises UnknownCodeError, and
    SeveralErrors where the book would not be in order any more.
    """
    if field not in CODE_FIELDS or field in ("id", "codes"):
        raise ValueError(f"not a field to set: {field}")
    if (field in LIST_FIELDS) == isinstance(value, str):
        raise ValueError(f"not a value for {field}: {value!r}")
    page = _Page(text, where)
    old = page.code(code_id)
    given: dict[str, Any] = {field: value if isinstance(value, str) else tuple(value)}
    new = _clean(replace(old, **given))
    if new == old:
        return text
    return page.first_in_order(page.with_field(code_id, field, getattr(new, field)), new)


def add_code(text: str, code: Code, *, where: str) -> str:
    """The text with one more code, last under its parent; without a parent it is the last theme.

    Raises UnknownCodeError for the parent, and SeveralErrors where the book would not be in order:
    an id that is there already, a key that is taken.
    """
    page = _Page(text, where)
    if code.parent is not None:
        page.code(code.parent)
    clean = _clean(code)
    return page.first_in_order(page.with_code(clean), clean)


def _clean(code: Code) -> Code:
    """The code as it will read back: without blanks around its texts, in one Unicode form."""
    values = {field: getattr(code, field) for field in CODE_FIELDS if field != "codes"}
    clean: dict[str, Any] = {
        field: tuple(map(_clean_text, value)) if isinstance(value, tuple) else _clean_text(value)
        for field, value in values.items()
        if value is not None
    }
    if code.colour is not None:
        clean["colour"] = code.colour.strip().lower()
    return replace(code, **clean)


def _clean_text(text: str) -> str:
    one_break = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", one_break.strip())


class _Page:
    """One codebook.yaml: its text, its tree, and the book in it."""

    def __init__(self, text: str, where: str) -> None:
        self._mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
        self._text = text.removeprefix(BYTE_ORDER_MARK)
        self._where = where
        self._book = load_codebook(text, where=where)
        root = read_tree(self._text, where=where)
        assert isinstance(root, Mapping)  # or the book had not been loaded
        self._root = root
        newline = re.search(r"\r\n|\n|\r", self._text)
        self._newline = newline[0] if newline else "\n"

    def code(self, code_id: str) -> Code:
        """The code of this id; raises UnknownCodeError."""
        code = self._book.by_id().get(code_id)
        if code is None:
            raise UnknownCodeError(code_id, where=self._where)
        return code

    def first_in_order(self, texts: Iterator[str], code: Code) -> str:
        """The first of the texts whose book is the old one but for this code."""
        expected = self._but_for(self._book, code)
        problem: SeveralErrors | None = None
        for text in texts:
            try:
                book = load_codebook(text, where=self._where)
            except SeveralErrors as error:
                problem = error
                continue
            if self._but_for(book, code) == expected and book.by_id().get(code.id) == code:
                return self._mark + text
        if problem is None:
            raise AssertionError(f"no spelling of '{code.id}' reads back as it is")
        raise problem

    @staticmethod
    def _but_for(book: Codebook, code: Code) -> Codebook:
        return replace(book, codes=tuple(one for one in book.codes if one.id != code.id))

    # -- one field --------------------------------------------------------------------------------

    def with_field(self, code_id: str, field: str, value: Value) -> Iterator[str]:
        """The text with the field in it, in one spelling after another."""
        node = self._node(code_id)
        pair = node.get(field)
        if pair is None:
            yield from self._with_new_field(node, field, value)
            return
        key, old = pair
        place = self._place(key, node)
        begins = old.start
        if isinstance(value, str):
            style = old.style if isinstance(old, Scalar) and not old.is_null else None
            spellings = text_spellings(value, place, style)
        elif isinstance(old, Listing) and not old.in_brackets and value:
            # The dashes stay in their column, and what is said before the first of them stays too.
            glue = self._newline + " " * self._column(old.start)
            entries = entry_spellings(value)
            spellings = (glue.join(f"- {one}" for one in several) for several in entries)
        else:
            if isinstance(old, Listing) and not old.in_brackets:
                begins = self._text.index(":", key.end) + 1
            spellings = list_spellings(value)
        glued = "" if self._text[begins - 1].isspace() else " "
        if begins == key.end:  # a name between braces that has not even a colon
            glued = ": "
        for spelling in spellings:
            yield self._text[:begins] + glued + spelling + self._text[old.end :]

    def _with_new_field(self, node: Mapping, field: str, value: Value) -> Iterator[str]:
        """Behind the fields that come before it in a codebook."""
        rank = CODE_FIELDS.index(field)
        before = [pair for pair in node.pairs if CODE_FIELDS.index(pair[0].text) < rank]
        anchor = before[-1] if before else node.pairs[0]
        place = self._place(node.pairs[0][0], node)
        for spelling in field_spellings(field, value, place):
            if node.in_brackets:
                yield self._inserted(anchor[1].end, f", {spelling}")
            else:
                line = self._newline + " " * place.column + spelling
                yield self._inserted(self._end_of_line(anchor[1].end), line)

    # -- one code ---------------------------------------------------------------------------------

    def with_code(self, code: Code) -> Iterator[str]:
        """The text with the code in it, in one spelling after another."""
        field = "themes" if code.parent is None else "codes"
        node = self._root if code.parent is None else self._node(code.parent)
        pair = node.get(field)
        if pair is None:
            yield from self._with_first_code(node, code)
            return
        key, siblings = pair
        if isinstance(siblings, Listing) and siblings.items:
            yield from self._with_sibling(siblings, code)
        elif node.in_brackets:
            for spelling in code_spellings(code, self._place(key, node)):
                yield self._text[: key.end] + f": [{spelling}]" + self._text[siblings.end :]
        else:
            # What stands behind the colon goes, a comment behind that stays.
            begins = self._text.index(":", key.end) + 1
            emptied = self._text[:begins] + self._text[siblings.end :]
            at = self._end_of_line(begins, emptied)
            for spelling in self._item(code, self._column(key.start) + self._dash_indent()):
                yield emptied[:at] + spelling + emptied[at:]

    def _with_first_code(self, node: Mapping, code: Code) -> Iterator[str]:
        last = node.pairs[-1][1]
        place = self._place(node.pairs[0][0], node)
        if node.in_brackets:
            for spelling in code_spellings(code, place):
                yield self._inserted(last.end, f", codes: [{spelling}]")
            return
        field = self._newline + " " * place.column + "codes:"
        for spelling in self._item(code, place.column + self._dash_indent()):
            yield self._inserted(self._end_of_line(last.end), field + spelling)

    def _with_sibling(self, siblings: Listing, code: Code) -> Iterator[str]:
        last = siblings.items[-1]
        if siblings.in_brackets:
            for spelling in code_spellings(code, Place(0, True, self._newline)):
                yield self._inserted(last.end, f", {spelling}")
            return
        # Where codes are parted by an empty line, so is the new one.
        between = self._text[siblings.items[-2].end : last.start] if siblings.items[1:] else ""
        apart = self._newline if len(between.split(self._newline)) > 2 else ""
        for spelling in self._item(code, self._column(siblings.start)):
            yield self._inserted(self._end_of_line(last.end), apart + spelling)

    def _item(self, code: Code, dash_column: int) -> Iterator[str]:
        """A code as an entry of a list, on lines of its own."""
        place = Place(dash_column + 2, False, self._newline)
        for spelling in code_spellings(code, place):
            yield self._newline + " " * dash_column + "- " + spelling

    # -- places -----------------------------------------------------------------------------------

    def _node(self, code_id: str) -> Mapping:
        """What is written of a code that the book has."""
        waiting: list[Node] = [self._root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Listing):
                waiting.extend(node.items)
            elif isinstance(node, Mapping):
                pair = node.get("id")
                if pair and isinstance(pair[1], Scalar) and pair[1].text.strip() == code_id:
                    return node
                waiting.extend(
                    value for key, value in node.pairs if key.text in ("themes", "codes")
                )
        raise AssertionError(f"'{code_id}' is in the book and not in its text")

    def _place(self, key: Scalar, node: Mapping) -> Place:
        return Place(self._column(key.start), node.in_brackets, self._newline)

    def _column(self, at: int) -> int:
        return at - max(self._text.rfind("\n", 0, at), self._text.rfind("\r", 0, at)) - 1

    def _dash_indent(self) -> int:
        """How far this file sets the dashes of a list in from the field they belong to."""
        key, themes = next(pair for pair in self._root.pairs if pair[0].text == "themes")
        if isinstance(themes, Listing) and themes.items and not themes.in_brackets:
            return self._column(themes.start) - self._column(key.start)
        return 2

    def _end_of_line(self, at: int, text: str | None = None) -> int:
        line = re.compile(r"[^\r\n]*").match(self._text if text is None else text, at)
        assert line is not None
        return line.end()

    def _inserted(self, at: int, more: str) -> str:
        return self._text[:at] + more + self._text[at:]
