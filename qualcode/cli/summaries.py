"""Framework summaries: list, show, write, check, remove."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call
from qualcode.cli.screen import write_summaries
from qualcode.cli.summaries_to_do import list_to_do

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qualcode.cli.records import Record
    from qualcode.services.summaries.shown_summary import ShownSummary
    from qualcode.store.store import Store

_STATUS = click.Choice(["draft", "checked", "final"])
_STDIN = "-"
_LISTED_CELLS = 240
"""Of a summary in a list: some four lines of its column. `show` and `--json` have all of it."""
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
@click.option(
    "--to-do",
    is_flag=True,
    help="The cells that wait for words: passages without a summary, a stale one, or several.",
)
@click.option(
    "--rows",
    metavar="NAME",
    help="With --to-do, what a case is: participant, transcript, or an attribute such as place.",
)
@options.as_json
@pass_call
def list_(
    call: Call,
    *,
    case: str | None,
    theme: str | None,
    status: str | None,
    to_do: bool,
    rows: str | None,
    as_json: bool,
) -> None:
    """List summaries, with what has changed beneath them.

    \b
    Example:
      qualcode summaries list --theme funding --status draft
      qualcode summaries list --to-do
    """
    if to_do and status is not None:
        raise click.UsageError("Give --to-do or --status, not both.")
    if to_do:
        list_to_do(call, case, theme, rows, as_json=as_json)
        return
    if rows is not None:
        raise click.UsageError(
            "--rows is for --to-do; without it summaries of all cases are listed."
        )
    from qualcode.model.summary import SummaryStatus
    from qualcode.services.summaries.acts import list_summaries

    wanted = None if status is None else SummaryStatus(status)
    with call.store() as store:
        found = list_summaries(store, case=case, theme=theme, status=wanted)
    if as_json:
        output.json_value([_record(shown) for shown in found.summaries])
    else:
        kinds = {(shown.case, shown.case_kind) for shown in found.summaries}
        several = Counter(named for named, _ in kinds)
        output.table(
            ("CASE", "THEME", "STATUS", "AUTHOR", "WRITTEN", "SUMMARY"),
            [
                (
                    shown.case if several[shown.case] == 1 else _case_of_kind(shown),
                    shown.theme,
                    _status(shown),
                    shown.author,
                    shown.written[:10],
                    _short(shown.text),
                )
                for shown in found.summaries
            ],
        )
    if found.hidden:
        messages.say(f"{_many(found.hidden)} may not be shown, by consent")
    apart = sum(bool(shown.others) for shown in found.summaries)
    if apart:
        messages.say(
            f"{_many(apart)} in several wordings, written apart: look at each with qualcode "
            "summaries show, and set the one that holds"
        )


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
    from qualcode.services.summaries.acts import show_summary

    with call.store() as store:
        shown = show_summary(store, case, theme, rows=rows)
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
    help="What it rests on now: P07:12 for paragraph 12, P07:120:340 for characters, or the id of "
    "a coding; several can be given. Without TEXT the words stay as they are.",
)
@click.option(
    "--unlink",
    "unlinked",
    multiple=True,
    metavar="PASSAGE",
    help="What it rests on no longer; the words stay likewise.",
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
    unlinked: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the summary of a case on a theme, or many from a table.

    Without TEXT the words are typed in your editor, but where --link or --unlink say what is to
    change; - takes them from stdin. A table has the columns case, theme, text and, if you like,
    status; all of it is one act.

    \b
    Example:
      qualcode summaries set --case P07 --theme funding "One grant, for a tent."
      qualcode summaries set --from summaries.csv
    """
    if case is None and theme is None and source is not None:
        if text is not None or status is not None or links or unlinked:
            raise click.UsageError("With a table, give --from and --rows alone.")
        _set_many(call, source, rows, dry_run=dry_run, as_json=as_json)
        return
    if case is None or theme is None:
        raise click.UsageError("Give --case and --theme, or --from with a table.")
    if text is not None and source is not None:
        raise click.UsageError("Give TEXT or --from, not both.")
    if dry_run:
        raise click.UsageError("--dry-run is for a table.")
    asked = _Asked(case, theme, rows, status, links or None, unlinked)
    with call.store() as store:
        if text is None and source is None and not (links or unlinked):
            shown = _in_editor(call, store, asked)
            if shown is None:
                messages.say("nothing was changed")
                return
        else:
            shown = _written(call, store, asked, _words(text, source))
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
    from qualcode.services.summaries.acts import set_status

    with call.store() as store:
        shown = set_status(
            store, case, theme, SummaryStatus(status), rows=rows, by=call.coder(store), at=now()
        )
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
    from qualcode.services.summaries.acts import remove_summary

    with call.store() as store:
        gone = remove_summary(store, case, theme, rows=rows, by=call.coder(store), at=now())
    if as_json:
        output.json_value({"case": case, "theme": gone.theme, "status": str(gone.status)})
    messages.say("removed: 1 summary")
    messages.next_step(call.again("undo"))


