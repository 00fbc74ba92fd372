"""The border to PDF: pieces of text and where on which page they stand.

A PDF knows no lines, only signs at places; what makes lines of them is in
`grammar.printed_pages`. pypdf reads damaged files as far as it can and some of them for ever, so
what it may do is bounded, and everything that it raises becomes one of our errors here.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.errors import DamagedFileError, PasswordProtectedError, TooMuchPrintedError
from qualcode.readers.ground.source import LARGEST_TEXT_BYTES, check_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject, PdfReader

    from qualcode.readers.ground.source import Source

MARK = b"%PDF-"
# Some programs write a line or two before the mark; readers look this far.
MARK_WITHIN = 1024
_END = b"%%EOF"
# A PDF that is whole says so at its end; what mail programs append is shorter than this.
_END_WITHIN = 4096

_MOST_PAGES = 2_000
# Operations and strings shown, each of which costs pypdf some 9 µs: 18 s, nearly twice what any
# other format may take, for MAXQDA prints an interview of ten hours with nearly as many.
_MOST_WORK = 2_000_000
# What costs as much as one of them: signs in a string, and bytes of a form, which is parsed anew
# each time it is drawn.
_SIGNS, _FORM_BYTES = 30, 10
_LARGEST_STREAM = 6_000_000
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": LARGEST_TEXT_BYTES,
    "array_based_stream_maximum_output_length": _LARGEST_STREAM,
    "lzw_maximum_output_length": _LARGEST_STREAM,
    "run_length_maximum_output_length": _LARGEST_STREAM,
    "zlib_maximum_output_length": _LARGEST_STREAM,
    "zlib_maximum_recovery_input_length": 1_000_000,
    "stream_decoding_work_maximum_length": 4 * _LARGEST_STREAM,
    "stream_parsing_work_maximum_count": 500_000,
    "dictionary_maximum_element_count": 20_000,
    "page_tree_maximum_entries": 4 * _MOST_PAGES,
    "page_tree_maximum_page_entries": 100 * _MOST_PAGES,
    "xform_maximum_invocations_per_extraction": 100,
}
# No page is so large, in points, but a damaged one may say that it has no end.
_FAR = 1e6
# Forms may hold forms; more of them than this are an attack.
_MOST_FORMS = 200

# What pypdf lets through where a file is damaged, besides errors of its own.
_OF_DAMAGE: tuple[type[Exception], ...] = (
    zlib.error,  # of streams that are cut off
    struct.error,  # of fonts
    ArithmeticError,  # of matrices
    LookupError,  # of what an object must hold and does not
    TypeError,  # of objects of another kind than is expected
    AttributeError,
    ValueError,  # of numbers and names that are none
    NotImplementedError,  # of filters and ciphers
    AssertionError,
    OSError,  # of places outside the file
    RecursionError,  # of objects that hold each other
)

_BOLD = re.compile(r"bold|black|heavy", re.I)


class Piece(NamedTuple):
    """Signs that follow each other without a jump, where the first stands.

    `x` and `y` are in points from the lower left corner. `ends` where pypdf sees a line end.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool
    ends: bool


class PdfPage(NamedTuple):
    """What is printed on one page, in the order in which the file prints it."""

    pieces: list[Piece]
    height: float


class Printed(NamedTuple):
    """The pages of a document, and the title that its file bears."""

    pages: list[PdfPage]
    title: str | None


