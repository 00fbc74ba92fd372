"""What one call stands on: its project, its coder, its moment.

Here alone the command line reads the environment, the folder it was called in and the clock.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from qualcode.cli import messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from qualcode.store.store import Store


class Call:
    """The global options of one call, and what follows from them."""

    def __init__(self, project: str | None, coder: str | None) -> None:
        self.given_project = project
        self._coder = coder

    @contextmanager
    def store(self, *, as_found: bool = False) -> Iterator[Store]:
        """The project that is meant, open; `as_found` also a damaged one, for the doctor."""
        from qualcode.services import projects

        opened = projects.open_project(
            self.place(), as_found=as_found, passphrase=given_passphrase()
        )
        with opened as store:
            yield store

    def new_place(self) -> str | None:
        """Where a new project's store is to be, or None for its own folder."""
        from qualcode.services import projects

        return projects.new_place(self.given_project, environment=_variable("QUALCODE_PROJECT"))

    def place(self) -> str:
        """Where the project is that is meant; raises ProjectNotGivenError or StoreMissingError."""
        from pathlib import Path

        from qualcode.services import projects

        return projects.find_project(
            self.given_project, environment=_variable("QUALCODE_PROJECT"), folder=Path.cwd()
        )

    def folder(self) -> Path:
        """The folder of the project that is meant, where its recordings are looked for."""
        from pathlib import Path

        from qualcode.services import projects

        return projects.project_folder(self.place(), working_folder=Path.cwd())

    def coder(self, store: Store) -> str:
        """Who is coding, asked once on a terminal and then remembered for the project.

        Raises CoderNotGivenError where nobody is known and nobody can be asked.
        """
        from qualcode.model.people import SCRIPT

        remembered = remembered_coder(store)
        name = self._named() or remembered
        if name is None:
            name = _ask()
            remember_coder(store, name)
        elif remembered is None and self._coder and name != SCRIPT and remember_coder(store, name):
            messages.say(f"{name} is remembered as the coder here; to change it:")
            messages.say("  qualcode coders use NAME")
        return name

    def known_coder(self, store: Store) -> str | None:
        """Who is coding as far as it is known; nobody is asked."""
        return self._named() or remembered_coder(store)

    def coder_or_script(self, store: Store | None = None) -> str:
        """Who acts where no coder is needed; a project that is yet to be made remembers nobody."""
        from qualcode.model.people import SCRIPT

        known = self._named() if store is None else self.known_coder(store)
        return known or SCRIPT

    def again(self, command: str) -> str:
        """A command for the same coder to type next."""
        coder = f"--coder {messages.typed(self._coder)} " if self._coder else ""
        return f"qualcode {coder}{command}"

    def _named(self) -> str | None:
        """The name that the option or the environment gives."""
        if self._coder is not None and not self._coder.strip():
            raise click.UsageError("--coder is empty: give a NAME.")
        return (self._coder or _variable("QUALCODE_CODER") or "").strip() or None


pass_call = click.make_pass_decorator(Call)


def now() -> datetime:
    """This moment, in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


def variables() -> Mapping[str, str]:
    """The environment, for what says which kind of terminal this is."""
    return os.environ


def debugging() -> bool:
    """True where a fault of the program itself is to be shown with all its steps."""
    return _variable("QUALCODE_DEBUG") is not None


def given_passphrase() -> str | None:
    """The passphrase that opens sealed names, as the environment gives it."""
    return _variable("QUALCODE_PASSPHRASE")


def ask_passphrase(*, new: bool = False) -> str:
    """A passphrase typed at the terminal, a new one twice, else that of the environment.

    Raises PassphraseNotGivenError.
    """
    from qualcode.errors import PassphraseNotGivenError

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        given = given_passphrase()
        if given is None:
            raise PassphraseNotGivenError
        return given
    what = "New passphrase" if new else "Passphrase"
    typed = str(click.prompt(what, hide_input=True, err=True))
    if new and typed != click.prompt("The same again", hide_input=True, err=True):
        raise PassphraseNotGivenError(typed_twice=True)
    return typed


def codebook_file(call: Call, given: Path | None = None) -> Path:
    """The codebook that is meant: the one given, else that of the project.

    Raises ProjectNotGivenError or StoreMissingError.
    """
    from pathlib import Path

    from qualcode.services import projects

    if given is not None:
        return given
    here = Path.cwd()
    path = projects.project_folder(call.place(), working_folder=here) / projects.CODEBOOK
    return path.relative_to(here) if path.is_relative_to(here) else path


def codebook_to_check(call: Call, given: Path | None) -> Path:
    """The same, but where it is not clear which project is meant, the one in the working folder."""
    from pathlib import Path

    from qualcode.errors import ProjectNotGivenError
    from qualcode.services import projects

    try:
        return codebook_file(call, given)
    except ProjectNotGivenError:  # a codebook can be checked before there is a project
        return Path(projects.CODEBOOK)


def remembered_coder(store: Store) -> str | None:
    """The coder of this project on this machine, or None."""
    name = _read_remembered().get(_project_uid(store))
    return name if isinstance(name, str) and name.strip() else None


def remember_coder(store: Store, name: str) -> bool:
    """Keep the coder of this project for the next call; where that cannot be, say so."""
    import json

    file = _remembered_file()
    names = {**_read_remembered(), _project_uid(store): name}
    fresh = file.with_suffix(f".{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(names, ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(file)  # whole or not at all, also when two calls write
    except OSError:
        messages.say(f"'{name}' could not be remembered; set QUALCODE_CODER to be named always")
        return False
    return True


@contextmanager
def names_open(call: Call) -> Iterator[Store]:
    """The project with its names open; at a terminal the passphrase is asked for."""
    from qualcode.services import projects

    with call.store() as store:
        is_closed = store.sealed_names is not None and given_passphrase() is None
        if not is_closed or not (sys.stdin.isatty() and sys.stderr.isatty()):
            yield store
            return
    with projects.open_project(call.place(), passphrase=ask_passphrase()) as opened:
        yield opened


def _ask() -> str:
    from qualcode.errors import CoderNotGivenError

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CoderNotGivenError
    name = ""
    while not name:
        name = str(click.prompt("Who is coding? Your name", err=True)).strip()
    return name


def _read_remembered() -> dict[str, object]:
    import json

    try:
        names = json.loads(_remembered_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # a lost memory costs one question
    return names if isinstance(names, dict) else {}


def _remembered_file() -> Path:
    from pathlib import Path

    return Path(click.get_app_dir("qualcode")) / "coders.json"


def _project_uid(store: Store) -> str:
    from qualcode.services import projects

    return projects.project_facts(store).uid


def _variable(name: str) -> str | None:
    return os.environ.get(name) or None
