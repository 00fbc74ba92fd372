"""Codes taken out of codebook.yaml and put elsewhere in it, with the comments that are their own.

What a code owns is its lines, what is said right above its dash, and what stands below it and is
set in deeper than that (see `Page.block_of`). All else stays byte for byte. Between lists of dashes
a code moves as it is written; into brackets it has to be written anew, and its comments go above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qualcode.codebook.inserting import with_entry
from qualcode.codebook.loading import CODE_FIELDS
from qualcode.codebook.page import Entry, Line, Page, reordered
from qualcode.codebook.spelling import Place, code_spellings
from qualcode.codebook.tree import Listing, Mapping, Scalar
from qualcode.codebook.writing import add_code
from qualcode.errors import NoSiblingError, ThemeFieldsError, UnderItselfError
from qualcode.model.codebook import Code, Codebook

_REST_OF_ENTRY = re.compile(r"(?:\s|#[^\r\n]*)*,")
_COMMENT_BEHIND = re.compile(r"[ \t]*#[^\r\n]*")
_BARE = Code("", "")
_BARE_NAME = re.compile(r"\s*codes:\s*")


def remove_code(text: str, code_id: str, *, where: str) -> str:
    """The text without a code, and without all that stands under it. Raises UnknownCodeError."""
    page = Page(text, where)
    page.code(code_id)
    return page.first_with(_without(page, code_id), _book_without(page.book, code_id))


def move_code(
    text: str, code_id: str, parent: str | None, *, before: str | None = None, where: str
) -> str:
    """The text with a code, and all that stands under it, elsewhere: under `parent`, or a theme.

    It comes last there, or before the code that `before` names. Raises UnknownCodeError,
    NoSiblingError, UnderItselfError, and ThemeFieldsError for a theme's key or colour in a code.
    """
    page = Page(text, where)
    code = page.code(code_id)
    _refuse(page, code, parent, before)
    book = _book_moved(page.book, code, parent, before)
    if book == page.book:
        return text
    piece = _piece(page, code_id)
    rest = page.first_with(_without(page, code_id), _book_without(page.book, code_id))
    target = Page(rest, where)
    return target.first_with(_with_piece(target, parent, before, piece), book)


def restore_codes(text: str, earlier: str | None, codes: Sequence[Code], *, where: str) -> str:
    """The text with codes that it had before: the first, and what stands under it, in book order.

    They come back as they are written in `earlier`, with their comments, and to the place that they
    have there. Where that holds them otherwise, they are written anew, last under their parent.
    """
    page = Page(text, where)
    top = codes[0]
    known = {one.id for one in page.book.codes if one.parent == top.parent}
    found = None if earlier is None else _piece_in(earlier, codes, where=where)
    if found is None:
        for code in codes:
            text = add_code(text, code, where=where)
        return text
    piece, following = found
    before = next((one for one in following if one in known), None)
    below = _below(page.book)
    siblings = below.setdefault(top.parent, [])
    at = next((at for at, one in enumerate(siblings) if one.id == before), len(siblings))
    siblings.insert(at, top)
    for code in codes[1:]:
        below.setdefault(code.parent, []).append(code)
    book = replace(page.book, codes=reordered(below))
    return page.first_with(_with_piece(page, top.parent, before, piece), book)


def drop_field(text: str, code_id: str, field: str, *, where: str) -> str:
    """The text without one field of a code, which then has its default."""
    if field not in CODE_FIELDS or field in ("id", "name", "codes"):
        raise ValueError(f"not a field to drop: {field}")
    page = Page(text, where)
    code = page.code(code_id)
    node = page.node(code_id)
    if node.get(field) is None:
        return text
    default: dict[str, Any] = {field: getattr(_BARE, field)}
    codes = tuple(replace(one, **default) if one is code else one for one in page.book.codes)
    return page.first_with(_without_field(page, node, field), replace(page.book, codes=codes))


def _refuse(page: Page, code: Code, parent: str | None, before: str | None) -> None:
    full_name = page.book.full_name
    if before is not None and page.code(before).parent != parent:
        raise NoSiblingError(
            full_name(before), parent=None if parent is None else full_name(parent)
        )
    if parent is None:
        return
    page.code(parent)
    if code.id in page.book.path(parent):
        raise UnderItselfError(full_name(code.id))
    own = [field for field in ("key", "colour") if getattr(code, field)]
    if code.parent is None and own:
        raise ThemeFieldsError(code.id, fields=own)


# -- the book that is wanted ----------------------------------------------------------------------


def _below(book: Codebook) -> dict[str | None, list[Code]]:
    below: dict[str | None, list[Code]] = {}
    for code in book.codes:
        below.setdefault(code.parent, []).append(code)
    return below


def _book_without(book: Codebook, code_id: str) -> Codebook:
    below = _below(book)
    parent = book.by_id()[code_id].parent
    below[parent] = [one for one in below[parent] if one.id != code_id]
    return replace(book, codes=reordered(below))


def _book_moved(book: Codebook, code: Code, parent: str | None, before: str | None) -> Codebook:
    below = _below(book)
    if before == code.id:
        return book
    below[code.parent] = [one for one in below[code.parent] if one is not code]
    siblings = below.setdefault(parent, [])
    at = next((at for at, one in enumerate(siblings) if one.id == before), len(siblings))
    siblings.insert(at, replace(code, parent=parent))
    return replace(book, codes=reordered(below))


# -- taking out -----------------------------------------------------------------------------------


def _without(page: Page, code_id: str) -> Iterator[str]:
    entry = page.entries[code_id]
    if entry.listing.in_brackets:
        start, end = _cut_in_brackets(page, entry)
        yield page.text[:start] + page.text[end:]
        return
    first, last = page.block_of(entry)
    above, below = _blanks_around(page, entry, first, last)
    start, end = above.start, below.after
    if end == below.end:  # the last line of a file that has no break at its end
        start = _end_above(page, above)
    if len(entry.listing.items) == 1 and entry.key.text == "codes":
        name = page.line(entry.key.start)
        bare = _BARE_NAME.fullmatch(name.text) and not page.text[name.after : start].strip()
        if bare and entry.owner.pairs[0][0] is not entry.key:
            start_of_name = name.start if end != below.end else _end_above(page, name)
            yield page.text[:start_of_name] + page.text[end:]
    yield page.text[:start] + page.text[end:]


def _end_above(page: Page, line: Line) -> int:
    above = page.line_above(line)
    return line.start if above is None else above.end


def _blanks_around(page: Page, entry: Entry, first: Line, last: Line) -> tuple[Line, Line]:
    """The lines to cut: with the code goes the smaller of the gaps above and below it."""
    top, bottom = first, last
    above = below = 0
    while (line := page.line_above(top)) and line.is_blank and line.start > entry.before:
        top, above = line, above + 1
    while (line := page.line_below(bottom)) and line.is_blank and line.after > line.end:
        bottom, below = line, below + 1
    if entry.is_last or 0 < above <= below:
        return top, last
    return first, bottom if entry.at == 0 or below < above else last


def _cut_in_brackets(page: Page, entry: Entry) -> tuple[int, int]:
    """What goes with a code between brackets: a comma, comments, whole lines where they are its."""
    text, node = page.text, entry.node
    start, end = node.start, node.end
    stop = entry.listing.end - 1 if entry.is_last else entry.listing.items[entry.at + 1].start
    comma = _REST_OF_ENTRY.match(text, end, stop)
    if comma:
        end = comma.end()
    behind = _COMMENT_BEHIND.match(text, end, stop)
    if behind:
        end = behind.end()
    first = line = page.line(start)
    while (above := page.line_above(first)) and above.is_comment and above.start > entry.before:
        first = above
    if not text[line.start : start].strip() and not text[end : page.end_of_line(end)].strip():
        return first.start, page.line(end).after
    if comma:
        end += len(text[end:stop]) - len(text[end:stop].lstrip(" "))
    elif entry.at and not text[_end_of_comma(text, entry) : start].strip():
        start = _end_of_comma(text, entry) - 1
    return start, end


def _end_of_comma(text: str, entry: Entry) -> int:
    """Behind the comma that parts a code from the one before it in brackets."""
    comma = _REST_OF_ENTRY.match(text, entry.before, entry.node.start)
    assert comma is not None  # or they had been one
    return comma.end()


def _without_field(page: Page, node: Mapping, field: str) -> Iterator[str]:
    at = next(at for at, (key, _) in enumerate(node.pairs) if key.text == field)
    key, value = node.pairs[at]
    if at == 0 and page.comments(page.end_of_line(value.end), node.pairs[1][0].start):
        yield page.text[: key.start].rstrip(" ") + page.text[page.end_of_line(value.end) :]
    elif at == 0:  # it stands behind the dash or the brace, where the next field has to come
        yield page.text[: key.start] + page.text[node.pairs[1][0].start :]
    elif node.in_brackets:
        yield page.text[: node.pairs[at - 1][1].end] + page.text[value.end :]
    else:
        line = page.line(key.start)
        last = page.line(value.end)
        start = line.start if last.after > last.end else _end_above(page, line)
        yield page.text[:start] + page.text[last.after :]


# -- putting elsewhere ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A code with what stands under it, as it was written.

    `lines` are those of its block, which was set in by `column`, or of what stood in brackets.
    `braces` is its text if it is written between braces, else empty; `comments` are all of its own
    that do not stand in `braces`.
    """

    code: Code
    below: tuple[Code, ...]
    lines: tuple[str, ...]
    column: int
    braces: str
    comments: tuple[str, ...]
    newline: str

    def as_item(self, dash_column: int) -> Iterator[str]:
        """Its lines in another column; where that cannot be, it is written anew."""
        by = dash_column - self.column
        yield "".join(self.newline + _shifted(line, by) for line in self.lines)
        margin = self.newline + " " * dash_column
        for spelling in self.in_brackets(Place(dash_column, True, self.newline)):
            yield "".join(margin + comment for comment in self.comments) + f"{margin}- {spelling}"

    def in_brackets(self, place: Place) -> Iterator[str]:
        """Its braces as they are, else what it holds in new ones."""
        if self.braces:
            margin = self.newline + " " * (place.column + 4)
            first, *rest = re.split(r"\r\n|\n|\r", self.braces)
            yield first + "".join(margin + line.lstrip() for line in rest)
        else:
            yield from _in_braces(self.code, self.below, replace(place, in_brackets=True))


