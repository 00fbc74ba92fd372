"""The account of a reading is the same, whether words are entered one by one or all at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.readers.ground.ledger import COMPOSED, Ledger

# An accent of its own, and a letter of Devanagari that NFC writes as two.
_LINES = st.text("ae \u0301\u0958\u00e9", min_size=1, max_size=4)


@given(st.lists(st.lists(_LINES, min_size=1, max_size=3)))
def test_units_entered_at_once_are_kept_as_one_by_one(units: list[list[str]]) -> None:
    at_once, one_by_one = Ledger(), Ledger()
    kept = ["\n".join(map(one_by_one.keep, lines)) for lines in units]
    one_by_one.added += sum(len(lines) - 1 for lines in units)
    assert at_once.keep_all(["\n".join(lines) for lines in units]) == kept
    assert (at_once.kept, at_once.added) == (one_by_one.kept, one_by_one.added)
    assert at_once.dropped == one_by_one.dropped


def test_an_accent_that_is_composed_is_one_character_less() -> None:
    ledger = Ledger()
    assert ledger.keep_all(["cafe\u0301", "tea"]) == ["caf\u00e9", "tea"]
    assert (ledger.kept, ledger.dropped[COMPOSED]) == (7, 1)
