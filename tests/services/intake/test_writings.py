"""Interviews in many writings, from the file to the quotation."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from services.study import BY, bring_in, tick, write
from text.writings import WRITINGS, Writing

from qualcode.model.spans import Span
from qualcode.services import listing
from qualcode.services.describing import set_transcript
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store
from qualcode.text.sentences import sentences

NAMES = [writing.name for writing in WRITINGS]
each_writing = pytest.mark.parametrize("writing", WRITINGS, ids=NAMES)


def composed(text: str) -> str:
    """A text as the project keeps it."""
    return unicodedata.normalize("NFC", text)


def told(store: Store, folder: Path, writing: Writing) -> str:
    """An interview with one answer in this writing comes in; what the store holds of it."""
    write(folder, {"P01.txt": f"I: ?\n\nP01: {writing.answer}\n\nI: ?\n\nP01: OK\n"})
    report = bring_in(store, folder / "P01.txt")
    assert report.rejected == ()
    set_transcript(store, "P01", {"language": writing.language}, by=BY, at=tick())
    return listing.show_transcript(store, "P01").text.text


@each_writing
def test_the_answer_comes_in_whole(store: Store, folder: Path, writing: Writing) -> None:
    assert composed(writing.answer) in told(store, folder, writing)


@each_writing
def test_a_passage_is_tagged_by_its_words_and_quoted(
    store: Store, folder: Path, writing: Writing
) -> None:
    told(store, folder, writing)
    tagged = coding.tag(store, "P01", "trading", Place(quote=writing.quote), by=BY, at=tick())
    found = retrieving.quotes(store, ["trading"], context=3).quotations

    assert tagged.text == composed(writing.quote)
    assert [quotation.text for quotation in found] == [composed(writing.quote)]


@each_writing
def test_a_word_is_found(store: Store, folder: Path, writing: Writing) -> None:
    told(store, folder, writing)
    hits = retrieving.search(store, writing.word).hits

    assert [hit.text for hit in hits] == [composed(writing.word)]


@each_writing
def test_a_search_shows_what_stands_around(store: Store, folder: Path, writing: Writing) -> None:
    told(store, folder, writing)
    (hit,) = retrieving.search(store, writing.word, width=12).hits

    assert hit.left or hit.right


@each_writing
def test_sentences_end_where_they_end_in_this_writing(
    store: Store, folder: Path, writing: Writing
) -> None:
    text = told(store, folder, writing)
    shown = listing.show_transcript(store, "P01")
    turns = [Span(turn.start, turn.end) for turn in shown.text.turns]
    found = sentences(text, language=shown.record.language, units=turns)
    answer = next(turn for turn in shown.text.turns if turn.speaker == "P01")

    assert [
        text[span.start : span.end]
        for span in found.spans
        if answer.start <= span.start < answer.end
    ] == [composed(sentence) for sentence in writing.sentences]


@each_writing
def test_a_quoted_part_is_widened_to_its_sentence(
    store: Store, folder: Path, writing: Writing
) -> None:
    told(store, folder, writing)
    place = Place(quote=writing.quote, sentence=True)
    tagged = coding.tag(store, "P01", "trading", place, by=BY, at=tick())

    assert tagged.text in [composed(sentence) for sentence in writing.sentences]
