"""The worked example: an invented study, from files to matrix, to try things on."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qualcode import errors
from qualcode.services import projects
from qualcode.services.charts import charting
from qualcode.services.intake import importing
from qualcode.services.intake.importing import FileWarning, Progress
from qualcode.services.ways_out import exporting
from qualcode.services.work import coding_table
from qualcode.shipped import example_folder

MATRIX = "theme-matrix.docx"
BY = "script"
"""Who makes the example; its codings are by its two invented volunteers."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made, and where."""

    place: str
    folder: Path
    transcripts: int
    codings: int
    matrix: Path
    warnings: tuple[FileWarning, ...]


def make_demo(folder: Path, *, at: datetime, progress: Progress | None = None) -> Demo:
    """Make the worked example in a new folder.

    Raises FileExistsAlreadyError where the folder holds anything, OutputError where it cannot be
    written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise errors.FileExistsAlreadyError(where=str(folder))
    try:
        _copy_files(folder)
        return _make(folder, at=at, progress=progress)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # it was empty: half an example helps nobody
        raise


def _copy_files(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        source = example_folder()
        shutil.copyfile(source / projects.CODEBOOK, folder / projects.CODEBOOK)
        shutil.copytree(source / projects.TRANSCRIPTS, folder / projects.TRANSCRIPTS)
    except OSError as problem:
        why = (problem.strerror or "no access").lower()
        raise errors.OutputError(where=str(folder), why=why) from None


def _make(folder: Path, *, at: datetime, progress: Progress | None) -> Demo:
    made = projects.new_project(folder, name="Cohesive communities", language="en-GB", by=BY, at=at)
    tables = made.transcripts
    with projects.open_project(made.place) as store:
        report = importing.import_transcripts(
            store, [], manifest=tables / "interviews.csv", by=BY, at=at, progress=progress
        )
        codings = coding_table.tag_from(store, tables / "codings.csv", by=BY, at=at)
        matrix = charting.build_matrix(store, at=at)
        exporting.save_matrix(store, matrix, folder / MATRIX, by=BY, at=at)
    return Demo(
        place=made.place,
        folder=folder,
        transcripts=report.imported,
        codings=codings.codings,
        matrix=folder / MATRIX,
        warnings=report.warnings,
    )
