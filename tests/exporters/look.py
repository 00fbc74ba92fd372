"""Turns the documents of the tests into pictures, one a page, for a person to look at.

Fonts differ from machine to machine, so pictures are looked at before a release and not compared
by a test. It needs LibreOffice and pdftoppm:

    PYTHONPATH=.:tests python tests/exporters/look.py FOLDER
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from exporters.full_reports import full_report
from exporters.reading import docx_bytes
from exporters.reports import sample_report, without_quotations

from qualcode.model.consent import Audience

REPORTS = {
    "study": full_report(),
    "eighty": full_report(interviews=80, quotations=400),
    "counts": replace(full_report(), show="counts"),
    "publication": replace(full_report(), audience=Audience.PUBLICATION),
    "empty": without_quotations(sample_report()),
}


def look(folder: Path) -> None:
    """Write each report to the folder as Word, as PDF, and as pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, report in REPORTS.items():
        document = folder / f"{name}.docx"
        document.write_bytes(docx_bytes(report))
        office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*office, str(document)], check=True, capture_output=True)
        pages = ["pdftoppm", "-r", "75", "-png", str(folder / f"{name}.pdf"), str(folder / name)]
        subprocess.run(pages, check=True)


if __name__ == "__main__":
    look(Path(sys.argv[1]))
