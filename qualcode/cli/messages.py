"""All that is said to the person at the keyboard, on stderr: sentences, warnings, progress.

Nothing here is data, so a pipe stays clean. There is no colour, and a bar only on a terminal.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from qualcode.text.counting import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qualcode.errors import QualcodeError

INTERRUPTED: Final = 130
"""What the shell says of a program that a person stopped: 128 and the number of the signal."""

_OWN_FAULT: Final = 1

count = counted


def say(sentence: str) -> None:
    """One sentence."""
    click.echo(sentence, err=True)


def warn(sentences: Iterable[str]) -> None:
    """Sentences about what is odd but was done."""
    for sentence in sentences:
        say(f"warning: {sentence}")


def problem(error: QualcodeError) -> None:
    """What is wrong, where, and how to mend it."""
    say(str(error))


def not_searched(transcripts: int) -> None:
    """That some words were not looked at, whatever was asked for."""
    if transcripts:
        say("words of withheld participants are not searched")


def withheld(codings: int) -> None:
    """That something is missing, and why, where something is."""
    if codings:
        are = "is" if codings == 1 else "are"
        say(f"{count(codings, 'coding')} on words of withheld participants {are} not shown")


def waiting(codings: int) -> None:
    """That codings are missing which nobody has found a place for since a correction, if any."""
    if codings:
        left_out = "waits, and is left out" if codings == 1 else "wait, and are left out"
        say(
            f"warning: {count(codings, 'coding')} on corrected transcripts {left_out}; "
            "see: qualcode transcripts review"
        )


def next_step(*commands: str) -> None:
    """Which commands come next."""
    say("next:")
    for command in commands:
        say(f"  {command}")


def typed(path: object) -> str:
    """A path as it has to be typed."""
    import shlex

    return shlex.quote(str(path))


def interrupted() -> int:
    """Say that a person stopped it; returns the exit code."""
    say("interrupted; the project is whole")
    return INTERRUPTED


def failure(fault: Exception, *, debug: bool) -> int:
    """Say what went wrong; returns the exit code. `debug` shows where a fault of our own arose."""
    from qualcode.errors import QualcodeError  # 2 ms, and a call that goes well needs none of it

    if isinstance(fault, QualcodeError):
        problem(fault)
        return fault.exit_code
    if isinstance(fault, click.ClickException):
        fault.show()
        return fault.exit_code
    if debug:
        import traceback

        traceback.print_exception(fault)
    _say_own_fault(fault)
    return _OWN_FAULT


def _say_own_fault(fault: Exception) -> None:
    """A failure of the program itself: its kind and place, never its text, which may hold words."""
    say(
        f"qualcode met an error of its own ({type(fault).__name__} in {_place(fault)}). "
        "What was saved before is whole. Please report this line where you got qualcode from. "
        "With QUALCODE_DEBUG=1 the same command says more; interview words may be in that."
    )


def _place(fault: Exception) -> str:
    """The last line of ours before the fault: a module's name, so that no path is shown."""
    place, trace = "?", fault.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__"))
        if module.startswith("qualcode."):
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar for work that takes a while, or None where no terminal shows it."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield advance
