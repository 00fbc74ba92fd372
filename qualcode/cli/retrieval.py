"""Reading what was coded and what was said: quotes and search."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import messages, options, output, quote_edits, records
from qualcode.cli.context import Call, now, pass_call
from qualcode.cli.exports import FileOrCommand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualcode.model.matrix import Quotation
    from qualcode.services.retrieval.retrieving import Hit

_TABLE: Final = "table"
_STDOUT: Final = "-"
_WORDS_EACH_SIDE_CELLS: Final = 60
"""Of context around a found word where no terminal says how much fits."""


@click.command(name="quotes")
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@options.where
@options.only_coder
@click.option(
    "--context",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Words of context on either side.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([_TABLE, "json", "csv", "docx", "md", "html"]),
    help="How to write them.  [default: by the ending of -o, else table]",
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option(
    "-o", "--output", "target", metavar="FILE", default=_STDOUT, help="A file instead of stdout."
)
@pass_call
def _quotes(
    call: Call,
    *,
    codes: tuple[str, ...],
    where: tuple[str, ...],
    coder: str | None,
    context: int,
    format_: str | None,
    as_json: bool,
    target: str,
) -> None:
    """Show coded passages and how they may be cited.

    CODE is a code, or a theme with all its codes; none means everything. Nothing of a participant
    at `withheld` is shown. .docx, .md and .html are a book to be read, in which a passage that
    several coders gave the same code stands once; the others list every coding.

    \b
    Example:
      qualcode quotes funding --where place=Thornwick
      qualcode quotes bonding --context 10 -o bonding.csv
      qualcode quotes funding --context 30 -o funding.docx
    """
    if as_json and format_ not in (None, "json"):
        raise click.UsageError("Give --json or --format, not both.")
    chosen = "json" if as_json else format_
    if target != _STDOUT and chosen == _TABLE:
        raise click.UsageError(
            "A table is for the screen; into a file go .csv, .json, .docx, .md and .html."
        )
    from qualcode.services.retrieval import retrieving
    from qualcode.services.ways_out import exporting

    if exporting.is_book(chosen or Path(target).suffix):
        _book(call, codes, where, coder, context, target, chosen)
        return
    with call.store() as store:
        found = retrieving.quotes(store, codes, where=where, coder=coder, context=context)
        number = messages.count(len(found.quotations), "quotation")
        if target != _STDOUT:
            by = call.coder_or_script(store)
            report = exporting.save_quotations(
                store, found.quotations, Path(target), format=chosen, by=by, at=now()
            )
            messages.warn(report.warnings)
            messages.say(f"{target}: {number}")
        elif chosen in (None, _TABLE):
            lines = list(_passages(found.quotations))
            # What is to be known of a file that goes to others is not for who looks at the screen.
            exporting.check_words(store, lines, where="what was to be shown")
            output.lines(lines)
            messages.say(number)
        else:
            data, warnings = exporting.quotations_bytes(store, found.quotations, str(chosen))
            output.raw(data)
            messages.warn(warnings)
    messages.withheld(found.withheld)
    messages.waiting(found.waiting)


def _book(
    call: Call,
    codes: Sequence[str],
    where: Sequence[str],
    coder: str | None,
    context: int,
    target: str,
    format_: str | None,
) -> None:
    """The same as a quotation book, into a file or onto stdout."""
    from qualcode.services.charts import booking
    from qualcode.services.ways_out import exporting

    with call.store() as store:
        booked = booking.build_book(
            store, codes, where=where, coder=coder, context=context, at=now()
        )
        if target == _STDOUT:
            data, warnings = exporting.book_bytes(store, booked.book, str(format_))
            output.raw(data)
            messages.warn(warnings)
        else:
            by = call.coder_or_script(store)
            report = exporting.save_book(
                store, booked.book, Path(target), format=format_, by=by, at=now()
            )
            messages.warn(report.warnings)
            messages.say(f"{target}: {messages.count(report.quotations, 'quotation')}")
    messages.withheld(booked.withheld)
    messages.waiting(booked.waiting)


quotes = FileOrCommand(writes=_quotes, commands={"edit": quote_edits.edit})


@click.command()
@click.argument("query")
@options.where
@click.option(
    "--speaker-role",
    type=click.Choice(["interviewer", "participant", "other"]),
    help="Only what such speakers say.",
)
@click.option(
    "--width",
    type=click.IntRange(min=0),
    metavar="N",
    help="Characters of context on either side.  [default: what fits]",
)
@options.as_json
@pass_call
def search(
    call: Call,
    *,
    query: str,
    where: tuple[str, ...],
    speaker_role: str | None,
    width: int | None,
    as_json: bool,
) -> None:
    """Find words in the transcripts, each in its context.

    QUERY is words, "a phrase", fund* or /a regular expression/.

    \b
    Example:
      qualcode search 'grant*' --speaker-role participant
    """
    from qualcode.model.people import Role
    from qualcode.services.retrieval import retrieving
    from qualcode.services.ways_out import exporting

    role = None if speaker_role is None else Role(speaker_role)
    asked = _WORDS_EACH_SIDE_CELLS if width is None else width
    with call.store() as store:
        found = retrieving.search(store, query, where=where, role=role, width=asked)
        words = retrieving.words_of(found.hits)
        exporting.check_words(store, words, where="what was to be shown")
    if as_json:
        output.json_value([records.hit(hit) for hit in found.hits])
    else:
        output.lines(_in_context(found.hits, None if width is not None else output.width_cells()))
    messages.say(messages.count(len(found.hits), "place"))
    messages.not_searched(found.closed)


def _passages(quotations: Iterable[Quotation]) -> Iterator[str]:
    """Quotations to be read: where and what in one line, the words under it."""
    width = output.width_cells()
    for n, quotation in enumerate(quotations):
        if n:
            yield ""
        doubt = "  (in doubt)" if quotation.doubt else ""
        yield f"{output.plain(quotation.locator)}  {quotation.code}  {quotation.coder}{doubt}"
        words = quotation.text
        if quotation.before or quotation.after:
            words = f"{quotation.before} [{words}] {quotation.after}"
        yield from (f"    {line}" for line in output.wrapped(words, width - 4))
        yield from (
            f"    {line}" for line in output.wrapped(f"— {quotation.attribution}", width - 4)
        )
        if quotation.memo:
            yield from (
                f"    {line}" for line in output.wrapped(f"memo: {quotation.memo}", width - 4)
            )


def _in_context(hits: Iterable[Hit], width: int | None) -> Iterator[str]:
    """Key word in context: what was found stands in one column; None as width cuts nothing."""
    shown = [
        tuple(output.flat(text) for text in (hit.locator, hit.left, hit.text, hit.right))
        for hit in hits
    ]
    if not shown:
        return
    places = max(output.cells(row[0]) for row in shown)
    found = max(output.cells(row[2]) for row in shown)
    side = None if width is None else max((width - places - found - 4) // 2, 10)
    lefts = [output.tail(row[1], side) for row in shown]
    before = max(output.cells(left) for left in lefts)
    for (place, _, text, right), left in zip(shown, lefts, strict=True):
        yield (
            f"{output.padded(place, places)}  {output.padded(left, before, right=True)}"
            f"[{text}]{output.head(right, side)}"
        )
