"""What each program makes of WebVTT, on small files written after its habits."""

from __future__ import annotations

from readers.sources import check_account, codes, lines, read, said, times


def test_whisper_writes_hours_only_after_the_first() -> None:
    reading = read(
        "WEBVTT\n\n59:58.000 --> 59:59.500\nBefore the hour.\n\n"
        "59:59.500 --> 01:00:03.000\nPast it.\n\n01:00:03.000 --> 01:00:05.000\nThen.\n"
    )
    assert said(reading) == [(None, "Before the hour. Past it. Then.")]
    assert [mark.at_ms for mark in reading.transcript.marks] == [3_598_000, 3_599_500, 3_603_000]
    check_account(reading)


def test_the_slashes_of_noscribe_are_no_part_of_a_name() -> None:
    reading = read(
        "WEBVTT Interview Anna & Tom\n\nNOTE media: anna.mp3\n\n"
        "1\n00:00:00.000 --> 00:00:03.000\n<v S01>Wie war das?\n\n"
        "00:00:03.000 --> 00:00:08.000\n<v //S02>Ja, das //S01: Genau.// war so.\n\n"
        "00:00:08.000 --> 00:00:09.000\n<v S02>So.\n\n"
        "00:00:10.000 --> 00:00:09.000\n<v S01>Danke.\n"
    )
    assert said(reading) == [
        ("S01", "Wie war das?"),
        ("S02", "Ja, das //S01: Genau.// war so. So."),
        ("S01", "Danke."),
    ]
    assert times(reading)[-1] == (10_000, None)
    assert lines(reading, "cue-ends-before-start") == [15]
    assert reading.transcript.facts["title"] == "Interview Anna & Tom"
    check_account(reading)


def test_an_archive_names_a_speaker_only_where_another_begins() -> None:
    reading = read(
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:03.000\n<v INT>Wie war das?\n\n"
        "2\n00:00:03.000 --> 00:00:08.000\nUnd dann <[?]> kam\n\n"
        "3\n00:00:09.000 --> 00:00:12.000\n<v AB>Ja <s(lachend) gut> so <p8>.\n"
    )
    assert said(reading) == [
        ("INT", "Wie war das? Und dann <[?]> kam"),
        ("AB", "Ja <s(lachend) gut> so <p8>."),
    ]
    check_account(reading)


def test_names_of_zoom_may_hold_brackets_and_a_cue_may_lack_its_name() -> None:
    names = ["Justin Florentine (Besu): ", "", "Tom (he/him): ", "Justin Florentine (Besu): "]
    cues = "".join(
        f"{at}\r\n00:00:0{at}.000 --> 00:00:0{at}.900\r\n{name}words {at}\r\n\r\n"
        for at, name in enumerate(names, 1)
    )
    reading = read(f"WEBVTT\r\n\r\n{cues}")
    assert said(reading) == [
        ("Justin Florentine (Besu)", "words 1 words 2"),
        ("Tom (he/him)", "words 3"),
        ("Justin Florentine (Besu)", "words 4"),
    ]
    check_account(reading)


def test_the_settings_of_stream_are_facts() -> None:
    reading = read(
        '\ufeffWEBVTT\r\n\r\nNOTE duration:"00:10:00.0000000"\r\n\r\nNOTE language:en-us\r\n\r\n'
        "NOTE Confidence: 0.89\r\n\r\n0a1b2c3d-0000-1111-2222-333344445555\r\n"
        "00:00:01.000 --> 00:00:03.000\r\nWelcome to the\r\nmeeting.\r\n\r\n"
        "NOTE Confidence: 0.7\r\n\r\n0a1b2c3d-0000-1111-2222-333344445556\r\n"
        "00:00:03.500 --> 00:00:05.000\r\nThanks.\r\n"
    )
    assert said(reading) == [(None, "Welcome to the meeting. Thanks.")]
    assert reading.transcript.facts == {"duration": "00:10:00", "language": "en-us"}
    assert codes(reading) == ["no-speakers"]
    check_account(reading)


def test_teams_wraps_lines_and_parts_utterances() -> None:
    head = "0a1b2c3d-0000-1111-2222-333344445555"
    reading = read(
        f"WEBVTT\r\n\r\n{head}/119-0\r\n00:00:01.000 --> 00:00:03.000\r\n"
        "<v Bell, Anna (Org)>We wrapped this line\r\nhere and</v>\r\n\r\n"
        f"{head}/119-1\r\n00:00:03.000 --> 00:00:05.000\r\n<v Bell, Anna (Org)>there.</v>\r\n\r\n"
        f"{head}/118-0\r\n00:00:02.000 --> 00:00:02.500\r\n<v Tom>Mm.</v>\r\n\r\n"
        f"{head}/120-0\r\n00:00:05.000 --> 00:00:06.500\r\n<v Bell, Anna (Org)>So.</v>\r\n"
    )
    assert said(reading) == [
        ("Bell, Anna (Org)", "We wrapped this line here and there."),
        ("Tom", "Mm."),
        ("Bell, Anna (Org)", "So."),
    ]
    # Cues overlap, and are in the order of the file.
    assert times(reading) == [(1_000, 5_000), (2_000, 2_500), (5_000, 6_500)]
    assert reading.transcript.producer == "Microsoft Teams"
    check_account(reading)


def test_a_name_in_square_brackets_is_a_label() -> None:
    reading = read(
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:03.000\n[Guest 2]: words here\n\n"
        "2\n00:00:03.000 --> 00:00:05.000\n[Host]: yes\n\n"
        "3\n00:00:05.000 --> 00:00:07.000\n[Guest 2]: more\n"
    )
    assert said(reading) == [("Guest 2", "words here"), ("Host", "yes"), ("Guest 2", "more")]


def test_the_log_of_whisper_is_a_text_whose_lines_on_the_language_are_not_said() -> None:
    reading = read(
        "Detecting language using up to the first 30 seconds. Use `--language` to specify it\n"
        "Detected language: English\n"
        "[00:00.500 --> 00:02.400]  So it began.\n[59:59.000 --> 01:00:01.000]  Slowly.\n"
    )
    assert said(reading) == [(None, "So it began.\nSlowly.")]
    assert times(reading) == [(500, 3_601_000)]
    assert reading.transcript.facts == {"language": "English"}
    assert reading.transcript.producer == "Whisper"
    check_account(reading)
