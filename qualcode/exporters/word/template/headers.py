"""The header and footer of a house, made anew from what they show: words, pictures, page numbers.

Words stand there as somebody typed them. Of fields only page numbers come along, for others repeat
who wrote the template or ask for files; shapes, text boxes and old drawings cannot be read back and
stay behind, counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qualcode.exporters.word.template.allowed import W, is_word, kept, local, value
from qualcode.exporters.word.template.drawings import drawn, frame_of
from qualcode.exporters.word.template.pictures import bare
from qualcode.exporters.word.template.styles import refer
from qualcode.exporters.word.writing.wml import NAMESPACE

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qualcode.exporters.word.template.reading import Story

_OPENED_UP: Final = frozenset(
    {"sdt", "sdtContent", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple"}
)
_WORDS: Final = frozenset({"t", "tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "sym"})
_NUMBERS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_SHAPES: Final = frozenset({"drawing", "pict", "object", "AlternateContent"})

_WHOLE: Final[tuple[list[str], ...]] = ([], ["begin", "end"], ["begin", "separate", "end"])
"""The bounds of a field that is whole, or of one that is not shown."""

Left = Counter[str]
"""What stayed behind, by what people call it: `picture`, `shape`, `field`."""


@dataclass(frozen=True)
class Head:
    """A header or footer that may stand in ours: its blocks, and its pictures in their order.

    In the blocks a picture is referred to by its place among them. `has_numbers` says that pages
    are numbered in it.
    """

    blocks: tuple[Element, ...] = ()
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    has_numbers: bool = False

    @property
    def says_something(self) -> bool:
        """True where there is anything to be seen in it."""
        return bool(self.pictures) or self.has_numbers or any(map(_has_words, self.blocks))


def head_of(story: Story, ids: Mapping[str, str], left: Left) -> Head:
    """What of a header or footer comes along; what does not is counted in `left`.

    `ids` are the ids of its styles in our package.
    """
    reading = _Reading(story, left)
    blocks = tuple(reading.blocks(story.root))
    reading.close()
    for block in blocks:
        refer(block, ids)
    return Head(blocks, tuple(reading.pictures), reading.has_numbers)


def styles_used(story: Story) -> set[str]:
    """The ids of the styles that its paragraphs, words and tables have in the house."""
    return {
        str(value(one))
        for tag in ("pStyle", "rStyle", "tblStyle")
        for one in story.root.iter(f"{W}{tag}")
    }


# -- reading it ------------------------------------------------------------------------------------


class _Reading:
    """One story while it is gone through: its pictures, and how deep in a field we are."""

    def __init__(self, story: Story, left: Left) -> None:
        self.pictures: list[bytes] = []
        self.has_numbers = False
        self._story = story
        self._left = left
        # Of each field that we are in, whether it is a number of pages, and its bounds so far.
        self._fields: list[tuple[bool, list[Element]]] = []

    @property
    def _shown(self) -> bool:
        return all(is_number for is_number, _ in self._fields)

    def blocks(self, parent: Element) -> Iterator[Element]:
        """Paragraphs and tables."""
        for child in parent:
            name = local(child)
            if name in _OPENED_UP and is_word(child):
                yield from self.blocks(child)
            elif name == "p" and is_word(child):
                yield self._paragraph(child)
            elif name == "tbl" and is_word(child):
                yield self._table(child)

    def _paragraph(self, paragraph: Element) -> Element:
        made = _word("p")
        said = paragraph.find(f"{W}pPr")
        if said is not None:
            made.append(kept(said))
        made.extend(list(self._runs(paragraph)))
        return made

    def _table(self, table: Element) -> Element:
        made = _word("tbl")
        for child in table:
            if not is_word(child):
                continue
            if local(child) in ("tblPr", "tblGrid"):
                made.append(kept(child))
            elif local(child) == "tr":
                row = _word("tr")
                row.extend(kept(one) for one in child.findall(f"{W}trPr"))
                row.extend(self._cell(cell) for cell in child.iterchildren(f"{W}tc"))
                made.append(row)
        return made

    def _cell(self, cell: Element) -> Element:
        made = _word("tc")
        made.extend(kept(one) for one in cell.findall(f"{W}tcPr"))
        made.extend(list(self.blocks(cell)))
        if not len(made) or local(made[-1]) != "p":
            made.append(_word("p"))  # a cell ends with one
        return made

    def _runs(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            name = local(child)
            if name == "fldSimple":
                if self._is_number(value(child, "instr")):
                    yield from self._field(child)
            elif name in _OPENED_UP and is_word(child):
                yield from self._runs(child)
            elif name == "r" and is_word(child):
                yield from self._run(child)
            elif name in _SHAPES:
                self._left["shape"] += 1

    def _field(self, simple: Element) -> Iterator[Element]:
        made = _word("fldSimple")
        made.set(f"{W}instr", str(value(simple, "instr")))
        made.extend(list(self._runs(simple)))
        yield made

    def _run(self, run: Element) -> Iterator[Element]:
        """The run with what may be shown of it; none where nothing may."""
        made = _word("r")
        said = run.find(f"{W}rPr")
        if said is not None:
            made.append(kept(said))
        start = len(made)
        for child in run:
            if local(child) == "fldChar":
                made.extend(self._bound(child, run))
            elif self._shown:
                made.extend(self._inside(child))
        if len(made) > start:
            yield made

    def _bound(self, sign: Element, run: Element) -> Iterator[Element]:
        """A bound of a field, if it is one of ours; nothing within another's is shown."""
        kind = value(sign, "fldCharType")
        if kind == "begin":
            is_number = self._shown and self._is_number(_instruction(run))
            self._fields.append((is_number, []))
        if not self._fields:
            return
        if self._shown:
            made = _word("fldChar")
            made.set(f"{W}fldCharType", str(kind))
            self._fields[-1][1].append(made)
            yield made
        if kind == "end":
            _, bounds = self._fields.pop()
            if [value(one, "fldCharType") for one in bounds] not in _WHOLE:
                _remove(bounds)

    def close(self) -> None:
        """Take away the bounds of fields that never ended."""
        for _, bounds in self._fields:
            _remove(bounds)

    def _is_number(self, instruction: str | None) -> bool:
        known = (instruction or "").split()[:1]
        if known and known[0].upper() in _NUMBERS:
            self.has_numbers = True
            return True
        self._left["field"] += 1
        return False

    def _inside(self, child: Element) -> Iterator[Element]:
        name = local(child)
        if name == "drawing" and is_word(child):
            picture = self._picture(child)
            if picture is not None:
                yield picture
        elif name in _SHAPES:
            self._left["shape"] += 1
        elif name == "instrText" or name in _WORDS:
            made = kept(child)
            made.text = child.text
            if child.text:
                made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield made

    def _picture(self, drawing: Element) -> Element | None:
        """A picture by itself, made anew; None for a shape, a chart, or another kind of file."""
        found = frame_of(drawing)
        if found is None:
            self._left["shape"] += 1
            return None
        frame, file = found
        data = self._story.pictures.get(file)
        picture = None if data is None else bare(data)
        if picture is None:
            self._left["picture"] += 1
            return None
        self.pictures.append(picture)
        return drawn(frame, len(self.pictures) - 1)


def _instruction(run: Element) -> str:
    """What the field that begins in this run is for: the words up to its next bound."""
    said = []
    for one in (run, *run.itersiblings()):
        for child in one.iter(f"{W}instrText", f"{W}fldChar"):
            if local(child) == "instrText":
                said.append(child.text or "")
            elif value(child, "fldCharType") != "begin":
                return "".join(said)
    return "".join(said)


def _remove(bounds: Iterable[Element]) -> None:
    """A field is its words alone where it is not whole."""
    for bound in bounds:
        run = bound.getparent()
        if run is not None:
            run.remove(bound)


def _word(name: str) -> Element:
    from lxml import etree

    return etree.Element(f"{W}{name}", nsmap={"w": NAMESPACE})


def _has_words(block: Element) -> bool:
    return any((one.text or "").strip() for one in block.iter(f"{W}t"))
