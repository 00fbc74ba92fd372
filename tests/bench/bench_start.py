"""How quickly the program is there: CPU of whole processes as ratios to `python -c pass`."""

from __future__ import annotations

import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 15
ROOT = Path(__file__).parents[2]
CALL = "import sys; from qualcode.cli.main import run; sys.exit(run())"
BARS = {"help": 5, "version": 5, "tag": 30}
"""The most that each may cost, in times of an empty Python."""


def run() -> dict[str, object]:
    """Median CPU of each command line, in ms and as a ratio; `within` where all bars are kept."""
    with tempfile.TemporaryDirectory(prefix="qualcode-bench-") as folder:
        study = _study(Path(folder))
        spans = (f"{start}:{start + 20}" for start in itertools.count())
        commands: dict[str, list[str]] = {
            "empty": ["pass"],
            "help": [CALL, "--help"],
            "version": [CALL, "--version"],
            "tag": [CALL, "--coder", "amina", "tag", "P01", "one", "--span"],
            "quotes": [CALL, "quotes", "one", "--json"],
        }

        def measure(name: str) -> float:
            place = [next(spans)] if name == "tag" else []
            return _cpu_ms([sys.executable, "-c", *commands[name], *place], study)

        times: dict[str, list[float]] = {name: [] for name in commands}
        for name in commands:
            measure(name)  # the first run writes the bytecode that the others read
        for _ in range(ROUNDS):  # in turns, so that a slow moment of the machine meets them all
            for name in commands:
                times[name].append(measure(name))
    medians = {name: statistics.median(found) for name, found in times.items()}
    return {
        "cpu_ms": {name: round(ms, 1) for name, ms in medians.items()},
        "ratio": {name: round(ms / medians["empty"], 2) for name, ms in medians.items()},
        "bars": BARS,
        "within": all(medians[name] <= bar * medians["empty"] for name, bar in BARS.items()),
    }


def _study(folder: Path) -> Path:
    """One transcript of 8,000 words and one code."""
    (folder / "codebook.yaml").write_text(
        "codebook: Bench\nversion: 1\nthemes:\n  - id: one\n    name: One\n", encoding="utf-8"
    )
    words = " ".join(f"word{n % 997}" for n in range(80))
    turns = (f"{'I' if n % 2 else 'P01'}: {words}.\n\n" for n in range(100))
    (folder / "P01.txt").write_text("".join(turns), encoding="utf-8")
    for line in (["new", "."], ["import", "P01.txt"]):
        _cpu_ms([sys.executable, "-c", CALL, *line], folder)
    return folder


def _cpu_ms(words: list[str], folder: Path) -> float:
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "APPDATA"), str(folder))
    path = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment = {**os.environ, **homes, **path}
    # An installed package has its bytecode; without it the compiler would be measured.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
