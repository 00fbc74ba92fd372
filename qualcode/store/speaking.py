"""Who speaks in a transcript: labels as the source writes them, and as they are read.

A person may have said that a label is another spelling of one beside it. Nothing of a turn is
rewritten for that: the label is read as the other wherever turns and speakers are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualcode.model.people import Role, Speaker
from qualcode.store.engine import Session

Cast = dict[str, dict[str, Speaker]]
"""Speakers by transcript uid and label, the labels in order."""


def speakers_written(session: Session) -> Cast:
    """Every label as its own records say, the spellings of others among them."""
    found: Cast = defaultdict(dict)
    for uid, label, role, code, same_as in session.rows(
        "SELECT t.uid, s.label, s.role, p.uid, w.same_as FROM speaker s"
        " JOIN transcript t ON t.id = s.transcript_id"
        " LEFT JOIN participant p ON p.id = s.participant_id"
        " LEFT JOIN spelling w ON w.transcript_id = s.transcript_id AND w.label = s.label"
        " AND w.live = 1 WHERE s.live = 1"
        " ORDER BY t.uid, s.label"
    ):
        known = Role(role) if role in set(Role) else Role.OTHER  # or a newer program's word
        found[uid][label] = Speaker(label, known, code, same_as)
    return dict(found)


def speakers(session: Session) -> Cast:
    """The speakers as they are read: each once, under the label that its spellings lead to."""
    return {uid: as_read(written) for uid, written in speakers_written(session).items()}


def spellings(written: Mapping[str, Speaker]) -> dict[str, str]:
    """By label, the label that it is read as; those that are read as themselves are left out.

    Where labels lead to each other in a ring, as two copies may have said it, the first in order
    stands for all. One that leads to a label nobody has is read as itself, and so are all that
    lead to one label where two participants are known among them: their words may be under
    different promises.
    """
    found = {label: _end_of_the_way(label, written) for label in written}
    two = _of_two_participants(found, written)
    return {label: end for label, end in found.items() if label != end and end not in two}


def of_two_participants(written: Mapping[str, Speaker]) -> bool:
    """True where labels that lead to one are known to be of two participants."""
    ends = {label: _end_of_the_way(label, written) for label in written}
    return bool(_of_two_participants(ends, written))


def as_read(written: Mapping[str, Speaker]) -> dict[str, Speaker]:
    """The speakers of one transcript as they are read.

    What is not known of a label is what is known of its spellings: a role or a participant that
    was said of one of them is not forgotten.
    """
    ends = spellings(written)
    found = {
        label: speaker if speaker.same_as is None else replace(speaker, same_as=None)
        for label, speaker in written.items()
        if label not in ends
    }
    for label, end in ends.items():
        found[end] = _known_of_both(found[end], written[label])
    return found


def speaks_against(spelling: Speaker, speaker: Speaker) -> bool:
    """True where a label would not be read as `speaker` with this spelling of it beside."""
    if spelling.participant not in (None, speaker.participant):
        return True
    return _known_of_both(speaker, spelling) != speaker


def read_labels(session: Session) -> dict[str, dict[str, str]]:
    """By transcript uid what `spellings` says of it; transcripts with nothing to say left out."""
    if session.row("SELECT 1 FROM spelling WHERE live = 1") is None:
        return {}
    every = {uid: spellings(written) for uid, written in speakers_written(session).items()}
    return {uid: ends for uid, ends in every.items() if ends}


def way_from(label: str, written: Mapping[str, Speaker]) -> list[str]:
    """A label and those that it leads to, one after another, each once and as far as they exist."""
    way = [label]
    while (speaker := written.get(way[-1])) is not None:
        if speaker.same_as is None or speaker.same_as not in written or speaker.same_as in way:
            break
        way.append(speaker.same_as)
    return way


def labels_spoken(session: Session, versions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By version uid the label of every turn in order, as the source writes it; "" where none."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for uid, n, label in session.rows_in(
        "SELECT v.uid, u.n, u.speaker FROM turn u JOIN version v ON v.id = u.version_id"
        " WHERE v.uid IN",
        versions,
    ):
        found[uid].append((n, label or ""))
    return {uid: tuple(label for _, label in sorted(turns)) for uid, turns in found.items()}


def _end_of_the_way(label: str, written: Mapping[str, Speaker]) -> str:
    way = way_from(label, written)
    following = written[way[-1]].same_as
    return min(way[way.index(following) :]) if following in way else way[-1]


def _of_two_participants(ends: Mapping[str, str], written: Mapping[str, Speaker]) -> frozenset[str]:
    """The labels to which spellings of more than one participant lead."""
    known: dict[str, set[str]] = defaultdict(set)
    for label, end in ends.items():
        if (code := written[label].participant) is not None:
            known[end].add(code)
    return frozenset(end for end, codes in known.items() if len(codes) > 1)


def _known_of_both(speaker: Speaker, spelling: Speaker) -> Speaker:
    role, whose = speaker.role, speaker.participant
    if whose is None and spelling.participant is not None:
        role, whose = Role.PARTICIPANT, spelling.participant
    elif role is Role.OTHER:
        role = spelling.role
    return replace(speaker, role=role, participant=whose)
