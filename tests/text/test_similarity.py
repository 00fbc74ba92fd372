"""Copies, corrections and parts of an interview are recognised, other interviews are not."""

from __future__ import annotations

import random
import unicodedata
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text.samples import NASTY, NASTY_STRINGS, REAL, WHY_NO_REAL, texts

from qualcode.readers import Source, read_transcript
from qualcode.text import similarity
from qualcode.text.similarity import (
    MOST_HOLDERS,
    MOST_KEPT,
    alike,
    fingerprint,
    near_duplicates,
    sketch,
    word_likeness_within,
    words_digest,
)
from qualcode.text.words import UNSPACED

ALPHABETS = {
    "Latin": (97, 123),
    "Greek": (0x3B1, 0x3CA),
    "Cyrillic": (0x430, 0x450),
    "Hebrew": (0x5D0, 0x5EB),
    "Arabic": (0x627, 0x64B),
    "Devanagari": (0x915, 0x93A),
    "Ethiopic": (0x1200, 0x1250),
    "Hangul": (0xAC00, 0xD7A0),
    "Chinese": (0x4E00, 0x9000),
    "Japanese": (0x3041, 0x3097),
    "Thai": (0xE01, 0xE31),
    "Khmer": (0x1780, 0x17B3),
}


def interview(seed: int, words: int, alphabet: str = "Latin") -> str:
    """Words of one alphabet, the common ones often, as in every language."""
    chance = random.Random(f"{alphabet}{seed}")
    letters = [chr(code) for code in range(*ALPHABETS[alphabet])]
    known = ["".join(chance.choices(letters, k=chance.randint(1, 7))) for _ in range(4000)]
    weights = [1 / (rank + 10) for rank in range(len(known))]
    return " ".join(chance.choices(known, weights, k=words))


def changed(text: str, share: float, seed: int = 1) -> str:
    """The text with a share of its words replaced."""
    chance = random.Random(seed)
    return " ".join("qq" if chance.random() < share else word for word in text.split(" "))


def in_one_order(one: str, other: str) -> float:
    """The share of words in one order, of texts that are short enough to be measured."""
    share = word_likeness_within(one, other, at_most=10**6)
    assert share is not None
    return share


def speech(name: str) -> str:
    data = (NASTY / name).read_bytes()
    return read_transcript(Source(data, name, name), name=name).transcript.text


ORIGINAL = "dup_original.txt"

SKETCH = (
    "01ffffffffd7d9282380a55d43b724f9531bc9b8557037a15b3ca2286353b33a702d24507e0e41ea981f"
    "2326a497b2f0e7"
)
"""Written into stores: if it changes, the version in it must."""


@pytest.mark.parametrize("name", ["dup_exact_copy.txt", "dup_crlf_trailing_spaces.txt"])
def test_a_copy_with_other_blanks_has_the_same_words(name: str) -> None:
    assert words_digest(speech(name)) == words_digest(speech(ORIGINAL))


@pytest.mark.parametrize(
    ("name", "containment", "jaccard"),
    [
        ("dup_typo_fixed.txt", 0.9, 0.8),
        ("dup_speakers_renamed.txt", 0.99, 0.9),
        ("dup_half.txt", 0.95, 0.3),
        ("dup_same_guide_other_person.txt", 0.7, 0.5),
    ],
)
def test_what_may_be_the_same_interview_is_near(
    name: str, containment: float, jaccard: float
) -> None:
    likeness = alike(sketch(speech(name)), sketch(speech(ORIGINAL)))
    assert likeness.is_near
    assert likeness.containment > containment
    assert likeness.jaccard > jaccard
    assert in_one_order(speech(name), speech(ORIGINAL)) > 0.6


