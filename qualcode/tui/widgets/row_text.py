"""Words that fit the rows of a list, and the columns that rows of coded passages begin with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from qualcode.model.people import coder_key
from qualcode.tui.transcript import cells

_MOST_LOCATOR_CELLS = 24
_MOST_CODER_CELLS = 10
_LEAST_CODE_CELLS = 8
_MARK_CELLS = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide the locator and the coder are in every row of a list; 0 of what no row shows."""

    locator: int = 0
    coder: int = 0

    @classmethod
    def of(cls, locators: Iterable[str], coders: Iterable[str]) -> Columns:
        """As wide as the widest of each; coders have no column where all is the work of one."""
        names = {coder_key(coder): one_line(coder) for coder in coders}
        return cls(
            max((cell_len(one_line(one)) for one in locators), default=0),
            max(map(cell_len, names.values())) if len(names) > 1 else 0,
        )

    def begin(
        self,
        width: int,
        *,
        locator: str,
        coder: str,
        mark: tuple[str, Style],
        code: str,
        code_cells: int,
    ) -> Text:
        """The beginning of one row that has `width` cells in all."""
        where, who = self._fit(width)
        text = Text(end="", no_wrap=True)
        text.append_text(cut(one_line(locator), where)).append(" ")
        if who:
            text.append_text(cut(one_line(coder), who)).append(" ")
        sign, style = mark
        text.append(f"{sign} ", style)
        return text.append_text(cut(one_line(code), max(_LEAST_CODE_CELLS, code_cells)))

    def left(self, width: int) -> int:
        """The cells that locator, coder and mark leave to what follows them."""
        where, who = self._fit(width)
        return width - where - 1 - (who + 1 if who else 0) - _MARK_CELLS

    def _fit(self, width: int) -> tuple[int, int]:
        return (
            min(self.locator, _MOST_LOCATOR_CELLS, 2 * width // 5),
            min(self.coder, _MOST_CODER_CELLS, width // 6),
        )


def one_line(words: str) -> str:
    """Words that stay on one row."""
    return cells.printable(" ".join(words.split()))


def shown(words: str) -> str:
    """Words with their line breaks, without what disturbs a terminal."""
    return "\n".join(cells.printable(line) for line in words.split("\n"))


def cut(words: str, width: int) -> Text:
    """Words in exactly so many cells, with `…` where they go on."""
    kept = cells.fit(words, max(1, width))
    return Text(kept + " " * (width - cell_len(kept)), end="", no_wrap=True)
