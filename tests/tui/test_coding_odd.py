"""What a key of the coding screen costs, and what the screen does where something is odd."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from services.study import BY, CODEBOOK, bring_in, new_store, write
from textual.screen import Screen
from tui.coded import (
    SMALL,
    WIDE,
    coding,
    line,
    new_interview,
    rows,
    screen_of,
    stored,
)
from tui.driving import in_the_app, pressed

from qualcode.store.store import Store
from qualcode.tui.surroundings import Surroundings
from qualcode.tui.widgets.finder import Finder
from qualcode.tui.widgets.line import OneLine

FIRST = "The council paid half of it."


@pytest.fixture
def interview(surroundings: Surroundings) -> Iterator[Store]:
    with new_interview(surroundings.folder) as store:
        yield store


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
async def test_a_tag_is_one_transaction_and_a_step_asks_the_store_nothing(
    interview: Store, surroundings: Surroundings
) -> None:
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
async def test_a_changed_codebook_is_offered_and_brought_in_by_a_key(
    interview: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    async with coding(interview, surroundings) as pilot:
        screen = screen_of(pilot.app)
        path.write_text(CODEBOOK.replace("Bonding", "Ties"), encoding="utf-8")
        screen.poll()
        await pressed(pilot, "down")
        hint = screen.query_one("#hint", OneLine)
        assert hint.right == "codebook.yaml was changed: A applies it"
        assert screen.session.codes["bonding"].name == "Bonding"
        await pressed(pilot, "A", "down", "c", "1")
        assert hint.right == ""
        assert "Ties" in line(pilot.app, "status")


@in_the_app
async def test_words_of_somebody_withheld_are_not_copied(surroundings: Surroundings) -> None:
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
        assert screen.picture.said_error
        await pressed(pilot, "right")
        screen.poll()
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
