"""A small study on disk, and the command line run on it as a person would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CODEBOOK = """\
codebook: Fairs
version: 1
themes:
  - id: funding
    name: Funding
    key: f
    colour: "#8a4b1f"
    definition: How money comes.
    codes:
      - id: grant-aid
        name: Grant aid
        definition: Money given, not earned.
      - id: trading
        name: Trading
  - id: cohesion
    name: Cohesion
    key: c
    codes:
      - id: bonding
        name: Bonding
"""

P01 = """\
Interviewer: How did the fair begin?

P01: We all came to the fair. The grant paid for the tent, and the tent leaked.

Interviewer: Who pays now?

P01: Nobody pays. We sell tea, and the tea pays for the tent.
"""

P02 = """\
Interviewer: Were you there?

P02: I was there and I would rather not be quoted about the grant.
"""

P03 = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Interviewer>What does the council do?

00:00:05.000 --> 00:00:09.000
<v P03>The council gives a grant every spring.

00:01:10.000 --> 00:01:14.000
<v P03>After that we are on our own.
"""

MANIFEST = """\
interview_id,file,participant,role,organisation,place,stakeholder,attribution,date
P01,P01.txt,P01,Organiser,Fair Committee,Thornwick,community,role,2024-03-12
P02,P02.txt,P02,Resident,,Thornwick,community,withheld,2024-03-13
P03,P03.vtt,P03,Officer,Borough of Marle,Marle,officer,role-organisation,2024-03-14
"""

GRANT = "The grant paid for the tent"

_CALL = "import sys; from qualcode.cli.main import run; sys.exit(run())"


@dataclass(frozen=True)
class Outcome:
    """What one command line did: exit code and what stood on both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)


def write_study(folder: Path) -> Path:
    """Transcripts, manifest and codebook in a folder; no project yet."""
    files = folder / "transcripts"
    files.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "P01.txt": P01,
        "P02.txt": P02,
        "P03.vtt": P03,
        "interviews.csv": MANIFEST,
    }.items():
        (files / name).write_text(text, encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    return folder


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a person whose home is `home`, and who has set nothing else up."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("QUALCODE_")}
    root = str(Path(__file__).parents[2])
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "APPDATA", "USERPROFILE"), str(home))
    return {**kept, **homes, "PYTHONPATH": root, "COLUMNS": "80", **more}


def call(
    *words: str, folder: Path, home: Path, before: str = "", after: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own; `before`, `after` are Python around the call."""
    code = _CALL if not after else f"{_CALL.replace('sys.exit(run())', 'run()')}; {after}"
    return subprocess.run(
        [sys.executable, "-c", f"{before}\n{code}" if before else code, *words],
        cwd=folder,
        env=environment(home, **more),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def call_bytes(*words: str, folder: Path, home: Path) -> bytes:
    """What a command line that has to go well writes to stdout."""
    return subprocess.run(
        [sys.executable, "-m", "qualcode", *words],
        cwd=folder,
        env=environment(home),
        stdout=subprocess.PIPE,
        timeout=120,
        check=True,
    ).stdout
