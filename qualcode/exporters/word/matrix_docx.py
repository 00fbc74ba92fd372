"""The Word document of a matrix: title page, summary of codings, one landscape section a theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from qualcode.exporters.content_check import ContentCheck
from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.word import counts
from qualcode.exporters.word.colours import theme_colour
from qualcode.exporters.word.front import Entry, front, spaced
from qualcode.exporters.word.package import MARK_TARGET, write_package
from qualcode.exporters.word.styles import TEMPLATE
from qualcode.exporters.word.themes import Theme, says_something, theme_body
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from docx.document import Document
    from docx.section import Section

    from qualcode.model.matrix import MatrixReport, Quotation, ThemeSection

MANY_QUOTATIONS = 3000
"""Above it Word takes minutes to open the file, and nobody reads its thousand pages."""

# Of a text among the properties, in characters: python-docx refuses more.
_LONGEST_PROPERTY = 255


@dataclass(frozen=True, slots=True)
class _Part:
    """One section of the document: what its header says, and its body."""

    mark: str
    running_head: str
    body: Iterable[str]


def write(report: MatrixReport, out: BinaryIO) -> ExportReport:
    """Write the document. The same report gives the same bytes."""
    clean = Cleaner()
    check = ContentCheck(_quotations(report))
    parts = _parts(report, check.digest, clean)
    skeleton = _skeleton(report, parts, check.digest, clean)
    write_package(skeleton, {part.mark: part.body for part in parts}, out)
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


def _quotations(report: MatrixReport) -> Iterator[Quotation]:
    for section in report.sections:
        for row in section.matrix.cells:
            for cell in row:
                yield from cell.quotes


def _parts(report: MatrixReport, digest: str, clean: Cleaner) -> list[_Part]:
    colour_of = {
        section.key: theme_colour(section.colour, number)
        for number, section in enumerate(report.sections)
    }
    themes = _themes(report, colour_of)
    names = {theme.bookmark: clean(theme.section.name, at="codebook") for theme in themes}
    entries = [Entry(counts.HEADING, counts.BOOKMARK)] if report.counts else []
    entries += [Entry(names[theme.bookmark], theme.bookmark, theme.colour) for theme in themes]
    empty = _without_table(report, themes, clean)
    title_page = front(report, digest=digest, entries=entries, empty=empty, clean=clean)
    parts = [_Part("front", "About this document", title_page)]
    if report.counts:
        body = counts.summary(report, colour_of=colour_of, bookmark=1, clean=clean)
        parts.append(_Part("summary", counts.HEADING, body))
    for number, theme in enumerate(themes, 2):
        body = theme_body(theme, number=number, clean=clean)
        parts.append(_Part(theme.bookmark.replace("_", "-"), names[theme.bookmark], body))
    return parts


def _themes(report: MatrixReport, colour_of: dict[str, str]) -> list[Theme]:
    of_themes = {line.key: line.total for line in report.counts if line.is_theme}
    of_codes = {line.key: line.total for line in report.counts if not line.is_theme}
    themes = []
    for number, section in enumerate(report.sections, 1):
        rows, columns = _not_empty(section, report.show)
        if rows:
            themes.append(
                Theme(
                    section=section,
                    rows=rows,
                    columns=columns,
                    colour=colour_of[section.key],
                    bookmark=f"theme_{number}",
                    case_noun=report.case_noun,
                    show=report.show,
                    total=of_themes.get(section.key),
                    totals=of_codes,
                )
            )
    return themes


def _not_empty(section: ThemeSection, show: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The places of the rows and of the columns in which something stands."""
    rows, columns = [], set()
    for place, row in enumerate(section.matrix.cells):
        told = [at for at, cell in enumerate(row) if says_something(cell, show=show)]
        if told:
            rows.append(place)
            columns.update(told)
    return tuple(rows), tuple(sorted(columns))


def _without_table(
    report: MatrixReport, themes: Sequence[Theme], clean: Cleaner
) -> tuple[str, ...]:
    """The names of the themes that have no section because they hold nothing."""
    shown = {theme.section.key for theme in themes}
    return tuple(
        clean(section.name, at="codebook")
        for section in report.sections
        if section.key not in shown
    )


def _skeleton(report: MatrixReport, parts: Sequence[_Part], digest: str, clean: Cleaner) -> BytesIO:
    """The saved document with a mark for the body of each section."""
    # Loaded here: python-docx and lxml cost a tenth of a second, which no other command pays.
    import docx
    from lxml.etree import ProcessingInstruction

    document = docx.Document(str(TEMPLATE))
    _set_properties(document, report, digest, clean)
    title = clean(report.title, at="title")
    section = document.sections[0]
    section.footer.paragraphs[0].runs[0].text = _project(report, clean)
    for number, part in enumerate(parts, 1):
        _set_running_head(section, f"{title}\t{part.running_head}")
        before_end = document.element.body[-1]
        before_end.addprevious(ProcessingInstruction(MARK_TARGET, part.mark))
        if number < len(parts):
            section = document.add_section()
    # Each section ends with a paragraph that carries its break; one of the usual height would
    # now and then have a page to itself.
    document.add_paragraph()
    for paragraph in document.paragraphs:
        paragraph.style = "QC Section End"
    saved = BytesIO()
    document.save(saved)
    saved.seek(0)
    return saved


def _set_running_head(section: Section, words: str) -> None:
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = words


def _set_properties(document: Document, report: MatrixReport, digest: str, clean: Cleaner) -> None:
    """What the file says of itself: nothing of who made it but the project's name."""
    properties = document.core_properties
    title = clean(report.title, at="title")
    subtitle = clean(report.subtitle, at="subtitle")
    whole = f"{title}: {subtitle}" if subtitle else title
    properties.title = whole[:_LONGEST_PROPERTY]
    properties.subject = "Matrix of interview quotations by theme"
    properties.author = _project(report, clean)[:_LONGEST_PROPERTY]
    properties.comments = f"Content check {spaced(digest)}"
    properties.language = report.language
    properties.last_modified_by = ""
    properties.revision = 1
    created = datetime.fromisoformat(report.created)
    if created.tzinfo:
        created = created.astimezone(UTC).replace(tzinfo=None)
    properties.created = created
    properties.modified = created


def _project(report: MatrixReport, clean: Cleaner) -> str:
    return clean(dict(report.facts).get("Project", report.title), at="facts")
