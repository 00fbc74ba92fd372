"""Manifests as spreadsheets keep them: workbooks of Excel and OpenDocument, read without saving."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.sheets import Cells, excel, opendocument
from services.study import bring_in, dialogue, write

from qualcode import errors
from qualcode.services.intake.manifest import read_manifest
from qualcode.services.tables import Table, read_table
from qualcode.store.store import Store

KNOWN = ("file", "date", "place")
ROWS: Cells = [
    ["File", "Date", "Place", "Visits"],
    ["a.txt", date(2024, 3, 14), "Köln", 3],
    [None, None, None, None],
    ["b.txt", datetime.combine(date(2024, 4, 3), time()), " Marle ", 2.5],
    ["=1+1", "03/04/2024", "", True],
]
READ = [
    (2, {"file": "a.txt", "date": "2024-03-14", "place": "Köln", "visits": "3"}),
    (4, {"file": "b.txt", "date": "2024-04-03", "place": "Marle", "visits": "2.5"}),
]


def read(path: Path) -> Table:
    return read_table(path, known=KNOWN)


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, dict(row.cells)) for row in read(path).rows]


@pytest.mark.parametrize(("write", "suffix"), [(excel, ".xlsx"), (opendocument, ".ods")])
def test_a_workbook_is_a_table(tmp_path: Path, write: Callable[..., Path], suffix: str) -> None:
    table = read(write(tmp_path / f"interviews{suffix}", ROWS[:4]))

    assert table.columns == ("file", "date", "place", "visits")
    assert [(row.line, row.cells) for row in table.rows] == READ
    assert table.problems == ()


@pytest.mark.parametrize(("write", "suffix"), [(excel, ".xlsx"), (opendocument, ".ods")])
def test_of_several_sheets_the_one_with_known_columns_is_read(
    tmp_path: Path, write: Callable[..., Path], suffix: str
) -> None:
    notes: Cells = [["Read me"], ["This is the list of interviews."]]
    table = read(write(tmp_path / f"interviews{suffix}", notes, ROWS[:2], [["Other"], ["x"]]))

    assert [row.cells["file"] for row in table.rows] == ["a.txt"]


def test_the_name_of_a_workbook_does_not_matter(tmp_path: Path) -> None:
    path = excel(tmp_path / "interviews.xlsx", ROWS[:2])
    renamed = path.rename(tmp_path / "interviews.csv")

    assert [row.line for row in read(renamed).rows] == [2]


def test_a_manifest_may_be_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("I: Hello?\n\nP: Hello.\n")
    rows: Cells = [
        ["Interview ID", "File", "Participant", "Date", "Age"],
        ["INT-1", "a.txt", "P01", date(2024, 3, 14), 41.0],
    ]
    row = read_manifest(excel(tmp_path / "interviews.xlsx", rows)).rows[0]

    assert (row.interview, row.participant, row.date) == ("INT-1", "P01", "2024-03-14")
    assert row.interview_attributes == {"age": "41"}
    rows[1][1] = "none.txt"
    with pytest.raises(errors.SeveralErrors, match=r"interviews\.xlsx:2: there is no file none"):
        read_manifest(excel(tmp_path / "interviews.xlsx", rows))


def test_blank_rows_to_the_end_of_a_sheet_are_none(tmp_path: Path) -> None:
    path = opendocument(tmp_path / "interviews.ods", ROWS[:2])
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
    blank += ' table:number-columns-repeated="16384"/></table:table-row>'
    last = '<table:table-row><table:table-cell office:value-type="string"><text:p>b.txt</text:p>'
    last += "</table:table-cell></table:table-row>"
    _replace(path, "content.xml", "</table:table>", f"{blank}{last}</table:table>")

    assert [row.line for row in read(path).rows] == [2, 1_048_003]


def test_a_stray_blank_cell_at_either_end_of_a_sheet_is_nothing(tmp_path: Path) -> None:
    path = excel(tmp_path / "m.xlsx", ROWS[:4])
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(1_048_576, 1, " ")
    book.worksheets[0].cell(3, 16_384, " ")
    book.save(path)
    assert rows_of(path) == READ


def test_a_row_at_the_end_of_a_sheet_keeps_its_number(tmp_path: Path) -> None:
    path = excel(tmp_path / "m.xlsx", ROWS[:4])
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(1_048_576, 1, "c.txt")
    book.save(path)
    assert rows_of(path) == [*READ, (1_048_576, {"file": "c.txt"})]


def test_blank_rows_over_many_sheets_are_refused(tmp_path: Path) -> None:
    path = excel(tmp_path / "m.xlsx", ROWS[:4], ROWS[:4])
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet.cell(1_048_576, 1, " ")
    book.save(path)
    with pytest.raises(errors.TooManyLinesError):
        read(path)


def test_a_row_that_is_repeated_without_end_is_refused(tmp_path: Path) -> None:
    path = opendocument(tmp_path / "interviews.ods", ROWS[:2])
    row = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell>'
    row += "<text:p>x</text:p></table:table-cell></table:table-row>"
    _replace(path, "content.xml", "</table:table>", f"{row}</table:table>")

    with pytest.raises(errors.TooManyLinesError):
        read(path)


def test_an_old_workbook_a_protected_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "interviews.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(errors.TableError, match=r"Save it as \.xlsx"):
        read(path)
    path.write_bytes(path.read_bytes() + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(errors.PasswordProtectedError):
        read(path)
    whole = excel(tmp_path / "whole.xlsx", ROWS[:4]).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(errors.InputError):
        read(path)


def test_an_empty_workbook_is_an_empty_table(tmp_path: Path) -> None:
    with pytest.raises(errors.TableError, match="the table is empty"):
        read(excel(tmp_path / "interviews.xlsx", []))


def test_a_workbook_that_would_unpack_to_no_end_is_refused(tmp_path: Path) -> None:
    path = excel(tmp_path / "interviews.xlsx", ROWS[:2])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/zeros.bin", bytes(120_000_000))
    assert path.stat().st_size < 1_000_000

    with pytest.raises(errors.TooLargeError):
        read(path)


def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = opendocument(tmp_path / "interviews.ods", ROWS[:2])
    _replace(path, "content.xml", "<office:doc", '<!DOCTYPE x [<!ENTITY a "b">]><office:doc')

    with pytest.raises(errors.DamagedFileError):
        read(path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A workbook of each kind."""
    folder = tmp_path_factory.mktemp("whole")
    return {
        ".xlsx": excel(folder / "a.xlsx", ROWS).read_bytes(),
        ".ods": opendocument(folder / "a.ods", ROWS).read_bytes(),
    }


