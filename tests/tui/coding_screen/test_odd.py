"""What a key of the coding screen costs, and what the screen does where something is odd."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from services.study import BY, bring_in, new_store, tick, write
from textual.screen import Screen
from tui.coded import FIRST, SMALL, WIDE, coding, line, new_interview, rows, screen_of, stored
from tui.driving import in_the_app, pressed, settled

from qualcode.services.book import codebook_editing
from qualcode.store.store import Store
from qualcode.tui.looks import NO_LETTER
from qualcode.tui.own.settings import RTL_AS_IT_IS, RTL_KEPT_APART
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.playing import Player, Program
from qualcode.tui.widgets.finder import Finder

# -- how much work a key is -----------------------------------------------------------------------


@in_the_app
async def test_a_step_and_a_tag_ask_nobody_for_room(
    interview: Store, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[object] = []
    whole = Screen._refresh_layout

    def counted(self: Screen[None], *args: object, **named: object) -> None:
        laid_out.append(self)
        whole(self, *args, **named)  # type: ignore[arg-type]

    async with coding(interview, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "down", "f", "1")
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        await pressed(pilot, "down", "shift+down", "right", "1", "u", "n")
        assert laid_out == []


@in_the_app
async def test_the_first_key_on_a_screen_that_is_there_asks_nobody_for_room(
    interview: Store, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[object] = []
    whole = Screen._refresh_layout

    def counted(self: Screen[None], *args: object, **named: object) -> None:
        laid_out.append(self)
        whole(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Screen, "_refresh_layout", counted)
    async with coding(interview, surroundings, size=WIDE) as pilot:
        assert laid_out
        laid_out.clear()
        await pressed(pilot, "down")
        assert laid_out == []


@in_the_app
async def test_a_tag_is_one_transaction_and_a_step_asks_the_store_nothing(
    interview: Store, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What others did is looked for by the clock: on a slow machine in the midst of these keys.
    monkeypatch.setattr("qualcode.tui.app.POLL_S", 3600)
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "down")
        ran: list[str] = []
        with interview.reading() as session:
            connection = session._connection.connection.driver_connection
            assert isinstance(connection, sqlite3.Connection)
            connection.set_trace_callback(ran.append)
        ran.clear()
        await pressed(pilot, "1")
        assert [one for one in ran if one.startswith(("BEGIN", "COMMIT"))].count("COMMIT") == 1
        ran.clear()
        await pressed(pilot, "down", "shift+down", "right", "f", "escape")
        assert ran == []


# -- odd projects ---------------------------------------------------------------------------------


@in_the_app
async def test_without_codes_the_screen_says_which_key_makes_one(
    surroundings: Surroundings,
) -> None:
    empty = "codebook: Fairs\nversion: 1\nthemes: []\n"
    with new_interview(surroundings.folder, codebook=empty) as store:
        async with coding(store, surroundings, size=WIDE) as pilot:
            assert "no codes yet: Enter makes one" in line(pilot.app, "status")
            assert "No codes yet." in "\n".join(rows(pilot))
            await pressed(pilot, "down", "enter", *"money", "enter", "enter")
            assert stored(store) == [("money", FIRST, BY)]
            await pressed(pilot, "down", "o", "o")
            assert len(stored(store)) == 2, "the new theme has the first free letter of its name"


@in_the_app
async def test_400_codes_and_a_name_of_200_characters_fit(surroundings: Surroundings) -> None:
    long = "An endless name " * 12 + "end"
    book = "codebook: Fairs\nversion: 1\nthemes:\n" + "".join(
        f"  - id: t{t}\n    name: {long if t == 0 else f'Theme {t}'}\n    codes:\n"
        + "".join(f"      - id: c{t}-{n}\n        name: Code {t} {n}\n" for n in range(100))
        for t in range(4)
    )
    with new_interview(surroundings.folder, codebook=book) as store:
        for size in (SMALL, WIDE):
            async with coding(store, surroundings, size=size) as pilot:
                await pressed(pilot, "down", "a", "z", "a", "a", "enter")
                assert all(cell_len(row) == size[0] for row in rows(pilot))
                assert "An endless name" in "\n".join(rows(pilot))
                await pressed(pilot, *"code 3 99")
                assert pilot.app.screen.query_one(Finder).found[0] == "c3-99"
                await pressed(pilot, "enter")
        assert {code for code, _, _ in stored(store)} >= {"t0", "c3-99"}


@in_the_app
async def test_words_of_somebody_withheld_are_neither_copied_nor_a_codes_name(
    surroundings: Surroundings,
) -> None:
    with new_store(surroundings.folder) as store:
        files = write(
            surroundings.folder / "files",
            {
                "P07.txt": "I: Who pays?\n\nP07: The council paid half of it.\n",
                "P08.txt": "I: Who pays?\n\nP08: I would rather not say.\n",
                "interviews.csv": "file,participant,attribution\n"
                "P07.txt,P07,role\nP08.txt,P08,withheld\n",
            },
        )
        assert bring_in(store, manifest=files / "interviews.csv").written
        for name, copied in (("P07", FIRST), ("P08", "")):
            async with coding(store, surroundings, transcript=name) as pilot:
                await pressed(pilot, "down", "y")
                assert copied in pilot.app.clipboard
                said = line(pilot.app, "status")
                assert said == "copied (6 words)" if copied else "may not leave" in said
                assert bool(pilot.app.clipboard) is bool(copied)
                await pressed(pilot, "V")
                bar = screen_of(pilot.app).asking.bar
                assert bar.is_open is bool(copied)
                assert copied or "may not leave" in line(pilot.app, "status")


@in_the_app
async def test_copying_can_be_forbidden(interview: Store, surroundings: Surroundings) -> None:
    async with coding(interview, surroundings) as pilot:
        pilot.app.choose_setting("copying", "forbidden")
        await pressed(pilot, "down", "y")
        assert pilot.app.clipboard == ""
        assert "forbid copying" in line(pilot.app, "status")


@in_the_app
async def test_a_store_that_went_away_is_said_once_and_the_words_stay(
    interview: Store, surroundings: Surroundings
) -> None:
    place = Path(interview.where)
    async with coding(interview, surroundings) as pilot:
        screen = screen_of(pilot.app)
        place.rename(place.with_suffix(".away"))
        screen.poll()
        await settled(pilot)
        assert screen.picture.said_error
        await pressed(pilot, "right")
        screen.poll()
        await settled(pilot)
        assert not screen.picture.said
        assert "council" in "\n".join(rows(pilot))
        place.with_suffix(".away").rename(place)


@in_the_app
async def test_where_no_recording_is_known_that_is_said(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "space")
        assert "no recording is known" in line(pilot.app, "status")


@pytest.mark.skipif(sys.platform == "win32", reason="scripts with #! as the players")
@in_the_app
async def test_of_several_players_one_is_chosen_once(
    surroundings: Surroundings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    write(programs, dict.fromkeys(("mpv", "ffplay"), "#!/bin/sh\n"))
    for program in programs.iterdir():
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    said = "[00:00:01] I: Who?\n\n[00:00:04] P01: All of us, with a bucket.\n"
    manifest = "interview_id,file,participant,recording\nP01,P01.txt,P01,P01.mp3\n"
    write(surroundings.folder, {"P01.txt": said, "m.csv": manifest, "P01.mp3": "sound"})
    with new_store(surroundings.folder) as store:
        assert bring_in(store, manifest=surroundings.folder / "m.csv").written
        async with coding(store, surroundings, transcript="P01") as pilot:
            await pressed(pilot, "space")
            assert screen_of(pilot.app).asking.which_key.is_open
            await pressed(pilot, "2")
            assert pilot.app.settings.player == "ffplay"
            await pressed(pilot, "space", "space")
            assert not screen_of(pilot.app).asking.which_key.is_open
            player = screen_of(pilot.app).beyond.player
            assert player is not None
            assert player.program.name == "ffplay"


@pytest.mark.skipif(sys.platform == "win32", reason="a script with #! as the player")
@in_the_app
async def test_a_player_that_cannot_play_is_said(
    interview: Store, surroundings: Surroundings, tmp_path: Path
) -> None:
    script = tmp_path / "mpv"
    script.write_text(f"#!{sys.executable}\nimport sys\nsys.exit(2)\n", encoding="utf-8")
    script.chmod(0o755)
    async with coding(interview, surroundings) as pilot:
        screen, player = screen_of(pilot.app), Player(Program("mpv", str(script)))
        screen.beyond.player = player
        player.play(tmp_path / "P07.mp3", 0)
        assert player._process is not None
        player._process.wait()
        screen.poll()
        assert "the player mpv would not play" in line(pilot.app, "status")
        await pressed(pilot, "right")
        screen.poll()
        assert not screen.picture.said


@in_the_app
async def test_sentences_name_the_keys_of_ones_own(
    interview: Store, surroundings: Surroundings
) -> None:
    surroundings.config.mkdir(parents=True)
    own = {"coding.undo": "f7", "coding.search": "f8", "coding.next-hit": "f9"}
    (surroundings.config / "keys.json").write_text(json.dumps(own), encoding="utf-8")
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "f9")
        assert line(pilot.app, "status") == "Nothing was searched for: f8 searches."
        await pressed(pilot, "f8", *"hall", "enter")
        assert line(pilot.app, "status") == "hit 1 of 1: f9 next, [ before, Esc ends"
        await pressed(pilot, "escape", "f", "1", "x")
        assert line(pilot.app, "status") == "taken off: Grant aid (f7 puts it back)"


@in_the_app
async def test_blank_rows_between_turns_go_as_soon_as_that_is_chosen(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=WIDE) as pilot:
        heights = []
        for choice in ("off", "on", "off"):
            pilot.app.choose_setting("compact", choice)
            await pilot.pause()
            heights.append(screen_of(pilot.app).view.virtual_size.height)
        assert heights[0] == heights[2] > heights[1]


# -- right to left --------------------------------------------------------------------------------


@in_the_app
async def test_right_to_left_words_are_kept_apart_as_soon_as_it_is_chosen(
    surroundings: Surroundings,
) -> None:
    text = "I: Who pays?\n\nP07: دفع المجلس نصف التكلفة. ثم لم يأت أحد.\n"
    with new_interview(surroundings.folder, text=text) as store:
        async with coding(store, surroundings) as pilot:
            assert not any("\u2067" in row for row in rows(pilot))
            for choice, signs in ((RTL_KEPT_APART, 1), (RTL_AS_IT_IS, 0)):
                pilot.app.choose_setting("right_to_left", choice)
                await pilot.pause()
                assert sum("\u2067" in row for row in rows(pilot)) == signs
            pilot.app.choose_setting("right_to_left", RTL_KEPT_APART)
        async with coding(store, surroundings) as pilot:
            assert sum("\u2067" in row for row in rows(pilot)) == 1


@in_the_app
async def test_without_colours_a_stripe_has_the_letter_that_opens_its_theme(
    interview: Store, surroundings: Surroundings
) -> None:
    file = surroundings.folder / "codebook.yaml"
    codebook_editing.retire(interview, file, "funding", by=BY, at=tick())
    async with coding(interview, surroundings) as pilot:
        picture = screen_of(pilot.app).picture
        assert [theme.id for theme in picture.letters.values()] == ["cohesion"]
        for letter, theme in picture.letters.items():
            assert picture.look.theme(theme.id).letter == letter
        assert picture.look.theme("funding").letter == NO_LETTER
