"""Pages of HTML: the words as a browser shows them, and who says them."""

from __future__ import annotations

import pytest
from hanging import no_hang
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.sources import (
    NASTY,
    check_account,
    codes,
    read,
    read_file,
    said,
    set_aside,
    source,
    times,
)

from qualcode import errors
from qualcode.readers import html as reader
from qualcode.readers import read_transcript

TURNS = [("Anna", "Where?"), ("Tom", "There."), ("Anna", "I see."), ("Tom", "Yes.")]


@pytest.mark.parametrize(
    "page",
    [
        "".join(f"<p><strong>{who}</strong>: {words}</p>" for who, words in TURNS),
        "".join(f"<p><b>{who}:</b> {words}" for who, words in TURNS),
        "".join(f"<strong>{who}</strong>: {words}</p>\n" for who, words in TURNS),
        "<p>" + "\n  ".join(f"<strong>{who}</strong>: {words}" for who, words in TURNS),
        "".join(f"<div>{who}: {words}</div>" for who, words in TURNS),
        "<p>" + "<br>".join(f"{who}: {words}" for who, words in TURNS),
        "".join(f"<P><B>{who}:</B>&#9;{words}</P><P>&nbsp;</P>" for who, words in TURNS),
        "<pre>" + "\n".join(f"{who}: {words}" for who, words in TURNS) + "\n</pre>",
        "<dl>" + "".join(f"<dt>{who}<dd>{words}" for who, words in TURNS) + "</dl>",
        "<table><tr><th>Speaker<th>Text</tr>"
        + "".join(f"<tr><td>{who}</td><td>{words}</td></tr>" for who, words in TURNS),
        "<table>" + "".join(f"<tr><td>{who}<td>{words}" for who, words in TURNS) + "</table>",
        "<table><tr><td><table>"
        + "".join(f"<tr><td>{who}<td>{words}" for who, words in TURNS)
        + "</table></table>",
        "".join(f"<p><b>{who}</b></p><p>{words}</p>" for who, words in TURNS),
        "".join(
            f"<p><span style='font-weight:700'>{who}</span></p><p>{words}</p>"
            for who, words in TURNS
        ),
        '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE html><html><body>'
        + "".join(f"<p>{who}: {words}</p>" for who, words in TURNS)
        + "</body></html>",
    ],
)
def test_turns_come_out_of_every_way_to_write_them(page: str) -> None:
    reading = read(f"<body>{page}" if page[:2] != "<?" else page)
    assert reading.transcript.format == "html"
    assert said(reading) == TURNS
    check_account(reading)


def test_blanks_collapse_as_in_a_browser_and_words_stay_whole() -> None:
    page = (
        "<p>I:  Wh<b>er</b>e\n   was\tit?</p><p>R: o<i>ver</i>\n\nthere &amp; back&nbsp;again</p>"
    )
    reading = read(page)
    assert said(reading) == [("I", "Where was it?"), ("R", "over there & back\xa0again")]
    check_account(reading)


def test_verse_without_a_label_goes_on_with_the_turn() -> None:
    page = "<p>I: Sing.</p><p>R: So.</p><blockquote>Row, row<br>your boat</blockquote><p>I: Oh.</p>"
    assert said(read(page))[1] == ("R", "So.\nRow, row\nyour boat")


def test_bold_words_at_the_start_of_a_source_line_part_no_paragraph() -> None:
    page = "<p>I: It was\n<b>not</b> there,\n<b>mind</b> you.</p><p>R: So.</p>"
    assert said(read(page)) == [("I", "It was not there, mind you."), ("R", "So.")]


def test_what_is_no_word_is_markup() -> None:
    page = (
        "<html><head><style>p: {I: x}</style><script>if (a<b) { R: 1 }</script></head><body>"
        "<!-- I: never said --><p>I: Where?</p><script>I: no</script><p>R: There.</p>"
    )
    reading = read(page)
    assert said(reading) == [("I", "Where?"), ("R", "There.")]
    assert reading.report.characters_read == len(page)
    assert reading.report.dropped["markup"] > 100


def test_menus_and_the_foot_of_the_page_are_set_aside() -> None:
    page = (
        "<nav>Home: start</nav><p>I: Where?</p><p>R: There.</p><div class='big sidebar'>More</div>"
        "<section id='attribution'><p>Taken from <a href='x'>here</a>.</p></section>"
    )
    reading = read(page)
    assert said(reading) == [("I", "Where?"), ("R", "There.")]
    assert set_aside(reading) == ["Home: start", "More", "Taken from here."]
    check_account(reading)


def test_the_class_of_the_whole_page_sets_nothing_aside() -> None:
    assert len(said(read("<body class='footer'><p>I: Where?</p><p>R: There.</p>"))) == 2


def test_hidden_words_are_not_read_and_that_is_said() -> None:
    page = "<p>I: Where?</p><p hidden>R: no</p><p style='display: none'>R: no</p><p>R: There.</p>"
    reading = read(page)
    assert said(reading) == [("I", "Where?"), ("R", "There.")]
    assert codes(reading) == ["hidden-text"]


