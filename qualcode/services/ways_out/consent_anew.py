"""Consent asked anew: may what was made some time ago still leave as it is, word by word?

A value holds what consent let through when it was made. Since then somebody may have withdrawn, or
be cited with less; words may have been cut, and summaries closed. Whatever does not stand as it
would be made now is refused; what is merely older, such as a count of codings, is not asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from qualcode import errors
from qualcode.model.consent import Audience, Edit
from qualcode.model.matrix import Quotation
from qualcode.model.summary import SummaryStatus
from qualcode.model.transcript import StoredTranscript
from qualcode.services.charts.charting import ANOTHER_TURN
from qualcode.services.consent.attribution import (
    ANONYMOUS_TEXT,
    INTERVIEWER_TEXT,
    open_around,
    passes,
)
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.passages import Passage
from qualcode.services.summaries.beneath import Beneath
from qualcode.services.summaries.shown_summary import shown_of
from qualcode.services.ways_out.departing import Departing
from qualcode.store import leaving
from qualcode.store import summaries as stored
from qualcode.store.engine import Session

_REACH = 4
"""Characters said for one that is shown around a quotation, edits apart: blanks are left out."""


def check_consent(
    session: Session, corpus: Corpus, departing: Departing, *, where: str | None
) -> None:
    """Refuse what cites, counts or shows somebody otherwise than it may now.

    Raises ConsentChangedError.
    """
    people = set(_cited_otherwise(corpus, departing)) | set(_counted_no_more(corpus, departing))
    since = _words_since(session, corpus, departing.quotations)
    words = since.changed + _summaries_since(session, corpus, departing)
    people |= _closing(corpus, since.closed) | since.cited
    if people or words:
        raise errors.ConsentChangedError(len(people), words=words, where=where)


# -- people ----------------------------------------------------------------------------------------


def _cited_otherwise(corpus: Corpus, departing: Departing) -> Iterator[str]:
    """Those who are cited otherwise than they may be; alone, nobody is cited as another is."""
    consent = corpus.consent
    days = _days(corpus)
    said = {
        code: {consent.text(code, day) for day in days.get(code, {None})}
        for code in consent.participants
        if not consent.withheld(code)
    }
    anyone = {ANONYMOUS_TEXT, INTERVIEWER_TEXT}.union(*said.values())
    longest_first = sorted(anyone, key=len, reverse=True)
    for code, text in departing.cited:
        others = code in said and text in anyone and text not in said[code] | {INTERVIEWER_TEXT}
        is_known = text in anyone or _is_made_of(text, longest_first)
        if consent.withheld(code) or others or not is_known:
            yield _whose(corpus, code, text)


def _whose(corpus: Corpus, code: str | None, text: str) -> str:
    """By what somebody who is cited is counted: the code, or how they are cited."""
    return code if code is not None and code in corpus.consent.participants else text


def _days(corpus: Corpus) -> dict[str, set[str | None]]:
    """The days of the interviews of everybody, by code, and None: not every citation has one."""
    days: dict[str, set[str | None]] = {}
    for transcript in corpus.transcripts:
        for code in corpus.speaking_in(transcript):
            days.setdefault(code, {None}).add(transcript.interviewed)
    return days


def _is_made_of(text: str, longest_first: Sequence[str]) -> bool:
    """True for attributions of one or several people, parted by semicolons."""
    for one in longest_first:
        text = text.replace(one, "")
    return not text.strip("; ")


def _counted_no_more(corpus: Corpus, departing: Departing) -> Iterator[str]:
    """Those who are counted, or named as a case, and leave in nothing now."""
    interviews = {one.uid: one for one in corpus.transcripts}
    for case in departing.cases:
        interview = interviews.get(case)
        people = {case} if interview is None else corpus.speaking_in(interview)
        if people and all(corpus.consent.withheld(code) for code in people):
            yield case


def _closing(corpus: Corpus, closed: Set[str]) -> set[str]:
    """Who took part in these transcripts and leaves in nothing: one who withdrew is counted once.

    Of a transcript that is closed for another reason, it is the transcript itself.
    """
    found: set[str] = set()
    for transcript in corpus.transcripts:
        if transcript.uid in closed:
            took_part = corpus.speaking_in(transcript)
            found |= {one for one in took_part if corpus.consent.withheld(one)} or {transcript.uid}
    return found


# -- words -----------------------------------------------------------------------------------------


class _Since(NamedTuple):
    """What is so since quotations were made.

    Transcripts in which words of theirs are closed, how many are shown otherwise, and whose are
    cited as somebody else's, or as one's alone where others speak in them.
    """

    closed: Set[str]
    changed: int
    cited: Set[str]


def _words_since(session: Session, corpus: Corpus, quotations: Sequence[Quotation]) -> _Since:
    quoted: dict[str, list[Quotation]] = {}
    for quote in quotations:
        quoted.setdefault(quote.version, []).append(quote)
    if not corpus.names_interviews and any(one.placed for one in quotations):
        # Since then an interview is known by which somebody would be found.
        known = {one.uid for one in corpus.transcripts if one.version_uid in quoted}
        return _Since(known, 0, frozenset())
    edited = leaving.edits(session)
    current = [one for one in corpus.transcripts if one.version_uid in quoted]
    hidden = {
        one.uid
        for one in current
        if one.version_uid in edited or _is_partly_closed(corpus, one) or corpus.stands_apart(one)
    }
    affected = [one for one in current if one.uid in hidden or corpus.cites_several(one)]
    texts = corpus.texts(affected)
    closed: set[str] = set()
    cited: set[str] = set()
    changed = 0
    for transcript in affected:
        uid = transcript.version_uid
        for quote in quoted[uid]:
            passage = corpus.passage(transcript, texts[uid], quote.start, quote.end)
            if passage is None:
                closed.add(transcript.uid)
                continue
            if corpus.attribution(passage) != quote.attribution:
                cited.add(_whose(corpus, quote.participant, quote.attribution))
            if transcript.uid in hidden:
                edits = passage.shown.edits(uid, texts[uid].text)
                changed += not _is_said_so(corpus, passage, quote, edits)
    return _Since(closed, changed, cited)


def _is_partly_closed(corpus: Corpus, transcript: StoredTranscript) -> bool:
    return any(corpus.consent.withheld(code) for code in corpus.speaking_in(transcript))


def _is_said_so(corpus: Corpus, passage: Passage, quote: Quotation, edits: Sequence[Edit]) -> bool:
    """True where a quotation, and the words around it, are shown with all that is hidden now."""
    low, high = _reach(quote, edits)
    if not _within(edits, low, high) and passes(low, high, passage.closed):
        return True
    text = passage.text
    if passage.words(quote.start, quote.end)[0] != quote.text:
        return False
    first, last = open_around(quote.start, quote.end, len(text.text), passage.closed)
    before = _bare(corpus.words_by_turn(passage, max(first, low), quote.start))
    after = _bare(corpus.words_by_turn(passage, quote.end, min(last, high)))
    return before.endswith(_bare(quote.before)) and after.startswith(_bare(quote.after))


def _reach(quote: Quotation, edits: Sequence[Edit]) -> tuple[int, int]:
    """A stretch of the text from which all that is shown around a quotation comes.

    The longer the words that an edit hides, the farther it reaches.
    """
    first = quote.start - _REACH * len(quote.before) - 1
    last = quote.end + _REACH * len(quote.after) + 1
    low, high = first, last
    while True:
        before = _within(edits, low, quote.start)
        after = _within(edits, quote.end, high)
        wider = first - _length(before), last + _length(after)
        if wider == (low, high):
            return wider
        low, high = wider


def _within(edits: Sequence[Edit], start: int, end: int) -> Sequence[Edit]:
    """Those of a row of edits, in order and none overlapping, that touch a stretch."""
    first = bisect_right(edits, start, key=lambda edit: edit.span.end)
    return edits[first : bisect_left(edits, end, key=lambda edit: edit.span.start)]


def _length(edits: Iterable[Edit]) -> int:
    return sum(edit.span.end - edit.span.start for edit in edits)


def _bare(context: str) -> str:
    """Words of a context without what a document puts between turns, and without blanks."""
    return "".join(context.replace(ANOTHER_TURN.strip(), " ").split())


def _summaries_since(session: Session, corpus: Corpus, departing: Departing) -> int:
    """How many summaries stand in it that would not be shown so now."""
    if not departing.summaries:
        return 0
    beneath = Beneath(session)
    now: set[tuple[str, str]] = set()
    for summary in stored.summaries(session):
        shown = shown_of(beneath, summary)
        if shown is None:
            continue
        if departing.audience is not Audience.TEAM and (
            summary.status is not SummaryStatus.FINAL or shown.change.went
        ):
            continue
        now.add((corpus.full_name(summary.theme), corpus.shown.words(summary.text)))
    return sum(
        (theme, words) not in now and (theme, words.rpartition(" (")[0]) not in now
        for theme, words in departing.summaries
    )
