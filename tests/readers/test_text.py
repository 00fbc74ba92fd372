"""Plain text and Markdown: whose words are whose, and what is not speech."""

from __future__ import annotations

import pytest
from readers.sources import check_account, codes, lines, read, said, set_aside, times

from qualcode import errors

PROSE = "I came to the hall at nine and spoke with the warden about the keys for an hour.\n"


def test_unlabelled_paragraphs_go_on_with_the_turn_before() -> None:
    reading = read("I: So?\n\nR: First.\n\nAnd then.\nAnd last.\n\nI: Ah.\n")
    assert said(reading) == [("I", "So?"), ("R", "First.\nAnd then.\nAnd last."), ("I", "Ah.")]
    assert (reading.report.units_read, reading.report.turns, reading.report.merged) == (5, 3, 2)
    check_account(reading)


def test_neighbouring_lines_of_one_speaker_are_one_turn() -> None:
    assert said(read("I: One.\nI: Two.\nR: Three.\n")) == [("I", "One.\nTwo."), ("R", "Three.")]


def test_labels_that_differ_in_letters_are_different_speakers() -> None:
    assert read("Ann: a\nAnne: b\nAnn: c\nAnne: d\n").transcript.speakers == ("Ann", "Anne")


def test_labels_that_differ_only_in_case_are_one_speaker_and_it_is_said() -> None:
    reading = read("INT: a\nR: b\nInt: c\nR: d\nINT: e\nInt: f\n")
    assert said(reading) == [("INT", "a"), ("R", "b"), ("INT", "c"), ("R", "d"), ("INT", "e\nf")]
    assert lines(reading, "label-spelling") == [3]
    assert not any("INT" in warning.message for warning in reading.report.warnings)
    check_account(reading)


def test_a_label_in_small_letters_gives_nobody_the_words_of_another() -> None:
    turns = "Barnaby: a\n\nmore\n\nGwen: b\n\nmore\n\n"
    reading = read(f"{turns * 4}barnaby: c\n\ngwen : d\n\nGwen  : e\n")
    assert said(reading)[-2:] == [("Barnaby", "c"), ("Gwen", "d\ne")]
    assert reading.transcript.speakers == ("Barnaby", "Gwen")
    assert lines(reading, "label-spelling") == [33, 35]
    assert lines(reading, "label-once") == []
    check_account(reading)


def test_a_word_in_small_letters_that_is_no_speaker_stays_in_the_words() -> None:
    reading = read("Anna: a\nTom: b\nmeaning: this\nAnna: c\nTom: d\n")
    assert ("Tom", "b\nmeaning: this") in said(reading)
    assert codes(reading) == []


@pytest.mark.parametrize("item", ["- **{}**: ", "* **{}:** ", "+ __{}__: "])
def test_a_bold_label_may_open_the_item_of_a_list(item: str) -> None:
    first, second = item.format("Mohammed A."), item.format("I")
    reading = read(f"{first}One.\n- a point\n{second}Two.\n{first}Three.\n")
    assert said(reading) == [
        ("Mohammed A.", "One.\n- a point"),
        ("I", "Two."),
        ("Mohammed A.", "Three."),
    ]
    check_account(reading)


def test_text_before_the_first_label_is_front_matter() -> None:
    reading = read("Interview with a warden\n\nI: So?\n\nR: Yes.\n")
    assert set_aside(reading) == ["Interview with a warden"]
    assert reading.transcript.facts == {"title": "Interview with a warden"}
    assert codes(reading) == []


def test_a_page_of_prose_before_the_first_label_is_kept_and_said() -> None:
    reading = read(PROSE * 15 + "\nI: Who has the key?\nR: Nobody.\n")
    assert [speaker for speaker, _ in said(reading)] == [None, "I", "R"]
    assert lines(reading, "text-before-first-label") == [1]
    check_account(reading)


def test_speech_before_the_first_label_is_a_turn_of_nobody_below_its_heading() -> None:
    heading = "* Ann Wright (warden)\n* Tom Hill\n\nStarts at 26min.\n\n"
    reading = read(heading + PROSE * 3 + "\nI: Who has the key?\nR: Nobody.\n")
    assert said(reading)[0] == (None, (PROSE * 3).strip())
    assert set_aside(reading) == ["* Ann Wright (warden)", "* Tom Hill", "Starts at 26min."]
    assert lines(reading, "text-before-first-label") == [6]
    check_account(reading)


