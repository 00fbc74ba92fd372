"""The commands of README and of the manual, run in a copy of the worked example.

`python tests/pages.py` renews what they print.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import whisper_output

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
IMPORTING = ROOT / "docs" / "importing.md"
CODING = ROOT / "docs" / "coding.md"
DOCUMENTS = ROOT / "docs" / "documents.md"
CONSENT = ROOT / "docs" / "consent.md"
PAGES = (README, IMPORTING, CODING, DOCUMENTS, CONSENT)
RENEW = "python tests/pages.py"
CORRECTIONS = (
    ("nothing to do but talk to whoever's in front", "nowt to do but talk to whoever's in front"),
    ("Room hire is, what, forty-odd.", "Room hire is, what, fourteen."),
    (
        "All of them. I came out of the kitchen and it was like Moses.",
        "Every single one. I'd gone for the custard, and when I came back it was the Red Sea.",
    ),
    ("And it does mean I can say no, not every day, but I can.", "[She laughs.]"),
)
"""What somebody heard otherwise on listening again: as it was first, and as it is."""

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """One command of a page and what the page says that it prints."""

    command: str
    printed: str


def blocks(text: str) -> Iterator[re.Match[str]]:
    """The blocks of a page that show commands with what they print."""
    return _BLOCK.finditer(text)


def shown(block: str) -> list[Shown]:
    """The commands of one block in order."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [Shown(*part.split("\n", 1)) for part in parts]


def make_example(folder: Path) -> Path:
    """The worked example in a fresh folder, with what the manual speaks of besides.

    Returns where the commands are run: there lie a corrected transcript in `corrected`, and in
    `heard` what a speech engine made of three recordings.
    """
    run("qualcode demo qualcode-demo", folder)
    home = folder / "qualcode-demo"
    (home / "corrected").mkdir()
    heard = (home / "transcripts" / "P02.md").read_text(encoding="utf-8")
    for wrong, right in CORRECTIONS:
        assert heard.count(wrong) == 1
        heard = heard.replace(wrong, right)
    (home / "corrected" / "P02.md").write_text(heard, encoding="utf-8")
    whisper_output.write(home / "heard", speakers=True, manifest=home / "heard.csv")
    return home


def run(command: str, folder: Path) -> str:
    """What a person sees: both streams of the command, in the order in which they came."""
    words = shlex.split(command)
    typed = ""
    if words[0] == "printf":  # printf 'lines' | qualcode …
        typed = words[1].encode("ascii").decode("unicode_escape")
        words = words[words.index("|") + 1 :]
    assert words[0] == "qualcode", f"a page shows a command that is not ours: {command}"
    done = subprocess.run(
        [sys.executable, "-m", "qualcode", *words[1:]],
        cwd=folder,
        env=_environment(folder),
        input=typed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def _environment(folder: Path) -> dict[str, str]:
    """A plain environment, so that nobody's own settings show in what is printed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("QUALCODE_")}
    home = folder if folder.name != "qualcode-demo" else folder.parent
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [kept.get("PYTHONPATH")])]),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
    }


def renewed(text: str) -> str:
    """A page with what its commands print now."""
    with tempfile.TemporaryDirectory() as name:
        folder = make_example(Path(name))

        def again(block: re.Match[str]) -> str:
            lines = [f"$ {one.command}\n{run(one.command, folder)}" for one in shown(block[1])]
            return f"```console\n{''.join(lines)}```"

        return _BLOCK.sub(again, text)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
