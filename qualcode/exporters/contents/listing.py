"""The list of contents that every document carries in itself, for `export diff` to read.

It holds keys, places, digests, and what the document itself says of how it was made and how each
is cited; never a word of an interview. A line of JSON is for the project, cases and columns, one
for each cell that holds something, one for each quotation, one for each source where it first
stands. The lines are drawn while they are written, so that a long list costs no memory. Each format
has its own place for them:

    Word, Excel   a part of their own, which LibreOffice Writer keeps when it saves the file
    HTML          a script that is data and never runs
    Markdown      a comment at the end
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcode.model.book import QuotationBook
    from qualcode.model.document import Layout
    from qualcode.model.evidence import Evidence
    from qualcode.model.manifest import Made
    from qualcode.model.matrix import Comparison, MatrixReport, Quotation

VERSION = 1
DIGITS = 12
"""Of a digest: enough to tell two wordings of one place apart, and no more than that."""

NAMESPACE = "urn:qualcode:contents"
SCRIPT_ID = "qualcode-contents"
COMMENT_START, COMMENT_END = "<!-- qualcode contents\n", "-->\n"

PART, PROPERTIES = "customXml/item1.xml", "customXml/itemProps1.xml"
PART_RELATIONS = "customXml/_rels/item1.xml.rels"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PART_RELATION = f"{_OFFICE}/relationships/customXml"
PROPERTIES_RELATION = f"{_OFFICE}/relationships/customXmlProps"

SHARED, AGAINST = "shared by", "against"
"""Columns of a comparison behind those of its groups."""

ALL = "all quotations"
"""The last line of a comparison: how many of them each group has."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Named by its digits, a sign is none that ends a tag, a script or a comment, or that no XML holds.
_MARKUP = re.compile("[<>&\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def digest(words: str) -> str:
    """What stands for words: the same for the same, and nothing of them."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS] if words else ""


def told_by(words: str) -> tuple[int, int]:
    """What stands for the place of a passage of which it is not said: its words, by their digest.

    So two documents know the same passage in both.
    """
    place = int(words or "0", 16)
    return place, place


# -- what a document holds -------------------------------------------------------------------------


def of_matrix(report: MatrixReport, layout: Layout | None = None) -> Iterator[str]:
    """The lines of a matrix; `layout` where it has one."""
    matrix = report.matrix
    made = replace(report.made, layout=str(layout)) if layout else report.made
    yield _line(
        {
            "qualcode": VERSION,
            "rows": [row.key for row in matrix.rows],
            "columns": [column.key for column in matrix.columns],
            "quotations": report.show not in ("counts", "summary"),
            "project": _project(report.facts),
            "made": said_of(made),
        }
    )
    sources: set[str] = set()
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        for column, cell in zip(matrix.columns, cells, strict=True):
            if cell.count or cell.summary:
                yield _line(["cell", row.key, column.key, cell.count, digest(cell.summary or "")])
            for quotation in cell.quotes:
                yield from _quotation(row.key, quotation, sources)


def of_book(book: QuotationBook) -> Iterator[str]:
    """The lines of a quotation book."""
    quotations = (
        quotation for theme in book.themes for code in theme.codes for quotation in code.quotations
    )
    yield from _of_quotations(quotations, book.facts, book.made)


def of_evidence(evidence: Evidence) -> Iterator[str]:
    """The lines of a workbook of evidence."""
    quotations, facts = evidence.quotations, evidence.facts
    yield from _of_quotations(quotations, facts, evidence.made, joined=False)


def of_comparison(comparison: Comparison) -> Iterator[str]:
    """The lines of a comparison: for each theme or code its figures, a group a column."""
    attribute, groups = comparison.attribute, comparison.groups
    head = {"qualcode": VERSION, "table": "comparison", "columns": [*groups, SHARED, AGAINST]}
    yield _line({**head, "made": {"rows": attribute}})
    for line in comparison.lines:
        figures = [f"{cases} of {every}" for cases, every in line.groups]
        said = ["; ".join(line.shared_by), "; ".join(line.against)]
        yield _line(["v", line.key, *figures, *said])
    balance = {one.label: one for one in comparison.balance if one.attribute == attribute}
    if balance:
        weighed = [str(balance[one].quotations) if one in balance else "" for one in groups]
        yield _line(["v", ALL, *weighed, "", ""])


def _of_quotations(
    quotations: Iterable[Quotation],
    facts: Iterable[tuple[str, str]],
    made: Made,
    *,
    joined: bool = True,
) -> Iterator[str]:
    yield _line(
        {
            "qualcode": VERSION,
            "rows": [],
            "columns": [],
            "quotations": True,
            "project": _project(facts),
            "joined": joined,
            "made": said_of(made),
        }
    )
    sources: set[str] = set()
    for quotation in quotations:
        yield from _quotation(quotation.participant or quotation.transcript, quotation, sources)


def _quotation(row: str, q: Quotation, sources: set[str]) -> Iterator[str]:
    """The line of a quotation, behind that of its source where that is the first time."""
    words, cited = digest(q.text), _digest_of_source(q.attribution)
    if cited and cited not in sources:
        sources.add(cited)
        yield _line(["s", cited, q.attribution])
    start, end = (q.start, q.end) if q.placed else told_by(words)
    yield _line(["q", row, q.code, q.transcript, start, end, q.locator, words, cited])


def said_of(made: Made) -> dict[str, str]:
    """What was asked for, by wish, as far as it was."""
    return {wish: value for wish, value in asdict(made).items() if value}


def _project(facts: Iterable[tuple[str, str]]) -> str:
    """What the project is told by: its name as the document says it, without the words."""
    return digest(dict(facts).get("Project", ""))


@lru_cache(maxsize=4096)  # few sources stand behind tens of thousands of quotations
def _digest_of_source(attribution: str) -> str:
    return digest(attribution)


def _line(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{_MARKUP.sub(_by_digits, text)}\n"


def _by_digits(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign.group()):04x}"


# -- where it stands -------------------------------------------------------------------------------


def as_part(lines: Iterable[str]) -> Iterator[str]:
    """The part of a Word or Excel file."""
    yield f'{_HEAD}<contents xmlns="{NAMESPACE}">\n'
    yield from lines
    yield "</contents>\n"


def part_properties() -> str:
    """What Word wants beside the part, or it makes it up and the file is another."""
    schema = f"{_OFFICE}/customXml"
    return (
        f'{_HEAD}<ds:datastoreItem xmlns:ds="{schema}"'
        ' ds:itemID="{7C1E5F0A-52D1-4B7C-9A3E-0F6D2B8C4E11}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def part_relations() -> str:
    """What ties the two together."""
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'{_HEAD}<Relationships xmlns="{packages}"><Relationship Id="rId1" '
        f'Type="{PROPERTIES_RELATION}" Target="itemProps1.xml"/></Relationships>'
    )


def as_script(lines: Iterable[str]) -> Iterator[str]:
    """The element of an HTML page."""
    yield f'<script type="application/json" id="{SCRIPT_ID}">\n'
    yield from lines
    yield "</script>\n"


def as_comment(lines: Iterable[str]) -> Iterator[str]:
    """The comment of a Markdown file, behind a blank line."""
    yield f"\n{COMMENT_START}"
    yield from lines
    yield COMMENT_END
