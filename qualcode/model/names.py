"""What is known of names besides the participants' own: it stands in the identities file alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class NameKind(StrEnum):
    """What bears a listed name."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name that may not leave though it is no participant's, and what is shown in its place.

    Without words of its own `[name]` is shown for a person, `[place]` and `[organisation]` for
    the others.
    """

    name: str
    kind: NameKind = NameKind.PERSON
    shown: str | None = None
    aliases: tuple[str, ...] = ()


class Verdict(StrEnum):
    """What somebody said that a form in a text is."""

    PARTICIPANT = "participant"
    OTHER_PERSON = "other-person"
    WORD = "word"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a form, as it is written in the texts, was said to be.

    `of` is the participant's code or the listed name that it stands for; of what is let out it is
    the codes, parted by `; `, of those whose name it is, or may be, misspelt, and who was asked
    about, or None. So it is behind the code of a participant, of whom else it could be. `by` is who
    said so and `at` when, in UTC; neither was kept of what older versions were told. The same said
    again is the same.
    """

    form: str
    verdict: Verdict
    of: str | None = None
    by: str | None = field(default=None, compare=False)
    at: str | None = field(default=None, compare=False)
