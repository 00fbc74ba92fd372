"""The grammar of one line: where a label ends and what of it is a time."""

from __future__ import annotations

import pytest
from hanging import no_hang
from hypothesis import given
from hypothesis import strategies as st

from qualcode.readers.grammar import labels
from qualcode.readers.grammar.clocks import Times
from qualcode.readers.grammar.labels import (
    LONGEST_LABEL,
    Form,
    find_bare_head,
    find_head,
    find_plain_head,
    is_name_like,
    is_role,
)


@pytest.mark.parametrize(
    ("line", "label", "words"),
    [
        ("I: hello", "I", "hello"),
        ("I:\thello", "I", "hello"),
        ("I:hello", "I", "hello"),
        ("Enquêteur : Bonjour", "Enquêteur", "Bonjour"),
        ("Enquêtée\u00a0: Oui", "Enquêtée", "Oui"),
        ("访谈者：您是", "访谈者", "您是"),
        ("Dr. Smith, PhD: Hello.", "Dr. Smith, PhD", "Hello."),
        ("Mary-Jane O'Neil (by phone): Hi.", "Mary-Jane O'Neil (by phone)", "Hi."),
        ("Sen. PAUL LAXALT, (R) Nevada: Thanks", "Sen. PAUL LAXALT, (R) Nevada", "Thanks"),
        ("Tiago - Stakin: Okay", "Tiago - Stakin", "Okay"),
        ("SPEAKER_00: machine", "SPEAKER_00", "machine"),
        ("**Harry Rook:** text", "Harry Rook", "text"),
        ("**Harry Rook**: text", "Harry Rook", "text"),
        ("[Guest 2]: text", "Guest 2", "text"),
        ("12. I: numbered", "I", "numbered"),
        ("Mara  Lindqvist: two blanks", "Mara Lindqvist", "two blanks"),
        ("R: It was 12:30: late. I said: no.", "R", "It was 12:30: late. I said: no."),
        ("R: [END OF RECORDING]", "R", "[END OF RECORDING]"),
        ("\u200fالمحاور: كيف", "المحاور", "كيف"),
    ],
)
def test_a_label_ends_at_its_colon(line: str, label: str, words: str) -> None:
    head = find_head(line)
    assert head is not None
    assert (head.label, line[head.words_at :]) == (label, words)
    assert head.times == Times()


@pytest.mark.parametrize(
    ("line", "label", "words", "times"),
    [
        ("[00:00:06] TOM: hi", "TOM", "hi", Times(6_000)),
        ("[00:00:06] **Tom Reed:** hi", "Tom Reed", "hi", Times(6_000)),
        ("00:00:12 TOM: hi", "TOM", "hi", Times(12_000)),
        ("#00:01:23-4# I: hi", "I", "hi", Times(83_400)),
        ("I: [00:14:20] hi", "I", "hi", Times(860_000)),
        ("Tom Reed (00:06):", "Tom Reed", "", Times(6_000)),
        ("Ruth (caretaker) (02:19):", "Ruth (caretaker)", "", Times(139_000)),
        ("Tom Reed  0:06", "Tom Reed", "", Times(6_000)),
        ("Ruth (caretaker)   2:19", "Ruth (caretaker)", "", Times(139_000)),
        ("[Chercheur] (0:01 - 0:11)", "Chercheur", "", Times(1_000, 11_000)),
        ("[Speaker 1] [00:20] text", "Speaker 1", "text", Times(20_000)),
        ("**Name** [00:00:30] text", "Name", "text", Times(30_000)),
        ("**Jerod:** \\[00:08:00.01\\\\\\] And", "Jerod", "And", Times(480_010)),
        ("Anna 10:02", "Anna", "", Times(602_000)),
    ],
)
def test_a_time_beside_a_label_is_no_word(line: str, label: str, words: str, times: Times) -> None:
    head = find_head(line)
    assert head is not None
    assert (head.label, line[head.words_at :], head.times) == (label, words, times)
    assert 0 < head.time_characters < head.words_at