def read_pdf_pages(source: Source, *, title: str) -> Printed:
    """The pages of a PDF; `title` is what the format is called in errors.

    Raises DamagedFileError, PasswordProtectedError, TooLargeError or TooMuchPrintedError.
    """
    check_length(len(source.data), source.where)
    if _END not in source.data[-_END_WITHIN:]:
        raise DamagedFileError(title, where=source.where, detail="its end is missing")
    # 150 ms to import.
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import (
        DependencyError,
        FileNotDecryptedError,
        LimitReachedError,
        PyPdfError,
    )

    # pypdf says on stderr what it had to guess; a log that somebody opened still gets it.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    of_damage: tuple[type[Exception], ...] = (PyPdfError, *_OF_DAMAGE)
    try:
        with apply_configuration(**_LIMITS):
            reader = PdfReader(io.BytesIO(source.data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise PasswordProtectedError(where=source.where)
            return _read_pages(reader, source, title)
    except LimitReachedError as endless:
        detail = "reading it would take more work than any interview does"
        raise DamagedFileError(title, where=source.where, detail=detail) from endless
    # Ciphers that only another library knows, and passwords.
    except (DependencyError, FileNotDecryptedError) as locked:
        raise PasswordProtectedError(where=source.where) from locked
    except of_damage as broken:
        raise DamagedFileError(title, where=source.where) from broken


def _read_pages(reader: PdfReader, source: Source, title: str) -> Printed:
    pages: list[PdfPage] = []
    budget = _Budget(source)
    for page in reader.pages:
        if len(pages) >= _MOST_PAGES:
            raise TooMuchPrintedError(where=source.where, most_pages=_MOST_PAGES)
        contents = page.get_contents()
        budget.spend_content(len(contents.get_data()) if contents is not None else 0)
        budget.form = _largest_form(page)
        pages.append(_read_page(page, budget))
    if not pages:
        raise DamagedFileError(title, where=source.where, detail="it has no pages")
    return Printed(pages, _own_title(reader))


def _own_title(reader: PdfReader) -> str | None:
    try:
        told = str(reader.metadata.get("/Title") or "") if reader.metadata else ""
    except (ValueError, TypeError, AttributeError):  # the words are read; a title is worth no error
        return None
    return " ".join(told.encode("utf-8", "ignore").decode().replace("\0", "").split()) or None


class _Budget:
    """What reading one file may cost, counted in what pypdf is given to do, not in time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._content = 0
        self._work = 0
        self.form = 0  # the size of the largest form that the page may draw

    def spend_content(self, size: int) -> None:
        """Count the content of a page before it is read."""
        self._content += size
        check_length(self._content, self._source.where)

    def spend_work(self, operator: Any, operands: Sequence[Any], _cm: Any, _tm: Any) -> None:
        """Count one operation; pypdf calls this before it does it."""
        self._work += 1 + (self.form // _FORM_BYTES if operator == b"Do" else 0)
        for operand in operands:
            if isinstance(operand, (str, bytes)):
                self._work += len(operand) // _SIGNS
            elif isinstance(operand, list):
                # Numbers between the strings of a line only move them.
                self._work += sum(
                    1 + len(shown) // _SIGNS for shown in operand if isinstance(shown, (str, bytes))
                )
        if self._work > _MOST_WORK:
            raise TooMuchPrintedError(where=self._source.where)


def _largest_form(page: PageObject) -> int:
    """The size of the largest form that a page, or a form on it, draws; pictures do not count."""
    from pypdf.generic import StreamObject

    largest, seen = 0, 0
    waiting: list[Any] = [page.get("/Resources")]  # of any kind in a damaged file
    while waiting:
        resources = waiting.pop()
        resources = resources.get_object() if resources is not None else None
        drawn = resources.get("/XObject") if isinstance(resources, dict) else None
        drawn = drawn.get_object() if drawn is not None else None
        for thing in drawn.values() if isinstance(drawn, dict) else ():
            form = thing.get_object()
            seen += 1
            if not isinstance(form, StreamObject) or seen > _MOST_FORMS:
                continue
            if form.get("/Subtype") != "/Form":
                continue
            largest = max(largest, len(form.get_data()))
            waiting.append(form.get("/Resources"))
    return largest


def _read_page(page: PageObject, budget: _Budget) -> PdfPage:
    box = page.cropbox
    left, bottom, right, top = (max(-_FAR, min(_FAR, float(edge))) for edge in box)
    left, right, bottom, top = (
        min(left, right),
        max(left, right),
        min(bottom, top),
        max(bottom, top),
    )
    pieces: list[Piece] = []

    def take(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if not text:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        words = text.strip("\n")
        # What stands outside the page is not seen; MAXQDA prints all its numbers on each.
        if words.strip() and not (left <= x <= right and bottom <= y <= top):
            return
        tall = abs(size * (abs(tm[2] * cm[1] + tm[3] * cm[3]) or 1.0))
        name = str(font.get("/BaseFont", "")) if font else ""
        bold = _BOLD.search(name) is not None
        pieces.append(Piece(words, x - left, y - bottom, tall, bold, text[-1] == "\n"))

    page.extract_text(visitor_operand_before=budget.spend_work, visitor_text=take)
    return PdfPage(pieces, top - bottom)
