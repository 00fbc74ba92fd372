"""The main job from end to end, by the command line, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cli.study import GRANT, write_study

if TYPE_CHECKING:
    import pytest
    from cli.conftest import Person


def test_from_a_folder_of_interviews_to_a_matrix(
    place: str, tmp_path: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_study(tmp_path / "fair" if "://" in place else Path(place).parent)
    assert qualcode("--project", place, "new", str(folder)).code == 0
    monkeypatch.chdir(folder)
    monkeypatch.setenv("QUALCODE_PROJECT", place)
    monkeypatch.setenv("QUALCODE_CODER", "amina")

    manifest = ("import", "--manifest", "transcripts/interviews.csv")
    assert qualcode(*manifest, "--json").json["imported"] == 3
    assert "nothing new: 3 transcripts are unchanged" in qualcode(*manifest).err
    assert qualcode("tag", "P01", "grant-aid", "--quote", GRANT).code == 0
    assert qualcode("tag", "P02", "grant-aid", "--turn", "2").code == 0
    assert qualcode("undo").code == 0
    assert qualcode("redo").code == 0
    assert qualcode("memos", "add", "funding", "Ask again").code == 0
    assert qualcode("participants", "set", "P01", "name=Ruth Okafor").code == 0

    quotes = qualcode("quotes", "funding", "--json")
    assert [one["text"] for one in quotes.json] == [GRANT]
    assert "1 coding on words of withheld participants is not shown" in quotes.err
    assert len(qualcode("search", "tent", "--json").json) == 3
    assert qualcode("participants", "show", "P01", "--json").json["has_name"] is True
    assert qualcode("codebook", "diff").err == "codebook.yaml is what the project has\n"
    assert qualcode("matrix", "-o", "m.docx").code == 0
    assert (folder / "m.docx").is_file()
    assert qualcode("doctor").code == 0


def test_a_server_that_is_not_there_is_said(qualcode: Person) -> None:
    url = "postgresql://somebody:secret@127.0.0.1:1/nowhere"
    done = qualcode("--project", url, "transcripts", "list")
    assert (done.code, done.out) == (3, "")
    assert "cannot be reached" in done.err
    assert "secret" not in done.err
