"""Words in a field that nobody has to save: kept in each pause, and however the field is left.

Where they cannot be kept that is told, it is tried again and again, and whoever leaves is held
once: the same key again leaves without them. What keeping means is the owner's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.widgets import TextArea

from qualcode.errors import QualcodeError

if TYPE_CHECKING:
    from textual.timer import Timer

KEEP_S = 1.0
"""When nothing is typed for so long, words are kept as they are: a power cut costs no more."""

AGAIN_S = 3.0
"""How long after a failure it is tried again: by then another program may have let go of a file."""

NOT_KEPT = "Not kept. The same key again leaves without it."

Keep = Callable[[str], object]
"""Gets the whole text, and may raise QualcodeError."""


class KeptWords:
    """The words of a field, and as they were kept last.

    `tell` is told of words that wait to be kept (None), and then why they were not ("" where they
    were).
    """

    def __init__(
        self, area: TextArea, words: str, keep: Keep, *, tell: Callable[[str | None], object]
    ) -> None:
        self._area, self._keep, self._tell = area, keep, tell
        self._kept = words
        self._pending: Timer | None = None
        self._failed_with: str | None = None
        self._given_up = False

    @property
    def words(self) -> str:
        """As they were kept last."""
        return self._kept

    @property
    def wait(self) -> bool:
        """True for words that were not kept yet."""
        return self._area.text != self._kept

    def begin(self, words: str) -> None:
        """Have other words in the field, which are kept already."""
        self._stop()
        self._kept, self._failed_with, self._given_up = words, None, False

    def changed(self) -> None:
        """Something was typed: keep it in the next pause."""
        if self._pending is not None:
            self._pending.reset()
        elif self.wait:
            self._pending = self._area.set_timer(KEEP_S, self.keep_now)
            self._tell(None)

    def keep_now(self) -> bool:
        """Keep what is written; False where that failed, which is told."""
        self._stop()
        problem = self._problem_with_keeping()
        self._tell(problem or "")
        if problem is not None:
            self._pending = self._area.set_timer(AGAIN_S, self.keep_now)
        return problem is None

    def keep_then(self, leave: Callable[[], object]) -> None:
        """Keep it and leave; where it cannot be kept, a second time leaves all the same."""
        # Behind the keys that are on their way to the words.
        self._area.call_later(self._keep_and, leave)

    def _keep_and(self, leave: Callable[[], object]) -> None:
        words = self._area.text
        self._given_up = not self.keep_now() and words == self._failed_with
        if self._given_up:
            self._stop()
        if self._given_up or not self.wait:
            leave()
        self._failed_with = words

    def problem_at_the_end(self) -> str | None:
        """Keep it at the last moment; why that could not be, unless somebody left without it."""
        return None if self._given_up else self._problem_with_keeping()

    def _stop(self) -> None:
        if self._pending is not None:
            self._pending.stop()
            self._pending = None

    def _problem_with_keeping(self) -> str | None:
        words = self._area.text
        if words != self._kept:
            try:
                self._keep(words)
            except QualcodeError as problem:
                return str(problem)
            self._kept = self._area.text
        return None
