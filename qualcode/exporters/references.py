"""What stands behind a quotation: its number, its place, who said it, and the team's memos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.model.consent import Audience

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import MatrixRow, Quotation, Variation

STAR = "*"
"""Beside the reference of a passage that the team called worth quoting."""

_DIGITS = 3
_NO_BREAK_SPACE = "\u00a0"


def shown_number(number: int) -> str:
    """The number of a quotation as people cite it: `Q007`."""
    return f"Q{number:0{_DIGITS}d}"


def number_of(quotation: Quotation) -> str:
    """`Q007`, or nothing where quotations are not numbered."""
    return shown_number(quotation.number) if quotation.number else ""


def says_places(quotations: Iterable[Quotation]) -> bool:
    """True where readers are told in which interview, and where in it, all these words stand."""
    return all(quotation.placed for quotation in quotations)


def star_of(quotation: Quotation) -> str:
    """An asterisk where it is worth quoting, else nothing."""
    return STAR if quotation.starred else ""


def reference(quotation: Quotation, row: MatrixRow) -> str:
    """Number and place; in a row that gathers several people, how this one may be cited."""
    cited = quotation.attribution
    place = " ".join(part for part in (number_of(quotation), quotation.locator) if part)
    parts = [f"{place}{star_of(quotation)}"]
    if cited and cited not in row.details:
        parts.append(cited)
    return " · ".join(parts)


def source(quotation: Quotation) -> str:
    """Who said it, and where."""
    cited, place = quotation.attribution, quotation.locator
    return f"{cited} ({place})" if cited else place


def of_cases(found: tuple[int, int]) -> str:
    """`3 of 11`, kept on one line; a dash where nobody of the group was there to ask."""
    some, every = found
    return f"{some}{_NO_BREAK_SPACE}of{_NO_BREAK_SPACE}{every}" if every else "–"


def variation_in_words(line: Variation) -> str:
    """Which groups share a theme or code, and which cases go against the pattern of theirs."""
    said = []
    if line.only_in is not None:
        said.append(f"Only in {line.only_in}.")
    elif line.shared_by:
        shared = "all" if line.is_shared_by_all else ", ".join(line.shared_by)
        said.append(f"Shared by {shared}.")
    if line.against:
        said.append(f"Against the pattern: {cases_against(line)}.")
    return " ".join(said)


def cases_against(line: Variation) -> str:
    """`P43, P60 (Marlby); P18 (Eskdene)`: who goes against the pattern, and of which group."""
    by_group = (f"{', '.join(cases)} ({group})" for group, cases in line.against_in)
    return "; ".join(by_group) or ", ".join(line.against)


def shows_memos(audience: Audience, options: DocumentOptions) -> bool:
    """True where memos stand beside quotations: in a document for the team, unless left out."""
    return options.memos and audience is Audience.TEAM


def memos(quotation: Quotation) -> Iterator[tuple[str, str]]:
    """What the team wrote on a quotation: who and when, as far as it is known, and the words."""
    for note in quotation.notes:
        yield f"Memo ({note.type}, {note.coder}, {note.written[:10]})", note.body
    if quotation.memo and not quotation.notes:
        yield "Memo", quotation.memo
