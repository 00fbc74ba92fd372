"""The Word matrix as a file: without fault, whole, the same each time, at a fair cost."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tracemalloc
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from exporters.lint import lint, take_apart
from exporters.reading import (
    docx_bytes,
    matrices,
    quotations_in,
    rows_of,
)
from exporters.reports import (
    quotations_of,
    report_of,
    sample_report,
    with_summaries,
    without_quotations,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from qualcode.exporters import write_matrix
from qualcode.exporters.textsafe import Cleaner

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.model.matrix import MatrixReport

ANY_TEXT = st.text(st.characters())

QUOTATIONS = quotations_of(sample_report())

ODD_WORDS = (
    "שלום, אני גר כאן כבר שלושים שנה.",
    "مرحبا بكم في السوق",
    "👩‍👩‍👧‍👦 we all came 🎉",
    "W" * 320,
    "Line one\nline two\n\nnext turn\tafter a tab",
    "abc\u202edef open",
    "我们都去了集市。" * 30,
    'a]]>b <?qualcode front?> {{ x }} {% y %} &amp; "quoted" <b>',
    "x\x00y\x0cz\ud800",
    "word " * 4000,
    " ",
)

REPORTS = {
    "a study": sample_report(),
    "with summaries": with_summaries(sample_report()),
    "counts": replace(sample_report(), show="counts"),
    "not coded yet": without_quotations(sample_report()),
    "no theme": replace(sample_report(), sections=(), counts=()),
    "no case": report_of([], rows=0),
    "one quotation": report_of(["Only one."]),
    "odd words": report_of(ODD_WORDS, columns=3, rows=2),
    "62 codes": report_of([f"Words {number}." for number in range(130)], columns=62, rows=2),
    "63 codes": report_of([f"Words {number}." for number in range(130)], columns=63, rows=2),
    "30 groups": replace(
        sample_report(),
        groups=tuple(f"Organisation {number}" for number in range(30)),
        counts=tuple(
            replace(line, counts=((1, 1),) * 30) for line in sample_report().counts
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("report", REPORTS.values(), ids=list(REPORTS))
def test_a_document_has_no_fault(report: MatrixReport, tmp_path: Path) -> None:
    document = docx_bytes(report)
    assert lint(document) == []
    file = tmp_path / "matrix.docx"
    file.write_bytes(document)
    audit = OpenXmlValidator().validate(file)
    assert [str(error) for error in audit.errors] == []


@pytest.mark.parametrize("name", [name for name in REPORTS if name not in ("counts", "no theme")])
def test_the_matrices_hold_exactly_the_quotations_of_the_report(name: str) -> None:
    report = REPORTS[name]
    clean = Cleaner()
    expected = [clean(quote.text, at="here") for quote in quotations_of(report)]
    assert Counter(quotations_in(docx_bytes(report))) == Counter(expected)


@given(st.lists(ANY_TEXT, min_size=1, max_size=6), ANY_TEXT)
@settings(max_examples=40, deadline=None)
def test_any_words_make_a_document_without_fault_that_holds_them(
    texts: list[str], title: str
) -> None:
    out = BytesIO()
    done = write_matrix(report_of(texts, columns=2, rows=2, title=title), out, format="docx")
    document = out.getvalue()
    assert set(lint(document)) <= {"properties: no title"}
    clean = Cleaner()
    assert Counter(quotations_in(document)) == Counter(clean(text, at="x") for text in texts)
    assert done.replaced_characters >= clean.replaced
    assert done.quotations == len(texts)


@given(ANY_TEXT)
@settings(max_examples=30, deadline=None)
def test_any_name_may_stand_wherever_a_name_stands(name: str) -> None:
    report = report_of(["Yes.", "No."], columns=2, rows=2)
    (section,) = report.sections
    rows = tuple(
        replace(row, label=name, details=(name,), group=name) for row in section.matrix.rows
    )
    columns = tuple(replace(column, label=name) for column in section.matrix.columns)
    matrix = replace(section.matrix, rows=rows, columns=columns)
    named = replace(section, name=name, definition=name, silent=(name,), matrix=matrix)
    report = replace(report, subtitle=name, facts=((name, name),), sections=(named,))
    assert lint(docx_bytes(report)) == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_another_program_reads_every_quotation(tmp_path: Path) -> None:
    report = report_of([*ODD_WORDS[:4], *(quote.text for quote in QUOTATIONS)], columns=4, rows=6)
    (tmp_path / "matrix.docx").write_bytes(docx_bytes(report))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", "."),
            "matrix.docx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    read = " ".join((tmp_path / "matrix.txt").read_text("utf-8-sig").split())
    for text in {quote.text for quote in quotations_of(report)}:
        assert f"“{' '.join(text.split())}”" in read


def test_python_docx_reopens_and_saves_it_without_fault() -> None:
    import docx

    saved = BytesIO()
    docx.Document(BytesIO(docx_bytes(sample_report()))).save(saved)
    assert lint(saved.getvalue()) == []
    assert quotations_in(saved.getvalue()) == quotations_in(docx_bytes(sample_report()))


# -- the same each time, and no more work than the words ask for ----------------------------------


def test_the_same_report_gives_the_same_bytes_in_every_process() -> None:
    script = (
        "import hashlib; from io import BytesIO; from exporters.reports import *\n"
        "from qualcode.exporters import *\n"
        "report, out = sample_report(), BytesIO()\n"
        "for format in MATRIX_EXPORTERS: write_matrix(report, out, format=format)\n"
        "for format in QUOTATION_EXPORTERS:\n"
        "    write_quotations(quotations_of(report), out, format=format)\n"
        "print(hashlib.sha256(out.getvalue()).hexdigest())"
    )
    found = set()
    for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"), ("42", "America/New_York")):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONHASHSEED": seed,
                "TZ": zone,
            },
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().strip()) == hashlib.sha256().digest_size * 2


def test_changing_one_quotation_changes_only_its_cell_and_the_check() -> None:
    words = [f"Words {number}." for number in range(12)]
    before = rows_of(matrices(docx_bytes(report_of(words, columns=3, rows=2)))[0])
    words[4] = "Other words."
    after = rows_of(matrices(docx_bytes(report_of(words, columns=3, rows=2)))[0])
    changed = [
        (row, column)
        for row, cells in enumerate(before)
        for column, said in enumerate(cells)
        if said != after[row][column]
    ]
    assert changed == [(1, 3)]


def calls_while_writing(report: MatrixReport) -> int:
    """How many functions are called, in Python and in C: the work without the clock."""
    count = 0

    def count_call(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    out = BytesIO()
    sys.setprofile(count_call)
    try:
        write_matrix(report, out, format="docx")
    finally:
        sys.setprofile(None)
    return count


def test_twice_the_quotations_take_at_most_twice_the_calls() -> None:
    calls_while_writing(sample_report())  # loads what is loaded only once
    one = calls_while_writing(sample_report(quotations=1000))
    two = calls_while_writing(sample_report(quotations=2000))
    assert one < two <= 2 * one


def test_the_memory_added_does_not_grow_with_the_quotations() -> None:
    docx_bytes(sample_report())

    def added(report: MatrixReport) -> int:
        out = _Nowhere()
        tracemalloc.start()
        write_matrix(report, out, format="docx")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    few = added(report_of(["We all came to the fair."] * 500, columns=5, rows=50))
    many = added(report_of(["We all came to the fair."] * 5000, columns=5, rows=50))
    assert many < few + 500_000


class _Nowhere(BytesIO):
    """A real stream that forgets what it was given."""

    def write(self, content: object) -> int:
        return len(content)  # type: ignore[arg-type]


def test_the_parts_of_a_document_are_as_many_as_its_sections_however_many_quotations() -> None:
    few = take_apart(docx_bytes(sample_report(quotations=200)))
    many = take_apart(docx_bytes(sample_report(quotations=2000)))
    assert sorted(few.members) == sorted(many.members)
