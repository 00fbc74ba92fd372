"""A word of the document itself names nobody, whoever is called so; a word of the study may."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pytest
from exporters.evidences import book_of, evidence_of
from exporters.full_reports import each_quotation, full_report
from services.fair import new_fair
from services.study import BY, tick

from qualcode import errors
from qualcode.exporters import (
    write_book,
    write_comparison,
    write_evidence,
    write_matrix,
    write_quotations,
)
from qualcode.exporters.csv import evidence_csv
from qualcode.model.book import QuotationBook
from qualcode.model.document import PLAIN, DocumentOptions, Layout
from qualcode.model.evidence import QUOTATIONS, Evidence, EvidenceTable, TableOptions
from qualcode.model.matrix import Comparison, MatrixReport, Quotation
from qualcode.services import people
from qualcode.services.charts import charting
from qualcode.services.consent import gate
from qualcode.services.consent.names.forbidden import NAME, Forbidden, Terms
from qualcode.services.consent.read_back.files import nodes
from qualcode.services.consent.read_back.xml_parts import BREAK
from qualcode.services.ways_out import exporting, own_words
from qualcode.services.ways_out.own_words import Blank
from qualcode.text.names.finder import Term

T = TypeVar("T")


@dataclass(frozen=True)
class Way:
    """One way out of one value: how it is written, and how it is written of nobody."""

    format: str
    write: Callable[[Any], Any]
    blank: Blank

    def written(self) -> bytes:
        out = BytesIO()
        self.write(out)
        return out.getvalue()

    def passes(self, file: bytes, *surnames: str) -> bool:
        """Whether the file may leave where somebody unnamed is called so."""
        forbidden = Forbidden(
            Terms(masked=tuple(Term(name, NAME) for name in surnames)), names_at_hand=True
        )
        ours = partial(own_words.own_words, self.blank, self.format, forbidden)
        try:
            gate.check(file, forbidden, format=self.format, ours=ours)
        except errors.LeakError:
            return False
        return True


def nonsense(report: MatrixReport) -> MatrixReport:
    """The report with words of the study that are no words of any document."""
    said = own_words._blotted(report, lambda _: True)
    return each_quotation(said, lambda quote: replace(quote, text="zzz", edits=1, starred=True))


REPORT = replace(nonsense(full_report(interviews=9, quotations=30)), hidden=3)
LIST = DocumentOptions(layout=Layout.LIST)


def book_about(report: MatrixReport) -> QuotationBook:
    return replace(book_of(report), register=report.register, provenance=report.provenance)


def way(write: Callable[[T, BinaryIO], object], value: T, format: str) -> Way:  # noqa: A002
    """A value as a file, and the same file of nobody."""
    return Way(format, lambda out: write(value, out), own_words.of_nobody(write, value))


def of_matrix(
    report: MatrixReport,
    format: str,  # noqa: A002
    options: DocumentOptions = PLAIN,
) -> Way:
    return way(partial(write_matrix, format=format, options=options), report, format)


def of_book(book: QuotationBook, format: str) -> Way:  # noqa: A002
    return way(partial(write_book, format=format, options=PLAIN), book, format)


def of_evidence(
    evidence: Evidence,
    format: str,  # noqa: A002
    options: TableOptions = QUOTATIONS,
) -> Way:
    return way(partial(write_evidence, format=format, options=options), evidence, format)


def of_beside(evidence: Evidence, what: str) -> Way:
    options = TableOptions(EvidenceTable.CASES)
    return way(partial(evidence_csv.write_beside, options=options, what=what), evidence, "csv")


def of_list(quoted: tuple[Quotation, ...], format: str) -> Way:  # noqa: A002
    return way(partial(write_quotations, format=format), quoted, format)


def of_comparison(comparison: Comparison, format: str) -> Way:  # noqa: A002
    return way(partial(write_comparison, format=format), comparison, format)


def ways(report: MatrixReport) -> Iterator[tuple[str, Way]]:
    """Every format of every value that is made of a study."""
    evidence = evidence_of(report)
    for one in ("docx", "xlsx", "html", "md", "csv", "json"):
        yield f"matrix.{one}", of_matrix(replace(report, show="both"), one)
    for one in ("docx", "xlsx", "html", "md"):
        yield f"counts.{one}", of_matrix(replace(report, show="counts"), one)
    for one in ("docx", "html", "md"):
        yield f"list.{one}", of_matrix(report, one, LIST)
        yield f"book.{one}", of_book(book_about(report), one)
    yield "evidence.xlsx", of_evidence(evidence, "xlsx")
    for table in EvidenceTable:
        yield f"{table}.csv", of_evidence(evidence, "csv", TableOptions(table))
    for what in ("dictionary", "labels"):
        yield f"{what}.csv", of_beside(evidence, what)
    for one in ("csv", "json"):
        yield f"list.{one}", of_list(evidence.quotations, one)
    for one in ("csv", "json", "md"):
        yield f"comparison.{one}", of_comparison(report.comparisons[0], one)


WAYS = dict(ways(REPORT))


def capitals(way: Way) -> list[str]:
    """Each word with a capital in a file of nobody at all."""
    words = BREAK.join(nodes(way.blank(lambda _: True), way.format))
    return sorted(set(re.findall(r"\b(?!X+x*\b)[A-Z][a-z]+\b", words)))


@pytest.mark.parametrize("name", WAYS)
def test_whoever_is_called_as_a_word_of_the_document_stops_none(name: str) -> None:
    way = WAYS[name]
    file, surnames = way.written(), capitals(way)

    if not way.passes(file, *surnames):  # all at once, for each of a hundred takes its time
        assert [word for word in surnames if not way.passes(file, word)] == []
        pytest.fail("several of them together")


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md"])
def test_the_words_of_documents_are_many(suffix: str) -> None:
    assert len(capitals(WAYS[f"matrix.{suffix}"])) > 30


def speaking_of(report: MatrixReport, word: str) -> MatrixReport:
    """The report with the word in what was said, in the name of each code, and in the columns."""
    said = each_quotation(report, lambda quote: replace(quote, text=f"So {word} told us"))
    sections = tuple(
        replace(
            one,
            matrix=replace(
                one.matrix,
                columns=tuple(replace(col, label=f"On {word}") for col in one.matrix.columns),
            ),
        )
        for one in said.sections
    )
    named = replace(report.comparisons[0], attribute=word, groups=(word, *report.groups[1:]))
    columns = tuple(replace(one, label=f"On {word}") for one in report.matrix.columns)
    rows = tuple(replace(one, details=(f"{word}, trustee",)) for one in report.matrix.rows)
    return replace(
        said,
        matrix=replace(report.matrix, rows=rows, columns=columns),
        sections=sections,
        comparisons=(named,),
    )


@pytest.mark.parametrize("name", sorted(WAYS.keys() - {"dictionary.csv"}))
def test_the_same_word_of_the_study_does_not_leave(name: str) -> None:
    surname = next(iter(capitals(WAYS[name])), "Quotation")
    way = dict(ways(speaking_of(REPORT, surname)))[name]

    assert not way.passes(way.written(), surname)


def test_a_name_put_together_from_two_words_of_the_study_does_not_leave() -> None:
    book = book_about(REPORT)
    theme = book.themes[0]
    code = replace(theme.codes[0], name="Zorbing", key="Quarterly")
    way = of_book(replace(book, themes=(replace(theme, codes=(code,)),)), "md")
    file = way.written().replace(b"Zorbing (Quarterly)", b"Zorbing Quarterly")

    assert b"Zorbing Quarterly" in file
    assert not way.passes(file, "Zorbing Quarterly")


@pytest.mark.parametrize(
    ("surname", "written"),
    [
        ("Page", ["docx", "xlsx", "html", "md"]),
        ("Place", ["xlsx", "docx"]),
        ("Project", ["md", "docx", "html"]),
        ("Codes", ["docx", "html", "xlsx", "md"]),
        ("Matrix", ["docx", "html"]),
    ],
)
def test_a_participant_of_such_a_name_stops_no_document_of_the_study(
    tmp_path: Path, surname: str, written: list[str]
) -> None:
    fair = new_fair(tmp_path / "fair")
    people.set_participant(fair, "P01", {"name": f"Ruth {surname}"}, by=BY, at=tick())
    report = charting.build_matrix(fair, at=tick())

    for suffix in written:
        target = tmp_path / f"out.{suffix}"
        exporting.save_matrix(fair, report, target, by=BY, at=tick())
        assert target.exists()
