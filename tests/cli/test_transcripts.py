from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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


def test_its_turns_are_shown_with_the_places_that_tag_takes(study: Path, qualcode: Person) -> None:
    out = qualcode("transcripts", "show", "P03", "--turns").out
    assert "¶1  00:00:01  [0:25]  Interviewer\n    What does the council do?\n" in out
    tagged = qualcode("--coder", "ben", "tag", "P03", "bonding", "--span", "0:25", "--json")
    assert tagged.json["text"] == "What does the council do?"


def test_its_turns_for_scripts_are_slices_of_the_text(study: Path, qualcode: Person) -> None:
    plain = qualcode("transcripts", "show", "P03", "--json").json
    assert "turn_list" not in plain
    shown = qualcode("transcripts", "show", "P03", "--turns", "--json").json
    assert set(shown) == {*plain, "text", "turn_list"}
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
    assert done.json == {"label": "Interviewer", "role": role, "participant": whose}
    speakers = qualcode("transcripts", "show", "P01", "--json").json["speakers"]
    one = next(speaker for speaker in speakers if speaker["label"] == "Interviewer")
    assert (one["role"], one["participant"]) == (role, whose)
