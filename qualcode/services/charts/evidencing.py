"""The evidence of a study for those who count: codings, cases by codes, interviews, codebook.

Everything is taken from the same matrix that the documents show, so that numbers and counts agree
with theirs; only the codings are listed one by one, where the matrix joins those that overlap.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qualcode.model.consent import Audience
from qualcode.model.evidence import Evidence, EvidenceCode
from qualcode.model.matrix import Matrix, MatrixReport, Quotation
from qualcode.services.charts import charting
from qualcode.services.charts.audiences import for_audience
from qualcode.services.charts.facts import many, passed_over_in
from qualcode.services.charts.registering import register_of
from qualcode.services.consent.attribution import Consent, day_of
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.services.work.coders import find_coder
from qualcode.store.store import Store

TITLE = "Evidence: coded passages and counts"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Evidence, how many codings may not leave, and how many wait since a correction.

    `warnings` are for whoever makes it.
    """

    evidence: Evidence
    withheld: int
    waiting: int
    warnings: tuple[str, ...] = ()


def build_evidence(
    store: Store,
    *,
    where: Sequence[str] = (),
    coder: str | None = None,
    context: int = 0,
    title: str | None = None,
    audience: Audience = Audience.TEAM,
    at: datetime,
) -> Gathered:
    """All codings of those who pass the filter. Raises FilterError or UnknownCoderError.

    `context` is the number of words on either side; `at` dates it.
    """
    with store.reading() as session:
        report = charting.build_matrix(
            store,
            columns="codes",
            where=where,
            coder=coder,
            audience=audience,
            within=session,
            at=at,
        )
        by = None if coder is None else find_coder(session, coder)
        corpus = Corpus(session, where=where, audience=audience)
        found = quotations(session, corpus, coder=by, context=context)
    read = [quote for quote, _ in for_audience(found, audience, coders=corpus.numbered_coders)]
    shown = tuple(_numbered(read, report.matrix))
    evidence = Evidence(
        title=title or TITLE,
        created=report.created,
        language=report.language,
        audience=audience,
        quotations=shown,
        matrix=report.matrix,
        register=tuple(register_of(corpus, {one.number: one for one in shown}.values())),
        codes=tuple(_codes(corpus)),
        attributes=tuple(_attributes(corpus, report, audience)),
        facts=tuple(_with_codings(report.facts, len(shown))),
        provenance=report.provenance,
        made=report.made,
    )
    return Gathered(evidence, corpus.withheld, report.waiting, tuple(passed_over_in(corpus)))


def _with_codings(facts: Iterable[tuple[str, str]], codings: int) -> Iterator[tuple[str, str]]:
    """The facts of the matrix, which knows of quotations alone; here each coding is listed."""
    for label, said in facts:
        yield label, f"{many(codings, 'coding')} of {said}" if label == "Coding" else said


def _numbered(found: Iterable[Quotation], matrix: Matrix) -> Iterator[Quotation]:
    """Each coding with the number of the passage that it is, or is a part of, in the matrix."""
    passages: Mapping[tuple[str, str, str | None], list[Quotation]] = defaultdict(list)
    for row in matrix.cells:
        for cell in row:
            for quote in cell.quotes:
                passages[quote.version, quote.code, quote.participant].append(quote)
    for those in passages.values():
        those.sort(key=_start)
    for one in found:
        # Joined as they are, no two passages of a person's under a code overlap: the last to begin
        # is the one.
        those = passages[one.version, one.code, one.participant]
        yield replace(one, number=those[bisect_right(those, one.start, key=_start) - 1].number)


def _start(quotation: Quotation) -> int:
    return quotation.start


def _codes(corpus: Corpus) -> Iterator[EvidenceCode]:
    for code in corpus.book.codes:
        path = corpus.path(code.id)
        yield EvidenceCode(corpus.full_name(code.id), code.name, path[0], code.definition)


# -- what is known of a case -----------------------------------------------------------------------


def _attributes(
    corpus: Corpus, report: MatrixReport, audience: Audience
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """What may stand beside the words of each participant, by code, in the order of the rows."""
    days: dict[str, list[str | None]] = defaultdict(list)
    for transcript in corpus.transcripts:
        for code in transcript.participants:
            days[code].append(transcript.interviewed)
    for row in report.matrix.rows:
        person = corpus.consent.participants.get(row.key)
        if person is None:
            continue
        # Further attributes may tell who somebody is: they stay with the team.
        further = sorted(person.attributes) if audience is Audience.TEAM else []
        known = {
            name: corpus.consent.shows(row.key, name) for name in ("place", "stakeholder", *further)
        }
        told = [_day(corpus.consent, row.key, day) for day in days[row.key]]
        known["interviewed"] = "; ".join(dict.fromkeys(day for day in told if day))
        yield row.key, tuple((name, value) for name, value in known.items() if value)


def _day(consent: Consent, code: str, interviewed: str | None) -> str | None:
    """The day of an interview as an ISO date, as much of it as consent lets stand here."""
    said = consent.day(code, interviewed)
    if interviewed is None or said is None:
        return None
    shown = {
        day_of(interviewed, whole=True): interviewed,
        day_of(interviewed, whole=False): interviewed[: len("2024-03")],
        interviewed[: len("2024")]: interviewed[: len("2024")],
    }
    return shown.get(said)
