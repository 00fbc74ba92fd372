"""What pages share: sections, facts, plain tables, a quotation with its source, the interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.headings import NOTHING
from qualcode.exporters.references import memos, number_of, source, star_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualcode.exporters.html.page import Words
    from qualcode.model.matrix import Quotation, RegisterLine

REGISTER, MADE = "interviews", "made"
"""The places of the last two sections of every page."""


def section(place: str, heading: str, body: Iterable[str], *, colour: str = "") -> Iterator[str]:
    """A section with its heading, which is HTML; `colour` is `RRGGBB`."""
    style = f' style="--theme: #{colour}"' if colour else ""
    yield f'<section id="{place}" aria-labelledby="{place}-h"{style}>\n'
    yield f'<h2 id="{place}-h">{heading}</h2>\n'
    yield from body
    yield "</section>\n"


def facts(pairs: Iterable[tuple[str, str]], words: Words) -> Iterator[str]:
    """Names with what is said of each."""
    yield "<dl>\n"
    for name, said in pairs:
        yield f"<dt>{words(name, 'facts')}</dt><dd>{words(said, 'facts')}</dd>\n"
    yield "</dl>\n"


def table(
    caption: str,
    headings: Sequence[str],
    rows: Iterable[tuple[str, Sequence[str]]],
    *,
    kind: str = "",
) -> Iterator[str]:
    """A table whose first column names its rows. All of it is HTML; a row is its class and cells.

    It can be scrolled by keyboard, its headings staying in sight. `kind` is the class of the table.
    """
    yield f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">\n'
    yield f'<table class="{kind}">\n<caption>{caption}</caption>\n<thead><tr>'
    yield "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    yield "</tr></thead>\n<tbody>\n"
    for name, (first, *others) in rows:
        yield (
            f'<tr class="{name}"><th scope="row">{first}</th>'
            if name
            else (f'<tr><th scope="row">{first}</th>')
        )
        yield "".join(f"<td>{cell}</td>" for cell in others)
        yield "</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def in_context(
    quotation: Quotation, words: Words, *, noted: bool, place: str = "", back: str = ""
) -> Iterator[str]:
    """A quotation with the words around it, its source and, if `noted`, the team's memos.

    `place` is its own place on the page, `back` HTML behind its source.
    """
    at = quotation.locator
    yield f'<figure id="{place}">\n' if place else "<figure>\n"
    if quotation.before:
        yield f'<p class="context" dir="auto">… {words(quotation.before, at)}</p>\n'
    yield f"<blockquote>{words.said(quotation.text, at)}</blockquote>\n"
    if quotation.after:
        yield f'<p class="context" dir="auto">{words(quotation.after, at)} …</p>\n'
    number = f"{number_of(quotation)}{star_of(quotation)}"
    shown = f"<strong>{number}</strong> " if number else ""
    yield f'<figcaption class="source">{shown}<bdi>{words(source(quotation), at)}</bdi>{back}'
    if noted:
        yield from memos_of(quotation, words)
    yield "</figcaption>\n</figure>\n"


def memos_of(quotation: Quotation, words: Words) -> Iterator[str]:
    """What the team wrote on a quotation, each memo in a paragraph."""
    at = quotation.locator
    for heading, body in memos(quotation):
        yield f'<p class="memo"><em>{words(heading, at)}:</em> {words(body, at)}</p>'


def interviews(register: Iterable[RegisterLine], words: Words) -> Iterator[str]:
    """The register of interviews, as a section."""
    rows = (
        (
            "",
            [
                words(text, "register")
                for text in (
                    line.case,
                    line.attribution,
                    line.agreed,
                    line.place or NOTHING,
                    line.stakeholder or NOTHING,
                    str(line.quotations),
                )
            ],
        )
        for line in register
    )
    headings = ("Interview", "Cited as", "Agreed", "Place", "Stakeholder", "Quotations")
    return section(
        REGISTER, "Interviews", table("Interviews and how they are cited", headings, rows)
    )


def how_made(provenance: Iterable[tuple[str, str]], words: Words) -> Iterator[str]:
    """What one needs to make the same page again, as a section."""
    return section(MADE, "How it was made", facts(provenance, words))
