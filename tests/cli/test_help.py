from __future__ import annotations

import ast
import inspect
import shlex
import textwrap
from typing import TYPE_CHECKING

import click
import pytest
from cli.study import call

from qualcode.cli import documents
from qualcode.cli.beside import FileOrCommand
from qualcode.cli.main import COMMANDS, cli
from qualcode.exporters import BOOK_EXPORTERS, MATRIX_EXPORTERS, QUOTATION_EXPORTERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cli.conftest import Person

LOADED = "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)"
HEAVY_FOR_HELP = {"spacy", "textual", "docx", "numpy", "alembic", "sqlalchemy", "lxml", "rapidfuzz"}
DRAWN = {"code", "summaries write"}
"""What a person sits at: it prints no value."""

HEAVY_FOR_A_TAG = {"spacy", "textual", "docx", "numpy", "alembic"}


def all_commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it, groups and what is in them."""
    context = click.Context(cli)
    yield "", cli
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        yield name, command.writes if isinstance(command, FileOrCommand) else command
        if isinstance(command, click.Group):
            for below, inner in command.commands.items():
                yield f"{name} {below}", inner


ALL = dict(all_commands())
ACTING = {words: one for words, one in ALL.items() if not isinstance(one, click.Group)}


def examples(command: click.Command) -> list[str]:
    """The command lines in the part `Example:` of a help text."""
    _, _, part = (command.help or "").partition("Example:\n")
    return [line.strip() for line in part.splitlines() if line.strip()]


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["quotes", "--help"], ["code", "-h"], ["tga"]]
)
def test_help_loads_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    done = call(*words, folder=tmp_path, home=tmp_path, after=LOADED)
    loaded = set(done.stderr.split())
    assert "qualcode.cli.main" in loaded
    assert not loaded & HEAVY_FOR_HELP


def test_help_loads_no_command(tmp_path: Path) -> None:
    loaded = call("--help", folder=tmp_path, home=tmp_path, after=LOADED).stderr.split()
    own = {name for name in loaded if name.startswith("qualcode.cli.")}
    assert own == {"qualcode.cli.main", "qualcode.cli.context", "qualcode.cli.messages"}


def test_a_tag_loads_nothing_heavy(study: Path, home: Path) -> None:
    words = ["--coder", "amina", "tag", "P03", "trading", "--span", "0:10"]
    done = call(*words, folder=study, home=home, after=LOADED)
    loaded = set(done.stderr.split())
    assert "tagged:" in done.stderr
    assert "sqlalchemy" in loaded
    assert not loaded & HEAVY_FOR_A_TAG


@pytest.mark.parametrize("words", ALL)
def test_every_command_has_help_with_an_example(words: str, qualcode: Person) -> None:
    shown = qualcode(*words.split(), "--help")
    assert shown.code == 0
    assert ALL[words].help
    assert examples(ALL[words])
    for line in examples(ALL[words]):
        assert line.startswith(f"qualcode {words}".strip())
        assert line in shown.out


@pytest.mark.parametrize("words", ALL)
def test_no_help_is_wider_than_a_terminal(words: str, qualcode: Person) -> None:
    shown = qualcode(*words.split(), "--help")
    assert max(len(line) for line in shown.out.splitlines()) <= 80


@pytest.mark.parametrize("words", ["quotes", "export"])
def test_a_command_that_takes_words_of_its_own_names_those_beside_it(
    words: str, qualcode: Person
) -> None:
    beside = {name.split()[1] for name in ALL if name.startswith(f"{words} ")}
    _, _, named = qualcode(words, "--help").out.partition("\nCommands:\n")
    assert beside
    assert {line.split()[0] for line in named.splitlines()} == beside


def test_what_is_called_as_a_command_is_meant_behind_two_dashes(
    study: Path, qualcode: Person
) -> None:
    assert qualcode("codebook", "add", "Star", "--definition", "Who shines.").code == 0
    assert qualcode("quotes", "star").code == 2
    assert qualcode("quotes", "--", "star").err.startswith("0 codings")


@pytest.mark.parametrize("words", ACTING)
def test_every_example_can_be_typed(words: str) -> None:
    command = ACTING[words]
    assert examples(command)
    for line in examples(command):
        typed = shlex.split(line)[1 + len(words.split()) :]
        with command.make_context(words, typed) as context:
            assert context.command is command


@pytest.mark.parametrize("words", sorted(ACTING.keys() - DRAWN))
def test_every_command_prints_json_on_demand(words: str) -> None:
    options = {option for parameter in ACTING[words].params for option in parameter.opts}
    assert "--json" in options


@pytest.mark.parametrize("words", ACTING)
def test_no_option_is_without_effect(words: str) -> None:
    command = ACTING[words]
    assert command.callback is not None
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(command.callback)))
    function = next(n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef))
    used = {
        node.id for line in function.body for node in ast.walk(line) if isinstance(node, ast.Name)
    }
    arguments = function.args
    named = {one.arg for one in (*arguments.args, *arguments.kwonlyargs)}
    # What has no name there is handed on all together, to where each has one.
    gathered = None if arguments.kwarg is None else arguments.kwarg.arg
    options = {parameter.name for parameter in command.params}
    assert {name if name in named else gathered for name in options} <= used


def test_what_is_handed_on_together_is_all_asked_for() -> None:
    @documents.layout
    @click.command()
    def laid_out() -> None: ...

    @documents.book
    @click.command()
    def book() -> None: ...

    every = {parameter.name for command in (laid_out, book) for parameter in command.params}
    assert every == set(inspect.signature(documents.wishes).parameters)


@pytest.mark.parametrize("words", ACTING)
def test_every_option_says_what_it_does(words: str) -> None:
    options = [one for one in ACTING[words].params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says(name: str) -> None:
    assert (ALL[name].help or "").splitlines()[0] == COMMANDS[name][1]


def choices(words: str) -> set[str]:
    option = next(one for one in ALL[words].params if one.name == "format_")
    assert isinstance(option.type, click.Choice)
    return set(option.type.choices)


def test_the_formats_offered_are_those_that_can_be_written() -> None:
    assert choices("quotes") == {"table", *QUOTATION_EXPORTERS, *BOOK_EXPORTERS}
    assert choices("matrix") == set(MATRIX_EXPORTERS)


def test_a_slip_of_the_pen_is_told_the_nearest_command(qualcode: Person) -> None:
    done = qualcode("tga")
    assert (done.code, done.out) == (2, "")
    assert "there is no command 'tga'. Did you mean 'tag'?" in done.err


def test_a_word_like_no_command_is_sent_to_the_help(qualcode: Person) -> None:
    assert "See: qualcode --help" in qualcode("zzzzzz").err


def test_the_version_is_one_line(qualcode: Person) -> None:
    done = qualcode("--version")
    assert done.code == 0
    assert done.out.startswith("qualcode ")
    assert done.out.count("\n") == 1
    assert done.err == ""