@pytest.mark.parametrize(
    "other",
    [
        "so we met tom at the cafe and  left",
        "So, we met Tom at the café – and left!".replace("é", "e"),
        "SO WE MET TOM AT THE CAFE AND LEFT.",
        "So we met “Tom” at the cafe…\r\n\r\nand left",
        "So\u00a0we met Tom at the cafe and left\u200b",
        "Ｓｏ we met Tom at the cafe and left",
    ],
)
def test_case_punctuation_and_blanks_make_no_other_words(other: str) -> None:
    assert words_digest(other) == words_digest("So we met Tom at the cafe and left.")


def test_another_word_makes_other_words() -> None:
    assert words_digest("we met Tom") != words_digest("we met Tim")
    assert words_digest("we met") != words_digest("wemet")


@given(texts())
def test_the_unicode_form_makes_no_other_words(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert words_digest(unicodedata.normalize(form, text)) == words_digest(text)


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_halves_and_corrections_are_near_in_every_script_and_strangers_are_not(
    alphabet: str,
) -> None:
    one, stranger = interview(1, 6000, alphabet), interview(2, 6000, alphabet)
    known = sketch(one)
    words = one.split(" ")
    assert alike(known, known).jaccard == 1
    assert not alike(known, sketch(stranger)).is_near
    half = alike(known, sketch(" ".join(words[: len(words) // 2])))
    assert half.containment > 0.95
    assert 0.35 < half.jaccard < 0.65
    tenth = alike(known, sketch(" ".join(words[2000:2600])))
    assert tenth.is_near
    assert tenth.containment > 0.8
    assert 0.7 < alike(known, sketch(changed(one, 0.03))).containment < 0.98
    assert 0.4 < alike(known, sketch(changed(one, 0.1))).containment < 0.9
    assert alike(known, sketch(changed(one, 0.2))).is_near
    assert alike(known, sketch(f"{one} {stranger[:9000]}")).containment > 0.95


def unspaced(words: str, seed: int = 1) -> str:
    """The same words without blanks between them, a mark or a blank here and there."""
    chance = random.Random(seed)
    marks = ("，", "。", " ")
    return "".join(
        word + (chance.choice(marks) if chance.random() < 0.1 else "") for word in words.split()
    )


@pytest.mark.parametrize("alphabet", ["Chinese", "Japanese", "Thai", "Khmer"])
def test_writing_without_blanks_is_compared_by_its_letters(alphabet: str) -> None:
    one, stranger = interview(1, 4000, alphabet), interview(2, 4000, alphabet)
    known = sketch(unspaced(one))
    assert words_digest(unspaced(one)) == words_digest(unspaced(one, seed=2)) == words_digest(one)
    assert not alike(known, sketch(unspaced(stranger))).is_near
    assert alike(known, sketch(unspaced(changed(one, 0.1)))).is_near
    half = alike(known, sketch(unspaced(one[: len(one) // 2])))
    assert half.containment > 0.95
    assert in_one_order(unspaced(one), unspaced(changed(one, 0.02))) > 0.9
    assert in_one_order(unspaced(one), unspaced(stranger)) < 0.5


def test_a_letter_of_writing_without_blanks_is_told_by_its_bytes() -> None:
    signs = [chr(code) for code in range(0x80, 0x11_0000) if not 0xD800 <= code < 0xE000]
    told = [sign for sign in signs if similarity._LETTER_OR_WORD.findall(f"{sign}a".encode())[1:]]
    assert told == [sign for sign in signs if UNSPACED.match(sign)]


@given(texts(), texts())
def test_likeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    likeness = alike(sketch(one), sketch(other))
    assert likeness == alike(sketch(other), sketch(one))
    assert 0 <= likeness.jaccard <= likeness.containment <= 1


@pytest.mark.parametrize("text", NASTY_STRINGS)
def test_strings_that_break_programs_have_a_fingerprint(text: str) -> None:
    known = fingerprint(text)
    assert known.words_digest == words_digest(text)
    assert known.sketch == sketch(text)
    assert len(known.sketch) <= 5 + 4 * MOST_KEPT


def test_a_sketch_is_small_however_long_and_dull_the_text() -> None:
    assert 1_000 < len(sketch(interview(1, 8_000))) < 3_000
    assert len(sketch(interview(1, 300_000))) < 5_000
    dull = "you know " * 20 + " ".join(f"you know {number}" for number in range(40_000))
    assert len(sketch(dull)) <= 5 + 4 * MOST_KEPT


def test_a_sketch_is_the_same_on_every_machine() -> None:
    text = "The last bus went at half past eight, and the late shift ends at ten."
    assert sketch(text).hex() == SKETCH
    with pytest.raises(ValueError, match="not a sketch of version 1"):
        alike(b"\x02" + bytes.fromhex(SKETCH)[1:], bytes.fromhex(SKETCH))


def test_a_text_without_five_words_is_near_to_nothing() -> None:
    assert near_duplicates({"a": sketch("yes"), "b": sketch("yes")}, {"c": sketch("")}) == ()
    greeting = "thank you for making the time today"
    assert not alike(sketch(greeting), sketch(f"{greeting} and so on")).is_near


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8), st.integers(0, 8))
@settings(deadline=None)
def test_the_index_finds_what_comparing_each_with_each_finds(
    which: list[int], known_count: int
) -> None:
    stems = [interview(seed, 700) for seed in range(4)]
    sketches = {
        f"P{number}": sketch(changed(stems[stem], 0.02, seed=number))
        for number, stem in enumerate(which)
    }
    known = dict(list(sketches.items())[:known_count])
    new = dict(list(sketches.items())[known_count:])
    found = {(pair.new, pair.known): pair.likeness for pair in near_duplicates(new, known)}
    expected = {
        (later, earlier): alike(sketches[later], sketches[earlier])
        for earlier, later in combinations(sketches, 2)
        if later in new and alike(sketches[later], sketches[earlier]).is_near
    }
    assert found == expected


def test_of_many_copies_the_likest_are_told_first_and_not_all() -> None:
    text = interview(1, 900)
    known = {f"copy {number}": sketch(changed(text, number / 200)) for number in range(40)}
    found = near_duplicates({"new": sketch(text)}, known)
    likenesses = [pair.likeness.containment for pair in found]
    assert found[0].known == "copy 0"
    assert likenesses == sorted(likenesses, reverse=True)
    assert 0 < len(found) <= MOST_HOLDERS


def test_a_preamble_that_all_share_makes_no_pair_and_hides_none() -> None:
    preamble = interview(99, 150)
    said = {f"P{number}": f"{preamble} {interview(number, 2500)}" for number in range(60)}
    known = {name: sketch(text) for name, text in said.items()}
    assert near_duplicates(known, {}) == ()
    (only,) = near_duplicates({"again": sketch(changed(said["P50"], 0.02))}, known)
    assert only.known == "P50"


def test_likeness_is_the_share_of_words_in_one_order() -> None:
    assert in_one_order("We met Tom.", "we met tom") == 1
    assert in_one_order("a b c d", "a b") == pytest.approx(2 / 3)
    assert in_one_order("a b", "c d") == 0


def test_texts_of_more_words_than_wanted_are_not_measured() -> None:
    assert word_likeness_within("a b c d", "a b", at_most=4) == pytest.approx(2 / 3)
    assert word_likeness_within("a b c d", "a b", at_most=3) is None
    assert word_likeness_within("你好你好", "你好", at_most=3) is None


@pytest.mark.skipif(not REAL.is_dir(), reason=WHY_NO_REAL)
def test_no_two_real_interviews_are_taken_for_one() -> None:
    readable = [path for path in sorted(REAL.iterdir()) if path.suffix in (".docx", ".vtt")]
    readable += sorted(REAL.glob("md_*.md"))
    sketches = {}
    for path in readable:
        source = Source(path.read_bytes(), path.name, path.name)
        sketches[path.name] = sketch(read_transcript(source, name=path.stem).transcript.text)
    assert len(sketches) > 30
    assert near_duplicates(sketches, {}) == ()
