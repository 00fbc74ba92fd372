"""What somebody probably meant: the known name that is likest to the one they wrote."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.text.folding import fold

LIKE_ENOUGH = 65.0
"""Score of rapidfuzz from which a name is worth proposing: one slip in four letters."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name likest to this one, blind to case, accents and the dash between words."""
    from rapidfuzz import fuzz, process  # 14 ms to load

    names = list(known)  # of a mapping rapidfuzz would compare the values
    found = process.extractOne(
        name, names, scorer=fuzz.ratio, processor=_plain, score_cutoff=LIKE_ENOUGH
    )
    return None if found is None else str(found[0])


def _plain(name: str) -> str:
    return fold(name).replace("-", " ").replace("_", " ").strip()
