"""Keeping the project well: check it, mend it, copy it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qualcode.model.examination import Examination, StoreFacts

_DAMAGED = 3


@click.command()
@click.option(
    "--fix", is_flag=True, help="Mend what the log of changes can mend, after a verified backup."
)
@options.as_json
@pass_call
@click.pass_context
def doctor(context: click.Context, call: Call, *, fix: bool, as_json: bool) -> None:
    """Check the project, and mend what can be mended.

    It reads everything, changes nothing without --fix, and ends with exit code 3 where something
    is not as it should be.

    \b
    Example:
      qualcode doctor
    """
    from qualcode.services import keeping

    backup = None
    with call.store(as_found=True) as store:
        if fix:
            mending = keeping.mend(store, at=now())
            backup, found = mending.backup, mending.after
            mended = len(mending.before.findings) - len(found.findings)
        else:
            found, mended = keeping.examine(store), 0
    if as_json:
        output.json_value({**records.examination(found), "mended": mended, "backup": backup})
    else:
        output.facts(_facts(found.facts))
        output.lines(_findings(found))
    if backup is not None:
        messages.say(f"before mending, a copy was put at {backup}")
    if mended:
        messages.say(f"{messages.count(mended, 'finding')} mended")
    if not found.is_whole:
        messages.say(messages.count(len(found.findings), "finding"))
        context.exit(_DAMAGED)
    messages.say("the project is whole")


@click.command()
@click.argument("target", metavar="[FILE]", required=False, type=options.FILE)
@options.as_json
@pass_call
def backup(call: Call, *, target: Path | None, as_json: bool) -> None:
    """Make a verified copy of the project.

    FILE is a new file or a folder; without it the copy lies beside the project. The names of the
    participants are not in it.

    \b
    Example:
      qualcode backup /media/usb
    """
    from qualcode.services import keeping

    with call.store() as store:
        place = keeping.back_up(store, target, at=now())
    if as_json:
        output.json_value({"file": str(place)})
    else:
        output.lines([str(place)])
    messages.say("a verified copy, without the identities")


def _facts(facts: StoreFacts) -> Iterator[tuple[str, object]]:
    yield "database", facts.database
    yield "size", None if facts.size_bytes is None else f"{facts.size_bytes:,} bytes"
    yield "store version", facts.store_version
    yield "events", facts.events
    yield "events of a newer program", facts.unknown_events or None
    yield "transcripts", facts.transcripts
    yield "codings", facts.codings
    yield "journal", facts.journal
    closed = "sealed" if facts.sealed else "not at hand"
    yield "identities", "at hand" if facts.identities else closed


def _findings(found: Examination) -> Iterator[str]:
    for finding in found.findings:
        yield f"{finding.where}: {finding.what}. {finding.mend}"
