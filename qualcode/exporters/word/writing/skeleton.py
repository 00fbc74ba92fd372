"""A Word document before its words: sections, headers, footers, properties, and marks to be filled.

python-docx makes what there are few of; the bodies of the sections, the notes and the comments
are streams that take the places of the marks while the file is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from qualcode.exporters.contents import listing
from qualcode.exporters.word.writing.paper import A4_ACROSS, Sheet
from qualcode.exporters.word.writing.running import Running
from qualcode.exporters.word.writing.splicing import MARK_TARGET, write_package
from qualcode.exporters.word.writing.styles import TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

    from docx.document import Document
    from docx.section import Section

    from qualcode.exporters.word.template.applying import Livery

_LISTED = "contents"
"""The mark of the list of contents."""

# Of a text among the properties, in characters: python-docx refuses more.
_LONGEST_PROPERTY = 255

# Styles of words that were said or written in the language of the interviews.
_SPOKEN = ("QC Quote", "QC Verbatim", "QC Context", "QC Summary")

# What may follow the settings of notes in the schema.
_AFTER_NOTE_SETTINGS = {
    *("compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang"),
    *("clrSchemeMapping", "doNotIncludeSubdocsInStats", "captions", "readModeInkLockDown"),
    *("smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags"),
    *("decimalSymbol", "listSeparator"),
}


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """One section of the document: what its header says, its body, and its paper.

    `mark` is unique in the document: small letters, digits and hyphens. A part that is not to begin
    `on_new_page` is laid on the paper of the one before it.
    """

    mark: str
    running_head: str
    body: Iterable[str]
    sheet: Sheet = A4_ACROSS
    on_new_page: bool = True


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside the body in a member of its own: footnotes, endnotes or comments.

    `opening`, `closing` are its XML around the stream. Of notes, `settings` is the XML by which the
    settings of the document name their separators, and `section` what each section says of them.
    """

    mark: str
    member: str
    content_type: str
    relation: str
    opening: str
    closing: str
    body: Iterable[str]
    settings: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself in its properties, headers and footers; cleaned words."""

    title: str
    subtitle: str
    subject: str
    project: str
    created: str
    language: str
    comment: str


def write_document(
    about: About,
    parts: Sequence[DocumentPart],
    margins: Sequence[Margin],
    out: BinaryIO,
    *,
    listed: Iterable[str],
    livery: Livery | None = None,
) -> None:
    """Write the sections in their order. Bodies are poured before the margins, which may follow
    from what was met on the way. `listed` are the lines of the list of contents, `livery` what is
    worn of a house.
    """
    streams = {part.mark: part.body for part in parts}
    streams |= {margin.mark: margin.body for margin in margins}
    streams[_LISTED] = listed
    write_package(_skeleton(about, parts, margins, livery), streams, out)


def _skeleton(
    about: About, parts: Sequence[DocumentPart], margins: Sequence[Margin], livery: Livery | None
) -> BytesIO:
    """The saved document with a mark for the body of each section and for each margin."""
    # Loaded here: python-docx and lxml cost a tenth of a second, which no other command pays.
    import docx
    from docx.enum.section import WD_SECTION
    from lxml.etree import ProcessingInstruction

    worn = BytesIO(TEMPLATE.read_bytes() if livery is None else livery.package)
    document = docx.Document(worn)
    _set_properties(document, about)
    _set_language(document, about.language)
    section = document.sections[0]
    running = Running(section, livery, project=about.project)
    for number, part in enumerate(parts):
        if number:
            is_new = part.on_new_page
            section = document.add_section(WD_SECTION.NEW_PAGE if is_new else WD_SECTION.CONTINUOUS)
        _lay_on(section, part.sheet)
        running.set(section, f"{about.title}\t{part.running_head}", part.sheet)
        before_end = document.element.body[-1]
        before_end.addprevious(ProcessingInstruction(MARK_TARGET, part.mark))
    # Each section ends with a paragraph that carries its break; one of the usual height would
    # now and then have a page to itself.
    document.add_paragraph()
    for paragraph in document.paragraphs:
        paragraph.style = "QC Section End"
    for margin in margins:
        _add_margin(document, margin)
    _add_list_of_contents(document)
    saved = BytesIO()
    document.save(saved)
    saved.seek(0)
    return saved


def _lay_on(section: Section, sheet: Sheet) -> None:
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Twips

    landscape, portrait = WD_ORIENTATION.LANDSCAPE, WD_ORIENTATION.PORTRAIT
    section.orientation = landscape if sheet.is_landscape else portrait
    section.page_width, section.page_height = Twips(sheet.width), Twips(sheet.height)
    section.left_margin = section.right_margin = Twips(sheet.side)
    section.top_margin, section.bottom_margin = Twips(sheet.top), Twips(sheet.bottom)
    section.header_distance, section.footer_distance = Twips(sheet.header), Twips(sheet.footer)


def _add_margin(document: Document, margin: Margin) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part as Member
    from docx.oxml.ns import qn
    from lxml import etree

    relations = document.part.rels
    for number in [key for key, known in relations.items() if known.reltype == margin.relation]:
        del relations[number]
    content = f"{margin.opening}<?{MARK_TARGET} {margin.mark}?>{margin.closing}"
    member = Member(
        PackURI(f"/word/{margin.member}"),
        margin.content_type,
        content.encode(),
        document.part.package,
    )
    document.part.relate_to(member, margin.relation)
    if margin.settings:
        _name_separators(document, margin.settings)
    if margin.section:
        for section in document.element.iter(qn("w:sectPr")):
            behind = next(child for child in section if not child.tag.endswith("Reference"))
            behind.addprevious(etree.fromstring(margin.section))


def _name_separators(document: Document, said: str) -> None:
    """Put what the settings say of notes in its place, instead of what a template said."""
    from lxml import etree

    settings, mine = document.settings.element, etree.fromstring(said)
    for earlier in settings.findall(mine.tag):
        settings.remove(earlier)
    for child in settings:
        if etree.QName(child).localname in _AFTER_NOTE_SETTINGS:
            child.addprevious(mine)
            return
    settings.append(mine)


def _add_list_of_contents(document: Document) -> None:
    """A part that Word keeps and does not show; one that the template brought is not of this."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part as Member

    package, relations = document.part.package, document.part.rels
    for number, known in list(relations.items()):
        if known.reltype == listing.PART_RELATION and (
            listing.NAMESPACE.encode() in known.target_part.blob
        ):
            del relations[number]
    content = "".join(listing.as_part([f"<?{MARK_TARGET} {_LISTED}?>"]))
    name = package.next_partname("/customXml/item%d.xml")
    properties = Member(
        PackURI(f"/customXml/itemProps{name.idx}.xml"),
        listing.PROPERTIES_TYPE,
        listing.part_properties().encode(),
        package,
    )
    member = Member(name, "application/xml", content.encode(), package)
    member.relate_to(properties, listing.PROPERTIES_RELATION)
    document.part.relate_to(member, listing.PART_RELATION)


def _set_language(document: Document, language: str) -> None:
    """Tell what reads aloud the language of the interviews; all around them is English."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name in _SPOKEN:
        letters = document.styles[name].element.get_or_add_rPr()
        for earlier in letters.findall(qn("w:lang")):
            letters.remove(earlier)
        # It is the last that the schema has, but for what no style of words holds.
        letters.append(OxmlElement("w:lang", {qn("w:val"): language, qn("w:bidi"): language}))


def _set_properties(document: Document, about: About) -> None:
    """What the file says of itself: nothing of who made it but the project's name."""
    properties = document.core_properties
    whole = f"{about.title}: {about.subtitle}" if about.subtitle else about.title
    properties.title = whole[:_LONGEST_PROPERTY]
    properties.subject = about.subject
    properties.author = about.project[:_LONGEST_PROPERTY]
    properties.comments = about.comment
    properties.language = about.language
    properties.last_modified_by = ""
    properties.revision = 1
    created = datetime.fromisoformat(about.created)
    if created.tzinfo:
        created = created.astimezone(UTC).replace(tzinfo=None)
    properties.created = created
    properties.modified = created
