"""Writes a study in every format and prints what came out; run in a process of its own.

python tests/services/ways_out/every_way.py PROJECT FOLDER
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from qualcode.exporters.registry import BOOK_EXPORTERS, COMPARISON_EXPORTERS, MATRIX_EXPORTERS
from qualcode.model.consent import Audience
from qualcode.model.document import DocumentOptions, Layout
from qualcode.model.evidence import EvidenceTable, TableOptions
from qualcode.model.matrix import ExportReport
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import exporting
from qualcode.store.store import Store, open_store

AT = datetime(2024, 9, 1, 12, 0, tzinfo=UTC)
BY = "amina"


def written(store: Store, folder: Path) -> Iterator[tuple[Path, ExportReport]]:
    """Each file that can be written, with its report."""
    report = charting.build_matrix(store, columns="codes", at=AT)
    for suffix in MATRIX_EXPORTERS:
        file = folder / f"matrix.{suffix}"
        yield file, exporting.save_matrix(store, report, file, by=BY, at=AT)
    for layout in (Layout.LIST, Layout.MATRIX):
        file = folder / f"{layout}.docx"
        wish = DocumentOptions(layout=layout)
        yield file, exporting.save_matrix(store, report, file, options=wish, by=BY, at=AT)
    book = booking.build_book(store, context=20, at=AT).book
    for suffix in BOOK_EXPORTERS:
        file = folder / f"book.{suffix}"
        yield file, exporting.save_book(store, book, file, by=BY, at=AT)
    found = retrieving.quotes(store, context=10).quotations
    for suffix in ("csv", "json"):
        file = folder / f"quotes.{suffix}"
        yield file, exporting.save_quotations(store, found, file, by=BY, at=AT)
    evidence = evidencing.build_evidence(store, at=AT).evidence
    file = folder / "evidence.xlsx"
    yield file, exporting.save_evidence(store, evidence, file, by=BY, at=AT)[0]
    for table in EvidenceTable:
        file = folder / f"{table}.csv"
        wanted = TableOptions(table)
        yield file, exporting.save_evidence(store, evidence, file, options=wanted, by=BY, at=AT)[0]
    comparison = charting.compare(store, audience=Audience.TEAM)
    for suffix in COMPARISON_EXPORTERS:
        file = folder / f"comparison.{suffix}"
        yield file, exporting.save_comparison(store, comparison, file, by=BY, at=AT)


def digest_of(file: Path) -> str:
    """Of a package its parts by name, for how they are pressed is the system's affair."""
    whole = hashlib.sha256(file.read_bytes())
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                whole.update(name.encode() + archive.read(name))
    return whole.hexdigest()


def main(project: str, folder: str) -> None:
    """Digests of the bytes and of the content, by name of file."""
    with open_store(project) as store:
        found = {
            file.name: (digest_of(file), report.digest)
            for file, report in written(store, Path(folder))
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
