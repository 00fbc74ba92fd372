"""Reads a written Word document back: its quotations, its tables, its colours."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from exporters.lint import W, take_apart

from qualcode.exporters import write_matrix
from qualcode.exporters.colours import INK, WHITE
from qualcode.model.document import PLAIN, DocumentOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from qualcode.model.matrix import MatrixReport

_SIGNS = {f"{W}t": None, f"{W}br": "\n", f"{W}tab": "\t"}


def docx_bytes(report: MatrixReport, options: DocumentOptions = PLAIN) -> bytes:
    """The report as Word document."""
    out = BytesIO()
    write_matrix(report, out, format="docx", options=options)
    return out.getvalue()


def body_of(document: bytes) -> Element:
    """The tree of the document's main part."""
    return take_apart(document).trees["word/document.xml"]


def text_of(element: Element) -> str:
    """The words below an element, breaks and tabs as the characters they stand for."""
    signs = (_SIGNS.get(str(found.tag)) or found.text or "" for found in _signs(element))
    return "".join(signs)


def _signs(element: Element) -> Iterator[Element]:
    return (found for found in element.iter() if found.tag in _SIGNS)


def paragraphs_of(element: Element, style: str) -> list[str]:
    """The words of each paragraph of a style."""
    return [text_of(paragraph) for paragraph in _in_style(element, style)]


def matrices(document: bytes) -> list[Element]:
    """The tables that hold quotations."""
    return [
        table
        for table in body_of(document).iter(f"{W}tbl")
        if _value(table.find(f"{W}tblPr/{W}tblStyle")) == "QCMatrix"
    ]


def rows_of(table: Element) -> list[list[str]]:
    """The words of a table by row and cell."""
    return [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]


def quotations_in(document: bytes) -> list[str]:
    """The words of each quotation in a matrix, without its quotation marks and its locator."""
    return [words[1:-1] for table in matrices(document) for words, _ in _of_cells(table)]


def paragraphs_of_cells(table: Element) -> list[str]:
    """Each quotation of a matrix with its marks and its source, in one even where it is parted."""
    return [said for _, said in _of_cells(table)]


def _of_cells(table: Element) -> Iterator[tuple[str, str]]:
    """The words of each quotation between their marks, and the same with all behind them."""
    begun: dict[int, tuple[str, str]] = {}
    for row in table.iter(f"{W}tr"):
        for column, cell in enumerate(row.iter(f"{W}tc")):
            for paragraph in _in_style(cell, "QCQuote"):
                words, said = begun.pop(column, ("", ""))
                words, said = words + _first_run(paragraph), said + text_of(paragraph)
                assert words.startswith("“")
                if words.endswith("”"):
                    yield words, said
                else:
                    begun[column] = words, said
    assert not begun


def quotations_in_context(document: bytes) -> list[str]:
    """The words of each quotation of the appendix, without its quotation marks and its note."""
    return list(_quoted(body_of(document), "QCVerbatim"))


def _quoted(element: Element, style: str) -> Iterator[str]:
    for paragraph in _in_style(element, style):
        said = _first_run(paragraph)
        assert said.startswith("“")
        assert said.endswith("”")
        yield said[1:-1]


def _first_run(paragraph: Element) -> str:
    words = paragraph.find(f"{W}r")
    assert words is not None
    return text_of(words)


def _in_style(element: Element, style: str) -> Iterator[Element]:
    for paragraph in element.iter(f"{W}p"):
        if _value(paragraph.find(f"{W}pPr/{W}pStyle")) == style:
            yield paragraph


def notes_of(document: bytes, kind: str = "footnote") -> list[str]:
    """The words of each note, in order of their numbers."""
    notes = take_apart(document).trees[f"word/{kind}s.xml"]
    return [text_of(note).strip() for note in notes if note.get(f"{W}type") is None]


def inks_and_grounds(document: bytes) -> set[tuple[str, str]]:
    """Every colour of letters with the colour behind it."""
    trees = take_apart(document).trees
    styles = {
        str(style.get(f"{W}styleId")): _value(style.find(f"{W}rPr/{W}color"))
        for style in trees["word/styles.xml"].iter(f"{W}style")
    }
    based = {
        str(style.get(f"{W}styleId")): _value(style.find(f"{W}basedOn"))
        for style in trees["word/styles.xml"].iter(f"{W}style")
    }

    def of_style(style: str | None) -> str | None:
        while style and not styles[style]:
            style = based[style]
        return styles[style] if style else None

    pairs = set()
    for tree in trees.values():
        for paragraph in tree.iter(f"{W}p"):
            cell = next(paragraph.iterancestors(f"{W}tc"), None)
            fill = None if cell is None else cell.find(f"{W}tcPr/{W}shd")
            ground = WHITE if fill is None else str(fill.get(f"{W}fill"))
            of_paragraph = of_style(_value(paragraph.find(f"{W}pPr/{W}pStyle")))
            for run in paragraph.iter(f"{W}r"):
                ink = _value(run.find(f"{W}rPr/{W}color"))
                ink = ink or of_style(_value(run.find(f"{W}rPr/{W}rStyle"))) or of_paragraph
                pairs.add((ink or INK, ground))
    return pairs


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")