def test_a_paragraph_about_the_interview_is_set_aside_and_said() -> None:
    about = "This interview was recorded in the hall on 14 March 2024, and then written down by two"
    reading = read(f"{about} people of the parish.\n" * 2 + "\nI: Who has the key?\nR: Nobody.\n")
    assert len(set_aside(reading)) == 2
    assert reading.transcript.facts["date"] == "2024-03-14"
    assert lines(reading, "text-before-first-label") == [1]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (
            "See [the paper](https://example.org/a_(b).pdf), it is short.",
            "See the paper, it is short.",
        ),
        ('See <a href="https://example.org/">the paper</a>.', "See the paper."),
        ("[Here](../b.md) and [there](#top).", "Here and there."),
        ("Well [laughs](quietly) no [one] (or two).", "Well [laughs](quietly) no [one] (or two)."),
    ],
)
def test_of_a_link_the_words_stay_and_of_anything_else_all(written: str, words: str) -> None:
    reading = read(f"I: So?\nR: {written}\n<a name='x'></a>\nI: Ah.\nR: Yes.\n")
    assert said(reading)[1][1].split("\n")[0] == words
    assert "<a" not in reading.transcript.text
    check_account(reading)


def test_a_time_that_is_a_link_is_a_time() -> None:
    reading = read("[00:01:10](https://example.org/?t=70) I: So?\n[0:01:20](/t) R: Yes.\n")
    assert said(reading) == [("I", "So?"), ("R", "Yes.")]
    assert times(reading) == [(70_000, None), (80_000, None)]
    check_account(reading)


@pytest.mark.parametrize("again", ["Interview 05 b", "Interview 05 a"])
def test_nobody_speaks_on_over_the_title_of_another_part(again: str) -> None:
    part = "\nI: (0:01 - 0:02) So?\nR: (0:02 - 0:09) Yes.\nI: (0:10 - 0:11) Thanks.\n"
    reading = read(f"Interview 05 a\n{part}\n{again}\n{part}")
    other = again != "Interview 05 a"
    assert len(reading.transcript.turns) == 5 + other
    assert codes(reading) == ["another-part"] * other + ["times-backwards"]
    assert lines(reading, "times-backwards") == [9]
    check_account(reading)


def test_two_labelled_lines_in_pages_of_prose_are_no_conversation() -> None:
    reading = read(PROSE * 60 + "B: option two\n" + PROSE * 10 + "B: option three\n")
    assert [speaker for speaker, _ in said(reading)] == [None]
    assert lines(reading, "labels-left") == [61]
    assert codes(reading) == ["no-speakers", "labels-left"]


def test_a_phrase_that_comes_twice_is_no_speaker() -> None:
    reading = read("I: a\nR: b\nThe thing is: no.\nI: c\nR: d\nThe thing is: yes.\n")
    assert reading.transcript.speakers == ("I", "R")
    assert "The thing is: no." in reading.transcript.text


def test_a_name_that_occurs_once_among_labelled_lines_is_taken_and_said() -> None:
    reading = read("I: a\nR: b\nI: c\nRuth: Sorry.\nI: d\nR: e\n")
    assert reading.transcript.speakers == ("I", "R", "Ruth")
    assert lines(reading, "label-once") == [4]


def test_a_name_that_occurs_once_among_long_turns_is_left_and_said() -> None:
    turn = "I: a\n\nmore\n\nmore\n\nmore\n\n"
    reading = read(turn * 4 + "Results: none.\n\n" + turn)
    assert reading.transcript.speakers == ("I",)
    assert "Results: none." in reading.transcript.text
    assert lines(reading, "label-once") == [33]


def test_a_name_in_the_header_counts_at_once() -> None:
    reading = read(
        "Attendees\nAnna Bell, Tom Reed\n\nAnna Bell: a\n\nTom Reed: b\n\nI: c\n\nI: d\n"
    )
    assert reading.transcript.speakers == ("Anna Bell", "Tom Reed", "I")
    assert codes(reading) == []


def test_an_address_after_a_colon_makes_no_speaker() -> None:
    reading = read("Episode: <https://example.org/1>\n\nAnna: a\n\nTom: b\n\nAnna: c\n\nTom: d\n")
    assert reading.transcript.speakers == ("Anna", "Tom")
    assert set_aside(reading) == ["Episode: <https://example.org/1>"]


def test_a_speaker_may_say_an_address() -> None:
    reading = read("I: Where?\nR: https://example.org/1\nI: Thanks.\n")
    assert ("R", "https://example.org/1") in said(reading)


def test_a_label_without_words_is_set_aside_and_said() -> None:
    reading = read("I: a\nR: b\nI:\nR: c\n")
    assert said(reading) == [("I", "a"), ("R", "b"), ("R", "c")]
    assert set_aside(reading) == ["I:"]
    assert lines(reading, "label-without-words") == [3]
    check_account(reading)


def test_labels_without_any_words_are_no_transcript() -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        read("Anna:\nTom:\nAnna:\n")


