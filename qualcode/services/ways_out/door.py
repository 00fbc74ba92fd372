"""The door itself: all that leaves is written, read back, asked of consent, put down and let go.

A value was made some time ago; consent is what it is now. So everything is asked when it is
written, and once more in the act that puts it down and sets the files in their places: what
changed in the project meanwhile, or in the names, is not missed.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from qualcode import errors
from qualcode.model.consent import STREAM, Audience, Export, Shown
from qualcode.model.matrix import ExportReport
from qualcode.model.people import Attribution
from qualcode.services.consent import gate
from qualcode.services.consent.attribution import ANONYMOUS_TEXT, Consent
from qualcode.services.consent.names.forbidden import Terms
from qualcode.services.consent.names.of_coders import NUMBERED, is_numbered
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.ways_out.consent_anew import check_consent
from qualcode.services.ways_out.departing import (
    EDITS_LEFT,
    EDITS_MEET,
    Departing,
    warned,
    without_names,
)
from qualcode.services.ways_out.leaking_fields import held_fields, of_template
from qualcode.services.ways_out.putting import all_or_none, beside
from qualcode.store import identities, leaving, records, working
from qualcode.store.engine import Session
from qualcode.store.reverting import EXPORT
from qualcode.store.store import Store

NOT_RECORDED: Final = "the project can be read but not written, so it does not know of this export"


@dataclass(frozen=True, slots=True)
class Sent:
    """Who lets something go, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Look:
    """What was asked, and found good: consent and what was looked for, as of a state of both.

    `state` is where the log ended, and all that is known of names.
    """

    state: object
    consent: Consent
    terms: Terms
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """Something that is written and not yet let go: `file` holds it, `target` is where it goes."""

    departing: Departing
    file: Path | bytes
    target: Path | None
    report: ExportReport


def save(
    store: Store, those: Sequence[tuple[Departing, Path]], *, by: str, at: datetime
) -> tuple[ExportReport, ...]:
    """Write each to its target: all of them, or none.

    Raises GateErrors; OutputError where a folder cannot be written to or the disk is full,
    FileExistsAlreadyError where something else than an earlier export stands there.
    """
    with ExitStack() as stack:
        files = [stack.enter_context(beside(target, one.format)) for one, target in those]
        written: list[_Written] = []
        looks: list[_Look] = []
        for (one, _), file in zip(those, files, strict=True):
            written.append(_Written(one, file.path, file.target, file.write(one.write)))
            looks.append(_look(store, written[-1]))
        for file in files:
            file.check()
        put = stack.enter_context(all_or_none(files))
        said = _record(store, written, looks, Sent(by, at), put)
    reports = (warned(one.report, look.warnings) for one, look in zip(written, looks, strict=True))
    first, *others = reports
    return (warned(first, said), *others)


def pour(store: Store, one: Departing, sent: Sent | None) -> tuple[bytes, tuple[str, ...]]:
    """The same bytes for a stream, and what is to be said besides.

    They are put down as an export, once however often they are poured; with None they are a look
    at a value that stays in the program. Raises GateErrors.
    """
    out = io.BytesIO()
    report = one.write(out)
    written = _Written(one, out.getvalue(), None, report)
    look = _look(store, written)
    said = () if sent is None else _record(store, [written], [look], sent, lambda: None)
    return out.getvalue(), (*look.warnings, *said)


# -- asked and read back ---------------------------------------------------------------------------


def _look(store: Store, written: _Written) -> _Look:
    """Let something go as things stand, or refuse it."""
    with store.reading() as session:
        corpus = _asked(session, written)
        state = _state(session)
    look = _looked(corpus, written, state)
    _read_back(corpus, written)
    return look


def _again(session: Session, written: _Written, look: _Look) -> Consent:
    """The same in the act: nothing is asked twice where nothing has changed; consent as it is."""
    if _state(session) == look.state:
        return look.consent
    corpus = _asked(session, written)
    now = _looked(corpus, written, look.state)
    if now.terms != look.terms:
        _read_back(corpus, written)
    return now.consent


def _state(session: Session) -> object:
    return working.log_end(session), identities.register(session), identities.at_hand(session)


def _asked(session: Session, written: _Written) -> Corpus:
    corpus = Corpus(session, audience=written.departing.audience)
    check_consent(session, corpus, written.departing, where=_where(written))
    if written.target is not None:
        gate.check_name(written.target.name, corpus.forbidden)
    return corpus


def _looked(corpus: Corpus, written: _Written, state: object) -> _Look:
    audience = written.departing.audience
    said = without_names(corpus.consent, corpus.forbidden, audience, where=_where(written))
    if audience is Audience.TEAM and is_numbered(
        written.departing.quotations, corpus.numbered_coders
    ):
        said = (*said, NUMBERED)
    if corpus.edits_left:
        said = (*said, EDITS_LEFT)
    if any(corpus.shown.edits_meet(one.version_uid) for one in corpus.transcripts):
        said = (*said, EDITS_MEET)
    return _Look(state, corpus.consent, corpus.forbidden.terms, said)


