"""What an import costs beyond reading the files and writing the rows, as ratios in one run.

The floor is what nobody can spare: reading, decoding and hashing the same files, and inserting the
same rows by the bare driver with the same pragmas, events and texts among them. Files that are in
the store already are held against reading and hashing them, a corrected transcript with its codings
against difflib on the first quarter of both texts. Everything is CPU time of this process, store
and libraries warm; the near-duplicate check is told apart.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import json
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from qualcode.services.book import codebooks  # noqa: E402
from qualcode.services.intake import importing  # noqa: E402
from qualcode.services.work import coding_table  # noqa: E402
from qualcode.store.store import Store, create_store, open_store  # noqa: E402
from qualcode.text import similarity  # noqa: E402

SEED = 20240601
WORDS, TURNS = 8_000, 235
"""Of one transcript: an interview of some fifty minutes."""

CODINGS = 4_000

CORRECTED_WORDS, CORRECTED_CODINGS = 20_000, 400
"""Of a transcript of two hours that somebody went through once more."""

BARS: dict[str, float] = {
    "import_80": 4,
    "near_duplicates_80": 4,
    "import_800": 4,
    "near_duplicates_800": 4,
    "growth": 1.25,
    "near_duplicates_over_rest": 1,
    "corrected": 1 / 20,
    "again_800": 1.5,
    "codings": 5,
}
"""Times its floor that each may cost.

`growth` is 800 transcripts against ten times 80, `near_duplicates_over_rest` the check of 800
against all else that their import does; the floor of `again_800`, importing unchanged files once
more, is reading and hashing them.
"""

_AT = datetime(2024, 6, 1, tzinfo=UTC)
_BY = "bench"
_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA foreign_keys=ON",
)
_CODES = ("money", "grant", "trade", "rules")
_CODEBOOK = """\
codebook: Bench
version: 1
themes:
  - id: money
    name: Money
    codes:
      - {id: grant, name: Grant}
      - {id: trade, name: Trade}
  - id: rules
    name: Rules
