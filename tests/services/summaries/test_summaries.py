"""Summaries of cases: one to a case and theme, stale when what lies beneath them changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.areas import area, study, tag
from services.study import BY, contents, tick, write

from qualcode import errors
from qualcode.model.consent import Audience
from qualcode.model.matrix import MatrixReport
from qualcode.model.summary import SummaryStatus
from qualcode.services import describing, listing, people
from qualcode.services.charts import charting
from qualcode.services.retrieval import retrieving
from qualcode.services.summaries import acts as service
from qualcode.services.summaries import from_table
from qualcode.services.summaries.beneath import Missing
from qualcode.services.summaries.shown_summary import ShownSummary
from qualcode.services.work import coding
from qualcode.store.store import Store

CHECKED, FINAL = SummaryStatus.CHECKED, SummaryStatus.FINAL


@pytest.fixture
def fair(tmp_path: Path) -> Store:
    """Three people: P01 and P02 of Ashmere, P03 of Marle, of whom nobody has coded anything."""
    return study(tmp_path, [*area("Ashmere", "gb g"), *area("Marle", '""')])


def put(store: Store, text: str, case: str = "P01", by: str = BY, **more: object) -> ShownSummary:
    return service.write_summary(
        store,
        case,
        "funding",
        text,
        by=by,
        at=tick(),
        **more,  # type: ignore[arg-type]
    )


def shown(store: Store, case: str = "P01") -> ShownSummary:
    return service.show_summary(store, case, "funding")


def chart(store: Store, cells: str = "both", **options: object) -> MatrixReport:
    return charting.build_matrix(store, cells=cells, at=tick(), **options)  # type: ignore[arg-type]


def cells(
    report: MatrixReport, column: str = "funding"
) -> dict[str, tuple[str | None, str | None]]:
    """Summary and reason of each case in one column."""
    at = [one.key for one in report.matrix.columns].index(column)
    rows = zip(report.matrix.rows, report.matrix.cells, strict=True)
    return {row.key: (those[at].summary, those[at].empty_reason) for row, those in rows}


def untag(store: Store, transcript: str) -> None:
    for quote in retrieving.quotes(store, ["grant-aid"]).quotations:
        if quote.transcript == transcript:
            place = coding.Place(span=(quote.start, quote.end))
            coding.untag(store, transcript, "grant-aid", place, by=BY, at=tick())


def passage(store: Store, transcript: str) -> str:
    quotes = retrieving.quotes(store, ["grant-aid"]).quotations
    one = next(quote for quote in quotes if quote.transcript == transcript)
    return f"{transcript}:{one.start}:{one.end}"


# -- writing ---------------------------------------------------------------------------------------


def test_new_words_are_a_draft_of_whoever_wrote_them(fair: Store) -> None:
    put(fair, "  One grant, once.\n")
    found = shown(fair)
    assert (found.text, found.status, found.author) == ("One grant, once.", "draft", BY)
    assert (found.case_kind, found.case, found.theme) == ("participant", "P01", "funding")


def test_writing_it_twice_leaves_one_trace(fair: Store) -> None:
    put(fair, "One grant.")
    before = contents(fair)
    put(fair, "One grant.")
    assert contents(fair) == before


def test_whoever_checks_it_is_said_and_its_author_stays(fair: Store) -> None:
    put(fair, "One grant.")
    service.set_status(fair, "P01", "funding", CHECKED, by="ben", at=tick())
    found = shown(fair)
    assert (found.status, found.author, found.changed_by) == (CHECKED, BY, "ben")
    put(fair, "Two grants.", by="cleo")
    found = shown(fair)
    assert (found.status, found.author) == ("draft", "cleo")


def test_each_act_is_undone_by_itself(fair: Store) -> None:
    put(fair, "One grant.")
    service.set_status(fair, "P01", "funding", FINAL, by=BY, at=tick())
    service.remove_summary(fair, "P01", "funding", by=BY, at=tick())
    with pytest.raises(errors.NoSummaryError):
        shown(fair)
    coding.undo(fair, by=BY, at=tick())
    assert shown(fair).status is FINAL
    coding.undo(fair, by=BY, at=tick())
    assert shown(fair).status is SummaryStatus.DRAFT


def test_what_names_no_case_or_holds_no_words_is_refused(fair: Store) -> None:
    with pytest.raises(errors.UnknownCaseError, match="P1"):
        put(fair, "One.", case="P1x")
    with pytest.raises(errors.UsageError, match="words"):
        put(fair, " ")
    with pytest.raises(errors.UnknownCodeError):
        service.write_summary(fair, "P01", "nothing-such", "One.", by=BY, at=tick())


def test_a_place_has_a_summary_of_its_own_and_so_has_an_interview(fair: Store) -> None:
    put(fair, "The place.", case="Ashmere", rows="place")
    put(fair, "The interview.", rows="transcript")
    put(fair, "The person.")
    assert cells(chart(fair, rows="place"))["Ashmere"][0] == "The place. (draft)"
    assert cells(chart(fair, rows="transcript"))["P01"][0] == "The interview. (draft)"
    assert cells(chart(fair))["P01"][0] == "The person. (draft)"


# -- what it rests on ------------------------------------------------------------------------------


def test_it_is_stale_while_what_lies_beneath_it_is_not_what_it_was(fair: Store) -> None:
    put(fair, "One grant.", status=FINAL)
    assert not shown(fair).is_stale
    tag(fair, "P01", "trading", "We held together.")
    now = shown(fair)
    assert [quote.text for quote in now.change.came] == ["We held together."]
    assert now.change.went == 0
    assert cells(chart(fair))["P01"][0] == "One grant. (stale)"
    service.set_status(fair, "P01", "funding", FINAL, by="ben", at=tick())
    assert cells(chart(fair))["P01"][0] == "One grant."
    untag(fair, "P01")
    assert shown(fair).change.went == 1


def test_another_theme_and_a_second_coder_who_agrees_make_nothing_stale(fair: Store) -> None:
    put(fair, "One grant.")
    tag(fair, "P01", "bridging", "A grant came.")
    _, start, end = passage(fair, "P01").split(":")
    place = coding.Place(span=(int(start), int(end)))
    coding.tag(fair, "P01", "grant-aid", place, by="ben", at=tick())
    assert not shown(fair).is_stale


def test_a_filter_does_not_make_it_stale(fair: Store) -> None:
    put(fair, "The place.", case="Ashmere", rows="place", status=FINAL)
    report = chart(fair, rows="place", where=["participant=P01"])
    assert cells(report) == {"Ashmere": ("The place.", None)}


def test_a_link_is_to_something_in_the_cell_and_its_loss_is_warned_of(fair: Store) -> None:
    put(fair, "One grant.", links=[passage(fair, "P01")])
    assert [link.missing for link in shown(fair).links] == [None]
    assert chart(fair).warnings == ()
    with pytest.raises(errors.LinkElsewhereError, match=r"^P02:\d+:\d+: nothing of this case"):
        put(fair, "One grant.", links=[passage(fair, "P02")])
    untag(fair, "P01")
    assert [link.missing for link in shown(fair).links] == [Missing.UNTAGGED]
    assert chart(fair).warnings == (
        "the summary of P01 on funding is linked to 1 passage no longer there (no longer coded)",
    )


def test_the_id_of_a_coding_is_a_link_too(fair: Store) -> None:
    one = next(
        q for q in retrieving.quotes(fair, ["grant-aid"]).quotations if q.transcript == "P01"
    )
    put(fair, "One grant.", links=[one.coding])
    assert [link.segment.start for link in shown(fair).links] == [one.start]


# -- where it stands -------------------------------------------------------------------------------


def test_a_publication_holds_final_ones_alone(fair: Store) -> None:
    put(fair, "A draft.")
    put(fair, "Done.", case="P02", status=FINAL)
    tag(fair, "P02", "trading", "And?")
    report = chart(fair, audience=Audience.PUBLICATION)
    assert {row: said for row, (said, _) in cells(report).items() if said} == {"P02": "Done."}
    left_out, stale = report.warnings
    assert left_out.startswith("1 draft summary is left out, for a publication holds only final")
    assert "changed since" in stale
    other = chart(fair, columns="cohesion", audience=Audience.PUBLICATION)
    assert not any("left out" in said for said in other.warnings)


def test_cells_hold_what_was_asked_for(fair: Store) -> None:
    put(fair, "One grant.")
    for wanted, quotes, summary in (
        ("quotes", 1, None),
        ("both", 1, "One grant. (draft)"),
        ("summary", 0, "One grant. (draft)"),
        ("counts", 0, None),
    ):
        cell = chart(fair, cells=wanted).matrix.cells[0][0]
        assert (len(cell.quotes), cell.summary, cell.count) == (quotes, summary, 1)


def test_a_direction_left_open_does_not_turn_round_how_far_a_summary_is(fair: Store) -> None:
    put(fair, "From the right \u202e: left")
    assert cells(chart(fair))["P01"][0] == "From the right \u202e: left\u202c (draft)"


def test_a_theme_with_a_summary_is_a_column_of_its_section(fair: Store) -> None:
    keys = [column.key for column in chart(fair).sections[0].matrix.columns]
    assert "funding" not in keys
    put(fair, "One grant.")
    section = chart(fair).sections[0]
    assert section.matrix.columns[0].key == "funding"
    assert section.matrix.cells[0][0].summary == "One grant. (draft)"


def test_nothing_of_who_is_withheld_is_shown_or_written(fair: Store) -> None:
    put(fair, "One grant.")
    put(fair, "The place.", case="Ashmere", rows="place", links=[passage(fair, "P01")])
    assert len(service.list_summaries(fair).summaries) == 2
    people.set_participant(fair, "P01", {"attribution": "withheld"}, by=BY, at=tick())
    listed = service.list_summaries(fair)
    assert (listed.summaries, listed.hidden) == ((), 2)
    assert cells(chart(fair, rows="place"))["Ashmere"][0] is None
    with pytest.raises(errors.WithheldError):
        put(fair, "More.")


# -- many at once ----------------------------------------------------------------------------------


def test_a_table_is_one_act(fair: Store, tmp_path: Path) -> None:
    rows = "case,theme,text,status\nP01,funding,One.,final\nP02,grant-aid,Two.,\n"
    table = write(tmp_path, {"s.csv": rows}) / "s.csv"
    assert from_table.write_from(fair, table, dry_run=True, by=BY, at=tick()) == (2, 0)
    assert service.list_summaries(fair).summaries == ()
    assert from_table.write_from(fair, table, by=BY, at=tick()) == (2, 0)
    assert from_table.write_from(fair, table, by=BY, at=tick()) == (0, 2)
    assert [(one.case, one.theme) for one in service.list_summaries(fair).summaries] == [
        ("P01", "funding"),
        ("P02", "funding/grant-aid"),
    ]
    coding.undo(fair, by=BY, at=tick())
    assert service.list_summaries(fair).summaries == ()


def test_all_that_is_wrong_with_a_table_is_said_at_once(fair: Store, tmp_path: Path) -> None:
    rows = (
        "case,theme,text,status\nP09,funding,One.,\nP01,fundin,Two.,\nP02,funding,Three.,done\n"
        "P01,funding,,\nP09,fundin,Five.,done\n"
    )
    table = write(tmp_path, {"s.csv": rows}) / "s.csv"
    with pytest.raises(errors.SeveralErrors) as raised:
        from_table.write_from(fair, table, by=BY, at=tick())
    lines = [problem.where for problem in raised.value.errors]
    assert lines == [f"{table}:{line}" for line in (2, 3, 4, 5, 6, 6, 6)]
    assert service.list_summaries(fair).summaries == ()


# -- empty cells -----------------------------------------------------------------------------------


def test_an_empty_cell_says_why(fair: Store) -> None:
    describing.set_transcript(fair, "P02", {}, not_asked=["cohesion"], by=BY, at=tick())
    found = cells(chart(fair), "cohesion")
    assert {row: reason for row, (_, reason) in found.items()} == {
        "P01": None,
        "P02": "not asked",
        "P03": "not yet coded",
    }
    assert listing.show_transcript(fair, "P02").not_asked == ("cohesion",)
    describing.set_transcript(fair, "P02", {}, asked=["cohesion"], by=BY, at=tick())
    assert cells(chart(fair), "cohesion")["P02"][1] == "asked, nothing coded"


def test_who_was_never_interviewed_has_a_row_that_says_so(fair: Store, tmp_path: Path) -> None:
    rows = "participant,place,role,attribution\nP09,Marle,Chair,role\n"
    people.import_participants(fair, write(tmp_path, {"p.csv": rows}) / "p.csv", by=BY, at=tick())
    report = chart(fair)
    assert cells(report)["P09"][1] == "not interviewed"
    assert next(row for row in report.matrix.rows if row.key == "P09").details == ()
    assert "P09" not in cells(chart(fair, where=["place=Marle"]))


def test_a_group_is_said_to_be_withheld_only_where_several_are(tmp_path: Path) -> None:
    crowd = [*area("Ashmere", "g g b"), *area("Marle", "g b")]
    with study(tmp_path, crowd) as store:
        for code in ("P01", "P04"):
            people.set_participant(store, code, {"attribution": "withheld"}, by=BY, at=tick())
        one = cells(chart(store, rows="place"), "funding")
        people.set_participant(store, "P02", {"attribution": "withheld"}, by=BY, at=tick())
        two = cells(chart(store, rows="place"), "funding")
        public = cells(chart(store, rows="place", audience=Audience.PUBLICATION), "funding")
    assert one["Marle"][1] == "asked, nothing coded"
    assert (two["Ashmere"][1], two["Marle"][1]) == ("withheld", "asked, nothing coded")
    assert public["Ashmere"][1] == "asked, nothing coded"
