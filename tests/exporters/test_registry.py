from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from io import BytesIO

import pytest
from exporters.evidences import book_of, sample_evidence, small_book, small_evidence
from exporters.reports import quotation, quotations_of, report_of, sample_report

from qualcode.errors import UnknownSuffixError
from qualcode.exporters import (
    BOOK_EXPORTERS,
    EVIDENCE_EXPORTERS,
    MATRIX_EXPORTERS,
    QUOTATION_EXPORTERS,
    write_book,
    write_evidence,
    write_matrix,
    write_quotations,
)

ALL = sorted(
    module
    for exporters in (MATRIX_EXPORTERS, QUOTATION_EXPORTERS, BOOK_EXPORTERS, EVIDENCE_EXPORTERS)
    for module in exporters.values()
)


@pytest.mark.parametrize("module", ALL)
def test_every_registered_module_can_write(module: str) -> None:
    assert callable(import_module(module).write)


@pytest.mark.parametrize("spelling", ["json", ".json", ".JSON"])
def test_a_format_is_named_by_its_suffix_in_any_spelling(spelling: str) -> None:
    out = BytesIO()
    write_quotations([quotation("Yes.")], out, format=spelling)
    assert out.getvalue().startswith(b"[")


def test_an_unknown_format_names_those_that_can_be_written() -> None:
    out = BytesIO()
    with pytest.raises(UnknownSuffixError, match=r"\.docx, \.xlsx, \.html, \.md, \.csv"):
        write_matrix(report_of(["Yes."]), out, format="bmp")
    with pytest.raises(UnknownSuffixError, match=r"\.json, \.csv"):
        write_quotations([], out, format="docx")
    with pytest.raises(UnknownSuffixError, match=r"\.md, \.html"):
        write_book(small_book([]), out, format="txt")
    with pytest.raises(UnknownSuffixError, match=r"\.xlsx, \.csv"):
        write_evidence(small_evidence([]), out, format="docx")
    with pytest.raises(UnknownSuffixError, match="'docx' is no format in which evidence can be"):
        write_evidence(small_evidence([]), out, format="docx")
    with pytest.raises(UnknownSuffixError, match=r"no \.pdf file\. Write a \.docx"):
        write_matrix(report_of(["Yes."]), out, format="pdf")
    assert out.getvalue() == b""


@pytest.mark.parametrize("format_", MATRIX_EXPORTERS)
def test_every_format_of_a_matrix_carries_the_same_content_check(format_: str) -> None:
    report = sample_report()
    done = write_matrix(report, BytesIO(), format=format_)
    assert done.quotations == len(quotations_of(report))
    assert done.digest == write_matrix(report, BytesIO(), format="json").digest


@pytest.mark.parametrize("format_", QUOTATION_EXPORTERS)
def test_every_format_of_quotations_takes_an_iterator_and_counts_it(format_: str) -> None:
    quotations = quotations_of(sample_report())
    done = write_quotations(iter(quotations), BytesIO(), format=format_)
    assert done.quotations == len(quotations)
    assert done.digest == write_quotations(quotations, BytesIO(), format="json").digest


@pytest.mark.parametrize("format_", BOOK_EXPORTERS)
def test_every_format_of_a_book_carries_the_check_of_its_matrix(format_: str) -> None:
    report = sample_report()
    done = write_book(book_of(report), BytesIO(), format=format_)
    assert done.digest == write_matrix(report, BytesIO(), format="json").digest


@pytest.mark.parametrize("format_", EVIDENCE_EXPORTERS)
def test_every_format_of_evidence_carries_the_check_of_its_quotations(format_: str) -> None:
    evidence = sample_evidence()
    done = write_evidence(evidence, BytesIO(), format=format_)
    assert done.digest == write_quotations(evidence.quotations, BytesIO(), format="json").digest


def test_the_registry_loads_no_document_library() -> None:
    heavy = ("docx", "lxml", "zipfile", "json", "csv")
    asked = (
        f"import sys, qualcode.exporters\nprint([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{asked}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
