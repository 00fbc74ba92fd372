"""Options that say how a document is laid out, and which of them a file of some format can heed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcode.model.document import DocumentOptions

_Command = TypeVar("_Command", bound=Callable[..., Any])

_WORD: Final = ("docx",)
_PAGES: Final = ("docx", "html")

# What heeds each option, by the name of its parameter.
_HEEDED: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {"notes": _WORD, "paper": _WORD, "no_context": _PAGES, "no_memos": _PAGES}
)


def layout(command: _Command) -> _Command:
    """The options of a matrix that is a document."""
    for option in reversed(
        (
            click.option(
                "--notes",
                type=click.Choice(["footnotes", "endnotes", "inline"]),
                help="Where the sources of quotations in context stand in a .docx.  "
                "[default: footnotes]",
            ),
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
        )
    ):
        command = option(command)
    return command


def wishes(
    format_: str,
    cells: str,
    *,
    notes: str | None,
    paper: str | None,
    no_context: bool,
    no_memos: bool,
) -> DocumentOptions:
    """What was asked for by the options of `layout`; one that would do nothing is refused."""
    from qualcode.model.document import DocumentOptions, Notes, Paper

    given = {"notes": notes, "paper": paper, "no_context": no_context, "no_memos": no_memos}
    for name in (name for name, value in given.items() if value):
        option = f"--{name.replace('_', '-')}"
        if format_ not in _HEEDED[name]:
            files = " or ".join(f".{one}" for one in _HEEDED[name])
            raise click.UsageError(f"{option} is for a {files} file.")
        if cells == "counts" and name != "paper":
            raise click.UsageError(f"{option} is for quotations, and counts show none.")
    if notes and no_context:
        raise click.UsageError(
            "--notes are to quotations in context; give it without --no-context."
        )
    return DocumentOptions(
        notes=Notes(notes or Notes.FOOTNOTES),
        paper=Paper(paper or Paper.A4),
        context=not no_context,
        memos=not no_memos,
    )
