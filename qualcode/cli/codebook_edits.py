"""Editing the codebook one code at a time: what `qualcode codebook` does beside whole files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, codebook_file, now, pass_call

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import Protocol

    from qualcode.services.codebook_editing import Edited
    from qualcode.store.store import Store

    class _Edit(Protocol):
        """One edit, waiting to be told on which project, by whom and when."""

        def __call__(self, store: Store, path: Path, *, by: str, at: datetime) -> Edited: ...


_code = click.argument("code")


@click.command()
@click.argument("name")
@click.option("--under", metavar="CODE", help="The theme or code it stands under.")
@click.option("--definition", metavar="TEXT", default="", help="What it means.")
@click.option("--proposed", is_flag=True, help="Mark it as one to be agreed to yet.")
@options.as_json
@pass_call
def add(
    call: Call, *, name: str, under: str | None, definition: str, proposed: bool, as_json: bool
) -> None:
    """Add a code called NAME; without --under it is a theme.

    Its id, which scripts and codings use, is made of the name.

    \b
    Example:
      qualcode codebook add "Raffles and draws" --under funding
    """
    from qualcode.services import codebook_editing

    def edit(store: Store, path: Path, *, by: str, at: datetime) -> Edited:
        return codebook_editing.add(
            store,
            path,
            name,
            parent=under,
            definition=definition,
            proposed=proposed,
            by=by,
            at=at,
        )

    _show(call, edit, as_json=as_json)


@click.command()
@_code
@click.argument("name")
@options.as_json
@pass_call
def rename(call: Call, *, code: str, name: str, as_json: bool) -> None:
    """Call a code NAME; its id and its codings stay.

    \b
    Example:
      qualcode codebook rename funding/grant-aid "Grants"
    """
    from qualcode.services import codebook_editing

    def edit(store: Store, path: Path, *, by: str, at: datetime) -> Edited:
        return codebook_editing.rename(store, path, code, name, by=by, at=at)

    _show(call, edit, as_json=as_json)


@click.command()
@_code
@click.argument("text")
@options.as_json
@pass_call
def define(call: Call, *, code: str, text: str, as_json: bool) -> None:
    """Write what a code means.

    \b
    Example:
      qualcode codebook define grant-aid "Money given, not earned."
    """
    from qualcode.services import codebook_editing

    def edit(store: Store, path: Path, *, by: str, at: datetime) -> Edited:
        return codebook_editing.define(store, path, code, text, by=by, at=at)

    _show(call, edit, as_json=as_json)


@click.command()
@_code
@options.as_json
@pass_call
def accept(call: Call, *, code: str, as_json: bool) -> None:
    """Make a proposed code one like any other.

    \b
    Example:
      qualcode codebook accept raffles
    """
    from qualcode.services import codebook_editing

    def edit(store: Store, path: Path, *, by: str, at: datetime) -> Edited:
        return codebook_editing.accept(store, path, code, by=by, at=at)

    _show(call, edit, as_json=as_json)


@click.command()
@_code
@click.option("--under", metavar="CODE", help="The theme or code it is to stand under.")
@click.option("--before", metavar="CODE", help="The code that it is to come before there.")
@options.as_json
@pass_call
def move(call: Call, *, code: str, under: str | None, before: str | None, as_json: bool) -> None:
    """Put a code, with all under it, elsewhere; without --under it becomes a theme.

    \b
    Example:
      qualcode codebook move raffles --under empowerment
    """
    from qualcode.services import codebook_editing

    def edit(store: Store, path: Path, *, by: str, at: datetime) -> Edited:
        return codebook_editing.move(store, path, code, parent=under, before=before, by=by, at=at)

    _show(call, edit, as_json=as_json)


@click.command()
@_code
@click.argument("into")
@click.option("--dry-run", is_flag=True, help="Say what would move, and do nothing.")
@options.as_json
@pass_call
def merge(call: Call, *, code: str, into: str, dry_run: bool, as_json: bool) -> None:
    """Make one code of two: INTO takes over the codings, memos and codes of CODE.

    \b
    Example:
      qualcode codebook merge raffles trading --dry-run
    """
    from qualcode.services import codebook_editing

    if dry_run:
        with call.store() as store:
            preview = codebook_editing.preview_merge(store, code, into)
        if as_json:
            output.json_value(records.merge_preview(preview))
        else:
            output.lines([preview.sentence(), *(f"  {place}" for place in preview.examples)])
        messages.next_step(f"qualcode codebook merge {preview.code} {preview.into}")
        return

    def edit(store: Store, path: Path, *, by: str, at: datetime) -> Edited:
        return codebook_editing.merge(store, path, code, into, by=by, at=at)

    _show(call, edit, as_json=as_json)


@click.command()
@_code
@options.as_json
@pass_call
def retire(call: Call, *, code: str, as_json: bool) -> None:
    """Let a code rest: it keeps its codings, takes no new ones, and leaves the file.

    \b
    Example:
      qualcode codebook retire raffles
    """
    from qualcode.services import codebook_editing

    def edit(store: Store, path: Path, *, by: str, at: datetime) -> Edited:
        return codebook_editing.retire(store, path, code, by=by, at=at)

    _show(call, edit, as_json=as_json)


@click.command()
@_code
@options.as_json
@pass_call
def restore(call: Call, *, code: str, as_json: bool) -> None:
    """Bring a retired code back into the file.

    \b
    Example:
      qualcode codebook restore raffles
    """
    from qualcode.services import codebook_editing

    def edit(store: Store, path: Path, *, by: str, at: datetime) -> Edited:
        return codebook_editing.bring_back(store, path, code, by=by, at=at)

    _show(call, edit, as_json=as_json)


@click.command()
@click.argument("theme")
@click.argument("letter")
@options.as_json
@pass_call
def key(call: Call, *, theme: str, letter: str, as_json: bool) -> None:
    """Open a theme with a letter in the coding screen; a hyphen takes its letter off.

    \b
    Example:
      qualcode codebook key funding f
      qualcode codebook key funding -
    """
    from qualcode.services import codebook_editing

    def edit(store: Store, path: Path, *, by: str, at: datetime) -> Edited:
        chosen = None if letter == "-" else letter
        return codebook_editing.set_key(store, path, theme, chosen, by=by, at=at)

    _show(call, edit, as_json=as_json)


COMMANDS = (add, rename, define, accept, move, merge, retire, restore, key)
"""In the order in which a codebook grows."""


def _show(call: Call, edit: _Edit, *, as_json: bool) -> None:
    """Do an edit, and say what it did."""
    from qualcode.model.people import SCRIPT

    path = codebook_file(call, None)
    with call.store() as store:
        by = call.coder_or_script(store)
        done = edit(store, path, by=by, at=now())
    if as_json:
        output.json_value(records.edited(done))
    messages.say(done.said)
    if done.changed:
        undo = f"qualcode --coder {SCRIPT} undo" if by == SCRIPT else call.again("undo")
        messages.next_step("qualcode codebook show", undo)
