"""A codebook with comments, whose codes are in use, and what file and store say of it."""

from __future__ import annotations

from pathlib import Path

from qualcode.codebook import load_codebook
from qualcode.services.book import codebooks
from qualcode.services.book.codebooks import living
from qualcode.store import codes, queries
from qualcode.store.store import Store

BOOK = """\
# The book of the fair.
codebook: Fairs
version: 1
themes:
  # money
  - id: funding      # keep this id
    name: Funding
    key: f
    codes:
      # the oldest code
      - id: grant-aid
        name: Grant aid
        codes:
          - id: small-grants
            name: Small grants
      - id: trading
        name: Trading
  # people
  - id: cohesion
    name: Cohesion
    codes:
      - id: bonding
        name: Bonding
# the end
"""
OWNERS = {
    "# The book of the fair.": None,
    "# money": "funding",
    "# keep this id": "funding",
    "# the oldest code": "grant-aid",
    "# people": "cohesion",
    "# the end": None,
}
"""The comments of the book, and the code that each belongs to."""


def names(store: Store) -> list[str]:
    book = codebooks.show_codebook(store).codebook
    return [book.full_name(code.id) for code in book.codes]


def all_codings(store: Store) -> list[tuple[str, str, int, int, bool]]:
    with store.reading() as session:
        return [
            (c.code, c.coder, c.segment.start, c.segment.end, c.doubt)
            for c in queries.codings(session)
        ]


def in_step(store: Store, file: Path) -> bool:
    """The file says what the store has, to the letter and to the code."""
    text = codebooks.read_text(file)
    with store.reading() as session:
        same = codes.source(session) == text
        living_book = living(*queries.codebook(session))
        return same and living_book == load_codebook(text, where="codebook.yaml")
