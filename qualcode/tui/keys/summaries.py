"""The commands of the two screens of summaries: the sheet of all cells, and the one written in.

What somebody does to a summary has the same key on both.
"""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.tui.keys.command import Command, command


def _of_a_summary(scope: str, *, plain: bool = False) -> Iterator[Command]:
    """What can be done to the summary of the cell that one is on."""

    def said(word: str) -> str:
        return word if plain else ""

    yield command(
        f"{scope}.checked",
        "Checked",
        "Say that it is checked, and holds for the passages beneath it now.",
        "c",
        plain=said("checked"),
    )
    yield command(
        f"{scope}.final",
        "Final",
        "Say that it is final, and holds for the passages beneath it now.",
        "f",
        plain=said("final"),
    )
    yield command(
        f"{scope}.draft", "Draft again", "Make it a draft again.", "d", plain=said("draft")
    )
    yield command(
        f"{scope}.remove",
        "Take the summary away",
        "Take it away; undo brings it back.",
        "x delete",
        plain=said("remove"),
    )
    yield command(
        f"{scope}.undo",
        "Undo",
        "Take back what you last did to a summary.",
        "u ctrl+z",
        plain=said("undo"),
    )
    yield command(
        f"{scope}.redo", "Redo", "Do again what undo took back.", "U ctrl+y", plain=said("redo")
    )


SUMMARIES: tuple[Command, ...] = (
    command("summaries.open", "Write this summary", "Open the cell, to read and write.", "enter"),
    command("summaries.left", "Theme before", "Move to the theme before.", "left h"),
    command("summaries.right", "Theme on", "Move to the next theme.", "right l"),
    command(
        "summaries.next",
        "Next to do",
        "Go to the next cell with passages and no summary, or with a stale one.",
        "n",
    ),
    command("summaries.previous", "To do before", "Go to the one before.", "N"),
    command(
        "summaries.search", "Find cases", "Show only cases whose name holds what you type.", "/"
    ),
    command(
        "summaries.filter",
        "Only some cases",
        "Show only cases with something to do, with drafts, with what is checked, final or stale.",
        "o",
    ),
    command(
        "summaries.rows",
        "What a case is",
        "Let a row be a participant, a transcript, a place or any attribute.",
        "r",
    ),
    command(
        "summaries.columns", "What a column is", "Show the themes, or the codes of one theme.", "t"
    ),
    command(
        "summaries.take-in",
        "Take in a table",
        "Write the summaries of a table with the columns case, theme, text, as one act.",
        "I",
    ),
    *_of_a_summary("summaries"),
    command(
        "summary.write",
        "Write",
        "Write the summary; Esc goes back to the passages. It is kept as you go.",
        "enter",
        plain="write",
    ),
    command(
        "summary.link",
        "Link the passage",
        "Put the place of the chosen passage into the summary, and link it.",
        "l ctrl+l",
        plain="link",
    ),
    command(
        "summary.unlink",
        "Take the link off",
        "Let the summary no longer be linked to the chosen passage; its words stay.",
        "L",
        plain="unlink",
    ),
    command(
        "summary.next-passage",
        "Next passage",
        "Choose the next passage, also while you write.",
        "ctrl+down",
    ),
    command(
        "summary.previous-passage",
        "Passage before",
        "Choose the passage before, also while you write.",
        "ctrl+up",
    ),
    command(
        "summary.next",
        "Next to do",
        "Go to the next cell with passages and no summary, or with a stale one.",
        "n",
        plain="next",
    ),
    command("summary.previous", "To do before", "Go to the one before.", "N", plain="back"),
    command(
        "summary.next-case",
        "Next case",
        "Go to the same theme of the next case.",
        "j",
        plain="case-next",
    ),
    command(
        "summary.previous-case",
        "Case before",
        "Go to the same theme of the case before.",
        "k",
        plain="case-back",
    ),
    command(
        "summary.next-theme",
        "Next theme",
        "Go to the next theme of the same case.",
        "right",
        plain="theme-next",
    ),
    command(
        "summary.previous-theme",
        "Theme before",
        "Go to the theme before of the same case.",
        "left",
        plain="theme-back",
    ),
    command(
        "summary.go-there",
        "Go to the place",
        "Open the transcript where the chosen passage stands.",
        "g",
    ),
    command(
        "summary.star",
        "Worth quoting",
        "Mark the chosen passage as worth quoting, or take that back.",
        "*",
    ),
    command("summary.copy", "Copy the quotation", "Copy it with how it may be cited.", "y"),
    *_of_a_summary("summary", plain=True),
)
"""The sheet, then the cell."""
