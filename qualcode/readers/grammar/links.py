"""Links in running text, as Markdown and pages of the web write them: their words stay.

`[the paper](https://...)` and `<a href="https://...">the paper</a>` are "the paper". Only what goes
somewhere is a link: `[laughs](quietly)` is a transcriber's, and stays as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.readers.grammar.clocks import is_only_time
from qualcode.readers.ground import ledger as kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.readers.grammar.lines import Line
    from qualcode.readers.ground.ledger import Ledger

# Each part is bounded, so that a line of any length costs the same.
_LINK = re.compile(
    r"!?\[([^\[\]]{0,300})\]"
    r"\((?:https?://|www\.|mailto:|\.{0,2}/|#)[^\s()]{0,1000}(?:\([^\s()]{0,200}\)[^\s()]{0,200})?"
    r"(?:\s\"[^\"]{0,200}\")?\)"
)
_ANCHOR = re.compile(r"<a\s[^<>]{0,1500}>|</a>", re.IGNORECASE)


def may_have_links(text: str) -> bool:
    """False of a text in which there are none: to look once costs less than in every line."""
    # One letter is found sixty times as fast as two.
    return "<" in text or ("]" in text and "](" in text)


def without_links(lines: Sequence[Line], ledger: Ledger) -> list[Line]:
    """The lines with the words of their links alone; addresses are entered as markup.

    A line that was nothing but a link without words is left out.
    """
    found: list[Line] = []
    gap = False
    for line in lines:
        text = line.text
        if "](" not in text and "<a" not in text and "<A" not in text:
            found.append(line._replace(gap=True) if gap else line)
            gap = False
            continue
        plain = _ANCHOR.sub("", _LINK.sub(_words_of, text))
        words = plain.strip()
        ledger.drop(kinds.MARKUP, len(text) - len(plain))
        ledger.drop(kinds.SPACE, len(plain) - len(words))
        gap = gap or line.gap
        if words:
            found.append(line._replace(text=words, gap=gap))
            gap = False
    return found


def _words_of(link: re.Match[str]) -> str:
    """The words of a link; a time keeps its brackets, for they show that it is one."""
    words = link[1]
    return f"[{words}]" if words and is_only_time(words) else words
