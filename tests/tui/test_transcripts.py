"""The list of transcripts, on the real app over a real store."""

from __future__ import annotations

from services.study import BY
from tui.driving import driven, in_the_app, pressed, settled

from qualcode.services.coding_session import CodingSession
from qualcode.services.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.keys import Scope, commands
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.home import Home
from qualcode.tui.screens.transcripts import Transcripts
from qualcode.tui.surroundings import Surroundings
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

SMALL = (80, 24)


def app_of(store: Store, surroundings: Surroundings) -> QualcodeApp:
    return make_app(store, BY, surroundings=surroundings, sentences=InProcess())


def screen_of(app: QualcodeApp) -> Transcripts:
    assert isinstance(app.screen, Transcripts)
    return app.screen


def names(app: QualcodeApp) -> list[str]:
    return [one.record.name for one in screen_of(app).shown]


def lines(app: QualcodeApp) -> list[str]:
    rows = app.screen.query_one("#transcripts", Rows)
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


def header(app: QualcodeApp) -> str:
    return app.screen.query_one("#header", OneLine).text


@in_the_app
async def test_a_row_says_how_far_one_is(study: Store, surroundings: Surroundings) -> None:
    async with driven(app_of(study, surroundings), "T", size=SMALL) as pilot:
        first = screen_of(pilot.app).shown[0]

        assert names(pilot.app) == [f"P0{n}" for n in range(1, 9)]
        assert first.status == "started"
        assert lines(pilot.app)[0].split()[1:4] == ["P01", f"{first.record.words:,}", "started"]
        assert f"{first.coded}/{first.answers}" in lines(pilot.app)[0]
        assert max(map(len, lines(pilot.app))) <= SMALL[0]


@in_the_app
async def test_enter_opens_the_transcript_and_esc_comes_back_to_its_row(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "T", "down", "down", size=SMALL) as pilot:
        await pressed(pilot, "enter")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert pilot.app.screen.session.name == "P03"

        await pressed(pilot, "escape")

        assert lines(pilot.app)[2].startswith("› P03")
        await pressed(pilot, "escape")
        assert [type(screen) for screen in pilot.app.screen_stack[1:]] == [Home]


@in_the_app
async def test_finished_is_kept_and_taken_back(study: Store, surroundings: Surroundings) -> None:
    async with driven(app_of(study, surroundings), "T", "down", "F", size=SMALL) as pilot:
        assert CodingSession.open(study, "P02", coder=BY).finished
        assert not CodingSession.open(study, "P01", coder=BY).finished
        assert "finished ✓" in lines(pilot.app)[1]

        await pressed(pilot, "F")

        assert not CodingSession.open(study, "P02", coder=BY).finished


@in_the_app
async def test_f_goes_through_what_is_to_be_done_and_esc_shows_all(
    study: Store, surroundings: Surroundings
) -> None:
    CodingSession.open(study, "P02", coder=BY).set_finished(True, at=surroundings.clock())
    async with driven(app_of(study, surroundings), "T", "f", size=SMALL) as pilot:
        assert "P02" not in names(pilot.app)
        assert "not finished" in header(pilot.app)
        await pressed(pilot, "f", "f")
        assert names(pilot.app) == ["P02"]

        await pressed(pilot, "escape")

        assert len(names(pilot.app)) == 8


@in_the_app
async def test_o_goes_through_the_orders(study: Store, surroundings: Surroundings) -> None:
    async with driven(app_of(study, surroundings), "T", "o", size=SMALL) as pilot:
        left = [one.answers - one.coded for one in screen_of(pilot.app).shown]
        assert left == sorted(left, reverse=True)

        await pressed(pilot, "o")

        words = [one.record.words for one in screen_of(pilot.app).shown]
        assert words == sorted(words, reverse=True)
        assert "by length" in header(pilot.app)


@in_the_app
async def test_words_narrow_the_list_and_the_cursor_stays_on_its_transcript(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "T", "down", "down", "/", size=SMALL) as pilot:
        await pressed(pilot, "p", "0", "3", "enter")
        assert names(pilot.app) == ["P03"]

        await pressed(pilot, "escape")

        assert lines(pilot.app)[2].startswith("› P03")


@in_the_app
async def test_no_transcripts_names_the_command_that_brings_some(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "T", size=SMALL) as pilot:
        assert "qualcode import transcripts" in "\n".join(lines(pilot.app))
        await pressed(pilot, "F", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Transcripts)


def test_every_command_of_the_list_can_be_given() -> None:
    for command in commands(Scope.TRANSCRIPTS, everywhere=False):
        assert callable(getattr(Transcripts, f"action_{command.action}")), command.id
