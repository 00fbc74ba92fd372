"""What leaves a project as a value: looked at, written to a file, or taken as bytes.

Consent is asked each time: when a value is looked at, and again when it is written, so that one
that was made before somebody withdrew shows nothing of them afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Never, TypedDict, TypeVar, Unpack, overload

from qualcode.api.opened import Pathish, now, one_of
from qualcode.api.words import refuse_written
from qualcode.model.book import QuotationBook
from qualcode.model.consent import Audience
from qualcode.model.document import DocumentOptions, Layout, Notes, Paper
from qualcode.model.evidence import Evidence, EvidenceTable, TableOptions
from qualcode.model.matrix import Comparison, ExportReport, MatrixReport, Quotation
from qualcode.services.charts import splitting
from qualcode.services.retrieval import standing
from qualcode.services.retrieval.retrieving import Found, Hit
from qualcode.services.retrieval.without_places import without_places
from qualcode.services.ways_out import exporting, wishes
from qualcode.services.ways_out.exporting import Sent
from qualcode.services.ways_out.wishes import TableWishes, Wishes
from qualcode.store.store import Store

_Value = TypeVar("_Value")

Poured = tuple[bytes, tuple[str, ...]]
"""Bytes, and what is to be said besides."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The project that a value comes from: it is asked once more before the value leaves."""

    store: Store
    by: str

    def sent(self) -> Sent:
        """Who lets something go through a stream, at this moment."""
        return Sent(self.by, now())


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the files, the one that was asked for first, and what is in it."""

    files: tuple[Path, ...]
    report: ExportReport


class BookWishes(TypedDict, total=False):
    """How a quotation book is laid out in a .docx.

    `notes` are `footnotes`, `endnotes` or `inline`, and `template` is a .docx of the house.
    """

    notes: Notes | str | None
    template: Pathish | None


class MatrixWishes(BookWishes, total=False):
    """How a matrix is laid out in a document.

    `layout` is `matrix` or `list`; by itself a list is taken where most cells would be empty.
    `paper` is `a4` or `a3`; with False, `context` or `memos` are left out.
    """

    layout: Layout | str | None
    paper: Paper | str | None
    context: bool
    memos: bool


@dataclass(frozen=True)
class MatrixTable:
    """A matrix, to be looked at (`report`) or written."""

    _report: MatrixReport = field(repr=False)
    _origin: Origin = field(repr=False)
    _build: Callable[..., MatrixReport] = field(repr=False)

    @property
    def report(self) -> MatrixReport:
        """The matrix as a value. Raises LeakError or ConsentChangedError."""
        # The one says all that is cited, the other all that is said of the whole, as its title.
        for form in ("json", "html"):
            exporting.matrix_bytes(self._origin.store, self._report, form)
        return without_places(self._report)

    def write(
        self,
        file: Pathish,
        *,
        format: str | None = None,  # noqa: A002
        **laid: Unpack[MatrixWishes],
    ) -> ExportReport:
        """Write it as the ending says, such as `.docx`, `.xlsx` or `.html`; whole or not at all.

        Raises OptionInVainError where a file of that format knows no such wish, or TemplateError.
        """
        target = Path(file)
        return exporting.save_matrix(
            self._origin.store,
            self._report,
            target,
            format=format,
            options=self._options(format or target.suffix, laid),
            by=self._origin.by,
            at=now(),
        )

    def write_parts(
        self,
        file: Pathish,
        by: str = splitting.THEME,
        *,
        format: str | None = None,  # noqa: A002
        **laid: Unpack[MatrixWishes],
    ) -> tuple[Written, ...]:
        """Write a file for each theme or place beside `file`, with the numbers of the whole.

        They are made of what is coded now, all of them or none: beside `matrix.docx` stands
        `matrix-funding.docx`.
        """
        target = Path(file)
        parts = splitting.split(self._origin.store, self._build, target, by=by).parts
        done = exporting.save_matrices(
            self._origin.store,
            parts,
            format=format,
            options=self._options(format or target.suffix, laid),
            by=self._origin.by,
            at=now(),
        )
        return tuple(Written((one,), report) for (_, one), report in zip(parts, done, strict=True))

    def to_bytes(
        self,
        format: str,  # noqa: A002
        **laid: Unpack[MatrixWishes],
    ) -> Poured:
        """What a file of this format would hold, for a stream; it is put down as an export."""
        return exporting.matrix_bytes(
            self._origin.store,
            self._report,
            format,
            self._options(format, laid),
            sent=self._origin.sent(),
        )

    def _options(self, format: str, laid: MatrixWishes) -> DocumentOptions:  # noqa: A002
        refuse_written("matrix", laid)
        layout, paper = laid.get("layout"), laid.get("paper")
        wished: Wishes = {
            **_of_book(laid),
            "layout": None if layout is None else one_of(Layout, layout),
            "paper": None if paper is None else one_of(Paper, paper),
            "context": laid.get("context", True),
            "memos": laid.get("memos", True),
        }
        return wishes.for_matrix(format, wished, show=self._report.show)


@dataclass(frozen=True)
class Book:
    """A quotation book, to be looked at (`book`) or written."""

    _book: QuotationBook = field(repr=False)
    _origin: Origin = field(repr=False)

    @property
    def book(self) -> QuotationBook:
        """The book as a value. Raises LeakError or ConsentChangedError."""
        exporting.book_bytes(self._origin.store, self._book, "html")
        return without_places(self._book)

    def write(
        self,
        file: Pathish,
        *,
        format: str | None = None,  # noqa: A002
        **laid: Unpack[BookWishes],
    ) -> ExportReport:
        """Write it as the ending says, `.docx`, `.md` or `.html`; whole or not at all.

        Raises as the matrix does.
        """
        target = Path(file)
        return exporting.save_book(
            self._origin.store,
            self._book,
            target,
            format=format,
            options=_book_options(format or target.suffix, laid),
            by=self._origin.by,
            at=now(),
        )

    def to_bytes(
        self,
        format: str,  # noqa: A002
        **laid: Unpack[BookWishes],
    ) -> Poured:
        """What a file of this format would hold, for a stream; it is put down as an export."""
        return exporting.book_bytes(
            self._origin.store,
            self._book,
            format,
            _book_options(format, laid),
            sent=self._origin.sent(),
        )


@dataclass(frozen=True)
class EvidenceTables:
    """The evidence of a study, to be counted (`evidence`) or written."""

    _evidence: Evidence = field(repr=False)
    _origin: Origin = field(repr=False)

    @property
    def evidence(self) -> Evidence:
        """The evidence as a value. Raises LeakError or ConsentChangedError."""
        exporting.let_out_evidence(self._origin.store, self._evidence)
        return without_places(self._evidence)

    def write(
        self,
        file: Pathish,
        *,
        format: str | None = None,  # noqa: A002
        table: EvidenceTable | str = EvidenceTable.QUOTATIONS,
        for_excel: bool = False,
        **elsewhere: Never,
    ) -> Written:
        """Write all of it as `.xlsx`, or one table as `.csv` with its data dictionary beside it.

        `for_excel` puts an apostrophe before what a spreadsheet would take for a formula; the
        report says in which rows.
        """
        refuse_written("evidence", elsewhere)
        report, files = exporting.save_evidence(
            self._origin.store,
            self._evidence,
            Path(file),
            format=format,
            options=_tables(format or Path(file).suffix, table, for_excel),
            by=self._origin.by,
            at=now(),
        )
        return Written(files, report)


class Values(Sequence[_Value]):
    """Values in order, as they may leave at the moment in which they are looked at.

    Each look asks the project one number; only where something was said since on which consent
    rests are the values asked about anew. Raises ConsentChangedError.
    """

    def __init__(
        self,
        found: Sequence[_Value],
        origin: Origin,
        ask: Callable[[Sequence[_Value]], object],
        *,
        asked: standing.Moment,
    ) -> None:
        self._found = tuple(found)
        self._origin = origin
        self._ask = ask
        self._asked = asked

    @overload
    def __getitem__(self, at: int) -> _Value: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_Value, ...]: ...
    def __getitem__(self, at: int | slice) -> _Value | tuple[_Value, ...]:
        return self._now()[at]

    def __iter__(self) -> Iterator[_Value]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._now() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._now())

    def __repr__(self) -> str:
        return repr(self._now())

    def _now(self) -> tuple[_Value, ...]:
        store = self._origin.store
        stands = standing.still(store, self._asked)
        if stands is None:
            stands = standing.moment(store)
            self._ask(self._found)
        self._asked = stands
        return self._found


class Quotations(Values[Quotation]):
    """Quotations in order; they can also be written."""

    def write(self, file: Pathish, *, format: str | None = None) -> ExportReport:  # noqa: A002
        """Write them as the ending says, `.csv` or `.json`; as a book, `Project.book` does."""
        return exporting.save_quotations(
            self._origin.store, self._found, Path(file), format=format, by=self._origin.by, at=now()
        )

    def to_bytes(self, format: str) -> Poured:  # noqa: A002
        """What a file of this format would hold, for a stream; it is put down as an export."""
        return exporting.quotations_bytes(
            self._origin.store, self._found, format, sent=self._origin.sent()
        )


class Hits(Values[Hit]):
    """Places that a search found, in order.

    `names_somebody` is True where the query holds a name that may not be said: then nothing was
    looked for.
    """

    def __init__(
        self,
        found: Found,
        origin: Origin,
        ask: Callable[[Sequence[Hit]], object],
        *,
        asked: standing.Moment,
    ) -> None:
        super().__init__(found.hits, origin, ask, asked=asked)
        self.names_somebody = found.names_somebody


@dataclass(frozen=True)
class ComparisonTable:
    """A comparison of groups, to be looked at (`comparison`) or written."""

    _comparison: Comparison = field(repr=False)
    _audience: Audience = field(repr=False)
    _origin: Origin = field(repr=False)

    @property
    def comparison(self) -> Comparison:
        """The comparison as a value. Raises LeakError or ConsentChangedError."""
        exporting.comparison_bytes(self._origin.store, self._comparison, "json", self._audience)
        return self._comparison

    def write(
        self,
        file: Pathish,
        *,
        format: str | None = None,  # noqa: A002
        **elsewhere: Never,
    ) -> ExportReport:
        """Write it as the ending says, `.md`, `.csv` or `.json`; whole or not at all."""
        refuse_written("compare", elsewhere)
        return exporting.save_comparison(
            self._origin.store,
            self._comparison,
            Path(file),
            format=format,
            audience=self._audience,
            by=self._origin.by,
            at=now(),
        )

    def to_bytes(self, format: str) -> Poured:  # noqa: A002
        """What a file of this format would hold, for a stream; it is put down as an export."""
        return exporting.comparison_bytes(
            self._origin.store,
            self._comparison,
            format,
            self._audience,
            sent=self._origin.sent(),
        )


def _tables(format: str, table: EvidenceTable | str, for_excel: bool) -> TableOptions:  # noqa: A002
    wished: TableWishes = {"table": one_of(EvidenceTable, table), "for_excel": for_excel}
    return wishes.for_evidence(format, wished)


def _book_options(format: str, laid: BookWishes) -> DocumentOptions:  # noqa: A002
    refuse_written("book", laid)
    return wishes.for_book(format, _of_book(laid))


def _of_book(laid: BookWishes | MatrixWishes) -> Wishes:
    notes, template = laid.get("notes"), laid.get("template")
    return {
        "notes": None if notes is None else one_of(Notes, notes),
        "template": None if template is None else Path(template),
    }
