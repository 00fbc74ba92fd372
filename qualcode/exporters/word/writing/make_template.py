"""Makes the shipped `template.docx`: our own styles, A4 landscape, British English, no leftovers.

python-docx's own template costs eight times the time and the bytes, is US Letter, and fails the
schema. Run it after a change of the styles:

    python -m qualcode.exporters.word.writing.make_template
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from qualcode.exporters import colours
from qualcode.exporters.word.writing import wml
from qualcode.exporters.word.writing.paper import A4_ACROSS
from qualcode.exporters.word.writing.splicing import write_package
from qualcode.exporters.word.writing.styles import STYLES, TEMPLATE, Style

_W = f'xmlns:w="{wml.NAMESPACE}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"

# Part, content type, relation to what holds it.
_PARTS = (
    ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ("word/document.xml", f"{wml.PART}.document.main+xml"),
    ("word/styles.xml", f"{wml.PART}.styles+xml"),
    ("word/settings.xml", f"{wml.PART}.settings+xml"),
    ("word/fontTable.xml", f"{wml.PART}.fontTable+xml"),
    ("word/header1.xml", f"{wml.PART}.header+xml"),
    ("word/footer1.xml", f"{wml.PART}.footer+xml"),
    ("word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
)

_FROM_PACKAGE = (
    (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
)
_FROM_DOCUMENT = (
    (f"{_OFFICE}/relationships/styles", "styles.xml"),
    (f"{_OFFICE}/relationships/settings", "settings.xml"),
    (f"{_OFFICE}/relationships/fontTable", "fontTable.xml"),
    (f"{_OFFICE}/relationships/header", "header1.xml"),
    (f"{_OFFICE}/relationships/footer", "footer1.xml"),
    (f"{_OFFICE}/relationships/theme", "theme/theme1.xml"),
)
_HEADER_ID = "rId4"
_FOOTER_ID = "rId5"


def template_bytes() -> bytes:
    """The template, the same bytes each time."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(_FROM_PACKAGE),
        "docProps/core.xml": _core_properties(),
        "docProps/app.xml": _app_properties(),
        "word/_rels/document.xml.rels": _relationships(_FROM_DOCUMENT),
        "word/document.xml": _document(),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/header1.xml": f"<w:hdr {_W}>{wml.paragraph('', 'Header')}</w:hdr>",
        "word/footer1.xml": _footer(),
        "word/theme/theme1.xml": _theme(),
    }
    plain, packed = BytesIO(), BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, wml.DECLARATION + content)
    write_package(plain, {}, packed)
    return packed.getvalue()


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in _PARTS
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: tuple[tuple[str, str], ...]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _core_properties() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>en-GB</dc:language>'
        "</cp:coreProperties>"
    )


def _app_properties() -> str:
    return (
        f'<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>qualcode</Application></Properties>"
    )


def _document() -> str:
    page = A4_ACROSS
    return (
        f'<w:document {_W} xmlns:r="{wml.RELATIONSHIPS}"><w:body><w:sectPr>'
        f'<w:headerReference w:type="default" r:id="{_HEADER_ID}"/>'
        f'<w:footerReference w:type="default" r:id="{_FOOTER_ID}"/>'
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.side}" w:bottom="{page.bottom}" '
        f'w:left="{page.side}" w:header="510" w:footer="454" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _footer() -> str:
    """A run for the name of the project, then "Page X of Y", which Word counts by itself."""
    numbers = wml.run("\tPage ") + wml.field("PAGE", "1")
    numbers += wml.run(" of ") + wml.field("NUMPAGES", "1")
    return f"<w:ftr {_W}>{wml.paragraph(wml.run('') + numbers, 'Footer')}</w:ftr>"


def _styles() -> str:
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Arial"/>'
        f'<w:color w:val="{colours.INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:before="0" w:after="120" w:line="264" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    return f"<w:styles {_W}>{defaults}{''.join(map(_style, STYLES))}</w:styles>"


def _style(style: Style) -> str:
    ours = style.id.startswith("QC")
    head = f'<w:style w:type="{style.kind}"'
    head += ' w:default="1"' if style.default else ""
    head += ' w:customStyle="1"' if ours else ""
    return "".join(
        (
            f'{head} w:styleId="{style.id}"><w:name w:val="{style.name}"/>',
            f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else "",
            f'<w:next w:val="{style.next}"/>' if style.next else "",
            f'<w:uiPriority w:val="{style.priority}"/>',
            "<w:qFormat/>" if style.quick else "",
            f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "",
            f"<w:rPr>{style.letters}</w:rPr>" if style.letters else "",
            f"<w:tblPr>{style.table}</w:tblPr>" if style.table else "",
            "</w:style>",
        )
    )


def _settings() -> str:
    word = "http://schemas.microsoft.com/office/word"
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{word}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", "15"),
            ("overrideTableStyleFontSizeAndJustification", "1"),
            ("enableOpenTypeFeatures", "1"),
            ("doNotFlipMirrorIndents", "1"),
            ("differentiateMultirowTableHeaders", "1"),
        )
    )
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compatible}</w:compat><w:themeFontLang w:val="en-GB"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _fonts() -> str:
    """Each font with the free one of the same widths, which is taken where the first is missing."""
    fonts = (
        ("Calibri", "Carlito", "swiss", "020F0502020204030204"),
        ("Cambria", "Caladea", "roman", "02040503050406030204"),
        ("Arial", "Liberation Sans", "swiss", "020B0604020202020204"),
    )
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{stand_in}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="00"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, stand_in, family, panose in fonts
    )
    return f"<w:fonts {_W}>{listed}</w:fonts>"


def _theme() -> str:
    """The least that the schema asks of a theme; no style refers to it."""
    slots = (
        ("dk1", "000000"),
        ("lt1", colours.WHITE),
        ("dk2", colours.INK),
        ("lt2", colours.PALE),
        ("accent1", "1F5A7A"),
        ("accent2", "5B4A8A"),
        ("accent3", "8A4B1F"),
        ("accent4", "2F6B3A"),
        ("accent5", colours.GREY),
        ("accent6", colours.REFERENCE),
        ("hlink", "1F5A7A"),
        ("folHlink", "5B4A8A"),
    )
    palette = "".join(f'<a:{slot}><a:srgbClr val="{colour}"/></a:{slot}>' for slot, colour in slots)
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface="Arial"/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="qualcode">'
        f'<a:themeElements><a:clrScheme name="qualcode">{palette}</a:clrScheme>'
        f'<a:fontScheme name="qualcode"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="qualcode"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


if __name__ == "__main__":
    TEMPLATE.write_bytes(template_bytes())
