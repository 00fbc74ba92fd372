"""Whisper's segments, and what its many kin make of them.

OpenAI's own program and its interface, WhisperX, whisper-timestamped and faster-whisper write
`segments` with times in seconds (faster-whisper's users often the bare list); whisper.cpp writes
`transcription` with `offsets` in ms; the pipeline of Hugging Face writes `chunks` with a pair of
times. The words of a segment stand in it once more with times of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.readers.ground.turns import quick
from qualcode.readers.shapes.fields import (
    MILLISECOND_MS,
    Json,
    first_of,
    holds,
    label_of,
    moment_of,
    objects,
    range_of,
    text_of,
    within,
)
from qualcode.readers.shapes.passages import Passage, Speech, Word, put_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Fields that Whisper's own decoder leaves in its segments.
_DECODER = ("seek", "avg_logprob", "no_speech_prob", "compression_ratio", "temperature")

# The short answer of OpenAI's interface has the text and hardly more.
_PLAIN_ANSWER = frozenset(
    ("text", "words", "segments", "language", "duration", "task", "usage", "logprobs")
)
_SPEAKERS = ("speaker", "speaker_label", "speaker_id")


def knows(document: Json) -> bool:
    """True for a list of segments under one of the known names, or for Whisper's own alone."""
    if isinstance(document, list):
        return any(holds(document, "text", "start", key) for key in (*_DECODER, "words"))
    if not isinstance(document, dict):
        return False
    if holds(document.get("transcription"), "offsets"):
        return True
    if _pairs(document) != [] or _is_segments(document.get("segments")):
        return True
    return isinstance(document.get("text"), str) and document.keys() <= _PLAIN_ANSWER


def speech(document: Json) -> Speech:
    """One passage a segment."""
    if isinstance(document, list):
        return Speech(_of_segments(document), _guess_producer({}, document))
    if holds(document.get("transcription"), "offsets"):
        language = within(document, "result", "language")
        facts = {"language": language} if isinstance(language, str) else {}
        return Speech(_of_offsets(document["transcription"]), "whisper.cpp", facts)
    pairs = _pairs(document)
    if pairs:
        return Speech(_of_pairs(pairs))
    segments = document.get("segments")
    if not segments:
        return Speech([_of_text(document)])
    return Speech(_of_segments(segments), _guess_producer(document, segments))


def _is_segments(value: Json) -> bool:
    return value == [] or any(holds(value, key, "start") for key in ("text", "words"))


def _pairs(document: dict[str, Json]) -> list[Json]:
    """The chunks of Hugging Face's pipeline, those with speakers before those without."""
    for name in ("speakers", "chunks"):
        chunks = document.get(name)
        if isinstance(chunks, list) and holds(chunks, "text", "timestamp"):
            return chunks
    return []


def _of_segments(segments: list[Json]) -> Iterator[Passage]:
    named = next((name for name in _SPEAKERS if holds(segments, name)), _SPEAKERS[0])
    for number, segment in enumerate(objects(segments), 1):
        get = segment.get
        words, text = get("words"), get("text")
        timed: Iterable[tuple[str, float | None]] = ()
        who = get(named)
        speaker = None if who is None else label_of(who)
        if words and isinstance(words, list):
            if speaker is None:
                speaker = _speaker_of(words)
            if text is None:
                yield from put_together(_words(objects(words), speaker), first=number)
                continue
            timed = (
                (text_of(_text(word)), moment_of(word.get("start"))) for word in objects(words)
            )
        start_ms, end_ms = moment_of(get("start")), moment_of(get("end"))
        yield quick(Passage, (number, text_of(text), speaker, start_ms, end_ms, timed, 0))


def _of_text(document: dict[str, Json]) -> Passage:
    """The whole text as one passage, with the times of its words where they are given."""
    words = objects(document.get("words"))
    start_ms = moment_of(words[0].get("start")) if words else None
    end_ms = moment_of(words[-1].get("end")) if words else None
    timed = [(text_of(_text(word)), moment_of(word.get("start"))) for word in words]
    return Passage(1, text_of(document.get("text")), None, start_ms, end_ms, timed)


def _of_offsets(segments: list[Json]) -> Iterator[Passage]:
    for number, segment in enumerate(objects(segments), 1):
        start_ms = moment_of(within(segment, "offsets", "from"), MILLISECOND_MS)
        end_ms = moment_of(within(segment, "offsets", "to"), MILLISECOND_MS)
        text, speaker = text_of(segment.get("text")), label_of(segment.get("speaker"))
        yield Passage(number, text, speaker, start_ms, end_ms)


def _of_pairs(chunks: list[Json]) -> Iterator[Passage]:
    for number, chunk in enumerate(objects(chunks), 1):
        times = range_of(chunk.get("timestamp"))
        yield Passage(number, text_of(chunk.get("text")), label_of(chunk.get("speaker")), *times)


def _text(word: dict[str, Json]) -> Json:
    return first_of(word, ("word", "text"))


def _words(words: list[dict[str, Json]], speaker: str | None) -> Iterator[Word]:
    """The words of a segment; one that the program could not place goes on with the one before."""
    for word in words:
        speaker = label_of(word.get("speaker")) or speaker
        yield text_of(_text(word)), speaker, word.get("start"), word.get("end"), False


def _speaker_of(words: list[Json]) -> str | None:
    """The speaker of a segment that names none, where all its words that name one agree."""
    named = {label_of(word.get("speaker")) for word in objects(words)} - {None}
    return named.pop() if len(named) == 1 else None


def _guess_producer(document: dict[str, Json], segments: list[Json]) -> str | None:
    if "word_segments" in document:
        return "WhisperX"
    return "Whisper" if any(holds(segments, key) for key in _DECODER) else None