@pytest.mark.parametrize(
    ("layout", "starts"),
    [
        (
            "Anna  59:50  \nHello.\n\n-- TIMER RESET --\n\nTom  0:00  \nHi.\n\nAnna  0:05\nYes.\n",
            [3_590_000, 0, 5_000],
        ),
        (
            "#### 00:00:48\n\n**Anna:** Hello.\n\n#### 00:01:10\n\n**Tom:** Hi.\n\n"
            "**Anna:** Yes.\n",
            [48_000, 70_000, None],
        ),
        (
            "Anna: 00:00:06\n\nHello.\n\nTom: 00:00:09\n\nHi.\n\nAnna: 00:00:10\n\nYes.\n",
            [6_000, 9_000, 10_000],
        ),
        ("00:00:00\n\nAnna: Hello.\n\nTom: Hi.\n\n00:05:00\n\nAnna: Yes.\n", [0, None, 300_000]),
        (
            "[Anna] (0:01 - 0:02)\nHello.\n\n[Tom] (0:02- 0:03)\nHi.\n\n[Anna]\nYes.\n",
            [1_000, 2_000, None],
        ),
        (
            "Anna 10:02\nHello.\nTom 10:03\nHi.\nAnna 10:04\nYes.\nTom 10:05\n\n",
            [602_000, 603_000, 604_000],
        ),
    ],
)
def test_times_leave_the_words_in_every_layout(layout: str, starts: list[int | None]) -> None:
    reading = read(layout)
    assert said(reading) == [("Anna", "Hello."), ("Tom", "Hi."), ("Anna", "Yes.")]
    assert [start for start, _ in times(reading)] == starts
    check_account(reading)


def test_an_answer_that_is_a_time_of_day_is_an_answer() -> None:
    assert said(read("I: When?\nR: 6:30\nI: Early.\nR: 7:00\n"))[1] == ("R", "6:30")


def test_a_time_that_cannot_be_read_is_left_out_and_said() -> None:
    reading = read("[Anna] (22:175 - 22:17)\nHello.\n\n[Tom] (22:17 - 22:18)\nHi.\n")
    assert times(reading) == [(None, 1_337_000), (1_337_000, 1_338_000)]
    assert lines(reading, "time-unreadable") == [1]


@pytest.mark.parametrize(
    "layout",
    [
        "00:00:10 So here we are\n00:00:14 and the thing is: good\n00:00:20 it goes\n",
        "[00:10.000 --> 00:14.000]  So here we are\n[00:14.000 --> 00:20.000]  and the thing is: "
        "good\n[00:20.000 --> 00:22.000]  it goes\n",
        "[00:10] So here we are\n[00:14] and the thing is: good\n[00:20] it goes\n",
    ],
)
def test_times_without_speakers_become_marks(layout: str) -> None:
    reading = read(layout)
    assert said(reading) == [(None, "So here we are\nand the thing is: good\nit goes")]
    assert [mark.at_ms for mark in reading.transcript.marks] == [10_000, 14_000, 20_000]
    check_account(reading)


def test_names_alone_on_a_line_are_speakers_where_most_blocks_begin_so() -> None:
    reading = read("Anna Bell\nHow are you?\n\nTom Reed\nThanks.\nGood.\n\n" * 3)
    assert said(reading)[:2] == [("Anna Bell", "How are you?"), ("Tom Reed", "Thanks.\nGood.")]
    assert lines(reading, "labels-alone") == [1]
    check_account(reading)


def test_names_in_bold_alone_on_a_line_are_speakers() -> None:
    reading = read("**Anna**\n\nHello.\n\n**Tom**\n\nHi.\n\n**Anna**\n\nSo.\n\n**Tom**\n\nYes.\n")
    assert said(reading)[:2] == [("Anna", "Hello."), ("Tom", "Hi.")]
    check_account(reading)


def test_questions_and_answers_by_letter_keep_their_colons() -> None:
    reading = read("Q. So?\n\nA. Yes: indeed.\n\nQ. Before: that?\n\nA. No.\n")
    assert said(reading) == [
        ("Q.", "So?"),
        ("A.", "Yes: indeed."),
        ("Q.", "Before: that?"),
        ("A.", "No."),
    ]


def test_a_sentence_that_begins_with_a_letter_stays_whole() -> None:
    reading = read("Q: So?\nA: Well.\nA little bit.\nA. Smith knows.\nQ: Oh.\nA: Yes.\n")
    assert said(reading)[1] == ("A", "Well.\nA little bit.\nA. Smith knows.")


def test_labels_before_a_tab_are_speakers() -> None:
    reading = read("I\tHello\nR\tHi there\nI\tSo\nR\tYes\n")
    assert said(reading)[:2] == [("I", "Hello"), ("R", "Hi there")]


