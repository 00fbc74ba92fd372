"""Printed pages as lines: what stands at which height is a line, and some lines are no speech.

Numbers in the margin, running heads and page marks are found by their place and by coming back.
MAXQDA numbers paragraphs in the margin, and where a page cuts one it may print the line at the cut
on both pages: that line is kept once. Two columns are read one after the other, also where the file
prints them row by row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar.documents import LONGEST_NAME
from qualcode.readers.grammar.lines import Line, split_lines
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.signs import BLANKS, UNWELCOME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcode.readers.ground.pdf_pages import PdfPage, Piece

# In parts of the height of a sign: on one line; a jump that no blank makes.
_SAME_HEIGHT, _JUMP = 0.45, 3.0
# What a sign is wide on average, in parts of its height: enough to see a jump by.
_SIGN_WIDTH = 0.5
# Lines further apart than this, in parts of the usual distance, are paragraphs apart.
_APART = 1.25
_SET_IN = 8.0  # points that a first line is set in
# A line that ends before this part of the longest line was ended, not broken.
_BROKEN_AT = 0.6
_HEADING_SIZE = 1.3
_LONGEST_HEADING = 120
# No line of a page is longer, also not with the rest of a word that was parted.
_LONGEST_LINE = 1_000

_FEW_NUMBERS = 3
# A number stands beside a line whose height it differs from by less than this part of a sign.
_BESIDE = 0.8
_FAR = 100.0  # points
# One line is printed twice as a rule; more than a few would be another reason.
_MOST_REPEATED = 3
# Running heads stand in this part of a page at its top and bottom, and on most pages.
_EDGE, _MOST_PAGES = 0.08, 0.6
_PAGE_MARK = re.compile(
    r"(?:[-–]\s?\d{1,4}\s?[-–]|(?:page|seite|p\.|s\.)?\s?\d{1,4}(?:\s?(?:/|of|von|de|sur)\s?\d{1,4})?)$",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_UNWELCOME = UNWELCOME | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_OPEN_END = re.compile(r"[\w,;–\xad-]$")
_SOFT_HYPHEN = "\xad"
_PARTED = re.compile(r"([^\W\d_]{2,})[-\xad]$")
_REST = re.compile(r"[^\W\d_]+")
# A second column begins beyond this part of the width, and the first is wider than labels are.
_COLUMN_AT, _COLUMN_WORDS, _COLUMN_LINES, _COLUMN_SHARE = 0.4, 20, 6, 0.5
# So many letters that a font does not name are a document that cannot be copied from.
_FOREIGN_SIGNS = re.compile("[\ufffd\ue000-\uf8ff]")
_MOST_FOREIGN = 0.02


class _Run(NamedTuple):
    """Text on one line without a jump."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


