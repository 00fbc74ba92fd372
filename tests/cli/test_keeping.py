from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


def test_a_whole_project_is_said_to_be_whole(study: Path, qualcode: Person) -> None:
    done = qualcode("doctor")
    assert done.code == 0
    assert "the project is whole" in done.err
    assert "transcripts" in done.out
    examined = qualcode("doctor", "--json").json
    assert examined["whole"] is True
    assert examined["findings"] == []
    assert examined["facts"]["codings"] == 3


def test_what_the_log_can_mend_is_mended_when_asked(study: Path, qualcode: Person) -> None:
    with closing(sqlite3.connect(study / "fair.qualcode")) as connection:
        connection.execute("UPDATE coding SET live = 0")
        connection.commit()
    found = qualcode("doctor", "--json")
    assert found.code == 3
    assert found.json["whole"] is False
    assert [one["mendable"] for one in found.json["findings"]] == [True]
    assert "qualcode doctor --fix" in qualcode("doctor").out
    assert qualcode("quotes", "--json").json == []
    fixed = qualcode("doctor", "--fix", "--json")
    assert fixed.code == 0
    assert (fixed.json["mended"], fixed.json["whole"]) == (1, True)
    assert (study / fixed.json["backup"]).is_file()
    assert len(qualcode("quotes", "--json").json) == 2


def test_a_damaged_file_is_examined_all_the_same(study: Path, qualcode: Person) -> None:
    place = study / "fair.qualcode"
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2])
    done = qualcode("doctor", "--json")
    assert done.code == 3
    assert done.json["findings"]
    assert "Traceback" not in done.err


def test_a_backup_says_where_it_lies(study: Path, qualcode: Person, tmp_path: Path) -> None:
    done = qualcode("backup")
    assert done.code == 0
    (line,) = done.out.splitlines()
    assert (study / line).is_file()
    aside = tmp_path / "copy.qualcode"
    assert qualcode("backup", str(aside), "--json").json == {"file": str(aside)}
    assert len(qualcode("--project", str(aside), "quotes", "--json").json) == 2


def test_a_backup_replaces_nothing(study: Path, qualcode: Person) -> None:
    (study / "copy").write_bytes(b"thesis")
    done = qualcode("backup", "copy")
    assert (done.code, done.out) == (1, "")
    assert (study / "copy").read_bytes() == b"thesis"
