"""Home, on the real app over a real store."""

from __future__ import annotations

from services.study import BY, tick
from tui.driving import driven, in_the_app, pressed, settled

from qualcode.services.coding_session import CodingSession
from qualcode.services.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.keys import Scope, commands
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.home import Home
from qualcode.tui.surroundings import Surroundings
from qualcode.tui.transcript.units import Unit
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

SMALL = (80, 24)


def app_of(store: Store, surroundings: Surroundings) -> QualcodeApp:
    return make_app(store, BY, surroundings=surroundings, sentences=InProcess())


def home_of(app: QualcodeApp) -> Home:
    screen = app.screen
    assert isinstance(screen, Home)
    return screen


def lines(app: QualcodeApp) -> list[str]:
    """The steps as they are drawn."""
    rows = app.screen.query_one("#steps", Rows)
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


def report(app: QualcodeApp) -> str:
    screen = app.screen
    assert isinstance(screen, Home)
    assert screen.study is not None
    return "\n".join(
        "".join(segment.text for segment in strip).rstrip()
        for strip in screen.query_one("#words").render_lines(screen.query_one("#words").size.region)
    )


@in_the_app
async def test_home_says_who_one_is_and_begins_with_going_on(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        header = pilot.app.screen.query_one("#header", OneLine)

        assert (header.text, header.right) == ("Fairs", f"You are {BY}")
        assert lines(pilot.app)[0] == "› Begin with P01"
        assert pilot.app.focused is pilot.app.screen.query_one("#steps")
        assert "amina (you)" in report(pilot.app)
        assert "tomasz" in report(pilot.app)


@in_the_app
async def test_enter_goes_on_where_one_stopped(study: Store, surroundings: Surroundings) -> None:
    app = app_of(study, surroundings)
    record = CodingSession.open(study, "P03", coder=BY).record
    app.desk.keep_place(record.uid, record.version_uid, 300, 320, Unit.WORD)
    async with driven(app, size=SMALL) as pilot:
        await settled(pilot)
        assert lines(app)[0].startswith("› Continue with P03 ¶")

        await pressed(pilot, "enter")

        assert isinstance(app.screen, CodingScreen)
        assert app.screen.session.name == "P03"
        assert (app.screen.view.cursor.start, app.screen.view.cursor.end) == (300, 320)


@in_the_app
async def test_enter_before_the_study_was_read_goes_on_all_the_same(
    study: Store, surroundings: Surroundings
) -> None:
    app = app_of(study, surroundings)
    record = CodingSession.open(study, "P03", coder=BY).record
    app.desk.keep_place(record.uid, record.version_uid, 300, 320, Unit.WORD)
    async with driven(app, size=SMALL) as pilot:
        home_of(app).study = None

        await pressed(pilot, "enter")

        assert isinstance(app.screen, CodingScreen)


@in_the_app
async def test_what_others_do_meanwhile_is_seen(study: Store, surroundings: Surroundings) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        home = pilot.app.screen
        assert isinstance(home, Home)
        assert home.study is not None
        before = home.study
        home.poll()
        await settled(pilot)
        assert home.study is before, "nothing was read, for nothing has changed"
        assert "Ben" not in report(pilot.app)

        session = CodingSession.open(study, "P01", coder="Ben")
        session.set_finished(True, at=tick())
        home.poll()
        await settled(pilot)

        assert "Ben" in report(pilot.app)


@in_the_app
async def test_an_empty_project_names_what_comes_next(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), size=SMALL) as pilot:
        await settled(pilot)

        assert "qualcode import transcripts" in lines(pilot.app)[0]
        await pressed(pilot, "enter")
        assert "No transcripts yet" in _said(pilot.app)


def _said(app: QualcodeApp) -> str:
    rows = app.screen.query_one(Rows)
    return "\n".join(rows.render_line(y).text for y in range(rows.size.height))


def test_every_command_of_home_can_be_given() -> None:
    for command in commands(Scope.HOME, everywhere=False):
        assert callable(getattr(Home, f"action_{command.action}")), command.id
