"""Words that no row of a page could hold are parted, and nothing of them is lost."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from qualcode.exporters.word.writing.paper import A3_ACROSS, A4_ACROSS
from qualcode.exporters.word.writing.parting import cut_at, parts_of
from qualcode.exporters.word.writing.row_breaks import PAGE_LINES, WHOLE_ROW_LINES, lines_of

PIECE = st.sampled_from(["word", " ", "\n", "e\u0301", "漢", "x" * 40])
WORDS = st.lists(PIECE, max_size=400).map("".join)


@given(WORDS, st.integers(20, 60))
@example("x" * 5_000, 30)
@example("\n" * 200, 30)
def test_parts_add_up_to_the_words_and_each_fits_a_row(words: str, letters: int) -> None:
    parts = list(parts_of(words, letters))
    assert "".join(parts) == words
    if lines_of(words, letters) <= PAGE_LINES:
        assert parts == [words]
    else:
        # A blank at the end of a line takes no room.
        assert all(lines_of(part.rstrip(), letters) <= WHOLE_ROW_LINES for part in parts)
        assert all(parts)


def test_words_are_parted_between_words_and_less_often_on_a_larger_sheet() -> None:
    words = "word " * 600
    assert all(part.endswith("word ") for part in parts_of(words, 30, A4_ACROSS))
    on_a4, on_a3 = (len(list(parts_of(words, 30, sheet))) for sheet in (A4_ACROSS, A3_ACROSS))
    assert on_a4 > on_a3 > 1


def test_a_letter_keeps_its_accents_where_there_is_no_blank() -> None:
    assert cut_at("xxxe\u0301xxx", 4) == 3
    assert cut_at("one two", 5) == 3
