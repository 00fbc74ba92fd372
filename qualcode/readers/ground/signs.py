"""Signs that the text of a transcript never holds: no database takes them, or they hide a line end.

A format can write each of them by its number, in an entity or an escape.
"""

from __future__ import annotations

import re

UNWELCOME: dict[int, str | None] = {0: None, 0xFEFF: None}
"""For `str.translate`: NUL, and the byte order mark, which is no sign."""

ONE_LINE = UNWELCOME | {ord(sign): " " for sign in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
"""For `str.translate`: breaks become blanks as well, where none of them ends a line on the page."""

BLANKS = re.compile("[ \t\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
"""What a page shows as one blank; a blank that breaks no line is a sign of its own."""

NOT_FOR_TEXT = re.compile("[\0\ufeff\ud800-\udfff]")
"""The unwelcome signs, and halves of characters."""


def storable(text: str) -> str:
    """A text without the signs that no database takes."""
    return NOT_FOR_TEXT.sub("", text)
