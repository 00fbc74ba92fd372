"""Stars: which passages are worth quoting."""

from __future__ import annotations

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call


@click.command()
@click.argument("codings", metavar="CODING...", nargs=-1, required=True)
@options.as_json
@pass_call
def star(call: Call, *, codings: tuple[str, ...], as_json: bool) -> None:
    """Mark passages as worth quoting.

    CODING is the field `coding` of `qualcode quotes --json`. A star is the passage's, under all its
    codes: an asterisk stands beside it, and where a cell shows only some of its quotations it comes
    first. They are listed by: qualcode quotes --starred

    \b
    Example:
      qualcode quotes star CODING
    """
    _set(call, codings, starred=True, as_json=as_json)


@click.command()
@click.argument("codings", metavar="CODING...", nargs=-1, required=True)
@options.as_json
@pass_call
def unstar(call: Call, *, codings: tuple[str, ...], as_json: bool) -> None:
    """Take stars back.

    \b
    Example:
      qualcode quotes unstar CODING
    """
    _set(call, codings, starred=False, as_json=as_json)


def _set(call: Call, codings: tuple[str, ...], *, starred: bool, as_json: bool) -> None:
    from qualcode.services.retrieval import starring

    with call.store() as store:
        by = call.coder(store)
        done = starring.star(store, codings, starred=starred, by=by, at=now())
    if as_json:  # figures alone: what leaves of the passages, quotes says
        output.json_value({"passages": done.changed, "starred": starred})
    if not done.changed:
        messages.say("nothing changed")
        return
    passages = messages.count(done.changed, "passage")
    messages.say(f"{passages} {'marked as' if starred else 'no longer'} worth quoting")
    messages.next_step("qualcode quotes --starred", call.again("undo"))
