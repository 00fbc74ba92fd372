"""A person's own keys, kept by the ids of commands, and what speaks against a choice.

What is refused is refused in words that name both sides: two commands that can be given at the
same place never share a key, and no command of the coding screen takes a letter that opens a
theme. A choice that has to give way, as to the letter of one project's theme, stays chosen: it
holds again where nothing speaks against it, and only the person takes it out of the file. A file
that cannot be read is said and stands aside; it is never written over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from qualcode.tui.keys import BY_ID, COMMANDS, DIGITS, Command, Scope, key_label
from qualcode.tui.own import files as own_files

FILE = "keys.json"

Themes = Mapping[str, str]
"""Names of themes by the letter that opens them."""

NO_THEMES: Themes = MappingProxyType({})

_HELD = frozenset({"alt", "ctrl", "shift", "super"})
_NAMED = frozenset(
    {
        *("enter", "escape", "space", "tab", "delete", "insert", "backspace"),
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *(f"f{n}" for n in range(1, 25)),
    }
)
_OTHER_NAMES = MappingProxyType(
    {
        "return": "enter",
        "esc": "escape",
        "del": "delete",
        "ins": "insert",
        "pgup": "pageup",
        "pgdn": "pagedown",
        # A terminal sends the same for each of these pairs.
        "ctrl+i": "tab",
        "ctrl+m": "enter",
        "ctrl+[": "escape",
        " ": "space",
    }
)
_IN_A_SENTENCE = re.compile(r"\{([a-z]+\.[a-z-]+)\}")
_OF_LISTS = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})
_TAKEN = MappingProxyType({"ctrl+c": "copies selected words, and in other programs ends them"})


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of every command: those of the table, but for the ones a person chose."""

    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def keys(self, command: Command) -> tuple[str, ...]:
        """The keys that give a command."""
        return self.own.get(command.id, command.keys)

    def label(self, command: Command) -> str:
        """All its keys as a person reads them."""
        return command.label(self.own.get(command.id))

    def short_label(self, command: Command) -> str:
        """Its first key as a person reads it, where there is little room."""
        if command.shown and command.id not in self.own:
            return command.shown
        return next((key_label(key) for key in self.keys(command)), "")

    def fill(self, sentence: str) -> str:
        """A sentence of ours with the first keys of the commands it names: `{codebook.add} adds`.

        Words of other people are put in after this, for they may hold braces of their own.
        """
        return _IN_A_SENTENCE.sub(lambda found: self.short_label(BY_ID[found[1]]), sentence)

    def with_keys(self, command: Command, keys: Sequence[str]) -> Keymap:
        """The same with other keys for one command."""
        return Keymap({**self.own, command.id: tuple(keys)})

    def without(self, command: Command) -> Keymap:
        """The same with one command's keys as the table has them."""
        return Keymap({name: keys for name, keys in self.own.items() if name != command.id})

    def for_textual(self) -> dict[str, str]:
        """What `App.set_keymap` takes."""
        return {name: ",".join(map(spelled, keys)) for name, keys in self.own.items()}


def canonical(key: str) -> str | None:
    """One spelling for every key that a terminal can send, or None for what is no key."""
    if len(key) == 1:
        return _OTHER_NAMES.get(key, key) if key.isprintable() else None
    *parts, last = _OTHER_NAMES.get(key.lower(), key).split("+")
    held = sorted({part.lower() for part in parts})
    if held == ["shift"] and len(last) == 1:
        return last.upper()  # that is what a terminal sends
    last = _OTHER_NAMES.get(last.lower(), last.lower())
    if not _HELD.issuperset(held) or not (last in _NAMED or (len(last) == 1 and held)):
        return None
    whole = "+".join([*held, last])
    return _OTHER_NAMES.get(whole, whole)


def spelled(key: str) -> str:
    """A key as Textual names it: what is held in the order of the alphabet, no comma."""
    return "comma" if key == "," else canonical(key) or key


def load(config: Path) -> tuple[Keymap, tuple[str, ...]]:
    """The keys that a person chose, and a sentence for all in the file that is no choice.

    What of them holds is for `settled` to say.
    """
    file = own_files.read(config / FILE)
    if file.bad:
        return Keymap(), (file.bad,)
    own: dict[str, tuple[str, ...]] = {}
    said: list[str] = []
    for name, value in file.values.items():
        keys, problem = _read_keys(name, value)
        if problem is None:
            own[name] = keys
        else:
            said.append(f"{FILE}: {problem}")
    return Keymap(own), tuple(said)


