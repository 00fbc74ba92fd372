"""Tidy tables: one row one thing, a dictionary for every column, words letter for letter."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from exporters.evidences import evidence_of, sample_evidence, small_evidence
from exporters.reports import quotation, report_of
from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters import write_evidence
from qualcode.exporters.csv.evidence_csv import beside, write_beside
from qualcode.exporters.fields import QUOTATION_FIELDS
from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.tidy_tables import column_names
from qualcode.model.consent import Audience
from qualcode.model.evidence import EvidenceTable, TableOptions
from qualcode.model.matrix import Cell
from qualcode.model.summary import Emptiness

if TYPE_CHECKING:
    from qualcode.model.evidence import Evidence
    from qualcode.model.matrix import ExportReport

CASES, CODES, QUOTATIONS = EvidenceTable.CASES, EvidenceTable.CODES, EvidenceTable.QUOTATIONS


def written(
    evidence: Evidence, table: EvidenceTable = QUOTATIONS, *, for_excel: bool = False
) -> tuple[bytes, ExportReport]:
    out = io.BytesIO()
    done = write_evidence(evidence, out, format="csv", options=TableOptions(table, for_excel))
    return out.getvalue(), done


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows(evidence: Evidence, table: EvidenceTable = QUOTATIONS) -> list[dict[str, str]]:
    return rows_of(written(evidence, table)[0])


def beside_it(evidence: Evidence, table: EvidenceTable, what: str) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_beside(evidence, out, options=TableOptions(table), what=what)
    return rows_of(out.getvalue())


@pytest.mark.parametrize("what", ["dictionary", "labels"])
def test_what_stands_beside_a_table_is_guarded_as_the_table_is(what: str) -> None:
    plain = small_evidence(["Words."])
    column = replace(plain.matrix.columns[0], label="=cmd()")
    row = plain.matrix.rows[0]
    evidence = replace(
        plain,
        matrix=replace(plain.matrix, columns=(column,)),
        attributes=((row.key, (("place", "=cmd()"),)),),
    )
    out = io.BytesIO()
    options = TableOptions(CASES, for_excel=True)
    done = write_beside(evidence, out, options=options, what=what)

    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    held = [field for one in rows_of(out.getvalue()) for field in one.values()]
    assert "'=cmd()" in held
    assert "=cmd()" not in held
    assert len(done.changed) == 1
    assert "=cmd()" in [f for one in beside_it(evidence, CASES, what) for f in one.values()]


def test_every_coding_has_a_row_with_its_words_and_what_is_known_of_the_case() -> None:
    evidence = sample_evidence()
    found = rows(evidence)
    assert Counter((row["coding"], row["text"]) for row in found) == Counter(
        (quote.coding, quote.text) for quote in evidence.quotations
    )
    assert list(found[0])[: len(QUOTATION_FIELDS)] == list(QUOTATION_FIELDS)
    places = {row.key: row.group for row in evidence.matrix.rows}
    assert all(row["place"] == places[row["participant"]] for row in found)


@given(st.lists(st.text(st.characters()), min_size=1, max_size=4))
def test_words_are_kept_letter_for_letter(texts: list[str]) -> None:
    clean = Cleaner()
    found = [row["text"] for row in rows(small_evidence(texts))]
    assert Counter(found) == Counter(clean.writable(text, at="") for text in texts)


@pytest.mark.parametrize("table", EvidenceTable)
def test_the_dictionary_says_what_each_column_means_in_its_order(table: EvidenceTable) -> None:
    evidence = sample_evidence()
    columns = list(rows(evidence, table)[0])
    dictionary = beside_it(evidence, table, "dictionary")
    assert [row["column"] for row in dictionary] == columns
    assert all(row["meaning"] and row["type"] for row in dictionary)


def test_the_dictionary_says_that_a_day_may_be_a_month() -> None:
    evidence = sample_evidence()
    days = tuple((key, (*known, ("interviewed", "2024-03"))) for key, known in evidence.attributes)
    dictionary = beside_it(replace(evidence, attributes=days), CASES, "dictionary")
    (meaning,) = [row["meaning"] for row in dictionary if row["column"] == "interviewed"]
    assert "2024-03-14, 2024-03, 2024" in meaning


def test_a_case_is_one_where_it_has_a_quotation_and_nothing_where_nobody_can_tell() -> None:
    report = report_of(["One."], columns=6)
    reasons = ("asked, nothing coded", *list(Emptiness)[:2], "not yet coded", "withheld")
    empty = tuple(Cell(empty_reason=reason) for reason in reasons)
    cells = ((report.matrix.cells[0][0], *empty),)
    evidence = evidence_of(replace(report, matrix=replace(report.matrix, cells=cells)))
    (row,) = rows(evidence, CASES)
    assert list(row.values())[2:] == ["1", "0", "", "", "", ""]


def test_columns_of_codes_have_names_for_statistics_and_labels_for_people() -> None:
    evidence = sample_evidence()
    names = list(rows(evidence, CASES)[0])
    assert "funding_grant_aid" in names
    labels = {row["column"]: row for row in beside_it(evidence, CASES, "labels")}
    assert set(labels) == set(names) - {"case", "attribution", "place"}
    assert labels["funding_grant_aid"]["label"] == "Grant aid"
    assert labels["funding_grant_aid"]["code"] == "funding/grant-aid"
    assert (beside(CASES), beside(CODES)) == (("dictionary", "labels"), ("dictionary",))


@given(st.lists(st.text(max_size=6), max_size=12))
def test_names_of_columns_are_each_there_once_and_need_no_quoting(names: list[str]) -> None:
    found = list(column_names(names, taken=["case"]))
    assert len({name.casefold() for name in found} | {"case"}) == len(names) + 1
    assert all(name.isascii() and name.isidentifier() and name[0].isalpha() for name in found)


def test_a_code_named_like_another_column_gets_a_number() -> None:
    assert list(column_names(["case", "a/b", "a_b", "1st"], taken=["case"])) == [
        "case_2",
        "a_b",
        "a_b_2",
        "code_1st",
    ]


def test_the_codes_are_counted_by_codings_and_by_cases() -> None:
    evidence = sample_evidence()
    found = rows(evidence, CODES)
    assert len(found) == len(evidence.codes)
    assert sum(int(row["quotations"]) for row in found) == len(evidence.quotations)
    assert all(int(row["cases"]) <= int(row["quotations"]) for row in found)


FORMULAS = ("=1+1", "+44", "-5", "@x", "\tx", "\rx")


def test_words_that_look_like_a_formula_are_guarded_for_excel_alone_and_listed() -> None:
    evidence = small_evidence([*FORMULAS, "plain", " =no"])
    content, done = written(evidence, for_excel=True)
    texts = [row["text"] for row in rows_of(content)]
    assert Counter(texts) == Counter([*(f"'{one}" for one in FORMULAS), "plain", " =no"])
    assert content.startswith(b"\xef\xbb\xbf")
    changed = {quote.coding for quote in evidence.quotations if quote.text in FORMULAS}
    assert set(done.changed) == changed
    places = {f"{q.locator} {q.code}" for q in evidence.quotations if q.text in FORMULAS}
    assert set(done.changed_at) == places

    content, done = written(evidence)
    assert Counter(row["text"] for row in rows_of(content)) == Counter([*FORMULAS, "plain", " =no"])
    assert (done.changed, content[:1]) == ((), b'"')


def test_what_no_file_can_hold_is_told_where_people_find_it() -> None:
    evidence = small_evidence(["A bell: \a"])
    _, done = written(evidence)
    (quote,) = evidence.quotations
    assert [said.partition(": 1 ")[0] for said in done.warnings] == [
        f"{quote.locator} {quote.code}"
    ]


def test_a_number_below_nothing_is_no_formula() -> None:
    counted = replace(quotation("Yes."), start_ms=-5)
    evidence = replace(small_evidence(["Yes."]), quotations=(counted,))
    content, done = written(evidence, for_excel=True)
    assert (rows_of(content)[0]["start_ms"], done.changed) == ("-5", ())


def test_a_publication_has_no_column_for_what_the_team_made_of_a_passage() -> None:
    evidence = replace(sample_evidence(), audience=Audience.PUBLICATION)
    of_the_team = {"memo", "starred", "doubt"}
    assert of_the_team.isdisjoint(rows(evidence)[0])
    assert of_the_team <= set(rows(sample_evidence())[0])


def test_every_field_is_quoted_and_lines_stay_in_their_field() -> None:
    content, _ = written(small_evidence(["One,\ntwo"]))
    assert content.startswith(b'"coding","code"')
    assert b'"One,\ntwo"' in content


def test_no_case_and_no_code_are_headings_alone() -> None:
    nothing = small_evidence([], columns=0, rows=0)
    for table in EvidenceTable:
        content, done = written(nothing, table)
        assert content.count(b"\n") == 1
        assert done.rows == 0
