"""The settings screen: a choice holds at once, a key is taken or refused in words."""

from __future__ import annotations

import json

from services.study import BY
from tui.driving import Driver, driven, in_the_app, pressed, settled

from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.keys import BY_ID, COMMANDS, Scope, commands
from qualcode.tui.own import keymap
from qualcode.tui.own.settings import SCHEMA
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.help import Help
from qualcode.tui.screens.settings import Entry, SettingsScreen, entries
from qualcode.tui.screens.transcripts import Transcripts
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

SMALL = (80, 24)


def app_of(store: Store, surroundings: Surroundings) -> QualcodeApp:
    return make_app(store, BY, surroundings=surroundings)


def go_to(app: QualcodeApp, wanted: Entry) -> None:
    """Put the cursor on a setting or a command."""
    app.screen.query_one(Rows).move_to(entries().index(wanted))


def status(app: QualcodeApp) -> OneLine:
    return app.screen.query_one("#status", OneLine)


async def choose_key(pilot: Driver, command: str, key: str) -> OneLine:
    go_to(pilot.app, BY_ID[command])
    await pressed(pilot, "enter", key)
    return status(pilot.app)


def test_all_settings_and_all_commands_that_have_keys_are_listed() -> None:
    listed = [one for one in entries() if not isinstance(one, str)]

    assert [one for one in listed if one in SCHEMA.values()] == list(SCHEMA.values())
    assert [one for one in listed if one not in SCHEMA.values()] == sorted(
        (one for one in COMMANDS if one.keys), key=lambda one: list(Scope).index(one.scope)
    )


@in_the_app
async def test_enter_goes_through_the_choices_and_del_takes_back(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "S", size=SMALL) as pilot:
        app = pilot.app
        assert app.theme == "qualcode-dark"

        await pressed(pilot, "enter", "enter")
        assert app.settings.looks == "light"
        assert app.theme == "qualcode-light"
        kept = json.loads((surroundings.config / "settings.json").read_text(encoding="utf-8"))
        assert kept == {"looks": "light"}

        await pressed(pilot, "delete")
        assert app.settings.looks == "auto"
        assert app.theme == "qualcode-dark"


@in_the_app
async def test_a_setting_without_choices_is_typed(store: Store, surroundings: Surroundings) -> None:
    async with driven(app_of(store, surroundings), "S", size=SMALL) as pilot:
        go_to(pilot.app, SCHEMA["player"])

        await pressed(pilot, "enter", "m", "p", "v", "enter")

        assert pilot.app.settings.player == "mpv"


@in_the_app
async def test_another_key_gives_the_command_and_the_old_one_does_not(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "S", size=SMALL) as pilot:
        said = await choose_key(pilot, "everywhere.transcripts", "L")
        assert said.error
        assert "L cannot be the key of 'Transcripts'" in said.text
        assert "'Extend by a word'" in said.text

        said = await choose_key(pilot, "everywhere.transcripts", "Y")
        assert (said.text, said.error) == ("Transcripts: Y.", False)

        await pressed(pilot, "T")
        assert isinstance(pilot.app.screen, SettingsScreen)
        await pressed(pilot, "Y")
        assert isinstance(pilot.app.screen, Transcripts)
        assert keymap.load(surroundings.config)[0].own == {"everywhere.transcripts": ("Y",)}


@in_the_app
async def test_a_key_that_opens_a_theme_is_refused(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "S", size=SMALL) as pilot:
        await settled(pilot)
        said = await choose_key(pilot, "coding.next-uncoded", "f")

        assert said.error
        assert "it opens the theme" in said.text
        assert pilot.app.keymap.own == {}


@in_the_app
async def test_a_key_can_be_any_that_means_something_elsewhere(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "S", size=SMALL) as pilot:
        said = await choose_key(pilot, "codebook.add", "f1")
        assert "it is the key of 'Help'" in said.text
        assert not isinstance(pilot.app.screen, Help)

        said = await choose_key(pilot, "codebook.add", "escape")
        assert said.text == ""
        assert isinstance(pilot.app.screen, SettingsScreen)


