"""Coding one passage: where it lies, that twice is once, and how it is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, CODEBOOK, apply_codebook, bring_in, event_count, tick, write

from qualcode import errors
from qualcode.services import listing, memos
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place, Tagged
from qualcode.store.store import Store

FAIR = """\
I: How did the fair begin?

P07: We all came to the fair. The grant paid for the tent, and Mrs. Holt paid for the tea. It \
was cold.

It rained on the tent.

I: Who pays now?

P07: Nobody pays. The grant paid for the tent, once.
"""
GRANT = "The grant paid for the tent, and Mrs. Holt"


@pytest.fixture
def fair(store: Store, folder: Path) -> Store:
    """A project with one transcript."""
    bring_in(store, write(folder, {"P07.txt": FAIR}))
    return store


def tag(store: Store, place: Place, code: str = "grant-aid", **more: object) -> Tagged:
    return coding.tag(store, "P07", code, place, by=BY, at=tick(), **more)  # type: ignore[arg-type]


def untag(store: Store, place: Place, code: str = "grant-aid", by: str = BY) -> Tagged:
    return coding.untag(store, "P07", code, place, by=by, at=tick())


def words(store: Store, start: int, end: int) -> str:
    return listing.show_transcript(store, "P07").text.text[start:end]


def coded(store: Store) -> list[tuple[str, str, str]]:
    """Code, coder and words of all codings."""
    return [(q.code, q.coder, q.text) for q in retrieving.quotes(store).quotations]


# -- where ----------------------------------------------------------------------------------------


def test_a_span_is_coded_at_its_very_characters(fair: Store) -> None:
    done = tag(fair, Place(span=(26, 45)))

    assert done.text == words(fair, 26, 45) == "e all came to the f"
    assert (done.code, done.transcript) == ("funding/grant-aid", "P07")
    assert (done.locator, done.score, done.exact, done.changed) == ("P07 ¶2", None, True, True)


def test_turns_are_coded_whole_from_the_first_to_the_last(fair: Store) -> None:
    one = tag(fair, Place(turns=(2, 2)))
    more = tag(fair, Place(turns=(2, 4)), "trading")

    assert one.text.startswith("We all came")
    assert one.text.endswith("It rained on the tent.")
    assert more.text.endswith("Nobody pays. The grant paid for the tent, once.")
    assert "Who pays now?" in more.text


def test_quoted_words_are_found_as_they_stand(fair: Store) -> None:
    done = tag(fair, Place(quote=GRANT))

    assert (done.text, done.score, done.exact) == (GRANT, 100, True)


def test_nearly_quoted_words_are_found_with_their_score(fair: Store) -> None:
    done = tag(fair, Place(quote="The grant had paid for the tent and Mrs Holt paid for tea"))

    assert done.text.startswith("The grant paid for the tent, and Mrs. Holt paid for the")
    assert done.score is not None
    assert 85 <= done.score < 100
    assert not done.exact


def test_words_left_out_in_the_middle_are_bridged(fair: Store) -> None:
    done = tag(fair, Place(quote="We all came to the fair … It was cold."))

    assert done.text.startswith("We all came")
    assert done.text.endswith("It was cold.")


def test_words_that_stand_twice_are_refused_with_their_places(fair: Store) -> None:
    with pytest.raises(
        errors.QuoteAmbiguousError, match=r"2 times, at P07 ¶2 \[50:77\], P07 ¶4 \["
    ):
        tag(fair, Place(quote="The grant paid for the tent"))
    assert coded(fair) == []


def test_words_too_unlike_are_refused_with_the_nearest_place_and_what_was_asked(
    fair: Store,
) -> None:
    unlike = "A grand was paid out for all of the tents by Mr Hall"
    with pytest.raises(errors.QuoteNotFoundError, match=r"nearest place is P07 ¶2.*85 are asked"):
        tag(fair, Place(quote=unlike))
    assert tag(fair, Place(quote=unlike, threshold=50)).changed


def test_a_place_is_widened_to_whole_sentences(fair: Store) -> None:
    done = tag(fair, Place(quote="paid for the tent, and Mrs. Holt", sentence=True))

    assert done.text == "The grant paid for the tent, and Mrs. Holt paid for the tea."


@pytest.mark.parametrize(
    ("place", "error"),
    [
        (Place(span=(5, 5)), errors.EmptySpanError),
        (Place(span=(9, 5)), errors.EmptySpanError),
        (Place(span=(-2, 5)), errors.SpanOutsideTextError),
        (Place(span=(0, 9999)), errors.SpanOutsideTextError),
        (Place(turns=(0, 1)), errors.UnknownTurnError),
        (Place(turns=(2, 5)), errors.UnknownTurnError),
        (Place(turns=(3, 2)), errors.EmptySpanError),
        (Place(quote="  "), errors.QuoteNotFoundError),
        (Place(quote="nothing of the kind was ever said"), errors.QuoteNotFoundError),
        (Place(), errors.UsageError),
        (Place(span=(0, 5), turns=(1, 1)), errors.UsageError),
    ],
)
def test_what_is_no_place_is_refused_and_nothing_written(
    fair: Store, place: Place, error: type[Exception]
) -> None:
    events = event_count(fair)
    with pytest.raises(error):
        tag(fair, place)

    assert event_count(fair) == events


@pytest.mark.parametrize("name", ["grant-aid", "funding/grant-aid"])
def test_a_code_is_known_by_id_and_full_name(fair: Store, name: str) -> None:
    assert tag(fair, Place(turns=(2, 2)), name).code == "funding/grant-aid"


def test_an_unknown_code_is_refused_with_the_nearest(fair: Store) -> None:
    with pytest.raises(errors.UnknownCodeError, match="Did you mean 'cohesion/bonding'"):
        tag(fair, Place(turns=(2, 2)), "bondin")


def test_a_retired_code_takes_no_new_codings_but_gives_its_old_ones_back(
    fair: Store, tmp_path: Path
) -> None:
    tag(fair, Place(turns=(2, 2)), "trading")
    without = CODEBOOK.replace("      - id: trading\n        name: Trading\n", "")
    apply_codebook(fair, tmp_path, without, retire=True)

    with pytest.raises(errors.RetiredCodeError):
        tag(fair, Place(turns=(4, 4)), "trading")
    assert untag(fair, Place(turns=(2, 2)), "trading").changed


# -- twice is once --------------------------------------------------------------------------------


def test_the_same_tag_twice_leaves_one_coding_and_one_trace(fair: Store) -> None:
    tag(fair, Place(quote=GRANT), memo="who is Holt?")
    events = event_count(fair)
    again = tag(fair, Place(quote=GRANT), memo="who is Holt?")

    assert not again.changed
    assert event_count(fair) == events
    assert len(coded(fair)) == 1
    assert [m.memo.body for m in memos.list_memos(fair)] == ["who is Holt?"]


def test_doubt_is_part_of_the_coding_and_can_be_changed(fair: Store) -> None:
    assert tag(fair, Place(quote=GRANT), doubt=True).changed
    assert not tag(fair, Place(quote=GRANT), doubt=True).changed
    assert retrieving.quotes(fair).quotations[0].doubt
    assert tag(fair, Place(quote=GRANT)).changed
    assert not retrieving.quotes(fair).quotations[0].doubt


def test_a_coder_is_one_in_whatever_case(fair: Store) -> None:
    tag(fair, Place(quote=GRANT))
    done = coding.tag(fair, "P07", "grant-aid", Place(quote=GRANT), by=" Amina ", at=tick())

    assert not done.changed
    assert coded(fair) == [("funding/grant-aid", BY, GRANT)]


# -- taken back -----------------------------------------------------------------------------------


def test_untag_takes_the_coders_own_coding_off(fair: Store) -> None:
    tag(fair, Place(quote=GRANT))
    coding.tag(fair, "P07", "grant-aid", Place(quote=GRANT), by="tomasz", at=tick())

    assert untag(fair, Place(quote=GRANT)).changed
    assert [coder for _, coder, _ in coded(fair)] == ["tomasz"]


def test_untag_takes_the_one_coding_that_the_place_touches(fair: Store) -> None:
    tag(fair, Place(span=(26, 45)))
    done = untag(fair, Place(turns=(2, 2)))

    assert done.text == words(fair, 26, 45)
    assert coded(fair) == []


def test_untag_prefers_the_coding_of_that_very_span(fair: Store) -> None:
    tag(fair, Place(span=(26, 45)))
    tag(fair, Place(span=(30, 40)))
    untag(fair, Place(span=(30, 40)))

    assert [text for _, _, text in coded(fair)] == [words(fair, 26, 45)]


def test_untag_of_several_or_none_is_refused_with_where_they_lie(fair: Store) -> None:
    tag(fair, Place(span=(26, 45)))
    tag(fair, Place(span=(50, 60)))
    with pytest.raises(errors.NoSuchCodingError, match=r"several codings .* 26:45, 50:60"):
        untag(fair, Place(turns=(2, 2)))
    with pytest.raises(errors.NoSuchCodingError, match=r"no coding .* here; .* 26:45, 50:60"):
        untag(fair, Place(turns=(4, 4)))
    with pytest.raises(errors.NoSuchCodingError, match="tomasz has no coding"):
        untag(fair, Place(span=(26, 45)), by="tomasz")

    assert len(coded(fair)) == 2


def test_touching_is_not_overlapping(fair: Store) -> None:
    tag(fair, Place(span=(26, 45)))
    with pytest.raises(errors.NoSuchCodingError):
        untag(fair, Place(span=(45, 50)))


def test_undo_and_redo_take_the_coders_latest_act(fair: Store) -> None:
    tag(fair, Place(quote=GRANT), memo="a thought")
    coding.tag(fair, "P07", "trading", Place(turns=(4, 4)), by="tomasz", at=tick())
    before = coded(fair)

    undone = coding.undo(fair, by=BY, at=tick())
    assert (undone.verb, undone.changed) == ("tag", 2)
    assert [coder for _, coder, _ in coded(fair)] == ["tomasz"]
    assert memos.list_memos(fair) == ()

    redone = coding.redo(fair, by=BY, at=tick())
    assert (redone.verb, redone.changed) == ("tag", 2)
    assert coded(fair) == before
    with pytest.raises(errors.NothingToUndoError):
        coding.redo(fair, by=BY, at=tick())


def test_nothing_to_undo_is_said(fair: Store) -> None:
    with pytest.raises(errors.NothingToUndoError, match="nothing of tomasz's to undo"):
        coding.undo(fair, by="tomasz", at=tick())


def test_untagging_a_span_twice_takes_no_other_coding_off(fair: Store) -> None:
    for span in ((50, 77), (50, 120)):
        coding.tag(fair, "P07", "grant-aid", Place(span=span), by=BY, at=tick())
    coding.untag(fair, "P07", "grant-aid", Place(span=(50, 77)), by=BY, at=tick())
    with pytest.raises(errors.NoSuchCodingError, match="50:120"):
        coding.untag(fair, "P07", "grant-aid", Place(span=(50, 77)), by=BY, at=tick())
