"""Coders who bear the name of somebody who may not be named are numbered in all that leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from services.study import BY, bring_in, dialogue, tick, write

from qualcode.model.consent import Audience
from qualcode.model.matrix import Quotation, QuotedMemo
from qualcode.services import people
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.consent.names.of_coders import NUMBERED, as_stored, with_numbers
from qualcode.services.retrieval import editing, retrieving, starring
from qualcode.services.ways_out import exporting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

SARAH = "Sarah"
"""A volunteer, and the forename of P02, who may not be named."""

QUOTE = Quotation(
    "v:0:9:bonding:sarah", "a/b", "a", "Sarah", "T", "P", "A", 1, "P", 0, 9, 1, "L", "W"
)
NUMBERS = {"sarah": "coder 3"}


@pytest.fixture
def study(store: Store, folder: Path) -> Store:
    """One interview that Sarah has coded, with a memo, and another coder, too."""
    write(folder, {"P01.txt": dialogue("P01", "A grant paid for it.", "We sold tea.")})
    assert bring_in(store, folder / "P01.txt").written
    tag(store, "A grant", SARAH, memo="Is it one?")
    tag(store, "We sold tea", BY)
    facts = {"name": "Sarah Underhay", "attribution": "anonymous"}
    people.set_participant(store, "P02", facts, new=True, by=BY, at=tick())
    return store


def tag(store: Store, words: str, by: str, *, memo: str | None = None) -> None:
    coding.tag(store, "P01", "grant-aid", Place(quote=words), memo=memo, by=by, at=tick())


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_quotations_leave_with_a_number_for_the_name(
    study: Store, tmp_path: Path, suffix: str
) -> None:
    found = retrieving.quotes(study).quotations
    assert {one.coder for one in found} == {SARAH, BY}
    file = tmp_path / f"quotes.{suffix}"
    report = exporting.save_quotations(study, found, file, by=BY, at=tick())

    said = file.read_text(encoding="utf-8")
    assert "sarah" not in said.lower()
    assert "coder 2" in said
    assert BY in said
    assert report.warnings.count(NUMBERED) == 1


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md", "json"])
def test_documents_leave_with_a_number_for_the_name(
    study: Store, tmp_path: Path, suffix: str
) -> None:
    report = charting.build_matrix(study, at=tick())
    done = exporting.save_matrix(study, report, tmp_path / f"m.{suffix}", by=BY, at=tick())
    assert done.quotations == 2
    if suffix in ("docx", "html", "md"):
        book = booking.build_book(study, at=tick()).book
        exporting.save_book(study, book, tmp_path / f"b.{suffix}", by=BY, at=tick())
    if suffix == "xlsx":
        evidence = evidencing.build_evidence(study, at=tick()).evidence
        exporting.save_evidence(study, evidence, tmp_path / "e.xlsx", by=BY, at=tick())


def test_a_publication_numbers_all_and_says_nothing_of_it(study: Store, tmp_path: Path) -> None:
    report = charting.build_matrix(study, audience=Audience.PUBLICATION, at=tick())
    done = exporting.save_matrix(study, report, tmp_path / "m.json", by=BY, at=tick())
    assert NUMBERED not in done.warnings
    assert BY not in (tmp_path / "m.json").read_text(encoding="utf-8")


def test_what_left_with_a_number_is_edited_and_marked_by_it(study: Store) -> None:
    data, _ = exporting.quotations_bytes(study, retrieving.quotes(study).quotations, "json")
    (uid,) = [one["coding"] for one in json.loads(data) if one["coder"] == "coder 2"]
    assert uid.endswith(":coder 2")

    assert editing.edit_quotation(study, uid, cut=["A "], by=BY, at=tick()).changed == 1
    assert starring.star(study, [uid], by=BY, at=tick()).changed == 1


def test_nobody_is_numbered_where_no_name_is_in_question(study: Store) -> None:
    people.set_participant(study, "P02", {"name": "Ada Underhay"}, by=BY, at=tick())
    found = retrieving.quotes(study).quotations
    assert exporting.readable(study, found) == found


def test_a_memo_s_author_is_numbered_beside_another_s_coding() -> None:
    note = QuotedMemo("note", "Sarah", "2024-03-04", "Why?")
    mine = replace(QUOTE, coding="v:0:9:bonding:bo", coder="Bo", notes=(note,))
    left = with_numbers(mine, NUMBERS)
    assert (left.coding, left.coder) == (mine.coding, "Bo")
    assert left.notes == (replace(note, coder="coder 3"),)


def test_the_uid_of_a_coding_leads_back() -> None:
    left = with_numbers(QUOTE, NUMBERS)
    assert (left.coding, left.coder) == ("v:0:9:bonding:coder 3", "coder 3")
    assert as_stored(left.coding, NUMBERS) == QUOTE.coding
    assert as_stored("v:0:9:bonding:bo", NUMBERS) == "v:0:9:bonding:bo"


def test_a_coder_is_looked_for_as_they_are_written(study: Store) -> None:
    people.set_participant(study, "P02", {"name": "Rose Underhay"}, by=BY, at=tick())
    tag(study, "A grant paid", "Rose")
    data, _ = exporting.quotations_bytes(study, retrieving.quotes(study).quotations, "json")
    assert {one["coder"] for one in json.loads(data)} == {BY, SARAH, "coder 2"}


def test_a_number_is_nobody_else_s_name(study: Store) -> None:
    tag(study, "A grant paid", "coder 3")
    data, _ = exporting.quotations_bytes(study, retrieving.quotes(study).quotations, "json")
    numbers = {one["text"]: one for one in json.loads(data)}
    assert numbers["A grant paid"]["coder"] == "coder 3"
    sarahs = numbers["A grant"]
    assert sarahs["coder"] not in (SARAH, "coder 3")

    done = editing.edit_quotation(study, sarahs["coding"], cut=["A "], by=BY, at=tick())
    assert done.changed == 1
    assert as_stored(sarahs["coding"], {"sarah": sarahs["coder"]}).endswith(":sarah")
