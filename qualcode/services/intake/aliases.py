"""Speakers whose label is spelt in several ways: what is proposed, and what a person accepts.

A spelling is a word about a label of one transcript. It changes no turn and no offset: whoever
reads turns and speakers is told the label that it leads to. One proposal is accepted with
`qualcode transcripts speaker`, many with a table of the columns `label, same_as, transcript`.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode import errors
from qualcode.model.people import Role, Speaker
from qualcode.model.transcript import ReadingWarning
from qualcode.services import tables
from qualcode.services.intake.roles import is_label, role_by_word
from qualcode.services.intake.spellings import is_nobodys_name, likely_spellings, nearly
from qualcode.services.intake.transcript_writing import Incoming
from qualcode.services.places import TranscriptNames, find_transcript
from qualcode.store import queries, speaking
from qualcode.store import records as store_records
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.store import Store
from qualcode.text.nearest import nearest

COLUMNS = ("label", "same_as", "transcript")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A label of a transcript that is probably another spelling; `likeness` is of 100."""

    transcript: str
    label: str
    same_as: str
    likeness: float


@dataclass(frozen=True, slots=True)
class AliasRow:
    """One row of a table of spellings; without a transcript it is of all that have the label."""

    line: int
    label: str
    same_as: str
    transcript: str | None


@dataclass(frozen=True, slots=True)
class Aliases:
    """A table of spellings, its rows in the order of the file."""

    path: Path
    rows: tuple[AliasRow, ...]


def suggestions(store: Store, transcript: str | None = None) -> tuple[Suggestion, ...]:
    """What is probably another spelling, in one transcript or in all, by name and first turn.

    Raises UnknownTranscriptError.
    """
    with store.reading() as session:
        refs = queries.current_versions(session)
        if transcript is not None:
            refs = [find_transcript(session, transcript)]
        written = speaking.speakers_written(session)
        spoken = speaking.labels_spoken(session, [ref.version for ref in refs])
        return tuple(
            suggestion
            for ref in refs
            for suggestion in _suggested(
                ref.name, spoken.get(ref.version, ()), written.get(ref.transcript, {})
            )
        )


def suggestions_of(session: Session, batch: Iterable[Incoming]) -> tuple[Suggestion, ...]:
    """The same for the files of an import that was written, with what their manifest calls people.

    Of a file that is there already only what the manifest says is looked at again.
    """
    written = speaking.speakers_written(session)
    found: list[Suggestion] = []
    for one in batch:
        known = written.get(one.uid, {})
        spoken = [label for label in known if label]
        if one.content is not None:
            spoken = [turn[2] or "" for turn in one.content.turns]
        wanted = [row.speaker for row in one.rows if row.speaker and not is_label(row, known)]
        if wanted or one.content is not None:
            found += _suggested(one.name, spoken, known, wanted)
    return tuple(found)


def _suggested(
    name: str, spoken: Sequence[str], written: Mapping[str, Speaker], wanted: Sequence[str] = ()
) -> Iterator[Suggestion]:
    ends = speaking.spellings(written)
    turns = [ends.get(label, label) for label in spoken] if ends else spoken
    for likely in likely_spellings(turns, wanted=wanted):
        # Whom another row of the manifest names is not the one that this row looks for.
        speaker = written.get(likely.label)
        if likely.same_as not in wanted or speaker is None or speaker.participant is None:
            yield Suggestion(name, likely.label, likely.same_as, likely.likeness)


def looks_like_aliases(opening: bytes) -> bool:
    """True for a table of spellings, by the columns that a file's first bytes name."""
    return {"label", "same_as"} <= set(tables.columns_of(opening, known=COLUMNS))


