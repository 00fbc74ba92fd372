"""RTF documents, also those that are called .doc: the words as they are shown, changes accepted.

One pass over the signs of the file makes paragraphs and tables. Footnotes, comments, headers,
pictures, and hidden or deleted text are not speech. What bytes mean is said by the document, and
by the font that they are set in.

The library striprtf does not read here, but judges in the tests: version 0.0.35 keeps hidden and
deleted text, gives tables as words with bars between them, stops at a code page that Python does
not know, leaves UTF-16 surrogates apart, and its search for links takes hours on a hostile file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qualcode.errors import DamagedFileError, EncodingError, TooManyLinesError
from qualcode.readers.grammar.documents import LONGEST_NAME, Paragraph, read_document
from qualcode.readers.grammar.tables import TableRow
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.signs import ONE_LINE
from qualcode.readers.ground.source import MOST_LINES, Format, Source, check_length
from qualcode.readers.ground.turns import make_reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.model.transcript import Reading

FORMAT = Format("rtf", "RTF document")

_SIGNATURE = b"{\\rtf"
_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n\0]+)|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})|(?P<brace>[{}])|\\(?P<sign>[^a-zA-Z])|[\r\n\0]+|\\$"
)
# Pictures may stand in the file as bytes, so many of them as the word says.
_BINARY = re.compile(rb"(?<!\\)\\bin(\d{1,9}) ?")

# Word writes some twenty signs for each run of words. More than these take longer to pass over
# than anybody waits, and no interview has them.
_MOST_SIGNS = 4_000_000

# Groups that hold no words of the page; and all whose first word is the sign \*.
_APART_WORDS = (
    "fonttbl colortbl stylesheet info listtable listoverridetable rsidtbl header headerl "
    "headerr headerf footer footerl footerr footerf footnote annotation atnid atnauthor "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pict objdata fldinst listtext pntext "
    "nonesttables xe tc rxe bkmkstart bkmkend shp shpinst do upr private mmath "
    "background template filetbl revtbl"
)
_APART = frozenset(_APART_WORDS.split())
_NOTES = frozenset({"footnote", "annotation"})
_PARAGRAPH_ENDS = frozenset({"par", "sect", "page", "column"})
_SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
_CHARACTERS = {"~": "\u00a0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
# An escape may stand for a sign that the text of a transcript never holds.
_BREAKS = ONE_LINE | {ord("\n"): "\n"}

_DEFAULT = "cp1252"
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
# What Windows calls the character set of a font.
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}


# What is done something about; most words of a file only say how it looks.
_PROPERTIES = frozenset({"f", "b", "v", "deleted", "plain", "pard", "intbl", "uc", "ansicpg"})
_WORDS = (
    _APART
    | _PARAGRAPH_ENDS
    | _SIGNS.keys()
    | _PAGES.keys()
    | _PROPERTIES
    | {"u", "cell", "nestcell", "row", "nestrow", "fcharset"}
)


class _State(NamedTuple):
    """What holds inside a group and ends with it; `after` are fallbacks for each \\u to pass by."""

    apart: bool = False
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    in_table: bool = False
    after: int = 1
    font: int = -1


@dataclass(slots=True)
class _Row:
    """The table row that is open: its cells, and the paragraphs of the one that is being filled."""

    cells: list[tuple[str, ...]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    first: int = 0


def recognises(source: Source) -> bool:
    """True for the signature, whatever the file is called."""
    return source.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(_SIGNATURE)


def read(source: Source, *, name: str) -> Reading:
    """The transcript in an RTF document, and the account of what was left out.

    Raises TooLargeError, TooManyLinesError or EncodingError.
    """
    check_length(len(source.data), source.where)
    ledger = Ledger()
    walk = _Walk(source, ledger)
    blocks = list(walk.blocks())
    walk.warn()
    spoken = read_document(blocks, ledger)
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=walk.encoding)


class _Walk:
    """One pass over the signs of the file; counts on the way what is not read."""

    def __init__(self, source: Source, ledger: Ledger) -> None:
        self._data = _without_pictures(source.data)
        self._where = source.where
        self._ledger = ledger
        self._seen: Counter[str] = Counter()
        self._number = 0
        self._told = _known(source.encoding, source.where) if source.encoding else None
        self.encoding = self._told or _DEFAULT
        self._fonts: dict[int, str] = {}
        self._state = _State()
        self._groups: list[_State] = []
        self._bytes = bytearray()  # in the encoding of the font, until another sign comes
        self._parts: list[str] = []
        self._plain = False  # True where words of the paragraph are not bold
        self._row = _Row()
        self._table: list[TableRow] = []
        self._to_pass = 0  # fallbacks after a \u that are not to be read

    def blocks(self) -> Iterator[Paragraph | list[TableRow]]:
        """Paragraphs and tables in the order of the document."""
        for count, token in enumerate(_TOKEN.finditer(self._data)):
            if count > _MOST_SIGNS:
                detail = "it has more signs of formatting than any document"
                raise DamagedFileError(FORMAT.title, where=self._where, detail=detail)
            kind = token.lastgroup
            if kind == "text":
                if not self._state.apart:
                    self._take_text(token["text"])
            elif kind == "hex":
                self._take_byte(int(token["hex"], 16))
            elif kind == "brace":
                self._take_brace(token["brace"])
                if not self._groups:
                    self._ends_at(token.end())
                    break
            elif kind == "sign":
                yield from self._take_sign(token["sign"].decode("latin-1"))
            elif kind is not None:
                word, number = token["word"].decode("ascii"), token["number"]
                yield from self._take_word(word, int(number) if number else None)
        if self._parts or self._bytes:
            last = self._end_paragraph()
            if self._row.cells or self._row.paragraphs:
                self._row.paragraphs.append(last.text)
            else:
                yield from self._end_table()
                yield last
        yield from self._end_table()

    def warn(self) -> None:
        """Say what a reader of the document sees otherwise than it stands in the text."""
        for name, code, message in (
            ("deleted", "tracked-changes", "{} pieces of deleted text were left out"),
            ("note", "notes-left-out", "{} comments or notes belong to the text and were not read"),
            ("hidden", "hidden-text", "{} pieces of hidden text were not read"),
            ("damage", "bytes-replaced", "{} damaged places became the sign U+FFFD"),
            ("shape", "frames-left-out", "{} frames or text boxes were not read"),
        ):
            if self._seen[name]:
                self._ledger.warn(code, message.format(self._seen[name]))
        if self._seen["rest"]:
            message = f"{self._seen['rest']} bytes after the end of the document were not read"
            self._ledger.warn("text-after-end", message)
        if self._groups:
            message = "the file ends before its last bracket; its end may be missing"
            self._ledger.warn("file-cut-off", message)

    # -- the signs of the file --------------------------------------------------------------------

    def _take_text(self, text: bytes) -> None:
        if self._to_pass:
            passed = min(self._to_pass, len(text))
            self._to_pass -= passed
            text = text[passed:]
        if text and self._is_shown():
            self._bytes += text
            self._plain = self._plain or not (self._state.bold or text.isspace())

    def _take_byte(self, value: int) -> None:
        if self._to_pass:
            self._to_pass -= 1
        elif self._is_shown():
            self._bytes.append(value)
            self._plain = self._plain or not self._state.bold

    def _take_brace(self, brace: bytes) -> None:
        self._flush()
        self._to_pass = 0
        if brace == b"{":
            self._groups.append(self._state)
        elif self._groups:
            self._state = self._groups.pop()

    def _ends_at(self, end: int) -> None:
        """The group of the document has ended: programs do not show what comes after."""
        rest = self._data[end:].strip(b" \t\r\n\0\x1a}")
        self._seen["rest"] = len(rest)

    def _take_sign(self, sign: str) -> Iterator[Paragraph | list[TableRow]]:
        if self._to_pass:
            self._to_pass -= 1
        elif sign == "*":
            self._change(apart=True)
        elif sign in "\r\n":
            yield from self._take_word("par", None)
        elif sign in _CHARACTERS:
            self._write(_CHARACTERS[sign])

    def _take_word(self, word: str, number: int | None) -> Iterator[Paragraph | list[TableRow]]:
        if self._to_pass and word != "u":  # a fallback may be a word such as \endash
            self._to_pass -= 1
        elif word not in _WORDS:
            return
        elif self._state.apart:
            self._take_word_apart(word, number)
        elif word == "u":
            self._write(chr((number or 0) & 0xFFFF))
            self._to_pass = self._state.after
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif word in _PARAGRAPH_ENDS:
            yield from self._take_paragraph()
        elif word in {"cell", "nestcell"}:
            self._row.paragraphs.append(self._end_paragraph().text)
            self._end_cell()
        elif word in {"row", "nestrow"}:
            self._flush()
            self._end_row()
        elif word in _APART:
            self._change(apart=True)
            self._seen["note"] += word in _NOTES
            self._seen["shape"] += word in {"shp", "do"}
        else:
            self._take_property(word, number)

    def _take_property(self, word: str, number: int | None) -> None:
        is_on = number != 0
        if word == "f" and number is not None:
            self._change(font=number)
        elif word == "b":
            self._change(bold=is_on)
        elif word == "v":
            self._change(hidden=is_on)
        elif word == "deleted":
            self._change(deleted=is_on)
        elif word == "plain":
            self._change(bold=False, hidden=False, deleted=False)
        elif word == "pard":
            self._change(in_table=False)
        elif word == "intbl":
            self._change(in_table=True)
        elif word == "uc" and number is not None:
            self._change(after=max(number, 0))
        elif word == "ansicpg" and number:
            self._set_encoding(f"cp{number}")
        elif word in _PAGES:
            self._set_encoding(_PAGES[word])

    def _take_word_apart(self, word: str, number: int | None) -> None:
        """Of what is not words, only the table of fonts is of interest, and how many notes."""
        # LibreOffice writes the sign that sets a group apart before its notes, too.
        self._seen["note"] += word in _NOTES
        if word == "f" and number is not None:
            self._change(font=number)
        elif word == "fcharset" and number in _CHARSETS:
            self._fonts[self._state.font] = _CHARSETS[number]

    def _set_encoding(self, name: str) -> None:
        if self._told is None:
            self._flush()
            self.encoding = _known(name) or _DEFAULT

    # -- words, paragraphs, cells -----------------------------------------------------------------

    def _change(self, **changes: bool | int) -> None:
        changed = self._state._replace(**changes)  # type: ignore[arg-type]  # told apart by name
        if changed != self._state:
            self._flush()
            self._state = changed

    def _is_shown(self) -> bool:
        """True where words come to the page; where not, they are counted once a piece."""
        state = self._state
        if state.apart:
            return False
        if state.hidden or state.deleted:
            self._seen["hidden" if state.hidden else "deleted"] += 1
            return False
        return True

    def _write(self, text: str) -> None:
        if self._is_shown():
            self._flush()
            self._parts.append(text)
            self._plain = self._plain or not (self._state.bold or text.isspace())

    def _flush(self) -> None:
        if not self._bytes:
            return
        if self._bytes.isascii():
            self._parts.append(self._bytes.decode("ascii"))
        else:
            encoding = self._told or self._fonts.get(self._state.font, self.encoding)
            text = self._bytes.decode(encoding, "replace")
            self._seen["damage"] += text.count("\ufffd")
            self._parts.append(text)
        self._bytes.clear()

    def _take_paragraph(self) -> Iterator[Paragraph | list[TableRow]]:
        paragraph = self._end_paragraph()
        if self._state.in_table:
            self._row.paragraphs.append(paragraph.text)
            return
        yield from self._end_table()
        yield paragraph

    def _end_paragraph(self) -> Paragraph:
        self._flush()
        text = _whole("".join(self._parts)).translate(_BREAKS)
        bold = bool(text.strip()) and len(text) <= LONGEST_NAME and not self._plain
        self._parts, self._plain = [], False
        self._number += 1
        if self._number > MOST_LINES:
            raise TooManyLinesError(where=self._where, limit=MOST_LINES)
        self._ledger.read += len(text)
        return Paragraph(text, self._number, bold)

    def _end_cell(self) -> None:
        row = self._row
        row.first = row.first or self._number - len(row.paragraphs) + 1
        row.cells.append(tuple(row.paragraphs))
        row.paragraphs = []

    def _end_row(self) -> None:
        if self._row.paragraphs:
            self._end_cell()
        if self._row.cells:
            self._table.append(TableRow(tuple(self._row.cells), self._row.first))
        self._row = _Row()

    def _end_table(self) -> Iterator[list[TableRow]]:
        self._end_row()
        if self._table:
            yield self._table
            self._table = []


def _without_pictures(data: bytes) -> bytes:
    """The file without pictures that stand in it as bytes: no sign in them is one of RTF."""
    match = _BINARY.search(data)
    if match is None:
        return data
    parts, at = [], 0
    while match:
        parts.append(data[at : match.start()])
        at = match.end() + int(match[1])
        match = _BINARY.search(data, at)
    return b"".join([*parts, data[at:]])


def _whole(text: str) -> str:
    """The text with the two halves of a sign beyond 16 bits put together."""
    if text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _known(encoding: str, where: str | None = None) -> str | None:
    """The name of an encoding; of an unknown one None, or EncodingError where a person gave it."""
    try:
        b"a".decode(encoding, "replace")
    except (LookupError, UnicodeError) as unknown:  # idna knows no replacing
        if where is None:
            return None
        raise EncodingError(encoding, where=where, known=False) from unknown
    return encoding
