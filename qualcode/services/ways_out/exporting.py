"""The only door: a finished value becomes a file, or bytes for a stream, and passes the gate.

A file is written beside its target, read back, put down among the exports of the project, and only
then put in its place. Where a project cannot be written, it leaves without that record and says so.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from qualcode import errors
from qualcode.exporters import (
    evidence_csv,
    write_book,
    write_comparison,
    write_evidence,
    write_matrix,
    write_quotations,
)
from qualcode.exporters.registry import BOOK_EXPORTERS, EVIDENCE_EXPORTERS, QUOTATION_EXPORTERS
from qualcode.model.book import QuotationBook
from qualcode.model.consent import Audience
from qualcode.model.document import PLAIN, DocumentOptions
from qualcode.model.evidence import QUOTATIONS, Evidence, TableOptions
from qualcode.model.matrix import Comparison, ExportReport, MatrixReport, Quotation
from qualcode.services.charts import booking
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import blanks, departing
from qualcode.services.ways_out.departing import Departing, Writer, quotations_in
from qualcode.services.ways_out.putting import beside, check_place, stands_there
from qualcode.store.store import Store

__all__ = [
    "Saved",
    "book_bytes",
    "check_export",
    "check_quotations",
    "check_target",
    "check_words",
    "comparison_bytes",
    "is_book",
    "matrix_bytes",
    "quotations_bytes",
    "save_book",
    "save_codings",
    "save_comparison",
    "save_evidence",
    "save_matrices",
    "save_matrix",
    "save_quotations",
    "stands_there",
]

check_words = departing.check_words


def check_quotations(store: Store, quotations: Sequence[Quotation]) -> tuple[str, ...]:
    """Let quotations leave as values, or refuse them; returns what is to be said besides."""
    return quotations_bytes(store, quotations, "json")[1]


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written of the codings that were asked for, and how many were not.

    `withheld` may not leave, `gone` are no longer there. `waiting` counts the codings of the whole
    study that were not to be asked for, because their transcript was corrected.
    """

    report: ExportReport
    withheld: int
    gone: int
    waiting: int = 0


def save_matrix(
    store: Store,
    report: MatrixReport,
    target: Path,
    *,
    format: str | None = None,  # noqa: A002  the word that people type
    options: DocumentOptions = PLAIN,
    by: str,
    at: datetime,
) -> ExportReport:
    """Write a matrix in the format of the file's ending, or the one given."""
    done = save_matrices(store, [(report, target)], format=format, options=options, by=by, at=at)
    return done[0]


def save_matrices(
    store: Store,
    reports: Sequence[tuple[MatrixReport, Path]],
    *,
    format: str | None = None,  # noqa: A002
    options: DocumentOptions = PLAIN,
    by: str,
    at: datetime,
) -> tuple[ExportReport, ...]:
    """Write several matrices, each to its target: all of them, or none."""
    leaving = [
        (_matrix(report, format or _suffix(target), options), target) for report, target in reports
    ]
    return _save(store, leaving, by=by, at=at)


def matrix_bytes(
    store: Store,
    report: MatrixReport,
    format: str,  # noqa: A002
    options: DocumentOptions = PLAIN,
) -> tuple[bytes, tuple[str, ...]]:
    """The same bytes, for a stream, and what is to be said besides."""
    return _bytes(store, _matrix(report, format, options))


def save_quotations(
    store: Store,
    quotations: Sequence[Quotation],
    target: Path,
    *,
    format: str | None = None,  # noqa: A002
    by: str,
    at: datetime,
) -> ExportReport:
    """Write quotations in the format of the file's ending, or the one given."""
    leaving = _quotations(quotations, format or _suffix(target))
    return _save(store, [(leaving, target)], by=by, at=at)[0]


def quotations_bytes(
    store: Store,
    quotations: Sequence[Quotation],
    format: str,  # noqa: A002
) -> tuple[bytes, tuple[str, ...]]:
    """The same bytes, for a stream, and what is to be said besides."""
    return _bytes(store, _quotations(quotations, format))


