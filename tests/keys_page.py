"""docs/keys.md, made from the one table of commands; `python tests/keys_page.py` renews it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qualcode.tui.keys import Command, Scope, commands, key_label
from qualcode.tui.plain import summaries as plain_summaries
from qualcode.tui.plain import words as plain_words

PAGE = Path(__file__).resolve().parent.parent / "docs" / "keys.md"
RENEW = "python tests/keys_page.py"

TITLES = {
    Scope.CODING: "Coding",
    Scope.EVERYWHERE: "On every screen",
    Scope.HOME: "Home",
    Scope.TRANSCRIPTS: "Transcripts",
    Scope.CODEBOOK: "Codebook",
    Scope.QUOTES: "Quotes",
    Scope.REVIEW: "What waits since a correction",
    Scope.SUMMARIES: "Summaries: the sheet",
    Scope.SUMMARY: "Summaries: one cell",
    Scope.SETTINGS: "Settings",
}
HEAD = f"""\
# Keys and commands

Made from `qualcode/tui/keys/`; renew it with `{RENEW}`.

Whatever can be done is found by its name with `ctrl+p`, too. Other keys are chosen in the settings,
and kept under the ids below. Theme keys come from the codebook.
"""
IN_LINES = """\
## In lines

`qualcode code --plain` takes one command a line. A code is given by its name, its full name, or the
number that `codes` shows; letters of it are a guess, which `yes` confirms.
"""


SUMMARIES_IN_LINES = """\
## Summaries in lines

`qualcode summaries write --plain` does the same for the cells of cases and themes. Passages are
given by the number that stands before them.
"""


def page() -> str:
    """The whole page."""
    screens = [_screen(scope) for scope in TITLES]
    return "\n".join([HEAD, *screens, IN_LINES, *_lines(), "", SUMMARIES_IN_LINES, *_cells(), ""])


def _screen(scope: Scope) -> str:
    found = list(commands(scope, everywhere=False))
    parts = [f"## {TITLES[scope]}\n"]
    for section in dict.fromkeys(one.section for one in found):
        if section:
            parts.append(f"### {section}\n")
        parts += ["| key | does | id |", "|---|---|---|"]
        parts += [_row(one) for one in found if one.section == section]
        parts.append("")
    return "\n".join(parts)


def _row(command: Command) -> str:
    keys = command.shown or " ".join(f"`{key_label(key)}`" for key in command.keys)
    return f"| {keys} | {_cell(command.help)} | `{command.id}` |"


def _lines() -> Iterator[str]:
    yield "| line | does |"
    yield "|---|---|"
    for word, sentence in plain_words.all_words().items():
        form = " ".join(filter(None, (word, plain_words.FORMS.get(word, ""))))
        yield f"| `{form}` | {_cell(sentence)} |"
    yield "| an empty line | The same as `next`. |"


def _cells() -> Iterator[str]:
    yield "| line | does |"
    yield "|---|---|"
    for word, sentence in plain_summaries.all_words().items():
        form = " ".join(filter(None, (word, plain_summaries.FORMS.get(word, ""))))
        yield f"| `{form}` | {_cell(sentence)} |"
    yield "| an empty line | The same as `next`. |"


def _cell(text: str) -> str:
    """Words that a table of Markdown shows as they are."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
