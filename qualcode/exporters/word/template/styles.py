"""Our template in the clothes of a house: its styles under our names, its fonts and colours.

A style is known by its name, for its id differs between the languages of Word. Those that the house
has take the places of ours; those it lacks are ours, in its letters. Of its other styles only those
come along that the ones taken, or its header and footer, stand on.
"""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from qualcode.exporters.word.template.allowed import W, in_order, kept, local, value
from qualcode.exporters.word.writing.styles import TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from lxml.etree import _Element as Element

    from qualcode.exporters.word.template.reading import House

_STYLES: Final = "word/styles.xml"
_THEME: Final = "word/theme/theme1.xml"
_FONTS: Final = "word/fontTable.xml"

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_REFERENCES: Final = ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle")

_HEX_DIGITS: Final = 6

_STRAIGHT: Final = {"ind": {"left": "0", "right": "0", "firstLine": "0"}, "jc": {"val": "left"}}
"""What our paragraphs do not take from the house's Normal: narrow cells cannot be justified."""

OWN_LINES: Final = {"Header": "QC Header", "Footer": "QC Footer"}
"""The styles of our own lines above and below a page, beside those of the house, by their ids."""


def dressed(house: House, used: Collection[str]) -> tuple[BytesIO, Mapping[str, str]]:
    """The shipped template with the house's styles, theme and fonts, as a package.

    `used` are the ids of styles that the house's header and footer need. Also returns what these
    ids are in the package.
    """
    styles, ids = _merged(house, used)
    replaced = {_STYLES: styles}
    if house.word_theme is not None:
        replaced[_THEME] = _themed(_tree(_THEME), house.word_theme)
    if house.fonts is not None:
        replaced[_FONTS] = _with_fonts(_tree(_FONTS), house.fonts)
    from lxml import etree

    out = BytesIO()
    with zipfile.ZipFile(TEMPLATE) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in replaced:
                content = etree.tostring(replaced[name], xml_declaration=True, encoding="UTF-8")
            target.writestr(name, content)
    out.seek(0)
    return out, ids


def tab_stops(house: House, style: str | None) -> list[Element]:
    """The tab stops of a paragraph style of the house, or of the style that it stands on."""
    known = {str(value(one, "styleId")): one for one in house.styles.iter(f"{W}style")}
    met: set[str] = set()
    while style in known and style not in met:
        met.add(style)
        stops = known[style].find(f"{W}pPr/{W}tabs")
        if stops is not None:
            return [one for one in stops if value(one) != "clear"]
        style = value(known[style].find(f"{W}basedOn"))
    return []


# -- styles ----------------------------------------------------------------------------------------


def _merged(house: House, used: Collection[str]) -> tuple[Element, Mapping[str, str]]:
    from lxml import etree

    theirs = {
        str(value(one, "styleId")): one
        for one in house.styles.iter(f"{W}style")
        if value(one, "styleId") and value(one.find(f"{W}name"))
    }
    ours = {str(value(one, "styleId")): one for one in _own_styles()}
    by_name = {_known_by(one): number for number, one in theirs.items()}
    taken = {
        number: by_name[_known_by(one)] for number, one in ours.items() if _known_by(one) in by_name
    }
    ids = {their: our for our, their in taken.items()}
    below = list(_needed(theirs, {*taken.values(), *used}))
    free = _free_ids({*ours, *ids.values()}, (one for one in below if one not in ids))
    ids |= free
    merged = etree.Element(f"{W}styles", nsmap={"w": W[1:-1]})
    merged.append(_defaults(house.styles))
    for number, own in ours.items():
        if number in taken:
            merged.append(_taken(theirs[taken[number]], own, ids))
        else:
            merged.append(_lent(own))
    for number in free:
        merged.append(_taken(theirs[number], None, ids))
    return merged, ids


def _own_styles() -> Iterator[Element]:
    """The styles of our template; those of its own lines once more, under names of their own."""
    from copy import deepcopy

    for style in _tree(_STYLES).iter(f"{W}style"):
        yield style
        name = OWN_LINES.get(str(value(style, "styleId")))
        if name is not None:
            again = deepcopy(style)
            again.set(f"{W}styleId", name.replace(" ", ""))
            again[0].set(f"{W}val", name)
            yield again


def _known_by(style: Element) -> tuple[str, str]:
    """What makes two styles the same one: the kind, and the name in any case."""
    return str(value(style, "type")), str(value(style.find(f"{W}name"))).casefold()


