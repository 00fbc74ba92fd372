"""The screens, and the same work in plain lines: what they stand on, and how they end."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import messages, output
from qualcode.cli.context import (
    Call,
    debugging,
    given_passphrase,
    now,
    pass_call,
    remember_coder,
    variables,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

    from qualcode.errors import QualcodeError
    from qualcode.store.store import Store
    from qualcode.tui.app import Cells, QualcodeApp
    from qualcode.tui.looks import ColourMode
    from qualcode.tui.own.desk import Desk
    from qualcode.tui.own.surroundings import Surroundings

_LOCK_WAIT_MS: Final = 2000
"""How long an act waits for another writer: a person looks at the screen meanwhile."""

_DEMO: Final = "qualcode-demo"
_LINE_CELLS: Final = 80
_CANNOT_DRAW: Final = frozenset({"dumb", "unknown"})
_ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Signals that end a program; the last is that of a terminal that was closed."""

_TO_CHART: Final = "qualcode matrix -o matrix.docx --cells both"

_SOME_FAILED: Final = 1


@click.command()
@click.argument("transcript", required=False)
@click.option("--plain", is_flag=True, help="In lines: for screen readers, pipes, dumb terminals.")
@pass_call
def code(call: Call, *, transcript: str | None, plain: bool) -> int:
    """Code transcripts in the terminal, by keyboard.

    Without TRANSCRIPT you begin where you stopped. F1 shows the keys; every act is saved at once.
    With --plain you type commands, or pipe them in, and read lines: help lists them.

    \b
    Example:
      qualcode code
      qualcode code P07
      qualcode code P07 --plain
    """
    if not plain:
        _check_terminal()
    with _project(call) as store:
        return _in_lines(call, store, transcript) if plain else _drawn(call, store, transcript)


@contextmanager
def _project(call: Call) -> Iterator[Store]:
    """The project that is meant; where there is none, the worked example if somebody wants it."""
    from qualcode.errors import ProjectNotGivenError
    from qualcode.services import projects

    try:
        place = call.place()
    except ProjectNotGivenError as problem:
        if problem.found or not _is_terminal():
            raise
        example = _worked_example()
        if example is None:
            raise
        place = example
    with projects.open_project(
        place, lock_wait_ms=_LOCK_WAIT_MS, passphrase=given_passphrase()
    ) as store:
        yield store


def _worked_example() -> str | None:
    """The worked example, made where it is not there yet; None where somebody wants it not."""
    from qualcode.services import example, projects

    folder = Path(_DEMO)
    if folder.exists():
        question = f"No project here. Begin with the one in ./{_DEMO}?"
    else:
        question = f"No project here. Make the worked example in ./{_DEMO} and begin with it?"
    if not click.confirm(question, default=True, err=True):
        return None
    if not folder.exists():
        with messages.progress("making the example") as progress:
            return example.make_demo(folder, at=now(), progress=progress).place
    return projects.find_project(str(folder), environment=None, folder=Path.cwd())


# -- the screen -----------------------------------------------------------------------------------


def _drawn(call: Call, store: Store, transcript: str | None) -> int:
    """The coding screen, until it is left."""
    from qualcode.services import listing

    if transcript is not None:
        transcript = listing.show_transcript(store, transcript).record.name
    return _run(call, store, transcript=transcript)


def _run(
    call: Call, store: Store, *, transcript: str | None = None, cells: Cells | None = None
) -> int:
    """The screens, until they are left, and what was done there."""
    from qualcode.services.work import sitting

    coder = call.coder(store) if call.known_coder(store) else None
    begun = sitting.begin(store)
    # 0.2 s and 20 MB: all that can be wrong before was said before.
    from qualcode.tui.app import make_app

    around = _surroundings(store)
    app = make_app(store, coder, surroundings=around, transcript=transcript, cells=cells)
    with _leaving_in_order(app):
        app.run()
    for sentence in app.said_at_the_end:
        messages.say(sentence)
    if app.sat:
        _say_what_was_done(call, store, begun, coders=app.sat, summaries=cells is not None)
    if app.return_code == messages.INTERRUPTED:
        raise KeyboardInterrupt
    return app.return_code or 0


