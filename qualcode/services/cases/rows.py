"""The rows of a matrix: the cases that are compared, and which of them a passage belongs to.

They are made of all passages at once, so that who asks first and who asks last are told the same:
the words of nobody in particular in an interview make a row that no person has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode import errors
from qualcode.model.matrix import MatrixRow
from qualcode.model.people import Participant
from qualcode.model.transcript import StoredTranscript
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import OF_THE_FILE, Unsaid
from qualcode.services.retrieval.passages import Passage
from qualcode.text.told_apart import told_apart

PARTICIPANT, TRANSCRIPT = "participant", "transcript"

WITHOUT_VALUE = tuple(one.value for one in Unsaid)
"""Rows and headings of those of whom no value is said, in the order in which they come last."""

JOINT = Unsaid.SEVERAL.value
"""What stands behind an interview's name where its words are nobody's in particular."""

Subject = tuple[str, str]
"""Of what a summary speaks: the kind of case, and the case; a transcript by its uid, a value of an
attribute as it is stored, whatever name in it is shown otherwise.
"""

_Place = tuple[str, str | None]
"""The uid of an interview, and whose words in it are meant; None for nobody in particular."""


@dataclass(frozen=True)
class Cases:
    """The rows of one matrix, in their order, by group and key; those without a value come last.

    `kind` is what a row is: a participant, a transcript, or the name of an attribute. `persons` and
    `transcripts` are all that the rows speak of; `members` are the row, the interview and the
    person of everyone in them. `subjects` is what a summary of a row, by its key, speaks of, and
    `values` the key of each value as it is stored.
    """

    kind: str
    rows: tuple[MatrixRow, ...]
    subjects: Mapping[str, tuple[Subject, ...]]
    persons: frozenset[str]
    transcripts: Mapping[str, StoredTranscript]
    members: tuple[tuple[str, StoredTranscript, Participant | None], ...]
    values: Mapping[str, str]
    _keys: Mapping[_Place, str]
    _rows_of: Mapping[Subject, str]
    _interviews: Mapping[str, frozenset[str]]

    def row_of(self, passage: Passage) -> str:
        """The key of the row that a passage stands in, one of those that the rows were made of."""
        return self._keys[_place(passage.transcript, passage.participant)]

    def row_of_subject(self, subject: Subject) -> str | None:
        """The key of the row in which a summary stands; None where it is of no row here."""
        return self._rows_of.get(subject)

    @staticmethod
    def case_of(passage: Passage) -> str:
        """Whom a passage counts for: the participant, or the transcript where none is known."""
        return case_key(passage.transcript, passage.participant)

    def interviews_of(self, row: str) -> frozenset[str]:
        """The interviews, by uid, of which anything may stand in a row."""
        return self._interviews.get(row, frozenset())


def cases_of(
    corpus: Corpus,
    kind: str | None,
    passages: Iterable[Passage] = (),
    *,
    summarised: Collection[Subject] = (),
) -> Cases:
    """The cases of a kind, or of the usual one, with a row for each of these passages.

    `summarised` are subjects that have a summary: a joint interview among them has a row of its
    own, so that the summary stands somewhere. Raises FilterError for a kind that nothing here has,
    JointInterviewError for interviews of which nobody may read who was in them.
    """
    otherwise = PARTICIPANT if corpus.consent.participants else TRANSCRIPT
    kind = (kind or otherwise).strip().lower()
    if kind not in corpus.attributes:
        raise errors.FilterError(kind, known=corpus.attributes)
    if kind in OF_THE_FILE and not corpus.names_interviews:
        raise errors.JointInterviewError(kind)
    cited = list(corpus.cases())
    places = {_place(*who): who for who in cited}
    said = ((one.transcript, one.participant) for one in passages)
    places |= {_place(*who): who for who in said}
    if kind == PARTICIPANT:
        joint = (one for one, _ in cited if len(one.participants) > 1)
        those = (one for one in joint if (TRANSCRIPT, one.uid) in summarised)
        places |= {(one.uid, None): (one, None) for one in those}
    drawn = _Drawn(corpus, kind, list(places.values()))
    rows = {place: drawn.row(*who) for place, who in places.items()}
    keys = {place: row.key for place, row in rows.items()}
    subjects: dict[str, dict[Subject, None]] = defaultdict(dict)
    interviews: dict[str, set[str]] = defaultdict(set)
    for (uid, _), who in places.items():
        key = keys[_place(*who)]
        interviews[key].add(uid)
        subject = drawn.subject(*who)
        if subject is not None:
            subjects[key][subject] = None
    return Cases(
        kind=kind,
        rows=_in_order([*drawn.rows_of_missed(), *rows.values()]),
        subjects={key: tuple(those) for key, those in subjects.items()},
        persons=frozenset(one.name if who is None else who.code for one, who in cited),
        transcripts={one.uid: one for one, _ in cited},
        members=tuple((keys[_place(*who)], *who) for who in cited),
        values=drawn.values,
        _keys=keys,
        _rows_of={subject: key for key, those in subjects.items() for subject in those},
        _interviews={key: frozenset(uids) for key, uids in interviews.items()},
    )


def case_key(transcript: StoredTranscript, person: Participant | None) -> str:
    """What tells one case from another: the participant, or the interview where none is known."""
    return f"{TRANSCRIPT} {transcript.uid}" if person is None else person.code


class _Drawn:
    """Rows as they are drawn, each by itself.

    `values` are what is shown of each value of the attribute: two that would be shown alike stay
    two, the second of them with a number.
    """

    def __init__(
        self,
        corpus: Corpus,
        kind: str,
        whose: Sequence[tuple[StoredTranscript, Participant | None]],
    ) -> None:
        self._corpus = corpus
        self._kind = kind
        # An interview may be called as those are of whom nothing is said.
        self._titles = told_apart({one.uid: one.name for one, _ in whose}, taken=WITHOUT_VALUE)
        self._days: dict[str, list[str | None]] = defaultdict(list)
        self._places: dict[str, set[str]] = defaultdict(set)
        for transcript in corpus.transcripts:
            for code in transcript.participants:
                self._days[code].append(transcript.interviewed)
                if kind == PARTICIPANT:
                    person = corpus.consent.participants.get(code)
                    self._places[code].add(self._place_of(transcript, person))
        self.values: Mapping[str, str] = {}
        if kind not in (PARTICIPANT, TRANSCRIPT):
            # Of the whole study, so that a filter gives nothing another name.
            every = (
                (one, person) for one in corpus.transcripts for person in _speaking(corpus, one)
            )
            said: list[str | Unsaid | None] = [self._value(*who) for who in (*whose, *every)]
            said += [self._value_of_missed(one) for one in corpus.never_met()]
            found = {value for value in said if value and not isinstance(value, Unsaid)}
            self.values = _told_apart(corpus, sorted(found))

    def row(self, transcript: StoredTranscript, person: Participant | None) -> MatrixRow:
        """The row of somebody's words in an interview."""
        consent = self._corpus.consent
        if self._kind == PARTICIPANT and person is not None:
            days = self._days.get(person.code, [])
            day = days[0] if len(days) == 1 else None
            details = (consent.text(person.code, day),)
            return MatrixRow(person.code, person.code, details, _one_of(self._places[person.code]))
        if self._kind in (PARTICIPANT, TRANSCRIPT):
            return self._row_of_transcript(transcript)
        value = self._value(transcript, person)
        key = value.value if isinstance(value, Unsaid) else self.values[value]
        return MatrixRow(key, key)

    def rows_of_missed(self) -> Iterator[MatrixRow]:
        """The rows of those who took part in nothing.

        Nothing of theirs is cited, so no more is said than the code, or what may stand beside it.
        """
        for person in self._corpus.not_interviewed() if self._kind != TRANSCRIPT else ():
            if self._kind == PARTICIPANT:
                otherwise = Unsaid.NOT_SHOWN if person.place else Unsaid.NONE_GIVEN
                place = self._corpus.consent.shows(person.code, "place") or otherwise.value
                yield MatrixRow(person.code, person.code, group=place)
            elif value := self._value_of_missed(person):
                yield MatrixRow(self.values[value], self.values[value])

    def subject(self, transcript: StoredTranscript, person: Participant | None) -> Subject | None:
        """Of what a summary in this row speaks; None where the row is no case by itself."""
        if self._kind == PARTICIPANT and person is not None:
            return PARTICIPANT, person.code
        if self._kind in (PARTICIPANT, TRANSCRIPT):
            return TRANSCRIPT, transcript.uid
        value = self._value(transcript, person)
        return None if isinstance(value, Unsaid) else (self._kind, value)

    def _value(self, transcript: StoredTranscript, person: Participant | None) -> str | Unsaid:
        """What may be said of an attribute, with the names in it as they are stored."""
        return self._corpus.what_is_said(self._kind, transcript, person)

    def _place_of(self, transcript: StoredTranscript, person: Participant | None) -> str:
        """The place of somebody's words as it may be shown, or why there is none."""
        said = self._corpus.what_is_said("place", transcript, person)
        return said.value if isinstance(said, Unsaid) else self._corpus.shown.label(said)

    def _value_of_missed(self, person: Participant) -> str | None:
        return self._corpus.agreed.shows(person.code, self._kind) or None

    def _row_of_transcript(self, transcript: StoredTranscript) -> MatrixRow:
        """An interview's own row; among participants, that of the words of nobody in particular."""
        consent = self._corpus.consent
        people = [code for code in transcript.participants if not consent.withheld(code)]
        name = self._titles[transcript.uid]
        is_said = self._corpus.names_interviews
        if self._kind == PARTICIPANT:
            if (people and is_said) or transcript.name in consent.participants:
                name = f"{name} ({JOINT})"
            if len(transcript.participants) == 1:
                # Somebody sat by of whom nothing is known: they are not who was interviewed.
                people = []
        if not is_said:
            # Whose words they could be would say who sat there together.
            people = []
        return MatrixRow(
            name,
            name,
            tuple(dict.fromkeys(consent.text(code, transcript.interviewed) for code in people)),
            self._place_of(transcript, None),
        )


