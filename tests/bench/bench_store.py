"""What the store costs above the bare database: the same rows, by an act and by raw sqlite3.

Both write the same rows with the same pragmas to copies of the same file, in turns, so that a slow
moment of the machine meets both. The act pays besides for ids, JSON, the seal and the comparison
with what holds; the raw writer is handed rows that are ready.
"""

from __future__ import annotations

import gc
import hashlib
import json
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from qualcode.model.codebook import Code  # noqa: E402  run as a script, too
from qualcode.model.coding import Coding, Segment  # noqa: E402
from qualcode.model.people import Speaker  # noqa: E402
from qualcode.store import kinds, records, tables  # noqa: E402
from qualcode.store.engine import Row  # noqa: E402
from qualcode.store.kinds import Record  # noqa: E402
from qualcode.store.store import create_store, open_store  # noqa: E402
from qualcode.text.similarity import fingerprint  # noqa: E402

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WORDS = 8_000
TURNS = 235
TAGS = 1_000
CODINGS = 4_000
_WARM_UP = 20
BARS = {"tag_p99": 3.0, "codings": 5.0, "transcripts_80": 1.5, "transcripts_800": 1.5}
"""The most that each may cost, in times of raw sqlite3."""

Rows = dict[str, list[Row]]

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA mmap_size=0",
)


def run() -> dict[str, object]:
    """Ratios to raw sqlite3: latencies of one tag in ms, CPU of the bulk writers in seconds."""
    with tempfile.TemporaryDirectory(prefix="qualcode-bench-") as name:
        folder = Path(name)
        tag = _tag(folder)
        bulk = {
            "codings": _bulk(folder, "codings", size=CODINGS, rounds=7),
            "transcripts_80": _bulk(folder, "transcripts", size=80, rounds=5),
            "transcripts_800": _bulk(folder, "transcripts", size=800, rounds=3),
        }
    ratio = {"tag_p50": round(tag["act_p50"] / tag["raw_p50"], 2)}
    ratio["tag_p99"] = round(tag["act_p99"] / tag["raw_p99"], 2)
    ratio |= {name: round(found["act"] / found["raw"], 2) for name, found in bulk.items()}
    growth = bulk["transcripts_800"]["act"] / bulk["transcripts_80"]["act"]
    return {
        "tag_ms": {name: round(ms, 3) for name, ms in tag.items()},
        "cpu_s": {name: {k: round(v, 4) for k, v in f.items()} for name, f in bulk.items()},
        "growth_of_800_over_80": round(growth, 2),
        "ratio": ratio,
        "bars": BARS,
        "within": all(ratio[name] <= bar for name, bar in BARS.items()),
    }


def _tag(folder: Path) -> dict[str, float]:
    """One coding at a time, each committed: by an act and raw, in turns."""
    ours, theirs = folder / "tag.qualcode", folder / "tag-raw.qualcode"
    _study(ours, transcripts=10)
    shutil.copy(ours, theirs)
    starts = random.Random(1).sample(range(40_000), TAGS + _WARM_UP)
    act_ms, raw_ms = [], []
    with (
        open_store(str(ours)) as store,
        closing(sqlite3.connect(ours)) as looking,
        closing(_raw(theirs)) as raw,
    ):
        for n, start in enumerate(starts):
            one = Coding(Segment("t0-v1", start, start + 90), f"code-{n % 60}", "Bo")
            began = time.perf_counter()
            with store.act("tag", by="Bo", at=AT + timedelta(seconds=n)) as act:
                act.ensure([records.coding_record(one, transcript="t0")])
            act_ms.append(1000 * (time.perf_counter() - began))
            rows = _rows_of_last_tag(looking, start)
            began = time.perf_counter()
            _write(raw, rows)
            raw_ms.append(1000 * (time.perf_counter() - began))
    found: dict[str, float] = {}
    for name, times in (("act", act_ms), ("raw", raw_ms)):
        cuts = statistics.quantiles(times[_WARM_UP:], n=100)
        found |= {f"{name}_p50": cuts[49], f"{name}_p99": cuts[98]}
    return found


def _bulk(folder: Path, what: str, *, size: int, rounds: int) -> dict[str, float]:
    """One act with many records: CPU seconds of the act and of raw executemany, best of each."""
    base = folder / f"{what}-{size}.qualcode"
    transcripts = _transcripts(size) if what == "transcripts" else []
    _study(base, transcripts=0 if transcripts else 80)
    said = [record for _, mine in transcripts for record in mine]
    codings = _codings(size)
    texts = [text for text, _ in transcripts]
    ours, theirs = folder / "act.qualcode", folder / "raw.qualcode"
    times: dict[str, list[float]] = {"act": [], "raw": []}
    rows: Rows = {}
    for _ in range(rounds):
        shutil.copy(base, ours)
        with open_store(str(ours)) as store:
            gc.collect()
            began = time.process_time()
            with store.act(what, by="Bo", at=AT) as act:
                act.add_texts(texts)
                act.ensure(said or (records.coding_record(c, transcript=t) for t, c in codings))
            times["act"].append(time.process_time() - began)
        rows = rows or _rows_added(base, ours)
        shutil.copy(base, theirs)
        with closing(_raw(theirs)) as raw:
            gc.collect()
            began = time.process_time()
            _write(raw, rows)
            times["raw"].append(time.process_time() - began)
    return {name: min(found) for name, found in times.items()}


