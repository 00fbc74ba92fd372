"""Bring transcripts in: files, folders, what a manifest says of them; again and again."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, now, pass_call
from qualcode.cli.import_report import (
    Person,
    report_lines,
    say_totals,
    somebody_is_there,
    unseen_lines,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from qualcode.services.intake.duplicates import Treating
    from qualcode.services.intake.importing import ImportReport
    from qualcode.store.store import Store


@click.command("import")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=options.FILE)
@click.option(
    "--manifest",
    metavar="CSV",
    type=options.FILE,
    help="A table (CSV, Excel, ODS) with a row for each interview: who, where, when, which file.",
)
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    help="Read all files as this format, whatever they look like.",
)
@click.option("--encoding", metavar="NAME", help="Read all text files in this encoding.")
@click.option(
    "--date-order",
    type=click.Choice(["dmy", "mdy"]),
    help="What 03/04/2024 means in the manifest.",
)
@click.option(
    "--aliases",
    metavar="CSV",
    type=options.FILE,
    help="A table of labels that are one speaker: label, same_as, transcript.",
)
@click.option(
    "--duplicates",
    type=click.Choice(["ask", "keep", "leave", "revise"]),
    help="What becomes of a file that is much like another transcript: keep both, leave it out, or "
    "take it as the corrected version. All but leave count for what was left out before, too.  "
    "[default: ask on a terminal, else keep, with a warning; what was left out stays out]",
)
@options.yes
@options.dry_run
@click.option("--keep-going", is_flag=True, help="Bring in what can be read, leave out the rest.")
@options.as_json
@pass_call
@click.pass_context
def import_(
    context: click.Context,
    call: Call,
    *,
    paths: tuple[Path, ...],
    manifest: Path | None,
    format_: str | None,
    encoding: str | None,
    date_order: str | None,
    aliases: Path | None,
    duplicates: str | None,
    yes: bool,
    dry_run: bool,
    keep_going: bool,
    as_json: bool,
) -> None:
    """Bring transcripts in.

    PATH is a file or a folder; with --manifest none is needed. All files come in, or none of them;
    a file that is there already changes nothing. A file that changed becomes the next version of
    its transcript, and the codings are carried over to it.

    \b
    Example:
      qualcode import transcripts --manifest transcripts/interviews.csv
    """
    if not (paths or manifest or aliases):
        raise click.UsageError("Give a PATH, --manifest, --aliases, or several of them.")
    from qualcode.services.intake import importing

    with call.store() as store, ExitStack() as bar:
        person = person_for(bar, as_json=as_json)
        report = importing.import_transcripts(
            store,
            paths,
            manifest=manifest,
            format=format_,
            encoding=encoding,
            date_order=date_order,
            aliases=aliases,
            dry_run=dry_run,
            keep_going=keep_going,
            yes=yes,
            confirm=None if person is None else person.confirm,
            treat=_treating(duplicates, None if dry_run else person, as_json=as_json),
            ask_again=_asked_again(duplicates),
            by=call.coder_or_script(store),
            at=now(),
            progress=bar.enter_context(messages.progress("reading")),
        )
        bar.close()
        stopped = bool(report.rejected) and not keep_going
        if as_json:
            print_json(store, call, report)
    shown = None if person is None else person.shown
    if not (as_json or stopped):
        output.lines(report_lines(report) if shown is None else unseen_lines(report, shown))
    for rejection in report.rejected:
        messages.problem(rejection.error)
    say_totals(report, stopped=stopped, dry_run=dry_run, shown=shown)
    if report.rejected or report.unconfirmed:
        context.exit(1)


def person_for(bar: ExitStack, *, as_json: bool) -> Person | None:
    """Who can be asked, or None; scripts that read JSON are never asked."""
    return Person(bar.close) if somebody_is_there() and not as_json else None


def _treating(choice: str | None, person: Person | None, *, as_json: bool) -> Treating:
    """What becomes of doubles; nobody is asked where nothing would be written."""
    from qualcode.services.intake.duplicates import Treatment, where_sure

    if choice in (None, "ask"):
        if choice is not None and (as_json or not somebody_is_there()):
            raise click.UsageError(
                "--duplicates ask needs a terminal, and no --json: say keep, leave or revise; "
                "what was left out before comes in with keep or revise."
            )
        if person is not None:
            return person.treat
        choice = "keep"
    return where_sure(Treatment(choice))


def _asked_again(choice: str | None) -> Collection[str]:
    """Which files that were left out before are looked at as if nobody had."""
    from qualcode.services.intake.duplicates import EVERY, Treatment, asked_again

    if choice is None:
        return ()
    return EVERY if choice == "ask" else asked_again(Treatment(choice))


def print_json(store: Store, call: Call, report: ImportReport) -> None:
    """The whole report as one value, the unchanged transcripts among the others."""
    from qualcode.services import listing
    from qualcode.services.intake import recordings

    said = {one.uid: one for one in report.transcripts}
    if report.unchanged_names:
        there = set(report.unchanged_names)
        known = (one for one in listing.list_transcripts(store) if one.name in there)
        said = {one.uid: one for one in known} | said
    transcripts = tuple(sorted(said.values(), key=lambda one: (one.name, one.uid)))
    linked = recordings.recordings_of(transcripts, call.folder())
    output.json_value(records.import_report(replace(report, transcripts=transcripts), linked))
