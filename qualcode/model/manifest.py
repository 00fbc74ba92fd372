"""What a document says of its own content, without a word of it: to be compared with another.

Words and attributions are there as digests, so that two documents can tell whether theirs agree.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ListedQuotation:
    """One quotation: its place and code, and digests of its words and of how it is cited.

    `row` is the key of the case that it stands with; `locator` tells people which it is.
    """

    row: str
    code: str
    transcript: str
    start: int
    end: int
    locator: str
    words: str
    cited: str


@dataclass(frozen=True, slots=True)
class ListedCell:
    """One cell of the matrix that is not empty: quotations counted, and its summary's digest.

    `words` is the digest of all quotations of the cell together, where they cannot be told from
    one another, else "".
    """

    row: str
    column: str
    count: int
    summary: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of one document.

    `rows` and `columns` are those of its matrix, both empty where it has none. `lists_quotations`
    is false where quotations cannot be told from one another, as in a table of cells. `project` is
    a digest of the project's name, "" where the file does not say it. `is_joined` is False of a
    list of codings, in which a passage that several coders gave one code stands several times.
    `resaved` is True of a document that another program has saved since.
    """

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[ListedCell, ...] = ()
    quotations: tuple[ListedQuotation, ...] = ()
    lists_quotations: bool = True
    project: str = ""
    is_joined: bool = True
    resaved: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that two documents say differently: which quotation or cell, and what of it."""

    row: str
    code: str
    locator: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a later document says otherwise than an earlier one; all empty where nothing changed.

    `moved` are passages that stand under another code now, `reworded` those whose words are shown
    otherwise, `cited` those that are attributed otherwise. `cells` are cells that hold more, fewer,
    or another summary. `quotations` are the numbers in both, None where one of them cannot tell.
    `other_project` is True of exports of projects of different names, or that have nothing at all
    in common, `resaved` where another program saved one of them since: what was changed there is
    not seen.
    """

    rows_new: tuple[str, ...] = ()
    rows_gone: tuple[str, ...] = ()
    columns_new: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()
    new: tuple[Changed, ...] = ()
    gone: tuple[Changed, ...] = ()
    moved: tuple[Changed, ...] = ()
    reworded: tuple[Changed, ...] = ()
    cited: tuple[Changed, ...] = ()
    cells: tuple[Changed, ...] = ()
    quotations: tuple[int, int] | None = field(default=None, compare=False)
    other_project: bool = False
    resaved: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        """True where anything changed."""
        return self != Changes()
