"""Files of the team beside a project: which hold somebody's words is said, and none is changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from services.sheets import excel, opendocument

from qualcode.services import lying_beside
from qualcode.services.intake.sorting import LARGEST_BYTES

WORDS = b"P17: The windmillish hall."
SOURCES = frozenset({hashlib.sha256(WORDS).hexdigest()})


def named(folder: Path) -> tuple[str, ...]:
    return lying_beside.files_with(
        folder, sources=SOURCES, called=["out.docx"], is_in=lambda text: "ostrander" in text.lower()
    )


def test_what_was_imported_written_or_says_the_name_is_named(tmp_path: Path) -> None:
    for place, content in {
        "said.txt": WORDS,
        "first/round/said.txt": WORDS,
        "one/two/three/said.txt": WORDS,
        "out.docx": b"written",
        "people.csv": b"P17,Ostrander",
        "people.txt": b"P17,Ostrander",
        "first/ostrander.pdf": b"",
    }.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(content)
    assert named(tmp_path) == (
        "out.docx",
        "people.csv",
        "said.txt",
        "first/round/said.txt",
        "1 file in first/",
    )


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_workbook_is_looked_into_on_all_its_sheets(tmp_path: Path, suffix: str) -> None:
    write = excel if suffix == "xlsx" else opendocument
    write(tmp_path / f"people.{suffix}", [["file"], ["a.txt"]], [["P17", "Ann", "Ostrander"]])
    write(tmp_path / f"towns.{suffix}", [["P17", "Marle"]])
    (tmp_path / f"broken.{suffix}").write_bytes(b"PK ostrander")

    assert named(tmp_path) == (f"people.{suffix}",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_nobody_waits_for_a_pipe_or_opens_what_no_transcript_can_be(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "talk.mp4").write_bytes(WORDS)
    with (tmp_path / "large.txt").open("wb") as large:
        large.write(b"Ostrander\n")
        large.truncate(LARGEST_BYTES + 1)
    (tmp_path / "large.csv").hardlink_to(tmp_path / "large.txt")
    (tmp_path / "kept.txt").write_bytes(WORDS)

    assert named(tmp_path) == ("kept.txt",)
    assert [path.name for path, _ in lying_beside.files_in(tmp_path)] == [
        "kept.txt",
        "large.csv",
        "large.txt",
        "talk.mp4",
    ]
