"""Many codings from one CSV, in one act: thousands of rows, checked whole before any is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.coding import Coding, Origin, Segment
from qualcode.model.people import coder_key
from qualcode.services import memos
from qualcode.services.intake.importing import Progress
from qualcode.services.places import PlacedText, TranscriptNames
from qualcode.services.tables import Row
from qualcode.services.work.coding import Place, locate, usable_code
from qualcode.services.work.coding_rows import read_rows
from qualcode.store import kinds, queries, records
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.queries import VersionRef
from qualcode.store.store import Store
from qualcode.store.versions import versions

_YES = frozenset({"yes", "y", "true", "1", "x", "?"})
_NO = frozenset({"", "no", "n", "false", "0"})
_PROGRESS_EVERY = 200


@dataclass(frozen=True, slots=True)
class TableReport:
    """What a table of codings did: new or changed codings, those that were so already, memos."""

    codings: int
    unchanged: int
    memos: int
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    coding: Coding
    transcript: str
    memo: str


def tag_from(
    store: Store,
    table: Path,
    *,
    dry_run: bool = False,
    by: str | None,
    at: datetime,
    progress: Progress | None = None,
) -> TableReport:
    """Put all codings of a CSV in, in one act that one undo takes back.

    Columns: `transcript`, `code`, and `start` with `end` or `quote`; optionally `coder` (else
    `by`), `memo`, `doubt`, and `version`, without which `start` and `end` say nothing of a
    transcript that was corrected. Raises SeveralErrors with one error for every row that is wrong;
    then nothing is written. Rows that are there already change nothing.
    """
    table_rows = read_rows(table)
    opened = store.rehearsing if dry_run else store.act
    with opened("tag from a table", by=by or _first_coder(table_rows, table), at=at) as act:
        reader = _Reader(act.session, table, by)
        rows: list[_Row] = []
        problems: list[errors.QualcodeError] = []
        for done, row in enumerate(table_rows):
            if progress is not None and done % _PROGRESS_EVERY == 0:
                progress(done, len(table_rows))
            try:
                rows.append(reader.row(row))
            except errors.QualcodeError as error:
                problems.append(error)
        if problems:
            raise errors.SeveralErrors(problems)
        report = _write(act, rows, at)
    if progress is not None:
        progress(len(table_rows), len(table_rows))
    return report


def _write(act: Act, rows: Sequence[_Row], at: datetime) -> TableReport:
    known_coders = {coder_key(coder.name) for coder in queries.coders(act.session)}
    names = {coder_key(row.coding.coder): row.coding.coder for row in rows}
    said = [
        Record(kinds.CODER, (uid,), {"name": name})
        for uid, name in names.items()
        if uid not in known_coders
    ]
    said += [records.coding_record(row.coding, transcript=row.transcript) for row in rows]
    if any(row.memo for row in rows):
        known_memos = {memo.uid for memo in queries.memos(act.session)}
        for row in rows:
            if row.memo:
                note = memos.coding_memo_record(
                    row.coding.uid,
                    row.memo,
                    coder=row.coding.coder,
                    at=at,
                    transcript=row.transcript,
                    known=known_memos,
                )
                said += [] if note is None else [note]
    changed = act.ensure(said)
    codings = sum(record.kind is kinds.CODING for record in changed)
    distinct = len({(row.coding.segment, row.coding.code, row.coding.coder) for row in rows})
    return TableReport(
        codings=codings,
        unchanged=distinct - codings,
        memos=sum(record.kind is kinds.MEMO for record in changed),
        coders=tuple(names[uid] for uid in sorted(names)),
    )


class _Reader:
    """Turns rows of cells into codings; looks each transcript and code up once."""

    def __init__(self, session: Session, table: Path, by: str | None) -> None:
        self._session = session
        self._table = table
        self._by = by
        self._names = TranscriptNames(session)
        self._book, self._retired = queries.codebook(session)
        self._refs: dict[str, VersionRef] = {}
        self._codes: dict[str, Code] = {}
        self._texts: dict[str, PlacedText] = {}

    def row(self, row: Row) -> _Row:
        """The coding of one row; raises the error of what is wrong with it."""
        where, cells = f"{self._table}:{row.line}", row.cells
        ref = self._ref(cells.get("transcript", ""), where)
        code = self._code(cells.get("code", ""), where)
        start, end = self._span(cells, ref, where)
        coder = cells.get("coder") or self._by
        if not coder:
            raise errors.CodingTableError(
                "the row does not say who coded",
                where=where,
                mend="Fill the column coder, or give --coder.",
            )
        coding = Coding(
            Segment(ref.version, start, end),
            code.id,
            coder,
            doubt=_doubt(cells.get("doubt", ""), where),
            origin=Origin.PERSON,
        )
        return _Row(coding, ref.transcript, cells.get("memo", ""))

    def _ref(self, name: str, where: str) -> VersionRef:
        if name not in self._refs:
            self._refs[name] = self._names.find(name, where=where)
        return self._refs[name]

    def _code(self, name: str, where: str) -> Code:
        if name not in self._codes:
            self._codes[name] = usable_code(self._book, self._retired, name, where=where)
        return self._codes[name]

    @cached_property
    def _versions(self) -> dict[str, tuple[int, bool]]:
        """Of each transcript, the number of its current version, and whether it is the only one."""
        known = versions(self._session)
        counts = Counter(one.transcript for one in known)
        return {
            one.transcript: (one.number, counts[one.transcript] == 1)
            for one in known
            if one.is_current
        }

    def _check_version(self, cells: dict[str, str], ref: VersionRef, where: str) -> None:
        """Characters counted in other words than the current ones are of other passages."""
        current, is_only = self._versions[ref.transcript]
        said = cells.get("version", "")
        if not said and not (is_only or cells.get("quote")):
            raise errors.CodingTableError(
                f"'{ref.name}' was corrected, and the row does not say in which version it counts",
                where=where,
                mend="Give the words in a column quote, or the number in a column version.",
            )
        if said and said != str(current):
            raise errors.CodingTableError(
                f"the row is not of version {current}, which is the current one of '{ref.name}'",
                where=where,
                mend="Give the words in a column quote, and leave the column version empty.",
            )

    def _span(self, cells: dict[str, str], ref: VersionRef, where: str) -> tuple[int, int]:
        self._check_version(cells, ref, where)
        quote = cells.get("quote")
        if quote:
            span = locate(self._text(ref), Place(quote=quote), where=where).span
            return span.start, span.end
        try:
            start, end = int(cells.get("start", "")), int(cells.get("end", ""))
        except ValueError:
            raise errors.CodingTableError(
                "start and end are not two whole numbers",
                where=where,
                mend="Give characters counted from 0, or the words in a column quote.",
            ) from None
        if start >= end:
            raise errors.EmptySpanError(start, end, where=where)
        if start < 0 or end > ref.characters:
            raise errors.SpanOutsideTextError(start, end, where=where, length=ref.characters)
        return start, end

    def _text(self, ref: VersionRef) -> PlacedText:
        if ref.version not in self._texts:
            stored = queries.texts(self._session, [ref.version])[ref.version]
            self._texts[ref.version] = PlacedText(ref.name, stored)
        return self._texts[ref.version]


def _doubt(cell: str, where: str) -> bool:
    word = cell.strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise errors.CodingTableError(
        "doubt is neither yes nor no", where=where, mend="Write yes, or leave the cell empty."
    )


def _first_coder(rows: Sequence[Row], table: Path) -> str:
    """Who acts where nobody was named: the first coder of the table."""
    for row in rows:
        if "coder" in row.cells:
            return row.cells["coder"]
    raise errors.CodingTableError(
        "no row says who coded", where=str(table), mend="Fill the column coder, or give --coder."
    )
