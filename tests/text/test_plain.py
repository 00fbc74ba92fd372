"""Plain spelling: the places of its characters, and the different words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from text.terms import texts

from qualcode.text.plain import WORD, distinct_tokens, plain_spelling, words_of


@given(st.text())
def test_places_in_plain_spelling_lead_back_into_the_text(text: str) -> None:
    plain = plain_spelling(text)
    places = [plain.begins(at) for at in range(len(plain.text))]
    assert places == sorted(places)
    assert all(0 <= at < len(text) for at in places)
    assert plain.ends(len(plain.text)) == len(text)


@given(st.one_of(texts, st.text(), st.text(st.characters())))
def test_the_different_words_are_those_of_the_text_in_plain_spelling(text: str) -> None:
    plain = set(WORD.findall(plain_spelling(text).text))
    found = words_of(distinct_tokens(text))
    assert found == {word.encode("utf-8", "surrogatepass") for word in plain}
