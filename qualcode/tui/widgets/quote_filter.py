"""What quotations are narrowed by: a value, its words, and the list in which it is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.model.codebook import Codebook
from qualcode.model.matrix import Quotation
from qualcode.model.spans import Span
from qualcode.services.retrieval.browsing import FilterChoices
from qualcode.text import search

CODE = "code"
CODER = "coder"

_ANY = {CODE: "all codes", CODER: "everyone"}
_TITLES = {CODE: "Code or theme", CODER: "Coder"}


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """What has to hold of a quotation; None, no pairs and no words let everything through.

    `code` is the id of a code or theme, with all below it; `where` are pairs of an attribute and
    its value, one of a name; `words` is a query as the search takes it.
    """

    code: str | None = None
    coder: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return self != QuoteFilter()

    @property
    def texts(self) -> tuple[str, ...]:
        """The attributes as the services take them: `place=Thornwick`."""
        return tuple(f"{name}={value}" for name, value in self.where)

    def value(self, field: str) -> str | None:
        """What a field asks for: CODE, CODER or the name of an attribute."""
        if field == CODE:
            return self.code
        return self.coder if field == CODER else dict(self.where).get(field)

    def having(self, field: str, value: str | None) -> QuoteFilter:
        """The filter with another value of a field, None for any."""
        if field == CODE:
            return replace(self, code=value)
        if field == CODER:
            return replace(self, coder=value)
        pairs = {**dict(self.where), field: value}
        return replace(self, where=tuple((k, v) for k, v in sorted(pairs.items()) if v is not None))

    def with_words(self, words: str) -> QuoteFilter:
        """The filter with another query, "" for none."""
        return replace(self, words=words)

    def holding(self, quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
        """Those whose own words answer the query. Raises QueryError."""
        if not self.words:
            return tuple(quotations)
        query = search.parse_query(self.words)
        return tuple(
            one for one in quotations if search.search(query, one.text, [Span(0, len(one.text))])
        )


def in_words(wanted: QuoteFilter, book: Codebook) -> str:
    """The filter for a person: `Funding · Amina · place Thornwick · “fair*”`."""
    return " · ".join(_parts(wanted, book)) or "all"


def _parts(wanted: QuoteFilter, book: Codebook) -> Iterator[str]:
    if wanted.code is not None:
        yield value_text(CODE, wanted.code, book)
    if wanted.coder is not None:
        yield f"coded by {wanted.coder}"
    yield from (f"{name} {value}" for name, value in wanted.where)
    if wanted.words:
        yield f"“{wanted.words}”"


def fields(choices: FilterChoices) -> tuple[str, ...]:
    """What can be asked for, in the order of the list."""
    return (CODE, CODER, *choices.values)


def title(field: str) -> str:
    """A field as the list names it."""
    return _TITLES.get(field) or field.capitalize()


def value_text(field: str, value: str | None, book: Codebook) -> str:
    """A value as the list shows it."""
    if value is None:
        return _ANY.get(field, "any")
    if field != CODE:
        return value
    code = book.by_id().get(value)
    return value if code is None else code.name


def offered(field: str, choices: FilterChoices) -> tuple[tuple[str, str], ...]:
    """The values of a field as (value, words), codes indented under their themes."""
    if field == CODE:
        return tuple(
            (code.id, "  " * depth + code.name + (" (retired)" * (code.id in choices.retired)))
            for code, depth in choices.book.walk()
        )
    values = choices.coders if field == CODER else choices.values.get(field, ())
    return tuple((value, value) for value in values)