@in_the_app
async def test_del_gives_a_command_its_first_keys_unless_they_are_taken(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "S", size=SMALL) as pilot:
        await choose_key(pilot, "home.practise", "x")
        await choose_key(pilot, "home.coder", "p")
        assert set(pilot.app.keymap.own) == {"home.practise", "home.coder"}

        go_to(pilot.app, BY_ID["home.practise"])
        await pressed(pilot, "delete")
        assert status(pilot.app).error
        assert set(pilot.app.keymap.own) == {"home.practise", "home.coder"}

        go_to(pilot.app, BY_ID["home.coder"])
        await pressed(pilot, "delete")
        assert set(pilot.app.keymap.own) == {"home.practise"}


@in_the_app
async def test_a_key_that_gives_way_to_one_projects_theme_stays_chosen_for_the_others(
    store: Store, surroundings: Surroundings
) -> None:
    surroundings.config.mkdir()
    kept = surroundings.config / "keys.json"
    kept.write_text(json.dumps({"coding.doubt": "f", "coding.memo": "w"}), encoding="utf-8")
    async with driven(app_of(store, surroundings), size=SMALL) as pilot:
        app = pilot.app
        assert set(app.keymap.own) == {"coding.doubt", "coding.memo"}

        await pressed(pilot, "S")
        assert set(app.keymap.own) == {"coding.memo"}
        assert "f cannot be the key of 'Doubt'" in status(app).text
        go_to(app, BY_ID["coding.doubt"])
        await pilot.pause()
        rows = app.screen.query_one(Rows)
        drawn = "\n".join(rows.render_line(y).text for y in range(rows.size.height))
        assert "yours, f, is taken here" in drawn

        await choose_key(pilot, "home.practise", "x")
        assert json.loads(kept.read_text(encoding="utf-8")) == {
            "coding.doubt": "f",
            "coding.memo": "w",
            "home.practise": ["x"],
        }

        app.take_theme_keys({"o": "Other"})
        await settled(pilot)
        assert app.keymap.keys(BY_ID["coding.doubt"]) == ("f",)
        assert (status(app).text, status(app).error) == ("'Doubt' has its key f again.", False)


@in_the_app
async def test_whoever_clicks_elsewhere_is_asked_for_no_key_any_more(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "S", size=SMALL) as pilot:
        go_to(pilot.app, BY_ID["coding.memo"])
        await pressed(pilot, "enter")
        await pilot.app.give(BY_ID["everywhere.transcripts"])
        await pressed(pilot, "f")

        header = pilot.app.screen.query_one("#header", OneLine).text
        assert "not finished" in header
        assert pilot.app.keymap.own == {}


@in_the_app
async def test_the_coders_name_is_in_sight(store: Store, surroundings: Surroundings) -> None:
    async with driven(app_of(store, surroundings), "S", size=SMALL) as pilot:
        assert pilot.app.screen.query_one("#header", OneLine).right == f"You are {BY}"
        await pressed(pilot, "f1")
        assert pilot.app.screen.query_one("#header", OneLine).right == f"You are {BY}"


@in_the_app
async def test_a_bad_file_of_keys_is_said_at_the_start(
    store: Store, surroundings: Surroundings
) -> None:
    surroundings.config.mkdir()
    (surroundings.config / "keys.json").write_text("{", encoding="utf-8")

    async with driven(app_of(store, surroundings), size=SMALL) as pilot:
        await settled(pilot)

        assert status(pilot.app).error
        assert "keys.json is not JSON" in status(pilot.app).text


def test_every_command_of_the_settings_can_be_given() -> None:
    for command in commands(Scope.SETTINGS, everywhere=False):
        assert callable(getattr(SettingsScreen, f"action_{command.action}")), command.id
