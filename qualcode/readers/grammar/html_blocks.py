"""Pages of HTML as lines and tables: what a browser shows, in the order of the page.

lxml reads the markup, however broken, and tells it piece by piece; no tree is built, so neither
depth nor number of elements costs memory. A block begins a line, `<br>` breaks one, blanks collapse
as in a browser. Times that a program keeps beside the words (oTranscribe's spans, noScribe's
anchors) are set before them in brackets, so that the grammar of lines reads them like any other.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.errors import TooManyLinesError
from qualcode.readers.grammar.documents import LONGEST_NAME
from qualcode.readers.grammar.lines import Line, Row
from qualcode.readers.grammar.tables import TableReading, TableRow, read_table
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.signs import BLANKS, UNWELCOME
from qualcode.readers.ground.source import MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcode.readers.ground.ledger import Ledger


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Their words are for programs.
_CODE = _names("head title script style")
# Not shown, or not as words.
_UNSEEN = _CODE | _names("""
    template noscript svg math object iframe audio video canvas noembed noframes
""")
# Around what is said: menus, forms, the foot of the page.
_ASIDE = _names("nav footer aside form button select textarea")
_ASIDE_NAMES = _names("""
    attribution footer copyright navigation nav navbar menu sidebar breadcrumb breadcrumbs
