from __future__ import annotations

import sys
import wave
from typing import TYPE_CHECKING

import pytest
from cli import terminal

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person

FIELDS = {
    "id", "name", "version", "file", "format", "encoding", "language", "characters", "words",
    "turns", "speakers", "has_timestamps", "first_ms", "last_ms", "sha256", "attributes",
    "codings",
}  # fmt: skip


def test_the_list_is_a_table(study: Path, qualcode: Person) -> None:
    lines = qualcode("transcripts", "list").out.splitlines()
    assert lines[0].split() == ["NAME", "DATE", "WORDS", "TURNS", "CODINGS", "SPEAKERS"]
    assert lines[1].split()[:2] == ["P01", "2024-03-12"]
    assert "P01 (participant P01)" in lines[1]
    assert all(len(line) <= 100 for line in lines)


def test_of_a_crowd_of_speakers_the_list_names_a_few(study: Path, qualcode: Person) -> None:
    crowd = study / "crowd.txt"
    crowd.write_text("\n\n".join(f"Guest {n}: It rained on day {n}." for n in range(1, 31)))
    assert qualcode("--coder", "amina", "import", str(crowd)).code == 0
    out = qualcode("transcripts", "list").out

    assert "Guest 1 (other)" in out
    assert "and 22 more" in " ".join(out.split())
    assert "Guest 30" not in out
    assert "Guest 30 (other)" in qualcode("transcripts", "show", "crowd").out


def test_the_list_for_scripts_has_its_fields(study: Path, qualcode: Person) -> None:
    first, _, third = qualcode("transcripts", "list", "--json").json
    assert set(first) >= FIELDS
    assert (first["name"], first["codings"], first["has_timestamps"]) == ("P01", 1, False)
    assert (third["first_ms"], third["last_ms"], third["has_timestamps"]) == (1000, 74000, True)


def test_a_transcript_is_shown_without_its_words(study: Path, qualcode: Person) -> None:
    done = qualcode("transcripts", "show", "P03")
    assert "times        00:00:01 to 00:01:14" in done.out
    assert "speaker      P03 (participant P03)" in done.out
    assert "council" not in done.out


def test_times_within_turns_and_at_their_ends_are_shown(study: Path, qualcode: Person) -> None:
    meet = study / "meet.txt"
    meet.write_text("I: So?\nR: Yes.\n\n### 00:05:00\n\nAnd no.\nI: Ah. #00:06:00-0#\nR: Oh.\n")
    assert "00:05:00 to 00:06:00" in qualcode("--coder", "amina", "import", "meet.txt").out
    out = qualcode("transcripts", "show", "meet", "--turns").out
    assert "¶2  [5:17]  R\n    Yes.\n    00:05:00 And no.\n" in out
    assert "¶4  00:06:00  [24:27]  R\n" in out
    shown = qualcode("transcripts", "show", "meet", "--turns", "--json").json
    assert shown["marks"] == [{"start": 10, "ms": 300_000}, {"start": 24, "ms": 360_000}]
    assert [turn["start_ms"] for turn in shown["turn_list"]] == [None, None, None, 360_000]


def test_its_turns_are_shown_with_the_places_that_tag_takes(study: Path, qualcode: Person) -> None:
    out = qualcode("transcripts", "show", "P03", "--turns").out
    assert "¶1  00:00:01  [0:25]  Interviewer\n    What does the council do?\n" in out
    tagged = qualcode("--coder", "ben", "tag", "P03", "bonding", "--span", "0:25", "--json")
    assert tagged.json["text"] == "What does the council do?"


def test_its_turns_for_scripts_are_slices_of_the_text(study: Path, qualcode: Person) -> None:
    plain = qualcode("transcripts", "show", "P03", "--json").json
    assert "turn_list" not in plain
    shown = qualcode("transcripts", "show", "P03", "--turns", "--json").json
    assert set(shown) == {*plain, "text", "turn_list", "marks"}
    assert len(shown["turn_list"]) == 2
    for turn in shown["turn_list"]:
        assert set(turn) == {"n", "speaker", "start", "end", "start_ms", "end_ms", "text"}
        assert shown["text"][turn["start"] : turn["end"]] == turn["text"]


