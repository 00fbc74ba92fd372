"""Sheets, what the file says of itself, and the package; rows are drawn while they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qualcode.exporters.contents import listing
from qualcode.exporters.textsafe import is_written_from_the_right
from qualcode.exporters.workbook.cells import (
    Look,
    Said,
    Value,
    escape,
    heading_style,
    number_cell,
    style_of,
    styles,
    text_cell,
    truth_cell,
)
from qualcode.exporters.workbook.long_cells import fits, pieces
from qualcode.exporters.workbook.sheet_names import sheet_names
from qualcode.exporters.zipped import package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from qualcode.exporters.textsafe import Cleaner

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_LINE_POINTS = 13.5
_HIGHEST_POINTS = 409
"""Excel draws no row higher. Heights are written, because not every program works them out."""

_LETTERS_TO_WIDTH = 1.1
"""Letters that go into the width of one figure, on average, in our font."""

_WIDEST_TO_PRINT = 190
"""In letters, of a sheet that is still read when it is printed on one page across."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and how wide it is, in letters."""

    title: str
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows` are gone through once, while they are written.

    Headings stand in the first row, which stays in sight with the first `frozen` columns; they are
    white on `ground`, `RRGGBB`. A sheet without headings is a page to be read.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    ground: str
    headings: bool = True
    frozen: int = 1


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself; `created` is an ISO date, `language` a BCP 47 tag."""

    title: str
    subject: str
    project: str
    created: str
    language: str


def write_workbook(
    out: BinaryIO,
    sheets: Sequence[Sheet],
    properties: Properties,
    clean: Cleaner,
    *,
    listed: Iterable[str],
) -> int:
    """Write the sheets in their order; return how many cells go on in the row below them.

    All words go through `clean`, named by their sheet and place. `listed` are the lines of the list
    of contents.
    """
    names = list(sheet_names(clean(sheet.name, at="sheet names") for sheet in sheets))
    drawn = [
        _Drawn(sheet, name, number, clean)
        for number, (sheet, name) in enumerate(zip(sheets, names, strict=True))
    ]
    grounds = [sheet.ground for sheet in sheets]
    with package(out) as target:
        target.add("[Content_Types].xml", _content_types(len(sheets)))
        target.add("_rels/.rels", _root_relations())
        target.add("docProps/core.xml", _core(properties, clean))
        for number, sheet in enumerate(drawn, 1):
            right = is_written_from_the_right(properties.language)
            target.add(f"xl/worksheets/sheet{number}.xml", sheet.xml(right_to_left=right))
        target.add("xl/styles.xml", (_HEAD, *styles(grounds)))
        target.add("xl/workbook.xml", _workbook(drawn))
        target.add("xl/_rels/workbook.xml.rels", _book_relations(len(sheets)))
        target.add(listing.PART, listing.as_part(listed))
        target.add(listing.PROPERTIES, [listing.part_properties()])
        target.add(listing.PART_RELATIONS, [listing.part_relations()])
    return sum(sheet.long for sheet in drawn)


def letters(column: int) -> str:
    """The letters of a column, counted from 0."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


class _Drawn:
    """A sheet that is being written: how many rows it has by now, how many cells went on."""

    def __init__(self, sheet: Sheet, name: str, number: int, clean: Cleaner) -> None:
        self.sheet = sheet
        self.name = name
        self.rows = 0
        self.long = 0
        self._number = number
        self._clean = clean
        self._letters = [letters(column) for column in range(len(sheet.columns))]
        self._widths = [column.width * _LETTERS_TO_WIDTH for column in sheet.columns]
        self._fits = sum(column.width for column in sheet.columns) <= _WIDEST_TO_PRINT

    @property
    def range(self) -> str:
        """From the first cell to the last, as formulas name it."""
        return f"$A$1:${self._letters[-1]}${self.rows}"

    @property
    def titles(self) -> str:
        """The rows and columns that are printed on every page, as formulas name them."""
        name = self.name.replace("'", "''")
        rows = f"'{name}'!$1:$1"
        if self._fits or not self.sheet.frozen:
            return rows
        return f"'{name}'!$A:${letters(self.sheet.frozen - 1)},{rows}"

    def xml(self, *, right_to_left: bool) -> Iterator[str]:
        """The part, piece by piece."""
        sheet = self.sheet
        yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><tabColor rgb="FF{sheet.ground}"/>'
        yield f'<pageSetUpPr fitToPage="{int(self._fits)}"/></sheetPr><sheetViews>'
        yield from self._view(right_to_left=right_to_left)
        yield '</sheetViews><sheetFormatPr defaultRowHeight="13.5"/><cols>'
        for number, column in enumerate(sheet.columns, 1):
            yield f'<col min="{number}" max="{number}" width="{column.width:g}" customWidth="1"/>'
        yield "</cols><sheetData>"
        if sheet.headings:
            style = heading_style(self._number)
            said = [self._clean(column.title, at=self.name) for column in sheet.columns]
            titles = [
                text_cell(f"{letter}1", title, style)
                for letter, title in zip(self._letters, said, strict=True)
            ]
            yield self._row(titles, max(map(_lines, said, self._widths)))
        for values in sheet.rows:
            yield from self._written(values)
        yield "</sheetData>"
        if sheet.headings and self.rows > 1:
            yield f'<autoFilter ref="{self.range.replace("$", "")}"/>'
        yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" '
        yield 'footer="0.3"/><pageSetup paperSize="9" orientation="landscape"'
        yield ' fitToHeight="0"/>' if self._fits else "/>"
        yield "</worksheet>"

    def _view(self, *, right_to_left: bool) -> Iterator[str]:
        sheet = self.sheet
        right = ' rightToLeft="1"' if right_to_left else ""
        first = ' tabSelected="1"' if self._number == 0 else ""
        lines = "" if sheet.headings else ' showGridLines="0"'
        yield f'<sheetView{lines}{right}{first} workbookViewId="0">'
        if sheet.headings and sheet.frozen:
            corner = f"{letters(sheet.frozen)}2"
            yield (
                f'<pane xSplit="{sheet.frozen}" ySplit="1" topLeftCell="{corner}" '
                'activePane="bottomRight" state="frozen"/>'
            )
            yield '<selection pane="topRight"/><selection pane="bottomLeft"/>'
            yield f'<selection pane="bottomRight" activeCell="{corner}" sqref="{corner}"/>'
        yield "</sheetView>"

    def _row(self, cells: Iterable[str], lines: int) -> str:
        self.rows += 1
        height = min(lines * _LINE_POINTS + 1.5, _HIGHEST_POINTS)
        return f'<row r="{self.rows}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'

    def _written(self, values: Sequence[Value]) -> Iterator[str]:
        """The row of these values, and those below it in which long cells go on."""
        row = self.rows + 1
        cells: list[str] = []
        lines = 1
        long: dict[int, list[str]] = {}
        for column, (letter, value) in enumerate(zip(self._letters, values, strict=False)):
            said, look = (
                (value.words, value.look) if isinstance(value, Said) else (value, Look.PLAIN)
            )
            place = f"{letter}{row}"
            if said is None or said == "":
                continue
            if isinstance(said, str):
                words = self._clean(said, at=f"{self.name} {place}")
                if not fits(words):
                    words, *long[column] = pieces(words)
                cells.append(text_cell(place, words, style_of(look)))
                # A title is higher than other lines.
                lines = max(lines, _lines(words, self._widths[column]) + (look is Look.TITLE))
            elif isinstance(said, bool):
                cells.append(truth_cell(place, truth=said))
            else:
                cells.append(number_cell(place, said))
        yield self._row(cells, lines)
        if long:
            yield from self._going_on(values[0], long)

    def _going_on(self, first: Value, long: dict[int, list[str]]) -> Iterator[str]:
        """Rows that say by their first cell what they go on with, and hold the rest of it."""
        self.long += len(long)
        key = first.words if isinstance(first, Said) else first
        rows = max(len(rest) for rest in long.values())
        for number in range(rows):
            row = self.rows + 1
            cells = {
                column: text_cell(
                    f"{self._letters[column]}{row}", rest[number], style_of(Look.PLAIN)
                )
                for column, rest in long.items()
                if number < len(rest)
            }
            if 0 not in cells:
                label = self._clean(f"{key} {continued(number + 2, rows + 1)}", at=self.name)
                cells[0] = text_cell(f"A{row}", label, style_of(Look.QUIET))
            lines = max(
                _lines(rest[number], self._widths[column])
                for column, rest in long.items()
                if number < len(rest)
            )
            yield self._row((cells[column] for column in sorted(cells)), lines)


def _lines(words: str, width: float) -> int:
    """About how many lines words take in so many letters."""
    if len(words) <= width and "\n" not in words:
        return 1
    return sum(1 + int(len(line) / width) for line in words.split("\n"))


def continued(part: int, parts: int) -> str:
    """What stands behind the name of a row that goes on with another."""
    return f"(continued {part}/{parts})"


def _content_types(sheets: int) -> Iterator[str]:
    yield f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    yield '<Default Extension="rels" '
    yield 'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield '<Default Extension="xml" ContentType="application/xml"/>'
    parts = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/xl/workbook.xml": f"{_SHEET_TYPE}.sheet.main+xml",
        "/xl/styles.xml": f"{_SHEET_TYPE}.styles+xml",
        f"/{listing.PROPERTIES}": listing.PROPERTIES_TYPE,
        **{
            f"/xl/worksheets/sheet{number}.xml": f"{_SHEET_TYPE}.worksheet+xml"
            for number in range(1, sheets + 1)
        },
    }
    for name, kind in parts.items():
        yield f'<Override PartName="{name}" ContentType="{kind}"/>'
    yield "</Types>"


def _relations(targets: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    for number, (kind, target) in enumerate(targets, 1):
        yield f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
    yield "</Relationships>"


def _root_relations() -> Iterator[str]:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relations(
        ((f"{_OFFICE}/officeDocument", "xl/workbook.xml"), (core, "docProps/core.xml"))
    )


def _book_relations(sheets: int) -> Iterator[str]:
    pages = [
        (f"{_OFFICE}/worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)
    ]
    listed = (listing.PART_RELATION, f"../{listing.PART}")
    return _relations((*pages, (f"{_OFFICE}/styles", "styles.xml"), listed))


def _core(properties: Properties, clean: Cleaner) -> Iterator[str]:
    def said(words: str) -> str:
        return escape(clean(words, at="properties"))

    created = datetime.fromisoformat(properties.created)
    moment = (created.astimezone(UTC) if created.tzinfo else created).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    yield 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    yield 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    yield f"<dc:title>{said(properties.title)}</dc:title>"
    yield f"<dc:subject>{said(properties.subject)}</dc:subject>"
    yield f"<dc:creator>{said(properties.project)}</dc:creator>"
    for name in ("created", "modified"):
        yield f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
    yield f"<dc:language>{said(properties.language)}</dc:language></cp:coreProperties>"


def _workbook(drawn: Sequence[_Drawn]) -> Iterator[str]:
    yield f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/>'
    yield "</bookViews><sheets>"
    for number, sheet in enumerate(drawn, 1):
        yield f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
    yield "</sheets>"
    tables = [(place, sheet) for place, sheet in enumerate(drawn) if sheet.sheet.headings]
    if tables:
        yield "<definedNames>"
        for place, sheet in tables:
            if sheet.rows > 1:
                name = escape(sheet.name.replace("'", "''"))
                yield f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" '
                yield f"hidden=\"1\">'{name}'!{sheet.range}</definedName>"
            yield f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
            yield f"{escape(sheet.titles)}</definedName>"
        yield "</definedNames>"
    yield "</workbook>"
