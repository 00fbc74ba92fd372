"""What a person may choose about the screen: each setting declared once, read from one file.

The settings screen is made from the same declarations. A value that a newer program wrote, or a
mistyped one, is said and stands aside for the default; it is not taken out of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qualcode.tui.own import files as own_files

FILE = "settings.json"

RTL_AS_IT_IS, RTL_KEPT_APART = "as the terminal does", "kept apart"
"""How Arabic, Hebrew and the like stand in their row."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to choose: its name in the file, its words, its choices (none: free words).

    `help` names keys by their commands, as `Keymap.fill` takes them.
    """

    name: str
    title: str
    help: str
    choices: tuple[str, ...]
    default: str


def _setting(default: str, title: str, help: str, *choices: str) -> Any:  # noqa: A002
    # `Any`, for a dataclass's field stands where its value is declared.
    return field(default=default, metadata={"title": title, "help": help, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one person; every field is a setting."""

    looks: str = _setting(
        "auto", "Looks", "Light words on a dark ground, or dark on light.", "auto", "dark", "light"
    )
    colours: str = _setting(
        "auto",
        "Colours",
        "How many the terminal shows; mono uses none at all.",
        *("auto", "true", "256", "ansi", "mono"),
    )
    slow_link: str = _setting(
        "auto",
        "Slow line",
        "Send as little as can be, for a screen that is far away.",
        *("auto", "on", "off"),
    )
    others: str = _setting(
        "shown",
        "Other coders' work",
        "Whether a transcript opens with it in sight; {coding.others} changes it there.",
        *("shown", "hidden"),
    )
    compact: str = _setting(
        "auto",
        "Turns close together",
        "Leave out the empty line between turns; auto does so on low screens.",
        *("auto", "on", "off"),
    )
    copying: str = _setting(
        "allowed",
        "Copying quotations",
        "Whether {coding.copy} may put words of an interview on the clipboard.",
        *("allowed", "forbidden"),
    )
    stripes: str = _setting(
        "signs",
        "Stripes",
        "Line signs beside coded words, or letters and | where the font has none.",
        *("signs", "ascii"),
    )
    right_to_left: str = _setting(
        RTL_AS_IT_IS,
        "Right-to-left words",
        "Kept apart where the terminal turns whole rows round, times and stripes too.",
        *(RTL_AS_IT_IS, RTL_KEPT_APART),
    )
    player: str = _setting(
        "", "Player", "The program that plays recordings; empty finds mpv, ffplay or vlc."
    )

    def value(self, name: str) -> str:
        """The value of a setting by its name."""
        return str(getattr(self, name))


SCHEMA: Mapping[str, Setting] = MappingProxyType(
    {
        one.name: Setting(
            one.name,
            one.metadata["title"],
            one.metadata["help"],
            one.metadata["choices"],
            str(one.default),
        )
        for one in fields(Settings)
    }
)


def load(config: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings of a person, and a sentence for all in the file that could not be taken."""
    file = own_files.read(config / FILE)
    if file.bad:
        return Settings(), (file.bad,)
    taken = {name: str(value) for name, value in file.values.items() if _fits(name, value)}
    return replace(Settings(), **taken), tuple(_problems(file.values))


def choose(config: Path, settings: Settings, name: str, value: str) -> tuple[Settings, str | None]:
    """The settings with one changed, and a sentence where it holds only until the end."""
    chosen = replace(settings, **{name: value})
    file = own_files.read(config / FILE)
    if file.bad:
        return chosen, f"{file.bad} Your choice holds until you leave."
    values = {**file.values, name: value}
    if value == SCHEMA[name].default:
        del values[name]
    if not own_files.write(config / FILE, values):
        return chosen, f"{config / FILE} cannot be written. Your choice holds until you leave."
    return chosen, None


def _fits(name: str, value: object) -> bool:
    setting = SCHEMA.get(name)
    return (
        setting is not None
        and isinstance(value, str)
        and (not setting.choices or value in setting.choices)
    )


def _problems(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        if name not in SCHEMA:
            yield f"{FILE}: there is no setting called '{name}'."
        elif not _fits(name, value):
            known = ", ".join(SCHEMA[name].choices) or "words in quotation marks"
            yield f"{FILE}: '{name}' cannot be that. It can be: {known}."
