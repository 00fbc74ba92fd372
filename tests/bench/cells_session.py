"""One process of the screen's bench: summaries of 80 cases on 12 themes, 2,000 passages beneath.

`study` makes the project, `measure` drives the real app and prints its figures in CPU
milliseconds. A letter is what is typed into a summary, a keep the act that saves it.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bench.screen_session import SIZE, STOCK, Driven, Watch, fresh_copy, watched_app

CASES, THEMES, CODES, PASSAGES = 80, 12, 4, 2_000
TURNS, WORDS = 40, 60
STEPS, LETTERS, KEEPS = 60, 60, 12


def make_study(folder: Path) -> None:
    """Interviews coded at places drawn by lot."""
    from qualcode.services import projects
    from qualcode.services.intake import importing
    from qualcode.services.work import coding_table

    random = Random(7)
    at = datetime(2024, 6, 1, 9, 0, tzinfo=UTC)
    (folder / "codebook.yaml").write_text(_codebook(), encoding="utf-8")
    rows = ["interview_id,file,participant,place,attribution,date"]
    coded = ["transcript,start,end,code,coder"]
    for n in range(1, CASES + 1):
        name = f"P{n:02}"
        said = (" ".join(random.choices(STOCK, k=WORDS)) for _ in range(TURNS))
        turns = [f"I: And then?\n\n{name}: {words}." for words in said]
        (folder / f"{name}.txt").write_text("\n\n".join(turns) + "\n", encoding="utf-8")
        rows.append(
            f"{name},{name}.txt,{name},Place {n % 6},role-organisation,2024-03-0{n % 9 + 1}"
        )
        for _ in range(PASSAGES // CASES):
            start = random.randrange(9_000)
            code = f"c{random.randrange(THEMES)}-{random.randrange(CODES)}"
            coder = random.choice(("amina", "tomasz"))
            coded.append(f"{name},{start},{start + random.randrange(60, 500)},{code},{coder}")
    for table, lines in (("interviews.csv", rows), ("codings.csv", coded)):
        (folder / table).write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = projects.new_project(folder, name="Bench", language="en", by="amina", at=at)
    with projects.open_project(made.place) as store:
        manifest = folder / "interviews.csv"
        importing.import_transcripts(store, [], manifest=manifest, by="amina", at=at)
        coding_table.tag_from(store, folder / "codings.csv", by="amina", at=at)


def _codebook() -> str:
    lines = ["codebook: Bench", "version: 1", "themes:"]
    for theme in range(THEMES):
        lines += [f"  - id: t{theme}", f"    name: Theme {theme}", "    codes:"]
        for code in range(CODES):
            lines += [f"      - id: c{theme}-{code}", f"        name: Code {theme} {code}"]
    return "\n".join(lines) + "\n"


async def measure(folder: Path) -> dict[str, float]:
    """The figures of one run."""
    import qualcode.tui.screens.summaries.cell
    import qualcode.tui.screens.summaries.sheet  # noqa: F401  imports are not part of a key
    from qualcode.services.summaries.sheet import read_sheet
    from qualcode.tui.screens.summaries.cell import CellScreen

    watch = Watch()
    app = watched_app(folder, watch)
    began = time.process_time()
    read_sheet(app.store)
    figures = {"cells_read": 1000 * (time.process_time() - began)}
    running = asyncio.ensure_future(app.run_async(size=SIZE))
    driven = Driven(app, watch)
    try:
        while not app.is_running or not app.screen_stack:
            await asyncio.sleep(0.01)
        await driven.settled()
        figures["cells_open"] = await _sheet(app, driven)
        steps = [await driven.press("down" if n % 2 else "right") for n in range(STEPS)]
        figures["sheet_step"] = statistics.median(steps)
        figures["cell_open"] = await driven.press("enter")
        assert isinstance(app.screen, CellScreen)
        steps = [await driven.press("jk"[n % 2]) for n in range(STEPS)]
        figures["cell_step"] = statistics.median(steps)
        await driven.press("n")
        await driven.press("enter")
        letters = [await driven.press("abcde fghi"[n % 10]) for n in range(LETTERS)]
        figures["letter"] = statistics.median(letters)
        keeps = []
        for _ in range(KEEPS):
            await driven.press("x")
            began = time.process_time()
            assert app.screen._kept.keep_now()
            keeps.append(1000 * (time.process_time() - began))
        figures["keep"] = statistics.median(keeps)
    finally:
        app.exit()
        await running
    return figures


async def _sheet(app: object, driven: Driven) -> float:
    """CPU from the key to a sheet whose cells are all read and painted."""
    from qualcode.tui.screens.summaries.sheet import SheetScreen

    began = time.process_time()
    await driven.press("M")
    for _ in range(2_000):
        screen = driven.app.screen
        if isinstance(screen, SheetScreen) and screen.sheet is not None:
            await driven.settled()
            return float(1000 * (driven.watch.cpu - began))
        await asyncio.sleep(0.005)
    raise AssertionError("the cells never came")


def main(what: str, folder: str) -> None:
    """Do one thing and print what it found as JSON."""
    place = Path(folder) / "study"
    found: dict[str, float] = {}
    if what == "study":
        place.mkdir()
        make_study(place)
    else:
        found = asyncio.run(measure(fresh_copy(place)))
    print(json.dumps(found), file=sys.__stdout__)


if __name__ == "__main__":
    main(*sys.argv[1:])
