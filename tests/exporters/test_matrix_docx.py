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
from exporters.full_reports import each_quotation, full_report, under_two_codes
from exporters.lint import lint, take_apart
from exporters.reading import (
    body_of,
    docx_bytes,
    matrices,
    notes_of,
    paragraphs_of,
    paragraphs_of_cells,
    quotations_in,
    quotations_in_context,
    rows_of,
)
from exporters.reports import (
    quotations_of,
    report_of,
    sample_report,
    silent,
    with_summaries,
    without_quotations,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from qualcode.exporters import write_matrix
from qualcode.exporters.textsafe import Cleaner
from qualcode.model.consent import Audience
from qualcode.model.document import DocumentOptions, Layout, Notes, Paper
from qualcode.model.matrix import BalanceLine, Comparison, RegisterLine, Variation

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

NAMED_ALIKE = "=cmd|' /C calc'!A0"

REPORTS = {
    "a study": sample_report(),
    "all there is": full_report(),
    "under two codes": under_two_codes(full_report()),
    "for everybody": replace(full_report(), audience=Audience.PUBLICATION),
    "one name for two": each_quotation(
        full_report(), lambda quotation: replace(quotation, attribution=NAMED_ALIKE)
    ),
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


WISHES = {
    "as it comes": DocumentOptions(),
    "endnotes": DocumentOptions(notes=Notes.ENDNOTES),
    "inline": DocumentOptions(notes=Notes.INLINE, memos=False),
    "no context": DocumentOptions(context=False),
    "bare": DocumentOptions(context=False, memos=False),
    "a list": DocumentOptions(layout=Layout.LIST),
    "a bare list": DocumentOptions(layout=Layout.LIST, context=False, memos=False),
    "on A3": DocumentOptions(paper=Paper.A3),
}
BARE = WISHES["bare"]

MOST_BYTES_EACH = 200
"""Of memory for each quotation: its number and its place in the appendix, none of its words."""


def combinations() -> list[object]:
    """Every report as it comes, and the fullest of them under every wish."""
    plain = [(report, "as it comes") for report in REPORTS]
    wished = [("all there is", wish) for wish in WISHES if wish != "as it comes"]
    return [pytest.param(*both, id=", ".join(both)) for both in (*plain, *wished)]


@pytest.mark.parametrize(("name", "wish"), combinations())
def test_a_document_has_no_fault(name: str, wish: str, tmp_path: Path) -> None:
    document = docx_bytes(REPORTS[name], WISHES[wish])
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
    assert Counter(quotations_in(docx_bytes(report, BARE))) == Counter(expected)


@pytest.mark.parametrize("name", [name for name in REPORTS if name not in ("counts", "no theme")])
def test_the_appendix_holds_every_passage_once_and_whole(name: str) -> None:
    report = REPORTS[name]
    clean = Cleaner()
    places = {(one.transcript, one.start, one.end): one.text for one in quotations_of(report)}
    expected = [clean(text, at="here") for text in places.values()]
    assert Counter(quotations_in_context(docx_bytes(report))) == Counter(expected)


@pytest.mark.parametrize("name", REPORTS)
def test_a_list_has_no_fault_and_holds_exactly_what_the_tables_hold(name: str) -> None:
    report = REPORTS[name]
    listed, tables = docx_bytes(report, WISHES["a bare list"]), docx_bytes(report, BARE)
    assert lint(listed) == []
    said = [text for table in matrices(tables) for text in paragraphs_of_cells(table)]
    assert Counter(paragraphs_of(body_of(listed), "QCListQuote")) == Counter(said)


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
    expected = Counter(clean(text, at="x") for text in texts)
    assert Counter(quotations_in_context(document)) == expected
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
    named = replace(section, name=name, definition=name, silent=(silent(name),), matrix=matrix)
    report = replace(
        report,
        subtitle=name,
        facts=((name, name),),
        sections=(named,),
        register=(RegisterLine(name, name, name, name, name, 1),),
        comparisons=(
            Comparison(name, (name,), (Variation(name, name, True, ((1, 2),), (1, 2), (name,)),)),
        ),
        balance=(BalanceLine(name, 1, 1, name),),
        provenance=((name, name),),
    )
    everywhere = each_quotation(
        report,
        lambda one: replace(one, attribution=name, transcript=name, before=name, after=name),
    )
    for kind in Notes:
        assert lint(docx_bytes(everywhere, DocumentOptions(notes=kind))) == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("notes", Notes)
def test_another_program_reads_every_quotation(notes: Notes, tmp_path: Path) -> None:
    report = report_of([*ODD_WORDS[:4], *(quote.text for quote in QUOTATIONS)], columns=4, rows=6)
    options = DocumentOptions(notes=notes)
    (tmp_path / "matrix.docx").write_bytes(docx_bytes(report, options))
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


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_another_program_opens_every_document(tmp_path: Path) -> None:
    documents = {
        f"{number}.docx": (report, options)
        for number, (report, options) in enumerate(
            [
                *((report, WISHES["as it comes"]) for report in REPORTS.values()),
                *((REPORTS["all there is"], options) for options in WISHES.values()),
            ]
        )
    }
    for name, (report, options) in documents.items():
        (tmp_path / name).write_bytes(docx_bytes(report, options))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", "."),
            *documents,
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    for name, (report, _) in documents.items():
        read = (tmp_path / name).with_suffix(".txt").read_text("utf-8-sig")
        assert read.startswith(report.title)


def test_python_docx_reopens_and_saves_it_without_fault() -> None:
    import docx

    saved = BytesIO()
    written = docx_bytes(full_report())
    docx.Document(BytesIO(written)).save(saved)
    assert lint(saved.getvalue()) == []
    assert quotations_in(saved.getvalue()) == quotations_in(written)
    assert notes_of(saved.getvalue()) == notes_of(written)


# -- the same each time, and no more work than the words ask for ----------------------------------


def test_the_same_report_gives_the_same_bytes_in_every_process() -> None:
    script = (
        "import hashlib; from io import BytesIO; from exporters.full_reports import *\n"
        "from qualcode.exporters import *\n"
        "report, out = full_report(), BytesIO()\n"
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


def test_a_quotation_more_adds_less_memory_than_its_words_take() -> None:
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
    assert many < few + 4500 * MOST_BYTES_EACH


class _Nowhere(BytesIO):
    """A real stream that forgets what it was given."""

    def write(self, content: object) -> int:
        return len(content)  # type: ignore[arg-type]


def test_the_parts_of_a_document_are_as_many_as_its_sections_however_many_quotations() -> None:
    few = take_apart(docx_bytes(sample_report(quotations=200)))
    many = take_apart(docx_bytes(sample_report(quotations=2000)))
    assert sorted(few.members) == sorted(many.members)
