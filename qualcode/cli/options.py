"""Options and kinds of argument that several commands share, so that they read the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

_Pair = tuple[int, int]
_Command = TypeVar("_Command", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
"""A path; whether it is there is for the service to say, which knows how to mend it."""

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")

where = click.option(
    "--where",
    multiple=True,
    metavar="NAME=VALUE",
    help="Only where an attribute has this value; of one name, any of several.",
)

only_coder = click.option(
    "--coder", "coder", metavar="NAME", help="Only what this coder has coded."
)

under_code = click.option(
    "--code", "code", metavar="CODE", help="Under which code or theme, where several stand there."
)

dry_run = click.option(
    "--dry-run", is_flag=True, help="Do all of it, say what it did, and take it back."
)

yes = click.option(
    "--yes", is_flag=True, help="Take corrected versions of transcripts without asking."
)


def _pair(sign: str, form: str, *, one_is_enough: bool = False) -> Callable[..., _Pair | None]:
    """A reader of two whole numbers with a sign between them; one may stand for both."""
    shape = re.compile(rf"(\d{{1,9}})(?:{sign}(\d{{1,9}})){'?' if one_is_enough else ''}")

    def read(context: click.Context, parameter: click.Parameter, value: str | None) -> _Pair | None:
        if value is None:
            return None
        found = shape.fullmatch(value.strip())
        if found is None:
            raise click.BadParameter(f"'{value}' is not of the form {form}", context, parameter)
        first, second = found.groups()
        return int(first), int(first if second is None else second)

    return read


def assignments(texts: Sequence[str], *, example: str) -> dict[str, str | None]:
    """What is to be set to what; an empty value stands for taking away."""
    wanted: dict[str, str | None] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"Write each change as NAME=VALUE, such as {example}.")
        if name.strip() in wanted:
            raise click.UsageError(f"'{name.strip()}' is given twice.")
        wanted[name.strip()] = value.strip() or None
    return wanted


span = click.option(
    "--span",
    callback=_pair(":", "START:END"),
    metavar="S:E",
    help="The characters from S up to E, counted from 0.",
)


def place(command: _Command) -> _Command:
    """The three ways to point at a passage, and what refines them."""
    for option in reversed(
        (
            span,
            click.option(
                "--turn",
                callback=_pair("-", "N or N-M", one_is_enough=True),
                metavar="N[-M]",
                help="A whole turn, or several.",
            ),
            click.option("--quote", metavar="TEXT", help="The passage that says this."),
            click.option("--sentence", is_flag=True, help="Widen the place to whole sentences."),
            click.option(
                "--threshold",
                type=click.FloatRange(0, 100),
                metavar="N",
                help="How alike a passage must be to --quote, of 100.  [default: 85; short: 95]",
            ),
        )
    ):
        command = option(command)
    return command
