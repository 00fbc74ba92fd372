from __future__ import annotations

import os
import wave
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.study import stored_transcript

from qualcode import errors
from qualcode.model.spans import Mark, Turn
from qualcode.model.transcript import Transcript
from qualcode.services.intake import recordings
from qualcode.services.intake.recordings import Shelves, find_recording, length_ms

_RATE = 8000


def sound(path: Path, seconds: float = 10) -> Path:
    """A WAV file of so many seconds of silence."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(_RATE)
        file.writeframes(b"\x80" * round(_RATE * seconds))
    return path


def named(folder: Path, name: str) -> Path:
    """A file that bears the name of a recording."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xfb")
    return path


def timed(last_ms: int) -> Transcript:
    """A transcript of one turn that ends then."""
    return Transcript("P04", "Yes.", (Turn(1, 0, 4, None, 0, last_ms),))


def codes(link: recordings.Link) -> list[str]:
    return [warning.code for warning in link.warnings]


# -- found or not ---------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", recordings.FOLDERS)
def test_a_recording_is_found_in_the_project(folder: str, tmp_path: Path) -> None:
    path = named(tmp_path / folder, "P04.MP3")

    assert find_recording("P04.MP3", tmp_path, where="P04") == path.resolve()


def test_a_path_written_on_windows_is_understood(tmp_path: Path) -> None:
    path = named(tmp_path, "recordings/P04.mp3")

    assert find_recording(r"recordings\P04.mp3", tmp_path, where="P04") == path.resolve()


def test_nothing_further_away_than_two_steps_up_is_found(tmp_path: Path) -> None:
    project = tmp_path / "a" / "b" / "project"
    project.mkdir(parents=True)
    outside = named(tmp_path, "outside.mp3")
    (project / "link.mp3").symlink_to(outside)
    (project.parent / "link.mp3").symlink_to(outside)
    ways = ["../../../outside.mp3", str(outside), "link.mp3", "../link.mp3", "x/../../x.mp3"]

    for name in (*ways, "../../b/../../outside.mp3", "x" * 5000 + ".mp3", "a\0b.mp3"):
        with pytest.raises(errors.RecordingMissingError):
            find_recording(name, project, where="P04")


def test_a_playlist_is_no_recording(tmp_path: Path) -> None:
    named(tmp_path, "P04.m3u")

    with pytest.raises(errors.RecordingKindError, match=r"ends in \.m3u is not played"):
        find_recording("P04.m3u", tmp_path, where="P04")
    assert codes(Shelves(tmp_path).link(tmp_path / "P04.txt", "P04.m3u")) == ["recording-kind"]


def test_a_recording_that_nobody_named_is_said(tmp_path: Path) -> None:
    with pytest.raises(errors.NoRecordingError, match=r"^P04: no recording is known"):
        find_recording(None, tmp_path, where="P04")


# -- linked as a transcript comes in --------------------------------------------------------------


def test_a_recording_beside_the_transcript_is_linked_from_the_project_s_folder_on(
    tmp_path: Path,
) -> None:
    sound(tmp_path / "transcripts" / "P04.wav")

    link = Shelves(tmp_path).link(tmp_path / "transcripts" / "P04.vtt", transcript=timed(9_000))

    assert link == recordings.Link("transcripts/P04.wav")


@pytest.mark.parametrize("transcript", ["P04.vtt", "p04.VTT", "P04.mp3.txt"])
def test_a_recording_has_the_name_of_its_transcript(transcript: str, tmp_path: Path) -> None:
    named(tmp_path / "recordings", "P04.MP3")
    named(tmp_path / "recordings", "P05.mp3")

    shelves = Shelves(tmp_path)
    found = shelves.beside(tmp_path / "transcripts" / transcript)

    assert found is not None
    assert shelves.name_of(found) == "recordings/P04.MP3"


def test_sound_is_taken_before_film_and_accents_are_the_same_however_they_are_stored(
    tmp_path: Path,
) -> None:
    named(tmp_path, "Zoe\u0301.mp4")
    sounds = named(tmp_path, "Zoe\u0301.wav")

    assert Shelves(tmp_path).beside(tmp_path / "Zo\u00e9.docx") == sounds.resolve()