def _read_back(corpus: Corpus, written: _Written) -> None:
    """Read a file back whole; where a name is found it is said in which field that was typed."""
    one, forbidden = written.departing, corpus.forbidden
    try:
        gate.check(
            written.file,
            forbidden,
            format=one.format,
            where=_where(written),
            ours=lambda: one.ours(forbidden),
        )
    except errors.LeakError as leak:
        people = corpus.consent.participants.values()
        codes = [corpus.full_name(code.id) for code in corpus.book.codes]
        typed = held_fields(
            one.value, people, lambda words: gate.holds(forbidden, words), codes=codes
        )
        if not typed and one.has_template:
            typed = of_template(leak.part)
        raise errors.LeakError(
            leak.found, kind=leak.kind, part=leak.part, where=leak.where, fields=typed
        ) from leak


def _where(written: _Written) -> str | None:
    return None if written.target is None else str(written.target)


# -- put down --------------------------------------------------------------------------------------


def _record(
    store: Store,
    written: Sequence[_Written],
    looks: Sequence[_Look],
    sent: Sent,
    put: Callable[[], None],
) -> tuple[str, ...]:
    """Put down what leaves in one act, and what it gives away, and let it go within it.

    Where a project cannot be written it leaves without that record; returns what is said of it.
    """
    pairs = list(zip(written, looks, strict=True))
    try:
        with store.act(EXPORT, by=sent.by, at=sent.at) as act:
            agreed = [_again(act.session, one, look) for one, look in pairs]
            days = leaving.interview_days(act.session)
            exports = [
                _export(one, given_away(consent, one.departing, days), sent)
                for one, consent in zip(written, agreed, strict=True)
                if one.departing.is_recorded
            ]
            known = {_gist(one) for one in leaving.exports(act.session) if one.is_stream}
            fresh = [one for one in exports if not (one.is_stream and _gist(one) in known)]
            act.ensure([records.export_record(export) for export in fresh])
            put()
    except errors.StoreReadOnlyError:
        with store.reading() as session:
            for one, look in pairs:
                _again(session, one, look)
            put()
        return (NOT_RECORDED,)
    return ()


def _export(written: _Written, shown: Mapping[str, frozenset[Shown]], sent: Sent) -> Export:
    one, report = written.departing, written.report
    when = sent.at.astimezone(UTC).isoformat()
    name = STREAM if written.target is None else written.target.name
    return Export(
        uid=_uid(when, sent.by, name, one.format, report.digest),
        written=when,
        by=sent.by,
        file=name,
        format=one.format,
        audience=one.audience,
        digest=report.digest,
        quotations=report.quotations,
        shown=shown,
    )


def _gist(export: Export) -> tuple[object, ...]:
    """What makes two streams the same, whoever let them go and when."""
    shown = frozenset(export.shown.items())
    return export.format, export.audience, export.digest, export.quotations, shown


def _uid(*facts: str) -> str:
    """The same for the same export of the same moment, whichever copy of the project says it."""
    return sha256("\n".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def given_away(
    consent: Consent, departing: Departing, days: Mapping[str, Sequence[str]]
) -> dict[str, frozenset[Shown]]:
    """Of each participant who is cited, by code, the facts that an output says of them.

    `days` are those of their interviews, by code.
    """
    cited: dict[str, set[str]] = {}
    for code, text in departing.cited:
        if code in consent.participants:
            cited.setdefault(str(code), set()).add(text)
    for code, said in _beside_others(consent, departing, days):
        cited.setdefault(code, set()).add(said)
    return {
        code: frozenset(
            (
                *_facts(consent, code, frame=departing.frame),
                *_dates(consent, code, texts, days.get(code, ())),
            )
        )
        for code, texts in sorted(cited.items())
    }


def _beside_others(
    consent: Consent, departing: Departing, days: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Who is cited beside somebody else in whose quotation they speak, and how, by code."""
    joint = {text for _, text in departing.cited if "; " in text}
    parts = {part for text in joint for part in text.split("; ")}
    for code in consent.participants if joint else ():
        said = {consent.text(code, day) for day in (None, *days.get(code, ()))} - {ANONYMOUS_TEXT}
        for one in said:
            # A role may have a semicolon in it, too.
            is_part = one in parts or ("; " in one and any(one in text for text in joint))
            if is_part:
                yield code, one


def _facts(consent: Consent, code: str, *, frame: bool) -> Iterator[Shown]:
    person = consent.participants[code]
    if person.attribution is Attribution.NAMED and code in consent.identities:
        yield Shown.NAME
    said = [Shown.PSEUDONYM, Shown.ROLE, Shown.ORGANISATION]
    if frame:
        said += [Shown.PLACE, Shown.STAKEHOLDER]
    yield from (fact for fact in said if consent.shows(code, fact))


def _dates(
    consent: Consent, code: str, texts: Iterable[str], days: Iterable[str]
) -> Iterator[Shown]:
    """How much of a date was said, if one of these texts has the date of an interview in it."""
    dated = {consent.text(code, day) for day in days} - {consent.text(code, None)}
    if any(one in text for text in texts for one in dated):
        yield Shown.DAY if consent.shows_days(code) else Shown.MONTH
