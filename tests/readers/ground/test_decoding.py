"""Which encoding a file is in, and what is said of it."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.sources import source

from qualcode import errors
from qualcode.readers.ground.decoding import (
    decode,
    is_surely_composed,
    line_of,
    opening,
    opening_lines,
)

GERMAN = "I: Wie hieß das?\nB: „Schön“ – naïve Café-Gäste, ungefähr.\n"


def warnings_of(data: bytes, encoding: str | None = None) -> list[str]:
    return [warning.code for warning in decode(source(data, encoding=encoding)).warnings]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_unicode_is_recognised_without_a_word(encoding: str) -> None:
    decoded = decode(source(GERMAN.encode(encoding)))
    assert decoded.text == GERMAN
    assert decoded.warnings == ()


@pytest.mark.parametrize("mark", [True, False])
def test_a_byte_order_mark_is_counted_and_never_in_the_text(mark: bool) -> None:
    decoded = decode(source(GERMAN.encode("utf-8-sig" if mark else "utf-8")))
    assert decoded.dropped == ({"byte order marks": 1} if mark else {})
    assert decoded.characters == len(GERMAN) + mark


def test_windows_1252_is_the_guess_and_the_first_odd_line_is_named() -> None:
    decoded = decode(source(("I: ok\n" + GERMAN).encode("cp1252")))
    assert decoded.encoding == "cp1252"
    assert decoded.text.endswith(GERMAN)
    (warning,) = decoded.warnings
    assert (warning.code, warning.line) == ("encoding-guessed", 2)
    assert "--encoding" in warning.message


def test_a_byte_that_windows_1252_lacks_is_replaced_and_said() -> None:
    decoded = decode(source(b"I: caf\xe9 \x81\nR: ok\n"))
    assert decoded.text == "I: café \ufffd\nR: ok\n"
    assert [warning.code for warning in decoded.warnings] == ["encoding-guessed", "bytes-replaced"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "shift_jis",
            "聞き手：どうやってここに来ましたか。\n話し手：電車で来ました。二〇〇三年のことです。\n"
            * 4,
        ),
        ("cp1251", "Интервьюер: Как всё началось?\nРеспондент: Мы считали людей у ворот.\n" * 4),
    ],
)
def test_another_script_is_recognised(encoding: str, text: str) -> None:
    decoded = decode(source(text.encode(encoding)))
    assert decoded.text == text
    assert [warning.code for warning in decoded.warnings] == ["encoding-guessed"]


@pytest.mark.parametrize("text", [GERMAN * 40, "R: Été à Noël, élève né à Évreux.\n" * 40])
def test_western_text_is_never_taken_for_another_script(text: str) -> None:
    assert decode(source(text.encode("cp1252"))).text == text


def test_an_encoding_that_a_person_gives_is_not_doubted() -> None:
    assert decode(source(GERMAN.encode("mac-roman"), encoding="mac-roman")).text == GERMAN
    assert warnings_of(GERMAN.encode("mac-roman"), "mac-roman") == []


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("no-such", "'no-such' is not the name of an encoding"),
        ("base64", "'base64' is not the name of an encoding"),
        ("ascii", "the bytes are not valid ascii"),
        ("utf-8", "the bytes are not valid utf-8"),
    ],
)
def test_an_encoding_that_does_not_fit_is_refused(encoding: str, words: str) -> None:
    with pytest.raises(errors.EncodingError, match=words):
        decode(source(GERMAN.encode("cp1252"), encoding=encoding))


def test_nul_characters_in_bulk_are_no_text() -> None:
    assert decode(source(b"ab\0cdefgh ijklmnop" * 10)).dropped == {"NUL characters": 10}
    with pytest.raises(errors.NotTextError):
        decode(source(b"a\0\0\0b\0\0" * 100))


def test_control_characters_in_bulk_are_no_text() -> None:
    with pytest.raises(errors.NotTextError, match="bytes that are not text"):
        decode(source(bytes(range(256)) * 4))


def test_a_lone_surrogate_never_reaches_the_text() -> None:
    assert decode(source(b"I: +2D0- x\n", encoding="utf-7")).text == "I: \ufffd x\n"


def test_letters_encoded_twice_are_said_and_left() -> None:
    twice = "I: café\nR: „so“\n".encode().decode("cp1252").encode()
    assert warnings_of(twice) == ["encoded-twice"]
    assert "cafÃ©" in decode(source(twice)).text


def test_a_text_that_is_larger_than_any_interview_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("qualcode.readers.ground.source.LARGEST_TEXT_BYTES", 2_000_000)
    with pytest.raises(errors.TooLargeError, match="holds 3 MB of text, more than the 2 MB"):
        decode(source(b"a" * 3_000_000))


def test_millions_of_lines_are_refused_before_they_are_split() -> None:
    with pytest.raises(errors.TooManyLinesError, match="500,000 lines"):
        decode(source(b"a\n" * 1_000_001))


def test_the_opening_of_a_file_is_decoded_without_complaint() -> None:
    assert opening(source("WEBVTT\n".encode("utf-16"))).startswith("WEBVTT")
    assert opening(source("WEBVTT\n".encode("utf-16-be"))).startswith("WEBVTT")
    assert opening(source(b"\xef\xbb\xbfWEBVTT \xff")).startswith("WEBVTT")
    assert opening(source("é" * 100_000, encoding="no-such")).startswith("é")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_a_line_number_counts_every_form_of_line_break(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    assert line_of(text, at) == len((text[:at] + "x").splitlines())


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_unicode_text_comes_back_as_it_was_written(text: str) -> None:
    try:
        assert decode(source(text)).text == text
    except errors.EmptyTranscriptError:
        assert not text.strip()
    except errors.NotTextError:
        assert any(ord(character) < 32 or character == "\x7f" for character in text)


def test_letters_that_are_surely_composed_never_change() -> None:
    signs = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    sure = {sign for sign in signs if is_surely_composed(sign.encode())}
    parts = [unicodedata.decomposition(sign).split() for sign in signs]
    behind = {chr(int(pair[1], 16)) for pair in parts if len(pair) == 2 and pair[0][0] != "<"}
    assert {"a", "é", "ß", "…", "’", "д", "好"} < sure
    assert not sure & behind
    assert {unicodedata.combining(sign) for sign in sure} == {0}
    assert [sign for sign in sure if unicodedata.normalize("NFC", sign) != sign] == []


@pytest.mark.parametrize("words", ["cafe\u0301", "1 \u212b", "\u1112\u1161\u11ab", "na\u0308iv"])
def test_what_nfc_would_change_is_not_surely_composed(words: str) -> None:
    assert unicodedata.normalize("NFC", words) != words
    assert not is_surely_composed(words.encode())
    assert decode(source(words)).text == words


def test_the_first_lines_are_those_with_words() -> None:
    assert opening_lines(source("\n  \none\r\n\t\u2028two \n")) == ["one", "two "]
    assert opening_lines(source("\n")) == []
