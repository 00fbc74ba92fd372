"""One interview twice: what a file on its way in has in common with the transcripts there are.

Three questions, each asked only where the one before was answered with no: the same bytes, the same
words, nearly the same words. Nearly is a matter of measure and of luck, two people who answer one
question guide can sound alike, so nothing is decided here: a person says what becomes of a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from qualcode.services.intake.shortened import shortened
from qualcode.text import similarity
from qualcode.text.similarity import NearDuplicate

CORRECTED: Final = 0.95
"""Share of words in one order from which two texts are one interview before and after proofs."""

PROBABLE: Final = 0.60
"""The same for another speech engine's work, or a text that was cleaned."""

A_PART: Final = 0.60
"""Share of the shorter text that stands in the longer from which it is a part of it."""

_MEASURED: Final = 3
"""Transcripts that one file is held against word by word, the likest by their sketches first."""

_LONGEST_WORDS: Final = 80_000
"""Ten hours of speech; letters, in writing without blanks. The cost grows with the square, some
three seconds for two such texts: longer ones are judged by their sketches."""


class Sameness(StrEnum):
    """What two transcripts have in common, from the surest to the vaguest."""

    BYTES = "same-file"
    WORDS = "same-words"
    CORRECTED = "corrected"
    PROBABLE = "probable"
    PART = "part"


class Treatment(StrEnum):
    """What becomes of a file that has a double."""

    KEEP = "keep"
    LEAVE = "leave"
    REVISE = "revise"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file that would be the transcript `name`, and is much like the transcript `other`.

    `share` is 0 to 1: of the words, or of the shorter text for a part. `also` are the names of
    further transcripts that it is near to, the likest first; `also_all` is False where there may be
    others, for of very many copies not all are found. Of a file that was left out before, `share`
    is None, for nothing is measured anew, and so is a `sameness` that this program does not know.
    """

    file: str
    name: str
    other: str
    sameness: Sameness | None
    share: float | None = 1.0
    also: tuple[str, ...] = ()
    also_all: bool = True

    @property
    def code(self) -> str:
        """The stable name of its warning; how near is near is in the sentence."""
        sure = self.sameness in (Sameness.BYTES, Sameness.WORDS)
        return str(self.sameness) if sure else "near-duplicate"

    @property
    def sentence(self) -> str:
        """What a person should look at."""
        if self.share is None or self.sameness is None:
            return f"it is much like '{self.other}'"
        share = f"{int(100 * self.share)}%"  # a hundred is said of all words alone
        said = {
            Sameness.BYTES: f"it has the very bytes from which '{self.other}' came",
            Sameness.WORDS: f"it has the same words as '{self.other}'",
            Sameness.CORRECTED: (
                f"{share} of its words are those of '{self.other}': "
                "is it the same interview, corrected?"
            ),
            Sameness.PROBABLE: (
                f"{share} of its words stand in '{self.other}' in the same order: "
                "look whether they are one interview"
            ),
            Sameness.PART: (
                f"about {share} of the shorter of the two stands in '{self.other}' as well: "
                "look whether they are one interview"
            ),
        }[self.sameness]
        if not self.also:
            return said
        return f"{said} (and near to {shortened(self.also, are_all=self.also_all)})"


@dataclass(frozen=True, slots=True)
class Judged:
    """A double, and what became of its file."""

    double: Duplicate
    treatment: Treatment


Treating = Callable[[Duplicate], Treatment]
"""Says what becomes of a file; a person, or a choice that was made before."""

SURE: Final = frozenset({Sameness.BYTES, Sameness.WORDS, Sameness.CORRECTED})
"""What can be one interview before and after proofs; the rest are guesses, for people to judge."""


def where_sure(choice: Treatment) -> Treating:
    """A choice made before anything was seen: of guesses both are kept, with a warning.

    A part of a text would else become the version that follows the whole.
    """
    return lambda double: choice if double.sameness in SURE else Treatment.KEEP


EVERY: Final = frozenset({*Sameness, ""})
"""As `asked_again`, of all that was left out: a person is there to be asked."""


def asked_again(choice: Treatment) -> Collection[str]:
    """The samenesses of which a choice counts of files that were left out before, too.

    To keep is said of every double. A correction is said of what is surely one interview, and what
    a person judged of a guess stands; so does all where doubles are to be left out.
    """
    if choice is Treatment.KEEP:
        return EVERY
    return SURE if choice is Treatment.REVISE else frozenset()


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared: the digest of a text's words, its sketch, and its words when asked for."""

    words_sha256: str
    sketch: bytes
    words: Callable[[], str]


class Candidate(NamedTuple):
    """A transcript that a new text may be one interview with, by its key, and why."""

    other: str
    sameness: Sameness
    share: float


class Likes(NamedTuple):
    """What one new text is like, the surest first; `more` are near by their sketches alone.

    `are_all` is False where there are so many that others may be near as well.
    """

    candidates: list[Candidate]
    more: Sequence[str] = ()
    are_all: bool = True


def candidates(new: Mapping[str, Text], known: Mapping[str, Text]) -> Iterator[tuple[str, Likes]]:
    """The key of each new text that is like others, with those.

    They are known texts, and new ones before it in the order of `new`.
    """
    same = dict(_of_the_same_words(new, known))
    near = _near(new, known)
    for name in new:
        told = same.get(name)
        pairs = [pair for pair in near.get(name, ()) if told is None or pair.known != told]
        found = [] if told is None else [Candidate(told, Sameness.WORDS, 1.0)]
        found += _measured(pairs[:_MEASURED], new, known)
        if found:
            more = tuple(pair.known for pair in pairs[_MEASURED:])
            yield name, Likes(found, more, len(near.get(name, ())) < similarity.MOST_HOLDERS)


def _of_the_same_words(
    new: Mapping[str, Text], known: Mapping[str, Text]
) -> Iterator[tuple[str, str]]:
    by_words = {text.words_sha256: name for name, text in known.items()}
    for name, text in new.items():
        other = by_words.setdefault(text.words_sha256, name)
        if other != name:
            yield name, other


def _near(new: Mapping[str, Text], known: Mapping[str, Text]) -> dict[str, list[NearDuplicate]]:
    """The pairs that are near by their sketches, by the name of the new text."""
    pairs: dict[str, list[NearDuplicate]] = defaultdict(list)
    for pair in similarity.near_duplicates(
        {name: text.sketch for name, text in new.items()},
        {name: text.sketch for name, text in known.items()},
    ):
        pairs[pair.new].append(pair)
    return pairs


def _measured(
    pairs: Sequence[NearDuplicate], new: Mapping[str, Text], known: Mapping[str, Text]
) -> list[Candidate]:
    """Those that are near by their words too, the likest first."""
    found = []
    for pair in pairs:
        other = new.get(pair.known) or known[pair.known]
        measured = _measure(pair, new[pair.new].words(), other.words())
        if measured is not None:
            found.append(measured)
    return sorted(found, key=lambda one: -one.share)


def _measure(pair: NearDuplicate, one: str, other: str) -> Candidate | None:
    """What two texts have in common, or None where it is too little to speak of."""
    share = similarity.word_likeness_within(one, other, at_most=_LONGEST_WORDS)
    if share is not None and share >= PROBABLE:
        sameness = Sameness.CORRECTED if share >= CORRECTED else Sameness.PROBABLE
        return Candidate(pair.known, sameness, share)
    part = pair.likeness.containment
    return Candidate(pair.known, Sameness.PART, part) if part >= A_PART else None
