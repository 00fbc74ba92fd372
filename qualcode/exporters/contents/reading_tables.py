"""What a table that this program wrote holds: CSV and JSON carry no list, they say it themselves.

Which table it is, its fields tell. Each function returns None for what it does not know.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields as dataclass_fields
from typing import TYPE_CHECKING, Any, Final

from qualcode.exporters.contents.listing import AGAINST, ALL, SHARED, digest, told_by
from qualcode.exporters.fields import MATRIX_CSV_FIELDS
from qualcode.exporters.textsafe import FORMULA_STARTS
from qualcode.model.manifest import (
    ListedCell,
    ListedQuotation,
    ListedTable,
    Made,
    Manifest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_MOST_CHARACTERS: Final = 512 * 1024 * 1024
"""Of one field: a cell holds all its quotations."""

_QUOTATION = ("code", "transcript", "start", "end", "locator", "text", "attribution")
_MATRIX = tuple(name for name in MATRIX_CSV_FIELDS if name != "attributions")
"""The fields that a matrix has always had; how its quotations are cited came later."""

_COMPARISON = ("key", "group", "cases", "of", "shared", "against")

_TABLES: Final[Mapping[str, Sequence[str]]] = {
    "cases": ("case", "attribution"),
    "codes": ("code", "name", "theme", "definition", "quotations", "cases"),
    "dictionary": ("column", "meaning", "type", "values"),
    "labels": ("column", "label", "code"),
}
"""The other tables by the fields that each begins with; the first names the row."""

_LOCATOR = re.compile(r" \[([^\[\]\n]*¶[^\[\]\n]*)\](?=\n\n|\Z)(?:\n\n)?")
"""What ends each quotation of a cell: its place in brackets, and a blank line before the next."""

_GUARDED = re.compile(f"'(?=[{re.escape(''.join(FORMULA_STARTS))}])")
"""The apostrophe by which a spreadsheet is told that words are no formula."""

_BYTE_ORDER_MARK = "\ufeff"

Record = dict[str, str]


def of_json(text: str) -> Manifest | None:
    """Of a matrix, a list of quotations, or a comparison."""
    value = json.loads(text)
    if isinstance(value, list):
        listed = tuple(_listed(_case_of(record), record) for record in value)
        return Manifest(quotations=listed, is_joined=False)
    if "lines" in value:
        return _of_compared(value)
    if "rows" not in value:
        return None
    return _of_matrix(value)


def of_csv(text: str) -> Manifest | None:
    """Of any table; for Excel it begins with a mark, and some of its words with an apostrophe."""
    # Beyond this a field would be refused that this program wrote.
    csv.field_size_limit(_MOST_CHARACTERS)
    plain = text.removeprefix(_BYTE_ORDER_MARK)
    table = csv.DictReader(io.StringIO(plain, newline=""), restval="")
    fields = tuple(table.fieldnames or ())
    records: Iterable[Record] = table
    if plain != text:
        records = ({key: _GUARDED.sub("", v, count=1) for key, v in one.items()} for one in table)
    for needed, made in _KINDS:
        if set(needed) <= set(fields):
            return made(list(records), fields)
    name = next((one for one, first in _TABLES.items() if fields[: len(first)] == first), None)
    return None if name is None else _of_facts(name, list(records), fields)


def made_of(value: Mapping[str, Any]) -> Made:
    """What a file says it was made with; a later version may say more than is known here."""
    said: Mapping[str, str] = value.get("made", {})
    return Made(**{one.name: said.get(one.name, "") for one in dataclass_fields(Made)})


# -- quotations ------------------------------------------------------------------------------------


def _of_quotations(records: Sequence[Record], _fields: Sequence[str]) -> Manifest:
    listed = tuple(_listed(_case_of(record), record) for record in records)
    return Manifest(quotations=listed, is_joined=False)


def _case_of(record: Mapping[str, Any]) -> str:
    return str(record["participant"] or record["transcript"])


def _listed(row: str, record: Mapping[str, Any]) -> ListedQuotation:
    source, words = record["attribution"], digest(record["text"])
    placed = record["end"] not in (None, "")
    start, end = (int(record["start"]), int(record["end"])) if placed else told_by(words)
    return ListedQuotation(
        row=row,
        code=record["code"],
        transcript=record["transcript"],
        start=start,
        end=end,
        locator=record["locator"],
        words=words,
        cited=digest(source),
        source=source,
    )


# -- matrices --------------------------------------------------------------------------------------


def _of_matrix(value: Mapping[str, Any]) -> Manifest:
    rows = [row["key"] for row in value["rows"]]
    columns = [column["key"] for column in value["columns"]]
    placed = [
        (row, column, cell)
        for row, cells in zip(rows, value["cells"], strict=True)
        for column, cell in zip(columns, cells, strict=True)
    ]
    return Manifest(
        rows=tuple(rows),
        columns=tuple(columns),
        cells=tuple(
            ListedCell(row, column, cell["count"], digest(cell["summary"] or ""))
            for row, column, cell in placed
            if cell["count"] or cell["summary"]
        ),
        quotations=tuple(
            _listed(row, record) for row, _, cell in placed for record in cell["quotes"]
        ),
        lists_quotations=any(cell["quotes"] for _, _, cell in placed)
        or not any(cell["count"] for _, _, cell in placed),
        made=made_of(value),
    )


def _of_cells(records: Sequence[Record], fields: Sequence[str]) -> Manifest:
    """Of a matrix as CSV, whose quotations stand one behind the other in their cell."""
    is_cited = "attributions" in fields
    found = [_in_cell(record, is_cited=is_cited) for record in records]
    can_tell = all(those is not None for those in found)
    quotations = tuple(one for those in found if can_tell for one in those or ())
    counted = any(int(record["count"]) for record in records)
    return Manifest(
        rows=_each(record["row"] for record in records),
        columns=_each(record["column"] for record in records),
        cells=tuple(
            ListedCell(
                record["row"],
                record["column"],
                int(record["count"]),
                digest(record["summary"]),
                "" if can_tell else digest(record["quotes"]),
            )
            for record in records
            if int(record["count"]) or record["summary"]
        ),
        quotations=quotations,
        lists_quotations=can_tell and bool(quotations or not counted),
        is_placed=False,
        made=Made(most=_most(records, found)),
    )


def _most(records: Sequence[Record], found: Sequence[Sequence[ListedQuotation] | None]) -> str:
    """How many quotations a cell shows, where it counts more than that; else ""."""
    shown = [len(those or ()) for those in found]
    is_cut = any(n < int(one["count"]) for n, one in zip(shown, records, strict=True))
    return str(max(shown)) if is_cut and max(shown) else ""


def _in_cell(record: Record, *, is_cited: bool) -> list[ListedQuotation] | None:
    """The quotations of a cell; None where somebody's words look like the end of a quotation."""
    *pieces, rest = _LOCATOR.split(record["quotes"])
    texts, locators = pieces[::2], pieces[1::2]
    said = record["attributions"].split("\n") if is_cited and texts else [""] * len(texts)
    if rest or len(said) != len(texts):
        return None
    return [
        ListedQuotation(
            row=record["row"],
            code=record["column"],
            transcript="",
            start=0,
            end=0,
            locator=locator,
            words=digest(text),
            cited=digest(source),
            source=source,
        )
        for text, locator, source in zip(texts, locators, said, strict=True)
    ]