def _study(place: Path, *, transcripts: int) -> None:
    """A project with 60 codes, and two coders who have both acted."""
    with create_store(str(place), name="Bench", language="en", by="Amina", at=AT) as store:
        with store.act("apply codebook", by="Bo", at=AT) as act:
            codes = (Code(f"code-{n}", f"Code {n}") for n in range(60))
            act.ensure(records.code_record(code, position=n) for n, code in enumerate(codes))
        with store.act("import", by="Bo", at=AT) as act:
            made = _transcripts(transcripts)
            act.add_texts([text for text, _ in made])
            act.ensure(record for _, mine in made for record in mine)


def _codings(count: int) -> list[tuple[str, Coding]]:
    """Codings as a table brings them: spread over 80 transcripts, 60 codes, four coders."""
    chance = random.Random(2)
    made = []
    for n in range(count):
        transcript, start = f"t{n % 80}", chance.randrange(40_000)
        where = Segment(f"{transcript}-v1", start, start + chance.randrange(20, 400))
        who = ("Amina", "Bo", "Cleo", "Dan")[n % 4]
        made.append((transcript, Coding(where, f"code-{chance.randrange(60)}", who)))
    return made


def _transcripts(count: int) -> list[tuple[Row, list[Record]]]:
    """Transcripts of 8,000 words in 235 turns, with speakers and times: texts and records."""
    return [_transcript(n) for n in range(count)]


def _transcript(n: int) -> tuple[Row, list[Record]]:
    chance = random.Random(n)
    turns: list[list[object]] = []
    said: list[str] = []
    at = 0
    for turn in range(TURNS):
        words = " ".join(chance.choices(_VOCABULARY, k=WORDS // TURNS))
        turns.append([at, at + len(words), "IP"[turn % 2], turn * 15_000, turn * 15_000 + 14_000])
        said.append(words)
        at += len(words) + 2
    text = "\n\n".join(said)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    known = fingerprint(text)
    uid = f"t{n}"
    body = {
        "transcript": uid,
        "text_sha256": sha256,
        "source_sha256": hashlib.sha256(sha256.encode()).hexdigest(),
        "characters": len(text),
        "words": WORDS,
        "file": f"{uid}.vtt",
        "format": "webvtt",
        "encoding": "utf-8",
        "turns": turns,
    }
    mine = [
        *records.transcript_records(
            uid,
            name=f"P{n:03d}",
            language="en",
            interviewed="2026-02-02",
            recording=f"{uid}.wav",
            attributes={"strand": "in depth", "interviewer": "AM"},
        ),
        records.speaker_record(uid, Speaker("I")),
        records.speaker_record(uid, Speaker("P")),
        Record(kinds.VERSION, (f"{uid}-v1",), body, uid),
    ]
    return (sha256, text, known.words_digest, known.sketch), mine


def _raw(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(place, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


def _write(raw: sqlite3.Connection, rows: Rows) -> None:
    """One transaction with ready rows, and the seal."""
    raw.execute("BEGIN IMMEDIATE")
    for table, mine in rows.items():
        if table == "meta":
            raw.executemany("UPDATE meta SET key = ?, value = ? WHERE key = 'log_seal'", mine)
        else:
            marks = ", ".join("?" * len(mine[0]))
            raw.executemany(f"INSERT INTO {table} VALUES ({marks})", mine)
    raw.execute("COMMIT")


def _rows_of_last_tag(looking: sqlite3.Connection, start: int) -> Rows:
    """What the last act wrote, to be written again by the other."""
    one = {
        "event": "SELECT * FROM event ORDER BY seq DESC LIMIT 1",
        "segment": f"SELECT * FROM segment WHERE version_id = 1 AND start_cp = {start}",
        "coding": f"SELECT * FROM coding WHERE version_id = 1 AND start_cp = {start}",
        "meta": "SELECT * FROM meta WHERE key = 'log_seal'",
    }
    return {table: looking.execute(sql).fetchall() for table, sql in one.items()}


def _rows_added(before: Path, after: Path) -> Rows:
    """What one file has and the other has not, referred-to tables first."""
    with closing(sqlite3.connect(after)) as looking:
        looking.execute("ATTACH DATABASE ? AS before", (str(before),))
        found = {
            table.name: looking.execute(
                f"SELECT * FROM main.{table.name} EXCEPT SELECT * FROM before.{table.name}"
            ).fetchall()
            for table in tables.metadata.sorted_tables
        }
    return {table: rows for table, rows in found.items() if rows}


_VOCABULARY = [
    "".join(random.Random(n).choices("etaoinshrdlucmfwyp", k=n % 7 + 3)) for n in range(3_000)
]

if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
