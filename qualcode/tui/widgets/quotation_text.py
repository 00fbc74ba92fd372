"""How a coded passage reads: one row of a list, and the whole of it in its context.

Pure functions on values; whatever these texts show has passed the consent service.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from qualcode.model.codebook import SEPARATOR
from qualcode.model.matrix import Quotation
from qualcode.tui.transcript import cells

Mark = Callable[[str], tuple[str, Style]]
"""Sign and style of a theme by its id: a letter and a colour, so that neither stands alone."""

NameOf = Callable[[str], str]
"""The name of a code by its id."""

MOST_CHARACTERS = 20_000
"""Of one passage on the screen, some 3,500 words: wrapping more would be felt with every key."""

_LEAST_WORDS_CELLS = 16
_MOST_LOCATOR_CELLS = 24
_MOST_CODE_CELLS = 28

_BOLD = Style(bold=True)
_DIM = Style(dim=True)


def one_line(words: str) -> str:
    """Words that stay on one row."""
    return cells.printable(" ".join(words.split()))


def shown(words: str) -> str:
    """Words with their line breaks, without what disturbs a terminal."""
    return "\n".join(cells.printable(line) for line in words.split("\n"))


def leaf(full_name: str) -> str:
    """The id of the code itself in a full name."""
    return full_name.rpartition(SEPARATOR)[2]


def cut(words: str, width: int) -> Text:
    """Words in exactly so many cells, with `…` where they go on."""
    kept = cells.fit(words, max(1, width))
    return Text(kept + " " * (width - cell_len(kept)), end="", no_wrap=True)


def row(quotation: Quotation, width: int, *, locator_cells: int, mark: Mark, name: NameOf) -> Text:
    """Locator, code, first words."""
    sign, style = mark(quotation.theme)
    where = min(locator_cells, _MOST_LOCATOR_CELLS, width // 3)
    code = min(_MOST_CODE_CELLS, max(8, (width - where - _LEAST_WORDS_CELLS) // 3))
    text = Text(end="", no_wrap=True)
    text.append_text(cut(one_line(quotation.locator), where))
    text.append(" ")
    text.append(f"{sign} ", style)
    text.append_text(cut(one_line(name(leaf(quotation.code))), code))
    text.append(" ? " if quotation.doubt else " ✎ " if quotation.memo else "   ")
    text.append(one_line(quotation.text[: 4 * width]))
    return text


def locator_cells(quotations: Sequence[Quotation]) -> int:
    """The width of the widest locator."""
    return max((cell_len(one_line(one.locator)) for one in quotations), default=0)


def in_context(
    quotation: Quotation,
    *,
    mark: Mark,
    name: NameOf,
    around: int,
    also: Sequence[str] = (),
    more: str = "",
) -> Text:
    """The whole passage with the words around it and all that is said of it.

    `around` is the number of words on either side, of those that it came with; `also` are the full
    names of other codes that lie here, `more` says how the rest of a long one is seen.
    """
    sign, style = mark(quotation.theme)
    text = Text()
    text.append(f"{sign} ", style)
    text.append(one_line(name(leaf(quotation.code))), _BOLD)
    theme = leaf(quotation.theme)
    if theme != leaf(quotation.code):
        text.append(f"  in {one_line(name(theme))}")
    text.append(f"\n{one_line(quotation.locator)} · coded by {one_line(quotation.coder)}\n\n")
    before, after = quotation.before.split()[-around:], quotation.after.split()[:around]
    if before:
        text.append(f"… {shown(' '.join(before))} ", _DIM)
    words = quotation.text
    text.append(f"[{shown(words[:MOST_CHARACTERS])}", _BOLD)
    if len(words) > MOST_CHARACTERS:
        left = len(words[MOST_CHARACTERS:].split())
        text.append(f" … {left:,} more words{f': {more}' if more else ''}")
    text.append("]", _BOLD)
    if after:
        text.append(f" {shown(' '.join(after))} …", _DIM)
    for label, said in _said_of(quotation, also, name):
        text.append(f"\n\n{label}: ", _BOLD)
        text.append(said)
    return text


def _said_of(quotation: Quotation, also: Sequence[str], name: NameOf) -> list[tuple[str, str]]:
    """Further lines, as (label, words)."""
    lines: list[tuple[str, str]] = []
    if quotation.attribution:
        lines.append(("May be cited as", one_line(quotation.attribution)))
    if quotation.doubt:
        lines.append(("Doubt", f"{one_line(quotation.coder)} wants to talk about it"))
    if quotation.memo:
        lines.append(("Memo", shown(quotation.memo)))
    if also:
        lines.append(("Also here", ", ".join(one_line(name(leaf(one))) for one in also)))
    return lines
