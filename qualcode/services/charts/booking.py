"""The quotation book: under each theme its codes, under each code its quotations.

A passage that several coders gave the same code stands once, as in the matrix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from qualcode.model.book import BookCode, BookTheme, QuotationBook
from qualcode.model.codebook import Code
from qualcode.model.consent import Audience
from qualcode.model.matrix import Quotation
from qualcode.services.cases.joining import join_overlapping, number_by_place
from qualcode.services.cases.rows import cases_of
from qualcode.services.charts.audiences import for_audience
from qualcode.services.charts.charting import ANOTHER_TURN
from qualcode.services.charts.facts import (
    coding_in_words,
    facts_of,
    language_of,
    passed_over_in,
    stars_in,
)
from qualcode.services.charts.placing import PLAIN_COLOUR
from qualcode.services.charts.provenance import Asked, made_as, provenance_of
from qualcode.services.charts.registering import register_of
from qualcode.services.retrieval import starring
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.services.work.coders import find_coder
from qualcode.store import queries
from qualcode.store.store import Store

TITLE = "Quotations by theme and code"


@dataclass(frozen=True, slots=True)
class Booked:
    """A book, how many codings may not leave, and how many wait since a correction.

    `warnings` are for whoever makes it.
    """

    book: QuotationBook
    withheld: int
    waiting: int
    warnings: tuple[str, ...] = ()


def build_book(
    store: Store,
    codes: Sequence[str] = (),
    *,
    where: Sequence[str] = (),
    coder: str | None = None,
    only: Collection[str] | None = None,
    starred: bool = False,
    context: int = 0,
    title: str | None = None,
    audience: Audience = Audience.TEAM,
    at: datetime,
) -> Booked:
    """The book of these codes and of all below them; of all codes where none is named.

    `only` are uids of codings, None all of them; with `starred` only what is worth quoting;
    `context` is the number of words on either side.
    `at` dates it. Raises UnknownCodeError or FilterError.
    """
    with store.reading() as session:
        by = None if coder is None else find_coder(session, coder)
        corpus = Corpus(session, where=where, audience=audience, between_turns=ANOTHER_TURN)
        if starred:
            shining = starring.starred_codings(session)
            only = shining if only is None else shining.intersection(only)
        found = quotations(session, corpus, codes=codes, coder=by, only=only, context=context)
        waiting = corpus.waiting(codes=codes, coder=by)
        project = queries.project(session)
    readable = for_audience(found, audience, coders=corpus.numbered_coders)
    passages = join_overlapping(readable, corpus.attribution)
    joined = [quote for quote, _ in number_by_place(passages)]
    themes = _themes(corpus, joined)
    coding = coding_in_words(joined, len(themes))
    facts = facts_of(
        corpus, cases_of(corpus, None), coding=coding, where=where, project=project.name, at=at
    )
    asked = Asked(audience, where=dict(facts).get("Only"))
    made = made_as(asked, coders=len({quote.coder for quote, _ in found}))
    by_number = {quote.number: quote for quote in joined}
    book = QuotationBook(
        title=title or TITLE,
        subtitle=project.name,
        created=at.date().isoformat(),
        language=language_of(corpus.transcripts, project.language),
        audience=audience,
        themes=themes,
        facts=(*facts, *stars_in(joined)),
        register=tuple(register_of(corpus, by_number.values())),
        provenance=tuple(provenance_of(corpus, made, waiting=waiting, at=at)),
        made=made,
    )
    return Booked(book, corpus.withheld, waiting, tuple(passed_over_in(corpus)))


def _themes(corpus: Corpus, found: Sequence[Quotation]) -> tuple[BookTheme, ...]:
    """Themes and codes in book order as far as they were used; codes of no book come last."""
    by_theme: dict[str, dict[str, list[Quotation]]] = defaultdict(lambda: defaultdict(list))
    for quote in found:
        by_theme[quote.theme][quote.code].append(quote)
    known = {corpus.full_name(code.id): code for code in corpus.book.codes}
    order = {key: place for place, key in enumerate(known)}

    def place(key: str) -> tuple[int, str]:
        return order.get(key, len(order)), key

    return tuple(
        BookTheme(
            key=theme,
            name=_name(known.get(theme), theme),
            definition=_definition(known.get(theme)),
            colour=_colour(known.get(theme)),
            codes=tuple(
                BookCode(
                    key=code,
                    name=_name(known.get(code), code),
                    definition=_definition(known.get(code)),
                    quotations=tuple(by_theme[theme][code]),
                )
                for code in sorted(by_theme[theme], key=place)
            ),
        )
        for theme in sorted(by_theme, key=place)
    )


def _name(code: Code | None, key: str) -> str:
    return key if code is None else code.name


def _definition(code: Code | None) -> str:
    return "" if code is None else code.definition


def _colour(code: Code | None) -> str:
    return (code and code.colour) or PLAIN_COLOUR
