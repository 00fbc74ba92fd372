"""Which labels of a file are speakers, and what is said aloud of those that may be none."""

from __future__ import annotations

import pytest
from hanging import no_hang
from hypothesis import given
from hypothesis import strategies as st

from qualcode.readers.grammar.labels import Form, Head
from qualcode.readers.grammar.speakers import Body, Candidate, choose_speakers
from qualcode.readers.ground.ledger import Ledger


def _choose(
    *labels: str | tuple[str, Form],
    lines: int = 0,
    header: str = "",
    known: frozenset[str] = frozenset(),
) -> tuple[set[str], list[str]]:
    """The speakers among labels, one a line from the first on, and the codes of what was said."""
    heads = [
        Head(label, Form.COLON, 0) if isinstance(label, str) else Head(label[0], label[1], 0)
        for label in labels
    ]
    candidates = [Candidate(head, at, starts_block=True) for at, head in enumerate(heads, 1)]
    total = lines or len(labels)
    ledger = Ledger()
    chosen = choose_speakers(candidates, Body(total, total, 1, header, known), ledger)
    return set(chosen), [warning.code for warning in ledger.warnings()]


def test_a_label_that_comes_back_is_a_speaker() -> None:
    assert _choose("Mara", "Tom", "Mara", "Tom") == ({"Mara", "Tom"}, [])


def test_a_label_that_names_a_part_is_a_speaker_even_once() -> None:
    assert _choose("Interviewer", "P04", lines=8) == ({"Interviewer", "P04"}, [])


def test_a_phrase_in_small_letters_may_come_twice() -> None:
    chosen, _ = _choose("I", "the thing is", "R", "the thing is", lines=40)
    assert chosen == {"I", "R"}


def test_a_phrase_in_small_letters_that_comes_often_is_a_speaker() -> None:
    chosen, _ = _choose(*["male narrator", "I"] * 4, lines=8)
    assert chosen == {"male narrator", "I"}


def test_a_label_that_occurs_once_is_taken_with_a_warning_where_nearly_all_lines_have_one() -> None:
    assert _choose("I", "R", "I", "Anna") == ({"I", "R", "Anna"}, ["label-once"])


def test_a_label_that_occurs_once_is_left_with_a_warning_among_lines_without_labels() -> None:
    assert _choose("I", "R", "I", "Anna", lines=20) == ({"I", "R"}, ["label-once"])


def test_of_many_labels_that_occur_once_one_sentence_speaks() -> None:
    chosen, said = _choose("I", "R", *(f"Name{chr(65 + at)}" for at in range(12)))
    assert len(chosen) == 14
    assert said == ["label-once"]


def test_hardly_any_label_in_a_text_is_prose() -> None:
    heads = [Candidate(Head("Mara", Form.COLON, 0), at, starts_block=False) for at in (20, 60)]
    ledger = Ledger()
    assert choose_speakers(heads, Body(100, 100, 1), ledger) == frozenset()
    assert [warning.code for warning in ledger.warnings()] == ["labels-left"]
    assert choose_speakers(heads, Body(100, 100, 20), ledger) == {"Mara"}
    assert choose_speakers(heads, Body(100, 100, 1, known=frozenset({"Mara"})), ledger) == {"Mara"}


@pytest.mark.parametrize(
    "header",
    ["a talk with Anna", "Anna, Ben", "(Anna)", "Hannah and Anna", "Anna\nBen", "Annas Anna"],
)
def test_a_label_that_the_header_names_is_a_speaker_even_once(header: str) -> None:
    assert _choose("I", "R", "I", "Anna", lines=20, header=header) == ({"I", "R", "Anna"}, [])


@pytest.mark.parametrize("header", ["Annas talk", "Hanna", "anna", "Anna_2", "An na"])
def test_a_header_names_whole_words_only(header: str) -> None:
    assert _choose("I", "R", "I", "Anna", lines=20, header=header)[0] == {"I", "R"}


@pytest.mark.parametrize(
    "name", ["Dr. Smith, PhD", "Mary-Jane O'Neil (by phone)", "Jean de la Tour"]
)
def test_a_header_names_people_of_several_words(name: str) -> None:
    assert name in _choose("I", "R", "I", name, lines=20, header=f"Present: {name}, Tom")[0]


def test_words_in_small_letters_are_no_person_though_the_header_has_them() -> None:
    header = "what I mean is that"
    assert _choose("I", "R", "I", "what I mean is", lines=20, header=header)[0] == {"I", "R"}


def test_a_label_in_another_case_is_the_same_speaker() -> None:
    assert _choose("Anna", "I", "Anna", "anna", lines=20)[0] == {"Anna", "I", "anna"}


def test_a_name_in_brackets_needs_a_second_such_name() -> None:
    boxed = [("Mara", Form.BOXED), ("Tom", Form.BOXED)]
    assert _choose(*boxed, *boxed)[0] == {"Mara", "Tom"}
    assert _choose(*boxed[:1], *boxed[:1], "I", "R")[0] == {"I", "R"}


def test_a_question_needs_its_answer() -> None:
    letters = [("Q.", Form.LETTER), ("A.", Form.LETTER)]
    assert _choose(*letters, *letters)[0] == {"Q.", "A."}
    assert _choose(*letters[1:], *letters[1:])[0] == set()


def test_names_alone_on_lines_are_speakers_with_a_warning() -> None:
    names = [("Mara", Form.NAME), ("Tom", Form.NAME)]
    assert _choose(*names, *names) == ({"Mara", "Tom"}, ["labels-alone"])
    assert _choose(*names, *names, lines=40)[0] == set()


def test_twenty_thousand_labels_are_looked_up_in_a_long_header_at_once() -> None:
    names = [
        f"N{at:05}".translate(str.maketrans("0123456789", "abcdefghij")) for at in range(20_000)
    ]
    with no_hang():
        chosen, _ = _choose(*names, "Bob", "Bob", header=" ".join(reversed(names)) * 20)
    assert "Bob" in chosen


def test_many_labels_that_begin_alike_are_looked_up_at_once() -> None:
    names = [f"N {chr(65 + at % 26)}{'o' * (at % 36)} {at}" for at in range(5_000)]
    with no_hang():
        assert len(_choose(*names, header="N " * 500_000)[0]) == 5_000


@given(st.lists(st.sampled_from(["I", "R", "Anna", "the thing", "Note", "Ben Kurz"]), max_size=20))
def test_only_labels_that_stand_there_are_speakers(labels: list[str]) -> None:
    if labels:
        assert _choose(*labels)[0] <= set(labels)
