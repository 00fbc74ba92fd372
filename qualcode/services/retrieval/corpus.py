"""The study as a way out sees it: transcripts, people, consent, codes, and the words on demand.

Everything that reads passages starts here, so what may not leave is left out in one place, and
names that may not leave are shown otherwise: in words, and in all that is said beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from qualcode.codebook import resolve_code
from qualcode.model.codebook import SEPARATOR, Code
from qualcode.model.coding import Coding, MemoTarget
from qualcode.model.consent import Audience
from qualcode.model.matrix import Quotation, QuotedMemo
from qualcode.model.people import Participant, Speaker
from qualcode.model.spans import Span, Turn
from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent import attribution
from qualcode.services.consent.agreed import consent_of
from qualcode.services.consent.names.forbidden import forbidden
from qualcode.services.consent.names.of_coders import Numbers, numbered
from qualcode.services.consent.names.shown_words import ShownWords
from qualcode.services.places import PlacedText
from qualcode.services.retrieval import masked_facts
from qualcode.services.retrieval.filters import (
    Filter,
    Unsaid,
    attribute_names,
    may_be_chosen_by,
    said_value,
    value_of,
    values_of,
    values_said,
)
from qualcode.services.retrieval.passages import Passage, Stretches
from qualcode.services.retrieval.whose_words import WhoseWords
from qualcode.services.retrieval.without_places import (
    Apart,
    by_person,
    called_by_person,
    check_filter,
)
from qualcode.store import leaving, queries, speaking
from qualcode.store.engine import Session
from qualcode.store.versions import waiting_counts
from qualcode.text.words import first_words, last_words


class Corpus:
    """One look at the whole study; words are fetched only for the transcripts asked for.

    `consent`, `transcripts` and what is made of them say nothing that may not leave; a filter
    asks for what is stored, of which `agreed` is the consent; a publication's of those alone of
    whom it is said, and `passed_over` are the codes of the others. `within` is an attribute and
    what is stored of it, or why nothing is said of it: nobody else is in the corpus.
    `forbidden` are the names that are shown otherwise, `numbered_coders` those of the team whom
    what leaves cannot call by name; `starred` are the passages worth quoting, of all versions;
    `edits_left` counts edits of quotations that stayed on an earlier version of a transcript. In
    the words around a quotation `between_turns` stands where another turn begins. Without
    `names_interviews` nothing is said of where words stand, and nobody's beside another's; then a
    filter by what is of the transcript's file, or for those alone who met in one interview, raises
    JointInterviewError.
    """

    def __init__(
        self,
        session: Session,
        *,
        where: Sequence[str] = (),
        audience: Audience = Audience.TEAM,
        between_turns: str = " ",
        within: tuple[str, str | Unsaid] | None = None,
    ) -> None:
        self._session = session
        self._audience = audience
        self.passed_over: set[str] = set()
        self._within = within
        self._between_turns = between_turns
        agreed = consent_of(session, audience=audience)
        self.forbidden = forbidden(session, agreed)
        self.numbered_coders: Numbers = numbered(
            self.forbidden, (one.name for one in queries.coders(session))
        )
        recorded = leaving.edits(session)
        self.shown = ShownWords(self.forbidden, recorded, leaving.masks(session))
        stored = queries.transcripts(session)
        now = {transcript.version_uid for transcript in stored}
        self.starred = leaving.starred(session)
        self.edits_left = sum(len(those) for uid, those in recorded.items() if uid not in now)
        self._stored = {transcript.uid: transcript for transcript in stored}
        self.agreed = agreed
        self.transcripts = masked_facts.shown_transcripts(stored, self.shown)
        self.names_interviews = audience is Audience.TEAM or not agreed.joint
        self.consent = masked_facts.shown_consent(agreed, self.shown)
        self.book, self.retired = queries.codebook(session)
        self._whose = WhoseWords(speaking.speakers(session))
        if audience is Audience.PUBLICATION:
            self.transcripts = masked_facts.agreed_transcripts(
                self.transcripts, agreed, self.speaking_in
            )
        self._apart = self._standing_apart()
        if not self.names_interviews:
            self.transcripts = called_by_person(self.transcripts, self.speaking_in)
        self.attributes = attribute_names(stored, list(agreed.participants.values()))
        self._filter = Filter(where, known=self.attributes)
        if self._filter.names and not self.names_interviews:
            check_filter(self._filter.names, self._asked_for(), agreed.joint)
        known_people = (*agreed.participants.values(), *self.consent.participants.values())
        self._filter.check_values(
            lambda name: values_said(name, self.transcripts, self.consent, self.never_met()),
            lambda name: values_of(name, (*stored, *self.transcripts), known_people),
        )
        self._paths = {code.id: self.book.path(code.id) for code in self.book.codes}
        self._closed: dict[str, Stretches] = {}
        self._said: dict[tuple[str, str], str | None] = {}
        self.withheld = 0

    def code(self, name: str) -> Code:
        """The code of a name; raises UnknownCodeError with the nearest."""
        return resolve_code(self.book, name)

    def with_below(self, names: Iterable[str]) -> list[str]:
        """The ids of these codes, by name, and of all below them. Raises UnknownCodeError."""
        return sorted(self.book.with_below(self.code(name).id for name in names))

    def path(self, code: str) -> tuple[str, ...]:
        """Ids from the theme down to the code; a code that is in no book stands for itself."""
        return self._paths.get(code) or (code,)

    def full_name(self, code: str) -> str:
        """The name that scripts use: the ids from theme to code, `funding/grant-aid`."""
        return SEPARATOR.join(self.path(code))

    def texts(self, transcripts: Sequence[StoredTranscript]) -> dict[str, PlacedText]:
        """Words by version uid."""
        names = {t.version_uid: t.name for t in transcripts}
        stored = queries.texts(self._session, list(names))
        return {uid: PlacedText(names[uid], text) for uid, text in stored.items()}

    def cases(self) -> Iterator[tuple[StoredTranscript, Participant | None]]:
        """Everyone who may be cited and passes the filter, with each transcript of theirs.

        A transcript without a known participant stands for itself. In the order of names.
        """
        for transcript in self.transcripts:
            for code in transcript.participants or (None,):
                person = None if code is None else self.consent.participants.get(code)
                if not self.consent.withheld(code) and self._is_wanted(transcript, person):
                    yield transcript, person

    def not_interviewed(self) -> tuple[Participant, ...]:
        """Those who may be cited and took part in nothing; a filter asks for interviews."""
        return self.never_met() if self._filter.asks_nothing else ()

    def never_met(self) -> tuple[Participant, ...]:
        """Those who may be cited and took part in nothing, whatever is asked for."""
        met = {code for transcript in self.transcripts for code in self.speaking_in(transcript)}
        people = sorted(self.consent.participants.items())
        return tuple(
            who for code, who in people if not (code in met or self.consent.withheld(code))
        )

    def withheld_cases(self) -> Iterator[tuple[StoredTranscript, Participant]]:
        """Those who leave in nothing and pass the filter, with each transcript of such alone."""
        for transcript in self.transcripts:
            if all(self.consent.withheld(code) for code in transcript.participants):
                for code in transcript.participants:
                    person = self.consent.participants[code]
                    if self._is_wanted(transcript, person):
                        yield transcript, person

    def has_value(self, name: str, value: str) -> bool:
        """True where an attribute is this of anybody or any interview, be it shown or not."""
        return any(
            value_of(name, transcript, person) == value
            for transcript in (*self._stored.values(), *self.transcripts)
            for code in transcript.participants or (None,)
            for people in (self.agreed.participants, self.consent.participants)
            for person in [None if code is None else people.get(code)]
        )

    def as_stored(
        self, transcript: StoredTranscript, person: Participant | None
    ) -> tuple[StoredTranscript, Participant | None]:
        """The same two with all that is said of them as it is stored: to tell them by, not to show.

        What may be said of them at all, `agreed` knows.
        """
        stored = self._stored.get(transcript.uid, transcript)
        return stored, None if person is None else self.agreed.participants.get(person.code, person)

    def what_is_said(
        self, name: str, transcript: StoredTranscript, person: Participant | None
    ) -> str | Unsaid:
        """What may be said of an attribute, with the names in it as they are stored, or why not.

        Where interviews are not named, nothing is said of what is nobody's in a joint one.
        """
        said = said_value(name, self.agreed, *self.as_stored(transcript, person))
        is_nobodys = person is None and transcript.uid in self._apart
        return Unsaid.NOT_SHOWN if is_nobodys and said is not Unsaid.NONE_GIVEN else said

    def passage(
        self, transcript: StoredTranscript, text: PlacedText, start: int, end: int
    ) -> Passage | None:
        """The passage if the filter wants it and it may leave; what may not is counted."""
        # By the words that it holds: the blank before a turn is nobody's.
        turn = next(iter(text.turns_in(Span(start, end))), None)
        speakers = self._whose.speakers(transcript)
        speaker = None if turn is None else speakers.get(turn.speaker or "")
        whose = self._whose.of_passage(transcript, text.turns, turn, end)
        person = self.consent.participants.get(whose or "")
        closed, shown = self._closed_of(transcript, text), self.shown
        around: Stretches = ()
        if transcript.uid in self._apart:
            alone = self._apart.alone(text, speakers, turn)
            person = self.consent.participants.get(alone.person or "")
            around, shown = alone.left_out, alone.shown
        if not self._is_wanted(transcript, person):
            return None
        if not attribution.passes(start, end, closed):
            self.withheld += 1
            return None
        edges = (*closed, *around)
        voices = partial(self.speaker_of, transcript)
        return Passage(transcript, text, start, end, turn, person, speaker, edges, shown, voices)

    def words(self, text: PlacedText, start: int, end: int) -> tuple[str, int]:
        """The words of a stretch as they may be shown, and how many edits are in them."""
        return self.shown.stretch(text.version, text.text, start, end)

    def waiting(self, *, codes: Sequence[str] = (), coder: str | None = None) -> int:
        """How many codings wait since a correction, in transcripts of those who pass the filter.

        `codes` are names, each with all below it, and none means all; `coder` is a key.
        """
        wanted = self.with_below(codes) if codes else None
        counts = waiting_counts(self._session, codes=wanted, coder=coder)
        shown = {transcript.uid for transcript, _ in self.cases()} if counts else set()
        return sum(count for uid, count in counts.items() if uid in shown)

    def words_by_turn(self, passage: Passage, start: int, end: int) -> str:
        """The words of a stretch of a passage's text, with what stands between its turns."""
        if start >= end:
            return ""
        # One place further: what ends where a turn begins is followed by that turn.
        begun = (turn.start for turn in passage.text.turns_in(Span(start, end + 1)))
        edges = [start, *(edge for edge in begun if start < edge), end]
        said = (passage.words(*edge)[0].strip() for edge in pairwise(edges))
        return self._between_turns.join(said).strip()

    def may_leave(
        self, transcript: StoredTranscript, text: PlacedText, start: int, end: int
    ) -> bool:
        """True where no word of a stretch is of somebody who leaves in nothing."""
        return attribution.passes(start, end, self._closed_of(transcript, text))

    def speaking_in(self, transcript: StoredTranscript) -> frozenset[str]:
        """The codes of all participants who took part in an interview, or speak in it."""
        return self._whose.speaking_in(transcript)

    def _asked_for(self) -> frozenset[str]:
        """The codes of those whom the filter asks for."""
        return frozenset(
            code
            for transcript in self.transcripts
            for code in self.speaking_in(transcript)
            if not self.consent.withheld(code)
            and self._is_asked_for(transcript, self.consent.participants.get(code))
        )

    def _standing_apart(self) -> Apart:
        """The transcripts in which several speak whom nobody may read side by side."""
        joint = () if self.names_interviews else self.agreed.joint
        uids = {uid for one in joint for uid in one.transcripts}
        several = (one.uid for one in self.transcripts if len(self.speaking_in(one)) > 1)
        return Apart(uids.intersection(several), self.shown)

    def stands_apart(self, transcript: StoredTranscript) -> bool:
        """True where the words of each who took part are shown without the others'."""
        return transcript.uid in self._apart

    def closed_transcripts(self, texts: Mapping[str, PlacedText]) -> int:
        """How many transcripts hold words that may not leave."""
        return sum(bool(self._closed_of(t, texts[t.version_uid])) for t in self.transcripts)

    def _closed_of(self, transcript: StoredTranscript, text: PlacedText) -> Stretches:
        """The stretches of a transcript that may not leave; worked out once."""
        if text.version not in self._closed:
            self._closed[text.version] = self.consent.closed_turns(
                text.turns, self._whose.speakers(transcript), transcript.participants
            )
        return self._closed[text.version]

    def attribution(self, passage: Passage) -> str:
        """How the words of a passage are cited; a question is nobody's answer.

        Where several people speak in it, all of them are cited, in the order of their turns: the
        words of one must not go out under the name of another.
        """
        transcript = passage.transcript
        answering = self._answering(passage)
        if transcript.uid in self._apart:
            whose = None if passage.participant is None else passage.participant.code
            answering = (code for code in answering if code == whose)
        said = [self.consent.text(code, transcript.interviewed) for code in answering]
        return "; ".join(dict.fromkeys(said)) or attribution.INTERVIEWER_TEXT

    def _answering(self, passage: Passage) -> Iterator[str | None]:
        """The codes of those who speak in a passage and do not ask; None is nobody known."""
        if passage.turn is None:
            return iter([None])
        turns, first = passage.text.turns, passage.turn
        codes = self._whose.answering(passage.transcript, turns, first, passage.end)
        return (code if code in self.consent.participants else None for code in codes)

    def cites_several(self, transcript: StoredTranscript) -> bool:
        """True where not all words of an interview are cited as one person's."""
        return self._whose.several(transcript)

    def speaker(self, passage: Passage) -> str | None:
        """Who speaks at the start of a passage, as far as it may be said."""
        return self._as_said(passage.transcript, passage.speaker)

    def speaker_of(self, transcript: StoredTranscript, turn: Turn) -> str | None:
        """Who speaks in a turn, as far as it may be said; worked out once for each label."""
        key = transcript.uid, turn.speaker or ""
        if key not in self._said:
            speaker = self._whose.speakers(transcript).get(turn.speaker or "")
            self._said[key] = self._as_said(transcript, speaker)
        return self._said[key]

    def _as_said(self, transcript: StoredTranscript, speaker: Speaker | None) -> str | None:
        labels = list(self._whose.speakers(transcript))
        label = "" if speaker is None else speaker.label
        number = labels.index(label) + 1 if label in labels else len(labels) + 1
        said = self.consent.speaker(speaker, number)
        is_label = speaker is not None and said == speaker.label
        return self.shown.label(said) if said and is_label else said

    def _is_wanted(self, transcript: StoredTranscript, person: Participant | None) -> bool:
        """True for what the filter asks for, by what is stored or by what was shown of it."""
        if self._within is not None:
            name, value = self._within
            if self.what_is_said(name, transcript, person) != value:
                return False
        return self._is_asked_for(transcript, person) and self._may_be_chosen(transcript, person)

    def _is_asked_for(self, transcript: StoredTranscript, person: Participant | None) -> bool:
        stored = self.as_stored(transcript, person)
        return self._filter.holds(*stored) or self._filter.holds(transcript, person)

    def _may_be_chosen(self, transcript: StoredTranscript, person: Participant | None) -> bool:
        """True where this may hold those whom the filter asks for; the others are noted."""
        stored = self.as_stored(transcript, person)
        for name in () if self._audience is Audience.TEAM else self._filter.names:
            said = self.what_is_said(name, transcript, person)
            if not may_be_chosen_by(name, said, self.agreed, *stored):
                self.passed_over |= {person.code} if person else set()
                return False
        return True


