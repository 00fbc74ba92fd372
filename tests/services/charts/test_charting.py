"""The matrix: each passage once, in its row and column, and counts that add up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from services.areas import area, study
from services.charts.interviews import FILES, chart, check_sums, filled, tag
from services.study import (
    BY,
    CODEBOOK,
    apply_codebook,
    bring_in,
    new_store,
    tick,
    write,
)

from qualcode import errors
from qualcode.model.consent import Audience
from qualcode.model.matrix import Silent
from qualcode.services import people
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import exporting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

# -- each passage once ----------------------------------------------------------------------------


def test_overlapping_codings_of_one_code_by_two_coders_stand_once(fair: Store) -> None:
    tag(fair, "red", "grant-aid", "A grant came and")
    tag(fair, "red", "grant-aid", "came and the tent", by="tomasz")
    report = chart(fair)

    assert filled(report) == {("P01", "funding"): ["A grant came and the tent"]}
    assert report.sections[0].matrix.cells[0][0].quotes[0].coder == f"{BY}, tomasz"
    assert report.counts[0].total == (1, 1)
    assert len(retrieving.quotes(fair).quotations) == 2
    check_sums(report)


def test_touching_codings_stay_two(fair: Store) -> None:
    tag(fair, "red", "grant-aid", "A grant came")
    tag(fair, "red", "grant-aid", " and the tent", by="tomasz")

    assert filled(chart(fair)) == {("P01", "funding"): ["A grant came", " and the tent"]}


def test_overlapping_codings_of_two_codes_stay_two(fair: Store) -> None:
    tag(fair, "red", "grant-aid", "A grant came")
    tag(fair, "red", "trading", "grant came and", by="tomasz")

    assert filled(chart(fair)) == {("P01", "funding"): ["A grant came", "grant came and"]}


def test_a_coding_within_another_and_a_third_beyond_become_one(fair: Store) -> None:
    tag(fair, "red", "grant-aid", "A grant came and the tent")
    tag(fair, "red", "grant-aid", "grant", by="tomasz")
    tag(fair, "red", "grant-aid", "tent came with it", by="zoe")

    assert filled(chart(fair)) == {("P01", "funding"): ["A grant came and the tent came with it"]}


# -- rows -----------------------------------------------------------------------------------------


def test_rows_are_participants_by_place_with_how_they_are_cited(coded: Store) -> None:
    report = chart(coded)

    assert [(row.key, row.group, row.details) for row in report.matrix.rows] == [
        ("P02", "Ashmere", ("Anonymous participant",)),
        ("P01", "Marle", ("Chair, interviewed March 2024",)),
        ("P03", "Marle", ("Chair, The Mill",)),
        ("P04", "Wenbury", ("Treasurer, The Mill, interviewed 2 May 2024",)),
        (
            "joint (several)",
            "several",
            (
                "Chair, The Mill",
                "Treasurer, The Mill, interviewed 2 May 2024",
            ),
        ),
    ]
    assert report.groups == ("Ashmere", "Marle", "Wenbury", "several")
    assert report.case_noun == "participant"
    check_sums(report)


def test_a_question_of_a_joint_interview_stands_in_nobodys_row(coded: Store) -> None:
    assert filled(chart(coded))["joint (several)", "funding"] == ["Both?"]


def test_words_stand_in_the_row_of_who_said_them(coded: Store) -> None:
    assert filled(chart(coded)) == {
        ("P01", "funding"): ["A grant came", "the tent came with it"],
        ("P01", "cohesion"): ["Tea."],
        ("P03", "funding"): ["The council pays."],
        ("P04", "funding"): ["We pay, really."],
        ("joint (several)", "funding"): ["Both?"],
    }


def test_a_participant_of_two_interviews_has_one_row_without_a_day(
    coded: Store, folder: Path
) -> None:
    write(folder, {"late.txt": "I: Again?\n\nP01: Again, a grant.\n"})
    write(folder, {"n.csv": "interview_id,file,participant,date\nlate,late.txt,P01,2024-06-01\n"})
    bring_in(coded, manifest=folder / "n.csv")
    tag(coded, "late", "grant-aid", "a grant")
    report = chart(coded)
    row = next(row for row in report.matrix.rows if row.key == "P01")

    assert row.details == ("Chair",)
    assert filled(report)["P01", "funding"][0] == "a grant"
    assert dict(report.facts)["Corpus"] == "4 interviews, March to June 2024 (dates of 2)"
    check_sums(report)


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        ("transcript", ["blue", "red", "joint"]),
        ("place", ["Ashmere", "Marle", "Wenbury", "several"]),
        ("Place", ["Ashmere", "Marle", "Wenbury", "several"]),
        ("stakeholder", ["local VCS", "officer"]),
        ("strand", ["case study", "follow-up"]),
        ("organisation", ["The Mill", "not shown"]),
        ("role", ["Chair", "Treasurer", "several", "not shown"]),
        ("attribution", ["anonymous", "named", "role", "role-organisation", "several"]),
    ],
)
def test_rows_are_what_is_asked_for_and_what_may_be_said(
    coded: Store, rows: str, keys: list[str]
) -> None:
    report = chart(coded, rows=rows)

    assert [row.key for row in report.matrix.rows] == keys
    assert report.case_noun == rows.lower()
    check_sums(report)


def test_a_question_takes_the_attribute_that_all_who_took_part_share(coded: Store) -> None:
    assert ("local VCS", "funding") in filled(chart(coded, rows="stakeholder"))
    assert "Both?" in filled(chart(coded, rows="stakeholder"))["local VCS", "funding"]
    assert filled(chart(coded, rows="place"))["several", "funding"] == ["Both?"]


def test_what_nobody_knows_is_not_what_is_held_back(coded: Store) -> None:
    people.set_participant(coded, "P02", {"place": None}, by=BY, at=tick())

    def keys(rows: str, audience: Audience = Audience.TEAM) -> list[str]:
        return [row.key for row in chart(coded, rows=rows, audience=audience).matrix.rows]

    assert keys("place")[-2:] == ["several", "none given"]
    groups = {row.key: row.group for row in chart(coded).matrix.rows}
    assert (groups["P02"], groups["joint (several)"]) == ("none given", "several")
    # To a publication the place of one unnamed person alone is not said.
    assert keys("place", Audience.PUBLICATION)[-2:] == ["none given", "not shown"]


def test_a_value_called_as_no_value_is_a_row_of_its_own(coded: Store) -> None:
    people.set_participant(coded, "P02", {"place": None}, by=BY, at=tick())
    people.set_participant(coded, "P01", {"place": "none given"}, by=BY, at=tick())

    rows = [row.key for row in chart(coded, rows="place").matrix.rows]
    assert {"none given", "none given (2)"} <= set(rows)


def test_without_participants_the_interviews_are_the_rows(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, FILES))
    tag(store, "red", "grant-aid", "A grant came")
    report = chart(store)

    assert report.case_noun == "transcript"
    assert [row.key for row in report.matrix.rows] == ["blue", "joint", "red"]
    assert report.groups == ()
    assert "Attribution" not in dict(report.facts)
    check_sums(report)


def test_rows_that_nothing_has_are_refused(coded: Store) -> None:
    with pytest.raises(errors.FilterError, match="participant, place"):
        chart(coded, rows="planet")


# -- columns and cells ----------------------------------------------------------------------------


def test_columns_are_themes_codes_or_the_codes_of_one_theme(coded: Store) -> None:
    def keys(columns: str) -> list[str]:
        return [column.key for column in chart(coded, columns=columns).matrix.columns]

    assert keys("themes") == ["funding", "cohesion"]
    assert keys("codes") == [
        "funding",
        "funding/grant-aid",
        "funding/grant-aid/small-grants",
        "funding/trading",
        "cohesion/bonding",
        "cohesion/bridging",
    ]
    assert keys("cohesion") == ["cohesion/bonding", "cohesion/bridging"]
    assert keys("funding/grant-aid") == ["funding/grant-aid", "funding/grant-aid/small-grants"]
    for columns in ("themes", "codes", "cohesion", "grant-aid"):
        check_sums(chart(coded, columns=columns))


def test_a_theme_used_bare_is_a_column_of_its_own_and_else_is_none(coded: Store) -> None:
    report = chart(coded)
    funding, cohesion = report.sections

    assert funding.matrix.columns[0].key == "funding"
    assert "cohesion" not in [c.key for c in cohesion.matrix.columns]
    assert [line.key for line in report.counts if line.is_theme] == ["funding", "cohesion"]
    assert len([line for line in report.counts if line.key == "funding"]) == 1


def test_a_theme_without_codes_is_its_own_column(fair: Store, tmp_path: Path) -> None:
    apply_codebook(fair, tmp_path, f"{CODEBOOK}  - id: weather\n    name: Weather\n")
    tag(fair, "red", "weather", "Tea.")
    report = chart(fair, columns="codes")

    assert filled(report) == {("P01", "weather"): ["Tea."]}
    check_sums(report)


def test_a_retired_code_is_a_column_only_while_it_holds_quotations(
    coded: Store, tmp_path: Path
) -> None:
    trading = "      - id: trading\n        name: Trading\n"
    apply_codebook(coded, tmp_path, CODEBOOK.replace(trading, ""), retire=True)

    with_it = chart(coded, columns="codes")
    assert "funding/trading" in [column.key for column in with_it.matrix.columns]
    check_sums(with_it)
    place = Place(quote="We pay, really.")
    coding.untag(coded, "joint", "trading", place, by=BY, at=tick())
    without = chart(coded, columns="codes")
    assert "funding/trading" not in [column.key for column in without.matrix.columns]


def test_unknown_columns_and_cells_are_refused(coded: Store) -> None:
    with pytest.raises(errors.UnknownCodeError, match="funding"):
        chart(coded, columns="fundin")
    with pytest.raises(errors.UsageError, match="quotes, summary, both, counts"):
        chart(coded, cells="words")


def test_counts_are_shown_where_they_are_asked_for(coded: Store) -> None:
    report = chart(coded, cells="counts")

    counts = [[cell.count for cell in row] for row in report.matrix.cells]
    assert report.show == "counts"
    assert counts == [[cell.count for cell in row] for row in chart(coded).matrix.cells]
    assert sum(map(sum, counts)) > 0
    assert not any(cell.quotes for row in report.matrix.cells for cell in row)


# -- the report -----------------------------------------------------------------------------------


def test_the_summary_counts_quotations_and_interviews_by_group(coded: Store) -> None:
    report = chart(coded)
    counted = {line.key: (line.counts, line.total) for line in report.counts}

    assert (report.grouped_by, report.groups) == (
        "place",
        ("Ashmere", "Marle", "Wenbury", "several"),
    )
    assert counted["funding"] == (((0, 0), (3, 2), (1, 1), (1, 1)), (5, 2))
    assert counted["cohesion"] == (((0, 0), (1, 1), (0, 0), (0, 0)), (1, 1))
    assert counted["funding/grant-aid"][1] == (2, 2)


@pytest.mark.parametrize("rows", ["place", "stakeholder", "strand"])
def test_rows_that_are_groups_are_what_the_summary_counts_by(coded: Store, rows: str) -> None:
    report = chart(coded, rows=rows)

    assert report.grouped_by == rows
    assert report.groups == tuple(row.key for row in report.matrix.rows)
    assert sum(any(figure[0] for figure in line.counts) for line in report.counts) > 2


def test_more_groups_than_stand_side_by_side_are_counted_by_place(tmp_path: Path) -> None:
    with study(tmp_path, [*area("Ashmere", "g g g g g"), *area("Marle", "g b b b")]) as store:
        report = chart(store, rows="organisation")

    assert len(report.matrix.rows) == 9
    assert (report.grouped_by, report.groups) == ("place", ("Ashmere", "Marle"))
    assert report.counts[0].counts == ((5, 5), (1, 1))


def test_a_passage_under_two_codes_is_one_quotation_of_its_theme(coded: Store) -> None:
    tag(coded, "red", "trading", "A grant came")
    report = chart(coded)
    counted = {line.key: line.total for line in report.counts}
    cell = next(
        cells[0]
        for row, cells in zip(report.matrix.rows, report.matrix.cells, strict=True)
        if row.key == "P01"
    )

    assert (counted["funding"], counted["funding/grant-aid"]) == ((5, 2), (2, 2))
    assert counted["funding/trading"] == (2, 2)
    assert (cell.count, len(cell.quotes)) == (2, 3)
    facts = dict(report.facts)
    assert facts["Coding"].endswith("of 2 themes, 1 of the quotations under more than one")
    assert facts["Coding"].startswith(f"{sum(line.quotations for line in report.register)} ")


def test_who_says_nothing_in_a_theme_is_named_there(coded: Store) -> None:
    funding, cohesion = chart(coded).sections

    assert funding.silent == (Silent("P02", "not yet coded"),)
    assert [one.label for one in cohesion.silent] == ["P02", "P03", "P04", "joint (several)"]
    assert {one.reason for one in cohesion.silent[1:]} == {"asked, nothing coded"}
    assert [row.key for row in cohesion.matrix.rows] == ["P01"]


def test_the_facts_say_what_the_matrix_rests_on(coded: Store) -> None:
    report = chart(coded, where=["place=Marle", "strand=case study"], coder=BY, title="Money")
    facts = dict(report.facts)

    assert (report.title, report.subtitle, report.language) == ("Money", "Fairs", "en")
    assert facts["Corpus"] == "1 interview, March 2024"
    assert facts["Coding"] == "2 quotations under 2 codes of 2 themes"
    assert facts["Attribution"] == "1 by role, as agreed with each participant"
    assert facts["Only"] == "place=Marle; strand=case study"
    # In the interview of 2 May somebody took part whose day may not be said.
    assert dict(chart(coded).facts)["Corpus"] == (
        "3 interviews with 4 participants, March 2024 (dates of 1)"
    )


def test_the_same_study_gives_the_same_report(coded: Store) -> None:
    one, other = chart(coded), chart(coded)

    assert replace(one, facts=()) == replace(other, facts=())


@pytest.mark.parametrize("codebook", [None, CODEBOOK])
def test_an_empty_study_gives_an_empty_matrix_that_can_be_written(
    tmp_path: Path, codebook: str | None
) -> None:
    with new_store(tmp_path / "empty", codebook=codebook) as store:
        report = chart(store)

    assert report.matrix.rows == ()
    assert len(report.matrix.columns) == (2 if codebook else 0)
    check_sums(report)
    for format_name in ("docx", "csv", "json"):
        assert exporting.matrix_bytes(store, report, format_name)[0]


def test_the_worked_example_adds_up_in_every_way_it_can_be_laid_out(example: Store) -> None:
    for rows in ("participant", "transcript", "place", "stakeholder", "organisation", "strand"):
        for columns in ("themes", "codes", "funding"):
            report = chart(example, rows=rows, columns=columns)
            assert sum(line.total[0] for line in report.counts) > 20
            check_sums(report)


def test_a_participant_who_withdraws_has_no_row(coded: Store) -> None:
    people.set_participant(coded, "P04", {"attribution": "withheld"}, new=True, by=BY, at=tick())
    report = chart(coded)

    assert "P04" not in [row.key for row in report.matrix.rows]
    assert "We pay, really." not in str(report)


def test_the_words_around_a_quotation_show_where_another_turn_begins(fair: Store) -> None:
    tag(fair, "red", "grant-aid", "A grant came")
    tag(fair, "red", "grant-aid", "Tea.")

    first, last = (
        quote
        for section in chart(fair).sections
        for row in section.matrix.cells
        for cell in row
        for quote in cell.quotes
    )

    assert (first.before, first.after) == ("What? —", "and the tent came with it. — And? — Tea.")
    assert (last.before, last.after) == (
        "What? — A grant came and the tent came with it. — And? —",
        "",
    )


# -- the register, and how it was made ------------------------------------------------------------


def test_the_register_names_every_interview_and_adds_up(coded: Store) -> None:
    report = chart(coded)

    assert [(line.case, line.agreed, line.place, line.quotations) for line in report.register] == [
        ("P02", "anonymous", "Ashmere", 0),
        ("P03", "by role and organisation", "Marle", 1),
        ("P04", "named", "Wenbury", 1),
        ("joint (several)", "", None, 1),
        ("P01", "by role", "Marle", 3),
    ]
    assert report.register[3].attribution == "; ".join(
        line.attribution for line in report.register[1:3]
    )


@pytest.mark.parametrize("where", [(), ("place=Thornwick",), ("stakeholder=officer",)])
def test_the_register_adds_up_to_the_passages_of_the_report(
    example: Store, where: tuple[str, ...]
) -> None:
    report = chart(example, where=where)
    numbers = {q.number for row in report.matrix.cells for cell in row for q in cell.quotes}

    assert len(numbers) > 10
    assert sum(line.quotations for line in report.register) == len(numbers)


def test_the_provenance_says_what_was_asked_and_what_is_missing(coded: Store) -> None:
    people.set_participant(coded, "P04", {"attribution": "withheld"}, new=True, by=BY, at=tick())
    made = dict(chart(coded, where=["strand=case study"], max_quotes=2).provenance)

    assert made["Codebook"] == "Fairs, version 1"
    assert made["Rows, columns, cells"] == "participant, themes, quotes"
    assert made["Quotations in a cell"] == "at most 2"
    assert made["Only"] == "strand=case study"
    assert (made["For"], made["Coders"]) == ("the team", "2")
    assert "Withheld" not in made
    assert dict(chart(coded).provenance)["Withheld"].endswith("by consent")


def test_a_publication_is_not_told_how_much_is_withheld(coded: Store) -> None:
    people.set_participant(coded, "P04", {"attribution": "withheld"}, new=True, by=BY, at=tick())
    report = chart(coded, audience=Audience.PUBLICATION)
    made = dict(report.provenance)

    assert made["For"] == "publication"
    assert "Withheld" not in made
    assert report.audience is Audience.PUBLICATION
    coders = {q.coder for row in report.matrix.cells for cell in row for q in cell.quotes}
    assert coders == {"coder 1", "coder 2"}
