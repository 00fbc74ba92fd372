"""The first page: title, facts, how to read the matrix, the key to its signs, the contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.exporters.contents.check import spaced
from qualcode.exporters.headings import lacking
from qualcode.exporters.word.sections.key import key
from qualcode.exporters.word.writing import plain_tables, wml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.exporters.table_or_list import Laid
    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.passages.quoted import Quoting
    from qualcode.exporters.word.passages.trail import Trail
    from qualcode.model.matrix import MatrixReport

_CONTENTS_NOTE = (
    "Each line leads to its place. To add page numbers in Word, click into it and press F9."
)

_TOGETHER = 4
"""So many lines at the end of the contents."""

_LABEL_WIDTH = wml.twips(34)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: a heading and the bookmark that it carries."""

    title: str
    bookmark: str
    colour: str | None = None


def front(
    report: MatrixReport,
    *,
    digest: str,
    entries: Sequence[Entry],
    empty: Sequence[str],
    quoting: Quoting,
    laid: Laid,
    width: int,
) -> Iterator[str]:
    """The body of the first page, `width` twips wide. `empty` are the themes that hold nothing."""
    clean = quoting.clean
    yield from title_block(
        report.title, report.subtitle, report.facts, digest=digest, width=width, clean=clean
    )
    yield wml.line("How to read this matrix", "Heading2")
    for words in _guide(report, quoting.trail, laid):
        yield wml.line(words, "QCBody")
    yield from key(report, quoting, laid, width)
    yield from contents(entries)
    if empty:
        said = f"Themes without {lacking(report.show)}: {'; '.join(empty)}."
        yield wml.line(said, "QCNote")


def title_block(
    title: str,
    subtitle: str,
    facts: Sequence[tuple[str, str]],
    *,
    digest: str,
    width: int,
    clean: Cleaner,
) -> Iterator[str]:
    """What the document is, and the table of its facts."""
    yield wml.line(clean(title, at="title"), "Title")
    if subtitle:
        yield wml.line(clean(subtitle, at="subtitle"), "Subtitle")
    lines = [(clean(label, at="facts"), clean(value, at="facts")) for label, value in facts]
    yield from plain_tables.facts(
        [*lines, ("Content check", spaced(digest))],
        label_width=_LABEL_WIDTH,
        width=width,
        caption="About this export",
    )


def _guide(report: MatrixReport, trail: Trail, laid: Laid) -> Iterator[str]:
    noun = report.case_noun
    form = (
        f"Each theme has its own list: under each code of the theme one {noun} after another."
        if laid.is_list
        else f"Each theme has its own table, with a row for each {noun} and a column for each code "
        "of the theme."
    )
    yield f"{form} {_in_cells(report, trail, laid)}"
    where = "list" if laid.is_list else "table"
    yield (
        f"Where a {noun} or a code has nothing in a theme, it is not in the {where} but named "
        "above it; that does not mean that the participant had no view. A passage with more than "
        "one code stands once under each; one that several coders gave the same code stands there "
        "once. Counts show where to look, not how widely a view is held."
    )
    if report.hidden:
        more = "quotation is" if report.hidden == 1 else "quotations are"
        yield f"To keep cells readable, {report.hidden} more {more} counted but not shown."


def _in_cells(report: MatrixReport, trail: Trail, laid: Laid) -> str:
    if report.show == "counts":
        return (
            "Each cell says how many quotations there are and, in smaller type, from how many "
            "interviews."
        )
    if report.show == "summary":
        rest = "which lead to Appendix A" if trail.appendix else "with their places"
        form = "Below it stand" if laid.is_list else "Each cell holds"
        return (
            f"{form} the summary of the research team and, in smaller type, the numbers of "
            f"the quotations it rests on, {rest}."
        )
    edited = any(passage.edits for passage in trail.passages)
    but = ", but for what stands in brackets" if edited else ""
    verbatim = f"Every quotation is verbatim{but}."
    if trail.appendix:
        paragraph = ", and the paragraph (¶) of the transcript" if trail.says_places else ""
        return (
            f"{verbatim} Behind it stands its number, which leads to the words around it and their "
            f"source in Appendix A{paragraph}."
        )
    if not trail.says_places:
        return f"{verbatim} Behind it stand its number and the code of the participant."
    return (
        f"{verbatim} Behind it stand its number and where it comes from: the "
        "transcript, the paragraph (¶) in it and, where it is known, the time in the recording."
    )


def contents(entries: Sequence[Entry]) -> Iterator[str]:
    """A field filled with links. It asks nothing on opening, so it has no page numbers yet.

    Its first two lines stay together, and its last ones: one alone may have a page to itself. In
    LibreOffice, which keeps no heading with a field, more together would leave the heading behind.
    """
    if not entries:
        return
    yield wml.line("Contents", "Heading2")
    yield wml.line(_CONTENTS_NOTE, "QCNote", keep_next=True)
    for number, entry in enumerate(entries):
        content = wml.link(wml.run(entry.title, colour=entry.colour), entry.bookmark)
        if number == 0:
            content = wml.field_start(r'TOC \o "1-1" \h \z \u') + content
        if number == len(entries) - 1:
            content += wml.FIELD_END
        follows = number == 0 or len(entries) - _TOGETHER <= number < len(entries) - 1
        yield wml.paragraph(content, "TOC1", keep_next=follows)
