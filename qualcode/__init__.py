"""Code qualitative interviews, and set quotations side by side with consent kept.

    >>> import qualcode
    >>> qualcode.__version__
    '0.1.0'

The public names are resolved only when asked for, so that importing this package costs nothing:

    with qualcode.open("study.qualcode", coder="amina") as project:
        project.import_transcripts(["transcripts/"], manifest="transcripts/interviews.csv")
        project.tag("P07", "funding/grant-aid", span=(120, 340))
        project.matrix(rows="place").write("matrix.docx")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.version import __version__

if TYPE_CHECKING:
    from qualcode.api import (
        Project,
        diff_exports,
        new,
        open,  # noqa: A004  the verb that people know
    )
    from qualcode.errors import QualcodeError

__all__ = ["Project", "QualcodeError", "__version__", "diff_exports", "new", "open"]


def __getattr__(name: str) -> Any:
    if name in ("Project", "diff_exports", "new", "open"):
        from qualcode import api

        return getattr(api, name)
    if name == "QualcodeError":
        from qualcode import errors

        return errors.QualcodeError
    raise AttributeError(f"module 'qualcode' has no attribute '{name}'")


def __dir__() -> list[str]:
    return list(__all__)
