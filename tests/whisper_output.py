"""A folder as a speech engine leaves it: for each recording its sound, and a JSON with segments.

The words are those of the worked example, which is invented; the sound is silence.
"""

from __future__ import annotations

import csv
import json
import wave
from pathlib import Path

from qualcode.readers import Source, read_transcript

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "transcripts"
TIMED = ("P04.vtt", "P05.srt", "P08.md")
"""Transcripts of the worked example that say when something was said."""

_FRAMES_PER_SECOND = 100


def write(folder: Path, *, speakers: bool, manifest: Path) -> None:
    """The engine's output in a folder, and a manifest of it in a folder above.

    With `speakers`, segments carry the labels that telling voices apart gives.
    """
    folder.mkdir(parents=True)
    rows = {row["interview_id"]: row for row in _manifest_rows()}
    written = []
    below = folder.relative_to(manifest.parent).as_posix()
    for file in TIMED:
        path = EXAMPLE / file
        (folder / f"{path.stem}.json").write_text(_segments(path, speakers=speakers), "utf-8")
        row = {
            **rows[path.stem],
            "file": f"{below}/{path.stem}.json",
            "recording": "",
        }
        written.append(row | ({"speaker": "SPEAKER_01"} if speakers else {}))
    with manifest.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, written[0].keys())
        table.writeheader()
        table.writerows(written)


def _manifest_rows() -> list[dict[str, str]]:
    with (EXAMPLE / "interviews.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _segments(path: Path, *, speakers: bool) -> str:
    source = Source(path.read_bytes(), path.name, path.name)
    transcript = read_transcript(source, name=path.stem).transcript
    labels = {label: f"SPEAKER_{n:02}" for n, label in enumerate(transcript.speakers)}
    segments = []
    for n, turn in enumerate(transcript.turns):
        start = turn.start_ms or 0
        segment = {
            "id": n,
            "start": start / 1000,
            "end": (turn.end_ms or start + 2000) / 1000,
            "text": " " + " ".join(transcript.words_of(turn).split()),
        }
        if speakers and turn.speaker:
            segment["speaker"] = labels[turn.speaker]
        segments.append(segment)
    text = "".join(str(segment["text"]) for segment in segments)
    return json.dumps({"text": text, "segments": segments, "language": "en"})


def write_silence(path: Path, seconds: int) -> None:
    """A recording of so many seconds in which nothing is heard."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(_FRAMES_PER_SECOND)
        sound.writeframes(b"\x80" * (_FRAMES_PER_SECOND * seconds))
