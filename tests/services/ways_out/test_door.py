"""What was made some time ago leaves by what is so now; all of it, or nothing; and is put down."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pytest
from services.areas import area, study
from services.fair import new_fair
from services.study import BY, listing_text, tick

from qualcode import errors
from qualcode.exporters import write_matrix
from qualcode.model.consent import Export, Shown
from qualcode.model.document import PLAIN
from qualcode.model.matrix import ExportReport, MatrixReport
from qualcode.model.names import NameKind
from qualcode.model.summary import SummaryStatus
from qualcode.services import people
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.consent.names import settling as names
from qualcode.services.retrieval import editing, retrieving
from qualcode.services.summaries import acts
from qualcode.services.ways_out import door, exporting, own_words
from qualcode.services.ways_out.departing import Departing, quotations_in
from qualcode.services.ways_out.door import Sent
from qualcode.services.ways_out.putting import all_or_none, beside
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import leaving
from qualcode.store.store import Store, open_store

PATCHED = "we all patched it together"


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    with new_fair(tmp_path / "fair") as store:
        yield store


def exports(store: Store) -> list[Export]:
    with store.reading() as session:
        return leaving.exports(session)


def withdraw(store: Store) -> None:
    people.set_participant(store, "P01", {"attribution": "withheld"}, by=BY, at=tick())


def uid_of(store: Store, words: str) -> str:
    found = retrieving.quotes(store).quotations
    return next(one.coding for one in found if one.text == words)


def saving(store: Store, folder: Path) -> dict[str, Callable[[], object]]:
    """Every kind of value, made now, and what saves it later."""
    report = charting.build_matrix(store, at=tick())
    book = booking.build_book(store, context=12, at=tick()).book
    evidence = evidencing.build_evidence(store, context=12, at=tick()).evidence
    quotations = retrieving.quotes(store, context=12).quotations
    return {
        "matrix": lambda: exporting.save_matrix(store, report, folder / "m.md", by=BY, at=tick()),
        "book": lambda: exporting.save_book(store, book, folder / "b.md", by=BY, at=tick()),
        "evidence": lambda: exporting.save_evidence(
            store, evidence, folder / "e.csv", by=BY, at=tick()
        ),
        "quotations": lambda: exporting.save_quotations(
            store, quotations, folder / "q.json", by=BY, at=tick()
        ),
    }


# -- made before, asked now ------------------------------------------------------------------------


def test_who_withdrew_is_counted_once_though_cited_and_quoted(fair: Store, folder: Path) -> None:
    saves = saving(fair, folder)
    withdraw(fair)
    for save in saves.values():
        with pytest.raises(errors.ConsentChangedError, match="1 participant cited") as told:
            save()
        assert told.value.people == 1


@pytest.mark.parametrize("kind", ["matrix", "book", "evidence", "quotations"])
def test_words_that_were_cut_since_do_not_leave(fair: Store, folder: Path, kind: str) -> None:
    save = saving(fair, folder)[kind]
    save()
    uid = uid_of(fair, PATCHED)
    editing.edit_quotation(fair, uid, cut=["patched"], by=BY, at=tick())
    with pytest.raises(errors.ConsentChangedError, match="may no longer be shown so"):
        save()


@pytest.mark.parametrize("kind", ["matrix", "book", "evidence", "quotations"])
def test_words_around_a_quotation_that_were_cut_since_do_not_leave(
    fair: Store, folder: Path, kind: str
) -> None:
    uid = uid_of(fair, PATCHED)
    grants = [one.coding for one in retrieving.quotes(fair).quotations if "tent" in one.text]
    save = saving(fair, folder)[kind]
    editing.edit_quotation(fair, uid, cut=["patched"], by=BY, at=tick())
    with pytest.raises(errors.ConsentChangedError):
        save()
    saving(fair, folder)[kind]()  # made again, it leaves
    assert grants


@pytest.mark.parametrize("cut", ["The grant paid for the tent, and it", "the tent"])
def test_what_was_cut_before_it_was_made_leaves(fair: Store, folder: Path, cut: str) -> None:
    """However long the words are that a quotation, or the words around one, leave out."""
    start = listing_text(fair, "P01").index("The grant paid")
    end = start + len("The grant paid for the tent, and it leaked.")
    coding.tag(fair, "P01", "trading", Place(span=(start, end)), by=BY, at=tick())
    whole = uid_of(fair, "The grant paid for the tent, and it leaked.")
    editing.edit_quotation(fair, whole, cut=[cut], by=BY, at=tick())
    for save in saving(fair, folder).values():
        save()
    written = [(folder / name).read_text("utf-8") for name in ("m.md", "b.md", "e.csv", "q.json")]
    assert all("…" in text for text in written)
    assert not [text for text in written if "The grant paid for the tent" in text]
    for words in range(1, 14):
        found = retrieving.quotes(fair, context=words).quotations
        exporting.save_quotations(fair, found, folder / "q.csv", by=BY, at=tick())
        assert "[…]" in (folder / "q.csv").read_text("utf-8")


def test_a_cut_elsewhere_stops_nothing(fair: Store, folder: Path) -> None:
    uid = uid_of(fair, PATCHED)
    before = saving(fair, folder)
    people.set_participant(fair, "P03", {"attribution": "named"}, by=BY, at=tick())
    report = charting.build_matrix(fair, where=["participant=P03"], at=tick())
    editing.edit_quotation(fair, uid, cut=["patched"], by=BY, at=tick())
    assert len(before) > 1
    assert exporting.save_matrix(fair, report, folder / "m.csv", by=BY, at=tick()).quotations == 1


def test_a_summary_that_rests_on_somebody_who_withdrew_does_not_leave(
    fair: Store, folder: Path
) -> None:
    acts.write_summary(
        fair,
        "Marle",
        "funding",
        "Grants come late.",
        rows="place",
        status=SummaryStatus.FINAL,
        links=[uid_of(fair, "The grant paid for the tent")],
        by=BY,
        at=tick(),
    )
    report = charting.build_matrix(fair, rows="place", cells="both", at=tick())
    bare = tuple(tuple(replace(cell, quotes=()) for cell in row) for row in report.matrix.cells)
    silent = replace(
        report,
        matrix=replace(report.matrix, cells=bare),
        sections=(),
        register=(),
        comparisons=(),
    )
    exporting.save_matrix(fair, silent, folder / "m.json", by=BY, at=tick())
    assert "Grants come late." in (folder / "m.json").read_text("utf-8")
    withdraw(fair)
    with pytest.raises(errors.ConsentChangedError, match="1 passage or summary in it"):
        exporting.save_matrix(fair, silent, folder / "m.json", by=BY, at=tick())


def test_a_comparison_that_counts_somebody_who_withdrew_does_not_leave(
    tmp_path: Path, folder: Path
) -> None:
    with study(tmp_path / "areas", [*area("Ashmere", "g g b"), *area("Marle", "g b b")]) as store:
        found = charting.compare(store, by="place")
        assert not any(line.against for line in found.lines)
        exporting.save_comparison(store, found, folder / "c.csv", by=BY, at=tick())
        withdraw(store)
        with pytest.raises(errors.ConsentChangedError, match="1 participant"):
            exporting.save_comparison(store, found, folder / "c.csv", by=BY, at=tick())
        fresh = charting.compare(store, by="place")
        exporting.save_comparison(store, fresh, folder / "c.csv", by=BY, at=tick())


# -- between the look and the act ------------------------------------------------------------------


def departing_of(report: MatrixReport) -> Departing:
    """A matrix as Markdown, as the door is told of it."""
    write = partial(write_matrix, format="md", options=PLAIN)
    return Departing(
        write=partial(write, report),
        format="md",
        blank=own_words.of_nobody(write, report),
        quotations=quotations_in(report),
        register=report.register,
    )


def two(fair: Store, meanwhile: Callable[[], object]) -> tuple[Departing, Departing]:
    """A matrix, and another during whose writing something happens."""
    one = departing_of(charting.build_matrix(fair, at=tick()))
    other = departing_of(charting.build_matrix(fair, where=["participant=P03"], at=tick()))

    def write(out: BinaryIO) -> ExportReport:
        meanwhile()
        return other.write(out)

    return one, replace(other, write=write)


def test_who_withdraws_while_files_are_written_is_in_none(fair: Store, folder: Path) -> None:
    one, other = two(fair, lambda: withdraw(fair))
    leaving_ = [(one, folder / "one.md"), (other, folder / "other.md")]
    with pytest.raises(errors.ConsentChangedError):
        door.save(fair, leaving_, by=BY, at=tick())
    assert list(folder.iterdir()) == []
    assert exports(fair) == []


def test_a_name_that_is_listed_while_files_are_written_is_in_none(
    fair: Store, folder: Path
) -> None:
    def listed() -> None:
        names.add_name(fair, "patched", kind=NameKind.PERSON)

    one, other = two(fair, listed)
    leaving_ = [(one, folder / "one.md"), (other, folder / "other.md")]
    with pytest.raises(errors.LeakError):
        door.save(fair, leaving_, by=BY, at=tick())
    assert list(folder.iterdir()) == []


def test_what_changes_meanwhile_and_stops_nothing_lets_it_leave(fair: Store, folder: Path) -> None:
    one, other = two(
        fair, lambda: people.set_participant(fair, "P03", {"role": "Officer"}, by=BY, at=tick())
    )
    door.save(fair, [(one, folder / "one.md"), (other, folder / "two.md")], by=BY, at=tick())
    assert sorted(one.file for one in exports(fair)) == ["one.md", "two.md"]


# -- all of them, or none --------------------------------------------------------------------------


def test_where_one_place_is_a_folder_nothing_is_written_or_put_down(
    fair: Store, folder: Path
) -> None:
    (folder / "two.md").mkdir()
    report = charting.build_matrix(fair, at=tick())
    reports = [(report, folder / name) for name in ("one.md", "two.md", "three.md")]
    with pytest.raises(errors.OutputError, match="a folder has that name"):
        exporting.save_matrices(fair, reports, by=BY, at=tick())
    assert [path.name for path in folder.iterdir()] == ["two.md"]
    assert exports(fair) == []


def test_where_the_last_cannot_be_put_the_old_ones_stand_there_again(folder: Path) -> None:
    (folder / "old.md").write_text("old")
    (folder / "old.md").chmod(0o640)
    with ExitStack() as stack:
        files = [
            stack.enter_context(beside(folder / name, "md"))
            for name in ("old.md", "new.md", "last.md")
        ]
        for file in files:
            file.path.write_text("fresh")
        (folder / "last.md").mkdir()
        with pytest.raises(errors.OutputError), all_or_none(files) as put:
            put()
    assert (folder / "old.md").read_text() == "old"
    assert (folder / "old.md").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["last.md", "old.md"]


def test_what_goes_wrong_after_all_are_put_takes_them_back(folder: Path) -> None:
    def put_and_fail() -> None:
        with beside(folder / "new.md", "md") as file, all_or_none([file]) as put:
            file.path.write_text("fresh")
            put()
            assert (folder / "new.md").read_text() == "fresh"
            raise KeyError

    with pytest.raises(KeyError):
        put_and_fail()
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no rights of this kind")
@pytest.mark.parametrize(("umask", "rights"), [(0o077, 0o600), (0o027, 0o640), (0o022, 0o644)])
@pytest.mark.parametrize("disk", ["any", "without files that have no name"])
def test_a_new_file_may_be_read_by_whom_the_person_lets(
    fair: Store,
    folder: Path,
    umask: int,
    rights: int,
    disk: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if disk != "any":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    before = os.umask(umask)
    try:
        report = charting.build_matrix(fair, at=tick())
        exporting.save_matrix(fair, report, folder / "m.md", by=BY, at=tick())
    finally:
        os.umask(before)
    assert (folder / "m.md").stat().st_mode & 0o777 == rights


# -- put down --------------------------------------------------------------------------------------


def test_a_stream_is_put_down_once_and_a_look_is_not(fair: Store) -> None:
    report = charting.build_matrix(fair, at=tick())
    looked, _ = exporting.matrix_bytes(fair, report, "docx")
    assert exports(fair) == []
    for _ in range(2):
        sent = Sent(BY, tick())
        assert exporting.matrix_bytes(fair, report, "docx", sent=sent)[0] == looked
    (put_down,) = exports(fair)
    assert put_down.is_stream
    assert (put_down.file, put_down.format) == ("-", "docx")
    assert Shown.NAME in put_down.shown["P03"]
    exporting.matrix_bytes(fair, report, "csv", sent=Sent(BY, tick()))
    assert len(exports(fair)) == 2


def test_a_date_is_put_down_where_one_was_said(fair: Store, folder: Path) -> None:
    found = retrieving.quotes(fair, where=["participant=P01"]).quotations
    exporting.save_quotations(fair, found, folder / "dated.csv", by=BY, at=tick())
    undated = [
        replace(one, attribution=one.attribution.partition(", interviewed")[0]) for one in found
    ]
    exporting.save_quotations(fair, undated, folder / "undated.csv", by=BY, at=tick())
    said = {one.file: one.shown["P01"] for one in exports(fair)}
    assert Shown.MONTH in said["dated.csv"]
    assert not {Shown.MONTH, Shown.DAY} & said["undated.csv"]


def test_a_project_that_cannot_be_written_lets_out_what_may_leave_now(
    fair: Store, folder: Path
) -> None:
    assert fair.path is not None
    report = charting.build_matrix(fair, at=tick())
    fair.close()
    fair.path.chmod(0o400)
    if os.access(fair.path, os.W_OK):
        pytest.skip("this person may write what nobody may")
    with open_store(str(fair.path)) as sealed:
        done = exporting.save_matrix(sealed, report, folder / "m.md", by=BY, at=tick())
    assert door.NOT_RECORDED in done.warnings
    assert (folder / "m.md").exists()
