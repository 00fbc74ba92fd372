"""A PostgreSQL for the tests: the one that a URL names, or a temporary cluster.

The cluster is made from the server binaries that are installed, listens on a socket in its own
folder alone, trusts everybody there, and is gone with the tests. It runs as an unprivileged user,
because PostgreSQL refuses to be run by root.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa

VARIABLE = "QUALCODE_TEST_POSTGRES"
"""URL of a server where the tests may make databases; without it a cluster is started."""

NOT_INSTALLED = (
    f"no PostgreSQL server is installed here, and {VARIABLE} names none: install postgresql"
)

_OWNER = "qualcode"
_START_SECONDS = 60


class NoServerError(Exception):
    """There is no server to test with."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server on which databases may be made and dropped."""

    url: str

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"qualcode_{secrets.token_hex(6)}"
        self._run(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        return self.with_parts(database=name)

    def drop_database(self, url: str) -> None:
        """Drop a database with whatever is still connected to it."""
        self._run(f"DROP DATABASE {sa.make_url(url).database} WITH (FORCE)")

    def with_parts(self, url: str | None = None, **parts: str) -> str:
        """A URL, by default the server's own, with another username, password or database."""
        changed = sa.make_url(url or self.url).set(**parts)  # type: ignore[arg-type]
        return changed.render_as_string(hide_password=False)

    def run(self, url: str, sql: str) -> list[tuple[object, ...]]:
        """A statement of the tests' own, beside the store."""
        with psycopg.connect(libpq(url), autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def _run(self, sql: str) -> None:
        self.run(self.url, sql)


def libpq(url: str) -> str:
    """A URL as PostgreSQL's own programs take it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@contextmanager
def running() -> Iterator[Server]:
    """A server for the length of the tests; raises NoServerError where there can be none."""
    given = os.environ.get(VARIABLE)
    if given:
        yield Server(given)
        return
    binaries = _binaries()
    if binaries is None:
        raise NoServerError(NOT_INSTALLED)
    home = Path(tempfile.mkdtemp(prefix="qualcode-pg-"))
    try:
        with _cluster(binaries, home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _binaries() -> Path | None:
    """The folder of `initdb` and `postgres`: Debian keeps them off the PATH."""
    found = shutil.which("pg_config")
    places = [Path(_output(found, "--bindir"))] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    on_path = shutil.which("initdb")
    places += [Path(on_path).resolve().parent] if on_path else []
    whole = (p for p in places if (p / "initdb").is_file() and (p / "postgres").is_file())
    return next(whole, None)


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _major(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


@contextmanager
def _cluster(binaries: Path, home: Path) -> Iterator[Server]:
    user = _unprivileged()
    if user is not None:
        os.chown(home, user.pw_uid, user.pw_gid)
    as_user: dict[str, object] = (
        {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    )
    place = home / "data"
    subprocess.run(
        [
            *(binaries / "initdb", "--no-sync", "--no-instructions", "--auth=trust"),
            *(f"--username={_OWNER}", "--encoding=UTF8", "--locale=C", f"--pgdata={place}"),
        ],
        check=True,
        capture_output=True,
        cwd=home,
        **as_user,  # type: ignore[call-overload]
    )
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                *(binaries / "postgres", "-D", place, "-k", home, "-h", ""),
                *("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"),
            ],
            stdout=log,
            stderr=log,
            cwd=home,
            **as_user,  # type: ignore[call-overload]
        )
    try:
        url = f"postgresql+psycopg://{_OWNER}@/postgres?host={home}"
        _wait(url, server, home / "log")
        yield Server(url)
    finally:
        server.send_signal(signal.SIGINT)  # the fast way down: clients are cut off
        server.wait(timeout=_START_SECONDS)


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom the cluster is run by where the tests are run by root."""
    if os.geteuid() != 0:
        return None
    users = {one.pw_name: one for one in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in users:
            return users[name]
    raise NoServerError("the tests are run by root, and there is no other user for PostgreSQL")


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(libpq(url)).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise NoServerError(f"the cluster did not start: {log.read_text()}") from None
            time.sleep(0.05)
        else:
            return
