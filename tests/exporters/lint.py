"""Our own check of a Word document: what Word repairs or hides and other checkers let pass.

python-docx opens anything and the schema knows nothing of links, grids and marks. Each rule
returns sentences that begin with its name; no sentences, no faults.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"

_STORIES = ("document", "hdr", "ftr", "footnotes", "endnotes", "comments")

MOST_COLUMNS = 63
_BOOKMARK_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")

# The order that the schema asks for; what is not named here is not written by us, nor taken over
# from a house.
_ORDER: Mapping[str, Sequence[str]] = {
    parent: children.split()
    for parent, children in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl "
        "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
        "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
        "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl rPr sectPr",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
        "imprint noProof snapToGrid color spacing w kern position sz szCs highlight u effect bdr "
        "shd vertAlign rtl cs em lang",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
        "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription",
        "trPr": "gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing "
        "jc",
        "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
        "hideMark",
        "tbl": "tblPr tblGrid tr",
        "sectPr": "headerReference footnotePr endnotePr type pgSz pgMar cols titlePg",
    }.items()
}

# May stand among one another.
_ANY_ORDER = {"footerReference": "headerReference"}


@dataclass(frozen=True, slots=True)
class Package:
    """A document taken apart: the bytes of each member, and the trees of those that are XML."""

    members: Mapping[str, bytes]
    trees: Mapping[str, Element]

    def stories(self) -> Iterator[tuple[str, Element]]:
        """The parts that hold text: body, headers, footers, notes, comments."""
        for name, tree in self.trees.items():
            if tree.tag in (f"{W}{story}" for story in _STORIES):
                yield name, tree

    def body(self) -> Element:
        """The main part."""
        return self.trees["word/document.xml"]


def lint(document: bytes) -> list[str]:
    """All faults of a document, in the order of the rules."""
    try:
        package = take_apart(document)
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as problem:
        return [f"readable: {problem}"]
    return [said for rule in _RULES for said in rule(package)]


def take_apart(document: bytes) -> Package:
    """The members of the zip; raises BadZipFile or XMLSyntaxError."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        damaged = archive.testzip()
        if damaged:
            raise zipfile.BadZipFile(f"damaged member {damaged}")
        names = archive.namelist()
        if len(names) != len(set(names)):
            raise zipfile.BadZipFile("a member twice")
        members = {name: archive.read(name) for name in names}
    trees = {
        name: etree.fromstring(content)
        for name, content in members.items()
        if name.endswith((".xml", ".rels"))
    }
    return Package(members, trees)


def _content_types(package: Package) -> Iterator[str]:
    types = package.trees["[Content_Types].xml"]
    defaults = {entry.get("Extension") for entry in types.iter(f"{_TYPES}Default")}
    parts = {str(entry.get("PartName"))[1:] for entry in types.iter(f"{_TYPES}Override")}
    for name in sorted(parts - set(package.members)):
        yield f"content types: {name} is typed but missing"
    for name in package.members:
        if name not in parts and name.rpartition(".")[2] not in defaults:
            yield f"content types: {name} has none"


def _relations(package: Package) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    waiting = [""]
    while waiting:
        source = waiting.pop()
        folder, name = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in package.trees:
            continue
        reached.add(rels)
        for relation in package.trees[rels].iter(f"{_PACKAGE}Relationship"):
            target = posixpath.normpath(posixpath.join(folder, str(relation.get("Target"))))
            target = target.lstrip("/")
            if relation.get("TargetMode") == "External":
                yield f"relations: {source} leads out of the file"
            elif target not in package.members:
                yield f"relations: {rels} leads to {target}, which is missing"
            elif target not in reached:
                reached.add(target)
                waiting.append(target)
        yield from _relation_ids(package, source, rels)
    for name in sorted(set(package.members) - reached):
        yield f"relations: nothing leads to {name}"


def _relation_ids(package: Package, source: str, rels: str) -> Iterator[str]:
    known = {relation.get("Id") for relation in package.trees[rels]}
    if source in package.trees:
        for element in package.trees[source].iter():
            used = element.get(f"{R}id")
            if used is not None and used not in known:
                yield f"relations: {source} uses {used}, which is not defined"


def _marks(package: Package) -> Iterator[str]:
    for name, content in package.members.items():
        if name.endswith(".xml") and b"<?qualcode" in content:
            yield f"marks: {name} holds one that was not filled"


