"""Plain text and Markdown: lines, most of them with a speaker's label at their start.

Text without any label is a normal case (field notes, the prose of a speech engine): it becomes one
turn without speaker. A YAML block at the head of a Markdown file gives facts and is set aside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.readers.grammar.dialogue import read_dialogue
from qualcode.readers.grammar.facts import facts_of_front_matter
from qualcode.readers.grammar.lines import split_lines
from qualcode.readers.grammar.links import may_have_links, without_links
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.decoding import decode, is_surely_composed
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import make_reading

if TYPE_CHECKING:
    from qualcode.model.transcript import Reading

FORMAT = Format("text", "plain text or Markdown")

# A block that does not close within this length is a ruler, and a text that begins with one.
_LONGEST_FRONT_MATTER = 20_000
_FRONT_MATTER = re.compile(
    r"\s*---[ \t]*(?:\r\n?|\n)(.*?)(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|$)", re.S
)


def recognises(source: Source) -> bool:  # noqa: ARG001  every reader answers the same question
    """True: what no other reader knows is tried as text, and refused by decoding if it is none."""
    return True


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a text file, and the account of what was left out."""
    decoded = decode(source)
    composed = decoded.encoding == "utf-8" and is_surely_composed(source.data)
    ledger = Ledger.of_text(decoded, composed=composed)
    text = decoded.text
    block, facts = _take_front_matter(text, ledger)
    lines = split_lines(text[len(block) :], ledger, first=len(block.splitlines()) + 1)
    if may_have_links(text):
        lines = without_links(lines, ledger)
    spoken = read_dialogue(lines, ledger, header=block)
    spoken.facts.update(facts)
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _take_front_matter(text: str, ledger: Ledger) -> tuple[str, dict[str, str]]:
    """The YAML block at the head of a text, set aside, with the facts in it."""
    match = _FRONT_MATTER.match(text, 0, _LONGEST_FRONT_MATTER)
    if match is None:
        return "", {}
    # 16 ms to import; only Markdown with a block of facts comes here.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML(typ="safe", pure=True)
    yaml.allow_duplicate_keys = True
    line = text[: match.start(1)].count("\n") + 1
    try:
        fields = yaml.load(match[1])
    except (YAMLError, ValueError, RecursionError):
        fields = None
        ledger.warn("front-matter-unread", "the YAML block at the head is not valid YAML", line)
    ledger.put_aside(kinds.FRONT_MATTER, match[0], 1)
    return match[0], facts_of_front_matter(fields) if isinstance(fields, dict) else {}
