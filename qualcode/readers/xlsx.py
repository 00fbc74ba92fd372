"""Excel workbooks: the first sheet that holds a transcript, as its cells show it.

Formulas give the value that was stored with them; one without a value is text that begins with `=`,
for so other programs write it. A cell of time gives what it shows: whoever types `0:06` for six
seconds gets a cell that Excel takes for six minutes and shows as `0:06`.

The library openpyxl does not read here, but judges in the tests: it would bring an XML parser of
its own, and fills up rows and columns to whatever place a single cell claims to stand in.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from qualcode.errors import DamagedFileError, TooManyLinesError
from qualcode.readers.grammar.spreadsheets import MOST_PLACES, SheetRow, read_workbook, row_of
from qualcode.readers.ground import containers
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.signs import storable
from qualcode.readers.ground.source import MOST_LINES, Format, Source, check_length
from qualcode.readers.ground.turns import make_reading
from qualcode.readers.ground.xml import local_name, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from qualcode.model.transcript import Reading

FORMAT = Format("xlsx", "Excel workbook")

_WORKBOOK = "xl/workbook.xml"
_SHEETS = "xl/worksheets/"
_PLACE = re.compile(r"([A-Z]{1,3})\d+$")

# What a number of the built-in formats shows; all others of them are plain numbers.
_DATE, _CLOCK, _SHORT_CLOCK = "date", "h:mm:ss", "h:mm"
_BUILT_IN = (
    dict.fromkeys([*range(14, 18), 22, *range(27, 37), *range(50, 59)], _DATE)
    | dict.fromkeys([19, 21, 45, 46, 47], _CLOCK)
    | dict.fromkeys([18, 20], _SHORT_CLOCK)
)
# In a format, what is shown as it stands there, colours and conditions; [h] counts hours past 24.
_NO_SIGNS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]')

_DAY_MS = 86_400_000
_EPOCH, _EPOCH_OF_MACS = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  no zone

# Excel writes signs that XML cannot hold by their number.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")


def recognises(source: Source) -> bool:
    """True for a package with a workbook in XML in it, whole or not."""
    names = containers.part_names(source.data)
    return any(name == _WORKBOOK or name.startswith(_SHEETS) for name in names)


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a workbook, and the account of what was left out.

    Raises DamagedFileError, PasswordProtectedError, TooLargeError, TooManyLinesError or
    UnknownTableError.
    """
    workbook = _Workbook(source)
    ledger = Ledger()
    spoken = read_workbook(workbook.sheets(), ledger, where=source.where, hidden=workbook.hidden)
    workbook.warn(ledger)
    return make_reading(spoken, ledger, source, FORMAT, name=name)


