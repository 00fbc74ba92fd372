"""What the screen knows of the machine it runs on, told once by the command line.

Nothing in this room but `app.py` reads any of it elsewhere: the same surroundings give the same
screen, and a test makes them up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.tui.looks import ColourMode


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Folders, clock and terminal of one person at one machine.

    `folder` is the project's, with codebook and recordings; of a project on a server the folder
    the program was called in. `config` is this person's own folder: settings, keys, and what lies
    on their desks. `remember_coder` keeps a name for the next call, False where it cannot.
    `colours` is what the terminal can show, `dark` whether its ground is dark, `slow` whether it
    is reached over a line. `debugging` shows a fault of our own with all its steps.
    """

    folder: Path
    config: Path
    clock: Callable[[], datetime]
    remember_coder: Callable[[str], bool]
    colours: ColourMode
    dark: bool = True
    slow: bool = False
    debugging: bool = False
