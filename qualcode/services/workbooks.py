"""Tables that lie in a spreadsheet: the cells of one sheet as text, each row with its number.

A date is said as ISO whatever it looks like on the sheet, a whole number without a fraction, a
formula as its stored value. Of several sheets it is the first whose headings are known.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import errors
from qualcode.readers.ground import containers
from qualcode.readers.ground.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Lines = list[tuple[int, list[str]]]
"""Rows that hold anything, each with its number on the sheet, from 1."""

_MOST_ROWS = 100_000
_MOST_COLUMNS = 500
_SHEET_ROWS = 1_048_576
"""As many as a sheet of Excel can have."""

_MOST_SEEN = 1_200_000
"""Rows that are looked at, blank ones with them: one sheet to its end, and others as they are."""

_LARGEST_UNPACKED_BYTES = 100_000_000
"""A table of 100,000 interviews unpacks to some 60 MB."""

_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What openpyxl and the XML below it let through of a workbook that is not whole."""

_COUNT = re.compile(r"[0-9]{1,7}")


def sheet_of(data: bytes, path: Path, *, known: Callable[[Sequence[str]], int]) -> Lines | None:
    """The rows of the sheet whose first row has the most known columns, as `known` counts them.

    None for a file that is no workbook. Raises DamagedFileError, PasswordProtectedError,
    TooLargeError or TableError.
    """
    if containers.is_encrypted(data):
        raise errors.PasswordProtectedError(where=str(path))
    if data.startswith(containers.OLE2_MARK):
        raise errors.TableError(
            "this is a workbook of an old Excel",
            where=str(path),
            mend="Save it as .xlsx, or as 'CSV UTF-8'.",
        )
    parts = containers.part_names(data)
    if "xl/workbook.xml" in parts:
        sheets = _of_excel(data, path)
    elif "content.xml" in parts:
        sheets = _of_opendocument(data, path)
    else:
        return None
    found = [sheet for sheet in sheets if sheet]
    return max(found, key=lambda sheet: known(sheet[0][1]), default=[])


def _of_excel(data: bytes, path: Path) -> list[Lines]:
    # 0.3 s, and few manifests are workbooks.
    import zipfile
    import zlib

    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_size(sum(part.file_size for part in package.infolist()), path)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        seen = count(1)
        return [
            _of_rows(
                sheet.iter_rows(max_row=_SHEET_ROWS, max_col=_MOST_COLUMNS, values_only=True),
                seen,
                path,
            )
            for sheet in book.worksheets
        ]
    except (*_BROKEN, zipfile.BadZipFile, zlib.error) as broken:
        raise errors.DamagedFileError("workbook", where=str(path)) from broken


def _of_opendocument(data: bytes, path: Path) -> list[Lines]:
    from qualcode.readers.ground.xml import local_name, parse_xml  # 8 ms with lxml

    content = containers.read_part(
        Source(data, path.name, str(path)), "content.xml", title="workbook"
    )
    root = parse_xml(content or b"", title="workbook", where=str(path))
    sheets: list[Lines] = []
    for table in root.iterfind(".//{*}spreadsheet/{*}table"):
        sheets.append([])
        number = 1
        for row in table.iter("{*}table-row"):
            cells = _cells_of_opendocument(row, local_name)
            times = _repeated(row, "rows")
            for repeated in range(times if any(cells) else 0):
                _take(sheets[-1], number + repeated, cells, path)
            number += times
    return sheets


def _cells_of_opendocument(row: Element, local_name: Callable[[Element], str]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local_name(cell) in ("table-cell", "covered-table-cell"):
            times = min(_repeated(cell, "columns"), _MOST_COLUMNS)
            cells += [_said_in_opendocument(cell)] * times
        if len(cells) > _MOST_COLUMNS:
            break
    return cells[:_MOST_COLUMNS]


def _said_in_opendocument(cell: Element) -> str:
    stated = {str(name).rpartition("}")[2]: str(value) for name, value in cell.attrib.items()}
    if "date-value" in stated:
        return stated["date-value"].removesuffix("T00:00:00")
    if "value" in stated:
        return stated["value"].removesuffix(".0")
    return "\n".join("".join(map(str, part.itertext())) for part in cell.iterfind("{*}p"))


def _repeated(element: Element, what: str) -> int:
    """How often a row or cell stands there: all blank ones to the end are one element."""
    for name, value in element.attrib.items():
        if str(name).endswith(f"}}number-{what}-repeated") and _COUNT.fullmatch(str(value)):
            return max(int(value), 1)
    return 1


def _of_rows(rows: Iterable[Sequence[object]], seen: Iterator[int], path: Path) -> Lines:
    """The rows of one sheet; a blank one is passed over before its cells are looked at.

    One cell at the end of a sheet has a million of them above it. `seen` counts over all sheets.
    """
    found: Lines = []
    blank: Sequence[object] = ()
    for number, row in enumerate(rows, 1):
        if next(seen) > _MOST_SEEN:
            raise errors.TooManyLinesError(where=str(path), limit=_MOST_SEEN)
        if row is blank:  # openpyxl makes one for all that the file leaves out
            continue
        if row.count(None) == len(row):
            blank = row
            continue
        cells = [_said(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            _take(found, number, cells, path)
    return found


def _take(lines: Lines, number: int, cells: list[str], path: Path) -> None:
    if len(lines) == _MOST_ROWS:
        raise errors.TooManyLinesError(where=str(path), limit=_MOST_ROWS)
    lines.append((number, cells))


def _said(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _check_size(size: int, path: Path) -> None:
    if size > _LARGEST_UNPACKED_BYTES:
        raise errors.TooLargeError(
            where=str(path),
            size_mb=size // 1_000_000,
            limit_mb=_LARGEST_UNPACKED_BYTES // 1_000_000,
        )
