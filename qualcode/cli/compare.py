"""Continuity and variation: in how many cases of each group a theme or a code comes up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.model.consent import Audience
    from qualcode.model.matrix import Comparison, Variation
    from qualcode.store.store import Store

_STDOUT: Final = "-"
_INDENT: Final = "    "
_LEAST_WORDS_CELLS: Final = 24
"""Of a name, and of what the figures come to, beside the figures in a table."""


@click.command()
@click.option(
    "--by",
    "attributes",
    metavar="NAME",
    multiple=True,
    default=("place",),
    show_default=True,
    help="What makes the groups: place, stakeholder or another attribute.",
)
@click.option(
    "--columns",
    metavar="NAME",
    default="codes",
    show_default=True,
    help="themes, codes, or one theme with its codes.",
)
@options.where
@options.only_coder
@click.option(
    "--audience",
    type=click.Choice(["team", "publication"]),
    default="team",
    show_default=True,
    help="Whom it is for.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "csv", "md"]),
    help="How to write it.  [default: by the ending of -o, else table]",
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option(
    "-o", "--output", "target", metavar="FILE", default=_STDOUT, help="A file instead of stdout."
)
@pass_call
def compare(
    call: Call,
    *,
    attributes: tuple[str, ...],
    columns: str,
    where: tuple[str, ...],
    coder: str | None,
    audience: str,
    format_: str | None,
    as_json: bool,
    target: str,
) -> None:
    """Say who shares a theme, and who differs.

    For each theme and code: how many cases of each group speak of it, n of N; which groups share
    it; and which cases go against the pattern of theirs. Below it, who speaks beside who was
    interviewed: the quotations of each group and its cases. Groups in which only one person could
    be meant are put together.

    \b
    Example:
      qualcode compare
      qualcode compare --by stakeholder --columns funding
      qualcode compare --format csv -o by-place.csv
    """
    chosen = _format(format_, target, as_json=as_json)
    attribute, *further = attributes
    if further:
        raise click.UsageError(
            "Groups are compared by one attribute at a time: give --by once. In a matrix several "
            "stand below one another: qualcode matrix -o FILE.docx --by NAME --by NAME"
        )
    from qualcode.model.consent import Audience
    from qualcode.services.charts import charting
    from qualcode.services.ways_out import exporting

    readers = Audience(audience)
    with call.store() as store:
        found = charting.compare(
            store, by=attribute, columns=columns, where=where, coder=coder, audience=readers
        )
        if target == _STDOUT:
            _to_stdout(call, store, found, readers, chosen)
        else:
            report = exporting.save_comparison(
                store,
                found,
                Path(target),
                format=chosen,
                audience=readers,
                by=call.coder_or_script(store),
                at=now(),
            )
            messages.warn(report.warnings)
            messages.say(f"{target}: {messages.count(len(found.groups), 'group')}")
    messages.withheld(found.withheld)
    if not found.groups:
        messages.say(f"there are no two groups to compare by {attribute}")
    elif not found.lines:
        messages.say(charting.NO_CODE_YET)


def _format(given: str | None, target: str, *, as_json: bool) -> str | None:
    if as_json and given not in (None, "json"):
        raise click.UsageError("Give --json or --format, not both.")
    chosen = "json" if as_json else given
    if target != _STDOUT and chosen == "table":
        raise click.UsageError("A table is for the screen; into a file go .csv, .json and .md.")
    return chosen


def _to_stdout(
    call: Call, store: Store, found: Comparison, readers: Audience, chosen: str | None
) -> None:
    """A table is looked at on the terminal; other formats go somewhere, as a file does."""
    from qualcode.services.ways_out import exporting

    for_people = chosen in (None, "table")
    sent = None if for_people else exporting.Sent(call.coder_or_script(store), now())
    data, warnings = exporting.comparison_bytes(
        store, found, "md" if for_people else str(chosen), readers, sent=sent
    )
    messages.warn(warnings)
    if for_people:
        _show(found)
    else:
        output.raw(data)


def _show(found: Comparison) -> None:
    """The table for people, and the rule by which it was made."""
    if not (found.groups and found.lines):
        return
    width = output.width_cells()
    if _least_width(found) <= width:
        output.table(("theme and code", *found.groups, "all", ""), map(_row, found.lines))
    else:
        output.lines(line for one in found.lines for line in _listed(one, found.groups, width))
    _show_balance(found)
    for line in output.wrapped(found.rule, width):
        messages.say(line)


def _show_balance(found: Comparison) -> None:
    """Who speaks, beside who was interviewed."""
    from qualcode.exporters.headings import BALANCE, balance_of

    if found.balance:
        headings, rows = balance_of(found.balance)
        output.lines(("", BALANCE))
        output.table([heading.lower() for heading in headings], rows)


def _least_width(found: Comparison) -> int:
    """The cells of a table in which no figure is broken and words are still read."""
    figures = [_figures(line) for line in found.lines]
    least = [
        max(output.longest_word(heading), *(output.cells(line[at]) for line in figures))
        for at, heading in enumerate((*found.groups, "all"))
    ]
    return sum(least) + 2 * _LEAST_WORDS_CELLS + output.GAP_CELLS * (len(least) + 1)


def _listed(line: Variation, groups: Sequence[str], width: int) -> Iterator[str]:
    """A theme or code by itself: its name, below it the figures, and what they come to."""
    yield from output.wrapped(_named(line), width)
    shown = ""
    for group, figure in zip((*groups, "all"), _figures(line), strict=True):
        more = f"{shown} · {group} {figure}" if shown else f"{_INDENT}{group} {figure}"
        if shown and output.cells(more) > width:
            yield shown
            more = f"{_INDENT}{group} {figure}"
        shown = more
    yield shown
    for piece in output.wrapped("; ".join(_in_words(line)), width - len(_INDENT)):
        yield f"{_INDENT}{piece}"


def _named(line: Variation) -> str:
    return line.name if line.is_theme else f"– {line.name}"


def _figures(line: Variation) -> list[str]:
    return [f"{cases} of {every}" for cases, every in (*line.groups, line.total)]


def _row(line: Variation) -> list[str]:
    return [_named(line), *_figures(line), "; ".join(_in_words(line))]


def _in_words(line: Variation) -> Iterator[str]:
    from qualcode.exporters.references import cases_against

    if line.only_in is not None:
        yield f"only in {line.only_in}"
    elif line.shared_by:
        yield f"shared by {'all' if line.is_shared_by_all else ', '.join(line.shared_by)}"
    if line.against:
        yield f"against: {cases_against(line)}"
