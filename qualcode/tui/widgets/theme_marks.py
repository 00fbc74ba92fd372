"""How a theme is marked in lists: its letter in its colour, so that neither has to do alone."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from rich.style import Style

from qualcode.model.codebook import SEPARATOR, Codebook
from qualcode.tui.looks import NO_LETTER, Look
from qualcode.tui.numbers import themes_by_key


@dataclass(frozen=True, slots=True)
class ThemeMarks:
    """Letter, stripe, style of both, and style of coded words, of each theme by its id."""

    letters: Mapping[str, str] = field(default_factory=dict)
    stripes: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, Style] = field(default_factory=dict)
    tints: Mapping[str, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Codebook, retired: Container[str], look: Look) -> ThemeMarks:
        """The marks of a book as a look draws them."""
        ids = [theme.id for theme in book.themes]
        return cls(
            {theme.id: key for key, theme in themes_by_key(book, retired).items()},
            {one: look.stripe(one).middle for one in ids},
            {one: look.stripe_style(one) for one in ids},
            {one: look.text_style((one,), 1) for one in ids},
        )

    def mark(self, theme: str) -> tuple[str, Style]:
        """Letter and style of a theme by id or full name."""
        top = theme.partition(SEPARATOR)[0]
        return self.letters.get(top, NO_LETTER), self.styles.get(top, Style.null())

    def tint(self, theme: str) -> Style:
        """How words coded with a theme look in a transcript, by its id or full name."""
        return self.tints.get(theme.partition(SEPARATOR)[0], Style.null())

    def sign(self, theme: str) -> str:
        """The sign of its stripes beside a transcript."""
        return self.stripes.get(theme, " ")
