"""What changed from one export to a later one, kind by kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, pass_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.model.manifest import Changed, Changes


@click.command()
@click.argument("old", metavar="OLD", type=options.FILE)
@click.argument("new", metavar="NEW", type=options.FILE)
@options.as_json
@pass_call
def diff(call: Call, *, old: Path, new: Path, as_json: bool) -> None:
    """Say what changed from one export to a later one.

    Quotations that are new, gone, under another code, shown in other words or attributed otherwise,
    and cells that hold more or fewer. OLD and NEW are files that this program wrote, of the same
    format or not; they are compared by the list of contents in them. No project is needed; where
    one is at hand, names that may not leave any more are shown as in its exports of now.

    \b
    Example:
      qualcode export diff matrix-march.docx matrix-june.docx
    """
    changes, said = _told(call, old, new)
    if as_json:
        from dataclasses import asdict

        output.json_value(asdict(changes))
    else:
        output.lines(_in_words(changes))
    for sentence in said:
        messages.say(sentence)


def _told(call: Call, old: Path, new: Path) -> tuple[Changes, tuple[str, ...]]:
    """The changes as they may be said in the project, where there is one."""
    from qualcode.errors import ProjectNotGivenError
    from qualcode.services.ways_out.differing import tell_changes

    try:
        call.place()
    except ProjectNotGivenError as problem:
        if problem.found:  # which of several is for the person to say
            raise
        return tell_changes(None, old, new)
    with call.store() as store:
        return tell_changes(store, old, new)


def _in_words(changes: Changes) -> Iterator[str]:
    """What changed, kind by kind; one sentence where nothing did."""
    if changes.other_project:
        yield "These are exports of two projects: they have not their name, or nothing, in common."
    elif not changes:
        yield "Nothing changed."
    if changes.quotations is not None and changes.quotations[0] != changes.quotations[1]:
        was, now_ = changes.quotations
        yield f"{messages.count(was, 'quotation')} before, {now_} now."
    kinds: Sequence[tuple[str, Sequence[Changed]]] = (
        ("new", changes.new),
        ("gone", changes.gone),
        ("under another code", changes.moved),
        ("shown in other words", changes.reworded),
        ("attributed otherwise", changes.cited),
    )
    for kind, those in kinds:
        if those:
            yield f"{messages.count(len(those), 'quotation')} {kind}:"
            yield from (
                f"  {output.plain(f'{one.locator}  {one.what or one.code}')}" for one in those
            )
    names = (
        ("row", "new", changes.rows_new),
        ("row", "gone", changes.rows_gone),
        ("column", "new", changes.columns_new),
        ("column", "gone", changes.columns_gone),
    )
    for noun, kind, keys in names:
        if keys:
            yield f"{messages.count(len(keys), noun)} {kind}: {output.plain(', '.join(keys))}"
    if changes.cells:
        yield f"{messages.count(len(changes.cells), 'cell')} changed:"
        for one in changes.cells:
            yield f"  {output.plain(f'{one.row}, {one.code}: {one.what}')}"
