"""Import: what comes in, what stays out, and that the second time nothing happens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from services.study import (
    BY,
    EXAMPLE,
    MADE,
    bring_in,
    contents,
    dialogue,
    event_count,
    tick,
    write,
)

from qualcode import errors
from qualcode.services import listing
from qualcode.services.intake import importing
from qualcode.services.intake.importing import ImportReport
from qualcode.store.store import Store


def codes_of(report: ImportReport) -> list[tuple[str, str]]:
    """The file and code of each warning."""
    return [(Path(warning.file).name, warning.code) for warning in report.warnings]


def sentences(report: ImportReport) -> list[str]:
    return [str(rejection.error).split(": ", 1)[1] for rejection in report.rejected]


THREE = {
    "P02.txt": dialogue("P02", "The tent leaked.", "We patched it."),
    "P01.md": dialogue("P01", "Everybody came to the fair."),
    "later/P03.txt": dialogue("P03", "The council gave a grant, once."),
}


def test_a_folder_comes_in_with_all_below_it_in_the_order_of_names(
    store: Store, folder: Path
) -> None:
    seen: list[tuple[int, int]] = []
    report = importing.import_transcripts(
        store,
        [write(folder, THREE)],
        by=BY,
        at=tick(),
        progress=lambda done, total: seen.append((done, total)),
    )

    assert (report.imported, report.unchanged, report.written) == (3, 0, True)
    assert [account.name for account in report.accounts] == ["P01", "P02", "P03"]
    assert [t.name for t in report.transcripts] == ["P01", "P02", "P03"]
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_the_worked_example_comes_in_whole(store: Store) -> None:
    report = bring_in(store, manifest=EXAMPLE / "interviews.csv")

    assert (report.imported, report.rejected) == (8, ())
    assert codes_of(report) == []
    assert [t.participants for t in report.transcripts if t.name == "P06"] == [("P06", "P09")]


def test_a_second_run_changes_nothing_and_writes_no_event(store: Store) -> None:
    first = bring_in(store, EXAMPLE, manifest=EXAMPLE / "interviews.csv")
    before = contents(store)

    second = bring_in(store, EXAMPLE, manifest=EXAMPLE / "interviews.csv")

    assert (second.imported, second.unchanged, second.written) == (0, 8, False)
    assert second.transcripts == first.transcripts
    assert sorted(second.unchanged_names) == [one.name for one in first.transcripts]
    assert contents(store) == before


def test_a_manifest_that_comes_later_is_said_of_the_unchanged(store: Store) -> None:
    bring_in(store, EXAMPLE)
    report = bring_in(store, manifest=EXAMPLE / "interviews.csv")

    assert (report.imported, report.unchanged) == (0, 8)
    assert {t.name: t.participants for t in report.transcripts}["P06"] == ("P06", "P09")
    assert {t.language for t in report.transcripts} == {"en-GB"}


def test_what_a_file_says_of_itself_stays_where_the_manifest_is_silent(
    store: Store, folder: Path
) -> None:
    text = "Date: 2024-03-12\nRecording: tape4.wav\n\n" + dialogue("P01", "Hello there.")
    write(folder, {"P01.txt": text, "m.csv": "file,participant\nP01.txt,P01\n"})

    first = bring_in(store, manifest=folder / "m.csv").transcripts[0]
    events = event_count(store)
    bring_in(store, manifest=folder / "m.csv")
    [again] = listing.list_transcripts(store)

    assert (first.interviewed, first.recording) == ("2024-03-12", "tape4.wav")
    assert again == first
    assert event_count(store) == events


def test_one_bad_file_keeps_all_out_and_the_store_as_it_was(store: Store, folder: Path) -> None:
    before = contents(store)
    report = bring_in(store, write(folder, {**THREE, "empty.txt": ""}))

    assert (report.imported, report.written, report.transcripts) == (0, False, ())
    assert sentences(report) == [
        "the file is empty: there are no words in it. "
        "Save the transcript again from the program that made it."
    ]
    assert contents(store) == before


def test_keep_going_brings_in_the_rest(store: Store, folder: Path) -> None:
    files = {**THREE, "empty.txt": "", "data.json": '{"a": 1}'}
    report = bring_in(store, write(folder, files), keep_going=True)

    assert (report.imported, report.written) == (3, True)
    assert [Path(r.file).name for r in report.rejected] == ["data.json", "empty.txt"]


def test_keep_going_with_nothing_to_bring_in_writes_nothing(store: Store, folder: Path) -> None:
    report = bring_in(store, write(folder, {"empty.txt": ""}), keep_going=True)

    assert (report.imported, report.written) == (0, False)


def test_a_dry_run_reports_the_same_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    before = contents(store)
    rehearsed = bring_in(store, EXAMPLE, manifest=EXAMPLE / "interviews.csv", dry_run=True)

    assert contents(store) == before
    assert not (tmp_path / "project" / "study.identities").exists()
    done = bring_in(store, EXAMPLE, manifest=EXAMPLE / "interviews.csv")
    assert (rehearsed.written, done.written) == (False, True)
    for field in ("imported", "unchanged", "rejected", "warnings", "transcripts", "accounts"):
        assert getattr(rehearsed, field) == getattr(done, field)


def test_a_renamed_file_is_the_same_transcript(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"P01.txt": dialogue("P01", "Hello.")}))
    (folder / "P01.txt").rename(folder / "Mrs Miller.txt")
    before = contents(store)

    report = bring_in(store, folder)

    assert (report.imported, report.unchanged) == (0, 1)
    assert report.unchanged_names == ("P01",)
    assert codes_of(report) == [("Mrs Miller.txt", "renamed")]
    assert contents(store) == before


def test_of_a_renamed_file_that_changed_since_the_command_is_named_that_makes_it_a_version(
    store: Store, folder: Path
) -> None:
    answers = [f"In year {n} the fair was held in field number {n * 7}." for n in range(60)]
    bring_in(store, write(folder, {"P01.txt": dialogue("P01", *answers)}))
    (folder / "P01.txt").unlink()
    write(folder, {"A.txt": dialogue("P01", *answers[:-1], "In the end it was held in a field.")})
    report = bring_in(store, folder)

    assert codes_of(report) == [("A.txt", "near-duplicate")]
    assert "use: qualcode undo, and then: qualcode transcripts revise" in report.warnings[0].message
    write(folder, {"P01.txt": dialogue("P01", *answers), "B.txt": dialogue("P01", *answers[1:])})
    beside = [w for w in bring_in(store, folder).warnings if w.file.endswith("B.txt")]
    assert [w.code for w in beside] == ["near-duplicate"]
    assert "revise" not in beside[0].message


def test_a_file_that_a_manifest_gave_another_name_is_known_without_it(
    store: Store, folder: Path
) -> None:
    write(
        folder, {"rec 7.txt": dialogue("A", "Hello."), "m.csv": "interview_id,file\nC7,rec 7.txt\n"}
    )
    bring_in(store, manifest=folder / "m.csv")

    report = bring_in(store, folder / "rec 7.txt")

    assert (report.imported, report.unchanged, report.warnings) == (0, 1, ())


def test_one_file_given_twice_under_one_name_comes_in_once(store: Store, folder: Path) -> None:
    text = dialogue("P01", "Hello.")
    report = bring_in(store, write(folder, {"a/P01.txt": text, "b/P01.txt": text}))
    again = bring_in(store, folder)

    assert (report.imported, again.imported, again.unchanged) == (1, 0, 1)
    assert codes_of(report) == codes_of(again) == [("P01.txt", "same-file")]


def test_two_files_of_one_name_need_ids(store: Store, folder: Path) -> None:
    files = {"a/P01.txt": dialogue("P01", "Here."), "b/P01.txt": dialogue("P01", "There.")}
    report = bring_in(store, write(folder, files))

    assert sentences(report)[0].startswith(f"the name 'P01' is already taken by {folder}/a/P01.txt")


def test_one_file_as_two_interviews_is_refused(store: Store, folder: Path) -> None:
    text = dialogue("P01", "Hello.")
    write(folder, {"a.txt": text, "b.txt": text, "m.csv": "interview_id,file\n1,a.txt\n2,b.txt\n"})
    report = bring_in(store, manifest=folder / "m.csv")

    assert [type(r.error) for r in report.rejected] == [errors.SameFileError]
    assert not report.written


@pytest.mark.parametrize(
    ("copy", "warnings"),
    [
        ("dup_exact_copy.txt", ["same-file"]),
        ("dup_crlf_trailing_spaces.txt", ["same-words"]),
        ("dup_typo_fixed.txt", ["near-duplicate"]),
        ("dup_speakers_renamed.txt", ["same-words"]),
        ("dup_half.txt", ["near-duplicate"]),
        ("dup_same_guide_other_person.txt", ["near-duplicate"]),
        ("mixed_newlines.txt", []),
    ],
)
@pytest.mark.parametrize("together", [True, False], ids=["in one import", "one after the other"])
def test_a_copy_of_an_interview_is_seen(
    store: Store, copy: str, warnings: list[str], together: bool
) -> None:
    original = MADE / "nasty" / "dup_original.txt"
    if not original.exists():
        pytest.skip("the collected specimens are not beside the project")
    if together:
        report = bring_in(store, original, MADE / "nasty" / copy)
    else:
        bring_in(store, original)
        report = bring_in(store, original, MADE / "nasty" / copy)

    kinds = {"same-file", "same-words", "near-duplicate"}
    assert [code for file, code in codes_of(report) if code in kinds] == warnings
    assert all(file == copy for file, code in codes_of(report) if code in kinds)


def test_many_copies_of_an_interview_are_one_warning_each(store: Store, folder: Path) -> None:
    answers = [f"In year {n} we {verb} a tent and it leaked." for n in range(9) for verb in "abc"]
    for n in range(4):
        write(folder, {f"P0{n}.txt": dialogue("P", *answers, f"That was copy number {n}.")})
    report = bring_in(store, folder)

    near = [w for w in report.warnings if w.code == "near-duplicate"]
    assert [Path(warning.file).name for warning in near] == ["P01.txt", "P02.txt", "P03.txt"]
    assert "of 'P00': is it the same interview, corrected? (and near to 'P01' and 'P02')" in (
        near[2].message
    )


@pytest.mark.parametrize("collected", ["nasty", "layouts", "../real"])
def test_whatever_was_collected_comes_in_or_is_refused_and_the_second_time_is_the_same(
    store: Store, collected: str
) -> None:
    if not (MADE / collected).exists():
        pytest.skip("the collected specimens are not beside the project")
    first = bring_in(store, MADE / collected, keep_going=True)
    events = event_count(store)
    second = bring_in(store, MADE / collected, keep_going=True)

    assert first.imported > 10
    assert all(rejection.error.mend for rejection in first.rejected)
    assert (second.imported, second.unchanged) == (0, first.imported)
    assert [str(r.error) for r in second.rejected] == [str(r.error) for r in first.rejected]
    assert event_count(store) == events


def test_what_is_no_transcript_in_a_folder_is_passed_over(store: Store, folder: Path) -> None:
    write(
        folder,
        {
            **THREE,
            ".hidden.txt": "x",
            ".git/config.txt": "x",
            "~$P02.docx": "x",
            "codebook.yaml": "codebook: x",
            "study.qualcode": "x",
            "study.identities": "x",
            "codings.csv": "transcript,start,end,code\nP01,0,3,trading\n",
            "interviews.csv": "file,participant\nP02.txt,P02\n",
        },
    )
    without = bring_in(store, folder)
    using = bring_in(store, folder, manifest=folder / "interviews.csv")

    assert (without.imported, without.rejected) == (3, ())
    assert codes_of(without) == [("interviews.csv", "manifest-not-used")]
    assert using.unchanged == 3
    assert codes_of(using) == [("P01.md", "not-in-manifest"), ("P03.txt", "not-in-manifest")]


def test_links_are_followed_inside_the_folder_and_refused_where_they_lead_out(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    outside = write(tmp_path / "outside", {"secret.txt": dialogue("X", "Hidden.")})
    write(folder, {"P01.txt": dialogue("P01", "Hello.")})
    (folder / "in.txt").symlink_to("P01.txt")
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "out").symlink_to(outside)
    (folder / "nowhere.txt").symlink_to("none.txt")
    (folder / "round.txt").symlink_to("round.txt")

    report = bring_in(store, folder, keep_going=True)

    assert [account.name for account in report.accounts] == ["P01"]
    assert {Path(r.file).name: type(r.error) for r in report.rejected} == {
        "nowhere.txt": errors.FileMissingError,
        "out": errors.OutsideFolderError,
        "out.txt": errors.OutsideFolderError,
        "round.txt": errors.FileMissingError,
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the administrator")
def test_a_closed_folder_is_said(store: Store, folder: Path) -> None:
    write(folder, THREE)
    (folder / "later").chmod(0)
    report = bring_in(store, folder)
    (folder / "later").chmod(0o700)

    assert [type(r.error) for r in report.rejected] == [errors.FileUnreadableError]


def test_a_missing_file_and_one_that_never_ends_are_rejected(store: Store, folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    report = bring_in(store, folder / "none.txt", folder / "pipe.txt")

    assert [type(r.error) for r in report.rejected] == [
        errors.FileMissingError,
        errors.FileUnreadableError,
    ]


def test_names_are_made_plain(store: Store, folder: Path) -> None:
    write(folder, {"Cafe\u0301   Ko\u0308ln.txt": dialogue("P01", "Hello.")})
    raw = os.fsencode(folder) + b"/bad\xff\tname.txt"
    Path(os.fsdecode(raw)).write_text(dialogue("P02", "Good evening."))

    report = bring_in(store, folder)

    assert [t.name for t in report.transcripts] == ["Café Köln", "bad name"]
    assert all(account.file.encode() for account in report.accounts)


def test_a_format_or_encoding_that_does_not_exist_is_said_once(store: Store, folder: Path) -> None:
    write(folder, THREE)
    with pytest.raises(errors.UnknownFormatError):
        importing.import_transcripts(store, [folder], format="word", by=BY, at=tick())
    with pytest.raises(errors.EncodingError, match="'klingon' is not the name of an encoding"):
        importing.import_transcripts(store, [folder], encoding="klingon", by=BY, at=tick())


def test_an_encoding_is_used_as_told(store: Store, folder: Path) -> None:
    (folder / "P01.txt").write_bytes("I: Où?\n\nP: Là-bas, à l'été.\n".encode("mac-roman"))
    importing.import_transcripts(store, [folder], encoding="mac-roman", by=BY, at=tick())
    with store.reading() as session:
        ((body,),) = session.rows("SELECT body FROM text")

    assert body == "Où?\n\nLà-bas, à l'été."


def test_an_interruption_while_reading_leaves_the_store_as_it_was(
    store: Store, folder: Path
) -> None:
    before = contents(store)

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.import_transcripts(
            store, [write(folder, THREE)], by=BY, at=tick(), progress=interrupt
        )
    assert contents(store) == before
    assert bring_in(store, folder).imported == 3


def test_an_import_is_one_act_that_undo_takes_back(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, THREE))
    store.undo(by=BY, at=tick())
    assert bring_in(store, folder, dry_run=True).imported == 3
    store.redo(by=BY, at=tick())

    assert bring_in(store, folder).unchanged == 3


def test_each_account_adds_up(store: Store, folder: Path) -> None:
    for account in bring_in(store, EXAMPLE).accounts:
        report = account.report
        assert report.units_read == report.turns + report.merged + len(report.set_aside)
        assert report.characters_read == report.characters_kept + sum(report.dropped.values())


def test_what_an_import_says_of_transcripts_is_what_the_store_says(store: Store) -> None:
    manifest = EXAMPLE / "interviews.csv"
    report = bring_in(store, manifest=manifest)
    assert any(one.first_ms is not None for one in report.transcripts)
    assert report.transcripts == listing.list_transcripts(store)
