"""The evidence as tidy tables, each column with what it means: for CSV files and for the workbook.

One row is one thing: a coding, a case, a code. A table says of each of its columns what a reader
who was not there needs to know; those are the rows of its data dictionary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.exporters.fields import QUOTATION_FIELDS, values_of
from qualcode.model.coding import Origin
from qualcode.model.consent import Audience
from qualcode.model.evidence import Evidence, EvidenceTable
from qualcode.model.matrix import Cell
from qualcode.model.summary import Emptiness

Value = str | int | bool | None

TEXT, INTEGER, TRUTH = "text", "integer", "true or false"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, what it means, of what type it is, and which values it takes.

    `label` and `code` are set where it is the column of a code: its name and its full name.
    """

    name: str
    meaning: str
    type: str = TEXT
    values: str = ""
    label: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Fields, and rows that are drawn when they are gone through; the first value names its row.

    `found_by` are the fields by which people find a row, where that is not its name.
    """

    name: str
    fields: Sequence[Field]
    rows: Iterable[Sequence[Value]]
    found_by: Sequence[str] = ()


def table_of(evidence: Evidence, wanted: EvidenceTable) -> Table:
    """The table that is wanted."""
    makers = {
        EvidenceTable.QUOTATIONS: quotations_table,
        EvidenceTable.CASES: cases_table,
        EvidenceTable.CODES: codes_table,
    }
    return makers[wanted](evidence)


def dictionary_of(table: Table) -> Table:
    """What the columns of a table mean, as a table."""
    fields = (
        Field("column", "Name of the column."),
        Field("meaning", "What it holds."),
        Field("type", "How its values are written.", values="text; integer; true or false"),
        Field("values", "Which values there are, where they are few."),
    )
    return Table(
        "dictionary", fields, [(f.name, f.meaning, f.type, f.values) for f in table.fields]
    )


def labels_of(table: Table) -> Table:
    """The names of the codes behind the columns of a table of cases, as a table."""
    fields = (
        Field("column", "Name of the column."),
        Field("label", "Name of the code."),
        Field("code", "Full name of the code."),
    )
    return Table("labels", fields, [(f.name, f.label, f.code) for f in table.fields if f.code])


# -- one row a coding ------------------------------------------------------------------------------


def quotations_table(evidence: Evidence) -> Table:
    """Every coding with its words, and what is known of who said them."""
    fields = [field for field in _QUOTATION if _stays(field.name, evidence.audience)]
    values = values_of([field.name for field in fields])
    attributes = {key: dict(known) for key, known in evidence.attributes}
    spoken = {quote.participant or quote.transcript for quote in evidence.quotations}
    further = _attribute_fields(evidence, of=spoken, taken=fields)
    names = list(further)

    def rows() -> Iterator[Sequence[Value]]:
        for quote in evidence.quotations:
            known = attributes.get(quote.participant or quote.transcript, {})
            yield (*values(quote), *(known.get(name) for name in names))

    return Table("quotations", (*fields, *further.values()), rows(), found_by=("locator", "code"))


_OF_THE_TEAM = frozenset({"memo", "starred", "doubt"})
"""Columns that say what the team made of a passage: they are in no publication."""


def _stays(name: str, audience: Audience) -> bool:
    return audience is Audience.TEAM or name not in _OF_THE_TEAM


_TOLD = ", where it may be told"

_MEANING: Mapping[str, tuple[str, str, str]] = {
    "coding": ("Identifier of the coding, the same in every export.", TEXT, ""),
    "code": ("Full name of the code: theme and code.", TEXT, ""),
    "theme": ("Full name of the theme that the code is under.", TEXT, ""),
    "coder": ("Who put the code there; numbered, not named, in a publication.", TEXT, ""),
    "transcript": ("Name of the interview, or whose it is where it may not be told.", TEXT, ""),
    "participant": ("Code of the participant whose words these are, where it is known.", TEXT, ""),
    "attribution": ("How the words may be cited, as agreed with the participant.", TEXT, ""),
    "turn": ("Number of the turn in which the passage begins, from 1.", INTEGER, ""),
    "speaker": ("Label of the speaker of that turn, as far as it may be said.", TEXT, ""),
    "start": (f"First character of the passage in the transcript, from 0{_TOLD}.", INTEGER, ""),
    "end": ("The character behind the last one of the passage.", INTEGER, ""),
    "start_ms": ("Milliseconds from the start of the recording, where known.", INTEGER, ""),
    "locator": ("Where the passage stands: who, turn, time.", TEXT, ""),
    "text": ("The words; what stands in square brackets was not said so.", TEXT, ""),
    "before": ("Words before the passage, as many as were asked for.", TEXT, ""),
    "after": ("Words after the passage, as many as were asked for.", TEXT, ""),
    "memo": ("Memos of the team on this coding.", TEXT, ""),
    "doubt": ("Whether the coder was in doubt.", TRUTH, "true; false"),
    "origin": ("How the coding came about.", TEXT, "; ".join(Origin)),
    "version": ("Identifier of the transcript's version that the places count in.", TEXT, ""),
    "number": ("Number of the passage, as in the documents of the same export.", INTEGER, ""),
    "edits": ("How many stretches of the words are shown in brackets.", INTEGER, ""),
    "starred": ("Whether the team called the passage worth quoting.", TRUTH, "true; false"),
}

_QUOTATION = tuple(Field(name, *_MEANING[name]) for name in QUOTATION_FIELDS)


# -- one row a case --------------------------------------------------------------------------------


def cases_table(evidence: Evidence) -> Table:
    """Cases by codes: 1 where there is a quotation, 0 where none is, else empty."""
    return _cases(
        evidence,
        "cases",
        _whether,
        "1 where the case has a quotation under {code}, 0 where it has none, empty where that "
        "cannot be said: not interviewed, not asked, not yet coded, or withheld.",
        "1; 0",
    )


def counts_table(evidence: Evidence) -> Table:
    """Cases by codes with the number of quotations."""
    return _cases(evidence, "counts", _how_many, "Number of quotations of the case under {code}.")


_UNKNOWN = frozenset(
    {
        Emptiness.NOT_INTERVIEWED,
        Emptiness.NOT_ASKED,
        Emptiness.NOT_YET_CODED,
        Emptiness.WITHHELD,
    }
)
"""Reasons why a cell is empty that are no answer: there a 0 would be a claim."""


def _whether(cell: Cell) -> Value:
    if cell.count:
        return 1
    return None if cell.empty_reason in _UNKNOWN else 0


def _how_many(cell: Cell) -> Value:
    return cell.count if cell.count or cell.empty_reason not in _UNKNOWN else None


def _cases(
    evidence: Evidence, name: str, value: Callable[[Cell], Value], meaning: str, values: str = ""
) -> Table:
    matrix = evidence.matrix
    fields = [
        Field("case", "Code of the participant, or name of the interview where none is known."),
        Field("attribution", "How the case may be cited."),
    ]
    further = _attribute_fields(evidence, of={row.key for row in matrix.rows}, taken=fields)
    fields += further.values()
    names = column_names([column.key for column in matrix.columns], taken=[f.name for f in fields])
    codes = [
        Field(short, meaning.format(code=column.key), INTEGER, values, column.label, column.key)
        for short, column in zip(names, matrix.columns, strict=True)
    ]

    def rows() -> Iterator[Sequence[Value]]:
        attributes = {key: dict(known) for key, known in evidence.attributes}
        for row, cells in zip(matrix.rows, matrix.cells, strict=True):
            known = attributes.get(row.key, {})
            yield (
                row.key,
                "; ".join(row.details),
                *(known.get(one) for one in further),
                *map(value, cells),
            )

    return Table(name, (*fields, *codes), rows())


_NO_NAME = re.compile(r"[^0-9A-Za-z_]+")
"""What R would put a full stop for, and other programs refuse."""


def column_names(names: Iterable[str], *, taken: Iterable[str] = ()) -> Iterator[str]:
    """Names that statistics programs take as they are, each once: `funding_grant_aid`."""
    used = {name.casefold() for name in taken}
    for name in names:
        plain = _NO_NAME.sub("_", name).strip("_") or "code"
        if not plain[0].isalpha():
            plain = f"code_{plain}"
        found, number = plain, 1
        while found.casefold() in used:
            number += 1
            found = f"{plain}_{number}"
        used.add(found.casefold())
        yield found


def _attribute_fields(
    evidence: Evidence, *, of: set[str], taken: Sequence[Field]
) -> dict[str, Field]:
    """A field for each attribute that these cases have, by the attribute's name."""
    seen: dict[str, dict[str, None]] = {}
    for key, known in evidence.attributes:
        for name, value in known if key in of else ():
            seen.setdefault(name, {})[value] = None
    shorts = column_names(seen, taken=[field.name for field in taken])
    return {
        name: Field(short, _MEANT.get(name) or f"{_KNOWN}: {name}.", values=_few(values))
        for short, (name, values) in zip(shorts, seen.items(), strict=True)
    }


