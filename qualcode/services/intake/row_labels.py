"""Labels that a manifest gives its people, held against the labels that the transcripts have.

A label that nobody has is a slip, in the table or in the transcript, and what the row promises a
participant would hang on nobody. So the file does not come in, and its line is said. A label may be
a name: of those that a transcript has, only the ones are told that can be nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from qualcode import errors
from qualcode.services.intake.aliases import Aliases
from qualcode.services.intake.manifest_rows import ManifestRow
from qualcode.services.intake.roles import is_label
from qualcode.services.intake.sorting import Intake
from qualcode.services.intake.spellings import is_nobodys_name
from qualcode.services.intake.transcript_writing import Incoming
from qualcode.store import speaking
from qualcode.store.engine import Session
from qualcode.store.store import Store
from qualcode.text.nearest import nearest

_MOST_TOLD = 6
"""Labels of a transcript that one sentence names."""


def reject_unknown_labels(store: Store, intake: Intake, spellings: Aliases | None) -> None:
    """Reject every file of which a row gives a label that it does not have, once for each row."""
    if not any(row.speaker for one in _everything(intake) for row in one.rows):
        return
    with store.reading() as session:
        known = _Known(session, intake, spellings)
    bad: set[str] = set()
    for one in _everything(intake):
        labels = known.labels(one)
        for row in one.rows:
            if _is_unknown(row, one.rows, labels):
                bad.add(one.shown)
                intake.reject(one.shown, _mistake(row, labels, f"{intake.links.manifest}"))
    if bad:
        intake.drop(bad)


def _everything(intake: Intake) -> Iterator[Incoming]:
    return chain(intake.incoming, intake.unchanged)


class _Known:
    """The labels that each transcript has, and those that they are said to be spellings of."""

    def __init__(self, session: Session, intake: Intake, spellings: Aliases | None) -> None:
        self._written = speaking.speakers_written(session)
        there = [one.stands for one in intake.unchanged if one.stands and one.rows]
        self._spoken = speaking.labels_spoken(session, there)
        self._rows = () if spellings is None else spellings.rows

    def labels(self, one: Incoming) -> tuple[str, ...]:
        """Each once, in the order in which they speak; what they are read as comes last."""
        if one.content is not None:
            spoken: Sequence[str] = one.content.speakers
        else:
            spoken = self._spoken.get(one.stands or "", ())
        written = self._written.get(one.uid, {})
        ends = speaking.spellings(written)
        own = dict.fromkeys(filter(None, spoken))
        read_as = [ends[label] for label in own if label in ends]
        said = [
            row.same_as
            for row in self._rows
            if row.label in own and row.transcript in (None, one.name)
        ]
        return tuple(dict.fromkeys([*own, *read_as, *said]))


def _is_unknown(row: ManifestRow, rows: Sequence[ManifestRow], labels: Sequence[str]) -> bool:
    """False, too, of the one row of a transcript without labels: all of it is theirs."""
    if not row.speaker or is_label(row, labels):
        return False
    return bool(labels) or len(rows) > 1


def _mistake(row: ManifestRow, labels: Sequence[str], path: str) -> errors.ManifestValueError:
    told = [label for label in labels if label == row.participant or is_nobodys_name(label)]
    problem = f"the transcript has no such label; {_told(told, len(labels))}"
    near = nearest(row.speaker or "", labels)
    if near is None and row.participant in labels:
        near = row.participant
    if near in told:
        mend = f"Did you mean '{near}'?"
    elif near is not None:
        mend = "One of its labels is nearly the same: copy it from the file."
    else:
        mend = "Give the label as the file writes it."
    return errors.ManifestValueError("speaker", problem, where=f"{path}:{row.line}", mend=mend)


def _told(told: Sequence[str], count: int) -> str:
    if not count:
        return "it has none"
    shown = told[:_MOST_TOLD]
    parts = [f"'{label}'" for label in shown]
    if rest := count - len(shown):
        are_names = rest == count - len(told)
        may = (" that may be a name" if rest == 1 else " that may be names") if are_names else ""
        parts.append(f"{rest:,}{' more' if shown else ''}{may}")
    return f"it has {' and '.join([', '.join(parts[:-1]), parts[-1]] if parts[1:] else parts)}"