def test_a_transcript_without_codings_can_be_removed_and_brought_back(
    study: Path, qualcode: Person
) -> None:
    (study / "P04.txt").write_text("P04: Hello.\n", encoding="utf-8")
    qualcode("--coder", "amina", "import", "P04.txt")
    assert qualcode("transcripts", "show", "P04").code == 0
    done = qualcode("--coder", "amina", "transcripts", "remove", "P04", "--json")
    assert done.json["name"] == "P04"
    assert "removed: P04" in done.err
    assert qualcode("transcripts", "show", "P04").code == 1
    assert qualcode("--coder", "amina", "undo").code == 0
    assert qualcode("transcripts", "show", "P04").code == 0


@pytest.mark.parametrize(
    ("words", "role", "whose"),
    [
        (("--role", "other"), "other", None),
        (("--participant", "P02"), "participant", "P02"),
        (("--role", "participant", "--participant", "P03"), "participant", "P03"),
    ],
)
def test_a_speaker_is_said_to_be_somebody(
    words: tuple[str, ...], role: str, whose: str | None, study: Path, qualcode: Person
) -> None:
    done = qualcode("transcripts", "speaker", "P01", "Interviewer", *words, "--json")
    said = {"label": "Interviewer", "role": role, "participant": whose, "same_as": None}
    assert done.json == said
    speakers = qualcode("transcripts", "show", "P01", "--json").json["speakers"]
    one = next(speaker for speaker in speakers if speaker["label"] == "Interviewer")
    assert (one["role"], one["participant"]) == (role, whose)


# -- what is known of an interview ----------------------------------------------------------------


def silence(path: Path, seconds: int) -> None:
    """A recording in which nobody speaks."""
    path.parent.mkdir(exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * seconds)


def test_facts_of_an_interview_are_set_and_shown(study: Path, qualcode: Person) -> None:
    done = qualcode(
        "transcripts", "set", "P03", "date=2024-05-01", "language=cy", "mood=good", "--json"
    )

    assert (done.json["interviewed"], done.json["language"]) == ("2024-05-01", "cy")
    assert done.json["attributes"]["mood"] == "good"
    assert "P03: date, language, mood set" in done.err
    out = qualcode("transcripts", "show", "P03").out
    assert "interviewed  2024-05-01" in out
    assert qualcode("transcripts", "set", "P03", "mood=").code == 0
    assert "mood" not in qualcode("transcripts", "show", "P03").out


def test_a_change_without_an_equals_sign_is_wrong_use(study: Path, qualcode: Person) -> None:
    done = qualcode("transcripts", "set", "P03", "date")

    assert done.code == 2
    assert "NAME=VALUE" in done.err


def test_a_field_misspelt_is_refused_with_the_nearest(study: Path, qualcode: Person) -> None:
    done = qualcode("transcripts", "set", "P03", "langage=cy")

    assert done.code == 1
    assert "Did you mean 'language'?" in done.err


def test_recordings_are_listed_with_their_length(study: Path, qualcode: Person) -> None:
    silence(study / "recordings" / "P03.wav", 75)
    qualcode("transcripts", "set", "P03", "recording=recordings/P03.wav")
    missing = qualcode("transcripts", "set", "P01", "recording=P01.wav")

    assert "warning: that recording is not in the project's folder" in missing.err
    lines = qualcode("transcripts", "list").out.splitlines()
    assert lines[0].split()[5] == "RECORDING"
    assert "not there" in lines[1]
    assert "00:01:15" in lines[3]
    first, second, third = qualcode("transcripts", "list", "--json").json
    assert first["recording"] == {"file": "P01.wav", "found": False, "ms": None}
    assert second["recording"] is None
    assert third["recording"] == {"file": "recordings/P03.wav", "found": True, "ms": 75_000}
    assert "recordings/P03.wav (00:01:15)" in qualcode("transcripts", "show", "P03").out


