"""Words as they may be shown: with the edits that somebody recorded, and without names.

The stored text stays as it is, so no offset ever moves. What stands in the place of other words is
in brackets: `[…]` for a cut, `[word]` for a word put right, `[P07]` for a name that may not leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from itertools import pairwise
from typing import Final

from qualcode.model.consent import CUT, Edit
from qualcode.model.spans import Span
from qualcode.services.consent.names.forbidden import Forbidden, Terms
from qualcode.text.edited import combined, shown
from qualcode.text.plain import plain_words

_EDGE: Final = 80
"""Characters at either end of a stretch in which its first and last word are looked for."""


class ShownWords:
    """The words of one study as they may be shown, worked out once for each version."""

    def __init__(
        self,
        forbidden: Forbidden,
        recorded: Mapping[str, Sequence[Edit]],
        masks: Mapping[str, Sequence[Edit]],
    ) -> None:
        """By uid of the version, `recorded` are the edits that somebody made, and `masks` stand
        where the names of those stood who were erased."""
        self._forbidden = forbidden
        self._recorded = recorded
        self._masks = masks
        self._cuts: tuple[Edit, ...] = ()
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
            names = combined(self._masks.get(version, ()), self._forbidden.edits(text), text)
            self._edits[version] = combined(self._cuts, combined(recorded, names, text), text)
        return self._edits[version]

    def edits_meet(self, version: str) -> bool:
        """True where two edits that somebody made of a version lie on the same words."""
        row = self._recorded.get(version, ())
        return any(two.span.start < one.span.end for one, two in pairwise(row))

    def without(self, stretches: Iterable[Span]) -> ShownWords:
        """The words of one version, without these stretches of it, in order."""
        other = copy(self)
        other._cuts = tuple(Edit(stretch, CUT) for stretch in stretches)
        other._edits = {}
        return other

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
        """A recorded edit whose own words hold no name; its brackets do for the mask, too."""
        words = edit.shown[1:-1]
        masks = [Edit(one.span, one.shown[1:-1]) for one in self._forbidden.edits(words)]
        return Edit(edit.span, f"[{shown(words, 0, len(words), masks)[0]}]") if masks else edit

    def _with_clean_ends(self, words: str, count: int) -> tuple[str, int]:
        """Cut from what stands beside it, a word can be a name: `Ann` of `Annual`."""
        ends = (*plain_words(words[:_EDGE])[:1], *plain_words(words[-_EDGE:])[-1:])
        if self._of_names.isdisjoint(ends):
            return words, count
        edits = self._forbidden.edits(words)
        return shown(words, 0, len(words), edits)[0], count + len(edits)


NOTHING_HIDDEN: Final = ShownWords(Forbidden(Terms(), names_at_hand=True), {}, {})
"""For words of nobody known, which are shown as they are."""
