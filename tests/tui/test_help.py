"""Help: made from the table and the person's own keys, those of this place first."""

from __future__ import annotations

import re

from services.study import BY
from tui.driving import driven, in_the_app, pressed

from qualcode.store.store import Store
from qualcode.tui.app import make_app
from qualcode.tui.keys import BY_ID, COMMANDS, Scope
from qualcode.tui.own.keymap import Keymap
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.help import page
from qualcode.tui.screens.home import Home
from qualcode.tui.screens.transcripts import Transcripts

SMALL = (80, 24)


def lines(scope: Scope | None, keymap: Keymap | None = None, width: int = 72) -> list[str]:
    return page(scope, keymap or Keymap(), width=width).plain.splitlines()


def test_the_keys_of_this_place_come_first_then_those_of_everywhere() -> None:
    titles = [line for line in lines(Scope.CODING) if line and not line.startswith(" ")]

    assert titles[:3] == ["Keys here: Coding a transcript", "Keys everywhere", "Coding in a minute"]
    review = "What waits since a correction"
    summaries = {"Summaries, the sheet", "Summaries, one cell"}
    others = {"Home", "Transcripts", "Codebook", "Quotes", review, "Settings"}
    assert set(titles[3:]) == others | summaries


def test_every_command_is_there_once() -> None:
    text = "\n".join(lines(Scope.CODING, width=200))

    for command in COMMANDS:
        assert text.count(f"{command.title}. {command.help}") == sum(
            (one.title, one.help) == (command.title, command.help) for one in COMMANDS
        ), command.id


def test_ones_own_keys_are_named() -> None:
    own = Keymap().with_keys(BY_ID["coding.next-uncoded"], ["v"])

    assert "  v                Next uncoded answer. Move to the next turn of a" in lines(
        Scope.CODING, own
    )


def test_coding_in_a_minute_names_ones_own_keys() -> None:
    own = Keymap().with_keys(BY_ID["coding.next-uncoded"], ["v"])

    assert "v goes to the next answer" in " ".join(" ".join(lines(None, own)).split())
    assert not re.search(r"\{\w", "".join(lines(Scope.CODING)))


def test_no_line_is_wider_than_there_is_room_for() -> None:
    for width in (53, 72, 100):
        assert max(map(len, lines(Scope.CODING, width=width))) <= width


@in_the_app
async def test_help_is_of_the_screen_it_was_asked_on_and_goes_back(
    store: Store, surroundings: Surroundings
) -> None:
    app = make_app(store, BY, surroundings=surroundings)
    async with driven(app, "T", "f1", size=SMALL) as pilot:
        words = app.screen.query_one("#words")
        assert "Keys here: Transcripts" in words.render_line(0).text

        await pressed(pilot, "end")
        assert app.screen.query_one("#page").scroll_offset.y > 0
        await pressed(pilot, "escape")
        assert type(app.screen) is Transcripts

        await pressed(pilot, "question_mark", "f1", "escape")
        assert [type(screen) for screen in app.screen_stack[1:]] == [Home]
