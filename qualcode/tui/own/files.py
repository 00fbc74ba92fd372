"""Small JSON files in a person's own folder: read whole or not at all, written the same way.

What lies in them is convenience. A file that cannot be read is said and left as it is; one that
cannot be written costs a preference, never work.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What a file says; `bad` is the sentence where it stands there but cannot be read."""

    values: Mapping[str, object]
    bad: str | None = None


def read(path: Path) -> OwnFile:
    """The values of a file, none where it is not there."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return OwnFile({})
    except OSError as problem:
        why = (problem.strerror or "no access").lower()
        return OwnFile({}, bad=f"{path} cannot be read: {why}.")
    except ValueError:  # no JSON, or no UTF-8
        return OwnFile({}, bad=f"{path} is not JSON and was left as it is.")
    if not isinstance(values, dict):
        return OwnFile({}, bad=f"{path} holds no list of names and values and was left as it is.")
    return OwnFile(values)


def write(path: Path, values: Mapping[str, object]) -> bool:
    """Put values into a file, whole or not at all; False where the folder takes nothing."""
    fresh = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(3)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(path)
    except (OSError, ValueError):  # no room, no access, or signs that are no text
        with contextlib.suppress(OSError):
            fresh.unlink()
        return False
    return True
