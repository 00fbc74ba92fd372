"""Are two transcripts the same interview? Answered from a kilobyte or two kept beside each text.

A text becomes its plain words, and in writing without blanks its letters; `words_digest` tells
whether two texts have the same ones. Of their runs of five a small sample is kept that is the same
in every copy (`sketch`). Two samples tell how much of the shorter text stands in the longer
(`alike`), and an index over many samples finds the pairs without comparing each with each
(`near_duplicates`): the eight-hundredth transcript costs what the first did. A sketch is part of
its interview: who erases the text erases the sketch.

Broder, "On the resemblance and containment of documents" (1997), with a sample of bounded size.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, repeat

from qualcode.text.words import UNSPACED

RUN_WORDS = 5
"""Words of one run: so many that two people rarely say the same run by chance."""

# In writing without blanks a letter stands for a word. Five letters are said again by chance, so
# each takes some after it along: a run is then about as long as five words are.
_LETTERS_ALONG = 15  # Thai and its neighbours write words of four or five letters
_IDEOGRAPHS_ALONG = 3  # Chinese and Japanese of one or two
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

SAMPLE_SIZE = 512
"""A text of no more runs keeps them all, a longer one between half as many and as many."""

MOST_KEPT = 1024
"""Runs kept of a text in which one turn of phrase returns without end."""

NEAR_CONTAINMENT = 0.25
"""Share of the shorter text from which a pair is worth a warning.

Unrelated interviews stay below 0.11 even with one question guide; half of a transcript, the work
of another speech engine and a corrected copy are above 0.45.
"""

FEWEST_SHARED_RUNS = 5
"""Sampled runs that two texts must share at the least: a greeting proves nothing."""

MOST_HOLDERS = 16
"""Texts remembered for one run: what more of them say is a preamble, or their sixteenth copy."""

_HEADER = struct.Struct("<BI")  # version of this layout, limit of the sample
_VERSION = 1

# Words are cut in UTF-8, three times as fast as by \w+: letters and digits of ASCII and all beyond
# ASCII but the marks that word processors put in by themselves. A mark forgotten here changes a
# word or two of a text, in every copy alike.
_TYPOGRAPHY = "“”„‘’‚«»‹›–—―…·•¿¡、。「」《》\u00a0\u00ad\u200b\u200e\u200f"
_LETTERS = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyz") | frozenset(range(0x80, 0x100))
_TO_BLANKS = bytes(byte if byte in _LETTERS else 0x20 for byte in range(256))

# UNSPACED of `words` in UTF-8, or all that stands between two blanks and such letters.
_UNSPACED = (
    rb"(?:\xe0[\xb8-\xbb][\x80-\xbf]|\xe1(?:[\x80\x81\x9e\x9f][\x80-\xbf]|\x82[\x80-\x9f])"
    rb"|\xe3(?:[\x81-\x83]|[\x90-\xbf])[\x80-\xbf]|[\xe4-\xe9][\x80-\xbf]{2}"
    rb"|\xef[\xa4-\xab][\x80-\xbf])"
)
_LETTER_OR_WORD = re.compile(_UNSPACED + rb"|(?:(?!" + _UNSPACED + rb")[^ ])+")

# With one of these bytes begins, in UTF-8, every letter of a writing without blanks, and few others
# do: whether there are any costs 0.05 ms instead of 0.5.
_MAY_BE_UNSPACED = frozenset((0xE0, 0xE1, *range(0xE3, 0xEA), 0xEF))
_SURELY_SPACED = bytes(set(range(256)) - _MAY_BE_UNSPACED)

# A run's mark is 16 bits that its first two words give and 16 that all five give. A text keeps the
# marks below a limit, half as high for every doubling of its length: so only the runs that enter
# are put together, and of two samples the one with the lower limit says what to compare.
_NO_LIMIT = 1 << 32


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts have in common, estimated from their sketches.

    `containment` is the share of the shorter text's runs that stand in the longer one too,
    `jaccard` the share of the runs of both; 0 to 1. `shared` counts the sampled runs in which they
    agree.
    """

    containment: float
    jaccard: float
    shared: int

    @property
    def is_near(self) -> bool:
        """True where a person should look whether the two are one interview."""
        return self.containment >= NEAR_CONTAINMENT and self.shared >= FEWEST_SHARED_RUNS


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two transcripts, by the names they were given under, that may be one interview."""

    new: str
    known: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept beside a text to know it again: the digest of its words, and its sketch."""

    words_digest: str
    sketch: bytes


def fingerprint(text: str) -> Fingerprint:
    """Both at once, which spares cutting the words twice; 1.2 ms for 8,000 words."""
    words = _plain_words(text)
    return Fingerprint(_digest(words), _sketch(words))


def words_digest(text: str) -> str:
    """A sha256 that texts share if they differ only in case, punctuation, blanks or Unicode form.

    `text` is speech alone: labels and times are no words of the interview.
    """
    return _digest(_plain_words(text))


def sketch(text: str) -> bytes:
    """The sample of a text's runs, about one to two kilobytes; the same on every machine."""
    return _sketch(_plain_words(text))


def alike(one: bytes, other: bytes) -> Likeness:
    """How much the texts behind two sketches have in common."""
    return _compare(_Sample(one), _Sample(other))


