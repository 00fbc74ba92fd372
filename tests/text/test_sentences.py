"""Where sentences of speech begin and end, and what is done where there are none."""

from __future__ import annotations

import ast
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from text.samples import NASTY_STRINGS, ROOT, texts_with_spans, texts_with_turns, words_of

from qualcode.model.spans import Span
from qualcode.text.sentences import sentences, snap


def split(text: str, language: str | None = "en") -> list[str]:
    return words_of(text, sentences(text, language=language).spans)


@given(texts_with_turns())
@settings(deadline=None, max_examples=300)
def test_sentences_hold_every_character_but_blanks_once_and_in_order(
    made: tuple[str, list[Span]],
) -> None:
    text, turns = made
    for units in (turns, None):
        spans = sentences(text, language="en", units=units).spans
        assert all(one.end <= other.start for one, other in pairwise(spans))
        held = "".join(words_of(text, spans))
        assert "".join(held.split()) == "".join(text.split())
        assert all(words == words.strip() for words in words_of(text, spans))
        assert not any("\n" in words for words in words_of(text, spans))


@given(texts_with_turns())
@settings(deadline=None, max_examples=200)
def test_no_sentence_leaves_its_turn(made: tuple[str, list[Span]]) -> None:
    text, turns = made
    for span in sentences(text, language="en", units=turns).spans:
        assert any(turn.start <= span.start and span.end <= turn.end for turn in turns)


