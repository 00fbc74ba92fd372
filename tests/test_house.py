"""The house keeps its own rules: floors, one tree of errors, a quick start, no loose ends."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import qualcode
from qualcode import errors
from qualcode.errors import base

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "qualcode"
MODULES = sorted(PACKAGE.rglob("*.py"))
PLACES = ("qualcode", "tests", "docs", "alembic")

FACES = ("cli", "tui", "api", "__main__.py")
BELOW = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] not in FACES]
SCREEN = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] == "tui"]

HEAVY = (
    "alembic",
    "click",
    "docx",
    "lxml",
    "numpy",
    "psycopg",
    "rapidfuzz",
    "rich",
    "ruamel",
    "spacy",
    "sqlalchemy",
    "srt",
    "textual",
    "webvtt",
)
SEVERAL_IDEAS_LINES = 500
LONG_FUNCTION_LINES = 80


# -- errors ---------------------------------------------------------------------------------------


def drawn_tree() -> list[tuple[str, str | None, int]]:
    """Class, the class above it and exit code, as the docstring of `errors.base` draws them."""
    drawn: list[tuple[str, str | None, int]] = []
    above: list[tuple[int, str, int]] = []
    for line in inspect.getdoc(base).splitlines():  # type: ignore[union-attr]
        found = re.match(r"( +)(\w+)(?: +(.*))?$", line)
        if not found or not found[2].endswith(("Error", "Errors")):
            continue
        depth = len(found[1])
        above = [one for one in above if one[0] < depth]
        parent = above[-1] if above else None
        said = re.search(r"exit code (\d)", found[3] or "")
        code = int(said[1]) if said else parent[2] if parent else 1
        drawn.append((found[2], parent[1] if parent else None, code))
        above.append((depth, found[2], code))
    return drawn


def real_tree(kind: type[errors.QualcodeError]) -> Iterator[tuple[str, str | None, int]]:
    """The same of the classes themselves, in the order in which they are defined."""
    parent = kind.__base__
    assert parent is not None
    above = parent.__name__ if issubclass(parent, errors.QualcodeError) else None
    yield kind.__name__, above, kind.exit_code
    for below in kind.__subclasses__():
        if below.__module__.startswith(f"{errors.__name__}."):
            yield from real_tree(below)


def test_the_family_of_errors_is_as_its_docstring_draws_it() -> None:
    drawn = drawn_tree()

    assert len(drawn) > 50
    assert sorted(drawn, key=str) == sorted(real_tree(errors.QualcodeError), key=str)
    assert len({name for name, _, _ in drawn}) == len(drawn)


def test_every_error_has_a_sentence_of_its_own() -> None:
    classes = [value for value in vars(errors).values() if inspect.isclass(value)]

    assert all(inspect.getdoc(one) for one in classes)
    documented = [inspect.getdoc(one) for one in classes]
    assert len(set(documented)) == len(documented)


def test_several_errors_have_the_exit_code_of_the_gravest() -> None:
    both = errors.SeveralErrors([errors.FilterError("x"), errors.StoreMissingError(where="y")])

    assert both.exit_code == 3
    assert str(both).splitlines() == [str(error) for error in both.errors]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_error_is_raised_and_not_forgotten(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    forgotten = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).endswith("Error")
    ]
    assert forgotten == []


# -- floors ---------------------------------------------------------------------------------------


def test_no_floor_imports_what_stands_above_it() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])",
        ],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has after running some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sorted(sys.modules))"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = loaded_by("import qualcode; qualcode.__version__; dir(qualcode)")

    assert "qualcode" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_coding_in_lines_draws_nothing_and_a_screen_finds_no_sentences() -> None:
    lines = (
        "qualcode.tui.plain.lines, qualcode.tui.plain.summaries, qualcode.tui.playing, "
        "qualcode.tui.own.desk, qualcode.tui.own.settings"
    )

    assert loaded_by(f"import {lines}").isdisjoint({"textual", "spacy", "docx", "click"})
    assert loaded_by("import qualcode.tui.app").isdisjoint({"spacy", "docx", "alembic", "click"})


@pytest.mark.parametrize("room", ["model", "text", "readers", "codebook", "exporters", "errors"])
def test_the_rooms_below_know_no_database_and_no_face(room: str) -> None:
    modules = [path.with_suffix("") for path in sorted((PACKAGE / room).rglob("*.py"))]
    names = [".".join(path.relative_to(ROOT).parts).removesuffix(".__init__") for path in modules]
    loaded = loaded_by("\n".join(f"import {name}" for name in names))

    assert "qualcode" in loaded
    # The Word room needs its library by nature; nothing else does.
    allowed = {"docx", "lxml"} if room == "exporters" else set()
    assert loaded.isdisjoint({*HEAVY} - allowed)


def test_the_public_names_are_there_when_asked_for() -> None:
    assert set(qualcode.__all__) <= set(dir(qualcode))
    assert all(getattr(qualcode, name) for name in qualcode.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        qualcode.nothing  # noqa: B018  asking is the test


# -- the text of the modules ----------------------------------------------------------------------


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_a_page_for_those_who_build_names_what_is_there(page: str) -> None:
    there = [path for place in PLACES for path in (ROOT / place, *(ROOT / place).rglob("*"))]
    known = [f"/{one.relative_to(ROOT).as_posix()}{'/' * one.is_dir()}" for one in there]
    named = re.findall(
        r"`([a-z_/]+\.py|[a-z_]+/[a-z_/]*/)`", (ROOT / page).read_text(encoding="utf-8")
    )

    assert len(named) > 5
    assert [name for name in named if not any(one.endswith(f"/{name}") for one in known)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_leaves_nothing_loose(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)

    assert ast.get_docstring(tree)
    assert len(text.splitlines()) <= SEVERAL_IDEAS_LINES
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text)
    assert not re.search(r"""["'\s](/home/|/root/|/Users/|[A-Z]:\\\\)""", text)
    assert f"{ROOT}/" not in text
    assert path.stem not in {"utils", "util", "helpers", "misc", "common", "manager"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_functions_say_what_one_gets_and_none_is_long(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        docstring = ast.get_docstring(node) or ""
        lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring.count("\n")
        assert lines <= LONG_FUNCTION_LINES, f"{node.name} has {lines} lines"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


@pytest.mark.parametrize("path", BELOW + SCREEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_below_the_command_line_nobody_asks_the_clock_the_environment_or_the_terminal(
    path: Path,
) -> None:
    text = path.read_text(encoding="utf-8")

    asks = r"datetime\.now|utcnow|date\.today|time\.time\(|os\.environ|getenv|Path\.cwd|os\.getcwd"
    assert not re.search(rf"{asks}|locale\.|isatty|\binput\(|\bprint\(", text)


def test_catching_everything_is_left_to_the_edge_of_each_face() -> None:
    caught = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if re.search(r"except Exception\b", path.read_text(encoding="utf-8"))
    ]
    assert all(name.startswith("cli/") for name in caught)
    assert len(caught) <= 1


def test_a_test_cannot_be_found_twice_under_one_name() -> None:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = sorted(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
        assert [one for one, other in pairwise(names) if one == other] == [], path


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").exists()
