"""The commands of the coding screen, under the headings of its help."""

from __future__ import annotations

from qualcode.tui.keys.command import Command, command, under

CODING: tuple[Command, ...] = (
    *under(
        "Moving",
        command("coding.word-left", "Word back", "Move to the word before.", "left"),
        command("coding.word-right", "Word on", "Move to the next word.", "right"),
        command(
            "coding.sentence-up",
            "Sentence back",
            "Move to the sentence before.",
            "up k",
            plain="back",
        ),
        command(
            "coding.sentence-down",
            "Sentence on",
            "Move to the next sentence.",
            "down j",
            plain="next",
        ),
        command(
            "coding.turn-up",
            "Turn back",
            "Move to the turn before.",
            "{ ctrl+up",
            plain="turn-back",
        ),
        command(
            "coding.turn-down", "Turn on", "Move to the next turn.", "} ctrl+down", plain="turn"
        ),
        command("coding.left", "Word back (letter)", "The same as the left arrow.", "h"),
        command("coding.right", "Word on (letter)", "The same as the right arrow.", "l"),
        command("coding.page-up", "Page back", "Move a page back.", "pageup"),
        command("coding.page-down", "Page on", "Move a page on.", "pagedown"),
        command("coding.first", "Beginning", "Move to the beginning of the transcript.", "home"),
        command("coding.last", "End", "Move to the end.", "end"),
        command(
            "coding.next-uncoded",
            "Next uncoded answer",
            "Move to the next turn of a participant that you have not coded.",
            "n",
            plain="uncoded",
        ),
        command(
            "coding.previous-uncoded",
            "Uncoded answer before",
            "Move to the one before.",
            "N",
            plain="uncoded-back",
        ),
        command(
            "coding.go-to",
            "Go to a turn or time",
            "Type a number for a turn, or a time such as 14:20.",
            "g",
            plain="go",
        ),
        command(
            "coding.next-coding", "Next coding here", "Select the next coding at this place.", "tab"
        ),
        command("coding.previous-coding", "Coding before", "Select the one before.", "shift+tab"),
    ),
    *under(
        "Selecting",
        command(
            "coding.extend-left",
            "Shorten by a word",
            "Move the moving end of the selection a word back.",
            "shift+left H",
        ),
        command(
            "coding.extend-right",
            "Extend by a word",
            "Move the moving end of the selection a word on.",
            "shift+right L",
        ),
        command(
            "coding.extend-up",
            "Shorten by a sentence",
            "Move the moving end of the selection a sentence back.",
            "shift+up K",
            plain="less",
        ),
        command(
            "coding.extend-down",
            "Extend by a sentence",
            "Move the moving end of the selection a sentence on.",
            "shift+down J",
            plain="more",
        ),
        command(
            "coding.extend-turn-up",
            "Extend by a turn back",
            "Select up to the beginning of the turn before.",
            "shift+ctrl+up (",
        ),
        command(
            "coding.extend-turn-down",
            "Extend by a turn",
            "Select up to the end of the next turn.",
            "shift+ctrl+down )",
        ),
    ),
    *under(
        "Coding",
        command(
            "coding.find-code",
            "Find a code",
            "Type some letters of a code; Enter puts it on the selection.",
            "enter t",
            plain="tag",
        ),
        command(
            "coding.recent",
            "Recent code",
            "Put the code that has this number on the selection; it keeps its number.",
            shown="1–9",
        ),
        command(
            "coding.theme",
            "Theme, then code",
            "A theme's letter shows its codes, each with its key; that key tags.",
            shown="theme key",
        ),
        command("coding.pin", "Pin a code", "Keep a code on its number, or let it go again.", "p"),
        command(
            "coding.untag",
            "Take a code off",
            "Take your code off here; where several lie, choose.",
            "x delete",
            plain="untag",
        ),
        command(
            "coding.doubt",
            "Doubt",
            "Mark your coding here as one to talk about, or take that back.",
            "D",
            plain="doubt",
        ),
        command(
            "coding.star",
            "Worth quoting",
            "Mark the coded passage here as worth quoting, or take that back.",
            "*",
            plain="star",
        ),
        command(
            "coding.memo",
            "Memo",
            "Write a note on the coding here, else on the passage.",
            "m",
            plain="memo",
        ),
        command(
            "coding.move-ends",
            "Move the ends",
            "Make your coding here longer or shorter.",
            "R",
            plain="ends",
        ),
        command(
            "coding.in-vivo",
            "Code from these words",
            "Make a new code named by the selected words, marked as proposed.",
            "V",
            plain="in-vivo",
        ),
        command(
            "coding.undo",
            "Undo",
            "Take your latest act back; as often as you like, also tomorrow.",
            "u ctrl+z",
            plain="undo",
        ),
        command("coding.redo", "Redo", "Do again what undo took back.", "U ctrl+y", plain="redo"),
        command(
            "coding.apply", "Apply the file", "See what is new in codebook.yaml; bring it in.", "A"
        ),
    ),
    *under(
        "Looking",
        command(
            "coding.search",
            "Search",
            'Find words, a "phrase", fund* or /a regular expression/ in this transcript.',
            "/",
            plain="search",
        ),
        command("coding.next-hit", "Next hit", "Move to the next hit.", "]", plain="hit"),
        command(
            "coding.previous-hit", "Hit before", "Move to the one before.", "[", plain="hit-back"
        ),
        command(
            "coding.copy", "Copy the quotation", "Copy the selected words with their locator.", "y"
        ),
        command(
            "coding.play",
            "Play the recording",
            "Play the turn under the cursor; the same key stops it.",
            "space",
            plain="play",
        ),
        command("coding.panel", "Codes at the side", "Show or hide the panel of codes.", "b"),
        command(
            "coding.text-only",
            "Text only",
            "Show nothing but the transcript, or everything again.",
            "z",
        ),
        command(
            "coding.others", "Other coders' work", "Show or hide what other coders have coded.", "O"
        ),
        command(
            "coding.finished",
            "Finished",
            "Say that you have finished this transcript, or take that back.",
            "F",
            plain="finished",
        ),
    ),
)
