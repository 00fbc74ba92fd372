"""Looking after participants: list, show, set, import, check, withdraw."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, names_open, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from qualcode.services.consent.lints import Lint
    from qualcode.services.people import ShownParticipant
    from qualcode.services.withdrawing import Withdrawal

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def participants() -> None:
    """List, show, set, import, check participants; withdraw one.

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


@participants.command()
@click.option("--from", "first", type=_DAY, metavar="DAY", help="The first day of the fieldwork.")
@click.option("--to", "last", type=_DAY, metavar="DAY", help="The last day of the fieldwork.")
@options.as_json
@pass_call
def check(call: Call, *, first: datetime | None, last: datetime | None, as_json: bool) -> None:
    """Look for slips in how people would be cited.

    Days, organisations, titles typed with names, names that two people bear, and who could be found
    by putting attributions side by side; what is said less of them is done by itself. No name is
    printed. Days are written 2024-03-31; without them a day is outside that lies far from the
    middle half of all interviews.

    \b
    Example:
      qualcode participants check --from 2024-03-01 --to 2024-06-30
    """
    from qualcode.services.consent import lints

    with call.store() as store:
        found = lints.check_participants(
            store, first=first and first.date(), last=last and last.date()
        )
    if as_json:
        output.json_value([_lint(one) for one in found])
    elif found:
        output.table(
            ("WHO", "WHAT"),
            [
                (", ".join(one.participants) or ", ".join(one.transcripts), _said(one))
                for one in found
            ],
        )
    questions = sum(one.question for one in found)
    if found:
        messages.say(
            f"{messages.count(len(found) - questions, 'warning')}, "
            f"{messages.count(questions, 'question')}"
        )
    else:
        messages.say("nothing odd was found")


