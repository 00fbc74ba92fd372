from __future__ import annotations

import io
import os
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import pytest
from cli.study import Outcome, call, environment

from qualcode.cli.screen import colours, is_dark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Person

AMINA = ("--coder", "amina")
NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
PATIENCE_S = 60


class Script(Protocol):
    """Pipes lines into `qualcode code --plain` and sees what comes of it."""

    def __call__(self, text: str, *words: str) -> Outcome:
        """Run `qualcode --coder amina code … --plain`, in this process."""


@pytest.fixture
def piped(qualcode: Person, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Lines through a pipe."""

    def run(text: str, *words: str) -> Outcome:
        pipe = io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape")), "ascii")
        monkeypatch.setattr(sys, "stdin", pipe)
        return qualcode(*AMINA, "code", *words, "--plain")

    return run


def at_terminal(
    words: list[str],
    folder: Path,
    home: Path,
    *,
    answers: Callable[[str, int], str | None],
    **more: str,
) -> tuple[int, str]:
    """Exit code and all that was shown.

    `answers` sees what was shown so far and the process's id, and returns what to type now.
    """
    import fcntl
    import pty
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "qualcode", *words],
        cwd=folder,
        env={**environment(home), "TERM": "xterm-256color", **more},
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    shown = b""
    while True:
        if not select.select([leader], [], [], PATIENCE_S)[0]:
            process.kill()
            process.wait()
            pytest.fail(f"nothing more came after: {shown[-400:]!r}")
        try:
            piece = os.read(leader, 65536)
        except OSError:  # the other side was closed
            break
        if not piece:
            break
        shown += piece
        typed = answers(shown.decode(errors="replace"), process.pid)
        if typed:
            os.write(leader, typed.encode())
    os.close(leader)
    return process.wait(timeout=PATIENCE_S), shown.decode(errors="replace")


def once(*pairs: tuple[str, str]) -> Callable[[str, int], str | None]:
    """Type each answer once, in this order, when its words have been shown."""
    left = list(pairs)

    def answer(shown: str, _: int) -> str | None:
        if left and left[0][0] in shown:
            return left.pop(0)[1]
        return None

    return answer


def coded(qualcode: Person) -> list[tuple[str, str]]:
    """What amina has coded: words and code."""
    found = qualcode("quotes", "--json").json
    return [(one["text"], one["code"]) for one in found if one["coder"] == "amina"]


# -- in lines -------------------------------------------------------------------------------------


def test_a_script_codes_through_a_pipe(study: Path, piped: Script, qualcode: Person) -> None:
    before = coded(qualcode)
    done = piped("next\ntag cohesion/bonding\nnext\n", "P01")

    assert done.code == 0
    assert done.out.splitlines()[:2] == ["P01 ¶1", "Interviewer: How did the fair begin?"]
    assert ("We all came to the fair.", "cohesion/bonding") in coded(qualcode)
    assert len(coded(qualcode)) == len(before) + 1
    assert "amina: 1 coding put on, 0 taken off; all is saved" in done.err
    assert "> " not in done.out


def test_a_line_that_cannot_be_done_is_said_with_its_number(
    study: Path, piped: Script, qualcode: Person
) -> None:
    done = piped("next\ngo 99\ntag bonding\n", "P01")

    assert done.code == 1
    assert "line 2: P01: there is no turn 99" in done.err
    assert ("We all came to the fair.", "cohesion/bonding") in coded(qualcode)


def test_what_was_put_on_and_taken_off_again_is_not_counted(study: Path, piped: Script) -> None:
    done = piped("next\ntag bonding\nuntag bonding\ntag trading\ngo 4\nuntag\n", "P01")

    assert "amina: 1 coding put on, 0 taken off" in done.err


def test_lines_are_utf_8_whatever_the_locale(study: Path, piped: Script, qualcode: Person) -> None:
    assert piped("\ufeffmemo Où, 日本?\n", "P01").code == 0
    assert [one["body"] for one in qualcode("memos", "list", "--json").json] == ["Où, 日本?"]


def test_bytes_that_are_no_text_fail_their_line_alone(study: Path, piped: Script) -> None:
    done = piped("memo \udcff\nwhere\n", "P01")

    assert done.code == 1
    assert "line 1: this line is not text in UTF-8" in done.err
    assert "You are amina." in done.out


def test_without_a_name_a_script_is_told_the_transcripts(study: Path, piped: Script) -> None:
    done = piped("")

    assert done.code == 2
    assert [line.partition(",")[0] for line in done.out.splitlines()] == ["P01", "P02", "P03"]


def test_without_a_name_one_goes_on_where_one_stopped(study: Path, piped: Script) -> None:
    piped("go 2\n", "P03")

    assert piped("").out.splitlines()[0] == "P03 ¶2 00:00:05"


def test_an_unknown_transcript_is_one_sentence(study: Path, piped: Script) -> None:
    done = piped("", "P9")

    assert (done.code, done.out) == (1, "")
    assert "no transcript is called 'P9'" in done.err


def test_an_empty_project_names_the_next_command(
    tmp_path: Path, piped: Script, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    qualcode("new", str(tmp_path / "new"))
    monkeypatch.chdir(tmp_path / "new")
    done = piped("")

    assert (done.code, done.out) == (2, "")
    assert "there is no transcript yet" in done.err
    assert "qualcode import transcripts" in done.err


def test_coding_in_lines_loads_no_textual(study: Path, home: Path) -> None:
    done = call(
        *AMINA,
        *("code", "P01", "--plain"),
        folder=study,
        home=home,
        before="import io, sys; sys.stdin = io.StringIO('next\\ntag bonding\\n')",
        after="print('\\n'.join(sorted(sys.modules)), file=sys.stderr)",
    )
    loaded = set(done.stderr.split())

    assert "tagged: P01" in done.stdout
    assert "qualcode.tui.plain.lines" in loaded
    assert not loaded & {"textual", "docx", "alembic"}


@NOT_WINDOWS
def test_on_a_terminal_one_is_prompted_and_lines_are_folded(study: Path, home: Path) -> None:
    code, shown = at_terminal(
        [*AMINA, "code", "P01", "--plain"],
        study,
        home,
        answers=once(("> ", "help\n"), ("uncoded-back", "nonsense\n"), ("no command", "\x04")),
    )

    assert code == 1
    assert "there is no command 'nonsense'" in shown
    assert "line 2" not in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


@NOT_WINDOWS
def test_without_a_project_the_worked_example_is_offered(tmp_path: Path, home: Path) -> None:
    place = tmp_path / "empty"
    place.mkdir()
    if any(any(above.glob("*.qualcode")) for above in place.parents):
        pytest.skip("a project lies above the folder of this test")
    words = [*AMINA, "code", "P01", "--plain"]
    asked = "Make the worked example in ./qualcode-demo and begin with it?"

    refused, shown = at_terminal(words, place, home, answers=once((asked, "n\n")))
    assert refused == 2
    assert "there is no project" in shown
    assert list(place.iterdir()) == []
    code, shown = at_terminal(words, place, home, answers=once((asked, "\n"), ("> ", "\x04")))
    assert code == 0
    assert "P01 ¶1" in shown
    assert (place / "qualcode-demo" / "theme-matrix.docx").exists()
    code, shown = at_terminal(
        words, place, home, answers=once(("Begin with the one in", "y\n"), ("> ", "\x04"))
    )
    assert code == 0


# -- the screen -----------------------------------------------------------------------------------


def test_without_a_terminal_nothing_is_drawn_and_nothing_opened(
    study: Path, qualcode: Person
) -> None:
    done = qualcode("--project", "gone.qualcode", "code")

    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "qualcode code --plain" in done.err


@NOT_WINDOWS
def test_a_terminal_that_only_prints_is_sent_to_the_lines(study: Path, home: Path) -> None:
    code, shown = at_terminal(
        ["--project", "gone.qualcode", "code"], study, home, answers=once(), TERM="dumb"
    )

    assert code == 2
    assert "this terminal cannot draw the coding screen" in shown


@NOT_WINDOWS
def test_an_unknown_transcript_is_said_before_anything_is_drawn(study: Path, home: Path) -> None:
    code, shown = at_terminal([*AMINA, "code", "P9"], study, home, answers=once())

    assert code == 1
    assert "no transcript is called 'P9'" in shown
    assert "\x1b[?1049h" not in shown


@NOT_WINDOWS
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_the_terminal_as_it_was(
    number: signal.Signals, study: Path, home: Path
) -> None:
    sent: list[int] = []

    def interrupt(shown: str, process: int) -> None:
        if "How did the fair begin" in shown and not sent:
            sent.append(process)
            os.kill(process, number)

    code, shown = at_terminal([*AMINA, "code", "P01"], study, home, answers=interrupt)

    assert sent
    assert code == 130
    assert shown.rindex("\x1b[?1049l") > shown.rindex("\x1b[?1049h")
    assert "amina: 0 codings put on, 0 taken off" in shown
    assert "interrupted; the project is whole" in shown


@NOT_WINDOWS
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_the_memo_that_somebody_is_writing(
    number: signal.Signals, study: Path, home: Path, qualcode: Person
) -> None:
    typed: list[str] = []

    def write_and_end(shown: str, process: int) -> str | None:
        if "How did the fair begin" in shown and not typed:
            typed.append("m")
            return "m"
        if "keep it and close" in shown and len(typed) == 1:
            typed.append("why")
            return "why?"
        if "why?" in shown and len(typed) == 2:
            typed.append("end")
            os.kill(process, number)
        return None

    code, _ = at_terminal([*AMINA, "code", "P01"], study, home, answers=write_and_end)

    assert typed == ["m", "why", "end"]
    assert code == 130
    assert [one["body"] for one in qualcode("memos", "list", "--json").json] == ["why?"]


@NOT_WINDOWS
def test_a_tag_that_was_seen_outlives_the_process(
    study: Path, home: Path, qualcode: Person
) -> None:
    before = coded(qualcode)
    typed: list[str] = []

    def tag_and_kill(shown: str, process: int) -> str | None:
        if "2 codings" in shown:
            os.kill(process, signal.SIGKILL)
        elif "How did the fair begin" in shown and not typed:
            typed.append("1")
            return "1"
        return None

    code, _ = at_terminal([*AMINA, "code", "P01"], study, home, answers=tag_and_kill)

    assert code == -signal.SIGKILL
    assert len(coded(qualcode)) == len(before) + 1
    assert qualcode("doctor").code == 0


@NOT_WINDOWS
def test_everybody_who_sat_there_is_told_what_they_did(study: Path, home: Path) -> None:
    code, shown = at_terminal(
        [*AMINA, "code"],
        study,
        home,
        answers=once(
            ("Practise", "w"),
            ("Somebody else", "\x1b[F\r"),
            ("Your name", "Zoe\r"),
            ("You are Zoe", "\x11"),
        ),
    )

    assert code == 0
    after = shown[shown.rindex("\x1b[?1049l") :]
    assert "amina: 0 codings put on, 0 taken off" in after
    assert "Zoe: 0 codings put on, 0 taken off" in after


@NOT_WINDOWS
def test_quitting_says_what_was_done_and_what_comes_next(study: Path, home: Path) -> None:
    code, shown = at_terminal(
        [*AMINA, "code", "P01"], study, home, answers=once(("How did the fair begin", "\x11"))
    )

    assert code == 0
    after = shown[shown.rindex("\x1b[?1049l") :]
    assert "amina: 0 codings put on, 0 taken off; all is saved" in after
    assert "qualcode quotes" in after


@pytest.mark.parametrize(
    ("known", "mode"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "true"),
        ({"TERM": "xterm-direct"}, "true"),
        ({"TERM": "screen-256color"}, "256"),
        ({"TERM": "linux"}, "ansi"),
        ({"TERM": "xterm"}, "ansi"),
        ({"TERM": "vt220"}, "mono"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "mono"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "256"),
    ],
)
def test_a_terminal_gets_the_colours_it_has(known: dict[str, str], mode: str) -> None:
    assert colours(known) == mode


def test_a_light_ground_is_noticed_where_it_is_said() -> None:
    assert is_dark({})
    assert is_dark({"COLORFGBG": "15;0"})
    assert not is_dark({"COLORFGBG": "0;default;15"})
