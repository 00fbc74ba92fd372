"""Who codes: the list, and who you are."""

from __future__ import annotations

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, pass_call, remember_coder


@click.group()
def coders() -> None:
    """List the coders; choose who you are.

    \b
    Example:
      qualcode coders list
    """


@coders.command("list")
@options.as_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List everybody who did anything in the project.

    \b
    Example:
      qualcode coders list
    """
    from qualcode.services.work import coders as service

    with call.store() as store:
        found = service.list_coders(store)
        you = call.known_coder(store)
    if as_json:
        output.json_value(
            [
                {"name": one.name, "codings": one.codings, "transcripts": one.transcripts}
                for one in found
            ]
        )
        return
    output.table(
        ("CODER", "CODINGS", "TRANSCRIPTS"),
        [(one.name, one.codings, one.transcripts) for one in found],
    )
    messages.say(f"you are {you}" if you else "to say who you are: qualcode coders use NAME")


@coders.command()
@click.argument("name")
@options.as_json
@pass_call
def use(call: Call, *, name: str, as_json: bool) -> None:
    """Remember who codes in this project, on this machine.

    \b
    Example:
      qualcode coders use amina
    """
    if not name.strip():
        raise click.UsageError("Give a NAME.")
    with call.store() as store:
        remembered = remember_coder(store, name.strip())
    if as_json:
        output.json_value({"coder": name.strip(), "remembered": remembered})
    if remembered:
        messages.say(f"you are {name.strip()} from now on")
