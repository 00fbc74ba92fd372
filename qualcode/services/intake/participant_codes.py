"""Codes for participants whom a manifest does not number: P01, P02 …, and the same ones ever after.

A manifest is imported again and again while it grows and is sorted anew. So before a number is
given it is asked who the row's participant was before: by name, by the speaker's label, or because
of one interview all others are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.model.people import Identity, Participant, Speaker
from qualcode.services.intake.manifest_rows import ManifestRow
from qualcode.store.speaking import as_read, spellings


@dataclass(frozen=True, slots=True)
class Known:
    """Who is known before an import.

    `participants` and `names` by code, `speakers` by transcript uid and label as they are written,
    `took_part` codes by transcript uid.
    """

    participants: Mapping[str, Participant]
    speakers: Mapping[str, Mapping[str, Speaker]]
    took_part: Mapping[str, Sequence[str]]
    names: Mapping[str, Identity]


def participant_codes(
    interviews: Mapping[str, Sequence[ManifestRow]], known: Known
) -> dict[int, str]:
    """A participant's code for every row that speaks of one, by the row's line.

    `interviews` are the rows by transcript uid.
    """
    codes = {
        row.line: row.participant
        for rows in interviews.values()
        for row in rows
        if row.participant is not None
    }
    for uid, rows in interviews.items():
        _recognise(uid, rows, codes, known)
    _number(interviews, codes, known)
    return codes


def _recognise(uid: str, rows: Sequence[ManifestRow], codes: dict[int, str], known: Known) -> None:
    """Give the rows of one interview the codes that their participants have already."""
    by_name = {_folded(one.name): code for code, one in known.names.items() if one.name}
    written = known.speakers.get(uid, {})
    labels = as_read(written)
    labels |= {label: labels[end] for label, end in spellings(written).items()}
    for row in _open(rows, codes):
        named = by_name.get(_folded(row.name)) if row.name else None
        speaking = labels.get(row.speaker) if row.speaker else None
        code = named or (speaking.participant if speaking else None)
        if code is not None:
            codes[row.line] = code
    left = _open(rows, codes)
    taken = {codes[row.line] for row in rows if row.line in codes}
    if any(row.speaker in labels for row in left):  # whoever has a label is not behind another
        taken |= {speaker.participant for speaker in labels.values() if speaker.participant}
    before = [code for code in known.took_part.get(uid, ()) if code not in taken]
    if len(left) == 1 and len(before) == 1:
        codes[left[0].line] = before[0]


def _number(
    interviews: Mapping[str, Sequence[ManifestRow]], codes: dict[int, str], known: Known
) -> None:
    """Give the others the next free codes in the order of the manifest; one name, one code."""
    every = sorted((row for rows in interviews.values() for row in rows), key=lambda r: r.line)
    by_name = {
        _folded(row.name): codes[row.line] for row in every if row.name and row.line in codes
    }
    free = _free(set(codes.values()) | set(known.participants))
    for row in _open(every, codes):
        code = by_name.get(_folded(row.name)) if row.name else None
        codes[row.line] = code = code or next(free)
        if row.name:
            by_name[_folded(row.name)] = code


def _open(rows: Sequence[ManifestRow], codes: Mapping[int, str]) -> list[ManifestRow]:
    return [row for row in rows if row.line not in codes and row.has_participant]


def _free(taken: set[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if f"P{number:02d}" not in taken:
            yield f"P{number:02d}"


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
