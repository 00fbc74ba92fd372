"""Pages of HTML as lines: no word of a page is taken for markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.sources import REAL, WHY_NO_REAL

from qualcode.readers.grammar.html_blocks import read_page
from qualcode.readers.grammar.lines import Line

PAGES = sorted(REAL.glob("*.html"))


class _Words(HTMLParser):
    """The characters between tags, by the parser of the standard library, without blanks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.count = 0
        self._code = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser gives both
        self._code += tag in {"head", "script", "style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in {"head", "script", "style", "title"}

    def handle_data(self, data: str) -> None:
        self.count += 0 if self._code else len("".join(data.split()))


def _words_in(page: str) -> int:
    """The characters of all words that were read or counted, without blanks."""
    found = read_page(page, where="a.html")
    texts = [line.text for line in found.around]
    for item in found.items:
        if isinstance(item, Line):
            texts.append(item.text)
        else:
            texts.extend(text for row in item for cell in row.cells for text in cell)
    return found.unseen + sum(len("".join(text.split())) for text in texts)


@pytest.mark.skipif(not REAL.is_dir(), reason=WHY_NO_REAL)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_another_parser_finds_as_many_words(path: Path) -> None:
    page = path.read_bytes().decode("utf-8", "replace")
    assert _words_in(page) == _Words(page).count > 1_000


TAGS = (
    "<p>", "</p>", "<form>", "</form>", "<nav>", "</nav>", "<div class='menu'>", "</div>", "<br>",
    "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<noscript>", "</noscript>", "<b>",
    "</b>", "<object>", "</object>", "<h1>", "</h1>", "<script>x()</script>", "<!-- c -->",
)  # fmt: skip
WORDS = {
    "I:so": "I:so", "&amp;": "&", "wörter": "wörter", "<textarea>field</textarea>": "field",
    "<button>b</button>": "b", "<style>p {}</style>": "", "<p hidden>R:no</p>": "R:no",
}  # fmt: skip


@given(st.lists(st.sampled_from([*TAGS, *WORDS]), max_size=40))
@settings(deadline=None)
def test_no_word_is_markup_however_the_tags_stand(pieces: list[str]) -> None:
    page = "<!DOCTYPE html><body>" + "".join(pieces)
    assert _words_in(page) == sum(len(WORDS.get(piece, "")) for piece in pieces)
