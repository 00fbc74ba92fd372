"""Reading what was coded and what was said: quotes and search."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from qualcode.cli import documents, messages, options, output, quote_edits, quote_stars, records
from qualcode.cli.asked import Asked
from qualcode.cli.beside import FileOrCommand, WithOthers
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import Quotation
    from qualcode.services.retrieval.retrieving import Hit
    from qualcode.store.store import Store

_TABLE: Final = "table"
_STDOUT: Final = "-"
_WORDS_EACH_SIDE_CELLS: Final = 60
"""Of context around a found word where no terminal says how much fits."""


@click.command(name="quotes", cls=WithOthers)
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@options.where
@options.only_coder
@click.option("--starred", is_flag=True, help="Only what somebody called worth quoting.")
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
@documents.book
@pass_call
def _quotes(
    call: Call,
    /,
    *,
    codes: tuple[str, ...],
    where: tuple[str, ...],
    coder: str | None,
    starred: bool,
    context: int,
    format_: str | None,
    as_json: bool,
    target: str,
    **laid: Any,
) -> None:
    """Show coded passages and how they may be cited.

    CODE is a code, or a theme with all its codes; none means everything. One that is called as a
    command below stands behind --. Nothing of a participant at `withheld` is shown. .docx, .md and
    .html are a book to be read, in which a passage that several coders gave the same code stands
    once; the others list every coding. What edit, star and unstar are to change is named by where
    it stands: P05 ¶22, or P05:22.

    \b
    Example:
      qualcode quotes funding --where place=Thornwick
      qualcode quotes bonding --context 10 -o bonding.csv
      qualcode quotes funding --context 30 -o funding.docx
    """
    if as_json and format_ not in (None, "json"):
        raise click.UsageError("Give --json or --format, not both.")
    if as_json and target != _STDOUT and Path(target).suffix.lower() != ".json":
        raise click.UsageError("Give --json alone, or -o FILE.json.")
    chosen = "json" if as_json else format_
    if target != _STDOUT and chosen == _TABLE:
        raise click.UsageError(
            "A table is for the screen; into a file go .csv, .json, .docx, .md and .html."
        )
    from qualcode.services.ways_out import exporting, wishes

    if chosen is None and target != _STDOUT:
        exporting.check_quotations(Path(target))
    asked = Asked(where, coder, context, codes, starred)
    format_ = chosen or Path(target).suffix
    wished = wishes.for_book(format_, documents.wishes(**laid), spelt=documents.SPELT)
    if exporting.is_book(format_):
        _book(call, asked, target, chosen, wished)
        return
    with call.store() as store:
        found = asked.quotes(store)
        if chosen in (None, _TABLE) and target == _STDOUT:
            # Asked of the gate as they were said: a name over the end of a line is none.
            shown = exporting.let_out(store, found.quotations)
            output.lines(_passages(shown.quotations))
            if shown.quotations:
                messages.warn(shown.warnings)
            messages.say(messages.count(len(found.quotations), "coding"))
        else:
            _write(call, store, found.quotations, target, chosen)
    messages.withheld(found.withheld)
    messages.waiting(found.waiting)
    if found.stars_left:
        left = messages.count(found.stars_left, "star")
        messages.say(f"{left} on passages that bear no code now")


def _write(
    call: Call, store: Store, quotations: Sequence[Quotation], target: str, format_: str | None
) -> None:
    """Every coding for scripts, into a file or onto stdout."""
    from qualcode.services.ways_out import exporting

    by = call.coder_or_script(store)
    if target == _STDOUT:
        data, warnings = exporting.quotations_bytes(
            store, quotations, str(format_), sent=exporting.Sent(by, now())
        )
        output.raw(data)
        messages.warn(warnings)
    else:
        report = exporting.save_quotations(
            store, quotations, Path(target), format=format_, by=by, at=now()
        )
        messages.warn(report.warnings)
        messages.say(f"{target}: {messages.count(len(quotations), 'coding')}")


def _book(
    call: Call, asked: Asked, target: str, format_: str | None, wished: DocumentOptions
) -> None:
    """The same as a quotation book, into a file or onto stdout."""
    from qualcode.services.ways_out import exporting

    with call.store() as store:
        booked = asked.book(store)
        if target == _STDOUT:
            sent = exporting.Sent(call.coder_or_script(store), now())
            data, warnings = exporting.book_bytes(
                store, booked.book, str(format_), wished, sent=sent
            )
            output.raw(data)
            messages.warn(warnings)
        else:
            by = call.coder_or_script(store)
            report = exporting.save_book(
                store,
                booked.book,
                Path(target),
                format=format_,
                options=wished,
                by=by,
                at=now(),
            )
            messages.warn(report.warnings)
            messages.say(f"{target}: {messages.count(report.quotations, 'quotation')}")
    messages.withheld(booked.withheld)
    messages.waiting(booked.waiting)


_COMMANDS = {
    "edit": quote_edits.edit,
    "star": quote_stars.star,
    "unstar": quote_stars.unstar,
}
quotes = FileOrCommand(writes=_quotes, commands=_COMMANDS)


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

    QUERY is words, "a phrase", fund* or /a regular expression/. Names that may not be said, and
    words that an edit leaves out of quotations, are not found.

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
        warnings = exporting.check_words(store, words, where="what was to be shown")
    if as_json:
        output.json_value([records.hit(hit) for hit in found.hits])
    else:
        output.lines(_in_context(found.hits, None if width is not None else output.width_cells()))
    if found.hits:
        messages.warn(warnings)
    if found.names_somebody:
        held = "a name, an address or a number"
        messages.say(f"nothing was looked for: there is {held} in it that may not be said")
        return
    messages.say(messages.count(len(found.hits), "place"))
    messages.not_searched(found.closed)


def _passages(quotations: Sequence[Quotation]) -> Iterator[str]:
    """Quotations to be read: where and what in one line, the words under it.

    Where turn and code leave it open which passage is meant, its characters stand behind.
    """
    width = output.width_cells()
    begun: dict[tuple[object, ...], set[tuple[int, int]]] = {}
    for quotation in quotations:
        begun.setdefault(_said_place(quotation), set()).add((quotation.start, quotation.end))
    for n, quotation in enumerate(quotations):
        if n:
            yield ""
        doubt = "  (in doubt)" if quotation.doubt else ""
        star = "*" if quotation.starred else ""
        is_one = len(begun[_said_place(quotation)]) == 1
        place = f"{quotation.transcript}:{quotation.start}:{quotation.end}"
        exact = "" if is_one else f"  {messages.typed(output.plain(place))}"
        head = f"{output.plain(quotation.locator)}{star}  {quotation.code}  {quotation.coder}"
        yield f"{head}{doubt}{exact}"
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


def _said_place(quotation: Quotation) -> tuple[object, ...]:
    return quotation.transcript, quotation.turn, quotation.code


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
