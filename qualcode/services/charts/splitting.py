"""A matrix in several documents: one for each theme or place, beside one another.

A long matrix is read, sent and opened in parts. What is not shown of somebody, such as the place,
does not come out by the file they are in: all of those have one of their own, apart from the one
of those of whom nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qualcode import errors
from qualcode.model.matrix import Cell, MatrixReport
from qualcode.services.cases.joining import place_of
from qualcode.services.cases.rows import cases_of
from qualcode.services.charts.parts import Part
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import Unsaid
from qualcode.store.engine import Session
from qualcode.store.store import Store

THEME, PLACE = "theme", "place"
SPLITS = (THEME, PLACE)
"""By what a matrix can be split."""

_OTHER_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Split:
    """The parts, each with its file, and how many codings the whole leaves out.

    Who is withheld has no place, and so is in no part.
    """

    parts: tuple[tuple[MatrixReport, Path], ...]
    withheld: int


def split(store: Store, build: Callable[..., MatrixReport], target: Path, *, by: str) -> Split:
    """The parts in which there is a quotation, each with its file beside the target.

    `build` is `build_matrix` with all that was asked for but the part. Beside `matrix.docx` stands
    `matrix-funding.docx`. Whoever codes meanwhile is in none of them: the parts and their numbers
    are seen in one look. Raises UsageError where there is nothing to split.
    """
    with store.reading() as session:
        build = partial(build, within=session)
        # Of the whole everything is numbered, whatever a cell is to show.
        rows = {} if by == THEME else {"rows": by}
        whole = build(**rows, max_quotes=None)
        parts = list(_parts(session, whole, by))
        if not parts:
            raise errors.UsageError(
                f"no {by} has a quotation, so there is nothing to split",
                mend="Write it in one file.",
            )
        files = _files(target, [part.theme or part.name for part in parts])
        made = ((build(part=part), file) for part, file in zip(parts, files, strict=True))
        return Split(tuple(made), whole.withheld)


def _parts(session: Session, whole: MatrixReport, by: str) -> Iterator[Part]:
    """The parts in the order of the whole, with its numbers."""
    numbers = _numbers(whole)
    if by == THEME:
        for section in whole.sections:
            if _counts(cell for row in section.matrix.cells for cell in row):
                yield Part(section.name, theme=section.key, numbers=numbers)
        return
    # What is called alike is told apart by all that is said, and not to all is the same said.
    corpus = Corpus(session, audience=whole.audience)
    stored: dict[str, str | Unsaid] = {one.value: one for one in Unsaid}
    stored |= {key: value for value, key in cases_of(corpus, by).values.items()}
    for row, cells in zip(whole.matrix.rows, whole.matrix.cells, strict=True):
        if _counts(cells):
            yield Part(row.label, within=(by, stored[row.key]), numbers=numbers)


def _numbers(whole: MatrixReport) -> dict[tuple[str, str, int, int], int]:
    return {place_of(quotation): quotation.number for quotation in whole.quotations}


def _counts(cells: Iterable[Cell]) -> bool:
    return any(cell.count for cell in cells)


def _files(target: Path, names: Sequence[str]) -> Iterator[Path]:
    """A file for each name, in letters and figures that every system takes, no two alike."""
    taken: set[str] = set()
    for name in names:
        stem = _OTHER_SIGNS.sub("-", name.lower()).strip("-") or "part"
        number = 1
        while (once := stem if number == 1 else f"{stem}-{number}").casefold() in taken:
            number += 1
        taken.add(once.casefold())
        yield target.with_name(f"{target.stem}-{once}{target.suffix}")
