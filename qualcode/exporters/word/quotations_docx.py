"""The quotation book in Word: under each theme its codes, under each code what was said.

Each quotation is a block with its words around it in grey, and its source in a note.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from qualcode.exporters import colours
from qualcode.exporters.colours import theme_colour
from qualcode.exporters.contents import listing
from qualcode.exporters.contents.check import ContentCheck, spaced
from qualcode.exporters.headings import defined
from qualcode.exporters.references import shown_number, shows_memos, star_of
from qualcode.exporters.reports import report_of
from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.word.passages import notes
from qualcode.exporters.word.passages.comments import Comments
from qualcode.exporters.word.passages.in_context import in_context
from qualcode.exporters.word.passages.quoted import unbroken
from qualcode.exporters.word.passages.trail import Trail, too_many
from qualcode.exporters.word.sections import provenance, register
from qualcode.exporters.word.sections.front import Entry, contents, title_block
from qualcode.exporters.word.sections.sources import sources
from qualcode.exporters.word.template.applying import livery_of
from qualcode.exporters.word.writing import wml
from qualcode.exporters.word.writing.paper import Sheet, sheets
from qualcode.exporters.word.writing.skeleton import About, DocumentPart, Margin, write_document
from qualcode.model.document import Notes
from qualcode.text.counting import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from qualcode.model.book import BookCode, BookTheme, QuotationBook
    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import ExportReport, Quotation

_SOURCES = {
    Notes.FOOTNOTES: "in the note at the foot of the page",
    Notes.ENDNOTES: "in the note at the end",
    Notes.INLINE: "in the line below it",
}


def write(book: QuotationBook, out: BinaryIO, options: DocumentOptions) -> ExportReport:
    """Write the book. The same book and wishes give the same bytes."""
    found = list(book.quotations)
    check = ContentCheck(found)
    clean = Cleaner()
    memos = shows_memos(book.audience, options) and any(one.notes for one in found)
    livery = livery_of(options.template)
    setting = _Setting(
        trail=Trail(found, appendix=False),
        comments=Comments(clean) if memos else None,
        clean=clean,
        kind=options.notes,
        around=options.context,
        notes_before=count(1),
        sheet=sheets(page=None if livery is None else livery.page).upright,
    )
    about = About(
        title=clean(book.title, at="title"),
        subtitle=clean(book.subtitle, at="subtitle"),
        subject="Interview quotations by theme and code",
        project=clean(dict(book.facts).get("Project", book.title), at="facts"),
        created=book.created,
        language=book.language,
        comment=f"Content check {spaced(check.digest)}",
    )
    write_document(
        about,
        _parts(book, found, setting, check.digest),
        _margins(found, setting),
        out,
        listed=listing.of_book(book),
        livery=livery,
    )
    warnings = (
        *too_many(check.count, "write a part of it, with --where, or a workbook"),
        *clean.warnings(),
        *(() if livery is None else livery.warnings),
    )
    return report_of(check, clean, rows=check.count, warnings=warnings)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How quotations are set in one book; `notes_before` counts their notes as they are poured."""

    trail: Trail
    comments: Comments | None
    clean: Cleaner
    kind: Notes
    around: bool
    notes_before: Iterator[int]
    sheet: Sheet


def _parts(
    book: QuotationBook, found: Sequence[Quotation], setting: _Setting, digest: str
) -> list[DocumentPart]:
    behind = [*_themes(book, setting), *_end(book, setting, digest)]
    if found and setting.kind is Notes.ENDNOTES:
        behind += sources(setting.trail, setting.sheet)
    first = _front(book, found, setting, digest, [entry for entry, _ in behind])
    title_page = DocumentPart("front", "About this document", first, setting.sheet)
    return [title_page, *(part for _, part in behind)]


def _themes(book: QuotationBook, setting: _Setting) -> Iterator[tuple[Entry, DocumentPart]]:
    for number, theme in enumerate(book.themes, 1):
        colour = theme_colour(theme.colour, number - 1)
        entry = Entry(setting.clean(theme.name, at="codebook"), f"theme_{number}", colour)
        body = _theme(theme, entry, colour, setting)
        yield entry, DocumentPart(f"theme-{number}", entry.title, body, setting.sheet)


