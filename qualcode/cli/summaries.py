"""Framework summaries: list, show, write, check, remove."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qualcode.cli.records import Record
    from qualcode.services.summaries.summaries import ShownSummary
    from qualcode.store.store import Store

_STATUS = click.Choice(["draft", "checked", "final"])
_STDIN = "-"
_Command = TypeVar("_Command", bound="Callable[..., Any]")


def _cell(command: _Command) -> _Command:
    """The case and the theme of one summary."""
    for option in (
        click.option(
            "--rows",
            metavar="NAME",
            help="What a case is: participant, transcript, or an attribute such as place.",
        ),
        click.option("--theme", required=True, metavar="CODE", help="A theme or a code."),
        click.option("--case", required=True, metavar="CASE", help="A row of the matrix: P07."),
    ):
        command = option(command)
    return command


@click.group()
def summaries() -> None:
    """List, write, check summaries of cases.

    A summary says what a case says on a theme, in the words of the team. It stands in every matrix
    with that case and theme: qualcode matrix --cells both.

    \b
    Example:
      qualcode summaries list
    """


@summaries.command("list")
@click.option("--case", metavar="CASE", help="Only of this case.")
@click.option("--theme", metavar="CODE", help="Only on this theme and all below it.")
@click.option("--status", type=_STATUS, help="Only those that have come so far.")
@options.as_json
@pass_call
def list_(
    call: Call, *, case: str | None, theme: str | None, status: str | None, as_json: bool
) -> None:
    """List summaries, with what has changed beneath them.

    \b
    Example:
      qualcode summaries list --theme funding --status draft
    """
    from qualcode.model.summary import SummaryStatus
    from qualcode.services.summaries.summaries import list_summaries

    wanted = None if status is None else SummaryStatus(status)
    with call.store() as store:
        found = list_summaries(store, case=case, theme=theme, status=wanted)
        _check(store, found.summaries)
    if as_json:
        output.json_value([_record(shown) for shown in found.summaries])
    else:
        output.table(
            ("CASE", "THEME", "STATUS", "AUTHOR", "WRITTEN", "SUMMARY"),
            [
                (
                    shown.case,
                    shown.theme,
                    _status(shown),
                    shown.summary.author,
                    shown.summary.written[:10],
                    shown.text,
                )
                for shown in found.summaries
            ],
        )
    if found.hidden:
        messages.say(f"{_many(found.hidden)} may not be shown, by consent")


@summaries.command()
@_cell
@options.as_json
@pass_call
def show(call: Call, *, case: str, theme: str, rows: str | None, as_json: bool) -> None:
    """Show one summary, and the passages beneath it.

    \b
    Example:
      qualcode summaries show --case P07 --theme funding
    """
    from qualcode.services.summaries.summaries import show_summary

    with call.store() as store:
        shown = show_summary(store, case, theme, rows=rows)
        _check(store, [shown])
    if as_json:
        output.json_value(_record(shown))
    else:
        output.facts(_facts(shown))


@summaries.command("set")
@click.argument("text", required=False)
@click.option("--case", metavar="CASE", help="A row of the matrix: P07.")
@click.option("--theme", metavar="CODE", help="A theme or a code.")
@click.option(
    "--rows",
    metavar="NAME",
    help="What a case is: participant, transcript, or an attribute such as place.",
)
@click.option(
    "--from",
    "source",
    type=options.FILE,
    metavar="FILE",
    help="Words of the one summary; without --case and --theme a table of many.",
)
@click.option("--status", type=_STATUS, help="How far it has come.  [default: draft, if new]")
@click.option(
    "--link",
    "links",
    multiple=True,
    metavar="PASSAGE",
    help="What it rests on: P07:120:340 or the id of a coding; several can be given.",
)
@options.dry_run
@options.as_json
@pass_call
def set_(
    call: Call,
    *,
    text: str | None,
    case: str | None,
    theme: str | None,
    rows: str | None,
    source: Path | None,
    status: str | None,
    links: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the summary of a case on a theme, or many from a table.

    Without TEXT the words are typed in your editor; - takes them from stdin. A table has the
    columns case, theme, text and, if you like, status; all of it is one act.

    \b
    Example:
      qualcode summaries set --case P07 --theme funding "One grant, for a tent."
      qualcode summaries set --from summaries.csv
    """
    if case is None and theme is None and source is not None:
        if text is not None or status is not None or links:
            raise click.UsageError("With a table, give --from and --rows alone.")
        _set_many(call, source, rows, dry_run=dry_run, as_json=as_json)
        return
    if case is None or theme is None:
        raise click.UsageError("Give --case and --theme, or --from with a table.")
    if text is not None and source is not None:
        raise click.UsageError("Give TEXT or --from, not both.")
    if dry_run:
        raise click.UsageError("--dry-run is for a table.")
    from qualcode.model.summary import SummaryStatus
    from qualcode.services.summaries.summaries import write_summary

    with call.store() as store:
        by = call.coder(store)
        words = _words(store, text, source, case, theme, rows)
        shown = write_summary(
            store,
            case,
            theme,
            words,
            rows=rows,
            status=None if status is None else SummaryStatus(status),
            links=links or None,
            by=by,
            at=now(),
        )
        _check(store, [shown])
    if as_json:
        output.json_value(_record(shown))
    messages.say(f"{shown.case}, {shown.theme}: {_status(shown)}")
    messages.next_step("qualcode matrix -o matrix.docx --cells both", call.again("undo"))


