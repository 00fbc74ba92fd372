"""An invented study of eighty interviews in a real project, as a team would have it before writing.

Imported by a manifest, coded by three volunteers, with memos, summaries in every state, recorded
edits, names that may not leave, interviews that nobody has coded and people who withdrew. For the
tests of documents and for looking at their pages:

    PYTHONPATH=.:tests python tests/eighty/study.py FOLDER
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

from eighty.interviews import CODERS, Coded, Interview, Speaking
from eighty.lines import sections
from eighty.people import COLUMNS, PLACES, people

from qualcode.model.coding import MemoType
from qualcode.model.summary import SummaryStatus
from qualcode.services import memos, projects, withdrawing
from qualcode.services.consent.names import settling as names
from qualcode.services.intake import importing
from qualcode.services.retrieval import editing, retrieving
from qualcode.services.summaries import acts, from_table
from qualcode.services.work import coding, coding_table
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

ROOT = Path(__file__).parents[2]
NAME = "Cohesive communities, an invented study"
LEAD = "dina"
BEGUN = datetime(2024, 7, 1, 9, 0, tzinfo=UTC)
LATER = timedelta(hours=1)

WITHDREW = ("P27", "P58")

_STATUSES = ("draft", "checked", "final")
_CUTS = ("I've told that story to three different people with clipboards.",)
_PUTS = (("They pay", "[The council pays]"), ("It stopped on", "[The grant stopped on]"))


def make_eighty(folder: Path) -> Path:
    """The study in a new folder; returns its project file."""
    made = projects.new_project(
        folder,
        name=NAME,
        codebook=ROOT / "codebook.yaml",
        language="en-GB",
        by=LEAD,
        at=BEGUN,
    )
    speaking = Speaking()
    interviews = [speaking.interview(person) for person in people()]
    manifest = _write_files(made.transcripts, interviews)
    with projects.open_project(made.place) as store:
        importing.import_transcripts(store, [], manifest=manifest, by=LEAD, at=BEGUN + LATER)
        late = _code(store, made.transcripts, interviews)
        _write_memos(store)
        _write_summaries(store, made.transcripts, interviews)
        _code_more(store, late)
        _list_names(store)
        _edit(store)
        for at, who in enumerate(WITHDREW):
            withdrawing.withdraw(store, who, by=LEAD, at=BEGUN + timedelta(days=9, minutes=at))
    return Path(made.place)


def _write_files(folder: Path, interviews: Sequence[Interview]) -> Path:
    for one in interviews:
        words = one.subtitles() if one.person.file.endswith("vtt") else one.text()
        (folder / one.person.file).write_text(words, encoding="utf-8")
    return _table(
        folder / "interviews.csv", COLUMNS.split(","), [one.person.row() for one in interviews]
    )


def _code(store: Store, folder: Path, interviews: Sequence[Interview]) -> list[Coded]:
    """All codings but a few that come after the summaries, which are returned."""
    every = list(dict.fromkeys(coded for one in interviews for coded in one.codings))
    late = [one for one in every[::97] if not one.memo]
    rows = [astuple(one) for one in every if one not in late]
    columns = ("transcript", "code", "quote", "coder", "memo", "doubt")
    table = _table(folder / "codings.csv", columns, rows)
    coding_table.tag_from(store, table, by=LEAD, at=BEGUN + timedelta(days=2))
    return late


def _code_more(store: Store, late: Iterable[Coded]) -> None:
    """Codings that summaries do not know of: those are stale."""
    for number, one in enumerate(late):
        at = BEGUN + timedelta(days=6, minutes=number)
        coding.tag(store, one.transcript, one.code, Place(quote=one.quote), by=one.coder, at=at)


def _write_memos(store: Store) -> None:
    for number, line in enumerate(sections("talk.txt")["code memos"]):
        code, kind, body = line.split("|")
        at = BEGUN + timedelta(days=3, minutes=number)
        memos.add_memo(store, code, body, type=MemoType(kind), by=CODERS[number % 3], at=at)


def _write_summaries(store: Store, folder: Path, interviews: Sequence[Interview]) -> None:
    """A summary for most cells that hold several passages, by what is most spoken of in them."""
    talk = sections("talk.txt")
    rows: list[tuple[str, str, str, str]] = []
    for one in interviews:
        spoken: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for coded in one.codings:
            theme, code = coded.code.split("/")
            spoken[theme][code] += 1
        for theme, codes in spoken.items():
            number = len(rows) + one.person.number
            if sum(codes.values()) < 2 or one.person.attribution == "withheld" or number % 4 == 0:
                continue
            said = " ".join(
                lines[number % len(lines)]
                for code, _ in codes.most_common(2)
                for lines in [talk[f"summary {code}"]]
            )
            rows.append((one.person.code, theme, said, _STATUSES[number % 3]))
    table = _table(folder / "summaries.csv", ("case", "theme", "text", "status"), rows)
    from_table.write_from(store, table, by=LEAD, at=BEGUN + timedelta(days=5))
    _link(store, rows[:3])


def _link(store: Store, rows: Sequence[tuple[str, ...]]) -> None:
    """A few summaries say which passages they rest on."""
    for number, (case, theme, text, status) in enumerate(rows):
        found = retrieving.quotes(store, [theme], where=[], context=0).quotations
        links = [quotation.coding for quotation in found if quotation.transcript == case][:2]
        at = BEGUN + timedelta(days=5, hours=1, minutes=number)
        state = SummaryStatus(status)
        acts.write_summary(store, case, theme, text, status=state, links=links, by=LEAD, at=at)


def _list_names(store: Store) -> None:
    for place in PLACES:
        names.add_name(store, place.neighbour, shown="a neighbour")
        forename = place.neighbour.split()[0]
        names.settle(store, forename, listed=place.neighbour, by=LEAD, at=BEGUN)


def _edit(store: Store) -> None:
    """Words left out and put right, as a lead does before a quotation is printed."""
    at = BEGUN + timedelta(days=8)
    found = retrieving.quotes(store, [], where=[], context=0).quotations
    for number, cut in enumerate(_CUTS):
        for quotation in [one for one in found if one.text.count(cut) == 1][:2]:
            when = at + timedelta(minutes=number)
            editing.edit_quotation(store, quotation.coding, cut=[cut], by=LEAD, at=when)
    for number, (said, shown) in enumerate(_PUTS, len(_CUTS)):
        for quotation in [one for one in found if one.text.count(said) == 1][:1]:
            when = at + timedelta(minutes=number)
            editing.edit_quotation(store, quotation.coding, put=[(said, shown)], by=LEAD, at=when)


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


if __name__ == "__main__":
    print(make_eighty(Path(sys.argv[1])))
