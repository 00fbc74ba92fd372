"""The Word document of a matrix: title page, summary of codings, a section a theme, appendices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.exporters import manifest
from qualcode.exporters.content_check import ContentCheck, spaced
from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.word import appendix, comparison, counts, notes, provenance, register
from qualcode.exporters.word.colours import theme_colour
from qualcode.exporters.word.comments import Comments
from qualcode.exporters.word.front import Entry, front
from qualcode.exporters.word.quoted import Quoting
from qualcode.exporters.word.sheet import A3_ACROSS, A4_ACROSS, A4_UPRIGHT, Sheet
from qualcode.exporters.word.skeleton import About, Margin, Part, write_document
from qualcode.exporters.word.themes import Theme, says_something, theme_body
from qualcode.exporters.word.trail import Trail
from qualcode.model.consent import Audience
from qualcode.model.document import Notes, Paper
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import MatrixReport, Quotation, ThemeSection

MANY_QUOTATIONS = 3000
"""Above it Word takes minutes to open the file, and nobody reads its thousand pages."""


def write(report: MatrixReport, out: BinaryIO, options: DocumentOptions) -> ExportReport:
    """Write the document. The same report and wishes give the same bytes."""
    clean = Cleaner()
    found = list(_quotations(report))
    check = ContentCheck(found)
    plan = _plan(report, found, options, clean)
    parts = _parts(report, plan, check.digest)
    about = _about(report, check.digest, clean)
    write_document(about, parts, _margins(plan), out, listed=manifest.of_matrix(report))
    warnings = clean.warnings()
    if check.count > MANY_QUOTATIONS:
        warnings = (
            f"the document holds {check.count} quotations; above {MANY_QUOTATIONS} Word is slow: "
            "write one file for each theme",
            *warnings,
        )
    return ExportReport(
        quotations=check.count,
        rows=len(report.matrix.rows),
        replaced_characters=clean.replaced,
        digest=check.digest,
        warnings=warnings,
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the parts of one document share: the paper, the passages, the colours, the wishes."""

    sheet: Sheet
    notes: Notes
    quoting: Quoting
    themes: tuple[Theme, ...]
    colour_of: Mapping[str, str]

    @property
    def trail(self) -> Trail:
        return self.quoting.trail

    @property
    def clean(self) -> Cleaner:
        return self.quoting.clean


def _plan(
    report: MatrixReport, found: Sequence[Quotation], options: DocumentOptions, clean: Cleaner
) -> _Plan:
    quoted = report.show != "counts"
    memos = options.memos and report.audience is Audience.TEAM and quoted
    colour_of = {
        section.key: theme_colour(section.colour, number)
        for number, section in enumerate(report.sections)
    }
    sheet = A3_ACROSS if options.paper is Paper.A3 else A4_ACROSS
    return _Plan(
        sheet=sheet,
        notes=options.notes,
        quoting=Quoting(
            trail=Trail(found, appendix=options.context and quoted and bool(found)),
            comments=Comments(clean) if memos and any(one.notes for one in found) else None,
            clean=clean,
        ),
        themes=tuple(_themes(report, colour_of, sheet)),
        colour_of=colour_of,
    )


def _quotations(report: MatrixReport) -> Iterator[Quotation]:
    for section in report.sections:
        for row in section.matrix.cells:
            for cell in row:
                yield from cell.quotes


def _parts(report: MatrixReport, plan: _Plan, digest: str) -> list[Part]:
    """The sections of the document in their order; the contents name all behind the first."""
    behind = [
        *_summary(report, plan),
        *_theme_parts(plan),
        *_comparison(report, plan),
        *_appendices(report, plan, digest),
    ]
    first = front(
        report,
        digest=digest,
        entries=[entry for entry, _ in behind],
        empty=_without_table(report, plan),
        quoting=plan.quoting,
        width=A4_ACROSS.text_width,
    )
    # Prose on a larger sheet would run in lines that no eye follows.
    title_page = Part("front", "About this document", first, A4_ACROSS)
    return [title_page, *(part for _, part in behind)]


def _summary(report: MatrixReport, plan: _Plan) -> Iterator[tuple[Entry, Part]]:
    if report.counts:
        body = counts.summary(
            report,
            colour_of=plan.colour_of,
            trail=plan.trail,
            width=plan.sheet.text_width,
            clean=plan.clean,
        )
        entry = Entry(counts.HEADING, counts.BOOKMARK)
        yield entry, Part("summary", counts.HEADING, body, plan.sheet)


