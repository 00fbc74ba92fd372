"""Tables of rows and columns as people's programs save them, read to cells.

Comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; or a workbook as it is. A table that is not
whole is refused: a forgotten quotation mark would swallow the rows after it, a bare comma shift
names into the column of another thing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode import errors
from qualcode.readers.ground.containers import OLE2_MARK, ZIP_MARK
from qualcode.services.workbooks import sheet_of

_Line = tuple[int, list[str]]
"""The cells of a row, and the line or the row of the sheet in which it begins."""

_BOXES = (ZIP_MARK, OLE2_MARK)
_DELIMITERS = (",", ";", "\t")
_OPENING_BYTES = 4096
_LARGEST_BYTES = 50_000_000
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column, blanks trimmed, empty ones left out.

    `line` is the line of the file, from 1, in which the row begins; in a workbook its number.
    """

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns in lower case with `_` for blanks, the rows that hold anything, and what is wrong."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[errors.TableError, ...] = ()


def read_table(path: Path, *, known: Collection[str]) -> Table:
    """The cells of a table. Of the delimiters, the one that gives the most `known` columns.

    Raises FileMissingError, FileUnreadableError, TooLargeError or TableError, and for a workbook
    also DamagedFileError, PasswordProtectedError or TooManyLinesError.
    """
    data = _bytes_of(path)
    lines: Iterable[_Line] | None = None
    problems: list[errors.TableError] = []
    if data.startswith(_BOXES):
        lines = sheet_of(data, path, known=lambda cells: len(set(_columns(cells)) & set(known)))
    if lines is None:
        lines = _lines_of_text(_decoded(data, path), path, known, problems)
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    for line, cells in lines:
        if not columns:
            columns = _columns(cells)
        elif any(cell.strip() for cell in cells):
            if _overflows(cells, columns):
                problems.append(_too_many(path, line))
            rows.append(Row(line, _by_column(cells, columns)))
    if not columns:
        empty = errors.TableError("the table is empty", where=str(path), mend="Save it again.")
        raise next(iter(problems), empty)
    return Table(columns, tuple(rows), tuple(problems))


def _lines_of_text(
    text: str, path: Path, known: Collection[str], problems: list[errors.TableError]
) -> Iterator[_Line]:
    """The rows of a text, each with the line in which it begins; what does not end is said."""
    if not text.strip():
        return
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(text, known), strict=True
    )
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        problems.append(
            errors.TableError(
                "the row that begins here does not end",
                where=f"{path}:{line}",
                mend="Check the quotation marks in this line.",
            )
        )


def opening_of(path: Path, *, known: Collection[str]) -> bytes:
    """The first bytes of a table, or the headings of a workbook as a line of text; never raises.

    Nothing of what cannot be opened: what is wrong with it is said where it is read.
    """
    try:
        with path.open("rb") as file:
            opening = file.read(_OPENING_BYTES)
        if not opening.startswith(_BOXES):
            return opening
        return "\t".join(read_table(path, known=known).columns).encode()
    except (OSError, errors.QualcodeError):
        return b""


def columns_of(opening: bytes, *, known: Collection[str]) -> tuple[str, ...]:
    """The columns that a file's first bytes name, if it is a table; never raises."""
    text = opening[:_OPENING_BYTES].decode(_marked(opening) or "utf-8-sig", errors="replace")
    line = _first_line(text)
    return _columns(next(csv.reader([line], delimiter=_delimiter(line, known)), []))


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size <= _LARGEST_BYTES:
            return path.read_bytes()
    except FileNotFoundError:
        raise errors.FileMissingError(where=str(path)) from None
    except OSError:
        raise errors.FileUnreadableError(where=str(path)) from None
    raise errors.TooLargeError(
        where=str(path), size_mb=size // 1_000_000, limit_mb=_LARGEST_BYTES // 1_000_000
    )


def _decoded(data: bytes, path: Path) -> str:
    for encoding in (_marked(data) or "utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise errors.TableError(
        "this is not a table of text, or not in UTF-8 or Windows-1252",
        where=str(path),
        mend="Save it from the spreadsheet as 'CSV UTF-8'.",
    )


def _marked(data: bytes) -> str | None:
    """The encoding that a byte order mark names: a spreadsheet's 'Unicode text' is UTF-16."""
    return next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def _first_line(text: str) -> str:
    return text.lstrip("\ufeff").split("\n", 1)[0].split("\r", 1)[0]


def _delimiter(text: str, known: Collection[str]) -> str:
    line = _first_line(text)
    return max(_DELIMITERS, key=lambda mark: len(set(_columns(line.split(mark))) & set(known)))


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple("_".join(cell.strip('" ').lower().split()) for cell in cells)


def _by_column(cells: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    filled = zip(columns, (cell.strip() for cell in cells), strict=False)
    return {name: cell for name, cell in filled if name and cell}


def _overflows(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """True where something stands under no column."""
    names = [*columns, *[""] * (len(cells) - len(columns))]
    return any(cell.strip() and not name for cell, name in zip(cells, names, strict=False))


def _too_many(path: Path, line: int) -> errors.TableError:
    return errors.TableError(
        "the row has a cell that stands under no column",
        where=f"{path}:{line}",
        mend="Put a cell that holds the delimiter in quotation marks, or name the column.",
    )
