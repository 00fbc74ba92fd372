"""The list of transcripts, on the real app over a real store."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from services.study import BY
from tui.driving import driven, in_the_app, pressed, settled

from qualcode.model.people import Participant
from qualcode.model.transcript import StoredTranscript
from qualcode.services.work.coding_session import CodingSession
from qualcode.services.work.progress import TranscriptProgress
from qualcode.services.work.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.keys import BY_ID, Scope, commands
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.screens.home import Home
from qualcode.tui.screens.transcripts import Columns, Transcripts, where_of, who_of
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


def progress_of(
    name: str, participants: tuple[str, ...], places: tuple[str, ...]
) -> TranscriptProgress:
    record = StoredTranscript(
        uid=name, name=name, version_uid="v", version=1, file="", format="text", encoding=None,
        producer=None, language=None, interviewed=None, recording=None, characters=1, words=1,
        turns=1, speakers=(), first_ms=None, last_ms=None, sha256="", text_sha256="",
        attributes={}, codings=0, participants=participants,
    )  # fmt: skip
    people = tuple(
        Participant(code, place=where) for code, where in zip(participants, places, strict=False)
    )
    return TranscriptProgress(record, 1, 0, 0, "new", 0, people)


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
    CodingSession.open(study, "P02", coder=BY).set_finished(finished=True, at=surroundings.clock())
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


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ASHMERE", ["P03", "P04"]),
        ("p09", ["P06"]),
        ("Loom House", ["P02"]),
        ("cabinet member", ["P03"]),
        ("thornwick manager", ["P01", "P02"]),
        ("Janine", []),
    ],
)
def test_a_transcript_is_found_by_what_is_known_of_its_participants_but_not_by_a_name(
    words: str, found: list[str], study: Store, surroundings: Surroundings
) -> None:
    typed = ["space" if letter == " " else letter for letter in words]

    @in_the_app
    async def searched() -> None:
        app = app_of(study, surroundings)
        async with driven(app, "T", "/", *typed, "enter", size=SMALL) as pilot:
            assert names(pilot.app) == found

    searched()


@in_the_app
async def test_a_wide_screen_shows_who_took_part_and_where_beside_the_name(
    study: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(study, surroundings), "T", size=(140, 40)) as pilot:
        head = pilot.app.screen.query_one("#columns", OneLine).text
        sixth = lines(pilot.app)[5]
        assert head.split()[:4] == ["name", "who", "place", "words"]
        assert sixth.split()[:4] == ["P06", "P06,", "P09", "Kelderby"]
        assert sixth.index("P06,") == head.index("who")
        assert sixth.index("Kelderby") == head.index("place")
        assert "Janine" not in "\n".join(lines(pilot.app))
    async with driven(app_of(study, surroundings), "T", size=SMALL) as pilot:
        assert "who" not in pilot.app.screen.query_one("#columns", OneLine).text


@pytest.mark.parametrize("cells", [40, 75, 100, 135, 200])
@pytest.mark.parametrize("name", ["P01", "x" * 90, "共同体" * 30])
def test_the_numbers_stand_in_one_column_whatever_the_names(cells: int, name: str) -> None:
    listed = [
        progress_of(name, ("P01", "P02"), ("Thornwick", "Marle")),
        progress_of("P02", (), ()),
        progress_of("P03", tuple(f"P{n:02}" for n in range(30)), ("St. " * 40,)),
    ]
    columns = Columns.of(listed, cells)
    for one in listed:
        line = columns.line(one.record.name, who_of(one), where_of(one))
        assert cell_len(line) == columns.room <= max(8, cells - 58)


@in_the_app
async def test_no_transcripts_names_the_command_that_brings_some(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "T", size=SMALL) as pilot:
        assert "qualcode import transcripts" in "\n".join(lines(pilot.app))
        await pressed(pilot, "F", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Transcripts)


@in_the_app
async def test_ones_own_keys_are_named(study: Store, surroundings: Surroundings) -> None:
    app = app_of(study, surroundings)
    app.choose_keys(BY_ID["transcripts.search"], ["f7"])
    async with driven(app, "T", "f7", *"elephant", "enter", size=SMALL) as pilot:
        drawn = pilot.app.screen.query_one(Rows).render_line(1).text
        assert "f7 looks for others" in drawn


def test_every_command_of_the_list_can_be_given() -> None:
    for command in commands(Scope.TRANSCRIPTS, everywhere=False):
        assert callable(getattr(Transcripts, f"action_{command.action}")), command.id
