"""The screens in CPU milliseconds, from a key to what is painted, against their bars.

Each size of transcript is measured in a fresh process, three times, and the best of the three
counts: the machine is shared, and what else runs on it only ever adds. A figure's ratio is its CPU
divided by its bar, so that 1 is the bar; `floor_ms` is, in the same process, what the library
alone takes to paint a page that says nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RUNS = 3
WORDS = (50_000, 200_000)

BARS_MS = {
    "first_paint": 150,
    "step_p50": 6,
    "page_p50": 15,
    "page_p99": 50,
    "tag_p50": 15,
    "tag_p99": 30,
    "which_key": 30,
    "finder": 40,
    "resize": 150,
}
CELLS_BARS_MS = {
    "cells_read": 600,
    "cells_open": 700,
    "sheet_step": 20,
    "cell_open": 200,
    "cell_step": 30,
    "letter": 15,
    "keep": 15,
}
"""Of 80 cases on 12 themes; the first two are waited for once, with the picture there."""

BAR_MEMORY_MB = 90
BAR_EXEC_MS = 900
GROWTH = 1.5
"""How much more 200,000 words may cost than the bars say; a resize may cost what it does."""


def run() -> dict[str, object]:
    """All figures by the number of words, and ratios of those that have a bar."""
    found: dict[int, dict[str, float]] = {}
    for words in WORDS:
        with tempfile.TemporaryDirectory(prefix="qualcode-bench-") as folder:
            _inside("study", folder, str(words))
            runs = [_inside("measure", folder) for _ in range(RUNS)]
            starts = [_inside("start", folder) for _ in range(RUNS)]
            found[words] = {**_best(runs), **_best(starts)}
    ratios, bars = _against_bars(found)
    cells = _cells()
    ratios |= {name: cells[name] / bar for name, bar in CELLS_BARS_MS.items()}
    bars |= dict.fromkeys(CELLS_BARS_MS, 1.0)
    return {
        "cpu_ms": {**{str(words): figures for words, figures in found.items()}, "cells": cells},
        "ratio": {name: round(value, 2) for name, value in ratios.items()},
        "bars": bars,
        "within": all(ratios[name] <= bar for name, bar in bars.items()),
    }


def _cells() -> dict[str, float]:
    """The figures of the screens of summaries."""
    with tempfile.TemporaryDirectory(prefix="qualcode-bench-") as folder:
        _inside("study", folder, session="cells_session.py")
        return _best([_inside("measure", folder, session="cells_session.py") for _ in range(RUNS)])


def _against_bars(
    found: Mapping[int, Mapping[str, float]],
) -> tuple[dict[str, float], dict[str, float]]:
    ratios: dict[str, float] = {}
    bars: dict[str, float] = {}
    for words, figures in found.items():
        size = f"{words // 1000}k"
        room = 1.0 if words == WORDS[0] else GROWTH
        for name, bar in BARS_MS.items():
            if name == "resize" and words != WORDS[0]:
                continue
            ratios[f"{name}_{size}"], bars[f"{name}_{size}"] = figures[name] / bar, room
        ratios[f"memory_{size}"], bars[f"memory_{size}"] = figures["rss_mb"] / BAR_MEMORY_MB, room
        ratios[f"exec_{size}"], bars[f"exec_{size}"] = figures["exec_ms"] / BAR_EXEC_MS, room
    return ratios, bars


def _best(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: round(min(run[name] for run in runs), 2) for name in runs[0]}


def _inside(
    what: str, folder: str, *more: str, session: str = "screen_session.py"
) -> dict[str, Any]:
    """Run a part of a session in a process of its own."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests"), str(HERE)])
    environment = {
        **os.environ,
        **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "APPDATA"), folder),
        "PYTHONPATH": path,
        "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"),
        "TEXTUAL_FPS": "1000",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    environment.pop("NO_COLOR", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, str(HERE / session), what, folder, *more],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
