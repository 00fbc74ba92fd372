"""Looking after transcripts: list, show, set, remove, and say who a speaker is."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import messages, options, output, records
from qualcode.cli.context import Call, now, pass_call
from qualcode.cli.reviewing import review, settle
from qualcode.cli.revising import revise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcode.model.transcript import StoredTranscript
    from qualcode.services.correction.versions import ShownVersion
    from qualcode.services.intake.recordings import Recording
    from qualcode.services.listing import ShownTranscript

_MOST_SPEAKERS: Final = 8
"""Of one transcript in the list of all; more are shown with the transcript itself."""


@click.group()
def transcripts() -> None:
    """List, show, set, remove transcripts.

    \b
    Example:
      qualcode transcripts list
    """


@transcripts.command("list")
@options.as_json
@pass_call
def list_(call: Call, *, as_json: bool) -> None:
    """List all transcripts, with the length of their recordings where these are there.

    \b
    Example:
      qualcode transcripts list
    """
    from qualcode.services import listing
    from qualcode.services.intake.recordings import recordings_of

    with call.store() as store:
        found = listing.list_transcripts(store)
        linked = recordings_of(found, call.folder())
    if as_json:
        output.json_value([records.transcript(stored, linked) for stored in found])
    else:
        _table(found, linked)
    messages.waiting(sum(stored.waiting for stored in found))


def _table(found: Sequence[StoredTranscript], linked: Mapping[str, Recording]) -> None:
    """A line a transcript; what no transcript has takes no column."""
    columns: list[tuple[str, list[object]]] = [
        ("NAME", [t.name for t in found]),
        ("DATE", [t.interviewed for t in found]),
        ("WORDS", [t.words for t in found]),
        ("TURNS", [t.turns for t in found]),
        ("CODINGS", [t.codings for t in found]),
        ("WAITING", [t.waiting or None for t in found]),
        ("RECORDING", [_state(linked[t.uid]) if t.uid in linked else None for t in found]),
        ("SPEAKERS", [_few_speakers(t) for t in found]),
    ]
    shown = [one for one in columns if any(one[1]) or one[0] not in ("WAITING", "RECORDING")]
    output.table([heading for heading, _ in shown], list(zip(*(c for _, c in shown), strict=True)))


@transcripts.command()
@click.argument("name", metavar="TRANSCRIPT")
@click.option("--turns", is_flag=True, help="Its words as well, turn by turn, with their places.")
@click.option(
    "--version", metavar="N", type=click.IntRange(1), help="As it was before it was corrected."
)
@options.as_json
@pass_call
def show(call: Call, *, name: str, turns: bool, version: int | None, as_json: bool) -> None:
    """Show one transcript, now or as it was at an earlier version.

    \b
    Example:
      qualcode transcripts show P07 --turns
      qualcode transcripts show P07 --version 1
    """
    from qualcode.services import listing
    from qualcode.services.intake.recordings import recordings_of

    with call.store() as store:
        shown = listing.show_transcript(store, name, version=version)
        linked = recordings_of([shown.record], call.folder())
    if as_json:
        made = records.transcript_with_turns if turns else records.shown_transcript
        output.json_value(made(shown, linked))
        return
    output.facts(_facts(shown, linked.get(shown.record.uid)))
    if turns:
        output.lines(_turn_lines(shown))


@transcripts.command("set")
@click.argument("name", metavar="TRANSCRIPT")
@click.argument("changes", metavar="[NAME=VALUE]...", nargs=-1)
@click.option(
    "--not-asked", multiple=True, metavar="CODE", help="A theme that it did not ask about."
)
@click.option("--asked", multiple=True, metavar="CODE", help="One that it did, after all.")
@options.as_json
@pass_call
def set_(
    call: Call,
    *,
    name: str,
    changes: tuple[str, ...],
    not_asked: tuple[str, ...],
    asked: tuple[str, ...],
    as_json: bool,
) -> None:
    """Set what is known of an interview.

    NAME is date, language, recording, place, or an attribute of your own. An empty VALUE takes it
    away. A recording is named from the project's folder on, and stays where it is. What was not
    asked is no silence: the matrix says so.

    \b
    Example:
      qualcode transcripts set P07 date=2024-03-14 recording=recordings/P07.m4a
      qualcode transcripts set P07 --not-asked funding
    """
    if not (changes or not_asked or asked):
        raise click.UsageError("Give NAME=VALUE, such as date=2024-03-14, or --not-asked CODE.")
    wanted = options.assignments(changes, example="date=2024-03-14")
    from qualcode.services.describing import set_transcript
    from qualcode.services.intake.recordings import recordings_of

    with call.store() as store:
        by = call.coder_or_script(store)
        stored = set_transcript(
            store, name, wanted, not_asked=not_asked, asked=asked, by=by, at=now()
        )
        linked = recordings_of([stored], call.folder())
    if as_json:
        output.json_value(records.transcript(stored, linked))
    done = [f"{', '.join(wanted)} set"] if wanted else []
    done += [f"{', '.join(not_asked)} not asked"] if not_asked else []
    done += [f"{', '.join(asked)} asked"] if asked else []
    messages.say(f"{stored.name}: {'; '.join(done)}")
    if "recording" in wanted and stored.uid in linked and not linked[stored.uid].found:
        messages.say("warning: that recording is not in the project's folder")
    messages.next_step(f"qualcode transcripts show {messages.typed(stored.name)}")


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
    from qualcode.services.intake.recordings import recordings_of

    with call.store() as store:
        gone = listing.remove_transcript(store, name, by=call.coder_or_script(store), at=now())
    if as_json:
        output.json_value(records.transcript(gone, recordings_of([gone], call.folder())))
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
@click.option(
    "--same-as",
    metavar="LABEL",
    help='Of which label it is another spelling; "" takes that back.',
)
@options.as_json
@pass_call
def speaker(
    call: Call,
    *,
    name: str,
    label: str,
    role: str | None,
    participant: str | None,
    same_as: str | None,
    as_json: bool,
) -> None:
    """Say what a speaker is, and which participant, or that two labels are one speaker.

    LABEL is how the transcript calls them.

    \b
    Example:
      qualcode transcripts speaker P07 "Speaker 2" --participant P07
      qualcode transcripts speaker P07 Checheur --same-as Chercheur
    """
    if role is None and participant is None and same_as is None:
        raise click.UsageError("Give --role, --participant, or both; or --same-as.")
    if same_as is not None and (role is not None or participant is not None):
        raise click.UsageError("--same-as stands alone: say the rest of the label that is meant.")
    from qualcode.model.people import Role
    from qualcode.services import listing

    with call.store() as store:
        who = listing.set_speaker(
            store,
            name,
            label,
            role=None if role is None else Role(role),
            participant=participant,
            same_as=same_as,
            by=call.coder_or_script(store),
            at=now(),
        )
    if as_json:
        output.json_value(records.speaker(who))
    whose = f" {who.participant}" if who.participant else ""
    if same_as is None:
        messages.say(f"{name}: the speaker is now {who.role}{whose}")
    else:
        messages.say(f"{name}: the label is {'read as the other' if same_as else 'its own again'}")
    messages.next_step(f"qualcode transcripts show {messages.typed(name)}")


@transcripts.command()
@click.argument("name", metavar="[TRANSCRIPT]", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Print the table that import --aliases takes.")
@options.as_json
@pass_call
def aliases(call: Call, *, name: str | None, as_csv: bool, as_json: bool) -> None:
    """Find labels that look like another spelling of one speaker.

    They are proposals: what is right is said with `transcripts speaker --same-as`, or for many
    transcripts in a table that `import --aliases` takes: print it, strike what is wrong, and give
    it. Without TRANSCRIPT, in all of them.

    \b
    Example:
      qualcode transcripts aliases P07
      qualcode transcripts aliases --csv
    """
    from qualcode.services.intake.aliases import suggestions, table_of

    with call.store() as store:
        found = suggestions(store, name)
    if as_json:
        output.json_value([records.suggestion(one) for one in found])
        return
    if as_csv:
        output.raw(table_of(found))
        return
    if not found:
        messages.say("no label looks like another spelling")
        return
    output.table(
        ("TRANSCRIPT", "LABEL", "SAME AS", "LIKENESS"),
        [(one.transcript, one.label, one.same_as, round(one.likeness)) for one in found],
    )
    messages.next_step("qualcode transcripts speaker TRANSCRIPT LABEL --same-as LABEL")


def _few_speakers(stored: StoredTranscript) -> str:
    """The first speakers, and how many more there are: a file of lines may take each for one."""
    few = list(islice(_speakers(stored), _MOST_SPEAKERS))
    more = len(stored.speakers) - len(few)
    return ", ".join([*few, f"and {more:,} more"] if more else few)


def _speakers(stored: StoredTranscript) -> Iterator[str]:
    for who in stored.speakers:
        whose = f" {who.participant}" if who.participant else ""
        also = f", also {', '.join(who.spellings)}" if who.spellings else ""
        yield f"{who.label} ({who.role}{whose}{also})"


def _state(recording: Recording) -> str:
    """The length of a recording, or what is to be said instead."""
    from qualcode.text.locators import clock

    if recording.ms is not None:
        return clock(recording.ms)
    return "there" if recording.found else "not there"


def _facts(shown: ShownTranscript, recording: Recording | None) -> Iterator[tuple[str, object]]:
    from qualcode.text.locators import from_to

    stored = shown.record
    yield "transcript", stored.name
    yield "version", stored.version
    if len(shown.versions) > 1:
        yield from (("", line) for line in _version_lines(shown.versions))
    yield "file", stored.file
    yield "format", ", ".join(part for part in (stored.format, stored.encoding) if part)
    yield "made by", stored.producer
    yield "interviewed", stored.interviewed
    if recording is not None:
        yield "recording", f"{recording.file} ({_state(recording)})"
    yield "language", stored.language
    yield "words", f"{stored.words:,} in {stored.characters:,} characters"
    yield "turns", f"{stored.turns:,}"
    if (stored.first_ms, stored.last_ms) != (None, None):
        yield "times", from_to(stored.first_ms, stored.last_ms)
    yield "codings", f"{stored.codings:,}"
    yield "waiting", f"{stored.waiting:,}" if stored.waiting else None
    yield from stored.attributes.items()
    yield "not asked", ", ".join(shown.not_asked)
    for who in _speakers(stored):
        yield "speaker", who


def _version_lines(versions: Sequence[ShownVersion]) -> Iterator[str]:
    """A line a version: when it came, from whom, and which file it was."""
    for one in versions:
        now_it = ", the current one" if one.is_current else ""
        yield f"{one.number}: {one.at:%Y-%m-%d %H:%M} UTC, {one.by}, {one.file}{now_it}"


def _turn_lines(shown: ShownTranscript) -> Iterator[str]:
    """The words by turns, each with its number, time, characters and speaker.

    Where a paragraph within a turn has a time of its own, that stands before its words.
    """
    from qualcode.text.locators import clock

    width = output.width_cells() - 4
    marked = {mark.offset: mark.at_ms for mark in shown.text.marks}
    for turn in shown.text.turns:
        start_ms = marked.get(turn.start, turn.start_ms)
        time = "" if start_ms is None else f"  {clock(start_ms)}"
        who = f"  {output.plain(turn.speaker)}" if turn.speaker else ""
        yield ""
        yield f"¶{turn.n}{time}  [{turn.start}:{turn.end}]{who}"
        at = turn.start
        for paragraph in shown.text.text[turn.start : turn.end].split("\n"):
            timed = at != turn.start and at in marked
            words = f"{clock(marked[at])} {paragraph}" if timed else paragraph
            yield from (f"    {line}" for line in output.wrapped(words, width))
            at += len(paragraph) + 1


for _command in (revise, review, settle):
    transcripts.add_command(_command)
