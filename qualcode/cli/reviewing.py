"""Codings that wait since a transcript was corrected: listed with their words, and settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import changed_words, messages, options, output, records
from qualcode.cli.context import Call, now, pass_call
from qualcode.cli.import_report import renamed_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.services.correction.reviewing import Choice, Settled, Waiting, WaitingMemo
    from qualcode.store.store import Store

_WHY: Final = {
    # These two come late from another copy, or their words are back after a further correction.
    "carried": "to accept: its words are there",
    "adjusted": "to accept: its words are there, nearly the same",
    "check": "to check: its words changed much, or stand elsewhere now",
    "lost": "lost: its words are not there any more",
}
_ALIKE: Final = 75
"""What --accept-all takes unasked, of 100: two sentences of other words are often alike by 60."""

_OTHER_SPEAKER: Final = "to check: another speaks there now"


@click.command()
@click.argument("name", metavar="[TRANSCRIPT]", required=False)
@options.as_json
@pass_call
def review(call: Call, *, name: str | None, as_json: bool) -> None:
    """List codings, and memos on none of them, that a correction left without a place.

    Each with its words as they were, and those that are proposed in the corrected text.

    \b
    Example:
      qualcode transcripts review P07
    """
    from qualcode.services.correction import reviewing
    from qualcode.services.correction.renamed import renamed

    with call.store() as store:
        found = reviewing.waiting(store, name)
        memos = reviewing.waiting_memos(store, name)
        names = {one.transcript for one in found if one.other_speaker}
        others = [one for one in renamed(store) if one.transcript in names]
    if as_json:
        waiting = [records.waiting(one) for one in found]
        output.json_value([*waiting, *(records.waiting_memo(one) for one in memos)])
    else:
        output.lines(_waiting_lines((*found, *memos)))
        for one in others:
            output.lines(renamed_lines(one, output.width_cells() - 4))
    messages.say(f"{messages.count(len(found), 'coding')} {'waits' if len(found) == 1 else 'wait'}")
    if memos:
        wait = "waits" if len(memos) == 1 else "wait"
        messages.say(f"{messages.count(len(memos), 'memo')} {wait} beside them")
    if found or memos:
        _say_ways((*found, *memos), call)


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--accept", is_flag=True, help="Lay them on the words that are proposed.")
@click.option("--drop", is_flag=True, help="Take your own off; what you wrote on them stays.")
@options.span
@click.option("--quote", metavar="TEXT", help="Lay it on the words that say this now.")
@click.option(
    "--accept-all", is_flag=True, help="Accept every proposal with nearly the same words."
)
@click.option(
    "--at-least",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="With --accept-all: only words alike by so much, of 100, and of the same speakers.",
)
@click.option("--transcript", metavar="NAME", help="With --accept-all: only of this transcript.")
@options.dry_run
@options.as_json
@pass_call
def settle(
    call: Call,
    *,
    ids: tuple[str, ...],
    accept: bool,
    drop: bool,
    span: tuple[int, int] | None,
    quote: str | None,
    accept_all: bool,
    at_least: float | None,
    transcript: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Say where codings belong that wait since a correction, and memos that wait beside them.

    ID is what `transcripts review` shows under each. Where something else is proposed since then,
    nothing is done, and the review has another id.

    \b
    Example:
      qualcode transcripts settle --accept-all --at-least 80
    """
    from qualcode.services.correction import reviewing

    one_way = accept or drop or span is not None or quote is not None
    if bool(ids) is accept_all or one_way is accept_all:
        raise click.UsageError(
            "Give ID with one of --accept, --drop, --span and --quote, or --accept-all alone."
        )
    if not accept_all and (at_least is not None or transcript is not None):
        raise click.UsageError("--at-least and --transcript narrow --accept-all.")
    choice: Choice = "accept"
    if not accept_all:
        choice = reviewing.one_choice(ids, accept=accept, drop=drop, span=span, quote=quote)
    with call.store() as store:
        if accept_all:
            least = _ALIKE if at_least is None else at_least
            decisions = reviewing.proposals(_found(store, transcript), at_least=least)
        else:
            decisions = tuple(reviewing.Decision(ticket, choice) for ticket in ids)
        done = reviewing.settle(store, decisions, dry_run=dry_run, by=call.coder(store), at=now())
    if as_json:
        output.json_value(records.settled(done))
    _say_settled(done, dry_run=dry_run)


def _say_ways(found: Sequence[Waiting | WaitingMemo], call: Call) -> None:
    """The commands that settle what is there: to accept needs something that is proposed."""
    if any(one.place is not None for one in found):
        messages.next_step(call.again("transcripts settle ID --accept"))
    else:
        messages.next_step(
            call.again('transcripts settle ID --quote "the words now"'),
            call.again("transcripts settle ID --drop"),
        )


def _found(store: Store, transcript: str | None = None) -> tuple[Waiting | WaitingMemo, ...]:
    """What waits, codings first."""
    from qualcode.services.correction import reviewing

    return (
        *reviewing.waiting(store, transcript),
        *reviewing.waiting_memos(store, transcript),
    )


def _say_settled(done: Settled, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    if done.laid_on or not (done.dropped or done.memos):
        laid_on = messages.count(len(done.laid_on), "coding")
        messages.say(f"{would}laid on the corrected words: {laid_on}")
    if done.dropped:
        messages.say(f"{would}taken off: {messages.count(len(done.dropped), 'coding')}")
    if done.memos:
        messages.say(f"{would}settled beside them: {messages.count(done.memos, 'memo')}")
    messages.waiting(done.waiting)


def _waiting_lines(found: Sequence[Waiting | WaitingMemo]) -> Iterator[str]:
    """Each with where it was, why it waits, its old and its new words, and its id."""
    from qualcode.services.correction.reviewing import Waiting

    width = output.width_cells() - 9
    for n, one in enumerate(found):
        if n:
            yield ""
        place = f"{output.plain(one.locator)} of version {one.version}"
        if isinstance(one, Waiting):
            what, coder = one.code, one.coding.coder
        else:
            what, coder = "memo", one.memo.coder
        yield f"{place}  {output.plain(what)}  {output.plain(coder)}"
        yield f"    {_OTHER_SPEAKER if one.other_speaker else _WHY[one.outcome]}"
        if not isinstance(one, Waiting):
            yield from _labelled("memo", one.memo.body, width)
        compared = changed_words.whole(one)
        yield from _labelled("old", compared.old, width)
        if compared.new is not None:
            yield from _labelled("new", compared.new, width)
        if one.place is not None:
            alike = f"alike by {one.likeness:.0f} of 100"
            yield f"         [{one.place.start}:{one.place.end}] {alike}"
        yield f"    id   {one.id}"


def _labelled(label: str, words: str, width: int) -> Iterator[str]:
    for n, line in enumerate(output.wrapped(words, width)):
        yield f"    {'' if n else label:<4} {line}"
