"""CSV as all exporters write it: UTF-8 without a mark, every field quoted, lines kept in fields.

Words stand letter for letter but for what no file can hold. A field that a spreadsheet would
take for a formula is not touched either: scripts read these files, and their data stays as it is.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

    from qualcode.exporters.textsafe import Cleaner


def write_rows(
    out: BinaryIO,
    header: Sequence[str],
    rows: Iterable[tuple[str, Sequence[object]]],
    clean: Cleaner,
) -> int:
    """Write the header and the rows, each with the place that names it; return their number."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(header)
    number = 0
    for place, values in rows:
        writer.writerow([_field(value, place, clean) for value in values])
        out.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()
        number += 1
    out.write(line.getvalue().encode())
    return number


def _field(value: object, place: str, clean: Cleaner) -> object:
    if isinstance(value, str):
        return clean.writable(value, at=place)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
