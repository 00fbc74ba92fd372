"""Every reader under atheris: what no person would write must not bring one down either.

A figure is the number of inputs that ended in an error that is none of ours, in a hang of more than
ten seconds or in more than a gigabyte; its bar is nought. One process at a time. Where atheris is
not installed (it has no wheels but for Linux) the bench says so and measures nothing.

    python tests/bench/bench_fuzz.py --reader vtt --runs 100000 --corpus /tmp/fuzz
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

from bench import fuzz_target  # noqa: E402

from qualcode.readers import READERS  # noqa: E402

TARGETS = (fuzz_target.ANY, *(name for name, _ in READERS))
RUNS = 2_000
"""Inputs for each reader where nobody asks for more: what `make bench` can wait for."""

LONGEST_SECONDS, MOST_MB = 10, 1_024

_STATED = re.compile(r"stat::number_of_executed_units:\s*(\d+)|Done (\d+) runs")
_SAVED = re.compile(r"Test unit written to (\S+)")


def run(
    targets: tuple[str, ...] = TARGETS, *, runs: int = RUNS, corpus: Path | None = None
) -> dict[str, Any]:
    """Crashes by reader, the inputs that each was given, and where what crashed lies."""
    if find_spec("atheris") is None:
        why = "atheris is not installed: pip install 'qualcode[fuzz]', on Linux"
        return {"skipped": why, "ratio": {}, "bars": {}, "within": True}
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="qualcode-fuzz-") as scratch:
        for name in targets:
            found[name] = _fuzz(name, runs, (corpus or Path(scratch)) / name)
    crashes = {name: 1 if "error" in figures else 0 for name, figures in found.items()}
    return {
        "targets": found,
        "ratio": crashes,
        "bars": dict.fromkeys(crashes, 0),
        "within": not any(crashes.values()),
    }


def _fuzz(name: str, runs: int, folder: Path) -> dict[str, Any]:
    """One target until it crashes or has had its runs; what it learnt stays in the folder."""
    learnt, first = folder / "learnt", folder / "seeds"
    for part in (learnt, first):
        part.mkdir(parents=True, exist_ok=True)
    for file, content in fuzz_target.seeds(name).items():
        (first / file).write_bytes(content)
    dictionary = folder / "words"
    dictionary.write_text("\n".join(fuzz_target.words(name)) + "\n", encoding="utf-8")
    ended = subprocess.run(
        [
            sys.executable,
            str(HERE / "fuzz_target.py"),
            name,
            str(learnt),
            str(first),
            f"-runs={runs}",
            f"-max_len={fuzz_target.LONGEST_BYTES}",
            f"-timeout={LONGEST_SECONDS}",
            f"-rss_limit_mb={MOST_MB}",
            f"-dict={dictionary}",
            f"-artifact_prefix={folder}/",
            "-print_final_stats=1",
            "-verbosity=1",
        ],
        capture_output=True,
        check=False,
    )
    said = ended.stderr.decode("utf-8", "replace") + ended.stdout.decode("utf-8", "replace")
    stated = [int(n) for pair in _STATED.findall(said) for n in pair if n]
    figures: dict[str, Any] = {"inputs": max(stated, default=0)}
    if ended.returncode:
        figures["error"] = said[-4_000:]
        figures["input"] = next(iter(_SAVED.findall(said)), None)
    return figures


def main(arguments: list[str] | None = None) -> int:
    """Fuzz what is asked for; 1 where something crashed."""
    parser = argparse.ArgumentParser(description="Give the readers what nobody would write.")
    parser.add_argument("--reader", action="append", choices=TARGETS, help="one (repeatable)")
    parser.add_argument("--runs", type=int, default=RUNS, help="inputs for each")
    parser.add_argument("--corpus", type=Path, help="where to keep what was learnt and found")
    asked = parser.parse_args(arguments)
    figures = run(tuple(asked.reader or TARGETS), runs=asked.runs, corpus=asked.corpus)
    print(json.dumps(figures, indent=2))
    return 0 if figures["within"] else 1


if __name__ == "__main__":
    sys.exit(main())
