"""The quotation book as a page: themes, codes, and every quotation with its words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.colours import theme_colour
from qualcode.exporters.contents import listing
from qualcode.exporters.contents.check import ContentCheck, spaced
from qualcode.exporters.html import parts
from qualcode.exporters.html.page import Entry, Words, page
from qualcode.exporters.references import says_places, shows_memos
from qualcode.exporters.reports import report_of
from qualcode.exporters.textsafe import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from qualcode.model.book import BookTheme, QuotationBook
    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import ExportReport


_GUIDE = (
    "Every quotation is verbatim; what stands in square brackets was not said so. Words in italics "
    "are those before and after it; a dash in them begins another turn. Below it stand its number, "
    "how the speaker agreed to be cited{where}. A passage with more than one code stands once "
    "under each, with the same number; one that several coders gave the same code stands there "
    "once."
)
_WHERE = (
    ", the turn of the transcript (¶) and, where it is known, the time in the recording",
    " and the code of the participant",
)
"""Where the words stand; and what stands there where nobody may read it."""


def write(book: QuotationBook, out: BinaryIO, options: DocumentOptions) -> ExportReport:
    """Write the page. The same book gives the same bytes."""
    clean = Cleaner()
    words = Words(clean)
    check = ContentCheck(book.quotations)
    written = page(
        words(book.title, "title"),
        words(book.subtitle, "subtitle"),
        language=book.language,
        contents=_contents(book, words),
        body=_body(book, check.digest, words, noted=shows_memos(book.audience, options)),
        across=False,
    )
    for piece in written:
        out.write(piece.encode())
    return report_of(check, clean, rows=check.count)


def _contents(book: QuotationBook, words: Words) -> Iterator[Entry]:
    yield Entry("about", "About this book")
    for number, theme in enumerate(book.themes, 1):
        below = tuple(
            Entry(_place(number, place), words(code.name, "codebook"))
            for place, code in enumerate(theme.codes, 1)
            if code.key != theme.key
        )
        yield Entry(f"theme-{number}", words(theme.name, "codebook"), below)
    if book.register:
        yield Entry(parts.REGISTER, "Interviews")
    if book.provenance:
        yield Entry(parts.MADE, "How it was made")


def _body(book: QuotationBook, digest: str, words: Words, *, noted: bool) -> Iterator[str]:
    facts = (*book.facts, ("Content check", spaced(digest)))
    quotations = (
        quote for theme in book.themes for code in theme.codes for quote in code.quotations
    )
    guide = _GUIDE.format(where=_WHERE[not says_places(quotations)])
    yield from parts.section("about", "About this book", _about(facts, guide, words))
    for number, theme in enumerate(book.themes, 1):
        name = words(theme.name, "codebook")
        colour = theme_colour(theme.colour, number - 1)
        yield from parts.section(
            f"theme-{number}", name, _theme(theme, number, words, noted=noted), colour=colour
        )
    if book.register:
        yield from parts.interviews(book.register, words)
    if book.provenance:
        yield from parts.how_made(book.provenance, words)
    yield from listing.as_script(listing.of_book(book))


def _about(facts: Iterable[tuple[str, str]], guide: str, words: Words) -> Iterator[str]:
    yield from parts.facts(facts, words)
    yield f"<h3>How to read this book</h3>\n<p>{guide}</p>\n"


def _theme(theme: BookTheme, number: int, words: Words, *, noted: bool) -> Iterator[str]:
    if theme.definition:
        yield f"<p>{words(theme.definition, 'codebook')}</p>\n"
    for place, code in enumerate(theme.codes, 1):
        # What a theme holds of its own has no heading beside the theme's.
        if code.key != theme.key:
            name = words(code.name, "codebook")
            key = words(code.key, "codebook")
            yield f'<h3 id="{_place(number, place)}">{name} '
            yield f'<span class="detail">{key}</span></h3>\n'
            if code.definition:
                yield f"<p>{words(code.definition, 'codebook')}</p>\n"
        for quotation in code.quotations:
            yield from parts.in_context(quotation, words, noted=noted)


def _place(theme: int, code: int) -> str:
    return f"code-{theme}-{code}"
