"""What columns are called and why cells are empty, in the same words in every document."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.exporters.table_or_list import says_something
from qualcode.model.summary import NO_SUMMARY, NONE_SHOWN, Emptiness

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from qualcode.model.matrix import BalanceLine, Cell, Comparison, ThemeSection

WHOLE_THEME = "Theme as a whole"
"""The column of what no code below a theme holds, and of what the team sums up of all of it."""

BALANCE = "Who speaks, and who was interviewed"
BY = "By"
NOTHING = "–"
"""Stands in a cell that would be blank: a blank one may be an oversight."""

_PLAIN_REASONS = (None, NOTHING, "nothing coded", Emptiness.NOTHING_CODED)
"""What a dash or a 0 says."""

_SENTENCE = re.compile(r"(?<=\.) ")
"""Where one sentence of a rule ends and the next begins."""

_SHOWN = {"summary": "a summary or a quotation", "both": "a quotation or a summary"}


def heading_of(section: ThemeSection, place: int) -> str:
    """What a column is called; a theme beside its codes is not one more of them."""
    return WHOLE_THEME if place == _whole(section) else section.matrix.columns[place].label


def cells_of(section: ThemeSection, cells: Sequence[Cell], show: str) -> tuple[Cell, ...]:
    """The cells of a row; who speaks under a code is not said to be silent on the whole theme.

    Where summaries are shown, that cell is there for one.
    """
    whole = _whole(section)
    if whole is None or not any(cell.count for cell in cells):
        return tuple(cells)
    own = cells[whole]
    if own.empty_reason != Emptiness.NOTHING_CODED:
        return tuple(cells)
    reason = NO_SUMMARY if show in _SHOWN else NOTHING
    return (*cells[:whole], replace(own, empty_reason=reason), *cells[whole + 1 :])


def reason_of(cell: Cell) -> str | None:
    """Why nothing stands in a cell, where that is more than that nothing was coded.

    Such a cell is no 0: nobody knows what would stand there.
    """
    return None if cell.empty_reason in _PLAIN_REASONS else cell.empty_reason


def in_the_cell(cell: Cell) -> str:
    """What stands in an empty cell: why it is, and how many quotations are not shown in it."""
    if cell.empty_reason == NONE_SHOWN:
        return f"{cell.count:,} {NONE_SHOWN}"
    return cell.empty_reason or NOTHING


def by_reason(cells: Iterable[tuple[str, Cell]], *, between: str = ", ") -> Iterator[str]:
    """`Not asked: P01, P05.`: what each cell is called whose emptiness has such a reason.

    What is counted and not shown is said with its number: `Counted, not shown: P02 (3).`
    """
    named: dict[str, list[str]] = defaultdict(list)
    for name, cell in cells:
        reason = reason_of(cell)
        if reason:
            named[reason].append(f"{name} ({cell.count:,})" if reason == NONE_SHOWN else name)
    for reason, names in named.items():
        yield f"{reason[:1].upper()}{reason[1:]}: {between.join(names)}."


def silent_in_words(section: ThemeSection, bare: Sequence[str] = ()) -> str:
    """`Nothing in this theme: 3 of 80. Not asked: P01, P05. Withheld: P09.`

    `bare` are labels of rows in which nothing is shown. Empty where everybody speaks.
    """
    named: dict[str, list[str]] = defaultdict(list)
    for label in bare:
        named[str(Emptiness.NOTHING_CODED)].append(label)
    for one in section.silent:
        named[one.reason].append(one.label)
    if not named:
        return ""
    every = len(section.matrix.rows) + len(section.silent)
    said = [f"Nothing in this theme: {sum(map(len, named.values()))} of {every}."]
    for reason in sorted(named, key=lambda reason: (reason not in _PLAIN_REASONS, reason)):
        said.append(f"{reason[:1].upper()}{reason[1:]}: {', '.join(named[reason])}.")
    return " ".join(said)


def not_heard(section: ThemeSection, rows: Iterable[int], place: int, show: str) -> Iterator[str]:
    """The cases among the rows that have nothing under a code, sorted, by why it is.

    That nothing is coded there is not said: they are all who are not named.
    """
    matrix = section.matrix
    cells = {row: cells_of(section, matrix.cells[row], show)[place] for row in rows}
    empty = (row for row, cell in cells.items() if not says_something(cell, show=show))
    of_label = sorted(empty, key=lambda row: matrix.rows[row].label)
    return by_reason((matrix.rows[row].label, cells[row]) for row in of_label)


def bare_codes(section: ThemeSection, held: Collection[int], show: str) -> Iterator[str]:
    """`Codes without a quotation: Bridging.`: those that are not at `held`, the places of others.

    Where all that a code holds is left to better quotations, that is said instead, with how many
    they are.
    """
    bare: list[str] = []
    counted: list[str] = []
    for place, column in enumerate(section.matrix.columns):
        if place in held:
            continue
        number = sum(row[place].count for row in section.matrix.cells)
        if number:
            counted.append(f"{column.label} ({number:,})")
        else:
            bare.append(column.label)
    for said, codes in (
        (f"Codes without {lacking(show)}", bare),
        (f"Codes that are {NONE_SHOWN}", counted),
    ):
        if codes:
            yield f"{said}: {'; '.join(codes)}."


def lacking(show: str) -> str:
    """What a theme or a code that is left out does not have, by what the cells show."""
    return _SHOWN.get(show, "a quotation")


def defined(definition: str, how_much: str) -> str:
    """What a theme or a code means, and how much stands under it, as sentences."""
    definition = definition.strip()
    if definition and not definition.endswith((".", "!", "?")):
        definition += "."
    return f"{definition} {how_much}.".lstrip()


def _whole(section: ThemeSection) -> int | None:
    """The place of the theme's own column, where it has one beside those of its codes."""
    columns = section.matrix.columns
    places = (at for at, column in enumerate(columns) if column.key == section.key)
    return next(places, None) if len(columns) > 1 else None


def rules_of(comparisons: Iterable[Comparison]) -> tuple[str, list[str]]:
    """What all comparisons go by, to be said once above them, and what each goes by besides."""
    rules = [_SENTENCE.split(compared.rule) for compared in comparisons]
    shared = [one for one in rules[0] if all(one in rule for rule in rules)] if rules else []
    return " ".join(shared), [" ".join(one for one in rule if one not in shared) for rule in rules]


def balance_of(lines: Sequence[BalanceLine]) -> tuple[list[str], list[list[str]]]:
    """Who speaks, and who was interviewed: the headings and the rows, by those that are needed."""
    heads = ["Group or person", "Quotations", "Cases"]
    rows = [[line.label, str(line.quotations), str(line.cases)] for line in lines]
    if any(line.attribute for line in lines):
        heads.insert(0, BY)
        rows = [[line.attribute or NOTHING, *row] for line, row in zip(lines, rows, strict=True)]
    if any(line.warning for line in lines):
        heads.append("To think about")
        rows = [[*row, line.warning or NOTHING] for line, row in zip(lines, rows, strict=True)]
    return heads, rows
