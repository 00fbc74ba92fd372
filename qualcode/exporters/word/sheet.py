"""The paper that a part of the document is laid on: how large, which way round, which margins."""

from __future__ import annotations

from dataclasses import dataclass

_SHORT = 11906
_LONG = 16838
"""The sides of A4, in twips, a twentieth of a point."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in twips. `side` is the margin left and right, the same on each page."""

    width: int
    height: int
    side: int = 850
    top: int = 1134
    bottom: int = 964

    @property
    def text_width(self) -> int:
        """From the left margin to the right one."""
        return self.width - 2 * self.side

    @property
    def is_landscape(self) -> bool:
        """True where it lies across."""
        return self.width > self.height


A4_ACROSS = Sheet(_LONG, _SHORT)
"""What tables are laid on; the shipped template has this page."""

A3_ACROSS = Sheet(23811, _LONG)
"""Twice as large, for tables that are read on a wall or printed for a meeting."""

A4_UPRIGHT = Sheet(_SHORT, _LONG, side=1304)
"""What prose is laid on: lines of some ninety letters, which eyes can follow."""
