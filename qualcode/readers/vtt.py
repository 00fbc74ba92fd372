"""WebVTT, as Zoom, Teams, Stream, Whisper, noScribe and archives write it.

Speakers come as voices (`<v Name>`, several of them in one cue), or as labels at the start of a
cue. Notes, styles and regions are set aside; entities are read and tags taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.readers.grammar.clocks import read_cue_line
from qualcode.readers.grammar.cues import Scan, Words, read_cues, scan_cues
from qualcode.readers.grammar.labels import tidy
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.decoding import decode, opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import make_reading

if TYPE_CHECKING:
    from qualcode.model.transcript import Reading

FORMAT = Format("vtt", "WebVTT subtitles")

_SIGNATURE = re.compile(r"WEBVTT(?=[ \t\r\n-]|$)[ \t-]*")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_TAG = re.compile(
    r"<(?:(?P<voice>v)(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?"
    r"|/?(?:v|c|i|b|u|ruby|rt|lang)(?:[.\s][^<>]*)?|\d[\d:.]*)>"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
# An entity may stand for a sign that the text of a transcript never holds.
_UNWELCOME = {ord(sign): " " for sign in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"} | {0xFEFF: None}
_TEAMS_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}/\d+-\d+$")
_SETTING = re.compile(r"(\w+)\s*:\s*(\S.*)")


def recognises(source: Source) -> bool:
    """True for the signature, or without it for cues with a point in their times and no number."""
    head = opening(source).lstrip()
    if _SIGNATURE.match(head):
        return True
    first = next((line for line in head.splitlines() if line.strip()), "")
    return read_cue_line(first) is not None and "," not in first


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a WebVTT file, and the account of what was left out."""
    decoded = decode(source)
    ledger = Ledger.of_text(decoded)
    scan = scan_cues(
        decoded.text,
        ledger,
        is_identifier=lambda line: not (_BLOCK.match(line) or _SIGNATURE.match(line)),
        is_note=lambda line: _BLOCK.match(line) is not None,
    )
    facts = _take_header(scan, ledger)
    units = read_cues(scan.cues, lambda payload: _read_payload(payload, ledger), ledger)
    return make_reading(
        units,
        ledger,
        name=name,
        where=source.where,
        format_name=FORMAT.name,
        encoding=decoded.encoding,
        producer=_guess_producer(scan),
        facts=facts,
    )


def _take_header(scan: Scan, ledger: Ledger) -> dict[str, str]:
    """The signature, its title and settings, and the blocks before the first cue, set aside."""
    facts: dict[str, str] = {}
    signature = _SIGNATURE.match(scan.before[0].text) if scan.before else None
    if signature is None:
        message = "the file does not begin with WEBVTT; it was read all the same"
        ledger.warn("header-missing", message, 1)
    for line, text in scan.before:
        setting = _SETTING.match(text)
        if signature and line == scan.before[0].line:
            title = text[signature.end() :].strip()
            if title:
                facts["title"] = title
        elif setting and setting[1].casefold() == "language":
            facts["language"] = setting[2]
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
            voice = tidy(_decode_entities(tag["name"] or "")) or None
    found.extend(_lines_of(voice, "".join([*pieces, text[at:]]), ledger))
    return found


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

    return _ENTITY.sub(lambda entity: unescape(entity[0]).translate(_UNWELCOME), text)


def _guess_producer(scan: Scan) -> str | None:
    if scan.cues and all(_TEAMS_ID.match(cue.identifier) for cue in scan.cues):
        return "Microsoft Teams"
    return None