@contextmanager
def _leaving_in_order(app: QualcodeApp) -> Iterator[None]:
    """Signals that end a program end the screen first, so that the terminal is as it was."""

    def leave(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.default_int_handler)  # whoever insists is not kept waiting
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # nothing is drawn yet, or no longer
            raise KeyboardInterrupt from None
        loop.call_soon_threadsafe(app.exit, None, messages.INTERRUPTED)

    before = {one: signal.signal(one, leave) for one in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@click.command("write")
@click.argument("case", required=False)
@click.argument("theme", required=False)
@click.option(
    "--rows",
    metavar="NAME",
    help="What a case is: participant, transcript, or an attribute such as place.",
)
@click.option("--plain", is_flag=True, help="In lines: for screen readers, pipes, dumb terminals.")
@pass_call
def write_summaries(
    call: Call, *, case: str | None, theme: str | None, rows: str | None, plain: bool
) -> int:
    """Write summaries in the terminal, beside the passages they rest on.

    Shows all cells of cases and themes; with CASE and THEME you begin in that one. Words are kept
    as you type. With --plain you type commands, or pipe them in, and read lines: help lists them.

    \b
    Example:
      qualcode summaries write
      qualcode summaries write P07 funding
      qualcode summaries write P07 funding --plain
    """
    from qualcode.services.summaries.sheet import sheet_at

    if not plain:
        _check_terminal("qualcode summaries write --plain")
    with _project(call) as store:
        if plain:
            return _summaries_in_lines(call, store, case, theme, rows)
        return _run(call, store, cells=sheet_at(store, case, theme, rows=rows))


# -- plain lines ----------------------------------------------------------------------------------


def _in_lines(call: Call, store: Store, transcript: str | None) -> int:
    """The same work in lines, until they end; 1 where one of them could not be done."""
    from qualcode.services import projects
    from qualcode.services.work import sitting
    from qualcode.services.work.coding_session import CodingSession
    from qualcode.services.work.sentencing import InProcess
    from qualcode.tui.own.desk import Desk
    from qualcode.tui.plain.lines import Plain

    coder = call.coder(store)
    around = _surroundings(store)
    desk = Desk.of(around.config, project=projects.project_facts(store).uid, coder=coder)
    if desk.bad:
        messages.say(desk.bad)
    name = transcript or _chosen_transcript(store, desk)
    session = CodingSession.open(store, name, coder=coder)
    begun = sitting.begin(store)
    plain = Plain(
        session,
        surroundings=around,
        desk=desk,
        sentences=InProcess(),
        say=_say_line,
        complain=_complain,
    )
    failures = plain.run(_typed_lines())
    _say_what_was_done(call, store, begun, coders=[coder])
    return _SOME_FAILED if failures else 0


def _summaries_in_lines(
    call: Call, store: Store, case: str | None, theme: str | None, rows: str | None
) -> int:
    """Summaries in lines, until they end; 1 where one of them could not be done."""
    from qualcode.services.summaries.sheet import sheet_at
    from qualcode.tui.plain.summaries import PlainSummaries

    coder = call.coder(store)
    sheet, place = sheet_at(store, case, theme, rows=rows)
    plain = PlainSummaries(
        store, sheet, place, coder=coder, clock=now, say=_say_line, complain=_complain
    )
    failures = plain.run(_typed_lines())
    messages.next_step("qualcode summaries list", _TO_CHART)
    return _SOME_FAILED if failures else 0


def _chosen_transcript(store: Store, desk: Desk) -> str:
    """The transcript that was open last, else the only one, else the one that somebody names."""
    from qualcode.services import listing

    records = listing.list_transcripts(store)
    last = [record.name for record in records if record.uid == desk.last]
    if last or len(records) == 1:
        return last[0] if last else records[0].name
    for record in records:
        _say_line(f"{record.name}, {messages.count(record.words, 'word')}")
    if not records:
        messages.say("there is no transcript yet")
        messages.next_step("qualcode import transcripts")
    if not records or not _is_terminal():
        raise click.UsageError("Give a TRANSCRIPT.")
    return str(click.prompt("Which transcript?", err=True)).strip()


def _typed_lines() -> Iterator[str]:
    """What is typed, after a prompt on a terminal; what comes through a pipe, without."""
    if _is_terminal():
        while True:
            try:
                line = input("> ")
            except EOFError:
                output.lines([""])
                return
            yield line
    if hasattr(sys.stdin, "reconfigure"):
        # A line that is no UTF-8 is refused when it is obeyed, under its own number.
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    for line in sys.stdin:
        yield line.rstrip("\r\n").removeprefix("\ufeff")


def _say_line(line: str) -> None:
    """One line; folded where a terminal would cut it in the middle of a word."""
    if sys.stdout.isatty():
        output.lines(output.wrapped(line, min(output.width_cells(), _LINE_CELLS)))
    else:
        output.lines([output.plain(line)])


def _complain(number: int, problem: QualcodeError) -> None:
    """What is wrong with a line; on a terminal it stands right above."""
    messages.say(f"{problem}" if _is_terminal() else f"line {number}: {problem}")


# -- what both stand on ---------------------------------------------------------------------------


def _say_what_was_done(
    call: Call, store: Store, begun: int, *, coders: Sequence[str], summaries: bool = False
) -> None:
    """One line for everybody who sat here, and what comes next.

    Whoever came to write summaries is told of codings only where they made any.
    """
    from qualcode.services.work import sitting

    for coder in coders:
        done = sitting.done_since(store, begun, coder=coder)
        if summaries and not (done.put_on or done.taken_off):
            messages.say(f"{coder}: all is saved")
            continue
        put_on = messages.count(done.put_on, "coding")
        messages.say(f"{coder}: {put_on} put on, {done.taken_off:,} taken off; all is saved")
    if summaries:
        messages.next_step("qualcode summaries list", _TO_CHART)
    else:
        messages.next_step(call.again("code"), "qualcode quotes")


def _surroundings(store: Store) -> Surroundings:
    """What the screen is told of this machine and this terminal."""
    from qualcode.services import projects
    from qualcode.tui.own.surroundings import Surroundings

    known = variables()
    return Surroundings(
        folder=projects.project_folder(store.where, working_folder=Path.cwd()),
        config=Path(click.get_app_dir("qualcode")),
        clock=now,
        remember_coder=lambda name: remember_coder(store, name),
        colours=colours(known, windows=sys.platform == "win32"),
        dark=is_dark(known),
        slow=bool(known.get("SSH_CONNECTION") or known.get("SSH_TTY")),
        debugging=debugging(),
    )


def colours(known: Mapping[str, str], *, windows: bool = False) -> ColourMode:
    """How many colours a terminal shows, by what its environment says."""
    from qualcode.tui.looks import ColourMode

    term = known.get("TERM", "").lower()
    if known.get("NO_COLOR") or term.startswith("vt"):
        return ColourMode.MONO
    if known.get("COLORTERM", "").lower() in ("truecolor", "24bit") or term.endswith("-direct"):
        return ColourMode.TRUE
    if "256" in term:
        return ColourMode.C256
    return ColourMode.TRUE if windows else ColourMode.ANSI


def is_dark(known: Mapping[str, str]) -> bool:
    """False where the terminal says that its ground is light: COLORFGBG ends in its number."""
    ground = known.get("COLORFGBG", "").rpartition(";")[2]
    return ground not in ("7", "15")


def _check_terminal(plain: str = "qualcode code --plain") -> None:
    """Raises NotATerminalError, which names the plain twin, where a screen could not be drawn."""
    from qualcode.errors import NotATerminalError

    if not _is_terminal():
        raise NotATerminalError(plain=plain)
    if variables().get("TERM", "").lower() in _CANNOT_DRAW:
        raise NotATerminalError(cannot_draw=True, plain=plain)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
