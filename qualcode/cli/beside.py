"""A command that takes words of its own, such as a FILE, with other commands beside it.

`export evidence.xlsx` writes, `export diff OLD NEW` compares: what names none of the commands
beside it is for the command itself. Behind `--` everything is, also what is called as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click


class WithOthers(click.Command):
    """A command whose help names those beside it."""

    others: Mapping[str, click.Command] = {}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and below them the commands beside it."""
        super().format_options(ctx, formatter)
        if self.others:
            width = formatter.width - 6 - max(map(len, self.others))
            with formatter.section("Commands"):
                formatter.write_dl(
                    [(name, one.get_short_help_str(width)) for name, one in self.others.items()]
                )


class FileOrCommand(click.Group):
    """A command with others beside it: what names none of these is its own."""

    def __init__(self, *, writes: WithOthers, **further: Any) -> None:
        super().__init__(name=writes.name, help=writes.help, **further)
        self.writes = writes
        writes.others = self.commands

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """The context of the command that is meant."""
        if args and args[0] in self.commands:
            return super().make_context(info_name, args, parent, **extra)
        return self.writes.make_context(info_name, args, parent, **extra)
