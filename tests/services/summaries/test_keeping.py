"""A summary while somebody writes it: one act, of what they saw, never over another's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.areas import area, study, tag
from services.study import BY, event_count, take_in, tick
from store.processes import open_folder, said_by_nobody

from qualcode import errors
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.services.summaries import acts as service
from qualcode.services.summaries import keeping
from qualcode.services.summaries.open_summary import OpenSummary, both_of
from qualcode.services.summaries.sheet import read_sheet
from qualcode.services.work import coding
from qualcode.store.engine import Session
from qualcode.store.store import Store, create_store, open_store


@pytest.fixture
def fair(tmp_path: Path) -> Store:
    return study(tmp_path, [*area("Ashmere", "gb g"), *area("Marle", '""')])


def opened(store: Store, coder: str = BY) -> OpenSummary:
    sheet = read_sheet(store)
    return OpenSummary(store, sheet, sheet.cells["P01", "funding"], coder=coder)


def stands(store: Store) -> Summary | None:
    return read_sheet(store).cells["P01", "funding"].summary


def text(store: Store) -> str | None:
    found = stands(store)
    return None if found is None else found.text


def test_however_often_it_was_kept_a_writing_is_one_undo(fair: Store) -> None:
    writing = opened(fair)
    for words in ("One", "One grant", "One grant, once."):
        writing.keep(words, at=tick())
        assert text(fair) == words
    assert keeping.undo(fair, by=BY, at=tick()).verb == "write summary"
    assert stands(fair) is None
    keeping.redo(fair, by=BY, at=tick())
    assert text(fair) == "One grant, once."


def test_a_new_writing_is_an_undo_of_its_own(fair: Store) -> None:
    writing = opened(fair)
    writing.keep("One grant.", at=tick())
    writing.begin()
    writing.keep("One grant. And a loan.", at=tick())
    keeping.undo(fair, by=BY, at=tick())
    assert text(fair) == "One grant."


def test_what_stood_there_before_keeps_its_author_and_status_when_it_is_typed_again(
    fair: Store,
) -> None:
    service.write_summary(fair, "P01", "funding", "One grant.", by="ben", at=tick())
    service.set_status(fair, "P01", "funding", SummaryStatus.FINAL, by="ben", at=tick())
    writing = opened(fair)
    writing.keep("One grant. An", at=tick())
    changed = stands(fair)
    assert changed is not None
    assert (changed.author, changed.status) == (BY, SummaryStatus.DRAFT)
    writing.keep("One grant.", at=tick())
    again = stands(fair)
    assert again is not None
    assert (again.author, again.status) == ("ben", SummaryStatus.FINAL)


def test_without_words_there_is_no_summary(fair: Store) -> None:
    writing = opened(fair)
    writing.keep("  ", at=tick())
    before = event_count(fair)
    writing.keep("One.", at=tick())
    assert event_count(fair) == before + 1
    writing.keep("", at=tick())
    assert stands(fair) is None
    writing.keep("Two.", at=tick())
    assert text(fair) == "Two."
    keeping.undo(fair, by=BY, at=tick())
    assert stands(fair) is None


def test_it_rests_on_what_was_seen_not_on_what_came_meanwhile(fair: Store) -> None:
    writing = opened(fair)
    tag(fair, "P01", "trading", "And?")
    writing.keep("One grant.", at=tick())
    cell = read_sheet(fair).cells["P01", "funding"]
    assert cell.is_stale
    assert [one.code for one in cell.change.came] == ["funding/trading"]
    seen = read_sheet(fair)
    keeping.keep_status(fair, cell, SummaryStatus.CHECKED, seen=seen.newest, by=BY, at=tick())
    assert not read_sheet(fair).cells["P01", "funding"].is_stale


def test_nothing_is_kept_over_anothers_words_and_both_stand(fair: Store) -> None:
    mine = opened(fair)
    mine.keep("Mine.", at=tick())
    theirs = opened(fair, coder="ben")
    theirs.keep("Mine. And theirs.", at=tick())
    assert mine.keep("Mine, longer.", at=tick()) == "Mine. And theirs.\n\nMine, longer."
    assert _joined(mine) == "ben"
    assert text(fair) == "Mine. And theirs.\n\nMine, longer."
    mine.keep("All of it.", at=tick())
    assert _joined(mine) is None
    assert text(fair) == "All of it."


def test_where_both_could_not_be_kept_the_next_keeping_meets_the_others_words_again(
    fair: Store,
) -> None:
    mine = opened(fair)
    mine.keep("Mine.", at=tick())
    opened(fair, coder="ben").keep("Theirs.", at=tick())
    with taken_before_a_second_look(fair), pytest.raises(errors.SummaryChangedError):
        mine.keep("Mine, longer.", at=tick())
    assert mine.words == "Mine."
    newest = text(fair)
    assert mine.keep("Mine, longer.", at=tick()) == f"{newest}\n\nMine, longer."
    assert text(fair) == f"{newest}\n\nMine, longer."


def test_where_somebody_keeps_theirs_at_the_same_moment_it_is_tried_again(fair: Store) -> None:
    mine = opened(fair)
    mine.keep("Mine.", at=tick())
    opened(fair, coder="ben").keep("Theirs.", at=tick())
    with taken_before_a_second_look(fair, times=2):
        assert mine.keep("Mine, longer.", at=tick()) == "Again 2.\n\nMine, longer."
    assert text(fair) == "Again 2.\n\nMine, longer."


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ("Begun. And tea.", "Begun. Or cake.", "Begun. And tea. Or cake."),
        ("Begun.\n\nTea.", "Begun.\n\nCake.", "Begun.\n\nTea.\n\nCake."),
        ("Begun. And tea.", "Begun.", "Begun. And tea."),
        ("Begun. Tea.", "Begun.x", "Begun. Tea. x"),
        ("No.", "Nobody came.", "No.\n\nNobody came."),
        ("Nobody came", "No", "Nobody came\n\nNo"),
        ("Tea.\n\nCake.", "Cake.", "Tea.\n\nCake."),
        ("", "Cake.", "Cake."),
        ("Tea.", "", "Tea."),
    ],
)
def test_of_two_who_went_on_nothing_is_lost_and_nothing_stands_twice(
    theirs: str, mine: str, both: str
) -> None:
    assert both_of(theirs, mine, began="Begun.") == both


def test_who_was_in_the_middle_of_a_word_keeps_the_word() -> None:
    assert both_of("The gran Tea.", "The grants", began="The gran") == "The gran Tea. grants"


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abcdef")), max_size=12))
def test_of_two_who_type_in_turns_every_word_stands_once(typed: list[tuple[bool, str]]) -> None:
    shown = {True: "Begun.", False: "Begun."}
    kept = "Begun."
    for number, (who, letter) in enumerate(typed):
        words = f"{shown[who]} {letter}{number}"
        kept = words if shown[who] == kept else both_of(kept, words, began=shown[who])
        shown = {**shown, who: kept}
    assert sorted(kept.split()[1:]) == sorted(f"{it}{at}" for at, (_, it) in enumerate(typed))


@contextmanager
def taken_before_a_second_look(store: Store, times: int = 99) -> Iterator[None]:
    """Somebody who writes again between the look at their words and the keeping of both."""
    reading = store.reading
    again = count(1)

    @contextmanager
    def then_written() -> Iterator[Session]:
        with reading() as session:
            yield session
        number = next(again)
        if number <= times:
            words = f"Again {number}."
            service.write_summary(store, "P01", "funding", words, by="ben", at=tick())

    store.reading = then_written  # type: ignore[method-assign]
    try:
        yield
    finally:
        store.reading = reading  # type: ignore[method-assign]


def test_a_status_is_not_said_of_words_that_nobody_saw(fair: Store) -> None:
    service.write_summary(fair, "P01", "funding", "One grant.", by=BY, at=tick())
    sheet = read_sheet(fair)
    cell = sheet.cells["P01", "funding"]
    service.write_summary(fair, "P01", "funding", "Two grants.", by="ben", at=tick())
    seen = sheet.newest
    with pytest.raises(errors.SummaryChangedError, match="by 'ben'"):
        keeping.keep_status(fair, cell, SummaryStatus.FINAL, seen=seen, by=BY, at=tick())
    with pytest.raises(errors.SummaryChangedError, match="by 'ben'"):
        keeping.take_away(fair, cell, seen=seen, by=BY, at=tick())
    assert text(fair) == "Two grants."


def test_what_others_do_is_followed_unless_somebody_is_typing(fair: Store) -> None:
    mine = opened(fair)
    service.write_summary(fair, "P01", "funding", "Theirs.", by="ben", at=tick())
    sheet = read_sheet(fair)
    cell = sheet.cells["P01", "funding"]
    assert not mine.follow(sheet, cell, writing=True)
    assert mine.words == ""
    assert mine.keep("Mine.", at=tick()) == "Theirs.\n\nMine."
    other = opened(fair, coder="cleo")
    mine.keep("Ours.", at=tick())
    sheet = read_sheet(fair)
    assert other.follow(sheet, sheet.cells["P01", "funding"], writing=False)
    assert other.words == "Ours."


def test_whoever_saw_everything_before_has_seen_all_after_it(fair: Store) -> None:
    sheet = read_sheet(fair)
    cell = sheet.cells["P01", "funding"]

    def kept(words: str, seen: int) -> int | None:
        return keeping.keep_words(
            fair, cell, words, began=None, links=(), seen=seen, by=BY, at=tick()
        ).newest

    newest = kept("One.", sheet.newest)
    assert newest is not None
    assert newest == read_sheet(fair).newest
    tag(fair, "P02", "trading", "And?")
    cell = read_sheet(fair).cells["P01", "funding"]
    assert kept("Two.", newest) is None


def test_links_stand_and_go_with_the_words(fair: Store) -> None:
    writing = opened(fair)
    ground = writing.cell.grounds[0]
    writing.link(ground)
    writing.link(ground)
    writing.keep("One grant [P01 ¶2].", at=tick())
    cell = read_sheet(fair).cells["P01", "funding"]
    assert [link.locator for link in cell.links] == ["P01 ¶2"]
    assert cell.is_linked(ground)
    writing.begin()
    writing.unlink(ground)
    writing.keep("One grant [P01 ¶2].", at=tick())
    assert read_sheet(fair).cells["P01", "funding"].links == ()
    assert text(fair) == "One grant [P01 ¶2]."


def test_a_link_means_its_own_passage_and_one_that_lies_there_once_that_is_gone(
    fair: Store,
) -> None:
    tag(fair, "P01", "trading", "A grant came.")
    writing = opened(fair)
    longer, shorter = writing.cell.grounds
    assert longer.quotation.text == "g1: A grant came."
    writing.link(longer)
    writing.keep("One grant.", at=tick())
    assert [writing.is_linked(one) for one in (longer, shorter)] == [True, False]
    start, end = longer.quotation.start, longer.quotation.end
    place = coding.Place(span=(start, end))
    coding.untag(fair, "P01", "grant-aid", place, by=BY, at=tick())
    cell = read_sheet(fair).cells["P01", "funding"]
    assert [cell.is_linked(one) for one in cell.grounds] == [True]


def test_undo_takes_no_other_act_back(fair: Store) -> None:
    opened(fair).keep("One.", at=tick())
    tag(fair, "P02", "trading", "And?")
    with pytest.raises(errors.NotUndoneHereError):
        keeping.undo(fair, by=BY, at=tick())
    assert text(fair) == "One."
    coding.undo(fair, by=BY, at=tick())
    keeping.undo(fair, by=BY, at=tick())
    assert stands(fair) is None


def test_a_row_that_is_no_case_takes_no_summary(fair: Store) -> None:
    sheet = read_sheet(fair)
    no_case = next(iter(sheet.cells.values())).__class__("not shown", "funding", None)
    with pytest.raises(errors.UnknownCaseError):
        keeping.keep_words(
            fair, no_case, "One.", began=None, links=(), seen=sheet.newest, by=BY, at=tick()
        )


def test_wordings_of_two_copies_are_settled_by_whoever_writes(fair: Store, tmp_path: Path) -> None:
    import shutil

    copied = tmp_path / "copy.qualcode"
    shutil.copy(fair.where, copied)
    with open_store(str(copied)) as copy:
        opened(copy, coder="ben").keep("Theirs.", at=tick())
        opened(fair).keep("Mine.", at=tick())
        take_in(fair, copy)
    cell = read_sheet(fair).cells["P01", "funding"]
    assert [one.text for one in cell.others] == ["Theirs."]
    assert cell.needs_work
    opened(fair).keep("Both of ours.", at=tick())
    after = read_sheet(fair).cells["P01", "funding"]
    assert (after.text, after.others) == ("Both of ours.", ())


def _joined(writing: OpenSummary) -> str | None:
    """Whoever wrote meanwhile, asked anew each time."""
    return writing.joined


REHEARSING = """
from qualcode.model.summary import Summary, SummaryStatus
store = open_store(sys.argv[1], lock_wait_ms=200)
try:
    with store.rehearsing("write summary", by="Bo", at=AT) as act:
        words = Summary("participant", "P1", "x", "One.", SummaryStatus.DRAFT, "Bo", "2024")
        act.ensure([records.summary_record(words)])
        print("open")
except errors.QualcodeError as said:
    print(type(said).__name__)
"""
"""What the look before somebody types comes to, for a user whose Python finds only the store."""


def test_a_project_that_cannot_be_written_says_so_before_anybody_types(fair: Store) -> None:
    before = event_count(fair)
    cell = read_sheet(fair).cells["P01", "funding"]
    keeping.check_writable(fair, cell, by=BY, at=tick())
    assert event_count(fair) == before
    with open_folder() as folder:
        place = folder / "study.qualcode"
        create_store(str(place), name="x", language="en", by=BY, at=tick()).close()
        place.chmod(0o444)
        folder.chmod(0o555)
        assert said_by_nobody(REHEARSING, place).split() == ["StoreReadOnlyError"]
