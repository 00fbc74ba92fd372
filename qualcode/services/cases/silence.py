"""Which interviews were listened to, and what they were not asked: only there silence tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qualcode.model.summary import Emptiness
from qualcode.services.retrieval.corpus import Corpus
from qualcode.store import summaries, tallies
from qualcode.store.engine import Session


@dataclass(frozen=True, slots=True)
class Heard:
    """The interviews, by uid, that somebody has coded in or finished, and what was not asked."""

    read: frozenset[str]
    not_asked: frozenset[tuple[str, str]]

    def silence_tells(self, interviews: Sequence[str], *codes: str) -> bool:
        """True where one of these interviews could have spoken of a code, and was read.

        `codes` are the ids from its theme down to the code.
        """
        return self.silence(interviews, codes) is Emptiness.NOTHING_CODED

    def silence(self, interviews: Collection[str], codes: Sequence[str]) -> Emptiness:
        """Why these interviews say nothing of a code."""
        if not interviews:
            return Emptiness.NOT_INTERVIEWED
        asked = [
            uid for uid in interviews if not any((uid, code) in self.not_asked for code in codes)
        ]
        if not asked:
            return Emptiness.NOT_ASKED
        is_read = any(uid in self.read for uid in asked)
        return Emptiness.NOTHING_CODED if is_read else Emptiness.NOT_YET_CODED


def heard_in(session: Session, corpus: Corpus) -> Heard:
    """What was listened to."""
    coded = {version for _, version in tallies.coding_places(session)}
    done = {transcript for _, transcript in tallies.finished(session)}
    return Heard(
        read=frozenset(t.uid for t in corpus.transcripts if t.version_uid in coded) | done,
        not_asked=summaries.not_asked(session),
    )
