"""Workbooks read back as openpyxl reads them: cells, and what a spreadsheet would show of them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

_CONTINUED = re.compile(r" \(continued \d+/\d+\)$")

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character by its number, which openpyxl leaves as it stands."""


def sheets(content: bytes) -> dict[str, Worksheet]:
    """The sheets by name, in their order."""
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets}


def records(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows under the headings, those that go on in the next row put together again."""
    headings, *rows = (tuple(map(shown, row)) for row in sheet.iter_rows(values_only=True))
    found: list[dict[str, object]] = []
    for row in rows:
        record = dict(zip(map(str, headings), row, strict=True))
        first = str(headings[0])
        if _CONTINUED.search(str(row[0])):
            for name, value in record.items():
                if name != first and value is not None:
                    found[-1][name] = f"{found[-1][name] or ''}{value}"
        else:
            found.append(record)
    return found


def shown(value: object) -> object:
    """A value as a spreadsheet shows it."""
    if not isinstance(value, str):
        return value
    return _ESCAPED.sub(lambda number: chr(int(number[1], 16)), value)


def every_text(content: bytes) -> Iterator[str]:
    """The words of all cells of all sheets."""
    for sheet in sheets(content).values():
        for row in sheet.iter_rows(values_only=True):
            yield from (str(shown(value)) for value in row if isinstance(value, str))


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of the package."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
