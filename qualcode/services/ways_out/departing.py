"""What is to leave, with all that the door has to know: whom it cites, counts and shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import BinaryIO, Final

from qualcode import errors
from qualcode.model.book import QuotationBook
from qualcode.model.consent import Audience
from qualcode.model.evidence import Evidence
from qualcode.model.matrix import (
    Cell,
    Comparison,
    ExportReport,
    MatrixReport,
    Quotation,
    RegisterLine,
)
from qualcode.model.people import Attribution, Participant
from qualcode.services.consent import gate
from qualcode.services.consent.attribution import Consent
from qualcode.services.consent.names.forbidden import Forbidden
from qualcode.services.consent.names.of_coders import with_numbers
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.ways_out.own_words import Blank, own_words
from qualcode.store.store import Store

NAMES_NOT_AT_HAND: Final = (
    "the names of participants are not at hand: who is to be named is cited by role and "
    "organisation, and no name is looked for in anybody's words"
)
UNKNOWN_NAMES: Final = (
    "no name is known, so none is looked for, of {}: a publication waits until it is, or until it "
    "is said that there is none (name=none)"
)
EDITS_LEFT: Final = (
    "some edits of quotations stayed on an earlier version of a corrected transcript: make them "
    "again with: qualcode quotes edit"
)
EDITS_MEET: Final = (
    "two edits lie on the same words, made in two copies of the project: the earlier in the text "
    "is shown, and of the other what that leaves. To have it otherwise, qualcode quotes edit "
    "--undo-edits, and make one"
)

Writer = Callable[[BinaryIO], ExportReport]


@dataclass(frozen=True)
class Departing:
    """What is to leave: how it is written, whom it cites, and for whom it is.

    `value` is what is written, with or without a house's template. `blank` writes the same of
    nobody. `register` are those whom it names without quoting them; with `frame` places and
    stakeholders stand in it. `cases` are all whom it counts, by code or by uid of the interview,
    and `summaries` those in it, each with its theme. What belongs beside a table cites nobody and
    is not recorded.
    """

    write: Writer
    format: str
    blank: Blank
    value: object = None
    has_template: bool = False
    quotations: tuple[Quotation, ...] = ()
    audience: Audience = Audience.TEAM
    register: tuple[RegisterLine, ...] = ()
    frame: bool = False
    cases: frozenset[str] = frozenset()
    summaries: tuple[tuple[str, str], ...] = ()
    is_recorded: bool = True

    @cached_property
    def cited(self) -> frozenset[tuple[str | None, str]]:
        """Participants by code with the attributions that stand beside their words."""
        said = {(quote.participant, quote.attribution) for quote in self.quotations}
        return frozenset(said | {(line.case, line.attribution) for line in self.register})

    def ours(self, forbidden: Forbidden) -> frozenset[str]:
        """What this file says whoever is in the study."""
        return own_words(self.blank, self.format, forbidden)


def quotations_in(value: MatrixReport | QuotationBook | Evidence) -> tuple[Quotation, ...]:
    """All quotations of a value, each as often as it stands there."""
    if isinstance(value, QuotationBook):
        return tuple(
            quote for theme in value.themes for code in theme.codes for quote in code.quotations
        )
    inside = (quote for _, cell in _cells(value) for quote in cell.quotes)
    return (*inside, *(value.quotations if isinstance(value, Evidence) else ()))


def summaries_in(value: MatrixReport | Evidence) -> tuple[tuple[str, str], ...]:
    """All summaries of a value, each with the full name of its theme or code."""
    found = ((column, cell.summary) for column, cell in _cells(value))
    return tuple((column, words) for column, words in found if words)


def _cells(value: MatrixReport | Evidence) -> Iterator[tuple[str, Cell]]:
    """All cells, each with the key of its column."""
    sections = value.sections if isinstance(value, MatrixReport) else ()
    for matrix in (value.matrix, *(section.matrix for section in sections)):
        keys = [column.key for column in matrix.columns]
        for row in matrix.cells:
            yield from zip(keys, row, strict=True)


def cases_in(comparisons: Iterable[Comparison]) -> frozenset[str]:
    """All who are counted in comparisons, or named as going against a pattern."""
    return frozenset(
        case
        for one in comparisons
        for case in (*one.cases, *(label for line in one.lines for label in line.against))
    )


def readable(store: Store, quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """Quotations in which no coder is called by a name that may not leave."""
    with store.reading() as session:
        numbers = Corpus(session).numbered_coders
    return tuple(with_numbers(one, numbers) for one in quotations)


def check_words(store: Store, words: Iterable[str | None], *, where: str) -> tuple[str, ...]:
    """Let loose words leave, such as those of a list on the screen, or refuse them.

    Returns what is to be said besides. Raises LeakError.
    """
    with store.reading() as session:
        corpus = Corpus(session)
    gate.check_words(corpus.forbidden, words, where=where)
    return without_names(corpus.consent, corpus.forbidden, Audience.TEAM, where=None)


def without_names(
    consent: Consent, forbidden: Forbidden, audience: Audience, *, where: str | None
) -> tuple[str, ...]:
    """What is to be said where a name is not at hand; then a publication is refused."""
    people = consent.participants.values()
    if all(one.attribution is Attribution.NAMED for one in people):
        return ()
    at_hand = forbidden.names_at_hand
    unknown = sorted(one.code for one in people if _is_unknown(one, consent))
    if audience is Audience.PUBLICATION and (unknown or not at_hand):
        # A file of names that was begun in a copy knows a few, and hides the names of these alone.
        raise errors.NamesNotAtHandError(unknown if at_hand else (), where=where)
    if not (at_hand and consent.identities):
        return (NAMES_NOT_AT_HAND,)
    return (UNKNOWN_NAMES.format(", ".join(unknown)),) if unknown else ()


def _is_unknown(person: Participant, consent: Consent) -> bool:
    """True for somebody whose name may not be said, and is not known; `none` is known to be none.

    Others may say the name of who withdrew, too; of who was erased, nobody is to know it.
    """
    if person.attribution is Attribution.NAMED or person.code in consent.erased:
        return False
    known = consent.identities.get(person.code)
    return known is None or not known.name.strip()


def warned(report: ExportReport, sentences: Iterable[str]) -> ExportReport:
    """The report with what is to be said besides."""
    return replace(report, warnings=(*report.warnings, *sentences))