def test_a_recording_that_does_not_fit_is_said_at_import(study: Path, qualcode: Person) -> None:
    words = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nWe came to the fair.\n"
    (study / "P04.vtt").write_text(words, encoding="utf-8")
    silence(study / "P04.wav", 60)

    done = qualcode("import", "P04.vtt", "--json").json

    assert "recording-too-long" in {warning["code"] for warning in done["warnings"]}
    assert done["transcripts"][0]["recording"] == {"file": "P04.wav", "found": True, "ms": 60_000}


def test_what_a_file_says_of_itself_is_shown_as_it_comes_in(study: Path, qualcode: Person) -> None:
    words = "Date: 2024-03-12\nInterviewer: Mara Lind\nPlace: Oakford\n\nM: Well?\n\nP04: Yes.\n"
    (study / "P04.txt").write_text(words, encoding="utf-8")
    (study / "P05.txt").write_text(words.replace("Yes", "No"), encoding="utf-8")

    out = qualcode("import", "P04.txt").out
    accounts = qualcode("import", "P05.txt", "--json").json["accounts"]

    assert "the file says: date 2024-03-12; interviewer (not shown); place Oakford" in out
    assert accounts[0]["facts"] == {
        "date": "2024-03-12",
        "interviewer": None,
        "place": "Oakford",
    }
    assert accounts[0]["units_read"] == (
        accounts[0]["turns"] + accounts[0]["merged"] + sum(accounts[0]["set_aside"].values())
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_names_that_a_file_says_are_shown_on_a_terminal_alone(study: Path, home: Path) -> None:
    words = "Title: On the fair\nInterviewer: Mara Lind\n\nM: Well?\n\nP04: Yes.\n"
    (study / "P04.txt").write_text(words, encoding="utf-8")
    code, seen = terminal.see(["import", "P04.txt"], study, home, data_too=True)
    assert code == 0
    assert "the file says: title On the fair; interviewer Mara Lind" in seen


def test_a_transcript_with_end_times_alone_says_up_to_when(study: Path, qualcode: Person) -> None:
    words = "P04: We came to the fair. #00:04:37-1#\n"
    (study / "P04.txt").write_text(words, encoding="utf-8")
    assert "1 turn, 5 words, times up to 00:04:37" in qualcode("import", "P04.txt").out
    assert "up to 00:04:37" in qualcode("transcripts", "show", "P04").out


# -- earlier versions -----------------------------------------------------------------------------


def test_an_earlier_version_stays_readable(study: Path, qualcode: Person) -> None:
    before = qualcode("transcripts", "show", "P01", "--turns", "--json").json
    file = study / "transcripts" / "P01.txt"
    text = file.read_text(encoding="utf-8")
    corrected = text.replace("We sell tea", "We sell green tea") + "\nMara: One thing more.\n"
    file.write_text(corrected, encoding="utf-8")
    assert qualcode("--coder", "ben", "import", "transcripts/P01.txt", "--yes").code == 0

    now = qualcode("transcripts", "show", "P01", "--turns", "--json").json
    then = qualcode("transcripts", "show", "P01", "--version", "1", "--turns", "--json").json

    assert [one["version"] for one in now["versions"]] == [1, 2]
    assert [one["current"] for one in now["versions"]] == [False, True]
    assert [one["by"] for one in now["versions"]][1] == "ben"
    assert "green tea" in now["text"]
    apart = {"versions", "codings"}
    assert {k: v for k, v in then.items() if k not in apart} == {
        k: v for k, v in before.items() if k not in apart
    }
    out = qualcode("transcripts", "show", "P01").out
    assert "1: " in out
    assert "ben, P01.txt, the current one" in out


def test_a_version_that_is_not_there_is_refused(study: Path, qualcode: Person) -> None:
    done = qualcode("transcripts", "show", "P01", "--version", "7")

    assert done.code == 1
    assert "P01: there is no version 7: it has one version" in done.err
