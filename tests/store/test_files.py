"""Files that appear whole, and never over another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qualcode import errors
from qualcode.store.files import appearing


def make(target: Path, content: bytes = b"whole") -> None:
    """Write a file so that it appears at its end."""
    with appearing(target) as draft:
        draft.write_bytes(content)
        assert not target.exists()


def test_a_file_appears_when_it_is_finished(tmp_path: Path) -> None:
    make(tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_file_that_fails_does_not_appear(tmp_path: Path) -> None:
    def failing() -> None:
        with appearing(tmp_path / "new") as draft:
            draft.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_replaced_though_it_came_in_between(tmp_path: Path) -> None:
    target = tmp_path / "new"

    def overtaken() -> None:
        with appearing(target) as draft:
            draft.write_bytes(b"late")
            target.write_bytes(b"first")

    with pytest.raises(errors.FileExistsAlreadyError):
        overtaken()
    assert target.read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_memory_stick_knows_no_links_and_takes_files_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    make(tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"whole"
    with pytest.raises(errors.FileExistsAlreadyError):
        make(tmp_path / "new", b"other")
    assert (tmp_path / "new").read_bytes() == b"whole"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(errors.OutputError, match="No such file or directory"):
        make(tmp_path / "nowhere" / "new")
