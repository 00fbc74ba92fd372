"""The corrected version of one transcript, from a file of whatever name."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call
from qualcode.cli.import_report import report_lines, say_totals, unseen_lines
from qualcode.cli.imports import person_for, print_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("name", metavar="TRANSCRIPT")
@click.argument("file", metavar="FILE", type=options.FILE)
@click.option("--format", "format_", metavar="NAME", help="Read the file as this format.")
@click.option("--encoding", metavar="NAME", help="Read a text file in this encoding.")
@options.yes
@options.dry_run
@options.as_json
@pass_call
@click.pass_context
def revise(
    context: click.Context,
    call: Call,
    *,
    name: str,
    file: Path,
    format_: str | None,
    encoding: str | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take a file as the corrected version of a transcript.

    The codings are carried over to it; what cannot be is listed and waits. The version before stays
    readable, and undo brings everything back.

    \b
    Example:
      qualcode transcripts revise P07 P07-corrected.docx
    """
    from qualcode.services.correction import revising

    with call.store() as store, ExitStack() as bar:
        person = person_for(bar, as_json=as_json)
        report = revising.revise(
            store,
            name,
            file,
            format=format_,
            encoding=encoding,
            dry_run=dry_run,
            yes=yes,
            confirm=None if person is None else person.confirm,
            by=call.coder_or_script(store),
            at=now(),
            progress=bar.enter_context(messages.progress("reading")),
        )
        bar.close()
        if as_json:
            print_json(store, call, report)
    shown = None if person is None else person.shown
    if not as_json:
        output.lines(report_lines(report) if shown is None else unseen_lines(report, shown))
    say_totals(report, stopped=False, dry_run=dry_run, shown=shown)
    if report.unconfirmed:
        context.exit(1)
