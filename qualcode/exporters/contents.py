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
from html import unescape
from typing import TYPE_CHECKING, Any

from qualcode.errors import NoContentsError
from qualcode.exporters import manifest
from qualcode.exporters.fields import MATRIX_CSV_FIELDS
from qualcode.exporters.manifest import digest
from qualcode.model.manifest import ListedCell, ListedQuotation, Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_MOST_BYTES = 512 * 1024 * 1024
"""Of one part when it is unpacked: a list of a million quotations is smaller."""

_SCRIPT = re.compile(
    rf'<script type="application/json" id="{manifest.SCRIPT_ID}">(.*?)</script>', re.S
)
_ROOT = re.compile(rf'<(?:\w+:)?contents xmlns(?::\w+)?="{manifest.NAMESPACE}">(.*)</', re.S)
_QUOTATION = ("code", "transcript", "start", "end", "locator", "text", "attribution")


def read_contents(file: Path) -> Manifest:
    """The content of an export. Raises NoContentsError, or OSError where it cannot be read."""
    with file.open("rb") as stream:
        is_zip = stream.read(4) == b"PK\x03\x04"
    try:
        if is_zip:
            return _of_lines(_part(file))
        return _of_text(file.read_text(encoding="utf-8"))
    except (
        KeyError,
        ValueError,  # with it what is no UTF-8, no JSON, no number
        TypeError,
        IndexError,
        csv.Error,
        zipfile.BadZipFile,
        NotImplementedError,  # a zip with a way of packing that Python does not know
        RuntimeError,  # a zip with a password
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
    raise KeyError(manifest.PART)


def _of_text(text: str) -> Manifest:
    if manifest.COMMENT_START in text:
        lines = text.rpartition(manifest.COMMENT_START)[2]
        return _of_lines(lines.partition(manifest.COMMENT_END)[0])
    script = _SCRIPT.search(text)
    if script:
        return _of_lines(script.group(1))
    if text.startswith(("{", "[")):
        return _of_json(json.loads(text))
    csv.field_size_limit(_MOST_BYTES)  # a cell holds all its quotations
    return _of_csv(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def _of_lines(text: str) -> Manifest:
    head, *lines = (json.loads(line) for line in text.split("\n") if line.strip())
    if head["qualcode"] != manifest.VERSION:
        raise ValueError
    return Manifest(
        rows=tuple(head["rows"]),
        columns=tuple(head["columns"]),
        cells=tuple(ListedCell(*line[1:]) for line in lines if line[0] == "cell"),
        quotations=tuple(ListedQuotation(*line[1:]) for line in lines if line[0] == "q"),
        lists_quotations=head["quotations"],
    )


# -- formats that speak for themselves -------------------------------------------------------------


def _of_json(value: Any) -> Manifest:
    """Of a matrix, or of a list of quotations."""
    if isinstance(value, list):
        return Manifest(quotations=tuple(_listed(_case_of(record), record) for record in value))
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
            ListedCell(row, column, cell["count"], digest(cell["summary"] or ""))
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
        return Manifest(quotations=tuple(_listed(_case_of(record), record) for record in table))
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
    return ListedQuotation(
        row=row,
        code=record["code"],
        transcript=record["transcript"],
        start=int(record["start"]),
        end=int(record["end"]),
        locator=record["locator"],
        words=digest(record["text"]),
        cited=digest(record["attribution"]),
    )


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
