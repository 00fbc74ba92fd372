"""Word documents: the words as Word shows them with all tracked changes accepted.

Paragraphs and tables are walked in their order. Insertions, content controls, links and smart tags
count; deletions, the places that moved text left, hidden text, comments, notes, headers and
footers do not. Text boxes stand outside the order of speech: they are counted, not read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualcode.errors import DamagedFileError, PasswordProtectedError, TooManyLinesError
from qualcode.readers.grammar.documents import LONGEST_NAME, Paragraph, read_document
from qualcode.readers.grammar.tables import TableRow
from qualcode.readers.ground import containers
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.signs import ONE_LINE
from qualcode.readers.ground.source import MOST_LINES, Format, Source
from qualcode.readers.ground.turns import make_reading
from qualcode.readers.ground.xml import local_name, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from qualcode.model.transcript import Reading

FORMAT = Format("docx", "Word document")

_MAIN_PART = "word/document.xml"
_MAIN_RELATION = "/officeDocument"

# What stands around runs and paragraphs without changing what is shown.
_TRANSPARENT = frozenset(
    {"ins", "moveTo", "sdt", "sdtContent", "smartTag", "hyperlink", "customXml", "fldSimple"}
    | {"dir", "bdo"}
)
_REMOVED = frozenset({"del", "moveFrom"})
_DRAWINGS = frozenset({"drawing", "pict", "object", "AlternateContent"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_BREAKS = ONE_LINE | {ord("\t"): " "}


def recognises(source: Source) -> bool:
    """True for a package with a Word part in it, whole or not, and for an encrypted document."""
    if containers.is_encrypted(source.data):
        return True
    return any(name.startswith("word/") for name in containers.part_names(source.data))


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a Word document, and the account of what was left out.

    Raises PasswordProtectedError, DamagedFileError or TooLargeError.
    """
    if containers.is_encrypted(source.data):
        raise PasswordProtectedError(where=source.where)
    body = _read_body(source)
    ledger = Ledger()
    walk = _Body(body, ledger, where=source.where)
    blocks = list(walk.blocks())
    walk.warn()
    spoken = read_document(blocks, ledger)
    return make_reading(spoken, ledger, source, FORMAT, name=name)


def _read_body(source: Source) -> Element:
    part = _main_part(source)
    xml = containers.read_part(source, part, title=FORMAT.title)
    if xml is None:
        detail = "the part with the text is missing"
        raise DamagedFileError(FORMAT.title, where=source.where, detail=detail)
    root = _parse(xml, source)
    namespace = str(root.tag).rpartition("}")[0] + "}"
    body = root.find(f"{namespace}body")
    if body is None:
        raise DamagedFileError(FORMAT.title, where=source.where, detail="it has no body")
    return body


def _main_part(source: Source) -> str:
    """The part that holds the text; most programs, not all, call it word/document.xml."""
    relations = containers.read_part(source, "_rels/.rels", title=FORMAT.title)
    if relations:
        for relation in _parse(relations, source):
            if str(relation.get("Type")).endswith(_MAIN_RELATION):
                return str(relation.get("Target")).lstrip("/") or _MAIN_PART
    return _MAIN_PART


def _parse(xml: bytes, source: Source) -> Element:
    return parse_xml(xml, title=FORMAT.title, where=source.where)


