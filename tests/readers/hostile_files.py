"""Files that nobody writes who wants to be read: too long, too deep or packed too well."""

from __future__ import annotations

import zlib
from random import Random

from readers import docx_files, open_files, pdf_files, xlsx_files

HEADS = {
    "text": "I: ",
    "vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\n",
    "lrc": "[00:01.00]",
    "csv": "speaker,start,text\nI,0:01,",
    "chat": "@UTF8\n@Begin\n*PAR:\t",
    "textgrid": 'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 2\n',
    "json": '{"segments": [{"start": 0, "end": 1, "text": "a"}], "x": ',
    "otr": '{"media": "a", "media-time": 0, "text": "',
    "html": "<html><body><p>",
    "rtf": r"{\rtf1\ansi ",
    "eaf": "<ANNOTATION_DOCUMENT><TIME_ORDER>",
    "exb": "<basic-transcription><basic-body>",
    "trs": "<Trans><Episode>",
    "ohms": '<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record><transcript>',
}
"""How a file of each format that is text begins."""

FLOODS = {
    "angles": "<",
    "brackets": "[",
    "braces": "{",
    "parentheses": "(",
    "one line": "word ",
    "letters": "a",
    "quotation marks": '"',
    "colons": ":",
    "backslashes": "\\",
    "labels": "A: b\n",
    "other labels": "A: b\nC: d\n",
    "blank lines": "a\n\n",
    "tabs": "\t",
    "blanks": " ",
    "commas": "a,",
    "dashes": "- ",
    "times": "[00:01.00]",
    "cues": "00:01.000 --> 00:02.000\na\n\n",
    "arrows": "-->",
    "tags": "<p>",
    "tags that close": "<b>a</b>",
    "rows": "<tr><td>a<td>b",
    "paragraphs": "\\par ",
    "bullets": "\x151_2\x15",
    "tiers": "*A:\tb\n",
    "entities": "&amp;",
    "objects": '{"a": 1},',
    "numbers": "1 ",
    "accents": "e\u0301",
}
"""What a file may be full of."""

NESTS = {
    "json": ('{"segments": ' + '[{"a": ', "1"),
    "otr": ('{"text": "', "<div>"),
    "html": ("<html><body>", "<div>"),
    "rtf": (r"{\rtf1 ", "{"),
    "eaf": ("<ANNOTATION_DOCUMENT>", "<TIER>"),
    "exb": ("<basic-transcription>", "<tier>"),
    "trs": ("<Trans>", "<Turn>"),
    "ohms": ('<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record>', "<a>"),
}


def flood(format_name: str, of: str, size_bytes: int) -> bytes:
    """A file of a format that is full of one thing."""
    head, filling = HEADS[format_name].encode(), FLOODS[of].encode()
    return head + filling * ((size_bytes - len(head)) // len(filling))


def interview(words: int) -> bytes:
    """A text with labels and times of so many words."""
    dice = Random(20240314)
    signs = "bcdfglmnprst", "aeiou"
    known = [
        "".join(dice.choice(signs[at % 2]) for at in range(2 * dice.randint(1, 3)))
        for _ in range(8_000)
    ]
    lines: list[str] = []
    at = 0
    while words > 0:
        count = min(words, dice.choice((1, 3, 8, 20, 60, 180)))
        words -= count
        at += count // 3
        time = f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}"
        said = " ".join(dice.choices(known, k=count)).capitalize()
        lines.append(f"[{time}] {dice.choice('IRR')}: {said}.\n")
    return "".join(lines).encode()


def nested(format_name: str, depth: int) -> bytes:
    """A file whose elements, groups or brackets stand in each other, and never close."""
    if format_name == "json":
        return b'{"segments": ' + b'[{"a": ' * depth
    opening, step = NESTS[format_name]
    return (opening + step * depth).encode()


def package(format_name: str, content: bytes) -> bytes:
    """A package whose words stand in a part with this content."""
    if format_name == "docx":
        return docx_files.package({"word/document.xml": content})
    if format_name == "xlsx":
        return docx_files.package({**_workbook_parts(), "xl/worksheets/s1.xml": content})
    kind = {"odt": "text", "ods": "spreadsheet"}[format_name]
    return docx_files.package({"mimetype": open_files.MIMETYPE + kind, "content.xml": content})


