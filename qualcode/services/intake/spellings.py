"""Labels that look like another spelling of one speaker: proposed for a person to say, never done.

Hand-edited transcripts have `Checheur` beside `Chercheur`, `LEHRER` after `JIM LEHRER`, and
`PAULETTELOOMIS`. They have `I` and `P`, `Speaker 1` and `Speaker 2`, `Interviewer` and
`Interviewee`, `Simon` and `Simone` as well, who are different people. So what could be two people
is left alone, and a slip that goes unproposed does less harm than a wrong proposal.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from qualcode.services.intake.roles import ROLE_WORDS, words
from qualcode.text.folding import fold

_MOST_LABELS = 60
"""A cast is smaller; more labels are a misread file, and pairs grow with the square."""

_LETTERS_OF_A_SLIP = 5
"""Letters that a word must have for one of them to be a slip: `Tom` and `Tim` are two people."""

_SELDOM = 4
"""A name's slip is as seldom as that, against the name itself: one in four turns, or fewer."""

_ANSWERS = 3
"""Where more than one turn in three of a label stands beside the other label, the two talk."""

_ALIKE_TO_A_TABLE = 80.0
"""Score of rapidfuzz from which a label is what a manifest calls a speaker whom no label has."""

_TITLES = words("""
    mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep rev hon gov the pres
    herr frau fr hr m mme mlle monsieur madame sr sra srta senhor senhora signor signora don dona
    """)

_ANYBODY = ROLE_WORDS | words("""
    speaker speakers voice voices man woman men women male female boy girl person people audience
    member members guest guests host caller narrator student students teacher pupil nurse doctor
    patient judge witness court officer clerk reporter announcer chair chairman chairwoman child
    children kid kids mother father mom mum mam dad sister brother husband wife daughter son uncle
    aunt grandmother grandfather grandma grandpa friend neighbour neighbor colleague staff worker
    manager director secretary president minister mayor priest driver interpreter translator
    caretaker unknown unidentified unclear other others another all both group crowd someone
    somebody anyone everyone everybody several first second third old young new assistant deputy
    sprecher sprecherin stimme mann frau kind mutter vater alle beide gruppe publikum unbekannt
    locuteur locutrice voix homme femme enfant mere pere tous groupe public inconnu inconnue
    orador oradora hablante voz hombre mujer madre padre todos grupo publico desconocido
    """)
"""Words for anybody: `Student` is no shorter name of `Male Student`."""

_LETTERS_OF_A_CODE = 2
"""`P07`, `IV`: with three letters it may be a Tom."""

_CODE = re.compile(r"[^\W\d_]{1,2}[ _.-]?\d*")
_NUMBER = re.compile(r"\d+")
_BESIDE = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")


@dataclass(frozen=True, slots=True)
class Likely:
    """A label that is probably another spelling of `same_as`; `likeness` is of 100."""

    label: str
    same_as: str
    likeness: float


@dataclass(frozen=True, slots=True)
class _Name:
    """What of a label is compared: words without titles, what stands in brackets, numbers."""

    label: str
    words: tuple[str, ...]
    titles: frozenset[str]
    beside: str
    numbers: tuple[str, ...]

    @property
    def letters(self) -> str:
        return "".join(self.words).replace("'", "")


def likely_spellings(turns: Sequence[str], *, wanted: Sequence[str] = ()) -> list[Likely]:
    """The labels of one transcript that are probably another label, each once, in order.

    `turns` are the labels of all turns in order, "" where none is. `wanted` are labels that a
    manifest gives and no turn has: a label that is very like one of them is proposed for it.
    """
    counts = Counter(filter(None, turns))
    if not 0 < len(counts) <= _MOST_LABELS:
        return []
    names = {label: _name(label) for label in counts}
    found: dict[str, list[_Name]] = {}
    for one, other in combinations(names.values(), 2):
        spelling = _spelling(one, other, counts, turns)
        if spelling is not None:
            found.setdefault(spelling.label, []).append(other if spelling is one else one)
    meant = {
        label: max(targets, key=lambda name: counts[name.label]).label
        for label, targets in found.items()
        if len({target.letters for target in targets}) == 1
    }
    for label, target in _of_the_table(names, wanted):
        meant.setdefault(label, target)
    return [
        Likely(label, meant[label], _likeness(label, meant[label]))
        for label in counts
        if label in meant
    ]


def is_nobodys_name(label: str) -> bool:
    """True of a label that is no name for certain: `I`, `P07`, `Speaker 2`, `SPEAKER_00`.

    Whole words for anybody, or one or two letters, perhaps with a number.
    """
    bare = [word.replace("'", "") for word in _words(fold(label))]
    if not bare:
        return any(sign.isdigit() for sign in label)
    if all(word in _ANYBODY for word in bare):
        return True
    return len(bare) == 1 and len(bare[0]) <= _LETTERS_OF_A_CODE and bool(_CODE.fullmatch(label))


def nearly(target: str, labels: Iterable[str]) -> bool:
    """True where a label is all but the target: a slip in typing it."""
    meant = _name(target)
    return any(
        not _are_told_apart(meant, _name(label))
        and (meant.letters == _name(label).letters or _is_slip(meant, _name(label)))
        for label in labels
    )


