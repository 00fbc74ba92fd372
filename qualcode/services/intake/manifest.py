"""The manifest of a bulk import: a row for each participant, checked whole before all else.

Names and contacts in it go to the identities file and nowhere else; no sentence of an error or a
warning quotes a cell of those columns. What a participant agreed to hangs on the column
`attribution`, so a column that means it and is called otherwise is not passed over in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from qualcode import errors
from qualcode.model.transcript import ReadingWarning
from qualcode.services import tables
from qualcode.services.intake.manifest_oddities import oddities
from qualcode.services.intake.manifest_rows import (
    ALSO_CALLED,
    COLUMNS,
    PARTS_OF_NAMES,
    ManifestRow,
    RowReader,
    is_further,
)
from qualcode.services.tables import Table
from qualcode.text.nearest import nearest

_CONSENT = frozenset(
    [
        "consent",
        "anonymity",
        "anonymous",
        "anonymised",
        "anonymized",
        "confidentiality",
        "confidential",
    ]
)
"""Columns that people give to consent, with words that are no level of attribution."""

KNOWN = (*COLUMNS, *ALSO_CALLED)
"""What a column of a manifest may be called; all else is an attribute."""

_MISSPELT = 80
"""Of 100: above it are slips such as `atribution`, below it words such as `contribution`."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All rows in the order of the file, with what is odd but not wrong."""

    path: Path
    rows: tuple[ManifestRow, ...]
    warnings: tuple[ReadingWarning, ...] = ()

    def interviews(self) -> dict[str, tuple[ManifestRow, ...]]:
        """Rows by interview, in the order of the file."""
        return {interview: tuple(rows) for interview, rows in _by_interview(self.rows).items()}


def looks_like_a_manifest(opening: bytes) -> bool:
    """True for a table with the columns that only a manifest has together."""
    columns = tables.columns_of(opening, known=KNOWN)
    return "file" in columns and bool({"interview_id", "participant"} & set(columns))


def read_manifest(
    path: Path, *, date_order: str | None = None, today: date | None = None
) -> Manifest:
    """The rows of a manifest.

    `date_order` is `dmy` or `mdy`, for dates that are not ISO; of days after `today` is said that
    they are still to come. Raises SeveralErrors with one TableError, ManifestColumnError,
    ManifestValueError, FileMissingError or OutsideFolderError for every mistake in the file.
    """
    table = _table(path)
    rows, problems = _rows(table, path, needed="file", date_order=date_order)
    problems += _conflicts(rows, path)
    problems += _disagreements(rows, path)
    _say_all(rows, problems, path)
    warnings = [*_odd_columns(table.columns), *oddities(rows, today)]
    return Manifest(path, tuple(_settled(rows)), tuple(warnings))


def read_people(path: Path) -> tuple[ManifestRow, ...]:
    """The rows of a table of participants: the manifest's columns, without files.

    Raises SeveralErrors as `read_manifest` does.
    """
    table = _table(path)
    rows, problems = _rows(table, path, needed="participant", date_order=None)
    for row in rows:
        if "participant" not in row.given:
            mend = "Give the participant's code, such as P07."
            problems.append(_bad(row, path, "participant", "the cell is empty", mend))
    problems += _disagreements(rows, path)
    _say_all(rows, problems, path)
    return tuple(rows)


def against_each_other(
    first: Sequence[ManifestRow], further: Sequence[ManifestRow], path: Path
) -> errors.ManifestValueError | None:
    """What the rows of two files say that cannot be true of the one interview that both are.

    None where they agree, or speak of people who are told apart by code or name, and label.
    """
    for one in first:
        for row in further:
            if row.line == one.line:
                continue
            for column in _differing(one, row):
                problem = f"line {one.line} says otherwise, and the two files are one interview"
                return _bad(row, path, column, problem, "Make the two rows agree.")
    return None


