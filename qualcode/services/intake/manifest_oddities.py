"""What is odd in the rows of a manifest and not wrong: said once for each kind, never refused.

A participant who agreed to be cited by a role that no row gives would be cited as nobody, and a day
that has not come is a slip. No sentence says a cell: the line is enough to find it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from qualcode.model.people import Attribution
from qualcode.model.transcript import ReadingWarning
from qualcode.services.intake.manifest_rows import ManifestRow, could_be_a_name

_SHOWN_BY: Final = {
    Attribution.NAMED: ("name",),
    Attribution.PSEUDONYM: ("pseudonym",),
    Attribution.ROLE_ORGANISATION: ("role", "organisation"),
    Attribution.ROLE: ("role",),
}
"""The columns of which one at least has to be filled for a level to show anybody."""

_ELSEWHERE_IT_IS_TOMORROW: Final = timedelta(days=1)


def oddities(rows: Sequence[ManifestRow], today: date | None) -> Iterator[ReadingWarning]:
    """What a person should look at; without `today` nothing is said of days to come."""
    yield from _codes_like_names(rows)
    yield from _levels_without_words(rows)
    if today is not None:
        yield from _days_to_come(rows, today + _ELSEWHERE_IT_IS_TOMORROW)


def _codes_like_names(rows: Sequence[ManifestRow]) -> Iterator[ReadingWarning]:
    """Say where codes look like names: never which, for they may be."""
    lines = [row.line for row in rows if row.participant and could_be_a_name(row.participant)]
    if lines:
        rows_have = "one row has a code" if len(lines) == 1 else f"{len(lines)} rows have codes"
        message = (
            f"{rows_have} without a number in the column participant: a code stands beside every "
            "quotation, so let it be no name"
        )
        yield ReadingWarning("code-like-a-name", message, lines[0])


def _levels_without_words(rows: Sequence[ManifestRow]) -> Iterator[ReadingWarning]:
    """Say where nothing is given of what a participant agreed to be cited by."""
    given: dict[str | int, set[str]] = defaultdict(set)  # by participant, over all their rows
    for row in rows:
        given[row.participant or row.line] |= row.given
    for level, columns in _SHOWN_BY.items():
        bare = {
            row.participant or row.line: row.line
            for row in reversed(rows)
            if row.attribution is level and not given[row.participant or row.line] & set(columns)
        }
        if bare:
            who = "one participant is" if len(bare) == 1 else f"{len(bare):,} participants are"
            message = (
                f"{who} to be cited by '{level}', and no row gives a {' or '.join(columns)}: "
                "unless the project knows it already, less is said of them than they agreed to"
            )
            yield ReadingWarning("nothing-to-cite", message, min(bare.values()))


def _days_to_come(rows: Sequence[ManifestRow], last: date) -> Iterator[ReadingWarning]:
    for column in ("date", "consent_date"):
        ahead = [row.line for row in rows if (getattr(row, column) or "") > last.isoformat()]
        if ahead:
            them = "a day" if len(ahead) == 1 else f"{len(ahead):,} days"
            message = f"the column {column} has {them} still to come: is the year right?"
            yield ReadingWarning("day-to-come", message, ahead[0])
