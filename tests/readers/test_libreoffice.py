"""Documents that LibreOffice saved in its own formats: the same words come from each of them."""

from __future__ import annotations

import pytest
from readers.sources import LAYOUTS, VECTORS, check_account, codes, read_file, said, times

from qualcode.errors import UnsupportedFormatError

SAVED = VECTORS / "libreoffice"


@pytest.mark.parametrize("name", ["int_a_ir_table_header", "int_a_nvivo_table"])
@pytest.mark.parametrize("format_name", ["odt", "rtf"])
def test_a_word_document_that_was_saved_again_is_the_same_interview(
    name: str, format_name: str
) -> None:
    saved = read_file(SAVED / f"{name}.{format_name}")
    word = read_file(LAYOUTS / f"{name}.docx")
    assert saved.transcript.format == format_name
    assert (said(saved), times(saved)) == (said(word), times(word))
    assert saved.transcript.facts == word.transcript.facts
    assert saved.transcript.producer == word.transcript.producer
    assert codes(saved) == []
    check_account(saved)


def test_an_old_word_document_is_refused_by_saying_what_to_save() -> None:
    with pytest.raises(UnsupportedFormatError, match=r"an old Word .* Save it as \.docx in the"):
        read_file(SAVED / "int_a_nvivo_table.doc")
