"""Small tables of the Word documents: short ones stay whole, and with what leads to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qualcode.exporters.word.writing import wml
from qualcode.exporters.word.writing.plain_tables import SHORT, Shape, table

SHAPE = Shape("Caption", "Description", widths=(900, 900, 900), figures=frozenset({1}))
W = f"{{{wml.NAMESPACE}}}"


def rows_of(count: int, bold: frozenset[int] = frozenset()) -> list[etree._Element]:
    words = [["Name", "1 of 2", "Words"]] * count
    said = "".join(table(SHAPE, ("Theme", "Place", "In words"), words, bold=bold))
    opened = said.replace("<w:tbl>", f'<w:tbl xmlns:w="{wml.NAMESPACE}">')
    return list(etree.fromstring(opened).iter(f"{W}tr"))


def is_bound(row: etree._Element) -> bool:
    """Each paragraph stays with the next: LibreOffice asks the first, Word all of them."""
    marked = [one.find(f"{W}pPr/{W}keepNext") is not None for one in row.iter(f"{W}p")]
    assert len(set(marked)) == 1
    return marked[0]


@given(st.integers(1, SHORT + 10))
def test_a_short_table_is_bound_to_its_last_row_and_a_long_one_is_not(count: int) -> None:
    bound = [is_bound(row) for row in rows_of(count)]
    assert bound == ([True] * count + [False] if count <= SHORT else [False] * (count + 1))


def test_in_a_long_table_a_theme_is_bound_to_its_first_code_and_to_no_other_theme() -> None:
    themes = frozenset({0, 5, 6, SHORT + 4})
    _, *rows = rows_of(SHORT + 5, bold=themes)
    assert [place for place, row in enumerate(rows) if is_bound(row)] == [0, 6]


def test_of_a_row_that_stands_out_the_name_and_the_figures_are_bold() -> None:
    _, first, second = rows_of(2, bold=frozenset({0}))
    assert [cell.find(f".//{W}b") is not None for cell in first.iter(f"{W}tc")] == [
        True,
        True,
        False,
    ]
    assert second.find(f".//{W}b") is None


def test_a_heading_stays_with_what_follows_whatever_its_style_says() -> None:
    assert "<w:keepNext/>" in wml.line("Contents", "Heading2")
    assert "<w:keepNext/>" not in wml.line("Words", "QCBody")
