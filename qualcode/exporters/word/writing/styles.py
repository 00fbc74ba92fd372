"""The styles of the shipped template, as a table: what each is for, and how it looks.

Names begin with "QC" where Word has none of its own, so that a house template can carry styles
of the same names. Sizes are points, distances twips, colours those of `colours`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcode.exporters import colours
from qualcode.exporters.word.writing.paper import (
    A4_ACROSS,
    A4_UPRIGHT,
    QUOTE_LEADING,
    QUOTE_POINTS,
)

TEMPLATE = Path(__file__).with_name("template.docx")
"""Made from this page by `make_template`."""

CELL_MARGIN = 85
"""Left and right of the words in a cell, in twips."""

_LINE = 240  # what Word calls a single line


@dataclass(frozen=True, slots=True)
class Style:
    """One style. `paragraph`, `letters`, `table` are the insides of w:pPr, w:rPr and w:tblPr."""

    id: str
    name: str
    kind: str = "paragraph"
    based_on: str | None = "Normal"
    next: str | None = None
    priority: int = 99
    default: bool = False
    quick: bool = False
    paragraph: str = ""
    letters: str = ""
    table: str = ""


def _spacing(before: int, after: int, lines: float = 1.0) -> str:
    return (
        f'<w:spacing w:before="{before}" w:after="{after}" '
        f'w:line="{round(lines * _LINE)}" w:lineRule="auto"/>'
    )


def _size(points: float) -> str:
    half_points = round(points * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _ink(colour: str) -> str:
    return f'<w:color w:val="{colour}"/>'


def _right_tab(at: int = A4_ACROSS.text_width, *, leader: str | None = None) -> str:
    dots = f' w:leader="{leader}"' if leader else ""
    return f'<w:tabs><w:tab w:val="right"{dots} w:pos="{at}"/></w:tabs>'


def _edge(side: str, colour: str, *, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="4" w:space="{space}" w:color="{colour}"/>'


def _borders(*edges: str) -> str:
    return f"<w:tblBorders>{''.join(edges)}</w:tblBorders>"


def _cell_margins(above: int, beside: int, below: int) -> str:
    def side(name: str, width: int) -> str:
        return f'<w:{name} w:w="{width}" w:type="dxa"/>'

    return (
        f"<w:tblCellMar>{side('top', above)}{side('left', beside)}"
        f"{side('bottom', below)}{side('right', beside)}</w:tblCellMar>"
    )


_BOLD = "<w:b/><w:bCs/>"
_ITALIC = "<w:i/><w:iCs/>"
_KEEP_NEXT = "<w:keepNext/>"
_KEEP_LINES = "<w:keepLines/>"
_SERIF = '<w:rFonts w:ascii="Cambria" w:hAnsi="Cambria"/>'
_CENTRED = '<w:jc w:val="center"/>'

# Of quotations in context, from the margin at which their numbers stand.
_INDENT = '<w:ind w:left="284"/>'

# Speech is not misspelled, and marking it slows the opening of long documents.
_NOT_CHECKED = "<w:noProof/>"

_WORDS_OWN = (
    Style("Normal", "Normal", based_on=None, priority=0, default=True, quick=True),
    Style(
        "DefaultParagraphFont",
        "Default Paragraph Font",
        kind="character",
        based_on=None,
        priority=1,
        default=True,
    ),
    Style(
        "TableNormal",
        "Normal Table",
        kind="table",
        based_on=None,
        default=True,
        table='<w:tblInd w:w="0" w:type="dxa"/>' + _cell_margins(0, 108, 0),
    ),
    Style("NoList", "No List", kind="numbering", based_on=None, default=True),
    Style(
        "Title",
        "Title",
        next="Subtitle",
        priority=10,
        quick=True,
        paragraph=_spacing(0, 40, 0.95),
        letters=_BOLD + _size(30),
    ),
    Style(
        "Subtitle",
        "Subtitle",
        next="QCBody",
        priority=11,
        quick=True,
        paragraph=_spacing(0, 180),
        letters=_ink(colours.GREY) + _size(14),
    ),
    Style(
        "Heading1",
        "heading 1",
        next="QCLead",
        priority=9,
        quick=True,
        paragraph=_KEEP_NEXT + _KEEP_LINES + _spacing(0, 60) + '<w:outlineLvl w:val="0"/>',
        letters=_BOLD + _size(20),
    ),
    Style(
        "Heading2",
        "heading 2",
        next="QCBody",
        priority=9,
        quick=True,
        paragraph=_KEEP_NEXT + _KEEP_LINES + _spacing(220, 60) + '<w:outlineLvl w:val="1"/>',
        letters=_BOLD + _size(12),
    ),
    Style(
        "TOC1",
        "toc 1",
        next="Normal",
        priority=39,
        paragraph=_right_tab(leader="dot") + _spacing(14, 6),
        letters=_BOLD,
    ),
    Style(
        "Header",
        "header",
        paragraph=f"<w:pBdr>{_edge('bottom', colours.RULE, space=4)}</w:pBdr>"
        + _right_tab()
        + _spacing(0, 0),
        letters=_ink(colours.GREY) + _size(8.5),
    ),
    Style(
        "Footer",
        "footer",
        paragraph=f"<w:pBdr>{_edge('top', colours.RULE, space=4)}</w:pBdr>"
        + _right_tab()
        + _spacing(0, 0),
        letters=_ink(colours.GREY) + _size(8.5),
    ),
)

_TEXT = (
    Style("QCBody", "QC Body", quick=True, paragraph=_spacing(0, 100, 1.1)),
    Style(
        "QCLead",
        "QC Lead",
        paragraph=_KEEP_NEXT + _spacing(0, 140, 1.1),
        letters=_ink(colours.GREY) + _size(11),
    ),
    Style(
        "QCNote",
        "QC Note",
        paragraph=_spacing(40, 80),
        letters=_ink(colours.GREY) + _size(8.5),
    ),
    Style(
        "QCSectionEnd",
        "QC Section End",
        paragraph='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
        letters=_size(1),
    ),
    Style(
        "QCTablePart",
        "QC Table Part",
        paragraph=_KEEP_NEXT + _spacing(160, 40),
        letters=_BOLD + _ink(colours.GREY) + _size(10),
    ),
)

_TABLES = (
    Style("QCFact", "QC Fact", paragraph=_spacing(18, 18), letters=_size(9.5)),
    Style(
        "QCKey",
        "QC Key",
        paragraph=_spacing(24, 24),
        letters=_ink(colours.GREY) + _size(8.5),
    ),
    Style("QCFactLabel", "QC Fact Label", based_on="QCFact", letters=_ink(colours.GREY)),
    Style(
        "QCTableHead",
        "QC Table Head",
        paragraph=_spacing(20, 20),
        letters=_BOLD + _size(9),
    ),
    Style("QCTableText", "QC Table Text", paragraph=_spacing(0, 0), letters=_size(8.5)),
    Style("QCNumber", "QC Number", based_on="QCTableText", paragraph=_CENTRED),
    Style("QCNumberHead", "QC Number Head", based_on="QCTableHead", paragraph=_CENTRED),
)

_MATRIX = (
    Style(
        "QCColumn",
        "QC Column Head",
        paragraph=_spacing(30, 0, 0.95),
        letters=_BOLD + _ink(colours.WHITE) + _size(9.5),
    ),
    Style(
        "QCColumnCount",
        "QC Column Count",
        paragraph=_spacing(0, 40, 0.95),
        letters=_ink(colours.WHITE) + _size(8),
    ),
    Style(
        "QCGroup",
        "QC Group",
        paragraph=_KEEP_NEXT + _spacing(30, 30, 0.95),
        letters=_BOLD + _size(9),
    ),
    Style("QCCase", "QC Case", paragraph=_spacing(20, 0), letters=_BOLD + _size(9)),
    Style(
        "QCCaseDetail",
        "QC Case Detail",
        paragraph=_spacing(0, 0, 0.98),
        letters=_ink(colours.GREY) + _size(8),
    ),
    Style(
        "QCQuote",
        "QC Quote",
        quick=True,
        paragraph=_spacing(20, 70, QUOTE_LEADING),
        letters=_NOT_CHECKED + _size(QUOTE_POINTS),
    ),
    Style(
        "QCSummary",
        "QC Summary",
        quick=True,
        paragraph=_spacing(20, 80),
        letters=_ITALIC + _ink(colours.GREY) + _size(QUOTE_POINTS),
    ),
    Style(
        "QCEmpty",
        "QC Empty",
        paragraph=_spacing(20, 0),
        letters=_ink(colours.GREY) + _size(QUOTE_POINTS),
    ),
)

_LIST = (
    Style(
        "QCListGroup",
        "QC List Group",
        based_on="QCGroup",
        paragraph=_KEEP_NEXT + _spacing(120, 0),
        letters=_ink(colours.GREY),
    ),
    Style(
        "QCListCase",
        "QC List Case",
        paragraph=_KEEP_NEXT + _KEEP_LINES + _spacing(110, 20),
        letters=_size(9),
    ),
    Style(
        "QCListQuote",
        "QC List Quote",
        based_on="QCQuote",
        paragraph=_spacing(10, 60, 1.08) + _INDENT,
        letters=_size(10),
    ),
    Style(
        "QCListSummary",
        "QC List Summary",
        based_on="QCSummary",
        paragraph=_spacing(10, 60, 1.08) + _INDENT,
        letters=_size(10),
    ),
)

_APPENDIX = (
    Style(
        "QCPassage",
        "QC Passage",
        paragraph=_KEEP_NEXT + _right_tab(A4_UPRIGHT.text_width) + _spacing(220, 30),
        letters=_size(8.5),
    ),
    Style(
        "QCContext",
        "QC Context",
        paragraph=_spacing(20, 20, 1.05) + _INDENT,
        letters=_NOT_CHECKED + _ink(colours.GREY) + _size(9),
    ),
    Style(
        "QCVerbatim",
        "QC Verbatim",
        quick=True,
        paragraph=_spacing(30, 30, 1.08) + _INDENT,
        letters=_SERIF + _NOT_CHECKED + _size(10.5),
    ),
    Style(
        "QCSource",
        "QC Source",
        paragraph=_spacing(30, 20) + _INDENT,
        letters=_size(8.5),
    ),
)

_NOTES = tuple(
    Style(id_, name, paragraph=_spacing(0, 20), letters=_size(points))
    for id_, name, points in (
        ("FootnoteText", "footnote text", 8.5),
        ("EndnoteText", "endnote text", 8.5),
        ("CommentText", "annotation text", 10),
    )
)

_RAISED = '<w:vertAlign w:val="superscript"/>'

_NOTE_FIGURES = tuple(
    Style(id_, name, kind="character", based_on="DefaultParagraphFont", letters=letters)
    for id_, name, letters in (
        ("FootnoteReference", "footnote reference", _RAISED),
        ("EndnoteReference", "endnote reference", _RAISED),
        ("CommentReference", "annotation reference", _size(8)),
    )
)

_CHARACTERS = (
    Style(
        "QCReference",
        "QC Reference",
        kind="character",
        based_on="DefaultParagraphFont",
        letters=_size(7.5),
    ),
    Style(
        "QCWay",
        "QC Way",
        kind="character",
        based_on="DefaultParagraphFont",
        letters=_size(8) + '<w:u w:val="single"/>',
    ),
    Style(
        "QCSmall",
        "QC Small",
        kind="character",
        based_on="DefaultParagraphFont",
        letters='<w:b w:val="0"/><w:bCs w:val="0"/>' + _size(7.5),
    ),
)

_TABLE_KINDS = (
    Style(
        "QCMatrix",
        "QC Matrix",
        kind="table",
        based_on="TableNormal",
        priority=59,
        table=_borders(
            _edge("top", colours.RULE),
            _edge("bottom", colours.RULE),
            _edge("insideH", colours.RULE),
            _edge("insideV", colours.FAINT_RULE),
        )
        + _cell_margins(40, CELL_MARGIN, 40),
    ),
    Style(
        "QCPlain",
        "QC Plain Table",
        kind="table",
        based_on="TableNormal",
        priority=59,
        table=_borders(
            _edge("top", colours.RULE),
            _edge("bottom", colours.RULE),
            _edge("insideH", colours.FAINT_RULE),
        )
        + _cell_margins(10, CELL_MARGIN, 10),
    ),
)

STYLES = (
    _WORDS_OWN
    + _TEXT
    + _TABLES
    + _MATRIX
    + _LIST
    + _APPENDIX
    + _NOTES
    + _CHARACTERS
    + _NOTE_FIGURES
    + _TABLE_KINDS
)
