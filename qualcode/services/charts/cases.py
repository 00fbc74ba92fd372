"""The rows of a matrix: the cases that are compared, and which of them a passage belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qualcode import errors
from qualcode.model.matrix import MatrixRow
from qualcode.model.people import Participant
from qualcode.model.transcript import StoredTranscript
from qualcode.services.retrieval.corpus import Corpus, Passage
from qualcode.services.retrieval.filters import shown_value

PARTICIPANT, TRANSCRIPT = "participant", "transcript"

NOT_SHOWN = "not shown"
"""The row of those of whom an attribute is not known, or may not be said."""

NO_PLACE, SEVERAL_PLACES = "place not known", "several places"
"""The groups of those rows that belong to no one place."""

JOINT = "several"
"""What stands behind an interview's name where its words are nobody's in particular."""

Subject = tuple[str, str]
"""Of what a summary speaks: the kind of case, and the case; a transcript by its uid."""


class Cases:
    """The rows of one matrix, in their order.

    `kind` is what a row is: a participant, a transcript, or the name of an attribute. `groups` are
    the headings under which rows are gathered, `persons` and `transcripts` all that the rows speak
    of; `subjects` what a summary of a row, by its key, speaks of. Raises FilterError for a kind
    that nothing here has.
    """

    def __init__(self, corpus: Corpus, kind: str | None) -> None:
        otherwise = PARTICIPANT if corpus.consent.participants else TRANSCRIPT
        self.kind = (kind or otherwise).strip().lower()
        if self.kind not in corpus.attributes:
            raise errors.FilterError(self.kind, known=corpus.attributes)
        self._corpus = corpus
        self._drawn: dict[tuple[str, str | None], MatrixRow] = {}
        self.subjects: dict[str, dict[Subject, None]] = {}
        self._days: dict[str, list[str | None]] = {}
        for transcript in corpus.transcripts:
            for code in transcript.participants:
                self._days.setdefault(code, []).append(transcript.interviewed)
        self.persons: set[str] = set()
        self.transcripts: dict[str, StoredTranscript] = {}
        for transcript, person in corpus.cases():
            self.transcripts[transcript.uid] = transcript
            self.persons.add(person.code if person else transcript.name)
            self._row(transcript, person)
        self._missed = corpus.not_interviewed() if self.kind == PARTICIPANT else ()

    def row_of(self, passage: Passage) -> str:
        """The key of the row that a passage stands in."""
        return self._row(passage.transcript, passage.participant).key

    @staticmethod
    def case_of(passage: Passage) -> str:
        """Whom a passage counts for: the participant, or the transcript where none is known."""
        return case_key(passage.transcript, passage.participant)

    def members(self) -> Iterator[tuple[str, StoredTranscript, Participant | None]]:
        """The key of the row of everyone the rows speak of, for each interview of theirs."""
        for transcript, person in self._corpus.cases():
            yield self._row(transcript, person).key, transcript, person

    def interviews_of(self, row: str) -> frozenset[str]:
        """The interviews, by uid, of which anything may stand in a row."""
        return frozenset(uid for (uid, _), drawn in self._drawn.items() if drawn.key == row)

    def rows(self) -> tuple[MatrixRow, ...]:
        """All rows by group and key; what is not shown comes last."""
        drawn = self._drawn.values()
        grouped = len({row.group for row in drawn}) > 1
        # Of somebody without an interview nothing is cited, so nothing but the code is said.
        missed = [MatrixRow(person.code, person.code) for person in self._missed]
        rows = {
            row.key: replace(row, group=(row.group or NO_PLACE) if grouped else None)
            for row in (*drawn, *missed)
        }
        return tuple(sorted(rows.values(), key=_by_group_and_key))

    def _row(self, transcript: StoredTranscript, person: Participant | None) -> MatrixRow:
        place = transcript.uid, None if person is None else person.code
        if place not in self._drawn:
            row = self._drawn[place] = self._draw(transcript, person)
            subject = self._subject(row, transcript, person)
            self.subjects.setdefault(row.key, {}).update({} if subject is None else {subject: None})
        return self._drawn[place]

    def _subject(
        self, row: MatrixRow, transcript: StoredTranscript, person: Participant | None
    ) -> Subject | None:
        """Of what a summary in this row speaks; None where the row is no case by itself."""
        if self.kind == PARTICIPANT and person is not None:
            return PARTICIPANT, person.code
        if self.kind == TRANSCRIPT or (self.kind == PARTICIPANT and row.key == transcript.name):
            return TRANSCRIPT, transcript.uid
        return None if row.key == NOT_SHOWN or self.kind == PARTICIPANT else (self.kind, row.key)

    def _draw(self, transcript: StoredTranscript, person: Participant | None) -> MatrixRow:
        consent = self._corpus.consent
        if self.kind == PARTICIPANT and person is not None:
            days = self._days.get(person.code, [])
            day = days[0] if len(days) == 1 else None
            details = (consent.text(person.code, day),)
            return MatrixRow(person.code, person.code, details, consent.shows(person.code, "place"))
        if self.kind in (PARTICIPANT, TRANSCRIPT):
            return self._row_of_transcript(transcript)
        value = shown_value(self.kind, consent, transcript, person) or NOT_SHOWN
        return MatrixRow(value, value)

    def _row_of_transcript(self, transcript: StoredTranscript) -> MatrixRow:
        """An interview's own row; among participants, that of the words of nobody in particular."""
        consent = self._corpus.consent
        people = [code for code in transcript.participants if not consent.withheld(code)]
        places = {consent.shows(code, "place") for code in people}
        name = transcript.name
        if self.kind == PARTICIPANT and (people or name in consent.participants):
            name = f"{name} ({JOINT})"
        return MatrixRow(
            name,
            name,
            tuple(dict.fromkeys(consent.text(code, transcript.interviewed) for code in people)),
            places.pop() if len(places) == 1 else SEVERAL_PLACES if places else None,
        )


def case_key(transcript: StoredTranscript, person: Participant | None) -> str:
    """What tells one case from another: the participant, or the interview where none is known."""
    return f"{TRANSCRIPT} {transcript.uid}" if person is None else person.code


def _by_group_and_key(row: MatrixRow) -> tuple[bool, str, bool, str]:
    """What has no place, or is not shown, comes last."""
    return row.group in (NO_PLACE, SEVERAL_PLACES), row.group or "", row.key == NOT_SHOWN, row.key
