"""One process of the screen's bench: makes a study, drives the real app, prints its figures.

The app is drawn into memory by a driver that counts the bytes; the CPU of an act runs from the key
to the last painting that it causes. `start` is the whole program in a terminal of its own, from
exec to the first words of the transcript.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

SIZE = (120, 40)
STEPS = 100
PAGES = 200
TAGS = 60
OPENINGS = 12
RESIZES = 6
QUIET_S = 0.03
"""No painting for so long, and an act has been painted."""
CODINGS_PER_1000_WORDS = 22
THEMES, CODES = 4, 8
STOCK = (
    *("the", "fair", "council", "we", "money", "asked", "people"),
    *("then", "because", "hall", "grant", "café", "never", "Zoë’s"),
)
KEYS = "acde"


# -- the study ------------------------------------------------------------------------------------


def make_study(folder: Path, words: int) -> None:
    """A project with one transcript of so many words, coded in clusters."""
    from qualcode.services import projects
    from qualcode.services.intake import importing
    from qualcode.services.work import coding_table

    random = Random(7)
    at = datetime(2024, 6, 1, 9, 0, tzinfo=UTC)
    (folder / "codebook.yaml").write_text(_codebook(), encoding="utf-8")
    (folder / "P01.txt").write_text(_interview(random, words), encoding="utf-8")
    made = projects.new_project(folder, name="Bench", language="en", by="amina", at=at)
    with projects.open_project(made.place) as store:
        importing.import_transcripts(store, [folder / "P01.txt"], by="amina", at=at)
        from qualcode.services import listing

        length = len(listing.show_transcript(store, "P01").text.text)
        rows = ["transcript,start,end,code,coder"]
        for _ in range(words * CODINGS_PER_1000_WORDS // 1000):
            start = random.randrange(length - 400)
            code = f"c{random.randrange(THEMES)}-{random.randrange(CODES)}"
            coder = random.choice(("amina", "amina", "tomasz"))
            rows.append(f"P01,{start},{start + random.randrange(30, 380)},{code},{coder}")
        table = folder / "codings.csv"
        table.write_text("\n".join(rows) + "\n", encoding="utf-8")
        coding_table.tag_from(store, table, by="amina", at=at)


def _codebook() -> str:
    lines = ["codebook: Bench", "version: 1", "themes:"]
    for theme in range(THEMES):
        lines += [f"  - id: t{theme}", f"    name: Theme {theme}", f"    key: {KEYS[theme]}"]
        lines += ["    codes:"]
        for code in range(CODES):
            lines += [f"      - id: c{theme}-{code}", f"        name: Code {theme} {code}"]
    return "\n".join(lines) + "\n"


def _interview(random: Random, words: int) -> str:
    """Questions and answers of invented words, some with accents and curly quotation marks."""
    turns, said, n = [], 0, 0
    while said < words:
        length = 12 if n % 2 == 0 else random.randrange(40, 140)
        chosen = [random.choice(STOCK) for _ in range(length)]
        for end in range(11, length - 1, 12):
            chosen[end] += "."
            chosen[end + 1] = chosen[end + 1].capitalize()
        label = "I" if n % 2 == 0 else "P01"
        seconds = said // 2
        clock = f"[{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}]"
        turns.append(f"{clock} {label}: {' '.join(chosen)}.")
        said, n = said + length, n + 1
    return "\n\n".join(turns) + "\n"


# -- the app in memory ----------------------------------------------------------------------------


class Watch:
    """When something was painted last, in CPU seconds of this process, and how many bytes."""

    def __init__(self) -> None:
        self.painted = 0
        self.cpu = 0.0
        self.bytes = 0

    def saw(self) -> None:
        """Something was painted now."""
        self.painted += 1
        self.cpu = time.process_time()


def watched_app(folder: Path, watch: Watch) -> Any:
    """The real app on the study, drawing into memory."""
    from textual.drivers.headless_driver import HeadlessDriver

    from qualcode.services import projects
    from qualcode.tui.app import QualcodeApp, make_app
    from qualcode.tui.looks import ColourMode
    from qualcode.tui.own.surroundings import Surroundings

    class MemoryDriver(HeadlessDriver):
        is_headless = False  # so that everything is really rendered

        def write(self, data: str) -> None:
            watch.bytes += len(data)

        def flush(self) -> None:
            return

    surroundings = Surroundings(
        folder=folder,
        config=folder / "config",
        clock=lambda: datetime.now(UTC),
        remember_coder=lambda _: True,
        colours=ColourMode.TRUE,
    )
    place = projects.find_project(str(folder), environment=None, folder=folder)
    app = make_app(
        projects.open_project(place), "amina", surroundings=surroundings, transcript="P01"
    )
    assert isinstance(app, QualcodeApp)
    app.driver_class = MemoryDriver
    app.post_display_hook = watch.saw  # type: ignore[method-assign]  # the library's own hook
    return app


class Driven:
    """Acts on a running app, each measured from its key to its last painting."""

    def __init__(self, app: Any, watch: Watch) -> None:
        self.app = app
        self.watch = watch

    async def settled(self) -> None:
        """Until nothing has been painted for a moment."""
        while True:
            seen = self.watch.painted
            await asyncio.sleep(QUIET_S)
            if seen == self.watch.painted:
                return

    async def press(self, key: str) -> float:
        """CPU milliseconds of one key."""
        from textual.events import Key

        character = key if len(key) == 1 else None
        seen, began = self.watch.painted, time.process_time()
        self.app.post_message(Key(key, character))
        return await self._until_painted(seen, began)

    async def resize(self, width: int, height: int) -> float:
        """CPU milliseconds of another size of the terminal."""
        from textual.events import Resize
        from textual.geometry import Size

        size = Size(width, height)
        seen, began = self.watch.painted, time.process_time()
        self.app._driver._size = (width, height)
        self.app.post_message(Resize(size, size))
        return await self._until_painted(seen, began)

    async def _until_painted(self, seen: int, began: float) -> float:
        for _ in range(200):
            await asyncio.sleep(0.005)
            if self.watch.painted != seen:
                break
        else:
            raise AssertionError("nothing was painted")
        await self.settled()
        return 1000 * (self.watch.cpu - began)


async def measure(folder: Path) -> dict[str, float]:
    """The figures of one run."""
    import qualcode.services.work.coding_session
    import qualcode.store.store
    import qualcode.tui.app
    import qualcode.tui.screens.coding.screen  # noqa: F401  imports are not part of the first painting

    watch = Watch()
    began = time.process_time()
    app = watched_app(folder, watch)
    running = asyncio.ensure_future(app.run_async(size=SIZE))
    driven = Driven(app, watch)
    figures: dict[str, float] = {}
    try:
        figures["first_paint"] = 1000 * (await _first_words(app, watch) - began)
        await _sentences(app)
        await driven.settled()
        figures |= await _moving(driven)
        figures |= await _tagging(driven)
        figures |= await _panels(driven)
        figures["resize"] = statistics.median(
            [await driven.resize(120 - 10 * (n % 2), 40) for n in range(1, RESIZES + 1)]
        )
        figures["rss_mb"] = _rss_mb()
    finally:
        app.exit()
        await running
    return figures


async def _first_words(app: Any, watch: Watch) -> float:
    """CPU seconds when the transcript was on the screen."""
    from qualcode.tui.transcript.view import TranscriptView

    while True:
        await asyncio.sleep(0.002)
        for view in app.screen.query(TranscriptView):
            if view.rows_built:
                seen = watch.painted
                while watch.painted == seen:
                    await asyncio.sleep(0.002)
                return watch.cpu


async def _sentences(app: Any) -> None:
    from qualcode.tui.transcript.view import TranscriptView

    view = app.screen.query_one(TranscriptView)
    for _ in range(2000):
        if view.units.sentences_known:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the sentences never came")


async def _moving(driven: Driven) -> dict[str, float]:
    steps = [await driven.press("down") for _ in range(STEPS)]
    pages = [
        await driven.press("pagedown" if n % PAGES < PAGES * 3 // 4 else "pageup")
        for n in range(PAGES)
    ]
    before = driven.watch.bytes
    await driven.press("pageup")
    page_bytes = driven.watch.bytes - before
    before = driven.watch.bytes
    await driven.press("down")
    return {
        "step_p50": statistics.median(steps),
        "step_p99": _p99(steps),
        "page_p50": statistics.median(pages),
        "page_p99": _p99(pages),
        "page_bytes": page_bytes,
        "step_bytes": driven.watch.bytes - before,
    }


async def _tagging(driven: Driven) -> dict[str, float]:
    tags, undos = [], []
    for n in range(1, 6):  # the numbers stand for what was used last
        await driven.press("down")
        await driven.press(KEYS[0])
        await driven.press(str(n))
    for n in range(TAGS):
        await driven.press("down")
        tags.append(await driven.press(str(1 + n % 5)))
    for _ in range(TAGS // 4):
        undos.append(await driven.press("u"))
    return {
        "tag_p50": statistics.median(tags),
        "tag_p99": _p99(tags),
        "undo_p50": statistics.median(undos),
    }


async def _panels(driven: Driven) -> dict[str, float]:
    which, finder, typed = [], [], []
    for _ in range(OPENINGS):
        which.append(await driven.press(KEYS[0]))
        await driven.press("escape")
        finder.append(await driven.press("t"))
        typed.append(await driven.press("o"))
        await driven.press("escape")
        await driven.settled()
    return {
        "which_key": statistics.median(which),
        "finder": statistics.median(finder),
        "finder_letter": statistics.median(typed),
    }


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def _rss_mb() -> float:
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("this system does not say how much memory a process holds")


# -- the whole program ----------------------------------------------------------------------------


def start(folder: Path) -> dict[str, float]:
    """CPU from exec to the first words of the transcript in a terminal, in ms."""
    call = "import sys; from qualcode.cli.main import run; sys.exit(run())"
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-c", call, "--coder", "amina", "code", "P01"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    try:
        seen, deadline = b"", time.monotonic() + 60
        while b"0:00:00" not in seen and time.monotonic() < deadline:
            if select.select([terminal], [], [], 0.5)[0]:
                seen += os.read(terminal, 65536)
        if b"0:00:00" not in seen:
            raise AssertionError("the transcript never appeared")
        return {"exec_ms": _cpu_ms(child)}
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _cpu_ms(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def fresh_copy(study: Path) -> Path:
    """The study as it was made: no place is remembered, and nothing is coded already."""
    copy = study.with_name("run")
    shutil.rmtree(copy, ignore_errors=True)
    return Path(shutil.copytree(study, copy))


def main(what: str, folder: str, *more: str) -> None:
    """Do one thing and print what it found as JSON."""
    place = Path(folder) / "study"
    if what == "study":
        place.mkdir()
        make_study(place, int(more[0]))
        found: dict[str, float] = {}
    elif what == "measure":
        found = asyncio.run(measure(fresh_copy(place)))
    else:
        found = start(fresh_copy(place))
    print(json.dumps(found), file=sys.__stdout__)


if __name__ == "__main__":
    main(*sys.argv[1:])
