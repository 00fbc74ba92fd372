"""The app itself: screens come and go, terminals differ, a fault is one sentence."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from services.study import BY
from tui.driving import driven, in_the_app, pressed, settled

from qualcode.services.work.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.keys import BY_ID, Scope, commands
from qualcode.tui.looks import ColourMode
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.pages import Fault
from qualcode.tui.palette import Commands, available
from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.screens.home import Home
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.screens.settings import SettingsScreen
from qualcode.tui.screens.too_small import TooSmall
from qualcode.tui.screens.transcripts import Transcripts
from qualcode.tui.widgets.dialogs import Confirm
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

SMALL = (80, 24)


def app_of(
    store: Store, surroundings: Surroundings, *, transcript: str | None = None
) -> QualcodeApp:
    return make_app(
        store, BY, surroundings=surroundings, transcript=transcript, sentences=InProcess()
    )


def kinds(app: QualcodeApp) -> list[type[object]]:
    return [type(screen) for screen in app.screen_stack[1:]]


def sent_by(app: QualcodeApp) -> str:
    """What the terminal gets for the whole screen."""
    strips = app.screen._compositor.render_strips()
    return "".join(strip.render(app.console) for strip in strips)


# -- screens come and go --------------------------------------------------------------------------


@in_the_app
async def test_a_list_is_open_once_and_esc_goes_back(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "T", "Q", "S", "T", size=SMALL) as pilot:
        assert kinds(pilot.app) == [Home, Transcripts]

        await pressed(pilot, "S", "escape", "escape", "escape")

        assert kinds(pilot.app) == [Home]
        assert "everything is saved" in pilot.app.screen.query_one("#status", OneLine).text


@in_the_app
async def test_a_named_transcript_is_opened_at_once_and_home_lies_behind_it(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings, transcript="P04"), size=SMALL) as pilot:
        assert kinds(pilot.app) == [CodingScreen]

        await pressed(pilot, "escape")

        assert kinds(pilot.app) == [Home]


@in_the_app
async def test_a_transcript_that_is_not_there_is_said_on_the_screen_one_is_on(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "T", size=SMALL) as pilot:
        assert not pilot.app.open_transcript("P99")
        await settled(pilot)

        assert kinds(pilot.app) == [Home, Transcripts]
        assert pilot.app.screen.query_one("#status", OneLine).error


@in_the_app
async def test_from_a_passage_one_comes_back_to_the_passages(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings, transcript="P01"), size=SMALL) as pilot:
        await pressed(pilot, "Q", "down", "enter")
        assert kinds(pilot.app) == [QuotesScreen, CodingScreen]

        await pressed(pilot, "escape")

        assert kinds(pilot.app) == [QuotesScreen]
        assert pilot.app.screen.query_one("#quotes", Rows).cursor == 1
        await pressed(pilot, "escape")
        assert kinds(pilot.app) == [Home]


@pytest.mark.parametrize("key", ["T", "C", "Q", "S", "?"])
def test_a_list_opened_from_a_transcript_lies_over_it_and_esc_returns_to_it(
    key: str, study: Store, surroundings: Surroundings
) -> None:
    @in_the_app
    async def returned() -> None:
        async with driven(app_of(study, surroundings), "T", "enter", "down", size=SMALL) as pilot:
            coding = pilot.app.screen
            assert isinstance(coding, CodingScreen)
            view, cursor = coding.view, coding.view.cursor

            await pressed(pilot, key)
            assert pilot.app.screen is not coding
            await pressed(pilot, "escape")

            assert pilot.app.screen is coding
            assert view.cursor == cursor
            await pressed(pilot, "escape")
            assert kinds(pilot.app) == [Home, Transcripts]

    returned()


@in_the_app
async def test_lists_over_a_transcript_are_open_once_and_esc_goes_through_them(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "T", "enter", size=SMALL) as pilot:
        await pressed(pilot, "T", "Q", "C", "Q", "T")
        assert kinds(pilot.app) == [Home, Transcripts, CodingScreen, Transcripts]

        await pressed(pilot, "escape")

        assert kinds(pilot.app) == [Home, Transcripts, CodingScreen]


@in_the_app
async def test_another_transcript_takes_the_place_of_the_one_that_was_open(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "T", "enter", size=SMALL) as pilot:
        app = pilot.app
        first = app.screen

        await pressed(pilot, "C", "T", "down", "enter")

        assert kinds(app) == [Home, Transcripts, CodingScreen]
        assert screen_name(app) == "P02"
        assert not first.is_attached
        await pressed(pilot, "escape", "escape")
        assert kinds(app) == [Home]


@in_the_app
async def test_however_long_one_goes_to_and_fro_the_screens_do_not_pile_up(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        for _ in range(3):
            await pressed(pilot, "T", "down", "enter", "Q", "down", "enter", "C", "Q", "enter")
            assert sum(kind is CodingScreen for kind in kinds(pilot.app)) == 1
        assert kinds(pilot.app) == [Home, Transcripts, QuotesScreen, CodingScreen]


@in_the_app
async def test_the_place_of_a_transcript_that_made_way_is_kept_and_the_new_one_is_the_last(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "T", "enter", "down", size=SMALL) as pilot:
        app = pilot.app
        assert isinstance(app.screen, CodingScreen)
        first, cursor = app.screen.session.record, app.screen.view.cursor

        await pressed(pilot, "T", "down", "enter", "down", "escape")

        place = app.desk.place(first.uid, first.version_uid)
        assert place is not None
        assert (place.start, place.end) == (cursor.start, cursor.end)
        assert app.desk.last is not None
        assert app.desk.last != first.uid


def screen_name(app: QualcodeApp) -> str:
    assert isinstance(app.screen, CodingScreen)
    return app.screen.session.name


@in_the_app
async def test_keys_wait_for_a_screen_that_is_on_its_way(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await pilot.press("T", "down", "down", "enter")
        await settled(pilot)

        assert isinstance(pilot.app.screen, CodingScreen)


# -- commands -------------------------------------------------------------------------------------


@in_the_app
async def test_the_palette_offers_what_can_be_given_here(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "T", size=SMALL) as pilot:
        offered = {one.id for one in available(pilot.app, pilot.app.screen)}
        here = {one.id for one in commands(Scope.TRANSCRIPTS)}
        assert here - offered == {"everywhere.palette", "everywhere.back"}
        assert offered <= here

        await pressed(pilot, "ctrl+p")
        await pilot.press(*"settings")
        await settled(pilot)
        await pressed(pilot, "enter")
        await pressed(pilot, "enter")

        assert isinstance(pilot.app.screen, SettingsScreen)


@in_the_app
async def test_the_palette_knows_a_command_by_the_word_of_the_footer_too(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "Q", size=SMALL) as pilot:
        await settled(pilot)
        found = Commands(pilot.app.screen)
        for typed in ("export", "star"):
            helps = [hit.help async for hit in found.search(typed)]
            assert BY_ID[f"quotes.{typed}"].help in helps


def test_every_command_of_everywhere_can_be_given() -> None:
    for command in commands(Scope.EVERYWHERE):
        assert callable(getattr(QualcodeApp, f"action_{command.action}")), command.id


@in_the_app
async def test_a_click_on_the_footer_gives_the_command(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "T", size=SMALL) as pilot:
        footer = pilot.app.screen.query_one(FooterLine)
        await pilot.click(FooterLine, offset=(1 + footer.text.index("f Filter"), 0))  # type: ignore[attr-defined]
        await settled(pilot)

        assert "not finished" in pilot.app.screen.query_one("#header", OneLine).text


@pytest.mark.parametrize("scope", list(Scope))
def test_the_footer_of_a_narrow_screen_says_help_first_and_seven_things_at_most(
    scope: Scope, store: Store, surroundings: Surroundings
) -> None:
    @in_the_app
    async def shown() -> None:
        async with driven(app_of(store, surroundings), size=SMALL) as pilot:
            footer = FooterLine(scope, id="other")
            await pilot.app.screen.mount(footer)
            while not footer.text:  # it is filled once it knows how wide it is
                await pilot.pause()
            named = footer.text.split("  ")

            assert named[0] == "F1 Help"
            assert 1 <= len(named) <= 7
            assert len(footer.text) <= SMALL[0] - 2

    shown()


@in_the_app
async def test_the_footer_names_ones_own_keys(store: Store, surroundings: Surroundings) -> None:
    app = app_of(store, surroundings)
    app.keymap = app.keymap.with_keys(BY_ID["transcripts.sort"], ["s"])
    async with driven(app, "T", size=SMALL):
        assert "s Sort" in app.screen.query_one(FooterLine).text


# -- windows and terminals ------------------------------------------------------------------------


@in_the_app
async def test_a_window_too_small_says_so_and_comes_back(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings, transcript="P01"), size=(20, 5)) as pilot:
        app = pilot.app
        await settled(pilot)
        assert kinds(app) == [CodingScreen, TooSmall]
        await pressed(pilot, "T", "x")
        assert kinds(app) == [CodingScreen, TooSmall]

        await pilot.resize_terminal(*SMALL)  # type: ignore[attr-defined]
        await settled(pilot)
        assert kinds(app) == [CodingScreen]

        await pilot.resize_terminal(59, 24)  # type: ignore[attr-defined]
        await settled(pilot)
        assert kinds(app) == [CodingScreen, TooSmall]
        words = "".join(app.screen.query_one("Static").render_line(0).text.split())
        assert words == "Pleasemakethiswindowlarger:60×16."


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("mode", list(ColourMode))
def test_each_kind_of_terminal_gets_only_the_colours_it_has(
    mode: ColourMode, dark: bool, study: Store, surroundings: Surroundings
) -> None:
    machine = replace(surroundings, colours=mode, dark=dark)

    @in_the_app
    async def sent() -> None:
        app = app_of(study, machine, transcript="P01")
        async with driven(app, size=SMALL) as pilot:
            await settled(pilot)
            text = sent_by(app)

        exact, numbered = ("38;2;" in text or "48;2;" in text), "38;5;" in text
        plain = any(f"\x1b[{n}" in text or f";{n}" in text for n in range(31, 38))
        assert exact == (mode is ColourMode.TRUE)
        assert numbered == (mode is ColourMode.C256)
        assert plain or mode is not ColourMode.ANSI
        assert "job description" in text

    sent()


@in_the_app
async def test_another_kind_of_terminal_is_drawn_for_at_once(
    study: Store, surroundings: Surroundings
) -> None:
    app = app_of(study, surroundings)
    async with driven(app, "T", size=SMALL) as pilot:
        found = {}
        for name in ("true", "256", "mono", "true"):
            app.choose_setting("colours", name)
            await settled(pilot)
            found[name] = sent_by(app)

        assert "48;2;" in found["true"]
        assert "48;5;" in found["256"]
        assert "48;2;" not in found["256"]
        assert "48;2;" not in found["mono"]
        assert "48;5;" not in found["mono"]


@in_the_app
async def test_without_colour_no_code_of_a_colour_is_sent(
    study: Store, surroundings: Surroundings
) -> None:
    machine = replace(surroundings, colours=ColourMode.MONO)
    app = app_of(study, machine)
    async with driven(app, "T", "/", size=SMALL) as pilot:
        await settled(pilot)
        sent = {
            int(code)
            for part in sent_by(app).split("\x1b[")[1:]
            for code in part.partition("m")[0].split(";")
            if code
        }
    # 39 and 49 are the terminal's own colours; the others are bold, dim, underline, reverse.
    assert sent <= {0, 1, 2, 3, 4, 7, 39, 49}
    assert 7 in sent


@in_the_app
async def test_over_a_slow_line_colours_are_numbered(
    store: Store, surroundings: Surroundings
) -> None:
    app = app_of(store, replace(surroundings, slow=True))
    modes = [app.colour_mode]
    app.choose_setting("colours", "true")
    assert [*modes, app.colour_mode] == [ColourMode.C256, ColourMode.TRUE]


# -- leaving --------------------------------------------------------------------------------------


@in_the_app
async def test_ctrl_c_says_how_to_leave(store: Store, surroundings: Surroundings) -> None:
    async with driven(app_of(store, surroundings), "T", "ctrl+c", size=SMALL) as pilot:
        status = pilot.app.screen.query_one("#status", OneLine).text
        assert status == "ctrl+q leaves; everything is saved already."


@pytest.mark.parametrize("debugging", [True, False])
def test_a_fault_of_our_own_is_one_sentence_unless_somebody_looks_for_it(
    debugging: bool, store: Store, surroundings: Surroundings
) -> None:
    class OurError(RuntimeError):
        """Stands for any mistake in this program."""

    def fail() -> None:
        raise OurError("the words of somebody")

    @in_the_app
    async def run() -> None:
        app = app_of(store, replace(surroundings, debugging=debugging))
        async with driven(app, size=SMALL):
            app.call_later(fail)
            await app._exception_event.wait()

    with pytest.raises((OurError, Fault)) as caught:
        run()

    if debugging:
        assert caught.type is OurError
    else:
        assert isinstance(caught.value, Fault)
        assert "Everything up to your last act is saved." in caught.value.__rich__()
        assert "somebody" not in caught.value.__rich__()
        assert isinstance(caught.value.__cause__, OurError)


@in_the_app
async def test_the_process_is_left_as_it_was(store: Store, surroundings: Surroundings) -> None:
    before = gc.get_threshold()
    async with driven(app_of(store, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        assert gc.get_threshold() != before
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


@in_the_app
async def test_a_question_leaves_the_screen_behind_it_in_sight(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "T", size=SMALL) as pilot:
        await pilot.app.push_screen(Confirm("Really?"))
        await pilot.pause()

        assert "P01" in sent_by(pilot.app)
        assert "Really?" in sent_by(pilot.app)