def test_a_heading_among_the_turns_is_no_speech() -> None:
    page = "<h1>Night bus</h1><p>I: Where?</p><h2>The stop</h2><p>R: There.</p>"
    reading = read(page)
    assert said(reading) == [("I", "Where?"), ("R", "There.")]
    assert set_aside(reading) == ["Night bus", "The stop"]
    assert reading.transcript.facts["title"] == "Night bus"


@pytest.mark.parametrize(
    "notice", ["END OF SIDE A", "<em>[END OF TAPE]</em>", "<b>End of side</b>"]
)
def test_the_end_of_a_tape_is_a_notice(notice: str) -> None:
    reading = read(f"<p>I: Where?</p><p>R: There.</p><p>{notice}</p><p>R: Side B.</p>")
    assert said(reading) == [("I", "Where?"), ("R", "There.\nSide B.")]
    assert len(set_aside(reading)) == 1


def test_facts_come_from_the_head_and_from_the_words_before_speech() -> None:
    page = (
        "<html lang='de'><head><title>a page</title><meta name='DC.date' content='2024-03-14'>"
        "</head><body><p>I: Where?</p><p>R: There.</p>"
    )
    assert read(page).transcript.facts == {
        "title": "a page",
        "language": "de",
        "date": "2024-03-14",
    }
    headed = (
        "<title>Template</title><h1>Interview with Tom</h1><h2>June 11, 1949</h2><p>I: a<p>R: b"
    )
    assert read(headed).transcript.facts == {"title": "Interview with Tom", "date": "1949-06-11"}


@pytest.mark.parametrize(
    ("charset", "encoding", "read_as"),
    [
        ("windows-1252", "cp1252", "cp1252"),
        ("iso-8859-1", "cp1252", "cp1252"),
        ("windows-1251", "cp1251", "cp1251"),
        ("windows-1252", "utf-8", "utf-8"),
    ],
)
def test_the_encoding_is_what_the_page_declares_unless_it_is_utf_8(
    charset: str, encoding: str, read_as: str
) -> None:
    words = "Привет" if encoding == "cp1251" else "“naïve”"
    page = (
        f"<meta http-equiv=Content-Type content='text/html; charset={charset}'><p>I: {words}<p>R: b"
    )
    reading = read(page.encode(encoding))
    assert said(reading)[0] == ("I", words)
    assert reading.transcript.encoding == read_as
    assert codes(reading) == []


@pytest.mark.parametrize("charset", ["utf-8", "no-such-thing", "base64", "euc-jp"])
def test_a_declaration_that_does_not_fit_is_not_believed(charset: str) -> None:
    reading = read(f"<meta charset={charset}><p>I: “naïve”<p>R: b".encode("cp1252"))
    assert said(reading)[0] == ("I", "“naïve”")
    assert codes(reading) == ["encoding-guessed"]


NOSCRIBE = (
    "<html><head><meta charset='UTF-8'></head><body><p style='x'>Interview 4</p>"
    "<p>Transcribed with noScribe vers. 0.6</p><p>Audio source: C:/a/b/talk 4.mp3</p>"
    "<p><a name='ts_0_2500_S00'>S00: Where was</a><a name='ts_2500_4000_S00'> it?</a></p>"
    "<p><a name='ts_4100_9000_S01'>S01: There. //S00: I see. //</a></p>"
    "<p><a name='ts_9500_9400_S00'>S00: Oh.</a></p></body></html>"
)


def test_noscribe_keeps_times_in_its_anchors() -> None:
    reading = read(NOSCRIBE)
    assert said(reading) == [
        ("S00", "Where was it?"),
        ("S01", "There. //S00: I see. //"),
        ("S00", "Oh."),
    ]
    assert times(reading)[:2] == [(0, 4_000), (4_100, 9_000)]
    assert [mark.at_ms for mark in reading.transcript.marks] == [0, 2_500, 4_100, 9_500]
    assert reading.transcript.producer == "noScribe"
    assert reading.transcript.facts["recording"] == "talk 4.mp3"
    check_account(reading)


def test_a_page_that_calls_itself_a_document_is_read() -> None:
    reading = read_file(NASTY / "html_renamed.docx")
    assert said(reading) == [("I", "hi"), ("R", "hello")]


@pytest.mark.parametrize(
    "text", ["<laughs> I: so\nR: yes\n", "<https://example.org>\nI: a\nR: b\n", "I: <p> is a tag"]
)
def test_a_text_with_angle_brackets_is_no_page(text: str) -> None:
    assert not reader.recognises(source(text))


def test_an_entity_that_the_page_declares_is_not_expanded() -> None:
    lol = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = read(f"{lol}<p>I: &b; and &f;</p><p>R: b</p>").transcript.text
    assert "lol" not in text
    assert "root:" not in text


@pytest.mark.parametrize(
    "sign", ["&#0;", "&#xFEFF;", "&#10;", "&#x2028;", "&#xD800;", "&#x85;", "\0"]
)
def test_an_entity_for_a_sign_that_no_transcript_holds_does_no_harm(sign: str) -> None:
    reading = read(f"<p>I: a{sign}b</p><p>R: c</p>")
    assert len(reading.transcript.turns) == 2
    check_account(reading)