@summaries.command("status")
@click.argument("status", type=_STATUS)
@_cell
@options.as_json
@pass_call
def status_(
    call: Call, *, status: str, case: str, theme: str, rows: str | None, as_json: bool
) -> None:
    """Say how far a summary has come: draft, checked or final.

    Checked or final, it holds for what is coded beneath it now, and is no longer stale. Its author
    stays whoever wrote it.

    \b
    Example:
      qualcode summaries status checked --case P07 --theme funding
    """
    from qualcode.model.summary import SummaryStatus
    from qualcode.services.summaries.summaries import set_status

    with call.store() as store:
        shown = set_status(
            store, case, theme, SummaryStatus(status), rows=rows, by=call.coder(store), at=now()
        )
        _check(store, [shown])
    if as_json:
        output.json_value(_record(shown))
    messages.say(f"{shown.case}, {shown.theme}: {_status(shown)}")
    messages.next_step("qualcode summaries list", call.again("undo"))


@summaries.command()
@_cell
@options.as_json
@pass_call
def remove(call: Call, *, case: str, theme: str, rows: str | None, as_json: bool) -> None:
    """Take a summary away.

    \b
    Example:
      qualcode summaries remove --case P07 --theme funding
    """
    from qualcode.services.summaries.summaries import remove_summary

    with call.store() as store:
        gone = remove_summary(store, case, theme, rows=rows, by=call.coder(store), at=now())
    if as_json:
        output.json_value({"case": case, "theme": gone.theme, "status": str(gone.status)})
    messages.say("removed: 1 summary")
    messages.next_step(call.again("undo"))


def _set_many(call: Call, table: Path, rows: str | None, *, dry_run: bool, as_json: bool) -> None:
    from qualcode.services.summaries.summaries import write_from

    with call.store() as store:
        changed, unchanged = write_from(
            store, table, rows=rows, dry_run=dry_run, by=call.coder(store), at=now()
        )
    if as_json:
        output.json_value({"written": changed, "unchanged": unchanged})
    dry = " (a dry run: nothing was written)" if dry_run else ""
    messages.say(f"{_many(changed)} written, {unchanged} as they were{dry}")
    messages.next_step("qualcode summaries list")


def _words(
    store: Store, text: str | None, source: Path | None, case: str, theme: str, rows: str | None
) -> str:
    """The words, from where they are said to be; else from the editor, beginning with those now."""
    from qualcode.errors import NoSummaryError
    from qualcode.services.summaries.summaries import show_summary, words_in

    if source is not None:
        return words_in(source)
    if text == _STDIN:
        return sys.stdin.read()
    if text is not None:
        return text
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("Give the TEXT of the summary, or - to read it from stdin.")
    try:
        now_there = show_summary(store, case, theme, rows=rows).words
    except NoSummaryError:
        now_there = ""
    return click.edit(now_there, extension=".txt") or now_there


def _check(store: Store, shown: Sequence[ShownSummary]) -> None:
    """Let the words pass the gate before they stand on the screen."""
    from qualcode.services.ways_out.exporting import check_words

    said = [one.text for one in shown]
    said += [quotation.text for one in shown for quotation in one.passages]
    check_words(store, said, where="the summaries")


def _many(count: int) -> str:
    return f"{count:,} {'summary' if count == 1 else 'summaries'}"


def _status(shown: ShownSummary) -> str:
    return f"{shown.summary.status}, stale" if shown.is_stale else str(shown.summary.status)


def _facts(shown: ShownSummary) -> Iterator[tuple[str, object]]:
    summary = shown.summary
    yield "case", shown.case
    yield "theme", shown.theme
    yield "status", _status(shown)
    yield "author", summary.author
    yield "written", summary.written[:10]
    yield "last changed by", summary.changed_by
    yield "summary", shown.text
    for link in shown.links:
        gone = f" ({link.missing})" if link.missing else ""
        yield "rests on", f"{link.locator or 'a passage'}{gone}"
    for quotation in shown.change.came:
        yield "new beneath it", quotation.locator
    if shown.change.went:
        yield "gone since", messages.count(shown.change.went, "passage")
    for quotation in shown.passages:
        place = f"{quotation.transcript}:{quotation.start}:{quotation.end}"
        yield "passage", f"{place}  “{quotation.text}”"


def _record(shown: ShownSummary) -> Record:
    summary = shown.summary
    return {
        "case_kind": summary.case_kind,
        "case": shown.case,
        "theme": shown.theme,
        "text": shown.text,
        "status": str(summary.status),
        "stale": shown.is_stale,
        "author": summary.author,
        "written": summary.written,
        "changed_by": summary.changed_by,
        "links": [
            {
                "passage": link.segment.uid,
                "locator": link.locator,
                "missing": None if link.missing is None else str(link.missing),
            }
            for link in shown.links
        ],
        "came": [quotation.coding for quotation in shown.change.came],
        "went": shown.change.went,
    }
