"""All the evidence in one file: a workbook, a tidy table, or a book to be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call
from qualcode.cli.export_diff import diff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.model.matrix import ExportReport

_CONTEXT_WORDS: Final = 25
"""On either side of a quotation in a book: enough to see what it answers."""


class FileOrCommand(click.Group):
    """A command that takes a FILE, with others beside it: what names none of these is a file."""

    def __init__(self, *, writes: click.Command, **further: Any) -> None:
        super().__init__(name=writes.name, help=writes.help, **further)
        self.writes = writes

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """The context of the command that is meant."""
        if args and args[0] in self.commands:
            return super().make_context(info_name, args, parent, **extra)
        return self.writes.make_context(info_name, args, parent, **extra)


@dataclass(frozen=True, slots=True)
class _Done:
    """What one export came to."""

    report: ExportReport
    files: tuple[Path, ...]
    withheld: int
    waiting: int


@click.command(name="export")
@click.argument("target", metavar="FILE", type=options.FILE)
@click.option(
    "--table",
    type=click.Choice(["quotations", "cases", "codes"]),
    default="quotations",
    show_default=True,
    help="Which table a .csv holds: one row a coding, a case, or a code.",
)
@click.option(
    "--for-excel",
    is_flag=True,
    help="In a .csv, put ' before what Excel would take for a formula, and say where.",
)
@options.where
@options.only_coder
@click.option(
    "--context",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Words of context on either side.  [default: {_CONTEXT_WORDS} in a book, else 0]",
)
@click.option(
    "--audience",
    type=click.Choice(["team", "publication"]),
    default="team",
    show_default=True,
    help="For a publication, memos are left out and coders are numbered.",
)
@click.option("--title", metavar="TEXT", help="The title of the workbook or book.")
@options.as_json
@pass_call
def _file(
    call: Call,
    *,
    target: Path,
    table: str,
    for_excel: bool,
    where: tuple[str, ...],
    coder: str | None,
    context: int | None,
    audience: str,
    title: str | None,
    as_json: bool,
) -> None:
    """Write the evidence as a workbook, tables or a book.

    The ending of FILE says which: .xlsx is a workbook of codings, counts, interviews and
    codebook; .csv is one tidy table, with a data dictionary beside it; .docx, .md and .html
    are a book of all quotations. Everybody is cited as they agreed.

    qualcode export diff OLD NEW says what changed between two exports.

    \b
    Example:
      qualcode export evidence.xlsx
      qualcode export cases.csv --table cases
      qualcode export quotations.html --audience publication
    """
    from qualcode.services.ways_out import exporting

    exporting.check_export(target)
    if target.suffix.lower() != ".csv" and (table != "quotations" or for_excel):
        raise click.UsageError("--table and --for-excel are for a .csv file.")
    if exporting.is_book(target.suffix):
        done = _book(call, target, where, coder, context, audience, title)
    else:
        done = _evidence(call, target, table, for_excel, where, coder, context, audience, title)
    if as_json:
        output.json_value(_record(done))
    else:
        _say(done)


def _book(
    call: Call,
    target: Path,
    where: Sequence[str],
    coder: str | None,
    context: int | None,
    audience: str,
    title: str | None,
) -> _Done:
    from qualcode.model.consent import Audience
    from qualcode.services.charts import booking
    from qualcode.services.ways_out import exporting

    with call.store() as store:
        booked = booking.build_book(
            store,
            where=where,
            coder=coder,
            context=_CONTEXT_WORDS if context is None else context,
            title=title,
            audience=Audience(audience),
            at=now(),
        )
        by = call.coder_or_script(store)
        report = exporting.save_book(store, booked.book, target, by=by, at=now())
    return _Done(report, (target,), booked.withheld, booked.waiting)


def _evidence(
    call: Call,
    target: Path,
    table: str,
    for_excel: bool,
    where: Sequence[str],
    coder: str | None,
    context: int | None,
    audience: str,
    title: str | None,
) -> _Done:
    from qualcode.model.consent import Audience
    from qualcode.model.evidence import EvidenceTable, TableOptions
    from qualcode.services.charts import evidencing
    from qualcode.services.ways_out import exporting

    wanted = TableOptions(EvidenceTable(table), for_excel)
    with call.store() as store:
        gathered = evidencing.build_evidence(
            store,
            where=where,
            coder=coder,
            context=context or 0,
            title=title,
            audience=Audience(audience),
            at=now(),
        )
        by = call.coder_or_script(store)
        report, files = exporting.save_evidence(
            store, gathered.evidence, target, options=wanted, by=by, at=now()
        )
    return _Done(report, files, gathered.withheld, gathered.waiting)


def _say(done: _Done) -> None:
    report = done.report
    messages.warn(report.warnings)
    found = messages.count(report.quotations, "quotation")
    messages.say(f"{done.files[0]}: {found}; {messages.count(report.rows, 'row')}")
    for file in done.files[1:]:
        messages.say(f"{file} says what its columns mean")
    if report.changed:
        rows = messages.count(len(report.changed), "row")
        messages.say(f"an apostrophe stands before what looks like a formula in {rows}:")
        for key in report.changed:
            messages.say(f"  {key}")
    messages.withheld(done.withheld)
    messages.waiting(done.waiting)


def _record(done: _Done) -> dict[str, object]:
    """What was written, for scripts."""
    report = done.report
    return {
        "files": [str(file) for file in done.files],
        "quotations": report.quotations,
        "rows": report.rows,
        "digest": report.digest,
        "replaced_characters": report.replaced_characters,
        "long_cells": report.long_cells,
        "changed": list(report.changed),
        "warnings": list(report.warnings),
        "withheld": done.withheld,
        "waiting": done.waiting,
    }


export = FileOrCommand(writes=_file)
export.add_command(diff)
