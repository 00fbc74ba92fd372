"""How an import is told: lines for people, and the two questions that a terminal is asked."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import changed_words, messages, output
from qualcode.cli.records import OPEN_FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qualcode.model.transcript import StoredTranscript
    from qualcode.services.correction.carrying import Carrying, Revision
    from qualcode.services.correction.renamed import Renamed
    from qualcode.services.intake.aliases import Suggestion
    from qualcode.services.intake.duplicates import Duplicate, Treatment
    from qualcode.services.intake.importing import Account, FileWarning, ImportReport


class Person:
    """Whoever sits at the terminal, asked when all files are read.

    `before` is called before anything is said, so that no bar stands in the way.
    """

    def __init__(self, before: Callable[[], None]) -> None:
        self._before = before
        self.shown: ImportReport | None = None

    def confirm(self, report: ImportReport) -> bool:
        """Show what corrected files would do, and ask whether to go on."""
        self._before()
        self.shown = report
        output.lines(report_lines(report))
        question = f"{_changed(report)}. Take the corrected {_versions(report)}?"
        return click.confirm(question, default=False, err=True)

    def treat(self, double: Duplicate) -> Treatment:
        """Ask what becomes of a file that is much like a transcript."""
        from qualcode.services.intake.duplicates import Sameness, Treatment

        self._before()
        choices = [Treatment.KEEP, Treatment.LEAVE, Treatment.REVISE]
        meant = f"keep both, leave it out, or revise: it is the corrected '{double.other}'"
        if double.sameness is Sameness.BYTES:  # there is nothing to correct
            del choices[2]
            meant = "keep both, or leave it out"
        messages.say(f"{double.file}: {double.sentence}")
        chosen = click.prompt(
            f"What is to become of it? ({meant})",
            type=click.Choice([str(choice) for choice in choices]),
            default=str(Treatment.KEEP),
            err=True,
        )
        return Treatment(chosen)


def somebody_is_there() -> bool:
    """True where questions are seen and can be answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()


# -- lines ----------------------------------------------------------------------------------------


def report_lines(report: ImportReport) -> Iterator[str]:
    """What became of each file, with its warnings under it; first those of files without one."""
    warnings: dict[str, list[FileWarning]] = defaultdict(list)
    for warning in report.warnings:
        warnings[warning.file].append(warning)
    stored = {transcript.name: transcript for transcript in report.transcripts}
    revisions = {revision.transcript: revision for revision in report.revisions}
    told = {account.file for account in report.accounts}
    last_of = {account.name: account.file for account in report.accounts}
    for file, odd in warnings.items():
        if file not in told:
            yield file
            yield from _warning_lines(odd)
    for account in report.accounts:
        yield _heading(account)
        if last_of[account.name] != account.file:
            turns = messages.count(account.report.turns, "turn")
            yield f"    {turns}; corrected by {last_of[account.name]}"
        elif account.name in stored:
            yield from _cast_lines(stored[account.name])
        yield from _fact_lines(account)
        yield from _loss_lines(account)
        counted = _COUNTED.get(account.format, "line")
        yield from _warning_lines(warnings.get(account.file, ()), counted)
        if account.name in revisions and last_of[account.name] == account.file:
            yield from _revision_lines(revisions[account.name])
            for one in report.renamed:
                if one.transcript == account.name:
                    yield from renamed_lines(one, output.width_cells() - 4)
    yield from _suggestion_lines(report.suggestions)


def _heading(account: Account) -> str:
    encoding = f", {account.encoding}" if account.encoding else ""
    return f"{account.name}  {account.file} ({account.format}{encoding})"


def _times(stored: StoredTranscript) -> str:
    from qualcode.text.locators import from_to

    known = (stored.first_ms, stored.last_ms)
    if known == (None, None):
        return "no times"
    return f"times {from_to(*known)}" if None in known else from_to(*known)


_MOST_SPEAKERS: Final = 12
"""More people seldom speak in an interview; more labels are other words, mostly."""


def _cast_lines(stored: StoredTranscript) -> Iterator[str]:
    yield (
        f"    {messages.count(stored.turns, 'turn')}, "
        f"{messages.count(stored.words, 'word')}, {_times(stored)}"
    )
    for speaker in stored.speakers[:_MOST_SPEAKERS]:
        whose = f" {speaker.participant}" if speaker.participant else ""
        label = output.plain(speaker.label)
        yield f"    {label}: {speaker.role}{whose}, {messages.count(speaker.turns, 'turn')}"
    if (more := len(stored.speakers) - _MOST_SPEAKERS) > 0:
        yield f"    and {more:,} more: are these labels of speakers?"


