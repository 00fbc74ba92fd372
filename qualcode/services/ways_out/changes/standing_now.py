"""Where the quotations of an earlier export stand today, and whether they are still coded there.

A document lists places on the version of a transcript that it was made of, without saying which
that was, and a correction moves them. The version on which the words of a place are those of the
quotation, by their digest, is the one; from there the place is carried as a coding would be.

Edits of what is shown go to the corrected text with their words, so nothing is cut on an earlier
version any more: words of such a one are told only where none of them is edited on the current one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from qualcode.exporters.contents.listing import digest
from qualcode.model.consent import Edit
from qualcode.model.manifest import ListedQuotation
from qualcode.model.spans import Span
from qualcode.model.transcript import StoredTranscript
from qualcode.services.cases.rows import case_key
from qualcode.services.places import PlacedText
from qualcode.services.retrieval.corpus import Corpus
from qualcode.store import leaving, queries
from qualcode.store.engine import Session
from qualcode.text.anchoring import Alignment, Outcome

_SURE = frozenset({Outcome.CARRIED, Outcome.ADJUSTED})
"""What became of a passage where nobody has to look at it: a coding is carried there, too."""


class StandingNow:
    """The texts of one project, in which listed quotations are looked up."""

    def __init__(self, session: Session, corpus: Corpus) -> None:
        self._session = session
        self._corpus = corpus
        self._transcripts = {one.name: one for one in corpus.transcripts}
        self._texts: dict[str, dict[str, PlacedText]] = {}
        self._aligned: dict[str, Alignment] = {}
        self._digests: dict[tuple[str, str], frozenset[str]] = {}

    def transcript_of(self, quotation: ListedQuotation) -> StoredTranscript | None:
        """The transcript in which a quotation stood, if that is said and there is one so called."""
        is_said = 0 <= quotation.start < quotation.end
        return self._transcripts.get(quotation.transcript) if is_said else None

    def text_of(self, transcript: StoredTranscript) -> PlacedText:
        """The words of its current version."""
        return self._texts_of(transcript)[transcript.version_uid]

    def place_of(self, quotation: ListedQuotation) -> Span | None:
        """Where it stands on the current version; None where that is not sure."""
        transcript = self.transcript_of(quotation)
        if transcript is None:
            return None
        texts = self._texts_of(transcript)
        then = Span(quotation.start, quotation.end)
        if len(texts) == 1 or not quotation.words:
            return then if then.end <= len(self.text_of(transcript).text) else None
        found = next(self._said_by(transcript, quotation), None)
        return None if found is None else self._now(transcript, found[0], then)

    def is_coded(self, quotation: ListedQuotation) -> bool:
        """True where the passage is still under its code, and may leave.

        Where its place is not sure, the same words under that code are the passage.
        """
        transcript = self.transcript_of(quotation)
        if transcript is None:
            return False
        place = self.place_of(quotation)
        key = transcript.version_uid, quotation.code
        if place is None:
            return quotation.words in self._words_under(transcript, quotation.code)
        return any(place.overlaps(coded) for coded in self._coded.get(key, ())) and bool(
            self._shown(transcript, self.text_of(transcript), place)
        )

    def words(self, quotation: ListedQuotation) -> str:
        """Its words, if they are shown today as the export had them; else ""."""
        transcript = self.transcript_of(quotation)
        if transcript is None:
            return ""
        for text, shown in self._said_by(transcript, quotation):
            if self._is_uncut(transcript, text, Span(quotation.start, quotation.end)):
                return shown
        return ""

    # -- one version and another -------------------------------------------------------------------

    def _said_by(
        self, transcript: StoredTranscript, quotation: ListedQuotation
    ) -> Iterator[tuple[PlacedText, str]]:
        """The versions on which the place has the words of the quotation, the current one first."""
        for text in self._texts_of(transcript).values():
            shown = self._shown(transcript, text, Span(quotation.start, quotation.end))
            if shown and digest(shown) == quotation.words:
                yield text, shown

    def _now(self, transcript: StoredTranscript, text: PlacedText, span: Span) -> Span | None:
        """The place of a stretch of a version on the current one."""
        if text.version == transcript.version_uid:
            return span
        if text.version not in self._aligned:
            current = self.text_of(transcript).text
            self._aligned[text.version] = Alignment(text.text, current)
        found = self._aligned[text.version].anchor(span)
        return found.span if found.outcome in _SURE else None

    def _is_uncut(self, transcript: StoredTranscript, text: PlacedText, span: Span) -> bool:
        """True where nothing of a stretch is shown otherwise today than it was on its version."""
        if text.version == transcript.version_uid:
            return True
        place = self._now(transcript, text, span)
        edits = self._edits.get(transcript.version_uid, ())
        return place is not None and not any(edit.span.overlaps(place) for edit in edits)

    def _shown(self, transcript: StoredTranscript, text: PlacedText, span: Span) -> str:
        """The words of a stretch as they may be shown; "" where they may not, or it is none."""
        if span.end > len(text.text):
            return ""
        passage = self._corpus.passage(transcript, text, span.start, span.end)
        return "" if passage is None else passage.words(span.start, span.end)[0]

    # -- what is coded -----------------------------------------------------------------------------

    def _words_under(self, transcript: StoredTranscript, code: str) -> frozenset[str]:
        """The digests of all passages under a code, and of those that overlap together."""
        key = transcript.version_uid, code
        if key not in self._digests:
            coded = self._coded.get(key, ())
            text = self.text_of(transcript)
            joined = (one for those in self._by_person(transcript, coded) for one in _joined(those))
            shown = (self._shown(transcript, text, one) for one in {*coded, *joined})
            self._digests[key] = frozenset(digest(words) for words in shown if words)
        return self._digests[key]

    def _by_person(
        self, transcript: StoredTranscript, coded: Iterable[Span]
    ) -> Iterable[Sequence[Span]]:
        """The stretches of the current version that may leave, those of each person together."""
        text = self.text_of(transcript)
        whose: dict[str, list[Span]] = defaultdict(list)
        for span in coded:
            passage = self._corpus.passage(transcript, text, span.start, span.end)
            if passage is not None:
                whose[case_key(transcript, passage.participant)].append(span)
        return whose.values()

    # -- what is stored, each fetched once ---------------------------------------------------------

    @cached_property
    def _coded(self) -> dict[tuple[str, str], list[Span]]:
        """The passages by version and full name of the code."""
        found: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for one in queries.codings(self._session):
            key = one.segment.version, self._corpus.full_name(one.code)
            found[key].append(Span(one.segment.start, one.segment.end))
        return found

    @cached_property
    def _edits(self) -> dict[str, tuple[Edit, ...]]:
        return leaving.edits(self._session)

    @cached_property
    def _versions(self) -> dict[str, list[str]]:
        """The uids of each transcript's versions, the oldest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in queries.known_versions(self._session):
            found[one.transcript].append(one.version)
        return found

    def _texts_of(self, transcript: StoredTranscript) -> dict[str, PlacedText]:
        """The words of all versions of a transcript, the current one first."""
        if transcript.uid not in self._texts:
            uids = self._versions.get(transcript.uid, [])
            stored = queries.texts(self._session, uids)
            self._texts[transcript.uid] = {
                uid: PlacedText(transcript.name, stored[uid])
                for uid in reversed(uids)
                if uid in stored
            }
        return self._texts[transcript.uid]


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The stretches that overlap as one, as a matrix joins the passages of several coders."""
    whole: Span | None = None
    for one in sorted(spans):
        if whole is not None and one.start < whole.end:
            whole = Span(whole.start, max(whole.end, one.end))
            continue
        if whole is not None:
            yield whole
        whole = one
    if whole is not None:
        yield whole
