"""The frame of a page: what a browser and a screen reader need, and nothing from outside.

The style keeps every text at a contrast of 4.5 : 1 or more, keeps headings of tables in sight, and
prints tables across the sheet with their headings on each page. They are printed in ink: browsers
leave out the grounds of cells, on which white letters would stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from qualcode.exporters import colours
from qualcode.exporters.textsafe import is_written_from_the_right, runs_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcode.exporters.textsafe import Cleaner

# Nothing is fetched and nothing runs, whatever the words of an interview say.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_STYLE = f"""
:root {{ color-scheme: light; --theme: #1F5A7A; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; padding: 1.5rem; color: #{colours.INK};
  background: #{colours.WHITE}; font: 1rem/1.45 Calibri, Carlito, "Segoe UI", sans-serif; }}
h1, h2, h3, h4 {{ line-height: 1.2; }}
h2, h3 {{ color: var(--theme); }}
a {{ color: #{colours.REFERENCE}; }}
a:focus-visible, .scroll:focus-visible {{ outline: 3px solid #1F5A7A; outline-offset: 2px; }}
.skip {{ position: absolute; inset-inline-start: -100vw; }}
.skip:focus {{ position: static; }}
main:focus {{ outline: none; }}
.quiet, .source, .detail, .context, .empty {{ color: #{colours.GREY}; }}
.detail, .count {{ display: block; font-weight: normal; font-size: .85rem; }}
.empty, .summary, .context {{ font-style: italic; }}
.words {{ font-family: Cambria, Caladea, Georgia, serif; white-space: pre-wrap;
  overflow-wrap: anywhere; }}
blockquote {{ margin: 0; }}
blockquote p, .source, .context, .memo {{ margin: .2rem 0; }}
.source {{ font-size: .85rem; }}
figure {{ margin: 1.2rem 0; }}
:target {{ background: #{colours.PALE}; }}
.source[id], figure[id] {{ scroll-margin-top: 5rem; scroll-margin-inline-start: 12rem; }}
figure blockquote {{ border-inline-start: 4px solid var(--theme); padding-inline-start: .9rem; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; }}
dt {{ color: #{colours.GREY}; }}
dd {{ margin: 0; }}
.scroll {{ overflow: auto; max-height: 90vh; border: 1px solid #{colours.RULE}; }}
table {{ border-collapse: separate; border-spacing: 0; font-size: .95rem; }}
caption {{ text-align: start; padding: .4rem .6rem; color: #{colours.GREY}; }}
th, td {{ text-align: start; vertical-align: top; padding: .4rem .6rem;
  border-bottom: 1px solid #{colours.RULE}; }}
thead th {{ position: sticky; top: 0; z-index: 2; color: #{colours.WHITE};
  background: var(--theme); }}
tbody th[scope=row] {{ position: sticky; inset-inline-start: 0; z-index: 1; min-width: 9rem;
  background: #{colours.PALE}; }}
thead th:first-child {{ inset-inline-start: 0; z-index: 3; }}
tbody th[scope=rowgroup] {{ background: #{colours.RULE}; }}
.matrix td {{ min-width: 18rem; max-width: 32rem; }}
.matrix blockquote + .source, .case blockquote + .source {{ margin-bottom: .8rem; }}
.case {{ max-width: 52rem; margin-inline-start: 1rem; }}
.figures td, .figures thead th + th {{ text-align: end; font-variant-numeric: tabular-nums; }}
.compared td:last-child {{ min-width: 16rem; }}
.theme th {{ font-weight: bold; }}
.code th {{ font-weight: normal; }}
@media screen and (max-width: 40rem) {{
  body {{ padding: .8rem; }}
  dl {{ display: block; }}
  dd {{ margin-bottom: .4rem; }}
  tbody th[scope=row] {{ min-width: 7rem; max-width: 8rem; overflow-wrap: anywhere; }}
  .matrix td {{ min-width: 13.5rem; }}
  .source[id] {{ scroll-margin-inline-start: 8rem; }}
}}
@media print {{
  html {{ font-size: 9pt; }}
  body {{ padding: 0; }}
  nav, .skip {{ display: none; }}
  .scroll {{ overflow: visible; max-height: none; border: 0; }}
  thead {{ display: table-header-group; }}
  thead th, tbody th[scope=row] {{ position: static; }}
  thead th {{ color: #{colours.INK}; background: none; border-bottom: 2px solid var(--theme); }}
  th, td {{ padding: .2rem .4rem; }}
  tbody th[scope=row] {{ min-width: 7rem; }}
  .matrix td {{ min-width: 0; }}
  table {{ line-height: 1.25; }}
  h2, h3, h4, tr, figure, .matrix blockquote {{ break-inside: avoid; }}
  h2, h3, h4, h2 ~ p, caption, thead, .group {{ break-after: avoid; }}
  .scroll ~ p, figure ~ p {{ break-after: auto; }}
  h3 + p, .scroll ~ h3 + p {{ break-after: avoid; }}
  section + section {{ break-before: page; }}
  :target {{ background: none; }}
  a {{ color: inherit; text-decoration: none; }}
}}
"""

# Wide tables are laid across the sheet, and use the whole screen; words are read in short lines.
_ACROSS = "@page { size: A4 landscape; margin: 15mm; }"
_UPRIGHT = "@page { size: A4; margin: 20mm; } @media screen { body { max-width: 52rem; } }"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: a place of the page, what it is called, and what is below it."""

    place: str
    title: str
    below: tuple[Entry, ...] = ()


class Words:
    """Makes words safe for a page; what has been through it is HTML."""

    def __init__(self, clean: Cleaner) -> None:
        self._clean = clean

    def __call__(self, words: str, at: str) -> str:
        """The words as text or as the value of an attribute."""
        return escape(self._clean(words, at=at))

    def said(self, words: str, at: str) -> str:
        """Words of an interview in a paragraph that runs their way."""
        cleaned = self._clean(words, at=at)
        way = ' dir="rtl"' if runs_right_to_left(cleaned) else ' dir="auto"'
        return f'<p class="words"{way}>“{escape(cleaned)}”</p>'


def page(
    title: str,
    subtitle: str,
    *,
    language: str,
    contents: Iterable[Entry],
    body: Iterable[str],
    across: bool,
) -> Iterator[str]:
    """A whole page. `title`, `subtitle` and `contents` are safe already; `body` is HTML.

    `across` is for pages of wide tables.
    """
    tag = escape(language)
    way = "rtl" if is_written_from_the_right(language) else "ltr"
    yield f'<!DOCTYPE html>\n<html lang="{tag}" dir="{way}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    style = _STYLE + (_ACROSS if across else _UPRIGHT)
    yield f"<title>{title}</title>\n<style>{style}\n</style>\n</head>\n<body>\n"
    yield '<a class="skip" href="#content">Skip to the content</a>\n'
    yield f"<header>\n<h1>{title}</h1>\n"
    if subtitle:
        yield f'<p class="quiet">{subtitle}</p>\n'
    yield '</header>\n<nav aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n'
    yield from _listed(contents)
    yield '</nav>\n<main id="content" tabindex="-1">\n'
    yield from body
    yield "</main>\n</body>\n</html>\n"


def _listed(entries: Iterable[Entry]) -> Iterator[str]:
    yield "<ul>\n"
    for entry in entries:
        yield f'<li><a href="#{entry.place}">{entry.title}</a>'
        if entry.below:
            yield "\n"
            yield from _listed(entry.below)
        yield "</li>\n"
    yield "</ul>\n"
