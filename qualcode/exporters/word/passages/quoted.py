"""One quotation as it stands in a cell or a list: its words, where they come from, its memos."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.exporters.references import shown_number, star_of
from qualcode.exporters.textsafe import close_directions, runs_right_to_left
from qualcode.exporters.word.writing import wml
from qualcode.exporters.word.writing.parting import cut_at, parts_of
from qualcode.exporters.word.writing.row_breaks import WHOLE_ROW_LINES, lines_on
from qualcode.model.consent import CUT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.passages.comments import Comments
    from qualcode.exporters.word.passages.trail import Trail
    from qualcode.exporters.word.writing.paper import Sheet
    from qualcode.model.matrix import Quotation

MOST_CHARACTERS = 700
"""Of a quotation in a cell or a list, where its whole stands in the appendix."""

_DATE = re.compile(r"\b(?:\d{1,2} )?[A-Z][a-z]+ \d{4}\b")


@dataclass(frozen=True, slots=True)
class Quoting:
    """How quotations are set in one document: numbered, linked, with their memos or without."""

    trail: Trail
    comments: Comments | None
    clean: Cleaner

    def paragraph(self, quotation: Quotation, *, known: Collection[str], style: str) -> str:
        """The quotation in one paragraph, shortened if it is long and the appendix has all of it.

        `known` are the attributions that are said beside it already.
        """
        words = self.clean(quotation.text, at=quotation.locator)
        if self.trail.appendix:
            words = shortened(words)
        return self._set(quotation, [words], known, style)[0][0]

    def in_a_cell(
        self, quotation: Quotation, *, known: Collection[str], letters: int, sheet: Sheet
    ) -> list[tuple[str, str]]:
        """Its paragraph and, to reckon its lines by, the words in it.

        It is shortened if it is long and the appendix has all of it, and in several paragraphs if
        even so a page of the sheet is too short for a cell of so many letters a line.
        """
        words = self.clean(quotation.text, at=quotation.locator)
        if self.trail.appendix:
            words = shortened(words)
        parts = list(parts_of(words, letters, sheet))
        if len(parts) > 1:
            parts = [close_directions(part) for part in parts]
        return self._set(quotation, parts, known, "QCQuote")

    def _set(
        self, quotation: Quotation, parts: Sequence[str], known: Collection[str], style: str
    ) -> list[tuple[str, str]]:
        """A paragraph for each part; memos stand at the first, the source at the last."""
        found = []
        last = len(parts) - 1
        bidi = runs_right_to_left(parts[0])
        behind, source = self._source(quotation, known)
        for at, words in enumerate(parts):
            shown = f"{'' if at else '“'}{words}{'' if at < last else '”'}"
            content = wml.run(shown, right_to_left=bidi)
            if at == 0 and self.comments is not None:
                content = self.comments.around(quotation, content)
            if at == last:
                content += behind
            if at == 0:
                content = self.trail.in_matrix(quotation, content)
            reckoned = f"{words} {source}" if at == last else words
            found.append((wml.paragraph(content, style, bidi=bidi), reckoned))
        return found

    def _source(self, quotation: Quotation, known: Collection[str]) -> tuple[str, str]:
        """What stands behind the words, as runs and as words."""
        reference = self._reference(quotation) + star_of(quotation)
        content = wml.run(" ") + self.trail.to_context(quotation, wml.reference(reference))
        # In a row that gathers several people, the label does not say how this one may be cited.
        if quotation.attribution and quotation.attribution not in known:
            cited = dates_unbroken(self.clean(quotation.attribution, at="attributions"))
            behind = f"{wml.NO_BREAK_SPACE}· {cited}"
            reference += behind
            content += wml.reference(behind)
        return content, reference

    def numbers(self, quotations: Sequence[Quotation], *, style: str) -> str:
        """A paragraph of their numbers alone, as it stands below a summary."""
        numbered = [self._numbered(quotation) for quotation in quotations]
        return wml.paragraph(wml.reference("; ").join(way for way, _ in numbered), style)

    def numbers_in_a_cell(
        self, quotations: Sequence[Quotation], *, letters: int, sheet: Sheet
    ) -> Iterator[tuple[str, str]]:
        """The same and its words, in several paragraphs if it is too long for a row."""
        most = letters * lines_on(sheet, WHOLE_ROW_LINES)
        ways: list[str] = []
        shown = ""
        for way, number in map(self._numbered, quotations):
            if shown and len(shown) + len(number) > most:
                yield wml.paragraph(wml.reference("; ").join(ways), "QCQuote"), shown
                ways, shown = [], ""
            ways.append(way)
            shown += f"; {number}" if shown else number
        if ways:
            yield wml.paragraph(wml.reference("; ").join(ways), "QCQuote"), shown

    def _numbered(self, quotation: Quotation) -> tuple[str, str]:
        """The number of the passage as the way to it, and as words."""
        number = shown_number(self.trail.number(quotation))
        if not self.trail.appendix:
            number += f" {unbroken(self.clean(quotation.locator, at='locators'))}"
        number += star_of(quotation)
        way = self.trail.to_context(quotation, wml.reference(number))
        if self.comments is not None:
            way = self.comments.around(quotation, way)
        return self.trail.in_matrix(quotation, way), number

    def _reference(self, quotation: Quotation) -> str:
        """`Q079 ¶141` where the rest stands in the appendix, else the whole locator behind it."""
        number = shown_number(self.trail.number(quotation))
        if not self.trail.appendix:
            return f"{number} {unbroken(self.clean(quotation.locator, at='locators'))}"
        return number + ("" if quotation.turn is None else f"{wml.NO_BREAK_SPACE}¶{quotation.turn}")


def shortened(words: str) -> str:
    """The words as far as a cell holds them, ended between two words with `[…]`."""
    if len(words) <= MOST_CHARACTERS:
        return words
    return close_directions(f"{words[: cut_at(words, MOST_CHARACTERS)].rstrip()} {CUT}")


def unbroken(locator: str) -> str:
    """The locator with turn and time kept on one line with the last word before them."""
    name, turn, place = locator.rpartition(" ¶")
    if not turn:
        return locator
    return f"{name}{wml.NO_BREAK_SPACE}¶{place.replace(' ', wml.NO_BREAK_SPACE)}"


def dates_unbroken(words: str) -> str:
    """The words with each date (`4 June 2024`, `June 2024`) kept on one line."""
    return _DATE.sub(lambda date: date[0].replace(" ", wml.NO_BREAK_SPACE), words)
