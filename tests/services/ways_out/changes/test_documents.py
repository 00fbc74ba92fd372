"""What changed between two exports, told from the files alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.areas import area, study, tag
from services.joint import joint_talk
from services.study import BY, tick

from qualcode import errors
from qualcode.exporters import write_matrix
from qualcode.model.manifest import Changes, ListedCell, ListedQuotation, Manifest
from qualcode.services import people
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.consent.names import settling as names
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import departing, exporting
from qualcode.services.ways_out.changes.as_may_be_said import NO_PROJECT, diff_exports, tell_changes
from qualcode.services.ways_out.changes.documents import compared, read
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store, create_store, open_store

FORMATS = ("docx", "xlsx", "html", "md", "json")


def export(store: Store, folder: Path, name: str) -> Path:
    """The matrix of now, as a file."""
    file = folder / name
    report = charting.build_matrix(store, at=tick())
    with file.open("wb") as out:
        write_matrix(report, out, format=file.suffix)
    return file


def untag(store: Store, transcript: str, code: str, words: str) -> None:
    coding.untag(store, transcript, code, Place(quote=words), by=BY, at=tick())


@pytest.mark.parametrize("format_", [*FORMATS, "csv"])
def test_an_export_of_the_same_study_has_not_changed(tmp_path: Path, format_: str) -> None:
    with study(tmp_path, area("Marle", "gb g")) as store:
        old = export(store, tmp_path, f"old.{format_}")
        new = export(store, tmp_path, f"new.{format_}")
    assert diff_exports(old, new) == Changes()
    assert not diff_exports(old, new)


def test_a_list_of_codings_and_a_matrix_join_what_one_person_says_alike(tmp_path: Path) -> None:
    listed, matrix = tmp_path / "codings.csv", tmp_path / "matrix.json"
    with joint_talk(tmp_path) as store:
        evidence = evidencing.build_evidence(store, at=tick()).evidence
        exporting.save_evidence(store, evidence, listed, by=BY, at=tick())
        report = charting.build_matrix(store, columns="codes", at=tick())
        exporting.save_matrix(store, report, matrix, by=BY, at=tick())
    assert len({one.participant for one in report.quotations}) == 3
    found = diff_exports(listed, matrix)
    assert (found.new, found.gone, found.moved, found.reworded, found.cited) == ((),) * 5


@pytest.mark.parametrize("format_", FORMATS)
def test_each_kind_of_change_is_told(tmp_path: Path, format_: str) -> None:
    with study(tmp_path, [*area("Marle", "gbb gb"), *area("Ashmere", "g g")]) as store:
        old = export(store, tmp_path, f"old.{format_}")
        tag(store, "P03", "trading", "A grant")
        untag(store, "P01", "grant-aid", "g1: A grant came.")
        untag(store, "P01", "bonding", "b2: We held together.")
        tag(store, "P01", "bridging", "b2: We held together.")
        untag(store, "P01", "bonding", "b3: We held together.")
        tag(store, "P01", "bonding", "b3: We held")
        wanted = {"attribution": "anonymous"}
        people.set_participant(store, "P02", wanted, new=True, by=BY, at=tick())
        new = export(store, tmp_path, f"new.{format_}")
    found = diff_exports(old, new)

    def said(kind: str) -> list[tuple[str, str]]:
        return [(one.locator, one.what or one.code) for one in getattr(found, kind)]

    assert said("new") == [("P03 ¶2", "funding/trading")]
    assert said("gone") == [("P01 ¶2", "funding/grant-aid")]
    assert said("moved") == [("P01 ¶4", "cohesion/bonding → cohesion/bridging")]
    assert said("reworded") == [("P01 ¶6", "cohesion/bonding")]
    assert said("cited") == [("P02 ¶2", "funding/grant-aid"), ("P02 ¶4", "cohesion/bonding")]
    assert [(one.row, one.code, one.what) for one in found.cells] == [
        ("P03", "funding", "1 → 2 quotations"),
        ("P01", "funding", "1 → 0 quotations"),
    ]
    assert found.quotations == (7, 7)
    back = diff_exports(new, old)
    assert (back.new, back.gone) == (found.gone, found.new)


def test_a_table_of_cells_tells_which_cells_changed(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "gg g")) as store:
        old = export(store, tmp_path, "old.csv")
        untag(store, "P01", "grant-aid", "g1: A grant came.")
        untag(store, "P02", "grant-aid", "g1: A grant came.")
        tag(store, "P02", "grant-aid", "A grant")
        new = export(store, tmp_path, "new.csv")
    found = diff_exports(old, new)

    assert found.quotations == (3, 2)
    assert [one.locator for one in found.gone] == ["P01 ¶2"]
    assert [one.locator for one in found.reworded] == ["P02 ¶2"]
    assert [(one.row, one.what, one.went) for one in found.cells] == [
        ("P01", "2 → 1 quotation", ("P01 ¶2",))
    ]


def test_who_withdraws_is_a_row_gone(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "g g g")) as store:
        old = export(store, tmp_path, "old.docx")
        wanted = {"attribution": "withheld"}
        people.set_participant(store, "P02", wanted, new=True, by=BY, at=tick())
        found = diff_exports(old, export(store, tmp_path, "new.docx"))

    assert found.rows_gone == ("P02",)
    assert [one.locator for one in found.gone] == ["P02 ¶2"]


def test_files_of_different_formats_can_be_compared(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "gb g")) as store:
        old = export(store, tmp_path, "old.docx")
        untag(store, "P02", "grant-aid", "g1: A grant came.")
        found = diff_exports(old, export(store, tmp_path, "new.json"))
    assert [one.locator for one in found.gone] == ["P02 ¶2"]
    assert len(found.cells) == 1


def test_a_file_that_is_not_there_or_not_ours_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.docx"
    with pytest.raises(errors.FileMissingError):
        diff_exports(other, other)
    other.write_bytes(b"words")
    with pytest.raises(errors.NoContentsError):
        diff_exports(other, other)
    with pytest.raises(errors.FileUnreadableError):
        diff_exports(tmp_path, tmp_path)


# -- any two files ---------------------------------------------------------------------------------

KINDS = (
    "matrix.docx",
    "matrix.xlsx",
    "matrix.html",
    "matrix.md",
    "matrix.json",
    "matrix.csv",
    "book.docx",
    "book.md",
    "book.html",
    "evidence.xlsx",
    "evidence.csv",
    "quotations.csv",
    "quotations.json",
)


def write(store: Store, folder: Path) -> dict[str, Path]:
    """The study of now in every kind of file that lists its quotations."""
    folder.mkdir()
    files = {kind: folder / kind for kind in KINDS}
    report = charting.build_matrix(store, at=tick())
    book = booking.build_book(store, at=tick()).book
    evidence = evidencing.build_evidence(store, at=tick()).evidence
    quotations = retrieving.quotes(store).quotations
    for kind, file in files.items():
        what = kind.partition(".")[0]
        if what == "matrix":
            exporting.save_matrix(store, report, file, by=BY, at=tick())
        elif what == "book":
            exporting.save_book(store, book, file, by=BY, at=tick())
        elif what == "evidence":
            exporting.save_evidence(store, evidence, file, by=BY, at=tick())
        else:
            exporting.save_quotations(store, quotations, file, by=BY, at=tick())
    return files


def test_every_kind_of_file_can_be_compared_with_every_other(tmp_path: Path) -> None:
    with study(tmp_path / "study", [*area("Marle", "gb gb"), *area("Ashmere", "g")]) as store:
        # Two coders of one passage are two lines of a list and one passage of a document.
        place = Place(quote="g1: A grant came.")
        coding.tag(store, "P01", "grant-aid", place, by="tomasz", at=tick())
        before = write(store, tmp_path / "before")
        tag(store, "P03", "trading", "A grant")
        untag(store, "P02", "bonding", "b2: We held together.")
        wanted = {"attribution": "anonymous"}
        people.set_participant(store, "P01", wanted, new=True, by=BY, at=tick())
        after = write(store, tmp_path / "after")
    was, now = ({kind: read(file) for kind, file in files.items()} for files in (before, after))
    for old, new in product(KINDS, KINDS):
        assert not compared(was[old], was[new]).changes, (old, new)
        found = compared(was[old], now[new]).changes
        assert [one.locator for one in found.new] == ["P03 ¶2"], (old, new)
        assert [one.locator for one in found.gone] == ["P02 ¶4"], (old, new)
        assert {one.locator for one in found.cited} == {"P01 ¶2", "P01 ¶4"}, (old, new)
        assert not found.reworded
        tables = "matrix" in old and "matrix" in new
        assert [(one.row, one.code) for one in found.cells] == (
            [("P03", "funding"), ("P02", "cohesion")] if tables else []
        ), (old, new)


def test_exports_of_two_projects_are_told(tmp_path: Path) -> None:
    with study(tmp_path / "one", area("Marle", "g")) as one:
        ours = write(one, tmp_path / "ours")
    other = create_store(
        str(tmp_path / "other.qualcode"), name="Halls", language="en", by=BY, at=tick()
    )
    with other:
        theirs = export(other, tmp_path, "theirs.docx")
    assert diff_exports(ours["matrix.docx"], theirs).other_project
    assert not diff_exports(ours["matrix.docx"], ours["book.md"]).other_project

    strangers = ours["quotations.csv"].read_text(encoding="utf-8-sig").replace("P01", "INT-9")
    (tmp_path / "strangers.csv").write_text(strangers, encoding="utf-8")
    assert diff_exports(ours["matrix.json"], tmp_path / "strangers.csv").other_project


_BY_HAND = {
    "a list in the place of a name": ('"P01"', '["P01"]'),
    "a word in the place of a number": (",31,", ',"none",'),
    "a line cut short": (']\n["q"', ']\n["q'),
    "another version": ('"qualcode":1', '"qualcode":99'),
    "no beginning": ('{"qualcode"', '["qualcode"'),
    "a line of too few": (',"P01 ¶2"', ""),
}


@pytest.mark.parametrize("what", _BY_HAND)
def test_a_list_that_was_changed_by_hand_is_refused_in_a_sentence(
    tmp_path: Path, what: str
) -> None:
    old, new = _BY_HAND[what]
    with study(tmp_path / "one", area("Marle", "gg")) as store:
        file = write(store, tmp_path / "files")["matrix.md"]
    whole = file.read_text(encoding="utf-8")
    begin = whole.index("<!-- qualcode contents")
    listed = whole[begin:].replace(old, new)
    assert listed != whole[begin:]
    file.write_text(whole[:begin] + listed, encoding="utf-8")
    with pytest.raises(errors.NoContentsError):
        diff_exports(file, file)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_refused_in_a_sentence_or_says_what_it_said(
    tmp_path: Path, kind: str
) -> None:
    with study(tmp_path / "one", area("Marle", "gg b")) as store:
        file = write(store, tmp_path / "files")[kind]
    whole = file.read_bytes()
    refused = 0
    for cut in range(1, 20):
        file.write_bytes(whole[: len(whole) * cut // 20])
        refused += _is_refused(file)
        at = len(whole) * cut // 20
        file.write_bytes(whole[:at] + b"\xff\x00\xfe" + whole[at + 3 :])
        refused += _is_refused(file)
    assert refused


def _is_refused(file: Path) -> bool:
    try:
        diff_exports(file, file)
    except errors.InputError:
        return True
    return False


def test_a_document_that_another_program_saved_is_said(tmp_path: Path) -> None:
    with study(tmp_path / "one", area("Marle", "g")) as store:
        file = write(store, tmp_path / "files")["matrix.docx"]
    saved = tmp_path / "saved.docx"
    with ZipFile(file) as old, ZipFile(saved, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b">qualcode</App", b">Writer</App"))
    assert not diff_exports(file, file).resaved
    assert diff_exports(file, saved).resaved
    assert not diff_exports(file, saved)


# -- whatever two documents hold ------------------------------------------------------------------

QUOTATIONS = st.lists(
    st.builds(
        lambda code, start, length, words, cited: ListedQuotation(
            "P01", code, "P01", start, start + length, f"P01 ¶{start}", words, cited
        ),
        st.sampled_from(["a", "b"]),
        st.integers(0, 5),
        st.integers(1, 4),
        st.sampled_from(["w", "x", "y"]),
        st.sampled_from(["c", "d"]),
    ),
    max_size=8,
)


def of(quotations: list[ListedQuotation]) -> Manifest:
    return Manifest(quotations=tuple(quotations))


@given(QUOTATIONS, st.randoms(use_true_random=False))
def test_the_order_of_quotations_is_no_change(those: list[ListedQuotation], chance: object) -> None:
    other = sorted(those, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert not compared(of(those), of(other)).changes


@given(QUOTATIONS, QUOTATIONS)
def test_nothing_vanishes_between_two_documents(
    old: list[ListedQuotation], new: list[ListedQuotation]
) -> None:
    found = compared(of(old), of(new)).changes

    assert len(old) - len(found.gone) == len(new) - len(found.new)
    if Counter(old) == Counter(new):
        assert not found
    if not found:
        assert Counter(map(_said, old)) == Counter(map(_said, new))


def _said(quotation: ListedQuotation) -> tuple[str, str, str]:
    """What a quotation says, wherever it stands."""
    return quotation.code, quotation.words, quotation.cited


def test_a_passage_that_a_correction_moved_has_not_changed() -> None:
    quote = ListedQuotation("P01", "a", "P01", 5, 9, "P01 ¶2", "w", "c")
    moved = replace(quote, start=105, end=109, locator="P01 ¶3")
    assert not compared(of([quote]), of([moved])).changes


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [("", "s", "a summary is new"), ("s", "t", "the summary was rewritten"), ("s", "", "gone")],
)
def test_a_summary_that_changed_is_told(was: str, now: str, said: str) -> None:
    table = Manifest(rows=("P01",), columns=("a",))
    old = replace(table, cells=(ListedCell("P01", "a", 1, was),))
    new = replace(table, cells=(ListedCell("P01", "a", 1, now),))
    assert said in compared(old, new).changes.cells[0].what


# -- what an old export says that may not be said any more -----------------------------------------


def test_a_name_in_an_old_export_that_may_not_be_said_now_is_masked(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "g g")) as store:
        for code, name in (("P01", "Nasreen Holroyd"), ("P02", "Kit Penhaligon")):
            facts = {"name": name, "attribution": "named", "place": f"{name} House"}
            people.set_participant(store, code, facts, by=BY, at=tick())
        old = charting.build_matrix(store, rows="place", at=tick())
        assert [row.key for row in old.matrix.rows] == [
            "Kit Penhaligon House",
            "Nasreen Holroyd House",
        ]
        written = tmp_path / "old.json"
        with written.open("wb") as out:
            write_matrix(old, out, format="json")
        people.set_participant(store, "P02", {"attribution": "withheld"}, by=BY, at=tick())
        people.set_participant(store, "P01", {"attribution": "role"}, by=BY, at=tick())
        new = tmp_path / "new.json"
        with new.open("wb") as out:
            report = charting.build_matrix(store, rows="place", at=tick())
            write_matrix(report, out, format="json")

        found, warned = tell_changes(None, written, new)
        assert "Kit Penhaligon House" in found.rows_gone
        assert warned == (NO_PROJECT,)
        said, warned = tell_changes(store, written, new)
    assert warned == ()
    assert said.rows_gone == ("[P02] House", "[P01] House")
    assert "Penhaligon" not in str(said)
    assert "Holroyd" not in str(said)
    assert len(said.cells) == len(found.cells) > 0


def test_what_may_be_said_still_is_said_as_it_is(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "gb g")) as store:
        old = export(store, tmp_path, "old.json")
        untag(store, "P01", "bonding", "b2: We held together.")
        new = export(store, tmp_path, "new.json")
        assert diff_exports(old, new)
        assert tell_changes(store, old, new)[0] == diff_exports(old, new)


def test_where_the_names_are_not_at_hand_it_is_said(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "gb g")) as store:
        assert store.path is not None
        people.set_participant(store, "P01", {"name": "Kit Penhaligon"}, by=BY, at=tick())
        old = export(store, tmp_path, "old.json")
        assert departing.NAMES_NOT_AT_HAND not in tell_changes(store, old, old)[1]
        names.seal(store, "a long passphrase")
    with open_store(str(store.path)) as sealed:
        assert tell_changes(sealed, old, old)[1] == (departing.NAMES_NOT_AT_HAND,)