_KNOWN = "What is known of the case"
_MEANT = {
    "interviewed": "Day of the interview, as far as it may be said: 2024-03-14, 2024-03, 2024.",
}
"""What columns mean whose names do not say it."""

_MOST_VALUES = 12


def _few(values: Iterable[str]) -> str:
    found = sorted(values)
    return "; ".join(found) if len(found) <= _MOST_VALUES else ""


# -- one row a code --------------------------------------------------------------------------------


def codes_table(evidence: Evidence) -> Table:
    """The codebook, with how often each code was used and by how many."""
    fields = (
        Field("code", "Full name of the code: theme and code."),
        Field("name", "What the code is called."),
        Field("theme", "Full name of the theme that the code is under."),
        Field("definition", "What it means."),
        Field("quotations", "How many passages there are under the code itself.", INTEGER),
        Field("cases", "How many participants or interviews these come from.", INTEGER),
        Field(
            "codings",
            "How often a coder gave the code: a passage that two coded is one quotation.",
            INTEGER,
        ),
    )
    passages = {(quote.code, quote.number or quote.coding) for quote in evidence.quotations}
    quotations = Counter(code for code, _ in passages)
    codings = Counter(quote.code for quote in evidence.quotations)
    pairs = {(quote.code, quote.participant or quote.transcript) for quote in evidence.quotations}
    cases = Counter(code for code, _ in pairs)
    rows = [
        (
            *(code.key, code.name, code.theme, code.definition),
            *(quotations[code.key], cases[code.key], codings[code.key]),
        )
        for code in evidence.codes
    ]
    return Table("codes", fields, rows)
