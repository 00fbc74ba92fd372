"""What a reader is given: the bytes of one file and what is known of them; and what a reader is.

No reader opens a file itself: who calls it has the bytes, so the same call gives the same reading.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import TooLargeError

# An interview of one hour is some 60 kB; two million words, the largest text that anybody showed
# us, are 12 MB. More is a mistake or an attack, and would not be read in reasonable memory.
LARGEST_TEXT_BYTES = 24_000_000

# A day of subtitles has a hundred thousand lines; millions of short ones would take the memory
# that the size alone does not.
MOST_LINES = 500_000


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file.

    `name` is its file name, `where` how errors name it (a path as the person gave it), `encoding`
    the one that the person gave, or None where it is to be found out.
    """

    data: bytes
    name: str
    where: str
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read: `name` as `--format` takes it, `title` as people call it."""

    name: str
    title: str


def check_length(length: int, where: str) -> None:
    """Raise TooLargeError for more bytes or characters than any interview has."""
    if length > LARGEST_TEXT_BYTES:
        raise TooLargeError(
            where=where,
            size_mb=length // 1_000_000,
            limit_mb=LARGEST_TEXT_BYTES // 1_000_000,
        )