def near_duplicates(
    new: Mapping[str, bytes], known: Mapping[str, bytes]
) -> tuple[NearDuplicate, ...]:
    """Which of the new texts may be one interview with a known one, or with a new one before it.

    Both map names to sketches. In the order of `new`, the likest first, at most `MOST_HOLDERS` for
    each. A text of fewer words than one run is near to nothing.
    """
    index = _Index()
    for name, packed in known.items():
        index.add(name, _Sample(packed))
    found: list[NearDuplicate] = []
    for name, packed in new.items():
        sample = _Sample(packed)
        pairs = [
            NearDuplicate(name, holder, _compare(sample, index.samples[holder]))
            for holder in index.holders(sample)
        ]
        near = [pair for pair in pairs if pair.likeness.is_near]
        found.extend(sorted(near, key=lambda pair: -pair.likeness.containment))
        index.add(name, sample)
    return tuple(found)


def word_likeness_within(one: str, other: str, *, at_most: int) -> float | None:
    """The share of words, 0 to 1, that stand in both texts in one order: for the few pairs found.

    0.95 and more is the same interview, corrected; 0.60 and more the work of another engine, a
    cleaned text or a part. 7 ms for two texts of 7,000 words. None where a text has more words than
    `at_most`; in writing without blanks each letter is one: what counts is what it costs.
    """
    left, right = _plain_words(one), _plain_words(other)
    if max(len(left), len(right)) > at_most:
        return None
    from rapidfuzz.distance import Indel  # 14 ms to load

    return float(Indel.normalized_similarity(left, right))


class _Sample:
    """An unpacked sketch: all marks of the text up to `highest`, and none above."""

    __slots__ = ("highest", "marks")

    def __init__(self, packed: bytes) -> None:
        version, self.highest = _HEADER.unpack_from(packed)
        if version != _VERSION:
            raise ValueError(f"not a sketch of version {_VERSION}: {version}")
        count = (len(packed) - _HEADER.size) // 4
        self.marks: tuple[int, ...] = struct.unpack_from(f"<{count}I", packed, _HEADER.size)


def _compare(one: _Sample, other: _Sample) -> Likeness:
    highest = min(one.highest, other.highest)
    left = {mark for mark in one.marks if mark <= highest}
    right = {mark for mark in other.marks if mark <= highest}
    shared = len(left & right)
    if not shared:
        return Likeness(0.0, 0.0, 0)
    return Likeness(shared / min(len(left), len(right)), shared / len(left | right), shared)


class _Index:
    """Which texts hold which run. A run that one text holds, the usual case, costs no list."""

    def __init__(self) -> None:
        self.samples: dict[str, _Sample] = {}
        self._first: dict[int, str] = {}
        self._more: dict[int, list[str]] = {}

    def add(self, name: str, sample: _Sample) -> None:
        self.samples[name] = sample
        for mark in sample.marks:
            if self._first.setdefault(mark, name) is not name:
                holders = self._more.setdefault(mark, [])
                if len(holders) < MOST_HOLDERS:
                    holders.append(name)

    def holders(self, sample: _Sample) -> list[str]:
        """The texts that share the most runs with a sample, the most first."""
        known = [mark for mark in sample.marks if mark in self._first]
        counts = Counter(self._first[mark] for mark in known)
        for mark in known:
            counts.update(self._more.get(mark, ()))
        often = counts.most_common(MOST_HOLDERS)
        return [name for name, count in often if count >= FEWEST_SHARED_RUNS]


def _digest(words: list[bytes]) -> str:
    return hashlib.sha256(b" ".join(words)).hexdigest()


def _sketch(words: list[bytes]) -> bytes:
    if isinstance(words, _Letters):
        words = words.along()
    runs = len(words) - RUN_WORDS + 1
    limit = _NO_LIMIT
    while runs * limit > SAMPLE_SIZE * _NO_LIMIT:
        limit >>= 1
    firsts = map(zlib.crc32, words[1:], map(zlib.crc32, words))
    entering = [(at, first) for at, first in enumerate(firsts) if first < limit and at < runs]
    marks = {
        first & 0xFFFF0000 | zlib.crc32(b" ".join(words[at + 2 : at + RUN_WORDS]), first) & 0xFFFF
        for at, first in entering
    }
    while len(marks) > MOST_KEPT:
        limit >>= 1
        marks = {mark for mark in marks if mark < limit}
    return _HEADER.pack(_VERSION, limit - 1) + struct.pack(f"<{len(marks)}I", *sorted(marks))


def _plain_words(text: str) -> list[bytes]:
    if not text.isascii():
        for sign in _TYPOGRAPHY:
            text = text.replace(sign, " ")
        text = unicodedata.normalize("NFKC", text)
    plain = text.casefold().encode("utf-8", "surrogatepass").translate(_TO_BLANKS)
    if plain.translate(None, _SURELY_SPACED):
        return _Letters(_LETTER_OR_WORD.findall(plain))
    return plain.split()


class _Letters(list[bytes]):
    """The words of a text in which some letters of a writing without blanks are words."""

    def along(self) -> list[bytes]:
        """The words, each such letter with some that follow it."""
        letters = {word for word in self if len(word) == 3 and word[0] in _MAY_BE_UNSPACED}
        reach = {letter: _reach(letter.decode("utf-8", "surrogatepass")) for letter in letters}
        # Cut from one string: putting them together word by word takes ten times as long.
        whole = b"".join(self)
        ends = [*accumulate(map(len, self)), *repeat(len(whole), _LETTERS_ALONG)]
        return [
            whole[ends[at] - 3 : ends[at + reach[word] - 1]] if word in reach else word
            for at, word in enumerate(self)
        ]


def _reach(letter: str) -> int:
    """How many letters stand for the word that begins with this one."""
    if _IDEOGRAPH.match(letter):
        return 1 + _IDEOGRAPHS_ALONG
    return 1 + _LETTERS_ALONG if UNSPACED.match(letter) else 1
