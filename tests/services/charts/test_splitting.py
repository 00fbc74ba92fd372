"""A matrix in several documents: all of it, in numbers that hold in each, and nobody given away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from services.study import BY, CODEBOOK, apply_codebook, bring_in, listing_text, tick, write

from qualcode import errors
from qualcode.model.consent import Audience
from qualcode.model.matrix import MatrixReport, Quotation
from qualcode.model.summary import SummaryStatus
from qualcode.services.charts import charting, splitting
from qualcode.services.people import set_participant
from qualcode.services.summaries import acts
from qualcode.services.ways_out import exporting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store, open_store

MANIFEST = """\
interview_id,file,participant,speaker,role,organisation,place,stakeholder,attribution,date
one,one.txt,P01,,Chair,The Hall,Marle End,local VCS,role,2024-03-12
two,two.txt,P02,,Clerk,The Mill,Ashmere,officer,role,2024-04-02
three,three.txt,P03,,Baker,The Mill,,officer,role,2024-04-02
"""
FILES = {
    "one.txt": "I: What?\n\nP: A grant came and the tent came with it.\n\nI: And?\n\nP: Tea.\n",
    "two.txt": "I: What came?\n\nP: Nothing of that kind came here at all.\n",
    "three.txt": "I: Who pays?\n\nP: We pay for bread, and bread pays for us.\n",
    "m.csv": MANIFEST,
}
CODINGS = "transcript,start,end,code,coder\none,0,4,bonding,amina\n"
TAGS = (
    ("one", "grant-aid", "A grant came"),
    ("one", "bonding", "the tent came with it"),
    ("two", "bonding", "Nothing of that kind"),
    ("three", "grant-aid", "We pay for bread"),
)


@pytest.fixture
def coded(store: Store, folder: Path) -> Store:
    """Three interviews, one without a place, with a passage or two each under two themes."""
    return coded_with(store, folder, TAGS)


def coded_with(store: Store, folder: Path, tags: Iterable[tuple[str, str, str]]) -> Store:
    assert bring_in(store, manifest=write(folder, FILES) / "m.csv").written
    apply_codebook(store, folder, CODEBOOK)
    for transcript, code, words in tags:
        start = listing_text(store, transcript).index(words)
        place = Place(span=(start, start + len(words)))
        coding.tag(store, transcript, code, place, by=BY, at=tick())
    return store


def split(store: Store, by: str, **asked: object) -> dict[str, MatrixReport]:
    build = partial(charting.build_matrix, store, at=tick(), **asked)  # type: ignore[arg-type]
    parts = splitting.split(store, build, Path("m.docx"), by=by).parts
    return {file.name: report for report, file in parts}


def quotations(report: MatrixReport) -> list[Quotation]:
    return [
        quotation
        for section in report.sections
        for row in section.matrix.cells
        for cell in row
        for quotation in cell.quotes
    ]


def summaries(report: MatrixReport) -> set[str]:
    matrices = [report.matrix, *(section.matrix for section in report.sections)]
    cells = (cell for one in matrices for row in one.cells for cell in row)
    return {cell.summary for cell in cells if cell.summary}


def numbers(report: MatrixReport) -> dict[str, int]:
    return {quotation.text: quotation.number for quotation in quotations(report)}


@pytest.mark.parametrize("by", splitting.SPLITS)
def test_the_parts_hold_the_whole_and_its_numbers(by: str, coded: Store) -> None:
    whole = numbers(charting.build_matrix(coded, at=tick()))
    assert len(whole) == len(TAGS)
    parts = [numbers(report) for report in split(coded, by).values()]
    assert len(parts) > 1
    assert {words: n for part in parts for words, n in part.items()} == whole
    assert sum(map(len, parts)) == len(whole)


def test_a_part_says_which_it_is(coded: Store) -> None:
    for file, report in split(coded, "place").items():
        name = {"m-ashmere.docx": "Ashmere", "m-marle-end.docx": "Marle End"}.get(
            file, "none given"
        )
        assert ("Part", f"place {name}") in report.facts
        assert ("Part", f"place {name}") in report.provenance
        assert report.subtitle.endswith(f": {name}")
        assert not any(line.attribute == "place" for line in report.comparisons)


def test_those_without_a_place_have_a_file_of_their_own(coded: Store) -> None:
    parts = split(coded, "place")
    assert list(parts) == ["m-ashmere.docx", "m-marle-end.docx", "m-none-given.docx"]
    last = quotations(parts["m-none-given.docx"])
    assert [quotation.participant for quotation in last] == ["P03"]


def test_whose_place_is_not_said_are_apart_from_those_without_one(coded: Store) -> None:
    parts = split(coded, "place", audience=Audience.PUBLICATION)
    whose = {file: {one.participant for one in quotations(part)} for file, part in parts.items()}
    assert whose == {"m-none-given.docx": {"P03"}, "m-not-shown.docx": {"P01", "P02"}}


def test_a_place_that_is_somebodys_surname_too_is_in_no_files_name(
    coded: Store, folder: Path
) -> None:
    assert list(split(coded, "place")) == [
        "m-ashmere.docx",
        "m-marle-end.docx",
        "m-none-given.docx",
    ]
    set_participant(coded, "P03", {"name": "Rob Ashmere"}, by=BY, at=tick())
    build = partial(charting.build_matrix, coded, at=tick())
    parts = splitting.split(coded, build, folder / "m.docx", by="place").parts
    assert [file.name for _, file in parts] == [
        "m-place.docx",
        "m-marle-end.docx",
        "m-none-given.docx",
    ]
    assert exporting.save_matrices(coded, parts, by=BY, at=tick())


@pytest.fixture
def summed_up(store: Store, folder: Path) -> Store:
    """Of two themes and three places one each has a quotation; the team wrote of the others."""
    coded_with(store, folder, TAGS[1:2])
    set_participant(store, "P09", {"place": "Elsewhere"}, new=True, by=BY, at=tick())
    for case, code, rows in (
        ("P01", "cohesion", None),
        ("P02", "funding", None),
        ("P03", "grant-aid", None),
        ("Ashmere", "cohesion", "place"),
        ("officer", "funding", "stakeholder"),
    ):
        final = SummaryStatus.FINAL
        words = f"{case} on {code}."
        acts.write_summary(store, case, code, words, rows=rows, status=final, by=BY, at=tick())
    return store


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("cells", charting.WITH_SUMMARIES)
@pytest.mark.parametrize("by", splitting.SPLITS)
def test_the_parts_hold_all_summaries(
    by: str, cells: str, audience: Audience, summed_up: Store
) -> None:
    for rows, count in (("participant", 3), ("place", 1), ("stakeholder", 1)):
        if audience is Audience.PUBLICATION and rows != "participant":
            continue  # neither is said there of those who are cited by their role
        asked = {"rows": rows, "cells": cells, "audience": audience}
        whole = summaries(charting.build_matrix(summed_up, at=tick(), **asked))  # type: ignore[arg-type]
        parts = split(summed_up, by, **asked).values()
        assert len(whole) == count
        assert set().union(*map(summaries, parts)) == whole
        assert all(summaries(part) or quotations(part) or cells == "summary" for part in parts)


def test_each_part_is_warned_of_its_own_summaries(summed_up: Store) -> None:
    acts.write_summary(summed_up, "P01", "cohesion", "Together.", links=["one:2"], by=BY, at=tick())
    place = Place(quote="the tent came with it")
    coding.untag(summed_up, "one", "bonding", place, by=BY, at=tick())
    parts = split(summed_up, "theme", cells="both")
    assert [*parts] == ["m-funding.docx", "m-cohesion.docx"]
    assert [len(part.warnings) for part in parts.values()] == [0, 1]


@pytest.mark.parametrize("by", ["participant", "transcript", "stakeholder", "Place", "bogus"])
def test_by_what_else_a_matrix_cannot_be_split_is_refused(by: str, coded: Store) -> None:
    with pytest.raises(errors.UsageError, match="theme, place"):
        split(coded, by)


ALIKE = """\
interview_id,file,participant,name,role,place,attribution,date
one,one.txt,P01,,Chair,By Ann Hartnoll,anonymous,2024-03-12
two,two.txt,P02,,Clerk,By Hartnoll Ann,named,2024-04-02
three,three.txt,P03,Ann Hartnoll,Baker,Marle,withheld,2024-04-02
four,four.txt,P04,,Nurse,Marle,role,2024-04-02
"""


@pytest.fixture
def alike(store: Store, folder: Path) -> Store:
    """Two places that are called alike without the name in them, and one who is withheld."""
    files = {**FILES, "four.txt": "I: Who pays?\n\nP: Nobody pays here.\n", "m.csv": ALIKE}
    assert bring_in(store, manifest=write(folder, files) / "m.csv").written
    apply_codebook(store, folder, CODEBOOK)
    for transcript, code, words in (*TAGS, ("four", "bonding", "Nobody pays")):
        start = listing_text(store, transcript).index(words)
        place = Place(span=(start, start + len(words)))
        coding.tag(store, transcript, code, place, by=BY, at=tick())
    return store


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("where", [(), ("participant=P02",)])
def test_of_places_that_are_called_alike_no_quotation_is_lost(
    audience: Audience, where: tuple[str, ...], alike: Store
) -> None:
    asked = {"audience": audience, "where": where}
    whole = charting.build_matrix(alike, at=tick(), **asked)  # type: ignore[arg-type]
    parts = split(alike, "place", **asked).values()
    said = Counter(one.text for part in parts for one in quotations(part))
    assert said == Counter(one.text for one in quotations(whole))
    assert all(quotations(part) for part in parts)
    assert len(said) == (1 if where else 4)


@pytest.mark.parametrize("by", splitting.SPLITS)
def test_who_is_withheld_is_in_no_part_and_counted_once(by: str, alike: Store) -> None:
    build = partial(charting.build_matrix, alike, at=tick())
    assert build().withheld == 1
    assert splitting.split(alike, build, Path("m.docx"), by=by).withheld == 1


def test_a_split_matrix_shows_the_best_of_each_cell_as_the_whole_does(coded: Store) -> None:
    whole = numbers(charting.build_matrix(coded, max_quotes=1, at=tick()))
    parts = [numbers(report) for report in split(coded, "theme", max_quotes=1).values()]
    assert {words: n for part in parts for words, n in part.items()} == whole


@pytest.mark.parametrize("by", splitting.SPLITS)
def test_what_is_coded_between_two_parts_is_in_none(by: str, coded: Store) -> None:
    build = partial(charting.build_matrix, coded, at=tick())
    start = listing_text(coded, "two").index("What came")

    def built_while_somebody_codes(**asked: Any) -> MatrixReport:
        made = build(**asked)
        if "part" not in asked:
            with open_store(str(coded.path), lock_wait_ms=50) as other:
                place = Place(span=(start, start + len("What came")))
                with suppress(errors.StoreLockedError):  # who writes waits for who reads
                    coding.tag(other, "two", "bonding", place, by="tomasz", at=tick())
        return made

    parts = splitting.split(coded, built_while_somebody_codes, Path("m.docx"), by=by).parts
    assert sum(len(quotations(report)) for report, _ in parts) == len(TAGS)


def test_counts_are_split_too(coded: Store) -> None:
    files = [*split(coded, "theme", cells="counts")]
    assert len(files) == 2
    assert all(file.startswith("m-") for file in files)


def test_what_holds_nothing_is_not_split(store: Store, folder: Path) -> None:
    apply_codebook(store, folder, CODEBOOK)
    with pytest.raises(errors.UsageError, match="nothing to split"):
        split(store, "theme")


def test_where_one_part_cannot_be_written_none_is(coded: Store, folder: Path) -> None:
    build = partial(charting.build_matrix, coded, at=tick())
    (folder / "m-marle-end.csv").write_text(CODINGS, "utf-8")
    parts = splitting.split(coded, build, folder / "m.csv", by="place").parts
    with pytest.raises(errors.FileExistsAlreadyError):
        exporting.save_matrices(coded, parts, by=BY, at=tick())
    assert (folder / "m-marle-end.csv").read_text("utf-8") == CODINGS
    assert sorted(file.name for file in folder.glob("m-*")) == ["m-marle-end.csv"]


def test_the_parts_are_laid_out_as_the_whole_is(store: Store, folder: Path) -> None:
    """By itself one theme would be a list and the other a table."""
    coded = coded_with(store, folder, TAGS[:3])
    build = partial(charting.build_matrix, coded, at=tick())
    parts = splitting.split(coded, build, folder / "m.docx", by="theme").parts
    alone = {
        exporting.save_matrix(coded, report, folder / f"a-{at}.docx", by=BY, at=tick()).layout
        for at, (report, _) in enumerate(parts)
    }
    assert alone == {"list", "matrix"}

    whole = exporting.save_matrix(coded, build(), folder / "whole.docx", by=BY, at=tick())
    done = exporting.save_matrices(coded, parts, by=BY, at=tick())
    assert {one.layout for one in done} == {whole.layout}
    assert [one.choice for one in done] == [whole.choice, ""]