def _needed(styles: Mapping[str, Element], wanted: Iterable[str]) -> Iterator[str]:
    """These styles and all that they stand on, in the order of the house."""
    waiting, found = [one for one in wanted if one in styles], set[str]()
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            for tag in ("basedOn", "link"):
                further = value(styles[number].find(f"{W}{tag}"))
                if further in styles:
                    waiting.append(str(further))
    yield from (number for number in styles if number in found)


def _free_ids(taken: Collection[str], wanted: Iterable[str]) -> dict[str, str]:
    """An id for each style of the house that has none of ours, as like its own as can be."""
    used = {one.casefold() for one in taken}
    free: dict[str, str] = {}
    for one in wanted:
        name, number = one, 1
        while name.casefold() in used:
            number += 1
            name = f"{one}{number}"
        used.add(name.casefold())
        free[one] = name
    return free


def _taken(style: Element, own: Element | None, ids: Mapping[str, str]) -> Element:
    """A style of the house under its id here; `own` is that of ours whose place it takes."""
    copy = kept(style)
    copy.set(f"{W}styleId", ids[str(value(style, "styleId"))])
    copy.attrib.pop(f"{W}default", "")
    if own is not None:
        name = copy.find(f"{W}name")
        assert name is not None
        name.set(f"{W}val", str(value(own.find(f"{W}name"))))
        if value(own, "default"):
            copy.set(f"{W}default", "1")
    refer(copy, ids)
    return copy


def refer(copied: Element, ids: Mapping[str, str]) -> None:
    """Name styles by their ids here; what refers to one that did not come along refers no more."""
    for tag in _REFERENCES:
        for reference in list(copied.iter(f"{W}{tag}")):
            number = ids.get(str(value(reference)))
            parent = reference.getparent()
            if number is not None:
                reference.set(f"{W}val", number)
            elif parent is not None:
                parent.remove(reference)


def _lent(own: Element) -> Element:
    """A style of ours in the letters of the house, and without what its Normal does to lines."""
    from copy import deepcopy

    copy = deepcopy(own)
    for fonts in list(copy.iter(f"{W}rFonts")):
        letters = fonts.getparent()
        assert letters is not None
        letters.remove(fonts)
    if value(copy, "type") == "paragraph" and value(copy.find(f"{W}basedOn")) == "Normal":
        _straighten(copy)
    return copy


def _straighten(style: Element) -> None:
    from lxml import etree

    said = style.find(f"{W}pPr")
    if said is None:
        return
    for tag, attributes in _STRAIGHT.items():
        own = said.find(f"{W}{tag}")
        if own is None:
            own = etree.SubElement(said, f"{W}{tag}")
        for name, usual in attributes.items():
            if value(own, name) is None:
                own.set(f"{W}{name}", usual)
    in_order(said)


def _defaults(styles: Element) -> Element:
    """What every paragraph begins from: the house's, in the language in which we write."""
    own = _tree(_STYLES).find(f"{W}docDefaults")
    theirs = styles.find(f"{W}docDefaults")
    assert own is not None
    if theirs is None:
        return own
    copy = kept(theirs)
    letters = copy.find(f"{W}rPrDefault/{W}rPr")
    language = own.find(f"{W}rPrDefault/{W}rPr/{W}lang")
    if letters is not None and language is not None:
        letters.append(language)
    return copy


# -- theme and fonts -------------------------------------------------------------------------------


def _themed(own: Element, house: Element) -> Element:
    """Our theme with the colours of the house and the names of its letters."""
    for slot in own.iterfind(f".//{_A}clrScheme/*"):
        told = house.find(f".//{_A}clrScheme/{_A}{local(slot)}/*")
        colour = None if told is None else told.get("lastClr") or told.get("val")
        if colour is not None and len(colour) == _HEX_DIGITS:
            slot[0].set("val", colour)
    for of in ("majorFont", "minorFont"):
        for letters in own.iterfind(f".//{_A}{of}/*"):
            told = house.find(f".//{_A}{of}/{_A}{local(letters)}")
            face = None if told is None else told.get("typeface")
            if face is not None:
                letters.set("typeface", face)
    return own


def _with_fonts(own: Element, house: Element) -> Element:
    """What stands in for letters that a computer does not have; embedded letters stay behind."""
    known = {value(one, "name") for one in own}
    for one in house.iter(f"{W}font"):
        if value(one, "name") not in known:
            own.append(kept(one))
    return own


def _tree(member: str) -> Element:
    from lxml import etree

    return etree.fromstring(_shipped(member))


@cache
def _shipped(member: str) -> bytes:
    with zipfile.ZipFile(TEMPLATE) as archive:
        return archive.read(member)
