from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode import errors
from qualcode.model.spans import Turn
from qualcode.services.places import PlacedText
from qualcode.store.queries import StoredText
from qualcode.tui import playing
from qualcode.tui.playing import Player, Program

ROOT = Path(__file__).parents[2]
NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="a script with #! as the player")

# A player cannot be had here. This one writes down how it was called, and then hums until it is
# told to stop; before that it opens the pipe on which the test waits for it.
HUMMING = f"""#!{sys.executable}
import json, os, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN if os.environ.get("STUBBORN") else signal.SIG_DFL)
with open(os.environ["HEARD"], "w") as heard:
    json.dump(sys.argv[1:], heard)
signal.pause()
"""
BROKEN = f"#!{sys.executable}\nimport sys\nsys.exit(2)\n"


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipe that holds how the player was called; and a PATH on which no player lies."""
    pipe = tmp_path / "heard"
    os.mkfifo(pipe)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("HEARD", str(pipe))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return pipe


def install(name: str, heard: Path, text: str = HUMMING) -> Path:
    """Put a player on the PATH."""
    script = heard.parent / "bin" / name
    script.write_text(text, encoding="utf-8")
    script.chmod(0o755)
    return script


def recording(folder: Path, name: str = "recordings/P04.mp3") -> Path:
    """A file that bears the name of a recording."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xfb")
    return path


def placed(*turns: Turn) -> PlacedText:
    """A text of hundred characters with these turns."""
    stored = StoredText(version="v", text="x" * 100, turns=turns, marks=())
    return PlacedText("P04", stored)


# -- which player ---------------------------------------------------------------------------------


@NOT_WINDOWS
def test_the_first_player_of_the_list_is_taken_and_a_chosen_one_before_it(heard: Path) -> None:
    install("vlc", heard)
    install("ffplay", heard)

    assert playing.find_player().name == "ffplay"
    assert playing.find_player("vlc").path == str(heard.parent / "bin" / "vlc")
    assert [one.name for one in playing.installed_players()] == ["ffplay", "vlc"]


@NOT_WINDOWS
def test_without_a_player_a_sentence_names_those_that_would_do(heard: Path) -> None:
    with pytest.raises(errors.PlayerMissingError, match="mpv, ffplay, cvlc, vlc"):
        playing.find_player()
    install("mpv", heard)
    with pytest.raises(errors.PlayerMissingError, match="Install one of: vlc"):
        playing.find_player("vlc")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mpv", ["--start=61.500", "--end=64.000", "--", "/s/P04.mp3"]),
        ("ffplay", ["-ss", "61.500", "-t", "2.500", "-i", "/s/P04.mp3"]),
        ("cvlc", ["--start-time=61.500", "--stop-time=64.000", "/s/P04.mp3"]),
        ("vlc", ["--start-time=61.500", "--stop-time=64.000", "/s/P04.mp3"]),
    ],
)
def test_each_player_is_told_from_when_to_when(name: str, words: list[str]) -> None:
    made = playing.command_line(Program(name, "/bin/it"), Path("/s/P04.mp3"), 61_500, 64_000)

    assert made[0] == "/bin/it"
    assert made[-len(words) :] == words


@pytest.mark.parametrize("name", ["mpv", "ffplay", "cvlc", "vlc"])
def test_without_an_end_it_plays_on(name: str) -> None:
    made = playing.command_line(Program(name, name), Path("/s/P04.mp3"), 61_500, None)

    assert not {"--end", "-t", "--stop-time"} & {word.partition("=")[0] for word in made}


# -- what to play ---------------------------------------------------------------------------------


def test_a_turn_ends_when_it_says_so_else_when_the_next_begins() -> None:
    text = placed(
        Turn(1, 0, 9, "I", 1000, 4000),
        Turn(2, 10, 19, "P04", 5000, None),
        Turn(3, 20, 29, "I", 9000, 8000),  # runs backwards, as some captions do
        Turn(4, 30, 39, "P04", None, None),
    )

    assert playing.turn_times(text, 3) == (1000, 4000)
    assert playing.turn_times(text, 12) == (5000, 9000)
    assert playing.turn_times(text, 20) == (9000, None)
    with pytest.raises(errors.NoTimeError, match="P04 ¶4"):
        playing.turn_times(text, 31)


# -- one process at a time ------------------------------------------------------------------------


@NOT_WINDOWS
def test_what_plays_is_stopped_and_gone(heard: Path, tmp_path: Path) -> None:
    install("mpv", heard)
    player = Player(playing.find_player())
    player.play(recording(tmp_path), 61_500, 64_000)
    words = json.loads(heard.read_text(encoding="utf-8"))

    assert player.playing
    assert words[-1] == str(tmp_path / "recordings" / "P04.mp3")
    assert (player.stop(), player.playing) == (True, False)
    assert player.stop() is False


@NOT_WINDOWS
def test_another_passage_stops_the_one_before(heard: Path, tmp_path: Path) -> None:
    install("mpv", heard)
    player = Player(playing.find_player())
    pids = []
    for start_ms in (0, 5000):
        player.play(recording(tmp_path), start_ms)
        assert f"--start={start_ms / 1000:.3f}" in heard.read_text(encoding="utf-8")
        assert player._process is not None
        pids.append(player._process.pid)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)
    player.stop()


@NOT_WINDOWS
def test_a_player_that_will_not_leave_is_made_to(
    heard: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUBBORN", "yes")
    install("mpv", heard)
    player = Player(playing.find_player())
    player.play(recording(tmp_path), 0)
    assert heard.read_text(encoding="utf-8")

    assert player.stop()
    assert not player.playing


@NOT_WINDOWS
def test_a_player_that_goes_away_discontented_is_noticed(heard: Path, tmp_path: Path) -> None:
    install("mpv", heard, BROKEN)
    player = Player(playing.find_player())
    player.play(recording(tmp_path), 0)
    assert player._process is not None
    player._process.wait()

    assert (player.playing, player.failed) == (False, True)


@NOT_WINDOWS
def test_a_player_that_cannot_start_is_said(heard: Path, tmp_path: Path) -> None:
    script = install("mpv", heard)
    player = Player(playing.find_player())
    script.unlink()

    with pytest.raises(errors.PlayerFailedError, match="the player mpv would not play"):
        player.play(recording(tmp_path), 0)
    assert not player.playing


@NOT_WINDOWS
def test_what_plays_ends_with_the_program(heard: Path, tmp_path: Path) -> None:
    install("mpv", heard)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from qualcode.tui import playing\n"
        "player = playing.Player(playing.find_player())\n"
        "player.play(Path(sys.argv[1]), 0)\n"
        "Path(sys.argv[2]).read_text()\n"
        "print(player._process.pid)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(recording(tmp_path)), str(heard)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)
