"""What a command is: where it can be given, its words, and its keys as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

DIGITS = "123456789"


class Scope(StrEnum):
    """Where a command can be given; EVERYWHERE holds beside all others."""

    EVERYWHERE = "everywhere"
    HOME = "home"
    TRANSCRIPTS = "transcripts"
    CODING = "coding"
    CODEBOOK = "codebook"
    QUOTES = "quotes"
    REVIEW = "review"
    SUMMARIES = "summaries"
    SUMMARY = "summary"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a person can ask for.

    `title` stands in palette and help, `help` says in one sentence what it does. `keys` are named
    as Textual names them, or by the character itself; `shown` is how they are written where that
    is not their list. `section` is its heading in the help, `footer` its word in the last line of
    the screen, `plain` its word in `--plain`, each "" where it has none.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...] = ()
    plain: str = ""
    shown: str = ""
    section: str = ""
    footer: str = ""

    @property
    def scope(self) -> Scope:
        """Where it can be given."""
        return Scope(self.id.partition(".")[0])

    @property
    def action(self) -> str:
        """The method of the screen, without `action_`."""
        return self.id.partition(".")[2].replace("-", "_")

    def label(self, keys: tuple[str, ...] | None = None) -> str:
        """Its keys as a person reads them; `keys` are those of their own choice."""
        if keys is None and self.shown:
            return self.shown
        return " ".join(key_label(key) for key in (self.keys if keys is None else keys))


_SIGNS = MappingProxyType(
    {
        "left": "←",
        "right": "→",
        "up": "↑",
        "down": "↓",
        "enter": "Enter",
        "escape": "Esc",
        "space": "Space",
        "tab": "Tab",
        "delete": "Del",
        "backspace": "Backspace",
        "pageup": "PgUp",
        "pagedown": "PgDn",
        "home": "Home",
        "end": "End",
        "f1": "F1",
    }
)


def key_label(key: str) -> str:
    """One key as a person reads it: `shift+left` is `shift+←`."""
    *held, last = key.split("+") if len(key) > 1 else [key]
    return "+".join([*held, _SIGNS.get(last, last)])


def command(
    id_: str, title: str, help_: str, keys: str = "", *, plain: str = "", shown: str = ""
) -> Command:
    """A command of the table; `keys` stand with blanks between them."""
    return Command(id_, title, help_, tuple(keys.split()), plain, shown)


def under(section: str, *members: Command) -> Iterator[Command]:
    """The same commands under a heading of the help."""
    return (replace(one, section=section) for one in members)
