"""Continuity and variation: in how many cases of each group a theme or a code comes up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.model.matrix import Comparison, Variation

_STDOUT: Final = "-"


@click.command()
@click.option(
    "--by",
    "attribute",
    metavar="NAME",
    default="place",
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
    attribute: str,
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
    it; and which cases go against the pattern of theirs. Groups in which only one person could be
    meant are put together.

    \b
    Example:
      qualcode compare
      qualcode compare --by stakeholder --columns funding
      qualcode compare --format csv -o by-place.csv
    """
    if as_json and format_ not in (None, "json"):
        raise click.UsageError("Give --json or --format, not both.")
    chosen = "json" if as_json else format_
    if target != _STDOUT and chosen == "table":
        raise click.UsageError("A table is for the screen; into a file go .csv, .json and .md.")
    from qualcode.model.consent import Audience
    from qualcode.services.charts import charting
    from qualcode.services.ways_out import exporting

    readers = Audience(audience)
    with call.store() as store:
        found = charting.compare(
            store, by=attribute, columns=columns, where=where, coder=coder, audience=readers
        )
        if target != _STDOUT:
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
        else:
            for_people = chosen in (None, "table")
            # A table is looked at on the terminal; other formats go somewhere, as a file does.
            sent = None if for_people else exporting.Sent(call.coder_or_script(store), now())
            data, warnings = exporting.comparison_bytes(
                store, found, "md" if for_people else str(chosen), readers, sent=sent
            )
            messages.warn(warnings)
            if for_people:
                _show(found)
            else:
                output.raw(data)
    if not found.groups:
        messages.say(f"there are no two groups to compare by {attribute}")


def _show(found: Comparison) -> None:
    """The table for people, and the rule by which it was made."""
    if not found.groups:
        return
    output.table(("theme and code", *found.groups, "all", ""), map(_row, found.lines))
    messages.say(found.rule)


def _row(line: Variation) -> list[str]:
    name = line.name if line.is_theme else f"– {line.name}"
    figures = [f"{cases} of {every}" for cases, every in (*line.groups, line.total)]
    return [name, *figures, "; ".join(_in_words(line))]


def _in_words(line: Variation) -> Iterator[str]:
    if line.only_in is not None:
        yield f"only in {line.only_in}"
    elif line.shared_by:
        is_all = len(line.shared_by) == len(line.groups)
        yield f"shared by {'all' if is_all else ', '.join(line.shared_by)}"
    if line.against:
        yield f"against: {', '.join(line.against)}"
