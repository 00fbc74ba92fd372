"""Practising: the worked example as a second project, in which nothing can be spoilt.

It is made anew each time in the person's own folder, and lives in a mode of the app of its own:
store, folder and desk are those of the practice until its last screen is left.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.tui.own.desk import Desk
from qualcode.tui.pages import Polls

if TYPE_CHECKING:
    from qualcode.services.work.coding_session import CodingSession
    from qualcode.store.store import Store
    from qualcode.tui.app import QualcodeApp
    from qualcode.tui.own.keymap import Themes
    from qualcode.tui.own.surroundings import Surroundings

PROJECT = "project"
MODE = "practice"
"""The modes of the app: its own work, and this."""

FOLDER = "practice"

SAID = "PRACTICE"
"""What stands at the head of every screen of it."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The project that waits until the practice is over."""

    store: Store
    surroundings: Surroundings
    desk: Desk
    themes: Themes


def make(config: Path, *, at: datetime) -> str:
    """The worked example, new; where its project lies. For a thread: it takes a second.

    Raises OutputError where the folder takes nothing.
    """
    from qualcode.services.example import make_demo

    folder = config / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    return make_demo(folder, at=at).place


def enter(app: QualcodeApp, place: str) -> Outside:
    """Put the practice project in the place of the real one, which is returned. Raises StoreError.

    The coding screen leads through a first coding of its first transcript.
    """
    from qualcode.services import projects
    from qualcode.services.listing import list_transcripts
    from qualcode.services.work.coding_session import CodingSession
    from qualcode.tui.screens.coding.screen import CodingScreen

    store = projects.open_project(place)
    first = list_transcripts(store)[0].name
    session: CodingSession = CodingSession.open(store, first, coder=app.coder)
    outside = Outside(app.store, app.surroundings, app.desk, app.theme_keys)
    folder = Path(place).parent
    app.store, app.desk = store, Desk(folder / "desk.json")
    app.surroundings = replace(app.surroundings, folder=folder)
    app.add_mode(MODE, lambda: CodingScreen(session, guide=True))
    return outside


async def leave(app: QualcodeApp, outside: Outside) -> None:
    """Back to the real project; what was practised stays until the next time."""
    practice = app.store
    app.switch_mode(PROJECT)
    await app.remove_mode(MODE)  # its screens still keep where they were, on the practice's desk
    app.store, app.surroundings, app.desk = outside.store, outside.surroundings, outside.desk
    practice.close()
    app.take_theme_keys(outside.themes)
    app.settings_changed()  # what was chosen while one practised
    if isinstance(app.screen, Polls):
        app.screen.poll()
