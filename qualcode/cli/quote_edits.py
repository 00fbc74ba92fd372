"""Edits of quotations: words left out, or put right in brackets, where they are shown."""

from __future__ import annotations

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call


@click.command()
@click.argument("quotation", nargs=-1, required=True)
@options.under_code
@click.option(
    "--cut", metavar="TEXT", multiple=True, help="Leave these whole words out, shown as […]."
)
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
    quotation: tuple[str, ...],
    code: str | None,
    cut: tuple[str, ...],
    put: tuple[str, ...],
    undo_edits: bool,
    as_json: bool,
) -> None:
    """Leave words of a quotation out, or put one right.

    It holds for all that is shown of the quotation. QUOTATION is where it stands, as lists and
    documents say it: P05 ¶22, or P05:22; or the field `coding` of `qualcode quotes --json`. The
    transcript stays as it is, and so does every place in it; what is shown otherwise stands in
    brackets.

    \b
    Example:
      qualcode quotes edit P05:22 --code funding --cut ", you know,"
      qualcode quotes edit P05:22 --put "it leaked=[the tent] leaked"
    """
    if bool(cut or put) == undo_edits:
        raise click.UsageError("Give --cut or --put, or --undo-edits alone.")
    from dataclasses import asdict

    from qualcode.services.retrieval import editing

    pairs = [_pair(one) for one in put]
    named = " ".join(quotation)
    with call.store() as store:
        by = call.coder(store)
        if undo_edits:
            done = editing.take_edits_back(store, named, code=code, by=by, at=now())
        else:
            done = editing.edit_quotation(
                store, named, cut=cut, put=pairs, code=code, by=by, at=now()
            )
    if as_json:
        output.json_value(asdict(done))
    else:
        output.lines(output.wrapped(done.text, output.width_cells()))
    if done.changed:
        messages.say(f"{messages.count(done.edits, 'edit')} in this quotation")
    else:
        messages.say("nothing changed")
    if done.masked:
        edits = messages.count(done.masked, "edit")
        what = "a name, an address or a number that may not leave"
        messages.warn([f"{edits} said {what}: it is shown masked"])


def _pair(given: str) -> tuple[str, str]:
    """The words as they were said, and what is shown for them, in brackets."""
    words, equals, shown = given.rpartition("=")
    if not equals:
        raise click.UsageError("Give --put as 'TEXT=[word]'.")
    return words, shown
