"""Options that say how a document is laid out, as the command line spells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from qualcode.cli import options

if TYPE_CHECKING:
    from qualcode.services.ways_out.wishes import Wishes

_Command = TypeVar("_Command", bound=Callable[..., Any])

SPELT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "layout": "--layout",
        "notes": "--notes",
        "paper": "--paper",
        "context": "--no-context",
        "memos": "--no-memos",
        "template": "--template",
        "title": "--title",
        "by": "--by",
        "max_quotes": "--max-quotes",
    }
)
"""Each wish for a document as it is typed."""

SPELT_OF_TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "--title",
        "context": "--context",
        "table": "--table",
        "for_excel": "--for-excel",
    }
)
"""Each wish for evidence as it is typed."""

_NOTES: Final = click.option(
    "--notes",
    type=click.Choice(["footnotes", "endnotes", "inline"]),
    help="Where the sources of quotations in context stand in a .docx.  [default: footnotes]",
)
_TEMPLATE: Final = click.option(
    "--template",
    metavar="FILE",
    type=options.FILE,
    help="A .docx whose styles, fonts, paper, header and footer a .docx takes.",
)


def book(command: _Command) -> _Command:
    """The options of a quotation book."""
    return _NOTES(_TEMPLATE(command))


def layout(command: _Command) -> _Command:
    """The options of a matrix that is a document."""
    for option in reversed(
        (
            click.option(
                "--layout",
                type=click.Choice(["auto", "matrix", "list"]),
                help="Tables, or a list of quotations in a .docx, .html or .md.  [default: auto, "
                "which takes the list where most cells would be empty]",
            ),
            _NOTES,
            click.option(
                "--paper",
                type=click.Choice(["a4", "a3"]),
                help="The sheet that the tables of a .docx are laid on, across.  [default: a4]",
            ),
            click.option(
                "--no-context",
                is_flag=True,
                help="Leave the words around quotations out of a .docx or .html.",
            ),
            click.option(
                "--no-memos", is_flag=True, help="Leave memos out of a .docx or .html for the team."
            ),
            _TEMPLATE,
        )
    ):
        command = option(command)
    return command


def wishes(
    *,
    layout: str | None = None,
    notes: str | None = None,
    paper: str | None = None,
    no_context: bool = False,
    no_memos: bool = False,
    template: Path | None = None,
) -> Wishes:
    """What was asked for by the options above."""
    from qualcode.model.document import Layout, Notes, Paper

    return {
        "layout": None if layout is None else Layout(layout),
        "notes": None if notes is None else Notes(notes),
        "paper": None if paper is None else Paper(paper),
        "context": not no_context,
        "memos": not no_memos,
        "template": template,
    }
