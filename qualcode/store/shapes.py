"""The shape of a version's turns: for each label how many there are, and the times they span."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from qualcode.model.people import Speaker
from qualcode.model.transcript import SpeakerCount
from qualcode.store.engine import Row, Session
from qualcode.store.kinds import parsed
from qualcode.store.speaking import as_read, spellings

TurnRow = tuple[int, int, str | None, int | None, int | None]
"""Start, end, label, start and end in ms of one turn, as an event has them."""

Shape = tuple[str | None, int, int | None, int | None]
"""Label, number of turns, first start and last moment in ms."""


def turn_shapes(session: Session, versions: Sequence[int]) -> dict[int, list[Shape]]:
    """By version: label, number of turns, first start and last moment of each speaker."""
    shapes: dict[int, list[Shape]] = defaultdict(list)
    for version, label, turns, first, last_start, last_end in _grouped(session, versions):
        last = max((ms for ms in (last_start, last_end) if ms is not None), default=None)
        shapes[version].append((label, turns, first, last))
    return shapes


def shapes_at(session: Session, version: str) -> list[Shape]:
    """The same of one version (its uid)."""
    local = session.number("SELECT id FROM version WHERE uid = ?", (version,))
    return turn_shapes(session, [local])[local]


def shapes_of(turns: Sequence[TurnRow]) -> list[Shape]:
    """The same of turns that are at hand."""
    starts: dict[str | None, list[int]] = defaultdict(list)
    moments: dict[str | None, list[int]] = defaultdict(list)
    timed = [turn for turn in turns if turn[3] is not None or turn[4] is not None]
    for _, _, label, start_ms, end_ms in timed:
        if start_ms is not None:
            starts[label].append(start_ms)
        moments[label] += [ms for ms in (start_ms, end_ms) if ms is not None]
    return [
        (label, count, min(starts[label], default=None), max(moments[label], default=None))
        for label, count in Counter([turn[2] for turn in turns]).items()
    ]


def span_ms(shapes: Sequence[Shape], marks: str | None) -> tuple[int | None, int | None]:
    """The earliest and the latest moment that a version knows, or None; `marks` as they are stored.

    Some sources give times only within what somebody says, or only ends: then no turn has a start.
    """
    starts = [mark[1] for mark in parsed(marks)] if marks else []
    lasts = [*starts, *(shape[3] for shape in shapes if shape[3] is not None)]
    starts += [shape[2] for shape in shapes if shape[2] is not None]
    return min(starts, default=None), max(lasts, default=None)


def span_ms_at(session: Session, version: str) -> tuple[int | None, int | None]:
    """The same of one version (its uid)."""
    ((marks,),) = session.rows("SELECT marks FROM version WHERE uid = ?", (version,))
    return span_ms(shapes_at(session, version), marks)


def counted(shapes: Sequence[Shape], written: Mapping[str, Speaker]) -> tuple[SpeakerCount, ...]:
    """The speakers in the order in which they first speak, spellings of one label together."""
    people, ends = as_read(written), spellings(written)
    turns: Counter[str] = Counter()
    for label, count, _, _ in shapes:
        if label is not None:
            turns[ends.get(label, label)] += count
    spelt: dict[str, list[str]] = defaultdict(list)
    for label, end in ends.items():
        spelt[end].append(label)
    return tuple(
        SpeakerCount(label, str(who.role), who.participant, count, tuple(spelt[label]))
        for label, count in turns.items()
        for who in (people.get(label) or Speaker(label),)
    )


def _grouped(session: Session, versions: Sequence[int]) -> list[Row]:
    rows: list[Row] = []
    for at in range(0, len(versions), 500):
        part = versions[at : at + 500]
        rows += session.rows(
            "SELECT version_id, speaker, count(*), min(start_ms), max(start_ms), max(end_ms)"
            f" FROM turn WHERE version_id IN ({', '.join('?' * len(part))})"
            " GROUP BY version_id, speaker ORDER BY version_id, min(n)",
            part,
        )
    return rows
