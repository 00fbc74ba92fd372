"""Languages as codes, and what people write instead of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.languages import is_language, language_meant


@pytest.mark.parametrize("code", ["en", "EN", "cy", "fr-CA", "zh-Hant-TW", "yue", "xx"])
def test_a_code_is_known_with_its_region(code: str) -> None:
    assert is_language(code)


@pytest.mark.parametrize("text", ["", "e", "english", "gb", "en_GB", "en-", "qq", "12"])
def test_what_is_no_code_is_not(text: str) -> None:
    assert not is_language(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("English", "en"),
        ("Englsh", "en"),
        ("Français", "fr"),
        ("deutsch", "de"),
        ("Welsh", "cy"),
        ("en_GB", "en-GB"),
        (" pt br ", "pt-br"),
        ("Klingon", None),
        ("", None),
    ],
)
def test_the_code_that_was_meant_is_proposed(written: str, meant: str | None) -> None:
    assert language_meant(written) == meant


@given(st.text(max_size=20))
def test_what_is_meant_is_a_language(text: str) -> None:
    meant = language_meant(text)
    assert meant is None or is_language(meant)
