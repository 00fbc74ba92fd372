"""Which line begins with whose label, over all the lines of a file.

The grammar of one line stands in `labels`, the judgement in `speakers`; here are the layouts in
which only two lines together, or the look of the whole file, say who speaks.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcode.readers.grammar.clocks import Times, is_only_time, read_cue_line, read_range
from qualcode.readers.grammar.labels import (
    REACH,
    Head,
    find_bare_head,
    find_head,
    find_name_line,
    find_plain_head,
    is_role,
    tidy,
)
from qualcode.readers.grammar.lines import Line, Row, is_address
from qualcode.readers.grammar.speakers import Body, Candidate, choose_speakers
from qualcode.readers.ground.turns import quick

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.readers.ground.ledger import Ledger

# A title, a date, a duration and keywords stand above Otter's list of speakers.
_MOST_ABOVE_NAMES = 20


def find_heads(
    items: Sequence[Line | Row], ledger: Ledger, *, header: str
) -> Sequence[Head | None]:
    """For each item the head that names its speaker, or None where the words go on.

    `header` is the text before: labels named there are speakers even where they occur once.
    """
    heads = _read_heads(items)
    listed = _find_listed_names(items, heads)
    speakers = _choose(items, heads, ledger, header) | listed
    if not speakers:
        heads = _find_name_lines(items)
        speakers = _choose(items, heads, ledger, header)
    settled = [head if head and head.label in speakers else None for head in heads]
    _find_times_after_labels(items, settled)
    return settled


def _read_heads(items: Sequence[Line | Row]) -> list[Head | None]:
    """For each line what may be a label at its start; rows have theirs."""
    heads: list[Head | None] = []
    questions, arrows = 0, []
    for at, item in enumerate(items):
        head = None
        if isinstance(item, Line):
            text = item.text
            colon = text.find(":", 0, REACH)
            if colon > 0 or text.find("：", 0, REACH) > 0:
                head = find_plain_head(text, colon) or find_head(text)
            if head is None and (item.bold or text[0] in "[*_QA" or "\t" in text):
                head = find_bare_head(text, bold=item.bold)
            questions += text[0] == "Q" and text.startswith("Q. ")
            if ">" in text and "->" in text:
                arrows.append(at)
        heads.append(head)
    _find_names_under_times(items, heads, arrows)
    if questions > 1:
        _prefer_letters(items, heads)
    return heads


def _find_listed_names(items: Sequence[Line | Row], heads: list[Head | None]) -> frozenset[str]:
    """The names below Otter's heading SPEAKERS; a line that is nothing but one of them is a label.

    Its documents may come without times, and then nothing else tells a name from an answer.
    """
    texts = [item.text if isinstance(item, Line) else "" for item in items[:_MOST_ABOVE_NAMES]]
    if "SPEAKERS" not in texts[:-1]:
        return frozenset()
    below = texts.index("SPEAKERS") + 1
    names = frozenset(tidy(name) for name in texts[below].split(",") if name.strip())
    for at, item in enumerate(items[below + 1 :], below + 1):
        if heads[at] is None and isinstance(item, Line) and item.text in names:
            heads[at] = find_name_line(item.text)
    return names


def _prefer_letters(items: Sequence[Line | Row], heads: list[Head | None]) -> None:
    """Where questions begin with `Q.`, `A. Before: that` is an answer and no A. Before speaks."""
    for at, (item, head) in enumerate(zip(items, heads, strict=True)):
        if head and isinstance(item, Line) and head.label.startswith(("Q. ", "A. ")):
            heads[at] = find_bare_head(item.text)


def _find_names_under_times(
    items: Sequence[Line | Row], heads: list[Head | None], arrows: Sequence[int]
) -> None:
    """Teams writes times, name and words as three lines of one paragraph; `arrows` hold a `->`."""
    for at in arrows:
        item, after = items[at], items[at + 1] if at + 1 < len(items) else None
        if isinstance(item, Line) and isinstance(after, Line):
            cue = read_cue_line(item.text)
            if cue and after.number == item.number:
                times = Times(cue.start_ms, cue.end_ms)
                heads[at + 1] = find_name_line(after.text, times=times)


def _find_times_after_labels(items: Sequence[Line | Row], heads: list[Head | None]) -> None:
    """`Speaker 0: 00:00:06` is a time where the words follow on their own lines, else an answer."""
    for at, (head, after) in enumerate(pairwise(heads)):
        item = items[at]
        if head is None or after is not None or not isinstance(item, Line):
            continue
        rest = item.text[head.words_at :]
        if rest[:1].isdigit() and isinstance(items[at + 1], Line) and is_only_time(rest):
            heads[at] = head._replace(
                words_at=len(item.text),
                times=read_range(rest),
                time_characters=head.time_characters + len(rest),
            )


def _find_name_lines(items: Sequence[Line | Row]) -> list[Head | None]:
    """Lines that may be nothing but a name: the first of a block of several."""
    heads: list[Head | None] = [None] * len(items)
    for at, (item, after) in enumerate(pairwise(items)):
        if isinstance(item, Line) and isinstance(after, Line) and item.gap and not after.gap:
            heads[at] = find_name_line(item.text)
    return heads


def _choose(
    items: Sequence[Line | Row], heads: Sequence[Head | None], ledger: Ledger, header: str
) -> frozenset[str]:
    # What holds of every line is gathered in lists: generators take twice as long.
    roles = {label for label in {head.label for head in heads if head} if is_role(label)}
    candidates = [
        quick(Candidate, (head, item.number, item.gap))
        for item, head in zip(items, heads, strict=True)
        if head
        and isinstance(item, Line)
        # `Episode: https://...` names no speaker.
        and (head.label in roles or not is_address(item.text[head.words_at :]))
    ]
    if not candidates:
        return frozenset()
    counts = Counter([candidate.head.label for candidate in candidates])
    sure_from = next((c.line for c in candidates if counts[c.head.label] > 1), 0)
    lines = [item for item in items if isinstance(item, Line)]
    body = Body(
        lines=len(lines),
        blocks=[line.gap for line in lines].count(True),
        first=lines[0].number,
        header="\n".join([header, *_texts_before(sure_from, items, heads)]),
        known=frozenset([item.label for item in items if isinstance(item, Row) and item.label]),
    )
    return choose_speakers(candidates, body, ledger)


def _texts_before(
    number: int, items: Sequence[Line | Row], heads: Sequence[Head | None]
) -> Iterator[str]:
    """The words of the lines before one; a label there does not introduce itself."""
    for item, head in zip(items, heads, strict=True):
        if item.number >= number:
            return
        if isinstance(item, Line):
            yield item.text[head.words_at :] if head else item.text
