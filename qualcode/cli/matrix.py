"""The matrix of cases and codes, into a document or onto stdout."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli import documents, messages, options, output
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import MatrixReport
    from qualcode.store.store import Store

_STDOUT = "-"


@click.command()
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    help="A .docx, .xlsx, .html, .md, .csv or .json file; - with --format for stdout.",
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
    type=click.Choice(["quotes", "summary", "both", "counts"]),
    default="quotes",
    show_default=True,
    help="What stands in a cell: quotations, the team's summaries, both, or figures.",
)
@options.where
@options.only_coder
@click.option(
    "--max-quotes",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most N quotations in a cell, the best of them; all are counted.",
)
@click.option(
    "--by",
    multiple=True,
    metavar="NAME",
    help="Compare groups by this attribute; several can be given.  [default: place, stakeholder]",
)
@click.option(
    "--audience",
    type=click.Choice(["team", "publication"]),
    default="team",
    show_default=True,
    help="For a publication, memos are left out and coders are numbered.",
)
@documents.layout
@click.option(
    "--split",
    type=click.Choice(["theme", "place"]),
    help="A file for each theme or place beside FILE, such as theme-matrix-funding.docx.",
)
@click.option("--title", metavar="TEXT", help="The title of the document.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["docx", "xlsx", "html", "md", "csv", "json"]),
    help="The format, where the file's ending does not say it.",
)
@click.option("--json", "as_json", is_flag=True, help="Short for -o - --format json.")
@pass_call
def matrix(
    call: Call,
    /,
    *,
    target: str | None,
    rows: str | None,
    columns: str,
    cells: str,
    where: tuple[str, ...],
    coder: str | None,
    max_quotes: int | None,
    by: tuple[str, ...],
    audience: str,
    split: str | None,
    title: str | None,
    format_: str | None,
    as_json: bool,
    **laid: Any,
) -> None:
    """Set quotations out by case and theme.

    Nothing of a participant at `withheld` is in it; everybody else is cited as they agreed.

    \b
    Example:
      qualcode matrix -o theme-matrix.docx
      qualcode matrix -o theme-matrix.xlsx --where place=Thornwick
      qualcode matrix -o theme-matrix.docx --split theme --paper a3
      qualcode matrix -o theme-matrix.docx --layout list --template house.docx
      qualcode matrix -o - --format csv --rows place --columns funding
    """
    target, format_ = _target(target, format_, as_json=as_json, split=split)
    from qualcode.model.consent import Audience
    from qualcode.services.charts import charting, comparing
    from qualcode.services.ways_out import wishes

    asked: wishes.Wishes = {"title": title, "by": by, "max_quotes": max_quotes}
    asked |= documents.wishes(**laid)
    wished = wishes.for_matrix(_format(target, format_), asked, show=cells, spelt=documents.SPELT)
    with call.store() as store:
        build = partial(
            charting.build_matrix,
            store,
            rows=rows,
            columns=columns,
            cells=cells,
            where=where,
            coder=coder,
            title=title,
            max_quotes=max_quotes,
            by=by or comparing.USUAL,
            audience=Audience(audience),
            at=now(),
        )
        if target == _STDOUT:
            _pour(call, store, build(), str(format_), wished)
        else:
            _save(call, store, build, Path(target), split, format_, wished)


def _target(
    target: str | None, format_: str | None, *, as_json: bool, split: str | None
) -> tuple[str, str | None]:
    """Where it goes and in which format, of options that say so together."""
    if as_json:
        if target is not None or format_ is not None:
            raise click.UsageError("Give --json alone, or -o and --format.")
        target, format_ = _STDOUT, "json"
    if target is None:
        raise click.UsageError("Give -o FILE, such as -o theme-matrix.docx.")
    if target == _STDOUT and format_ is None:
        raise click.UsageError("With -o -, give --format.")
    if target == _STDOUT and split is not None:
        raise click.UsageError("--split writes several files; give -o FILE.")
    return target, format_


def _pour(
    call: Call, store: Store, report: MatrixReport, format_: str, wished: DocumentOptions
) -> None:
    """Write the bytes to stdout."""
    from qualcode.services.ways_out import exporting, wishes

    messages.warn(_said_of(report))
    sent = exporting.Sent(call.coder_or_script(store), now())
    data, warnings = exporting.matrix_bytes(store, report, format_, wished, sent=sent)
    output.raw(data)
    messages.warn(warnings)
    _say_layout(wishes.choice(report, wished, format_))
    messages.waiting(report.waiting)
    messages.say(f"the matrix: {_shape(report)}")
    messages.withheld(report.withheld)


def _save(
    call: Call,
    store: Store,
    build: Callable[..., MatrixReport],
    target: Path,
    split: str | None,
    format_: str | None,
    wished: DocumentOptions,
) -> None:
    """Write the file, or the several that it is split into.

    A warning that is not of all of them names its file.
    """
    from qualcode.services.charts import splitting as ways
    from qualcode.services.ways_out import exporting

    if split is None:
        whole = build()
        parted = ways.Split(((whole, target),), whole.withheld)
    else:
        parted = ways.split(store, build, target, by=split)
    reports = parted.parts
    by = call.coder_or_script(store)
    written = exporting.save_matrices(
        store, reports, format=format_, options=wished, by=by, at=now()
    )
    said = [
        list(dict.fromkeys((*_said_of(report), *done.warnings)))
        for (report, _), done in zip(reports, written, strict=True)
    ]
    of_all = [one for one in said[0] if all(one in those for those in said)]
    messages.warn(of_all)
    for (report, file), done, those in zip(reports, written, said, strict=True):
        messages.warn(f"{file}: {one}" for one in those if one not in of_all)
        _say_layout(done.choice)
        messages.waiting(report.waiting)
        number = messages.count(done.quotations, "quotation")
        messages.say(f"{file}: {number}; {_shape(report)}")
    messages.withheld(parted.withheld)


def _said_of(report: MatrixReport) -> Iterator[str]:
    """What is odd about a matrix, besides what stands in it."""
    yield from report.warnings
    yield from (f"{line.label}: {line.warning}" for line in report.balance if line.warning)


def _say_layout(choice: str) -> None:
    """That a list was taken, or nearly was, which nobody asked for."""
    if choice:
        messages.say(f"{choice} (--layout matrix or list decides)")


def _shape(report: MatrixReport) -> str:
    rows, columns = len(report.matrix.rows), len(report.matrix.columns)
    shape = f"{messages.count(rows, 'row')}, {messages.count(columns, 'column')}"
    hidden = report.hidden
    return f"{shape}; {hidden:,} more are counted, not shown" if hidden else shape


def _format(target: str, format_: str | None) -> str:
    """The format in which the target will be written."""
    return format_ or Path(target).suffix.lower().removeprefix(".")
