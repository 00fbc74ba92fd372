"""One reader in a process of its own, given whatever atheris thinks of.

What must hold: the bytes become a reading whose account adds up, or one error of our family, within
the ten seconds and the gigabyte that libFuzzer is told to allow. Of a package the fuzzer is given
the part with the words, for it would seldom find its way through the compression.

    python tests/bench/fuzz_target.py vtt FOLDER -runs=1000
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from qualcode.errors import QualcodeError  # noqa: E402
from qualcode.readers.ground.source import Source  # noqa: E402

ANY = "any"
"""The target that asks the registry which reader it shall be."""

LONGEST_BYTES = 8_192
"""Of an input: enough for all that a format has, once."""

_MAIN_PART = {
    "docx": "word/document.xml",
    "odt": "content.xml",
    "ods": "content.xml",
    "xlsx": "xl/worksheets/s1.xml",
}
_SUFFIXES = {
    "text": (".txt", ".md"),
    "chat": (".cha",),
    "ohms": (".xml",),
    "textgrid": (".TextGrid",),
    "csv": (".csv", ".tsv"),
}
# Words of the formats, which the fuzzer would else have to find letter by letter.
_WORDS = {
    "vtt": ["WEBVTT", "-->", "<v ", "</v>", "NOTE", "STYLE", "&amp;", "00:00:01.000"],
    "srt": ["-->", "00:00:01,000", "<i>", "{\\\\an8}", "- "],
    "text": ["I: ", "[00:00:01]", "#00:01:23-4#", "**", "---", "Date:", "Q. ", "  0:03"],
    "lrc": ["[00:01.00]", "[ti:", "[ar:", "[offset:"],
    "csv": ["speaker", "start", "text", '\\"', ";", "\\x09", "Timespan", "Content"],
    "chat": ["@Begin", "*PAR:\\x09", "%mor:\\x09", "\\x151_2\\x15", "@Participants:\\x09"],
    "textgrid": ["ooTextFile", "IntervalTier", "xmin = ", "intervals: size = ", 'text = \\"'],
    "json": ["segments", "start", "text", "speaker", "words", "null", "NaN", "1e999", "[[", "{"],
    "otr": ["text", "data-timestamp=", "<p>", "</span>", "media"],
    "html": ["<p>", "<b>", "<table><tr><td>", "&nbsp;", "<br>", "<!--", "]]>", "<script>"],
    "rtf": ["{\\\\rtf1", "\\\\par", "\\\\u8364?", "\\\\'e9", "\\\\bin5 ", "{\\\\*", "\\\\trowd"],
    "pdf": ["obj", "endobj", "stream", "/Length", "/Kids", "/Count", "Tj", "TJ", "Tm", "0 R"],
    "xml": ["<![CDATA[", "&lt;", "&#x41;", "<!DOCTYPE", "<!ENTITY", "xmlns:", "<!--", "<?"],
}


def main(arguments: list[str]) -> None:
    """Fuzz the reader that is named first; what follows is for libFuzzer."""
    import atheris

    with atheris.instrument_imports(include=["qualcode.readers", "striprtf", "odfdo", "srt"]):
        from qualcode.readers import registry

        for name, _ in registry.READERS:
            registry.load_reader(name)
    atheris.Setup([sys.argv[0], *arguments[1:]], make_target(arguments[0]))
    atheris.Fuzz()


def make_target(name: str) -> Callable[[bytes], int]:
    """The function that gets the bytes; -1 where there is nothing to learn from them."""
    from readers.sources import check_account

    from qualcode.readers import registry

    wrap = _packer(name)

    def target(data: bytes) -> int:
        source = Source(wrap(data), "a", "a")
        try:
            if name == ANY:
                check_account(registry.read_transcript(source, name="a"))
                return 0
            reader = registry.load_reader(name)
            if not reader.recognises(source):
                return -1  # nobody reads it as this
            check_account(reader.read(source, name="a"))
        except QualcodeError:
            pass
        return 0

    return target


def seeds(name: str) -> dict[str, bytes]:
    """Files to begin with, by their names: those of the tests, and small ones of each kind.

    Long ones would be cut, and XML that is cut is no XML.
    """
    from readers.sources import LAYOUTS, NASTY

    suffixes = _SUFFIXES.get(name, (f".{name}",))
    files = {
        path.name: path.read_bytes()
        for folder in (LAYOUTS, NASTY)
        for path in sorted(folder.iterdir())
        if (name == ANY or path.suffix in suffixes) and path.stat().st_size <= LONGEST_BYTES
    }
    files |= {f"small.{of}": content for of, content in _small().items() if name in (of, ANY)}
    if name in _MAIN_PART:
        return {file: part for file, data in files.items() if (part := _unpack(name, data))}
    return files


def words(name: str) -> list[str]:
    """The dictionary of a format, in the way that libFuzzer writes it."""
    own = _WORDS.get(name, _WORDS["xml"] if name != ANY else [])
    return [f'"{word}"' for word in own]


def _small() -> Mapping[str, bytes]:
    from readers import docx_files, open_files, pdf_files, xlsx_files

    table = (("speaker", "start", "text"), ("I", "0:01", "Hello."), ("R", "0:03", "Yes."))
    lines = "".join(open_files.row(row) for row in table)
    return {
        "docx": docx_files.document(
            docx_files.p("I: Hello."), docx_files.p("R: Yes."), docx_files.table(*table)
        ),
        "odt": open_files.text_document(
            open_files.p("I: Hello."), open_files.p("R: Yes.<text:s text:c='2'/>"), lines
        ),
        "ods": open_files.spreadsheet(f"<table:table>{lines}</table:table>"),
        "xlsx": xlsx_files.workbook(xlsx_files.rows(*table)),
        "pdf": pdf_files.pdf(pdf_files.column("I: Hello.", "R: Yes.", "I: And then?")),
        "html": b"<html><body><p><b>I:</b> Hello.<p>R: Yes.<table><tr><td>a</table></body></html>",
        "rtf": b"{\\rtf1\\ansi{\\fonttbl{\\f0 A;}}I: Hello.\\par R: Yes \\u233?.\\par}",
        "text": b"Date: 2024-03-14\n\nI: Hello. #00:00:06-2#\nR: Yes.\n[00:01:02] I: And then?\n",
        "vtt": b"WEBVTT\n\nNOTE a\n\n1\n00:00:01.000 --> 00:00:02.000 align:start\n"
        b"<v Mara>Hello.</v>\n\n00:02.000 --> 00:03.000\nTom: Yes.\n",
        "srt": b"1\n00:00:01,000 --> 00:00:02,000\n- Hello.\n- <i>Yes.</i>\n\n2\n"
        b"00:00:02,000 --> 00:00:03,000\nTOM: And then?\n",
        "csv": b'speaker,start,end,text,tags\nI,0:01,0:02,"Hello, you.",a\nR,0:02,,Yes.,\n',
        "otr": b'{"text": "<p><span class=\\"timestamp\\" data-timestamp=\\"1.5\\">0:01</span>'
        b' <b>I:</b> Hello.<br /></p>", "media": "a.mp3", "media-time": 1}',
        "eaf": b'<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="10"/>'
        b'<TIME_SLOT TIME_SLOT_ID="b"/></TIME_ORDER><TIER LINGUISTIC_TYPE_REF="u" PARTICIPANT="I"'
        b' TIER_ID="I"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="c" TIME_SLOT_REF1="a"'
        b' TIME_SLOT_REF2="b"><ANNOTATION_VALUE>Hello</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>'
        b'</ANNOTATION></TIER><TIER PARENT_REF="I" TIER_ID="w"><ANNOTATION><REF_ANNOTATION'
        b' ANNOTATION_ID="d" ANNOTATION_REF="c"><ANNOTATION_VALUE>x</ANNOTATION_VALUE>'
        b"</REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
        "trs": b'<!DOCTYPE Trans SYSTEM "trans-14.dtd"><Trans><Speakers><Speaker id="a" name="I"/>'
        b'<Speaker id="b" name="R"/></Speakers><Episode><Section type="report"><Turn speaker="a b"'
        b' startTime="0" endTime="2.5"><Sync time="0"/><Who nb="1"/>Hello<Who nb="2"/>yes'
        b'<Event desc="b" type="noise"/></Turn></Section></Episode></Trans>',
        "ohms": b'<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record id="1"><title>A'
        b'</title><date value="2024-03-14" format="yyyy-mm-dd"/><sync>1:|1(1)|3(1)</sync>'
        b"<transcript>I: Hello.[[footnote]]1[[/footnote]]\n\nR: Yes &amp;amp; no.\n\n[[footnotes]]"
        b"\n[[note]]a[[/note]]\n[[/footnotes]]</transcript></record></ROOT>",
        "lrc": b"[ti:A]\n[00:01.00]I: Hello.\n[00:02.50]\n[00:03.00]R: Yes.\n",
        "chat": b"@UTF8\n@Begin\n@Participants:\tINV I, PAR P\n*INV:\thello . \x151_2\x15\n"
        b"%mor:\tx\n*PAR:\tyes\n\tand no .\n@End\n",
        "exb": b"<?xml version='1.0'?><basic-transcription><head><speakertable><speaker id='S'>"
        b"<abbreviation>A</abbreviation></speaker></speakertable></head><basic-body>"
        b"<common-timeline><tli id='T0' time='0.0'/><tli id='T1' time='1.5'/></common-timeline>"
        b"<tier id='T' speaker='S' category='v' type='t'><event start='T0' end='T1'>Hello </event>"
        b"</tier></basic-body></basic-transcription>",
        "textgrid": b'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 2\n'
        b'tiers? <exists>\nsize = 1\nitem []:\n item [1]:\n  class = "IntervalTier"\n'
        b'  name = "I"\n  xmin = 0\n  xmax = 2\n  intervals: size = 1\n  intervals [1]:\n'
        b'   xmin = 0\n   xmax = 2\n   text = "Hello"\n',
        "json": b'{"segments": [{"start": 0.0, "end": 1.5, "text": "Hello", "speaker": "A"}]}',
    }


def _packer(name: str) -> Callable[[bytes], bytes]:
    if name not in _MAIN_PART:
        return lambda data: data
    parts = _parts(_small()[name])

    def pack(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for part, content in parts.items():
                package.writestr(part, data if part == _MAIN_PART[name] else content)
        return out.getvalue()

    return pack


def _unpack(name: str, data: bytes) -> bytes | None:
    try:
        parts = _parts(data)
    except zipfile.BadZipFile:
        return None
    return next((parts[part] for part in parts if part == _MAIN_PART[name]), None)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            part.filename: package.read(part)
            for part in package.infolist()
            if part.file_size < 1_000_000 and not part.flag_bits & 1
        }


if __name__ == "__main__":
    main(sys.argv[1:])
