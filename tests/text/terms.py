"""Names as the register of a study lists them, and texts that may hold them."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st
from text.samples import NASTY_STRINGS

from qualcode.text.names.finder import NameFinder, Term
from qualcode.text.names.forms import parts, whole_forms


def of_person(name: str, shown: str | None) -> list[Term]:
    """A person's name as the register of a study lists it."""
    forms = whole_forms(name) if shown is None else (*whole_forms(name), *parts(name))
    return [Term(form, shown) for form in forms]


def shown(text: str, terms: Iterable[Term], *, words: Iterable[str] = ()) -> str:
    """The text as it reads with what is found put in its place."""
    for found in reversed(NameFinder(terms, words=words).find(text)):
        text = f"{text[: found.span.start]}{found.shown}{text[found.span.end :]}"
    return text


SARAH = of_person("Sarah Jones", "[P07]")


words = st.sampled_from(["sarah", "Jones", "Sarah", "will", "it's", "Ann", "Ó Briain", "\u0301"])
texts = st.lists(
    st.one_of(words, st.text(max_size=6), st.sampled_from(NASTY_STRINGS).map(lambda s: s[:40]))
).map(" ".join)