def settled(chosen: Keymap, *, themes: Themes = NO_THEMES) -> tuple[Keymap, Mapping[str, str]]:
    """The choices that hold, and by the ids of commands why each of the others does not."""
    refused: dict[str, str] = {}
    # What can hold beside nothing goes first: it must not take another choice with it.
    alone = {name: _problem(BY_ID[name], keys, themes) for name, keys in chosen.own.items()}
    refused |= {name: problem for name, problem in alone.items() if problem is not None}
    held = Keymap({name: keys for name, keys in chosen.own.items() if name not in refused})
    while True:
        for name in reversed([*held.own]):
            problem = check(held, BY_ID[name], held.own[name], themes=themes)
            if problem is not None:
                refused[name] = problem
                held = held.without(BY_ID[name])
                break  # its old keys are back, which may speak against another choice
        else:
            return held, {name: refused[name] for name in chosen.own if name in refused}


def check(
    keymap: Keymap, command: Command, keys: Sequence[str], *, themes: Themes = NO_THEMES
) -> str | None:
    """Why a command cannot have these keys, or None where it can."""
    problem = _problem(command, keys, themes)
    if problem is not None:
        return problem
    for key in keys:
        other = _other_with(keymap, command, spelled(key))
        if other is not None:
            return _cannot_be(key, command, f"it is the key of '{other.title}'")
    return None


def choose(config: Path, command: Command, keys: Sequence[str] | None) -> str | None:
    """Keep the keys of one command, None for those of the table; all else in the file stays.

    A sentence where the choice holds only until the end.
    """
    path = config / FILE
    file = own_files.read(path)
    if file.bad:
        return f"{file.bad} Your keys hold until you leave."
    values = {name: value for name, value in file.values.items() if name != command.id}
    if keys is not None:
        values[command.id] = list(keys)
    if not own_files.write(path, values):
        return f"{path} cannot be written. Your keys hold until you leave."
    return None


def _problem(command: Command, keys: Sequence[str], themes: Themes) -> str | None:
    """Why a command cannot have these keys, whatever keys the others have."""
    if not command.keys:
        return f"'{command.title}' has keys of its own that cannot be changed."
    if not keys:
        return f"'{command.title}' would have no key."
    for key in keys:
        if canonical(key) is None:
            return f"'{key}' is no key for '{command.title}'."
        why = next(_against(command, spelled(key), themes), None)
        if why is not None:
            return _cannot_be(key, command, why)
    return None


def _cannot_be(key: str, command: Command, why: str) -> str:
    return f"{key_label(key)} cannot be the key of '{command.title}': {why}."


def _against(command: Command, key: str, themes: Themes) -> Iterator[str]:
    """What but other commands speaks against one key, the weightiest first."""
    in_coding = command.scope in {Scope.CODING, Scope.EVERYWHERE}
    if key in _TAKEN:
        yield f"it {_TAKEN[key]}"
    if in_coding and key in DIGITS:
        yield "it puts a pinned or recent code"
    if in_coding and key in themes:
        yield f"it opens the theme '{themes[key]}'"
    if command.scope is not Scope.CODING and key in _OF_LISTS:
        yield "it moves in lists"


def _other_with(keymap: Keymap, command: Command, key: str) -> Command | None:
    """Another command that has this key at a place where both can be given."""
    for other in COMMANDS:
        meet = other.id != command.id and _meet(command.scope, other.scope)
        if meet and key in map(spelled, keymap.keys(other)):
            return other
    return None


def _meet(one: Scope, other: Scope) -> bool:
    """True where commands of both places can be given at one."""
    return one is other or Scope.EVERYWHERE in {one, other}


def _read_keys(name: str, value: object) -> tuple[tuple[str, ...], str | None]:
    """The keys that a file gives to a command: one, or a list of them."""
    if name not in BY_ID:
        from qualcode.text.nearest import nearest  # rapidfuzz costs 30 ms; seldom needed

        near = nearest(name, list(BY_ID))
        hint = f" Did you mean '{near}'?" if near else ""
        return (), f"no command is called '{name}'.{hint}"
    keys = [value] if isinstance(value, str) else value
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        return (), f"the keys of '{BY_ID[name].title}' are one in quotation marks, or a list."
    for key in keys:
        if canonical(key) is None:
            return (), f"'{key}' is no key for '{BY_ID[name].title}'."
    return tuple(canonical(key) or key for key in keys), None
