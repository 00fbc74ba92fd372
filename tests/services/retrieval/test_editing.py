"""What is shown of a quotation may be edited, what was said never is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.fair import new_fair
from services.study import BY, tick

from qualcode import errors
from qualcode.model.consent import Edit
from qualcode.model.matrix import Quotation
from qualcode.model.spans import Span
from qualcode.services import people
from qualcode.services.charts import charting
from qualcode.services.consent.shown_words import combined, shown
from qualcode.services.retrieval import editing, retrieving
from qualcode.services.retrieval.editing import Edited
from qualcode.services.ways_out import exporting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import leaving
from qualcode.store.store import Store


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    with new_fair(tmp_path / "fair") as opened:
        yield opened


def quoted(store: Store, code: str = "grant-aid") -> Quotation:
    return retrieving.quotes(store, [code], coder=BY, context=3).quotations[0]


def edited(store: Store, cut: str = "", **put: str) -> Edited:
    uid = quoted(store).coding
    cuts = [cut] if cut else []
    return editing.edit_quotation(store, uid, cut=cuts, put=list(put.items()), by=BY, at=tick())


def test_words_are_left_out_and_put_right_and_the_offsets_stay(fair: Store) -> None:
    before = quoted(fair)
    done = edited(fair, " for the tent", grant="[council grant]")

    assert (before.text, before.edits) == ("The grant paid for the tent", 0)
    assert done.quotation.text == "The [council grant] paid[…]"
    assert (done.edits, done.changed) == (2, 2)
    after = quoted(fair)
    assert (after.text, after.edits) == (done.quotation.text, 2)
    assert (after.start, after.end, after.locator) == (before.start, before.end, before.locator)


def test_every_quotation_of_the_place_shows_the_edit_and_so_does_a_joined_one(fair: Store) -> None:
    first = quoted(fair)
    wide = Place(span=(first.start + 4, first.end + 4))
    coding.tag(fair, "P01", "grant-aid", wide, by="tomasz", at=tick())
    edited(fair, grant="[money]")

    small = retrieving.quotes(fair, ["small-grants"]).quotations[0]
    assert small.text == "The [money] paid for the tent"
    cells = charting.build_matrix(fair, columns="codes", at=tick()).matrix.cells
    (joined,) = [
        q
        for row in cells
        for cell in row
        for q in cell.quotes
        if "tomasz" in q.coder and "amina" in q.coder
    ]
    assert joined.text == "The [money] paid for the tent, an"
    assert joined.edits == 1


def test_edits_are_undone_by_undo_and_taken_back_by_name(fair: Store) -> None:
    edited(fair, grant="[money]")
    assert edited(fair, grant="[money]").changed == 0
    coding.undo(fair, by=BY, at=tick())
    assert quoted(fair).edits == 0

    edited(fair, grant="[money]")
    back = editing.take_edits_back(fair, quoted(fair).coding, by=BY, at=tick())
    assert (back.quotation.text, back.edits, back.changed) == ("The grant paid for the tent", 0, 1)


@pytest.mark.parametrize("shown", ["money", "[]", "[ ]", "[a]b", "[a\nb]", "[[a]]", ""])
def test_what_stands_for_words_is_in_brackets(fair: Store, shown: str) -> None:
    with pytest.raises(errors.EditNotBracketedError):
        edited(fair, grant=shown)


def test_words_have_to_stand_in_the_quotation_once(fair: Store) -> None:
    for words, times in (("zebra", "do not stand"), ("t", "stand in the quotation 4 times")):
        with pytest.raises(errors.EditedWordsError, match=times) as caught:
            edited(fair, words)
        assert "zebra" not in str(caught.value)


def test_an_edit_does_not_cross_a_change_of_speaker_or_another_edit(fair: Store) -> None:
    coding.tag(fair, "P01", "trading", Place(turns=(2, 4)), by=BY, at=tick())
    whole = quoted(fair, "trading")
    with pytest.raises(errors.EditAcrossSpeakersError):
        editing.edit_quotation(fair, whole.coding, cut=["together.\n\nAnd now?"], by=BY, at=tick())
    edited(fair, grant="[money]")
    with pytest.raises(errors.EditOverlapsError):
        edited(fair, "The grant")
    assert quoted(fair).text == "The [money] paid for the tent"


def test_who_is_withheld_is_not_quoted_to_be_edited(fair: Store) -> None:
    uid = quoted(fair).coding
    people.set_participant(fair, "P01", {"attribution": "withheld"}, by=BY, at=tick())
    with pytest.raises(errors.WithheldError):
        editing.edit_quotation(fair, uid, cut=["grant"], by=BY, at=tick())


def test_a_name_in_an_edit_does_not_leave(fair: Store) -> None:
    edited(fair, grant="[Ama Boateng's grant]")
    assert quoted(fair).text == "The [[P01]'s grant] paid for the tent"


def test_exports_are_recorded_and_no_undo_takes_one_back(fair: Store, tmp_path: Path) -> None:
    edited(fair, grant="[money]")
    report = charting.build_matrix(fair, at=tick())
    exporting.save_matrix(fair, report, tmp_path / "m.csv", by=BY, at=tick())
    coding.undo(fair, by=BY, at=tick())

    assert quoted(fair).edits == 0
    with fair.reading() as session:
        (export,) = leaving.exports(session)
    assert (export.file, export.format, export.by) == ("m.csv", "csv", BY)
    assert set(export.shown) == {"P01", "P03"}
    assert "name" in export.shown["P03"]
    assert export.shown["P01"] >= {"role", "month"}
    assert "organisation" not in export.shown["P01"]


# -- what holds always -----------------------------------------------------------------------------

TEXT = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def rows_of_edits(draw: st.DrawFn) -> list[Edit]:
    """Edits in order, none overlapping."""
    cuts = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=12)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [Edit(Span(a, b), f"[{n}]") for n, (a, b) in enumerate(pairs)]


@given(rows_of_edits(), st.integers(0, 26), st.integers(0, 26))
def test_outside_its_edits_a_stretch_is_what_was_said(
    edits: list[Edit], start: int, end: int
) -> None:
    words, count = shown(TEXT, start, end, edits)
    inside = [e for e in edits if e.span.start < end and start < e.span.end and start < end]

    assert count == len(inside)
    hidden = {at for e in inside for at in range(e.span.start, e.span.end)}
    kept = "".join(TEXT[at] for at in range(start, end) if at not in hidden)
    for edit in inside:
        assert words.count(edit.shown) == 1
        words = words.replace(edit.shown, "")
    assert words == kept


@given(rows_of_edits(), rows_of_edits())
def test_recorded_edits_and_masks_hide_all_that_either_hides(
    recorded: list[Edit], masks: list[Edit]
) -> None:
    masks = [Edit(mask.span, "[P]") for mask in masks]
    both = combined(recorded, masks, TEXT)

    assert [e for e in both if e.shown != "[P]"] == recorded
    assert all(a.span.end <= b.span.start for a, b in pairwise(both))
    for edits in (recorded, masks):
        hidden = {at for e in edits for at in range(e.span.start, e.span.end)}
        assert hidden <= {at for e in both for at in range(e.span.start, e.span.end)}
