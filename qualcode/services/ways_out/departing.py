"""Whatever leaves, leaves through here: asked of consent anew, read back, and put down in a record.

A value was made some time ago; consent is what it is now. So the names that may not leave and what
everybody agreed to are read once more, in one look, when the file is written and before it stands
in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from qualcode import errors
from qualcode.model.book import QuotationBook
from qualcode.model.consent import Audience, Export, Shown
from qualcode.model.evidence import Evidence
from qualcode.model.matrix import ExportReport, MatrixReport, Quotation, RegisterLine
from qualcode.model.people import Attribution
from qualcode.services.consent import gate
from qualcode.services.consent.attribution import ANONYMOUS_TEXT, INTERVIEWER_TEXT, Consent
from qualcode.services.consent.forbidden import Forbidden
from qualcode.services.consent.written import nodes
from qualcode.services.retrieval.corpus import Corpus
from qualcode.store import records
from qualcode.store.reverting import EXPORT
from qualcode.store.store import Store

NAMES_NOT_AT_HAND: Final = (
    "the names of participants are not at hand, so none is looked for in their words"
)
NOT_RECORDED: Final = "the project can be read but not written, so it does not know of this export"

EDITS_LEFT: Final = (
    "some edits of quotations stayed on an earlier version of a corrected transcript: make them "
    "again with: qualcode quotes edit"
)

Writer = Callable[[BinaryIO], ExportReport]


@dataclass(frozen=True)
class Departing:
    """What is to leave: how it is written, whom it cites, and for whom it is.

    `blank` writes the same of a study in which nobody is, or is None. `register` are those whom it
    names without quoting them; with `frame` places and stakeholders stand in it.
    """

    write: Writer
    format: str
    quotations: tuple[Quotation, ...] = ()
    audience: Audience = Audience.TEAM
    register: tuple[RegisterLine, ...] = ()
    frame: bool = False
    blank: Callable[[], bytes] | None = None

    @cached_property
    def cited(self) -> frozenset[tuple[str | None, str]]:
        """Participants by code with the attributions that stand beside their words."""
        said = {(quote.participant, quote.attribution) for quote in self.quotations}
        return frozenset(said | {(line.case, line.attribution) for line in self.register})

    def ours(self) -> frozenset[str]:
        """What every file of this format says."""
        return frozenset() if self.blank is None else nodes(self.blank(), self.format)


def quotations_in(value: MatrixReport | QuotationBook | Evidence) -> tuple[Quotation, ...]:
    """All quotations of a value, each as often as it stands there."""
    if isinstance(value, QuotationBook):
        return tuple(
            quote for theme in value.themes for code in theme.codes for quote in code.quotations
        )
    matrices = [value.matrix]
    if isinstance(value, MatrixReport):
        matrices += [section.matrix for section in value.sections]
    cells = (cell for one in matrices for row in one.cells for cell in row)
    inside = (quote for cell in cells for quote in cell.quotes)
    return (*inside, *(value.quotations if isinstance(value, Evidence) else ()))


def check(
    store: Store, departing: Departing, file: Path | bytes, *, target: Path | None = None
) -> tuple[Consent, tuple[str, ...]]:
    """Let a finished file leave, or refuse it; returns consent as it is, and what is to be said.

    `target` is where it is going. Raises LeakError, UncheckedError, ConsentChangedError, or
    NamesNotAtHandError for a publication.
    """
    with store.reading() as session:
        corpus = Corpus(session, audience=departing.audience)
        _check_consent(corpus, departing, target)
        forbidden = corpus.forbidden
        if target is not None:
            gate.check_name(target.name, forbidden)
    warnings = _without_names(corpus.consent, forbidden, departing.audience, target)
    if corpus.edits_left:
        warnings = (*warnings, EDITS_LEFT)
    where = None if target is None else str(target)
    gate.check(file, forbidden, format=departing.format, where=where, ours=departing.ours)
    return corpus.consent, warnings


def check_words(store: Store, words: Iterable[str | None], *, where: str) -> tuple[str, ...]:
    """Let loose words leave, such as those of a list on the screen, or refuse them.

    Returns what is to be said besides. Raises LeakError.
    """
    with store.reading() as session:
        corpus = Corpus(session)
    gate.check_words(corpus.forbidden, words, where=where)
    return _without_names(corpus.consent, corpus.forbidden, Audience.TEAM, None)


def record(
    store: Store,
    left: Iterable[tuple[tuple[Departing, Path], ExportReport, Consent]],
    *,
    by: str,
    at: datetime,
) -> tuple[str, ...]:
    """Put down which files leave in one act, and what they give away.

    Returns what is to be said besides. What belongs beside a table cites nobody: it is left out.
    """
    written = at.astimezone(UTC).isoformat()
    exports = [
        Export(
            uid=_uid(written, by, target.name, one.format, report.digest),
            written=written,
            by=by,
            file=target.name,
            format=one.format,
            audience=one.audience,
            digest=report.digest,
            quotations=report.quotations,
            shown=given_away(consent, one),
        )
        for (one, target), report, consent in left
        if one.blank is not None
    ]
    try:
        with store.act(EXPORT, by=by, at=at) as act:
            act.ensure([records.export_record(export) for export in exports])
    except errors.StoreReadOnlyError:
        return (NOT_RECORDED,)
    return ()


def _uid(*facts: str) -> str:
    """The same for the same export of the same moment, whichever copy of the project says it."""
    return sha256("\n".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def given_away(consent: Consent, departing: Departing) -> dict[str, frozenset[Shown]]:
    """Of each participant who is cited, by code, the facts that an output says of them."""
    codes = {code for code, _ in departing.cited if code and code in consent.participants}
    return {code: frozenset(_facts(consent, code, departing)) for code in sorted(codes)}


def _facts(consent: Consent, code: str, departing: Departing) -> Iterator[Shown]:
    person = consent.participants[code]
    if person.attribution is Attribution.NAMED and code in consent.identities:
        yield Shown.NAME
    said = [Shown.PSEUDONYM, Shown.ROLE, Shown.ORGANISATION]
    if departing.frame:
        said += [Shown.PLACE, Shown.STAKEHOLDER]
    yield from (fact for fact in said if consent.shows(code, fact))
    dated = any("interviewed" in text for known, text in departing.cited if known == code)
    if dated:
        yield Shown.DAY if consent.shows_days(code) else Shown.MONTH


def _check_consent(corpus: Corpus, departing: Departing, target: Path | None) -> None:
    """Refuse what cites somebody otherwise than they may be cited now."""
    consent = corpus.consent
    days: dict[str, set[str | None]] = {}
    for transcript in corpus.transcripts:
        for code in corpus.speaking_in(transcript):
            days.setdefault(code, {None}).add(transcript.interviewed)
    said = {
        code: {consent.text(code, day) for day in days.get(code, {None})}
        for code in consent.participants
        if not consent.withheld(code)
    }
    anyone = {ANONYMOUS_TEXT, INTERVIEWER_TEXT}.union(*said.values())
    changed = {
        code if code in consent.participants else text
        for code, text in departing.cited
        if consent.withheld(code) or not _is_made_of(text, anyone)
    }
    # Alone with their words, nobody may be cited as another is.
    changed |= {
        code
        for code, text in departing.cited
        if code in said and text in anyone.difference(said[code], {INTERVIEWER_TEXT})
    }
    changed |= set(_closed_since(corpus, departing.quotations))
    if changed:
        where = None if target is None else str(target)
        raise errors.ConsentChangedError(len(changed), where=where)


def _is_made_of(text: str, known: Iterable[str]) -> bool:
    """True for attributions of one or several people, parted by semicolons."""
    for one in sorted(known, key=len, reverse=True):
        text = text.replace(one, "")
    return not text.strip("; ")


def _closed_since(corpus: Corpus, quotations: Iterable[Quotation]) -> Iterator[str]:
    """Transcripts with a quotation in which words stand that may no longer leave."""
    quoted: dict[str, list[Quotation]] = {}
    for quote in quotations:
        quoted.setdefault(quote.version, []).append(quote)
    affected = [
        transcript
        for transcript in corpus.transcripts
        if transcript.version_uid in quoted
        and any(corpus.consent.withheld(code) for code in corpus.speaking_in(transcript))
    ]
    texts = corpus.texts(affected)
    for transcript in affected:
        text = texts[transcript.version_uid]
        for quote in quoted[transcript.version_uid]:
            if not corpus.may_leave(transcript, text, quote.start, quote.end):
                yield transcript.uid


def _without_names(
    consent: Consent, forbidden: Forbidden, audience: Audience, target: Path | None
) -> tuple[str, ...]:
    people = consent.participants.values()
    if forbidden.names_at_hand or all(one.attribution is Attribution.NAMED for one in people):
        return ()
    if audience is Audience.PUBLICATION:
        raise errors.NamesNotAtHandError(where=None if target is None else str(target))
    return (NAMES_NOT_AT_HAND,)


def warned(report: ExportReport, sentences: Iterable[str]) -> ExportReport:
    """The report with what is to be said besides."""
    return replace(report, warnings=(*report.warnings, *sentences))