summaries.add_command(write_summaries)


def _set_many(call: Call, table: Path, rows: str | None, *, dry_run: bool, as_json: bool) -> None:
    from qualcode.services.summaries.from_table import write_from

    with call.store() as store:
        changed, unchanged = write_from(
            store, table, rows=rows, dry_run=dry_run, by=call.coder(store), at=now()
        )
    if as_json:
        output.json_value({"written": changed, "unchanged": unchanged})
    dry = " (a dry run: nothing was written)" if dry_run else ""
    messages.say(f"{_many(changed)} written, {unchanged} as they were{dry}")
    messages.next_step("qualcode summaries list")


class _Asked(NamedTuple):
    """One summary that is to be written, and how."""

    case: str
    theme: str
    rows: str | None
    status: str | None
    links: tuple[str, ...] | None
    unlinked: tuple[str, ...]


def _case_of_kind(shown: ShownSummary) -> str:
    """A case as it is told from one of another kind that is called the same."""
    return f"{shown.case} ({shown.case_kind.replace('_', ' ')})"


def _written(call: Call, store: Store, asked: _Asked, words: str | None) -> ShownSummary:
    from qualcode.model.summary import SummaryStatus
    from qualcode.services.summaries.acts import write_summary

    return write_summary(
        store,
        asked.case,
        asked.theme,
        words,
        rows=asked.rows,
        status=None if asked.status is None else SummaryStatus(asked.status),
        links=asked.links,
        unlinked=asked.unlinked,
        by=call.coder(store),
        at=now(),
    )


def _in_editor(call: Call, store: Store, asked: _Asked) -> ShownSummary | None:
    """The words typed in the editor, put down; None where it was left without saving."""
    from qualcode.model.summary import SummaryStatus
    from qualcode.services.summaries import in_editor

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("Give the TEXT of the summary, or - to read it from stdin.")
    by = call.coder(store)
    begun = in_editor.begin(store, asked.case, asked.theme, rows=asked.rows)
    words = click.edit(begun.words, extension=".txt")
    if words is None:
        return None
    shown, joined = in_editor.finish(
        store,
        begun,
        asked.case,
        asked.theme,
        words,
        rows=asked.rows,
        status=None if asked.status is None else SummaryStatus(asked.status),
        by=by,
        at=now(),
    )
    if joined:
        messages.say("somebody has written here meanwhile: both stand here now, theirs first")
    return shown


def _words(text: str | None, source: Path | None) -> str | None:
    """The words, from where they are said to be; None leaves those that stand."""
    from qualcode.services.summaries.acts import words_in

    if source is not None:
        return words_in(source)
    return sys.stdin.read() if text == _STDIN else text


def _many(count: int) -> str:
    return f"{count:,} {'summary' if count == 1 else 'summaries'}"


def _short(text: str) -> str:
    """A summary as a list shows it; all of it says `show`."""
    flat = output.plain(text)
    if output.cells(flat) <= _LISTED_CELLS:
        return flat
    begun = output.head(flat, _LISTED_CELLS)
    return f"{begun.rpartition(' ')[0] or begun} […]"


def _status(shown: ShownSummary) -> str:
    said = [str(shown.status)]
    said += ["stale"] if shown.is_stale else []
    said += [f"{1 + len(shown.others)} wordings"] if shown.others else []
    said += ["no such case now"] if shown.is_gone else []
    return ", ".join(said)


def _facts(shown: ShownSummary) -> Iterator[tuple[str, object]]:
    yield "case", shown.case
    yield "theme", shown.theme
    yield "status", _status(shown)
    yield "author", shown.author
    yield "written", shown.written[:10]
    yield "last changed by", shown.changed_by
    yield "summary", shown.text
    for other in shown.others:
        yield f"{other.author} wrote", f"{other.text} ({other.written[:10]})"
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
    return {
        "case_kind": shown.case_kind,
        "case": shown.case,
        "theme": shown.theme,
        "text": shown.text,
        "status": str(shown.status),
        "stale": shown.is_stale,
        "author": shown.author,
        "written": shown.written,
        "changed_by": shown.changed_by,
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
        "others": [
            {"text": one.text, "author": one.author, "written": one.written} for one in shown.others
        ],
        "gone": shown.is_gone,
    }
