"""How a coded passage reads: one row of a list, and the whole of it in its context.

Pure functions on values; whatever these texts show has passed the consent service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.style import Style
from rich.text import Text

from qualcode.model.codebook import SEPARATOR
from qualcode.model.matrix import Quotation
from qualcode.services.retrieval.browsing import Voice
from qualcode.tui.widgets.row_text import Columns, one_line, shown

Mark = Callable[[str], tuple[str, Style]]
"""Sign and style of a theme by its id: a letter and a colour, so that neither stands alone."""

NameOf = Callable[[str], str]
"""The name of a code by its id."""

MOST_CHARACTERS = 20_000
"""Of one passage on the screen, some 3,500 words: wrapping more would be felt with every key."""

_LEAST_WORDS_CELLS = 14
_MOST_CODE_CELLS = 28

OPEN, CLOSE = "«", "»"
"""Around a passage in its context: no transcriber writes them, and they need no colour."""

NOBODY_KNOWN = "?"
"""In the place of a speaker."""

_BOLD = Style(bold=True)
_DIM = Style(dim=True)


def leaf(full_name: str) -> str:
    """The id of the code itself in a full name."""
    return full_name.rpartition(SEPARATOR)[2]


def row(quotation: Quotation, width: int, columns: Columns, *, mark: Mark, name: NameOf) -> Text:
    """Locator, coder where that is wanted, code, first words."""
    text = columns.begin(
        width,
        locator=quotation.locator,
        coder=quotation.coder,
        mark=mark(quotation.theme),
        code=name(leaf(quotation.code)),
        code_cells=min(_MOST_CODE_CELLS, (columns.left(width) - _LEAST_WORDS_CELLS) // 3),
    )
    star = "*" if quotation.starred else ""
    signs = f"{star}?" if quotation.doubt else f"{star}✎" if quotation.memo else star
    text.append(f" {signs:1} ")
    return text.append(one_line(quotation.text[: 4 * width]))


def in_context(
    quotation: Quotation,
    *,
    mark: Mark,
    name: NameOf,
    around: int,
    voices: Sequence[Voice] = (),
    tint: Style | None = None,
    also: Sequence[str] = (),
    more: str = "",
) -> Text:
    """The whole passage with the words around it and all that is said of it.

    `around` is the number of words on either side, of those that it came with; `voices` say who
    speaks where, each on a new row; `tint` is how the passage's own words look. `also` are the
    full names of other codes that lie here, `more` says how the rest of a long one is seen.
    """
    sign, style = mark(quotation.theme)
    text = Text()
    text.append(f"{sign} ", style)
    text.append(one_line(name(leaf(quotation.code))), _BOLD)
    theme = leaf(quotation.theme)
    if theme != leaf(quotation.code):
        text.append(f"  in {one_line(name(theme))}")
    text.append(f"\n{one_line(quotation.locator)} · coded by {one_line(quotation.coder)}\n\n")
    style = _BOLD if tint is None else _BOLD + tint
    text.append_text(spoken(quotation, voices, style=style, around=around, more=more))
    for label, said in _said_of(quotation, also, name):
        text.append(f"\n\n{label}: ", _BOLD)
        text.append(said)
    return text


def spoken(
    quotation: Quotation,
    voices: Sequence[Voice],
    *,
    style: Style,
    around: int = 0,
    more: str = "",
) -> Text:
    """The words of a passage between its signs, cut where somebody else begins to speak."""
    left = len(quotation.text[MOST_CHARACTERS:].split())
    goes_on = f" … {left:,} more words{f': {more}' if more else ''}" if left else ""
    return _spoken(_pieces(quotation, voices, around), style, goes_on)


class _Piece(NamedTuple):
    """Words of one speaker; `speaker` is "" where somebody goes on."""

    part: str
    speaker: str
    words: str


def _spoken(pieces: Iterable[_Piece], style: Style, goes_on: str) -> Text:
    """A passage between its signs, and what is said before and after it."""
    text, last = Text(), ""
    for part, speaker, words in pieces:
        if last == "text" and part != last:
            text.append(goes_on).append(CLOSE, style)
        if last:
            text.append("\n" if speaker else " ")
        elif part == "before":
            text.append("… ", _DIM)
        if speaker:
            text.append(f"{speaker}: ", _BOLD)
        if part == "text" and last != part:
            text.append(OPEN, style)
        text.append(words, style if part == "text" else _DIM)
        last = part
    if last == "after":
        return text.append(" …", _DIM)
    return text.append(goes_on).append(CLOSE, style)


def _pieces(quotation: Quotation, voices: Sequence[Voice], around: int) -> Iterator[_Piece]:
    """The words cut where somebody else begins to speak."""
    before, after = quotation.before.split()[-around:], quotation.after.split()[:around]
    words = quotation.text[:MOST_CHARACTERS]
    speaking: str | None = None
    for part, length in (("before", len(before)), ("text", len(words)), ("after", len(after))):
        starts: dict[int, str] = {}
        for voice in voices:
            at = length - voice.at if part == "before" else voice.at
            if voice.part == part and at < length:
                starts[max(0, at)] = voice.speaker or NOBODY_KNOWN
        cuts = sorted({0, *starts})
        for start, end in zip(cuts, [*cuts[1:], length], strict=True):
            speaker = starts.get(start, speaking)
            if part == "text":
                said = shown(words[start:end].strip())
            else:
                said = shown(" ".join((before if part == "before" else after)[start:end]))
            if said:
                yield _Piece(part, speaker if speaker and speaker != speaking else "", said)
                speaking = speaker


def _said_of(quotation: Quotation, also: Sequence[str], name: NameOf) -> list[tuple[str, str]]:
    """Further lines, as (label, words)."""
    lines: list[tuple[str, str]] = []
    if quotation.attribution:
        lines.append(("May be cited as", one_line(quotation.attribution)))
    if quotation.starred:
        lines.append(("Star", "worth quoting"))
    if quotation.doubt:
        lines.append(("Doubt", f"{one_line(quotation.coder)} wants to talk about it"))
    if quotation.memo:
        lines.append(("Memo", shown(quotation.memo)))
    if also:
        lines.append(("Also here", ", ".join(one_line(name(leaf(one))) for one in also)))
    return lines
