"""One invented interview in the files of every format, as the programs that make them write them.

Two people in turn, 8,000 words, the same every time; it says nothing.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

SEED = 20240601
WORDS = 8_000
NAMES = ("Mara", "Tom")
_VOCABULARY = "the bus came late and we all went home by foot because nobody told us in time"


class Said(NamedTuple):
    """What somebody says without a pause; after some three of these the other goes on."""

    who: int
    from_ms: int
    to_ms: int
    words: str

    @property
    def name(self) -> str:
        """The name of who says it."""
        return NAMES[self.who]


def make_interview(words: int = WORDS) -> list[Said]:
    """Utterances of that many words together."""
    dice = random.Random(SEED)
    vocabulary = _VOCABULARY.split()
    said: list[Said] = []
    at = 0
    while words:
        count = min(words, dice.randint(3, 20))
        words -= count
        until = at + count * 350
        sentence = " ".join(dice.choices(vocabulary, k=count)).capitalize() + "."
        said.append(Said(len(said) // 3 % 2, at, until, sentence))
        at = until + dice.randint(1, 800)
    return said


def _clock(at_ms: int, point: str = ".") -> str:
    seconds, ms = divmod(at_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{ms:03}"


# -- text -----------------------------------------------------------------------------------------


def _text(said: Sequence[Said]) -> bytes:
    return "\n\n".join(f"{one.name}: {one.words}" for one in said).encode()


def _vtt(said: Sequence[Said]) -> bytes:
    """As Zoom writes it."""
    cues = (
        f"{n}\r\n{_clock(one.from_ms)} --> {_clock(one.to_ms)}\r\n{one.name}: {one.words}\r\n\r\n"
        for n, one in enumerate(said, 1)
    )
    return ("WEBVTT\r\n\r\n" + "".join(cues)).encode()


def _srt(said: Sequence[Said]) -> bytes:
    cues = (
        f"{n}\n{_clock(one.from_ms, ',')} --> {_clock(one.to_ms, ',')}\n{one.name}: {one.words}\n"
        for n, one in enumerate(said, 1)
    )
    return "\n".join(cues).encode()


def _lrc(said: Sequence[Said]) -> bytes:
    """As Whisper's front ends write it, each line with its end."""

    def mark(at_ms: int) -> str:
        return f"[{at_ms // 60_000:02}:{at_ms // 1000 % 60:02}.{at_ms % 1000 // 10:02}]"

    lines = (f"{mark(one.from_ms)}{one.words}\n{mark(one.to_ms)}\n" for one in said)
    return ("[ti:Interview]\n" + "".join(lines)).encode()


def _csv(said: Sequence[Said]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["speaker", "timestamp", "words"])
    writer.writerows([one.name, _clock(one.from_ms)[:8], one.words] for one in said)
    return out.getvalue().encode()


def _chat(said: Sequence[Said]) -> bytes:
    """As CLAN writes it."""
    lines = "".join(
        f"*{('INV', 'PAR')[one.who]}:\t{one.words} \x15{one.from_ms}_{one.to_ms}\x15\n"
        for one in said
    )
    head = "@UTF8\n@Begin\n@Participants:\tINV Investigator, PAR Participant\n"
    return f"{head}{lines}@End\n".encode()


def _textgrid(said: Sequence[Said]) -> bytes:
    """As Praat writes it, in its long form, silences between the words."""
    tiers = ""
    end = said[-1].to_ms
    for who, name in enumerate(NAMES):
        at, intervals = 0, []
        for one in said:
            if one.who == who:
                intervals += [(at, one.from_ms, ""), (one.from_ms, one.to_ms, one.words)]
                at = one.to_ms
        tiers += (
            f'    item [{who + 1}]:\n        class = "IntervalTier" \n        name = "{name}" \n'
            f"        xmin = 0 \n        xmax = {end / 1000} \n"
            f"        intervals: size = {len(intervals)} \n"
        )
        tiers += "".join(
            f"        intervals [{n}]:\n            xmin = {begins / 1000} \n"
            f'            xmax = {ends / 1000} \n            text = "{words}" \n'
            for n, (begins, ends, words) in enumerate(intervals, 1)
        )
    return (
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0 \n'
        f"xmax = {end / 1000} \ntiers? <exists> \nsize = 2 \nitem []: \n{tiers}"
    ).encode()


# -- JSON -----------------------------------------------------------------------------------------