def save_book(
    store: Store,
    book: QuotationBook,
    target: Path,
    *,
    format: str | None = None,  # noqa: A002
    options: DocumentOptions = PLAIN,
    by: str,
    at: datetime,
) -> ExportReport:
    """Write a quotation book in the format of the file's ending, or the one given."""
    leaving = _book(book, format or _suffix(target), options)
    return _save(store, [(leaving, target)], by=by, at=at)[0]


def book_bytes(
    store: Store,
    book: QuotationBook,
    format: str,  # noqa: A002
    options: DocumentOptions = PLAIN,
) -> tuple[bytes, tuple[str, ...]]:
    """The same bytes, for a stream, and what is to be said besides."""
    return _bytes(store, _book(book, format, options))


def save_evidence(
    store: Store,
    evidence: Evidence,
    target: Path,
    *,
    format: str | None = None,  # noqa: A002
    options: TableOptions = QUOTATIONS,
    by: str,
    at: datetime,
) -> tuple[ExportReport, tuple[Path, ...]]:
    """Write a workbook, or a table with what belongs beside it; return the files, that one first.

    Beside `codings.csv` stands `codings-dictionary.csv`, which says what its columns mean.
    """
    chosen = format or _suffix(target)
    leaving = [(_evidence(evidence, chosen, options), target)]
    for what, write in _written_beside(evidence, chosen, options):
        file = target.with_name(f"{target.stem}-{what}{target.suffix}")
        leaving.append((Departing(write, _plain(chosen), audience=evidence.audience), file))
    reports = _save(store, leaving, by=by, at=at)
    return reports[0], tuple(file for _, file in leaving)


def save_comparison(
    store: Store,
    comparison: Comparison,
    target: Path,
    *,
    format: str | None = None,  # noqa: A002
    audience: Audience = Audience.TEAM,
    by: str,
    at: datetime,
) -> ExportReport:
    """Write a comparison in the format of the file's ending, or the one given."""
    leaving = _comparison(comparison, format or _suffix(target), audience)
    return _save(store, [(leaving, target)], by=by, at=at)[0]


def comparison_bytes(
    store: Store,
    comparison: Comparison,
    format: str,  # noqa: A002
    audience: Audience = Audience.TEAM,
) -> tuple[bytes, tuple[str, ...]]:
    """The same bytes, for a stream, and what is to be said besides."""
    return _bytes(store, _comparison(comparison, format, audience))


def is_book(format: str) -> bool:  # noqa: A002
    """True for a format in which quotations are a book to be read, with or without its dot."""
    return _plain(format) in BOOK_EXPORTERS


def save_codings(
    store: Store,
    codings: Collection[str],
    target: Path,
    *,
    context: int = 0,
    by: str,
    at: datetime,
) -> Saved:
    """Write the quotations of these codings, by uid, with what consent lets leave at this moment.

    `context` is the number of words on either side; the file's ending says the format, and `at`
    dates a book.
    """
    found = retrieving.quotes_of(store, codings, context=context)
    if is_book(_suffix(target)):
        booked = booking.build_book(store, only=frozenset(codings), context=context, at=at)
        report = save_book(store, booked.book, target, by=by, at=at)
    else:
        report = save_quotations(store, found.quotations, target, by=by, at=at)
    gone = len(codings) - len(found.quotations) - found.withheld
    return Saved(report, found.withheld, gone, found.waiting)


def check_export(target: Path) -> None:
    """Refuse a name whose ending says nothing that evidence can be written as, before the work.

    Raises UnknownSuffixError.
    """
    known = (*EVIDENCE_EXPORTERS, *BOOK_EXPORTERS)
    if _suffix(target) not in known:
        raise errors.UnknownSuffixError(
            target.name, known=[f".{one}" for one in known], by_ending_alone=True
        )


def check_target(target: Path) -> None:
    """Refuse a file that `save_codings` would refuse, before anything is asked or written.

    Raises UnknownSuffixError, OutputError, or FileExistsAlreadyError.
    """
    suffix = _suffix(target)
    known = (*QUOTATION_EXPORTERS, *BOOK_EXPORTERS)
    if suffix not in known:
        raise errors.UnknownSuffixError(suffix, known=[f".{one}" for one in known])
    check_place(target, suffix)


