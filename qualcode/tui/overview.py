"""How far a study is, in words and bars: what home and the list of transcripts say.

Plain functions on values, so what they say is tested without a screen. `load` is for a thread: it
reads the whole study.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text

from qualcode.text.counting import counted
from qualcode.tui.transcript.cells import fit

if TYPE_CHECKING:
    from qualcode.services.work.progress import CoderProgress, Overview, TranscriptProgress
    from qualcode.store.store import Store
    from qualcode.tui.own.desk import Desk
    from qualcode.tui.own.keymap import Keymap

BAR_CELLS = 12
_NAME_CELLS = 16


@dataclass(frozen=True, slots=True)
class Stopped:
    """Where a coder stopped: the transcript, and the place as it is cited."""

    transcript: str
    locator: str


@dataclass(frozen=True, slots=True)
class Study:
    """All that home says; `stopped` is None where this coder has not begun here.

    `summaries` are all that are written, `final` those of them that are. `newest` is
    the number of the newest event that is in it.
    """

    overview: Overview
    newest: int
    themes: int
    codes: int
    stopped: Stopped | None
    backup: datetime | None
    summaries: int = 0
    final: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A thing to do next: the command for it, its words, and what is said beside them."""

    command: str
    title: str
    beside: str = ""


def load(store: Store, *, coder: str, desk: Desk) -> Study:
    """The study as one coder stands to it. Raises StoreError."""
    # spaCy is far away, but SQLAlchemy comes with these: 0.2 s that the first picture needs not.
    from qualcode.model.summary import SummaryStatus
    from qualcode.services import keeping
    from qualcode.services.book import codebooks
    from qualcode.services.retrieval import browsing
    from qualcode.services.summaries import sheet
    from qualcode.services.work import progress

    newest = browsing.newest_event(store)  # first: what comes between is then read once more
    overview = progress.overview(store, coder=coder)
    shown = codebooks.show_codebook(store)
    codes = [code for code in shown.codebook.codes if code.id not in shown.retired]
    summaries = sheet.written(store)
    stopped = next((t for t in overview.transcripts if t.record.uid == desk.last), None)
    return Study(
        overview=overview,
        newest=newest,
        themes=sum(code.parent is None for code in codes),
        codes=len(codes),
        stopped=None if stopped is None else _stopped(store, stopped, desk),
        backup=keeping.last_backup(store),
        summaries=sum(summaries.values()),
        final=summaries.get(SummaryStatus.FINAL, 0),
    )


def _stopped(store: Store, progress: TranscriptProgress, desk: Desk) -> Stopped:
    from qualcode.services.listing import show_transcript
    from qualcode.services.places import PlacedText

    record = progress.record
    place = desk.place(record.uid, record.version_uid)
    if place is None:
        return Stopped(record.name, record.name)
    shown = show_transcript(store, record.name)
    return Stopped(record.name, PlacedText(record.name, shown.text).locator(place.start))


# -- words ----------------------------------------------------------------------------------------


def bar(done: int, whole: int, cells: int = BAR_CELLS) -> str:
    """A bar: thick for what is done; full only when all is done, empty only when nothing is."""
    if not whole:
        return "─" * cells
    full = done * cells // whole
    if done:
        full = max(1, full)
    return "━" * full + "─" * (cells - full)


def percent(done: int, whole: int) -> str:
    """The share in words, `0 %` where there is nothing to do."""
    return f"{100 * done // whole if whole else 0} %"


def steps(study: Study, keys: Keymap) -> tuple[Step, ...]:
    """What can be done next, the likeliest first; `keys` are those of whoever reads it."""
    transcripts = study.overview.transcripts
    finished = sum(t.status == "finished" for t in transcripts)
    codings = sum(coder.codings for coder in study.overview.coders)
    return (
        _continue(study, keys),
        *_waiting(sum(one.record.waiting for one in transcripts)),
        Step(
            "everywhere.transcripts",
            "Transcripts",
            f"{len(transcripts)}, {finished} of them finished by you"
            if transcripts
            else "none yet: qualcode import transcripts",
        ),
        Step(
            "everywhere.codebook",
            "Codebook",
            f"{counted(study.codes, 'code')}, {counted(study.themes, 'theme')} among them"
            if study.codes
            else keys.fill("no codes yet: {codebook.add} there adds one"),
        ),
        Step(
            "everywhere.quotes",
            "Quotes",
            counted(codings, "coded passage") if codings else "nothing is coded yet",
        ),
        Step("everywhere.summaries", "Summaries", _summaries(study)),
        Step("home.practise", "Practise", "two minutes on an invented interview"),
    )


def _summaries(study: Study) -> str:
    if not study.summaries:
        return "none yet: what each case says on each theme"
    return f"{study.summaries:,} written, {study.final:,} of them final"


def _waiting(count: int) -> tuple[Step, ...]:
    """To say where codings belong that a correction left without a place, where there are any."""
    if not count:
        return ()
    title = "1 passage waits" if count == 1 else f"{count:,} passages wait"
    return (Step("everywhere.review", title, "since a transcript was corrected"),)


def _continue(study: Study, keys: Keymap) -> Step:
    if study.stopped is not None:
        return Step("home.continue", f"Continue with {study.stopped.locator}")
    waiting = [t for t in study.overview.transcripts if t.status != "finished"]
    if waiting:
        return Step("home.continue", f"Begin with {waiting[0].record.name}")
    if study.overview.transcripts:
        beside = keys.fill("{home.open} opens the list")
        return Step("home.continue", "All transcripts are finished", beside)
    return Step("home.continue", "No transcripts yet", "first: qualcode import transcripts")


def report(study: Study, *, coder: str, now: datetime, width: int) -> Text:
    """What is left, how far everybody is, and when a copy was made; a row each."""
    rows = [_left(study.overview.transcripts), Text()]
    coders = sorted(study.overview.coders, key=lambda one: (one.name != coder, one.name))
    rows += [_coder_row(one, coder, len(study.overview.transcripts), width) for one in coders]
    rows += [Text(), Text(_backup(study.backup, now))]
    for row in rows:
        row.truncate(width, overflow="ellipsis")
    return Text("\n").join(rows)


def _left(transcripts: Sequence[TranscriptProgress]) -> Text:
    waiting = [t for t in transcripts if t.status != "finished"]
    answers = sum(t.answers - t.coded for t in waiting)
    if not transcripts:
        return Text("Transcripts come in from the command line: qualcode import transcripts")
    if not waiting:
        return Text("Left to do: nothing, you have finished every transcript.")
    where = counted(len(waiting), "transcript")
    return Text(f"Left to do: {counted(answers, 'answer')} without a code, in {where}.")


def _coder_row(one: CoderProgress, coder: str, transcripts: int, width: int) -> Text:
    name = f"{one.name} (you)" if one.name == coder else one.name
    row = Text(f"{fit(name, _NAME_CELLS):<{_NAME_CELLS}} ", end="")
    row.append(bar(one.coded, one.answers, BAR_CELLS if width < 90 else 2 * BAR_CELLS))
    row.append(f" {percent(one.coded, one.answers):>5} coded")
    row.append(f"  {counted(one.codings, 'coding')}, {one.finished} of {transcripts} finished")
    return row


def _backup(made: datetime | None, now: datetime) -> str:
    if made is None:
        return "No backup beside the project yet: qualcode backup"
    days = (now - made).days
    when = "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
    return f"Last backup: {when}."