def _fact_lines(account: Account) -> Iterator[str]:
    """What the file says of itself; what may be a name is shown on a terminal, and kept nowhere."""
    if account.facts:
        seen = sys.stdout.isatty()
        said = "; ".join(
            f"{fact} {output.plain(value)}" if seen or fact in OPEN_FACTS else f"{fact} (not shown)"
            for fact, value in account.facts.items()
        )
        yield f"    the file says: {said}"


def _loss_lines(account: Account) -> Iterator[str]:
    report = account.report
    aside: dict[str, int] = defaultdict(int)
    for unit in report.set_aside:
        aside[unit.kind] += 1
    if aside:
        yield f"    set aside: {_by_kind(aside)}"
    if report.dropped:
        yield f"    characters left out: {_by_kind(report.dropped)}"


def _by_kind(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{kind} {number:,}" for kind, number in numbers.items())


_COUNTED: Final = {
    **dict.fromkeys(("docx", "odt", "rtf", "html", "otr"), "paragraph"),
    **dict.fromkeys(("xlsx", "ods"), "row"),
    "json": "segment",
}
"""What the number of a warning counts in formats that have no lines."""


def _warning_lines(warnings: Sequence[FileWarning], counted: str = "line") -> Iterator[str]:
    for warning in warnings:
        place = "" if warning.line is None else f" {counted} {warning.line}:"
        yield f"    warning:{place} {warning.message}"


def _suggestion_lines(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """Labels that look like one speaker; nothing is done about them unasked."""
    if suggestions:
        yield "labels that look like one speaker, to be said with transcripts speaker --same-as:"
    for one in suggestions:
        label, same_as = output.plain(one.label), output.plain(one.same_as)
        yield f"    {one.transcript}: {label} may be {same_as} ({one.likeness:.0f} of 100)"


def _revision_lines(revision: Revision) -> Iterator[str]:
    """What a correction does to the codings; those that were carried are only counted."""
    from qualcode.text.anchoring import Outcome

    total = messages.count(len(revision.carryings), "coding")
    codings = f"{total}: {_counts([revision])}" if revision.carryings else "no codings"
    yield f"    version {revision.version} follows version {revision.follows}; {codings}"
    if revision.respoken.turns:
        yield f"    {_respoken(revision.respoken.turns)}"
    for carrying in revision.carryings:
        if carrying.outcome is not Outcome.CARRIED:
            yield from _carrying_lines(carrying)


def renamed_lines(renamed: Renamed, width: int) -> Iterator[str]:
    """That codings wait for no more than a label, and the two commands that settle it."""
    name, label = output.plain(renamed.transcript), output.plain(renamed.label)
    code = renamed.participant
    yield from (
        f"    {line}"
        for line in output.wrapped(
            f"the label of {code} is gone, and {label} is new: their codings wait. If {label} is "
            f"{code}, say so, and accept what is proposed:",
            width,
        )
    )
    typed = messages.typed
    who = f"{typed(name)} {typed(label)} --participant {typed(code)}"
    yield f"      qualcode transcripts speaker {who}"
    yield f"      qualcode transcripts settle --accept-all --transcript {typed(name)}"


def unseen_lines(report: ImportReport, shown: ImportReport) -> Iterator[str]:
    """What became of codings that were no part of what a person said yes to."""
    seen = {carrying for revision in shown.revisions for carrying in revision.carryings}
    for revision in report.revisions:
        for carrying in revision.carryings:
            if carrying not in seen:
                yield from _carrying_lines(carrying)


def _carrying_lines(carrying: Carrying) -> Iterator[str]:
    coding = carrying.coding
    why = ", for another speaks there" if carrying.other_speaker else ""
    code, coder = output.plain(carrying.code), output.plain(coding.coder)
    where = f"{output.plain(carrying.locator)}  {code}  ({coder})"
    yield f"    {_OUTCOMES[carrying.outcome]}{why}: {where}{_proposed(carrying)}"
    compared = changed_words.window(carrying)
    yield f"        old: {compared.old}"
    if compared.new is not None:
        yield f"        new: {compared.new}"
    if compared.more:
        yield f"             and {messages.count(compared.more, 'more difference')}"


def _proposed(carrying: Carrying) -> str:
    """How alike the words are that somebody is to look at, and where, if that is elsewhere."""
    from qualcode.text.anchoring import Outcome

    if carrying.outcome is not Outcome.CHECK or carrying.new_locator is None:
        return ""
    alike = f"alike by {carrying.likeness:.0f} of 100"
    if carrying.new_locator == carrying.locator:
        return f"   {alike}"
    return f"   proposed: {output.plain(carrying.new_locator)}, {alike}"


# -- sentences ------------------------------------------------------------------------------------

_DRY_RUN: Final = " (a dry run: nothing was written)"
"""What follows the totals of an import that was taken back."""

_OUTCOMES: Final = {
    "carried": "carried",
    "adjusted": "adjusted",
    "check": "to check",
    "lost": "lost",
}


def _counts(revisions: Sequence[Revision]) -> str:
    """How many codings there are of each outcome that there is; "" where there are none."""
    counts = Counter(str(one.outcome) for revision in revisions for one in revision.carryings)
    return ", ".join(
        f"{counts[outcome]:,} {said}" for outcome, said in _OUTCOMES.items() if counts[outcome]
    )


def _codings(report: ImportReport) -> str:
    """What becomes of the codings, and whether other people speak now."""
    counts = _counts(report.revisions)
    turns = sum(revision.respoken.turns for revision in report.revisions)
    codings = f"codings: {counts}" if counts else "no codings"
    return f"{codings}; {_respoken(turns)}" if turns else codings


def _respoken(turns: int) -> str:
    another = "is another speaker's" if turns == 1 else "are another speaker's"
    return f"{messages.count(turns, 'turn')} {another} than before"


def _changed(report: ImportReport) -> str:
    """How many transcripts have another version, and what that does to their codings."""
    changed = messages.count(report.revised, "transcript")
    has = "has" if report.revised == 1 else "have"
    return f"{changed} {has} changed; {_codings(report)}"


def _versions(report: ImportReport) -> str:
    return "version" if report.revised == 1 else "versions"


def say_totals(
    report: ImportReport, *, stopped: bool, dry_run: bool, shown: ImportReport | None = None
) -> None:
    """What it has come to, and which command comes next; `shown` is what a person said yes to."""
    if stopped:
        files = {one.file for one in report.rejected}
        them = "it" if len(files) == 1 else "them"
        messages.say(
            f"nothing was imported: {_files([*files])} cannot come in. Mend {them}, leave "
            f"{them} out, or run again with --keep-going."
        )
    elif report.unconfirmed:
        messages.say(
            f"nothing was written: {_changed(report)}. "
            f"To take the corrected {_versions(report)}, run again with --yes."
        )
    elif not (report.imported or report.revised):
        _say_nothing_new(report, dry_run=dry_run)
    else:
        parts = [_imported(report)] if report.imported else []
        parts += [f"{messages.count(report.revised, 'transcript')} revised"] * bool(report.revised)
        parts += [f"{report.unchanged:,} unchanged"] * bool(report.unchanged)
        out = [*{one.file for one in report.rejected}, *report.left_out]
        parts += [f"{_files(out)} left out"] * bool(out)
        is_news = shown is None or _codings(shown) != _codings(report)
        codings = f"; {_codings(report)}" if report.revised and is_news else ""
        messages.say(f"{', '.join(parts)}{codings}{_DRY_RUN * dry_run}")
        if report.waiting_before:
            wait = "waits" if report.waiting_before == 1 else "wait"
            messages.say(f"{report.waiting_before:,} more {wait} since before")
        if report.written:
            _say_next(report)


def _imported(report: ImportReport) -> str:
    return f"{messages.count(report.imported, 'transcript')} imported"


def _files(left: Sequence[object]) -> str:
    return messages.count(len(left), "file")


def _say_nothing_new(report: ImportReport, *, dry_run: bool) -> None:
    out = [*{one.file for one in report.rejected}, *report.left_out]
    left = f"; {_files(out)} left out" if out else ""
    unchanged = (
        f"{messages.count(report.unchanged, 'transcript')} {_be(report.unchanged)} unchanged"
    )
    if report.brought_up_to_date:
        known = f"{unchanged}, and " if report.unchanged else ""
        of_them = " of them" if report.unchanged else ""
        told = f"what the tables given say{of_them} was written"
        messages.say(f"no new words: {known}{told}{left}{_DRY_RUN * dry_run}")
    elif not (report.unchanged or out):
        messages.say("nothing was imported: there is no transcript in what was given")
    elif report.unchanged:
        messages.say(f"nothing new: {unchanged}{left}")
    else:
        messages.say(f"nothing was imported{left}")


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _say_next(report: ImportReport) -> None:
    from qualcode.text.anchoring import Outcome

    waiting = report.waiting_before or any(
        carrying.outcome in (Outcome.CHECK, Outcome.LOST)
        for revision in report.revisions
        for carrying in revision.carryings
    )
    if waiting:
        messages.next_step("qualcode transcripts review")
    elif report.imported:
        messages.next_step("qualcode transcripts list", "qualcode participants list")
