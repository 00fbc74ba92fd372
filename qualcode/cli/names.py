"""Looking after names that may not leave. They are shown on stdout, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import (
    Call,
    ask_passphrase,
    given_passphrase,
    names_open,
    now,
    pass_call,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.errors import OwnNameSettledError
    from qualcode.services.consent.names.settling import FoundForm, FoundNames

_MOST_LINES = 40
"""Names that nobody knows, in a table for people; the value for scripts has all of them."""

_MOST_TRANSCRIPTS = 4

_SETTLED = {
    "participant": "settled: it is {of}'s",
    "listed": "settled: it is a listed name",
    "other-person": "settled: it is another person, and is not masked",
    "word": "settled: it is a word, and is masked only behind a title",
}


@click.group()
def names() -> None:
    """List, find, settle names that may not leave; seal them.

    The names of participants who did not agree to be named are looked for by themselves. Here you
    list others, and say what forms in the texts are.

    \b
    Example:
      qualcode names find
    """


@names.command("list")
@options.as_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List the names that are looked for, what is shown instead, and what was decided.

    \b
    Example:
      qualcode names list
    """
    from qualcode.services.consent.names import settling as services

    with names_open(call) as store:
        lines, decisions, at_hand = services.list_names(store)
    if not at_hand:
        messages.warn([services.NOT_AT_HAND])
    if as_json:
        from dataclasses import asdict

        output.json_value(
            {
                "names": [asdict(line) for line in lines],
                "decisions": [asdict(decision) for decision in decisions],
                "names_at_hand": at_hand,
            }
        )
        return
    if lines:
        output.table(
            ("NAME", "KIND", "ALSO", "OF", "SHOWN AS"),
            [
                (line.name, line.kind, "; ".join(line.aliases), line.code, line.shown or "named")
                for line in lines
            ],
        )
    elif at_hand:
        messages.say("no name is known")
    if decisions:
        output.lines([""] if lines else [])
        output.table(
            ("FORM", "IS", "OF", "SAID BY", "ON"),
            [(one.form, one.verdict, one.of, one.by, (one.at or "")[:10]) for one in decisions],
        )


@names.command()
@click.argument("name")
@click.option("--shown", metavar="TEXT", help="What is shown instead, in brackets.")
@click.option(
    "--kind",
    type=click.Choice(["person", "place", "organisation"]),
    help="What bears the name, a person where nothing is said; only of a person's are the parts"
    " looked for, too.",
)
@click.option("--alias", "aliases", multiple=True, metavar="NAME", help="Another name of theirs.")
@options.as_json
@pass_call
def add(
    call: Call,
    *,
    name: str,
    shown: str | None,
    kind: str | None,
    aliases: tuple[str, ...],
    as_json: bool,
) -> None:
    """List a name that may not leave though it is no participant's.

    One that is listed already keeps what is not said anew.

    \b
    Example:
      qualcode names add "Kofi Mensah" --shown "a neighbour" --alias Kof
    """
    from qualcode.model.names import NameKind
    from qualcode.services.consent.names import settling as services

    bearer = None if kind is None else NameKind(kind)
    with names_open(call) as store:
        is_new = services.add_name(store, name, kind=bearer, shown=shown, aliases=aliases)
    if as_json:
        output.json_value({"new": is_new})
    messages.say("listed" if is_new else "nothing new: it is listed so already")
    messages.next_step("qualcode names find")


@names.command()
@click.argument("name")
@options.as_json
@pass_call
def remove(call: Call, *, name: str, as_json: bool) -> None:
    """Take a name out of the list. Forms that were settled as it are open again.

    \b
    Example:
      qualcode names remove "Kofi Mensah"
    """
    from qualcode.services.consent.names import settling as services

    with names_open(call) as store:
        forms = services.remove_name(store, name)
    if as_json:
        output.json_value({"removed": name, "open_again": list(forms)})
    messages.say("it is no longer looked for")
    if forms:
        were = "that was settled as it is" if len(forms) == 1 else "that were settled as it are"
        messages.say(f"{messages.count(len(forms), 'form')} {were} open again")
        messages.next_step("qualcode names find")


@names.command()
@click.argument("transcripts", metavar="[TRANSCRIPT]...", nargs=-1)
@options.as_json
@pass_call
def find(call: Call, *, transcripts: tuple[str, ...], as_json: bool) -> None:
    """Find what may be names in the transcripts, each form once.

    First the forms that may be a known name misspelt: until somebody settles them they are shown as
    [name]. Then words that are an organisation's name, too, such as the Council: in small letters
    they are nobody's, with a capital they are shown as [organisation] until settled with --word.
    Then addresses and numbers, then capitalised words that nobody has listed.

    \b
    Example:
      qualcode names find P07
    """
    from qualcode.services.consent.names import settling as services

    with names_open(call) as store:
        found = services.find_names(store, transcripts=transcripts)
    if as_json:
        from dataclasses import asdict

        output.json_value(asdict(found))
    else:
        output.lines(_found(found))
    if not found.names_at_hand:
        messages.warn([f"{services.NOT_AT_HAND}; none was looked for"])
    messages.say(services.A_PERSON_MUST_READ)
    if found.unsettled or found.kinds:
        messages.next_step("qualcode names settle FORM (--is CODE | --other-person | --word)")


