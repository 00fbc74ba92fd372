"""Many codings from one CSV: all or none, in one act."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, EXAMPLE, bring_in, contents, dialogue, event_count, tick, write

from qualcode import errors
from qualcode.services import listing, memos
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding, coding_table
from qualcode.services.work.coding_table import TableReport
from qualcode.store.store import Store

HEADER = "transcript,start,end,code,coder,memo,doubt"


@pytest.fixture
def fair(store: Store, folder: Path) -> Store:
    """A project with two transcripts of some length."""
    answers = [f"We paid for the tent in year {n}." for n in range(60)]
    texts = {"P01.txt": dialogue("P01", *answers), "P02.txt": dialogue("P02", "Tea.", "Cake.")}
    bring_in(store, write(folder / "in", texts))
    return store


def tag_from(
    store: Store, folder: Path, *rows: str, header: str = HEADER, by: str | None = None
) -> TableReport:
    path = folder / "codings.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return coding_table.tag_from(store, path, by=by, at=tick())


def test_rows_become_codings_with_memo_and_doubt(fair: Store, folder: Path) -> None:
    report = tag_from(
        fair, folder, "P01,0,9,funding,amina,a thought,", "P02,0,9,cohesion/bonding,tomasz,,yes"
    )

    assert report == TableReport(codings=2, unchanged=0, memos=1, coders=("amina", "tomasz"))
    found = retrieving.quotes(fair).quotations
    assert [(q.transcript, q.code, q.coder, q.memo, q.doubt) for q in found] == [
        ("P01", "funding", "amina", "a thought", False),
        ("P02", "cohesion/bonding", "tomasz", None, True),
    ]


def test_the_same_table_twice_changes_nothing(fair: Store, folder: Path) -> None:
    rows = ["P01,0,9,funding,amina,a thought,", "P01,0,9,funding,amina,a thought,"]
    tag_from(fair, folder, *rows)
    events = event_count(fair)

    assert tag_from(fair, folder, *rows) == TableReport(0, 1, 0, ("amina",))
    assert event_count(fair) == events


@pytest.fixture
def corrected(fair: Store, folder: Path) -> Store:
    """The same, but P02 begins with another answer since somebody listened again."""
    texts = {"P02.txt": dialogue("P02", "Coffee, and then tea.", "Cake.")}
    assert bring_in(fair, write(folder / "in", texts), yes=True).revised == 1
    return fair


@pytest.mark.parametrize(("version", "why"), [("", "was corrected"), ("1", "not of version 2")])
def test_characters_counted_before_a_correction_code_nothing(
    corrected: Store, folder: Path, version: str, why: str
) -> None:
    header = "transcript,version,start,end,code"
    with pytest.raises(errors.SeveralErrors) as caught:
        tag_from(corrected, folder, f"P02,{version},0,9,trading", header=header, by="amina")

    assert why in str(caught.value)
    assert retrieving.quotes(corrected).quotations == ()


def test_a_row_says_by_version_or_by_words_that_it_means_the_corrected_text(
    corrected: Store, folder: Path
) -> None:
    header = "transcript,version,start,end,quote,code"
    rows = ("P02,2,0,9,,trading", "P02,,,,then tea,trading", "P01,,0,9,,trading")
    assert tag_from(corrected, folder, *rows, header=header, by="amina").codings == 3


def test_thousands_are_one_act_of_few_statements_that_one_undo_takes_back(
    fair: Store, folder: Path
) -> None:
    length = listing.show_transcript(fair, "P01").record.characters
    rows = [
        f"P01,{n % (length - 50)},{n % (length - 50) + 5 + n // 1000},trading,amina,,"
        for n in range(4000)
    ]
    statements: list[str] = []
    with fair.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(statements.append)
    before = contents(fair)
    statements.clear()
    report = tag_from(fair, folder, *rows)
    commits = [one for one in statements if one.startswith(("COMMIT", "BEGIN"))]
    selects = [one for one in statements if one.lstrip().upper().startswith("SELECT")]

    assert report.codings == len({tuple(row.split(",")[1:3]) for row in rows}) > 3000
    assert len(commits) == 2
    assert len(selects) < 60
    assert coding.undo(fair, by="amina", at=tick()).changed == report.codings
    assert retrieving.quotes(fair).quotations == ()
    assert contents(fair)["text"] == before["text"]


def test_every_row_that_is_wrong_is_said_and_none_is_written(fair: Store, folder: Path) -> None:
    before = contents(fair)
    with pytest.raises(errors.SeveralErrors) as caught:
        tag_from(
            fair,
            folder,
            "P01,0,9,funding,amina,,",
            "P9,0,9,funding,amina,,",
            "P01,0,9,fundin,amina,,",
            "P01,9,9,funding,amina,,",
            "P01,0,99999,funding,amina,,",
            "P01,zero,9,funding,amina,,",
            "P01,0,9,funding,,,",
            "P01,0,9,funding,amina,,perhaps",
            ",0,9,funding,amina,,",
            "P01,0,9,,amina,,",
        )

    wrong = caught.value.errors
    assert [f"{(e.where or '').rpartition(':')[2]} {type(e).__name__}" for e in wrong] == [
        "3 UnknownTranscriptError",
        "4 UnknownCodeError",
        "5 EmptySpanError",
        "6 SpanOutsideTextError",
        "7 CodingTableError",
        "8 CodingTableError",
        "9 CodingTableError",
        "10 UnknownTranscriptError",
        "11 UnknownCodeError",
    ]
    assert contents(fair) == before


def test_a_coder_is_the_rows_own_or_the_one_given(fair: Store, folder: Path) -> None:
    tag_from(fair, folder, "P01,0,9,funding,,,", "P01,0,9,trading,tomasz,,", by="amina")

    assert {(q.code, q.coder) for q in retrieving.quotes(fair).quotations} == {
        ("funding", "amina"),
        ("funding/trading", "tomasz"),
    }


def test_without_any_coder_nothing_is_coded(fair: Store, folder: Path) -> None:
    with pytest.raises(errors.CodingTableError, match="no row says who coded"):
        tag_from(fair, folder, "P01,0,9,funding", header="transcript,start,end,code")


def test_words_may_stand_in_place_of_characters(fair: Store, folder: Path) -> None:
    header = "transcript;quote;code;coder"
    tag_from(fair, folder, "P01;We paid for the tent in year 7.;funding;amina", header=header)

    assert retrieving.quotes(fair).quotations[0].locator == "P01 ¶16"


@pytest.mark.parametrize(
    ("header", "lacks"),
    [
        ("transcript,code", "start, end"),
        ("transcript,start,end", "code"),
        ("quote,start", "transcript, code"),
    ],
)
def test_a_missing_column_is_said(fair: Store, folder: Path, header: str, lacks: str) -> None:
    with pytest.raises(errors.CodingTableError, match=f":1: the table lacks {lacks}"):
        tag_from(fair, folder, "P01,0,9", header=header)


def test_a_table_that_is_not_whole_is_refused(fair: Store, folder: Path) -> None:
    with pytest.raises(errors.SeveralErrors, match=r":3: the row that begins here does not end"):
        tag_from(fair, folder, "P01,0,9,funding,amina,,", 'P01,0,9,trading,amina,"open,')
    with pytest.raises(errors.CodingTableError, match="the table has no rows"):
        tag_from(fair, folder, ",,,,,,")


def test_a_dry_run_reports_the_same_and_writes_nothing(fair: Store, folder: Path) -> None:
    path = write(folder, {"c.csv": f"{HEADER}\nP01,0,9,funding,amina,note,\n"}) / "c.csv"
    before = contents(fair)
    rehearsed = coding_table.tag_from(fair, path, dry_run=True, by=None, at=tick())

    assert contents(fair) == before
    assert coding_table.tag_from(fair, path, by=None, at=tick()) == rehearsed


def test_an_interruption_leaves_nothing_half_written(fair: Store, folder: Path) -> None:
    path = write(folder, {"c.csv": f"{HEADER}\nP01,0,9,funding,amina,,\n"}) / "c.csv"
    before = contents(fair)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        coding_table.tag_from(fair, path, by=BY, at=tick(), progress=interrupt)
    assert contents(fair) == before


def test_the_codings_of_the_worked_example_lie_where_their_words_stand(example: Store) -> None:
    again = coding_table.tag_from(example, EXAMPLE / "codings.csv", by=BY, at=tick())

    assert (again.codings, again.memos) == (0, 0)
    assert again.coders == ("amina", "tomasz")
    assert again.unchanged > 150
    assert len(memos.list_memos(example)) > 5
