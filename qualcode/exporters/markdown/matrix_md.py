"""The matrix as Markdown: counts, then by theme and case what was said under each code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.contents import listing
from qualcode.exporters.contents.check import check_of, spaced
from qualcode.exporters.headings import (
    by_reason,
    cells_of,
    heading_of,
    not_heard,
    reason_of,
    rules_of,
    silent_in_words,
)
from qualcode.exporters.markdown.book_md import facts
from qualcode.exporters.markdown.comparison_md import variations, weighed
from qualcode.exporters.markdown.md_text import line, quiet, quoted, table
from qualcode.exporters.references import reference
from qualcode.exporters.reports import report_of
from qualcode.exporters.table_or_list import laid_out, not_empty, says_something
from qualcode.exporters.textsafe import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from qualcode.exporters.table_or_list import Laid
    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import Cell, ExportReport, MatrixReport, MatrixRow, ThemeSection


def write(report: MatrixReport, out: BinaryIO, options: DocumentOptions) -> ExportReport:
    """Write the matrix, case by case, or as a list code by code."""
    clean = Cleaner()
    check = check_of(report)
    laid = laid_out(report, options.layout)
    for block in _blocks(report, check.digest, laid, clean):
        out.write(block.encode())
    return report_of(check, clean, rows=len(report.matrix.rows), laid=laid)


def _blocks(report: MatrixReport, digest: str, laid: Laid, clean: Cleaner) -> Iterator[str]:
    yield f"# {line(clean(report.title, at='title'))}\n"
    if report.subtitle:
        yield f"\n{quiet(clean(report.subtitle, at='subtitle'))}\n"
    yield from facts((*report.facts, ("Content check", spaced(digest))), clean)
    if report.counts:
        by = f" by {clean(report.grouped_by, at='facts')}" if report.groups else ""
        yield "\n## Summary of codings\n\n"
        yield f"{line(f'Quotations{by}, and the interviews they come from.')}\n\n"
        yield f"{_summary(report, clean)}\n"
    for section in report.sections:
        yield from _theme(section, report.show, laid, clean)
    yield from _compared(report, clean)
    if report.register:
        yield "\n## Interviews\n\n"
        rows = [
            [clean(words, at="register") for words in (one.case, one.attribution, one.agreed)]
            for one in report.register
        ]
        yield f"{table(['Interview', 'Cited as', 'Agreed'], rows, figures=False)}\n"
    if report.provenance:
        yield "\n## How it was made\n"
        yield from facts((*report.provenance, laid.provenance), clean)
    yield from listing.as_comment(listing.of_matrix(report, laid.layout))


def _compared(report: MatrixReport, clean: Cleaner) -> Iterator[str]:
    """Continuity and variation, and who speaks, as far as they are known."""
    shared, rules = rules_of(report.comparisons)
    if report.comparisons:
        yield "\n## Continuity and variation\n"
    if shared:
        yield f"\n{line(clean(shared, at='comparison'))}\n"
    for compared, rule in zip(report.comparisons, rules, strict=True):
        yield f"\n### By {line(clean(compared.attribute, at='comparison'))}\n"
        if rule:
            yield f"\n{line(clean(rule, at='comparison'))}\n"
        yield f"\n{variations(compared, clean)}\n"
    yield from weighed(report.balance, clean)


def _summary(report: MatrixReport, clean: Cleaner) -> str:
    groups = [clean(group, at="groups") for group in report.groups]
    rows = [
        [
            clean(one.name, at="codebook"),
            *(f"{some} ({of})" if some else "0" for some, of in (*one.counts, one.total)),
        ]
        for one in report.counts
    ]
    return table(["Theme and code", *groups, "All"], rows)


def _theme(section: ThemeSection, show: str, laid: Laid, clean: Cleaner) -> Iterator[str]:
    matrix = section.matrix
    yield f"\n## {line(clean(section.name, at='codebook'))}\n"
    if section.definition:
        yield f"\n{line(clean(section.definition, at='codebook'))}\n"
    if section.silent:
        yield f"\n{line(clean(silent_in_words(section), at='cases'))}\n"
    places = range(len(matrix.columns))
    labels = [clean(heading_of(section, place), at="codebook") for place in places]
    if show == "counts":
        rows = [
            [clean(row.label, at="cases"), *(_figure(cell, clean) for cell in cells)]
            for row, cells in zip(matrix.rows, matrix.cells, strict=True)
        ]
        yield f"\n{table(['', *labels], rows)}\n"
        return
    if laid.is_list:
        for place in not_empty(section, show)[1]:
            yield from _code(section, place, clean, show=show)
        return
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        said = cells_of(section, cells, show)
        yield from _case(row, labels, said, clean, with_words=show != "summary")


def _case(
    row: MatrixRow,
    labels: Sequence[str],
    cells: Sequence[Cell],
    clean: Cleaner,
    *,
    with_words: bool,
) -> Iterator[str]:
    known = "; ".join((*row.details, *([row.group] if row.group else [])))
    yield f"\n### {line(clean(row.label, at='cases'))}\n"
    if known:
        yield f"\n{quiet(clean(known, at='cases'))}\n"
    for label, cell in zip(labels, cells, strict=True):
        if not cell.quotes and not cell.summary:
            continue
        yield f"\n#### {line(label)}\n"
        yield from _cell(row, cell, clean, with_words=with_words)
    silent = (
        (name, cell)
        for name, cell in zip(labels, cells, strict=True)
        if not cell.quotes and not cell.summary
    )
    for said in by_reason(silent, between="; "):
        yield f"\n{quiet(clean(said, at='cases'))}\n"


def _figure(cell: Cell, clean: Cleaner) -> str:
    reason = reason_of(cell)
    return clean(reason, at="matrix") if reason and not cell.count else str(cell.count)


def _code(section: ThemeSection, place: int, clean: Cleaner, *, show: str) -> Iterator[str]:
    """One code of a list: under it the cases, under each case what it said."""
    matrix = section.matrix
    yield f"\n### {line(clean(heading_of(section, place), at='codebook'))}\n"
    for said in not_heard(section, not_empty(section, show)[0], place, show):
        yield f"\n{line(clean(said, at='cases'))}\n"
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        if says_something(cells[place], show=show):
            known = "; ".join((*row.details, *([row.group] if row.group else [])))
            yield f"\n#### {line(clean(row.label, at='cases'))}\n"
            if known:
                yield f"\n{quiet(clean(known, at='cases'))}\n"
            yield from _cell(row, cells[place], clean, with_words=show != "summary")


def _cell(row: MatrixRow, cell: Cell, clean: Cleaner, *, with_words: bool) -> Iterator[str]:
    if cell.summary:
        yield f"\n{quiet(clean(cell.summary, at='summaries'))}\n"
    if cell.quotes and not with_words:
        said = clean("; ".join(reference(quote, row) for quote in cell.quotes), at="cases")
        yield f"\n{line(said)}\n"
        return
    for quote in cell.quotes:
        said = clean(reference(quote, row), at=quote.locator)
        yield f"\n{quoted(clean(quote.text, at=quote.locator))}\n\n— {line(said)}\n"
