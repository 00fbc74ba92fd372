"""The project itself: the worked example, an empty one, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcode.cli import messages, options, output
from qualcode.cli.context import Call, now, pass_call

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("folder", metavar="[DIR]", default="qualcode-demo", type=options.FILE)
@options.as_json
def demo(folder: Path, as_json: bool) -> None:
    """Make the worked example and its theme matrix.

    DIR is the folder to make, qualcode-demo if none is given: a codebook, eight invented
    interviews with codings by two volunteers, and theme-matrix.docx.

    \b
    Example:
      qualcode demo
    """
    from qualcode.services import example

    with messages.progress("making the example") as progress:
        made = example.make_demo(folder, at=now(), progress=progress)
    messages.warn(f"{warning.file}: {warning.message}" for warning in made.warnings)
    if as_json:
        output.json_value(
            {
                "project": made.place,
                "folder": str(made.folder),
                "transcripts": made.transcripts,
                "codings": made.codings,
                "matrix": str(made.matrix),
            }
        )
    messages.say(
        f"{made.folder}: {messages.count(made.transcripts, 'transcript')}, "
        f"{messages.count(made.codings, 'coding')}; the theme matrix is {made.matrix}"
    )
    messages.next_step(
        f"cd {messages.typed(made.folder)}",
        "qualcode quotes funding --where place=Thornwick",
        "qualcode search 'grant*'",
    )


@click.command()
@click.argument("folder", metavar="DIR", type=options.FILE)
@click.option("--name", metavar="TEXT", help="The project's name.  [default: that of the folder]")
@click.option("--codebook", metavar="FILE", type=options.FILE, help="A codebook to begin with.")
@click.option(
    "--language",
    metavar="TAG",
    default="en",
    show_default=True,
    help="The interviews' main language, such as en or pt-BR.",
)
@options.as_json
@pass_call
def new(
    call: Call,
    *,
    folder: Path,
    name: str | None,
    codebook: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """Make an empty project.

    DIR gets a codebook to fill in, a folder for transcripts and the project file. To keep the
    project on a PostgreSQL server, give its URL with --project before the command.

    \b
    Example:
      qualcode new thornwick-study --name "Thornwick study"
    """
    from qualcode.services import projects

    lay_there = codebook is None and (folder / projects.CODEBOOK).is_file()
    made = projects.new_project(
        folder,
        name=name,
        codebook=codebook,
        place=call.new_place(),
        language=language,
        by=call.coder_or_script(),
        at=now(),
    )
    if as_json:
        output.json_value(
            {
                "project": made.where,
                "folder": str(made.folder),
                "codebook": str(made.codebook),
                "transcripts": str(made.transcripts),
                "codes": made.codes,
            }
        )
    whose = f", those of the {projects.CODEBOOK} that lay there" if lay_there else ""
    messages.say(f"{made.folder}: a new project with {messages.count(made.codes, 'code')}{whose}")
    elsewhere = ["export QUALCODE_PROJECT=URL  (as you gave it)"] if call.new_place() else []
    fill_in = "qualcode codebook apply      (after you have filled in codebook.yaml)"
    messages.next_step(
        f"cd {messages.typed(made.folder)}",
        *elsewhere,
        *([fill_in] if codebook is None else []),
        "qualcode import transcripts  (after you have put some there)",
    )


@click.group()
def project() -> None:
    """Give the project another name.

    \b
    Example:
      qualcode project rename "Thornwick study"
    """


@project.command()
@click.argument("name")
@options.as_json
@pass_call
def rename(call: Call, *, name: str, as_json: bool) -> None:
    """Call the project otherwise.

    It stands on documents under their title. Files and folders keep their names.

    \b
    Example:
      qualcode project rename "Thornwick study"
    """
    from qualcode.services import projects

    with call.store() as store:
        by = call.coder_or_script(store)
        is_changed = projects.rename_project(store, name, by=by, at=now())
        called = projects.project_facts(store).name
    if as_json:
        output.json_value({"name": called, "changed": is_changed})
    messages.say(f"the project is called {called}" if is_changed else "nothing changed")
