"""EXMARaLDA: tiers of events along a common timeline, a category and perhaps a speaker to each.

What was said is in the tiers of category `v`, else in those of type `t`. An event ends where
anything else begins, often within a word, so events that touch are read as one: up to the end of an
utterance, where another speaker may come in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import is_normalized, normalize

from qualcode.readers.grammar.clocks import check_times
from qualcode.readers.grammar.facts import facts_of_front_matter
from qualcode.readers.grammar.labels import tidy
from qualcode.readers.grammar.tiers import (
    Annotation,
    Tier,
    file_name,
    merge_tiers,
    put_tier_aside,
    read_seconds,
)
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import SAME_PARAGRAPH, Spoken, make_reading
from qualcode.readers.ground.xml import encoding_of, read_xml, root_name, source_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from qualcode.model.transcript import Reading

FORMAT = Format("exb", "EXMARaLDA basic transcription")

_ENDS_UTTERANCE = re.compile(r"[.?!…˙][\"'”’»)\]]*\s*$")


class _Point(NamedTuple):
    """A point of the timeline: which it is, and when, if that is known."""

    number: int
    at_ms: int | None


def recognises(source: Source) -> bool:
    """True for a basic transcription; a segmented one is another format."""
    return root_name(source) == "basic-transcription"


def read(source: Source, *, name: str) -> Reading:
    """The transcript in an EXMARaLDA file, and the account of what was left out."""
    root = read_xml(source, title=FORMAT.title)
    ledger = Ledger()
    facts = _read_head(root, ledger)
    speakers = _read_speakers(root)
    points = _read_timeline(root, ledger)
    tiers = root.findall("basic-body/tier")
    speech = [tier for tier in tiers if tier.get("category") == "v"]
    speech = speech or [tier for tier in tiers if tier.get("type") == "t"]
    placed = [
        Tier(_label(tier, speakers, alone=len(speech) == 1), "", _read_events(tier, points, ledger))
        for tier in speech
    ]
    units = merge_tiers(placed, ledger)
    chosen = {id(tier) for tier in speech}
    for tier in tiers:
        if id(tier) not in chosen:
            events = [(_text(event), source_line(event)) for event in tier.iter("event")]
            put_tier_aside(tier.get("category", ""), events, ledger)
    spoken = Spoken(units, facts, "EXMARaLDA")
    encoding = encoding_of(root)
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=encoding, by_time=False)


def _read_head(root: Element, ledger: Ledger) -> dict[str, str]:
    """What the file says of itself, set aside piece by piece; the facts in it."""
    facts: dict[str, str] = {}
    about = root.find("head/meta-information")
    for element in about.iter() if about is not None else ():
        text = (element.text or "").strip()
        if text:
            ledger.read += len(text)
            ledger.put_aside(kinds.FRONT_MATTER, text, source_line(element))
            named = element.get("attribute-name", "")
            facts |= facts_of_front_matter({named: text})
            if element.tag == "transcription-name":
                facts["title"] = " ".join(text.split())
        if element.tag == "referenced-file" and "recording" not in facts:
            facts["recording"] = file_name(element.get("url", ""))
    languages = {
        language.get("lang", "") for language in root.iterfind("head/speakertable//language")
    }
    if len(languages) == 1:
        facts.setdefault("language", languages.pop())
    return {fact: value for fact, value in facts.items() if value}


def _read_speakers(root: Element) -> dict[str, str]:
    """The abbreviations by which the speakers are called, by their ids."""
    return {
        speaker.get("id", ""): tidy(speaker.findtext("abbreviation") or "") or speaker.get("id", "")
        for speaker in root.iterfind("head/speakertable/speaker")
    }


def _read_timeline(root: Element, ledger: Ledger) -> dict[str, _Point]:
    points = {
        point.get("id", ""): _Point(number, read_seconds(point.get("time")))
        for number, point in enumerate(root.iterfind("basic-body/common-timeline/tli"))
    }
    missing = sum(point.at_ms is None for point in points.values())
    if missing:
        message = f"{missing} points of the timeline have no time, nor have the words there"
        ledger.warn("time-missing", message)
    return points


def _label(tier: Element, speakers: Mapping[str, str], *, alone: bool) -> str | None:
    """Whose tier it is; one that is nobody's is called by its own name beside others."""
    uid = tier.get("speaker")
    if uid:
        return speakers.get(uid, uid)
    return None if alone else tidy(tier.get("display-name") or tier.get("id") or "") or None


def _read_events(tier: Element, points: Mapping[str, _Point], ledger: Ledger) -> list[Annotation]:
    """The events of a tier, each at the place of the utterance that it is part of."""
    found: list[Annotation] = []
    nowhere = _Point(0, None)
    utterance = 0  # where it begins on the timeline
    before, until = "", None  # the words of the event before, and the point where it ends
    for event in tier.iter("event"):
        begins, ends = event.get("start", ""), event.get("end", "")
        number, start_ms = points.get(begins) or _Point(utterance, None)
        end_ms = points.get(ends, nowhere).at_ms
        text, line = _text(event), source_line(event)
        goes_on = begins == until and not _ENDS_UTTERANCE.search(before)
        if not goes_on:
            utterance = number
        if start_ms is None or end_ms is None or not 0 <= start_ms <= end_ms:
            start_ms, end_ms = check_times(start_ms, end_ms, line, ledger)
        joint = "" if goes_on and _in_word(before, text) else SAME_PARAGRAPH
        found.append(Annotation(text, line, start_ms, end_ms, utterance, joint))
        before, until = text, ends
    return found


def _in_word(before: str, after: str) -> bool:
    """True where no blank parts the words of two events, nor an accent begins the second."""
    if before[-1:].isspace() or after[:1].isspace():
        return False
    if (before + after).isascii():
        return True
    return is_normalized("NFC", normalize("NFC", before) + normalize("NFC", after))


def _text(event: Element) -> str:
    """The words of an event; other elements in it describe, and hold none."""
    text = event.text or ""
    return text + "".join(child.tail or "" for child in event) if len(event) else text