""")
# What holds this share of the words is the page itself: some programs wrap all of it in a form.
_NEARLY_ALL = 0.9
_PREFORMATTED = _names("pre xmp plaintext")
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_PARAGRAPHS = _HEADINGS | _PREFORMATTED | _names("p blockquote hr table dt")
_BLOCKS = (
    _PARAGRAPHS
    | _ASIDE
    | _names("""
        html body div section article header main center address fieldset figure figcaption
        details summary ul ol li dl dd option caption thead tbody tfoot tr td th
    """)
)
_STRONG = frozenset(("b", "strong"))
_BOLD = _HEADINGS | _STRONG | {"th"}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
# So far a line of the source may be set in.
_INDENT = 100

_ENDS, _BEGINS = re.compile(r"</p(?=[\s>])", re.I), re.compile(r"<p(?=[\s>])", re.I)
# Each piece of markup is a call from the parser, of some two microseconds.
_MOST_MARKS = 4 * MOST_LINES
_NOSCRIBE = re.compile(r"ts_(\d{1,9})_(\d{1,9})(?:_|$)")
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,20})?$")


class Page(NamedTuple):
    """What a page holds: `lines` and tables in order, and what stands around them.

    `around` are menus and the like; `shown` counts the characters of all lines and cells, `stamped`
    those of them that are times out of attributes, `blanks` what a browser does not show besides,
    `unseen` the words of elements that it does not show; `hidden` counts the elements whose author
    hid them. `meta` are the names and contents of the head, with `title` and `language`.
    """

    items: list[Line | list[TableRow]]
    around: list[Line]
    meta: dict[str, str]
    shown: int
    blanks: int
    stamped: int
    unseen: int
    hidden: int
    noscribe: bool


def read_page(html: str, *, where: str) -> Page:
    """The lines and tables of a page. Raises TooManyLinesError."""
    if len(html) > _MOST_MARKS and html.count("<") > _MOST_MARKS:
        raise TooManyLinesError(where=where, limit=MOST_LINES)
    # 8 ms to import.
    from lxml import etree

    # Bytes, for lxml refuses text that names an encoding of its own, as XHTML does; the sizes that
    # `huge_tree` lets through are those of a file that was measured before.
    walk: Any = _Walk(where)  # the stubs of lxml know only targets that take bytes too
    parser: Any = etree.HTMLParser(target=walk, encoding="utf-8", huge_tree=True)
    if len(_ENDS.findall(html)) > len(_BEGINS.findall(html)):
        # An end without a beginning parts paragraphs for browsers, and is nothing to the parser.
        html = _ENDS.sub("<p></p", html)
    page: object = etree.fromstring(html.encode(), parser)  # what close() returns
    assert isinstance(page, Page)
    return page


def lay_out(page: Page, ledger: Ledger, *, characters: int) -> TableReading:
    """The lines and rows of a page, with the facts and the producer that its tables show.

    `characters` is the length of the page with its markup, entered as read before. Times that stand
    in attributes count as read once more, for they are markup and words of the account.
    """
    ledger.read += page.stamped
    ledger.drop(kinds.SPACE, page.blanks)
    ledger.drop(kinds.UNSEEN, page.unseen)
    # The parser hands over all words and does not say how long a tag was: what is no word is one.
    words = page.shown + page.blanks + page.unseen
    ledger.drop(kinds.MARKUP, characters + page.stamped - words)
    items: list[Line | Row] = []
    facts: dict[str, str] = {}
    producer = None
    for item in page.items:
        if isinstance(item, Line):
            items.append(item)
            continue
        table = read_table(item, ledger)
        items.extend(table.items)
        facts.update(table.facts)
        producer = producer or table.producer
    for line in page.around:
        ledger.put_aside(kinds.NOTICE, line.text, line.number)
    if page.hidden:
        ledger.warn("hidden-text", f"{page.hidden} pieces of hidden text were not read")
    return TableReading(items, facts, producer)


# What an element on the stack changed, to be taken back at its end.
_MAKES_BOLD, _MAKES_UNSEEN, _MAKES_ASIDE, _MAKES_TITLE, _MAKES_CODE, _MAKES_PART = (
    1,
    2,
    4,
    8,
    16,
    32,
)


class _Walk:
    """The target of the parser: keeps the line, and the table, that are being read."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._page = Page([], [], {}, 0, 0, 0, 0, 0, noscribe=False)
        self._shown = self._blanks = self._stamped = self._unread = self._hidden = 0
        self._noscribe = False
        self._titles: list[str] = []
        self._open: list[int] = []  # small numbers: a page may open millions of elements
        self._bold = self._unseen = self._aside = self._title = self._preformatted = 0
        self._code = 0
        # Parts that stand aside, as far as they are not in a table: where the open ones begin, and
        # the range of each that ended, for only the whole page tells whether it is aside.
        self._parts_open: list[int] = []
        self._parts_aside: list[tuple[int, int]] = []
        self._parts: list[str] = []
        self._letters = self._bold_letters = 0  # of the line, blanks left out
        self._gap = self._begins = True
        self._heading = self._goes_on = False
        self._stamp = ""
        self._number = self._lines = 0
        self._rows: list[TableRow] | None = None
        self._cells: list[list[str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _BLOCKS:
            self._break(paragraph=tag in _PARAGRAPHS)
            self._heading = tag in _HEADINGS
            if tag in {"table", "tr", "td", "th"}:
                self._begin_in_table(tag)
            self._preformatted += tag in _PREFORMATTED
        elif tag == "br":
            self._end_line(blank=not self._letters)
        elif tag in _STRONG and self._letters and self._rows is None:
            self._begin_at_name()
        self._open.append(self._change(tag, attributes))

    def end(self, tag: str) -> None:
        """An element ends; the parser ends every one that the page left open."""
        change = self._open.pop() if self._open else 0
        if tag in _BLOCKS:
            self._break(paragraph=tag in _PARAGRAPHS and tag != "dt")  # its <dd> is close to it
            self._heading = False
            self._preformatted -= tag in _PREFORMATTED
            if tag == "table":
                self._end_table()
        self._bold -= change & _MAKES_BOLD
        self._unseen -= bool(change & _MAKES_UNSEEN)
        self._aside -= bool(change & _MAKES_ASIDE)
        self._title -= bool(change & _MAKES_TITLE)
        self._code -= bool(change & _MAKES_CODE)
        if change & _MAKES_PART:
            begin = self._parts_open.pop()
            if begin < len(self._page.items):
                self._parts_aside.append((begin, len(self._page.items)))

    def data(self, text: str) -> None:
        """Words, or a part of them."""
        if self._title:
            self._titles.append(text)
        if self._unseen:
            self._unread += 0 if self._code or text.isspace() else len(text)
            return
        if not self._preformatted:
            self._add(text)
            return
        first, *more = text.splitlines() or [""]
        self._add(first)
        for line in more:
            self._end_line(blank=not self._letters)
            self._add(line)
        if more and text[-1] in "\r\n":
            self._end_line(blank=not self._letters)

    def comment(self, text: str) -> None:
        """A comment is markup."""

    def close(self) -> Page:
        """The page is read."""
        self._break(paragraph=False)
        self._end_table()
        self._page.meta["title"] = "".join(self._titles)
        items, around = _set_aside(self._page.items, self._parts_aside)
        return self._page._replace(
            items=items,
            around=sorted([*self._page.around, *around], key=lambda line: line.number),
            shown=self._shown,
            blanks=self._blanks,
            stamped=self._stamped,
            unseen=self._unread,
            hidden=self._hidden,
            noscribe=self._noscribe,
        )

    def _change(self, tag: str, attributes: Mapping[str, str]) -> int:
        """What the element changes for the words in it."""
        change = 0
        style = attributes.get("style", "") if attributes else ""
        if tag in _BOLD or (style and _BOLD_STYLE.search(style)):
            change |= _MAKES_BOLD
        if tag in _UNSEEN:
            change |= _MAKES_UNSEEN | (_MAKES_CODE if tag in _CODE else 0)
        elif attributes:
            change |= self._change_by_attributes(tag, attributes, style)
        if tag in _ASIDE:
            change |= _MAKES_ASIDE
        if tag == "title":
            change |= _MAKES_TITLE
        if change & _MAKES_ASIDE and self._rows is None:
            change ^= _MAKES_ASIDE | _MAKES_PART
            self._parts_open.append(len(self._page.items))
        self._bold += change & _MAKES_BOLD
        self._unseen += bool(change & _MAKES_UNSEEN)
        self._aside += bool(change & _MAKES_ASIDE)
        self._title += bool(change & _MAKES_TITLE)
        self._code += bool(change & _MAKES_CODE)
        return change

    def _change_by_attributes(self, tag: str, attributes: Mapping[str, str], style: str) -> int:
        if tag == "html" and attributes.get("lang"):
            self._page.meta["language"] = attributes["lang"]
        elif tag == "meta" and attributes.get("content"):
            self._page.meta.setdefault(attributes.get("name", "").lower(), attributes["content"])
        elif tag == "a":
            self._note_anchor(attributes.get("name", ""))
        elif tag == "span" and attributes.get("class") == "timestamp":
            return self._note_timestamp(attributes.get("data-timestamp", ""))
        if "hidden" in attributes or (style and _HIDDEN_STYLE.search(style)):
            self._hidden += 1
            return _MAKES_UNSEEN
        names = {attributes.get("id", ""), *attributes.get("class", "").split()}
        return _MAKES_ASIDE if names & _ASIDE_NAMES and tag not in {"html", "body"} else 0

    def _note_anchor(self, name: str) -> None:
        times = _NOSCRIBE.match(name)
        if times:
            self._noscribe = True
            self._begin_stamp(f"[{_clock(int(times[1]))} - {_clock(int(times[2]))}]")

    def _note_timestamp(self, seconds: str) -> int:
        """oTranscribe's time; the words of the span repeat it to the second."""
        if not _SECONDS.match(seconds):
            return 0
        self._begin_stamp(f"[{_clock(round(float(seconds) * 1000))}]")
        return _MAKES_UNSEEN | _MAKES_CODE

    def _begin_at_name(self) -> None:
        """A bold name at the start of a line of the source, where `</p><p>` was forgotten.

        It opens a line that goes on with its paragraph, so that nothing is parted if it is no name.
        """
        if self._parts[-1][-_INDENT:].rstrip(" \t")[-1:] == "\n" and not self._preformatted:
            self._end_line(blank=False)
            self._goes_on = True

    def _begin_stamp(self, stamp: str) -> None:
        """A time in the middle of a line begins a new one that goes on with its paragraph."""
        if self._letters:
            self._end_line(blank=False)
            self._goes_on = True
        self._stamp = stamp + " "

    def _add(self, text: str) -> None:
        self._parts.append(text)
        letters = 0 if text.isspace() else len(text)
        self._letters += letters
        if self._bold:
            self._bold_letters += letters

    def _break(self, *, paragraph: bool) -> None:
        """The end of a block; a paragraph has a blank line before and after it."""
        self._end_line(blank=paragraph)
        self._begins = True

    def _end_line(self, *, blank: bool) -> None:
        parts, self._parts = self._parts, []
        raw = "".join(parts)
        words = raw.translate(UNWELCOME) if raw else ""
        words = BLANKS.sub("\t" if self._preformatted and "\t" in words else " ", words).strip()
        self._blanks += len(raw) - len(words)
        if words or (self._stamp and blank):
            text = (self._stamp + words).strip()
            self._stamped += len(text) - len(words)
            self._stamp = ""
            self._emit(text)
        self._goes_on = False
        self._letters = self._bold_letters = 0
        self._gap = self._gap or blank

    def _emit(self, text: str) -> None:
        self._number += self._begins
        self._lines += 1
        self._shown += len(text)
        if self._lines > MOST_LINES:
            raise TooManyLinesError(where=self._where, limit=MOST_LINES)
        bold = self._bold_letters == self._letters and 0 < len(text) <= LONGEST_NAME
        if self._rows is not None and self._cells and not self._aside:
            self._cells[-1].append(text)
        else:
            line = Line(text, self._number, self._gap, bold, self._goes_on, self._heading)
            (self._page.around if self._aside else self._page.items).append(line)
        self._gap = self._begins = False

    def _begin_in_table(self, tag: str) -> None:
        if tag == "table":
            self._lay_flat()
            self._rows = []
        elif self._rows is not None and tag == "tr":
            self._end_row()
        elif self._rows is not None:
            self._cells.append([])

    def _end_row(self) -> None:
        if self._cells and self._rows is not None:
            paragraphs = sum(map(len, self._cells))
            first = self._number - paragraphs + 1 if paragraphs else self._number
            self._rows.append(TableRow(tuple(map(tuple, self._cells)), first))
            self._cells = []

    def _end_table(self) -> None:
        if self._rows is not None:
            self._end_row()
            if self._rows:
                self._page.items.append(self._rows)
            self._rows = None

    def _lay_flat(self) -> None:
        """A table with a table in it lays out the page: its cells are paragraphs."""
        if self._rows is None:
            return
        self._end_row()
        self._page.items.extend(_lines_of(self._rows))
        self._rows = None


def _set_aside(
    items: Sequence[Line | list[TableRow]], parts: Sequence[tuple[int, int]]
) -> tuple[list[Line | list[TableRow]], list[Line]]:
    """The items that are the page, and the lines of those in the parts beside it.

    `parts` are ranges in the order of their ends, one in another or apart. One that holds nearly
    all the words is the page, and so are all of them where nearly nothing is left beside them.
    """
    words = [0, *accumulate(map(_characters, items))]
    nearly_all = _NEARLY_ALL * words[-1]
    outermost: list[tuple[int, int]] = []
    for begin, end in reversed(parts):
        within = bool(outermost) and end > outermost[-1][0]
        if not within and words[end] - words[begin] < nearly_all:
            outermost.append((begin, end))
    if sum(words[end] - words[begin] for begin, end in outermost) >= nearly_all:
        outermost = []
    page: list[Line | list[TableRow]] = []
    around: list[Line] = []
    at = 0
    for begin, end in reversed(outermost):
        page.extend(items[at:begin])
        for item in items[begin:end]:
            around.extend([item] if isinstance(item, Line) else _lines_of(item))
        at = end
    return [*page, *items[at:]], around


def _characters(item: Line | list[TableRow]) -> int:
    if isinstance(item, Line):
        return len(item.text)
    return sum(len(text) for row in item for cell in row.cells for text in cell)


def _lines_of(rows: Sequence[TableRow]) -> Iterator[Line]:
    for row in rows:
        for cell in row.cells:
            for text in cell:
                yield Line(text, row.number, gap=True)


def _clock(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"
