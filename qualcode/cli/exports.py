"""All the evidence in one file: a workbook, a tidy table, or a book to be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from qualcode.cli import documents, messages, options, output
from qualcode.cli.asked import Asked
from qualcode.cli.beside import FileOrCommand, WithOthers
from qualcode.cli.context import Call, now, pass_call
from qualcode.cli.export_diff import diff
from qualcode.cli.export_list import list_

if TYPE_CHECKING:
    from qualcode.model.document import DocumentOptions
    from qualcode.model.evidence import TableOptions
    from qualcode.model.matrix import ExportReport

_CONTEXT_WORDS: Final = 25
"""On either side of a quotation in a book: enough to see what it answers."""

_BESIDE: Final = {
    "dictionary": "what the columns of {table} mean",
    "labels": "the names of the codes that are columns of {table}",
}
"""What stands in a file beside a table, by the ending of its name."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What one export came to."""

    report: ExportReport
    files: tuple[Path, ...]
    withheld: int
    waiting: int
    warnings: tuple[str, ...]
    is_table: bool = False


@click.command(name="export", cls=WithOthers)
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
@documents.book
@options.as_json
@pass_call
def _file(
    call: Call,
    /,
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
    **laid: Any,
) -> None:
    """Write the evidence as a workbook, tables or a book.

    The ending of FILE says which: .xlsx is a workbook of codings, counts, interviews and
    codebook; .csv is one tidy table, with a data dictionary beside it; .docx, .md and .html
    are a book of all quotations. Everybody is cited as they agreed.

    \b
    Example:
      qualcode export evidence.xlsx
      qualcode export cases.csv --table cases
      qualcode export quotations.html --audience publication
      qualcode export quotations.docx --notes endnotes --template house.docx
    """
    from qualcode.model.evidence import EvidenceTable
    from qualcode.services.ways_out import exporting, wishes

    exporting.check_export(target)
    is_book = exporting.is_book(target.suffix)
    wished = wishes.for_book(target.suffix, documents.wishes(**laid), spelt=documents.SPELT)
    counted: wishes.TableWishes = {"table": EvidenceTable(table), "for_excel": for_excel}
    if not is_book:
        counted |= {"title": title, "context": context}
    tables = wishes.for_evidence(target.suffix, counted, spelt=documents.SPELT_OF_TABLES)
    usual = _CONTEXT_WORDS if is_book else 0
    asked = Asked(
        where, coder, usual if context is None else context, audience=audience, title=title
    )
    done = _book(call, target, asked, wished) if is_book else _evidence(call, target, asked, tables)
    if as_json:
        output.json_value(_record(done))
    else:
        _say(done)


def _book(call: Call, target: Path, asked: Asked, wished: DocumentOptions) -> _Done:
    from qualcode.services.ways_out import exporting

    with call.store() as store:
        booked = asked.book(store)
        by = call.coder_or_script(store)
        report = exporting.save_book(store, booked.book, target, options=wished, by=by, at=now())
    warnings = (*booked.warnings, *report.warnings)
    return _Done(report, (target,), booked.withheld, booked.waiting, warnings)


def _evidence(call: Call, target: Path, asked: Asked, wanted: TableOptions) -> _Done:
    from qualcode.services.ways_out import exporting

    with call.store() as store:
        gathered = asked.evidence(store)
        by = call.coder_or_script(store)
        report, files = exporting.save_evidence(
            store, gathered.evidence, target, options=wanted, by=by, at=now()
        )
    warnings = (*gathered.warnings, *report.warnings)
    return _Done(report, files, gathered.withheld, gathered.waiting, warnings, is_table=True)


def _say(done: _Done) -> None:
    report = done.report
    messages.warn(done.warnings)
    table, *others = done.files
    # A table has a row for each coding; what several coders coded is one quotation in a book.
    if done.is_table:
        found = messages.count(report.quotations, "coding")
        messages.say(f"{table}: {found}; {messages.count(report.rows, 'row')}")
    else:
        messages.say(f"{table}: {messages.count(report.quotations, 'quotation')}")
    for file in others:
        messages.say(f"{file}: {_BESIDE[file.stem.rpartition('-')[2]].format(table=table)}")
    if report.changed:
        rows = messages.count(len(report.changed), "row")
        messages.say(f"an apostrophe stands before what looks like a formula in {rows}:")
        for place in report.changed_at:
            messages.say(f"  {place}")
    messages.withheld(done.withheld)
    messages.waiting(done.waiting)


def _record(done: _Done) -> dict[str, object]:
    """What was written, for scripts."""
    report = done.report
    return {
        "files": [str(file) for file in done.files],
        "codings" if done.is_table else "quotations": report.quotations,
        "rows": report.rows,
        "digest": report.digest,
        "replaced_characters": report.replaced_characters,
        "long_cells": report.long_cells,
        "changed": list(report.changed),
        "warnings": list(done.warnings),
        "withheld": done.withheld,
        "waiting": done.waiting,
    }


export = FileOrCommand(writes=_file)
export.add_command(diff)
export.add_command(list_)
