"""The notation of WebVTT, in a file of its own or in a record of OHMS.

Speakers come as voices (`<v Name>`, several of them in one cue), or as labels at the start of a
cue. Notes, styles and regions are set aside; entities are read and tags taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.readers.grammar.cues import Scan, Words, read_cues, scan_cues
from qualcode.readers.grammar.labels import tidy
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.signs import ONE_LINE
from qualcode.readers.ground.turns import Spoken

if TYPE_CHECKING:
    from qualcode.readers.ground.ledger import Ledger

SIGNATURE = re.compile(r"WEBVTT(?=[ \t\r\n-]|$)[ \t-]*")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_TAG = re.compile(
    r"<(?:(?P<voice>v)(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?"
    r"|/?(?:v|c|i|b|u|ruby|rt|lang)(?:[.\s][^<>]*)?|\d[\d:.]*)>"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_TEAMS_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}/\d+-\d+$")
# Stream writes its settings as notes, and the duration in quotation marks.
_SETTING = re.compile(r'(?:NOTE\s+)?(\w+)\s*:\s*"?([^\s"][^"]*?)(?:\.0+)?\s*"?$')
_LONGEST_SETTING = 200
_FACTS = frozenset({"language", "duration"})


def read_voices(text: str, ledger: Ledger) -> Spoken:
    """What is said in WebVTT; its header, notes and styles are set aside."""
    scan = scan_cues(
        text,
        ledger,
        is_identifier=lambda line: not (_BLOCK.match(line) or SIGNATURE.match(line)),
        is_note=lambda line: _BLOCK.match(line) is not None,
    )
    facts = _take_header(scan, ledger)
    units = read_cues(scan.cues, lambda payload: _read_payload(payload, ledger), ledger)
    return Spoken(units, facts, _guess_producer(scan))


def _take_header(scan: Scan, ledger: Ledger) -> dict[str, str]:
    """The signature, its title and settings, and the blocks before the first cue, set aside."""
    facts: dict[str, str] = {}
    signature = SIGNATURE.match(scan.before[0].text) if scan.before else None
    if signature is None:
        message = "the file does not begin with WEBVTT; it was read all the same"
        ledger.warn("header-missing", message, 1)
    for line, text in scan.before:
        setting = _SETTING.match(text) if len(text) <= _LONGEST_SETTING else None
        if signature and line == scan.before[0].line:
            title = text[signature.end() :].strip()
            if title:
                facts["title"] = title
        elif setting and setting[1].casefold() in _FACTS:
            facts[setting[1].casefold()] = setting[2]
        ledger.put_aside(kinds.NOTE, text, line)
    return facts


def _read_payload(payload: tuple[str, ...], ledger: Ledger) -> list[Words]:
    """The words of a cue, line by line, each with the voice that says it."""
    text = "\n".join(payload)
    if "<" not in text and "&" not in text:
        return [Words(None, line) for line in payload]
    found: list[Words] = []
    voice: str | None = None
    pieces: list[str] = []
    at = 0
    for tag in _TAG.finditer(text):
        pieces.append(text[at : tag.start()])
        at = tag.end()
        # The line breaks in `text` are ours; those of the source are in the ledger already.
        ledger.drop(kinds.LABEL if tag["voice"] else kinds.MARKUP, len(tag[0].replace("\n", "")))
        if tag["voice"] or tag[0] == "</v>":
            found.extend(_lines_of(voice, "".join(pieces), ledger))
            pieces = []
            voice = _read_voice(tag["name"] or "")
    found.extend(_lines_of(voice, "".join([*pieces, text[at:]]), ledger))
    return found


def _read_voice(name: str) -> str | None:
    # Where words of two overlap, noScribe takes the slashes before them for part of the name.
    return tidy(_decode_entities(name)).lstrip("/ ") or None


def _lines_of(voice: str | None, text: str, ledger: Ledger) -> list[Words]:
    found: list[Words] = []
    for line in text.split("\n"):
        decoded = _decode_entities(line) if "&" in line else line
        words = decoded.strip()
        ledger.drop(kinds.MARKUP, len(line) - len(decoded))
        ledger.drop(kinds.SPACE, len(decoded) - len(words))
        if words:
            found.append(Words(voice, words))
    return found


def _decode_entities(text: str) -> str:
    # 3 ms to import its table of two thousand names; most cues have no entity.
    from html import unescape

    return _ENTITY.sub(lambda entity: unescape(entity[0]).translate(ONE_LINE), text)


def _guess_producer(scan: Scan) -> str | None:
    if scan.cues and all(_TEAMS_ID.match(cue.identifier) for cue in scan.cues):
        return "Microsoft Teams"
    return None
