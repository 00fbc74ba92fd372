from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qualcode.exporters.word.writing.splicing import write_package

if TYPE_CHECKING:
    from collections.abc import Iterator


def skeleton(**members: str) -> BytesIO:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    saved.seek(0)
    return saved


def test_each_mark_is_replaced_by_its_stream() -> None:
    out = BytesIO()
    source = skeleton(b="<b>one <?qualcode x?> two <?qualcode y-2?></b>", a="<a/>")
    write_package(source, {"x": iter(["1", "é"]), "y-2": ["2"]}, out)
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == ["a", "b"]
        assert archive.read("b").decode() == "<b>one 1é two 2</b>"


def test_a_stream_may_follow_from_what_the_ones_before_it_met() -> None:
    met: list[str] = []

    def body() -> Iterator[str]:
        met.append("a note")
        yield "body"

    def notes() -> Iterator[str]:
        yield from met

    out = BytesIO()
    source = skeleton(a_notes="<?qualcode notes?>", body="<?qualcode body?>", c="<c/>")
    write_package(source, {"body": body(), "notes": notes()}, out)
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == ["c", "body", "a_notes"]
        assert archive.read("a_notes") == b"a note"


def test_what_a_stream_says_is_not_searched_for_marks() -> None:
    out = BytesIO()
    write_package(skeleton(a="<?qualcode x?>"), {"x": ["<?qualcode x?>"]}, out)
    with zipfile.ZipFile(out) as archive:
        assert archive.read("a") == b"<?qualcode x?>"


@pytest.mark.parametrize(
    ("content", "streams"),
    [("<?qualcode x?>", []), ("", ["x"]), ("<?qualcode x?><?qualcode x?>", ["x"])],
    ids=["a mark without a stream", "a stream without a mark", "a mark twice"],
)
def test_marks_and_streams_that_do_not_match_write_nothing(
    content: str, streams: list[str]
) -> None:
    out = BytesIO()
    with pytest.raises(ValueError, match="do not match"):
        write_package(skeleton(a=content), {name: ["1"] for name in streams}, out)
    assert out.getvalue() == b""


def test_members_carry_no_time_no_user_and_no_machine() -> None:
    out = BytesIO()
    write_package(skeleton(a="1", b="2"), {}, out)
    with zipfile.ZipFile(out) as archive:
        kept = {
            (entry.date_time, entry.create_system, entry.external_attr, entry.extra)
            for entry in archive.infolist()
        }
    assert kept == {((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16, b"")}


def test_a_pipe_gets_the_same_bytes_as_a_file(tmp_path: Path) -> None:
    def write(out: object) -> None:
        write_package(skeleton(a="<?qualcode x?>"), {"x": ["words "] * 9}, out)  # type: ignore[arg-type]

    file = tmp_path / "file.zip"
    with file.open("wb") as out:
        write(out)
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as out:
        write(out)
    with os.fdopen(reading, "rb") as back:
        assert back.read() == file.read_bytes()


def test_a_long_stream_is_never_held_whole() -> None:
    longest = 0

    class Watching(BytesIO):
        def write(self, content: object) -> int:
            nonlocal longest
            longest = max(longest, len(content))  # type: ignore[arg-type]
            return super().write(content)  # type: ignore[arg-type]

    random_words = os.urandom(8000).hex()
    stream = (random_words for _ in range(200))
    write_package(skeleton(a="<?qualcode x?>"), {"x": stream}, Watching())
    assert 0 < longest < 200_000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_os_error_for_whoever_opened_the_file() -> None:
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError, match="space"):
        write_package(skeleton(a="<?qualcode x?>"), {"x": ["words"] * 9}, full)
