"""A cell in four signs and in a sentence, and the columns of the sheet, for any cell and width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.model.matrix import Quotation
from qualcode.model.summary import Emptiness, Summary, SummaryStatus
from qualcode.services.summaries.beneath import Change
from qualcode.services.summaries.sheet import Ground, SheetCell
from qualcode.tui import cell_words
from qualcode.tui.cell_words import SIGN_CELLS
from qualcode.tui.widgets.cell_text import Grid

QUOTATION = Quotation(
    coding="c",
    code="funding/grant-aid",
    theme="funding",
    coder="amina",
    transcript="P01",
    participant="P01",
    attribution="",
    turn=2,
    speaker="P01",
    start=0,
    end=5,
    start_ms=None,
    locator="P01 ¶2",
    text="Words",
)
WRITTEN = "2024-07-01T09:30:00+00:00"


def summary(status: SummaryStatus, by: str = "ben") -> Summary:
    return Summary("participant", "P01", "funding", "One.", status, "ben", WRITTEN, changed_by=by)


def cell(grounds: int = 0, **facts: object) -> SheetCell:
    given_grounds = (Ground(QUOTATION, ("funding/grant-aid",)),) * grounds
    return SheetCell("P01", "funding", ("participant", "P01"), given_grounds, **facts)  # type: ignore[arg-type]


cells = st.builds(
    cell,
    st.sampled_from([0, 1, 7, 42, 100, 4_000]),
    emptiness=st.sampled_from([None, *Emptiness]),
    summary=st.none() | st.sampled_from([summary(one) for one in SummaryStatus]),
    change=st.sampled_from([Change(), Change(went=2), Change(came=(QUOTATION,))]),
    is_hidden=st.booleans(),
    text=st.sampled_from(["", "One grant, once.", "日本語の要約", "e\u0301\u200b"]),
)


@given(cells)
def test_a_state_has_a_sign_that_fits_and_a_sentence(one: SheetCell) -> None:
    assert 0 < cell_len(cell_words.sign(one)) <= SIGN_CELLS
    assert cell_words.state(one)
    assert cell_words.legend([one])


@given(
    st.integers(20, 200),
    st.integers(1, 30),
    st.data(),
    st.sampled_from(["P07", "A very long name of a place", "日本"]),
)
def test_every_row_is_as_wide_as_the_head_and_the_cursor_is_in_sight(
    width: int, columns: int, data: st.DataObject, label: str
) -> None:
    at = data.draw(st.integers(0, columns - 1))
    row = data.draw(st.lists(cells, min_size=columns, max_size=columns))
    grid = Grid.of(width, [label], columns, at)
    assert grid.first <= at < grid.last
    head = grid.head(["Theme"] * columns, at, left="Case")
    plain, chosen = grid.row(label, row, None), grid.row(label, row, at)
    assert plain.cell_len == chosen.cell_len == head.cell_len
    if width >= 40:
        assert head.cell_len <= width
    assert "[" in chosen.plain
    assert "]" in chosen.plain


def test_a_sentence_says_who_when_and_what_changed() -> None:
    one = cell(
        2,
        summary=summary(SummaryStatus.CHECKED, by="cleo"),
        change=Change(came=(QUOTATION,), went=3),
    )
    assert cell_words.sign(one) == "c!2"
    assert cell_words.state(one) == (
        "checked, by ben, 2024-07-01 09:30, last changed by cleo; 2 passages; "
        "stale: 1 passage came (¶2) and 3 passages went since"
    )


def test_every_kind_of_silence_has_its_own_sign_and_words() -> None:
    silent = [cell(emptiness=one) for one in Emptiness]
    assert len({cell_words.sign(one) for one in silent}) == len(Emptiness)
    assert len({cell_words.state(one) for one in silent}) == len(Emptiness)
    said = cell_words.legend(silent)
    assert "na not asked" in said
    assert "draft" not in said
