"""The matrix of cases and codes, into a document or onto stdout."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call

_STDOUT = "-"


@click.command()
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    help="A .docx, .csv or .json file; - with --format for stdout.",
)
@click.option(
    "--rows",
    metavar="NAME",
    help="participant, transcript, or an attribute such as place.  [default: participant, "
    "where any is known]",
)
@click.option(
    "--columns",
    metavar="NAME",
    default="themes",
    show_default=True,
    help="themes, codes, or the codes of one theme.",
)
@click.option(
    "--cells",
    type=click.Choice(["quotes", "counts"]),
    default="quotes",
    show_default=True,
    help="What stands in a cell.",
)
@options.where
@options.only_coder
@click.option("--title", metavar="TEXT", help="The title of the document.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["docx", "csv", "json"]),
    help="The format, where the file's ending does not say it.",
)
@click.option("--json", "as_json", is_flag=True, help="Short for -o - --format json.")
@pass_call
def matrix(
    call: Call,
    *,
    target: str | None,
    rows: str | None,
    columns: str,
    cells: str,
    where: tuple[str, ...],
    coder: str | None,
    title: str | None,
    format_: str | None,
    as_json: bool,
) -> None:
    """Set quotations out by case and theme.

    Nothing of a participant at `withheld` is in it; everybody else is cited as they agreed.

    \b
    Example:
      qualcode matrix -o theme-matrix.docx
      qualcode matrix -o - --format csv --rows place --columns funding
    """
    if as_json:
        if target is not None or format_ is not None:
            raise click.UsageError("Give --json alone, or -o and --format.")
        target, format_ = _STDOUT, "json"
    if target is None:
        raise click.UsageError("Give -o FILE, such as -o theme-matrix.docx.")
    if target == _STDOUT and format_ is None:
        raise click.UsageError("With -o -, give --format.")
    from qualcode.services.ways_out import charting, exporting

    with call.store() as store:
        report = charting.build_matrix(
            store,
            rows=rows,
            columns=columns,
            cells=cells,
            where=where,
            coder=coder,
            title=title,
            at=now(),
        )
    messages.waiting(report.waiting)
    shape = ", ".join(
        (
            messages.count(len(report.matrix.rows), "row"),
            messages.count(len(report.matrix.columns), "column"),
        )
    )
    if target == _STDOUT:
        output.raw(exporting.matrix_bytes(report, str(format_)))
        messages.say(f"the matrix: {shape}")
        return
    written = exporting.save_matrix(report, Path(target), format=format_)
    messages.warn(written.warnings)
    messages.say(f"{target}: {messages.count(written.quotations, 'quotation')}; {shape}")
