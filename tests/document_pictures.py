"""Makes the pictures of documents that the manual shows, in docs/pictures, from docs/samples.

    PYTHONPATH=.:tests python tests/document_pictures.py

It needs LibreOffice, pdftoppm and pdftotext. Fonts differ from machine to machine, so the pictures
are made and looked at when documents change, and not compared by a test.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from samples import SAMPLES

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
DOTS_PER_INCH = "64"

PAGES = {
    "document-front": ("theme-matrix.docx", "About this document"),
    "document-counts": ("theme-matrix.docx", "Summary of codings"),
    "document-matrix": ("theme-matrix.docx", "Commissioning, procurement and funding"),
    "document-comparison": ("theme-matrix.docx", "Continuity and variation"),
    "document-context": ("theme-matrix.docx", "Appendix A"),
    "document-list": ("funding-list.docx", "Commissioning, procurement and funding"),
    "document-book": ("funding-book.docx", "Commissioning, procurement and funding"),
}
"""Which page a picture shows: the first of a sample with this in its running header."""


def make_pictures(folder: Path) -> None:
    """All of them."""
    with tempfile.TemporaryDirectory(prefix="qualcode-pages-") as place:
        printed = {name: _printed(name, Path(place)) for name, _ in set(PAGES.values())}
        for picture, (name, header) in PAGES.items():
            number = str(_first_with(printed[name], header))
            target = folder / picture
            drawn = ["pdftoppm", "-png", "-singlefile", "-r", DOTS_PER_INCH]
            subprocess.run([*drawn, "-f", number, str(printed[name]), str(target)], check=True)
            made = target.with_suffix(".png")
            print(f"{made.stat().st_size:>8,}  {made.name}  (page {number} of {name})")


def _printed(name: str, folder: Path) -> Path:
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    office = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*office, str(SAMPLES / name)], check=True, capture_output=True)
    return (folder / name).with_suffix(".pdf")


def _first_with(printed: Path, header: str) -> int:
    text = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    tops = [page.lstrip().partition("\n")[0] for page in text.split("\f")]
    return next(number for number, top in enumerate(tops, 1) if header in top)


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    make_pictures(PICTURES)