def main_part(format_name: str, inner: bytes, *, closed: bool = True) -> bytes:
    """The part with the words around `inner`; cut off behind it if it is not to be closed."""
    marker = "MARKER"
    whole = {
        "docx": lambda: docx_files.document(marker),
        "odt": lambda: open_files.text_document(marker),
        "ods": lambda: open_files.spreadsheet(f"<table:table>{marker}</table:table>"),
        "xlsx": lambda: xlsx_files.workbook(marker),
    }[format_name]()
    before, _, behind = _parts(whole)[MAIN_PARTS[format_name]].partition(marker.encode())
    return before + inner + (behind if closed else b"")


MAIN_PARTS = {
    "docx": "word/document.xml",
    "odt": "content.xml",
    "ods": "content.xml",
    "xlsx": "xl/worksheets/s1.xml",
}

STEPS = {
    "docx": b"<w:sdt>",
    "odt": b"<text:section>",
    "ods": b"<table:table-row-group>",
    "xlsx": b"<row>",
}
"""An element of each package that may stand in itself."""

FILLINGS = {
    "docx": b"<w:p><w:r><w:t>a</w:t></w:r></w:p>",
    "odt": b"<text:p>a</text:p>",
    "ods": b"<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
    b"</table:table-row>",
    "xlsx": b'<row><c t="inlineStr"><is><t>a</t></is></c></row>',
}
"""A paragraph or row of each."""


def vast_sheet(format_name: str) -> bytes:
    """A sheet that claims a million rows of sixteen thousand columns."""
    if format_name == "xlsx":
        row = '<row r="{n}"><c r="{at}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        rows = row.format(n=1, at="A1", text="speaker") + row.format(
            n=1_048_576, at="XFD1048576", text="words"
        )
        return xlsx_files.workbook(f'<dimension ref="A1:XFD1048576"/>{rows}')
    cell = "<table:table-cell{often}><text:p>words</text:p></table:table-cell>"
    row = cell.format(often=' table:number-columns-repeated="16384"')
    return open_files.spreadsheet(
        '<table:table><table:table-row table:number-rows-repeated="1048576">'
        f"{row}</table:table-row></table:table>"
    )


def pdf_of(kind: str) -> bytes:
    """A PDF document that goes in circles, or claims more than it holds."""
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> /Contents 4 0 R >>"
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    show = b"BT /F 9 Tf (I: Hello) Tj ET"
    words = f"<< /Length {len(show)} >>\nstream\n".encode() + show + b"\nendstream"
    kids = {
        "pages claimed": "/Kids [3 0 R] /Count 100000",
        "pages repeated": f"/Kids [{'3 0 R ' * 100_000}] /Count 100000",
        "tree in a circle": "/Kids [2 0 R] /Count 1",
        "parents in a circle": "/Kids [3 0 R] /Count 1 /Parent 3 0 R",
    }.get(kind, "/Kids [3 0 R] /Count 1")
    pages = f"<< /Type /Pages {kids} >>".encode()
    if kind == "contents in a circle":
        words = b"4 0 R"
    elif kind == "contents packed too well":
        packed = zlib.compress(show * 4_000_000)
        words = f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
        words += packed + b"\nendstream"
    elif kind == "brackets":
        deep = b"[" * 100_000
        words = f"<< /Length {len(deep)} >>\nstream\n".encode() + deep + b"\nendstream"
    elif kind == "dictionary too deep":
        page = page.replace("<< >>", "<< /A " * 100_000 + ">> " * 100_000)
    return pdf_files.assemble([catalogue, pages, page.encode(), words])


PDFS = (
    "pages claimed",
    "pages repeated",
    "tree in a circle",
    "parents in a circle",
    "contents in a circle",
    "contents packed too well",
    "brackets",
    "dictionary too deep",
)


def _workbook_parts() -> dict[str, str | bytes]:
    return dict(_parts(xlsx_files.workbook("")))


def _parts(data: bytes) -> dict[str, bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
