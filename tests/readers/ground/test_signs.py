from __future__ import annotations

from qualcode.readers.ground.signs import BLANKS, ONE_LINE, UNWELCOME, storable


def test_what_no_database_takes_is_left_out() -> None:
    assert storable("a\0b\ufeffc\ud800d") == "abcd"
    assert "a\0b\ufeffc\nd".translate(UNWELCOME) == "abc\nd"


def test_every_sign_that_ends_a_line_becomes_a_blank() -> None:
    breaks = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
    assert len(f"a{breaks}b".translate(ONE_LINE).splitlines()) == 1
    assert BLANKS.sub(" ", f"a \t{breaks}b") == "a b"


def test_a_blank_that_breaks_no_line_stays() -> None:
    assert BLANKS.sub(" ", "a\u00a0b") == "a\u00a0b"
