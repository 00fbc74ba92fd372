"""Documents of paragraphs and tables, as word processors write them: blocks in, dialogue out.

How a format comes to its blocks is its reader's matter; what they mean is the same for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar.dialogue import read_dialogue
from qualcode.readers.grammar.lines import Line, Row
from qualcode.readers.grammar.tables import TableRow, read_table
from qualcode.readers.ground import ledger as kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcode.readers.ground.ledger import Ledger
    from qualcode.readers.ground.turns import Spoken

# Longer paragraphs are speech; whether they are bold throughout is not asked.
LONGEST_NAME = 40


class Paragraph(NamedTuple):
    """A paragraph as it is shown; `bold` where all of it is, `number` counts from 1."""

    text: str
    number: int
    bold: bool


def read_document(blocks: Iterable[Paragraph | list[TableRow]], ledger: Ledger) -> Spoken:
    """Who says what in the blocks of a document, in their order.

    The characters of the blocks are entered in the ledger as read by who makes them.
    """
    items: list[Line | Row] = []
    facts: dict[str, str] = {}
    producer = None
    gap = True
    for block in blocks:
        if isinstance(block, Paragraph):
            lines = _lines(block, ledger, gap=gap)
            gap = not lines
            items.extend(lines)
            continue
        table = read_table(block, ledger)
        items.extend(table.items)
        facts.update(table.facts)
        producer = producer or table.producer
        gap = True
    spoken = read_dialogue(items, ledger)
    spoken.facts.update(facts)
    spoken.producer = producer or spoken.producer
    return spoken


def _lines(paragraph: Paragraph, ledger: Ledger, *, gap: bool) -> list[Line]:
    """A paragraph as lines: Teams and others break the line after the name instead of ending it."""
    lines: list[Line] = []
    for text in paragraph.text.splitlines():
        words = text.strip()
        if words:
            lines.append(Line(words, paragraph.number, gap and not lines, paragraph.bold))
    kept = sum(len(line.text) for line in lines)
    ledger.drop(kinds.SPACE, len(paragraph.text) - kept)
    return lines
