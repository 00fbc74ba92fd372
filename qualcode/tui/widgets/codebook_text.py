"""How the codebook reads: one row for each code, and all that a coder needs to decide on one.

Pure functions on values: which rows there are, how one is drawn, what stands beside the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from qualcode.codebook import CodebookChanges
from qualcode.model.codebook import Code
from qualcode.services.book.codebook_file import FileKind, FileState
from qualcode.services.projects import CODEBOOK
from qualcode.services.retrieval.browsing import CodebookPage
from qualcode.text.folding import fold
from qualcode.tui.own.keymap import Keymap
from qualcode.tui.widgets.row_text import cut, one_line, shown
from qualcode.tui.widgets.theme_marks import ThemeMarks

COUNT_CELLS = 7
"""Of one number of codings, right-aligned, with a blank before it."""

PROPOSED = " (proposed)"
RETIRED = " (retired)"

_MOST_CHANGES = 10
_MOST_CHANGE_SIGNS = 200
_MOST_NAME = 60
_INDENT_CELLS = 2
_MARK_CELLS = 4
_LEAST_NAME_CELLS = 12
_BOLD = Style(bold=True)
_DIM = Style(dim=True)


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code as the list shows it; `theme` is the id of its theme, `depth` 0 is a theme."""

    code: Code
    theme: str
    depth: int
    retired: bool
    mine: int
    everyone: int


def rows(page: CodebookPage, words: str = "") -> tuple[CodeRow, ...]:
    """The codes as the book walks, retired ones at the end; with words only those that hold them.

    Words are looked for in names and definitions, all of them, however they are spelt.
    """
    wanted = fold(words).split()
    walked = [(code, depth) for code, depth in page.book.walk() if _holds(code, wanted)]
    kept = [(code, depth) for code, depth in walked if code.id not in page.retired]
    retired = [(code, depth) for code, depth in walked if code.id in page.retired]
    return tuple(
        CodeRow(
            code,
            page.book.path(code.id)[0],
            depth,
            code.id in page.retired,
            page.mine.get(code.id, 0),
            page.everyone.get(code.id, 0),
        )
        for code, depth in [*kept, *retired]
    )


def _holds(code: Code, wanted: list[str]) -> bool:
    text = fold(f"{code.name}\n{code.definition}")
    return all(word in text for word in wanted)


def head(width: int) -> Text:
    """What the columns of the list are."""
    return Text(f"{'mine':>{COUNT_CELLS}}{'all':>{COUNT_CELLS}}".rjust(width), end="")


def draw(row: CodeRow, width: int, marks: ThemeMarks) -> Text:
    """Sign, letter, name, what is special about it, mine, everyone's."""
    letter, style = marks.mark(row.theme)
    text = Text(end="", no_wrap=True)
    text.append(f"{marks.sign(row.theme)} ", style)
    text.append(f"{letter if row.depth == 0 else ' '} ", style)
    special = (PROPOSED if row.code.proposed else "") + (RETIRED if row.retired else "")
    room = width - _MARK_CELLS - 2 * COUNT_CELLS
    # However deep a code lies, so much of its name is seen that it can be told from others.
    indent = min(_INDENT_CELLS * row.depth, max(0, room - _LEAST_NAME_CELLS - cell_len(special)))
    text.append(" " * indent)
    name = cut(one_line(row.code.name), room - indent - cell_len(special)).plain.rstrip()
    text.append(name, _BOLD if row.depth == 0 else None)
    text.append(special, _DIM)
    text.append(" " * max(0, width - 2 * COUNT_CELLS - text.cell_len))
    text.append(f"{row.mine or '·':>{COUNT_CELLS}}{row.everyone or '·':>{COUNT_CELLS}}")
    return text


def detail(row: CodeRow, page: CodebookPage, marks: ThemeMarks, keys: Keymap) -> Text:
    """All that is known of a code, for deciding whether it belongs on a passage."""
    code = row.code
    letter, style = marks.mark(row.theme)
    text = Text()
    text.append(f"{marks.sign(row.theme)} ", style)
    text.append(one_line(code.name), _BOLD)
    text.append((PROPOSED if code.proposed else "") + (RETIRED if row.retired else ""))
    text.append(f"\n{page.book.full_name(code.id)}", _DIM)
    if row.depth == 0:
        text.append(f" · opened by {letter}" if letter.isalnum() else " · no letter", _DIM)
    for part in _parts(row, page, keys):
        text.append("\n\n")
        text.append_text(part)
    return text


def _parts(row: CodeRow, page: CodebookPage, keys: Keymap) -> Iterator[Text]:
    code = row.code
    none = keys.fill("No definition yet: {codebook.define} writes one.")
    yield Text(shown(code.definition) or none)
    yield from _listed("When to use it", code.include)
    yield from _listed("When not to", code.exclude)
    yield from _listed("Examples", code.examples)
    if code.look_for:
        yield _titled("Words to look for", ", ".join(one_line(one) for one in code.look_for))
    yield _titled("Codings", _counted(row, page))
    for memo in page.memos.get(code.id, ()):
        day = memo.written.date().isoformat()
        yield _titled(f"Memo of {one_line(memo.coder)}, {day}", shown(memo.body))


def _counted(row: CodeRow, page: CodebookPage) -> str:
    said = f"{row.mine:,} of yours, {row.everyone:,} of everyone"
    below = [code.id for code, _ in page.book.walk(row.code.id)]
    if not below:
        return said
    mine = row.mine + sum(page.mine.get(one, 0) for one in below)
    everyone = row.everyone + sum(page.everyone.get(one, 0) for one in below)
    return f"{said}; with all below it {mine:,} and {everyone:,}"


def _titled(title: str, said: str) -> Text:
    return Text.assemble((f"{title}: ", _BOLD), said)


def _listed(title: str, items: tuple[str, ...]) -> Iterator[Text]:
    if items:
        text = Text(title, _BOLD)
        for item in items:
            text.append(f"\n- {one_line(item)}", Style(bold=False))
        yield text


# -- the file, and questions ---------------------------------------------------------------------


def of_file(state: FileState, path: Path, keys: Keymap) -> str:
    """What is to be said of the file, "" where it is as it was applied."""
    key = keys.fill("{codebook.apply}")
    if state.kind is FileKind.MISSING:
        return f"No {CODEBOOK} in {path.parent}, so no code can be changed: {key} writes it."
    if state.kind is FileKind.BROKEN:
        more = f" (and {len(state.errors) - 1} more)" if len(state.errors) > 1 else ""
        return f"{CODEBOOK} needs mending first: {state.errors[0] if state.errors else ''}{more}"
    if state.behind:
        behind = f"{CODEBOOK} is behind the project, where somebody else edited"
        return f"{behind}: {key} brings it up to date."
    if state.kind is FileKind.CHANGED:
        return f"{CODEBOOK} was changed outside: {key} shows what, and brings it in."
    return ""


def change_lines(changes: CodebookChanges) -> tuple[str, ...]:
    """The changes, as many as a small screen has room for."""
    lines = [line[:_MOST_CHANGE_SIGNS] for line in changes.lines()]
    more = len(lines) - _MOST_CHANGES
    return (*lines[:_MOST_CHANGES], *((f"… and {more:,} more",) if more > 0 else ()))


def short(name: str) -> str:
    """A name as a question may hold it."""
    line = one_line(name)
    return line if len(line) <= _MOST_NAME else f"{line[: _MOST_NAME - 1]}…"
