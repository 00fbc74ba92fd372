"""What scripts and people make up: a list of objects with words under one of the known names.

The list may stand alone, under a name, or as an object keyed "0", "1" …; fields are recognised by
what they are called, whatever their case: words, speaker, start, end, length.
"""

from __future__ import annotations

from itertools import chain, islice
from operator import methodcaller
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar import vocabulary
from qualcode.readers.grammar.clocks import are_ms
from qualcode.readers.shapes.fields import (
    MILLISECOND_MS,
    MOST_ENTRIES,
    SECOND_MS,
    Json,
    LongListError,
    first_of,
    label_of,
    moment_of,
    objects,
    range_of,
    text_of,
)
from qualcode.readers.shapes.passages import Passage, Speech, Word, gathered, put_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


def _plain(key: str) -> str:
    return key.casefold().replace("_", "").replace("-", "").replace(" ", "")


def _known(likely: str, columns: Iterable[str] = ()) -> tuple[str, ...]:
    """Names of fields in the form in which they are compared, the likelier ones first."""
    return tuple(dict.fromkeys((*likely.split(), *sorted(map(_plain, columns)))))


_WORDS = _known(
    "text transcript content utterance sentence body caption message word", vocabulary.WORDS_COLUMNS
)
_SPEAKERS = _known(
    "speakername speaker speakerlabel name who role author from participant label speakerid"
    " speakertag",
    vocabulary.SPEAKER_COLUMNS,
)
_STARTS = _known(
    "start starttime begin from timestamp time offset ts startms datastart", vocabulary.TIME_COLUMNS
)
_ENDS = _known("end endtime to stop endms dataend", vocabulary.END_COLUMNS)
_LENGTHS = _known("duration length dur")
_LISTS = _known(
    "transcript transcription utterances turns segments results entries dialogue conversation"
    " interview messages data items lines captions"
)
_FIELDS = frozenset((*_WORDS, *_SPEAKERS, *_STARTS, *_ENDS, *_LENGTHS, *_LISTS))
# Objects with more keys than these are no turns of speech.
_MOST_KEYS = 1_000


class _Names(NamedTuple):
    """The fields of a list that say what, who and when, as the file spells them."""

    words: tuple[str, ...]
    speaker: tuple[str, ...]
    start: tuple[str, ...]
    end: tuple[str, ...]
    length: tuple[str, ...]


def knows(document: Json) -> bool:
    """True where exactly one list, or one of a known name, has objects with words."""
    return bool(_find_entries(document)[0])


def speech(document: Json) -> Speech:
    """One passage an object; where each is a single word, they are put together."""
    entries, others = _find_entries(document)
    names = _find_names(entries)
    one_by_one = any(isinstance(said, list) for said in map(_getter(names.words), entries))
    doubts: list[tuple[str, str]] = []
    if others:
        doubts.append(("list-left-out", f"{others} other lists with words were not read"))
    if one_by_one:
        words = list(_single_words(entries, names))
        unit_ms = _unit(((word[0], word[2]) for word in words), names, doubts)
        passages: Iterable[Passage] = put_together(words, unit_ms=unit_ms)
    else:
        said, start = _getter(names.words), _getter(names.start)
        unit_ms = _unit(((text_of(said(at)), start(at)) for at in entries), names, doubts)
        passages = gathered(_passages(entries, names, unit_ms))
    return Speech(passages, doubts=tuple(doubts))


def names_field(key: str) -> bool:
    """True for a key under which turns, words, speakers or times are looked for."""
    return _plain(key) in _FIELDS


def _find_entries(document: Json) -> tuple[list[dict[str, Json]], int]:
    """The objects that hold the words, or none, and how many other lists have such objects."""
    if isinstance(document, list):
        return _with_words(objects(document)), 0
    if not isinstance(document, dict):
        return [], 0
    keyed = _with_words(_numbered(document))
    if keyed:
        return keyed, 0
    found = {
        _plain(key): entries
        for key, value in document.items()
        if (entries := _with_words(objects(value) or _numbered(value)))
    }
    if len(found) == 1:
        return next(iter(found.values())), 0
    return next((found[name] for name in _LISTS if name in found), []), len(found) - 1