@pytest.mark.parametrize("project", ["project", "study/project"])
def test_a_recording_beside_the_study_is_found_again(project: str, tmp_path: Path) -> None:
    home = tmp_path / project
    home.mkdir(parents=True)
    path = sound(tmp_path / "t" / "P04.wav").resolve()

    link = Shelves(home).link(tmp_path / "t" / "P04.vtt", transcript=timed(10_000))

    up = "../" * len(Path(project).parts)
    assert link == recordings.Link(f"{up}t/P04.wav")
    assert find_recording(link.file, home, where="P04") == path


def test_a_recording_that_moved_into_the_study_is_found_under_its_name(tmp_path: Path) -> None:
    path = named(tmp_path, "recordings/P04.mp3")

    assert find_recording("../t/P04.mp3", tmp_path, where="P04") == path.resolve()


def test_of_a_recording_far_away_the_file_s_name_is_kept_and_that_is_said(tmp_path: Path) -> None:
    project, stick = tmp_path / "a" / "b" / "project", tmp_path / "stick"
    project.mkdir(parents=True)
    sound(stick / "sound" / "P04.wav")

    of_manifest = Shelves(project, [stick]).link(
        project / "P04.txt", "sound/P04.wav", transcript=timed(10_000)
    )
    missing = Shelves(project).link(project / "P04.txt", str(stick / "x.wav"))

    assert of_manifest.file == "P04.wav"
    assert codes(of_manifest) == ["recording-out-of-reach"]
    assert missing.file == "x.wav"
    assert Shelves(project).link(project / "P04.txt", r"C:\Users\me\x.wav").file == ("x.wav")


@pytest.mark.parametrize(
    ("project", "recording", "kept"),
    [
        ("/home/ama/study", "/home/ama/sound/P04.wav", "../sound/P04.wav"),
        ("/home/ama/study", "/home/ama/Drive - Ama Owusu/P04.wav", "P04.wav"),
        ("/home/ama/study", "/home/kofi/sound/P04.wav", "P04.wav"),
        ("/Users/ama.owusu/study", "/Users/ama.owusu/owusu/P04.wav", "P04.wav"),
        ("/media/ama/stick", "/media/ama/disk/P04.wav", "../disk/P04.wav"),
        ("/srv/study", "/home/ama/P04.wav", "P04.wav"),
        ("/home/ama/study", "/home/ama/study/ama/P04.wav", "ama/P04.wav"),
    ],
)
def test_what_is_kept_never_leads_through_the_owner_s_name(
    project: str, recording: str, kept: str
) -> None:
    assert Shelves(Path(project)).name_of(Path(recording)) == kept


def test_a_named_recording_that_is_missing_is_a_warning_and_stays_named(tmp_path: Path) -> None:
    link = Shelves(tmp_path).link(tmp_path / "P04.txt", r"sound\P04.wav")

    assert link.file == "sound/P04.wav"
    assert link.missing


def test_what_is_missing_is_said_with_its_interview_and_line() -> None:
    one, many = recordings.missing(["P04"], 2), recordings.missing([f"P{n}" for n in range(20)], 3)

    assert (one.line, many.line) == (2, 3)
    assert one.message.startswith("the recording named for 'P04' is not there;")
    assert many.message.startswith("the recordings named for 'P0', 'P1', 'P2' and 17 more are not")


def test_where_none_is_named_and_none_is_there_nothing_is_said(tmp_path: Path) -> None:
    assert Shelves(tmp_path).link(tmp_path / "P04.txt") == recordings.Link()
    assert Shelves(None).link(tmp_path / "gone" / "P04.txt") == recordings.Link()


def test_a_folder_is_read_once(tmp_path: Path) -> None:
    shelves = Shelves(tmp_path)
    assert shelves.beside(tmp_path / "P04.txt") is None
    named(tmp_path, "P04.mp3")

    assert shelves.beside(tmp_path / "P04.txt") is None
    assert Shelves(tmp_path).beside(tmp_path / "P04.txt") is not None


