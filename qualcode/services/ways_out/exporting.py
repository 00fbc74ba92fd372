"""What people let leave: each finished value as a file, or as bytes for a stream.

All of it goes through the one `door`, which is told what it has to know of the value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from qualcode import errors
from qualcode.exporters import (
    write_book,
    write_comparison,
    write_evidence,
    write_matrix,
    write_quotations,
)
from qualcode.exporters.csv import evidence_csv
from qualcode.exporters.registry import (
    BOOK_EXPORTERS,
    COMPARISON_EXPORTERS,
    EVIDENCE_EXPORTERS,
    MATRIX_EXPORTERS,
    QUOTATION_EXPORTERS,
)
from qualcode.exporters.table_or_list import laid_out_alike
from qualcode.model.book import QuotationBook
from qualcode.model.consent import Audience
from qualcode.model.document import PLAIN, DocumentOptions
from qualcode.model.evidence import QUOTATIONS, Evidence, TableOptions
from qualcode.model.matrix import Comparison, ExportReport, MatrixReport, Quotation
from qualcode.services.charts import booking
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import departing, door, own_words
from qualcode.services.ways_out.departing import Departing, cases_in, quotations_in, summaries_in
from qualcode.services.ways_out.door import Sent
from qualcode.services.ways_out.putting import check_place, stands_there
from qualcode.store.store import Store

__all__ = [
    "Saved",
    "Sent",
    "book_bytes",
    "check_export",
    "check_quotations",
    "check_target",
    "check_words",
    "comparison_bytes",
    "is_book",
    "let_out",
    "let_out_evidence",
    "matrix_bytes",
    "quotations_bytes",
    "readable",
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
readable = departing.readable

_ENDINGS = frozenset(
    {*MATRIX_EXPORTERS, *BOOK_EXPORTERS, *QUOTATION_EXPORTERS}
    | {*EVIDENCE_EXPORTERS, *COMPARISON_EXPORTERS}
)
"""What says the format of a file at its end."""


class LetOut(NamedTuple):
    """Quotations as they may be read, and what is to be said besides."""

    quotations: tuple[Quotation, ...]
    warnings: tuple[str, ...]


def let_out(store: Store, quotations: Sequence[Quotation]) -> LetOut:
    """Let quotations leave as values, or refuse them."""
    shown = departing.readable(store, quotations)
    return LetOut(shown, door.pour(store, _quotations(shown, "json"), None)[1])


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
    """Write several matrices, each to its target: all of them, or none.

    They are parts of one, and laid out as the whole would be; the first report says why.
    """
    laid = laid_out_alike([report for report, _ in reports], options.layout)
    if len(reports) > 1:
        options = replace(options, layout=laid.layout)
    leaving = [
        (_matrix(report, _chosen(target, format), options), target) for report, target in reports
    ]
    first, *others = door.save(store, leaving, by=by, at=at)
    return (replace(first, choice=laid.choice if first.layout else ""), *others)


def matrix_bytes(
    store: Store,
    report: MatrixReport,
    format: str,  # noqa: A002
    options: DocumentOptions = PLAIN,
    *,
    sent: Sent | None = None,
) -> tuple[bytes, tuple[str, ...]]:
    """The same bytes, and what is to be said besides.

    `sent` says who lets them go as a stream, and when; None is a look at what stays here.
    """
    return door.pour(store, _matrix(report, format, options), sent)


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
    shown = departing.readable(store, quotations)
    leaving = _quotations(shown, _chosen(target, format))
    return door.save(store, [(leaving, target)], by=by, at=at)[0]


def quotations_bytes(
    store: Store,
    quotations: Sequence[Quotation],
    format: str,  # noqa: A002
    *,
    sent: Sent | None = None,
) -> tuple[bytes, tuple[str, ...]]:
    """The same bytes, and what is to be said besides.

    `sent` says who lets them go as a stream, and when; None is a look at what stays here.
    """
    return door.pour(store, _quotations(departing.readable(store, quotations), format), sent)


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
    leaving = _book(book, _chosen(target, format), options)
    return door.save(store, [(leaving, target)], by=by, at=at)[0]


def book_bytes(
    store: Store,
    book: QuotationBook,
    format: str,  # noqa: A002
    options: DocumentOptions = PLAIN,
    *,
    sent: Sent | None = None,
) -> tuple[bytes, tuple[str, ...]]:
    """The same bytes, and what is to be said besides.

    `sent` says who lets them go as a stream, and when; None is a look at what stays here.
    """
    return door.pour(store, _book(book, format, options), sent)


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
    chosen = _chosen(target, format)
    leaving = [(_evidence(evidence, chosen, options), target)]
    leaving += [
        (one, target.with_name(f"{target.stem}-{what}{target.suffix}"))
        for what, one in _written_beside(evidence, chosen, options)
    ]
    reports = door.save(store, leaving, by=by, at=at)
    files = tuple(file for _, file in leaving)
    return _as_one(reports, files), files


def let_out_evidence(store: Store, evidence: Evidence) -> None:
    """Let a study's evidence pass the gate, as the workbook of it would."""
    door.pour(store, _evidence(evidence, "xlsx", QUOTATIONS), None)


