"""The code that somebody names: `funding/grant-aid`, or `grant-aid`, for ids are unique."""

from __future__ import annotations

from qualcode.errors import UnknownCodeError
from qualcode.model.codebook import SEPARATOR, Code, Codebook
from qualcode.text.nearest import nearest


def resolve_code(codebook: Codebook, name: str, *, where: str | None = None) -> Code:
    """The code or theme of this full name or id.

    A full name with a theme that the code is not under is not found: it may be an old one. Raises
    UnknownCodeError with the likest full name.
    """
    wanted = name.strip()
    code = codebook.by_id().get(wanted.rpartition(SEPARATOR)[2])
    if code is not None and wanted in (code.id, codebook.full_name(code.id)):
        return code
    raise UnknownCodeError(name, where=where, nearest=_nearest(codebook, wanted))


def _nearest(codebook: Codebook, wanted: str) -> str | None:
    """The full name of the code whose id, full name or name is likest."""
    known: dict[str, str] = {}
    for code in codebook.codes:
        full_name = codebook.full_name(code.id)
        for alias in (full_name, code.id, code.name):
            known.setdefault(alias, full_name)
    last = wanted.rpartition(SEPARATOR)[2]
    found = last if last in known else nearest(wanted, known) or nearest(last, known)
    return known[found] if found else None
