from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from services.study import ROOT

from qualcode.errors import SentencesError
from qualcode.model.spans import Span
from qualcode.services.work.sentencing import InItsOwnProcess, InProcess, SentenceSource

TEXT = (
    "We met at the fair. 🙂 Was it e\u0301lan? It was.\n\n"
    "So Mrs. Bell left... Anyway, she came back."
)
BREAK = TEXT.index("\n\n")
TURNS = (Span(0, BREAK), Span(BREAK + 2, len(TEXT)))
NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def child() -> Iterator[InItsOwnProcess]:
    """A source with a process of its own, ended after the test."""
    source = InItsOwnProcess()
    yield source
    source.close()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ask(source: SentenceSource, text: str = TEXT) -> tuple[str, ...]:
    found = source.find(text, language="en", turns=TURNS if text == TEXT else (Span(0, len(text)),))
    return tuple(text[span.start : span.end] for span in found.spans)


def test_both_sources_find_the_same(child: InItsOwnProcess) -> None:
    here = InProcess().find(TEXT, language="en-GB", turns=TURNS)
    there = child.find(TEXT, language="en-GB", turns=TURNS)

    assert here == there
    assert there.unit == "sentence"
    assert there.pipeline == "en"
    assert [TEXT[span.start : span.end] for span in there.spans][-2:] == [
        "So Mrs. Bell left...",
        "Anyway, she came back.",
    ]


def test_speech_without_marks_comes_back_as_lines(child: InItsOwnProcess) -> None:
    text = "we all came to the fair and then we went home again\n" * 20

    found = child.find(text, language=None, turns=(Span(0, len(text)),))

    assert (found.unit, found.pipeline, len(found.spans)) == ("line", None, 20)


def test_a_started_child_answers_the_first_question(child: InItsOwnProcess) -> None:
    child.start()
    pid = child.pid

    assert len(ask(child)) == 5
    assert child.pid == pid


@NOT_WINDOWS
def test_a_child_that_died_fails_nothing_but_its_question(child: InItsOwnProcess) -> None:
    child.start()
    first = child.pid
    assert first is not None
    # Stopped first, so that it is certain to die with the question unanswered.
    os.kill(first, signal.SIGSTOP)
    killer = threading.Timer(0.2, os.kill, (first, signal.SIGKILL))
    killer.start()
    with pytest.raises(SentencesError):
        ask(child)
    killer.join()

    assert len(ask(child)) == 5
    assert child.pid != first
    assert not is_alive(first)


@NOT_WINDOWS
def test_the_answer_to_an_interrupted_question_is_not_the_next_ones(
    child: InItsOwnProcess,
) -> None:
    class HandError(Exception):
        """Somebody's hand, while the child thinks."""

    def interrupt(_: int, __: FrameType | None) -> None:
        raise HandError

    assert len(ask(child)) == 5
    first = child.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(HandError):
            ask(child, "One. Two. Three.")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert not is_alive(first)

    assert len(ask(child)) == 5


@NOT_WINDOWS
@pytest.mark.parametrize("said", ["{}", "[]", '{"spans": [5, 2], "unit": "", "pipeline": null}'])
def test_an_answer_to_no_question_of_ours_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    other = tmp_path / "python"
    other.write_text(f"#!/bin/sh\nread question\necho '{said}'\nread another\n")
    other.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(other))
    source = InItsOwnProcess()

    with pytest.raises(SentencesError):
        ask(source)
    assert source.pid is None
    source.close()


@NOT_WINDOWS
def test_a_child_that_does_not_answer_is_given_up() -> None:
    source = InItsOwnProcess(limit_s=0.2)
    source.start()
    pid = source.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)

    with pytest.raises(SentencesError):
        ask(source)

    assert not is_alive(pid)
    source.close()


@NOT_WINDOWS
def test_no_child_is_left_after_closing_in_the_middle_of_a_question() -> None:
    source = InItsOwnProcess()
    source.start()
    pid = source.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    failures: list[SentencesError] = []

    def wait_for_it() -> None:
        try:
            ask(source)
        except SentencesError as problem:
            failures.append(problem)

    waiting = threading.Thread(target=wait_for_it)
    waiting.start()
    source.close()
    waiting.join()

    assert len(failures) == 1
    assert not is_alive(pid)
    assert source.pid is None
    with pytest.raises(SentencesError):
        ask(source)


@NOT_WINDOWS
def test_a_child_that_nobody_asks_is_ended_and_comes_back() -> None:
    source = InItsOwnProcess(idle_s=0.05)
    source.start()
    pid = source.pid
    assert pid is not None
    for timer in threading.enumerate():
        if isinstance(timer, threading.Timer):
            timer.join()
    assert source.pid is None
    assert not is_alive(pid)

    assert len(ask(source)) == 5
    source.close()


def test_the_child_ends_itself_when_nobody_is_left_to_ask() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qualcode.services.work.sentencing"],
        cwd=ROOT,
        input=b"",
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, b"")


def test_the_asking_process_loads_no_spacy() -> None:
    code = (
        "import sys\n"
        "from qualcode.services.work.sentencing import InItsOwnProcess, Span\n"
        "source = InItsOwnProcess()\n"
        "assert source.find('One. Two.', language='en', turns=[Span(0, 9)]).pipeline == 'en'\n"
        "source.close()\n"
        "assert 'spacy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=120)
