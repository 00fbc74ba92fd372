"""What of another document's XML may stand in ours: a list of what is let through, in its order.

Whatever is not on the list stays behind: marks of editing sessions, tracked changes, numbering,
extensions of one version of Word. What is let through is put in the order that the schema asks for.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from qualcode.exporters.word.writing.wml import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

W: Final = f"{{{NAMESPACE}}}"

# Hidden words, numbering and languages are ours to say, and changes are nobody's to see.
_CHILDREN: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        parent: children.split()
        for parent, children in {
            "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr "
            "tblPr trPr tcPr tblStylePr",
            "tblStylePr": "pPr rPr tblPr trPr tcPr",
            "docDefaults": "rPrDefault pPrDefault",
            "rPrDefault": "rPr",
            "pPrDefault": "pPr",
            "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl "
            "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
            "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
            "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
            "textboxTightWrap outlineLvl",
            "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
            "imprint noProof snapToGrid color spacing w kern position sz szCs highlight u effect "
            "bdr shd vertAlign rtl cs em",
            "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize "
            "tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar "
            "tblLook",
            "trPr": "gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader "
            "tblCellSpacing jc",
            "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
            "hideMark",
            "font": "altName panose1 charset family pitch sig",
        }.items()
    }
)


_NOT_TAKEN: Final = (f"{W}rsid", f"{W}characterSet")
"""Marks of editing sessions, and a name of signs that LibreOffice spells as no schema does."""


def kept(element: Element) -> Element:
    """A copy of an element of properties, with what is let through and nothing else."""
    from lxml import etree

    copy = etree.Element(element.tag, _attributes(element), nsmap={"w": NAMESPACE})
    known = _CHILDREN.get(local(element))
    children = [child for child in element if is_word(child)]
    if known is not None:
        places = {name: place for place, name in enumerate(known)}
        children = [child for child in children if local(child) in places]
        children.sort(key=lambda child: places[local(child)])
    copy.extend([kept(child) for child in children])
    return copy


def in_order(properties: Element) -> None:
    """Put properties in the order of the schema, after one was added at the end."""
    places = {name: place for place, name in enumerate(_CHILDREN[local(properties)])}
    children = sorted(properties, key=lambda child: places.get(local(child), -1))
    for child in children:
        properties.append(child)


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_word(element: Element) -> bool:
    """True for an element of WordprocessingML; comments and instructions are none."""
    return isinstance(element.tag, str) and element.tag.startswith(W)


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of an element that may not be there."""
    return None if element is None else element.get(f"{W}{name}")


def number(element: Element, name: str) -> int:
    """A number among the attributes; 0 where it is none."""
    try:
        return round(float(value(element, name) or 0))
    except (ValueError, OverflowError):
        return 0


def _attributes(element: Element) -> dict[str, str]:
    return {
        str(name): str(said)
        for name, said in element.attrib.items()
        if str(name).startswith(W) and not str(name).startswith(_NOT_TAKEN)
    }
