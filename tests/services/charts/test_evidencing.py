"""The evidence agrees with the list of quotations, and its counts with the matrix."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from services.fair import new_fair, noted
from services.study import BY, tick

from qualcode.model.consent import Audience
from qualcode.services import people
from qualcode.services.charts import charting, evidencing
from qualcode.services.retrieval import retrieving
from qualcode.store.store import Store


def test_every_coding_that_may_leave_is_there_once(example: Store) -> None:
    gathered = evidencing.build_evidence(example, context=5, at=tick())
    listed = retrieving.quotes(example, context=5)
    plain = [replace(quote, number=0) for quote in gathered.evidence.quotations]
    assert len(plain) > 100
    assert plain == [replace(quote, number=0) for quote in listed.quotations]
    assert gathered.withheld == listed.withheld


def test_the_counts_are_those_of_the_matrix(example: Store) -> None:
    evidence = evidencing.build_evidence(example, at=tick()).evidence
    report = charting.build_matrix(example, columns="codes", cells="counts", at=tick())
    counts = [[cell.count for cell in row] for row in evidence.matrix.cells]
    assert counts == [[cell.count for cell in row] for row in report.matrix.cells]
    assert {quote.code for quote in evidence.quotations} <= {c.key for c in evidence.codes}


def test_a_filter_holds_for_all_of_it(example: Store) -> None:
    evidence = evidencing.build_evidence(example, where=["place=Ashmere"], at=tick()).evidence
    places = {dict(known)["place"] for _, known in evidence.attributes}
    assert places == {"Ashmere"}
    assert {line.place for line in evidence.register} == {"Ashmere"}
    assert len(evidence.quotations) > 5


def test_days_are_iso_and_as_exact_as_consent_allows(tmp_path: Path) -> None:
    with new_fair(tmp_path / "fair") as fair:
        evidence = evidencing.build_evidence(fair, at=tick()).evidence
        known = {case: dict(facts) for case, facts in evidence.attributes}
        assert known["P01"]["interviewed"] == "2024-03"
        assert known["P03"]["interviewed"] == "2024-03-14"
        assert "P02" not in known

        people.set_participant(fair, "P01", {"attribution": "anonymous"}, by=BY, at=tick())
        evidence = evidencing.build_evidence(fair, at=tick()).evidence
    assert "interviewed" not in dict(evidence.attributes[0][1])


def test_further_attributes_and_memos_stay_with_the_team(tmp_path: Path) -> None:
    with new_fair(tmp_path / "fair") as fair:
        noted(fair)
        people.set_participant(fair, "P01", {"age": "50"}, by=BY, at=tick())
        team = evidencing.build_evidence(fair, at=tick()).evidence
        public = evidencing.build_evidence(fair, audience=Audience.PUBLICATION, at=tick()).evidence
    assert dict(team.attributes[0][1])["age"] == "50"
    assert "age" not in dict(public.attributes[0][1])
    assert any(quote.memo for quote in team.quotations)
    assert not any(quote.memo for quote in public.quotations)
    coders = Counter(quote.coder for quote in team.quotations)
    numbered = Counter(quote.coder for quote in public.quotations)
    assert sorted(coders.values()) == sorted(numbered.values())
    assert not set(coders) & set(numbered)


def test_codings_carry_the_number_of_their_passage_in_the_matrix(example: Store) -> None:
    evidence = evidencing.build_evidence(example, at=tick()).evidence
    passages = {
        (quote.transcript, quote.code, quote.number): quote
        for row in evidence.matrix.cells
        for cell in row
        for quote in cell.quotes
    }
    for quote in evidence.quotations:
        passage = passages[quote.transcript, quote.code, quote.number]
        assert not quote.number or passage.start <= quote.start < passage.end


def test_an_empty_study_has_an_empty_table(store: Store) -> None:
    evidence = evidencing.build_evidence(store, at=tick()).evidence
    assert (evidence.quotations, evidence.register, evidence.attributes) == ((), (), ())
    assert len(evidence.codes) == 7
