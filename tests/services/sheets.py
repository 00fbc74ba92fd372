"""Tables in workbooks, written as spreadsheets write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import odfdo
import openpyxl

Cells = list[list[Any]]


def excel(path: Path, *sheets: Cells) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def opendocument(path: Path, *sheets: Cells) -> Path:
    book = odfdo.Document("spreadsheet")
    book.body.clear()
    for number, rows in enumerate(sheets):
        table = odfdo.Table(f"Sheet {number}")
        table.set_values(rows)
        book.body.append(table)
    book.save(path)
    return path
