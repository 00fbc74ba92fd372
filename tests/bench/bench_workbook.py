"""The workbook of the evidence against xlsxwriter, which writes the same cells in the same run.

`seconds` are CPU for codings of that many rows, with their counts, interviews and codebook.
`growth` is what twice the rows cost; `added_mb` is the highest memory that writing took beyond
the loaded evidence. Without xlsxwriter nothing is compared:

    pip install 'qualcode[bench]'
    python tests/bench/run.py --only workbook
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.spent import least_cpu, most_memory  # noqa: E402

from qualcode.exporters import tidy_tables, write_evidence  # noqa: E402
from qualcode.model.consent import Audience  # noqa: E402
from qualcode.model.evidence import Evidence, EvidenceCode  # noqa: E402
from qualcode.model.matrix import Cell, Matrix, MatrixColumn, MatrixRow, Quotation  # noqa: E402

ROWS = 50_000
CASES = 80
CODES = 29
RUNS = 3

MOST_OF_XLSXWRITER = 1.0
"""We are to be faster than it."""
MOST_GROWTH = 2.3
MOST_ADDED_MB = 16.0

_WORDS = (
    "we they people council place street grant money meeting never always because then when "
    "asked said told thought knew came went built closed trust worry hope the a of to in it "
)


def run(rows: int = ROWS) -> dict[str, object]:
    """Seconds, growth and memory; `skipped` says why nothing was compared."""
    bars = {"growth": MOST_GROWTH, "added_mb": MOST_ADDED_MB}
    evidence = make_evidence(rows)
    ours = _cpu(evidence)
    added = most_memory(lambda out: write_evidence(evidence, out, format="xlsx"))
    half = make_evidence(rows // 2)
    ratio = {
        "growth": round(ours / _cpu(half), 2),
        "added_mb": round(added / 1e6, 2),
    }
    figures: dict[str, object] = {"bench": "workbook", "rows": rows, "seconds": round(ours, 2)}
    if find_spec("xlsxwriter") is None:
        figures["skipped"] = "xlsxwriter is not installed"
    else:
        theirs = least_cpu(lambda: _by_xlsxwriter(evidence), runs=RUNS)
        figures["xlsxwriter_seconds"] = round(theirs, 2)
        bars["of_xlsxwriter"] = MOST_OF_XLSXWRITER
        ratio["of_xlsxwriter"] = round(ours / theirs, 2)
    within = all(ratio[name] <= bar for name, bar in bars.items())
    return {**figures, "ratio": ratio, "bars": bars, "within": within}


def make_evidence(rows: int, *, seed: int = 1) -> Evidence:
    """80 cases in four places, 29 codes, and this many codings of 8 to 70 words."""
    chance = Random(seed)
    cases = [f"P{number:02d}" for number in range(1, CASES + 1)]
    codes = [f"theme-{number % 4}/code-{number}" for number in range(CODES)]
    quotations = tuple(
        _quotation(number, chance.choice(cases), chance.choice(codes), chance)
        for number in range(rows)
    )
    columns = tuple(MatrixColumn(code, code, code.partition("/")[0]) for code in codes)
    counted = tuple(tuple(Cell(count=1, cases=1) for _ in codes) for _ in cases)
    return Evidence(
        title="Evidence",
        created="2024-06-28",
        language="en-GB",
        audience=Audience.TEAM,
        quotations=quotations,
        matrix=Matrix(tuple(MatrixRow(case, case) for case in cases), columns, counted),
        register=(),
        codes=tuple(EvidenceCode(code, code, code.partition("/")[0], "") for code in codes),
        attributes=tuple((case, (("place", f"Place {at % 4}"),)) for at, case in enumerate(cases)),
    )


def _quotation(number: int, who: str, code: str, chance: Random) -> Quotation:
    text = f"{' '.join(chance.choices(_WORDS.split(), k=chance.randint(8, 70))).capitalize()}."
    start = number * 400
    return Quotation(
        coding=f"{who}:{start}:{start + len(text)}:{code}:amina",
        code=code,
        theme=code.partition("/")[0],
        coder="amina",
        transcript=who,
        participant=who,
        attribution="Ward councillor, interviewed May 2024",
        turn=number % 300 + 1,
        speaker=who,
        start=start,
        end=start + len(text),
        start_ms=number % 3600 * 1000,
        locator=f"{who} ¶{number % 300 + 1}",
        text=text,
    )


def _by_xlsxwriter(evidence: Evidence) -> None:
    """The same tables, each value written as what it is and never as a formula."""
    import xlsxwriter

    book = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    made = (
        tidy_tables.quotations_table(evidence),
        tidy_tables.counts_table(evidence),
        tidy_tables.cases_table(evidence),
        tidy_tables.codes_table(evidence),
    )
    for table in made:
        sheet = book.add_worksheet(table.name)
        for column, field in enumerate(table.fields):
            sheet.write_string(0, column, field.name, wrapped)
        for row, values in enumerate(table.rows, 1):
            for column, value in enumerate(values):
                if isinstance(value, str) and value:
                    sheet.write_string(row, column, value, wrapped)
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value, wrapped)
                elif isinstance(value, int):
                    sheet.write_number(row, column, value, wrapped)
    book.close()


def _cpu(evidence: Evidence) -> float:
    return least_cpu(lambda: write_evidence(evidence, BytesIO(), format="xlsx"), runs=RUNS)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
