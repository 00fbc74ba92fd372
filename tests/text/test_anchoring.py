"""A passage is found again in a corrected text, or it is said that it is not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text.corrections import HEAVY, LIGHT, MEDIUM, Corrected, Level, invented, spans_of
from text.samples import NASTY_STRINGS, REAL, WHY_NO_REAL

from qualcode.model.spans import Span
from qualcode.readers import Source, read_transcript
from qualcode.text import anchoring, finding
from qualcode.text.anchoring import Alignment, Anchored, Outcome

MOSTLY_LEFT = 0.8
LAID_ON = (Outcome.CARRIED, Outcome.ADJUSTED)
ENOUGH_CHARACTERS = range(20_000, 90_000)
ENOUGH_TEXTS = 6


def anchored(old: str, new: str, words: str) -> tuple[Outcome, str | None]:
    """What becomes of these words of the old text."""
    start = old.index(words)
    found = Alignment(old, new).anchor(Span(start, start + len(words)))
    return found.outcome, None if found.span is None else new[found.span.start : found.span.end]


# -- one passage ----------------------------------------------------------------------------------

OLD = (
    "We all came to the fair, and the tent was full.\n\n"
    "Marek paid for the colour of the hall.\n\n"
    "Nobody knew why the council gave the money back in the end."
)


def test_words_that_stayed_are_carried_wherever_they_are_now() -> None:
    new = f"A heading that was forgotten.\n\n{OLD}"
    assert anchored(OLD, new, "the tent was full") == (Outcome.CARRIED, "the tent was full")


def test_a_slip_set_right_inside_is_adjusted() -> None:
    new = OLD.replace("council", "counsel")
    words = "Nobody knew why the council gave the money back"
    assert anchored(OLD, new, words) == (Outcome.ADJUSTED, words.replace("council", "counsel"))


def test_words_put_in_beside_a_passage_stay_outside_it() -> None:
    new = OLD.replace("the tent was full", "they say the tent was full again")
    assert anchored(OLD, new, "the tent was full") == (Outcome.CARRIED, "the tent was full")


def test_a_first_word_that_was_replaced_belongs_to_the_passage() -> None:
    new = OLD.replace("Marek", "XXXX")
    words = "Marek paid for the colour of the hall"
    assert anchored(OLD, new, words)[1] == words.replace("Marek", "XXXX")


def test_a_last_word_that_was_replaced_belongs_to_the_passage() -> None:
    new = OLD.replace("in the end.", "in the spring.")
    words = "Nobody knew why the council gave the money back in the end"
    assert anchored(OLD, new, words)[1] == words.replace("end", "spring")


def test_a_word_is_never_parted_that_was_not_parted_before() -> None:
    new = OLD.replace("colour", "discolouration")
    assert anchored(OLD, new, "for the colour")[1] == "for the discolouration"


def test_a_passage_that_began_inside_a_word_still_does() -> None:
    new = OLD.replace("We all", "Well, we all")
    assert anchored(OLD, new, "olour of") == (Outcome.CARRIED, "olour of")


def test_much_changed_words_are_to_be_checked() -> None:
    new = OLD.replace("Marek paid for the colour of the hall", "He paid for painting all the hall")
    outcome, words = anchored(OLD, new, "Marek paid for the colour of the hall")
    assert (outcome, words) == (Outcome.CHECK, "He paid for painting all the hall")


def test_words_that_were_taken_out_are_lost() -> None:
    new = OLD.replace("Marek paid for the colour of the hall.\n\n", "")
    assert anchored(OLD, new, "Marek paid for the colour") == (Outcome.LOST, None)


def test_a_passage_that_took_much_in_is_to_be_checked() -> None:
    new = OLD.replace("the tent", "the old, patched and altogether leaking tent, I tell you,")
    assert anchored(OLD, new, "and the tent was full")[0] is Outcome.CHECK


def test_a_moved_passage_is_proposed_and_not_laid_on() -> None:
    first, second, third = OLD.split("\n\n")
    new = "\n\n".join((second, third, first))
    words = "We all came to the fair, and the tent was full."
    assert anchored(OLD, new, words) == (Outcome.CHECK, words)


def test_of_the_same_words_in_several_places_the_one_in_the_likest_context_is_proposed() -> None:
    answers = [f"Question {n} about {word}?\n\nYes, always." for n, word in enumerate("abcdef")]
    old = "\n\n".join([*answers, "Then the drummer came.\n\nYes, we all sang together."])
    new = "\n\n".join(["Then the drummer came.\n\nYes, we all sang together.", *answers])
    start = old.index("Yes, we all sang")
    found = Alignment(old, new).anchor(Span(start, start + 3))
    assert found.span is not None
    assert new[found.span.start :].startswith("Yes, we all sang")


def test_a_few_common_words_are_not_proposed_at_any_place_where_they_stand() -> None:
    old = "Did you go?\n\nYes.\n\nThe hall burned down that night, and the fair with it."
    new = "The hall burned down that night, and the fair with it. Oh yes. Yes. And then? Yes."
    assert anchored(old, new, "Yes.")[0] is not Outcome.CARRIED


@pytest.mark.parametrize(
    ("old", "new", "words", "expected"),
    [
        ("我们都来集市。大厅很满。", "我们都来大集市。大厅很满。", "大厅很满", "大厅很满"),
        (
            "我们都来参加集市。大厅很满。",
            "我们今天都来参加集市。大厅很满。",
            "参加集市",
            "参加集市",
        ),
        ("यह ठीक है। हाँ, मेला।", "यह भी ठीक है। हाँ, मेला।", "ठीक है", "ठीक है"),
        ("مرحبا. كيف حالك اليوم؟ جيد", "مرحبا. وكيف حالك اليوم؟ جيد", "حالك اليوم", "حالك اليوم"),
        (
            "A 👨‍👩‍👧 came. 👍🏽 Then left.",
            "A big 👨‍👩‍👧 came. 👍🏽 Then left.",
            "👨‍👩‍👧 came",
            "👨‍👩‍👧 came",
        ),
    ],
)
def test_every_writing_is_aligned(old: str, new: str, words: str, expected: str) -> None:
    assert anchored(old, new, words) == (Outcome.CARRIED, expected)


def test_nothing_is_found_in_an_empty_text() -> None:
    assert Alignment("We came.", "").anchor(Span(0, 2)) == Anchored(Outcome.LOST, None, 0.0)


# -- what holds always ----------------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from([text for text in NASTY_STRINGS if text]),
    st.lists(
        st.sampled_from(
            ("we", "all", "came", "fair", "e\u0301", "字", "。", ". ", " ", "\n\n", "?")
        ),
        min_size=1,
        max_size=40,
    ).map("".join),
)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """A span of a text."""
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@given(st.data(), TEXTS)
def test_the_same_text_changes_nothing(data: st.DataObject, text: str) -> None:
    span = data.draw(spans(text))
    found = Alignment(text, text).anchor(span)
    blank = not text[span.start : span.end].strip()
    assert found == Anchored(Outcome.CARRIED, span, 100.0) or blank


@given(st.data(), TEXTS, st.one_of(TEXTS, st.just("")))
def test_a_place_is_never_empty_nor_outside(data: st.DataObject, old: str, new: str) -> None:
    found = Alignment(old, new).anchor(data.draw(spans(old)))
    if found.span is None:
        assert found.outcome is Outcome.LOST
    else:
        assert found.outcome is not Outcome.LOST
        assert 0 <= found.span.start < found.span.end <= len(new)
        assert 0 < found.likeness <= 100


@given(st.data(), TEXTS, TEXTS)
def test_what_is_carried_is_the_very_words(data: st.DataObject, old: str, new: str) -> None:
    span = data.draw(spans(old))
    found = Alignment(old, new).anchor(span)
    if found.outcome is Outcome.CARRIED:
        assert found.span is not None
        assert new[found.span.start : found.span.end] == old[span.start : span.end]


@given(st.data(), st.integers(0, 999))
def test_untouched_turns_keep_their_words(data: st.DataObject, seed: int) -> None:
    turns = invented(seed, words=400).split("\n\n")
    touched = data.draw(st.sets(st.integers(0, len(turns) - 1), max_size=len(turns) // 3))
    new = "\n\n".join(
        f"{turn.upper()} and more" if n in touched else turn for n, turn in enumerate(turns)
    )
    old, at = "\n\n".join(turns), 0
    alignment = Alignment(old, new)
    for n, turn in enumerate(turns):
        if n not in touched and len(turn) >= finding.SHORT_CHARACTERS:
            assert alignment.anchor(Span(at, at + len(turn))).outcome is Outcome.CARRIED
        at += len(turn) + 2


# -- as people correct ----------------------------------------------------------------------------


@dataclass
class Shares:
    """How many passages ended how, over some texts.

    `there` are those of which most words are left: of the others, somebody has to say.
    """

    there: int = 0
    right: int = 0
    wrong: int = 0
    deleted: int = 0
    deleted_laid_on: int = 0

    def add(self, case: Corrected, alignment: Alignment, span: Span) -> None:
        """Hold one passage against the truth."""
        found, (truth, left) = alignment.anchor(span), case.truth(span)
        laid_on = found.outcome in LAID_ON and found.span is not None
        if truth is None:
            self.deleted += 1
            self.deleted_laid_on += laid_on
            return
        good = laid_on and overlap(found.span or span, truth) >= 0.8
        self.wrong += laid_on and not good
        if left >= MOSTLY_LEFT:
            self.there += 1
            self.right += good


def overlap(one: Span, other: Span) -> float:
    """The share of the two that both have."""
    both = max(0, min(one.end, other.end) - max(one.start, other.start))
    return both / (max(one.end, other.end) - min(one.start, other.start))


def shares(texts: list[str], level: Level) -> Shares:
    """The shares over texts, 200 passages of each."""
    counted = Shares()
    for n, text in enumerate(texts):
        case = Corrected(text, level, seed=n)
        alignment = Alignment(text, case.new)
        for span in spans_of(text, 200, seed=n):
            counted.add(case, alignment, span)
    return counted


def invented_texts() -> list[str]:
    return [invented(seed) for seed in range(4)]


@cache
def real_texts() -> list[str]:
    """Real transcripts of a length that corrections tell something about."""
    found: list[str] = []
    for path in sorted(Path(REAL).rglob("*")):
        if path.suffix in (".docx", ".md") and len(found) < ENOUGH_TEXTS:
            source = Source(path.read_bytes(), path.name, path.name, None)
            text = read_transcript(source, name=path.stem).transcript.text
            if len(text) in ENOUGH_CHARACTERS:
                found.append(text)
    return found


def check_shares(texts: list[str]) -> None:
    """The shares that the thresholds were chosen for."""
    for level, least_right, most_wrong in (
        (LIGHT, 0.99, 0.0),
        (MEDIUM, 0.93, 0.005),
        (HEAVY, 0.80, 0.01),
    ):
        counted = shares(texts, level)
        assert counted.there > 150 * len(texts)
        assert counted.right >= least_right * counted.there, (level, counted)
        assert counted.wrong <= most_wrong * counted.there, (level, counted)
        assert counted.deleted_laid_on == 0, (level, counted)


def test_corrections_of_invented_interviews_carry_what_they_should() -> None:
    check_shares(invented_texts())


@pytest.mark.skipif(not Path(REAL).is_dir(), reason=WHY_NO_REAL)
def test_corrections_of_real_interviews_carry_what_they_should() -> None:
    assert len(real_texts()) == ENOUGH_TEXTS
    check_shares(real_texts())


# -- long texts -----------------------------------------------------------------------------------


def test_a_text_that_is_cut_first_gives_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    text = invented(1, words=6_000)
    case = Corrected(text, MEDIUM, seed=5)
    passages = spans_of(text, 200, seed=9)
    whole = Alignment(text, case.new)
    expected = [whole.anchor(span) for span in passages]
    monkeypatch.setattr(anchoring, "CUT_TOKENS", 400)
    cut = Alignment(text, case.new)
    same = sum(cut.anchor(span) == one for span, one in zip(passages, expected, strict=True))
    assert same >= 0.98 * len(passages)


def test_a_text_of_one_word_said_again_and_again_is_no_trap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(anchoring, "CUT_TOKENS", 100)
    monkeypatch.setattr(anchoring, "MOST_TOKENS", 1_000)
    monkeypatch.setattr(anchoring, "_MOST_OF_A_GAP", 1_000_000)
    old, new = "ha " * 5_000, "ho " * 2 + "ha " * 4_000 + "ho"
    assert Alignment(old, new).anchor(Span(6_000, 6_002)).outcome not in LAID_ON
