"""What it costs to read a finished file back and look for names, held against writing it.

89 names are looked for, and none is there: what is measured is what every export pays. The ratio
is of two things done with the same bytes on the same machine in the same run.

    python tests/bench/bench_gate.py
"""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.bench_matrix import make_report  # noqa: E402

from qualcode.exporters import write_matrix  # noqa: E402
from qualcode.services.consent import gate  # noqa: E402
from qualcode.services.consent.names.forbidden import Forbidden, Terms  # noqa: E402
from qualcode.text.names.finder import Term  # noqa: E402

QUOTATIONS = 10_000
RUNS = 9
"""The least of so many: whatever else a machine does only ever adds."""

MOST = 1.0
"""Reading a file back may cost as much as writing it."""

_FIRST = ("Hiwot", "Oluwaseun", "Ceridwen", "Dilnoza", "Eilidh", "Farrukh", "Sarah", "Tom")
_LAST = ("Tesfay", "Adeyemi", "Llewellyn", "Qureshi", "Jones", "Smith", "Khan", "Madden", "Okafor")


def run() -> dict[str, object]:
    """Seconds of CPU for writing and for the gate, by format."""
    whole = [f"{first} {last}" for first, last in product(_FIRST, _LAST)]
    masked = tuple(Term(name, "[P07]") for name in [*whole, *_FIRST, *_LAST])
    names = Forbidden(Terms(masked=masked), names_at_hand=True)
    report = make_report(QUOTATIONS)
    ratios: dict[str, float] = {}
    for suffix in ("docx", "xlsx", "html", "md", "csv", "json"):
        writing, looking = [], []
        for _ in range(RUNS):
            out = BytesIO()
            start = time.process_time()
            write_matrix(report, out, format=suffix)
            writing.append(time.process_time() - start)
            start = time.process_time()
            gate.check(out.getvalue(), names, format=suffix)
            looking.append(time.process_time() - start)
        ratios[suffix] = round(min(looking) / min(writing), 2)
    bars = dict.fromkeys(ratios, MOST)
    return {
        "bench": "gate",
        "quotations": QUOTATIONS,
        "ratio": ratios,
        "bars": bars,
        "within": all(ratios[suffix] <= most for suffix, most in bars.items()),
    }


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
