"""The transcripts of a project, as their files are known again: by their names, by their bytes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from qualcode.store.queries import KnownVersion


class Standing:
    """What was there when an import began: the current version of each transcript, and others.

    Two transcripts may have one name: two copies of a project named their files alike. `erased` are
    the codes of those whose names stand in no transcript's name any more.
    """

    def __init__(self, known: Sequence[KnownVersion], *, erased: Collection[str] = ()) -> None:
        self._erased = erased
        # Of each transcript the current version comes last.
        self._current = {one.transcript: one for one in known}
        self._named: dict[str, list[KnownVersion]] = defaultdict(list)
        self._now: dict[str, list[KnownVersion]] = defaultdict(list)
        self._before: dict[str, list[KnownVersion]] = defaultdict(list)
        for one in self._current.values():
            self._named[one.name].append(one)
        for one in known:
            is_current = self._current[one.transcript] is one
            (self._now if is_current else self._before)[one.source_sha256].append(one)
        self._corrected = {one.transcript for ones in self._before.values() for one in ones}

    def current(self, transcript: str) -> KnownVersion | None:
        """The current version of a transcript, by its uid."""
        return self._current.get(transcript)

    def named(self, name: str) -> Sequence[KnownVersion]:
        """The current version of each transcript of a name."""
        return self._named.get(name, ())

    def now_with(self, sha256: str) -> Sequence[KnownVersion]:
        """The current versions that came from these bytes."""
        return self._now.get(sha256, ())

    def before_with(self, sha256: str) -> Sequence[KnownVersion]:
        """The versions from these bytes that another one followed."""
        return self._before.get(sha256, ())

    def was_corrected(self, transcript: str) -> bool:
        """True for a transcript of more than one version."""
        return transcript in self._corrected

    def called_otherwise(self, name: str, sha256: str) -> str | None:
        """What the transcript of these bytes is called now, whose name said who was erased."""
        if not self._erased or self.named(name):
            return None
        holders = (*self.now_with(sha256), *self.before_with(sha256))
        now = (self._current[one.transcript].name for one in holders)
        return next((one for one in now if self._was(name, one)), None)

    def _was(self, name: str, now: str) -> bool:
        """True where a mask, and a number where two were alike without the name, tell the two."""
        masks = "|".join(re.escape(f"[{one}]") for one in (*self._erased, "name"))
        pieces = re.split(masks, re.sub(r" \(\d+\)$", "", now))
        is_masked = len(pieces) > 1
        return is_masked and re.fullmatch(".+".join(map(re.escape, pieces)), name) is not None
