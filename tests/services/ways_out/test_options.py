"""Every document of the matrix of options is valid and holds the quotations of the store.

Of all combinations so many are tried that any two values of two options, and any study with any
value, come together in one of them.
"""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from eighty.study import make_eighty
from exporters.lint import lint
from exporters.reading import body_of, paragraphs_of, quotations_in, quotations_in_context
from exporters.reports import quotations_of
from exporters.schemas import schema_faults
from openxml_audit import OpenXmlValidator
from services.study import BY, tick
from services.ways_out.combining import pairwise
from services.ways_out.odd_studies import STUDIES

from qualcode import errors
from qualcode.exporters.textsafe import Cleaner
from qualcode.model.consent import Audience
from qualcode.model.document import DocumentOptions, Layout, Notes, Paper
from qualcode.model.matrix import MatrixReport
from qualcode.services.charts import charting, comparing, splitting
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import exporting
from qualcode.store import queries
from qualcode.store.store import Store, open_store

WORKED, EIGHTY, THEME = "the worked example", "eighty interviews", "one theme"

AXES: Mapping[str, tuple[Any, ...]] = {
    "study": (WORKED, EIGHTY, *STUDIES),
    "rows": ("participant", "transcript", "place", "stakeholder", "role"),
    "columns": ("themes", "codes", THEME),
    "cells": ("quotes", "summary", "both", "counts"),
    "layout": tuple(Layout),
    "notes": tuple(Notes),
    "paper": tuple(Paper),
    "context": (True, False),
    "memos": (True, False),
    "audience": tuple(Audience),
    "max_quotes": (None, 1, 3),
    "by": (comparing.USUAL, ("role",), ()),
    "split": (None, "theme", "place"),
}
CHOICES = pairwise(AXES)

SPARSE = ("no interview", "one case", "no coding")
"""Studies in which nobody has an attribute, or a theme no quotation, and it is said so."""

LONG = 40_000
"""Bytes of a document beyond which the validator takes too long for each of so many."""

OPINIONS = ("no populated `xl/sharedStrings.xml`", "relationships/theme' is missing")
"""What the validator would rather see in a workbook, and no reader of workbooks needs."""


