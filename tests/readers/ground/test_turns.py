"""From units to turns, marks and the account."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hanging import no_hang
from readers.sources import read, said

from qualcode.errors import EmptyTranscriptError
from qualcode.model.spans import Mark
from qualcode.readers.ground.ledger import MOST_WARNINGS, NOTICE, Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import (
    BETWEEN_TURNS,
    FEW_PLACES,
    MANY_SPEAKERS,
    NOBODY,
    SAME_PARAGRAPH,
    Spoken,
    Unit,
    make_reading,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcode.model.transcript import Reading


def laid_out(*units: Unit, ledger: Ledger | None = None) -> Reading:
    source, made_up = Source(b"", "a", "a.x"), Format("x", "made up")
    return make_reading(Spoken(list(units)), ledger or Ledger(), source, made_up, name="a")


def test_paragraphs_of_a_turn_are_parted_by_one_break_and_turns_by_two() -> None:
    reading = laid_out(Unit("I", "a", 1), Unit("I", "b", 2), Unit("R", "c", 3), Unit(None, "d", 4))
    assert reading.transcript.text == "a\nb\n\nc\nd"
    assert [(t.n, t.start, t.end) for t in reading.transcript.turns] == [(1, 0, 3), (2, 5, 8)]
    assert (reading.report.merged, reading.report.added) == (2, 4)


def test_units_of_one_paragraph_are_joined_by_a_blank() -> None:
    reading = laid_out(Unit("I", "a", 1), Unit("I", "b", 2, joint=SAME_PARAGRAPH))
    assert reading.transcript.text == "a b"


def test_a_turn_begins_with_its_first_unit_and_ends_with_its_last_that_says_so() -> None:
    reading = laid_out(
        Unit("I", "a", 1, 1_000, 2_000), Unit(None, "b", 2, 3_000, 4_000), Unit(None, "c", 3)
    )
    (turn,) = reading.transcript.turns
    assert (turn.start_ms, turn.end_ms) == (1_000, 4_000)
    assert reading.transcript.marks == (Mark(0, 1_000), Mark(2, 3_000))


def test_an_end_alone_is_the_mark_of_what_follows_unless_that_has_its_own() -> None:
    reading = laid_out(
        Unit("I", "a", 1, None, 2_000), Unit("R", "b", 2), Unit("I", "c", 3, 5_000, None)
    )
    assert reading.transcript.marks == (Mark(3, 2_000), Mark(6, 5_000))
    assert [turn.start_ms for turn in reading.transcript.turns] == [None, 2_000, 5_000]


def test_what_was_parted_is_another_turn_of_the_same_speaker() -> None:
    reading = laid_out(
        Unit("I", "a", 1), Unit("I", "b", 2, joint=BETWEEN_TURNS), Unit(None, "c", 3)
    )
    assert said(reading) == [("I", "a"), ("I", "b\nc")]
    assert (reading.report.merged, reading.report.added) == (1, 3)


@pytest.mark.parametrize("places", [0, 1, FEW_PLACES, FEW_PLACES + 1])
def test_times_that_run_backwards_are_said_where_they_do(places: int) -> None:
    units = [Unit("I", "a", n, 10_000 * (1 + n % 2)) for n in range(1, 2 * places + 2)]
    said_of = laid_out(*units).report.warnings
    lines = [w.line for w in said_of if w.code == "times-backwards"]
    found = [unit.line for unit in units if unit.line % 2 == 0]
    assert lines == (found if places <= FEW_PLACES else found[:1])
    assert [turn.start_ms for turn in laid_out(*units).transcript.turns] == [20_000]


def test_a_text_may_begin_without_a_speaker() -> None:
    reading = laid_out(Unit(None, "a", 1), Unit("I", "b", 2))
    assert said(reading) == [(None, "a"), ("I", "b")]


def test_words_of_nobody_known_are_a_turn_of_their_own() -> None:
    units = [Unit("I", "a", 1), Unit(NOBODY, "b", 2), Unit(None, "c", 3), Unit("I", "d", 4)]
    assert said(laid_out(*units)) == [("I", "a"), (None, "b\nc"), ("I", "d")]


def test_nothing_said_is_refused() -> None:
    with pytest.raises(EmptyTranscriptError, match=r"a\.x: the file is empty"):
        laid_out()


@pytest.mark.parametrize("more", [0, 1])
def test_more_speakers_than_a_meeting_has_are_said(more: int) -> None:
    units = [Unit(f"S{n}", "a", n) for n in range(MANY_SPEAKERS + more)]
    codes = [warning.code for warning in laid_out(*units).report.warnings]
    assert codes == ["many-speakers"] * more


def test_of_many_warnings_of_one_kind_the_first_are_said_in_the_order_of_the_file() -> None:
    ledger = Ledger()
    for line in range(MOST_WARNINGS + 7, 0, -1):
        ledger.warn("odd", "odd", line)
    ledger.warn("late", "late", 1_000)
    warnings = laid_out(Unit("I", "a", 1), ledger=ledger).report.warnings
    assert [warning.line for warning in warnings][1:-1] == list(range(8, MOST_WARNINGS + 8))
    assert warnings[0].message == "and 7 more of this kind"
    assert warnings[-1].code == "late"


def test_what_is_set_aside_is_counted_once() -> None:
    ledger = Ledger()
    ledger.put_aside(NOTICE, "two cells | of a row", 3, characters=17)
    ledger.put_aside(NOTICE, "one", 1)
    report = laid_out(Unit("I", "a", 2), ledger=ledger).report
    assert [unit.line for unit in report.set_aside] == [1, 3]
    assert report.dropped == {"notices": 20}
    assert report.units_read == 2


LAYOUTS: dict[str, Callable[[int], str]] = {
    "labels": lambda n: "I: some words\n\nR: other words\n\n" * n,
    "names": lambda n: "".join(f"Name{k}: some words\n" for k in range(n)),
    "prose": lambda n: "some words and more words\n\n" * n,
    "one line": lambda n: "I: " + "some words: " * n,
    "timed": lambda n: "[00:00:01] I: some words\n" * n,
    "vtt": lambda n: "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n<v A>a &amp; b</v>\n\n" * n,
    "srt": lambda n: "1\n00:00:01,000 --> 00:00:02,000\nI: words\n\n" * n,
    "one cue": lambda n: "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v A>a <i\n" * n,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_work_grows_with_the_file_and_no_faster(layout: str) -> None:
    def calls(n: int) -> int:
        """Function calls, of Python and of C, that reading takes."""
        content, count = LAYOUTS[layout](n).encode(), Counter[str]()
        sys.setprofile(lambda _, event, __: count.update([event]))
        try:
            read(content)
        finally:
            sys.setprofile(None)
        return count["call"] + count["c_call"]

    read(LAYOUTS[layout](10).encode())  # what is loaded once is no work of a file
    assert calls(4_000) < 8 * 1.2 * calls(500) + 500


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_large_file_is_read_to_its_end(layout: str) -> None:
    content = LAYOUTS[layout](100_000).encode()[:4_000_000]
    with no_hang():
        report = read(content).report
    assert report.characters_read == len(content.decode())
    assert report.characters_read == report.characters_kept + sum(report.dropped.values())