def quotations(
    session: Session,
    corpus: Corpus,
    *,
    codes: Sequence[str] = (),
    coder: str | None = None,
    only: Collection[str] | None = None,
    context: int = 0,
) -> list[tuple[Quotation, Passage]]:
    """Coded passages that may leave, by transcript, place, code in book order, and coder.

    `codes` are names of codes or themes, a theme with all below it; none means all; `only`
    are uids of codings, None all of them. `context` is the number of words on either side.
    """
    wanted = corpus.with_below(codes) if codes else None
    found = queries.codings(session, codes=wanted, coder=coder)
    if only is not None:
        found = [coding for coding in found if coding.uid in only]
    by_version: dict[str, list[Coding]] = {}
    for coding in found:
        by_version.setdefault(coding.segment.version, []).append(coding)
    current = [t for t in corpus.transcripts if t.version_uid in by_version]
    texts = corpus.texts(current)
    notes: dict[str, list[QuotedMemo]] = {}
    for memo in queries.memos(session):
        if memo.target_kind is MemoTarget.CODING:
            words = corpus.shown.words(memo.body)
            note = QuotedMemo(str(memo.type), memo.coder, memo.written.isoformat(), words)
            notes.setdefault(memo.target, []).append(note)
    position = {code.id: at for at, code in enumerate(corpus.book.codes)}
    made: list[tuple[Quotation, Passage]] = []
    for transcript in current:
        mine = sorted(
            by_version[transcript.version_uid],
            key=lambda c: (c.segment.start, c.segment.end, position.get(c.code, 0), c.coder),
        )
        text = texts[transcript.version_uid]
        for coding in mine:
            passage = corpus.passage(transcript, text, coding.segment.start, coding.segment.end)
            if passage is not None:
                noted = notes.get(coding.uid, ())
                made.append((_quotation(corpus, coding, passage, context, noted), passage))
    return made if corpus.names_interviews else by_person(made)


