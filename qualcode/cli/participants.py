"""Looking after participants: list, show, set, import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qualcode.services.people import ShownParticipant


@click.group()
def participants() -> None:
    """List, show, set, import participants.

    \b
    Example:
      qualcode participants list
    """


@participants.command("list")
@options.as_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List all participants, without their names.

    \b
    Example:
      qualcode participants list
    """
    from qualcode.services import people

    with call.store() as store:
        found = people.list_participants(store)
    if as_json:
        output.json_value([records.participant(person) for person in found])
        return
    output.table(
        ("CODE", "ATTRIBUTION", "PLACE", "STAKEHOLDER", "ROLE", "ORGANISATION"),
        [(p.code, p.attribution, p.place, p.stakeholder, p.role, p.organisation) for p in found],
    )


@participants.command()
@click.argument("code")
@options.as_json
@pass_call
def show(call: Call, *, code: str, as_json: bool) -> None:
    """Show one participant, and how their words would be cited.

    \b
    Example:
      qualcode participants show P07
    """
    from qualcode.services import people

    with call.store() as store:
        shown = people.show_participant(store, code)
    if as_json:
        output.json_value(records.shown_participant(shown))
    else:
        output.facts(_facts(shown))


@participants.command("set")
@click.argument("code")
@click.argument("changes", metavar="NAME=VALUE...", nargs=-1, required=True)
@click.option("--new", is_flag=True, help="Make a participant known whose code nobody has yet.")
@options.as_json
@pass_call
def set_(call: Call, *, code: str, changes: tuple[str, ...], new: bool, as_json: bool) -> None:
    """Set what is known of a participant.

    NAME is attribution, pseudonym, role, organisation, place, stakeholder, consent_date,
    consent_note, or an attribute of your own. An empty VALUE takes it away. name, aliases and
    contacts go to the identities file alone, which undo does not touch.

    \b
    Example:
      qualcode participants set P07 attribution=role place=Thornwick
    """
    wanted = options.assignments(changes, example="place=Thornwick")
    from qualcode.services import people

    with call.store() as store:
        person = people.set_participant(
            store, code, wanted, new=new, by=call.coder_or_script(store), at=now()
        )
    if as_json:
        output.json_value(records.participant(person))
    messages.say(f"{person.code}: {', '.join(wanted)} set")
    messages.next_step(f"qualcode participants show {messages.typed(person.code)}")


@participants.command("import")
@click.argument("table", metavar="CSV", type=options.FILE)
@options.dry_run
@options.as_json
@pass_call
def import_(call: Call, *, table: Path, dry_run: bool, as_json: bool) -> None:
    """Take a table of participants in.

    Its columns are those of a manifest, with one row for each participant; empty cells change
    nothing.

    \b
    Example:
      qualcode participants import participants.csv --dry-run
    """
    from qualcode.services import people

    with call.store() as store:
        changed, unchanged = people.import_participants(
            store, table, dry_run=dry_run, by=call.coder_or_script(store), at=now()
        )
    if as_json:
        output.json_value({"changed": changed, "unchanged": unchanged})
    taken_back = " (a dry run: nothing was written)" if dry_run else ""
    if changed:
        messages.say(
            f"{messages.count(changed, 'participant')} new or changed, "
            f"{unchanged:,} unchanged{taken_back}"
        )
    else:
        be = "is" if unchanged == 1 else "are"
        messages.say(f"nothing new: {messages.count(unchanged, 'participant')} {be} unchanged")
    if changed and not dry_run:
        messages.next_step("qualcode participants list")


def _facts(shown: ShownParticipant) -> Iterator[tuple[str, object]]:
    person = shown.participant
    yield "participant", person.code
    yield "attribution", person.attribution
    yield "cited as", shown.attribution
    for name in ("pseudonym", "role", "organisation", "place", "stakeholder"):
        yield name, getattr(person, name)
    yield "consent date", person.consent_date
    yield "consent note", person.consent_note
    yield from person.attributes.items()
    yield "name", "known, in the identities file" if shown.has_name else "not at hand"
    yield "transcripts", ", ".join(shown.transcripts)
    yield "codings", f"{shown.codings:,}"
