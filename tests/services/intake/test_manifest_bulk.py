"""Manifests of whole studies: a thousand rows with every kind of mistake, and the specimens."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from services.study import MADE

from qualcode import errors
from qualcode.services.intake.manifest import Manifest, read_manifest

VECTORS = Path(__file__).parents[2] / "vectors" / "transcripts"
BULK = MADE / "bulk"

COLUMNS = [
    "interview_id",
    "file",
    "participant",
    "name",
    "speaker",
    "place",
    "date",
    "language",
    "attribution",
    "consent_date",
    "recording",
]
MISTAKES: dict[int, tuple[dict[str, str], str]] = {
    31: ({"file": "none.txt"}, "there is no file none.txt"),
    63: ({"file": ""}, "file: the cell is empty"),
    95: ({"file": "../outside.txt"}, "the file ../outside.txt lies outside the folder of the"),
    127: ({"file": "T0100.txt"}, "file: line 102 names the same file"),
    159: ({"interview_id": ""}, "interview_id: the cell is empty"),
    191: ({"interview_id": "INT-0002"}, "interview_id: line 4 has the same id for another file"),
    223: ({"participant": "Ama Boateng"}, "participant: this is not a code"),
    255: ({"participant": "Müller"}, "participant: this is not a code"),
    287: ({"participant": "boateng"}, "participant: this is a part of the participant's name"),
    319: ({"participant": "P" * 30}, "participant: this is not a code"),
    351: ({"date": "2024-13-40"}, "date: '2024-13-40' is not a date"),
    383: ({"date": "03/04/2024"}, "date: '03/04/2024' could be two different days"),
    415: ({"date": "31.02.2024"}, "date: '31.02.2024' is not a date"),
    447: ({"date": "spring"}, "date: 'spring' is not a date"),
    479: ({"consent_date": "1/2/2024"}, "consent_date: '1/2/2024' could be two different days"),
    511: ({"language": "English"}, "language: 'English' is not a language code"),
    543: ({"language": "en_GB"}, "language: 'en_GB' is not a language code"),
    575: ({"language": "gb"}, "language: 'gb' is not a language code"),
    607: ({"attribution": "nmaed"}, "attribution: 'nmaed' is not a level of attribution"),
    639: ({"attribution": "yes"}, "attribution: 'yes' is not a level of attribution"),
    671: ({"participant": "P0002", "name": "Bea Holt"}, "name: line 4 says otherwise of the same"),
    703: (
        {"participant": "P0003", "name": "", "attribution": "withheld"},
        "attribution: line 5 says otherwise of the same participant",
    ),
    735: (
        {"interview_id": "INT-0004", "file": "T0004.txt"},
        "speaker: line 6 gives the same label to another row",
    ),
    767: (
        {"interview_id": "INT-0005", "file": "T0005.txt", "speaker": "B", "date": "2024-06-01"},
        "date: line 7 of the same interview says otherwise",
    ),
    799: (
        {"interview_id": "INT-0006", "file": "T0006.txt", "speaker": "B", "language": "cy"},
        "language: line 8 of the same interview says otherwise",
    ),
    831: (
        {"interview_id": "INT-0007", "file": "T0007.txt", "speaker": "B", "recording": "b.m4a"},
        "recording: line 9 of the same interview says otherwise",
    ),
    847: ({"file": "/etc/hostname"}, "the file /etc/hostname lies outside the folder of the"),
    853: ({"consent_date": "2023-02-29"}, "consent_date: '2023-02-29' is not a date"),
    857: ({"language": "12"}, "language: '12' is not a language code"),
    863: ({"recording": "a.m4a,left over"}, "the row has a cell that stands under no column"),
}
"""By row, what it says instead of what is right, and the sentence that it deserves."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a thousand transcripts, which nobody opens."""
    place = tmp_path_factory.mktemp("study") / "transcripts"
    place.mkdir()
    for n in range(1000):
        (place / f"T{n:04d}.txt").write_text("I: Hello?\n\nP: Hello.\n")
    (place.parent / "outside.txt").write_text("I: Hello?\n")
    return place


def row(n: int) -> dict[str, str]:
    """A row without a mistake; it stands in line n + 2."""
    cells = [f"INT-{n:04d}", f"T{n:04d}.txt", f"P{n:04d}", f"Ama Boateng {n}", "P", "Marle"]
    return dict(zip(COLUMNS, [*cells, "2024-03-14", "en", "named", "2024-03-14", ""], strict=True))