def _as_one(reports: Sequence[ExportReport], files: Sequence[Path]) -> ExportReport:
    """The report of a table, with what is to be said of the files beside it."""
    table, *others = reports
    warnings = dict.fromkeys((*table.warnings, *(said for one in others for said in one.warnings)))
    beside = [
        f"{file.name}: {key}"
        for file, one in zip(files[1:], others, strict=True)
        for key in one.changed
    ]
    return replace(
        table,
        replaced_characters=sum(one.replaced_characters for one in reports),
        warnings=tuple(warnings),
        changed=(*table.changed, *beside),
        changed_at=(*table.changed_at, *beside),
    )


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
    leaving = _comparison(comparison, _chosen(target, format), audience)
    return door.save(store, [(leaving, target)], by=by, at=at)[0]


def comparison_bytes(
    store: Store,
    comparison: Comparison,
    format: str,  # noqa: A002
    audience: Audience = Audience.TEAM,
    *,
    sent: Sent | None = None,
) -> tuple[bytes, tuple[str, ...]]:
    """The same bytes, and what is to be said besides.

    `sent` says who lets them go as a stream, and when; None is a look at what stays here.
    """
    return door.pour(store, _comparison(comparison, format, audience), sent)


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
            target.name, what="evidence", known=[f".{one}" for one in known], by_ending_alone=True
        )


def check_quotations(target: Path) -> None:
    """The same of quotations, which are a list or a book."""
    known = (*QUOTATION_EXPORTERS, *BOOK_EXPORTERS)
    if _suffix(target) not in known:
        raise errors.UnknownSuffixError(
            target.name, what="quotations", known=[f".{one}" for one in known]
        )


def check_target(target: Path) -> None:
    """Refuse a file that `save_codings` would refuse, before anything is asked or written.

    Raises UnknownSuffixError, OutputError, or FileExistsAlreadyError.
    """
    check_quotations(target)
    check_place(target, _suffix(target))


# -- what is to leave ------------------------------------------------------------------------------


def _matrix(report: MatrixReport, format: str, options: DocumentOptions) -> Departing:  # noqa: A002
    bare = partial(write_matrix, format=format, options=_bare(options))
    return Departing(
        write=partial(write_matrix, report, format=format, options=options),
        format=_plain(format),
        quotations=quotations_in(report),
        audience=report.audience,
        register=report.register,
        frame=True,
        cases=cases_in(report.comparisons),
        summaries=summaries_in(report),
        blank=own_words.of_nobody(bare, report),
        value=report,
        has_template=options.template is not None,
    )


def _quotations(quotations: Sequence[Quotation], format: str) -> Departing:  # noqa: A002
    write, listed = partial(write_quotations, format=format), tuple(quotations)
    return Departing(
        write=partial(write, listed),
        format=_plain(format),
        quotations=listed,
        blank=own_words.of_nobody(write, listed),
        value=listed,
    )


def _book(book: QuotationBook, format: str, options: DocumentOptions) -> Departing:  # noqa: A002
    bare = partial(write_book, format=format, options=_bare(options))
    return Departing(
        write=partial(write_book, book, format=format, options=options),
        format=_plain(format),
        quotations=quotations_in(book),
        audience=book.audience,
        register=book.register,
        frame=True,
        blank=own_words.of_nobody(bare, book),
        value=book,
        has_template=options.template is not None,
    )


def _evidence(evidence: Evidence, format: str, options: TableOptions) -> Departing:  # noqa: A002
    write = partial(write_evidence, format=format, options=options)
    return Departing(
        write=partial(write, evidence),
        format=_plain(format),
        quotations=quotations_in(evidence),
        audience=evidence.audience,
        register=evidence.register,
        frame=True,
        blank=own_words.of_nobody(write, evidence),
        value=evidence,
    )


def _comparison(comparison: Comparison, format: str, audience: Audience) -> Departing:  # noqa: A002
    write = partial(write_comparison, format=format)
    return Departing(
        write=partial(write, comparison),
        format=_plain(format),
        audience=audience,
        frame=True,
        cases=cases_in([comparison]),
        blank=own_words.of_nobody(write, comparison),
        value=comparison,
    )


def _written_beside(
    evidence: Evidence,
    format: str,  # noqa: A002
    options: TableOptions,
) -> Iterator[tuple[str, Departing]]:
    """What belongs beside a table, by the ending of its name."""
    if EVIDENCE_EXPORTERS.get(_plain(format)) != evidence_csv.__name__:
        return
    for what in evidence_csv.beside(options.table):
        write = partial(evidence_csv.write_beside, options=options, what=what)
        yield (
            what,
            Departing(
                write=partial(write, evidence),
                format=_plain(format),
                blank=own_words.of_nobody(write, evidence),
                value=evidence,
                audience=evidence.audience,
                is_recorded=False,
            ),
        )


def _bare(options: DocumentOptions) -> DocumentOptions:
    """The same wishes without a house's template."""
    return replace(options, template=None)


def _chosen(target: Path, format: str | None) -> str:  # noqa: A002
    """The format of the file's ending, or the one given where the ending says none.

    What is called a table and is none could not even be replaced by the next run of a script.
    """
    ending = _suffix(target)
    if format is None or ending == _plain(format) or not {ending, _plain(format)} <= _ENDINGS:
        return format or ending
    raise errors.UsageError(
        f"'{target.name}' is not what a file of the format {_plain(format)} is called",
        mend=f"Call it {target.with_suffix('.' + _plain(format)).name}, or leave the format out.",
    )


def _suffix(target: Path) -> str:
    return target.suffix.lower().removeprefix(".") or target.name


def _plain(format: str) -> str:  # noqa: A002
    return format.lower().removeprefix(".")