def _is_slip(one: _Name, other: _Name) -> bool:
    pairs = [pair for pair in zip(one.words, other.words, strict=False) if pair[0] != pair[1]]
    return (
        len(one.words) == len(other.words)
        and one.beside == other.beside
        and len(pairs) == 1
        and _one_letter_wrong(*pairs[0])
    )


def _spelling(
    one: _Name, other: _Name, counts: Mapping[str, int], turns: Sequence[str]
) -> _Name | None:
    """The one of two that is probably another spelling of the other."""
    if _are_told_apart(one, other):
        return None
    if one.letters == other.letters or sorted(one.words) == sorted(other.words):
        return min(one, other, key=lambda name: (_parts(name), counts[name.label]))
    shorter = _shorter(one, other)
    if shorter is not None:
        return None if _talk(one, other, counts, turns, share=_ANSWERS) else shorter
    slip = _slip(one, other, counts)
    if slip is None or _is_role(other if slip is one else one):
        return slip
    return None if _talk(one, other, counts, turns, share=None) else slip


def _are_told_apart(one: _Name, other: _Name) -> bool:
    """True where a number, a title or what stands in brackets says that they are two people."""
    return (
        one.numbers != other.numbers
        or not (one.words and other.words)
        or bool(one.titles and other.titles and one.titles != other.titles)
        or bool(one.beside and other.beside and one.beside != other.beside)
    )


def _shorter(one: _Name, other: _Name) -> _Name | None:
    """The one that is the first or the last name of the other."""
    short, full = sorted((one, other), key=lambda name: len(name.words))
    word = short.words[0]
    if len(short.words) != 1 or len(full.words) < 2 or short.beside or len(word) < 3:
        return None
    if word in _ANYBODY or any(part in _ANYBODY for part in full.words):
        return None
    return short if word in (full.words[0], full.words[-1]) else None


def _slip(one: _Name, other: _Name, counts: Mapping[str, int]) -> _Name | None:
    """The one that has one letter wrong, within one word that is else the same."""
    if not _is_slip(one, other):
        return None
    parts = zip(one.words, other.words, strict=True)
    known = [word in _ANYBODY for pair in parts if pair[0] != pair[1] for word in pair]
    if any(known):
        return None if all(known) else (other if known[0] else one)
    seldom, often = sorted((one, other), key=lambda name: counts[name.label])
    return seldom if _SELDOM * counts[seldom.label] <= counts[often.label] else None


@lru_cache(maxsize=4096)
def _one_letter_wrong(one: str, other: str) -> bool:
    """One letter more, less or other, or two exchanged; not the first, and none of the ending.

    An ending makes another word of it: Participants, Befragter, Simone.
    """
    if min(len(one), len(other)) < _LETTERS_OF_A_SLIP or abs(len(one) - len(other)) > 1:
        return False
    if one[0] != other[0] or (one[-2:] != other[-2:] and sorted(one) != sorted(other)):
        return False
    from rapidfuzz.distance import OSA  # 14 ms; only where two labels are nearly one

    return OSA.distance(one, other) == 1


def _talk(
    one: _Name, other: _Name, counts: Mapping[str, int], turns: Sequence[str], *, share: int | None
) -> bool:
    """True where the two answer each other: once where `share` is None, else that often."""
    both = {one.label, other.label}
    beside = sum({before, after} == both for before, after in pairwise(turns))
    return beside * (share or len(turns)) > (min(counts[label] for label in both) if share else 0)


def _is_role(name: _Name) -> bool:
    return any(word in ROLE_WORDS for word in name.words)


def _parts(name: _Name) -> int:
    return len(name.words) + bool(name.beside) + len(name.titles)


def _of_the_table(names: Mapping[str, _Name], wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Labels very like a speaker of a manifest whom no label has, where only one can be meant."""
    for target in dict.fromkeys(wanted):
        meant = _name(target)
        near = [
            name
            for name in names.values()
            if name.numbers == meant.numbers
            and min(len(name.letters), len(meant.letters)) >= _LETTERS_OF_A_SLIP
            and _likeness(name.label, target) >= _ALIKE_TO_A_TABLE
            and not (_are_anybody(name) and _are_anybody(meant))
        ]
        if len(near) == 1 and near[0].label != target:
            yield near[0].label, target


def _are_anybody(name: _Name) -> bool:
    return all(word in _ANYBODY for word in name.words)


def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz  # 14 ms; only where there is something to propose

    return round(fuzz.ratio(fold(one), fold(other)), 1)


@lru_cache(maxsize=4096)  # 800 interviews have the same few labels
def _name(label: str) -> _Name:
    folded = fold(label)
    parts = [_words(part) for part in _BESIDE.sub(" ", folded).split(",")]
    said = parts[0]
    if len(parts) == 2 and len(parts[0]) == 1 and parts[1]:
        said = [*parts[1], *parts[0]]  # `Hurst, Peter`
    return _Name(
        label,
        tuple(word for word in said if word not in _TITLES),
        frozenset(word for word in said if word in _TITLES),
        " ".join(_words(" ".join(_BESIDE.findall(folded)))),
        tuple(_NUMBER.findall(folded)),
    )


def _words(text: str) -> list[str]:
    """Runs of letters with their marks: without its vowel signs a Hindi name is another."""
    return "".join(
        sign if sign.isalpha() or sign == "'" or unicodedata.category(sign)[0] == "M" else " "
        for sign in text
    ).split()
