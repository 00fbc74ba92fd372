"""What an export of this program says of its own content, read back from any of its formats.

Word, Excel, HTML and Markdown carry a list of contents (`manifest`); JSON and CSV say it
themselves. Raises NoContentsError for a file that does not say it: not one of ours, of an earlier
version, or saved by a program that drops what it does not know.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

from qualcode.errors import NoContentsError
from qualcode.exporters import content_list
from qualcode.exporters.content_list import digest
from qualcode.exporters.fields import MATRIX_CSV_FIELDS
from qualcode.exporters.zipped import DAMAGED
from qualcode.model.manifest import ListedCell, ListedQuotation, Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_MOST_BYTES = 512 * 1024 * 1024
"""Of one part when it is unpacked: a list of a million quotations is smaller."""

_SCRIPT = re.compile(
    rf'<script type="application/json" id="{content_list.SCRIPT_ID}">(.*?)</script>', re.S
)
_ROOT = re.compile(rf'<(?:\w+:)?contents xmlns(?::\w+)?="{content_list.NAMESPACE}">(.*)</', re.S)
_PROGRAM, _OURS = "docProps/app.xml", "qualcode"
_QUOTATION = ("code", "transcript", "start", "end", "locator", "text", "attribution")


def read_contents(file: Path) -> Manifest:
    """The content of an export. Raises NoContentsError, or OSError where it cannot be read."""
    with file.open("rb") as stream:
        is_zip = stream.read(4) == b"PK\x03\x04"
    try:
        if is_zip:
            return replace(_of_lines(_part(file)), resaved=_is_resaved(file))
        return _of_text(file.read_text(encoding="utf-8"))
    except (
        KeyError,
        ValueError,  # with it what is no UTF-8, no JSON, no number
        TypeError,
        IndexError,
        csv.Error,
        *DAMAGED,
    ) as problem:
        raise NoContentsError(where=str(file)) from problem


def _part(file: Path) -> str:
    """The text of the list in a package; the program that saved it may have given it a number."""
    with zipfile.ZipFile(file) as package:
        for member in package.infolist():
            if re.fullmatch(r"customXml/item\d+\.xml", member.filename):
                if member.file_size > _MOST_BYTES:
                    raise ValueError
                found = _ROOT.search(package.read(member).decode("utf-8"))
                if found:
                    return unescape(found.group(1))  # LibreOffice writes each " as an entity
    raise KeyError(content_list.PART)


def _is_resaved(file: Path) -> bool:
    """True where the package names another program as the one that saved it."""
    with zipfile.ZipFile(file) as package:
        if _PROGRAM not in package.namelist():
            return False
        said = package.read(_PROGRAM).decode("utf-8")
    return "<Application>" in said and f"<Application>{_OURS}<" not in said


def _of_text(text: str) -> Manifest:
    if content_list.COMMENT_START in text:
        lines = text.rpartition(content_list.COMMENT_START)[2]
        return _of_lines(lines.partition(content_list.COMMENT_END)[0])
    script = _SCRIPT.search(text)
    if script:
        return _of_lines(script.group(1))
    if text.startswith(("{", "[")):
        return _of_json(json.loads(text))
    csv.field_size_limit(_MOST_BYTES)  # a cell holds all its quotations
    return _of_csv(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def _of_lines(text: str) -> Manifest:
    head, *lines = (json.loads(line) for line in text.split("\n") if line.strip())
    if head["qualcode"] != content_list.VERSION:
        raise ValueError
    _check((*head["rows"], *head["columns"], head.get("project", "")), ())
    return Manifest(
        rows=tuple(head["rows"]),
        columns=tuple(head["columns"]),
        cells=tuple(_cell(*line[1:]) for line in lines if line[0] == "cell"),
        quotations=tuple(_quotation(*line[1:]) for line in lines if line[0] == "q"),
        lists_quotations=head["quotations"],
        project=head.get("project", ""),
        is_joined=head.get("joined", True),
    )


# -- formats that speak for themselves -------------------------------------------------------------


def _of_json(value: Any) -> Manifest:
    """Of a matrix, or of a list of quotations."""
    if isinstance(value, list):
        listed = tuple(_listed(_case_of(record), record) for record in value)
        return Manifest(quotations=listed, is_joined=False)
    rows = [row["key"] for row in value["rows"]]
    columns = [column["key"] for column in value["columns"]]
    placed = [
        (row, column, cell)
        for row, cells in zip(rows, value["cells"], strict=True)
        for column, cell in zip(columns, cells, strict=True)
    ]
    return Manifest(
        rows=tuple(rows),
        columns=tuple(columns),
        cells=tuple(
            _cell(row, column, cell["count"], digest(cell["summary"] or ""))
            for row, column, cell in placed
            if cell["count"] or cell["summary"]
        ),
        quotations=tuple(
            _listed(row, record) for row, _, cell in placed for record in cell["quotes"]
        ),
        lists_quotations=any(cell["quotes"] for _, _, cell in placed)
        or not any(cell["count"] for _, _, cell in placed),
    )


def _of_csv(table: csv.DictReader[str]) -> Manifest:
    fields = table.fieldnames or ()
    if set(_QUOTATION) <= set(fields):
        listed = tuple(_listed(_case_of(record), record) for record in table)
        return Manifest(quotations=listed, is_joined=False)
    if set(MATRIX_CSV_FIELDS) <= set(fields):
        records = list(table)
        return Manifest(
            rows=_each(record["row"] for record in records),
            columns=_each(record["column"] for record in records),
            cells=tuple(
                ListedCell(
                    record["row"],
                    record["column"],
                    int(record["count"]),
                    digest(record["summary"]),
                    digest(record["quotes"]),
                )
                for record in records
                if int(record["count"]) or record["summary"]
            ),
            lists_quotations=False,
        )
    raise KeyError("text")


def _case_of(record: Mapping[str, Any]) -> str:
    return str(record["participant"] or record["transcript"])


def _listed(row: str, record: Mapping[str, Any]) -> ListedQuotation:
    return _quotation(
        row,
        record["code"],
        record["transcript"],
        int(record["start"]),
        int(record["end"]),
        record["locator"],
        digest(record["text"]),
        digest(record["attribution"]),
    )


# What stands in a file that somebody changed by hand is looked at before anything rests on it.


def _quotation(
    row: str, code: str, transcript: str, start: int, end: int, locator: str, words: str, cited: str
) -> ListedQuotation:
    _check((row, code, transcript, locator, words, cited), (start, end))
    return ListedQuotation(row, code, transcript, start, end, locator, words, cited)


def _cell(row: str, column: str, count: int, summary: str) -> ListedCell:
    _check((row, column, summary), (count,))
    return ListedCell(row, column, count, summary)


def _check(words: Iterable[object], numbers: Iterable[object]) -> None:
    if not all(isinstance(one, str) for one in words):
        raise TypeError
    if not all(isinstance(one, int) for one in numbers):
        raise TypeError


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
