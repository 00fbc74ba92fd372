"""Nothing vanishes from tiers: whatever the file, the account of its reading adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.sources import LAYOUTS, REAL, check_account, faults_of, said, source

from qualcode import errors
from qualcode.readers import chat, eaf, exb, textgrid, trs

if TYPE_CHECKING:
    from types import ModuleType

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff<&"), max_size=12
)
INSIDE = st.lists(
    WORDS
    | st.sampled_from(
        ["\n", "\n\n", "\t", "&#13;", "&#x85;", "e\u0301", "\u1161", "\u0958", "\ufeff", ". ", "• "]
    ),
    max_size=4,
).map("".join)
POINTS = st.integers(0, 8)
SAID = st.lists(st.tuples(POINTS, POINTS, INSIDE), max_size=8)
TIMES = st.lists(st.none() | st.integers(-2, 99), min_size=8, max_size=8)


def faults(reader: ModuleType, content: str | bytes) -> list[str]:
    """What of the account does not hold; a file in which nothing is said is refused."""
    try:
        return faults_of(reader.read(source(content), name="a"))
    except errors.EmptyTranscriptError:
        return []


@given(st.lists(st.tuples(st.sampled_from(["", "Anna", "gloss"]), SAID), max_size=4), TIMES)
@settings(max_examples=150, deadline=None)
def test_every_character_of_elan_is_kept_or_dropped(
    tiers: list[tuple[str, list[tuple[int, int, str]]]], times: list[int | None]
) -> None:
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="{n}"' + (f' TIME_VALUE="{at}"/>' if at is not None else "/>")
        for n, at in enumerate(times)
    )
    written = "".join(
        f'<TIER TIER_ID="{name}{n}" PARTICIPANT="{name}">'
        + "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="{a}" TIME_SLOT_REF2="{b}">'
            f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
            for a, b, text in said
        )
        + "</TIER>"
        for n, (name, said) in enumerate(tiers)
    )
    body = f"<TIME_ORDER>{slots}</TIME_ORDER>{written}"
    assert faults(eaf, f"<ANNOTATION_DOCUMENT>{body}</ANNOTATION_DOCUMENT>") == []


@given(st.lists(st.tuples(st.sampled_from(["v", "en"]), SAID), max_size=4), TIMES)
@settings(max_examples=150, deadline=None)
def test_every_character_of_exmaralda_is_kept_or_dropped(
    tiers: list[tuple[str, list[tuple[int, int, str]]]], times: list[int | None]
) -> None:
    points = "".join(
        f'<tli id="{n}"' + (f' time="{at}"/>' if at is not None else "/>")
        for n, at in enumerate(times)
    )
    written = "".join(
        f'<tier id="{n}" category="{category}">'
        + "".join(f'<event start="{a}" end="{b}">{text}</event>' for a, b, text in said)
        + "</tier>"
        for n, (category, said) in enumerate(tiers)
    )
    body = f"<common-timeline>{points}</common-timeline>{written}"
    document = f"<basic-transcription><basic-body>{body}</basic-body></basic-transcription>"
    assert faults(exb, document) == []


MARKS = st.sampled_from(
    [
        '<Sync time="1"/>',
        '<Sync time="x"/>',
        '<Who nb="1"/>',
        '<Who nb="2"/>',
        '<Event desc="b" type="noise"/>',
        '<Comment desc="c"/>',
        "<Background/>",
        "&eacute;",
        "\n",
    ]
)
TURNS = st.tuples(st.sampled_from(["", "a", "a b", "c"]), st.lists(MARKS | INSIDE, max_size=8))


@given(st.lists(TURNS, max_size=5))
@settings(max_examples=150, deadline=None)
def test_every_character_of_transcriber_is_kept_or_dropped(
    turns: list[tuple[str, list[str]]],
) -> None:
    written = "".join(
        f'<Turn speaker="{who}" startTime="0" endTime="5">{"".join(inside)}</Turn>'
        for who, inside in turns
    )
    head = '<!DOCTYPE Trans SYSTEM "trans-14.dtd"><Trans><Speakers><Speaker id="a" name="Anna"/>'
    document = f"{head}</Speakers><Episode><Section>{written}</Section></Episode></Trans>"
    assert faults(trs, document) == []


LEADS = ["*A:\t", "*B C:  ", "*A", "%mor:\t", "@G:\t", "\t", " ", "\n", "\n\n", "\r\n", "\x0b"]
STAMPS = ["\x151_2\x15", "\x152_1\x15", "\x15", " 3_4", "•5_6•"]
SIGNS = ["e\u0301", "\u0958", "\ufeff", "\0"]
PIECES = st.sampled_from([*LEADS, *STAMPS, *SIGNS])


@given(st.lists(PIECES | WORDS, max_size=40).map("".join), st.sampled_from(["utf-8", "utf-16"]))
@settings(max_examples=300, deadline=None)
def test_every_character_of_chat_is_kept_or_dropped(body: str, encoding: str) -> None:
    document = f"@Begin\n@Participants:\tA Anna Interviewer\n{body}\n@End\n"
    assert faults(chat, document.encode(encoding)) == []


@given(st.lists(st.tuples(WORDS, st.booleans(), SAID), max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_character_of_praat_is_kept_or_dropped(
    tiers: list[tuple[str, bool, list[tuple[int, int, str]]]],
) -> None:
    lines = ['"ooTextFile"', '"TextGrid"', "0", "9", "<exists>", str(len(tiers))]
    for name, points, stated in tiers:
        lines += [f'"{"TextTier" if points else "IntervalTier"}"', quoted(name), "0", "9"]
        lines.append(str(len(stated)))
        for begins, ends, text in stated:
            lines += [str(begins), *([] if points else [str(ends)]), quoted(text)]
    assert faults(textgrid, "\n".join(lines)) == []


def quoted(text: str) -> str:
    """A text as Praat writes it."""
    return '"' + text.replace('"', '""') + '"'


BASES = {
    eaf: [LAYOUTS / "int_a.eaf", REAL / "eaf_narrative_qiang.eaf"],
    trs: [LAYOUTS / "int_a.trs"],
    exb: [REAL / "exb_almal.exb"],
    chat: [REAL / "cha_eng_multi_speaker.cha", REAL / "cha_french_timed.cha"],
    textgrid: [REAL / "textgrid_example.TextGrid"],
}
CUTS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6)), min_size=1, max_size=4
)


@pytest.mark.parametrize("reader", BASES, ids=lambda reader: reader.FORMAT.name)
@given(cuts=CUTS, data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_file_with_spoilt_bytes_is_read_or_refused(
    reader: ModuleType, cuts: list[tuple[float, int, bytes]], data: st.DataObject
) -> None:
    there = [path for path in BASES[reader] if path.exists()]
    if not there:
        pytest.skip("the real files are not here")
    spoilt = data.draw(st.sampled_from(there)).read_bytes()
    for place, taken, put in cuts:
        at = int(place * len(spoilt))
        spoilt = spoilt[:at] + put + spoilt[at + taken :]
    sentence = "a.txt: "
    try:
        check_account(reader.read(source(spoilt), name="a"))
    except errors.TranscriptError as refused:
        sentence = str(refused)
    assert sentence.startswith("a.txt: ")


@pytest.mark.parametrize("reader", BASES, ids=lambda reader: reader.FORMAT.name)
@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_reason(reader: ModuleType, spoilt: bytes) -> None:
    sentence = "a.txt: "
    try:
        check_account(reader.read(source(spoilt), name="a"))
    except errors.TranscriptError as refused:
        sentence = str(refused)
    assert sentence.startswith("a.txt: ")


@given(
    st.lists(
        st.tuples(st.sampled_from(["INT", "PAR"]), st.text("abcé", min_size=1, max_size=9)),
        min_size=1,
    )
)
def test_what_was_said_comes_back_from_every_format(spoken: list[tuple[str, str]]) -> None:
    turns = [turn for at, turn in enumerate(spoken) if at == 0 or spoken[at - 1][0] != turn[0]]
    files = {
        chat: "@Begin\n" + "".join(f"*{who}:\t{words}\n" for who, words in turns),
        trs: "<Trans><Episode>"
        + "".join(f'<Turn speaker="{who}">{words}</Turn>' for who, words in turns)
        + "</Episode></Trans>",
        textgrid: '"ooTextFile"\n"TextGrid"\n0 9\n<exists>\n2\n'
        + "\n".join(
            f'"IntervalTier" "{tier}" 0 9 {sum(who == tier for who, _ in turns)}\n'
            + "\n".join(
                f'{n} {n + 1} "{words}"' for n, (who, words) in enumerate(turns) if who == tier
            )
            for tier in ("INT", "PAR")
        ),
    }
    for reader, content in files.items():
        assert said(reader.read(source(content), name="a")) == turns
