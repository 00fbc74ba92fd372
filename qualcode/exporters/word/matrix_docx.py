"""The Word document of a matrix: title page, summary of codings, a section a theme, appendices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.exporters.colours import theme_colour
from qualcode.exporters.contents import listing
from qualcode.exporters.contents.check import check_of, spaced
from qualcode.exporters.references import shows_memos
from qualcode.exporters.reports import report_of
from qualcode.exporters.table_or_list import Laid, laid_out, not_empty
from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.word.passages import notes
from qualcode.exporters.word.passages.comments import Comments
from qualcode.exporters.word.passages.quoted import Quoting
from qualcode.exporters.word.passages.trail import Trail, too_many
from qualcode.exporters.word.sections import appendix, comparison, counts, provenance, register
from qualcode.exporters.word.sections.front import Entry, front
from qualcode.exporters.word.sections.listing import theme_list
from qualcode.exporters.word.sections.sources import sources
from qualcode.exporters.word.sections.themes import Theme, theme_body
from qualcode.exporters.word.template.applying import livery_of
from qualcode.exporters.word.writing.paper import Sheet, Sheets, sheets
from qualcode.exporters.word.writing.skeleton import About, DocumentPart, Margin, write_document
from qualcode.model.document import Notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from qualcode.exporters.word.template.applying import Livery
    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import ExportReport, MatrixReport, Quotation


def write(report: MatrixReport, out: BinaryIO, options: DocumentOptions) -> ExportReport:
    """Write the document. The same report and wishes give the same bytes."""
    clean = Cleaner()
    found = list(report.quotations)
    check = check_of(report)
    laid = laid_out(report, options.layout)
    livery = livery_of(options.template)
    papers = _papers(options, livery)
    plan = _plan(report, found, laid, papers, options, clean)
    parts = _parts(report, plan, check.digest)
    about = _about(report, check.digest, clean)
    write_document(
        about,
        parts,
        _margins(plan),
        out,
        listed=listing.of_matrix(report, laid.layout),
        livery=livery,
    )
    warnings = (*clean.warnings(), *(() if livery is None else livery.warnings))
    advice = "write a file for each theme, with --split theme"
    warnings = (*too_many(check.count, advice), *warnings)
    return report_of(check, clean, rows=len(report.matrix.rows), laid=laid, warnings=warnings)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the parts of one document share: the paper, the passages, the colours, the wishes."""

    laid: Laid
    sheets: Sheets
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


def _papers(options: DocumentOptions, livery: Livery | None) -> Sheets:
    if livery is None:
        return sheets(options.paper)
    return sheets(options.paper, livery.page, livery.quote_size)


def _plan(
    report: MatrixReport,
    found: Sequence[Quotation],
    laid: Laid,
    papers: Sheets,
    options: DocumentOptions,
    clean: Cleaner,
) -> _Plan:
    quoted = report.show != "counts"
    memos = shows_memos(report.audience, options) and quoted
    colour_of = {
        section.key: theme_colour(section.colour, number)
        for number, section in enumerate(report.sections)
    }
    # A list is prose, which runs in lines that are too long on a sheet that lies across.
    of_themes = papers.upright if laid.is_list else papers.tables
    return _Plan(
        laid=laid,
        sheets=papers,
        notes=options.notes,
        quoting=Quoting(
            trail=Trail(found, appendix=options.context and quoted and bool(found)),
            comments=Comments(clean) if memos and any(one.notes for one in found) else None,
            clean=clean,
        ),
        themes=tuple(_themes(report, colour_of, of_themes)),
        colour_of=colour_of,
    )


def _parts(report: MatrixReport, plan: _Plan, digest: str) -> list[DocumentPart]:
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
        laid=plan.laid,
        width=plan.sheets.across.text_width,
    )
    # Prose on a larger sheet would run in lines that no eye follows.
    title_page = DocumentPart("front", "About this document", first, plan.sheets.across)
    return [title_page, *(part for _, part in behind)]


def _summary(report: MatrixReport, plan: _Plan) -> Iterator[tuple[Entry, DocumentPart]]:
    if report.counts:
        body = counts.summary(
            report,
            colour_of=plan.colour_of,
            trail=plan.trail,
            width=plan.sheets.tables.text_width,
            clean=plan.clean,
        )
        entry = Entry(counts.HEADING, counts.BOOKMARK)
        yield entry, DocumentPart("summary", counts.HEADING, body, plan.sheets.tables)


def _theme_parts(plan: _Plan) -> Iterator[tuple[Entry, DocumentPart]]:
    for theme in plan.themes:
        name = plan.clean(theme.section.name, at="codebook")
        mark = theme.bookmark.replace("_", "-")
        body = theme_list if plan.laid.is_list else theme_body
        part = DocumentPart(mark, name, body(theme, plan.quoting), theme.sheet)
        yield Entry(name, theme.bookmark, theme.colour), part


def _comparison(report: MatrixReport, plan: _Plan) -> Iterator[tuple[Entry, DocumentPart]]:
    if comparison.has_comparison(report):
        body = comparison.comparison(
            report, trail=plan.trail, width=plan.sheets.tables.text_width, clean=plan.clean
        )
        entry = Entry(comparison.HEADING, comparison.BOOKMARK)
        yield entry, DocumentPart("comparison", comparison.HEADING, body, plan.sheets.tables)


def _appendices(
    report: MatrixReport, plan: _Plan, digest: str
) -> Iterator[tuple[Entry, DocumentPart]]:
    trail, clean, sheet = plan.trail, plan.clean, plan.sheets.upright
    if trail.appendix:
        name_of = {
            column.key: column.label
            for section in report.sections
            for column in section.matrix.columns
        }
        body = appendix.appendix(
            trail,
            kind=plan.notes,
            colour_of=plan.colour_of,
            name_of=name_of,
            back="back to list" if plan.laid.is_list else "back to matrix",
            clean=clean,
        )
        entry = Entry(appendix.HEADING, appendix.BOOKMARK)
        yield entry, DocumentPart("appendix-a", appendix.HEADING, body, sheet)
    if report.register:
        heading = register.HEADING if trail.appendix else register.PLAIN_HEADING
        body = register.register(
            report.register, trail=trail, width=sheet.text_width, clean=clean, heading=heading
        )
        yield Entry(heading, register.BOOKMARK), DocumentPart("appendix-b", heading, body, sheet)
    if report.provenance:
        body = provenance.provenance(
            (*report.provenance, plan.laid.provenance),
            digest=spaced(digest),
            trail=trail,
            width=sheet.text_width,
            clean=clean,
        )
        entry = Entry(provenance.HEADING, provenance.BOOKMARK)
        yield entry, DocumentPart("provenance", provenance.HEADING, body, sheet)
    if trail.appendix and plan.notes is Notes.ENDNOTES:
        yield from sources(trail, sheet)


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
        rows, columns = not_empty(section, report.show)
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
                sheet=sheet,
            )


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
