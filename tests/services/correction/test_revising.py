"""Corrected files: a new version, the codings carried over, and nothing without a yes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from services.study import BY, bring_in, contents, dialogue, listing_text, tick, write

from qualcode import errors
from qualcode.services import listing
from qualcode.services.correction import revising
from qualcode.services.intake import importing
from qualcode.services.intake.importing import ImportReport
from qualcode.services.work import coding
from qualcode.store.store import Store
from qualcode.text.anchoring import Outcome

ANSWERS = (
    "We all came to the fair, every year in May.",
    "The council gave a grant, once, and never again.",
    "Now we pass a bucket round when the band has played.",
)


@pytest.fixture
def coded(store: Store, folder: Path) -> Store:
    """A store with P01, of whose answers two are coded, and P02."""
    files = {"P01.txt": dialogue("P01", *ANSWERS), "P02.txt": dialogue("P02", "The tent leaked.")}
    bring_in(store, write(folder, files))
    for quote in ("The council gave a grant", "we pass a bucket round"):
        coding.tag(store, "P01", "grant-aid", coding.Place(quote=quote), by=BY, at=tick())
    return store


def corrected(folder: Path, *answers: str) -> Path:
    """P01.txt with other answers."""
    path = folder / "P01.txt"
    path.write_text(dialogue("P01", *answers), encoding="utf-8")
    return path


def revise(store: Store, file: Path, *, yes: bool = True, dry_run: bool = False) -> ImportReport:
    return revising.revise(store, "P01", file, yes=yes, dry_run=dry_run, by=BY, at=tick())


def outcomes(report: ImportReport) -> list[tuple[str, int, list[str]]]:
    """Name, version and outcomes of each revision."""
    return [
        (one.transcript, one.version, [str(each.outcome) for each in one.carryings])
        for one in report.revisions
    ]


def test_nothing_is_written_of_a_changed_file_without_a_yes(coded: Store, folder: Path) -> None:
    corrected(folder, "We came to the fair.", *ANSWERS[1:])
    write(folder, {"P03.txt": dialogue("P03", "A third one.")})
    before = contents(coded)

    report = bring_in(coded, folder)

    assert (report.written, report.unconfirmed) == (False, True)
    assert (report.imported, report.unchanged, report.revised) == (1, 1, 1)
    assert outcomes(report) == [("P01", 2, ["carried", "carried"])]
    assert contents(coded) == before


def test_with_a_yes_a_changed_file_is_the_next_version_and_keeps_its_codings(
    coded: Store, folder: Path
) -> None:
    corrected(folder, "We came to the fair.", *ANSWERS[1:])
    report = bring_in(coded, folder, yes=True)

    assert (report.written, report.unconfirmed, report.revised) == (True, False, 1)
    [p01] = [t for t in listing.list_transcripts(coded) if t.name == "P01"]
    assert (p01.version, p01.codings, p01.waiting) == (2, 2, 0)
    assert "We came to the fair." in listing_text(coded, "P01")
    assert bring_in(coded, folder).unchanged == 2


def test_a_dry_run_tells_what_a_yes_does(coded: Store, folder: Path) -> None:
    corrected(folder, "We came.", "The council gave us a grant, twice.", "Nothing of it is left.")
    before = contents(coded)
    rehearsed = bring_in(coded, folder, dry_run=True)

    assert contents(coded) == before
    done = bring_in(coded, folder, yes=True)
    assert (rehearsed.written, rehearsed.unconfirmed) == (False, False)
    for field in ("revised", "unchanged", "warnings", "accounts", "revisions"):
        assert getattr(rehearsed, field) == getattr(done, field)
    assert Outcome.LOST in {one.outcome for one in done.revisions[0].carryings}


def test_who_is_asked_sees_the_report_and_decides(coded: Store, folder: Path) -> None:
    corrected(folder, "We came to the fair.", *ANSWERS[1:])
    seen: list[ImportReport] = []

    def asked(answer: bool) -> ImportReport:
        def confirm(report: ImportReport) -> bool:
            seen.append(report)
            return answer

        return importing.import_transcripts(coded, [folder], confirm=confirm, by=BY, at=tick())

    no, yes = asked(False), asked(True)

    assert (no.written, no.unconfirmed) == (False, True)
    assert (yes.written, yes.unconfirmed) == (True, False)
    assert [outcomes(report) for report in seen] == [outcomes(yes)] * 2
    assert yes.warnings == seen[0].warnings


def test_a_re_export_with_the_same_words_carries_all(coded: Store, folder: Path) -> None:
    path = folder / "P01.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    report = bring_in(coded, folder, yes=True)

    assert outcomes(report) == [("P01", 2, ["carried", "carried"])]


def test_only_who_revises_goes_back_to_earlier_bytes(coded: Store, folder: Path) -> None:
    first = (folder / "P01.txt").read_text(encoding="utf-8")
    corrected(folder, "We came to the fair.", *ANSWERS[1:])
    bring_in(coded, folder, yes=True)
    (folder / "P01.txt").write_text(first, encoding="utf-8")
    before = contents(coded)

    report = bring_in(coded, folder, yes=True)

    assert (report.unchanged, report.revised) == (2, 0)
    assert [w.code for w in report.warnings] == ["earlier-version"]
    assert contents(coded) == before
    assert outcomes(revise(coded, folder / "P01.txt")) == [("P01", 3, ["carried", "carried"])]
    assert (bring_in(coded, folder).unchanged, bring_in(coded, folder).warnings) == (2, ())


def test_a_correction_is_one_act_that_undo_takes_back(coded: Store, folder: Path) -> None:
    text, before = listing_text(coded, "P01"), listing.list_transcripts(coded)
    corrected(folder, "We came to the fair.", *ANSWERS[1:])
    bring_in(coded, folder, yes=True)
    after = listing.list_transcripts(coded)

    coded.undo(by=BY, at=tick())
    assert (listing_text(coded, "P01"), listing.list_transcripts(coded)) == (text, before)
    coded.redo(by=BY, at=tick())
    assert listing.list_transcripts(coded) == after


def test_what_is_known_of_a_transcript_outlasts_its_correction(store: Store, folder: Path) -> None:
    rows = "interview_id,file,participant,speaker,date,language\nI1,a.txt,P07,Ann,2024-03-01,en\n"
    write(folder, {"m.csv": rows, "a.txt": dialogue("Ann", *ANSWERS)})
    bring_in(store, manifest=folder / "m.csv")
    before = listing.show_transcript(store, "I1").record
    write(folder, {"b.txt": "Date: 2020-01-01\n\n" + dialogue("Ann", *ANSWERS[:2])})

    revising.revise(store, "I1", folder / "b.txt", yes=True, by=BY, at=tick())
    after = listing.show_transcript(store, "I1").record

    assert (after.version, after.file) == (2, "b.txt")
    assert before.participants == after.participants == ("P07",)
    assert (after.interviewed, after.language) == ("2024-03-01", "en")
    assert [s.participant for s in after.speakers] == [s.participant for s in before.speakers]


def test_a_file_of_another_name_can_be_the_correction(coded: Store, folder: Path) -> None:
    other = write(folder / "later", {"fixed.txt": dialogue("P01", *ANSWERS[1:])}) / "fixed.txt"
    before = contents(coded)

    assert revise(coded, other, yes=False).unconfirmed
    assert not revise(coded, other, dry_run=True).written
    assert contents(coded) == before
    assert outcomes(revise(coded, other)) == [("P01", 2, ["carried", "carried"])]


def test_a_correction_that_is_there_already_changes_nothing(coded: Store, folder: Path) -> None:
    before = contents(coded)
    report = revise(coded, folder / "P01.txt")

    assert (report.revised, report.unchanged, report.written) == (0, 1, False)
    assert contents(coded) == before


def test_the_same_bytes_in_another_encoding_are_a_correction(store: Store, folder: Path) -> None:
    (folder / "P01.txt").write_bytes(b"I: O\x9d?\n\nP: L\x88-bas, in the tent.\n")
    bring_in(store, folder)
    assert "Là-bas" not in listing_text(store, "P01")

    def read_as(encoding: str) -> ImportReport:
        path = folder / "P01.txt"
        return revising.revise(store, "P01", path, encoding=encoding, yes=True, by=BY, at=tick())

    first, again = read_as("mac-roman"), read_as("mac-roman")

    assert (first.revised, again.revised, again.unchanged) == (1, 0, 1)
    assert "Là-bas" in listing_text(store, "P01")
    assert bring_in(store, folder).unchanged == 1


def test_an_import_that_would_read_otherwise_names_the_command_that_does(
    store: Store, folder: Path
) -> None:
    for name in ("P01.txt", "P02.txt"):
        (folder / name).write_bytes(f"I: O\x9d?\n\nP: L\x88-bas, {name}.\n".encode("latin-1"))
    first = bring_in(store, folder)

    def told(kind: str | None = None, *, encoding: str | None = None) -> list[tuple[str, str]]:
        report = importing.import_transcripts(
            store, [folder], format=kind, encoding=encoding, by=BY, at=tick()
        )
        assert (report.unchanged, report.revised) == (2, 0)
        return [(w.code, w.message) for w in report.warnings]

    (said,) = {w.message for w in first.warnings if w.code == "encoding-guessed"}
    assert "qualcode transcripts revise NAME FILE --encoding mac-roman" in said
    assert told("text") == told() == []
    for ((code, message),) in (told(encoding="mac-roman"), told("csv")):
        assert code == "not-read-again"
        assert "nor was 1 more" in message
        assert "qualcode transcripts revise NAME FILE" in message
    for name in ("P01", "P02"):
        path = folder / f"{name}.txt"
        revising.revise(store, name, path, encoding="mac-roman", yes=True, by=BY, at=tick())
    assert told(encoding="macroman") == []


def test_a_file_with_the_bytes_of_another_transcript_is_said(coded: Store, folder: Path) -> None:
    shutil.copy(folder / "P02.txt", folder / "P01.txt")
    report = bring_in(coded, folder)

    assert report.unconfirmed
    assert "same-file" in [w.code for w in report.warnings]


@pytest.mark.parametrize("name", ["P01.txt", "P01 fixed.txt"])
def test_the_file_that_was_corrected_from_elsewhere_brings_nothing_back(
    coded: Store, folder: Path, tmp_path: Path, name: str
) -> None:
    fixed = write(tmp_path / "fixed", {name: dialogue("P01", *ANSWERS[1:])})
    revise(coded, fixed / name)
    before = contents(coded)

    report = bring_in(coded, folder, yes=True)

    assert (report.unchanged, report.revised) == (2, 0)
    assert [w.code for w in report.warnings] == ["earlier-version"]
    assert contents(coded) == before
    assert outcomes(revise(coded, folder / "P01.txt")) == [("P01", 3, ["carried", "carried"])]


def test_another_interview_under_a_known_name_is_said(store: Store, folder: Path) -> None:
    def long(word: str) -> str:
        return dialogue("P", *(f"{word} number {n} was {word} {n * 7} times." for n in range(99)))

    bring_in(store, write(folder, {"P01.txt": long("tent")}))
    write(folder, {"P01.txt": long("bucket")})
    report = bring_in(store, folder)

    assert report.unconfirmed
    assert "unlike-before" in [w.code for w in report.warnings]


def test_a_file_that_cannot_be_read_is_no_correction(coded: Store, folder: Path) -> None:
    write(folder, {"empty.txt": ""})
    with pytest.raises(errors.EmptyTranscriptError):
        revise(coded, folder / "empty.txt")
    with pytest.raises(errors.FileMissingError):
        revise(coded, folder / "none.txt")
    with pytest.raises(errors.FileUnreadableError):
        revise(coded, folder)
    with pytest.raises(errors.UnknownTranscriptError):
        revising.revise(coded, "P99", folder / "P01.txt", yes=True, by=BY, at=tick())


def test_a_version_that_came_in_meanwhile_is_not_passed_over(coded: Store, folder: Path) -> None:
    corrected(folder, *ANSWERS[1:])

    def somebody_else(_: ImportReport) -> bool:
        other = write(folder / "other", {"x.txt": dialogue("P01", *ANSWERS[:2])}) / "x.txt"
        return revise(coded, other).written

    with pytest.raises(errors.TranscriptChangedError):
        revising.revise(coded, "P01", folder / "P01.txt", confirm=somebody_else, by=BY, at=tick())
    assert listing.show_transcript(coded, "P01").record.version == 2


def test_a_file_beside_its_correction_is_said_to_be_nothing(coded: Store, folder: Path) -> None:
    write(folder, {"fixed/P01.txt": dialogue("P01", *ANSWERS[1:])})
    revise(coded, folder / "fixed" / "P01.txt")

    report = bring_in(coded, folder, yes=True)

    assert (report.unchanged, report.revised, report.rejected) == (2, 0, ())
    assert report.warnings == ()


def test_what_was_coded_between_the_question_and_the_yes_is_in_the_report(
    coded: Store, folder: Path
) -> None:
    def somebody_codes(_: ImportReport) -> bool:
        place = coding.Place(quote="every year in May")
        coding.tag(coded, "P01", "trading", place, by="tomasz", at=tick())
        return True

    corrected(folder, "We came to the fair.", *ANSWERS[1:])
    report = importing.import_transcripts(coded, [folder], confirm=somebody_codes, by=BY, at=tick())

    assert outcomes(report) == [("P01", 2, ["lost", "carried", "carried"])]