# -- what is to leave ------------------------------------------------------------------------------


def _matrix(report: MatrixReport, format: str, options: DocumentOptions) -> Departing:  # noqa: A002
    return Departing(
        write=lambda out: write_matrix(report, out, format=format, options=options),
        format=_plain(format),
        quotations=quotations_in(report),
        audience=report.audience,
        register=report.register,
        frame=True,
        blank=partial(blanks.matrix, report, format, options),
    )


def _quotations(quotations: Sequence[Quotation], format: str) -> Departing:  # noqa: A002
    return Departing(
        write=lambda out: write_quotations(quotations, out, format=format),
        format=_plain(format),
        quotations=tuple(quotations),
        blank=partial(blanks.quotations, format),
    )


def _book(book: QuotationBook, format: str, options: DocumentOptions) -> Departing:  # noqa: A002
    return Departing(
        write=lambda out: write_book(book, out, format=format, options=options),
        format=_plain(format),
        quotations=quotations_in(book),
        audience=book.audience,
        register=book.register,
        frame=True,
        blank=partial(blanks.book, book, format, options),
    )


def _evidence(evidence: Evidence, format: str, options: TableOptions) -> Departing:  # noqa: A002
    return Departing(
        write=lambda out: write_evidence(evidence, out, format=format, options=options),
        format=_plain(format),
        quotations=quotations_in(evidence),
        audience=evidence.audience,
        register=evidence.register,
        frame=True,
        blank=partial(blanks.evidence, evidence, format, options),
    )


def _comparison(comparison: Comparison, format: str, audience: Audience) -> Departing:  # noqa: A002
    return Departing(
        write=lambda out: write_comparison(comparison, out, format=format),
        format=_plain(format),
        audience=audience,
        frame=True,
        blank=partial(blanks.comparison, comparison, format),
    )


def _written_beside(
    evidence: Evidence,
    format: str,  # noqa: A002
    options: TableOptions,
) -> Iterator[tuple[str, Writer]]:
    """What belongs beside a table, by the ending of its name."""
    if EVIDENCE_EXPORTERS.get(_plain(format)) != evidence_csv.__name__:
        return
    for what in evidence_csv.beside(options.table):
        yield (
            what,
            partial(evidence_csv.write_beside, evidence, table=options.table, what=what),
        )


# -- the door itself -------------------------------------------------------------------------------


def _save(
    store: Store, leaving: Sequence[tuple[Departing, Path]], *, by: str, at: datetime
) -> tuple[ExportReport, ...]:
    """Write all beside their targets, check them, record them, and put them in their places.

    Raises GateErrors; OutputError where a folder cannot be written to or the disk is full,
    FileExistsAlreadyError where something else than an earlier export stands there.
    """
    reports: list[ExportReport] = []
    with ExitStack() as stack:
        files = [stack.enter_context(beside(target, one.format)) for one, target in leaving]
        consents = []
        for (one, _), file in zip(leaving, files, strict=True):
            report = file.write(one.write)
            consent, warnings = departing.check(store, one, file.path, target=file.target)
            consents.append(consent)
            reports.append(departing.warned(report, warnings))
        for file in files:
            file.check()
        said = departing.record(
            store, list(zip(leaving, reports, consents, strict=True)), by=by, at=at
        )
        for file in files:
            file.put()
    return (departing.warned(reports[0], said), *reports[1:])


def _bytes(store: Store, one: Departing) -> tuple[bytes, tuple[str, ...]]:
    out = io.BytesIO()
    one.write(out)
    _, warnings = departing.check(store, one, out.getvalue())
    return out.getvalue(), warnings


def _suffix(target: Path) -> str:
    return target.suffix.lower().removeprefix(".") or target.name


def _plain(format: str) -> str:  # noqa: A002
    return format.lower().removeprefix(".")