@pytest.fixture(scope="module")
def made(
    example_made_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """The project file of a study, made when it is first asked for."""
    root = tmp_path_factory.mktemp("studies")
    known: dict[str, Path] = {WORKED: example_made_once / "study.qualcode"}

    def make(name: str) -> Path:
        if name == EIGHTY and name not in known:
            known[name] = make_eighty(root / "eighty")
        elif name not in known:
            folder = root / name.replace(" ", "-")
            STUDIES[name](folder).close()
            known[name] = folder / "study.qualcode"
        return known[name]

    return make


@pytest.fixture
def opened(made: Callable[[str], Path], tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """A copy of a study, open."""
    stores = []

    def copy(name: str) -> Store:
        project = made(name)
        folder = tmp_path / "study"
        shutil.copytree(project.parent, folder)
        stores.append(open_store(str(folder / project.name)))
        return stores[-1]

    yield copy
    for store in stores:
        store.close()


@dataclass(frozen=True)
class Wished:
    """One combination, as the services take it."""

    arguments: Mapping[str, Any]
    options: DocumentOptions
    split: str | None

    def reports(self, store: Store, target: Path) -> list[tuple[MatrixReport, Path]]:
        build = partial(charting.build_matrix, store, **self.arguments, at=tick())
        if self.split is None:
            return [(build(), target)]
        return list(splitting.split(store, build, target, by=self.split).parts)


def wished(choice: Mapping[str, Any], store: Store) -> Wished:
    with store.reading() as session:
        first = queries.codebook(session)[0].themes[0].id
    columns = first if choice["columns"] == THEME else choice["columns"]
    asked = ("rows", "cells", "audience", "by")
    most = None if choice["cells"] == "counts" else choice["max_quotes"]
    laid = ("layout", "notes", "paper", "context", "memos")
    return Wished(
        {"columns": columns, "max_quotes": most, **{name: choice[name] for name in asked}},
        DocumentOptions(**{name: choice[name] for name in laid}),
        choice["split"],
    )


def name_of(choice: Mapping[str, Any]) -> str:
    return "-".join(str(value or None).replace(" ", "_") for value in choice.values())


def written(
    choice: Mapping[str, Any], store: Store, wish: Wished, target: Path
) -> list[tuple[MatrixReport, Path, str]]:
    """The reports with their files and the layouts chosen for them; none where none can be."""
    try:
        leaving = wish.reports(store, target)
    except (errors.FilterError, errors.UsageError):  # no such attribute, or nothing to split
        assert choice["study"] in SPARSE
        return []
    except errors.JointInterviewError:  # who sat together would be read
        assert (choice["rows"], choice["audience"]) == ("transcript", Audience.PUBLICATION)
        return []
    done = exporting.save_matrices(store, leaving, options=wish.options, by=BY, at=tick())
    return [(report, path, one.layout) for (report, path), one in zip(leaving, done, strict=True)]


@pytest.mark.parametrize("choice", CHOICES, ids=name_of)
def test_a_document_is_valid_and_holds_its_quotations(
    choice: Mapping[str, Any], opened: Callable[[str], Store], tmp_path: Path
) -> None:
    store = opened(choice["study"])
    wish = wished(choice, store)
    every = written(choice, store, wish, tmp_path / "matrix.docx")
    for report, path, layout in every[:: max(1, len(every) - 1)]:  # of parts the first and the last
        document = path.read_bytes()
        assert lint(document) == []
        assert schema_faults(document) == []
        assert docx.Document(BytesIO(document)).paragraphs
        if len(document) < LONG:
            audit = OpenXmlValidator().validate(path)
            assert [str(one) for one in audit.errors] == []
        if report.show in ("quotes", "both"):
            holds_exactly(document, report, layout, context=wish.options.context)


def holds_exactly(document: bytes, report: MatrixReport, layout: str, *, context: bool) -> None:
    """The appendix holds each passage once; without it tables or list hold each quotation whole."""
    shown = quotations_of(report)
    if context:
        passages = {(one.transcript, one.start, one.end): as_written(one.text) for one in shown}
        assert Counter(quotations_in_context(document)) == Counter(passages.values())
        return
    every = Counter(as_written(one.text) for one in shown)
    if layout == Layout.MATRIX:
        assert Counter(quotations_in(document)) == every
        return
    listed = paragraphs_of(body_of(document), "QCListQuote")
    assert len(listed) == every.total()
    assert Counter(next(text for text in every if f"“{text}”" in one) for one in listed) == every


def as_written(text: str) -> str:
    return Cleaner()(text, at="here")


@pytest.mark.parametrize("study", AXES["study"])
def test_a_report_holds_exactly_the_passages_of_the_store(
    study: str, opened: Callable[[str], Store]
) -> None:
    """By a way of its own: the stretches of each code, those that overlap as one."""
    store = opened(study)
    stretches: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for one in retrieving.quotes(store).quotations:
        stretches[one.transcript, one.code].append((one.start, one.end))
    expected: Counter[tuple[str, str, int, int]] = Counter()
    for (transcript, code), spans in stretches.items():
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if joined and start < joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        expected.update((transcript, code, *span) for span in joined)
    report = charting.build_matrix(store, columns="codes", at=tick())
    shown = quotations_of(report)
    assert Counter((q.transcript, q.code, q.start, q.end) for q in shown) == expected
    assert bool(expected) == (study not in ("no interview", "no coding"))


OTHERS = pairwise(
    {name: AXES[name] for name in ("study", "rows", "columns", "cells", "audience", "split")}
    | {"format": ("xlsx", "html", "md", "csv", "json")}
    | {name: AXES[name] for name in ("layout", "context", "max_quotes")}
)


@pytest.mark.parametrize("choice", OTHERS, ids=name_of)
def test_every_other_format_can_be_read_back(
    choice: Mapping[str, Any], opened: Callable[[str], Store], tmp_path: Path
) -> None:
    store = opened(choice["study"])
    usual = {name: values[0] for name, values in AXES.items()}
    wish = wished({**usual, **choice}, store)
    target = tmp_path / f"matrix.{choice['format']}"
    for report, path, _ in written(choice, store, wish, target):
        if choice["format"] == "xlsx":
            book = openpyxl.load_workbook(path)
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            assert [cell for cell in cells if cell.data_type == "f"] == []
            assert max(len(str(cell.value or "")) for cell in cells) <= 32_767
            assert schema_faults(path.read_bytes()) == []
            faults = map(str, OpenXmlValidator().validate(path).errors)
            assert [one for one in faults if not any(known in one for known in OPINIONS)] == []
        else:
            text = path.read_text("utf-8")
            assert "\0" not in text
            assert "\ud800" not in text
            assert report.title in text or choice["format"] in ("csv", "json")
