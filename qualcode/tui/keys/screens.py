"""The commands of the screens around coding, and what the last line of each screen names."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.tui.keys.command import Command, Scope, command

BEFORE_CODING: tuple[Command, ...] = (
    command(
        "everywhere.help",
        "Help",
        "Show the keys of this screen, then all others.",
        "f1 ?",
        plain="help",
    ),
    command(
        "everywhere.palette",
        "All commands",
        "Find any command by typing a part of its name.",
        "ctrl+p",
    ),
    command("everywhere.back", "Back", "Close what is open, or go back.", "escape"),
    command("everywhere.transcripts", "Transcripts", "Go to the list of transcripts.", "T"),
    command("everywhere.codebook", "Codebook", "Go to the codebook.", "C"),
    command("everywhere.quotes", "Quotes", "Go to the coded passages.", "Q"),
    command(
        "everywhere.review",
        "What waits",
        "Go to the passages that wait since a transcript was corrected.",
        "W",
        plain="review",
    ),
    command(
        "everywhere.summaries",
        "Summaries",
        "Go to the cells of cases and themes, to write what each case says.",
        "M",
    ),
    command("everywhere.settings", "Settings", "Change looks, keys and the player.", "S"),
    command(
        "everywhere.quit", "Quit", "Leave; everything is saved already.", "ctrl+q", plain="quit"
    ),
    command("home.open", "Open", "Do what the cursor is on.", "enter"),
    command(
        "home.continue",
        "Continue where you stopped",
        "Open the transcript you coded last, at the place you left.",
        "c",
    ),
    command("home.coder", "Who you are", "Choose another coder.", "w"),
    command(
        "home.practise", "Practise", "Learn the keys in two minutes on an invented interview.", "p"
    ),
    command(
        "transcripts.open",
        "Code this transcript",
        "Open the transcript at the place you left.",
        "enter",
    ),
    command(
        "transcripts.search",
        "Filter by words",
        "Show only transcripts whose name, place or participant holds what you type.",
        "/",
    ),
    command(
        "transcripts.filter",
        "Filter by status",
        "Show all, then those not finished, not begun, and finished.",
        "f",
    ),
    command(
        "transcripts.sort",
        "Sort",
        "Sort by name, then by what is left to code, by length, and by date.",
        "o",
    ),
    command(
        "transcripts.finished",
        "Finished",
        "Say that you have finished this transcript, or take that back.",
        "F",
    ),
)
"""Everywhere, home, transcripts: what one comes through on the way to coding."""

AFTER_CODING: tuple[Command, ...] = (
    command(
        "codebook.find",
        "Find",
        "Show only codes whose name or definition holds what you type.",
        "/",
    ),
    command("codebook.add", "Add a code", "Add a code under the theme or code you are on.", "a"),
    command("codebook.rename", "Rename", "Give it another name; its id stays.", "r"),
    command("codebook.define", "Definition", "Write what it means.", "d"),
    command("codebook.move", "Move", "Put it under another theme or code.", "m"),
    command(
        "codebook.merge",
        "Merge",
        "Put all its codings under another code; you see how many first.",
        "g",
    ),
    command(
        "codebook.retire", "Retire", "Let it take no new codings; those it has stay.", "x delete"
    ),
    command(
        "codebook.accept", "Accept", "Make a proposed code one of the book like any other.", "p"
    ),
    command("codebook.key", "Key", "Choose the letter that opens a theme.", "k"),
    command(
        "codebook.apply",
        "Apply the file",
        "Bring in a changed codebook.yaml, or bring it up to date.",
        "A",
    ),
    command("codebook.quotes", "Quotes of this code", "See the passages it lies on.", "enter"),
    command("codebook.undo", "Undo", "Take your latest act back.", "u ctrl+z"),
    command("codebook.redo", "Redo", "Do again what undo took back.", "U ctrl+y"),
    command(
        "quotes.open", "Go to the place", "Open the transcript where these words stand.", "enter"
    ),
    command(
        "quotes.filter", "Filter", "Narrow by code, theme, coder, place or any attribute.", "f"
    ),
    command("quotes.search", "Filter by words", "Show only passages that hold what you type.", "/"),
    command("quotes.clear", "Show all", "Take all filters off.", "c"),
    command(
        "quotes.export",
        "Write to a file",
        "Write what is shown to a .docx, .csv, .json, .md or .html file.",
        "e",
    ),
    command(
        "quotes.star",
        "Worth quoting",
        "Mark the passage as worth quoting, or take that back.",
        "*",
    ),
    command("quotes.copy", "Copy the quotation", "Copy it with how it may be cited.", "y"),
    command(
        "review.accept",
        "Accept",
        "Lay the coding on the words that are proposed.",
        "enter a",
        plain="accept",
    ),
    command(
        "review.move",
        "Move",
        "Choose its place in the transcript, beginning where it is likeliest.",
        "m",
        plain="move",
    ),
    command(
        "review.drop",
        "Take it off",
        "Take your own coding off; its memos stay on the passage.",
        "x delete",
        plain="drop",
    ),
    command("review.next", "Next", "Go to the next one.", "n"),
    command("review.previous", "One before", "Go to the one before.", "N"),
    command("review.filter", "One transcript", "Show what waits in one transcript, or all.", "f"),
    command("review.others", "Other coders' work", "Show everybody's, or yours alone.", "O"),
    command("review.undo", "Undo", "Take back what you settled last.", "u ctrl+z"),
    command("review.redo", "Redo", "Settle again what undo took back.", "U ctrl+y"),
    command(
        "settings.change",
        "Change",
        "Change this setting, or choose another key for this command.",
        "enter",
    ),
    command(
        "settings.reset",
        "As it was",
        "Give this setting or command what it had at first.",
        "delete",
    ),
)
"""Codebook, quotes, what waits, settings."""

# The last line of each screen between the first and the last of these: what fits, in this order.
FOOTER_EVERYWHERE = (
    ("everywhere.help", "Help"),
    ("everywhere.palette", "Commands"),
    ("everywhere.quit", "Quit"),
)
FOOTERS: Mapping[Scope, Mapping[str, str]] = {
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
        "star": "Star",
    },
    Scope.REVIEW: {
        "accept": "Accept",
        "move": "Move",
        "drop": "Take off",
        "filter": "Filter",
        "others": "Others",
        "undo": "Undo",
    },
    Scope.SUMMARIES: {
        "open": "Write",
        "next": "Next to do",
        "checked": "Checked",
        "final": "Final",
        "search": "Find",
        "filter": "Only",
    },
    Scope.SUMMARY: {
        "write": "Write",
        "link": "Link",
        "next": "Next to do",
        "checked": "Checked",
        "final": "Final",
        "next-case": "Next case",
    },
    Scope.SETTINGS: {"change": "Change", "reset": "Reset"},
}
