"""The front door of the command line: the table of commands, global options, exit codes.

The table holds each command's place and its line of help, so that `--help` loads none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from qualcode.cli import messages
from qualcode.cli.context import Call, debugging

if TYPE_CHECKING:
    from collections.abc import Sequence

SECTIONS: Final = {
    "Everyday": {
        "demo": ("projects:demo", "Make the worked example and its theme matrix."),
        "new": ("projects:new", "Make an empty project."),
        "import": ("imports:import_", "Bring transcripts in."),
        "code": ("screen:code", "Code transcripts in the terminal, by keyboard."),
        "tag": ("coding:tag", "Put a code on a passage, or many from a table."),
        "untag": ("coding:untag", "Take your code off a passage."),
        "undo": ("coding:undo", "Take your latest act back."),
        "redo": ("coding:redo", "Do again what your latest undo took back."),
        "quotes": ("retrieval:quotes", "Show coded passages and how they may be cited."),
        "search": ("retrieval:search", "Find words in the transcripts, each in its context."),
        "matrix": ("matrix:matrix", "Set quotations out by case and theme."),
        "compare": ("compare:compare", "Say who shares a theme, and who differs."),
        "export": ("exports:export", "Write the evidence as a workbook, tables or a book."),
    },
    "Looking after things": {
        "transcripts": ("transcripts:transcripts", "List, show, set, remove transcripts."),
        "participants": (
            "participants:participants",
            "List, show, set, import, check participants; withdraw one.",
        ),
        "names": ("names:names", "List, find, settle names that may not leave; seal them."),
        "codebook": ("codebook:codebook", "Show, check, compare, apply, edit the codebook."),
        "coders": ("coders:coders", "List the coders; choose who you are."),
        "memos": ("memos:memos", "List, add, remove memos."),
        "summaries": ("summaries:summaries", "List, write, check summaries of cases."),
        "project": ("projects:project", "Give the project another name."),
        "doctor": ("keeping:doctor", "Check the project, and mend what can be mended."),
        "backup": ("keeping:backup", "Make a verified copy of the project."),
    },
}
COMMANDS: Final = {name: entry for part in SECTIONS.values() for name, entry in part.items()}


class Commands(click.Group):
    """The commands of the table; each is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's shape
        """All names, in the order of the table."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002  click's shape
        cmd_name: str,
    ) -> click.Command | None:
        """The command of this name, loaded, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(f"qualcode.cli.{module}"), function)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name; a slip of the pen is told the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # only for somebody who mistyped

            near = get_close_matches(args[0], COMMANDS, n=1)
            mend = f"Did you mean '{near[0]}'?" if near else "See: qualcode --help"
            ctx.fail(f"there is no command '{args[0]}'. {mend}")
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002  click's shape
        formatter: click.HelpFormatter,
    ) -> None:
        """The lines of the table, under their headings."""
        for heading, part in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, line) for name, (_, line) in part.items()])


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from qualcode.version import __version__

        click.echo(f"qualcode {__version__}")
        context.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    metavar="PATH|URL",
    help="A project, the folder that holds one, or a database. Otherwise QUALCODE_PROJECT, or the "
    "nearest *.qualcode from this folder upwards.",
)
@click.option(
    "--coder",
    metavar="NAME",
    help="Who is coding. Otherwise QUALCODE_CODER, or the name remembered for the project.",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(context: click.Context, project: str | None, coder: str | None) -> None:
    """Code qualitative interviews, and set quotations side by side with consent kept.

    \b
    Example:
      qualcode demo && cd qualcode-demo && qualcode quotes funding
    """
    context.obj = Call(project, coder)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; every failure ends here as a sentence."""
    try:
        code = cli.main(arguments, prog_name="qualcode", standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        return messages.interrupted()
    except Exception as problem:  # noqa: BLE001  the outer edge of this face
        if _is_interruption(problem):
            return messages.interrupted()
        return messages.failure(problem, debug=debugging())
    return code if isinstance(code, int) else 0


def _is_interruption(problem: BaseException) -> bool:
    """True for a failure that came of cleaning up behind somebody who stopped the program."""
    seen: list[BaseException] = []
    following: BaseException | None = problem
    while following is not None and following not in seen:
        seen.append(following)
        following = following.__cause__ or following.__context__
    return any(isinstance(one, KeyboardInterrupt) for one in seen)
