"""Edits of quotations: words left out, or put right in brackets, where they are shown."""

from __future__ import annotations

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call


@click.command()
@click.argument("coding")
@click.option("--cut", metavar="TEXT", multiple=True, help="Leave these words out, shown as […].")
@click.option(
    "--put",
    metavar="'TEXT=[word]'",
    multiple=True,
    help="Show other words for these, in brackets.",
)
@click.option("--undo-edits", is_flag=True, help="Show it again as it was said.")
@options.as_json
@pass_call
def edit(
    call: Call,
    *,
    coding: str,
    cut: tuple[str, ...],
    put: tuple[str, ...],
    undo_edits: bool,
    as_json: bool,
) -> None:
    """Leave words of a quotation out, or put one right.

    It holds for all that is shown of the quotation. CODING is the field `coding` of `qualcode
    quotes --json`. The transcript stays as it is, and so does every place in it; what is shown
    otherwise stands in brackets.

    \b
    Example:
      qualcode quotes edit CODING --cut ", you know,"
      qualcode quotes edit CODING --put "it leaked=[the tent] leaked"
    """
    if bool(cut or put) == undo_edits:
        raise click.UsageError("Give --cut or --put, or --undo-edits alone.")
    from dataclasses import asdict

    from qualcode.services.retrieval import editing

    pairs = [_pair(one) for one in put]
    with call.store() as store:
        by = call.coder(store)
        if undo_edits:
            done = editing.take_edits_back(store, coding, by=by, at=now())
        else:
            done = editing.edit_quotation(store, coding, cut=cut, put=pairs, by=by, at=now())
    if as_json:
        output.json_value(asdict(done))
    else:
        output.lines(output.wrapped(done.text, output.width_cells()))
    if done.changed:
        messages.say(f"{messages.count(done.edits, 'edit')} in this quotation")
    else:
        messages.say("nothing changed")


def _pair(given: str) -> tuple[str, str]:
    """The words as they were said, and what is shown for them, in brackets."""
    words, equals, shown = given.rpartition("=")
    if not equals:
        raise click.UsageError("Give --put as 'TEXT=[word]'.")
    return words, shown