def _numbered(value: Json) -> list[dict[str, Json]]:
    """The values of an object whose keys are numbers, in the order of the numbers."""
    if not isinstance(value, dict) or not value:
        return []
    if len(value) > MOST_ENTRIES:
        raise LongListError
    if not all(key.isascii() and key.isdigit() and len(key) < 10 for key in value):
        return []
    return objects([value[key] for key in sorted(value, key=int)])


def _with_words(entries: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """The entries where at least half have words under a known name, else none."""
    words = _find_names(entries).words
    if not words:
        return []
    said = sum(isinstance(said, str | list) for said in map(_getter(words), entries))
    return entries if said * 2 >= len(entries) else []


def _find_names(entries: Iterable[Mapping[str, Json]]) -> _Names:
    spelled: dict[str, str] = {}
    for key in islice(dict.fromkeys(chain.from_iterable(entries)), _MOST_KEYS):
        spelled.setdefault(_plain(key), key)

    def named(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(spelled[name] for name in names if name in spelled)

    start = named(_STARTS)
    speaker = tuple(key for key in named(_SPEAKERS) if key not in start[:1])
    return _Names(named(_WORDS), speaker, start, named(_ENDS), named(_LENGTHS))


def _unit(said: Iterable[tuple[str, Json]], names: _Names, doubts: list[tuple[str, str]]) -> float:
    """What a bare number of the times counts; `said` are words, each with its start."""
    if any(_plain(key).endswith("ms") for key in names.start[:1]):
        return MILLISECOND_MS
    stated = [(len(text), start) for text, start in said]
    numbers = [start for _, start in stated if start is not None and start != ""]
    if not numbers or not all(type(start) is int for start in numbers):
        return SECOND_MS
    in_ms, doubt = are_ms(numbers, sum(length for length, _ in stated))
    doubts.append(doubt)
    return MILLISECOND_MS if in_ms else SECOND_MS


def _passages(entries: list[dict[str, Json]], names: _Names, unit_ms: float) -> Iterator[Passage]:
    words, speaker, start, end, length = map(_getter, names)
    for number, entry in enumerate(entries, 1):
        begins = start(entry)
        end_ms: float | None
        if isinstance(begins, list):
            start_ms, end_ms = range_of(begins)
        else:
            start_ms, end_ms = moment_of(begins, unit_ms), moment_of(end(entry), unit_ms)
            if end_ms is None and start_ms is not None and names.length:
                lasted_ms = moment_of(length(entry), unit_ms)
                end_ms = None if lasted_ms is None else start_ms + lasted_ms
        yield Passage(number, text_of(words(entry)), label_of(speaker(entry)), start_ms, end_ms)


def _getter(keys: tuple[str, ...]) -> Callable[[dict[str, Json]], Json]:
    """How to get a field that has these names; nearly always it is one, and looked up at once."""
    if len(keys) == 1:
        return methodcaller("get", keys[0])
    return lambda entry: first_of(entry, keys)


def _single_words(entries: list[dict[str, Json]], names: _Names) -> Iterator[Word]:
    """The words of objects that hold them one by one, each in an object of its own."""
    said = [first_of(entry, names.words) for entry in entries]
    own = _find_names(word for words in said for word in objects(words))
    for entry, words in zip(entries, said, strict=True):
        label = label_of(first_of(entry, names.speaker))
        start, end = first_of(entry, names.start), first_of(entry, names.end)
        if not isinstance(words, list):
            yield text_of(words), label, start, end, False
        for word in objects(words):
            text = text_of(first_of(word, own.words))
            begins, ends = first_of(word, own.start), first_of(word, own.end)
            yield text, label, start if begins is None else begins, ends, False
            start = None