@pytest.mark.parametrize("text", NASTY_STRINGS)
def test_strings_that_break_programs_are_split_in_every_language(text: str) -> None:
    for language in ("en", "zh", "ar", "hi", None):
        held = "".join(split(text, language))
        assert "".join(held.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It was late. We went home.", ["It was late.", "We went home."]),
        ("“Why?” he said. “No.” She left.", ["“Why?” he said.", "“No.”", "She left."]),
        ("He asked what? and left.", ["He asked what? and left."]),
        ("I said no!, and again no.", ["I said no!, and again no."]),
        ("Well... Anyway. We so… Then he left.", ["Well...", "Anyway.", "We so…", "Then he left."]),
        ("And so on... and so on.", ["And so on... and so on."]),
        ("He saw [ph?] Smith. Yes.", ["He saw [ph?] Smith.", "Yes."]),
        ("We had a clicker. [laughs] Right. So?", ["We had a clicker. [laughs]", "Right.", "So?"]),
        ("[laughs] Right. So?", ["[laughs] Right.", "So?"]),
        ("We said [inaudible 00:02:47] Mill Lane.", ["We said [inaudible 00:02:47] Mill Lane."]),
        ("I came (unv.) home. <laughs> Yes.", ["I came (unv.) home. <laughs>", "Yes."]),
        ("Dr. Khatib, a U.S. citizen, paid 3.5 p.m. today.", None),
        ("« Pourquoi ? » dit-il. « Bon. » Oui.", ["« Pourquoi ? » dit-il.", "« Bon. »", "Oui."]),
        ("很好。谢谢。", ["很好。", "谢谢。"]),
        ("One\nTwo. three", ["One", "Two. three"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, parts: list[str] | None) -> None:
    assert split(text) == (parts or [text])


def test_text_without_capitals_is_split_all_the_same() -> None:
    assert split("yes. we went there. and then?") == ["yes.", "we went there.", "and then?"]


def test_speech_without_punctuation_gives_its_units_and_says_so() -> None:
    text = "so we went there and counted\n\nyeah and the bus was gone by then\n\nI know " * 20
    units = [Span(0, 28), Span(30, 64)]
    found = sentences(text, language="en", units=units)
    assert (found.unit, found.pipeline) == ("line", None)
    assert words_of(text, found.spans) == [
        "so we went there and counted",
        "yeah and the bus was gone by then",
    ]
    assert sentences("We went. Yes.", language="en").unit == "sentence"


@pytest.mark.parametrize(
    ("language", "pipeline"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("DE", "de"),
        ("no", "nb"),
        ("cy", "xx"),  # spaCy has no Welsh
        ("ja", "xx"),  # needs a dictionary that is not installed
        ("fr", "xx"),  # takes seconds to build
        ("", "xx"),
        (None, "xx"),
        ("lex_attrs", "xx"),  # the name of a module, not of a language
        ("../en", "xx"),
    ],
)
def test_a_language_without_rules_of_its_own_gets_the_common_ones(
    language: str | None, pipeline: str
) -> None:
    found = sentences("Ie. Na.", language=language)
    assert found.pipeline == pipeline
    assert len(found.spans) == 2


def test_a_paragraph_longer_than_spacy_reads_is_split_whole() -> None:
    sentence = "We counted people at the gate, every Thursday. "
    text = sentence * 25_000
    assert len(text) > 1_000_000
    assert set(split(text)) == {sentence.strip()}
    assert len(split(text)) == 25_000


@given(texts_with_spans())
@settings(deadline=None, max_examples=200)
def test_snapping_gives_whole_sentences_around_the_span(made: tuple[str, Span]) -> None:
    text, span = made
    snapped = snap(span, text, language="en")
    touched = [one for one in sentences(text, language="en").spans if one.overlaps(span)]
    if not touched:
        assert snapped == span
        assert not text[span.start : span.end].strip()
        return
    assert snapped == Span(touched[0].start, touched[-1].end)
    assert snap(snapped, text, language="en") == snapped


def test_snapping_stays_in_the_turns_that_were_touched() -> None:
    text = "Who pays now?\n\nNobody pays. We sell tea."
    turns = [Span(0, 13), Span(15, 40)]
    assert snap(Span(17, 18), text, language="en", units=turns) == Span(15, 27)
    assert snap(Span(4, 30), text, language="en", units=turns) == Span(0, 40)


def test_only_this_module_knows_spacy() -> None:
    for path in (ROOT / "qualcode").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        imported = {
            name.name.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for name in node.names
        }
        assert "spacy" not in imported or path.name == "sentences.py", path


def test_spacy_is_loaded_when_sentences_are_asked_for_and_then_needs_no_network() -> None:
    program = """
import socket, sys
def refuse(*_, **__): raise OSError("no network here")
socket.socket.connect = refuse
socket.create_connection = refuse
from qualcode.text import finding, search, sentences, similarity, words
search.search(search.parse_query("a"), "a b", [])
assert not {"spacy", "numpy"} & set(sys.modules), "loaded too early"
assert len(sentences.sentences("One. Two.", language="en").spans) == 2
assert "spacy" in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# -- other writings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is quoted with its mark goes on with who said it.
        (
            "祖母は「もう続けられない。」と言いました。次は？",
            ["祖母は「もう続けられない。」と言いました。", "次は？"],
        ),
        ("他说：“很好。”然后走了。", ["他说：“很好。”", "然后走了。"]),
        # Laughter in wide brackets belongs to the sentence before.
        ("そうですね。（笑）次です。", ["そうですね。（笑）", "次です。"]),
        ("「はい。」「いいえ。」", ["「はい。」", "「いいえ。」"]),
        # Signs that only end sentences need no blank after them.
        ("यह ठीक है।हाँ।", ["यह ठीक है।", "हाँ।"]),
        ("ሰላም።ደህና ነህ፧አዎ።", ["ሰላም።", "ደህና ነህ፧", "አዎ።"]),
        ("ঠিক আছে।। হ্যাঁ।", ["ঠিক আছে।।", "হ্যাঁ।"]),
        # A mark behind a picture ends the sentence, a number goes on.
        ("So 👍🏽. Then we left.", ["So 👍🏽.", "Then we left."]),
        ("那是3.5公里。对吗？", ["那是3.5公里。", "对吗？"]),
    ],
)
def test_sentences_of_other_writings(text: str, expected: list[str]) -> None:
    assert words_of(text, sentences(text).spans) == expected


def test_thai_with_hardly_a_mark_goes_by_its_lines() -> None:
    text = "เมื่อก่อนหมู่บ้านเราไม่มีตลาด เราเลยช่วยกันสร้าง\n" * 40 + "ใช่ไหม?"
    found = sentences(text, language="th")
    assert found.unit == "line"
    assert len(found.spans) == 41


def test_a_chinese_turn_without_marks_is_one_line() -> None:
    text = "后来大家一起写信给县里没有人答应我们就自己凑钱" * 20
    assert words_of(text, sentences(text, language="zh").spans) == [text]


@pytest.mark.parametrize("language", ["id", "ms", "fr", "th", "ja", "ko", "vi", "zz", "xx"])
def test_a_language_without_a_quick_pipeline_goes_by_the_common_one(language: str) -> None:
    assert sentences("Ya. Tidak.", language=language).pipeline == "xx"
