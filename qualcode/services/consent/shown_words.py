"""Words as they may be shown: with the edits that somebody recorded, and without names.

The stored text stays as it is, so no offset ever moves. What stands in the place of other words is
in brackets: `[…]` for a cut, `[word]` for a word put right, `[P07]` for a name that may not leave.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from qualcode.model.consent import Edit
from qualcode.model.spans import Span
from qualcode.services.consent.forbidden import Forbidden, Terms
from qualcode.text.plain import plain_words

_EDGE: Final = 80
"""Characters at either end of a stretch in which its first and last word are looked for."""


def shown(text: str, start: int, end: int, edits: Sequence[Edit]) -> tuple[str, int]:
    """The words of `text[start:end]` as they may be shown, and how many edits are in them.

    `edits` are in order and do not overlap. One that lies across an end of the stretch is shown
    there, too: half a name is a name.
    """
    if start >= end:
        return "", 0
    at = bisect_right(edits, start, key=_end)
    pieces: list[str] = []
    count, here = 0, start
    while at < len(edits) and edits[at].span.start < end:
        edit = edits[at]
        pieces += text[here : edit.span.start], edit.shown
        here = edit.span.end
        at, count = at + 1, count + 1
    return ("".join([*pieces, text[here:end]]), count) if count else (text[start:end], 0)


def combined(recorded: Sequence[Edit], masks: Sequence[Edit], text: str) -> tuple[Edit, ...]:
    """Recorded edits and masks as one row of edits; where both lie on a place, the recorded hold.

    What such an edit leaves of a name is still masked. Of two recorded ones that overlap, because
    two copies of the project did not know of each other, the first one holds.
    """
    kept = list(_without_overlaps(recorded))
    rest = [piece for mask in masks for piece in _left_of(mask, kept, text)]
    return tuple(sorted([*kept, *rest], key=_start)) if kept else tuple(masks)


class ShownWords:
    """The words of one study as they may be shown, worked out once for each version."""

    def __init__(self, forbidden: Forbidden, recorded: Mapping[str, Sequence[Edit]]) -> None:
        """`recorded` are the edits that somebody made, by uid of the version."""
        self._forbidden = forbidden
        self._recorded = recorded
        self._edits: dict[str, tuple[Edit, ...]] = {}
        self._labels: dict[str, str] = {}
        spelt = [
            *(term.words for term in forbidden.terms.masked),
            *(forbidden.terms.misspelt or ()),
        ]
        forms = [plain_words(one) for one in spelt]
        self._of_names = {word for form in forms for word in (*form, "".join(form))}

    def edits(self, version: str, text: str) -> tuple[Edit, ...]:
        """What is shown otherwise of a version, in order, none overlapping."""
        if version not in self._edits:
            recorded = [self._safe(edit) for edit in self._recorded.get(version, ())]
            self._edits[version] = combined(recorded, self._forbidden.edits(text), text)
        return self._edits[version]

    def stretch(self, version: str, text: str, start: int, end: int) -> tuple[str, int]:
        """The words of a stretch as they may be shown, and how many edits are in them."""
        words, count = shown(text, start, end, self.edits(version, text))
        return self._with_clean_ends(words, count) if self._of_names else (words, count)

    def words(self, text: str) -> str:
        """Words of the team, such as a memo, without the names that may not leave."""
        return shown(text, 0, len(text), self._forbidden.edits(text))[0]

    def label(self, text: str) -> str:
        """What is said of somebody or something, such as a role or the name of a transcript.

        Unlike `words` it keeps what attributions may say: whole names of those who agreed, places.
        """
        if text not in self._labels:
            found = [Edit(one.span, one.shown) for one in self._forbidden.found(text)]
            self._labels[text] = shown(text, 0, len(text), found)[0]
        return self._labels[text]

    def _safe(self, edit: Edit) -> Edit:
        """A recorded edit whose own words hold no name."""
        return Edit(edit.span, f"[{self.words(edit.shown[1:-1])}]") if self._of_names else edit

    def _with_clean_ends(self, words: str, count: int) -> tuple[str, int]:
        """Cut from what stands beside it, a word can be a name: `Ann` of `Annual`."""
        ends = (*plain_words(words[:_EDGE])[:1], *plain_words(words[-_EDGE:])[-1:])
        if self._of_names.isdisjoint(ends):
            return words, count
        edits = self._forbidden.edits(words)
        return shown(words, 0, len(words), edits)[0], count + len(edits)


NOTHING_HIDDEN: Final = ShownWords(Forbidden(Terms(), names_at_hand=True), {})
"""For words of nobody known, which are shown as they are."""


def _without_overlaps(edits: Iterable[Edit]) -> Iterator[Edit]:
    end = 0
    for edit in sorted(edits, key=_start):
        if edit.span.start >= end:
            yield edit
            end = edit.span.end


def _left_of(mask: Edit, recorded: Sequence[Edit], text: str) -> Iterator[Edit]:
    """What recorded edits leave of a mask, without blanks at its ends."""
    at = mask.span.start
    beside = (edit.span for edit in recorded if edit.span.overlaps(mask.span))
    for start, end in [*((span.start, span.end) for span in beside), (mask.span.end, 0)]:
        words = text[at:start]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield Edit(Span(at + lead, at + len(words.rstrip())), mask.shown)
        at = max(at, end)


def _start(edit: Edit) -> int:
    return edit.span.start


def _end(edit: Edit) -> int:
    return edit.span.end
