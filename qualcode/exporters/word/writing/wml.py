"""Small functions that return WordprocessingML as strings; the only place that writes its tags.

Each takes either words, which it escapes, or `content`, which is already XML from here. Words
have been through `textsafe.Cleaner`: of the control characters only newline and tab are left,
and they become the breaks that Word has for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters import colours
from qualcode.exporters.textsafe import runs_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TWIPS_PER_MM = 1440 / 25.4

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_TEXT_OPEN = '<w:t xml:space="preserve">'
_BREAK = f"</w:t><w:br/>{_TEXT_OPEN}"
_TAB = f"</w:t><w:tab/>{_TEXT_OPEN}"
NO_BREAK_SPACE = "\u00a0"
_HEADINGS = frozenset({"Heading1", "Heading2"})


def twips(millimetres: float) -> int:
    """Word's measure of length, a twentieth of a point."""
    return round(millimetres * TWIPS_PER_MM)


def escape(words: str) -> str:
    """The words as XML text or attribute value."""
    return (
        words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def run(
    words: str,
    *,
    style: str | None = None,
    bold: bool = False,
    colour: str | None = None,
    right_to_left: bool = False,
) -> str:
    """Words of one appearance. `style` is a character style, `colour` is `RRGGBB`."""
    properties = "".join(
        (
            f'<w:rStyle w:val="{style}"/>' if style else "",
            "<w:b/><w:bCs/>" if bold else "",
            f'<w:color w:val="{colour}"/>' if colour else "",
            "<w:rtl/>" if right_to_left else "",
        )
    )
    if properties:
        properties = f"<w:rPr>{properties}</w:rPr>"
    text = escape(words).replace("\n", _BREAK).replace("\t", _TAB)
    return f"<w:r>{properties}{_TEXT_OPEN}{text}</w:t></w:r>"


def quoted(words: str) -> str:
    """Cleaned words between quotation marks."""
    return run(f"“{words}”", right_to_left=runs_right_to_left(words))


def paragraph(
    content: str,
    style: str,
    *,
    keep_next: bool = False,
    keep_lines: bool = False,
    rule: str | None = None,
    bidi: bool = False,
) -> str:
    """A paragraph of runs. `bidi` sets it from right to left, `rule` is the colour of a line
    along its beginning. A heading stays with what follows, whatever its style in a house says.
    """
    properties = f'<w:pStyle w:val="{style}"/>'
    if keep_next or style in _HEADINGS:
        properties += "<w:keepNext/>"
    if keep_lines:
        properties += "<w:keepLines/>"
    if rule:
        side = "right" if bidi else "left"
        properties += (
            f'<w:pBdr><w:{side} w:val="single" w:sz="18" w:space="8" w:color="{rule}"/></w:pBdr>'
        )
    if bidi:
        properties += "<w:bidi/>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def line(
    words: str,
    style: str,
    *,
    bold: bool = False,
    colour: str | None = None,
    keep_next: bool = False,
) -> str:
    """A paragraph of one run, set in the direction in which its words are read."""
    bidi = runs_right_to_left(words)
    content = run(words, bold=bold, colour=colour, right_to_left=bidi)
    return paragraph(content, style, keep_next=keep_next, bidi=bidi)


def empty_line(style: str) -> str:
    """A paragraph without words: a cell must hold one."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'


def cell(
    content: str,
    width: int,
    *,
    fill: str | None = None,
    span: int = 1,
    centred: bool = False,
) -> str:
    """A table cell of paragraphs. `width` in twips, `fill` is `RRGGBB`."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if fill:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    if centred:
        properties += '<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, header: bool = False) -> str:
    """A table row, which stays whole. A header row stands again at the top of each page."""
    properties = f"<w:cantSplit/>{'<w:tblHeader/>' if header else ''}"
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table_start(
    widths: Sequence[int],
    style: str,
    *,
    caption: str,
    description: str,
    header_row: bool = True,
    header_column: bool = True,
) -> str:
    """All of a table before its rows. `caption`, `description` are read out, not shown."""
    # The bits of tblLook are those of Word: 0020 first row, 0080 first column, 0600 no banding.
    bits = 0x0600 | (0x0020 if header_row else 0) | (0x0080 if header_column else 0)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{bits:04X}" w:firstRow="{header_row:d}" w:lastRow="0" '
        f'w:firstColumn="{header_column:d}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(caption)}"/>'
        f'<w:tblDescription w:val="{escape(description)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


TABLE_END = "</w:tbl>"


def reference(words: str) -> str:
    """Where a quotation comes from, in small blue-grey type."""
    # The colour stands in the run because LibreOffice 7.4 does not take it from the style.
    return run(words, style="QCReference", colour=colours.REFERENCE)


def bookmark(content: str, name: str, number: int) -> str:
    """Content that links can point to. `name` and `number` are unique in the document."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def link(content: str, to: str) -> str:
    """Runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{to}" w:history="1">{content}</w:hyperlink>'


def note_reference(kind: str, number: int) -> str:
    """The figure that leads to a note; `kind` is `footnote` or `endnote`."""
    style = f"{kind.capitalize()}Reference"
    return (
        f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'
    )


def note(kind: str, number: int, words: str) -> str:
    """A note of one paragraph, which begins with its own figure."""
    style = kind.capitalize()
    bidi = runs_right_to_left(words)
    figure = f'<w:r><w:rPr><w:rStyle w:val="{style}Reference"/></w:rPr><w:{kind}Ref/></w:r>'
    said = paragraph(figure + run(f" {words}", right_to_left=bidi), f"{style}Text", bidi=bidi)
    return f'<w:{kind} w:id="{number}">{said}</w:{kind}>'


def note_separator(kind: str, part: str, number: int) -> str:
    """The line between text and notes. A figure in it would make Word offer to repair the file."""
    line_of_notes = paragraph(f"<w:r><w:{part}/></w:r>", f"{kind.capitalize()}Text")
    return f'<w:{kind} w:type="{part}" w:id="{number}">{line_of_notes}</w:{kind}>'


def commented(content: str, number: int) -> str:
    """Content with a comment beside it."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{content}<w:commentRangeEnd w:id="{number}"/>'
        '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{number}"/></w:r>'
    )


def comment(words: str, number: int, *, author: str, initials: str, written: str) -> str:
    """A comment of one paragraph. `written` is an ISO time with its zone's offset as `Z`."""
    bidi = runs_right_to_left(words)
    figure = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
    said = paragraph(figure + run(words, right_to_left=bidi), "CommentText", bidi=bidi)
    return (
        f'<w:comment w:id="{number}" w:author="{escape(author)}" w:date="{escape(written)}" '
        f'w:initials="{escape(initials)}">{said}</w:comment>'
    )


def field_start(instruction: str) -> str:
    """The beginning of a field, up to its filled-in result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(instruction: str, shown: str) -> str:
    """A whole field with the result that stands until a program computes it again."""
    return field_start(instruction) + run(shown) + FIELD_END
