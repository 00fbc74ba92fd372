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
from qualcode.services.charts.charting import WITH_SUMMARIES
from qualcode.services.charts.parts import Part
from qualcode.services.consent.agreed import consent_of
from qualcode.services.consent.names.forbidden import Forbidden, forbidden
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
    """The parts in which there is a quotation or a summary, each with its file beside the target.

    `build` is `build_matrix` with all that was asked for but the part. Beside `matrix.docx` stands
    `matrix-funding.docx`. Whoever codes meanwhile is in none of them: the parts and their numbers
    are seen in one look. Raises UsageError where there is nothing to split, or for another `by`.
    """
    if by not in SPLITS:
        raise errors.UsageError(
            f"a matrix cannot be split by '{by}'", mend=f"Give one of {', '.join(SPLITS)}."
        )
    with store.reading() as session:
        build = partial(build, within=session)
        # Of the whole everything is numbered, whatever a cell is to show.
        rows = {} if by == THEME else {"rows": by}
        whole = build(**rows, max_quotes=None)
        built = ((part, build(part=part)) for part in _parts(session, whole, by))
        made = [(part, report) for part, report in built if _holds_anything(report)]
        if not made:
            raise errors.UsageError(
                f"nothing stands under any {by}, so there is nothing to split",
                mend="Write it in one file.",
            )
        known = forbidden(session, consent_of(session))
        called = [part.theme or part.name for part, _ in made]
        files = _files(target, called, by, partial(_names_somebody, known))
        parts = ((report, file) for (_, report), file in zip(made, files, strict=True))
        return Split(tuple(parts), whole.withheld)


def _parts(session: Session, whole: MatrixReport, by: str) -> Iterator[Part]:
    """What can be a part, in the order of the whole, with its numbers.

    Of a place without a quotation only its part can say whether a summary stands there: the rows of
    the parts are others than those of this whole.
    """
    numbers = _numbers(whole)
    may_be_summed_up = whole.show in WITH_SUMMARIES
    if by == THEME:
        for section in whole.sections:
            if may_be_summed_up or _counts(section.matrix.cells):
                yield Part(section.name, theme=section.key, numbers=numbers)
        return
    # What is called alike is told apart by all that is said, and not to all is the same said.
    corpus = Corpus(session, audience=whole.audience)
    stored: dict[str, str | Unsaid] = {one.value: one for one in Unsaid}
    stored |= {key: value for value, key in cases_of(corpus, by).values.items()}
    for row, cells in zip(whole.matrix.rows, whole.matrix.cells, strict=True):
        if may_be_summed_up or _counts([cells]):
            yield Part(row.label, within=(by, stored[row.key]), numbers=numbers)


def _numbers(whole: MatrixReport) -> dict[tuple[str, str, int, int], int]:
    return {place_of(quotation): quotation.number for quotation in whole.quotations}


def _counts(rows: Iterable[Iterable[Cell]]) -> bool:
    return any(cell.count for row in rows for cell in row)


def _holds_anything(report: MatrixReport) -> bool:
    cells = (cell for one in report.sections for row in one.matrix.cells for cell in row)
    return any(cell.count or cell.summary for cell in cells)


def _names_somebody(known: Forbidden, file: str) -> bool:
    return bool(known.found(file))


def _files(
    target: Path, names: Sequence[str], by: str, names_somebody: Callable[[str], bool]
) -> Iterator[Path]:
    """A file for each name, in letters and figures that every system takes, no two alike.

    A place that is somebody's surname, too, would be their name there: such are `matrix-place`.
    """
    taken: set[str] = set()
    for name in names:
        stem = _OTHER_SIGNS.sub("-", name.lower()).strip("-") or "part"
        stem = by if names_somebody(f"{target.stem}-{stem}{target.suffix}") else stem
        number = 1
        while (once := stem if number == 1 else f"{stem}-{number}").casefold() in taken:
            number += 1
        taken.add(once.casefold())
        yield target.with_name(f"{target.stem}-{once}{target.suffix}")