def table_of(found: Iterable[Suggestion]) -> bytes:
    """Proposals as the table that `read_aliases` takes, for a person to strike the wrong ones."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, "likeness"))
    writer.writerows((one.label, one.same_as, one.transcript, one.likeness) for one in found)
    return out.getvalue().encode()


def read_aliases(path: Path) -> Aliases:
    """The rows of a table of spellings.

    Raises SeveralErrors with one TableError or AliasTableError for every mistake in the file.
    """
    table = tables.read_table(path, known=COLUMNS)
    problems: list[errors.QualcodeError] = [*table.problems]
    for name in COLUMNS[:2]:
        if table.columns.count(name) != 1:
            problems.append(
                errors.AliasTableError(
                    f"there is not one column '{name}'",
                    where=f"{path}:1",
                    mend=f"The first line names the columns: {', '.join(COLUMNS)}.",
                )
            )
    if problems:
        raise errors.SeveralErrors(problems)
    rows = [
        AliasRow(
            row.line,
            row.cells.get("label", ""),
            row.cells.get("same_as", ""),
            row.cells.get("transcript"),
        )
        for row in table.rows
    ]
    for row in rows:
        for name, cell in (("label", row.label), ("same_as", row.same_as)):
            if not cell:
                mend = "Give the label as the transcript writes it."
                problems.append(_bad(path, row, f"{name}: the cell is empty", mend))
    if problems:
        raise errors.SeveralErrors(problems)
    return Aliases(path, tuple(rows))


@dataclass(frozen=True, slots=True)
class Said:
    """What a table of spellings comes to: its records, and what a person should look at."""

    records: tuple[Record, ...]
    warnings: tuple[ReadingWarning, ...] = ()


def said_by(session: Session, aliases: Aliases, *, wanted: Iterable[str] = ()) -> Said:
    """What a table of spellings says of the transcripts that are there now.

    Saying it again changes nothing. `wanted` are labels that a manifest gives its people: a label
    may be said to be one of them, too. Raises SeveralErrors with an error for every row that names
    a transcript or a label that is not there, or contradicts other rows.
    """
    applying = _Applying(session, aliases.path, wanted)
    for row in aliases.rows:
        applying.say(row)
    if applying.problems:
        raise errors.SeveralErrors(applying.problems)
    return Said(tuple(applying.records()), tuple(applying.warnings()))


class _Applying:
    """The rows of a table on their way to records, and what is wrong with them."""

    def __init__(self, session: Session, path: Path, wanted: Iterable[str]) -> None:
        self.problems: list[errors.QualcodeError] = []
        self._wanted = set(wanted)
        self._of_two_roles: list[int] = []
        self._session = session
        self._path = path
        self._names = TranscriptNames(session)
        self._written = speaking.speakers_written(session)
        self._changed: dict[tuple[str, str], Speaker] = {}
        self._said: dict[tuple[str, str], tuple[str, int]] = {}
        self._having: dict[str, list[str]] = defaultdict(list)
        for ref in self._names.refs:
            for label in self._written.get(ref.transcript, {}):
                self._having[label].append(ref.transcript)

    def say(self, row: AliasRow) -> None:
        """Take one row in."""
        where = f"{self._path}:{row.line}"
        try:
            uids = self._transcripts_of(row, where)
        except errors.UnknownTranscriptError as error:
            self.problems.append(error)
            return
        if not uids:
            who = "the transcript has no such label" if row.transcript else "no transcript has it"
            mend = "Copy it from: qualcode transcripts show"
            self.problems.append(_bad(self._path, row, f"label: {who}", mend))
        nowhere = self._nowhere(row) if uids else None
        if nowhere is not None:
            self.problems.append(nowhere)
            return
        for uid in uids:
            same_as, line = self._said.setdefault((uid, row.label), (row.same_as, row.line))
            if same_as != row.same_as:
                mend = "One label is a spelling of one other: remove a row."
                problem = f"same_as: line {line} says otherwise of the same label"
                self.problems.append(_bad(self._path, row, problem, mend))
                return
            if (back := self._line_back(uid, row)) is not None:
                mend = "Keep the one that says which label the others are read as."
                problem = f"same_as: with line {back} the labels go round in a circle"
                self.problems.append(_bad(self._path, row, problem, mend))
                return
            self._compare_roles(uid, row)
            try:
                said = with_spelling(self._written[uid], row.label, row.same_as, where=where)
            except errors.InputError as error:
                self.problems.append(error)
                return
            for speaker in said:
                self._written[uid][speaker.label] = speaker
                self._changed[uid, speaker.label] = speaker

    def records(self) -> list[Record]:
        """What all rows together say."""
        return [
            record
            for (uid, _), speaker in self._changed.items()
            for record in store_records.label_records(uid, speaker)
        ]

    def warnings(self) -> Iterator[ReadingWarning]:
        """What is odd in the rows and not wrong."""
        if lines := list(dict.fromkeys(self._of_two_roles)):
            more = f", and so do {len(lines) - 1:,} more rows" if lines[1:] else ""
            message = (
                f"this row makes one speaker of one who asks and one who answers{more}: are these "
                "labels right?"
            )
            yield ReadingWarning("spelling-of-two-roles", message, lines[0])

    def _nowhere(self, row: AliasRow) -> errors.QualcodeError | None:
        """That what a label is said to be is neither in a transcript nor in the manifest."""
        if row.same_as in self._wanted or self._having.get(row.same_as):
            return None
        own = [one for one in self._having if one not in ("", row.label)]
        near = nearest(row.same_as, [*own, *self._wanted])
        mend = "Copy it from: qualcode transcripts show"
        if near is not None:
            said = f"Did you mean '{near}'?" if is_nobodys_name(near) else "One is nearly the same."
            mend = f"{said} {mend}"
        return _bad(self._path, row, "same_as: no transcript has this label", mend)

    def _line_back(self, uid: str, row: AliasRow) -> int | None:
        """The line from which the rows lead from `same_as` back to the label, or None."""
        label, line, seen = row.same_as, None, set[str]()
        while label != row.label and label not in seen and (uid, label) in self._said:
            seen.add(label)
            label, line = self._said[uid, label]
        return line if label == row.label else None

    def _compare_roles(self, uid: str, row: AliasRow) -> None:
        written = self._written[uid]
        if written[row.label].same_as == row.same_as:  # said before, and warned of then
            return
        people, ends = speaking.as_read(written), speaking.spellings(written)
        both = {
            people[ends.get(label, label)].role if label in written else role_by_word(label)
            for label in (row.label, row.same_as)
        }
        if both == {Role.INTERVIEWER, Role.PARTICIPANT}:
            self._of_two_roles.append(row.line)

    def _transcripts_of(self, row: AliasRow, where: str) -> list[str]:
        having = self._having[row.label]
        if row.transcript is None:
            return having
        uid = self._names.find(row.transcript, where=where).transcript
        return [uid] if uid in having else []


def with_spelling(
    written: Mapping[str, Speaker], label: str, same_as: str, *, where: str
) -> list[Speaker]:
    """The speakers of one transcript that change where `label` becomes a spelling of `same_as`.

    `written` are its speakers as they are stored; an empty `same_as` takes back what was said.
    Where `same_as` was a spelling of `label` so far, it is that no longer. Raises
    SpellingOfItselfError, TwoParticipantsError, or SlipInLabelError for a label that is not there
    while one all but the same is.
    """
    spelling = written.get(label) or Speaker(label, role_by_word(label))
    if not same_as:
        return [replace(spelling, same_as=None)]
    if same_as == label:
        raise errors.SpellingOfItselfError(where=where)
    others = [one for one in written if one != label]
    if same_as not in written and nearly(same_as, others):
        raise errors.SlipInLabelError(where=where)
    people, ends = speaking.as_read(written), speaking.spellings(written)
    target = written.get(same_as) or Speaker(same_as, role_by_word(same_as))
    theirs, whose = (
        people[ends.get(one, one)].participant if one in written else None
        for one in (label, same_as)
    )
    if theirs and whose and theirs != whose:
        raise errors.TwoParticipantsError(theirs, whose, where=where)
    said = [replace(spelling, same_as=same_as)]
    if label in speaking.way_from(same_as, {**written, label: spelling}):
        said.append(replace(target, same_as=None))
    elif same_as not in written:
        said.append(target)
    return said


def _bad(path: Path, row: AliasRow, problem: str, mend: str) -> errors.AliasTableError:
    return errors.AliasTableError(problem, where=f"{path}:{row.line}", mend=mend)
