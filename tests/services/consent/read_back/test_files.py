"""All of a file is read, wherever its lines end and however long they are."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from qualcode.services.consent.read_back import files
from qualcode.services.consent.read_back.xml_parts import BREAK

FILLED = range(files._CHUNK - 6, files._CHUNK + 3)
"""Letters of a first field, so that the end of its record is at, before and behind where a piece of
the file ends.
"""


def written(format_: str, fields: list[str]) -> bytes:
    """A file with a record a field, as the exporters lay it out."""
    if format_ == "csv":
        out = StringIO()
        csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
            [one] for one in fields
        )
        return out.getvalue().encode()
    if format_ == "json":
        return json.dumps({str(n): one for n, one in enumerate(fields)}, indent=1).encode()
    if format_ == "html":
        return "".join(f"<p>{one}</p>" for one in fields).encode()
    return "\n\n".join(fields).encode()


@pytest.mark.parametrize("format_", ["csv", "json", "html", "md"])
def test_every_field_is_read_wherever_a_piece_of_the_file_ends(format_: str) -> None:
    for letters in FILLED:
        fields = ["a" * letters, "b", "c" * letters, "d" * 3 * letters, "e"]
        said = {node.strip() for node in files.nodes(written(format_, fields), format_)}
        assert set(fields) <= said, letters


@pytest.mark.parametrize("format_", ["csv", "md"])
def test_a_chunk_ends_with_a_record_however_long_it_is(format_: str) -> None:
    fields = ["a" * 5 * files._CHUNK, *("b" * 9 for _ in range(9 * files._CHUNK // 10)), "c"]
    chunks = [chunk for _, chunk in files.said(written(format_, fields), format_)]
    assert len(chunks) > 5
    words = [word for chunk in chunks for word in chunk.split(BREAK) if word.strip()]
    assert words == fields
