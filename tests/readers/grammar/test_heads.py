"""Who speaks in which line, where only several lines together say so."""

from __future__ import annotations

import pytest
from hanging import no_hang

from qualcode.readers.grammar.clocks import Times
from qualcode.readers.grammar.heads import find_heads
from qualcode.readers.grammar.lines import Line, Row, split_lines
from qualcode.readers.ground.ledger import Ledger

TALK = "Anna: How are you?\n\nTom: Fine.\n\nAnna: Good.\n\nTom: Yes.\n"
MORE = "\nso on\n" * 20


def _labels(text: str, *, header: str = "") -> tuple[list[str | None], list[str]]:
    """The speaker whom each line with words names, and the codes of what was said."""
    ledger = Ledger()
    heads = find_heads(split_lines(text, ledger), ledger, header=header)
    codes = [warning.code for warning in ledger.warnings()]
    return [head.label if head else None for head in heads], codes


def test_each_line_is_asked_for_its_speaker() -> None:
    assert _labels(TALK) == (["Anna", "Tom", "Anna", "Tom"], [])


def test_a_person_named_before_the_first_turns_is_a_speaker_even_once() -> None:
    text = f"Anna meets Tom and Ada Berg.\n\n{TALK}\nAda Berg: Hello.\n{MORE}"
    labels, codes = _labels(text)
    assert labels[:6] == [None, "Anna", "Tom", "Anna", "Tom", "Ada Berg"]
    assert codes == []


def test_a_person_named_behind_a_label_before_the_first_turns_is_a_speaker_even_once() -> None:
    text = f"Present: Anna, Tom, Ada Berg\n\n{TALK}\nAda Berg: Hello.\n{MORE}"
    assert _labels(text)[0][:6] == [None, "Anna", "Tom", "Anna", "Tom", "Ada Berg"]


def test_a_label_before_the_first_turns_does_not_introduce_itself() -> None:
    text = f"Project: village\nEdited: Lena\nRemark: short\n\n{TALK}{MORE}"
    assert _labels(text)[0][:4] == [None, None, None, "Anna"]


def test_a_label_before_the_first_turns_is_taken_with_a_warning_where_all_lines_have_one() -> None:
    labels, codes = _labels(f"Remark: so it is.\n\n{TALK}")
    assert labels == ["Remark", "Anna", "Tom", "Anna", "Tom"]
    assert codes == ["label-once"]


def test_a_label_that_the_front_matter_names_is_a_speaker_even_once() -> None:
    text = f"Ada: Hello.\n\n{TALK}{MORE}"
    assert _labels(text)[0][0] is None
    assert _labels(text, header="people: Ada")[0][0] == "Ada"


def test_a_time_alone_after_a_label_is_its_time() -> None:
    ledger = Ledger()
    lines = split_lines("Speaker 0: 00:00:06\nHello.\nSpeaker 1: 00:00:09\nYes.\n", ledger)
    heads = find_heads(lines, ledger, header="")
    assert [head.times if head else None for head in heads] == [
        Times(6_000),
        None,
        Times(9_000),
        None,
    ]


def test_names_under_times_are_speakers() -> None:
    lines: list[Line | Row] = []
    for at, name in enumerate(["Ada Berg", "Tom", "Ada Berg"], 1):
        texts = (f"0:0:{at}.0 --> 0:0:{at}.820", name, "Hello.")
        lines.extend(Line(text, at, gap=not n) for n, text in enumerate(texts))
    heads = find_heads(lines, Ledger(), header="")
    assert [head.label for head in heads if head] == ["Ada Berg", "Tom", "Ada Berg"]
    assert heads[4] is not None
    assert heads[4].times == Times(2_000, 2_820)


def test_an_address_behind_a_colon_has_no_speaker() -> None:
    assert _labels(f"Episode: https://example.org\n\n{TALK}")[0][0] is None


def test_answers_with_letters_keep_their_colons() -> None:
    assert _labels("Q. Before: when?\nA. Before: never.\nQ. So?\nA. So.\n")[0] == ["Q.", "A."] * 2


def test_the_speakers_of_rows_are_known_in_the_lines_beside_them() -> None:
    items: list[Line | Row] = [
        Row("Ada", ("Hello.",), 1, Times()),
        Line("Ada: And so on.", 2, gap=True),
        *(Line("so on", at, gap=True) for at in range(3, 60)),
    ]
    heads = find_heads(items, Ledger(), header="")
    assert [head.label for head in heads if head] == ["Ada"]


@pytest.mark.parametrize("count", [200, 20_000])
def test_any_number_of_labels_before_the_first_that_comes_back_is_read(count: int) -> None:
    digits = str.maketrans("0123456789", "abcdefghij")
    once = "".join(f"N{str(at).translate(digits)}: some words here\n\n" for at in range(count))
    with no_hang():
        labels, codes = _labels(once + TALK)
    assert len(labels) == count + 4
    assert codes == ["label-once"]