def _theme_parts(plan: _Plan) -> Iterator[tuple[Entry, Part]]:
    for theme in plan.themes:
        name = plan.clean(theme.section.name, at="codebook")
        mark = theme.bookmark.replace("_", "-")
        part = Part(mark, name, theme_body(theme, plan.quoting), plan.sheet)
        yield Entry(name, theme.bookmark, theme.colour), part


def _comparison(report: MatrixReport, plan: _Plan) -> Iterator[tuple[Entry, Part]]:
    if comparison.has_comparison(report):
        body = comparison.comparison(
            report, trail=plan.trail, width=plan.sheet.text_width, clean=plan.clean
        )
        entry = Entry(comparison.HEADING, comparison.BOOKMARK)
        yield entry, Part("comparison", comparison.HEADING, body, plan.sheet)


def _appendices(report: MatrixReport, plan: _Plan, digest: str) -> Iterator[tuple[Entry, Part]]:
    trail, clean, sheet = plan.trail, plan.clean, A4_UPRIGHT
    if trail.appendix:
        name_of = {
            column.key: column.label
            for section in report.sections
            for column in section.matrix.columns
        }
        body = appendix.appendix(
            trail, kind=plan.notes, colour_of=plan.colour_of, name_of=name_of, clean=clean
        )
        entry = Entry(appendix.HEADING, appendix.BOOKMARK)
        yield entry, Part("appendix-a", appendix.HEADING, body, sheet)
    if report.register:
        body = register.register(report.register, trail=trail, width=sheet.text_width, clean=clean)
        entry = Entry(register.HEADING, register.BOOKMARK)
        yield entry, Part("appendix-b", register.HEADING, body, sheet)
    if report.provenance:
        body = provenance.provenance(
            report.provenance,
            digest=spaced(digest),
            trail=trail,
            width=sheet.text_width,
            clean=clean,
        )
        entry = Entry(provenance.HEADING, provenance.BOOKMARK)
        yield entry, Part("provenance", provenance.HEADING, body, sheet)


def _margins(plan: _Plan) -> list[Margin]:
    """The notes to the passages in context, and the memos."""
    margins = []
    if plan.trail.appendix and plan.notes is not Notes.INLINE:
        margins.append(notes.margin(plan.notes, plan.trail.passages, plan.clean))
    if plan.quoting.comments is not None:
        margins.append(plan.quoting.comments.margin())
    return margins


def _themes(report: MatrixReport, colour_of: Mapping[str, str], sheet: Sheet) -> Iterator[Theme]:
    of_themes = {line.key: line.total for line in report.counts if line.is_theme}
    of_codes = {line.key: line.total for line in report.counts if not line.is_theme}
    for number, section in enumerate(report.sections, 1):
        rows, columns = _not_empty(section, report.show)
        if rows:
            yield Theme(
                section=section,
                rows=rows,
                columns=columns,
                colour=colour_of[section.key],
                bookmark=f"theme_{number}",
                case_noun=report.case_noun,
                show=report.show,
                total=of_themes.get(section.key),
                totals=of_codes,
                width=sheet.text_width,
            )


def _not_empty(section: ThemeSection, show: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The places of the rows and of the columns in which something stands."""
    rows, columns = [], set()
    for place, row in enumerate(section.matrix.cells):
        told = [at for at, cell in enumerate(row) if says_something(cell, show=show)]
        if told:
            rows.append(place)
            columns.update(told)
    return tuple(rows), tuple(sorted(columns))


def _without_table(report: MatrixReport, plan: _Plan) -> tuple[str, ...]:
    """The names of the themes that have no section because they hold nothing."""
    shown = {theme.section.key for theme in plan.themes}
    return tuple(
        plan.clean(section.name, at="codebook")
        for section in report.sections
        if section.key not in shown
    )


def _about(report: MatrixReport, digest: str, clean: Cleaner) -> About:
    return About(
        title=clean(report.title, at="title"),
        subtitle=clean(report.subtitle, at="subtitle"),
        subject="Matrix of interview quotations by theme",
        project=_project(report, clean),
        created=report.created,
        language=report.language,
        comment=f"Content check {spaced(digest)}",
    )


def _project(report: MatrixReport, clean: Cleaner) -> str:
    return clean(dict(report.facts).get("Project", report.title), at="facts")
