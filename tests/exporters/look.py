"""Turns documents into pictures, one a page, for a person to look at before a release.

Those of the tests' reports, and what a lead exports of the invented study of eighty interviews.
Fonts differ from machine to machine, so the pictures are looked at and not compared by a test. It
needs LibreOffice and pdftoppm:

    PYTHONPATH=.:tests python tests/exporters/look.py FOLDER
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from eighty.study import make_eighty
from exporters.full_reports import full_report
from exporters.reading import docx_bytes
from exporters.reports import sample_report, without_quotations

from qualcode.model.consent import Audience
from qualcode.model.document import DocumentOptions, Layout, Notes, Paper
from qualcode.services import projects
from qualcode.services.charts import booking, charting
from qualcode.services.ways_out import exporting

REPORTS = {
    "study": full_report(),
    "counts": replace(full_report(), show="counts"),
    "publication": replace(full_report(), audience=Audience.PUBLICATION),
    "empty": without_quotations(sample_report()),
}

AT = datetime(2024, 7, 31, 18, 0, tzinfo=UTC)
BY = "dina"

ASKED: dict[str, tuple[Mapping[str, object], DocumentOptions]] = {
    "eighty": ({}, DocumentOptions(layout=Layout.MATRIX)),
    "eighty-list": ({}, DocumentOptions(layout=Layout.LIST)),
    "eighty-both": ({"cells": "both"}, DocumentOptions(layout=Layout.MATRIX)),
    "eighty-counts": ({"cells": "counts"}, DocumentOptions()),
    "eighty-places": ({"rows": "place"}, DocumentOptions(paper=Paper.A3)),
    "eighty-notes": ({"columns": "funding"}, DocumentOptions(notes=Notes.ENDNOTES)),
    "eighty-brief": (
        {"audience": Audience.PUBLICATION, "max_quotes": 1},
        DocumentOptions(context=False),
    ),
}
"""What is asked of the matrix, and how it is laid out, by the name of the document."""


def look(folder: Path) -> None:
    """Write each document to the folder as Word, as PDF, and as pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, report in REPORTS.items():
        (folder / f"{name}.docx").write_bytes(docx_bytes(report))
    _export_eighty(folder)
    for document in sorted(folder.glob("*.docx")):
        _draw(document)


def _export_eighty(folder: Path) -> None:
    with projects.open_project(str(make_eighty(folder / "study"))) as store:
        for name, (asked, options) in ASKED.items():
            report = charting.build_matrix(store, at=AT, **asked)  # type: ignore[arg-type]
            target = folder / f"{name}.docx"
            exporting.save_matrix(store, report, target, options=options, by=BY, at=AT)
        book = booking.build_book(store, context=25, at=AT).book
        exporting.save_book(store, book, folder / "eighty-book.docx", by=BY, at=AT)


def _draw(document: Path) -> None:
    folder, name = document.parent, document.stem
    office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*office, str(document)], check=True, capture_output=True)
    pages = ["pdftoppm", "-r", "75", "-png", str(folder / f"{name}.pdf"), str(folder / name)]
    subprocess.run(pages, check=True)


if __name__ == "__main__":
    look(Path(sys.argv[1]))
