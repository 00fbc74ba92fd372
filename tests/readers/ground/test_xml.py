"""XML from strangers is read without expanding, loading or fetching anything."""

from __future__ import annotations

import pytest

from qualcode.errors import DamagedFileError, EncodingError
from qualcode.readers.ground.xml import local_name, parse_xml

LAUGHS = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'
NAMED = b'<?xml version="1.0"?><!DOCTYPE Trans SYSTEM "trans-14.dtd"><Trans/>'


def parse(xml: bytes, *, encoding: str | None = None, may_name_type: bool = False) -> str:
    root = parse_xml(xml, title="T", where="a", encoding=encoding, may_name_type=may_name_type)
    return f"{local_name(root)} {''.join(map(str, root.itertext()))}"


def test_the_text_is_read_and_comments_and_instructions_are_not() -> None:
    assert parse(b'<n:a xmlns:n="u">on<!-- aside --><?do it?>e</n:a>') == "a one"


@pytest.mark.parametrize("may_name_type", [False, True])
def test_entities_of_its_own_are_refused(*, may_name_type: bool) -> None:
    with pytest.raises(DamagedFileError, match="document type of its own"):
        parse(LAUGHS, may_name_type=may_name_type)


def test_entities_behind_a_long_comment_are_refused_all_the_same() -> None:
    with pytest.raises(DamagedFileError, match="document type of its own"):
        parse(b"<!--" + b"x" * 10_000 + b"-->" + LAUGHS, may_name_type=True)


def test_a_document_type_that_is_only_named_is_let_through_where_the_format_has_one() -> None:
    assert parse(NAMED, may_name_type=True) == "Trans "
    with pytest.raises(DamagedFileError, match="document type of its own"):
        parse(NAMED)


def test_what_is_no_xml_is_damaged() -> None:
    with pytest.raises(DamagedFileError, match="not valid XML"):
        parse(b"<a><b></a>")


def test_a_person_overrules_the_encoding_that_the_document_declares() -> None:
    xml = b'<?xml version="1.0" encoding="utf-8"?><a>caf\xe9</a>'
    assert parse(xml, encoding="iso-8859-15") == "a café"
    with pytest.raises(EncodingError):
        parse(xml, encoding="no-such")