@participants.command()
@click.argument("code")
@click.option("--erase", is_flag=True, help="Take their words and name out of the files for good.")
@click.option(
    "--with-shared",
    is_flag=True,
    help="With --erase: erase interviews whole in which others spoke, too.",
)
@click.option("--yes", is_flag=True, help="Erase without asking.")
@options.dry_run
@options.as_json
@pass_call
def withdraw(
    call: Call,
    *,
    code: str,
    erase: bool,
    with_shared: bool,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take a participant out of all that leaves from now on.

    It lists what rests on them. Summaries that are linked to their passages are taken back, those
    of their place and the like are drafts again; undo brings all of it back. --erase cannot be
    undone, and no undo goes behind it: interviews, name, codings, memos and summaries of them go
    from the project and the identities, and a copy that still has them does not bring them back.
    What the team wrote, codebook.yaml too, says their code for their name; where others say it in
    their interviews it stands in the file, and the code is shown for good. Backups, earlier exports
    and your own files are named: they are yours to delete.

    \b
    Example:
      qualcode participants withdraw P17 --dry-run
    """
    from qualcode.services import withdrawing

    if with_shared and not erase:
        raise click.UsageError("--with-shared goes with --erase.")
    with names_open(call) as store:
        by = call.coder_or_script(store)
        if erase:
            erasing = partial(
                withdrawing.erase,
                store,
                code,
                with_shared=with_shared,
                folder=call.folder(),
                by=by,
            )
            if not (yes or dry_run):
                _ask_before(erasing(dry_run=True, at=now()))
            done = erasing(dry_run=dry_run, at=now())
        else:
            done = withdrawing.withdraw(store, code, dry_run=dry_run, by=by, at=now())
    if as_json:
        output.json_value(_withdrawal(done))
    else:
        output.facts(_rests(done))
    messages.say(_became(done, dry_run=dry_run))
    for line in _still_to_do(done, dry_run=dry_run):
        messages.say(line)


def _still_to_do(done: Withdrawal, *, dry_run: bool) -> Iterator[str]:
    """What is out of reach of the project, and somebody's to see to."""
    if done.exports:
        yield "files that left before still hold their words: ask those who have them"
    if not done.erased:
        return
    if not (done.rewritten or dry_run):
        yield (
            "somebody else has the project open, so its file was not written anew: close it there, "
            "and say this again"
        )
    if not done.has_name:
        yield (
            f"no name of {done.participant} is known here, so it was looked for nowhere: where the "
            "team or others wrote it, it still stands. Say the same where the identities are, too"
        )
    if done.masked:
        yield (
            "what others said of them stays in their transcripts, and is shown with the code: "
            "do not hand the file itself on where that may not be read"
        )
    if done.still_named:
        yield (
            f"their name, or one like it, still stands in {'; '.join(done.still_named)}: "
            "where it is theirs, change what can be changed"
        )
    if done.files:
        yield f"their words or name stand in {'; '.join(done.files)}: delete them, or mend them"
    if done.backups:
        yield f"their words still stand in {', '.join(done.backups)}"
    if done.on_server:
        yield (
            "the server's own log (WAL), its copies and backups hold their words until they are "
            "written over: ask whoever keeps it"
        )


def _ask_before(would: Withdrawal) -> None:
    """Show what an erasure takes, and ask; who cannot be asked says --yes."""
    import sys

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("Nobody can be asked before erasing. Give --yes, or --dry-run.")
    output.facts(_rests(would))
    click.confirm(f"Erase {would.participant} for good?", abort=True, err=True)


def _became(done: Withdrawal, *, dry_run: bool) -> str:
    rehearsed = " (a dry run: nothing was written)" if dry_run else ""
    if not done.erased:
        return f"{done.participant} is withheld: nothing of theirs leaves{rehearsed}"
    told = [
        f"their name is hidden in {messages.count(done.masked, 'place')} in others' words"
        if done.masked
        else "",
        f"{messages.count(done.reworded, 'note')} of the team's written anew without it"
        if done.reworded
        else "",
        f"{messages.count(done.unsaid, 'earlier wording')} gone from the log"
        if done.unsaid
        else "",
    ]
    return "; ".join([f"{done.participant} is erased", *filter(None, told)]) + rehearsed


def _rests(done: Withdrawal) -> Iterator[tuple[str, object]]:
    yield "participant", done.participant
    yield "attribution", done.was
    yield "interviews", ", ".join(done.interviews)
    yield "with others", ", ".join(done.shared)
    yield "codings", f"{done.codings:,}"
    yield "memos", f"{done.memos:,}"
    for one in done.summaries:
        yield "draft again", f"{one.case}, {one.theme}"
    for one in done.taken_back:
        yield "gone for good" if done.erased else "taken back", f"{one.case}, {one.theme}"
    for export in done.exports:
        yield "left already", f"{export.called}, {export.written[:10]}"


def _withdrawal(done: Withdrawal) -> records.Record:
    return {
        "participant": done.participant,
        "was": str(done.was),
        "erased": done.erased,
        "interviews": list(done.interviews),
        "shared": list(done.shared),
        "codings": done.codings,
        "memos": done.memos,
        "summaries": [
            {"case_kind": one.case_kind, "case": one.case, "theme": one.theme}
            for one in done.summaries
        ],
        "exports": [
            {"file": one.file, "written": one.written, "audience": str(one.audience)}
            for one in done.exports
        ],
        "taken_back": [
            {"case_kind": one.case_kind, "case": one.case, "theme": one.theme}
            for one in done.taken_back
        ],
        "masked": done.masked,
        "reworded": done.reworded,
        "unsaid": done.unsaid,
        "still_named": list(done.still_named),
        "files": list(done.files),
        "backups": list(done.backups),
        "rewritten": done.rewritten,
        "has_name": done.has_name,
        "on_server": done.on_server,
    }


def _lint(one: Lint) -> records.Record:
    return {
        "kind": one.kind,
        "participants": list(one.participants),
        "transcripts": list(one.transcripts),
        "message": one.message,
        "question": one.question,
    }


def _said(one: Lint) -> str:
    return f"{one.message} (to be looked at)" if one.question else one.message


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
    yield "name", "known, among the identities" if shown.has_name else "not at hand"
    yield "transcripts", ", ".join(shown.transcripts)
    yield "codings", f"{shown.codings:,}"
