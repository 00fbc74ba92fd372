"""What a project needs at run time and is no Python module: upgrade steps, the worked example.

In a wheel it lies in this folder; in a checkout, at the top level, where people look for it.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parents[1]


def alembic_folder() -> Path:
    """The folder with one Alembic revision for each change of the stored shape."""
    return _installed("alembic") or _CHECKOUT / "alembic"


def example_folder() -> Path:
    """The folder that holds the worked example's `codebook.yaml` and `transcripts/`."""
    return _installed("example") or _CHECKOUT


def _installed(name: str) -> Path | None:
    folder = _HERE / name
    return folder if folder.is_dir() else None
