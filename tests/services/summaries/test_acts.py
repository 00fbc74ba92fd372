"""What a command or a script does to a summary: nothing hidden, and no words over another's."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from services.areas import area, study, tag
from services.study import BY, CODEBOOK, apply_codebook, contents, take_in, tick, write
from services.summaries.one_cell import put, said, shown

from qualcode import errors
from qualcode.model.summary import SummaryStatus
from qualcode.services import people
from qualcode.services.retrieval import retrieving
from qualcode.services.summaries import acts as service
from qualcode.services.summaries import from_table, in_editor
from qualcode.services.summaries.shown_summary import ShownSummary
from qualcode.services.summaries.to_do import cells_to_do
from qualcode.store import summaries as stored
from qualcode.store.store import Store

CHECKED, FINAL = SummaryStatus.CHECKED, SummaryStatus.FINAL
NAME = "Quetzalline Ostrander"


@pytest.fixture
def fair(tmp_path: Path) -> Store:
    """Three people: P01 and P02 of Ashmere, P03 of Marle, who may not be named."""
    people_ = [*area("Ashmere", "gb g"), *area("Marle", '""', attribution="role")]
    store = study(tmp_path / "project", people_)
    people.set_participant(store, "P03", {"name": NAME}, by=BY, at=tick())
    return store


def table(folder: Path, *rows: str) -> Path:
    text = "\n".join(["case,theme,text,status", *rows, ""])
    return write(folder, {"s.csv": text}) / "s.csv"


def place(store: Store) -> str:
    quote = retrieving.quotes(store, ["grant-aid"]).quotations[0]
    return f"{quote.transcript}:{quote.start}:{quote.end}"


def put_by(store: Store, coder: str, words: str) -> ShownSummary:
    return service.write_summary(store, "P01", "funding", words, by=coder, at=tick())


def words_stored(store: Store) -> list[str]:
    with store.reading() as session:
        return [one.text for one in stored.summaries(session)]


# -- what may be shown -----------------------------------------------------------------------------


def test_no_name_is_anywhere_in_what_is_handed_out(fair: Store) -> None:
    first = put_by(fair, NAME, f"As {NAME} told us.")
    put(fair, f"{NAME} pays.", by=BY)
    given = [
        first,
        shown(fair),
        *service.list_summaries(fair).summaries,
        service.set_status(fair, "P01", "funding", FINAL, by=NAME, at=tick()),
        service.write_summary(fair, "P01", "funding", f"Not {NAME}.", by=NAME, at=tick()),
        service.remove_summary(fair, "P01", "funding", by=BY, at=tick()),
    ]
    assert len(given) == 6
    for one in given:
        assert "[P03]" in one.text
        assert "ostrander" not in str(asdict(one)).lower()
    assert first.author == "a new coder"
    assert given[3].changed_by == given[4].author == "coder 2"


def test_what_would_give_a_name_away_is_not_done(fair: Store, tmp_path: Path) -> None:
    theme = "  - id: ostrander\n    name: Ostrander\n"
    apply_codebook(fair, tmp_path / "project", f"{CODEBOOK}{theme}")
    before = contents(fair)
    with pytest.raises(errors.LeakError):
        service.write_summary(fair, "P01", "ostrander", "Two.", by=BY, at=tick())
    assert contents(fair) == before


def test_what_may_not_be_shown_is_neither_written_over_nor_taken_away(
    fair: Store, tmp_path: Path
) -> None:
    service.write_summary(
        fair, "Ashmere", "funding", "Of P01.", rows="place", links=[place(fair)], by=BY, at=tick()
    )
    people.set_participant(fair, "P01", {"attribution": "withheld"}, by=BY, at=tick())
    assert service.list_summaries(fair).hidden == 1
    cell = (fair, "Ashmere", "funding")
    rows = table(tmp_path, "Ashmere,funding,Other.,")
    for act in (
        lambda: service.show_summary(*cell, rows="place"),
        lambda: service.write_summary(*cell, "Other.", rows="place", by=BY, at=tick()),
        lambda: service.set_status(*cell, FINAL, rows="place", by=BY, at=tick()),
        lambda: service.remove_summary(*cell, rows="place", by=BY, at=tick()),
        lambda: in_editor.begin(*cell, rows="place"),
    ):
        with pytest.raises(errors.WithheldError):
            act()
    with pytest.raises(errors.SeveralErrors) as raised:
        from_table.write_from(fair, rows, rows="place", by=BY, at=tick())
    assert isinstance(raised.value.errors[0], errors.WithheldError)
    assert words_stored(fair) == ["Of P01."]


# -- words that were kept as they were -------------------------------------------------------------


def test_a_table_taken_in_twice_changes_nothing_whatever_came_between(
    fair: Store, tmp_path: Path
) -> None:
    rows = table(tmp_path, "P01,funding,One grant.,final")
    assert from_table.write_from(fair, rows, by=BY, at=tick()) == (1, 0)
    tag(fair, "P01", "trading", "And?")
    assert shown(fair).is_stale
    assert from_table.write_from(fair, rows, by=BY, at=tick()) == (0, 1)
    assert shown(fair).is_stale


def test_the_same_words_hold_anew_only_where_somebody_says_that_they_are_further(
    fair: Store,
) -> None:
    put(fair, "One grant.")
    tag(fair, "P01", "trading", "And?")
    put(fair, "One grant.")
    assert shown(fair).is_stale
    service.write_summary(fair, "P01", "funding", "One grant.", status=CHECKED, by=BY, at=tick())
    assert not shown(fair).is_stale


def test_a_table_settles_nothing_that_its_writer_had_not_seen(
    copies: tuple[Store, Store], tmp_path: Path
) -> None:
    one, two = copies
    put(one, "For a tent.", by="cleo")
    put(two, "A grant, once.", by="ben")
    take_in(one, two)
    for words in ("A grant, once.", "Another."):
        from_table.write_from(one, table(tmp_path, f'P01,funding,"{words}",'), by=BY, at=tick())
        assert said(one) == (words, [("cleo", "For a tent.")])


# -- links -----------------------------------------------------------------------------------------


def test_a_link_is_taken_off_and_the_words_stay(fair: Store) -> None:
    def links() -> list[str]:
        return [link.segment.uid for link in shown(fair).links]

    service.write_summary(fair, "P01", "funding", "One.", links=[place(fair)], by=BY, at=tick())
    by_place = links()
    for way in ("P01:2", "P01 ¶2"):
        service.write_summary(fair, "P01", "funding", None, links=[way], by=BY, at=tick())
        assert links() == by_place != []
    with pytest.raises(errors.NotAQuotationError):
        service.write_summary(fair, "P01", "funding", None, links=["x"], by=BY, at=tick())
    unlinked = [place(fair)]
    service.write_summary(fair, "P01", "funding", None, unlinked=unlinked, by="ben", at=tick())
    assert (links(), shown(fair).text, shown(fair).author) == ([], "One.", BY)
    with pytest.raises(errors.UsageError, match=r"not linked to P01:\d+:\d+\."):
        service.write_summary(fair, "P01", "funding", None, unlinked=unlinked, by=BY, at=tick())
    with pytest.raises(errors.NoSummaryError):
        service.write_summary(fair, "P02", "funding", None, unlinked=unlinked, by=BY, at=tick())


# -- the editor ------------------------------------------------------------------------------------


def test_what_came_while_the_editor_was_open_stands_beside_what_was_typed(fair: Store) -> None:
    put(fair, "First.")
    begun = in_editor.begin(fair, "P01", "funding")
    assert begun.words == "First."
    put(fair, "Hours of work.", by="maya")
    after, joined = in_editor.finish(
        fair, begun, "P01", "funding", "First. More.", by=BY, at=tick()
    )
    assert joined
    assert after.text == shown(fair).text == "Hours of work.\n\nFirst. More."


def test_words_from_the_editor_that_met_nobody_stand_alone(fair: Store) -> None:
    begun = in_editor.begin(fair, "P01", "funding")
    assert begun.words == ""
    after, joined = in_editor.finish(fair, begun, "P01", "funding", "Mine.", by=BY, at=tick())
    assert (after.text, joined) == ("Mine.", False)


# -- what is to be done ----------------------------------------------------------------------------


def test_the_cells_that_wait_are_listed_until_words_stand_there(fair: Store) -> None:
    def waiting() -> list[tuple[str, str, int, str | None, bool]]:
        return [
            (one.case, one.theme, one.passages, one.status, one.is_stale)
            for one in cells_to_do(fair)
        ]

    assert waiting() == [
        ("P01", "funding", 1, None, False),
        ("P01", "cohesion", 1, None, False),
        ("P02", "funding", 1, None, False),
    ]
    put(fair, "One.")
    assert ("P01", "funding") not in [one[:2] for one in waiting()]
    tag(fair, "P01", "trading", "And?")
    assert ("P01", "funding", 2, "draft", True) in waiting()
    assert [one.case for one in cells_to_do(fair, rows="place")] == ["Ashmere", "Ashmere"]
    assert [one.case for one in cells_to_do(fair, case="p02")] == ["P02"]
    assert {one.theme for one in cells_to_do(fair, theme="funding")} == {
        "funding",
        "funding/grant-aid",
        "funding/trading",
    }
