"""One quotation as it stands in a cell or a list: its words, where they come from, its memos."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.exporters.references import shown_number, star_of
from qualcode.exporters.textsafe import close_directions, runs_right_to_left
from qualcode.exporters.word.writing import wml

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.passages.comments import Comments
    from qualcode.exporters.word.passages.trail import Trail
    from qualcode.model.matrix import Quotation

MOST_CHARACTERS = 700
"""Of a quotation in a cell, where its whole stands in the appendix."""

CUT = "[…]"

_JOINER = "\u200d"

_DATE = re.compile(r"\b(?:\d{1,2} )?[A-Z][a-z]+ \d{4}\b")


@dataclass(frozen=True, slots=True)
class Quoting:
    """How quotations are set in one document: numbered, linked, with their memos or without."""

    trail: Trail
    comments: Comments | None
    clean: Cleaner

    def paragraph(
        self,
        quotation: Quotation,
        *,
        known: Collection[str],
        style: str = "QCQuote",
        whole: bool = False,
    ) -> tuple[str, str]:
        """The paragraph and, to reckon its lines by, the words in it.

        `known` are the attributions that are said beside it already. A long quotation is shortened
        where the appendix has all of it, unless it is to be `whole`.
        """
        words = self.clean(quotation.text, at=quotation.locator)
        if self.trail.appendix and not whole:
            words = shortened(words)
        bidi = runs_right_to_left(words)
        said = wml.run(f"“{words}”", right_to_left=bidi)
        if self.comments is not None:
            said = self.comments.around(quotation, said)
        reference = self._reference(quotation) + star_of(quotation)
        content = said + wml.run(" ")
        content += self.trail.to_context(quotation, wml.reference(reference))
        # In a row that gathers several people, the label does not say how this one may be cited.
        if quotation.attribution and quotation.attribution not in known:
            cited = dates_unbroken(self.clean(quotation.attribution, at="attributions"))
            behind = f"{wml.NO_BREAK_SPACE}· {cited}"
            reference += behind
            content += wml.reference(behind)
        content = self.trail.in_matrix(quotation, content)
        return wml.paragraph(content, style, bidi=bidi), f"{words} {reference}"

    def numbers(
        self, quotations: Sequence[Quotation], *, style: str = "QCQuote"
    ) -> tuple[str, str]:
        """A paragraph of their numbers alone, as it stands below a summary, and its words."""
        shown: list[str] = []
        content = ""
        for quotation in quotations:
            number = shown_number(self.trail.number(quotation))
            if not self.trail.appendix:
                number += f" {unbroken(self.clean(quotation.locator, at='locators'))}"
            number += star_of(quotation)
            way = self.trail.to_context(quotation, wml.reference(number))
            if self.comments is not None:
                way = self.comments.around(quotation, way)
            content += wml.reference("; " if shown else "") + self.trail.in_matrix(quotation, way)
            shown.append(number)
        return wml.paragraph(content, style), "; ".join(shown)

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
    begun = words[: MOST_CHARACTERS + 1]
    cut = max(begun.rfind(" "), begun.rfind("\n"), begun.rfind("\t"))
    if cut <= 0:
        cut = _before_a_letter(words, MOST_CHARACTERS)
    return close_directions(f"{words[:cut].rstrip()} {CUT}")


def unbroken(locator: str) -> str:
    """The locator with turn and time kept on one line with the last word before them."""
    name, turn, place = locator.rpartition(" ¶")
    if not turn:
        return locator
    return f"{name}{wml.NO_BREAK_SPACE}¶{place.replace(' ', wml.NO_BREAK_SPACE)}"


def dates_unbroken(words: str) -> str:
    """The words with each date (`4 June 2024`, `June 2024`) kept on one line."""
    return _DATE.sub(lambda date: date[0].replace(" ", wml.NO_BREAK_SPACE), words)


def _before_a_letter(words: str, at: int) -> int:
    """The last place up to `at` that does not part a letter from its accents or a joined sign."""
    while at > 1 and (
        unicodedata.category(words[at]) in ("Mn", "Me") or _JOINER in words[at - 1 : at + 1]
    ):
        at -= 1
    return at
