"""One codebook.yaml as a page that is changed in places: where its codes, lines and comments stand.

Who changes something makes texts, from the one that people would write to the one that cannot
fail, and `first_with` takes the first that reads back as the book that is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from qualcode.codebook.loading import load_codebook
from qualcode.codebook.spelling import Place
from qualcode.codebook.tree import BYTE_ORDER_MARK, Listing, Mapping, Node, Scalar, read_tree
from qualcode.errors import CodebookError, SeveralErrors, UnknownCodeError
from qualcode.model.codebook import Code, Codebook

_LINE = re.compile(r"[^\r\n]*")
_BREAK = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line from its first sign to its break; `end` is before the break, `after` behind it."""

    start: int
    end: int
    after: int
    text: str

    @property
    def is_blank(self) -> bool:
        """True where nothing stands on it."""
        return not self.text.strip()

    @property
    def is_comment(self) -> bool:
        """True where nothing but a comment stands on it."""
        return self.text.lstrip().startswith("#")

    @property
    def column(self) -> int:
        """How far its first sign is set in."""
        return len(self.text) - len(self.text.lstrip())


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as it is written: its node, and the `at`-th place of the list that holds it.

    `owner` is what the list belongs to, under the name `key`; `within` is what the code stands in,
    from the whole book down to itself.
    """

    node: Mapping
    listing: Listing
    at: int
    owner: Mapping
    key: Scalar
    within: tuple[Node, ...]

    @property
    def before(self) -> int:
        """Where that ends which comes before the code in its list, or the name of the list."""
        return self.listing.items[self.at - 1].end if self.at else self.key.end

    @property
    def is_last(self) -> bool:
        """True where no code comes after it in its list."""
        return self.at == len(self.listing.items) - 1


class Page:
    """Its text without the byte order mark, its tree, and the book in it; raises SeveralErrors."""

    def __init__(self, text: str, where: str) -> None:
        self._mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
        self.text = text.removeprefix(BYTE_ORDER_MARK)
        self.where = where
        self.book = load_codebook(text, where=where)
        root = read_tree(self.text, where=where)
        assert isinstance(root, Mapping)  # or the book had not been loaded
        self.root = root
        newline = _BREAK.search(self.text)
        self.newline = newline[0] if newline else "\n"

    def code(self, code_id: str) -> Code:
        """The code of this id; raises UnknownCodeError."""
        code = self.book.by_id().get(code_id)
        if code is None:
            raise UnknownCodeError(code_id, where=self.where)
        return code

    def first_with(self, texts: Iterator[str], book: Codebook) -> str:
        """The first of the texts that holds this book; raises SeveralErrors where none is one.

        What is wrong is said without a line: nobody sees the draft that was refused.
        """
        problem: SeveralErrors | None = None
        for text in texts:
            try:
                if load_codebook(text, where=self.where) == book:
                    return self._mark + text
            except SeveralErrors as error:
                problem = error
        if problem is None:
            raise AssertionError("no spelling reads back as it is")
        raise SeveralErrors(
            [CodebookError(one.what, where=self.where, mend=one.mend) for one in problem.errors]
        )

    # -- codes ------------------------------------------------------------------------------------

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """What is written of each code, by its id."""
        found: dict[str, Entry] = {}
        waiting: list[tuple[Mapping, tuple[Node, ...]]] = [(self.root, (self.root,))]
        while waiting:
            owner, within = waiting.pop()
            for key, listing in owner.pairs:
                if key.text not in ("themes", "codes") or not isinstance(listing, Listing):
                    continue
                for at, node in enumerate(listing.items):
                    assert isinstance(node, Mapping)  # or the book had not been loaded
                    pair = node.get("id")
                    assert pair is not None
                    assert isinstance(pair[1], Scalar)
                    down = (*within, listing, node)
                    found[pair[1].text.strip()] = Entry(node, listing, at, owner, key, down)
                    waiting.append((node, down))
        return found

    def node(self, code_id: str | None) -> Mapping:
        """What is written of a code that the book has, or of the whole book."""
        return self.root if code_id is None else self.entries[code_id].node

    def block_of(self, entry: Entry) -> tuple[Line, Line]:
        """First and last line of a code in a list of dashes, with the comments that are its own.

        Those are the comments right above its dash, as far as they are not set in deeper than it,
        and those below its last field that are.
        """
        dash = self.column(entry.listing.start)
        first = self._dash_line(entry, dash)
        while (above := self.line_above(first)) and above.is_comment:
            if above.start <= entry.before or (entry.at and above.column > dash):
                break
            first = above
        last = below = self.line(entry.node.end)
        while (further := self.line_below(below)) and (further.is_comment or further.is_blank):
            below = further
            if below.is_comment:
                if below.column <= dash:
                    break
                last = below
        return first, last

    def _dash_line(self, entry: Entry, dash: int) -> Line:
        line = self.line(entry.node.start)
        while not (line.column == dash and line.text.lstrip().startswith("-")):
            above = self.line_above(line)
            assert above is not None  # a list of dashes begins with one
            line = above
        return line

    # -- comments ---------------------------------------------------------------------------------

    def comments(self, start: int, end: int) -> list[str]:
        """The comments between two places, none of them a part of a text that looks like one."""
        taken = list(self._texts())
        return [
            found[0]
            for found in _COMMENT.finditer(self.text, start, end)
            if not any(begin <= found.start() < stop for begin, stop in taken)
        ]

    def _texts(self) -> Iterator[tuple[int, int]]:
        waiting: list[Node] = [self.root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Listing):
                waiting += node.items
            elif isinstance(node, Mapping):
                waiting += [one for pair in node.pairs for one in pair]
            elif node.style in ("|", ">"):
                yield self.line(node.start).after, node.end  # a comment may follow the sign
            else:
                yield node.start, node.end

    # -- lines and columns ------------------------------------------------------------------------

    def line(self, at: int) -> Line:
        """The line on which a place is."""
        start = at - self.column(at)
        body = _LINE.match(self.text, start)
        assert body is not None
        ending = _BREAK.match(self.text, body.end())
        return Line(start, body.end(), ending.end() if ending else body.end(), body[0])

    def line_above(self, line: Line) -> Line | None:
        """The line before a line, or None before the first."""
        if line.start == 0:
            return None
        crlf = self.text.endswith("\r\n", 0, line.start)
        return self.line(line.start - (2 if crlf else 1))

    def line_below(self, line: Line) -> Line | None:
        """The line after a line, or None after the last."""
        return None if line.after == line.end else self.line(line.after)

    def column(self, at: int) -> int:
        """How many signs stand before a place on its line."""
        return at - max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) - 1

    def place(self, key: Scalar, node: Mapping) -> Place:
        """Where a field stands."""
        return Place(self.column(key.start), node.in_brackets, self.newline)

    def dash_indent(self) -> int:
        """How far this file sets the dashes of a list in from the field they belong to."""
        key, themes = next(pair for pair in self.root.pairs if pair[0].text == "themes")
        if isinstance(themes, Listing) and themes.items and not themes.in_brackets:
            return self.column(themes.start) - self.column(key.start)
        return 2

    def end_of_line(self, at: int, text: str | None = None) -> int:
        """Where the line of a place ends, in this text or another."""
        line = _LINE.match(self.text if text is None else text, at)
        assert line is not None
        return line.end()

    def inserted(self, at: int, more: str) -> str:
        """The text with more in it."""
        return self.text[:at] + more + self.text[at:]


def reordered(codes: dict[str | None, list[Code]]) -> tuple[Code, ...]:
    """Codes in the order of a file, from those that stand under each."""
    found: list[Code] = []
    waiting = list(reversed(codes.get(None, [])))
    while waiting:
        code = waiting.pop()
        found.append(code)
        waiting += reversed(codes.get(code.id, []))
    return tuple(found)