# -- whether the times fit ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_ms", "said"),
    [
        (None, []),
        (6_667, []),
        (10_000, []),
        (12_000, []),
        (12_001, ["recording-too-short"]),
        (6_666, ["recording-too-long"]),
        (0, ["recording-too-long"]),
    ],
)
def test_the_last_time_lies_near_the_end_of_the_recording(
    last_ms: int | None, said: list[str], tmp_path: Path
) -> None:
    path = sound(tmp_path / "P04.wav", 10)

    assert [warning.code for warning in recordings.check(path, last_ms)] == said


def test_the_last_time_is_that_of_a_turn_or_of_a_mark() -> None:
    turns = (Turn(1, 0, 4, None, 5_000, 4_000), Turn(2, 6, 9, None, None, None))

    assert recordings.last_ms(Transcript("P04", "Yes.\n\nNo.", turns)) == 5_000
    assert recordings.last_ms(Transcript("P04", "Yes.\n\nNo.", turns, (Mark(7, 9_000),))) == 9_000
    assert recordings.last_ms(Transcript("P04", "", ())) is None


def test_a_damaged_header_is_a_warning(tmp_path: Path) -> None:
    assert codes(Shelves(tmp_path).link(named(tmp_path, "P04.mp3"), transcript=timed(1))) == [
        "recording-unreadable"
    ]


def test_of_a_kind_without_a_known_length_nothing_is_said(tmp_path: Path) -> None:
    assert recordings.check(named(tmp_path, "P04.amr"), 1_000) == ()


def test_a_length_that_no_interview_has_is_none(tmp_path: Path) -> None:
    path = sound(tmp_path / "P04.wav", 0.1)
    begun = path.read_bytes()
    path.write_bytes(begun[:4] + b"\xff" * 4 + begun[8:40] + b"\xff" * 4 + begun[44:])

    assert length_ms(path) is None


@pytest.mark.parametrize("pattern", [b"\xff\x00\x00\x00", b"\x00", b"ID3\x04\x00"])
def test_a_recording_of_rubbish_is_left_after_its_beginning(pattern: bytes, tmp_path: Path) -> None:
    path = tmp_path / "P04.mp3"
    path.write_bytes(pattern * (40_000_000 // len(pattern)))

    assert length_ms(path) is None


def test_what_is_no_file_has_no_length(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "P04.wav")

    assert Shelves(tmp_path).beside(tmp_path / "P04.txt") is None
    assert length_ms(tmp_path / "gone.wav") is None
    assert length_ms(tmp_path) is None


@pytest.mark.parametrize("suffix", sorted(recordings.SOUND_AND_FILM))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_the_bytes_a_length_is_a_number_or_none(
    suffix: str, tmp_path: Path, data: st.DataObject
) -> None:
    heads = (b"ID3\x04", b"\xff\xfb\x90", b"RIFF", b"fLaC", b"OggS\0", b"\0\0\0\x20ftyp", b"FORM")
    path = tmp_path / f"P04{suffix}"
    path.write_bytes(data.draw(st.sampled_from((b"", *heads))) + data.draw(st.binary(max_size=200)))

    ms = length_ms(path)

    assert ms is None or 0 <= ms <= 100 * 3_600_000


# -- listed ---------------------------------------------------------------------------------------


def test_recordings_are_listed_with_whether_they_are_there_and_their_length(
    tmp_path: Path,
) -> None:
    from dataclasses import replace

    sound(tmp_path / "recordings" / "P04.wav", 2.5)
    here = replace(stored_transcript("P04"), recording="P04.wav")
    gone = replace(stored_transcript("P05"), recording="P05.wav")

    assert recordings.recordings_of([here, gone, stored_transcript("P06")], tmp_path) == {
        "P04": recordings.Recording("P04.wav", found=True, ms=2_500),
        "P05": recordings.Recording("P05.wav", found=False, ms=None),
    }