"""


def run() -> dict[str, object]:
    """CPU seconds of each act and of its floor, their ratios, and whether all bars are kept."""
    with tempfile.TemporaryDirectory(prefix="qualcode-bench-") as name:
        folder = Path(name)
        small = write_transcripts(folder / "80", 80)
        large = write_transcripts(folder / "800", 800)
        _import(folder, write_transcripts(folder / "warm", 3), "warm")
        seconds = _import_seconds(folder, small, "80", times=7)
        seconds |= _import_seconds(folder, large, "800", times=5)
        seconds["corrected"] = _corrected_seconds(folder, times=3)
        seconds["again_800"] = _again_seconds(folder, large, times=7)
        seconds["codings"] = _coding_seconds(folder, small, times=7)
    ratio = {name: spent / floor for name, (spent, floor) in seconds.items()}
    near, rest = seconds["near_duplicates_800"][0], seconds["import_800"][0]
    ratio["near_duplicates_over_rest"] = near / rest
    ratio["growth"] = seconds["import_800"][0] / seconds["import_80"][0] / 10
    return {
        "cpu_s": {
            name: {"act": round(spent, 4), "floor": round(floor, 4)}
            for name, (spent, floor) in seconds.items()
        },
        "ratio": {name: round(value, 3) for name, value in ratio.items()},
        "bars": BARS,
        "within": all(ratio[name] <= bar for name, bar in BARS.items()),
    }


# -- transcripts ----------------------------------------------------------------------------------


def write_transcripts(folder: Path, count: int, *, words: int = WORDS, seed: int = SEED) -> Path:
    """Transcripts in a folder that look like interviews and say nothing; the same every time."""
    folder.mkdir(parents=True)
    dice = random.Random(seed)
    known, weights = zip(*_vocabulary().items(), strict=True)
    for n in range(1, count + 1):
        code = f"P{n:03d}"
        drawn = iter(dice.choices(known, weights, k=words))
        turns = [
            f"{code if turn % 2 else 'I'}: {' '.join(_sentences(drawn, length, dice))}"
            for turn, length in enumerate(_lengths(dice, words))
        ]
        (folder / f"{code}.txt").write_text("\n\n".join(turns) + "\n", encoding="utf-8")
    return folder


def _vocabulary() -> Counter[str]:
    """The words of the worked example with how often each is said."""
    text = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "transcripts").glob("*.txt"))
    )
    return Counter(re.findall(r"[a-zé’']{1,14}", text.lower()))


def _lengths(dice: random.Random, words: int) -> list[int]:
    """Words of each turn: short questions, long answers, so many in all."""
    shares = [
        dice.uniform(0.2, 1) if turn % 2 == 0 else dice.uniform(1, 6) for turn in range(TURNS)
    ]
    total = sum(shares)
    lengths = [max(1, int(words * share / total)) for share in shares]
    lengths[1] += words - sum(lengths)
    return lengths


def _sentences(drawn: Any, length: int, dice: random.Random) -> list[str]:
    words = [next(drawn) for _ in range(length)]
    start = True
    for at, word in enumerate(words):
        words[at] = word.capitalize() if start else word
        start = dice.random() < 0.08 or at == length - 1
        words[at] += dice.choice(".….?") if start else ("," if dice.random() < 0.06 else "")
    return words


# -- import ---------------------------------------------------------------------------------------


Seconds = tuple[float, float]
"""Of an act, and of its floor."""


def _import_seconds(folder: Path, files: Path, name: str, *, times: int) -> dict[str, Seconds]:
    """The import without its check for near-duplicates, and that check, over the same floor."""
    rest, near, floor = [], [], []
    for turn in range(times):  # in turns, so that a slow moment of the machine meets them all
        with _comparing() as clock:
            whole, before, after = _import(folder, files, f"{name}-{turn}")
        near.append(sum(clock))
        rest.append(whole - near[-1])
        floor.append(_cpu(lambda: _read(files)) + _insert_raw(before, after))
        after.unlink()
    return {
        f"import_{name}": (min(rest), min(floor)),
        f"near_duplicates_{name}": (min(near), min(floor)),
    }


@contextmanager
def _comparing() -> Iterator[list[float]]:
    """CPU seconds that go into looking for near-duplicates while it lasts, call by call."""
    clock: list[float] = []

    def timed(act: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*given: Any) -> Any:
            began = time.process_time()
            try:
                return act(*given)
            finally:
                clock.append(time.process_time() - began)

        return measured

    names = ("fingerprint", "near_duplicates", "word_likeness_within")
    kept = {name: getattr(similarity, name) for name in names}
    for name, act in kept.items():
        setattr(similarity, name, timed(act))
    try:
        yield clock
    finally:
        for name, act in kept.items():
            setattr(similarity, name, act)


def _new_store(folder: Path, name: str) -> Store:
    book = folder / "codebook.yaml"
    book.write_text(_CODEBOOK, encoding="utf-8")
    place = str(folder / f"{name}.qualcode")
    store = create_store(place, name="Bench", language="en", by=_BY, at=_AT)
    codebooks.apply(store, book, by=_BY, at=_AT)
    return store


def _import(folder: Path, files: Path, name: str) -> tuple[float, Path, Path]:
    """CPU seconds of importing a folder, and the project file before and after."""
    before, after = folder / f"{name}.before", folder / f"{name}.qualcode"
    _new_store(folder, name).close()
    shutil.copyfile(after, before)
    with open_store(str(after)) as store:
        with store.reading():
            pass  # the connection is made
        spent = _cpu(lambda: _checked(importing.import_transcripts(store, [files], by=_BY, at=_AT)))
    return spent, before, after


def _again_seconds(folder: Path, files: Path, *, times: int) -> Seconds:
    """CPU seconds of importing what is there already, and of reading and hashing it."""
    _, _, imported = _import(folder, files, "again")
    spent, floor = [], []
    with open_store(str(imported)) as store:
        for _ in range(times):
            spent.append(_cpu(lambda: importing.import_transcripts(store, [files], by=_BY, at=_AT)))
            floor.append(_cpu(lambda: _hash(files)))
    return min(spent), min(floor)


def _hash(files: Path) -> None:
    for path in sorted(files.iterdir()):
        hashlib.sha256(path.read_bytes()).hexdigest()


def _checked(report: importing.ImportReport) -> None:
    if report.rejected or report.warnings or not report.written:
        raise RuntimeError("the generated transcripts did not come in as they should")


def _read(files: Path) -> None:
    for path in sorted(files.iterdir()):
        data = path.read_bytes()
        hashlib.sha256(data).hexdigest()
        data.decode("utf-8")


def _insert_raw(before: Path, after: Path) -> float:
    """CPU seconds in which the bare driver makes one project file into the other."""
    raw = after.with_suffix(".raw")
    shutil.copyfile(before, raw)
    known, rows = _rows_of(before), _rows_of(after)
    new = {table: _without(rows[table], set(known[table])) for table in rows}
    with closing(sqlite3.connect(raw, isolation_level=None)) as connection:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        spent = _cpu(lambda: _insert(connection, new))
    raw.unlink()
    return spent


def _without(rows: Sequence[Any], known: set[Any]) -> list[Any]:
    return [row for row in rows if row not in known]


def _insert(connection: sqlite3.Connection, rows: Mapping[str, Sequence[Any]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table, new in rows.items():
        if new:
            marks = ", ".join("?" * len(new[0]))
            verb = "INSERT OR REPLACE" if table == "meta" else "INSERT"
            connection.executemany(f"{verb} INTO {table} VALUES ({marks})", new)
    connection.execute("COMMIT")


def _rows_of(path: Path) -> dict[str, list[Any]]:
    """All rows by table, tables that are referred to first."""
    connection = sqlite3.connect(path)
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rootpage"
        )
    ]
    rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    connection.close()
    return rows


# -- codings --------------------------------------------------------------------------------------


def _coding_seconds(folder: Path, files: Path, *, times: int) -> Seconds:
    _, _, imported = _import(folder, files, "coded")
    table = _write_codings(folder, imported)
    spent, floor = [], []
    for turn in range(times):
        place = folder / f"codings-{turn}.qualcode"
        shutil.copyfile(imported, place)
        with open_store(str(place)) as store:
            spent.append(_cpu(lambda: _tag_all(store, table)))
        floor.append(_insert_raw(imported, place))
    return min(spent), min(floor)


def _corrected_seconds(folder: Path, *, times: int) -> Seconds:
    """Importing a correction of one transcript, codings and all, against difflib on a quarter.

    difflib gets words and signs, as a passage can be placed by them. Its time grows with the square
    of their number, so that the whole would take two minutes; the bar is kept against less.
    """
    files = write_transcripts(folder / "corrected", 1, words=CORRECTED_WORDS)
    _, _, imported = _import(folder, files, "to-correct")
    table = _write_codings(folder, imported, CORRECTED_CODINGS)
    with open_store(str(imported)) as store:
        coding_table.tag_from(store, table, by=_BY, at=_AT)
    path = next(files.iterdir())
    before = path.read_text(encoding="utf-8")
    after = _correct(before)
    path.write_text(after, encoding="utf-8")
    spent = []
    for turn in range(times):
        place = folder / f"corrected-{turn}.qualcode"
        shutil.copyfile(imported, place)
        with open_store(str(place)) as store:
            spent.append(_cpu(lambda: _carry(store, files)))
    old, new = (re.findall(r"\w+|\W", text[: len(text) // 4]) for text in (before, after))
    floor = _cpu(lambda: difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    return min(spent), floor


def _carry(store: Store, files: Path) -> None:
    report = importing.import_transcripts(store, [files], by=_BY, at=_AT, yes=True)
    if [len(one.carryings) for one in report.revisions] != [CORRECTED_CODINGS]:
        raise RuntimeError("the codings of the generated transcript were not all looked at")


def _correct(text: str) -> str:
    """The text as a second hearing leaves it: slips set right, words put in, a passage left out."""
    dice = random.Random(SEED)
    turns = text.split("\n\n")
    del turns[len(turns) // 2 : len(turns) // 2 + 3]
    words = "\n\n".join(turns).split(" ")
    for at in range(len(words)):
        chance = dice.random()
        if chance < 0.02 and words[at].isalpha():
            words[at] = words[at][::-1]
        elif chance < 0.03 and "\n" not in words[at]:
            words[at] = f"really {words[at]}"
    return " ".join(words)


def _tag_all(store: Store, table: Path) -> None:
    if coding_table.tag_from(store, table, by=_BY, at=_AT).codings != CODINGS:
        raise RuntimeError("the generated codings did not come in as they should")


def _write_codings(folder: Path, project: Path, count: int = CODINGS) -> Path:
    """A table of codings over all transcripts; the same every time."""
    dice = random.Random(SEED)
    connection = sqlite3.connect(project)
    lengths = connection.execute(
        "SELECT t.name, v.characters FROM version v JOIN transcript t ON t.id = v.transcript_id"
        " ORDER BY t.name"
    ).fetchall()
    connection.close()
    path = folder / "codings.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["transcript", "start", "end", "code", "coder"])
        for n in range(count):
            name, length = lengths[n % len(lengths)]
            start = dice.randrange(length - 400)
            end = start + dice.randrange(40, 400)
            writer.writerow([name, start, end, dice.choice(_CODES), dice.choice(["amina", "tom"])])
    return path


def _cpu(act: Callable[[], object]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
