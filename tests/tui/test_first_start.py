"""The first start: who one is, then practice, in which nothing touches the project."""

from __future__ import annotations

from services.study import event_count
from textual import events
from tui.driving import at_once, driven, in_the_app, pressed, settled

from qualcode.services.work.coding_session import CodingSession
from qualcode.services.work.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.keys import BY_ID
from qualcode.tui.own.desk import Desk
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.screens.first_start import FirstStart
from qualcode.tui.screens.home import Home
from qualcode.tui.widgets.dialogs import Choose, Hint, Prompt
from qualcode.tui.widgets.line import OneLine

SMALL = (80, 24)


def app_of(store: Store, surroundings: Surroundings, coder: str | None = None) -> QualcodeApp:
    return make_app(store, coder, surroundings=surroundings, sentences=InProcess())


def shown(app: QualcodeApp) -> type[object]:
    return type(app.screen)


@in_the_app
async def test_ones_own_key_for_leaving_is_named(study: Store, surroundings: Surroundings) -> None:
    app = app_of(study, surroundings)
    app.choose_keys(BY_ID["everywhere.quit"], ["f10"])
    async with driven(app, size=SMALL):
        assert "f10: quit" in app.screen.query_one("#footer", OneLine).text


@in_the_app
async def test_keys_give_way_to_the_themes_of_the_practice_and_come_back_after_it(
    store: Store, surroundings: Surroundings
) -> None:
    app = app_of(store, surroundings, coder="amina")
    app.choose_keys(BY_ID["coding.doubt"], ["e"])
    async with driven(app, size=SMALL) as pilot:
        await settled(pilot)
        assert app.keymap.keys(BY_ID["coding.doubt"]) == ("e",)
        await pressed(pilot, "p")
        assert shown(app) is CodingScreen
        assert "e" in app.theme_keys
        assert app.keymap.keys(BY_ID["coding.doubt"]) == ("D",)
        await pressed(pilot, "escape", "escape")
        assert shown(app) is Home
        assert app.keymap.keys(BY_ID["coding.doubt"]) == ("e",)


@in_the_app
async def test_a_desk_that_cannot_be_read_is_said(study: Store, surroundings: Surroundings) -> None:
    app = app_of(study, surroundings, coder="amina")
    app.desk.path.parent.mkdir(parents=True)
    app.desk.path.write_text("{broken", encoding="utf-8")
    app = app_of(study, surroundings, coder="amina")
    async with driven(app, size=SMALL) as pilot:
        await settled(pilot)
        status = app.screen.query_one("#status", OneLine)
        assert status.error
        assert "is not JSON and was left as it is" in status.text


@in_the_app
async def test_whoever_sat_here_one_after_another_is_known_at_the_end(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings, coder="amina"), size=SMALL) as pilot:
        for coder in ("tomasz", "amina"):
            pilot.app.become(coder)
        assert pilot.app.sat == ["amina", "tomasz"]


