"""Corrected files and doubles: the report, the two questions, and the options that answer them."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from cli import terminal
from cli.study import GRANT, P01

from qualcode.cli.import_report import say_totals, unseen_lines
from qualcode.services.intake import importing
from qualcode.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person

    from qualcode.services.intake.importing import ImportReport

NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
CORRECTED = P01.replace("We all came", "Everybody came").replace(GRANT, "The grant payed the tent")


@pytest.fixture
def changed(study: Path) -> Path:
    """P01 as somebody corrected it, with the coded words among what changed."""
    file = study / "transcripts" / "P01.txt"
    file.write_text(CORRECTED, encoding="utf-8")
    return file


@pytest.fixture
def double(study: Path) -> Path:
    """The same words as P01 in another file."""
    file = study / "transcripts" / "P01 again.txt"
    file.write_text(P01.replace("Interviewer:", "Q:"), encoding="utf-8")
    return file


def version_of(qualcode: Person, name: str) -> int:
    return int(qualcode("transcripts", "show", name, "--json").json["version"])


def names(qualcode: Person) -> list[str]:
    return [one["name"] for one in qualcode("transcripts", "list", "--json").json]


def test_a_changed_file_is_reported_and_needs_a_yes(changed: Path, qualcode: Person) -> None:
    done = qualcode("import", "transcripts/P01.txt")

    assert done.code == 1
    assert "    version 2 follows version 1; 1 coding: 1 to check\n" in done.out
    assert "    to check: P01 ¶2  funding/grant-aid  (amina)   alike by " in done.out
    assert "        old: The grant ‹paid for› the tent\n" in done.out
    assert "        new: The grant ‹payed› the tent\n" in done.out
    assert done.err == (
        "nothing was written: 1 transcript has changed; codings: 1 to check. "
        "To take the corrected version, run again with --yes.\n"
    )
    assert version_of(qualcode, "P01") == 1


def test_words_stand_in_the_report_and_never_on_stderr(changed: Path, qualcode: Person) -> None:
    done = qualcode("import", "transcripts/P01.txt")
    assert "grant" in done.out
    assert "grant" not in done.err
    assert "tent" not in done.err


def test_a_yes_takes_the_corrected_version(changed: Path, qualcode: Person) -> None:
    dry = qualcode("import", "transcripts", "--dry-run")
    done = qualcode("import", "transcripts", "--yes")

    assert (dry.code, done.code) == (0, 0)
    assert dry.out == done.out
    revised = "1 transcript revised, 2 unchanged; codings: 1 to check"
    assert dry.err == f"{revised} (a dry run: nothing was written)\n"
    assert done.err.startswith(f"{revised}\n")
    assert version_of(qualcode, "P01") == 2
    assert "nothing new: 3 transcripts are unchanged" in qualcode("import", "transcripts").err


def test_the_report_for_scripts_lists_every_coding(changed: Path, qualcode: Person) -> None:
    stopped = qualcode("import", "transcripts", "--json")
    done = qualcode("import", "transcripts", "--json", "--yes")

    assert (stopped.code, stopped.json["written"], done.json["written"]) == (1, False, True)
    assert stopped.json["revisions"] == done.json["revisions"]
    [revision] = done.json["revisions"]
    assert (revision["transcript"], revision["version"], done.json["revised"]) == ("P01", 2, 1)
    assert sum(revision[name] for name in ("carried", "adjusted", "check", "lost")) == 1
    [coding] = revision["codings"]
    assert {"coding", "code", "coder", "outcome", "locator"} <= set(coding)
    assert {"old", "new", "start", "end", "likeness"} <= set(coding)
    assert (coding["coder"], coding["old"]) == ("amina", GRANT)
    assert sorted(one["name"] for one in done.json["transcripts"]) == ["P01", "P02", "P03"]


def test_words_that_another_speaks_now_are_told_and_wait(study: Path, qualcode: Person) -> None:
    exchanged = (
        P01.replace("P01:", "@").replace("Interviewer:", "P01:").replace("@", "Interviewer:")
    )
    (study / "transcripts" / "P01.txt").write_text(exchanged, encoding="utf-8")
    done = qualcode("import", "transcripts/P01.txt", "--yes")
    turns = P01.count("P01:") + P01.count("Interviewer:")

    assert f"    {turns} turns are another speaker's than before\n" in done.out
    assert "    to check, for another speaks there: P01 ¶2" in done.out
    assert f"{turns} turns are another speaker's than before" in done.err
    waits = qualcode("transcripts", "review")
    assert "    to check: another speaks there now\n" in waits.out
    [listed] = qualcode("transcripts", "review", "--json").json
    assert (listed["outcome"], listed["other_speaker"]) == ("check", True)
    assert listed["old"] == listed["new"] == GRANT


def test_the_report_for_scripts_counts_turns_of_another(study: Path, qualcode: Person) -> None:
    (study / "transcripts" / "P01.txt").write_text(CORRECTED, encoding="utf-8")
    [revision] = qualcode("import", "transcripts", "--json").json["revisions"]
    assert (revision["turns_of_another"], revision["turns_opened"]) == (0, 0)
    assert [one["other_speaker"] for one in revision["codings"]] == [False]


def test_a_file_of_another_name_is_the_correction(study: Path, qualcode: Person) -> None:
    (study / "fixed.txt").write_text(CORRECTED, encoding="utf-8")
    stopped = qualcode("transcripts", "revise", "P01", "fixed.txt")
    dry = qualcode("transcripts", "revise", "P01", "fixed.txt", "--dry-run")
    done = qualcode("transcripts", "revise", "P01", "fixed.txt", "--yes")

    assert (stopped.code, dry.code, done.code) == (1, 0, 0)
    assert stopped.out == dry.out == done.out
    assert version_of(qualcode, "P01") == 2
    assert qualcode("transcripts", "revise", "P01", "fixed.txt").err == (
        "nothing new: 1 transcript is unchanged\n"
    )
    assert qualcode("transcripts", "revise", "P01", "fixed.txt", "--json").json["revised"] == 0
    assert qualcode("transcripts", "revise", "P99", "fixed.txt").code == 1
    assert qualcode("transcripts", "revise", "P01", "none.txt").code == 1


def test_a_correction_can_be_undone(changed: Path, qualcode: Person) -> None:
    qualcode("--coder", "amina", "import", "transcripts", "--yes")
    assert qualcode("--coder", "amina", "undo").code == 0
    assert version_of(qualcode, "P01") == 1
    assert GRANT in qualcode("quotes", "grant-aid", "--json").out


def test_where_nobody_can_be_asked_a_double_is_kept_with_a_warning(
    double: Path, qualcode: Person
) -> None:
    done = qualcode("import", "transcripts")
    assert done.code == 0
    assert "    warning: it has the same words as 'P01'" in done.out
    assert "P01 again" in names(qualcode)


@pytest.mark.parametrize(
    ("choice", "code", "said", "there"),
    [
        ("keep", 0, "1 transcript imported, 3 unchanged", True),
        ("leave", 0, "nothing new: 3 transcripts are unchanged; 1 file left out", False),
        ("revise", 1, "nothing was written: 1 transcript has changed", False),
        ("ask", 2, "--duplicates ask needs a terminal, and no --json", False),
    ],
)
def test_the_option_says_what_becomes_of_a_double(
    double: Path, qualcode: Person, choice: str, code: int, said: str, there: bool
) -> None:
    done = qualcode("import", "transcripts", "--duplicates", choice)
    assert done.code == code
    assert said in done.err
    assert ("P01 again" in names(qualcode)) is there


def test_a_file_left_out_is_told_to_scripts(double: Path, qualcode: Person) -> None:
    report = qualcode("import", "transcripts", "--duplicates", "leave", "--json").json
    assert report["left_out"] == ["transcripts/P01 again.txt"]
    assert report["duplicates"] == [
        {
            "file": "transcripts/P01 again.txt",
            "name": "P01 again",
            "other": "P01",
            "sameness": "same-words",
            "share": 1.0,
            "also_near": [],
            "treatment": "leave",
        }
    ]
    assert (report["imported"], report["unchanged"]) == (0, 3)


def test_a_file_that_stays_out_as_was_said_before_is_told_to_scripts_too(
    double: Path, qualcode: Person
) -> None:
    qualcode("import", "transcripts", "--duplicates", "leave")
    report = qualcode("import", "transcripts", "--json").json
    assert report["left_out"] == ["transcripts/P01 again.txt"]
    [told] = report["duplicates"]
    assert (told["file"], told["other"]) == ("transcripts/P01 again.txt", "P01")
    assert (told["sameness"], told["share"], told["treatment"]) == ("same-words", None, "leave")


def test_a_script_brings_back_what_was_left_out_when_it_says_so(
    double: Path, qualcode: Person
) -> None:
    for choice in ("leave", "leave"):
        qualcode("import", "transcripts", "--duplicates", choice)
    told = qualcode("import", "transcripts").out
    assert "use: qualcode import FILE --duplicates keep, or ask" in told
    assert "P01 again" not in names(qualcode)

    qualcode("import", "transcripts/P01 again.txt", "--duplicates", "keep")
    assert "P01 again" in names(qualcode)


@NOT_WINDOWS
@pytest.mark.parametrize(("answer", "code", "version"), [("y", 0, 2), ("n", 1, 1), ("", 1, 1)])
def test_a_terminal_is_asked_before_a_version_is_taken(
    changed: Path, study: Path, home: Path, qualcode: Person, answer: str, code: int, version: int
) -> None:
    done, seen = terminal.see(["import", "transcripts"], study, home, answers=f"{answer}\n")

    assert done == code
    question = "1 transcript has changed; codings: 1 to check. Take the corrected version? [y/N]"
    assert seen.count(question) == 1
    assert seen.count("codings: 1 to check") == (1 if answer == "y" else 2)
    assert ("1 transcript revised\r\n" in seen or "1 transcript revised, " in seen) is (code == 0)
    assert version_of(qualcode, "P01") == version


@NOT_WINDOWS
@pytest.mark.parametrize(
    ("answer", "there"), [("keep", True), ("leave", False), ("", True), ("what\nleave", False)]
)
def test_a_terminal_is_asked_about_each_double(
    double: Path, study: Path, home: Path, qualcode: Person, answer: str, there: bool
) -> None:
    done, seen = terminal.see(["import", "transcripts"], study, home, answers=f"{answer}\n")

    assert done == 0
    assert "it has the same words as 'P01'" in seen
    assert "What is to become of it?" in seen
    assert ("P01 again" in names(qualcode)) is there


@NOT_WINDOWS
def test_what_was_left_out_on_a_terminal_is_not_asked_about_again_unless_one_says_so(
    double: Path, study: Path, home: Path, qualcode: Person
) -> None:
    terminal.see(["import", "transcripts"], study, home, answers="leave\n")

    done, seen = terminal.see(["import", "transcripts"], study, home)
    assert (done, "What is to become of it?" in seen) == (0, False)
    assert "nothing new: 3 transcripts are unchanged; 1 file left out" in seen
    told = qualcode("import", "transcripts").out
    assert "warning: left out, as was said before: it is much like 'P01'" in told
    assert "P01 again" not in names(qualcode)

    words = ["import", "transcripts", "--duplicates", "ask"]
    done, seen = terminal.see(words, study, home, answers="keep\n")
    assert (done, seen.count("What is to become of it?")) == (0, 1)
    assert "P01 again" in names(qualcode)


@NOT_WINDOWS
def test_to_be_asked_and_to_read_json_do_not_go_together(
    double: Path, study: Path, home: Path, qualcode: Person
) -> None:
    words = ["import", "transcripts", "--duplicates", "ask", "--json"]
    code, seen = terminal.see(words, study, home)
    assert code == 2
    assert "--duplicates ask needs a terminal, and no --json" in seen
    assert "P01 again" not in names(qualcode)


@NOT_WINDOWS
def test_a_double_that_corrects_is_asked_about_twice(
    double: Path, study: Path, home: Path, qualcode: Person
) -> None:
    code, seen = terminal.see(["import", "transcripts"], study, home, answers="revise\ny\n")
    assert code == 0
    assert "Take the corrected version?" in seen
    assert version_of(qualcode, "P01") == 2


@NOT_WINDOWS
def test_a_dry_run_and_a_yes_ask_nothing(
    changed: Path, study: Path, home: Path, qualcode: Person
) -> None:
    for options in (["--dry-run"], ["--yes"]):
        code, seen = terminal.see(["import", "transcripts", *options], study, home)
        assert code == 0
        assert "Take the corrected" not in seen
    assert version_of(qualcode, "P01") == 2


def test_what_came_in_between_the_report_and_the_yes_is_told_afterwards(
    changed: Path, study: Path, qualcode: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[ImportReport] = []

    def somebody_codes(report: ImportReport) -> bool:
        shown.append(report)
        return qualcode("--coder", "ben", "tag", "P01", "trading", "--quote", GRANT).code == 0

    with open_store(str(study / "fair.qualcode")) as store:
        done = importing.import_transcripts(
            store, [changed], confirm=somebody_codes, by="amina", at=datetime.now(UTC)
        )
    told = list(unseen_lines(done, *shown))
    assert told[0].startswith("    to check: P01 ¶2  funding/trading  (ben)")
    assert not any("amina" in line for line in told)
    capsys.readouterr()
    say_totals(done, stopped=False, dry_run=False, shown=shown[0])
    assert "1 transcript revised; codings: 2 to check\n" in capsys.readouterr().err


def test_a_correction_that_nothing_lies_on_says_so(study: Path, qualcode: Person) -> None:
    (study / "P04.txt").write_text("P04: We sell tea.\n", encoding="utf-8")
    qualcode("import", "P04.txt")
    (study / "P04.txt").write_text("P04: We sell coffee.\n", encoding="utf-8")
    done = qualcode("import", "P04.txt", "--yes")
    assert "    version 2 follows version 1; no codings\n" in done.out
    assert done.err == "1 transcript revised; no codings\n"


def test_words_of_a_withheld_participant_stay_out_of_report_and_review(
    study: Path, qualcode: Person
) -> None:
    file = study / "transcripts" / "P02.txt"
    assert "rather not be quoted" in file.read_text("utf-8")
    words = "Interviewer: Were you there?\n\nP02: I would rather have stayed at home that day.\n"
    file.write_text(words, encoding="utf-8")
    dry = qualcode("import", "transcripts", "--dry-run")
    scripts = qualcode("import", "transcripts", "--yes", "--json")
    shown = qualcode("transcripts", "review")
    waiting = qualcode("transcripts", "review", "--json")

    for done in (dry, shown):
        assert "P02 ¶2" in done.out
        assert "(words of a withheld participant)" in done.out
    for done in (dry, scripts, shown, waiting):
        assert "rather" not in done.out
        assert "quoted" not in done.out
    [[coding], [waits]] = scripts.json["revisions"][0]["codings"], waiting.json
    assert (coding["old"], coding["new"], coding["withheld"]) == (None, None, True)
    assert (waits["old"], waits["new"], waits["withheld"]) == (None, None, True)
    assert (coding["locator"], coding["code"]) == ("P02 ¶2", "funding/grant-aid")


def test_of_two_files_of_one_transcript_the_last_tells_its_turns(
    double: Path, qualcode: Person
) -> None:
    later = double.with_name("P01 once more.txt")
    later.write_text(P01.replace("Interviewer:", "Mara:"), encoding="utf-8")
    done = qualcode("import", "transcripts", "--duplicates", "revise", "--dry-run")
    assert "    4 turns; corrected by transcripts/P01 once more.txt\n" in done.out
    assert done.out.count("    4 turns, ") == 1
    assert "    Mara: " in done.out
    assert "    Q: " not in done.out


@NOT_WINDOWS
def test_the_same_bytes_are_no_correction_to_choose(study: Path, home: Path) -> None:
    shutil.copy(study / "transcripts" / "P01.txt", study / "transcripts" / "Copy.txt")
    code, seen = terminal.see(["import", "transcripts"], study, home, answers="leave\n")
    assert code == 0
    assert "(keep, leave)" in seen
