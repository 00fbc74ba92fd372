"""What becomes of files on their way in that are much like another transcript.

They are looked for when all files are read, and a person, or a choice made before, says of each
whether it stays, is left out, or is the corrected version of the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from qualcode import errors
from qualcode.model.transcript import ReadingWarning
from qualcode.services.intake import duplicates
from qualcode.services.intake.duplicates import (
    Candidate,
    Duplicate,
    Judged,
    Likes,
    Sameness,
    Treating,
    Treatment,
)
from qualcode.services.intake.sorting import Intake
from qualcode.services.intake.transcript_writing import Incoming, version_uid
from qualcode.store import queries
from qualcode.store.engine import Session
from qualcode.store.left_out import LeftOut
from qualcode.store.queries import KnownText
from qualcode.store.store import Store
from qualcode.text import similarity

_SAMPLE_THAT_TELLS = 300
"""Bytes of a sketch from which little in common means something: some 75 runs of words."""


def settle_doubles(store: Store, intake: Intake, treat: Treating) -> None:
    """Look for doubles of what comes in, and let `treat` say what becomes of each.

    A person may take their time with that: nothing of the store is held meanwhile.
    """
    if not intake.incoming:
        return
    # A new file may be the double of one that is corrected beside it, never the other way round.
    intake.incoming.sort(key=lambda one: one.parent is None)
    with store.reading() as session:
        found = _likes(session, intake)
    settling = _Settling(intake, found, treat)
    for one in intake.incoming:
        settling.settle(one)
    intake.incoming = list(settling.kept.values())
    for one in intake.incoming:
        intake.comes_in(one)


def _likes(session: Session, intake: Intake) -> Mapping[str, Likes]:
    """What each text is like, by the transcript's uid; a warning for what is unlike its own."""
    corrected = {one.uid: one for one in intake.incoming if one.parent is not None}
    known: dict[str, duplicates.Text] = {}
    for one in queries.known_texts(session):
        if one.transcript in corrected:
            _say_if_unlike(intake, corrected[one.transcript], one)
        else:
            words = partial(queries.text_body, session, one.text_sha256)
            known[one.transcript] = duplicates.Text(one.words_sha256, one.sketch, words)
    new = {
        one.uid: duplicates.Text(
            one.content.likeness.words_sha256, one.content.likeness.sketch, one.content.words
        )
        for one in intake.incoming
        if one.content is not None
    }
    return dict(duplicates.candidates(new, known))


def _say_if_unlike(intake: Intake, one: Incoming, before: KnownText) -> None:
    """A folder of a second study may use the names of the first one's files again."""
    assert one.content is not None
    now = one.content.likeness
    if min(len(now.sketch), len(before.sketch)) < _SAMPLE_THAT_TELLS:
        return
    if similarity.alike(now.sketch, before.sketch).containment < similarity.NEAR_CONTAINMENT:
        message = (
            "it has little in common with the version before; if it is another interview, "
            "give it a name of its own"
        )
        intake.warn(one.shown, ReadingWarning("unlike-before", message))


class _Settling:
    """One file after the other; `kept` are those that come in, by the uid they were read as."""

    def __init__(self, intake: Intake, found: Mapping[str, Likes], treat: Treating) -> None:
        self.kept: dict[str, Incoming] = {}
        self._intake = intake
        self._found = found
        self._treat = treat

    def settle(self, one: Incoming) -> None:
        """Keep a file, as what it was read or as the version of another; or leave it out."""
        likes = self._found.get(one.uid, Likes([]))
        candidates = [*self._twin(one), *likes.candidates]
        standing = {c.other: c for c in reversed(candidates) if self._will_stand(c.other)}
        if not standing:
            self.kept[one.uid] = one
            return
        best, *others = (c for c in candidates if standing.get(c.other) is c)
        further = [*(c.other for c in others), *filter(self._will_stand, likes.more)]
        also = tuple(self._name_of(uid) for uid in dict.fromkeys(further) if uid != best.other)
        name = self._name_of(best.other)
        double = Duplicate(
            one.shown, one.name, name, best.sameness, best.share, also, likes.are_all
        )
        wanted = Treatment.KEEP if one.parent is not None else self._treat(double)
        if wanted is Treatment.KEEP:
            sentence = double.sentence
            if one.parent is None and self._could_be_renamed(best):
                sentence += (
                    "; to make it the next version of that one, use: qualcode undo, and then: "
                    "qualcode transcripts revise"
                )
            self._intake.warn(one.shown, ReadingWarning(double.code, sentence))
            self.kept[one.uid] = one
            self._intake.doubles.append(Judged(double, wanted))
            return
        if best.sameness is Sameness.BYTES:  # there is nothing to correct
            wanted = Treatment.LEAVE
        try:
            if wanted is Treatment.REVISE:
                self._revise(one, best.other, name)
            else:
                self._leave(one, best, double)
            self._intake.doubles.append(Judged(double, wanted))
        except errors.ManifestValueError as error:
            self._intake.forget_account(one.shown)
            self._intake.reject(one.shown, error)

    def _twin(self, one: Incoming) -> list[Candidate]:
        """The transcript with the very same bytes; where that went into another, the other."""
        other = self._intake.twins.get(one.uid)
        if other is None:
            return []
        became = self.kept[other].uid if other in self.kept else other
        return [Candidate(became, Sameness.BYTES, 1.0)]

    def _could_be_renamed(self, best: Candidate) -> bool:
        """True where the file of the other is nowhere to be seen: this may be it, and changed."""
        changed = best.sameness in (Sameness.WORDS, Sameness.CORRECTED)
        return changed and self._intake.lacks_file_of(best.other)

    def _will_stand(self, other: str) -> bool:
        """False for a file of this import that was left out, or went into another transcript."""
        kept = self.kept.get(other)
        return self._intake.there.current(other) is not None if kept is None else kept.uid == other

    def _name_of(self, uid: str) -> str:
        there = self._intake.there.current(uid)
        return self.kept[uid].name if there is None else there.name

    def _revise(self, one: Incoming, other: str, name: str) -> None:
        """Keep a file as the next version of a transcript, of the project or of this import."""
        self._intake.speak_of(other, one.rows)
        before = [kept for kept in self.kept.values() if kept.uid == other]
        there = self._intake.there.current(other)
        if before:
            parent = version_uid(before[-1])
        else:
            assert there is not None
            parent = there.version
        self._intake.accounts = [
            replace(account, name=name) if account.file == one.shown else account
            for account in self._intake.accounts
        ]
        self.kept[one.uid] = replace(one, name=name, uid=other, parent=parent)

    def _leave(self, one: Incoming, best: Candidate, double: Duplicate) -> None:
        """Leave a file out, and remember that for its bytes."""
        said = f"left out: {double.sentence}"
        self._intake.leave_out(one, best.other, double.other, best.sameness, said)
        self._intake.answer(one.sha256, LeftOut(best.other, str(best.sameness)))