def test_elements_nested_without_end_cost_no_depth() -> None:
    reading = read("<p>I: Where?</p>" + "<b>" * 50_000 + "<div>" * 50_000 + "R: There.")
    assert said(reading) == [("I", "Where?"), ("R", "There.")]


def test_more_lines_and_marks_than_any_interview_has_are_refused() -> None:
    for page in ("<p>a</p>" * 500_001, "<p>a" + "<b>" * 2_000_001):
        with pytest.raises(errors.TooManyLinesError):
            read(page)


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        read("<html><head><title>x</title></head><body><p>&nbsp;</p></body></html>")


MARKUP = """
    <p> </p> <br> <b> </b> <div> </div> <h2> </h2> <table> </table> <tr> <td> </td> <pre> </pre>
    <script> </script> <!-- --> <nav> </nav> <dt> <dd> <li> <title> </title> <textarea> </textarea>
    <plaintext> <svg> &amp; &nbsp; &#9; &#0; & < > <a/name=ts_0_1_S00> <a/name=ts_5_1_> </a>
    <span/class=timestamp/data-timestamp=1.5> </span> <p/hidden> \ufeff
"""
TAGS = st.sampled_from([*MARKUP.split(), "\n", "I: ", "R: ", " "])


@given(st.lists(TAGS | st.text(max_size=8), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_the_markup_the_account_holds(page: str) -> None:
    data = page.encode("utf-8", "replace")
    try:
        reading = reader.read(source(data), name="a")
    except (errors.EmptyTranscriptError, errors.NotTextError):
        return
    check_account(reading)


@given(st.lists(st.tuples(st.sampled_from(["I", "R"]), st.text("abc &<é", min_size=1)), min_size=1))
@settings(deadline=None)
def test_what_was_said_comes_back(turns: list[tuple[str, str]]) -> None:
    from html import escape

    turns = [(label, words) for label, words in turns if words.strip()] or [("I", "a")]
    page = "".join(f"<p><b>{label}</b>: {escape(words)}</p>\n" for label, words in turns)
    text = read_transcript(source(f"<body>{page}"), name="a").transcript.text
    assert text.split() == [word for _, words in turns for word in words.split()]


TALK = "<p>I: Where was it?</p><p>R: There, by the fair.</p><p>I: Oh.</p>"


@pytest.mark.parametrize(
    "page",
    [
        f"<form id='aspnetForm'>{TALK}</form>",
        f"<form><div class='menu'>{TALK}</div></form>",
        f"<nav>a</nav><form>{TALK}</form>",
        "".join(f"<form>{turn}</p></form>" for turn in TALK.split("</p>")[:-1]),
        "<form><table><tr><td>I</td><td>Where was it?</td></tr><tr><td>R</td><td>There, by the"
        " fair.</td></tr><tr><td>I</td><td>Oh.</td></tr></table></form>",
    ],
)
def test_what_stands_around_nearly_all_words_sets_nothing_aside(page: str) -> None:
    reading = read(f"<!DOCTYPE html><body>{page}</body>")
    assert said(reading) == [("I", "Where was it?"), ("R", "There, by the fair."), ("I", "Oh.")]
    check_account(reading)


def test_a_menu_in_a_form_around_the_page_is_set_aside() -> None:
    menus = "<nav>Home: start</nav>", "<table class='menu'><td>More</table>"
    reading = read(f"<!DOCTYPE html><form>{menus[0]}{TALK}{menus[1]}</form>")
    assert len(said(reading)) == 3
    assert set_aside(reading) == ["Home: start", "More"]
    check_account(reading)


def test_a_menu_in_the_cell_of_a_table_is_set_aside() -> None:
    rows = "<tr><td>I</td><td>Where?<nav>up</nav></td></tr><tr><td>R</td><td>There.</td></tr>"
    reading = read(f"<table>{rows}</table>")
    assert said(reading) == [("I", "Where?"), ("R", "There.")]
    assert set_aside(reading) == ["up"]
    check_account(reading)


def test_words_in_a_field_of_a_form_are_set_aside() -> None:
    reading = read(f"{TALK}<textarea>R: typed here</textarea>")
    assert len(said(reading)) == 3
    assert set_aside(reading) == ["R: typed here"]
    check_account(reading)


def test_words_that_a_browser_does_not_show_are_no_markup() -> None:
    reading = read(f"{TALK}<noscript>Switch it on.</noscript><script>let x = 1;</script>")
    assert reading.report.dropped["words that are not shown"] == len("Switch it on.")
    check_account(reading)


@pytest.mark.parametrize("before", ["<!---->" * 60, "<!-- a -->\n" * 600, "<!---- x" * 900])
def test_comments_at_the_start_of_a_file_are_gone_through_once(before: str) -> None:
    with no_hang():
        assert read(f"{before}I: Where?\nR: There.\nI: Oh.\n").transcript.format == "text"
