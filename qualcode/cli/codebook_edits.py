"""Editing the codebook one code at a time: what `qualcode codebook` does beside whole files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, codebook_file, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcode.services.book.codebook_editing import Edited
    from qualcode.services.book.codebook_editor import CodebookEditor


NO_LETTER = "-"
"""Typed in the place of a letter: the theme gives its letter up."""

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
    _show(
        call,
        lambda book: book.add(name, under=under, definition=definition, proposed=proposed),
        as_json=as_json,
    )


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
    _show(call, lambda book: book.rename(code, name), as_json=as_json)


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
    _show(call, lambda book: book.define(code, text), as_json=as_json)


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
    _show(call, lambda book: book.accept(code), as_json=as_json)


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
    _show(call, lambda book: book.move(code, under=under, before=before), as_json=as_json)


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
    if dry_run:
        tried, _ = _do(call, lambda book: book.merge(code, into, dry_run=True))
        _show_merge(tried, as_json=as_json)
    else:
        _show(call, lambda book: book.merge(code, into), as_json=as_json)


@click.command()
@_code
@options.as_json
@pass_call
def retire(call: Call, *, code: str, as_json: bool) -> None:
    """Retire a code: it keeps its codings, takes no new ones, and leaves the file.

    The codes under it are retired with it.

    \b
    Example:
      qualcode codebook retire raffles
    """
    _show(call, lambda book: book.retire(code), as_json=as_json)


@click.command()
@_code
@options.as_json
@pass_call
def restore(call: Call, *, code: str, as_json: bool) -> None:
    """Restore a retired code: it is in the file again and takes new codings.

    It comes back as it was written there, comments and all, to where it stood,
    and with it the codes under it that were retired with it.

    \b
    Example:
      qualcode codebook restore raffles
    """
    _show(call, lambda book: book.restore(code), as_json=as_json)


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
    _show(
        call,
        lambda book: book.set_key(theme, None if letter == NO_LETTER else letter),
        as_json=as_json,
    )


COMMANDS = (add, rename, define, accept, move, merge, retire, restore, key)
"""In the order in which a codebook grows."""


def _show(call: Call, edit: Callable[[CodebookEditor], Edited], *, as_json: bool) -> None:
    """Do an edit, and say what it did."""
    edited, undo = _do(call, edit)
    if as_json:
        output.json_value(records.edited(edited))
    messages.say(edited.said)
    if edited.changed:
        messages.next_step("qualcode codebook show", undo)


def _do(call: Call, edit: Callable[[CodebookEditor], Edited]) -> tuple[Edited, str]:
    """Do an edit on the project that is meant; returns the command that takes it back, too."""
    from qualcode.model.people import SCRIPT
    from qualcode.services.book.codebook_editor import CodebookEditor

    path = codebook_file(call)
    with call.store() as store:
        by = call.coder_or_script(store)
        edited = edit(CodebookEditor(store, path, by=by, now=now))
    return edited, f"qualcode --coder {SCRIPT} undo" if by == SCRIPT else call.again("undo")


def _show_merge(tried: Edited, *, as_json: bool) -> None:
    """What a merge would move, as it was tried."""
    preview = tried.merged
    assert preview is not None  # a merge says what it moved
    if as_json:
        output.json_value(records.merge_preview(preview))
    else:
        output.lines([preview.sentence(), *(f"  {place}" for place in preview.examples)])
    messages.next_step(f"qualcode codebook merge {preview.code} {preview.into}")
