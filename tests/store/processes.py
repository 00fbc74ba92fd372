"""Other processes that work on a store: to be killed, to compete, or to be nobody in particular."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_PRELUDE = """
import sys
from datetime import UTC, datetime
from store.samples import *
from qualcode import errors
from qualcode.store import kinds, queries, records
from qualcode.store.store import create_store, open_store
"""


def environment() -> dict[str, str]:
    """That of this process, with the checkout and its tests in reach."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}


@contextmanager
def running(
    script: str, *arguments: object, python: str = sys.executable
) -> Iterator[subprocess.Popen[str]]:
    """A process that runs a script, for the length of the block; what it prints can be read."""
    with subprocess.Popen(
        [python, "-u", "-c", _PRELUDE + script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=ROOT,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said_by(script: str, *arguments: object, python: str = sys.executable) -> str:
    """What a script prints; it must end well."""
    with running(script, *arguments, python=python) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def said_by_nobody(script: str, *arguments: object) -> str:
    """What a script prints that is run without root's rights, which know no closed folder."""
    if os.geteuid() != 0:
        return said_by(script, *arguments)
    return said_by(_BECOME_NOBODY + script, *arguments)


# Root's own Python may lie where nobody else can read, so it is used once before it is let go of.
_BECOME_NOBODY = """
import os, pwd, tempfile
import qualcode.store.backup, qualcode.store.doctor, qualcode.store.upgrade
with tempfile.TemporaryDirectory() as _scratch:
    with create_store(f"{_scratch}/x.qualcode", name="x", language="en", by="x", at=AT) as _x:
        import_transcripts(_x, "x")
        coded(_x)
_user = pwd.getpwnam("nobody")
os.setgroups([])
os.setgid(_user.pw_gid)
os.setuid(_user.pw_uid)
"""


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that others may enter, which pytest's own is not where root runs it."""
    with tempfile.TemporaryDirectory(prefix="qualcode-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)  # a test may have closed it
