"""What somebody left out as a double: the answer holds for its bytes, until somebody asks again."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.intake.test_duplicates import COPIES, codes, interview, names, sentences
from services.study import BY, bring_in, contents, event_count, tick, write

from qualcode import errors
from qualcode.services import listing
from qualcode.services.correction import revising
from qualcode.services.intake import importing
from qualcode.services.intake.duplicates import (
    EVERY,
    SURE,
    Duplicate,
    Sameness,
    Treatment,
    asked_again,
    where_sure,
)
from qualcode.services.intake.importing import ImportReport
from qualcode.store.store import Store

GUESSES = (Sameness.PROBABLE, Sameness.PART)


def answering(
    store: Store, *paths: Path, answer: Treatment, manifest: Path | None = None, again: bool = False
) -> tuple[ImportReport, list[str]]:
    """The report of an import, and the names of the files that were asked about."""
    seen: list[str] = []

    def treat(double: Duplicate) -> Treatment:
        seen.append(double.name)
        return answer

    report = importing.import_transcripts(
        store,
        paths,
        manifest=manifest,
        treat=treat,
        ask_again=EVERY if again else (),
        yes=True,
        by=BY,
        at=tick(),
    )
    return report, seen


def left_out(store: Store, folder: Path, sameness: Sameness) -> None:
    """A folder of an interview and a double of it, the double left out by a person."""
    write(folder, {"P01.txt": interview(*sentences(40)), "P01b.txt": COPIES[sameness]})
    report, seen = answering(store, folder, answer=Treatment.LEAVE)
    assert (seen, report.written, names(store)) == (["P01b"], True, [("P01", 1)])


@pytest.mark.parametrize("sameness", Sameness)
def test_a_file_left_out_is_asked_about_once_and_told_every_time(
    store: Store, folder: Path, sameness: Sameness
) -> None:
    left_out(store, folder, sameness)
    before = contents(store)

    for _ in range(2):
        report, seen = answering(store, folder, answer=Treatment.KEEP)
        assert (seen, report.imported, report.unchanged, report.written) == ([], 0, 1, False)
        assert [Path(file).name for file in report.left_out] == ["P01b.txt"]
        assert codes(report) == [("P01b.txt", "left-out")]
        [judged] = report.doubles
        double = judged.double
        assert (Path(double.file).name, double.name, double.other) == ("P01b.txt", "P01b", "P01")
        assert (double.sameness, double.share) == (sameness, None)
        assert judged.treatment is Treatment.LEAVE
    assert contents(store) == before


@pytest.mark.parametrize("sameness", GUESSES)
def test_a_script_that_keeps_doubles_does_not_bring_in_what_a_person_left_out(
    store: Store, folder: Path, sameness: Sameness
) -> None:
    left_out(store, folder, sameness)
    write(folder, {"P02.txt": interview(*sentences(40, seed=3))})

    report = bring_in(store, folder)

    assert (report.imported, len(report.left_out)) == (1, 1)
    assert names(store) == [("P01", 1), ("P02", 1)]


def test_other_bytes_under_the_name_of_a_file_left_out_are_asked_about(
    store: Store, folder: Path
) -> None:
    left_out(store, folder, Sameness.CORRECTED)
    write(folder, {"P01b.txt": COPIES[Sameness.CORRECTED].replace("kin", "kith", 1)})

    report, seen = answering(store, folder, answer=Treatment.LEAVE)

    assert (seen, report.left_out, names(store)) == (
        ["P01b"],
        (str(folder / "P01b.txt"),),
        [("P01", 1)],
    )


def test_the_answer_holds_for_the_bytes_under_whatever_name(store: Store, folder: Path) -> None:
    left_out(store, folder, Sameness.PROBABLE)
    (folder / "P01b.txt").rename(folder / "draft.txt")

    report, seen = answering(store, folder, answer=Treatment.KEEP)

    assert (seen, names(store)) == ([], [("P01", 1)])
    assert codes(report) == [("draft.txt", "left-out")]


@pytest.mark.parametrize("sameness", Sameness)
def test_who_asks_again_is_asked_and_another_answer_takes_the_place_of_the_first(
    store: Store, folder: Path, sameness: Sameness
) -> None:
    left_out(store, folder, sameness)

    report, seen = answering(store, folder, answer=Treatment.KEEP, again=True)
    assert (seen, report.imported) == (["P01b"], 1)
    assert names(store) == [("P01", 1), ("P01b", 1)]

    listing.remove_transcript(store, "P01b", by=BY, at=tick())
    _, seen = answering(store, folder, answer=Treatment.KEEP)
    assert seen == ["P01b"]


@pytest.mark.parametrize("choice", Treatment)
@pytest.mark.parametrize("sameness", Sameness)
def test_a_choice_brings_back_what_was_left_out_as_far_as_it_speaks_of_it(
    store: Store, folder: Path, sameness: Sameness, choice: Treatment
) -> None:
    left_out(store, folder, sameness)
    report = importing.import_transcripts(
        store,
        [folder],
        treat=where_sure(choice),
        ask_again=asked_again(choice),
        yes=True,
        by=BY,
        at=tick(),
    )
    after = [("P01", 1)]
    if choice is Treatment.KEEP:
        after = [("P01", 1), ("P01b", 1)]
    elif choice is Treatment.REVISE and sameness in SURE - {Sameness.BYTES}:
        after = [("P01", 2)]
    assert names(store) == after
    assert len(report.left_out) == (after == [("P01", 1)])


def test_the_same_answer_twice_writes_nothing_the_second_time(store: Store, folder: Path) -> None:
    left_out(store, folder, Sameness.WORDS)
    events = event_count(store)

    report, seen = answering(store, folder, answer=Treatment.LEAVE, again=True)

    assert (seen, report.written, event_count(store)) == (["P01b"], False, events)


def test_undoing_the_import_takes_the_answer_back(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"P01.txt": interview(*sentences(40))}))
    write(folder, {"P01b.txt": COPIES[Sameness.PROBABLE]})
    answering(store, folder, answer=Treatment.LEAVE)
    store.undo(by=BY, at=tick())

    _, seen = answering(store, folder, answer=Treatment.LEAVE)

    assert seen == ["P01b"]


def test_what_was_left_out_for_a_transcript_may_come_when_that_is_taken_out(
    store: Store, folder: Path
) -> None:
    left_out(store, folder, Sameness.PROBABLE)
    listing.remove_transcript(store, "P01", by=BY, at=tick())

    report, seen = answering(store, folder / "P01b.txt", answer=Treatment.KEEP)

    assert (seen, report.imported, names(store)) == ([], 1, [("P01b", 1)])


def test_a_file_left_out_can_be_taken_as_a_correction_by_its_name(
    store: Store, folder: Path
) -> None:
    left_out(store, folder, Sameness.CORRECTED)
    revising.revise(store, "P01", folder / "P01b.txt", yes=True, by=BY, at=tick())

    report, seen = answering(store, folder, answer=Treatment.LEAVE)

    assert (seen, report.left_out, names(store)) == ([], (), [("P01", 2)])


def test_bytes_left_out_come_in_as_the_next_version_of_a_transcript_of_their_name(
    store: Store, folder: Path
) -> None:
    left_out(store, folder, Sameness.PROBABLE)
    bring_in(store, write(folder, {"P09.txt": interview(*sentences(40, seed=9))}))
    (folder / "P01b.txt").replace(folder / "P09.txt")

    report, _ = answering(store, folder, answer=Treatment.LEAVE)

    assert (report.revised, report.left_out) == (1, ())
    assert names(store) == [("P01", 1), ("P09", 2)]


def test_a_dry_run_remembers_no_answer(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"P01.txt": interview(*sentences(40))}))
    write(folder, {"P01b.txt": COPIES[Sameness.PROBABLE]})
    before = contents(store)
    importing.import_transcripts(
        store, [folder], treat=lambda _: Treatment.LEAVE, dry_run=True, by=BY, at=tick()
    )
    assert contents(store) == before


@pytest.mark.parametrize(
    ("sameness", "attributes", "is_lost"),
    [
        (Sameness.WORDS, {"strand": "in depth"}, False),
        (Sameness.PROBABLE, {}, True),
    ],
)
def test_a_row_of_a_file_left_out_holds_where_the_two_are_surely_one(
    store: Store, folder: Path, sameness: Sameness, attributes: dict[str, str], is_lost: bool
) -> None:
    left_out(store, folder, sameness)
    manifest = manifest_of_the_double(folder)

    report, seen = answering(store, answer=Treatment.KEEP, manifest=manifest)

    assert (seen, names(store)) == ([], [("P01", 1)])
    [stored] = listing.list_transcripts(store)
    assert stored.attributes == attributes
    [warning] = [one for one in report.warnings if one.code == "left-out"]
    assert ("what the manifest says of it is left out as well" in warning.message) is is_lost


def test_a_row_for_a_file_left_out_for_its_bytes_is_a_mistake_in_the_manifest(
    store: Store, folder: Path
) -> None:
    left_out(store, folder, Sameness.BYTES)

    report, _ = answering(store, answer=Treatment.KEEP, manifest=manifest_of_the_double(folder))

    [rejection] = report.rejected
    assert isinstance(rejection.error, errors.SameFileError)


def manifest_of_the_double(folder: Path) -> Path:
    """A manifest with a row for the double alone."""
    table = folder / "interviews.csv"
    table.write_text(
        "interview_id,file,participant,strand\nP01b,P01b.txt,P01,in depth\n",
        encoding="utf-8",
    )
    return table


def test_a_double_stays_out_when_the_transcript_is_corrected_to_its_very_bytes(
    store: Store, folder: Path
) -> None:
    left_out(store, folder, Sameness.PROBABLE)
    write(folder, {"P01.txt": COPIES[Sameness.PROBABLE]})
    answering(store, folder, answer=Treatment.LEAVE)
    before = contents(store)

    report, seen = answering(store, folder, answer=Treatment.LEAVE)
    assert (seen, names(store)) == ([], [("P01", 2)])
    assert [Path(file).name for file in report.left_out] == ["P01b.txt"]
    assert contents(store) == before
