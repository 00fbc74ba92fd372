"""Transcriber: turns in sections, with points of time in them and events between the words.

Several speakers may share a turn, their words told apart by `<Who>`. Events (noises, pronunciation,
another language) are marks of the transcriber and stay in the words, in brackets as the program
shows them; its comments are set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar.clocks import check_times
from qualcode.readers.grammar.facts import find_date
from qualcode.readers.grammar.labels import tidy
from qualcode.readers.grammar.tiers import (
    WRAPPED,
    file_name,
    keep_words,
    read_seconds,
)
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.decoding import opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import NOBODY, SAME_PARAGRAPH, Spoken, Unit, make_reading
from qualcode.readers.ground.xml import encoding_of, read_xml, root_name, source_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from qualcode.model.transcript import Reading

FORMAT = Format("trs", "Transcriber transcript")

# `<Who>` counts the speakers of its turn; crowds do not share one.
_NUMBERS = frozenset(map(str, range(1, 100)))
_EXTENTS = {"begin": "[{}-]", "end": "[-{}]", "previous": "[+{}]", "next": "[{}+]"}


class _Piece(NamedTuple):
    """Words between two points of time, said by one of the speakers of a turn."""

    speaker: int
    at: str | None
    text: str
    line: int


def recognises(source: Source) -> bool:
    """True for a document of Transcriber, by its root and what its root says."""
    if root_name(source) != "Trans":
        return False
    head = opening(source)
    return any(sign in head for sign in ("<?xml", "<!DOCTYPE", "<Episode", "<Turn", "<Speakers"))


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a Transcriber file, and the account of what was left out."""
    root = read_xml(source, title=FORMAT.title, may_name_type=True)
    ledger = Ledger()
    names = _read_names(root)
    topics = {topic.get("id"): topic.get("desc", "") for topic in root.iter("Topic")}
    units: list[Unit] = []
    labels: dict[str, Sequence[str]] = {}
    for element in root.iter("Section", "Turn"):
        if element.tag == "Turn":
            whose = element.get("speaker", "")
            if whose not in labels:
                labels[whose] = _labels(whose, names, source_line(element), ledger)
            units.extend(_read_turn(element, labels[whose], ledger))
        elif heading := topics.get(element.get("topic"), ""):
            ledger.read += len(heading)
            ledger.put_aside(kinds.HEADING, heading, source_line(element))
    ledger.units += len(units)
    spoken = Spoken(units, _facts(root), "Transcriber")
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=encoding_of(root))


def _read_names(root: Element) -> dict[str, str]:
    names: dict[str, str] = {}
    for speaker in root.iter("Speaker"):
        uid = speaker.get("id", "")
        names[uid] = tidy(speaker.get("name", "")) or uid
    return names


def _read_turn(turn: Element, labels: Sequence[str], ledger: Ledger) -> list[Unit]:
    """The units of a turn: one for each speaker after each point of time, if they say something."""
    pieces = _pieces(turn, ledger)
    units: list[Unit] = []
    until = turn.get("endTime")  # the pieces are gone through from the last one
    for at, piece in enumerate(reversed(pieces), 1):
        words = keep_words(piece.text, ledger, join=WRAPPED)
        if words:
            line = piece.line
            start_ms, end_ms = read_seconds(piece.at), read_seconds(until)
            if start_ms is None or end_ms is None or not 0 <= start_ms <= end_ms:
                start_ms, end_ms = check_times(start_ms, end_ms, line, ledger)
            if piece.speaker > len(labels):
                message = "words of a shared turn belong to a speaker whom the turn does not name"
                ledger.warn("speaker-undeclared", message, line)
            label = labels[piece.speaker - 1] if piece.speaker <= len(labels) else NOBODY
            units.append(Unit(label, words, line, start_ms, end_ms, SAME_PARAGRAPH))
        if at < len(pieces) and pieces[-at - 1].at != piece.at:
            until = piece.at
    if not units:
        ledger.put_aside(kinds.EMPTY, "", source_line(turn))
    units.reverse()
    return units


def _labels(whose: str, names: Mapping[str, str], line: int, ledger: Ledger) -> Sequence[str]:
    """Who share a turn, in the order by which `<Who>` counts them."""
    uids = whose.split()
    if not uids:
        return (NOBODY,)
    if any(uid not in names for uid in uids):
        message = "turns belong to a speaker whom the file does not declare; this is the first"
        ledger.warn("speaker-undeclared", message, line)
    return [names.get(uid, uid) for uid in uids]


def _pieces(turn: Element, ledger: Ledger) -> list[_Piece]:
    """The words of a turn, cut at its points of time and where another speaker goes on."""
    pieces: list[_Piece] = []
    speaker, at, line = 1, turn.get("startTime"), source_line(turn)
    text = turn.text or ""
    for element in turn:
        tag = str(element.tag)
        if tag in {"Sync", "Who"}:
            if text.strip():  # blanks go with what comes next
                pieces.append(_Piece(speaker, at, text, line))
                text = ""
            line = source_line(element)
            if tag == "Sync":
                speaker, at = 1, element.get("time", at)
            else:
                number = element.get("nb", "")
                speaker = int(number) if number in _NUMBERS else 1
        elif tag == "Comment":
            note = element.get("desc", "")
            ledger.read += len(note)
            ledger.put_aside(kinds.NOTE, note, source_line(element))
        elif tag == "Event":
            text += _mark(element)
        elif tag.startswith("<"):  # no element: an entity that no document type explains
            text += element.text or ""
        text += element.tail or ""
    pieces.append(_Piece(speaker, at, text, line))
    return pieces


def _mark(event: Element) -> str:
    """An event as the program shows it: `[laugh]`, or `[laugh-] ... [-laugh]` around words."""
    what = tidy(event.get("desc", "")) or event.get("type", "")
    mark = _EXTENTS.get(event.get("extent", ""), "[{}]").format(what)
    return f" {mark} " if what else ""


def _facts(root: Element) -> dict[str, str]:
    """The recording, its title and its day; `version_date` is that of the last change."""
    episode = root.find("Episode")
    program = episode.get("program", "") if episode is not None else ""
    air_date = episode.get("air_date", "") if episode is not None else ""
    facts = {
        "title": " ".join(program.split()),
        "date": find_date(air_date) or "",
        "language": root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        "recording": file_name(root.get("audio_filename", "")),
    }
    return {fact: value for fact, value in facts.items() if value}