def read(path: Path, mistakes: dict[int, dict[str, str]]) -> Manifest:
    lines = [",".join(COLUMNS)]
    lines += [",".join({**row(n), **mistakes.get(n, {})}.values()) for n in range(1000)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_manifest(path)


def test_a_thousand_rows_without_a_mistake_are_read(folder: Path) -> None:
    manifest = read(folder / "interviews.csv", {})

    assert len(manifest.rows) == 1000
    assert manifest.warnings == ()


def test_every_mistake_in_a_thousand_rows_is_in_one_report_in_order(folder: Path) -> None:
    path = folder / "interviews.csv"
    with pytest.raises(errors.SeveralErrors) as caught:
        read(path, {n: cells for n, (cells, _) in MISTAKES.items()})
    said = [str(error).removeprefix(str(path)) for error in caught.value.errors]

    assert [int(re.match(r":(\d+)", one)[1]) for one in said] == [n + 2 for n in MISTAKES]  # type: ignore[index]
    for one, (n, (_, sentence)) in zip(said, MISTAKES.items(), strict=True):
        assert one.startswith(f":{n + 2}: {sentence}"), one
    assert not any("Boateng" in one or "Holt" in one for one in said)
    assert all(one.endswith((".", "?")) for one in said)


def test_mistaken_columns_are_said_with_the_mistakes_of_the_rows(folder: Path) -> None:
    path = folder / "columns.csv"
    path.write_text(
        "file,atribution,surname,place,Place,date\nnone.txt,named,Holt,a,b,2024-13-40\n"
    )
    with pytest.raises(errors.SeveralErrors) as caught:
        read_manifest(path)
    said = [str(error).removeprefix(str(path)).partition(". ")[0] for error in caught.value.errors]

    assert said == [
        ":1: the column 'atribution' is not known",
        ":1: the column 'surname' holds names",
        ":1: the column 'place' is there twice",
        ":2: there is no file none.txt",
        ":2: date: '2024-13-40' is not a date",
    ]


@pytest.mark.parametrize(
    ("column", "stands_for", "cell"),
    [
        ("audio_file", "recording", "a.m4a"),
        ("Organization", "organisation", "The Hall"),
        ("stakeholder_type", "stakeholder", "craft"),
    ],
)
def test_a_column_that_can_mean_but_one_thing_means_it(
    folder: Path, column: str, stands_for: str, cell: str
) -> None:
    path = folder / "also.csv"
    path.write_text(f"file,{column}\nT0001.txt,{cell}\n")
    manifest = read_manifest(path)

    assert getattr(manifest.rows[0], stands_for) == cell
    assert manifest.warnings == ()
    path.write_text(f"file,{column},{stands_for}\nT0001.txt,{cell},{cell}\n")
    with pytest.raises(errors.SeveralErrors, match=f"the column '{stands_for}' is there twice"):
        read_manifest(path)


def test_codes_that_could_be_names_are_counted_and_not_said(folder: Path) -> None:
    path = folder / "names.csv"
    path.write_text("file,participant\nT0001.txt,Smith\nT0002.txt,Ama\nT0003.txt,MAYOR\n")
    (warning,) = read_manifest(path).warnings

    assert (warning.code, warning.line) == ("code-like-a-name", 2)
    assert warning.message.startswith("2 rows have codes without a number")
    assert not {"Smith", "Ama"} & set(warning.message.split())


# -- the collected specimens ----------------------------------------------------------------------


def specimen(name: str) -> Path:
    if not (BULK / name).exists():
        pytest.skip("the collected specimens are not beside the project")
    return BULK / name


def said_of(path: Path) -> list[str]:
    with pytest.raises(errors.SeveralErrors) as caught:
        read_manifest(path)
    return [str(error).removeprefix(str(path)) for error in caught.value.errors]


def test_the_specimen_with_names_for_codes_is_refused_with_the_mend() -> None:
    said = said_of(specimen("bulk_good.csv"))
    lines = [int(one.split(":")[1]) for one in said if "participant: this is not a code" in one]

    assert lines == [2, 3, 5]
    assert not any(name in one for one in said for name in ("Adeyemi", "Fountain"))
    assert "Give a code such as P07 here, and the name in the column name." in said[1]


def test_the_good_specimen_is_good_once_names_stand_in_the_column_of_names(tmp_path: Path) -> None:
    text = specimen("bulk_good.csv").read_text(encoding="utf-8-sig")
    text = text.replace("participant,pseudonym", "name,participant").replace("../layouts/", "")
    ours = [line for line in text.splitlines() if "../" not in line]
    for name in ("int_a_otter.txt", "int_a_teams_new.docx"):
        shutil.copy(VECTORS / "layouts" / name, tmp_path)
    (tmp_path / "interviews.csv").write_text("\n".join(ours), encoding="utf-8-sig")
    manifest = read_manifest(tmp_path / "interviews.csv")

    assert [(row.interview, row.participant, row.name) for row in manifest.rows] == [
        ("INT-01", "P01", "Tom Adeyemi"),
        ("INT-02", "P01", "Tom Adeyemi"),
    ]
    assert {row.recording for row in manifest.rows} == {"int01.m4a"}
    assert {row.stakeholder for row in manifest.rows} == {"citizen group"}
    assert [row.place for row in manifest.rows] == ["Oakford, hall", "Oakford"]
    assert [warning.code for warning in manifest.warnings] == ["consent-not-read"] * 2


def test_the_specimen_that_excel_saved_is_read_to_its_letters(tmp_path: Path) -> None:
    data = specimen("bulk_excel_de.csv").read_bytes().replace(b"../layouts/", b"")
    shutil.copy(VECTORS / "layouts" / "int_a_f4.rtf", tmp_path)
    (tmp_path / "interviews.csv").write_bytes(data)
    assert said_of(tmp_path / "interviews.csv") == [
        ":2: participant: this is not a code. Give a code such as P07 here, and the name in the"
        " column name."
    ]
    (tmp_path / "interviews.csv").write_bytes(data.replace("Müller".encode("cp1252"), b"P05"))
    (row,) = read_manifest(tmp_path / "interviews.csv").rows

    assert (row.participant, row.organisation) == ("P05", "Straßenbauamt")
    assert (row.place, row.date) == ("Köln", "2024-03-14")
    assert row.interview_attributes["interviewer"] == "Weiß"
