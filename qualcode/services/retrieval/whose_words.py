"""Whose the words of an interview are: what its labels say, and what follows from who took part.

A passage is of who answers first in it: a question belongs to the answer that it has. Of an
interview with one participant all words are theirs, also where no label says so. But where one of
its labels is known to be theirs, another that is no interviewer's is somebody else's: a husband who
sat by does not speak under the name of his wife. Nobody knows who he is, so his words are nobody's
in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from qualcode.model.people import Role, Speaker
from qualcode.model.spans import Turn
from qualcode.model.transcript import StoredTranscript
from qualcode.store.speaking import Cast


class WhoseWords:
    """Who speaks in the interviews of a study, by their labels."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._labelled = {
            uid: frozenset(one.participant for one in speakers.values() if one.label)
            for uid, speakers in cast.items()
        }

    def speakers(self, transcript: StoredTranscript) -> Mapping[str, Speaker]:
        """The speakers of an interview by label, in order."""
        return self._cast.get(transcript.uid, {})

    def speaking_in(self, transcript: StoredTranscript) -> frozenset[str]:
        """The codes of all participants who took part in an interview, or speak in it."""
        speakers = self.speakers(transcript).values()
        speaking = {speaker.participant for speaker in speakers if speaker.participant}
        return frozenset({*transcript.participants, *speaking})

    def of(self, transcript: StoredTranscript, speaker: Speaker | None) -> str | None:
        """The code of the participant whose words these are; None for nobody in particular."""
        if speaker is not None and speaker.participant is not None:
            return speaker.participant
        if len(transcript.participants) != 1:
            return None
        only = transcript.participants[0]
        has_label = only in self._labelled.get(transcript.uid, ())
        return None if has_label and _is_somebodys(speaker) else only

    def of_passage(
        self, transcript: StoredTranscript, turns: Sequence[Turn], first: Turn | None, end: int
    ) -> str | None:
        """The code of who answers first from a turn up to a place.

        A question with an answer is the answer's; alone it is as words without a label are.
        """
        alone = self.of(transcript, None)
        return next(self.answering(transcript, turns, first, end), alone)

    def answering(
        self, transcript: StoredTranscript, turns: Sequence[Turn], first: Turn | None, end: int
    ) -> Iterator[str | None]:
        """The codes of those who speak from a turn up to a place, and do not ask."""
        speakers = self.speakers(transcript)
        for turn in () if first is None else islice(turns, first.n - 1, None):
            if turn.start >= end:
                return
            speaker = speakers.get(turn.speaker or "")
            if speaker is None or speaker.role is not Role.INTERVIEWER:
                yield self.of(transcript, speaker)

    def several(self, transcript: StoredTranscript) -> bool:
        """True where some words of an interview are one person's, and others another's."""
        speakers = self.speakers(transcript).values()
        answering = [None, *(one for one in speakers if one.role is not Role.INTERVIEWER)]
        return len({self.of(transcript, speaker) for speaker in answering}) > 1


def _is_somebodys(speaker: Speaker | None) -> bool:
    """True for a label of somebody who does not ask."""
    return speaker is not None and bool(speaker.label) and speaker.role is not Role.INTERVIEWER
