"""Pages on paper and by ear: what is printed, what a keyboard lands on, and no blank cell."""

from __future__ import annotations

import re
from dataclasses import replace

from exporters.evidences import book_of
from exporters.full_reports import full_report
from exporters.reports import cell, quotation, quotations_of, report_of
from exporters.test_pages import Page, book, matrix, matrix_bytes

from qualcode.exporters.colours import INK
from qualcode.exporters.html.page import page
from qualcode.model.matrix import Cell, MatrixColumn, MatrixReport, RegisterLine


def texts_of(report: MatrixReport, tag: str) -> list[str]:
    """The words of each element of this name, without tags."""
    written = matrix_bytes(report, context=False).decode()
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", written, re.DOTALL)
    return [re.sub("<[^>]+>", "", one).strip() for one in found]


def test_headings_are_printed_in_ink_for_grounds_are_not_printed() -> None:
    style = "".join(page("", "", language="en", contents=(), body=(), across=True))
    on_paper = style.partition("@media print")[2]
    (rule,) = re.findall(r"thead th \{([^}]*)\}", on_paper)
    assert f"color: #{INK}" in rule
    assert "background: none" in rule


def test_skipping_lands_on_what_can_hold_the_focus() -> None:
    shown = book(book_of(full_report()))
    (skip,) = [one for one in shown.all("a") if one.get("class") == "skip"]
    (main,) = shown.all("main")
    assert skip["href"] == f"#{main['id']}"
    assert main["tabindex"] == "-1"


def test_no_cell_of_a_page_is_blank() -> None:
    report = full_report()
    bare = tuple(replace(line, warning=None) for line in report.balance[:-1])
    balance = (*bare, replace(report.balance[-1], warning="much"))
    register = (RegisterLine("P99", "Anonymous participant", "anonymous", None, None, 0),)
    report = replace(report, balance=balance, register=(*report.register, *register))
    assert "" not in texts_of(report, "td")
    assert "" not in texts_of(report, "th")


def test_it_is_said_by_what_groups_are_weighed() -> None:
    report = full_report()
    assert {line.attribute for line in report.balance} != {""}
    assert "By" in texts_of(report, "th")
    without = replace(report, balance=tuple(replace(o, attribute="") for o in report.balance))
    assert "By" not in texts_of(without, "th")


def test_a_column_of_summaries_alone_says_so() -> None:
    report = report_of(["It leaked."], columns=1)
    (section,) = report.sections
    whole = MatrixColumn("funding", "Funding", "funding")
    changed = replace(
        section.matrix,
        columns=(whole, *section.matrix.columns),
        cells=((Cell(summary="One grant."), *section.matrix.cells[0]),),
    )
    report = replace(report, show="both", sections=(replace(section, matrix=changed),))
    assert "Theme as a whole1 summary" in texts_of(report, "th")
    told = replace(cell(quotation("Twice.", code="funding")), summary="One grant.")
    changed = replace(changed, cells=((told, *section.matrix.cells[0]),))
    report = replace(report, sections=(replace(section, matrix=changed),))
    assert "Theme as a whole1 quotation · 1 of 1 case" in texts_of(report, "th")


def test_quotations_in_context_stand_under_their_interview() -> None:
    written = matrix_bytes(full_report()).decode().partition('<section id="context"')[2]
    headings = re.findall(r"<h3>(.*?)</h3>", written.partition("</section>")[0])
    interviews = {quote.transcript for quote in quotations_of(full_report())}
    assert len(interviews) > 5
    assert sorted(headings) == sorted(interviews)


def test_a_book_says_how_to_read_it() -> None:
    shown: Page = book(book_of(full_report()))
    assert ("h3", {}) in shown.tags
    assert matrix(full_report()).texts["h3"] > 0