def _speaking(corpus: Corpus, transcript: StoredTranscript) -> Iterator[Participant | None]:
    """All who took part in an interview and may be cited, and nobody in particular."""
    yield None
    for code in transcript.participants:
        if not corpus.consent.withheld(code):
            yield corpus.consent.participants.get(code)


def _one_of(places: Collection[str]) -> str:
    """The place that somebody's interviews have in common."""
    return next(iter(places)) if len(places) == 1 else Unsaid.SEVERAL.value


def _told_apart(corpus: Corpus, values: Iterable[str]) -> dict[str, str]:
    """What each value is called where names may not stand in it, no two alike."""
    shown = {value: corpus.shown.label(value) for value in values}
    as_it_is = {value: said for value, said in shown.items() if value == said}
    return told_apart({**as_it_is, **shown}, taken=WITHOUT_VALUE)


def _in_order(drawn: Iterable[MatrixRow]) -> tuple[MatrixRow, ...]:
    """Each row once; where no place is known of anybody, in no group."""
    rows = {row.key: row for row in drawn}
    if {row.group for row in rows.values()} <= {None, Unsaid.NONE_GIVEN.value}:
        rows = {key: replace(row, group=None) for key, row in rows.items()}
    return tuple(sorted(rows.values(), key=_by_group_and_key))


def _place(transcript: StoredTranscript, person: Participant | None) -> _Place:
    return transcript.uid, None if person is None else person.code


def last(name: str) -> int:
    """Where a row or a group comes: those that have a value first, the others by the reason."""
    return WITHOUT_VALUE.index(name) + 1 if name in WITHOUT_VALUE else 0


def _by_group_and_key(row: MatrixRow) -> tuple[int, str, int, str]:
    """Those without a place or a value come last."""
    return last(row.group or ""), row.group or "", last(row.key), row.key
