"""OpenDocument packages as small as the readers allow, written for one test each."""

from __future__ import annotations

from readers.docx_files import package

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for prefix, space in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)
MIMETYPE = "application/vnd.oasis.opendocument."


def text_document(*blocks: str, styles: str = "", common: str = "") -> bytes:
    """A text with these blocks; `styles` are automatic ones, `common` those of styles.xml."""
    body = f"<office:text>{''.join(blocks)}</office:text>"
    parts = {"mimetype": MIMETYPE + "text", "content.xml": _content(body, styles)}
    if common:
        parts["styles.xml"] = _root("document-styles", f"<office:styles>{common}</office:styles>")
    return package(dict(parts))


def spreadsheet(*sheets: str, mimetype: str = MIMETYPE + "spreadsheet") -> bytes:
    """A spreadsheet of these sheets."""
    body = f"<office:spreadsheet>{''.join(sheets)}</office:spreadsheet>"
    return package({"mimetype": mimetype, "content.xml": _content(body, "")})


def p(content: str) -> str:
    """A paragraph; `content` is XML."""
    return f"<text:p>{content}</text:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table, of a text or as a sheet; a cell is text, whose lines are paragraphs, or XML."""
    return "<table:table>" + "".join(map(row, rows)) + "</table:table>"


def row(cells: tuple[str, ...], attributes: str = "") -> str:
    """A row of a table."""
    return f"<table:table-row {attributes}>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(content: str) -> str:
    if content.startswith("<table:table-cell"):
        return content
    inner = "".join(map(p, content.split("\n"))) if content else ""
    return f"<table:table-cell>{inner}</table:table-cell>"


def _content(body: str, styles: str) -> str:
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return _root("document-content", f"{automatic}<office:body>{body}</office:body>")


def _root(name: str, inner: str) -> str:
    return f"<office:{name} {_NAMES}>{inner}</office:{name}>"
