"""How large a package sets quotations: rows of a matrix are broken by it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

from qualcode.exporters.word.template.allowed import W, number, value

_STYLES: Final = "word/styles.xml"
_QUOTE: Final = "QCQuote"

_USUAL_HALF_POINTS: Final = 20
_ONE_LINE: Final = 240
"""What a letter and a line have where no style says it."""


def quote_size(package: bytes) -> tuple[float, float]:
    """How large quotations are set in a package: the points of their letters, and the distance of
    their lines as a share of that.
    """
    from lxml import etree

    with zipfile.ZipFile(BytesIO(package)) as archive:
        styles = etree.fromstring(archive.read(_STYLES))
    known = {str(value(one, "styleId")): one for one in styles.iter(f"{W}style")}
    stands_on, style = [], known.get(_QUOTE)
    while style is not None and style not in stands_on:
        stands_on.append(style)
        style = known.get(str(value(style.find(f"{W}basedOn"))))
    found = [
        *((one.find(f"{W}rPr/{W}sz"), one.find(f"{W}pPr/{W}spacing")) for one in stands_on),
        (
            styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz"),
            styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}spacing"),
        ),
    ]
    sizes = [number(size, "val") for size, _ in found if size is not None]
    lines = [
        number(spacing, "line")
        for _, spacing in found
        if spacing is not None and value(spacing, "lineRule") in (None, "auto")
    ]
    half_points = next((size for size in sizes if size > 0), _USUAL_HALF_POINTS)
    of_a_line = next((line for line in lines if line > 0), _ONE_LINE)
    return half_points / 2, of_a_line / _ONE_LINE
