"""The schemas of the standard find nothing in what we write, and find what is wrong."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from exporters.schemas import needed, schema_faults

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"
OFFICE = sorted(file for file in SAMPLES.iterdir() if file.suffix in (".docx", ".xlsx"))

pytestmark = needed


@pytest.mark.parametrize("sample", OFFICE, ids=lambda file: file.name)
def test_the_samples_are_as_the_standard_asks(sample: Path) -> None:
    assert schema_faults(sample.read_bytes()) == []


@pytest.mark.parametrize(
    ("sample", "part", "sound", "damaged"),
    [
        ("theme-matrix.docx", "word/document.xml", b"<w:tblGrid>", b"<w:tblGird>"),
        ("theme-matrix.docx", "word/styles.xml", b'w:type="paragraph"', b'w:type="passage"'),
        ("evidence.xlsx", "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetDates>"),
    ],
)
def test_a_damaged_part_is_found(sample: str, part: str, sound: bytes, damaged: bytes) -> None:
    out = BytesIO()
    with zipfile.ZipFile(SAMPLES / sample) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert sound in content
                content = content.replace(sound, damaged).replace(
                    sound.replace(b"<", b"</"), damaged.replace(b"<", b"</")
                )
            new.writestr(name, content)
    assert any(fault.startswith(part) for fault in schema_faults(out.getvalue()))
