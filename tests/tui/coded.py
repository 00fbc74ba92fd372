"""A small interview to be coded in tests, and what the store says of it afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.study import BY, bring_in, new_store, tick, write
from tui.driving import Driver, driven, settled

from qualcode.model.spans import Span
from qualcode.services.work.coding_session import CodingSession
from qualcode.services.work.sentencing import InProcess, SentenceSource
from qualcode.store import queries
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.widgets.line import OneLine

SMALL = (80, 24)
WIDE = (140, 40)

INTERVIEW = """\
I: Who pays for the fair?

P07: The council paid half of it. We all patched the rest together. It leaked anyway.

I: And after that?

P07: Then nobody came. The hall was cold.

I: Would you do it again?

P07: Every year. Who else would?
"""
FIRST = "The council paid half of it."
SECOND = "We all patched the rest together."
THIRD = "It leaked anyway."
FOURTH = "Then nobody came."
"""The sentences of its answers, in their order."""


def new_interview(folder: Path, *, codebook: str | None = None, text: str = INTERVIEW) -> Store:
    """A project with one interview and the small codebook: `f` funding, `c` cohesion."""
    store = new_store(folder) if codebook is None else new_store(folder, codebook=codebook)
    bring_in(store, write(folder / "files", {"P07.txt": text}) / "P07.txt")
    return store


@asynccontextmanager
async def coding(
    store: Store,
    surroundings: Surroundings,
    *,
    size: tuple[int, int] = SMALL,
    coder: str = BY,
    transcript: str = "P07",
    sentences: SentenceSource | None = None,
) -> AsyncIterator[Driver]:
    """The coding screen of a transcript, with its sentences found."""
    app = make_app(
        store,
        coder,
        surroundings=surroundings,
        transcript=transcript,
        sentences=sentences or InProcess(),
    )
    async with driven(app, size=size) as pilot:
        await settled(pilot)
        yield pilot


def screen_of(app: QualcodeApp) -> CodingScreen:
    """The coding screen that is shown."""
    assert isinstance(app.screen, CodingScreen)
    return app.screen


def line(app: QualcodeApp, name: str) -> str:
    """The words of the header, hint, guide or status line."""
    return app.screen.query_one(f"#{name}", OneLine).text


def selected(app: QualcodeApp) -> str:
    """The words under the cursor."""
    screen = screen_of(app)
    span = screen.view.cursor
    return screen.session.text.text[span.start : span.end]


def place_of(app: QualcodeApp, words: str) -> Span:
    """Where words stand."""
    at = screen_of(app).session.text.text.index(words)
    return Span(at, at + len(words))


def stored(store: Store) -> list[tuple[str, str, str]]:
    """Code, words and coder of every coding, by place; `?` behind the code for a doubt."""
    with store.reading() as session:
        codings = queries.codings(session)
        texts = queries.texts(session, list({one.segment.version for one in codings}))
    return [
        (
            one.code + "?" * one.doubt,
            texts[one.segment.version].text[one.segment.start : one.segment.end],
            one.coder,
        )
        for one in codings
    ]


def tagged_by_another(store: Store, words: str, code: str) -> None:
    """Another coder puts a code, in a session of their own."""
    session = CodingSession.open(store, "P07", coder="ben")
    at = session.text.text.index(words)
    session.tag(code, session.text.checked(at, at + len(words)), at=tick())


def memos(store: Store) -> list[str]:
    """What the memos say, by time."""
    with store.reading() as session:
        return [memo.body for memo in queries.memos(session)]


def rows(pilot: Driver) -> list[str]:
    """What stands on the screen, row by row."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]
