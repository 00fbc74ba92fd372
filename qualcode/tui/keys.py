"""Every command of the coding screen, once: its id, its words, its keys.

Bindings, footer, palette, help, `--plain` and the manual's table are all made from this table. An
id is `place.action`: the screen of that place has a method `action_<action>`. Ids are what a
person's own keys are kept under, so they never change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def _command(
    id_: str, title: str, help_: str, keys: str = "", *, plain: str = "", shown: str = ""
) -> Command:
    return Command(id_, title, help_, tuple(keys.split()), plain, shown)


def _under(section: str, *members: Command) -> Iterator[Command]:
    return (replace(one, section=section) for one in members)


COMMANDS: tuple[Command, ...] = (
    _command(
        "everywhere.help",
        "Help",
        "Show the keys of this screen, then all others.",
        "f1 ?",
        plain="help",
    ),
    _command(
        "everywhere.palette",
        "All commands",
        "Find any command by typing a part of its name.",
        "ctrl+p",
    ),
    _command("everywhere.back", "Back", "Close what is open, or go back.", "escape"),
    _command("everywhere.transcripts", "Transcripts", "Go to the list of transcripts.", "T"),
    _command("everywhere.codebook", "Codebook", "Go to the codebook.", "C"),
    _command("everywhere.quotes", "Quotes", "Go to the coded passages.", "Q"),
    _command("everywhere.settings", "Settings", "Change looks, keys and the player.", "S"),
    _command(
        "everywhere.quit", "Quit", "Leave; everything is saved already.", "ctrl+q", plain="quit"
    ),
    _command("home.open", "Open", "Do what the cursor is on.", "enter"),
    _command(
        "home.continue",
        "Continue where you stopped",
        "Open the transcript you coded last, at the place you left.",
        "c",
    ),
    _command("home.coder", "Who you are", "Choose another coder.", "w"),
    _command(
        "home.practise", "Practise", "Learn the keys in two minutes on an invented interview.", "p"
    ),
    _command(
        "transcripts.open",
        "Code this transcript",
        "Open the transcript at the place you left.",
        "enter",
    ),
    _command(
        "transcripts.search",
        "Filter by words",
        "Show only transcripts whose name, place or participant holds what you type.",
        "/",
    ),
    _command(
        "transcripts.filter",
        "Filter by status",
        "Show all, then those not finished, not begun, and finished.",
        "f",
    ),
    _command(
        "transcripts.sort",
        "Sort",
        "Sort by name, then by what is left to code, by length, and by date.",
        "o",
    ),
    _command(
        "transcripts.finished",
        "Finished",
        "Say that you have finished this transcript, or take that back.",
        "F",
    ),
    *_under(
        "Moving",
        _command("coding.word-left", "Word back", "Move to the word before.", "left"),
        _command("coding.word-right", "Word on", "Move to the next word.", "right"),
        _command(
            "coding.sentence-up",
            "Sentence back",
            "Move to the sentence before.",
            "up k",
            plain="back",
        ),
        _command(
            "coding.sentence-down",
            "Sentence on",
            "Move to the next sentence.",
            "down j",
            plain="next",
        ),
        _command(
            "coding.turn-up",
            "Turn back",
            "Move to the turn before.",
            "{ ctrl+up",
            plain="turn-back",
        ),
        _command(
            "coding.turn-down", "Turn on", "Move to the next turn.", "} ctrl+down", plain="turn"
        ),
        _command("coding.left", "Word back (letter)", "The same as the left arrow.", "h"),
        _command("coding.right", "Word on (letter)", "The same as the right arrow.", "l"),
        _command("coding.page-up", "Page back", "Move a page back.", "pageup"),
        _command("coding.page-down", "Page on", "Move a page on.", "pagedown"),
        _command("coding.first", "Beginning", "Move to the beginning of the transcript.", "home"),
        _command("coding.last", "End", "Move to the end.", "end"),
        _command(
            "coding.next-uncoded",
            "Next uncoded answer",
            "Move to the next turn of a participant that you have not coded.",
            "n",
            plain="uncoded",
        ),
        _command(
            "coding.previous-uncoded",
            "Uncoded answer before",
            "Move to the one before.",
            "N",
            plain="uncoded-back",
        ),
        _command(
            "coding.go-to",
            "Go to a turn or time",
            "Type a number for a turn, or a time such as 14:20.",
            "g",
            plain="go",
        ),
        _command(
            "coding.next-coding", "Next coding here", "Select the next coding at this place.", "tab"
        ),
        _command("coding.previous-coding", "Coding before", "Select the one before.", "shift+tab"),
    ),
    *_under(
        "Selecting",
        _command(
            "coding.extend-left",
            "Shorten by a word",
            "Move the moving end of the selection a word back.",
            "shift+left H",
        ),
        _command(
            "coding.extend-right",
            "Extend by a word",
            "Move the moving end of the selection a word on.",
            "shift+right L",
        ),
        _command(
            "coding.extend-up",
            "Shorten by a sentence",
            "Move the moving end of the selection a sentence back.",
            "shift+up K",
            plain="less",
        ),
        _command(
            "coding.extend-down",
            "Extend by a sentence",
            "Move the moving end of the selection a sentence on.",
            "shift+down J",
            plain="more",
        ),
        _command(
            "coding.extend-turn-up",
            "Extend by a turn back",
            "Select up to the beginning of the turn before.",
            "shift+ctrl+up (",
        ),
        _command(
            "coding.extend-turn-down",
            "Extend by a turn",
            "Select up to the end of the next turn.",
            "shift+ctrl+down )",
        ),
    ),
    *_under(
        "Coding",
        _command(
            "coding.find-code",
            "Find a code",
            "Type some letters of a code; Enter puts it on the selection.",
            "enter t",
            plain="tag",
        ),
        _command(
            "coding.recent",
            "Recent code",
            "Put the code that has this number on the selection; it keeps its number.",
            shown="1–9",
        ),
        _command(
            "coding.theme",
            "Theme, then code",
            "A theme's letter shows its codes, each with its key; that key tags.",
            shown="theme key",
        ),
        _command("coding.pin", "Pin a code", "Keep a code on its number, or let it go again.", "p"),
        _command(
            "coding.untag",
            "Take a code off",
            "Take your code off here; where several lie, choose.",
            "x delete",
            plain="untag",
        ),
        _command(
            "coding.doubt",
            "Doubt",
            "Mark your coding here as one to talk about, or take that back.",
            "D",
            plain="doubt",
        ),
        _command(
            "coding.memo",
            "Memo",
            "Write a note on the coding here, else on the passage.",
            "m",
            plain="memo",
        ),
        _command(
            "coding.move-ends",
            "Move the ends",
            "Make your coding here longer or shorter.",
            "R",
            plain="ends",
        ),
        _command(
            "coding.in-vivo",
            "Code from these words",
            "Make a new code named by the selected words, marked as proposed.",
            "V",
            plain="in-vivo",
        ),
        _command(
            "coding.undo",
            "Undo",
            "Take your latest act back; as often as you like, also tomorrow.",
            "u ctrl+z",
            plain="undo",
        ),
        _command("coding.redo", "Redo", "Do again what undo took back.", "U ctrl+y", plain="redo"),
        _command(
            "coding.apply", "Apply the file", "See what is new in codebook.yaml; bring it in.", "A"
        ),
    ),
    *_under(
        "Looking",
        _command(
            "coding.search",
            "Search",
            'Find words, a "phrase", fund* or /a regular expression/ in this transcript.',
            "/",
            plain="search",
        ),
        _command("coding.next-hit", "Next hit", "Move to the next hit.", "]", plain="hit"),
        _command(
            "coding.previous-hit", "Hit before", "Move to the one before.", "[", plain="hit-back"
        ),
        _command(
            "coding.copy", "Copy the quotation", "Copy the selected words with their locator.", "y"
        ),
        _command(
            "coding.play",
            "Play the recording",
            "Play the turn under the cursor; the same key stops it.",
            "space",
            plain="play",
        ),
        _command("coding.panel", "Codes at the side", "Show or hide the panel of codes.", "b"),
        _command(
            "coding.text-only",
            "Text only",
            "Show nothing but the transcript, or everything again.",
            "z",
        ),
        _command(
            "coding.others", "Other coders' work", "Show or hide what other coders have coded.", "O"
        ),
        _command(
            "coding.finished",
            "Finished",
            "Say that you have finished this transcript, or take that back.",
            "F",
            plain="finished",
        ),
    ),
    _command(
        "codebook.find",
        "Find",
        "Show only codes whose name or definition holds what you type.",
        "/",
    ),
    _command("codebook.add", "Add a code", "Add a code under the theme or code you are on.", "a"),
    _command("codebook.rename", "Rename", "Give it another name; its id stays.", "r"),
    _command("codebook.define", "Definition", "Write what it means.", "d"),
    _command("codebook.move", "Move", "Put it under another theme or code.", "m"),
    _command(
        "codebook.merge",
        "Merge",
        "Put all its codings under another code; you see how many first.",
        "g",
    ),
    _command(
        "codebook.retire", "Retire", "Let it take no new codings; those it has stay.", "x delete"
    ),
    _command(
        "codebook.accept", "Accept", "Make a proposed code one of the book like any other.", "p"
    ),
    _command("codebook.key", "Key", "Choose the letter that opens a theme.", "k"),
    _command(
        "codebook.apply",
        "Apply the file",
        "Bring in a changed codebook.yaml, or bring it up to date.",
        "A",
    ),
    _command("codebook.quotes", "Quotes of this code", "See the passages it lies on.", "enter"),
    _command("codebook.undo", "Undo", "Take your latest act back.", "u ctrl+z"),
    _command("codebook.redo", "Redo", "Do again what undo took back.", "U ctrl+y"),
    _command(
        "quotes.open", "Go to the place", "Open the transcript where these words stand.", "enter"
    ),
    _command(
        "quotes.filter", "Filter", "Narrow by code, theme, coder, place or any attribute.", "f"
    ),
    _command(
        "quotes.search", "Filter by words", "Show only passages that hold what you type.", "/"
    ),
    _command("quotes.clear", "Show all", "Take all filters off.", "c"),
    _command(
        "quotes.export", "Write to a file", "Write what is shown to a .csv, .md or .json file.", "e"
    ),
    _command("quotes.copy", "Copy the quotation", "Copy it with how it may be cited.", "y"),
    _command(
        "settings.change",
        "Change",
        "Change this setting, or choose another key for this command.",
        "enter",
    ),
    _command(
        "settings.reset",
        "As it was",
        "Give this setting or command what it had at first.",
        "delete",
    ),
)

# The last line of each screen between the first and the last of these: what fits, in this order.
_FOOTER_EVERYWHERE = (
    ("everywhere.help", "Help"),
    ("everywhere.palette", "Commands"),
    ("everywhere.quit", "Quit"),
)
_FOOTERS: Mapping[Scope, Mapping[str, str]] = {
    Scope.HOME: {"open": "Open", "continue": "Continue", "coder": "Coder", "practise": "Practise"},
    Scope.TRANSCRIPTS: {
        "open": "Code",
        "search": "Find",
        "filter": "Filter",
        "sort": "Sort",
        "finished": "Finished",
    },
    Scope.CODING: {
        "find-code": "Tag",
        "recent": "Recent",
        "theme": "Themes",
        "next-uncoded": "Uncoded",
        "undo": "Undo",
        "search": "Search",
    },
    Scope.CODEBOOK: {
        "find": "Find",
        "add": "Add",
        "rename": "Rename",
        "define": "Define",
        "move": "Move",
        "merge": "Merge",
        "retire": "Retire",
        "undo": "Undo",
    },
    Scope.QUOTES: {
        "open": "Go there",
        "filter": "Filter",
        "search": "Find",
        "clear": "Show all",
        "export": "Export",
    },
    Scope.SETTINGS: {"change": "Change", "reset": "Reset"},
}

BY_ID: Mapping[str, Command] = MappingProxyType({one.id: one for one in COMMANDS})


def commands(scope: Scope, *, everywhere: bool = True) -> Iterator[Command]:
    """The commands of one screen, then, unless told otherwise, those of all screens."""
    yield from (one for one in COMMANDS if one.scope is scope)
    if everywhere and scope is not Scope.EVERYWHERE:
        yield from (one for one in COMMANDS if one.scope is Scope.EVERYWHERE)


def footer(scope: Scope) -> tuple[Command, ...]:
    """What the last line of a screen names, the most needed first."""
    first, *last = _FOOTER_EVERYWHERE
    own = ((f"{scope}.{name}", word) for name, word in _FOOTERS.get(scope, {}).items())
    return tuple(replace(BY_ID[id_], footer=word) for id_, word in (first, *own, *last))


def plain_words() -> dict[str, Command]:
    """The commands of `--plain` by their words."""
    return {one.plain: one for one in COMMANDS if one.plain}