def _end(
    book: QuotationBook, setting: _Setting, digest: str
) -> Iterator[tuple[Entry, DocumentPart]]:
    trail, clean, width = setting.trail, setting.clean, setting.sheet.text_width
    if book.register:
        body = register.register(
            book.register, trail=trail, width=width, clean=clean, heading=register.PLAIN_HEADING
        )
        entry = Entry(register.PLAIN_HEADING, register.BOOKMARK)
        yield entry, DocumentPart("register", entry.title, body, setting.sheet)
    if book.provenance:
        body = provenance.provenance(
            book.provenance, digest=spaced(digest), trail=trail, width=width, clean=clean
        )
        entry = Entry(provenance.HEADING, provenance.BOOKMARK)
        yield entry, DocumentPart("provenance", entry.title, body, setting.sheet)


def _front(
    book: QuotationBook,
    found: Sequence[Quotation],
    setting: _Setting,
    digest: str,
    entries: Sequence[Entry],
) -> Iterator[str]:
    yield from title_block(
        book.title,
        book.subtitle,
        book.facts,
        digest=digest,
        width=setting.sheet.text_width,
        clean=setting.clean,
    )
    if not found:
        yield wml.line("There is no quotation in this book.", "QCBody")
    else:
        yield wml.line("How to read this book", "Heading2")
        yield wml.line(_guide(found, setting), "QCBody")
    yield from contents(entries)


def _guide(found: Sequence[Quotation], setting: _Setting) -> str:
    but = ", but for what stands in brackets" if any(one.edits for one in found) else ""
    place = (
        "the transcript, the paragraph (¶) in it and, where it is known, the time in the recording"
    )
    if not setting.trail.says_places:
        place = "the code of the participant"
    said = (
        f"Every quotation is verbatim{but}. Above it stand its number, {place}; its source is "
        f"{_SOURCES[setting.kind]}. A passage with more than one code stands once under each, "
        "with the same number; one that several coders gave the same code stands there once."
    )
    if setting.around and any(one.before or one.after for one in found):
        said += " Words in grey are context; a dash in them begins another turn."
    if setting.comments is not None:
        said += " Comments in the margin are memos of the research team."
    return said


def _theme(theme: BookTheme, entry: Entry, colour: str, setting: _Setting) -> Iterator[str]:
    heading = setting.trail.bookmark(wml.run(entry.title, colour=colour), entry.bookmark)
    yield wml.paragraph(heading, "Heading1")
    number = sum(len(code.quotations) for code in theme.codes)
    yield wml.line(_said(setting.clean(theme.definition, at="codebook"), number), "QCLead")
    for code in theme.codes:
        yield from _code(code, colour, setting, headed=code.key != theme.key)


def _code(code: BookCode, colour: str, setting: _Setting, *, headed: bool) -> Iterator[str]:
    """One code; what a theme holds of its own has no heading beside the theme's."""
    clean = setting.clean
    if headed:
        yield wml.line(clean(code.name, at="codebook"), "Heading2")
        said = _said(clean(code.definition, at="codebook"), len(code.quotations))
        yield wml.line(said, "QCNote", keep_next=True)
    for quotation in code.quotations:
        yield from _quotation(quotation, colour, setting)


def _quotation(quotation: Quotation, colour: str, setting: _Setting) -> Iterator[str]:
    """`Q079  INT-12 ¶141 00:14:20`, and the words below."""
    clean, at = setting.clean, quotation.locator
    number = f"{shown_number(setting.trail.number(quotation))}{star_of(quotation)}"
    name = wml.run(number, bold=True)
    place = wml.run(f"   {unbroken(clean(at, at='locators'))}", colour=colours.GREY)
    yield wml.paragraph(name + place, "QCPassage")
    said = wml.quoted(clean(quotation.text, at=at))
    # Inside the memo's range: behind it, LibreOffice 7.4 mixes up the words of all notes.
    said += notes.reference(setting.kind, next(setting.notes_before))
    if setting.comments is not None:
        said = setting.comments.around(quotation, said)
    yield from in_context(
        quotation,
        said,
        kind=setting.kind,
        colour=colour,
        clean=clean,
        around=setting.around,
    )


def _said(definition: str, number: int) -> str:
    """What a theme or code means, and how much stands under it."""
    return defined(definition, counted(number, "quotation").replace(" ", wml.NO_BREAK_SPACE))


def _margins(found: Sequence[Quotation], setting: _Setting) -> list[Margin]:
    """The notes in the order of the quotations, and the memos."""
    margins = []
    if found and setting.kind is not Notes.INLINE:
        margins.append(notes.margin(setting.kind, found, setting.clean))
    if setting.comments is not None:
        margins.append(setting.comments.margin())
    return margins
