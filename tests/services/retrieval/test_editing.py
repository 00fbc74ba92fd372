"""What is shown of a quotation may be edited, what was said never is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from services.fair import new_fair
from services.study import BY, take_in, tick

from qualcode import errors
from qualcode.model.matrix import Quotation
from qualcode.model.spans import Span
from qualcode.services import keeping, people
from qualcode.services.charts import charting
from qualcode.services.correction import revising
from qualcode.services.correction.hanging import Hanging
from qualcode.services.places import PlacedText
from qualcode.services.retrieval import editing, retrieving
from qualcode.services.retrieval.editing import Edited
from qualcode.services.ways_out import departing, exporting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import leaving, queries
from qualcode.store.store import Store, open_store


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
    assert done.text == "The [council grant] paid[…]"
    assert (done.edits, done.changed) == (2, 2)
    after = quoted(fair)
    assert (after.text, after.edits) == (done.text, 2)
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
    assert (back.text, back.edits, back.changed) == ("The grant paid for the tent", 0, 1)


@pytest.mark.parametrize("shown", ["money", "[]", "[ ]", "[a]b", "[a\nb]", "[[a]]", ""])
def test_what_stands_for_words_is_in_brackets(fair: Store, shown: str) -> None:
    with pytest.raises(errors.EditNotBracketedError):
        edited(fair, grant=shown)


def test_words_have_to_stand_in_the_quotation_once(fair: Store) -> None:
    for words, times in (("zebra", "do not stand"), ("t", "stand in the quotation 4 times")):
        with pytest.raises(errors.EditedWordsError, match=times) as caught:
            edited(fair, words)
        assert "zebra" not in str(caught.value)


def test_a_cut_takes_whole_words_and_a_word_is_meant_before_the_end_of_another(
    fair: Store,
) -> None:
    for words in ("ant paid", "grant pa", "he gran", "ten"):
        with pytest.raises(errors.CutInsideWordError):
            edited(fair, words)
    assert quoted(fair).edits == 0
    wide = Place(span=(quoted(fair).start + 2, quoted(fair).end))
    cut_by_its_code = coding.tag(fair, "P01", "trading", wide, by=BY, at=tick()).coding.uid
    done = editing.edit_quotation(fair, cut_by_its_code, cut=["e grant"], by=BY, at=tick())
    assert done.text == "[…] paid for the tent"
    editing.take_edits_back(fair, cut_by_its_code, by=BY, at=tick())
    council = retrieving.quotes(fair, ["grant-aid"], where=["place=Wenbury"]).quotations[0]
    done = editing.edit_quotation(fair, council.coding, cut=["a"], by=BY, at=tick())
    assert done.text == "The council gives […] grant every spring."


def test_no_cut_leaves_a_quotation_without_a_word(fair: Store) -> None:
    with pytest.raises(errors.NothingLeftError):
        edited(fair, "The grant paid for the tent")
    edited(fair, "The grant")
    with pytest.raises(errors.NothingLeftError):
        edited(fair, "paid for the tent")
    assert edited(fair, "paid for").text == "[…] […] the tent"


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
    assert edited(fair, grant="[Ama Boateng's grant]").masked == 1
    again = edited(fair, grant="[Ama Boateng's grant]")
    assert (again.changed, again.masked) == (0, 0)
    assert quoted(fair).text == "The [P01's grant] paid for the tent"
    assert edited(fair, tent="[Ama Boateng]").text == "The [P01's grant] paid for the [P01]"
    assert edited(fair, paid="[went]").masked == 0


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


# -- on a corrected transcript ---------------------------------------------------------------------


def correct(store: Store, *changes: tuple[str, str]) -> None:
    """P01 corrected: other words in the place of some."""
    assert store.path is not None
    file = store.path.parent / "files" / "P01.txt"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    revising.revise(store, "P01", file, yes=True, by=BY, at=tick())


def export(store: Store, file: Path) -> tuple[str, ...]:
    report = charting.build_matrix(store, at=tick())
    return exporting.save_matrix(store, report, file, by=BY, at=tick()).warnings


def test_an_edit_goes_with_its_words_and_comes_back_by_undo(fair: Store, tmp_path: Path) -> None:
    edited(fair, " for the tent", grant="[council grant]")
    before = quoted(fair)
    correct(fair, ("and it leaked", "and it leaked a lot"))
    after = quoted(fair)
    assert after.version != before.version
    assert (after.text, after.edits) == ("The [council grant] paid[…]", 2)
    assert departing.EDITS_LEFT not in export(fair, tmp_path / "m.csv")
    coding.undo(fair, by=BY, at=tick())
    assert (quoted(fair).version, quoted(fair).text) == (before.version, after.text)


def test_an_edit_of_words_that_are_gone_stays_behind_and_is_said(
    fair: Store, tmp_path: Path
) -> None:
    edited(fair, grant="[money]")
    correct(fair, ("The grant paid for the tent", "Nobody ever knew how it was paid for"))
    assert departing.EDITS_LEFT in export(fair, tmp_path / "m.csv")


def test_no_edit_is_laid_across_speakers_or_on_one_that_stands_there(fair: Store) -> None:
    edited(fair, " for the tent", paid="[gave]")
    with fair.reading() as session:
        ref = next(one for one in queries.current_versions(session) if one.name == "P01")
        stored = queries.texts(session, [ref.version])[ref.version]
        new = PlacedText(ref.name, replace(stored, version="new"))
        hanging = Hanging(session, [ref.version])

        def moved(to: Span) -> int:
            return len(list(hanging.moved(ref.version, new, lambda _: to, transcript="p01")))

        first, second = stored.turns[1], stored.turns[2]
        # Both would come to lie on one place: one of them does.
        assert moved(Span(first.start, first.start + 3)) == 2
        assert moved(Span(first.end - 3, second.start + 3)) == 0


def test_of_two_edits_of_one_place_made_apart_nothing_that_was_cut_is_shown(
    fair: Store, tmp_path: Path
) -> None:
    keeping.back_up(fair, tmp_path / "copy.qualcode", at=tick())
    edited(fair, **{"The grant paid": "[It paid]"})
    assert departing.EDITS_MEET not in export(fair, tmp_path / "m.csv")
    with open_store(str(tmp_path / "copy.qualcode")) as copy:
        edited(copy, "grant paid for the tent")
        take_in(fair, copy)
    assert (quoted(fair).text, quoted(fair).edits) == ("[It paid] […]", 2)
    assert departing.EDITS_MEET in export(fair, tmp_path / "m2.csv")
    back = editing.take_edits_back(fair, quoted(fair).coding, by=BY, at=tick())
    assert (back.text, back.changed) == ("The grant paid for the tent", 2)
