"""Pages for the browser: whole in one file, readable by eyes, ears and paper, and words inert."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from exporters.evidences import book_of, small_book
from exporters.full_reports import full_report, under_two_codes
from exporters.reports import quotations_of, report_of, sample_report
from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters import write_book, write_matrix
from qualcode.exporters.colours import contrast
from qualcode.exporters.html.page import page
from qualcode.exporters.textsafe import Cleaner
from qualcode.model.document import DocumentOptions

if TYPE_CHECKING:
    from qualcode.model.book import QuotationBook
    from qualcode.model.matrix import MatrixReport

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """A page as a strict reader takes it: every element closed, in order."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.said: list[str] = []
        self.texts: Counter[str] = Counter()
        self._open: list[tuple[str, bool]] = []
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        assert len(known) == len(attrs)
        self.tags.append((tag, known))
        if tag not in VOID:
            words = known.get("class") == "words"
            self._open.append((tag, words))
            if words:
                self.said.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.texts[self._open[-1][0] if self._open else ""] += len(data)
        if any(words for _, words in self._open):
            self.said[-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of this name."""
        return [known for name, known in self.tags if name == tag]

    @property
    def words(self) -> Counter[str]:
        """What was said, without the quotation marks around it."""
        assert all(one[0] == "“" and one[-1] == "”" for one in self.said)
        return Counter(one[1:-1] for one in self.said)


def matrix(report: MatrixReport, *, context: bool = True) -> Page:
    return Page(matrix_bytes(report, context=context))


def matrix_bytes(report: MatrixReport, *, context: bool = True) -> bytes:
    out = BytesIO()
    options = DocumentOptions(context=context)
    done = write_matrix(report, out, format="html", options=options)
    # One without a number is no other.
    told = {quote.number or object() for quote in quotations_of(report)}
    assert done.quotations == len(told)
    return out.getvalue()


def book(value: QuotationBook) -> Page:
    out = BytesIO()
    write_book(value, out, format="html")
    return Page(out.getvalue())


BOTH = {"matrix": matrix(full_report()), "book": book(book_of(full_report()))}


@pytest.fixture(params=BOTH)
def shown(request: pytest.FixtureRequest) -> Page:
    """Either page of a full study."""
    return BOTH[request.param]


def test_a_page_asks_nothing_of_the_network_and_runs_nothing(shown: Page) -> None:
    assert not {"link", "img", "iframe", "object", "form"} & {tag for tag, _ in shown.tags}
    # A script of this type is data, which no browser runs.
    assert {one["type"] for one in shown.all("script")} <= {"application/json"}
    for _, known in shown.tags:
        assert not {"src", "srcset", "onclick", "onload"} & set(known)
        assert known.get("href", "#").startswith("#")
    policy = [one for one in shown.all("meta") if "http-equiv" in one]
    assert policy[0]["content"].startswith("default-src 'none'")


def test_a_page_says_its_language_and_where_it_begins(shown: Page) -> None:
    assert shown.all("html") == [{"lang": "en-GB", "dir": "ltr"}]
    hebrew = matrix(replace(report_of(["שלום"]), language="he"))
    assert hebrew.all("html") == [{"lang": "he", "dir": "rtl"}]
    assert [one["dir"] for one in hebrew.all("p") if one.get("class") == "words"] == ["rtl"]


def test_every_link_leads_somewhere_and_no_place_is_there_twice(shown: Page) -> None:
    places = [known["id"] for _, known in shown.tags if "id" in known]
    assert len(places) == len(set(places))
    leads = [one["href"][1:] for one in shown.all("a")]
    assert len(leads) > 10
    assert set(leads) <= set(places)
    for _, known in shown.tags:
        assert known.get("aria-labelledby", "contents") in places


def test_every_table_has_a_caption_and_every_heading_says_what_it_heads(shown: Page) -> None:
    assert len(shown.all("caption")) == len(shown.all("table"))
    assert {one.get("scope") for one in shown.all("th")} <= {"col", "row", "rowgroup"}
    regions = [one for one in shown.all("div") if one.get("role") == "region"]
    assert all(one["tabindex"] == "0" and one["aria-label"] for one in regions)
    assert len(regions) == len(shown.all("table"))


def test_headings_go_down_one_step_at_a_time(shown: Page) -> None:
    levels = [int(tag[1]) for tag, _ in shown.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_tables_hold_exactly_the_quotations_of_the_report() -> None:
    report = sample_report(quotations=400)
    said = Counter(quote.text for quote in quotations_of(report))
    assert matrix(report).words == said
    assert book(book_of(report)).words == said


def test_each_passage_in_context_stands_there_once_and_leads_back() -> None:
    report = under_two_codes(full_report())
    plain, whole = matrix(report, context=False), matrix(report)
    numbers = {quote.number for quote in quotations_of(report)}
    assert len(whole.all("figure")) == len(numbers) < len(quotations_of(report))
    assert plain.all("figure") == []
    assert whole.words.total() - plain.words.total() == len(numbers)
    back = [one["href"] for one in whole.all("a") if one["href"].startswith("#m-")]
    assert len(back) == len(set(back)) == len(numbers)


@given(st.lists(st.text(st.characters(exclude_characters="“”")), min_size=1, max_size=3))
def test_any_words_are_inert_and_shown_as_they_were_said(texts: list[str]) -> None:
    clean = Cleaner()
    said = Counter(clean(text, at="") for text in texts)
    assert matrix(report_of(texts)).words == said
    assert book(small_book(texts)).words == said


def test_words_that_imitate_markup_make_no_element() -> None:
    nasty = "</td></table><script>alert(1)</script> & <b> \"'> ]]> {{ x }} <!-- \x00"
    plain = matrix(report_of(["words"], title="title"))
    shown = matrix(report_of([nasty], title=nasty))
    assert [tag for tag, _ in shown.tags] == [tag for tag, _ in plain.tags]
    assert shown.words == Counter([nasty.replace("\x00", "\ufffd")])


def test_a_cell_without_words_says_why() -> None:
    empty = [one for one in BOTH["matrix"].all("span") if one.get("class") == "empty"]
    assert empty


def test_a_matrix_of_counts_shows_figures_and_no_words() -> None:
    shown = matrix(replace(full_report(), show="counts"), context=False)
    assert len(shown.all("table")) > 4


def test_no_case_at_all_is_a_page() -> None:
    shown = matrix(report_of([], rows=0, columns=0))
    assert shown.words == Counter()


def test_all_ink_can_be_read_on_its_ground() -> None:
    style = "".join(page("", "", language="en", contents=(), body=(), across=True)).partition(
        "<style>"
    )[2]
    inks = set(re.findall(r"(?<!-)\bcolor: #([0-9A-F]{6})", style))
    assert len(inks) >= 3
    for ink in inks - {"FFFFFF"}:
        for ground in ("FFFFFF", "EEF2F5"):
            assert contrast(ink, ground) >= 4.5
    themes = re.findall(r"--theme: #([0-9A-F]{6})", matrix_bytes(full_report()).decode())
    assert len(set(themes)) >= 4
    assert all(contrast(theme, "FFFFFF") >= 4.5 for theme in themes)


def test_headings_stay_in_sight_and_are_printed_on_every_page() -> None:
    style = matrix_bytes(full_report()).decode().partition("</style>")[0]
    assert "position: sticky" in style
    assert "@media print" in style
    assert "table-header-group" in style
    assert "@page { size: A4 landscape" in style


def test_a_group_is_printed_with_its_first_case_and_a_row_on_one_page() -> None:
    groups = [row for row in BOTH["matrix"].all("tr") if row.get("class") == "group"]
    heads = [head for head in BOTH["matrix"].all("th") if head.get("scope") == "rowgroup"]
    assert len(groups) == len(heads) > 0
    printed = matrix_bytes(full_report()).decode().partition("</style>")[0].partition("print {")[2]
    rules = re.findall(r"([^{}]+) \{ break-(after|inside): avoid; \}", printed)
    kept = {(name.strip(), way) for names, way in rules for name in names.split(",")}
    assert {(".group", "after"), ("tr", "inside")} <= kept


def test_the_same_report_gives_the_same_bytes() -> None:
    assert matrix_bytes(full_report()) == matrix_bytes(full_report())
