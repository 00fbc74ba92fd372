from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qualcode.exporters.textsafe import Cleaner, close_directions, runs_right_to_left

ANY_TEXT = st.text(st.characters())


def cleaned(text: str) -> str:
    return Cleaner()(text, at="here")


@given(ANY_TEXT)
def test_any_text_becomes_text_that_xml_can_hold(text: str) -> None:
    element = etree.Element("words")
    element.text = cleaned(text)
    assert etree.fromstring(etree.tostring(element)).text == (element.text or None)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once


@given(ANY_TEXT)
def test_what_is_replaced_is_counted_and_nothing_is_dropped(text: str) -> None:
    clean = Cleaner()
    written = clean.writable(text, at="here")
    assert len(written) == len(text)
    assert clean.replaced == sum(old != new for old, new in zip(text, written, strict=True))
    assert clean.places == ({"here": clean.replaced} if clean.replaced else {})


@pytest.mark.parametrize(
    "newline", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=ascii
)
def test_every_newline_form_becomes_one_newline_and_counts_as_nothing(newline: str) -> None:
    clean = Cleaner()
    assert clean(f"one{newline}two", at="here") == "one\ntwo"
    assert clean.replaced == 0


@pytest.mark.parametrize("bad", ["\x00", "\x08", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_no_document_can_hold_becomes_the_replacement_character(bad: str) -> None:
    clean = Cleaner()
    assert clean(f"a{bad}b", at="P07 ¶12") == "a\ufffdb"
    assert clean.warnings() == (
        "P07 ¶12: 1 character that no document can hold stand as \N{REPLACEMENT CHARACTER}",
    )


def test_a_cleaned_text_leaves_no_direction_open() -> None:
    assert cleaned("a\u202eb\x85c") == "a\u202eb\nc\u202c"


def test_tabs_newlines_emoji_and_combining_marks_pass_untouched() -> None:
    words = "a\tb\nc 👩‍👩‍👧 e\u0301 \u200d שלום 漢字"
    assert cleaned(words) == words


def test_warnings_stop_after_the_first_places() -> None:
    clean = Cleaner()
    for number in range(25):
        clean("\x00", at=f"P{number:02d}")
    assert len(clean.warnings()) == 21
    assert clean.warnings()[-1] == "the same in 5 more places"


@pytest.mark.parametrize(
    ("text", "closers"),
    [
        ("a\u202eb", "\u202c"),
        ("a\u202bb\u202ac", "\u202c\u202c"),
        ("a\u2067b", "\u2069"),
        ("a\u2067b\u202ec", "\u202c\u2069"),
        ("a\u202eb\u202c", ""),
        ("a\u2067b\u202ec\u2069", ""),
        ("a\u202c\u2069", ""),
        # What ends an embedding ends no isolate, and none that is around the isolate.
        ("a\u2067b\u202cc", "\u2069"),
        ("a\u202eb\u2067c\u202c\u2069", "\u202c"),
    ],
    ids=ascii,
)
def test_a_direction_left_open_is_closed_at_the_end(text: str, closers: str) -> None:
    assert close_directions(text) == text + closers


@given(ANY_TEXT)
def test_words_that_follow_a_closed_text_keep_their_own_direction(text: str) -> None:
    closed = close_directions(text)
    assert closed.startswith(text)
    assert close_directions(closed) == closed


@pytest.mark.parametrize("text", ["שלום", "12 – שלום and on", "«مرحبا»", "\U0001e900"])
def test_a_text_whose_first_letter_runs_right_to_left_is_known(text: str) -> None:
    assert runs_right_to_left(text)


@pytest.mark.parametrize("text", ["", "12 – ", "hello", "é שלום", "Hello שלום", "漢字"])
def test_other_texts_run_left_to_right(text: str) -> None:
    assert not runs_right_to_left(text)


@given(ANY_TEXT)
def test_the_direction_is_that_of_the_first_strong_letter(text: str) -> None:
    strong = [d for d in map(unicodedata.bidirectional, text) if d in ("L", "R", "AL")]
    assert runs_right_to_left(text) == (strong[:1] in (["R"], ["AL"]))
