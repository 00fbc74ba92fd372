"""Workbooks as small as the reader allows, written for one test each."""

from __future__ import annotations

from html import escape

from readers.docx_files import package

_NAMES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def workbook(
    *sheets: str,
    strings: str = "",
    formats: tuple[str, ...] = (),
    properties: str = "",
    hidden: tuple[int, ...] = (),
) -> bytes:
    """A workbook of these sheets; `formats` are those of styles 1, 2, 3 …; 0 is plain."""
    numbers = range(1, len(sheets) + 1)
    states = {n: "hidden" if n in hidden else "visible" for n in numbers}
    listed = "".join(f'<sheet name="S{n}" r:id="r{n}" state="{states[n]}"/>' for n in numbers)
    related = "".join(f'<Relationship Id="r{n}" Target="worksheets/s{n}.xml"/>' for n in numbers)
    own = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code)}"/>'
        for n, code in enumerate(formats)
    )
    styles = '<xf numFmtId="0"/>' + "".join(
        f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats))
    )
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f"<workbook {_NAMES}>{properties}<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {_RELATIONS}>{related}</Relationships>",
        "xl/sharedStrings.xml": f"<sst {_NAMES}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {_NAMES}><numFmts>{own}</numFmts>"
        f"<cellXfs>{styles}</cellXfs></styleSheet>",
    }
    for n, rows in zip(numbers, sheets, strict=True):
        xml = f"<worksheet {_NAMES}><sheetData>{rows}</sheetData></worksheet>"
        parts[f"xl/worksheets/s{n}.xml"] = xml
    return package(parts)


def rows(*cells: tuple[str, ...]) -> str:
    """Rows; a cell is text, or XML."""
    return "".join("<row>" + "".join(map(_cell, row)) + "</row>" for row in cells)


def number(value: object, style: int = 0) -> str:
    """A cell that holds a number."""
    return f'<c s="{style}"><v>{value}</v></c>'


def _cell(content: str) -> str:
    if content.startswith("<c"):
        return content
    return f'<c t="inlineStr"><is><t>{escape(content)}</t></is></c>'
