"""Looking after transcripts: list, show, remove, and say who a speaker is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.model.transcript import StoredTranscript
    from qualcode.services.listing import ShownTranscript


@click.group()
def transcripts() -> None:
    """List, show, remove transcripts; set speakers.

    \b
    Example:
      qualcode transcripts list
    """


@transcripts.command("list")
@options.as_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List all transcripts.

    \b
    Example:
      qualcode transcripts list
    """
    from qualcode.services import listing

    with call.store() as store:
        found = listing.list_transcripts(store)
    if as_json:
        output.json_value([records.transcript(stored) for stored in found])
        return
    output.table(
        ("NAME", "DATE", "WORDS", "TURNS", "CODINGS", "SPEAKERS"),
        [
            (t.name, t.interviewed, t.words, t.turns, t.codings, ", ".join(_speakers(t)))
            for t in found
        ],
    )


@transcripts.command()
@click.argument("name", metavar="TRANSCRIPT")
@click.option("--turns", is_flag=True, help="Its words as well, turn by turn, with their places.")
@options.as_json
@pass_call
def show(call: Call, *, name: str, turns: bool, as_json: bool) -> None:
    """Show one transcript.

    \b
    Example:
      qualcode transcripts show P07 --turns
    """
    from qualcode.services import listing

    with call.store() as store:
        shown = listing.show_transcript(store, name)
    if as_json:
        with_turns = records.transcript_with_turns(shown) if turns else None
        output.json_value(with_turns or records.transcript(shown.record))
        return
    output.facts(_facts(shown.record))
    if turns:
        output.lines(_turn_lines(shown))


@transcripts.command()
@click.argument("name", metavar="TRANSCRIPT")
@options.as_json
@pass_call
def remove(call: Call, *, name: str, as_json: bool) -> None:
    """Take a transcript out that nobody has coded.

    \b
    Example:
      qualcode transcripts remove P07-draft
    """
    from qualcode.services import listing

    with call.store() as store:
        gone = listing.remove_transcript(store, name, by=call.coder_or_script(store), at=now())
    if as_json:
        output.json_value(records.transcript(gone))
    messages.say(f"removed: {gone.name}; its words stay in the project file, so that undo works")
    messages.next_step(call.again("undo"))


@transcripts.command()
@click.argument("name", metavar="TRANSCRIPT")
@click.argument("label")
@click.option(
    "--role",
    type=click.Choice(["interviewer", "participant", "other"]),
    help="What the speaker is in this interview.",
)
@click.option("--participant", metavar="CODE", help="Which participant it is.")
@options.as_json
@pass_call
def speaker(
    call: Call,
    *,
    name: str,
    label: str,
    role: str | None,
    participant: str | None,
    as_json: bool,
) -> None:
    """Say what a speaker is, and which participant.

    LABEL is how the transcript calls them.

    \b
    Example:
      qualcode transcripts speaker P07 "Speaker 2" --participant P07
    """
    if role is None and participant is None:
        raise click.UsageError("Give --role, --participant, or both.")
    from qualcode.model.people import Role
    from qualcode.services import listing

    with call.store() as store:
        who = listing.set_speaker(
            store,
            name,
            label,
            role=None if role is None else Role(role),
            participant=participant,
            by=call.coder_or_script(store),
            at=now(),
        )
    if as_json:
        output.json_value(records.speaker(who))
    whose = f" {who.participant}" if who.participant else ""
    messages.say(f"{name}: the speaker is now {who.role}{whose}")
    messages.next_step(f"qualcode transcripts show {messages.typed(name)}")


def _speakers(stored: StoredTranscript) -> Iterator[str]:
    for who in stored.speakers:
        whose = f" {who.participant}" if who.participant else ""
        yield f"{who.label} ({who.role}{whose})"


def _facts(stored: StoredTranscript) -> Iterator[tuple[str, object]]:
    from qualcode.text.locators import clock

    yield "transcript", stored.name
    yield "version", stored.version
    yield "file", stored.file
    yield "format", ", ".join(part for part in (stored.format, stored.encoding) if part)
    yield "made by", stored.producer
    yield "interviewed", stored.interviewed
    yield "recording", stored.recording
    yield "language", stored.language
    yield "words", f"{stored.words:,} in {stored.characters:,} characters"
    yield "turns", f"{stored.turns:,}"
    if stored.first_ms is not None and stored.last_ms is not None:
        yield "times", f"{clock(stored.first_ms)} to {clock(stored.last_ms)}"
    yield "codings", f"{stored.codings:,}"
    yield from stored.attributes.items()
    for who in _speakers(stored):
        yield "speaker", who


def _turn_lines(shown: ShownTranscript) -> Iterator[str]:
    """The words by turns, each with its number, time, characters and speaker."""
    from qualcode.text.locators import clock

    width = output.width_cells() - 4
    for turn in shown.text.turns:
        time = "" if turn.start_ms is None else f"  {clock(turn.start_ms)}"
        who = f"  {output.plain(turn.speaker)}" if turn.speaker else ""
        yield ""
        yield f"¶{turn.n}{time}  [{turn.start}:{turn.end}]{who}"
        for paragraph in shown.text.text[turn.start : turn.end].split("\n"):
            yield from (f"    {line}" for line in output.wrapped(paragraph, width))
