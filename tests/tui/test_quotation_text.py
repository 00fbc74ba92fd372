"""How quotations, filters and codes read, as text alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from rich.style import Style

from qualcode.errors import QueryError
from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Memo, MemoTarget, MemoType
from qualcode.model.matrix import Quotation
from qualcode.services.retrieval.browsing import CodebookPage, FilterChoices, Voice
from qualcode.tui.looks import NO_LETTER, ColourMode, make_look
from qualcode.tui.own.keymap import Keymap
from qualcode.tui.widgets import codebook_text, quotation_text, quote_filter
from qualcode.tui.widgets.quote_filter import CODE, CODER, QuoteFilter
from qualcode.tui.widgets.row_text import Columns, cut
from qualcode.tui.widgets.theme_marks import ThemeMarks

QUOTATION = Quotation(
    coding="v:0:9:grant-aid:amina",
    code="funding/grant-aid",
    theme="funding",
    coder="amina",
    transcript="P01",
    participant="P01",
    attribution="Organiser, interviewed March 2024",
    turn=2,
    speaker="Ama",
    start=40,
    end=67,
    start_ms=None,
    locator="P01 ¶2",
    text="The grant paid for the tent",
    before="one two three four",
    after="five six seven",
)
BOOK = Codebook(
    "Fairs",
    "1",
    (
        Code("funding", "Funding", key="f", definition="How money comes."),
        Code("grant-aid", "Grant aid", "funding", definition="Given, not earned."),
        Code("wish", "Wish", "grant-aid", proposed=True),
        Code("old", "Old theme"),
        Code("cohesion", "Cohésion"),
    ),
)
RETIRED = frozenset({"old"})
WIDTHS = (24, 40, 77, 120)

NASTY = (
    "ordinary words",
    "a\ttab, a\nbreak and \x1b[31mred",
    "👩‍👩‍👧‍👦 a family, 🇰🇪 a flag",
    "קהילה and مجتمع",
    "地域のつながりについて話しました",
    "x" * 400,
)


def mark(_: str) -> tuple[str, Style]:
    return "f", Style(bold=True)


def name(code: str) -> str:
    return {code.id: code.name for code in BOOK.codes}.get(code, code)


def page(**counts: int) -> CodebookPage:
    memo = Memo(
        "m", MemoType.NOTE, MemoTarget.CODE, "grant-aid", "amina", "Who decides?",
        datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    return CodebookPage(BOOK, RETIRED, counts, counts, {"grant-aid": (memo,)}, 1)


def marks() -> ThemeMarks:
    return ThemeMarks.of(BOOK, RETIRED, make_look(BOOK, mode=ColourMode.TRUE, dark=True))


# -- quotations -----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_row_has_locator_code_and_words_on_one_line(words: str, width: int) -> None:
    one = replace(QUOTATION, text=words, locator=words[:30])
    row = quotation_text.row(one, width, Columns(14), mark=mark, name=name)

    row.truncate(width)
    assert row.cell_len <= width
    assert not any(ord(sign) < 32 for sign in row.plain)


def test_a_row_says_doubt_and_memo_by_signs() -> None:
    def row(one: Quotation) -> str:
        return quotation_text.row(one, 80, Columns(6), mark=mark, name=name).plain

    assert " ? " in row(replace(QUOTATION, doubt=True))
    assert " ✎ " in row(replace(QUOTATION, memo="why?"))
    assert row(QUOTATION).startswith("P01 ¶2 f Grant aid")


def test_cut_words_fill_exactly_their_cells() -> None:
    for words in NASTY:
        for cells in (1, 2, 7, 30):
            assert cell_len(cut(words, cells).plain) == cells


def test_the_context_shows_as_many_words_around_as_are_wanted() -> None:
    def words(around: int) -> str:
        return quotation_text.in_context(QUOTATION, mark=mark, name=name, around=around).plain

    assert "… three four «The grant paid for the tent» five six …" in words(2)
    assert "… one two three four «" in words(60)


VOICES = (
    Voice("before", 4, "Interviewer"),
    Voice("before", 2, "P01"),
    Voice("text", 10, "Interviewer"),
    Voice("text", 19, "P01"),
    Voice("after", 0, None),
    Voice("after", 2, "P01"),
)


def body(around: int, voices: Sequence[Voice], one: Quotation = QUOTATION) -> list[str]:
    text = quotation_text.in_context(one, mark=mark, name=name, around=around, voices=voices)
    return text.plain.split("\n\n", 1)[1].split("\n\nMay be")[0].split("\n")


def test_whoever_else_begins_to_speak_stands_on_a_row_of_their_own() -> None:
    assert body(60, VOICES) == [
        "… Interviewer: one two",
        "P01: three four «The grant",
        "Interviewer: paid for",
        "P01: the tent»",
        "?: five six",
        "P01: seven …",
    ]


def test_with_less_context_it_begins_with_who_speaks_there() -> None:
    assert body(3, VOICES)[:2] == ["… Interviewer: two", "P01: three four «The grant"]
    assert body(1, VOICES)[0] == "… P01: four «The grant"


def test_whoever_goes_on_speaking_is_named_once() -> None:
    voices = [Voice("before", 4, "P01"), Voice("before", 2, "P01"), Voice("text", 0, "P01")]
    assert body(60, voices) == [
        "… P01: one two three four «The grant paid for the tent» five six seven …"
    ]
    bare = replace(QUOTATION, before="", after="")
    alone = body(60, [Voice("text", 0, "P01")], bare)
    assert alone == ["P01: «The grant paid for the tent»"]


def test_a_passage_looks_like_its_theme_and_not_by_colour_alone() -> None:
    tint = Style(bgcolor="#102030")
    text = quotation_text.in_context(QUOTATION, mark=mark, name=name, around=2, tint=tint)
    at = text.plain.index("«The grant")
    shown = [span.style for span in text.spans if span.start <= at + 3 < span.end]
    assert shown == [Style(bold=True) + tint]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_row_shows_the_coder_only_where_there_are_several(width: int) -> None:
    other = replace(QUOTATION, coder="Tomasz Wieczorkowski")
    columns = Columns.of([QUOTATION.locator], [QUOTATION.coder, other.coder])
    assert columns == Columns(len(QUOTATION.locator), len("Tomasz Wieczorkowski"))
    assert Columns.of([], [QUOTATION.coder, "Amina"]).coder == 0
    for one in (QUOTATION, other):
        row = quotation_text.row(one, width, columns, mark=mark, name=name)
        assert row.plain.startswith(f"P01 ¶2 {one.coder[:3]}")
        assert "Grant" in row.plain[:32]


def test_a_passage_of_a_whole_interview_is_shown_in_part_and_says_so() -> None:
    long = replace(QUOTATION, text="word " * 50_000)
    words = quotation_text.in_context(
        long, mark=mark, name=name, around=60, more="Enter goes there"
    ).plain
    assert "Enter goes there» five six" in words

    assert len(words) < 21_000
    assert "more words: Enter goes there" in words


def test_a_field_is_set_and_taken_off_without_touching_the_others() -> None:
    wanted = QuoteFilter().having(CODE, "funding").having("place", "Marle").having(CODER, "amina")

    assert wanted.texts == ("place=Marle",)
    assert wanted.having("place", None).having(CODER, None) == QuoteFilter(code="funding")
    assert not wanted.having(CODE, None).having("place", None).having(CODER, None)


def test_a_filter_reads_as_a_person_would_say_it() -> None:
    wanted = QuoteFilter("grant-aid", "amina", (("place", "Marle"),), "tent")

    assert (
        quote_filter.in_words(wanted, BOOK) == "Grant aid · coded by amina · place Marle · “tent”"
    )
    assert quote_filter.in_words(QuoteFilter(), BOOK) == "all"
    assert quote_filter.in_words(QuoteFilter("gone"), BOOK) == "gone"


def test_words_are_looked_for_as_the_search_does() -> None:
    def holds(words: str) -> bool:
        return bool(QuoteFilter(words=words).holding([QUOTATION]))

    assert holds("GRANT tent")
    assert holds('"paid for"')
    assert holds("gr*")
    assert not holds("grant -tent")
    with pytest.raises(QueryError):
        holds("/(/")


def test_retired_codes_are_offered_and_said_to_be_so() -> None:
    choices = FilterChoices(BOOK, RETIRED, ("amina",), {"place": ("Marle",)})

    assert quote_filter.fields(choices) == (CODE, CODER, "place")
    assert ("old", "Old theme (retired)") in quote_filter.offered(CODE, choices)
    assert ("wish", "    Wish") in quote_filter.offered(CODE, choices)
    assert quote_filter.offered("place", choices) == (("Marle", "Marle"),)


# -- codes ----------------------------------------------------------------------------------------


def test_codes_stand_in_book_order_with_the_retired_at_the_end() -> None:
    rows = codebook_text.rows(page())

    assert [(row.code.id, row.depth) for row in rows] == [
        ("funding", 0),
        ("grant-aid", 1),
        ("wish", 2),
        ("cohesion", 0),
        ("old", 0),
    ]
    assert [row.retired for row in rows] == [False, False, False, False, True]


def test_codes_are_found_by_words_of_name_or_definition_however_spelt() -> None:
    def found(words: str) -> list[str]:
        return [row.code.id for row in codebook_text.rows(page(), words)]

    assert found("COHESION") == ["cohesion"]
    assert found("given earned") == ["grant-aid"]
    assert found("nothing") == []


@pytest.mark.parametrize("name_of_code", NASTY)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_counts_of_a_code_stand_at_the_edge_whatever_its_name(
    name_of_code: str, width: int
) -> None:
    row = codebook_text.rows(page(wish=12_345))[2]
    deep = replace(row, code=replace(row.code, name=name_of_code), depth=40)

    drawn = codebook_text.draw(deep, max(40, width), marks())
    assert drawn.cell_len == max(40, width)
    assert drawn.plain.endswith("  12345  12345")


def test_a_proposed_and_a_retired_code_are_said_to_be_so_and_a_theme_shows_its_letter() -> None:
    lines = [codebook_text.draw(row, 60, marks()).plain for row in codebook_text.rows(page())]

    assert "Wish (proposed)" in lines[2]
    assert "Old theme (retired)" in lines[4]
    assert " f Funding" in lines[0]
    assert marks().mark("old")[0] == NO_LETTER


def test_the_detail_of_a_code_says_what_a_coder_decides_by() -> None:
    book = page(**{"grant-aid": 3, "wish": 2})
    words = codebook_text.detail(codebook_text.rows(book)[1], book, marks(), Keymap()).plain

    assert "Given, not earned." in words
    assert "3 of yours, 3 of everyone; with all below it 5 and 5" in words
    assert "Memo of amina, 2026-03-02: Who decides?" in words
    empty = codebook_text.detail(codebook_text.rows(book)[3], book, marks(), Keymap()).plain
    assert "No definition yet: d writes one." in empty