def _piece(page: Page, code_id: str) -> _Piece:
    entry = page.entries[code_id]
    node = entry.node
    if entry.listing.in_brackets:
        (start, end), column = _cut_in_brackets(page, entry), 0
    else:
        first, last = page.block_of(entry)
        start, end, column = first.start, last.end, page.column(entry.listing.start)
    outer = (*page.comments(start, node.start), *page.comments(node.end, end))
    braces = page.text[node.start : node.end] if node.in_brackets else ""
    if entry.listing.in_brackets:
        first_line, *rest = re.split(r"\r\n|\n|\r", braces)
        lines = (*outer, f"- {first_line}", *("    " + line.lstrip() for line in rest))
    else:
        lines = tuple(re.split(r"\r\n|\n|\r", page.text[start:end]))
    return _Piece(
        code=page.code(code_id),
        below=tuple(one for one in page.book.codes if code_id in page.book.path(one.id)[:-1]),
        lines=lines,
        column=column,
        braces=braces,
        comments=outer if braces else tuple(page.comments(start, end)),
        newline=page.newline,
    )


def _piece_in(
    text: str, codes: Sequence[Code], *, where: str
) -> tuple[_Piece, Sequence[str]] | None:
    """These codes as another text has them, without others under those, and the ids that follow.

    None where it has them otherwise.
    """
    top, ids = codes[0], [code.id for code in codes]
    book = Page(text, where).book
    old = book.by_id().get(top.id)
    if old is None:
        return None
    siblings = [one.id for one in book.codes if one.parent == old.parent]
    for one in book.codes:
        if one.parent in ids and one.id not in ids:
            text = remove_code(text, one.id, where=where)
    if top.key is None:
        text = drop_field(text, top.id, "key", where=where)
    piece = _piece(Page(text, where), top.id)
    if (replace(piece.code, parent=top.parent), *piece.below) != tuple(codes):
        return None
    return piece, siblings[siblings.index(top.id) + 1 :]


