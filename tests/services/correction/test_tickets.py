"""A ticket is of what was shown, and of one thing alone."""

from __future__ import annotations

import pytest

from qualcode import errors
from qualcode.services.correction.tickets import holder_of, name_of, ticket_of

VERSION = "33ba2531" * 4
ALIKE = tuple(f"{VERSION}:{start}:{start + 40}:bridging:tomasz" for start in (56864, 128522))
"""Two codings whose tickets open alike, found by trying."""


def ticket(uid: str, *, words: str = "") -> str:
    return ticket_of(uid, now="n", place=None, other_speaker=False, words=words)


def test_two_lost_codings_whose_tickets_open_alike_are_told_apart() -> None:
    one, other = ALIKE
    assert name_of(one) == name_of(other)
    known = [(ticket(uid), uid) for uid in ALIKE]
    assert [holder_of(ticket(uid), known) for uid in ALIKE] == [one, other]


def test_a_ticket_that_two_have_names_neither() -> None:
    with pytest.raises(errors.SharedIdError, match="33ba2531-a1"):
        holder_of("33ba2531-a1", [("33ba2531-a1", "one"), ("33ba2531-a1", "other")])


def test_a_ticket_of_other_words_is_another() -> None:
    assert ticket("m", words="which tent?") != ticket("m", words="whose tent?")
