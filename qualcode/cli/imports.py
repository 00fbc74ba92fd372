"""Import: the report of what came in, file by file, and what has to be mended."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from qualcode.model.transcript import StoredTranscript
    from qualcode.services import importing
    from qualcode.services.importing import Account, ImportReport


@click.command("import")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=options.FILE)
@click.option(
    "--manifest",
    metavar="CSV",
    type=options.FILE,
    help="A table with a row for each interview: who, where, when, which file.",
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
    dry_run: bool,
    keep_going: bool,
    as_json: bool,
) -> None:
    """Bring transcripts in.

    PATH is a file or a folder; with --manifest none is needed. All files come in, or none of them;
    a file that is there already changes nothing.

    \b
    Example:
      qualcode import transcripts --manifest transcripts/interviews.csv
    """
    if not paths and manifest is None:
        raise click.UsageError("Give a PATH, or --manifest, or both.")
    from qualcode.services import importing

    with call.store() as store, messages.progress("reading") as progress:
        report = importing.import_transcripts(
            store,
            paths,
            manifest=manifest,
            format=format_,
            encoding=encoding,
            date_order=date_order,
            dry_run=dry_run,
            keep_going=keep_going,
            by=call.coder_or_script(store),
            at=now(),
            progress=progress,
        )
    stopped = bool(report.rejected) and not keep_going
    if as_json:
        output.json_value(records.import_report(report))
    elif not stopped:
        output.lines(_account_lines(report))
    for rejection in report.rejected:
        messages.problem(rejection.error)
    _say_totals(report, stopped=stopped, dry_run=dry_run)
    if report.rejected:
        context.exit(1)


def _account_lines(report: ImportReport) -> Iterator[str]:
    """What became of each file, with its warnings under it; first those of files without one."""
    warnings: dict[str, list[importing.FileWarning]] = defaultdict(list)
    for warning in report.warnings:
        warnings[warning.file].append(warning)
    stored = {transcript.name: transcript for transcript in report.transcripts}
    told = {account.file for account in report.accounts}
    for file, odd in warnings.items():
        if file not in told:
            yield file
            yield from _warning_lines(odd)
    for account in report.accounts:
        yield _heading(account)
        if account.name in stored:
            yield from _cast_lines(stored[account.name])
        yield from _loss_lines(account)
        yield from _warning_lines(warnings.get(account.file, ()))


def _heading(account: Account) -> str:
    encoding = f", {account.encoding}" if account.encoding else ""
    return f"{account.name}  {account.file} ({account.format}{encoding})"


def _cast_lines(stored: StoredTranscript) -> Iterator[str]:
    from qualcode.text.locators import clock

    times = "no times"
    if stored.first_ms is not None and stored.last_ms is not None:
        times = f"{clock(stored.first_ms)} to {clock(stored.last_ms)}"
    yield (
        f"    {messages.count(stored.turns, 'turn')}, "
        f"{messages.count(stored.words, 'word')}, {times}"
    )
    for speaker in stored.speakers:
        whose = f" {speaker.participant}" if speaker.participant else ""
        label = output.plain(speaker.label)
        yield f"    {label}: {speaker.role}{whose}, {messages.count(speaker.turns, 'turn')}"


def _loss_lines(account: Account) -> Iterator[str]:
    report = account.report
    aside: dict[str, int] = defaultdict(int)
    for unit in report.set_aside:
        aside[unit.kind] += 1
    if aside:
        yield f"    set aside: {_counts(aside)}"
    if report.dropped:
        yield f"    characters left out: {_counts(report.dropped)}"


def _counts(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{kind} {number:,}" for kind, number in numbers.items())


def _warning_lines(warnings: Sequence[importing.FileWarning]) -> Iterator[str]:
    for warning in warnings:
        place = "" if warning.line is None else f" line {warning.line}:"
        yield f"    warning:{place} {warning.message}"


def _say_totals(report: ImportReport, *, stopped: bool, dry_run: bool) -> None:
    rejected = messages.count(len(report.rejected), "file")
    if stopped:
        them = "it" if len(report.rejected) == 1 else "them"
        messages.say(
            f"nothing was imported: {rejected} cannot come in. Mend {them}, leave {them} out, "
            "or run again with --keep-going."
        )
        return
    if not (report.imported or report.unchanged or report.rejected):
        messages.say("nothing was imported: there is no transcript in what was given")
        return
    if not (report.imported or report.rejected):
        be = "is" if report.unchanged == 1 else "are"
        messages.say(
            f"nothing new: {messages.count(report.unchanged, 'transcript')} {be} unchanged"
            if not report.brought_up_to_date
            else f"no new words: {messages.count(report.unchanged, 'transcript')} {be} unchanged, "
            "and what the manifest says of them was brought up to date"
        )
        return
    parts = [f"{messages.count(report.imported, 'transcript')} imported"]
    parts += [f"{report.unchanged} unchanged"] if report.unchanged else []
    parts += [f"{rejected} left out"] if report.rejected else []
    taken_back = " (a dry run: nothing was written)" if dry_run else ""
    messages.say(", ".join(parts) + taken_back)
    if report.written and report.imported:
        messages.next_step("qualcode transcripts list", "qualcode participants list")
