"""Tables of documents: every cell is accounted for."""

from __future__ import annotations

from readers.sources import check_account, said, source

from qualcode.readers import rtf


def test_blanks_in_a_cell_that_is_no_column_are_accounted_for() -> None:
    row = rb"\trowd I:\cell One.\cell\~ \cell\row"
    reading = rtf.read(source(rb"{\rtf1\ansi " + row + b"}"), name="a")
    assert said(reading) == [("I", "One.")]
    check_account(reading)
