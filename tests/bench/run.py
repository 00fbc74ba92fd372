"""All measurements in one run: a table for people, one JSON for machines.

    python tests/bench/run.py --output bench.json
    python tests/bench/run.py --only import

Each `bench_*.py` here has a `run()` that returns its figures; of these, `ratio` and `bars` are
mappings by the same names, and what has a bar is in the table. The figures are ratios between two
things measured side by side, so they mean the same on every machine.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PREFIX = "bench_"

Figures = Mapping[str, Any]


def benches() -> list[str]:
    """The names of all benches, `import` for `bench_import.py`."""
    return sorted(path.stem.removeprefix(PREFIX) for path in HERE.glob(f"{PREFIX}*.py"))


def run_bench(name: str) -> Figures:
    """The figures of one bench, with the seconds that measuring took."""
    spec = importlib.util.spec_from_file_location(PREFIX + name, HERE / f"{PREFIX}{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    began = time.perf_counter()
    figures = module.run()
    return {**figures, "took_s": round(time.perf_counter() - began, 1)}


def lines(name: str, figures: Figures) -> Iterator[str]:
    """One line for each figure that has a bar, or the reason why nothing was measured."""
    if "skipped" in figures:
        yield f"{name:<10}not measured: {figures['skipped']}"
    for figure, bar in figures["bars"].items():
        value = figures["ratio"][figure]
        verdict = "pass" if value <= bar else "FAIL"
        yield f"{name:<10}{figure:<24}{value:>9.2f}{bar:>9.2f}  {verdict}"


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; 1 where a bar is not kept."""
    parser = argparse.ArgumentParser(description="Measure qualcode against its bars.")
    parser.add_argument("--output", metavar="FILE", type=Path, help="write all figures as JSON")
    parser.add_argument(
        "--only", metavar="NAME", action="append", choices=benches(), help="one bench (repeatable)"
    )
    asked = parser.parse_args(arguments)
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    print(f"{'bench':<10}{'figure':<24}{'ratio':>9}{'bar':>9}")
    found: dict[str, Figures] = {}
    for name in asked.only or benches():
        found[name] = run_bench(name)
        print("\n".join(lines(name, found[name])), flush=True)
    within = all(figures["within"] for figures in found.values())
    if asked.output is not None:
        report = {"python": sys.version.split()[0], "within": within, "benches": found}
        asked.output.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
