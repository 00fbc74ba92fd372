"""What a document says of its own content, without a word said in it: to be compared with another.

Words are there as digests, so that two documents can tell whether theirs agree; how they are cited
is there as the document says it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ListedQuotation:
    """One quotation: its place and code, a digest of its words, and how it is cited.

    `row` is the key of the case that it stands with; `locator` tells people which it is. `cited` is
    a digest of `source`, which is "" where the file has the digest alone; both are "" where the
    file does not say how it is cited.
    """

    row: str
    code: str
    transcript: str
    start: int
    end: int
    locator: str
    words: str
    cited: str
    source: str = ""


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
class ListedTable:
    """A table of facts: `lines` are the key of each row with its values, a value a column.

    `name` says which table it is: cases, codes, dictionary, labels or comparison.
    """

    name: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What was asked for when a document was made, as far as it says so itself; else "".

    `rows`, `columns`, `cells` are those of its matrix, `most` how many quotations a cell shows,
    `only` the filter, `audience` whom it is for, `layout` tables or a list, `coders` how many,
    `part` which of several documents it is, such as `place Marle`.
    """

    rows: str = ""
    columns: str = ""
    cells: str = ""
    most: str = ""
    only: str = ""
    audience: str = ""
    layout: str = ""
    coders: str = ""
    part: str = ""


NOT_SAID = Made()
"""Of a document that says nothing of it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of one document.

    `rows` and `columns` are those of its matrix, both empty where it has none. `lists_quotations`
    is false where quotations cannot be told from one another, `is_placed` where only a locator says
    where each stands, as in a table of cells; their code is then the column. `project` is a digest
    of the project's name, "" where the file does not say it. `is_joined` is False of a list of
    codings, in which a passage that several coders gave one code stands several times. `resaved` is
    True of a document that another program has saved since. `table` is what a file holds that is
    neither a matrix nor quotations.
    """

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[ListedCell, ...] = ()
    quotations: tuple[ListedQuotation, ...] = ()
    lists_quotations: bool = True
    is_placed: bool = True
    project: str = ""
    is_joined: bool = True
    resaved: bool = False
    made: Made = NOT_SAID
    table: ListedTable | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that two documents say differently: which quotation or cell, and what of it.

    `before` and `now` are how it was attributed, or its words, "" where that may not be said any
    more, or nobody knows it. Of an attribution, `who` is the participant by code, where known, else
    the case. Of a cell, `came` and `went` are the quotations by locator.
    """

    row: str
    code: str
    locator: str
    what: str = ""
    before: str = ""
    now: str = ""
    who: str = ""
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeOtherwise:
    """One wish by which two documents differ, such as `rows`, and what each was made with."""

    wish: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class NotCompared:
    """What could not be compared, such as `attributions`, and why not.

    `because` is `old` or `new` for the document that does not hold it, else what differs, such as
    `rows`.
    """

    what: str
    because: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a later document says otherwise than an earlier one; all empty where nothing changed.

    `moved` are passages that stand under another code now, `reworded` those whose words are shown
    otherwise, `cited` those that are attributed otherwise. `cells` are cells that hold more, fewer,
    or another summary, or figures of a table. `withdrew` are the rows gone of those who may leave
    in nothing now.

    `quotations` are the numbers in both, a passage once under whichever codes, None where one of
    them cannot tell. `made` is what they were made with otherwise; `left_out` counts quotations
    that are missing in the one or in the other because of it, and are neither new nor gone.
    `compared` and `not_compared` say what of them was laid side by side. `other_project` is True of
    exports of projects of different names, or that have nothing at all in common, `resaved` where
    another program saved one of them since: what was changed there is not seen.
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
    withdrew: tuple[str, ...] = ()
    quotations: tuple[int, int] | None = field(default=None, compare=False)
    made: tuple[MadeOtherwise, ...] = field(default=(), compare=False)
    left_out: tuple[int, int] = field(default=(0, 0), compare=False)
    compared: tuple[str, ...] = field(default=(), compare=False)
    not_compared: tuple[NotCompared, ...] = field(default=(), compare=False)
    other_project: bool = False
    resaved: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        """True where anything changed."""
        return self != Changes()
