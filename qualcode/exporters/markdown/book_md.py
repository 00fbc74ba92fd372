"""The quotation book as Markdown: a heading a code, block quotations, where each comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.contents import listing
from qualcode.exporters.contents.check import ContentCheck, spaced
from qualcode.exporters.markdown.md_text import line, quiet, quoted
from qualcode.exporters.references import memos, number_of, shows_memos, source, star_of
from qualcode.exporters.reports import report_of
from qualcode.exporters.textsafe import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from qualcode.model.book import BookCode, QuotationBook
    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import ExportReport, Quotation


def write(book: QuotationBook, out: BinaryIO, options: DocumentOptions) -> ExportReport:
    """Write the book."""
    clean = Cleaner()
    check = ContentCheck(book.quotations)
    for block in _blocks(book, check.digest, clean, noted=shows_memos(book.audience, options)):
        out.write(block.encode())
    return report_of(check, clean, rows=check.count)


def _blocks(book: QuotationBook, digest: str, clean: Cleaner, *, noted: bool) -> Iterator[str]:
    yield f"# {line(clean(book.title, at='title'))}\n"
    if book.subtitle:
        yield f"\n{quiet(clean(book.subtitle, at='subtitle'))}\n"
    yield from facts((*book.facts, ("Content check", spaced(digest))), clean)
    for theme in book.themes:
        yield f"\n## {line(clean(theme.name, at='codebook'))}\n"
        if theme.definition:
            yield f"\n{line(clean(theme.definition, at='codebook'))}\n"
        for code in theme.codes:
            yield from _code(code, clean, headed=code.key != theme.key, noted=noted)
    if book.register:
        yield "\n## Interviews\n"
        for one in book.register:
            yield f"\n- **{line(clean(one.case, at='register'))}** "
            agreed = f" ({one.agreed})" if one.agreed else ""
            yield line(clean(f"{one.attribution}{agreed}", at="register"))
        yield "\n"
    if book.provenance:
        yield "\n## How it was made\n"
        yield from facts(book.provenance, clean)
    yield from listing.as_comment(listing.of_book(book))


def facts(pairs: tuple[tuple[str, str], ...], clean: Cleaner) -> Iterator[str]:
    """Names with what is said of each, as a list."""
    yield "\n"
    for name, said in pairs:
        yield f"- **{line(clean(name, at='facts'))}:** {line(clean(said, at='facts'))}\n"


def _code(code: BookCode, clean: Cleaner, *, headed: bool, noted: bool) -> Iterator[str]:
    """One code; what a theme holds of its own has no heading beside the theme's."""
    if headed:
        named = f"{clean(code.name, at='codebook')} ({clean(code.key, at='codebook')})"
        yield f"\n### {line(named)}\n"
        if code.definition:
            yield f"\n{line(clean(code.definition, at='codebook'))}\n"
    for quotation in code.quotations:
        yield from _quotation(quotation, clean, noted=noted)


def _quotation(quotation: Quotation, clean: Cleaner, *, noted: bool) -> Iterator[str]:
    at = quotation.locator
    before, after = clean(quotation.before, at=at), clean(quotation.after, at=at)
    if before:
        yield f"\n{quiet(f'… {before}')}\n"
    yield f"\n{quoted(clean(quotation.text, at=at))}\n"
    if after:
        yield f"\n{quiet(f'{after} …')}\n"
    number = line(f"{number_of(quotation)}{star_of(quotation)}")
    said = line(clean(source(quotation), at=at))
    yield f"\n— **{number}** {said}\n" if number else f"\n— {said}\n"
    for heading, body in memos(quotation) if noted else ():
        yield f"\n*{line(clean(heading, at=at))}:* {line(clean(body, at=at))}\n"
