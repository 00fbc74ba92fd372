from __future__ import annotations

import wave
from pathlib import Path

import pytest
from services.study import BY, bring_in, contents, dialogue, tick, write

from qualcode.services import listing
from qualcode.services.intake.importing import ImportReport
from qualcode.services.intake.recordings import recordings_of
from qualcode.store.store import Store

TIMED = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v P01>We came to the fair.\n"


def silence(path: Path, seconds: int = 5) -> None:
    """A recording in which nobody speaks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * seconds)


def home(store: Store) -> Path:
    """The project's folder."""
    assert store.path is not None
    return store.path.parent


def linked(store: Store) -> dict[str, str | None]:
    """The recording of each transcript."""
    return {t.name: t.recording for t in listing.list_transcripts(store)}


def about_recordings(report: ImportReport) -> list[tuple[str, str]]:
    """What was said of recordings, with the file."""
    return [(Path(w.file).name, w.code) for w in report.warnings if w.code.startswith("recording")]


def test_a_folder_of_transcripts_and_recordings_comes_in_linked(store: Store) -> None:
    folder = home(store) / "transcripts"
    write(folder, {"P01.vtt": TIMED, "P02.txt": dialogue("P02", "It rained.")})
    silence(folder / "P01.wav")
    silence(folder / "P03.MP3")
    report = bring_in(store, folder)

    assert report.rejected == ()
    assert about_recordings(report) == []
    assert linked(store) == {"P01": "transcripts/P01.wav", "P02": None}


def test_the_manifest_names_a_recording_from_its_own_folder_on(store: Store) -> None:
    silence(home(store) / "tapes" / "one.wav")
    silence(home(store) / "P01.wav")
    write(home(store), {"P01.vtt": TIMED, "m.csv": "file,recording\nP01.vtt,tapes/one.wav\n"})
    bring_in(store, manifest=home(store) / "m.csv")

    assert linked(store) == {"P01": "tapes/one.wav"}


def test_a_recording_beside_a_file_or_a_manifest_elsewhere_is_found_again(
    store: Store, tmp_path: Path
) -> None:
    there = tmp_path / "fieldwork"
    silence(there / "P01.wav")
    silence(there / "tapes" / "two.wav")
    rows = "file,recording\nP01.vtt,\nP02.vtt,tapes/two.wav\n"
    write(there, {"P01.vtt": TIMED, "P02.vtt": TIMED.replace("fair", "dance"), "m.csv": rows})
    report = bring_in(store, manifest=there / "m.csv")

    known = recordings_of(report.transcripts, home(store))
    assert about_recordings(report) == []
    assert sorted(one.file.rpartition("../")[2] for one in known.values()) == [
        "fieldwork/P01.wav",
        "fieldwork/tapes/two.wav",
    ]
    assert all(one.found and one.ms == 5_000 for one in known.values())


def test_saying_it_again_changes_nothing(store: Store) -> None:
    silence(home(store) / "recordings" / "one.wav")
    write(home(store), {"P01.vtt": TIMED, "m.csv": "file,recording\nP01.vtt,one.wav\n"})
    bring_in(store, manifest=home(store) / "m.csv")
    before = contents(store)
    report = bring_in(store, manifest=home(store) / "m.csv")

    assert linked(store) == {"P01": "recordings/one.wav"}
    assert not report.brought_up_to_date
    assert contents(store) == before


def test_recordings_that_are_kept_elsewhere_are_one_warning(store: Store) -> None:
    files = {f"P{n:02}.txt": dialogue("P", f"It rained {n} times.") for n in range(1, 5)}
    rows = "".join(f"{name},{name[:3]}.wav\n" for name in files)
    write(home(store), {**files, "m.csv": f"file,recording\n{rows}"})
    report = bring_in(store, manifest=home(store) / "m.csv")

    assert about_recordings(report) == [("m.csv", "recording-missing")]
    (warning,) = [w for w in report.warnings if w.code == "recording-missing"]
    assert warning.message.startswith("the recordings named for 'P01', 'P02', 'P03' and 1 more are")
    assert linked(store)["P04"] == "P04.wav"


@pytest.mark.parametrize("beside", [True, False])
def test_a_recording_that_only_the_file_names_yields_to_one_that_is_there(
    store: Store, beside: bool
) -> None:
    if beside:
        silence(home(store) / "P01.wav")
    text = "Date: 2024-03-12\nRecording: INT-1.m4a (0:05)\n\n" + dialogue("P01", "It rained.")
    write(home(store), {"P01.txt": text})
    report = bring_in(store, home(store) / "P01.txt")

    assert linked(store) == {"P01": "P01.wav" if beside else "INT-1.m4a"}
    assert about_recordings(report) == []


def test_times_that_do_not_fit_are_said_of_the_file(store: Store) -> None:
    silence(home(store) / "P01.wav", 60)
    write(home(store), {"P01.vtt": TIMED})

    assert about_recordings(bring_in(store, home(store) / "P01.vtt")) == [
        ("P01.vtt", "recording-too-long")
    ]


def test_a_manifest_reaches_for_nothing_outside(store: Store, tmp_path: Path) -> None:
    silence(tmp_path / "outside.wav")
    inside = tmp_path / "elsewhere"
    write(inside, {"P01.vtt": TIMED, "m.csv": "file,recording\nP01.vtt,../outside.wav\n"})
    report = bring_in(store, manifest=inside / "m.csv")

    assert about_recordings(report) == [("m.csv", "recording-missing")]
    assert linked(store) == {"P01": "outside.wav"}


def test_a_correction_keeps_the_recording_that_a_person_named(store: Store) -> None:
    from qualcode.services.describing import set_transcript
    from qualcode.services.intake import importing

    write(home(store), {"P01.vtt": TIMED})
    bring_in(store, home(store) / "P01.vtt")
    set_transcript(store, "P01", {"recording": "tape.wav"}, by=BY, at=tick())
    silence(home(store) / "P01.wav")
    write(home(store), {"P01.vtt": TIMED.replace("came", "went")})
    importing.import_transcripts(store, [home(store) / "P01.vtt"], yes=True, by=BY, at=tick())

    assert linked(store) == {"P01": "tape.wav"}