def _differing(one: ManifestRow, row: ManifestRow) -> Iterator[str]:
    """The columns in which two rows of one interview are against each other."""
    for column in ("date", "language", "recording"):
        if {column} <= one.given & row.given and getattr(one, column) != getattr(row, column):
            yield column
    if not (one.has_participant and row.has_participant):
        return
    if _is_same_person(one, row):
        if {"attribution"} <= one.given & row.given and one.attribution is not row.attribution:
            yield "attribution"
    elif one.speaker is None or row.speaker is None or one.speaker == row.speaker:
        yield "participant"


def _is_same_person(one: ManifestRow, row: ManifestRow) -> bool:
    if one.participant is not None and row.participant is not None:
        return one.participant == row.participant
    return bool(one.name and row.name) and _said(one, "name") == _said(row, "name")


def _table(path: Path) -> Table:
    """The cells, under the names that columns have here."""
    table = tables.read_table(path, known=KNOWN)
    return replace(
        table,
        columns=tuple(ALSO_CALLED.get(name, name) for name in table.columns),
        rows=tuple(
            replace(row, cells={ALSO_CALLED.get(name, name): row.cells[name] for name in row.cells})
            for row in table.rows
        ),
    )


def _rows(
    table: Table, path: Path, *, needed: str, date_order: str | None
) -> tuple[list[ManifestRow], list[errors.QualcodeError]]:
    """What the rows say, and all that is wrong with them."""
    misnamed = _column_problems(table.columns, path, needed)
    if needed not in table.columns:  # every row would say so again
        raise errors.SeveralErrors(misnamed)
    reader = RowReader(
        path,
        date_order=date_order,
        needs_file=needed == "file",
        has_ids=needed == "file" and "interview_id" in table.columns,
    )
    rows = [reader.read(row) for row in table.rows]
    return rows, [*misnamed, *table.problems, *reader.problems]


def _say_all(rows: Sequence[ManifestRow], problems: list[errors.QualcodeError], path: Path) -> None:
    if not rows and not problems:
        problems.append(
            errors.ManifestColumnError(
                "the table has no rows", where=str(path), mend="Add one row for each interview."
            )
        )
    if problems:
        raise errors.SeveralErrors(sorted(problems, key=_line_of))


def _line_of(problem: errors.QualcodeError) -> int:
    line = (problem.where or "").rpartition(":")[2]
    return int(line) if line.isdigit() else 0


def _column_problems(columns: Sequence[str], path: Path, needed: str) -> list[errors.QualcodeError]:
    where = f"{path}:1"
    found: list[errors.QualcodeError] = []

    def bad(problem: str, mend: str) -> None:
        found.append(errors.ManifestColumnError(problem, where=where, mend=mend))

    for name in dict.fromkeys(columns):
        if name and columns.count(name) > 1:
            bad(f"the column '{name}' is there twice", "Rename or remove one of them.")
        if name in PARTS_OF_NAMES:
            bad(
                f"the column '{name}' holds names",
                "Put the whole name in the column name: only that is kept apart.",
            )
        if is_further(name) and _is_misspelt_attribution(name):
            bad(
                f"the column '{name}' is not known",
                "If it says how people may be cited, call it attribution.",
            )
    if needed not in columns:
        bad(
            f"there is no column '{needed}'",
            f"The first line names the columns: {', '.join(COLUMNS[:3])} …",
        )
    return found


def _is_misspelt_attribution(column: str) -> bool:
    from rapidfuzz import fuzz  # 14 ms; only for a column that is not known

    return fuzz.ratio(column, "attribution") >= _MISSPELT


def _odd_columns(columns: Iterable[str]) -> list[ReadingWarning]:
    """Say what became an attribute because its name is not a known one."""
    warnings = []
    for name in columns:
        if name in _CONSENT:
            message = (
                f"the column '{name}' decides nothing about what may be quoted: that is the "
                "column attribution, and where it is empty a participant is anonymous"
            )
            warnings.append(ReadingWarning("consent-not-read", message, 1))
        elif is_further(name):
            near = nearest(name, COLUMNS)
            hint = f" (did you mean '{near}'?)" if near else ""
            message = f"the column '{name}' is kept as an attribute{hint}"
            warnings.append(ReadingWarning("column-kept", message, 1))
    return warnings


