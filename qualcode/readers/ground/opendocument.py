"""What texts and spreadsheets of OpenDocument share: the package, its styles, the words of an
element as they are shown.

Insertions count, deletions do not: they stand apart, in a list of tracked changes. Notes, comments,
text boxes and hidden text are not read but counted. The library odfdo does not read here, but
judges in the tests: it would bring an XML parser of its own, and flattens what must be told apart.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qualcode.errors import DamagedFileError, PasswordProtectedError
from qualcode.readers.ground import containers
from qualcode.readers.ground.source import check_length
from qualcode.readers.ground.xml import local_name, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from qualcode.readers.ground.ledger import Ledger
    from qualcode.readers.ground.source import Source

_MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument."
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"

# Blanks and line breaks of the XML are one blank on the page. Those that are meant have elements;
# until the others are gone they are signs that XML cannot hold.
_BLANKS = re.compile(r"[ \t\r\n]+")
_BLANK, _TAB, _BREAK = "\x01", "\x02", "\x03"
_MEANT = {ord(_BLANK): " ", ord(_TAB): "\t", ord(_BREAK): "\n"}
_SIGNS = {"tab": _TAB, "line-break": _BREAK}
_ODD_BREAKS = "\x85\u2028\u2029"
# A run of blanks is written as a number, which may be any.
_MOST_BLANKS = 1000

_LEFT_OUT = {
    "note": "note",
    "annotation": "note",
    "frame": "frame",
    "custom-shape": "frame",
    "text-box": "frame",
    "rect": "frame",
    "hidden-text": "hidden",
    "hidden-paragraph": "hidden",
    "annotation-end": "",
    "ruby-text": "",
    "tracked-changes": "",
    "bibliography-mark": "",
}


def is_package(source: Source, kind: bytes) -> bool:
    """True for an OpenDocument package of a kind such as `text`, or of its template."""
    if not source.data.startswith(containers.ZIP_MARK):
        return False
    # The norm puts the type first in the package, uncompressed, so that it can be seen there.
    return source.data[30:200].startswith(_MIMETYPE + kind)


class Page:
    """The content of a package; counts on the way what is shown differently than it is stored."""

    def __init__(self, source: Source, *, title: str, body: str) -> None:
        """Raises DamagedFileError, TooLargeError or PasswordProtectedError."""
        self._source = source
        self._title = title
        if b"encryption-data" in self._part(_MANIFEST):
            raise PasswordProtectedError(where=source.where)
        content = self._parsed(_CONTENT)
        found = None if content is None else content.find(f"{{*}}body/{{*}}{body}")
        if content is None or found is None:
            detail = "the part with the text is missing"
            raise DamagedFileError(title, where=source.where, detail=detail)
        self.body: Element = found
        self.seen: Counter[str] = Counter()
        self._blanks = 0
        self._looks = _Looks([self._parsed(_STYLES), content])

    def words(self, element: Element) -> str:
        """The words of a paragraph as they are shown."""
        if self._looks.is_hidden(element):
            self.seen["hidden"] += 1
            return ""
        parts: list[str] = []
        self._walk(element, parts)
        return _shown(parts)

    def is_bold(self, paragraph: Element) -> bool:
        """True where all words of a paragraph are bold by formatting."""
        return self._looks.is_bold(paragraph)

    def warn(self, ledger: Ledger) -> None:
        """Say what a reader of the document sees otherwise than it stands in the text."""
        for name, code, message in (
            ("change", "tracked-changes", "{} tracked changes were taken as accepted"),
            ("note", "notes-left-out", "{} comments or notes belong to the text and were not read"),
            ("hidden", "hidden-text", "{} pieces of hidden text were not read"),
            ("frame", "frames-left-out", "{} frames or text boxes were not read"),
        ):
            if self.seen[name]:
                ledger.warn(code, message.format(self.seen[name]))

    def _walk(self, element: Element, parts: list[str]) -> None:
        if element.text:
            parts.append(element.text)
        for child in element:
            name = local_name(child)
            if name in _LEFT_OUT:
                self.seen[_LEFT_OUT[name]] += 1
            elif name == "s":
                self._take_blanks(_count(child, "c", most=_MOST_BLANKS), parts)
            elif name in _SIGNS:
                parts.append(_SIGNS[name])
            elif name in {"change", "change-start"}:
                self.seen["change"] += 1
            elif self._looks.is_hidden(child):
                self.seen["hidden"] += 1
            else:
                self._walk(child, parts)
            if child.tail:
                parts.append(child.tail)

    def _take_blanks(self, count: int, parts: list[str]) -> None:
        self._blanks += count
        check_length(self._blanks, self._source.where)
        parts.append(_BLANK * count)

    def _part(self, name: str) -> bytes:
        return containers.read_part(self._source, name, title=self._title) or b""

    def _parsed(self, name: str) -> Element | None:
        xml = self._part(name)
        if not xml:
            return None
        return parse_xml(xml, title=self._title, where=self._source.where)


class _Looks:
    """Which styles are bold or hidden, by themselves or by the style that they build on."""

    def __init__(self, roots: list[Element | None]) -> None:
        self._own: dict[str, dict[str, str]] = {}
        self._parents: dict[str, str] = {}
        for root in roots:
            for style in () if root is None else root.iter("{*}style"):
                name = attribute(style, "name")
                self._parents[name] = attribute(style, "parent-style-name")
                properties = style.find("{*}text-properties")
                if properties is not None:
                    weight = attribute(properties, "font-weight")
                    self._own[name] = {
                        "weight": weight,
                        "display": attribute(properties, "display"),
                    }
        self._known: dict[tuple[str, str], str] = {}

    def is_hidden(self, element: Element) -> bool:
        return self._look(element, "display") == "none"

    def is_bold(self, paragraph: Element) -> bool:
        return self._all_bold(paragraph, inherited=False) is True

    def _all_bold(self, element: Element, *, inherited: bool) -> bool | None:
        """Whether the words in an element are all bold; None where it has none."""
        weight = self._look(element, "weight")
        bold = inherited if not weight else weight in {"bold", "600", "700", "800", "900"}
        found: bool | None = None
        if (element.text or "").strip():
            found = bold
        for child in element:
            if local_name(child) not in _LEFT_OUT:
                within = self._all_bold(child, inherited=bold)
                found = within if found is None else found and within is not False
            if (child.tail or "").strip():
                found = bold and found is not False
        return found

    def _look(self, element: Element, what: str) -> str:
        name = attribute(element, "style-name")
        key = (name, what)
        if key not in self._known:
            self._known[key] = next(
                (
                    look
                    for style in self._line(name)
                    if (look := self._own.get(style, {}).get(what))
                ),
                "",
            )
        return self._known[key]

    def _line(self, name: str) -> Iterator[str]:
        """A style and those that it builds on; a ring of them ends."""
        seen: set[str] = set()
        while name and name not in seen:
            yield name
            seen.add(name)
            name = self._parents.get(name, "")


def repeats(element: Element, name: str) -> int:
    """How often a row or cell stands there: neighbours that are alike are written once."""
    return max(_count(element, name), 1)


def _shown(parts: list[str]) -> str:
    """The words on the page: blanks of the XML collapse, also over the ends of elements."""
    text = "".join(parts)
    # Looking for one sign costs next to nothing, rewriting a paragraph as much as parsing it.
    for sign in _ODD_BREAKS:
        if sign in text:
            text = text.replace(sign, " ")
    if "\ufeff" in text:
        text = text.replace("\ufeff", "")
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(" ", text)
    text = text.strip(" ")
    if _BLANK in text or _TAB in text or _BREAK in text:
        text = text.translate(_MEANT)
    return text


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace; empty where there is none."""
    suffix = "}" + name
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith(suffix)), "")


def _count(element: Element, name: str, *, most: int = 10_000_000) -> int:
    value = attribute(element, name)
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 10 else 1
