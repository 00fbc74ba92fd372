"""What has left is listed, and none of its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from services.fair import new_fair
from services.study import BY, tick

from qualcode.services.charts import charting
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import exporting, past_exports
from qualcode.services.ways_out.exporting import Sent
from qualcode.services.work import coding
from qualcode.store.store import Store


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    with new_fair(tmp_path / "fair") as opened:
        yield opened


def test_files_and_streams_are_listed_oldest_first_and_looks_are_not(
    fair: Store, tmp_path: Path
) -> None:
    found = retrieving.quotes(fair).quotations
    report = charting.build_matrix(fair, at=tick())
    assert past_exports.list_exports(fair) == ()

    exporting.save_matrix(fair, report, tmp_path / "m.docx", by=BY, at=tick())
    exporting.quotations_bytes(fair, found, "json")
    exporting.quotations_bytes(fair, found, "csv", sent=Sent("ben", tick()))
    file, stream = past_exports.list_exports(fair)

    assert (file.file, file.format, file.by) == ("m.docx", "docx", BY)
    assert (stream.file, stream.format, stream.by) == ("-", "csv", "ben")
    assert stream.quotations == len(found) > 0
    assert set(stream.shown) == {one.participant for one in found}
    assert not [one.text for one in found if one.text in f"{file} {stream}"]


def test_what_has_left_stays_listed_whatever_is_undone(fair: Store, tmp_path: Path) -> None:
    report = charting.build_matrix(fair, at=tick())
    exporting.save_matrix(fair, report, tmp_path / "m.docx", by=BY, at=tick())
    assert coding.undo(fair, by=BY, at=tick()).verb != "export"

    assert [one.file for one in past_exports.list_exports(fair)] == ["m.docx"]