def _conflicts(rows: Sequence[ManifestRow], path: Path) -> list[errors.QualcodeError]:
    """What two rows say against each other of one interview or one file."""
    found: list[errors.QualcodeError] = []
    files: dict[Path, ManifestRow] = {}
    # Of a row that lacks its id is said that; which interview it is of, nobody knows.
    identified = [row for row in rows if "interview_id" in row.given]
    for mates in _by_interview(identified or rows).values():
        first, labels = mates[0], {mates[0].speaker: mates[0]}
        for row in mates[1:]:
            found += _against_the_first(row, first, labels, path)
            labels.setdefault(row.speaker, row)
    for row in rows:
        if "file" in row.given and files.setdefault(row.file, row).interview != row.interview:
            found.append(
                _bad(
                    row,
                    path,
                    "file",
                    f"line {files[row.file].line} names the same file",
                    "Give each interview its own transcript, or remove a row.",
                )
            )
    return found


def _against_the_first(
    row: ManifestRow,
    first: ManifestRow,
    labels: Mapping[str | None, ManifestRow],
    path: Path,
) -> list[errors.QualcodeError]:
    """A further row of one interview, held against its first."""
    if not {"interview_id", "file"} & row.given:
        return []  # nothing names the interview, which is said already
    if row.file != first.file:
        problem = f"line {first.line} has the same id for another file"
        return [_bad(row, path, "interview_id", problem, "Give every interview an id of its own.")]
    found: list[errors.QualcodeError] = [
        _bad(
            row,
            path,
            name,
            f"line {first.line} of the same interview says otherwise",
            "Make the two rows agree.",
        )
        for name in ("date", "language", "recording")
        if getattr(row, name) != getattr(first, name)
    ]
    mend = "Say in the column speaker which label each participant has."
    if row.speaker is None:
        problem = f"line {first.line} is of the same interview"
        found.append(_bad(row, path, "speaker", problem, mend))
    elif row.speaker in labels:
        problem = f"line {labels[row.speaker].line} gives the same label to another row"
        mend = "Give each participant the label that is theirs in the transcript."
        found.append(_bad(row, path, "speaker", problem, mend))
    return found


def _disagreements(rows: Sequence[ManifestRow], path: Path) -> list[errors.QualcodeError]:
    """Rows of one participant that cannot both be true: who it is, and what was agreed."""
    found: list[errors.QualcodeError] = []
    for column, mend in (
        ("name", "Give two people two codes."),
        ("attribution", "A participant is cited in one way: make the rows agree."),
    ):
        first: dict[str, ManifestRow] = {}
        for row in rows:
            if row.participant is None or column not in row.given:
                continue
            other = first.setdefault(row.participant, row)
            if _said(other, column) != _said(row, column):
                problem = f"line {other.line} says otherwise of the same participant"
                found.append(_bad(row, path, column, problem, mend))
    return found


def _said(row: ManifestRow, column: str) -> str:
    return str(getattr(row, column)).casefold()


def _bad(
    row: ManifestRow, path: Path, column: str, problem: str, mend: str
) -> errors.ManifestValueError:
    return errors.ManifestValueError(column, problem, where=f"{path}:{row.line}", mend=mend)


def _settled(rows: Sequence[ManifestRow]) -> list[ManifestRow]:
    """Further columns belong to the interview where its rows agree, else to the participant."""
    settled: list[ManifestRow] = []
    mates = _by_interview(rows)
    for row in rows:
        shared = {
            name: value
            for name, value in row.attributes.items()
            if all(mate.attributes.get(name) == value for mate in mates[row.interview])
        }
        own = {name: value for name, value in row.attributes.items() if name not in shared}
        interview = {**row.interview_attributes, **shared}
        settled.append(replace(row, interview_attributes=interview, attributes=own))
    return settled


def _by_interview(rows: Iterable[ManifestRow]) -> dict[str, list[ManifestRow]]:
    found: dict[str, list[ManifestRow]] = defaultdict(list)
    for row in rows:
        found[row.interview].append(row)
    return dict(found)