class _Workbook:
    """What the sheets of a workbook share: its strings, and what its formats show."""

    def __init__(self, source: Source) -> None:
        # A tree of cells takes thirty times the memory of its text.
        check_length(containers.unpacked_bytes(source.data, _SHEETS), source.where)
        self._source = source
        self._bare_formulas = self._short_clocks = 0
        root = self._parsed(_WORKBOOK)
        if root is None:
            detail = "the part that lists its sheets is missing"
            raise DamagedFileError(FORMAT.title, where=source.where, detail=detail)
        sheets = root.findall("{*}sheets/{*}sheet")
        shown = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
        self.hidden = len(sheets) - len(shown)
        self._paths = self._paths_of(shown)
        properties = root.find("{*}workbookPr")
        of_macs = properties is not None and properties.get("date1904") in {"1", "true"}
        self._epoch = _EPOCH_OF_MACS if of_macs else _EPOCH
        self._shows = self._read_formats()
        self._strings = self._read_strings()

    def sheets(self) -> Iterator[list[SheetRow]]:
        """The rows that hold anything, sheet by sheet."""
        for path in self._paths:
            root = self._parsed(path)
            data = None if root is None else root.find("{*}sheetData")
            yield [] if data is None else list(self._rows(data))

    def warn(self, ledger: Ledger) -> None:
        """Say what the cells show otherwise than a person may have meant."""
        if self._bare_formulas:
            message = f"{self._bare_formulas} formulas without a stored value were taken as words"
            ledger.warn("formula-without-value", message)
        if self._short_clocks:
            message = (
                f"{self._short_clocks} cells show a time without seconds; times such as 0:06 are"
                " read as minutes and seconds"
            )
            ledger.warn("times-without-seconds", message)

    # -- what the sheets share --------------------------------------------------------------------

    def _parsed(self, path: str) -> Element | None:
        xml = containers.read_part(self._source, path, title=FORMAT.title)
        if not xml:
            return None
        return parse_xml(xml, title=FORMAT.title, where=self._source.where)

    def _paths_of(self, sheets: list[Element]) -> list[str]:
        """Where the sheets lie in the package, in the order of their tabs."""
        relations = self._parsed("xl/_rels/workbook.xml.rels")
        targets = {
            str(relation.get("Id")): str(relation.get("Target"))
            for relation in ([] if relations is None else relations)
        }
        ids = [
            str(
                next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
            )
            for sheet in sheets
        ]
        found = [targets.get(one) or f"worksheets/sheet{n}.xml" for n, one in enumerate(ids, 1)]
        return [path[1:] if path.startswith("/") else f"xl/{path}" for path in found]

    def _read_strings(self) -> list[str]:
        root = self._parsed("xl/sharedStrings.xml")
        return [] if root is None else [_string(item) for item in root]

    def _read_formats(self) -> list[str | None]:
        """What each style of cells makes of a number: a date, a time, or itself."""
        root = self._parsed("xl/styles.xml")
        if root is None:
            return []
        own = {
            str(one.get("numFmtId")): _shows(str(one.get("formatCode")))
            for one in root.findall("{*}numFmts/{*}numFmt")
        }
        ids = [str(one.get("numFmtId")) for one in root.findall("{*}cellXfs/{*}xf")]
        return [own[one] if one in own else _BUILT_IN.get(_whole(one)) for one in ids]

    # -- cells ------------------------------------------------------------------------------------

    def _rows(self, data: Element) -> Iterator[SheetRow]:
        number = places = 0
        for count, row in enumerate(data):
            if count >= MOST_LINES or places > MOST_PLACES:
                raise TooManyLinesError(where=self._source.where, limit=MOST_LINES)
            number = _whole(row.get("r")) or number + 1
            cells: dict[int, str] = {}
            at = -1
            for cell in row:
                at = _column(cell.get("r"), at + 1)
                text = self._text(cell)
                if text:
                    cells[at] = text
            if cells:
                found = row_of(cells)
                places += len(found)
                yield found, number

    def _text(self, cell: Element) -> str:
        """What a cell shows."""
        kind, value, formula = cell.get("t", "n"), None, None
        for child in cell:
            name = local_name(child)
            if name == "v":
                value = child.text
            elif name == "is":
                return _string(child)
            elif name == "f":
                formula = child.text
        if not value:
            if formula:  # so other programs write words that begin with `=`
                self._bare_formulas += 1
                return _clean(f"={formula}")
            return ""
        if kind == "s":
            at = _whole(value)
            return self._strings[at] if at < len(self._strings) else ""
        if kind == "n":
            return self._number(value, _whole(cell.get("s")))
        return _clean({"0": "FALSE", "1": "TRUE"}.get(value, value) if kind == "b" else value)

    def _number(self, value: str, style: int) -> str:
        shows = self._shows[style] if style < len(self._shows) else None
        try:
            number = float(value)
            if shows == _DATE:
                return _date(number, self._epoch)
            if shows is None or number < 0:
                return str(int(number)) if number.is_integer() else repr(number)
            return self._clock(round(number * _DAY_MS), shows)
        except (ValueError, OverflowError):  # no number, or none that is a day or a time
            return _clean(value)

    def _clock(self, ms: int, shows: str) -> str:
        minutes, rest = divmod(ms, 60_000)
        hours, minutes = divmod(minutes, 60)
        seconds, ms = divmod(rest, 1000)
        if shows == _SHORT_CLOCK and not rest:
            self._short_clocks += 1
            return f"{hours}:{minutes:02}"
        fraction = f".{ms:03}" if ms else ""
        return f"{hours}:{minutes:02}:{seconds:02}{fraction}"


def _shows(code: str) -> str | None:
    """What a format of a person's own makes of a number."""
    signs = _NO_SIGNS.sub("", code).partition(";")[0].casefold()
    if "general" in signs:
        return None
    if "y" in signs or "d" in signs:
        return _DATE
    if "s" in signs:
        return _CLOCK
    if "h" in signs:
        return _SHORT_CLOCK
    return _DATE if "m" in signs else None


def _date(number: float, epoch: datetime) -> str:
    moment = epoch + timedelta(milliseconds=round(number * _DAY_MS))
    day = moment.date().isoformat()
    return day if number == int(number) else f"{day} {moment:%H:%M:%S}"


def _string(item: Element) -> str:
    """The words of a string without the readings that stand above Japanese ones."""
    parts: list[str] = []
    for child in item:
        name = local_name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(text.text or "" for text in child.findall("{*}t"))
    return _clean("".join(parts))


def _clean(text: str) -> str:
    if "_x" in text:
        text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
        text = _SURROGATE.sub("\ufffd", text)
    return storable(text)


def _column(place: str | None, next_one: int) -> int:
    """The number of a cell's column, from 0; of a cell that does not say it, the next one."""
    match = _PLACE.match(place or "")
    if match is None:
        return next_one
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _whole(text: str | None) -> int:
    """A whole number that is not negative; 0 for anything else."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else 0
