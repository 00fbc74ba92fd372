"""A document of the house as template: opened with care, and what is looked for in it.

Nothing is copied that is not named here and in `foreign`, `dressing` and `letterhead`: styles, the
fonts and colours of the theme, the paper, and the first header and footer. So its pages and
properties, comments, tracked changes, macros, links and embedded files cannot travel: they are not
even read.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Final

from qualcode import errors
from qualcode.exporters.word.template.allowed import W, value
from qualcode.exporters.word.template.drawings import BLIP, EMBED
from qualcode.exporters.word.writing.wml import RELATIONSHIPS
from qualcode.exporters.zipped import DAMAGED
from qualcode.model.document import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from qualcode.model.document import Template

_MEGABYTE: Final = 1_000_000
_MOST_BYTES: Final = 16 * _MEGABYTE
"""Of a part as it unpacks. A tree takes up to twenty times the memory of its text."""

_MOST_IN_ALL: Final = MOST_BYTES
"""Of all that is read of one template, and of the file itself."""

_WIDEST_TWIPS: Final = 31_680
"""22 inches: what Word takes for paper at most."""

_R: Final = f"{{{RELATIONSHIPS}}}"
_PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DOCUMENT: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
_KINDS: Final = (
    ("wordprocessingml.template", "a Word template (.dotx)"),
    ("macroEnabledTemplate", "a Word template with macros (.dotm)"),
    ("macroEnabled", "a Word document with macros (.docm)"),
    ("spreadsheetml", "a spreadsheet"),
    ("presentationml", "a presentation"),
)
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ANOTHER: Final = "a file of another kind"


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part leads: to another part, or out of the file."""

    kind: str
    target: str
    is_external: bool