# -- tables of facts -------------------------------------------------------------------------------


def _of_facts(name: str, records: Sequence[Record], fields: Sequence[str]) -> Manifest:
    first, *columns = fields
    lines = tuple((one[first], tuple(one[column] for column in columns)) for one in records)
    return Manifest(lists_quotations=False, table=ListedTable(name, tuple(columns), lines))


def _of_compared(value: Mapping[str, Any]) -> Manifest:
    """Of a comparison as JSON."""
    groups = value["groups"]
    lines = tuple(
        (
            line["key"],
            (
                *(f"{one['cases']} of {one['of']}" for one in line["groups"]),
                "; ".join(line["shared_by"]),
                "; ".join(line["against"]),
            ),
        )
        for line in value["lines"]
    )
    by = value["attribute"]
    weighed = {
        one["label"]: str(one["quotations"]) for one in value.get("balance", ()) if one["by"] == by
    }
    return _comparison(groups, (*lines, *_of_all(groups, weighed)), Made(rows=by))


def _of_groups(records: Sequence[Record], _fields: Sequence[str]) -> Manifest:
    """Of a comparison as CSV, a row for each theme or code and group."""
    lines: dict[str, list[Record]] = {}
    for record in records:
        lines.setdefault(record["key"], []).append(record)
    balance = lines.pop("", [])
    groups = _each(one["group"] for those in lines.values() for one in those)
    by = next((one.get("by", "") for those in lines.values() for one in those), "")
    weighed = {one["group"]: one["quotations"] for one in balance if one.get("by") == by}
    told = tuple((key, tuple(_of_line(those))) for key, those in lines.items())
    return _comparison(groups, (*told, *_of_all(groups, weighed)), Made(rows=by))


def _of_all(
    groups: Sequence[str], weighed: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The line on how many of all quotations each group has, where that is known."""
    if weighed:
        yield ALL, (*(weighed.get(group, "") for group in groups), "", "")


def _of_line(groups: Sequence[Record]) -> Iterator[str]:
    yield from (f"{one['cases']} of {one['of']}" for one in groups)
    yield "; ".join(one["group"] for one in groups if one["shared"] == "true")
    yield groups[0]["against"]


def _comparison(
    groups: Iterable[str], lines: tuple[tuple[str, tuple[str, ...]], ...], made: Made
) -> Manifest:
    table = ListedTable("comparison", (*groups, SHARED, AGAINST), lines)
    return Manifest(lists_quotations=False, table=table, made=made)


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


_KINDS: Final[
    Sequence[tuple[Sequence[str], Callable[[Sequence[Record], Sequence[str]], Manifest]]]
] = (
    (_QUOTATION, _of_quotations),
    (_MATRIX, _of_cells),
    (_COMPARISON, _of_groups),
)
"""What a table of each kind has among its fields, and how it is read."""
