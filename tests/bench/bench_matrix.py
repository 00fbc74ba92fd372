"""What it costs to write a Word matrix, held against zipping the finished document once more.

Each quotation stands in its cell with a link, and again in the appendix with the words around it,
a link back and a footnote: all that a document holds, but for memos.

The second is the least that anybody can do with these bytes, on the same machine in the same
run, so their ratio means the same everywhere. `added_mb` is the highest memory that writing took
beyond the loaded report.

    python tests/bench/bench_matrix.py
"""

from __future__ import annotations

import json
import sys
import zipfile
from io import BytesIO
from itertools import pairwise
from math import log2
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.spent import least_cpu, most_memory  # noqa: E402

from qualcode.exporters import write_matrix  # noqa: E402
from qualcode.model.matrix import (  # noqa: E402
    Cell,
    CountLine,
    Matrix,
    MatrixColumn,
    MatrixReport,
    MatrixRow,
    Quotation,
    ThemeSection,
)

SIZES = (2_000, 10_000, 50_000)
INTERVIEWS = 80
CODES = (8, 8, 7, 6)
PLACES = ("Thornwick", "Marlby", "Eskdene", "Harrow Quay")
RUNS = 3

MOST_RATIO = 5.0
"""Writing may cost this many times the zipping."""

MOST_GROWTH = 2.3
"""Twice the quotations may cost this many times as much."""

MOST_ADDED_MB = 16
"""Of memory beside the report, at any size."""

_VOCABULARY = (
    "we they people council place street grant money meeting never always because then when "
    "asked said told thought knew came went built closed trust worry hope the a of to in it "
    "community partnership neighbourhood councillor consultation commissioning independence"
)


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, object]:
    """Seconds of CPU, their ratio, memory and growth for each number of quotations."""
    write_matrix(make_report(100), BytesIO(), format="docx")  # loads python-docx once
    measured = [_measure(size) for size in sizes]
    growth = max((_doubling(*pair) for pair in pairwise(measured)), default=0.0)
    worst = max(entry["ratio"] for entry in measured)
    added = max(entry["added_mb"] for entry in measured)
    return {
        "bench": "matrix",
        "sizes": measured,
        "ratio": {"worst": worst, "doubling": growth, "added_mb": added},
        "bars": {"worst": MOST_RATIO, "doubling": MOST_GROWTH, "added_mb": MOST_ADDED_MB},
        "within": worst <= MOST_RATIO and growth <= MOST_GROWTH and added <= MOST_ADDED_MB,
    }


def _doubling(before: dict[str, float], after: dict[str, float]) -> float:
    """What twice the quotations cost, from two sizes of any distance."""
    doublings = log2(after["quotations"] / before["quotations"])
    growth: float = (after["write_s"] / before["write_s"]) ** (1 / doublings)
    return round(growth, 2)


def make_report(quotations: int, *, seed: int = 1) -> MatrixReport:
    """80 interviews in four places, four themes, 29 codes, and this many quotations."""
    chance = Random(seed)
    rows = tuple(
        MatrixRow(f"P{number:02d}", f"P{number:02d}", ("Anonymous participant",), PLACES[place])
        for place in range(len(PLACES))
        for number in range(place * 20 + 1, place * 20 + 21)
    )
    codes = [
        (f"t{theme}", f"t{theme}/c{code}") for theme, n in enumerate(CODES) for code in range(n)
    ]
    held: dict[tuple[str, str], list[Quotation]] = {}
    for number in range(quotations):
        row = chance.choice(rows)
        theme, code = chance.choice(codes)
        held.setdefault((row.key, code), []).append(
            _quotation(number, row.key, theme, code, chance)
        )
    sections = tuple(_section(f"t{theme}", codes, rows, held) for theme in range(len(CODES)))
    return MatrixReport(
        title="Thematic quotation matrix",
        subtitle="A study of eighty interviews",
        created="2024-06-28",
        language="en-GB",
        matrix=Matrix(
            rows,
            tuple(column for section in sections for column in section.matrix.columns),
            tuple(
                tuple(cell for section in sections for cell in section.matrix.cells[at])
                for at in range(len(rows))
            ),
        ),
        groups=PLACES,
        counts=tuple(
            CountLine(key, key, "/" not in key, "#1f5a7a", ((1, 1),) * len(PLACES), (4, 4))
            for key in dict.fromkeys(name for pair in codes for name in pair)
        ),
        sections=sections,
    )


def _quotation(number: int, who: str, theme: str, code: str, chance: Random) -> Quotation:
    vocabulary = _VOCABULARY.split()
    words = " ".join(chance.choices(vocabulary, k=chance.randint(8, 70)))
    text = f"{words.capitalize()}."
    start = number * 400
    around = chance.choices(vocabulary, k=50)
    return Quotation(
        coding=f"{who}:{start}:{start + len(text)}:{code}:amina",
        code=code,
        theme=theme,
        coder="amina",
        transcript=who,
        participant=who,
        attribution="Anonymous participant",
        turn=number % 300 + 1,
        speaker=who,
        start=start,
        end=start + len(text),
        start_ms=number % 3600 * 1000,
        locator=f"{who} ¶{number % 300 + 1} 00:{number // 60 % 60:02d}:{number % 60:02d}",
        text=text,
        before=" ".join(around[:25]),
        after=" ".join(around[25:]),
        number=number + 1,
    )


def _section(
    theme: str,
    codes: list[tuple[str, str]],
    rows: tuple[MatrixRow, ...],
    held: dict[tuple[str, str], list[Quotation]],
) -> ThemeSection:
    columns = tuple(MatrixColumn(code, code, theme) for parent, code in codes if parent == theme)
    cells = tuple(
        tuple(_cell(held.get((row.key, column.key), [])) for column in columns) for row in rows
    )
    return ThemeSection(theme, theme, "What it means.", "#1f5a7a", Matrix(rows, columns, cells))


def _cell(quotes: list[Quotation]) -> Cell:
    return Cell(quotes=tuple(quotes), count=len(quotes), cases=min(1, len(quotes)))


def _measure(quotations: int) -> dict[str, float]:
    report = make_report(quotations)
    written = BytesIO()
    write_matrix(report, written, format="docx")
    document = written.getvalue()
    write_s = least_cpu(lambda: write_matrix(report, BytesIO(), format="docx"), runs=RUNS)
    members = _members(document)
    added = most_memory(lambda out: write_matrix(report, out, format="docx"))
    zip_s = least_cpu(lambda: _zip(members), runs=RUNS)
    return {
        "quotations": quotations,
        "document_mb": round(len(document) / 1e6, 2),
        "xml_mb": round(sum(map(len, members.values())) / 1e6, 1),
        "write_s": round(write_s, 4),
        "zip_s": round(zip_s, 4),
        "ratio": round(write_s / zip_s, 2),
        "added_mb": round(added / 1e6, 2),
    }


def _members(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zip(members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