def _quotation(
    corpus: Corpus,
    coding: Coding,
    passage: Passage,
    context: int,
    notes: Sequence[QuotedMemo],
) -> Quotation:
    text, start, end = passage.text, passage.start, passage.end
    turn = passage.turn
    before, after = _context(corpus, passage, context)
    words, edits = passage.words(start, end)
    path = corpus.path(coding.code)
    return Quotation(
        coding=coding.uid,
        code=SEPARATOR.join(path),
        theme=path[0],
        coder=coding.coder,
        transcript=passage.transcript.name,
        participant=None if passage.participant is None else passage.participant.code,
        attribution=corpus.attribution(passage),
        turn=None if turn is None else turn.n,
        speaker=corpus.speaker(passage),
        start=start,
        end=end,
        start_ms=text.ms_at(start),
        locator=text.locator(start),
        text=words,
        before=before,
        after=after,
        memo="\n".join(note.body for note in notes) or None,
        doubt=coding.doubt,
        origin=str(coding.origin),
        version=text.version,
        edits=edits,
        notes=tuple(notes),
        starred=coding.segment in corpus.starred,
    )


def _context(corpus: Corpus, passage: Passage, words: int) -> tuple[str, str]:
    """Words before and after, as far as they may leave and as they may be shown."""
    if words <= 0:
        return "", ""
    text, start, end = passage.text, passage.start, passage.end
    low, high = attribution.open_around(start, end, len(text.text), passage.closed)
    # Counted in what was said: a name in brackets is never cut in two.
    first, last = text.text[low:start].rsplit(None, words), text.text[end:high].split(None, words)
    low += len(first[0]) if len(first) > words else 0
    high -= len(last[-1]) if len(last) > words else 0
    if corpus.stands_apart(passage.transcript):
        # What is left out ends where a turn does: the blank behind it begins no turn.
        low = start - len(text.text[low:start].lstrip())
        high = end + len(text.text[end:high].rstrip())
    before = corpus.words_by_turn(passage, low, start)
    after = corpus.words_by_turn(passage, end, high)
    return (
        last_words(before, max(words, len(before.split()))),
        first_words(after, max(words, len(after.split()))),
    )
