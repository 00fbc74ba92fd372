"""codebook.yaml to a Codebook, or all that is wrong with it at once, each with its line.

`tree.py` says what was written, this module what it means: which fields there are, what they hold,
what must be unique. Nothing is guessed and nothing is dropped: what is not understood is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from qualcode.codebook.tree import BYTE_ORDER_MARK, Listing, Mapping, Node, Scalar, read_tree
from qualcode.errors import CodebookError, CodebookFieldError, CodebookSyntaxError, SeveralErrors
from qualcode.model.codebook import Code, Codebook
from qualcode.text.nearest import nearest

BOOK_FIELDS = ("codebook", "version", "themes")

CODE_FIELDS = (
    "id",
    "name",
    "key",
    "colour",
    "definition",
    "include",
    "exclude",
    "look_for",
    "examples",
    "proposed",
    "codes",
)
"""In the order in which they are written."""

LIST_FIELDS = frozenset({"include", "exclude", "look_for", "examples"})
"""Those that hold a list of texts."""

LONGEST_ID = 64
"""Characters; an id is typed on command lines."""

TAKEN_KEYS = {
    "b": "opens the side panel",
    "g": "goes to a time or a turn",
    "h": "moves to the left",
    "j": "moves down",
    "k": "moves up",
    "l": "moves to the right",
    "m": "writes a memo",
    "n": "goes to the next uncoded answer",
    "p": "pins a code",
    "t": "finds a code",
    "u": "undoes",
    "x": "takes a code off",
    "y": "copies a quotation",
    "z": "shows the text alone",
}
"""Letters that the coding screen has a use for; the others may open themes."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST_VERSION = 40


def load_codebook(text: str, *, where: str) -> Codebook:
    """The codebook that a text holds.

    `where` names the file. Raises SeveralErrors with one CodebookFieldError or CodebookSyntaxError
    for each thing to mend, in the order of the lines.
    """
    reader = _Reader(text, where)
    book = reader.read()
    if reader.errors:
        raise SeveralErrors(reader.errors)
    return book


def check_codebook(text: str, *, where: str) -> tuple[CodebookError, ...]:
    """All that is wrong with a codebook, in the order of the lines; nothing if it can be loaded."""
    reader = _Reader(text, where)
    reader.read()
    return tuple(reader.errors)


