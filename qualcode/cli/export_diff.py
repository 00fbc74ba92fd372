"""What changed from one export to a later one, kind by kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import changes_in_words, messages, options, output
from qualcode.cli.context import Call, pass_call

if TYPE_CHECKING:
    from qualcode.model.manifest import Changes

_LINES: Final = 20
"""Of a kind on the terminal: what is longer is no answer any more, but a list."""


@click.command()
@click.argument("old", metavar="OLD", type=options.FILE)
@click.argument("new", metavar="NEW", type=options.FILE)
@click.option("--all", "every", is_flag=True, help=f"List all; else at most {_LINES} of a kind.")
@options.as_json
@pass_call
def diff(call: Call, *, old: Path, new: Path, every: bool, as_json: bool) -> None:
    """Say what changed from one export to a later one.

    Quotations that are new, gone, under another code, shown in other words or attributed
    otherwise, cells that hold more or fewer, and figures. OLD and NEW are files that this program
    wrote, of the same format or not; what only one of them holds is said. What another wish leaves
    out, such as --max-quotes, is counted and not called gone. No project is needed; where one is at
    hand, all is said as its exports of now would say it, with the words before and now.

    \b
    Example:
      qualcode export diff matrix-march.docx matrix-june.docx
    """
    if every and as_json:
        raise click.UsageError("--json holds all; give it without --all.")
    changes, said, has_project = _told(call, old, new)
    if as_json:
        from dataclasses import asdict

        output.json_value(asdict(changes))
    else:
        told = changes_in_words.told(
            changes, (old.name, new.name), has_project=has_project, most=None if every else _LINES
        )
        output.lines(told)
    for sentence in said:
        messages.say(sentence)


def _told(call: Call, old: Path, new: Path) -> tuple[Changes, tuple[str, ...], bool]:
    """The changes as they may be said in the project, where there is one."""
    from qualcode.errors import ProjectNotGivenError
    from qualcode.services.ways_out.changes.as_may_be_said import tell_changes

    try:
        call.place()
    except ProjectNotGivenError as problem:
        if problem.found:  # which of several is for the person to say
            raise
        return (*tell_changes(None, old, new), False)
    with call.store() as store:
        return (*tell_changes(store, old, new), True)
