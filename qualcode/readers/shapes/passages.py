"""From what an engine heard to units: passages with one speaker, their words, their times.

A passage is what the file gives as one piece: a segment, an utterance. Where it gives single words
they are put together here, to the end of a sentence or a change of speaker. A long passage whose
words have times is parted, so that no place in the text is far from a mark, and yet a study does
not have to store a time for each word.

What is counted: the characters of the words that the file gives as speech, each once. Where it
gives them twice, as segments and again word by word or as one running text, the second is not
counted, nor are keys, labels, times and scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from math import isnan
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qualcode.readers.grammar.clocks import check_times
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.signs import NOT_FOR_TEXT
from qualcode.readers.ground.turns import NOBODY, SAME_PARAGRAPH, Unit, quick
from qualcode.readers.shapes.fields import MILLISECOND_MS, SECOND_MS, Json, moment_of

if TYPE_CHECKING:
    from qualcode.readers.ground.ledger import Ledger

# Other wordings that the engine thought of, and did not choose.
OTHER_GUESSES = "other guesses of the engine"

# A passage is parted at the first end of a sentence after the one, at any word after the other.
PART_MS, LONGEST_PART_MS = 10_000, 20_000

_FEW_SIGNS = 4
# So many pieces show whether a file makes each word one.
_TELLING = 100

# So long a silence lets another voice in.
_PAUSE_MS = 1_000
# Nothing is glued to a word that is longer.
_LONGEST_WORD = 500
# How often the time of a word is looked at where no sentence ends.
_LOOK_EVERY = 8
# Between two words of the running text stand no more signs than these that are in neither.
_MOST_BETWEEN = 8

_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "।")
# Thai, Lao, Burmese, Khmer; kana, bopomofo and Chinese characters: written without blanks.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u312f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
    "\U00020000-\U0003ffff]"
)
_TWO_BLANKS = re.compile(r"\s\s")
_SURROGATE = re.compile("[\ud800-\udfff]")


# A single word: its text, the label of its speaker, when it begins and ends as the file writes
# it, and whether it belongs to the word before it, as punctuation does. A bare tuple, for there
# are ten thousand an hour.
Word: TypeAlias = tuple[str, str | None, Json, Json, bool]


class Passage(NamedTuple):
    """A piece of speech as the file gives it.

    `number` counts the file's pieces from 1. Times are ms, None where none is stated, NaN where it
    cannot be read. `words` are the same words once more with their starts, looked at only where
    the passage is long. `joints` counts the blanks that were set between single words.
    """

    number: int
    text: str
    speaker: str | None = None
    start_ms: float | None = None
    end_ms: float | None = None
    words: Iterable[tuple[str, float | None]] = ()
    joints: int = 0


@dataclass(frozen=True, slots=True)
class Speech:
    """What a document holds: its passages in their order, and what it says of itself.

    `doubts` are codes and sentences of what a person should look at.
    """

    passages: Iterable[Passage]
    producer: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    other_guesses: Iterable[str] = ()
    doubts: tuple[tuple[str, str], ...] = ()


def put_together(
    words: Iterable[Word], *, first: int = 1, unit_ms: float = SECOND_MS, finely: bool = False
) -> Iterator[Passage]:
    """Passages from single words: each of one speaker, and to the end of a sentence or so.

    `first` is the number of the first word, `unit_ms` what bare numbers of their times count.
    `finely` ends one with each sentence and pause, where other voices are to come between.
    A word whose speaker is left open begins a passage as any other does; where a format means that
    the speaker goes on, who calls names him.
    """
    heard = [word for word in words if word[0].strip()]
    spaced = _bring_blanks(heard)
    texts: list[str] = []
    number, speaker = first, None
    begun: Json = None
    ended: Json = None
    for at, (text, label, start, end, glued) in enumerate(heard, first):
        if texts and not glued:
            other = label != speaker
            # Times are looked at where a passage may end, and now and then where none does.
            ends = texts[-1].endswith(_SENTENCE_ENDS)
            looks = ends or len(texts) % _LOOK_EVERY == 0
            if (
                other
                or (looks and _lasts(begun, start, PART_MS if ends else LONGEST_PART_MS, unit_ms))
                or (finely and (ends or _lasts(ended, start, _PAUSE_MS, unit_ms)))
            ):
                yield _joined(texts, spaced, number, speaker, begun, ended, unit_ms)
                texts, begun, ended = [], None, None
        if not texts:
            number, speaker = at, label
        if glued and texts and len(texts[-1]) < _LONGEST_WORD:
            texts[-1] += text
        else:
            texts.append(text)
        if begun is None or begun == "":
            begun = start
        if end is not None:
            ended = end
    if texts:
        yield _joined(texts, spaced, number, speaker, begun, ended, unit_ms)


def _bring_blanks(words: Sequence[Word]) -> bool:
    """True for words of Whisper, most of which have a blank; one without belongs to that before."""
    apart = [text for text, _, _, _, glued in words if not glued]
    return sum(text[0] == " " for text in apart) * 2 > len(apart)


def by_time(passages: Iterable[Passage]) -> list[Passage]:
    """Passages of several channels, of which a file gives one after the other, as they were said.

    One without a time stays behind the one before it.
    """
    timed: list[tuple[float, Passage]] = []
    latest = 0.0
    for passage in passages:
        if passage.start_ms is not None and not isnan(passage.start_ms):
            latest = passage.start_ms
        timed.append((latest, passage))
    return [passage for _, passage in sorted(timed, key=itemgetter(0))]


def gathered(passages: Iterable[Passage]) -> Iterable[Passage]:
    """The passages, or what single words come to where a file makes each word a piece."""
    pieces = iter(passages)
    head = list(islice(pieces, _TELLING))
    single = sum(_is_one_word(piece.text.strip()) for piece in head)
    whole = chain(head, pieces)
    if single * 2 <= len(head):
        return whole
    words = ((text, label, start, end, False) for _, text, label, start, end, *_ in whole)
    return put_together(words, unit_ms=MILLISECOND_MS)


def _is_one_word(text: str) -> bool:
    # Where blanks are not written, what is longer is likely more than a word.
    return " " not in text and (len(text) <= _FEW_SIGNS or not _UNSPACED.search(text))


def enter(speech: Speech, ledger: Ledger) -> list[Unit]:
    """Units from passages, each entered in the ledger."""
    units: list[Unit] = []
    unnamed: list[int] = []
    named = False
    kept = blanks = 0
    # Passages are taken as they come: a list of them would double the time, all of it in
    # Python's search for circles.
    for number, text, label, start, end, timed, joints in speech.passages:
        # Nearly all times are as they should be, and each of these calls would cost a tenth.
        start_ms = end_ms = None
        if start is not None:
            start_ms = round(start) if start >= 0 else _odd(start, number, ledger)
        if end is not None:
            end_ms = round(end) if end >= 0 else _odd(end, number, ledger)
        lasted_ms = 0
        if start_ms is not None and end_ms is not None:
            lasted_ms = end_ms - start_ms
            if lasted_ms < 0:
                start_ms, end_ms = check_times(start_ms, end_ms, number, ledger, what="segment")
        # So are nearly all words.
        if not joints and text.isascii() and text.isprintable():
            words = text.strip()
            kept += len(words)
            blanks += len(text) - len(words)
        else:
            words = _take_words(text, joints, number, ledger)
        if not words:
            ledger.put_aside(kinds.EMPTY, "", number)
            ledger.warn("segment-empty", "a segment has no words", number)
            continue
        unit = quick(Unit, (label, words, number, start_ms, end_ms, SAME_PARAGRAPH))
        ledger.units += 1
        named = named or bool(label)
        if not label:
            unnamed.append(len(units))
        if lasted_ms > LONGEST_PART_MS:
            units.extend(_parts_of(unit, timed, ledger))
        else:
            units.append(unit)
    ledger.read += kept + blanks
    ledger.kept += kept
    ledger.drop(kinds.SPACE, blanks)
    if named:
        _say_nobody(units, unnamed, ledger)
    _enter_beside(speech, ledger)
    return units


def _enter_beside(speech: Speech, ledger: Ledger) -> None:
    """What a document holds beside its passages."""
    for code, message in speech.doubts:
        ledger.warn(code, message)
    for guess in speech.other_guesses:
        ledger.read += len(guess)
        ledger.drop(OTHER_GUESSES, len(guess))


def _say_nobody(units: list[Unit], unnamed: Iterable[int], ledger: Ledger) -> None:
    """Segments without a speaker among those with one: it is open who says them, and said so."""
    for at in unnamed:
        units[at] = units[at]._replace(label=NOBODY)
        message = "a segment names no speaker; it became a turn of nobody"
        ledger.warn("segment-without-speaker", message, units[at].line)


def _lasts(begun: Json, start: Json, enough_ms: int, unit_ms: float) -> bool:
    """True where so much time or more is between two moments."""
    from_ms, to_ms = moment_of(begun, unit_ms), moment_of(start, unit_ms)
    return from_ms is not None and to_ms is not None and to_ms - from_ms >= enough_ms


def _joined(
    texts: Sequence[str],
    spaced: bool,
    number: int,
    speaker: str | None,
    begun: Json,
    ended: Json,
    unit_ms: float,
) -> Passage:
    text, joints = "".join(texts), 0
    if not spaced:
        text, joints = " ".join(texts), len(texts) - 1
        if _TWO_BLANKS.search(text) or (not text.isascii() and _UNSPACED.search(text)):
            text, joints = _join_one_by_one(texts)
    start_ms, end_ms = moment_of(begun, unit_ms), moment_of(ended, unit_ms)
    return Passage(number, text, speaker, start_ms, end_ms, joints=joints)


def _join_one_by_one(texts: Sequence[str]) -> tuple[str, int]:
    """The words, with blanks where they want one, and how many blanks were set."""
    pieces, joints = [texts[0]], 0
    for before, after in pairwise(texts):
        blank = before[-1].isspace() or after[0].isspace()
        if not blank and not (_UNSPACED.match(before[-1]) and _UNSPACED.match(after[0])):
            pieces.append(" ")
            joints += 1
        pieces.append(after)
    return "".join(pieces), joints


def _odd(ms: float, number: int, ledger: Ledger) -> int | None:
    """A time that cannot be meant: negative, or not to be read."""
    if isnan(ms):
        ledger.warn("time-unreadable", "a time cannot be read and was left out", number)
        return None
    message = "a segment begins or ends before the recording; it was set to 0"
    ledger.warn("negative-time", message, number)
    return 0


def _take_words(text: str, joints: int, number: int, ledger: Ledger) -> str:
    """The words of a passage, entered; its lines are paragraphs."""
    ledger.read += len(text) - joints
    if joints:
        ledger.kept -= joints
        ledger.added += joints
    if text.isprintable():  # no break of a line in it, nor what no text holds
        words = text.strip()
        ledger.drop(kinds.SPACE, len(text) - len(words))
        return ledger.keep(words)
    text = _clean(text, number, ledger)
    lines = [words for line in text.splitlines() if (words := line.strip())]
    ledger.drop(kinds.SPACE, len(text) - sum(map(len, lines)))
    ledger.added += max(0, len(lines) - 1)
    return "\n".join([ledger.keep(line) for line in lines])


def _clean(text: str, number: int, ledger: Ledger) -> str:
    """The words without what no text holds; JSON can write any code, even half a character."""
    if not NOT_FOR_TEXT.search(text):
        return text
    ledger.drop(kinds.NUL, text.count("\0"))
    ledger.drop(kinds.BYTE_ORDER_MARK, text.count("\ufeff"))
    text = text.replace("\0", "").replace("\ufeff", "")
    whole, halves = _SURROGATE.subn("\ufffd", text)
    if halves:
        message = f"{halves} damaged characters became the sign U+FFFD"
        ledger.warn("bytes-replaced", message, number)
    return whole


def _parts_of(
    unit: Unit, timed: Iterable[tuple[str, float | None]], ledger: Ledger
) -> Iterator[Unit]:
    """A long unit in parts, each with its start; the blank between two is the joint of the next."""
    begin, start_ms = 0, unit.start_ms
    for cut, cut_ms in _find_cuts(unit.words, timed, start_ms or 0):
        ledger.units += 1
        ledger.kept -= 1
        ledger.drop(kinds.SPACE, 1)
        yield unit._replace(words=unit.words[begin : cut - 1], start_ms=start_ms, end_ms=None)
        begin, start_ms = cut, cut_ms
    yield unit._replace(words=unit.words[begin:], start_ms=start_ms)


def _find_cuts(
    text: str, words: Iterable[tuple[str, float | None]], start_ms: int
) -> Iterator[tuple[int, int]]:
    """Where to part a long passage: places after a blank, each with the start of its word."""
    at = 0
    for word, word_ms in words:
        bare = word.strip()
        found = text.find(bare, at, at + len(bare) + _MOST_BETWEEN) if bare else -1
        if found < 0:
            continue
        at = found + len(bare)
        if word_ms is None or not word_ms - start_ms >= PART_MS or found < 2:
            continue
        if text[found - 1] != " " or text[found - 2].isspace():
            continue
        if word_ms - start_ms >= LONGEST_PART_MS or text[found - 2] in _SENTENCE_ENDS:
            start_ms = round(word_ms)
            yield found, start_ms
