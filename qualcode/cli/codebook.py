"""Looking after the codebook: show, check, compare, apply; its codes are edited beside this."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import codebook_edits, messages, options, output, records
from qualcode.cli.context import Call, codebook_file, codebook_to_check, now, pass_call

if TYPE_CHECKING:
    from pathlib import Path

_file = click.argument("file", required=False, type=options.FILE)


@click.group()
def codebook() -> None:
    """Show, check, compare, apply, edit the codebook.

    FILE is codebook.yaml beside the project where none is given. What edits a code changes the
    file and the project in one act, keeps the file's comments, and can be undone.

    \b
    Example:
      qualcode codebook show
    """


@codebook.command()
@options.as_json
@pass_call
def show(call: Call, *, as_json: bool) -> None:
    """Show the codes of the project, with the codings of each.

    \b
    Example:
      qualcode codebook show
    """
    from qualcode.services.book import codebooks

    with call.store() as store:
        shown = codebooks.show_codebook(store)
    if as_json:
        output.json_value(records.codebook(shown))
        return
    book = shown.codebook
    rows = []
    for code in book.codes:
        mark = " (retired)" if code.id in shown.retired else " (proposed)" if code.proposed else ""
        count = shown.counts.get(code.id, 0)
        rows.append((book.full_name(code.id), count, f"{code.name}{mark}"))
    output.table(("CODE", "CODINGS", "NAME"), rows)


@codebook.command()
@_file
@options.as_json
@pass_call
def check(call: Call, *, file: Path | None, as_json: bool) -> None:
    """Check a codebook file and say all that is wrong with it.

    \b
    Example:
      qualcode codebook check codebook.yaml
    """
    from qualcode.services.book import codebooks

    path = codebook_to_check(call, file)
    book = codebooks.check_codebook(path)
    if as_json:
        output.json_value({"file": str(path), "themes": len(book.themes), "codes": len(book.codes)})
    messages.say(
        f"{path}: {messages.count(len(book.codes), 'code')}, of them "
        f"{messages.count(len(book.themes), 'theme')}; nothing wrong was found"
    )
    messages.next_step("qualcode codebook diff", "qualcode codebook apply")


@codebook.command()
@_file
@options.as_json
@pass_call
def diff(call: Call, *, file: Path | None, as_json: bool) -> None:
    """Show what applying a codebook file would change.

    \b
    Example:
      qualcode codebook diff
    """
    from qualcode.services.book import codebooks

    path = codebook_file(call, file)
    with call.store() as store:
        changes = codebooks.compare(store, path)
    if as_json:
        output.json_value({"file": str(path), "changes": list(changes.lines())})
    else:
        output.lines(changes.lines())
    if changes:
        given = "" if file is None else f" {messages.typed(file)}"
        messages.next_step(f"qualcode codebook apply{given}")
    else:
        messages.say(f"{path} is what the project has")


@codebook.command("apply")
@_file
@click.option(
    "--retire", is_flag=True, help="Retire codes that the file has not and that hold codings."
)
@options.dry_run
@options.as_json
@pass_call
def apply_(
    call: Call,
    *,
    file: Path | None,
    retire: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make the codes of the project those of a codebook file.

    A code with codings never goes by itself: it is put back into the file, or retired.

    \b
    Example:
      qualcode codebook apply --dry-run
    """
    from qualcode.services.book import codebooks

    path = codebook_file(call, file)
    with call.store() as store:
        by = call.coder_or_script(store)
        applied = codebooks.apply(store, path, retire=retire, dry_run=dry_run, by=by, at=now())
    if as_json:
        output.json_value(
            {
                "file": str(path),
                "changes": list(applied.changes.lines()),
                "codes": applied.codes,
                "retired": list(applied.retired),
            }
        )
    else:
        output.lines(applied.changes.lines())
    if not applied.changes:
        messages.say(f"nothing new: {path} is what the project has")
        return
    taken_back = " (a dry run: nothing was written)" if dry_run else ""
    messages.say(f"the project has {messages.count(applied.codes, 'code')} now{taken_back}")
    if not dry_run:
        messages.next_step("qualcode codebook show")


@codebook.command()
@_file
@options.as_json
@pass_call
def fetch(call: Call, *, file: Path | None, as_json: bool) -> None:
    """Bring a codebook file up to date that is older than the project's codebook, or is gone.

    On a shared server, others edit the codebook too. What was written into the file by hand is
    never replaced.

    \b
    Example:
      qualcode codebook fetch
    """
    from qualcode.services.book import codebook_file as service

    path = codebook_file(call, file)
    with call.store() as store:
        written = service.fetch(store, path)
    if as_json:
        output.json_value({"file": str(path), "written": written})
    messages.say(
        f"{path} is what the project has now" if written else f"{path} is what the project has"
    )


for _command in codebook_edits.COMMANDS:
    codebook.add_command(_command)
