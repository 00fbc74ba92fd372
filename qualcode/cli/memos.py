"""Memos: list, add, remove."""

from __future__ import annotations

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, now, pass_call

_TYPES = click.Choice(["note", "query", "reflexive", "decision"])
_ID_SHOWN = 8
"""Characters of a memo's id in the list: enough to tell thousands apart."""


@click.group()
def memos() -> None:
    """List, add, remove memos.

    \b
    Example:
      qualcode memos list
    """


@memos.command("list")
@click.option("--on", "target", metavar="TARGET", help="Only memos on this.")
@click.option("--coder", metavar="NAME", help="Only this coder's memos.")
@click.option("--type", "type_", type=_TYPES, help="Only memos of this type.")
@options.as_json
@pass_call
def list_(
    call: Call,
    *,
    target: str | None,
    coder: str | None,
    type_: str | None,
    as_json: bool,
) -> None:
    """List memos in the order in which they were written.

    TARGET is written as for `qualcode memos add`.

    \b
    Example:
      qualcode memos list --on P07 --type query
    """
    from qualcode.model.coding import MemoType
    from qualcode.services import memos as service

    kind = None if type_ is None else MemoType(type_)
    with call.store() as store:
        found = service.list_memos(store, target=target, coder=coder, type=kind)
    if as_json:
        output.json_value([records.shown_memo(shown) for shown in found])
        return
    output.table(
        ("ID", "WRITTEN", "TYPE", "CODER", "ON", "MEMO"),
        [
            (
                shown.memo.uid[:_ID_SHOWN],
                shown.memo.written.date().isoformat(),
                shown.memo.type,
                shown.memo.coder,
                shown.target,
                shown.memo.body,
            )
            for shown in found
        ],
    )


@memos.command()
@click.argument("target")
@click.argument("text")
@click.option("--type", "type_", type=_TYPES, default="note", show_default=True, help="Its kind.")
@options.as_json
@pass_call
def add(call: Call, *, target: str, text: str, type_: str, as_json: bool) -> None:
    """Write a memo.

    TARGET is project, a transcript, a participant, a code, the id of a coding, or a passage such
    as P07:120:340.

    \b
    Example:
      qualcode memos add funding "What counts as core?" --type query
    """
    if not text.strip():
        raise click.UsageError("Give the TEXT of the memo.")
    from qualcode.model.coding import MemoType
    from qualcode.services import memos as service

    with call.store() as store:
        written = service.add_memo(
            store, target, text, type=MemoType(type_), by=call.coder(store), at=now()
        )
    if as_json:
        output.json_value(records.memo(written))
    messages.say(f"written: {written.uid[:_ID_SHOWN]}, a {written.type} on {target}")
    messages.next_step("qualcode memos list", call.again("undo"))


@memos.command()
@click.argument("memo_id", metavar="ID")
@options.as_json
@pass_call
def remove(call: Call, *, memo_id: str, as_json: bool) -> None:
    """Take a memo away.

    ID is that of the list; its first characters are enough.

    \b
    Example:
      qualcode memos remove 3f9a01bc
    """
    from qualcode.services import memos as service

    with call.store() as store:
        gone = service.remove_memo(store, memo_id, by=call.coder(store), at=now())
    if as_json:
        output.json_value(records.memo(gone))
    messages.say(f"removed: {gone.uid[:_ID_SHOWN]}")
    messages.next_step(call.again("undo"))
