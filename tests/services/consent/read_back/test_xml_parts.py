"""A part read in pieces at once says what it says mark by mark, and nothing in it is left out."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode import errors
from qualcode.services.consent.read_back import xml_parts
from qualcode.services.consent.read_back.xml_parts import BREAK, XmlPart

ROOT = '<w:document xmlns:w="w" xmlns:a="a">{}</w:document>'
TOLD = f"<!--{BREAK}-->"
"""A comment at the head: from there on the parser tells of every mark."""


def said(xml: str) -> tuple[list[str], set[str]]:
    """The paragraphs of a part, and the values of its attributes."""
    chunks: list[str] = []
    values: set[str] = set()
    for words, found in XmlPart("word/document.xml").said(BytesIO(xml.encode())):
        chunks.append(words)
        values |= found
    return [one for one in "".join(chunks).split(BREAK) if one], values


def at_once(xml: str) -> bool:
    """Whether such a part is read at once: a bench has nothing to measure otherwise."""
    return xml_parts._read_at_once(xml.encode(), is_first=True) is not None


ODD = (
    "<w:p/>",
    "<w:p w:id='1'/>",
    '<w:p w:id="1" />',
    "<w:p>o</w:p >",
    "<w:tc></w:tc>",
    "<w:tc>o</w:tc\n>",
    "<w:br/>",
    '<w:br w:type="page"/>',
    "<w:br></w:br>",
    "<w:br />",
    '<w:tabs><w:tab w:val="end"/></w:tabs>',
    "<w:cr/>",
    "<w:cr></w:cr >",
    "<w:noBreakHyphen/>",
    "<w:noBreakHyphen />",
    "<w:softHyphen/>",
    "<a:br/>",
    "<x/>",
    "<wp:docPr name='Am'/>",
    "<w:d w:descr='Am\"ina'/>",
    '<w:d w:descr="it\'s Amina" w:b = "&quot;"/>',
    '<w:d w:descr="Am\n\tina"/>',
    '<w:d w:descr="&#65;mina"/>',
    '<w:d w:descr="a>Amina"/>',
    '<w:rFonts w:ascii="Georgia" w:cs="Amina"/>',
    "&#65;mina",
    "&#x41;",
    "&amp;#65;mina",
    "&lt;w:b&gt;",
    "<![CDATA[Am<w:b>ina</w:b>&amp;]]>",
    "<!-- Am<w:b>ina</w:b> -->",
    "<?Am <w:b>ina</w:b>?>",
    "a > b",
    "\r\n",
    "\r",
    "é王’",
)
"""What may stand in a paragraph and is written otherwise than Word and this program write it."""

texts = st.sampled_from(["Am", "ina", "Amina", " ", "-", "x &amp; y", "&quot;", "\n", ""])
runs = texts.map("<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>".format)
paragraphs = st.lists(st.one_of(runs, st.sampled_from(ODD)), max_size=5).map(
    lambda inside: f"<w:p>{''.join(inside)}</w:p>"
)
parts = st.lists(paragraphs, min_size=1, max_size=4).map("".join)


@given(body=parts, piece=st.sampled_from([7, 31, 1 << 16]))
def test_a_part_says_the_same_at_once_and_mark_by_mark(body: str, piece: int) -> None:
    told = ROOT.format(TOLD + body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xml_parts, "_PIECE", piece)
        expected, values = said(told)
        found, values_at_once = said(ROOT.format(body))
    assert found == expected
    assert values_at_once == values - {BREAK}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_written_otherwise_is_read_as_the_parser_tells_of_it(odd: str) -> None:
    body = f"<w:p><w:r><w:t>Am</w:t></w:r>{odd}<w:t>ina</w:t></w:p>"
    expected, values = said(ROOT.format(TOLD + body))
    assert said(ROOT.format(body)) == (expected, values - {BREAK})


def test_a_piece_that_ends_in_a_value_hides_no_other_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xml_parts, "_PIECE", 220)
    for pad in range(40):
        # Another name each time: which of two marks is looked at first is for their hashes.
        named = f'<w:d w:descr="Amina {pad}"/>'
        body = f'{named}<w:t>{"x" * pad}</w:t><w:mark w:name="a>{"b" * 200}"/>'
        expected, values = said(ROOT.format(TOLD + body))
        assert f"Amina {pad}" in values
        assert said(ROOT.format(body)) == (expected, values - {BREAK})


def test_what_word_writes_is_read_at_once() -> None:
    body = "<w:p><w:r><w:t>Am&amp;</w:t></w:r><w:r><w:br/><w:t>ina</w:t></w:r></w:p>"
    assert at_once(ROOT.format(body))
    assert at_once('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + ROOT.format(body))
    assert not at_once('<?xml version="1.0" encoding="ISO-8859-1"?>' + ROOT.format(body))
    assert said(ROOT.format(body))[0] == ["Am& ina"]


@pytest.mark.parametrize(
    "bad", ["<w:p>", "<w:p></w:r></w:p>", "<w:t>&no;</w:t>", "<w:t>\x01</w:t>", "<w:t a=b/>", "&"]
)
def test_what_is_no_xml_is_refused(bad: str) -> None:
    for padding in ("", "<w:p><w:t>x</w:t></w:p>" * 5_000):
        with pytest.raises(errors.UncheckedError) as caught:
            said(ROOT.format(padding + bad))
        assert caught.value.part == "word/document.xml"


def test_a_type_is_nobody_where_types_are_named_and_only_there() -> None:
    fonts = '<w:rFonts w:ascii="Georgia" w:cs="Amina Sans"/><a:font script="Hans"/>'
    for head in ("", TOLD):
        values = said(ROOT.format(head + fonts + '<w:b w:name="Miriam"/>'))[1]
        assert {"Amina Sans", "Miriam"} <= values
        assert values.isdisjoint({"Georgia", "Hans"})
