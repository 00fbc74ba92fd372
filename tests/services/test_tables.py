"""Tables as spreadsheets save them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode import errors
from qualcode.services.tables import Table, columns_of, read_table

KNOWN = ("file", "participant", "place")


def table_of(folder: Path, data: bytes) -> Table:
    path = folder / "table.csv"
    path.write_bytes(data)
    return read_table(path, known=KNOWN)


@pytest.mark.parametrize(
    "encoded",
    [
        "file,place\nP01.txt,Köln\n".encode(),
        "file,place\nP01.txt,Köln\n".encode("utf-8-sig"),
        "file,place\nP01.txt,Köln\n".encode("cp1252"),
        "file\tplace\r\nP01.txt\tKöln\r\n".encode("utf-16"),
        b"\xfe\xff" + "file;place\r\nP01.txt;Köln\r\n".encode("utf-16-be"),
        "file;place\rP01.txt;Köln\r".encode(),
        ' FILE , "Place" \nP01.txt,Köln\n'.encode(),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16 tab", "utf-16-be semicolon", "cr only", "odd header"],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, encoded: bytes) -> None:
    table = table_of(tmp_path, encoded)

    assert table.columns == ("file", "place")
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, {"file": "P01.txt", "place": "Köln"})
    ]


def test_a_row_knows_the_line_in_which_it_begins(tmp_path: Path) -> None:
    table = table_of(tmp_path, b'file,place\nP01.txt,"two\nlines"\n\n,\nP02.txt,x\n')

    assert [row.line for row in table.rows] == [2, 6]
    assert table.rows[0].cells["place"] == "two\nlines"


def test_blanks_in_a_column_name_become_one_underscore(tmp_path: Path) -> None:
    assert table_of(tmp_path, b"File,Consent  Date\nx,y\n").columns == ("file", "consent_date")


def test_a_quotation_mark_that_is_never_closed_swallows_no_row_in_silence(tmp_path: Path) -> None:
    table = table_of(tmp_path, b'file,place\nP01.txt,Here\nP02.txt,"Ther\nP03.txt,Where\n')

    assert [row.line for row in table.rows] == [2]
    assert [problem.where for problem in table.problems] == [f"{tmp_path / 'table.csv'}:3"]


def test_a_cell_under_no_column_is_said_and_not_dropped(tmp_path: Path) -> None:
    table = table_of(tmp_path, b"file,place,\nP01.txt,Here,\nP02.txt,Here, there\nP03.txt,a,,b\n")

    assert [(problem.where or "")[-2:] for problem in table.problems] == [":3", ":4"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_table_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(errors.TableError, match="the table is empty"):
        table_of(tmp_path, data)


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0\0", b"file,pl\x81ce\nx,y\n"])
def test_what_is_no_text_is_refused_in_words_that_help(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(errors.TableError, match="CSV UTF-8"):
        table_of(tmp_path, data)


def test_a_missing_table_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.FileMissingError):
        read_table(tmp_path / "none.csv", known=KNOWN)
    with pytest.raises(errors.FileUnreadableError):
        read_table(tmp_path, known=KNOWN)


@given(st.binary(max_size=200))
def test_looking_at_the_columns_never_fails(opening: bytes) -> None:
    assert all(isinstance(name, str) for name in columns_of(opening, known=KNOWN))


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(KNOWN)
    writer.writerows(rows)
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_bytes(out.getvalue().encode())

    table = read_table(path, known=KNOWN)

    said = [dict(zip(KNOWN, (cell.strip() for cell in row), strict=True)) for row in rows]
    filled = [{name: cell for name, cell in row.items() if cell} for row in said]
    assert table.problems == ()
    assert [row.cells for row in table.rows] == [row for row in filled if row]
