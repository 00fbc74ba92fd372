"""Files are written whole or not at all."""

from __future__ import annotations

import json
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from services.fair import new_fair
from services.study import BY, tick

from qualcode import errors
from qualcode.model.evidence import EvidenceTable, TableOptions
from qualcode.model.matrix import ExportReport, MatrixReport
from qualcode.services import people
from qualcode.services.charts import charting, evidencing
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import exporting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store


def save(
    store: Store,
    report: MatrixReport,
    target: Path,
    *,
    format: str | None = None,  # noqa: A002
) -> ExportReport:
    """A matrix written to a file."""
    return exporting.save_matrix(store, report, target, format=format, by=BY, at=tick())


@pytest.fixture
def report(example: Store) -> MatrixReport:
    """The matrix of the worked example."""
    return charting.build_matrix(example, at=tick())


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md", "csv", "json"])
def test_a_file_and_a_stream_get_the_same_bytes(
    example: Store, report: MatrixReport, folder: Path, suffix: str
) -> None:
    target = folder / f"matrix.{suffix.upper()}"
    done = save(example, report, target)

    assert target.read_bytes() == exporting.matrix_bytes(example, report, suffix)[0]
    assert done.quotations == sum(line.quotations for line in report.register)
    assert [path.name for path in folder.iterdir()] == [target.name]


def test_the_format_given_comes_before_the_ending(
    example: Store, report: MatrixReport, folder: Path
) -> None:
    save(example, report, folder / "matrix.txt", format="json")

    assert json.loads((folder / "matrix.txt").read_bytes())["rows"]


def test_no_file_is_called_what_it_is_not(
    example: Store, report: MatrixReport, folder: Path
) -> None:
    with pytest.raises(errors.UsageError, match=r"Call it matrix\.json"):
        save(example, report, folder / "matrix.csv", format="json")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_quotations_are_written_too(example: Store, folder: Path, suffix: str) -> None:
    found = retrieving.quotes(example).quotations
    exporting.save_quotations(example, found, folder / f"quotes.{suffix}", by=BY, at=tick())

    written = (folder / f"quotes.{suffix}").read_bytes()
    assert written == exporting.quotations_bytes(example, found, suffix)[0]
    assert b"P01" in written


@pytest.mark.parametrize("name", ["matrix.odt", "matrix", "docx"])
def test_an_ending_that_names_no_format_is_refused_and_leaves_nothing(
    example: Store, report: MatrixReport, folder: Path, name: str
) -> None:
    if name == "docx":
        save(example, report, folder / name)  # the name itself says it
        return
    with pytest.raises(errors.UnknownSuffixError):
        save(example, report, folder / name)
    assert list(folder.iterdir()) == []


def test_a_failing_write_leaves_the_old_file_and_no_other(
    example: Store, report: MatrixReport, folder: Path
) -> None:
    target = folder / "matrix.docx"
    target.write_bytes(b"the old one")
    with pytest.raises(errors.UnknownSuffixError):
        save(example, report, target, format="odt")

    assert target.read_bytes() == b"the old one"
    assert list(folder.iterdir()) == [target]


def test_a_folder_that_is_not_there_or_is_the_target_is_said(
    example: Store, report: MatrixReport, folder: Path
) -> None:
    (folder / "taken.csv").mkdir()
    for target in (folder / "none" / "matrix.csv", folder / "taken.csv"):
        with pytest.raises(errors.OutputError) as caught:
            save(example, report, target)
        assert caught.value.where == str(target)
    assert [path.name for path in folder.iterdir()] == ["taken.csv"]


def test_a_full_disk_is_said_and_leaves_the_old_file(example: Store, report: MatrixReport) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this machine has no device that is always full")
    with pytest.raises(errors.OutputError):
        save(example, report, full / "matrix.csv")


def test_a_replaced_file_keeps_who_may_read_it(
    example: Store, report: MatrixReport, folder: Path
) -> None:
    target = folder / "matrix.csv"
    target.touch(mode=0o600)
    target.chmod(0o600)
    save(example, report, target)

    assert target.stat().st_mode & 0o777 == 0o600


