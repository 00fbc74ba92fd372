"""Kinds of cells and what they look like; the only place that writes their tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from qualcode.exporters import colours
from qualcode.exporters.textsafe import FORMULA_STARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Look(IntEnum):
    """How a cell looks. All but numbers are wrapped, and all stand at the top of their cell."""

    PLAIN = 0
    QUIET = 1
    BOLD = 2
    TITLE = 3
    NUMBER = 4


@dataclass(frozen=True, slots=True)
class Said:
    """Words of another look than that of a plain cell."""

    words: str
    look: Look


Value = str | int | bool | Said | None

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a reader of workbooks would take for the number of a character."""

# Each look is two styles, the second for words that look like a formula: it says that they were
# typed as words, so that whoever edits their cell makes no formula of them.
_STYLES_OF_A_LOOK = 2

_NUMBER = Look.NUMBER * _STYLES_OF_A_LOOK

_FONT = "Calibri"
_BODY_POINTS = 10
_TITLE_POINTS = 16


def escape(words: str) -> str:
    """The words as XML text or attribute value."""
    return (
        words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def text_cell(place: str, words: str, style: int) -> str:
    """Words in the cell at a place such as `B7`; they are nothing but words."""
    if words.startswith(FORMULA_STARTS):
        style += 1
    if "_x" in words:
        words = _ESCAPED.sub("_x005F_", words)
    if "&" in words or "<" in words or ">" in words:
        words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    )


def style_of(look: Look) -> int:
    """The style of a look."""
    return look * _STYLES_OF_A_LOOK


def heading_style(sheet: int) -> int:
    """The style of the column headings of a sheet, counted from 0: each has its own ground."""
    return (len(Look) + sheet) * _STYLES_OF_A_LOOK


def number_cell(place: str, number: int) -> str:
    """A number."""
    return f'<c r="{place}" s="{_NUMBER}"><v>{number}</v></c>'


def truth_cell(place: str, *, truth: bool) -> str:
    """Yes or no, as spreadsheets write it in the language of their reader."""
    return f'<c r="{place}" s="{_NUMBER}" t="b"><v>{int(truth)}</v></c>'


def styles(grounds: Sequence[str]) -> Iterator[str]:
    """The part that says how everything looks; `grounds` are those of the sheets' headings."""
    yield '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    yield '<fonts count="5">'
    yield _font(_BODY_POINTS, colours.INK)
    yield _font(_BODY_POINTS, colours.GREY, "<i/>")
    yield _font(_BODY_POINTS, colours.INK, "<b/>")
    yield _font(_TITLE_POINTS, colours.INK, "<b/>")
    yield _font(_BODY_POINTS, colours.WHITE, "<b/>")
    yield f'</fonts><fills count="{2 + len(grounds)}">'
    # The first two are what Excel takes them for, whatever stands here.
    yield '<fill><patternFill patternType="none"/></fill>'
    yield '<fill><patternFill patternType="gray125"/></fill>'
    for ground in grounds:
        yield (
            f'<fill><patternFill patternType="solid"><fgColor rgb="FF{ground}"/>'
            '<bgColor indexed="64"/></patternFill></fill>'
        )
    yield "</fills>"
    rule = f'style="thin"><color rgb="FF{colours.RULE}"/>'
    yield '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    yield f"<border><left/><right/><top/><bottom {rule}</bottom><diagonal/></border></borders>"
    yield '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    yield f'</cellStyleXfs><cellXfs count="{heading_style(len(grounds))}">'
    for look in Look:
        for quoted in (False, True):
            yield _format(_FONT_OF[look], 0, quoted=quoted, wrapped=look is not Look.NUMBER)
    for number in range(len(grounds)):
        for quoted in (False, True):
            yield _format(_HEADING_FONT, 2 + number, quoted=quoted, wrapped=True)
    yield '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    yield "</cellStyles></styleSheet>"


_FONT_OF = {
    Look.PLAIN: 0,
    Look.QUIET: 1,
    Look.BOLD: 2,
    Look.TITLE: 3,
    Look.NUMBER: 0,
}
_HEADING_FONT = 4


def _font(points: int, colour: str, bold_or_italic: str = "") -> str:
    return (
        f'<font>{bold_or_italic}<sz val="{points}"/><color rgb="FF{colour}"/>'
        f'<name val="{_FONT}"/><family val="2"/></font>'
    )


def _format(font: int, fill: int, *, quoted: bool, wrapped: bool) -> str:
    quotes = ' quotePrefix="1"' if quoted else ""
    wraps = ' wrapText="1"' if wrapped else ""
    return (
        f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="1" xfId="0"{quotes} '
        'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment vertical="top"{wraps}/></xf>'
    )
