"""The register of interviews: who took part, as they may be cited, and how much of it is theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter

from qualcode.model.matrix import Quotation, RegisterLine
from qualcode.model.people import Participant
from qualcode.model.transcript import StoredTranscript
from qualcode.services.cases.rows import JOINT
from qualcode.services.charts.facts import level_in_words
from qualcode.services.consent.attribution import ANONYMOUS_TEXT
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.without_places import of_nobody


def register_of(corpus: Corpus, quotations: Iterable[Quotation]) -> Iterator[RegisterLine]:
    """A line for everyone who may be cited and passes the filter, for each interview of theirs.

    An interview of nobody known stands for itself. Where words of an interview are nobody's in
    particular, a line of their own counts them, so that the lines add up to all quotations. Where
    interviews are not named, the lines stand by case: side by side they would say who met.
    """
    lines = _lines(corpus, quotations)
    yield from lines if corpus.names_interviews else sorted(lines, key=attrgetter("case"))


def _lines(corpus: Corpus, quotations: Iterable[Quotation]) -> Iterator[RegisterLine]:
    said = Counter((quote.version, quote.participant) for quote in quotations)
    for transcript, those in groupby(corpus.cases(), key=itemgetter(0)):
        people = [person for _, person in those]
        for person in people:
            code = None if person is None else person.code
            yield _line(corpus, transcript, person, said[transcript.version_uid, code])
        known = [person for person in people if person is not None]
        if known and said[transcript.version_uid, None]:
            nobodys = said[transcript.version_uid, None]
            yield _line_of_nobody(corpus, transcript, known, nobodys)


def _line(
    corpus: Corpus, transcript: StoredTranscript, person: Participant | None, quotations: int
) -> RegisterLine:
    code, consent = None if person is None else person.code, corpus.consent
    return RegisterLine(
        case=code or transcript.name,
        attribution=consent.text(code, transcript.interviewed),
        agreed=level_in_words(consent.level(code)),
        place=consent.shows(code, "place"),
        stakeholder=consent.shows(code, "stakeholder"),
        quotations=quotations,
    )


def _line_of_nobody(
    corpus: Corpus, transcript: StoredTranscript, people: Sequence[Participant], quotations: int
) -> RegisterLine:
    """What stands in an interview without being one person's; only what all share is said.

    Where interviews are not named, nothing is. Beside one who was interviewed it is somebody else.
    """
    if not corpus.names_interviews:
        return RegisterLine(of_nobody(transcript), ANONYMOUS_TEXT, "", None, None, quotations)
    lines = [_line(corpus, transcript, person, 0) for person in people]
    places, kinds = {line.place for line in lines}, {line.stakeholder for line in lines}
    is_joint = len(transcript.participants) > 1
    could_be = [line.attribution for line in lines] if is_joint else [ANONYMOUS_TEXT]
    return RegisterLine(
        case=f"{transcript.name} ({JOINT})",
        attribution="; ".join(dict.fromkeys(could_be)),
        agreed="",
        place=places.pop() if len(places) == 1 else None,
        stakeholder=kinds.pop() if len(kinds) == 1 else None,
        quotations=quotations,
    )
