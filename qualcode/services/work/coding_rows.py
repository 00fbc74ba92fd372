"""The rows of a table of codings, before anything is looked up."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from qualcode import errors
from qualcode.services import tables
from qualcode.services.tables import Row

COLUMNS = (
    *("transcript", "version", "start", "end", "quote"),
    *("code", "coder", "memo", "doubt"),
)


def looks_like_codings(opening: bytes) -> bool:
    """True for a table of codings, by the columns that a file's first bytes name."""
    return not _missing(tables.columns_of(opening, known=COLUMNS))


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of a table of codings.

    Raises CodingTableError for a missing column or no row, SeveralErrors for rows that are not
    whole.
    """
    table = tables.read_table(path, known=COLUMNS)
    missing = _missing(table.columns)
    if missing:
        raise errors.CodingTableError(
            f"the table lacks {', '.join(missing)}",
            where=f"{path}:1",
            mend="The columns are: transcript, code, start, end (or quote); if you like, coder, "
            "memo, doubt, version.",
        )
    if table.problems:
        raise errors.SeveralErrors(table.problems)
    if not table.rows:
        raise errors.CodingTableError(
            "the table has no rows", where=str(path), mend="Add one row for each coding."
        )
    return table.rows


def _missing(columns: Collection[str]) -> list[str]:
    needed = ["transcript", "code"] + ([] if "quote" in columns else ["start", "end"])
    return [name for name in needed if name not in columns]
