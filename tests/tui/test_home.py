"""Home, on the real app over a real store."""

from __future__ import annotations

from services.study import BY, tick
from tui.driving import driven, in_the_app, pressed, settled

from qualcode.services.work.coding_session import CodingSession
from qualcode.services.work.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.keys import BY_ID, Scope, commands
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.screens.home import Home
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.screens.transcripts import Transcripts
from qualcode.tui.transcript.units import Unit
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

SMALL = (80, 24)


def app_of(store: Store, surroundings: Surroundings) -> QualcodeApp:
    return make_app(store, BY, surroundings=surroundings, sentences=InProcess())


def home_of(app: QualcodeApp) -> Home:
    screen = app.screen
    assert isinstance(screen, Home)
    return screen


def shown(app: QualcodeApp) -> type[object]:
    return type(app.screen)


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
async def test_going_on_is_a_command_whatever_the_cursor_is_on(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        await pressed(pilot, "down", "down")
        assert lines(pilot.app)[2].startswith("› Codebook")
        await pilot.app.give(BY_ID["home.continue"])
        await settled(pilot)
        assert shown(pilot.app) is CodingScreen
        await pressed(pilot, "escape", "enter")
        assert shown(pilot.app) is CodebookScreen
        await pressed(pilot, "escape", "c")
        assert shown(pilot.app) is CodingScreen


@in_the_app
async def test_practising_is_begun_once_however_often_it_is_asked_for(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        for _ in range(3):
            pilot.app.begin_practice()
        await settled(pilot)
        assert shown(pilot.app) is CodingScreen
        assert pilot.app.store is not study
        assert not pilot.app.screen.query_one("#status", OneLine).error
        await pressed(pilot, "escape", "escape")
        assert shown(pilot.app) is Home
        assert pilot.app.store is study


@in_the_app
async def test_whoever_went_on_meanwhile_is_not_taken_to_the_practice(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        pilot.app.begin_practice()
        assert pilot.app.open_transcript("P01")
        await settled(pilot)
        assert not pilot.app.practising
        assert pilot.app.store is study


@in_the_app
async def test_keys_chosen_while_practising_are_in_the_last_line_afterwards(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "p", size=SMALL) as pilot:
        assert pilot.app.practising
        pilot.app.choose_keys(BY_ID["home.coder"], ["f7"])
        await pressed(pilot, "escape", "escape")
        assert "f7 Coder" in pilot.app.screen.query_one(FooterLine).text


@in_the_app
async def test_a_trouble_of_the_store_is_said_until_it_is_over(
    study: Store, surroundings: Surroundings
) -> None:
    file = surroundings.folder / "study.qualcode"
    for key, kind in (("home", Home), ("T", Transcripts), ("Q", QuotesScreen)):
        async with driven(app_of(study, surroundings), key, size=SMALL) as pilot:
            await settled(pilot)
            screen = pilot.app.screen
            assert isinstance(screen, kind)
            status = screen.query_one("#status", OneLine)

            away = file.rename(file.with_suffix(".away"))
            screen.poll()
            await settled(pilot)
            assert status.error

            away.rename(file)
            screen.poll()
            await settled(pilot)
            assert (status.text, status.error) == ("", False)


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
        session.set_finished(finished=True, at=tick())
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