def _order(package: Package) -> Iterator[str]:
    for name, tree in package.trees.items():
        for parent, order in _ORDER.items():
            for element in tree.iter(f"{W}{parent}"):
                tags = [_ANY_ORDER.get(tag, tag) for tag in _tags(element)]
                places = [order.index(tag) if tag in order else -1 for tag in tags]
                if -1 in places:
                    yield f"order: {name} has an unknown child in {parent}"
                elif places != sorted(places):
                    yield f"order: {name} has the children of {parent} out of order"


def _tags(element: Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def _tables(package: Package) -> Iterator[str]:
    for number, table in enumerate(package.body().iter(f"{W}tbl"), 1):
        for said in _table(table):
            yield f"table: {said} (table {number})"


def _table(table: Element) -> Iterator[str]:
    grid = [_number(column, "w") for column in table.iter(f"{W}gridCol")]
    properties = table.find(f"{W}tblPr")
    assert properties is not None
    width = properties.find(f"{W}tblW")
    if width is None or _number(width, "w") != sum(grid):
        yield "the grid does not add up to the width"
    if len(grid) > MOST_COLUMNS:
        yield f"more than {MOST_COLUMNS} columns"
    for said in ("tblCaption", "tblDescription"):
        element = properties.find(f"{W}{said}")
        if element is None or not element.get(f"{W}val"):
            yield f"no {said}"
    rows = table.findall(f"{W}tr")
    headers = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    look = properties.find(f"{W}tblLook")
    wanted = look is not None and look.get(f"{W}firstRow") == "1"
    if headers != [wanted] + [False] * (len(rows) - 1):
        yield "the header row is not the first alone"
    for row in rows:
        yield from _row(row, grid)


def _row(row: Element, grid: list[int]) -> Iterator[str]:
    at = 0
    for cell in row.findall(f"{W}tc"):
        span_element = cell.find(f"{W}tcPr/{W}gridSpan")
        span = 1 if span_element is None else _number(span_element, "val")
        width = cell.find(f"{W}tcPr/{W}tcW")
        if width is None or _number(width, "w") != sum(grid[at : at + span]):
            yield "a cell is not as wide as its columns"
        at += span
        if not len(cell) or cell[-1].tag != f"{W}p":
            yield "a cell does not end with a paragraph"
    if at != len(grid):
        yield f"a row fills {at} of {len(grid)} columns"


def _number(element: Element, name: str) -> int:
    return int(element.get(f"{W}{name}") or 0)


def _bookmarks(package: Package) -> Iterator[str]:
    starts = [mark for _, story in package.stories() for mark in story.iter(f"{W}bookmarkStart")]
    ends = [mark for _, story in package.stories() for mark in story.iter(f"{W}bookmarkEnd")]
    names = [str(mark.get(f"{W}name")) for mark in starts]
    opened = Counter(mark.get(f"{W}id") for mark in starts)
    if opened != Counter(mark.get(f"{W}id") for mark in ends):
        yield "bookmarks: starts and ends do not match"
    if any(count > 1 for count in opened.values()):
        yield "bookmarks: a number twice"
    if len({name.lower() for name in names}) != len(names):
        yield "bookmarks: a name twice"
    for name in names:
        if not _BOOKMARK_NAME.fullmatch(name):
            yield f"bookmarks: {name} is not a name"
    for _, story in package.stories():
        for link in story.iter(f"{W}hyperlink"):
            if link.get(f"{W}anchor") not in names:
                yield f"bookmarks: a link leads to {link.get(f'{W}anchor')}, which is not there"


def _fields(package: Package) -> Iterator[str]:
    for name, story in package.stories():
        depth: list[str] = []
        for mark in story.iter(f"{W}fldChar"):
            kind = str(mark.get(f"{W}fldCharType"))
            if kind == "begin":
                depth.append(kind)
            elif not depth or (kind == "separate" and depth[-1] != "begin"):
                yield f"fields: {name} has a {kind} without a begin"
            elif kind == "separate":
                depth[-1] = kind
            else:
                depth.pop()
            if mark.get(f"{W}dirty"):
                yield f"fields: {name} has one that asks on opening"
        if depth:
            yield f"fields: {name} has one that never ends"
    if next(package.trees["word/settings.xml"].iter(f"{W}updateFields"), None) is not None:
        yield "fields: the settings ask to update them on opening"


def _styles(package: Package) -> Iterator[str]:
    styles = package.trees["word/styles.xml"]
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
        for name, tree in package.trees.items():
            for used in tree.iter(f"{W}{tag}"):
                if used.get(f"{W}val") not in known:
                    yield f"styles: {name} uses {used.get(f'{W}val')}, which is not defined"


def _sections(package: Package) -> Iterator[str]:
    body = package.body().find(f"{W}body")
    assert body is not None
    if not len(body) or body[-1].tag != f"{W}sectPr":
        yield "sections: the body does not end with one"
    for place, section in enumerate(body.iter(f"{W}sectPr")):
        size = section.find(f"{W}pgSz")
        if size is None:
            yield "sections: one has no paper"
        elif (_number(size, "w") > _number(size, "h")) != (size.get(f"{W}orient") == "landscape"):
            yield "sections: one lies otherwise than it says"
        if place == 0 and section.find(f"{W}footerReference") is None:
            yield "sections: the first has no footer for the others to inherit"


def _notes(package: Package) -> Iterator[str]:
    for kind in ("footnote", "endnote"):
        part = package.trees.get(f"word/{kind}s.xml")
        notes = [] if part is None else list(part)
        defined = [str(note.get(f"{W}id")) for note in notes if note.get(f"{W}type") is None]
        used = [str(mark.get(f"{W}id")) for mark in package.body().iter(f"{W}{kind}Reference")]
        if len(set(defined)) != len(defined):
            yield f"notes: two {kind}s have one number"
        if sorted(used) != sorted(set(defined)):
            yield f"notes: references and {kind}s do not match"
        if part is not None:
            yield from _separators(package, kind, notes)
        for note in notes:
            figures = len(list(note.iter(f"{W}{kind}Ref")))
            if figures != (note.get(f"{W}type") is None):
                yield f"notes: {kind} {note.get(f'{W}id')} has {figures} figures of its own"
        yield from _misplaced(package, kind)


def _separators(package: Package, kind: str, notes: Sequence[Element]) -> Iterator[str]:
    there = {note.get(f"{W}type"): note.get(f"{W}id") for note in notes if note.get(f"{W}type")}
    if there != {"separator": "-1", "continuationSeparator": "0"}:
        yield f"notes: the separators of {kind}s are not there"
    settings = package.trees["word/settings.xml"].find(f"{W}{kind}Pr")
    named = [] if settings is None else settings.findall(f"{W}{kind}")
    if [entry.get(f"{W}id") for entry in named] != ["-1", "0"]:
        yield f"notes: the settings do not name the separators of {kind}s"


def _misplaced(package: Package, kind: str) -> Iterator[str]:
    for name, story in package.stories():
        for mark in story.iter(f"{W}{kind}Reference"):
            row = next(mark.iterancestors(f"{W}tr"), None)
            if name != "word/document.xml":
                yield f"notes: {name} refers to a {kind}"
            elif row is not None and row.find(f"{W}trPr/{W}tblHeader") is not None:
                yield f"notes: a header row refers to a {kind}"


def _comments(package: Package) -> Iterator[str]:
    part = package.trees.get("word/comments.xml")
    defined = Counter([] if part is None else [note.get(f"{W}id") for note in part])
    if any(count > 1 for count in defined.values()):
        yield "comments: two have one number"
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        found = Counter(mark.get(f"{W}id") for mark in package.body().iter(f"{W}{tag}"))
        if set(found) != set(defined) or any(count > 1 for count in found.values()):
            yield f"comments: {tag} and comments do not match"
    for note in [] if part is None else part:
        if not note.get(f"{W}author") or not note.get(f"{W}date"):
            yield f"comments: {note.get(f'{W}id')} says not who wrote it or when"


def _properties(package: Package) -> Iterator[str]:
    core = package.trees["docProps/core.xml"]
    for name in ("title", "language"):
        if not core.findtext(f"{_DC}{name}"):
            yield f"properties: no {name}"
    if core.findtext(f"{_CP}lastModifiedBy"):
        yield "properties: somebody is named as the last to modify"


_RULES = (
    _content_types,
    _relations,
    _marks,
    _order,
    _tables,
    _bookmarks,
    _fields,
    _styles,
    _sections,
    _notes,
    _comments,
    _properties,
)