def test_the_matrix_of_the_worked_example_is_a_document_without_names(
    example: Store, report: MatrixReport, folder: Path
) -> None:
    save(example, report, folder / "matrix.docx")
    with zipfile.ZipFile(folder / "matrix.docx") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    everything = b"\n".join(parts.values())

    assert b"Holroyd, Nasreen" in parts["word/document.xml"]
    assert b"Miriam (pseudonym)" in parts["word/document.xml"]
    for hidden in (
        b"Hollas",
        b"Tesfay",
        b"Adeyemi",
        b"Broadbent",
        b"Rehman",
        b"Eddington",
        b"Hartnoll",
        b"Okafor",
        b"Madden",
    ):
        assert hidden not in everything, hidden


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("study.qualcode", b"SQLite format 3\0"),
        ("study.identities", b"SQLite format 3\0"),
        ("codebook.yaml", b"codebook: Fairs\n"),
        ("P01.txt", b"I: Who pays?\n"),
        ("interviews.csv", b"interview_id,file,participant\nP01,P01.txt,P01\n"),
        ("codings.csv", b"transcript,code,quote\nP01,money,a grant\n"),
    ],
)
def test_only_an_earlier_export_gives_way(
    example: Store, report: MatrixReport, folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(errors.FileExistsAlreadyError):
        save(example, report, folder / name, format="csv")
    assert (folder / name).read_bytes() == content
    assert [path.name for path in folder.iterdir()] == [name]


def test_an_export_is_written_again_over_itself(
    example: Store, report: MatrixReport, folder: Path
) -> None:
    for name in ("matrix.csv", "matrix.docx", "matrix.json"):
        save(example, report, folder / name)
        first = (folder / name).read_bytes()
        save(example, report, folder / name)
        assert (folder / name).read_bytes() == first


def test_a_link_is_followed_and_a_pipe_is_written_into(
    example: Store, report: MatrixReport, folder: Path
) -> None:
    (folder / "real.csv").write_bytes(b"")
    (folder / "link.csv").symlink_to(folder / "real.csv")
    save(example, report, folder / "link.csv")
    assert (folder / "link.csv").is_symlink()
    assert (folder / "real.csv").stat().st_size > 100

    pipe = folder / "pipe.csv"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        save(example, report, pipe)
        assert read.result(timeout=10) == (folder / "real.csv").read_bytes()
    assert pipe.is_fifo()


# -- codings, by what consent says at the moment of writing ----------------------------------------


def test_of_codings_that_were_shown_only_what_may_leave_now_is_written(
    tmp_path: Path, folder: Path
) -> None:
    with new_fair(tmp_path / "fair") as fair:
        shown = retrieving.quotes(fair).quotations
        uids = [one.coding for one in shown]
        before = exporting.save_codings(fair, uids, folder / "before.json", by=BY, at=tick())
        assert (before.report.quotations, before.withheld, before.gone) == (len(shown), 0, 0)

        people.set_participant(fair, "P03", {"attribution": "withheld"}, by=BY, at=tick())
        first = Place(span=(shown[0].start, shown[0].end))
        coding.untag(fair, "P01", "grant-aid", first, by=BY, at=tick())
        after = exporting.save_codings(fair, uids, folder / "after.json", by=BY, at=tick())

    assert (after.report.quotations, after.withheld, after.gone) == (len(shown) - 2, 1, 1)
    written = json.loads((folder / "after.json").read_text(encoding="utf-8"))
    assert [one["coding"] for one in written] == uids[1:-1]


def test_codings_become_a_book_where_the_ending_says_so(example: Store, folder: Path) -> None:
    shown = retrieving.quotes(example, ["empowerment"]).quotations
    uids = [one.coding for one in shown]
    saved = exporting.save_codings(example, uids, folder / "book.md", by=BY, at=tick())

    text = (folder / "book.md").read_text(encoding="utf-8")
    assert (saved.withheld, saved.gone) == (0, 0)
    assert 0 < saved.report.quotations <= len(uids)
    assert text.count("\n## ") == 3  # the theme, the interviews, how it was made


def test_a_table_is_written_with_its_dictionary_beside_it(example: Store, folder: Path) -> None:
    evidence = evidencing.build_evidence(example, at=tick()).evidence
    wanted = TableOptions(EvidenceTable.CASES)
    for _ in range(2):  # an earlier export gives way
        report, files = exporting.save_evidence(
            example, evidence, folder / "c.csv", by=BY, at=tick(), options=wanted
        )

    assert [file.name for file in files] == ["c.csv", "c-dictionary.csv", "c-labels.csv"]
    assert {path.name for path in folder.iterdir()} == {file.name for file in files}
    assert report.rows == len(evidence.matrix.rows)
    _, files = exporting.save_evidence(example, evidence, folder / "c.xlsx", by=BY, at=tick())
    assert [file.name for file in files] == ["c.xlsx"]


def test_an_ending_that_no_evidence_has_is_refused_before_the_work(folder: Path) -> None:
    for name in ("x.txt", "x", "x.bmp"):
        with pytest.raises(errors.UnknownSuffixError, match=r"\.csv, \.docx, \.md, \.html\.$"):
            exporting.check_export(folder / name)


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "no\0.csv", "gone/quotes.csv"])
def test_what_can_be_no_file_is_refused_in_words(example: Store, folder: Path, name: str) -> None:
    uids = [one.coding for one in retrieving.quotes(example).quotations]
    with pytest.raises(errors.OutputError):
        exporting.save_codings(example, uids, folder / name, by=BY, at=tick())
    assert list(folder.iterdir()) == []


def test_links_in_a_ring_are_refused_in_words(
    example: Store, report: MatrixReport, folder: Path
) -> None:
    (folder / "one.csv").symlink_to(folder / "other.csv")
    (folder / "other.csv").symlink_to(folder / "one.csv")
    with pytest.raises(errors.OutputError):
        exporting.stands_there(folder / "one.csv")
    with pytest.raises(errors.OutputError):
        save(example, report, folder / "one.csv")


def test_what_stands_there_is_known_before_anything_is_written(folder: Path) -> None:
    (folder / "there.csv").touch()

    assert exporting.stands_there(folder / "there.csv")
    assert not exporting.stands_there(folder / "not.csv")
    assert not exporting.stands_there(folder / "there.csv" / "below.csv")
    for name in ("x" * 300, "no\0"):
        with pytest.raises(errors.OutputError):
            exporting.stands_there(folder / name)
