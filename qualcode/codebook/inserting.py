"""A code put into a list of codebook.yaml, in the manner of those that are there already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from qualcode.codebook.page import Page
from qualcode.codebook.spelling import Place
from qualcode.codebook.tree import Listing, Mapping


class Written(Protocol):
    """A code that can be written where it is to stand, in one spelling after another."""

    def as_item(self, dash_column: int) -> Iterator[str]:
        """As lines of a list of dashes; each spelling begins with a line break."""

    def in_brackets(self, place: Place) -> Iterator[str]:
        """As one entry between brackets."""


def with_entry(
    page: Page, parent: str | None, entry: Written, *, before: str | None = None
) -> Iterator[str]:
    """The page's text with a code under `parent`, None for a theme: last, or before another."""
    field = "themes" if parent is None else "codes"
    node = page.node(parent)
    pair = node.get(field)
    if pair is None:
        yield from _with_first(page, node, entry)
        return
    key, siblings = pair
    if isinstance(siblings, Listing) and siblings.items:
        yield from (
            _after_siblings(page, siblings, entry)
            if before is None
            else _before_sibling(page, before, entry)
        )
    elif node.in_brackets:
        for spelling in entry.in_brackets(page.place(key, node)):
            yield page.text[: key.end] + f": [{spelling}]" + page.text[siblings.end :]
    else:
        # What stands behind the colon goes, a comment behind that stays.
        begins = page.text.index(":", key.end) + 1
        emptied = page.text[:begins] + page.text[siblings.end :]
        at = page.end_of_line(begins, emptied)
        for spelling in entry.as_item(page.column(key.start) + page.dash_indent()):
            yield emptied[:at] + spelling + emptied[at:]


def _with_first(page: Page, node: Mapping, entry: Written) -> Iterator[str]:
    last = node.pairs[-1][1]
    place = page.place(node.pairs[0][0], node)
    if node.in_brackets:
        for spelling in entry.in_brackets(place):
            yield page.inserted(last.end, f", codes: [{spelling}]")
        return
    field = page.newline + " " * place.column + "codes:"
    for spelling in entry.as_item(place.column + page.dash_indent()):
        yield page.inserted(page.end_of_line(last.end), field + spelling)


def _after_siblings(page: Page, siblings: Listing, entry: Written) -> Iterator[str]:
    last = _entry_of(page, siblings, len(siblings.items) - 1)
    if siblings.in_brackets:
        for spelling in entry.in_brackets(Place(0, True, page.newline)):
            yield page.inserted(siblings.items[-1].end, f", {spelling}")
        return
    end = page.block_of(page.entries[last])[1].end
    for spelling in entry.as_item(page.column(siblings.start)):
        yield page.inserted(end, _apart(page, siblings) + spelling)


def _before_sibling(page: Page, before: str, entry: Written) -> Iterator[str]:
    sibling = page.entries[before]
    if sibling.listing.in_brackets:
        for spelling in entry.in_brackets(Place(0, True, page.newline)):
            yield page.inserted(sibling.node.start, f"{spelling}, ")
        return
    above = page.line_above(page.block_of(sibling)[0])
    assert above is not None  # the name of the list at least
    for spelling in entry.as_item(page.column(sibling.listing.start)):
        yield page.inserted(above.end, spelling + _apart(page, sibling.listing))


def _apart(page: Page, siblings: Listing) -> str:
    """An empty line where the codes of this list are parted by such."""
    if len(siblings.items) < 2:
        return ""
    between = page.text[siblings.items[-2].end : siblings.items[-1].start]
    return page.newline if len(between.split(page.newline)) > 2 else ""


def _entry_of(page: Page, siblings: Listing, at: int) -> str:
    return next(
        code_id
        for code_id, entry in page.entries.items()
        if entry.listing is siblings and entry.at == at
    )
