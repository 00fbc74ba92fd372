"""A house's paper is taken as far as there is such paper."""

from __future__ import annotations

import re

import pytest
from exporters.houses import LETTER, changed, house
from exporters.lint import W, lint
from exporters.reading import body_of, docx_bytes
from exporters.reports import report_of

from qualcode.model.document import DocumentOptions, Template

WIDTH = re.compile(r'(<w:pgSz [^>]*?w:w=)"\d+"')


def widths(template: bytes) -> set[str | None]:
    """The widths of the pages of a document that wears the template, in twips."""
    options = DocumentOptions(template=Template("house.docx", template))
    document = docx_bytes(report_of(["Yes."]), options)
    assert lint(document) == []
    return {size.get(f"{W}w") for size in body_of(document).iter(f"{W}pgSz")}


@pytest.mark.parametrize("width", ["1e999", "-1e999", "nan", "99999999999", "31681"])
def test_paper_that_no_printer_has_is_not_taken(width: str) -> None:
    letter = house(paper=LETTER)
    wide = changed(letter, document=lambda xml: WIDTH.sub(rf'\1"{width}"', xml))

    assert "12240" in widths(letter)
    assert widths(wide) == {"11906", "16838"}