def test_marks_of_laughter_are_no_speakers() -> None:
    reading = read("I: a\n\n[Laughter]\n\nR: b\n\n[Laughter]\n\n[Applause]\n\nI: c\n\n[Applause]\n")
    assert reading.transcript.speakers == ("I", "R")
    assert "[Laughter]" in reading.transcript.text


def test_lines_broken_to_a_width_are_paragraphs_again() -> None:
    broken = (
        "Interviewer: So tell me how it came about that you moved here and what was\n"
        "the first thing that you noticed when you came to the town, and whether it\n"
        "has changed since then in the way that people talk about it nowadays.\n\n"
        "Participant: Well that is a long story, it began with my sister who had got\n"
        "a job in the hospital and she said to me why don't you come as well, there\n"
        "is lots of work here and the houses are cheap. So I packed my things and came\n"
        "on the night bus with two bags and a cat, and that was that. And then of\n"
        "course everything was different from what she had told me, I mean the houses\n"
        "were cheap but there was a reason for that as you can imagine, and the reason\n"
        "was damp. All of them were damp from the bottom to the top and you had to\n"
        "scrape the walls in the spring, every spring, and paint them in the summer\n"
        "and then in the autumn it would start again. So that was the reason for it,\n"
        "we laughed about it in the end because what else could you do in that town.\n"
    )
    reading = read(broken)
    assert [speaker for speaker, _ in said(reading)] == ["Interviewer", "Participant"]
    assert "\n" not in said(reading)[0][1]
    assert "you come as well, there is lots of work" in reading.transcript.text
    check_account(reading)


def test_one_sentence_a_line_is_not_a_broken_text() -> None:
    reading = read("I: One.\n" + "This is a sentence of its own, and it ends here.\n" * 20)
    assert said(reading)[0][1].count("\n") == 20


def test_headings_of_markdown_are_set_aside_between_turns() -> None:
    reading = read("# Talk\n\nAnna: a\n\n## Part two\n\nTom: b\n\nAnna: c\n\nTom: d\n")
    assert set_aside(reading) == ["# Talk", "## Part two"]
    assert reading.transcript.facts["title"] == "Talk"
    assert "Part two" not in reading.transcript.text


def test_facts_of_yaml_are_offered_and_the_block_is_set_aside() -> None:
    reading = read(
        "---\ntitle: 'A talk: one'\ndate: 2024-03-14\nspeakers:\n  - Anna Bell\n"
        "place: Oakford\n---\n\nAnna Bell: a\n\nI: b\n"
    )
    assert reading.transcript.facts == {
        "title": "A talk: one",
        "date": "2024-03-14",
        "place": "Oakford",
    }
    assert said(reading) == [("Anna Bell", "a"), ("I", "b")]
    assert [unit.kind for unit in reading.report.set_aside] == ["front matter"]
    assert codes(reading) == []
    check_account(reading)


def test_a_yaml_block_that_is_broken_is_set_aside_and_said() -> None:
    reading = read("---\ntitle: [\n---\nI: a\nR: b\n")
    assert said(reading) == [("I", "a"), ("R", "b")]
    assert codes(reading) == ["front-matter-unread"]


def test_a_yaml_block_cannot_run_code_or_grow() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [*{old},*{old},*{old},*{old},*{old},*{old},*{old},*{old}]\n"
        for old, new in zip("abcdefg", "bcdefgh", strict=True)
    )
    reading = read(f"---\n{bomb}title: *h\n---\nI: a\nR: b\n")
    assert reading.transcript.facts == {}
    reading = read("---\ntitle: !!python/object/apply:os.getcwd []\n---\nI: a\nR: b\n")
    assert reading.transcript.facts == {}


def test_a_ruler_at_the_head_is_no_yaml() -> None:
    reading = read("----------\nI: a\nR: b\n----------\n")
    assert said(reading) == [("I", "a"), ("R", "b")]
    assert reading.report.dropped["markup"] == 20


def test_a_line_number_is_that_of_the_file() -> None:
    reading = read("---\ntitle: x\n---\n\nI: a\n\nR: b\n\nI:\n\nR: c\n")
    assert lines(reading, "label-without-words") == [9]


def test_notices_name_the_program_and_are_set_aside() -> None:
    reading = read(
        "**This editable transcript was computer generated and might contain errors.**\n\n"
        "Anna: a\n\nTom: b\n\nAnna: c\n\nTom: d\n\nMeeting ended after 00:23:30 \U0001f44b\n"
    )
    assert reading.transcript.producer == "Google Meet"
    assert reading.transcript.facts["duration"] == "00:23:30"
    assert len(reading.transcript.turns) == 4
    assert len(set_aside(reading)) == 2