@pytest.mark.parametrize(
    "line",
    [
        "12:30: late",
        "It was 12:30",
        "https://example.org/a:b is what he sent.",
        "C:\\Users\\mara",
        "March 14, 2024, 9:02AM",
        "Re: Re: Fwd: minutes",
        "Note: R points at the map.",
        "**Break:** music",
        "[inaudible 00:12:03] and then",
        "so I said (12:30) and left",
        "This is a long sentence that happens to have a colon in it here: but it is no label.",
        "one two three four five six: no",
        ": nothing before it",
        "What? he said: no",
    ],
)
def test_what_is_no_label(line: str) -> None:
    head = find_head(line)
    assert head is None or head.form is Form.ALONE


@pytest.mark.parametrize(
    ("line", "label", "form"),
    [
        ("[Chercheur]", "Chercheur", Form.BOXED),
        ("**Anna Bell**", "Anna Bell", Form.ALONE),
        ("Q. So?", "Q.", Form.LETTER),
        ("A.\tYes.", "A.", Form.LETTER),
        ("I\tHello", "I", Form.TABBED),
    ],
)
def test_labels_without_a_colon(line: str, label: str, form: Form) -> None:
    head = find_bare_head(line)
    assert head is not None
    assert (head.label, head.form) == (label, form)


@pytest.mark.parametrize(
    "line", ["[laughs] yes", "[Pause]", "A little bit.", "**bold** word", "Yes."]
)
def test_words_without_a_colon_are_no_label(line: str) -> None:
    assert find_bare_head(line) is None


def kept() -> int:
    """How many openings of lines this process holds on to."""
    return len(labels._heads) + labels._short_label.cache_info().currsize


@pytest.mark.parametrize(
    "line",
    [
        "And what she told me was: never again.",
        "The long and short of it, my grandmother: she stayed.",
        f"{'W' * (LONGEST_LABEL + 1)}: yes",
    ],
)
def test_no_opening_of_a_sentence_is_kept(line: str) -> None:
    before = kept()
    assert find_plain_head(line, line.index(":")) is None
    assert find_head(line) is None
    assert kept() == before


@pytest.mark.parametrize("label", ["I", "B", "P01", "S2", "Speaker 0", "SPEAKER_00", "Befragte"])
def test_names_of_a_part_are_known(label: str) -> None:
    assert is_role(label)


@pytest.mark.parametrize("label", ["Anna", "Rose", "NB", "Q4 numbers", "The speaker"])
def test_names_of_people_are_no_part(label: str) -> None:
    assert not is_role(label)


@pytest.mark.parametrize("label", ["Anna Bell", "Jan van Dijk", "Ruth (the caretaker)", "访谈者"])
def test_a_name_has_no_word_in_small_letters(label: str) -> None:
    assert is_name_like(label)


@pytest.mark.parametrize("label", ["The thing is", "so", "What I noticed"])
def test_a_phrase_is_not_name_like(label: str) -> None:
    assert not is_name_like(label)


PIECES = st.sampled_from(
    ["[", "]", "(", "0:01", " - ", ":", "：", "**", "Anna", " ", "#00:00:01-0#"]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_a_head_lies_within_its_line(line: str) -> None:
    head = find_head(line)
    if head is not None:
        assert 0 < len(head.label) <= LONGEST_LABEL
        assert head.time_characters <= head.words_at <= len(line)
        assert len(head.direction) <= head.words_at


@pytest.mark.parametrize("piece", [" ", "(", "[", ":", "1:", "a ", "**", "0:01 - ", "#"])
def test_a_line_of_any_length_is_settled_at_once(piece: str) -> None:
    line = "a" + piece * 500_000
    with no_hang():
        for _ in range(20):
            head = find_head(line)
            assert head is None or len(head.label) <= LONGEST_LABEL
            find_bare_head(line)
