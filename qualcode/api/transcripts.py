"""Transcripts, their speakers and participants: brought in, looked at, looked after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path

from qualcode.api.opened import Opened, Pathish, now, one_of
from qualcode.model.people import Participant, Role, Speaker
from qualcode.model.transcript import StoredTranscript
from qualcode.services import listing, people, projects, withdrawing
from qualcode.services.consent import lints
from qualcode.services.correction import reviewing, revising
from qualcode.services.describing import set_transcript
from qualcode.services.intake import aliases, importing
from qualcode.services.intake.aliases import Suggestion
from qualcode.services.intake.duplicates import (
    EVERY,
    Duplicate,
    Treating,
    Treatment,
    asked_again,
    where_sure,
)
from qualcode.services.intake.importing import Progress
from qualcode.services.intake.recordings import Recording, recordings_of

_Judging = Callable[[Duplicate], Treatment | str]
"""Says what becomes of a double, in a word of `Treatment` or its text."""


class Transcripts(Opened):
    """What can be done with the transcripts of a project, and with who speaks in them."""

    def import_transcripts(
        self,
        paths: Sequence[Pathish] | None = None,
        *,
        manifest: Pathish | None = None,
        format: str | None = None,  # noqa: A002
        encoding: str | None = None,
        date_order: str | None = None,
        aliases: Pathish | None = None,
        duplicates: Treatment | str | _Judging | None = None,
        dry_run: bool = False,
        keep_going: bool = False,
        yes: bool = False,
        progress: Progress | None = None,
    ) -> importing.ImportReport:
        """Bring in files and folders; without any, the manifest's or the folder `transcripts`.

        All or nothing, unless `keep_going`: look at `rejected` and `written` of the report. Files
        that changed become new versions with `yes` alone; `duplicates` is "keep", "leave" or
        "revise" for files that are much like another transcript, or a function that says it of
        each; without it they are kept. A file that was left out stays out as long as its bytes are
        the same: "keep" brings it in after all, "revise" where the two are surely one interview,
        and a function is asked of it again. `aliases` is a table of spellings of speakers' labels.
        """
        chosen = [Path(path) for path in paths or ()]
        if not chosen and manifest is None:
            chosen = [self.folder / projects.TRANSCRIPTS]
        treat, again = _told(duplicates)
        return importing.import_transcripts(
            self._store,
            chosen,
            manifest=None if manifest is None else Path(manifest),
            format=format,
            encoding=encoding,
            date_order=date_order,
            aliases=None if aliases is None else Path(aliases),
            treat=treat,
            ask_again=again,
            dry_run=dry_run,
            keep_going=keep_going,
            yes=yes,
            by=self._actor(),
            at=now(),
            progress=progress,
        )

    def revise(
        self,
        transcript: str,
        file: Pathish,
        *,
        format: str | None = None,  # noqa: A002
        encoding: str | None = None,
        yes: bool = False,
        dry_run: bool = False,
    ) -> importing.ImportReport:
        """Take a file as the corrected version of a transcript, and carry the codings over to it.

        Without `yes` the report says what would come of it, and nothing is written.
        """
        return revising.revise(
            self._store,
            transcript,
            Path(file),
            format=format,
            encoding=encoding,
            yes=yes,
            dry_run=dry_run,
            by=self._actor(),
            at=now(),
        )

    def transcripts(self) -> tuple[StoredTranscript, ...]:
        """All transcripts by name."""
        return listing.list_transcripts(self._store)

    def transcript(self, name: str, *, version: int | None = None) -> listing.ShownTranscript:
        """One transcript with its words, turns and marks, now or at a version counted from 1."""
        return listing.show_transcript(self._store, name, version=version)

    def recording(self, transcript: str) -> Recording | None:
        """The recording of a transcript, whether it is there, and its length; None without one."""
        stored = listing.show_transcript(self._store, transcript).record
        return recordings_of([stored], self.folder).get(stored.uid)

    def remove_transcript(self, name: str) -> StoredTranscript:
        """Take a transcript without codings out; undo brings it back."""
        return listing.remove_transcript(self._store, name, by=self._actor(), at=now())

    def set_transcript(
        self,
        name: str,
        *,
        not_asked: Sequence[str] = (),
        asked: Sequence[str] = (),
        **changes: str | None,
    ) -> StoredTranscript:
        """Change what is known of an interview: date, language, recording, place, or others.

        None or "" takes it away. `not_asked` are themes that it did not ask about, `asked` such
        that it did after all.
        """
        return set_transcript(
            self._store,
            name,
            changes,
            not_asked=not_asked,
            asked=asked,
            by=self._actor(),
            at=now(),
        )

    def set_speaker(
        self,
        transcript: str,
        label: str,
        *,
        role: Role | str | None = None,
        participant: str | None = None,
        same_as: str | None = None,
    ) -> Speaker:
        """Say what a speaker's label is, and whose; or that it is another spelling of a label.

        An empty `same_as` takes that back.
        """
        return listing.set_speaker(
            self._store,
            transcript,
            label,
            role=None if role is None else one_of(Role, role),
            participant=participant,
            same_as=same_as,
            by=self._actor(),
            at=now(),
        )

    def suggest_aliases(self, transcript: str | None = None) -> tuple[Suggestion, ...]:
        """Labels that look like another spelling of one speaker, in one transcript or in all."""
        return aliases.suggestions(self._store, transcript)

    def participants(self) -> tuple[Participant, ...]:
        """All participants by code."""
        return people.list_participants(self._store)

    def participant(self, code: str) -> people.ShownParticipant:
        """One participant with the transcripts they speak in and how they would be cited."""
        return people.show_participant(self._store, code)

    def set_participant(
        self, code: str, *, new: bool = False, **changes: str | None
    ) -> Participant:
        """Change what is known of a participant; `name` goes to the identities alone.

        `new` makes one known whose code nobody has yet.
        """
        return people.set_participant(
            self._store, code, changes, new=new, by=self._actor(), at=now()
        )

    def import_participants(self, table: Pathish, *, dry_run: bool = False) -> tuple[int, int]:
        """Take participants from a CSV; returns how many were changed and how many were not."""
        return people.import_participants(
            self._store, Path(table), dry_run=dry_run, by=self._actor(), at=now()
        )

    def check_participants(
        self, *, first: date | None = None, last: date | None = None
    ) -> tuple[lints.Lint, ...]:
        """What is odd in how people would be cited; `first`, `last` are days of the fieldwork.

        No name is in it.
        """
        return lints.check_participants(self._store, first=first, last=last)

    def withdraw_participant(
        self,
        code: str,
        *,
        erase: bool = False,
        with_shared: bool = False,
        dry_run: bool = False,
    ) -> withdrawing.Withdrawal:
        """Take a participant out of all that leaves from now on; says what rests on them.

        `erase` takes their words and name out of the files for good, which no undo brings back:
        what the team wrote, `codebook.yaml` too, says the code for the name. `with_shared` takes
        with it the interviews in which others spoke, too.
        """
        by, at = self._actor(), now()
        if erase:
            return withdrawing.erase(
                self._store,
                code,
                with_shared=with_shared,
                folder=self.folder,
                dry_run=dry_run,
                by=by,
                at=at,
            )
        return withdrawing.withdraw(self._store, code, dry_run=dry_run, by=by, at=at)

    def review(self, transcript: str | None = None) -> tuple[reviewing.Waiting, ...]:
        """The codings that a correction left without a place, with their old and new words."""
        return reviewing.waiting(self._store, transcript)

    def review_memos(self, transcript: str | None = None) -> tuple[reviewing.WaitingMemo, ...]:
        """The memos that wait without a coding."""
        return reviewing.waiting_memos(self._store, transcript)

    def settle(
        self,
        *waiting: str,
        accept: bool = False,
        drop: bool = False,
        span: tuple[int, int] | None = None,
        quote: str | None = None,
        dry_run: bool = False,
    ) -> reviewing.Settled:
        """Say in one act what becomes of waiting codings, by their ids: one of the four ways.

        An id is that of what `review` returned: where something else is proposed since then,
        nothing is done. A span or quoted words are the place of one coding.
        """
        choice = reviewing.one_choice(waiting, accept=accept, drop=drop, span=span, quote=quote)
        said = [reviewing.Decision(ticket, choice) for ticket in waiting]
        return reviewing.settle(self._store, said, dry_run=dry_run, by=self._coder(), at=now())

    def accept_proposals(
        self,
        waiting: Sequence[reviewing.Waiting | reviewing.WaitingMemo],
        *,
        at_least: float = 0,
        dry_run: bool = False,
    ) -> reviewing.Settled:
        """Accept, in one act, the places proposed in what `review` returned, and no others.

        `at_least` leaves out words that are less alike, of 100, and those that another speaks now.
        """
        said = reviewing.proposals(waiting, at_least=at_least)
        return reviewing.settle(self._store, said, dry_run=dry_run, by=self._coder(), at=now())


def _told(
    duplicates: Treatment | str | _Judging | None,
) -> tuple[Treating, Collection[str]]:
    """What becomes of doubles, and of which of those that were left out before, too."""
    if duplicates is None:
        return importing.keep_both, ()
    if callable(duplicates):
        return lambda double: one_of(Treatment, duplicates(double)), EVERY
    chosen = one_of(Treatment, duplicates)
    return where_sure(chosen), asked_again(chosen)
