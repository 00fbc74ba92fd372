"""What an export of this program says of its own content, read back from any of its formats.

Word, Excel, HTML and Markdown carry a list of contents (`listing`); JSON and CSV say it
themselves (`reading_tables`). Raises NoContentsError for a file that does not say it: not one
of ours, of an earlier version, or saved by a program that drops what it does not know.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from dataclasses import astuple, replace
from html import unescape
from typing import TYPE_CHECKING, Any

from qualcode.errors import NoContentsError
from qualcode.exporters.contents import listing, reading_tables
from qualcode.exporters.zipped import DAMAGED
from qualcode.model.manifest import ListedCell, ListedQuotation, ListedTable, Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_MOST_BYTES = 512 * 1024 * 1024
"""Of one part when it is unpacked: a list of a million quotations is smaller."""

_SCRIPT = re.compile(
    rf'<script type="application/json" id="{listing.SCRIPT_ID}">(.*?)</script>', re.S
)
_ROOT = re.compile(rf'<(?:\w+:)?contents xmlns(?::\w+)?="{listing.NAMESPACE}">(.*)</', re.S)
_PROGRAM, _OURS = "docProps/app.xml", "qualcode"


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
    raise KeyError(listing.PART)


def _is_resaved(file: Path) -> bool:
    """True where the package names another program as the one that saved it."""
    with zipfile.ZipFile(file) as package:
        if _PROGRAM not in package.namelist():
            return False
        said = package.read(_PROGRAM).decode("utf-8")
    return "<Application>" in said and f"<Application>{_OURS}<" not in said


def _of_text(text: str) -> Manifest:
    if listing.COMMENT_START in text:
        lines = text.rpartition(listing.COMMENT_START)[2]
        return _of_lines(lines.partition(listing.COMMENT_END)[0])
    script = _SCRIPT.search(text)
    if script:
        return _of_lines(script.group(1))
    is_json = text.startswith(("{", "["))
    found = reading_tables.of_json(text) if is_json else reading_tables.of_csv(text)
    if found is None:
        raise ValueError
    _check_manifest(found)
    return found


def _of_lines(text: str) -> Manifest:
    head, *lines = (json.loads(line) for line in text.split("\n") if line.strip())
    if head["qualcode"] != listing.VERSION:
        raise ValueError
    found = _of_table(head, lines) if "table" in head else _of_document(head, lines)
    _check_manifest(found)
    return found


def _of_document(head: Mapping[str, Any], lines: Sequence[Sequence[Any]]) -> Manifest:
    sources = {line[1]: line[2] for line in lines if line[0] == "s"}
    return Manifest(
        rows=tuple(head["rows"]),
        columns=tuple(head["columns"]),
        cells=tuple(ListedCell(*line[1:]) for line in lines if line[0] == "cell"),
        quotations=tuple(
            replace(ListedQuotation(*line[1:]), source=sources.get(line[-1], ""))
            for line in lines
            if line[0] == "q"
        ),
        lists_quotations=head["quotations"],
        project=head.get("project", ""),
        is_joined=head.get("joined", True),
        made=reading_tables.made_of(head),
    )


def _of_table(head: Mapping[str, Any], lines: Iterable[Sequence[Any]]) -> Manifest:
    table = ListedTable(
        head["table"],
        tuple(head["columns"]),
        tuple((line[1], tuple(line[2:])) for line in lines if line[0] == "v"),
    )
    return Manifest(lists_quotations=False, table=table, made=reading_tables.made_of(head))


# What stands in a file that somebody changed by hand is looked at before anything rests on it.


def _check_manifest(found: Manifest) -> None:
    _check((*found.rows, *found.columns, found.project, *astuple(found.made)), ())
    for q in found.quotations:
        said = (q.row, q.code, q.transcript, q.locator, q.words, q.cited, q.source)
        _check(said, (q.start, q.end))
    for cell in found.cells:
        _check((cell.row, cell.column, cell.summary, cell.words), (cell.count,))
    if found.table is not None:
        _check((found.table.name, *found.table.columns), ())
        for key, values in found.table.lines:
            _check((key, *values), ())
            if len(values) != len(found.table.columns):
                raise ValueError


def _check(words: Iterable[object], numbers: Iterable[object]) -> None:
    if not all(isinstance(one, str) for one in words):
        raise TypeError
    if not all(isinstance(one, int) for one in numbers):
        raise TypeError