def _json(said: Sequence[Said]) -> bytes:
    """As Whisper writes it, with its tokens and what it thinks of each segment."""
    segments = [
        {
            "id": n,
            "seek": one.from_ms // 10,
            "start": one.from_ms / 1000,
            "end": one.to_ms / 1000,
            "text": f" {one.words}",
            "tokens": [50_364 + at * 37 % 9_999 for at in range(len(one.words) // 4)],
            "temperature": 0.0,
            "avg_logprob": -0.2381420135498047,
            "compression_ratio": 1.6158940397350994,
            "no_speech_prob": 0.03247428685426712,
        }
        for n, one in enumerate(said)
    ]
    whole = "".join(f" {one.words}" for one in said)
    return json.dumps({"text": whole, "segments": segments, "language": "en"}).encode()


def _json_of_segments(said: Sequence[Said]) -> bytes:
    """As small front ends of Whisper write it: words and times, and nothing else."""
    segments = [
        {"id": n, "start": one.from_ms / 1000, "end": one.to_ms / 1000, "text": f" {one.words}"}
        for n, one in enumerate(said)
    ]
    return json.dumps({"segments": segments, "language": "en"}).encode()


def _json_of_words(said: Sequence[Said]) -> bytes:
    """As WhisperX writes it, each word with its time and speaker."""
    segments = []
    for one in said:
        speaker = f"SPEAKER_0{one.who}"
        words = [
            {
                "word": word,
                "start": (one.from_ms + at * 350) / 1000,
                "end": (one.from_ms + at * 350 + 300) / 1000,
                "score": 0.871,
                "speaker": speaker,
            }
            for at, word in enumerate(one.words.split())
        ]
        segments.append(
            {
                "start": one.from_ms / 1000,
                "end": one.to_ms / 1000,
                "text": one.words,
                "words": words,
                "speaker": speaker,
            }
        )
    return json.dumps({"segments": segments, "language": "en"}).encode()


def _otr(said: Sequence[Said]) -> bytes:
    """As oTranscribe writes it."""
    paragraphs = "".join(
        f'<p><span class="timestamp" contenteditable="false" data-timestamp="{one.from_ms / 1000}">'
        f"{_clock(one.from_ms)[3:8]}</span> <b>{one.name}:</b> {one.words}<br /></p>"
        for one in said
    )
    return json.dumps({"text": paragraphs, "media": "interview.mp3", "media-time": 0}).encode()


# -- XML and HTML ---------------------------------------------------------------------------------


def _html(said: Sequence[Said]) -> bytes:
    paragraphs = "\n".join(
        f"<p><strong>{one.name}</strong>: {escape(one.words)}</p>" for one in said
    )
    head = '<head><meta charset="utf-8"><title>Interview</title></head>'
    page = f"<!DOCTYPE html>\n<html>{head}\n<body>\n{paragraphs}\n</body></html>\n"
    return page.encode()


def _eaf(said: Sequence[Said]) -> bytes:
    """As ELAN writes it."""
    slots = "".join(
        f'        <TIME_SLOT TIME_SLOT_ID="ts{n}" TIME_VALUE="{at}"/>\n'
        for n, at in enumerate(at for one in said for at in (one.from_ms, one.to_ms))
    )
    tiers = ""
    for who, name in enumerate(NAMES):
        tiers += (
            f'    <TIER LINGUISTIC_TYPE_REF="utterance" PARTICIPANT="{name}" TIER_ID="{name}">\n'
        )
        tiers += "".join(
            "        <ANNOTATION>\n            <ALIGNABLE_ANNOTATION"
            f' ANNOTATION_ID="a{n}" TIME_SLOT_REF1="ts{2 * n}" TIME_SLOT_REF2="ts{2 * n + 1}">\n'
            f"                <ANNOTATION_VALUE>{one.words}</ANNOTATION_VALUE>\n"
            "            </ALIGNABLE_ANNOTATION>\n        </ANNOTATION>\n"
            for n, one in enumerate(said)
            if one.who == who
        )
        tiers += "    </TIER>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT>\n'
        f"    <TIME_ORDER>\n{slots}    </TIME_ORDER>\n{tiers}</ANNOTATION_DOCUMENT>\n"
    ).encode()


def _exb(said: Sequence[Said]) -> bytes:
    """As the Partitur-Editor writes it."""
    points = "".join(
        f'         <tli id="T{n}" time="{at / 1000}" />\n'
        for n, at in enumerate(at for one in said for at in (one.from_ms, one.to_ms))
    )
    tiers = ""
    for who in range(len(NAMES)):
        tiers += f'      <tier id="TIE{who}" speaker="SPK{who}" category="v" type="t">\n'
        tiers += "".join(
            f'         <event start="T{2 * n}" end="T{2 * n + 1}">{one.words} </event>\n'
            for n, one in enumerate(said)
            if one.who == who
        )
        tiers += "      </tier>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<basic-transcription>\n   <head></head>\n'
        f"   <basic-body>\n      <common-timeline>\n{points}      </common-timeline>\n"
        f"{tiers}   </basic-body>\n</basic-transcription>\n"
    ).encode()