class _Body:
    """One walk over the body; counts on the way what is shown differently than it is stored."""

    def __init__(self, body: Element, ledger: Ledger, *, where: str) -> None:
        self._body = body
        self._ledger = ledger
        self._where = where
        self._seen: Counter[str] = Counter()
        self._number = 0

    def blocks(self) -> Iterator[Paragraph | list[TableRow]]:
        """Paragraphs and tables in the order of the document."""
        parts: list[str] = []
        for element in self._flow(self._body):
            if local_name(element) == "tbl":
                yield list(self._rows(element))
                continue
            self._number += 1
            self._words(element, parts)
            if not _mark_is_deleted(element):  # else the next paragraph goes on in this one
                yield self._paragraph(parts, element)
                parts = []
        if parts:
            yield self._paragraph(parts)

    def warn(self) -> None:
        """Say what a reader of the document sees otherwise than it stands in the text."""
        changes = sum(self._seen[name] for name in ("ins", "del", "moveFrom", "moveTo"))
        if changes:
            message = f"{changes} tracked changes were taken as accepted"
            self._ledger.warn("tracked-changes", message)
        notes = sum(n for name, n in self._seen.items() if name.endswith("Reference"))
        if notes:
            message = f"{notes} comments or notes belong to the text and were not read"
            self._ledger.warn("notes-left-out", message)
        if self._seen["vanish"]:
            message = f"{self._seen['vanish']} pieces of hidden text were not read"
            self._ledger.warn("hidden-text", message)
        if self._seen["altChunk"]:
            message = f"{self._seen['altChunk']} embedded documents were not read"
            self._ledger.warn("embedded-document", message)
        if self._seen["box"]:
            message = f"{self._seen['box']} frames or text boxes were not read"
            self._ledger.warn("frames-left-out", message)

    def _flow(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            name = local_name(child)
            if name in {"p", "tbl"}:
                yield child
            elif name in _TRANSPARENT:
                yield from self._flow(child)
            elif name == "altChunk":
                self._seen[name] += 1
            else:
                self._look_for_boxes(child, name)

    def _rows(self, table: Element) -> Iterator[TableRow]:
        for row in _inside(table, "tr"):
            if row.find("{*}trPr/{*}del") is not None:
                self._seen["del"] += 1
                continue
            first = self._number + 1
            cells = tuple(tuple(self._cell(cell)) for cell in _inside(row, "tc"))
            yield TableRow(cells, first)

    def _cell(self, cell: Element) -> Iterator[str]:
        """The paragraphs of a cell, and those of a table in it one after the other."""
        for element in self._flow(cell):
            if local_name(element) == "tbl":
                for row in self._rows(element):
                    for paragraphs in row.cells:
                        yield from paragraphs
            else:
                self._number += 1
                parts: list[str] = []
                self._words(element, parts)
                yield self._paragraph(parts).text

    def _paragraph(self, parts: list[str], element: Element | None = None) -> Paragraph:
        text = "".join(parts)
        self._ledger.read += len(text)
        if self._number > MOST_LINES:
            raise TooManyLinesError(where=self._where, limit=MOST_LINES)
        bold = element is not None and 0 < len(text) <= LONGEST_NAME and _is_bold(element)
        return Paragraph(text, self._number, bold)

    def _words(self, element: Element, parts: list[str]) -> None:
        for child in element:
            name = local_name(child)
            if name == "r":
                self._run(child, parts)
            elif name in _TRANSPARENT:
                self._seen[name] += 1
                self._words(child, parts)
            elif name in _REMOVED:
                self._seen[name] += 1
            else:
                self._look_for_boxes(child, name)

    def _look_for_boxes(self, element: Element, name: str) -> None:
        """Count a drawing with text boxes once, for Word writes each box in two dialects."""
        if name in _DRAWINGS and any(
            word.text for box in element.iter("{*}txbxContent") for word in box.iter("{*}t")
        ):
            self._seen["box"] += 1

    def _run(self, run: Element, parts: list[str]) -> None:
        if _is_on(run, "vanish"):
            self._seen["vanish"] += 1
            return
        for child in run:
            name = local_name(child)
            if name == "t":
                # A line break in the file is a blank on the page; a real one is <w:br/>.
                parts.append((child.text or "").translate(_BREAKS))
            elif name in _SIGNS:
                parts.append(_SIGNS[name])
            elif name == "sym":
                parts.append(_symbol(child))
            elif name == "ruby":
                for base in _inside(child, "rubyBase"):
                    self._words(base, parts)
            elif name.endswith("Reference"):
                self._seen[name] += 1
            else:
                self._look_for_boxes(child, name)


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The children of one name, also where a content control stands around them."""
    for child in parent:
        found = local_name(child)
        if found == name:
            yield child
        elif found in _TRANSPARENT:
            yield from _inside(child, name)


def _is_on(run: Element, switch: str) -> bool:
    element = run.find(f"{{*}}rPr/{{*}}{switch}")
    if element is None:
        return False
    value = next((v for k, v in element.attrib.items() if str(k).endswith("}val")), "1")
    return str(value) not in {"0", "false", "off"}


def _is_bold(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter("{*}r") if run.find("{*}t") is not None]
    return bool(runs) and all(_is_on(run, "b") for run in runs)


def _mark_is_deleted(paragraph: Element) -> bool:
    return paragraph.find("{*}pPr/{*}rPr/{*}del") is not None


def _symbol(element: Element) -> str:
    """A sign of a symbol font; Word stores its place in the font in the private use area."""
    code = next((str(v) for k, v in element.attrib.items() if str(k).endswith("}char")), "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "�"
