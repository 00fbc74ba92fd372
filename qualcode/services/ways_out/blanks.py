"""The same file of a study in which nobody is: what stands in it is ours, and gives nobody away.

A document has words of its own, in its headings, styles and keys, and one of them may be somebody's
surname. The gate asks for these words where it has found something.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Final

from qualcode.exporters import (
    write_book,
    write_comparison,
    write_evidence,
    write_matrix,
    write_quotations,
)
from qualcode.model.book import BookCode, BookTheme, QuotationBook
from qualcode.model.document import DocumentOptions
from qualcode.model.evidence import Evidence, TableOptions
from qualcode.model.matrix import (
    BalanceLine,
    Cell,
    Comparison,
    CountLine,
    Matrix,
    MatrixColumn,
    MatrixReport,
    MatrixRow,
    Quotation,
    RegisterLine,
    ThemeSection,
    Variation,
)

_X: Final = "x"
_QUOTE: Final = Quotation(
    _X, _X, _X, _X, _X, _X, _X, 1, _X, 0, 1, 1, _X, _X, before=_X, after=_X, number=1
)
_MATRIX: Final = Matrix(
    (MatrixRow(_X, _X, (_X,)),), (MatrixColumn(_X, _X, _X),), ((Cell((_QUOTE,), None, 1, 1),),)
)
_COMPARISON: Final = Comparison(
    _X, (_X,), (Variation(_X, _X, True, ((1, 1),), (1, 1), (_X,), None, (_X,)),)
)
_REGISTER: Final = (RegisterLine(_X, _X, _X, _X, _X, 1),)
_COLOUR: Final = "#44546a"


def matrix(report: MatrixReport, format: str, options: DocumentOptions) -> bytes:  # noqa: A002
    """A matrix with one case, of whom it says nothing; a house's own template is not ours."""
    nobody = replace(
        report,
        title=_X,
        subtitle=_X,
        matrix=_MATRIX,
        facts=(),
        groups=(),
        counts=(CountLine(_X, _X, True, _COLOUR, (), (1, 1)),),
        sections=(ThemeSection(_X, _X, _X, _COLOUR, _MATRIX),),
        register=_REGISTER,
        comparisons=tuple(
            replace(_COMPARISON, rule=compared.rule) for compared in report.comparisons[:1]
        ),
        balance=(BalanceLine(_X, 1, 1, _X),) if report.balance else (),
        provenance=tuple((label, _X) for label, _ in report.provenance),
    )
    out = BytesIO()
    write_matrix(nobody, out, format=format, options=replace(options, template=None))
    return out.getvalue()


def quotations(format: str) -> bytes:  # noqa: A002
    """One quotation that says nothing."""
    out = BytesIO()
    write_quotations([_QUOTE], out, format=format)
    return out.getvalue()


def book(value: QuotationBook, format: str, options: DocumentOptions) -> bytes:  # noqa: A002
    """A book with one quotation."""
    code = BookCode(_X, _X, _X, (_QUOTE,))
    nobody = replace(
        value,
        title=_X,
        subtitle=_X,
        themes=(BookTheme(_X, _X, _X, _COLOUR, (code,)),),
        facts=(),
        register=_REGISTER,
        provenance=(),
    )
    out = BytesIO()
    write_book(nobody, out, format=format, options=replace(options, template=None))
    return out.getvalue()


def evidence(value: Evidence, format: str, options: TableOptions) -> bytes:  # noqa: A002
    """Tables with one coding."""
    nobody = replace(
        value,
        title=_X,
        quotations=(_QUOTE,),
        matrix=_MATRIX,
        register=_REGISTER,
        codes=(),
        attributes=(),
        facts=(),
        provenance=(),
    )
    out = BytesIO()
    write_evidence(nobody, out, format=format, options=options)
    return out.getvalue()


def comparison(value: Comparison, format: str) -> bytes:  # noqa: A002
    """A comparison of one group in one theme, by the same rule."""
    out = BytesIO()
    write_comparison(replace(_COMPARISON, rule=value.rule), out, format=format)
    return out.getvalue()
