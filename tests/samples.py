"""Makes the samples in docs/samples: what a lead exports of the worked example, at one moment.

    PYTHONPATH=.:tests python tests/samples.py

Whoever thinks of using the program can open them before installing anything. A test makes them
again and compares what is in them.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from qualcode.model.document import DocumentOptions, Layout
from qualcode.model.evidence import EvidenceTable, TableOptions
from qualcode.services import projects
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.example import make_demo
from qualcode.services.ways_out import exporting
from qualcode.store.store import Store

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "docs" / "samples"
RENEW = "PYTHONPATH=.:tests python tests/samples.py"

AT = datetime(2024, 7, 1, 10, 0, tzinfo=UTC)
BY = "script"
_CONTEXT_WORDS = 25


def _matrix(store: Store, target: Path) -> None:
    report = charting.build_matrix(store, at=AT)
    options = DocumentOptions(layout=Layout.MATRIX)
    exporting.save_matrix(store, report, target, options=options, by=BY, at=AT)


def _list(store: Store, target: Path) -> None:
    report = charting.build_matrix(store, columns="funding", at=AT)
    options = DocumentOptions(layout=Layout.LIST)
    exporting.save_matrix(store, report, target, options=options, by=BY, at=AT)


def _book(store: Store, target: Path) -> None:
    booked = booking.build_book(store, ["funding"], context=_CONTEXT_WORDS, at=AT)
    exporting.save_book(store, booked.book, target, by=BY, at=AT)


def _evidence(store: Store, target: Path) -> None:
    gathered = evidencing.build_evidence(store, at=AT)
    exporting.save_evidence(store, gathered.evidence, target, by=BY, at=AT)


def _cases(store: Store, target: Path) -> None:
    gathered = evidencing.build_evidence(store, at=AT)
    wanted = TableOptions(EvidenceTable.CASES)
    exporting.save_evidence(store, gathered.evidence, target, options=wanted, by=BY, at=AT)


MADE: dict[str, Callable[[Store, Path], None]] = {
    "theme-matrix.docx": _matrix,
    "funding-list.docx": _list,
    "funding-book.docx": _book,
    "funding-book.html": _book,
    "evidence.xlsx": _evidence,
    "cases.csv": _cases,
}
"""A way out for each file; beside a table stand the files that say what is in it."""


def make_samples(folder: Path) -> None:
    """All samples, written anew to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="qualcode-samples-") as place:
        demo = make_demo(Path(place) / "study", at=AT)
        with projects.open_project(demo.place) as store:
            for name, make in MADE.items():
                make(store, folder / name)


def contents(file: Path) -> dict[str, bytes]:
    """What is in a file, member by member: how well a member is packed differs by machine."""
    if not zipfile.is_zipfile(file):
        return {"": file.read_bytes()}
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


if __name__ == "__main__":
    shutil.rmtree(SAMPLES, ignore_errors=True)
    make_samples(SAMPLES)
    for made in sorted(SAMPLES.iterdir()):
        print(f"{made.stat().st_size:>8,}  {made.name}")