def _with_piece(page: Page, parent: str | None, before: str | None, piece: _Piece) -> Iterator[str]:
    """The page with the piece in it; between brackets, its comments go above the line of those."""
    texts = with_entry(page, parent, piece, before=before)
    opened = _first_bracket(page, parent)
    if opened is None:
        yield from texts
        return
    line = page.line(opened)
    margin = " " * line.column
    said = "".join(f"{margin}{comment}{page.newline}" for comment in piece.comments)
    yield from (text[: line.start] + said + text[line.start :] for text in texts)


def _first_bracket(page: Page, parent: str | None) -> int | None:
    """Where the outermost bracket opens in which a code under `parent` is put, if it is so."""
    nodes = (page.root,) if parent is None else page.entries[parent].within
    below = page.node(parent).get("themes" if parent is None else "codes")
    if below and isinstance(below[1], Listing) and below[1].items:
        nodes = (*nodes, below[1])
    opened = (node.start for node in nodes if not isinstance(node, Scalar) and node.in_brackets)
    return next(opened, None)


def _shifted(line: str, by: int) -> str:
    """A line set in further or less; an empty one stays empty."""
    if by >= 0:
        return " " * by + line if line else line
    blank = len(line) - len(line.lstrip(" "))
    return line[min(blank, -by) :]


def _in_braces(code: Code, below: tuple[Code, ...], place: Place) -> Iterator[str]:
    """A code and all that stands under it, written between braces."""
    inner = [list(_in_braces(child, below, place)) for child in below if child.parent == code.id]
    for at, spelling in enumerate(code_spellings(code, place)):
        codes = ", ".join(spellings[at] for spellings in inner)
        yield f"{spelling[:-1]}, codes: [{codes}]}}" if inner else spelling
