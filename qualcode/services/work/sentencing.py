"""Sentences found in a process of their own, so that the screen carries none of spaCy's weight.

spaCy costs 95 MB and 0.9 s. `InItsOwnProcess` pays for it in a child, which is warmed up while a
person still chooses a transcript, and ended when nobody has asked for a while. Questions and
answers are lines of JSON over pipes: nothing of an interview touches the disk. `InProcess` gives
the same answers where a second process would be too much.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from qualcode.errors import SentencesError
from qualcode.model.spans import Span
from qualcode.text.sentences import Sentences, sentences

LIMIT_S: Final = 120.0
"""The longest wait for an answer; 200,000 words take some seconds on a slow machine."""

IDLE_S: Final = 60.0
"""A child that nobody has asked for so long is ended; starting another costs a second."""

_PACKAGE = "qualcode.services.work.sentencing"


class SentenceSource(Protocol):
    """Finds the sentences of a transcript."""

    def start(self) -> None:
        """Get ready without being asked; returns at once."""

    def find(self, text: str, *, language: str | None, turns: Sequence[Span]) -> Sentences:
        """The sentences, none of which crosses a turn; blocks until they are there.

        Raises SentencesError where they cannot be found.
        """

    def close(self) -> None:
        """End whatever runs; nothing is found after that."""


class InProcess:
    """Sentences found right here; spaCy is loaded with the first question."""

    def start(self) -> None:
        """Nothing is to be started."""

    def find(self, text: str, *, language: str | None, turns: Sequence[Span]) -> Sentences:
        """The sentences of a text."""
        return sentences(text, language=language, units=turns)

    def close(self) -> None:
        """Nothing is to be ended."""


class InItsOwnProcess:
    """Sentences found by a child, one question at a time; for threads that may wait.

    A child that died or gave no answer in `limit_s` fails the question, and the next question
    starts another.
    """

    def __init__(self, *, limit_s: float = LIMIT_S, idle_s: float = IDLE_S) -> None:
        self._limit_s = limit_s
        self._idle_s = idle_s
        self._asking = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._rest: threading.Timer | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process id of the child, or None where none runs."""
        child = self._child
        return None if child is None else child.pid

    def start(self) -> None:
        """Start the child, which warms itself up; returns at once.

        What goes wrong here is said to the first question.
        """
        if self._asking.acquire(blocking=False):  # a question under way has started it already
            try:
                with contextlib.suppress(SentencesError):
                    self._running()
                    self._rest_from_now()
            finally:
                self._asking.release()

    def find(self, text: str, *, language: str | None, turns: Sequence[Span]) -> Sentences:
        """The sentences of a text; raises SentencesError where the child gives no answer."""
        bounds = [at for turn in turns for at in (turn.start, turn.end)]
        question = {"text": text, "language": language, "turns": bounds}
        with self._asking:
            child = self._running()
            try:
                found = self._ask(child, json.dumps(question).encode("ascii") + b"\n")
            except (OSError, ValueError, TypeError, LookupError):
                # A closed pipe; no answer, half of one, or none to this question.
                self._end()
                raise SentencesError from None
            except BaseException:  # the answer that nobody reads would be the next question's
                self._end()
                raise
            self._rest_from_now()
            return found

    def close(self) -> None:
        """End the child, also in the middle of an answer; its question fails."""
        self._closed = True
        child = self._child
        if child is not None:
            child.kill()  # whoever waits for its answer lets go of the lock
        with self._asking:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        """The child, started where there is none; called by whoever holds the lock."""
        if self._child is not None and self._child.poll() is not None:
            self._end()
        if self._child is None and not self._closed:
            self._child = _start()
        child = self._child
        if child is None or self._closed:  # looked at last: it may be closed at any moment
            self._end()
            raise SentencesError
        return child

    def _ask(self, child: subprocess.Popen[bytes], question: bytes) -> Sentences:
        """One question and its answer; a child that is too slow is ended, which ends the wait."""
        assert child.stdin is not None
        assert child.stdout is not None
        limit = threading.Timer(self._limit_s, child.kill)
        limit.daemon = True
        limit.start()
        try:
            child.stdin.write(question)
            child.stdin.flush()
            answer = json.loads(child.stdout.readline())
        finally:
            limit.cancel()
        return Sentences(_spans(answer["spans"]), str(answer["unit"]), answer["pipeline"])

    def _rest_from_now(self) -> None:
        """End the child when it has not been asked for a while."""
        if self._rest is not None:
            self._rest.cancel()
        self._rest = threading.Timer(self._idle_s, self._end_if_idle)
        self._rest.daemon = True
        self._rest.start()

    def _end_if_idle(self) -> None:
        if self._asking.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._asking.release()

    def _end(self) -> None:
        """End the child, which has nothing to save, and wait until it is gone."""
        if self._rest is not None:
            self._rest.cancel()
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # a question that it never took
                    pipe.close()


def _start() -> subprocess.Popen[bytes]:
    """The child; it stands where this package lies, so it loads this one and no other.

    In the folder of a study, a file of somebody's named `json.py` would be loaded instead.
    """
    try:
        return subprocess.Popen(
            [sys.executable, "-m", _PACKAGE],
            cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a fault says may hold words of the interview
        )
    except OSError:
        raise SentencesError from None


def _spans(bounds: Sequence[int]) -> tuple[Span, ...]:
    return tuple(map(Span, bounds[::2], bounds[1::2]))


# -- the child ------------------------------------------------------------------------------------


def answer_lines(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer each line of JSON with one, until there are no more."""
    for line in questions:
        asked = json.loads(line)
        turns = _spans(asked["turns"])
        found = sentences(asked["text"], language=asked["language"], units=turns)
        bounds = [at for span in found.spans for at in (span.start, span.end)]
        answer = {"spans": bounds, "unit": found.unit, "pipeline": found.pipeline}
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()


def _serve() -> None:
    """What the child does; the end of its questions, also by its parent's death, is its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is meant for the screen
    sentences("It is cold. It gets warm.")
    answer_lines(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    _serve()