@names.command()
@click.argument("form")
@click.option("--is", "participant", metavar="CODE", help="It is this participant's name.")
@click.option("--listed", metavar="NAME", help="It is this listed name.")
@click.option("--other-person", is_flag=True, help="It is somebody else, who may be named.")
@click.option("--word", is_flag=True, help="It is a word; behind a title it stays a name.")
@click.option("--undecided", is_flag=True, help="Take back what was decided.")
@click.option("--yes", is_flag=True, help="Show a participant's own name without asking.")
@options.as_json
@pass_call
def settle(
    call: Call,
    *,
    form: str,
    participant: str | None,
    listed: str | None,
    other_person: bool,
    word: bool,
    undecided: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Say what a form in the texts is; it holds for the whole study.

    Of a name of somebody who is not to be named it is asked first whether it may be shown
    everywhere, and nothing is settled where nobody can be asked.

    \b
    Example:
      qualcode names settle Tomas --is P07
    """
    if undecided and (participant is not None or listed is not None or other_person or word):
        raise click.UsageError("--undecided takes back what was decided: give it alone.")
    from functools import partial

    from qualcode.errors import OwnNameSettledError
    from qualcode.services.consent.names import settling as services
    from qualcode.services.consent.names.let_out import whose

    decision = None
    with names_open(call) as store:
        if undecided:
            said = "taken back" if services.unsettle(store, form) else "it was not decided"
        else:
            settled = partial(
                services.settle,
                store,
                form,
                participant=participant,
                listed=listed,
                other_person=other_person,
                word=word,
                by=call.coder_or_script(store),
                at=now(),
            )
            try:
                decision = settled(sure=yes)
            except OwnNameSettledError as problem:
                _ask_before(problem)
                decision = settled(sure=True)
            said = _SETTLED[decision.verdict].format(of=whose(decision))
    if as_json:
        from dataclasses import asdict

        output.json_value(None if decision is None else asdict(decision))
    messages.say(said)


@names.command()
@options.as_json
@pass_call
def seal(call: Call, *, as_json: bool) -> None:
    """Encrypt the names with a passphrase.

    Everything works without it but naming: who was to be cited by name is cited by role and
    organisation. Set QUALCODE_PASSPHRASE where names are needed. Nobody can open the names without
    the passphrase, so keep it where it is not lost. What is sealed already is sealed anew.

    \b
    Example:
      qualcode names seal
    """
    from qualcode.services.consent.names import settling as services

    with names_open(call) as store:
        path = services.seal(store, ask_passphrase(new=True))
    if as_json:
        output.json_value({"file": str(path), "sealed": True})
    messages.say(f"{path.name} is sealed")
    messages.say("copies made before, in backups of the folder, are not: delete or seal them")


@names.command()
@options.as_json
@pass_call
def unseal(call: Call, *, as_json: bool) -> None:
    """Open sealed names for good.

    \b
    Example:
      qualcode names unseal
    """
    from qualcode.services.consent.names import settling as services

    with call.store() as store:
        path = services.unseal(store, given_passphrase() or ask_passphrase())
    if as_json:
        output.json_value({"file": str(path), "sealed": False})
    messages.say(f"{path.name} is open to whoever may read the file")


def _ask_before(problem: OwnNameSettledError) -> None:
    """Say whose name it is, and ask; who cannot be asked says --yes."""
    import sys

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise problem
    question = (
        f"It is a name of {' and '.join(problem.codes)}, not to be named. Show it everywhere?"
    )
    click.confirm(question, abort=True, err=True)


def _found(found: FoundNames) -> Iterator[str]:
    yield from _section("May be a known name", "MAY BE", found.unsettled)
    if found.kinds:
        yield from _section("An organisation's name and a word", "MAY BE", found.kinds)
    yield from _section("Addresses and numbers", "KIND", found.identifiers)
    yield from _section("Listed nowhere", None, found.unknown[:_MOST_LINES])
    left = len(found.unknown) - _MOST_LINES
    if left > 0:
        yield f"and {messages.count(left, 'more form')}; all of them: qualcode names find --json"


def _section(heading: str, near: str | None, forms: Sequence[FoundForm]) -> Iterator[str]:
    yield f"{heading}: {messages.count(len(forms), 'form')}" if forms else f"{heading}: none"
    if forms:
        headings = ("FORM", *([near] if near else []), "TIMES", "IN")
        rows = [
            (one.form, *([", ".join(one.near)] if near else []), one.times, _where(one))
            for one in forms
        ]
        yield from output.table_lines(headings, rows, width=output.width_cells())
    yield ""


def _where(form: FoundForm) -> str:
    some = ", ".join(form.transcripts[:_MOST_TRANSCRIPTS])
    left = len(form.transcripts) - _MOST_TRANSCRIPTS
    return f"{some} and {left} more" if left > 0 else some