def _trs(said: Sequence[Said]) -> bytes:
    """As Transcriber writes it."""
    speakers = "".join(f'<Speaker id="spk{who}" name="{name}"/>' for who, name in enumerate(NAMES))
    turns = "".join(
        f'<Turn speaker="spk{one.who}" startTime="{one.from_ms / 1000}"'
        f' endTime="{one.to_ms / 1000}">\n<Sync time="{one.from_ms / 1000}"/>\n'
        f"{one.words}\n</Turn>\n"
        for one in said
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n<Trans>'
        f"<Speakers>{speakers}</Speakers>\n<Episode>\n<Section>\n{turns}</Section>\n</Episode>\n</Trans>\n"
    ).encode()


def _ohms(said: Sequence[Said]) -> bytes:
    """As OHMS writes it, with the minutes by line and word."""
    words = "\n\n".join(f"{one.name.upper()}: {one.words}" for one in said)
    minutes: list[str] = []
    for n, one in enumerate(said):
        if one.from_ms // 60_000 > len(minutes):
            minutes.append(f"{2 * n + 1}(1)")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record id="1">'
        f"<version>5.4</version><title>Interview</title><sync>1:|{'|'.join(minutes)}</sync>"
        f"<transcript>{words}</transcript></record></ROOT>\n"
    ).encode()


# -- documents ------------------------------------------------------------------------------------


def _docx(said: Sequence[Said]) -> bytes:
    """As a person types it into Word: a bold label, then the words."""
    import docx

    document = docx.Document()
    for one in said:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{one.name}: ").bold = True
        paragraph.add_run(one.words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _odt(said: Sequence[Said]) -> bytes:
    from odfdo import Document, Paragraph

    document = Document("text")
    document.body.clear()
    for one in said:
        document.body.append(Paragraph(f"{one.name}: {one.words}"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _rows(said: Sequence[Said]) -> list[list[str]]:
    rows = [[one.name, _clock(one.from_ms)[:8], one.words] for one in said]
    return [["Speaker", "Time", "Text"], *rows]


def _ods(said: Sequence[Said]) -> bytes:
    from odfdo import Document, Row, Table

    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Interview")
    for cells in _rows(said):
        row = Row()
        row.set_values(cells)
        table.append_row(row)
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _xlsx(said: Sequence[Said]) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Interview")
    for cells in _rows(said):
        sheet.append(cells)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _rtf(said: Sequence[Said]) -> bytes:
    """As f4 writes it."""
    paragraphs = "".join(
        f"{{\\b {one.name}: }}{one.words} #{_clock(one.to_ms)[:8]}-{one.to_ms // 100 % 10}#\\par\n"
        for one in said
    )
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\pard\f0\fs22"
    return f"{head}\n{paragraphs}}}".encode()


def _pdf(said: Sequence[Said]) -> bytes:
    """As a word processor prints it: fifty lines on a page, a label before the words."""
    from readers.pdf_files import column, pdf

    lines: list[str] = []
    for one in said:
        line = f"{one.name}:"
        for word in one.words.split():
            if len(line) + len(word) > 80:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}"
        lines.append(line)
    return pdf(*(column(*lines[at : at + 50]) for at in range(0, len(lines), 50)))


WRITERS: dict[str, Callable[[Sequence[Said]], bytes]] = {
    "text": _text,
    "vtt": _vtt,
    "srt": _srt,
    "lrc": _lrc,
    "csv": _csv,
    "chat": _chat,
    "textgrid": _textgrid,
    "json": _json,
    "json_of_segments": _json_of_segments,
    "json_of_words": _json_of_words,
    "otr": _otr,
    "html": _html,
    "eaf": _eaf,
    "exb": _exb,
    "trs": _trs,
    "ohms": _ohms,
    "docx": _docx,
    "odt": _odt,
    "ods": _ods,
    "xlsx": _xlsx,
    "rtf": _rtf,
    "pdf": _pdf,
}
