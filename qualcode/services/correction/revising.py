"""The corrected version of one transcript, from a file of whatever name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qualcode.services.intake.gathering import File, shown
from qualcode.services.intake.importing import (
    Confirming,
    ImportReport,
    Progress,
    check_options,
    keep_both,
    take_in,
)
from qualcode.services.intake.linking import Links
from qualcode.services.intake.sorting import Intake
from qualcode.services.places import find_transcript
from qualcode.store import queries
from qualcode.store.store import Store


def revise(
    store: Store,
    transcript: str,
    file: Path,
    *,
    format: str | None = None,  # noqa: A002  the option's own name
    encoding: str | None = None,
    dry_run: bool = False,
    yes: bool = False,
    confirm: Confirming | None = None,
    by: str,
    at: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Make a file the next version of a transcript, and carry the codings over to it.

    Going back to earlier bytes is a version, too; so are the bytes that are there where they give
    another text now, by a better reader or an encoding that is told. Nothing is written without
    `yes`, or without `confirm` saying so of the report. Raises UnknownTranscriptError, or what is
    wrong with the file.
    """
    check_options(format, encoding)
    with store.reading() as session:
        found = find_transcript(session, transcript)
        known = queries.known_versions(session)
    intake = Intake(
        known,
        [File(str(file), shown(file), found.name)],
        Links(store, None),
        format=format,
        encoding=encoding,
        again=found.transcript,
    )
    report = take_in(
        store,
        intake,
        dry_run=dry_run,
        keep_going=False,
        yes=yes,
        confirm=confirm,
        treat=keep_both,
        by=by,
        at=at,
        progress=progress,
    )
    for rejection in report.rejected:
        raise rejection.error
    return report