class _Reader:
    """Walks the tree once, gathers the codes, and goes on after every error."""

    def __init__(self, text: str, where: str) -> None:
        self._text = text.removeprefix(BYTE_ORDER_MARK)
        self._where = where
        self._found: list[tuple[int, CodebookError]] = []
        self._codes: list[Code] = []
        self._lines: dict[str, int] = {}
        self._keys: dict[str, tuple[str, int]] = {}

    @property
    def errors(self) -> list[CodebookError]:
        """What is to be mended, from the first line to the last."""
        return [error for _, error in sorted(self._found, key=lambda found: found[0])]

    def read(self) -> Codebook:
        """The book, as far as it can be understood."""
        try:
            root = read_tree(self._text, where=self._where)
        except (CodebookSyntaxError, CodebookFieldError) as error:
            self._found.append((0, error))
            return Codebook("", "", ())
        if root is None:
            self._say(
                1, "the codebook is empty", "Begin with the lines 'codebook: NAME', 'themes:'."
            )
            return Codebook("", "", ())
        if not isinstance(root, Mapping):
            self._say(root.line, "a codebook is made of fields", "Begin with 'codebook: NAME'.")
            return Codebook("", "", ())
        fields = self._fields(root, BOOK_FIELDS, "a codebook")
        name = self._required(fields, "codebook", root, "Add 'codebook: NAME' at the top.")
        version = self._line(fields, "version")
        if version is not None and not 0 < len(version) <= _LONGEST_VERSION:
            self._say(fields["version"].line, "the version is too long", "Count: 1, 2, 3.")
        if "themes" in fields:
            self._read_codes(fields["themes"], None, "themes")
        else:
            self._say(root.line, "the themes are missing", "Add 'themes:' and a list of themes.")
        return Codebook(name or "", version or "1", tuple(self._codes))

    # -- codes ------------------------------------------------------------------------------------

    def _read_codes(self, node: Node, parent: str | None, field: str) -> None:
        if isinstance(node, Scalar) and node.is_null:
            return
        if not isinstance(node, Listing):
            self._say(node.line, f"'{field}' is not a list", "Begin each entry with '- id: …'.")
            return
        for item in node.items:
            if isinstance(item, Mapping):
                self._read_code(item, parent)
            else:
                mend = "Write '- id: grant-aid' and below it 'name: Grant aid'."
                self._say(item.line, "a code is made of an id and a name", mend)

    def _read_code(self, node: Mapping, parent: str | None) -> None:
        fields = self._fields(node, CODE_FIELDS, "a code")
        name = self._required(fields, "name", node, "Add 'name: …', as people should read it.")
        code_id = self._id(fields, node, name)
        code = Code(
            id=code_id or "",
            name=name or "",
            parent=parent,
            key=self._key(fields, parent, code_id),
            colour=self._colour(fields),
            definition=self._prose(fields, "definition") or "",
            include=self._texts(fields, "include"),
            exclude=self._texts(fields, "exclude"),
            look_for=self._texts(fields, "look_for"),
            examples=self._texts(fields, "examples"),
            proposed=self._proposed(fields, parent),
        )
        self._codes.append(code)
        if "codes" in fields:
            self._read_codes(fields["codes"], code.id, "codes")

    def _id(self, fields: dict[str, Node], node: Mapping, name: str | None) -> str | None:
        proposal = slug(name or "") or "grant-aid"
        code_id = self._required(fields, "id", node, f"Add 'id: {proposal}'.")
        if code_id is None:
            return None
        line = fields["id"].line
        if not _SLUG.fullmatch(code_id) or len(code_id) > LONGEST_ID:
            problem = (
                f"the id '{code_id}' is not made of small letters a-z, digits and single hyphens"
                if len(code_id) <= LONGEST_ID
                else f"an id is longer than {LONGEST_ID} characters"
            )
            self._say(line, problem, f"Write 'id: {slug(code_id) or proposal}'.")
        elif code_id in self._lines:
            first = self._lines[code_id]
            mend = "Every id stands once in the whole book; choose another for one of them."
            self._say(line, f"the id '{code_id}' stands in line {first} already", mend)
        else:
            self._lines[code_id] = line
        return code_id

    def _key(self, fields: dict[str, Node], parent: str | None, code_id: str | None) -> str | None:
        key = self._line(fields, "key")
        if key is None:
            return None
        line = fields["key"].line
        if parent is not None:
            self._say(line, "only a theme has a key", "Leave the key out.")
        elif len(key) != 1 or not key.isalpha() or key != key.lower():
            self._say(line, f"the key '{key}' is not one small letter", "Write 'key: f', say.")
        elif key in TAKEN_KEYS:
            problem = f"the key '{key}' {TAKEN_KEYS[key]} in the coding screen"
            self._say(line, problem, f"Free are: {free_keys(self._keys)}.")
        elif key in self._keys:
            other, first = self._keys[key]
            problem = f"the key '{key}' opens '{other}' already, by line {first}"
            self._say(line, problem, f"Free are: {free_keys(self._keys)}.")
        else:
            self._keys[key] = (code_id or "", line)
        return key

    def _colour(self, fields: dict[str, Node]) -> str | None:
        node = fields.get("colour")
        if isinstance(node, Scalar) and node.is_null:
            after = self._text[node.start :].partition("\n")[0].strip()
            if after.startswith("#"):
                mend = f'Write it in quotation marks: colour: "{after.split()[0]}".'
                self._say(node.line, "the colour is read as a comment", mend)
            return None
        colour = self._line(fields, "colour")
        if colour is not None and not _COLOUR.fullmatch(colour):
            mend = 'Write it as "#8a4b1f": two digits each for red, green and blue.'
            self._say(fields["colour"].line, f"'{colour}' is not a colour", mend)
        return colour.lower() if colour else None

    def _proposed(self, fields: dict[str, Node], parent: str | None) -> bool:
        node = fields.get("proposed")
        if node is None or _is_null(node):
            return False
        said = node.text.lower() if isinstance(node, Scalar) and not node.style else ""
        if said not in ("true", "false"):
            mend = "Write 'proposed: true', or leave it out."
            self._say(node.line, "'proposed' is neither true nor false", mend)
        elif said == "true" and parent is None:
            mend = "Leave it out, or put the code under a theme."
            self._say(node.line, "only a code is proposed, never a theme", mend)
        return said == "true"

    # -- fields -----------------------------------------------------------------------------------

    def _fields(self, node: Mapping, known: Collection[str], what: str) -> dict[str, Node]:
        """The values of the known fields; the first where one is doubled.

        A misspelt field is read as what it was meant to be, so that it is one error and not two.
        """
        fields: dict[str, Node] = {}
        misspelt: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.pairs:
            if key.text in lines:
                first = lines[key.text]
                problem = f"the field '{key.text}' stands in line {first} already"
                self._say(key.line, problem, "Put both into one, or give each code its own dash.")
                continue
            lines[key.text] = key.line
            if key.text in known:
                fields[key.text] = value
                continue
            meant = nearest(key.text, known)
            if meant:
                misspelt[meant] = value
            mend = f"Did you mean '{meant}'?" if meant else f"The fields are: {', '.join(known)}."
            self._say(key.line, f"'{key.text}' is not a field of {what}", mend)
        return misspelt | fields

    def _required(
        self, fields: dict[str, Node], field: str, node: Mapping, mend: str
    ) -> str | None:
        text = self._line(fields, field)
        is_empty = field not in fields or text == "" or _is_null(fields[field])
        if is_empty:
            line = fields[field].line if field in fields else node.line
            self._say(line, f"the field '{field}' is missing or empty", mend)
            return None
        return text

    def _line(self, fields: dict[str, Node], field: str) -> str | None:
        """A text that stands on one line, or None where there is nothing."""
        text = self._prose(fields, field)
        if text is not None and "\n" in text:
            self._say(fields[field].line, f"'{field}' is more than one line", "Make it one line.")
        return text

    def _prose(self, fields: dict[str, Node], field: str) -> str | None:
        node = fields.get(field)
        if node is None or _is_null(node):
            return None
        if not isinstance(node, Scalar):
            mend = f"Write '{field}: …' with the text behind the colon."
            self._say(node.line, f"'{field}' is not a text", mend)
            return None
        return self._clean(node, field)

    def _texts(self, fields: dict[str, Node], field: str) -> tuple[str, ...]:
        node = fields.get(field)
        if node is None or _is_null(node):
            return ()
        if not isinstance(node, Listing):
            self._say(node.line, f"'{field}' is not a list", f"Write '{field}: [one, another]'.")
            return ()
        texts: list[str] = []
        for item in node.items:
            if isinstance(item, Scalar) and not item.is_null:
                texts.append(self._clean(item, field))
            else:
                mend = "Put it in quotation marks if it holds a colon; take an empty entry out."
                self._say(item.line, f"an entry of '{field}' is not a text", mend)
        return tuple(texts)

    def _clean(self, node: Scalar, field: str) -> str:
        text = unicodedata.normalize("NFC", node.text.strip())
        if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
            mend = "Take out the \\ sign and what follows it, or double it."
            self._say(node.line, f"'{field}' holds a sign that cannot be shown", mend)
        return text

    def _say(self, line: int, problem: str, mend: str) -> None:
        where = f"{self._where}:{line}"
        self._found.append((line, CodebookFieldError(problem, where=where, mend=mend)))


def free_keys(opening: Collection[str]) -> str:
    """The letters that may open another theme where these do so already, for people to read."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join(key for key in letters if key not in TAKEN_KEYS and key not in opening)


def slug(name: str) -> str:
    """An id made of a name: `Grant aid (core)` gives `grant-aid-core`; empty if nothing is left."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ID].strip("-")


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_null
