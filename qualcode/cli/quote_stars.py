"""Stars: which passages are worth quoting."""

from __future__ import annotations

import re
from typing import Final

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call

_GOES_ON: Final = re.compile(r"¶.*|\d{2,}:\d\d:\d\d")
"""What belongs to the word before it where a place is given as lists print it: `P05 ¶22`."""


@click.command()
@click.argument("quotations", metavar="QUOTATION...", nargs=-1, required=True)
@options.under_code
@options.as_json
@pass_call
def star(call: Call, *, quotations: tuple[str, ...], code: str | None, as_json: bool) -> None:
    """Mark passages as worth quoting.

    QUOTATION is where one stands, as lists and documents say it: P05 ¶22, or P05:22; or the field
    `coding` of `qualcode quotes --json`. A star is the passage's, under all its codes: an asterisk
    stands beside it, and where a cell shows only some of its quotations it comes first. They are
    listed by: qualcode quotes --starred

    \b
    Example:
      qualcode quotes star P05:22 P07:3
      qualcode quotes star P05:22 --code funding
    """
    _set(call, quotations, code, starred=True, as_json=as_json)


@click.command()
@click.argument("quotations", metavar="QUOTATION...", nargs=-1, required=True)
@options.under_code
@options.as_json
@pass_call
def unstar(call: Call, *, quotations: tuple[str, ...], code: str | None, as_json: bool) -> None:
    """Take stars back.

    \b
    Example:
      qualcode quotes unstar P05:22
    """
    _set(call, quotations, code, starred=False, as_json=as_json)


def _set(
    call: Call, quotations: tuple[str, ...], code: str | None, *, starred: bool, as_json: bool
) -> None:
    from qualcode.services.retrieval import starring

    with call.store() as store:
        by = call.coder(store)
        named = _places(quotations)
        done = starring.star(store, named, code=code, starred=starred, by=by, at=now())
    if as_json:  # figures alone: what leaves of the passages, quotes says
        output.json_value({"passages": done.changed, "starred": starred})
    if not done.changed:
        messages.say("nothing changed")
        return
    passages = messages.count(done.changed, "passage")
    messages.say(f"{passages} {'marked as' if starred else 'no longer'} worth quoting")
    messages.next_step("qualcode quotes --starred", call.again("undo"))


def _places(words: tuple[str, ...]) -> list[str]:
    """The words that name one quotation, put together."""
    found: list[str] = []
    for word in words:
        if found and _GOES_ON.fullmatch(word):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
