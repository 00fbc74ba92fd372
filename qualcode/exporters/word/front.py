"""The first page: title, facts, how to read the matrix, the key to its signs, the contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.exporters.word import wml
from qualcode.exporters.word.styles import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.model.matrix import MatrixReport

_CONTENTS_NOTE = "To add page numbers in Word, click into the contents and press F9."

_LABEL_WIDTH = wml.twips(34)
_SIGN_WIDTH = wml.twips(62)


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
    clean: Cleaner,
) -> Iterator[str]:
    """The body of the first page. `empty` are the themes that hold nothing."""
    yield wml.line(clean(report.title, at="title"), "Title")
    if report.subtitle:
        yield wml.line(clean(report.subtitle, at="subtitle"), "Subtitle")
    yield from _facts(report, digest, clean)
    yield wml.line("How to read this matrix", "Heading2")
    for words in _guide(report):
        yield wml.line(words, "QCBody")
    yield from _key(report)
    if entries:
        yield wml.line("Contents", "Heading2")
        yield from _contents(entries)
        yield wml.line(_CONTENTS_NOTE, "QCNote")
    if empty:
        yield wml.line(f"Themes without a quotation: {'; '.join(empty)}.", "QCNote")


def spaced(digest: str) -> str:
    """The content check in groups of four, as people compare it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _facts(report: MatrixReport, digest: str, clean: Cleaner) -> Iterator[str]:
    widths = (_LABEL_WIDTH, TEXT_WIDTH - _LABEL_WIDTH)
    yield wml.table_start(
        widths,
        "QCPlain",
        caption="About this export",
        description="Two columns: an item and what it is.",
        header_row=False,
    )
    for label, value in (*report.facts, ("Content check", spaced(digest))):
        yield wml.row(
            (
                wml.cell(wml.line(clean(label, at="facts"), "QCFactLabel"), widths[0]),
                wml.cell(wml.line(clean(value, at="facts"), "QCFact"), widths[1]),
            )
        )
    yield wml.TABLE_END


def _guide(report: MatrixReport) -> tuple[str, str]:
    noun = report.case_noun
    in_cells = (
        "Each cell says how many quotations there are and, in smaller type, from how many "
        "interviews."
        if report.show == "counts"
        else "Every quotation is verbatim. Behind it stands where it comes from: who speaks, the "
        "turn of the transcript (¶) and, where it is known, the time in the recording."
    )
    return (
        f"Each theme has its own table, with a row for each {noun} and a column for each code of "
        f"the theme. {in_cells}",
        "A dash means that nothing there was given that code. It does not mean that the "
        f"participant had no view. Where a {noun} or a code has nothing in a theme, it is not in "
        "the table but named above it. A passage with more than one code stands once under each; "
        "one that several coders gave the same code stands there once. Counts show where to look, "
        "not how widely a view is held.",
    )


def _key(report: MatrixReport) -> Iterator[str]:
    if report.show == "counts":
        return
    widths = (_SIGN_WIDTH, TEXT_WIDTH - _SIGN_WIDTH)
    yield wml.table_start(
        widths,
        "QCPlain",
        caption="Key to the signs in the tables",
        description="Two columns: a sign and what it means.",
        header_row=False,
    )
    for sign, meaning in _signs(report):
        cells = (wml.cell(sign, widths[0]), wml.cell(wml.line(meaning, "QCKey"), widths[1]))
        yield wml.row(cells)
    yield wml.TABLE_END


def _signs(report: MatrixReport) -> Iterator[tuple[str, str]]:
    reference = wml.reference("P07 ¶12 00:14:20".replace(" ", wml.NO_BREAK_SPACE))
    yield (
        wml.paragraph(wml.run("“Words of the participant.” ") + reference, "QCQuote"),
        "A verbatim quotation of participant P07, from turn 12 of the transcript, 14 minutes and "
        "20 seconds into the recording",
    )
    if any(
        cell.summary for section in report.sections for row in section.matrix.cells for cell in row
    ):
        yield (
            wml.line("Words of the analyst.", "QCSummary"),
            "A summary written by the research team",
        )
    yield wml.line("–", "QCEmpty"), "Nothing here was given this code"
    yield (
        wml.line("P07 (continued 2/3)", "QCCase"),
        "The second of three rows of one long case; a column that has come to its end stays blank",
    )


def _contents(entries: Sequence[Entry]) -> Iterator[str]:
    """A field filled with links. It asks nothing on opening, so it has no page numbers yet."""
    for number, entry in enumerate(entries):
        content = wml.link(wml.run(entry.title, colour=entry.colour), entry.bookmark)
        if number == 0:
            content = wml.field_start(r'TOC \o "1-1" \h \z \u') + content
        if number == len(entries) - 1:
            content += wml.FIELD_END
        yield wml.paragraph(content, "TOC1")
