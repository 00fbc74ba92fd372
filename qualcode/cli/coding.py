"""Coding: put a code on a passage, take it off, undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, codebook_file, now, pass_call

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.services.work.coding import Place, Reverted, Tagged
    from qualcode.services.work.coding_table import TableReport

_Pair = tuple[int, int]


@click.command()
@click.argument("transcript", required=False)
@click.argument("code", required=False)
@options.place
@click.option("--doubt", is_flag=True, help="Mark the coding as one to talk about.")
@click.option("--memo", metavar="TEXT", help="A note on this coding.")
@click.option(
    "--from",
    "table",
    metavar="FILE.csv",
    type=options.FILE,
    help="Many at once; columns: transcript, code, start, end (or quote), coder, memo, doubt, "
    "version.",
)
@click.option("--dry-run", is_flag=True, help="With --from: say what it would do, and do nothing.")
@options.as_json
@pass_call
def tag(
    call: Call,
    *,
    transcript: str | None,
    code: str | None,
    span: _Pair | None,
    turn: _Pair | None,
    quote: str | None,
    sentence: bool,
    threshold: float | None,
    doubt: bool,
    memo: str | None,
    table: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Put a code on a passage, or many from a table.

    The passage is given by its characters, its turn, or what it says. A table is one act: all of
    it is done, or nothing.

    \b
    Example:
      qualcode tag P07 funding/grant-aid --turn 12
      qualcode tag P07 bonding --quote "we all came to the fair" --sentence
      qualcode tag --from codings.csv --dry-run
    """
    if table is not None:
        if (transcript, span, turn, quote, threshold, memo) != (None,) * 6 or sentence or doubt:
            raise click.UsageError("With --from, the table says what is coded: give nothing else.")
        _tag_from(call, table, dry_run=dry_run, as_json=as_json)
        return
    if transcript is None or code is None:
        raise click.UsageError("Give a TRANSCRIPT and a CODE, or --from FILE.csv.")
    if dry_run:
        raise click.UsageError("--dry-run goes with --from.")
    place = _place(span, turn, quote, threshold=threshold, sentence=sentence)
    from qualcode.services.work import coding

    with call.store() as store:
        by = call.coder(store)
        done = coding.tag(store, transcript, code, place, doubt=doubt, memo=memo, by=by, at=now())
    _show_tagged(done, "tagged", "was already tagged", as_json=as_json)
    if done.changed:
        messages.next_step(f"qualcode quotes {done.code}", call.again("undo"))


@click.command()
@click.argument("transcript")
@click.argument("code")
@options.place
@options.as_json
@pass_call
def untag(
    call: Call,
    *,
    transcript: str,
    code: str,
    span: _Pair | None,
    turn: _Pair | None,
    quote: str | None,
    sentence: bool,
    threshold: float | None,
    as_json: bool,
) -> None:
    """Take your code off a passage.

    The passage is the one that was tagged; other coders' codings stay.

    \b
    Example:
      qualcode untag P07 funding/grant-aid --turn 12
    """
    place = _place(span, turn, quote, threshold=threshold, sentence=sentence)
    from qualcode.services.work import coding

    with call.store() as store:
        done = coding.untag(store, transcript, code, place, by=call.coder(store), at=now())
    _show_tagged(done, "untagged", "was not tagged", as_json=as_json)
    if done.changed:
        messages.next_step(call.again("undo"))


@click.command()
@options.as_json
@pass_call
def undo(call: Call, *, as_json: bool) -> None:
    """Take your latest act back.

    An act is one command: a tag, an import, a whole table of codings. Names in the identities
    file are no part of it; an edit of the codebook is taken back in codebook.yaml too, unless that
    was changed by hand, which is said. What was done without a coder is undone with --coder script.

    \b
    Example:
      qualcode undo
    """
    from qualcode.services.book import codebook_editing

    path = codebook_file(call)
    with call.store() as store:
        done = codebook_editing.undo(store, path, by=call.coder(store), at=now())
    _show_reverted(done, "undone", call.again("redo"), as_json=as_json)


@click.command()
@options.as_json
@pass_call
def redo(call: Call, *, as_json: bool) -> None:
    """Do again what your latest undo took back.

    \b
    Example:
      qualcode redo
    """
    from qualcode.services.book import codebook_editing

    path = codebook_file(call)
    with call.store() as store:
        done = codebook_editing.redo(store, path, by=call.coder(store), at=now())
    _show_reverted(done, "done again", call.again("undo"), as_json=as_json)


def _tag_from(call: Call, table: Path, *, dry_run: bool, as_json: bool) -> None:
    from qualcode.services.work import coding_table

    with call.store() as store, messages.progress("tagging") as progress:
        report = coding_table.tag_from(
            store,
            table,
            dry_run=dry_run,
            by=call.known_coder(store),
            at=now(),
            progress=progress,
        )
    _show_table(report, call.again("undo"), dry_run=dry_run, as_json=as_json)


def _show_table(report: TableReport, undo: str, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        output.json_value(
            {
                "codings": report.codings,
                "unchanged": report.unchanged,
                "memos": report.memos,
                "coders": list(report.coders),
            }
        )
    by = f" by {', '.join(report.coders)}" if report.coders else ""
    rest = f"; {report.unchanged:,} were there already" if report.unchanged else ""
    memos = f", {messages.count(report.memos, 'memo')}" if report.memos else ""
    taken_back = " (a dry run: nothing was written)" if dry_run else ""
    messages.say(f"{messages.count(report.codings, 'new coding')}{memos}{by}{rest}{taken_back}")
    if report.codings and not dry_run:
        messages.next_step("qualcode quotes", undo)


def _place(
    span: _Pair | None,
    turn: _Pair | None,
    quote: str | None,
    *,
    threshold: float | None,
    sentence: bool,
) -> Place:
    """The one place that the options give; the default of the threshold is the service's."""
    if sum(given is not None for given in (span, turn, quote)) != 1:
        raise click.UsageError("Give one of --span, --turn and --quote.")
    if threshold is not None and quote is None:
        raise click.UsageError("--threshold goes with --quote.")
    from qualcode.services.work.coding import Place

    if threshold is None:
        return Place(span=span, turns=turn, quote=quote, sentence=sentence)
    return Place(span=span, turns=turn, quote=quote, threshold=threshold, sentence=sentence)


def _show_tagged(done: Tagged, did: str, did_not: str, *, as_json: bool) -> None:
    """The passage as data; what happened to it, without its words, as a message."""
    if as_json:
        output.json_value(records.tagged(done))
    else:
        output.lines(output.wrapped(done.text, output.width_cells()))
    segment = done.coding.segment
    messages.say(
        f"{did if done.changed else did_not}: {done.locator} [{segment.start}:{segment.end}] "
        f"{done.code}, {done.coding.coder}"
    )
    if not done.exact and done.score is not None:
        messages.warn(
            [f"the words differ from the quotation; they are alike by {done.score:.0f} of 100"]
        )
    if done.elsewhere:
        times = "once" if done.elsewhere == 1 else f"{done.elsewhere} times"
        messages.warn([f"the same words stand {times} more in {done.transcript}"])


def _show_reverted(done: Reverted, did: str, back: str, *, as_json: bool) -> None:
    """What was taken back or done again; `back` is the command that does the contrary."""
    if as_json:
        output.json_value({"act": done.verb, "changed": done.changed, "file_left": done.file_left})
    messages.say(f"{did}: {done.verb}")
    if done.file_left:
        from qualcode.services.book.codebook_file import LEFT

        messages.warn([LEFT])
        messages.next_step("qualcode codebook diff", back)
    else:
        messages.next_step(back)