class _PrintedLine(NamedTuple):
    """A line of a page; `mark` is the number beside it in the margin."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    page: int
    mark: int | None = None


def read_printed_pages(printed: Sequence[PdfPage], ledger: Ledger) -> list[Line]:
    """The lines of speech on printed pages; what else is printed there is set aside."""
    pages = [_in_columns(list(_runs(page.pieces))) for page in printed]
    numbers = _find_margin(pages)
    lines: list[_PrintedLine] = []
    starts = Counter(round(run.x) for runs in pages for run in runs).most_common(1)
    left = starts[0][0] if starts else 0
    edges = [
        [
            run
            for run in runs
            if _at_edge(run, page.height)
            and _stands_apart(run, numbers[at] if numbers else [], left)
        ]
        for at, (runs, page) in enumerate(zip(pages, printed, strict=True))
    ]
    heads = _find_heads(edges)
    for at, runs in enumerate(pages):
        marks = numbers[at] if numbers else []
        around = {run for run in edges[at] if _shape(run) in heads or _PAGE_MARK.match(run.text)}
        for run in (run for run in runs if run in around):
            ledger.read += len(run.text)
            ledger.put_aside(kinds.PAGE_HEAD, run.text, at + 1)
        for mark in marks:
            ledger.read += len(mark.text)
            ledger.drop(kinds.LINE_NUMBER, len(mark.text))
        lines.extend(_lines_of([run for run in runs if run not in around], marks, at))
    ledger.read += sum(len(line.text) for line in lines)
    _warn_of_signs(lines, ledger)
    lines = _print_once(lines, ledger) if numbers else lines
    return _paragraphs(lines, ledger)


def _runs(pieces: Iterable[Piece]) -> Iterable[_Run]:
    """The pieces of a page, those of one line that follow without a jump joined."""
    words: list[str] = []
    first = last = None
    broken = False
    end = 0.0
    bold = True
    for piece in pieces:
        if not piece.text or piece.text.isspace():
            if piece.text and words:
                words.append(" ")
            broken = broken or piece.ends
            continue
        apart = True
        if last is not None and abs(piece.y - last.y) <= _SAME_HEIGHT * max(piece.size, last.size):
            apart = piece.x < last.x or piece.x - end > _JUMP * piece.size
        if apart:
            if first is not None:
                yield _run(words, first, bold=bold)
            words, first, bold = [], piece, True
        elif broken:
            words.append(" ")
        words.append(piece.text)
        bold = bold and piece.bold
        last, broken = piece, piece.ends
        end = piece.x + _SIGN_WIDTH * piece.size * len(piece.text)
    if first is not None:
        yield _run(words, first, bold=bold)


def _run(words: list[str], first: Piece, *, bold: bool) -> _Run:
    text = BLANKS.sub(" ", "".join(words).translate(_UNWELCOME)).strip()
    return _Run(text, first.x, first.y, first.size, bold)


def _in_columns(runs: list[_Run]) -> list[_Run]:
    """The runs, those of a second column behind those of the first where rows mix the two."""
    pairs = [
        (left, right)
        for left, right in pairwise(runs)
        if abs(left.y - right.y) <= _SAME_HEIGHT * left.size and right.x > left.x
    ]
    if len(pairs) < max(_COLUMN_LINES, _COLUMN_SHARE * len(runs) / 2):
        return runs
    starts = Counter(round(right.x) for _, right in pairs)
    start, often = starts.most_common(1)[0]
    lefts = [len(left.text) for left, right in pairs if round(right.x) == start]
    width = max(run.x for run in runs) + 1
    if often < _COLUMN_SHARE * len(pairs) or median(lefts) < _COLUMN_WORDS:
        return runs
    if start < _COLUMN_AT * width:
        return runs
    return [run for run in runs if run.x < start - 1] + [run for run in runs if run.x >= start - 1]


def _find_margin(pages: Sequence[Sequence[_Run]]) -> list[list[_Run]] | None:
    """For each page the numbers left of all words, or None where there is no such margin."""
    edges = Counter(
        round(run.x)
        for runs in pages
        for run in runs
        if not run.text.isdigit() and len(run.text) > 1
    )
    if not edges:
        return None
    often = max(edges.values())
    edge = min(x for x, count in edges.items() if count * 4 >= often)
    found = [
        sorted(
            (
                run
                for run in runs
                if run.text.isdecimal() and run.x < edge - 1 and len(run.text) < 6
            ),
            key=_height,
        )
        for runs in pages
    ]
    values = [int(run.text) for marks in found for run in reversed(marks)]  # from the top
    steps = sum(after - before in (0, 1) or after == 1 for before, after in pairwise(values))
    if len(values) < _FEW_NUMBERS or steps < 0.9 * (len(values) - 1):
        return None
    return found


def _find_heads(edges: Sequence[Sequence[_Run]]) -> frozenset[tuple[str, int]]:
    """What comes back at one height of most pages, with `0` for every number."""
    counts = Counter(shape for runs in edges for shape in {_shape(run) for run in runs})
    needed = max(2, _MOST_PAGES * len(edges))
    return frozenset(shape for shape, count in counts.items() if count >= needed)


def _at_edge(run: _Run, height: float) -> bool:
    return bool(run.text) and not _EDGE * height <= run.y <= (1 - _EDGE) * height


def _stands_apart(run: _Run, marks: Sequence[_Run], left: int) -> bool:
    """True for what has no number of a paragraph beside it, but for a page mark far from the words.

    The number of a paragraph that begins on the next page may stand at the height of the page mark.
    """
    mark = _beside(run, marks)
    if mark is None:
        return True
    if mark == run:
        return False
    return run.x > left + _FAR and _PAGE_MARK.match(run.text) is not None


def _beside(run: _Run, marks: Sequence[_Run]) -> _Run | None:
    """The margin number at the height of a run; `marks` are ordered by height."""
    at = bisect_right(marks, run.y - _BESIDE * run.size, key=_height)
    return marks[at] if at < len(marks) and marks[at].y < run.y + _BESIDE * run.size else None


def _height(run: _Run) -> float:
    return run.y


def _shape(run: _Run) -> tuple[str, int]:
    return _DIGITS.sub("0", run.text), round(run.y / 3)


def _lines_of(runs: Sequence[_Run], marks: Sequence[_Run], page: int) -> Iterable[_PrintedLine]:
    """The lines of a page with their margin numbers."""
    numbers = set(marks)
    waiting = set(marks)
    line: _PrintedLine | None = None
    for run in runs:
        if run in numbers or not run.text:
            continue
        level = line is not None and abs(run.y - line.y) <= _SAME_HEIGHT * run.size
        if line is not None and level and run.x > line.x and len(line.text) < _LONGEST_LINE:
            # A jump between two words of a line is a column: a label, then what is said.
            line = line._replace(text=f"{line.text}\t{run.text}", bold=line.bold and run.bold)
            continue
        if line is not None:
            yield line
        mark = _beside(run, marks)
        line = _PrintedLine(*run, page)
        if mark is not None and mark in waiting:
            waiting.remove(mark)
            line = line._replace(mark=int(mark.text))
    if line is not None:
        yield line


def _print_once(lines: Sequence[_PrintedLine], ledger: Ledger) -> list[_PrintedLine]:
    """The lines without those that a page break made the program print again.

    Where paragraphs have numbers, a line at the top of a page without one, or with that of the
    paragraph before, goes on with it; if it has the very words of the last line it is that line.
    """
    kept: list[_PrintedLine] = []
    mark = None
    repeated = 0
    for at, line in enumerate(lines):
        if kept and line.page != lines[at - 1].page and line.mark in (None, mark):
            repeated = _overlap(kept, lines[at:])
        mark = line.mark or mark
        if repeated:
            repeated -= 1
            ledger.put_aside(kinds.REPEATED, line.text, line.page + 1)
        else:
            kept.append(line)
    return kept


def _overlap(before: Sequence[_PrintedLine], after: Sequence[_PrintedLine]) -> int:
    """How many lines at the start of `after` are those at the end of `before`."""
    for count in range(min(_MOST_REPEATED, len(before), len(after)), 0, -1):
        last, first = before[len(before) - count :], after[:count]
        if [line.text for line in last] == [line.text for line in first]:
            return count
    return 0


def _paragraphs(lines: list[_PrintedLine], ledger: Ledger) -> list[Line]:
    """Lines that say whether they begin a paragraph or go on with one."""
    if not lines:
        return []
    longest = max(len(line.text) for line in lines)
    steps = [
        round(a.y - b.y)
        for a, b in pairwise(lines)
        if a.page == b.page and 0 < a.y - b.y < 6 * a.size
    ]
    usual = _usual_step(steps)
    size = median(line.size for line in lines)
    numbered = sum(line.mark is not None for line in lines) >= _FEW_NUMBERS
    found: list[Line] = []
    number = 0
    before: _PrintedLine | None = None
    for line in lines:
        begins = before is None or (
            line.mark is not None if numbered else _begins(line, before, usual, longest)
        )
        apart = begins and (numbered or before is None or _is_gap(line, before, usual))
        number += begins
        heading = line.size >= _HEADING_SIZE * size and len(line.text) <= _LONGEST_HEADING
        bold = line.bold and len(line.text) <= LONGEST_NAME
        found.append(Line(line.text, number, apart, bold, not begins, heading))
        before = line
    return _by_line_numbers(found, ledger) or _join_words(found, ledger)


def _join_words(lines: list[Line], ledger: Ledger) -> list[Line]:
    """The lines, the words whole that a hyphen parts at their ends, where that is certain.

    It is where the hyphen is a soft one, or the whole word stands elsewhere in the document.
    """
    if not any(line.text.endswith(("-", _SOFT_HYPHEN)) for line in lines):
        return lines
    words = {word.casefold() for line in lines for word in _REST.findall(line.text)}
    found: list[Line] = []
    for line in lines:
        short = bool(found) and line.goes_on and len(found[-1].text) < _LONGEST_LINE
        parted = _PARTED.search(found[-1].text[-_LONGEST_HEADING:]) if short else None
        rest = _REST.match(line.text) if parted else None
        if parted and rest and rest[0][0].islower():
            first = found[-1].text
            if first.endswith(_SOFT_HYPHEN) or (parted[1] + rest[0]).casefold() in words:
                ledger.drop(kinds.MARKUP, 1)
                found[-1] = found[-1]._replace(text=first[:-1] + line.text)
                continue
        found.append(line)
    return found


def _usual_step(steps: Sequence[int]) -> float:
    """How far lines of one paragraph are apart: the smallest distance that is not rare."""
    counts = Counter(steps)
    often = max(counts.values(), default=0)
    return min((step for step, count in counts.items() if count * 5 >= often), default=0)


def _begins(line: _PrintedLine, before: _PrintedLine, usual: float, longest: int) -> bool:
    """True where a line begins a paragraph, by its place and by how the line before ends."""
    if line.page != before.page or line.y > before.y:
        return len(before.text) < _BROKEN_AT * longest or not _OPEN_END.search(before.text)
    if _is_gap(line, before, usual) or line.x >= before.x + _SET_IN:
        return True
    return len(before.text) < _BROKEN_AT * longest or abs(line.size - before.size) > 1


def _is_gap(line: _PrintedLine, before: _PrintedLine, usual: float) -> bool:
    return line.page != before.page or before.y - line.y > _APART * usual or line.y > before.y


def _by_line_numbers(lines: Sequence[Line], ledger: Ledger) -> list[Line] | None:
    """The lines without the numbers 1 to 25 that courts print before each, or None."""
    text = "\n".join(line.text for line in lines)
    trial = Ledger()
    split_lines(text, trial)
    if not trial.dropped.get(kinds.LINE_NUMBER):
        return None
    ledger.read += len(lines) - 1  # the breaks that were set here
    return split_lines(text, ledger)


def _warn_of_signs(lines: Sequence[_PrintedLine], ledger: Ledger) -> None:
    letters = sum(len(line.text) for line in lines)
    foreign = sum(len(_FOREIGN_SIGNS.findall(line.text)) for line in lines)
    if foreign > _MOST_FOREIGN * letters:
        message = f"the fonts do not say which letters {foreign} signs are; compare with the page"
        ledger.warn("letters-unreadable", message)
