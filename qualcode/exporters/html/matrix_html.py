"""The matrix as a page, in the order of the Word document: counts, themes, appendices."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from qualcode.exporters.colours import theme_colour
from qualcode.exporters.contents import listing
from qualcode.exporters.contents.check import check_of, spaced
from qualcode.exporters.headings import (
    BALANCE,
    NOTHING,
    balance_of,
    bare_codes,
    cells_of,
    heading_of,
    in_the_cell,
    not_heard,
    rules_of,
    silent_in_words,
)
from qualcode.exporters.html import parts
from qualcode.exporters.html.page import Entry, Words, page
from qualcode.exporters.references import (
    number_of,
    of_cases,
    reference,
    says_places,
    shows_memos,
    variation_in_words,
)
from qualcode.exporters.reports import report_of
from qualcode.exporters.table_or_list import laid_out, not_empty, says_something
from qualcode.exporters.textsafe import Cleaner
from qualcode.text.counting import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import (
        Cell,
        Comparison,
        CountLine,
        ExportReport,
        MatrixReport,
        MatrixRow,
        Quotation,
        ThemeSection,
    )


def write(report: MatrixReport, out: BinaryIO, options: DocumentOptions) -> ExportReport:
    """Write the page. The same report gives the same bytes."""
    clean = Cleaner()
    check = check_of(report)
    written = _Page(report, check.digest, options, Words(clean))
    for piece in written.pieces():
        out.write(piece.encode())
    return report_of(check, clean, rows=len(report.matrix.rows), laid=written.laid)


class _Page:
    """A page that is being written: which passages it shows in context, and what was met."""

    def __init__(
        self, report: MatrixReport, digest: str, options: DocumentOptions, words: Words
    ) -> None:
        self.laid = laid_out(report, options.layout)
        self._report = report
        self._digest = digest
        self._words = words
        self._noted = shows_memos(report.audience, options)
        self._met: set[str] = set()
        self._context: Mapping[str, Quotation] = {}
        if options.context:
            self._context = {
                _key(quote): quote
                for quote in report.quotations
                if quote.number and (quote.before or quote.after)
            }

    def pieces(self) -> Iterator[str]:
        """The whole page."""
        report, words = self._report, self._words
        return page(
            words(report.title, "title"),
            words(report.subtitle, "subtitle"),
            language=report.language,
            contents=self._contents(),
            body=self._body(),
            across=True,
        )

    def _contents(self) -> Iterator[Entry]:
        report = self._report
        yield Entry("about", "About this document")
        if report.counts:
            yield Entry("summary", "Summary of codings")
        for number, section in enumerate(report.sections, 1):
            yield Entry(f"theme-{number}", self._words(section.name, "codebook"))
        if report.comparisons or report.balance:
            yield Entry("comparison", "Continuity and variation")
        if self._context:
            yield Entry("context", "Quotations in context")
        if report.register:
            yield Entry(parts.REGISTER, "Interviews")
        if report.provenance:
            yield Entry(parts.MADE, "How it was made")

    def _body(self) -> Iterator[str]:
        report, words = self._report, self._words
        yield from parts.section("about", "About this document", self._about())
        if report.counts:
            yield from parts.section("summary", "Summary of codings", self._summary())
        for number, section in enumerate(report.sections, 1):
            yield from parts.section(
                f"theme-{number}",
                words(section.name, "codebook"),
                self._theme(section),
                colour=theme_colour(section.colour, number - 1),
            )
        if report.comparisons or report.balance:
            yield from parts.section("comparison", "Continuity and variation", self._compared())
        if self._context:
            yield from parts.section("context", "Quotations in context", self._in_context())
        if report.register:
            yield from parts.interviews(report.register, words)
        if report.provenance:
            yield from parts.how_made((*report.provenance, self.laid.provenance), words)
        yield from listing.as_script(listing.of_matrix(report, self.laid.layout))

    def _about(self) -> Iterator[str]:
        report = self._report
        facts = (*report.facts, ("Content check", spaced(self._digest)))
        yield from parts.facts(facts, self._words)
        noun = self._words(report.case_noun, "facts")
        yield "<h3>How to read it</h3>\n"
        if self.laid.is_list:
            yield f"<p>Each theme has its own list: under each code of the theme one {noun} after "
            yield "another. "
        else:
            yield f"<p>Each theme has its own table, with a row for each {noun} and a column for "
            yield "each code of the theme. "
        if report.show != "counts":
            yield "Every quotation is verbatim; what stands in square brackets was not said so. "
            yield "Behind it stands where it comes from: who speaks"
            if says_places(report.quotations):
                yield ", the turn of the transcript (¶) and, where it is known, the time in the "
                yield "recording"
            yield ". "
        yield "An empty cell says why it is empty, as far as that is known. Counts show where to "
        yield "look, not how widely a view is held.</p>\n"

    def _summary(self) -> Iterator[str]:
        groups = [self._words(group, "groups") for group in self._report.groups]
        headings = ("Theme and code", *groups, "All")
        return parts.table(
            f"Quotations under each code{self._by()}, and the interviews they come from",
            headings,
            map(self._counted, self._report.counts),
            kind="figures",
        )

    def _by(self) -> str:
        """What the figures are by, where they are by anything."""
        report = self._report
        return f" by {self._words(report.grouped_by, 'facts')}" if report.groups else ""

    def _counted(self, line: CountLine) -> tuple[str, list[str]]:
        figures = [_of_interviews(*pair) for pair in (*line.counts, line.total)]
        return "theme" if line.is_theme else "code", [self._words(line.name, "codebook"), *figures]

    # -- one theme ---------------------------------------------------------------------------------

    def _theme(self, section: ThemeSection) -> Iterator[str]:
        words = self._words
        if section.definition:
            yield f"<p>{words(section.definition, 'codebook')}</p>\n"
        rows, held = not_empty(section, self._report.show)
        for bare in bare_codes(section, held, self._report.show):
            yield f'<p class="quiet">{words(bare, "codebook")}</p>\n'
        if section.silent:
            said = words(silent_in_words(section), "cases")
            yield f'<p class="quiet">{said}</p>\n'
        if held and self.laid.is_list:
            for place in held:
                yield from self._listed(section, rows, place)
        elif held:
            yield from self._matrix(section, held)

    def _listed(self, section: ThemeSection, rows: Iterable[int], place: int) -> Iterator[str]:
        """One code as a list: under it the cases, under each case what it said."""
        words, matrix, show = self._words, section.matrix, self._report.show
        column = matrix.columns[place]
        told = [row for row in rows if says_something(matrix.cells[row][place], show=show)]
        yield f"<h3>{words(heading_of(section, place), 'codebook')}"
        yield f'<span class="count">{self._held(section, place)}</span></h3>\n'
        if column.definition and column.key != section.key:
            yield f"<p>{words(column.definition, 'codebook')}</p>\n"
        for said in not_heard(section, rows, place, show):
            yield f'<p class="quiet">{words(said, "cases")}</p>\n'
        for group, members in groupby(told, key=lambda row: matrix.rows[row].group):
            if group is not None:
                yield f'<h4 class="quiet">{words(group, "groups")}</h4>\n'
            for row in members:
                case = matrix.rows[row]
                details = " · ".join(case.details)
                yield f'<div class="case">\n<p><strong>{words(case.label, "cases")}</strong> '
                yield f'<span class="quiet">{words(details, "cases")}</span></p>\n'
                yield from self._cell(matrix.cells[row][place], case)
                yield "\n</div>\n"

    def _matrix(self, section: ThemeSection, held: Sequence[int]) -> Iterator[str]:
        words, matrix = self._words, section.matrix
        noun = self._report.case_noun
        caption = f"{words(section.name, 'codebook')}: a row for each {words(noun, 'facts')}"
        yield f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">\n'
        yield f'<table class="matrix">\n<caption>{caption}</caption>\n<thead><tr>'
        yield f'<th scope="col">{words(noun[:1].upper() + noun[1:], "facts")}</th>'
        for place in held:
            yield f'<th scope="col">{words(heading_of(section, place), "codebook")}'
            yield f'<span class="count">{self._held(section, place)}</span></th>'
        yield "</tr></thead>\n"
        rows = list(zip(matrix.rows, matrix.cells, strict=True))
        for group, members in groupby(rows, key=lambda pair: pair[0].group):
            yield "<tbody>\n"
            if group is not None:
                yield f'<tr class="group"><th scope="rowgroup" colspan="{len(held) + 1}">'
                yield f"{words(group, 'groups')}</th></tr>\n"
            for row, cells in members:
                said = cells_of(section, cells, self._report.show)
                yield from self._row(row, [said[place] for place in held])
            yield "</tbody>\n"
        yield "</table>\n</div>\n"

    def _held(self, section: ThemeSection, place: int) -> str:
        """How much a column holds: quotations and cases, or how many summaries without any."""
        matrix = section.matrix
        cells = [row[place] for row in matrix.cells]
        told = [cell.count for cell in cells if cell.count]
        summaries = sum(bool(cell.summary) for cell in cells)
        if summaries and not told:
            return f"{summaries} summar{'y' if summaries == 1 else 'ies'}"
        every = len(matrix.rows) + len(section.silent)
        cases = f"{len(told)} of {counted(every, self._words(self._report.case_noun, 'facts'))}"
        return f"{counted(sum(told), 'quotation')} · {cases}"

    def _row(self, row: MatrixRow, cells: Iterable[Cell]) -> Iterator[str]:
        words = self._words
        yield f'<tr><th scope="row">{words(row.label, "cases")}'
        for detail in row.details:
            yield f'<span class="detail">{words(detail, "cases")}</span>'
        yield "</th>"
        for cell in cells:
            yield "<td>"
            yield from self._cell(cell, row)
            yield "</td>"
        yield "</tr>\n"

    def _cell(self, cell: Cell, row: MatrixRow) -> Iterator[str]:
        words = self._words
        if self._report.show == "counts":
            yield _of_interviews(cell.count, cell.cases) if cell.count else _empty(cell, words)
            return
        if cell.summary:
            yield f'<p class="summary">{words(cell.summary, "summaries")}</p>'
        for quote in cell.quotes:
            if self._report.show != "summary":
                yield f"<blockquote>{words.said(quote.text, quote.locator)}</blockquote>"
            yield self._source(quote, row)
            # Where the passage stands in its context, its memos stand there.
            if self._noted and _key(quote) not in self._context:
                yield from parts.memos_of(quote, words)
        if not cell.quotes and not cell.summary:
            yield _empty(cell, words)

    def _source(self, quote: Quotation, row: MatrixRow) -> str:
        said = f"<bdi>{self._words(reference(quote, row), quote.locator)}</bdi>"
        key = _key(quote)
        if key not in self._context:
            return f'<p class="source">{said}</p>'
        # Only the first place of a passage can be led back to.
        place = "" if key in self._met else f' id="m-{key}"'
        self._met.add(key)
        return f'<p class="source"{place}><a href="#q-{key}">{said}</a></p>'

    # -- behind the themes -------------------------------------------------------------------------

    def _compared(self) -> Iterator[str]:
        words = self._words
        shared, rules = rules_of(self._report.comparisons)
        if shared:
            yield f'<p class="quiet">{words(shared, "comparison")}</p>\n'
        for compared, rule in zip(self._report.comparisons, rules, strict=True):
            groups = [words(group, "groups") for group in compared.groups]
            attribute = words(compared.attribute, "comparison")
            yield f"<h3>By {attribute}</h3>\n"
            if rule:
                yield f'<p class="quiet">{words(rule, "comparison")}</p>\n'
            yield from parts.table(
                f"In how many cases a theme or a code comes up, by {attribute}",
                ("Theme and code", *groups, "All", "Shared by, and cases against the pattern"),
                self._variations(compared),
                kind="compared",
            )
        if self._report.balance:
            yield f"<h3>{BALANCE}</h3>\n"
            headings, rows = balance_of(self._report.balance)
            yield from parts.table(
                "How many quotations each brings, beside how many cases were interviewed",
                headings,
                (("", [self._words(text, "balance") for text in row]) for row in rows),
            )

    def _variations(self, compared: Comparison) -> Iterator[tuple[str, list[str]]]:
        for line in compared.lines:
            texts = (
                line.name,
                *map(of_cases, line.groups),
                of_cases(line.total),
                variation_in_words(line) or NOTHING,
            )
            kind = "theme" if line.is_theme else "code"
            yield kind, [self._words(text, "comparison") for text in texts]

    def _in_context(self) -> Iterator[str]:
        passages = sorted(self._context.items(), key=lambda pair: pair[1].number)
        for transcript, those in groupby(passages, key=lambda pair: pair[1].transcript):
            yield f"<h3>{self._words(transcript, 'transcripts')}</h3>\n"
            for key, quote in those:
                back = f' <a href="#m-{key}">back to the {self.laid.layout}</a>'
                yield from parts.in_context(
                    quote, self._words, noted=self._noted, place=f"q-{key}", back=back
                )


def _key(quote: Quotation) -> str:
    return number_of(quote)


def _empty(cell: Cell, words: Words) -> str:
    return f'<span class="empty">{words(in_the_cell(cell), "cells")}</span>'


def _of_interviews(quotations: int, interviews: int) -> str:
    if not quotations:
        return "0"
    return f'{quotations} <span class="quiet">from {interviews}</span>'