@dataclass(frozen=True)
class Story:
    """A header or footer as it stands in the house's document, with the pictures it refers to."""

    root: Element
    pictures: Mapping[str, bytes] = field(repr=False, default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """The paper of the house and its margins, in twips."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    header: int
    footer: int

    @property
    def text_width(self) -> int:
        """From the left margin to the right one."""
        return self.width - self.left - self.right


@dataclass(frozen=True)
class House:
    """What is taken of a document of the house; stories by `header`, `footer`, and `first-header`,
    `first-footer` where the first page has others.
    """

    styles: Element
    word_theme: Element | None
    fonts: Element | None
    page: Page | None
    stories: Mapping[str, Story]


def opened(template: Template) -> House:
    """What is taken of a template. Raises TemplateError."""
    if template.data.startswith(_OLE2):
        if _ENCRYPTED in template.data:
            raise errors.TemplateProtectedError(where=template.name)
        raise errors.TemplateKindError("a document of an older Word (.doc)", where=template.name)
    if not template.data.startswith(b"PK"):
        raise errors.TemplateKindError(_ANOTHER, where=template.name)
    if len(template.data) > _MOST_IN_ALL:
        raise _too_large(template.name, _MOST_IN_ALL)
    try:
        with zipfile.ZipFile(BytesIO(template.data)) as archive:
            return _house(_Parts(archive, template.name))
    except (*DAMAGED, ValueError) as broken:
        raise errors.TemplateDamagedError(where=template.name) from broken


def _house(parts: _Parts) -> House:
    main = next(
        (one.target for one in parts.relations("").values() if one.kind == "officeDocument"), None
    )
    if main is None:
        raise errors.TemplateKindError(_ANOTHER, where=parts.where)
    parts.check_kind(main)
    relations = parts.relations(main)
    document = parts.tree(main)
    if document.tag != f"{W}document":
        raise errors.TemplateKindError("in Word's strict format", where=parts.where)
    by_kind = {one.kind: one.target for one in relations.values() if not one.is_external}
    if "styles" not in by_kind:
        raise errors.TemplateWithoutStylesError(where=parts.where)
    styles = parts.tree(by_kind["styles"])
    if styles.find(f"{W}style") is None:
        raise errors.TemplateWithoutStylesError(where=parts.where)
    sections = list(document.iter(f"{W}sectPr"))
    headed = [one for one in sections if one.find(f"{W}headerReference") is not None]
    footed = [one for one in sections if one.find(f"{W}footerReference") is not None]
    stories: dict[str, Story] = {}
    for kind, found in (("header", headed), ("footer", footed)):
        if found:
            stories |= _stories(parts, relations, kind, found[0])
    return House(
        styles=styles,
        word_theme=parts.tree(by_kind["theme"]) if "theme" in by_kind else None,
        fonts=parts.tree(by_kind["fontTable"]) if "fontTable" in by_kind else None,
        page=_page((headed or sections)[0]) if sections else None,
        stories=stories,
    )


def _stories(
    parts: _Parts, relations: Mapping[str, Relation], kind: str, section: Element
) -> dict[str, Story]:
    """The headers or footers of a section, by what they are called in a `House`."""
    named = {"default": kind}
    title = section.find(f"{W}titlePg")
    if title is not None and value(title) not in ("0", "false", "off"):
        named["first"] = f"first-{kind}"
    found = {}
    for reference in section.findall(f"{W}{kind}Reference"):
        name = named.get(value(reference, "type") or "default")
        relation = relations.get(str(reference.get(f"{_R}id")))
        if name and relation is not None and not relation.is_external:
            found[name] = parts.story(relation.target)
    return found


def _page(section: Element) -> Page | None:
    """The paper, upright; None where it is not told in full, or no printer has such paper."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    told = [value(size, name) for name in ("w", "h")]
    told += [
        value(margins, name) for name in ("left", "right", "top", "bottom", "header", "footer")
    ]
    numbers = [abs(float(one)) for one in told if one is not None]
    if len(numbers) < len(told) or not all(one <= _WIDEST_TWIPS for one in numbers):
        return None
    return Page(*map(round, numbers))


class _Parts:
    """The parts of a package, each read when it is asked for and never beyond the limit."""

    def __init__(self, archive: zipfile.ZipFile, where: str) -> None:
        self.where = where
        self._archive = archive
        self._unpacked = 0

    def tree(self, name: str) -> Element:
        """A part that is XML; one that declares a document type is refused."""
        # Loaded here: lxml costs a hundredth of a second, which no other command pays.
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self._bytes(name), parser)
        except etree.XMLSyntaxError as broken:
            raise errors.TemplateDamagedError(where=self.where) from broken
        # The stubs of lxml do not know this attribute.
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
            raise errors.TemplateDamagedError(where=self.where)
        return root

    def relations(self, source: str) -> dict[str, Relation]:
        """Where a part leads, by id; of the package itself for the empty name."""
        folder, name = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._archive.namelist():
            return {}
        return {
            str(one.get("Id")): Relation(
                str(one.get("Type")).rpartition("/")[2],
                posixpath.normpath(posixpath.join(folder, str(one.get("Target")))).lstrip("/"),
                one.get("TargetMode") == "External",
            )
            for one in self.tree(rels).iter(f"{_PACKAGE}Relationship")
        }

    def story(self, name: str) -> Story:
        """A header or footer with the pictures that it shows."""
        root = self.tree(name)
        shown = {str(blip.get(EMBED)) for blip in root.iter(BLIP)}
        pictures = {
            number: self._bytes(one.target)
            for number, one in self.relations(name).items()
            if number in shown and one.kind == "image" and not one.is_external
        }
        return Story(root, pictures)

    def check_kind(self, main: str) -> None:
        """Refuse what is not the document itself, such as one with macros."""
        types = self.tree("[Content_Types].xml")
        kinds = {
            str(one.get("PartName")).lstrip("/"): str(one.get("ContentType"))
            for one in types.iter(f"{_TYPES}Override")
        }
        kind = kinds.get(main, "")
        if kind != _DOCUMENT:
            said = next((words for sign, words in _KINDS if sign in kind), _ANOTHER)
            raise errors.TemplateKindError(said, where=self.where)

    def _bytes(self, name: str) -> bytes:
        try:
            part = self._archive.getinfo(name)
        except KeyError as missing:
            raise errors.TemplateDamagedError(where=self.where) from missing
        if part.flag_bits & 1:
            raise errors.TemplateProtectedError(where=self.where)
        if part.file_size > _MOST_BYTES:
            raise _too_large(self.where, _MOST_BYTES)
        with self._archive.open(part) as stream:
            data = stream.read(_MOST_BYTES + 1)
        self._unpacked += len(data)
        if len(data) > _MOST_BYTES:
            raise _too_large(self.where, _MOST_BYTES)
        if self._unpacked > _MOST_IN_ALL:
            raise _too_large(self.where, _MOST_IN_ALL)
        return data


def _too_large(where: str, limit: int) -> errors.TemplateTooLargeError:
    return errors.TemplateTooLargeError(where=where, limit_mb=limit // _MEGABYTE)