@in_the_app
async def test_one_of_those_who_are_known_is_chosen_and_remembered(
    study: Store, surroundings: Surroundings, remembered: list[str]
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        assert shown(pilot.app) is FirstStart

        await pressed(pilot, "down", "enter")

        assert shown(pilot.app) is Home, "who has coded here is not greeted as new"
        assert pilot.app.coder == "tomasz"
        assert remembered == ["tomasz"]


@in_the_app
async def test_a_new_name_is_typed_and_no_name_is_none(
    study: Store, surroundings: Surroundings, remembered: list[str]
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        await pressed(pilot, "end", "enter", "enter")
        assert isinstance(pilot.app.screen, Prompt)
        assert pilot.app.screen.query_one(Hint).text == "Type a name."

        await pressed(pilot, *"Eve", "enter")
        assert shown(pilot.app) is Choose
        await pressed(pilot, "2")

        assert shown(pilot.app) is Home
        assert pilot.app.coder == "Eve"
        assert remembered == ["Eve"]


@in_the_app
async def test_a_name_that_is_known_is_theirs_however_it_is_written(
    study: Store, surroundings: Surroundings, remembered: list[str]
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        await pressed(pilot, "end", "enter", "space", *"AMINA", "space", "enter")

        assert shown(pilot.app) is Home, "and nobody welcomes them as new"
        assert pilot.app.coder == "amina"
        assert remembered == ["amina"]


@in_the_app
async def test_esc_says_what_it_does_and_leads_back_to_the_names(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "end", "enter", size=SMALL) as pilot:
        assert "Esc: back, with no name given" in pilot.app.screen.query_one(Hint).text
        await pressed(pilot, "x", "escape")
        assert shown(pilot.app) is FirstStart
        assert pilot.app.coder == ""


@in_the_app
async def test_whoever_asks_who_they_are_may_stay_it_by_esc(
    study: Store, surroundings: Surroundings, remembered: list[str]
) -> None:
    async with driven(app_of(study, surroundings, "amina"), "w", size=SMALL) as pilot:
        assert "Esc: stay amina" in pilot.app.screen.query_one("#footer", OneLine).text
        await pressed(pilot, "end", "enter")
        assert "Esc: back; you stay amina" in pilot.app.screen.query_one(Hint).text
        await pressed(pilot, "escape", "escape")

        assert shown(pilot.app) is Home
        assert (pilot.app.coder, remembered) == ("amina", [])


@in_the_app
async def test_whoever_types_their_name_at_once_is_nobody_of_the_list(
    study: Store, surroundings: Surroundings, remembered: list[str]
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        at_once(pilot.app, *"Tess", "enter", "2")
        await settled(pilot)
        assert shown(pilot.app) is Home
        assert remembered == ["Tess"]


@in_the_app
async def test_a_name_that_is_pasted_is_asked_about_before_anybody_is_it(
    study: Store, surroundings: Surroundings, remembered: list[str]
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        pilot.app.post_message(events.Paste("AMINA\n"))
        await settled(pilot)
        assert (shown(pilot.app), remembered) == (Prompt, [])
        await pressed(pilot, "enter")
        assert remembered == ["amina"]


@in_the_app
async def test_before_one_has_said_who_one_is_no_list_opens(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        await pressed(pilot, "T")
        assert shown(pilot.app) is Prompt
        await pressed(pilot, "escape", "escape")

        assert shown(pilot.app) is FirstStart
        assert "everything is saved" in pilot.app.screen.query_one("#status", OneLine).text


@in_the_app
async def test_practice_happens_in_a_project_of_its_own(
    study: Store, surroundings: Surroundings
) -> None:
    app = app_of(study, surroundings, "Eve")
    events = event_count(study)
    async with driven(app, "p", size=SMALL) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, CodingScreen)
        practised = (app.practising, app.store is study)
        assert practised == (True, False)
        assert app.surroundings.folder == surroundings.config / "practice"
        assert "PRACTICE" in screen.query_one("#header", OneLine).text

        screen.session.tag(screen.session.book.codes[1].id, screen.view.cursor, at=app.now())
        await pressed(pilot, "down", "escape", "escape")
        await settled(pilot)

        assert shown(app) is Home
        practised = (app.practising, app.store is study)
        assert practised == (False, True)
        assert app.surroundings == surroundings
    assert event_count(study) == events
    assert Desk(app.desk.path).last is None


@in_the_app
async def test_lists_opened_while_practising_are_those_of_the_practice(
    study: Store, surroundings: Surroundings
) -> None:
    app = app_of(study, surroundings, "Eve")
    CodingSession.open(study, "P01", coder="Eve").set_finished(finished=True, at=app.now())
    async with driven(app, "T", "escape", "p", size=SMALL) as pilot:
        await settled(pilot)
        await pressed(pilot, "escape", "T")
        await settled(pilot)
        practised = app.screen.query_one("#transcripts").render_line(0).text
        assert "finished" not in practised

        await pressed(pilot, "escape", "escape")
        assert shown(app) is Home
        await pressed(pilot, "T")
        await settled(pilot)

        assert app.store is study
        assert "finished" in app.screen.query_one("#transcripts").render_line(0).text


@in_the_app
async def test_every_screen_of_the_practice_says_so_and_none_of_the_project_does(
    study: Store, surroundings: Surroundings
) -> None:
    app = app_of(study, surroundings, "Eve")
    async with driven(app, "p", "escape", size=SMALL) as pilot:
        for key in ("T", "C", "Q", "S", "?"):
            await pressed(pilot, key)
            assert head(app).startswith("PRACTICE · "), key
            await pressed(pilot, "escape")
            assert "PRACTICE" in head(app)

        await pressed(pilot, "T", "down", "enter", "down", "escape")
        assert head(app).startswith("PRACTICE · Transcripts")
        await pressed(pilot, "escape")

        assert shown(app) is Home
        assert not app.practising
        for key in ("T", "C", "Q", "S", "?"):
            await pressed(pilot, "escape", key)
            assert "PRACTICE" not in head(app), key


def head(app: QualcodeApp) -> str:
    return app.screen.query_one("#header", OneLine).text
