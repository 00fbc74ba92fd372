"""Three interviews with four participants, the matrix of them, and what has to add up in any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from services.study import BY, listing_text, tick

from qualcode.model.matrix import CountLine, MatrixReport, Quotation, ThemeSection
from qualcode.services.charts import charting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

MANIFEST = """\
interview_id,file,participant,speaker,role,organisation,place,stakeholder,attribution,date,strand
red,red.txt,P01,,Chair,The Hall,Marle,local VCS,role,2024-03-12,case study
blue,blue.txt,P02,,Clerk,Ashmere Clerks,Ashmere,officer,anonymous,2024-04-02,case study
joint,joint.txt,P03,Ann,Chair,The Mill,Marle,local VCS,role-organisation,2024-05-02,follow-up
joint,joint.txt,P04,Bea,Treasurer,The Mill,Wenbury,local VCS,named,2024-05-02,follow-up
"""
FILES = {
    "red.txt": "I: What?\n\nP: A grant came and the tent came with it.\n\nI: And?\n\nP: Tea.\n",
    "blue.txt": "I: What came?\n\nP: Nothing of that kind came here at all.\n",
    "joint.txt": "I: Who pays?\n\nAnn: The council pays.\n\nBea: We pay, really.\n\nI: Both?\n",
    "m.csv": MANIFEST,
}


def tag(store: Store, transcript: str, code: str, words: str, *, by: str = BY) -> None:
    start = listing_text(store, transcript).index(words)
    place = Place(span=(start, start + len(words)))
    coding.tag(store, transcript, code, place, by=by, at=tick())


def chart(store: Store, **options: object) -> MatrixReport:
    return charting.build_matrix(store, at=tick(), **options)  # type: ignore[arg-type]


def filled(report: MatrixReport) -> dict[tuple[str, str], list[str]]:
    """The words of every cell that holds any, by row and column."""
    matrix = report.matrix
    return {
        (row.key, column.key): [quote.text for quote in cell.quotes]
        for row, cells in zip(matrix.rows, matrix.cells, strict=True)
        for column, cell in zip(matrix.columns, cells, strict=True)
        if cell.quotes
    }


def check_sums(report: MatrixReport) -> None:
    """What a report says of itself has to add up, whatever it is of."""
    cells = [cell for row in report.matrix.cells for cell in row]
    assert all(cell.count == len({q.number for q in cell.quotes}) for cell in cells)
    assert all(sorted(cell.passages) == sorted({q.number for q in cell.quotes}) for cell in cells)
    assert all((cell.count == 0) is (cell.empty_reason is not None) for cell in cells)
    assert all(cell.cases == len({_case(q) for q in cell.quotes}) for cell in cells)
    shown = Counter(q.coding for cell in cells for q in cell.quotes)
    by_theme = Counter(
        q.coding for s in report.sections for row in s.matrix.cells for c in row for q in c.quotes
    )
    assert set(shown.values()) <= {1}
    assert shown == by_theme
    known = {line.key for line in report.counts}
    assert known >= {section.key for section in report.sections}
    assert [line for line in report.counts if not line.is_theme or any(line.total)] == [
        line for section in report.sections for line in _lines(report, section)
    ]
    passages = {q.number: q for cell in cells for q in cell.quotes}.values()
    if report.register:
        quoted = Counter(_case(q) for q in passages)
        told: Counter[str] = Counter()
        for line in report.register:
            told[line.case.removesuffix(" (several)")] += line.quotations
        assert +told == quoted
    for section in report.sections:
        spoken = {row.label for row in section.matrix.rows}
        silent = {one.label for one in section.silent}
        assert spoken.isdisjoint(silent)
        assert spoken | silent == {row.label for row in report.matrix.rows}
    assert len({row.key for row in report.matrix.rows}) == len(report.matrix.rows)


def _case(quotation: Quotation) -> str:
    return quotation.participant or quotation.transcript


def _lines(report: MatrixReport, section: ThemeSection) -> Iterator[CountLine]:
    """The lines of one theme as its section says them."""
    known = {line.key: line for line in report.counts}
    columns: dict[str, list[tuple[str | None, Quotation]]] = {}
    for row, line in zip(section.matrix.rows, section.matrix.cells, strict=True):
        for column, cell in zip(section.matrix.columns, line, strict=True):
            group = row.key if report.grouped_by == report.case_noun else row.group
            columns.setdefault(column.key, []).extend((group, q) for q in cell.quotes)
    every = [pair for those in columns.values() for pair in those]
    if every:
        yield _line(known[section.key], report, every)
    for column in section.matrix.columns:
        if column.key != section.key:
            yield _line(known[column.key], report, columns.get(column.key, []))


def _line(
    line: CountLine, report: MatrixReport, found: list[tuple[str | None, Quotation]]
) -> CountLine:
    def counted(those: list[Quotation]) -> tuple[int, int]:
        return len({q.number for q in those}), len({q.transcript for q in those})

    return replace(
        line,
        counts=tuple(counted([q for at, q in found if at == group]) for group in report.groups),
        total=counted([q for _, q in found]),
    )
