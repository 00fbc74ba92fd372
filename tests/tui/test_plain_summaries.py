"""Summaries in lines: what is typed is in the store before the next line is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from services.areas import area, study, tag
from services.study import BY, tick

from qualcode.errors import QualcodeError
from qualcode.model.summary import SummaryStatus
from qualcode.services import people
from qualcode.services.summaries import acts as service
from qualcode.services.summaries.sheet import SheetCell, read_sheet, sheet_at
from qualcode.store.store import Store
from qualcode.tui.keys import COMMANDS, Scope, plain_words
from qualcode.tui.plain import summaries as plain
from qualcode.tui.plain.summaries import PlainSummaries

Type = Callable[..., list[str]]


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    with study(tmp_path, [*area("Ashmere", "gb g"), *area("Marle", '""')]) as store:
        yield store


@pytest.fixture
def complaints() -> list[tuple[int, str]]:
    return []


@pytest.fixture
def type_(fair: Store, complaints: list[tuple[int, str]]) -> Type:
    """Type lines at the cell of P01 on funding; what is said after it was read."""

    def typed(*lines: str | Callable[[], object], case: str = "P01") -> list[str]:
        said: list[str] = []
        sheet, place = sheet_at(fair, case, "funding")

        def complain(line: int, problem: QualcodeError) -> None:
            complaints.append((line, str(problem)))

        sitting = PlainSummaries(
            fair, sheet, place, coder=BY, clock=tick, say=said.append, complain=complain
        )
        before = 0

        def until() -> Iterator[str]:
            nonlocal before
            before = len(said)
            for line in lines:
                if isinstance(line, str):
                    yield line
                else:
                    line()

        sitting.run(until())
        return said[before:]

    return typed


def stored(store: Store, row: str = "P01", code: str = "funding") -> SheetCell:
    return read_sheet(store).cells[row, code]


def text(store: Store, row: str = "P01", code: str = "funding") -> str | None:
    summary = stored(store, row, code).summary
    return None if summary is None else summary.text


def test_a_cell_is_read_with_its_state_and_its_passages(fair: Store, type_: Type) -> None:
    assert type_("read") == [
        "P01, funding",
        "1 passage, no summary yet",
        "1, P01 ¶2, grant-aid: g1: A grant came.",
    ]


def test_words_are_written_added_and_linked(fair: Store, type_: Type) -> None:
    said = type_("write One grant.", "add Once.", "link 1", "read")
    assert text(fair) == "One grant. Once. [P01 ¶2]"
    assert said[2] == "kept: One grant. Once. [P01 ¶2]"
    assert said[4].startswith("draft, by amina, 2024-07-01")
    assert said[6] == "1, P01 ¶2, grant-aid, linked: g1: A grant came."
    assert [link.locator for link in stored(fair).links] == ["P01 ¶2"]
    type_("unlink 1")
    assert stored(fair).links == ()


def test_how_far_it_has_come_is_said_and_each_act_is_undone(fair: Store, type_: Type) -> None:
    said = type_("write One.", "checked", "final", "undo")
    assert said[:4] == ["kept: One.", "checked now", "final now", "undone: set summary status"]
    assert stored(fair).summary.status is SummaryStatus.CHECKED  # type: ignore[union-attr]
    assert type_("remove") == ["taken away"]
    assert text(fair) is None
    type_("undo", "draft")
    assert stored(fair).summary.status is SummaryStatus.DRAFT  # type: ignore[union-attr]


def test_one_goes_to_the_next_to_do_to_cells_beside_and_by_name(fair: Store, type_: Type) -> None:
    heads = [
        line
        for line in type_("next", "", "back", "case-next", "theme-back", "go p03 cohesion")
        if line.startswith("P0") and "," in line and "¶" not in line
    ]
    assert heads == [
        "P01, cohesion",
        "P02, funding",
        "P01, cohesion",
        "P02, cohesion",
        "P02, funding",
        "P03, cohesion",
    ]
    assert type_("case-back") == ["this is the first case"]
    assert type_("cells funding") == [
        "P01, funding: 1 passage, no summary yet",
        "P02, funding: 1 passage, no summary yet",
    ]


def test_an_undo_says_of_which_cell_where_that_is_another(fair: Store, type_: Type) -> None:
    said = type_("write One.", "go P02 funding", "undo")
    assert "undone: write summary, of P01, funding" in said
    assert text(fair) is None


def test_a_number_means_the_passage_that_was_read_with_it(fair: Store, type_: Type) -> None:
    said = type_(lambda: tag(fair, "P01", "trading", "And?"), "unlink 1", "link 1")
    assert said[-2:] == [
        "nothing changed: the summary is not linked to passage 1",
        "kept: [P01 ¶2]",
    ]
    assert [link.locator for link in stored(fair).links] == ["P01 ¶2"]


def test_of_a_case_that_is_withheld_that_is_said(
    fair: Store, type_: Type, complaints: list[tuple[int, str]]
) -> None:
    people.set_participant(fair, "P02", {"attribution": "withheld"}, by=BY, at=tick())
    type_("go p02 funding", "go P04 funding")
    assert "may not leave" in complaints[0][1]
    assert "no case is called 'P04'" in complaints[1][1]


def test_what_cannot_be_done_is_said_with_its_line(
    type_: Type, complaints: list[tuple[int, str]]
) -> None:
    type_("bogus", "write", "link 9", "undo", "read now", "cells nothing-such", "checked")
    assert [line for line, _ in complaints] == [1, 2, 3, 4, 5, 6, 7]
    assert complaints[2][1].endswith("They go from 1 to 1; read says them.")


def test_others_words_are_said_before_a_line_is_done(fair: Store, type_: Type) -> None:
    def theirs() -> None:
        service.write_summary(fair, "P01", "funding", "Theirs.", by="ben", at=tick())

    said = type_(theirs, "add Mine.")
    assert said[0] == "meanwhile this summary was changed by ben: Theirs."
    assert text(fair) == "Theirs. Mine."


def test_a_case_that_is_withheld_meanwhile_is_gone(
    fair: Store, type_: Type, complaints: list[tuple[int, str]]
) -> None:
    def withheld() -> None:
        people.set_participant(fair, "P01", {"attribution": "withheld"}, by=BY, at=tick())

    type_(withheld, "write One.", "write Two.")
    assert [line for line, _ in complaints] == [1, 2]
    assert read_sheet(fair).hidden == 0


def test_a_stale_summary_says_what_came(fair: Store, type_: Type) -> None:
    type_("write One.")
    tag(fair, "P01", "trading", "And?")
    said = type_("read")
    assert "stale: 1 passage came (¶1) since" in said[1]
    assert any(", new:" in line for line in said)


def test_help_names_every_word_and_every_word_is_of_the_table_or_only_in_lines(
    type_: Type,
) -> None:
    said = type_("help")
    words = {line.split()[0].rstrip(":") for line in said[:-1]}
    assert words == {*plain_words(summaries=True), *plain.ONLY_IN_LINES}
    of_table = {one.plain for one in COMMANDS if one.scope is Scope.SUMMARY and one.plain}
    assert of_table <= words
    assert not of_table - {"undo", "redo", "next", "back"} & set(plain_words())
