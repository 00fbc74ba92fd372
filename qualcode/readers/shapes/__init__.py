"""The shapes of JSON that speech engines and transcript editors write, one module each.

To add one write a module with `knows(document)` and `speech(document)`, and one line below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qualcode.readers.shapes import (
    aapb,
    adhoc,
    assemblyai,
    aws,
    azure,
    deepgram,
    dpe,
    google,
    kaldi,
    podlove,
    revai,
    speechmatics,
    watson,
    whisper,
)

if TYPE_CHECKING:
    from qualcode.readers.shapes.fields import Json
    from qualcode.readers.shapes.passages import Speech


class Shape(Protocol):
    """What a module of this room offers for its shape."""

    def knows(self, document: Json) -> bool:
        """True where a document is of this shape; single fields may still be missing or null."""

    def speech(self, document: Json) -> Speech:
        """What was said, in the order of the file."""


# Asked in this order: those with keys that nobody else has, then those that look like each other,
# and what people make up themselves last.
SHAPES: tuple[Shape, ...] = (
    aws,
    watson,
    google,
    azure,
    deepgram,
    speechmatics,
    revai,
    kaldi,
    dpe,
    aapb,
    assemblyai,
    podlove,
    whisper,
    adhoc,
)


def find_shape(document: Json) -> Shape | None:
    """The shape that a document has, or None where no shape knows it."""
    return next((shape for shape in SHAPES if shape.knows(document)), None)
