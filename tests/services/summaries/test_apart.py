"""Two copies of a project in which the summary of one cell was written apart: nothing is lost."""

from __future__ import annotations

import pytest
from services.study import BY, take_in, tick
from services.summaries.one_cell import put, said

from qualcode.model.summary import SummaryStatus
from qualcode.services.charts import charting
from qualcode.services.summaries import acts as service
from qualcode.services.work import coding
from qualcode.store import engine
from qualcode.store import summaries as stored
from qualcode.store.sayings import BrokenRowError
from qualcode.store.store import Store


def test_both_wordings_are_kept_and_said_whichever_copy_takes_the_other_in(
    copies: tuple[Store, Store],
) -> None:
    one, two = copies
    put(one, "One grant, for a tent.", by="cleo")
    put(two, "A grant, once.", by="ben")
    for store, other in ((one, two), (two, one)):
        take_in(store, other)
        assert said(store) == ("A grant, once.", [("cleo", "One grant, for a tent.")])
        report = charting.build_matrix(store, cells="both", at=tick())
        assert (
            report.matrix.cells[0][0].summary == "A grant, once. (draft, one of several wordings)"
        )
        assert report.warnings == (
            "the summary of P01 on funding stands in 2 wordings, by ben, cleo",
        )


def test_whoever_writes_next_settles_it_and_undo_unsettles_it(copies: tuple[Store, Store]) -> None:
    one, two = copies
    put(one, "One grant, for a tent.", by="cleo")
    put(two, "A grant, once.", by="ben")
    take_in(one, two)
    for words in ("A grant, once.", "One grant, once, for a tent."):
        put(one, words)
        assert said(one) == (words, [])
        coding.undo(one, by=BY, at=tick())
        assert said(one) == ("A grant, once.", [("cleo", "One grant, for a tent.")])

    put(one, "One grant, once, for a tent.")
    put(one, "One grant.", by="ben")
    take_in(two, one)
    assert said(two) == ("One grant.", [])


def test_what_was_written_on_after_the_settling_stands_beside_again(
    copies: tuple[Store, Store],
) -> None:
    one, two = copies
    put(one, "For a tent.", by="cleo")
    put(two, "A grant, once.", by="ben")
    take_in(one, two)
    put(two, "A grant, twice.", by="ben")
    put(one, "Once, for a tent.")
    take_in(one, two)
    assert said(one) == ("Once, for a tent.", [("ben", "A grant, twice.")])


def test_who_only_checked_the_older_words_wrote_nothing(copies: tuple[Store, Store]) -> None:
    one, two = copies
    service.set_status(one, "P01", "funding", SummaryStatus.CHECKED, by="cleo", at=tick())
    put(two, "A grant, once.", by="ben")
    take_in(one, two)
    assert said(one) == ("A grant, once.", [])


def test_words_that_were_checked_elsewhere_later_do_not_hide_newer_ones(
    copies: tuple[Store, Store],
) -> None:
    one, two = copies
    put(two, "A grant, once.", by="ben")
    service.set_status(one, "P01", "funding", SummaryStatus.CHECKED, by="cleo", at=tick())
    take_in(one, two)
    assert said(one) == ("One grant.", [("ben", "A grant, once.")])


def test_the_same_words_are_one(copies: tuple[Store, Store]) -> None:
    for store, by in zip(copies, ("cleo", "ben"), strict=True):
        put(store, "A grant, once.", by=by)
    take_in(*copies)
    assert said(copies[0]) == ("A grant, once.", [])


def test_one_that_is_taken_away_leaves_no_other_behind(copies: tuple[Store, Store]) -> None:
    one, two = copies
    put(one, "For a tent.", by="cleo")
    put(two, "A grant, once.", by="ben")
    take_in(one, two)
    service.remove_summary(one, "P01", "funding", by=BY, at=tick())
    assert service.list_summaries(one).summaries == ()
    coding.undo(one, by=BY, at=tick())
    assert said(one)[0] == "A grant, once."


def test_what_was_written_apart_elsewhere_is_not_gone_through_for_one_cell(
    copies: tuple[Store, Store],
) -> None:
    one, two = copies
    put(one, "For a tent.", by="cleo")
    put(two, "A grant, once.", by="ben")
    take_in(one, two)
    service.write_summary(one, "P02", "funding", "Two.", by=BY, at=tick())
    with engine.writing(one.engine, where=one.where) as session:
        # Whoever reads all that was ever said stumbles over it.
        broken = "UPDATE event SET body = '{' WHERE kind = 'summary' AND key LIKE '%P01%'"
        session.run(broken)
    with one.reading() as session:
        with pytest.raises(BrokenRowError):
            stored.summaries(session)
        found = stored.summary(session, "participant", "P02", "funding")
    assert found is not None
    assert found.text == "Two."