@given(st.data())
def test_a_workbook_with_wrong_bytes_is_read_or_refused(
    whole: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    suffix = data.draw(st.sampled_from(sorted(whole)))
    package = zipfile.ZipFile(io.BytesIO(whole[suffix]))
    name = data.draw(st.sampled_from(package.namelist()))
    part = bytearray(package.read(name))
    changes = st.tuples(st.integers(0, 100_000), st.integers(0, 255))  # parts differ by the day
    for at, value in data.draw(st.lists(changes, min_size=1, max_size=4)) if part else ():
        part[at % len(part)] = value
    path = tmp_path_factory.getbasetemp() / f"mutated{suffix}"
    with zipfile.ZipFile(path, "w") as out:
        for one in package.namelist():
            out.writestr(one, bytes(part) if one == name else package.read(one))
    try:
        table = read(path)
    except errors.InputError:
        return
    assert all(isinstance(cell, str) for row in table.rows for cell in row.cells.values())


def _replace(path: Path, part: str, old: str, new: str) -> None:
    """Change a part of a package."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


@pytest.mark.parametrize(("save", "suffix"), [(excel, ".xlsx"), (opendocument, ".ods")])
def test_a_manifest_that_lies_in_the_folder_blocks_nothing(
    store: Store, folder: Path, save: Callable[..., Path], suffix: str
) -> None:
    write(folder, {"P01.txt": dialogue("P01", "It rained.")})
    rows = [["Interview ID", "File", "Participant"], ["P01", "P01.txt", "P01"]]
    mine = save(folder / f"interviews{suffix}", [["Notes"], ["x"]], rows)
    (folder / "damaged.xlsx").write_bytes(b"PK\x03\x04")
    without = bring_in(store, folder, keep_going=True)
    (folder / "damaged.xlsx").unlink()
    using = bring_in(store, folder, manifest=mine)

    assert ("manifest-not-used", str(mine)) in [(w.code, w.file) for w in without.warnings]
    assert [Path(one.file).name for one in without.rejected] == ["damaged.xlsx"]
    assert without.imported == 1
    assert (using.rejected, using.unchanged) == ((), 1)
