"""Who is who: by the manifest, then by the label's own word, and never by a guess."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.model.people import Role, Speaker
from qualcode.readers import Source, read_transcript
from qualcode.services.intake.manifest import read_manifest
from qualcode.services.intake.manifest_rows import ManifestRow
from qualcode.services.intake.roles import Cast, cast
from qualcode.store.speaking import as_read, spellings

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "transcripts"


def row(**cells: str) -> ManifestRow:
    """A manifest's row with these cells."""
    interviewer = cells.pop("interviewer", None)
    further = {"interviewer": interviewer} if interviewer else {}
    return ManifestRow(
        2,
        "INT",
        Path("a.txt"),
        **cells,  # type: ignore[arg-type]
        interview_attributes=further,
        given=frozenset(cells),
    )


def roles_of(cast_: Cast) -> dict[str, tuple[str, str | None]]:
    return {s.label: (str(s.role), s.participant) for s in cast_.speakers}


@pytest.mark.parametrize(
    ("interview", "roles"),
    [
        ("P01", {"Interviewer": ("interviewer", None), "P01": ("participant", "P01")}),
        ("P02", {"Dina": ("interviewer", None), "P02": ("participant", "P02")}),
        ("P03", {"I": ("interviewer", None), "P03": ("participant", "P03")}),
        ("P04", {"Interviewer": ("interviewer", None), "P04": ("participant", "P04")}),
        ("P05", {"Interviewer": ("interviewer", None), "P05": ("participant", "P05")}),
        (
            "P06",
            {
                "I": ("interviewer", None),
                "P06": ("participant", "P06"),
                "P09": ("participant", "P09"),
            },
        ),
        ("P07", {"Interviewer": ("interviewer", None), "P07": ("participant", "P07")}),
        ("P08", {"Interviewer": ("interviewer", None), "P08": ("participant", "P08")}),
    ],
)
def test_the_interviewer_of_the_worked_example_is_told_apart(
    interview: str, roles: dict[str, tuple[str, str | None]]
) -> None:
    rows = read_manifest(EXAMPLE / "interviews.csv").interviews()[interview]
    data = rows[0].file.read_bytes()
    reading = read_transcript(Source(data, rows[0].file.name, interview), name=interview)
    codes = {one.line: one.participant or "" for one in rows}

    found = cast(reading.transcript.speakers, rows, codes)

    assert roles_of(found) == roles
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Interviewer", Role.INTERVIEWER),
        ("INTERVIEWER 2", Role.INTERVIEWER),
        ("I1", Role.INTERVIEWER),
        ("Int.", Role.INTERVIEWER),
        ("(Q)", Role.INTERVIEWER),
        ("Befragerin", Role.INTERVIEWER),
        ("Enquêtrice", Role.INTERVIEWER),
        ("Moderator", Role.INTERVIEWER),
        ("R", Role.PARTICIPANT),
        ("Participant_3", Role.PARTICIPANT),
        ("Respondent 12", Role.PARTICIPANT),
        ("P07", Role.PARTICIPANT),
        ("Particpant", Role.PARTICIPANT),
        ("B", Role.PARTICIPANT),
        ("SPEAKER_00", Role.OTHER),
        ("Speaker 1", Role.OTHER),
        ("Ama", Role.OTHER),
        ("P2P", Role.OTHER),
        ("Pam", Role.OTHER),
    ],
)
def test_a_label_says_what_somebody_is_only_by_a_whole_word(label: str, role: Role) -> None:
    assert cast([label], [], {}).speakers == (Speaker(label, role),)


@pytest.mark.parametrize(
    ("voice", "role"),
    [
        ("Interviewer", Role.INTERVIEWER),
        ("Interviewer 2", Role.INTERVIEWER),
        ("I", Role.INTERVIEWER),
        ("INT:", Role.INTERVIEWER),
        ("[Moderator]", Role.INTERVIEWER),
        ("Enquêtrice", Role.INTERVIEWER),
        ("Participant", Role.PARTICIPANT),
        ("P07", Role.PARTICIPANT),
        ("R:", Role.PARTICIPANT),
        ("Speaker 1", Role.OTHER),
        ("Okafor, Dina", Role.OTHER),
    ],
)
def test_a_voice_of_subtitles_has_the_role_of_the_same_label_in_text(
    voice: str, role: Role
) -> None:
    cues = (
        f"00:0{n}.000 --> 00:0{n + 1}.000\n<v {label}>And then it rained.</v>\n"
        for n, label in enumerate([voice, "Ama", voice])
    )
    label = voice.rstrip(":")
    lines = (f"{one}: And then it rained.\n" for one in [label, "Ama", label])

    spoken = speakers_of("a.vtt", "WEBVTT\n\n" + "\n".join(cues))
    written = speakers_of("a.txt", "\n".join(lines))

    assert [one.role for one in spoken] == [role, Role.OTHER]
    assert [one.role for one in written] == [role, Role.OTHER]


def speakers_of(name: str, text: str) -> tuple[Speaker, ...]:
    """The speakers of a file without a manifest."""
    reading = read_transcript(Source(text.encode(), name, name), name="a")
    return cast(reading.transcript.speakers, [], {}).speakers


def test_what_stays_unclear_is_counted_and_not_named() -> None:
    found = cast(["Interviewer", "Ama", "Bea"], [], {})

    assert [(w.code, w.message) for w in found.warnings] == [
        (
            "speaker-unclear",
            "the roles of 2 speakers are not known: say it with: qualcode transcripts speaker",
        )
    ]


def test_beside_who_was_interviewed_it_is_said_that_others_words_are_nobodys() -> None:
    known = {"Ama": Speaker("Ama", Role.PARTICIPANT, "P01")}
    found = cast(["Interviewer", "Ama", "Bea"], [], {}, known=known)

    assert [w.message for w in found.warnings] == [
        "the role of one speaker is not known, so their words are nobody's in particular: say it "
        "with: qualcode transcripts speaker"
    ]


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        ({"speaker": "Speaker 2"}, "Speaker 2"),
        ({"name": "Ama Serwaa Boateng"}, "Ama"),
        ({"name": "Boateng, Ama"}, "BOATENG"),
        ({"name": "Ama Boateng"}, "ama boateng:"),
        ({"pseudonym": "Efua"}, "Efua"),
        ({"participant": "P01"}, "p01"),
    ],
)
def test_a_participant_is_found_by_what_the_manifest_calls_them(
    cells: dict[str, str], label: str
) -> None:
    found = cast(["Speaker 1", label, "Zed"], [row(**cells)], {2: "P01"})

    assert roles_of(found)[label] == ("participant", "P01")


@pytest.mark.parametrize(
    ("interviewer", "label"),
    [
        ("Dina Okafor", "Dina"),
        ("Dina Okafor", "DO"),
        ("Rhys Madden; Dina Okafor", "Okafor"),
        ("Dina Okafor", "Dina Okafor"),
    ],
)
def test_an_interviewer_is_found_by_name_part_or_initials(interviewer: str, label: str) -> None:
    found = cast([label, "P01"], [row(participant="P01", interviewer=interviewer)], {2: "P01"})

    assert roles_of(found) == {label: ("interviewer", None), "P01": ("participant", "P01")}


def test_one_open_participant_gets_the_one_open_label() -> None:
    found = cast(["I", "Speaker 2"], [row(participant="P01")], {2: "P01"})

    assert roles_of(found) == {"I": ("interviewer", None), "Speaker 2": ("participant", "P01")}
    assert found.warnings == ()


def test_with_two_open_labels_nothing_is_guessed() -> None:
    found = cast(["Speaker 1", "Speaker 2"], [row(participant="P01")], {2: "P01"})

    assert {s.participant for s in found.speakers} == {None}
    assert [w.code for w in found.warnings] == ["speaker-not-found", "speaker-unclear"]
    assert found.warnings[0].line == 2


def test_a_speaker_column_that_fits_no_label_is_said_even_with_one_label_open() -> None:
    found = cast(["I", "Bea"], [row(speaker="Ann")], {2: "P01"})

    assert roles_of(found)["Bea"] == ("other", None)
    assert found.warnings[0].code == "speaker-not-found"


def test_a_transcript_without_labels_belongs_to_its_one_participant() -> None:
    found = cast([], [row(participant="P01")], {2: "P01"})

    assert found.speakers == (Speaker("", Role.OTHER, "P01"),)
    assert found.warnings == ()


def test_what_a_person_said_of_a_label_stays_where_the_manifest_is_silent() -> None:
    known = {"Ama": Speaker("Ama", Role.INTERVIEWER), "Bea": Speaker("Bea", Role.OTHER)}

    found = cast(["Ama", "Bea"], [row(speaker="Bea")], {2: "P01"}, known=known)

    assert roles_of(found) == {"Ama": ("interviewer", None), "Bea": ("participant", "P01")}


def test_the_first_letter_of_an_interviewers_name_is_not_theirs() -> None:
    decided = cast(["I", "R"], [row(interviewer="Rosa", participant="P07")], {2: "P07"})
    assert roles_of(decided) == {"I": ("interviewer", None), "R": ("participant", "P07")}


def test_who_answers_and_stands_in_no_row_is_counted_where_a_manifest_speaks() -> None:
    rows = [row(participant="P01", speaker="P1")]
    found = cast(["I", "P1", "P2", "P3"], rows, {2: "P01"})

    assert [(w.code, w.message.partition(":")[0]) for w in found.warnings] == [
        ("speaker-in-no-row", "2 who answer are in no row of the manifest")
    ]
    assert cast(["I", "P1", "P2"], [], {}).warnings == ()


def test_a_speaker_of_the_manifest_whom_no_label_has_is_said_without_the_label() -> None:
    found = cast(["I", "Ama Boatng"], [row(participant="P01", speaker="Ama Boateng")], {2: "P01"})

    assert [warning.code for warning in found.warnings] == ["speaker-not-found", "speaker-unclear"]
    assert not any("Boat" in warning.message for warning in found.warnings)


def test_what_is_said_of_a_spelling_is_said_of_its_label_and_the_spelling_stays() -> None:
    known = {
        "Ama": Speaker("Ama"),
        "Amma": Speaker("Amma", same_as="Ama"),
    }
    rows = [row(participant="P01", speaker="Amma", interviewer="Dina Okafor")]
    found = cast(["Dina", "Amma"], rows, {2: "P01"}, known=known)

    assert found.speakers == (
        Speaker("Dina", Role.INTERVIEWER),
        Speaker("Amma", same_as="Ama"),
        Speaker("Ama", Role.PARTICIPANT, "P01"),
    )
    assert found.warnings == ()


def two_rows(first: str, second: str) -> list[ManifestRow]:
    """Two people of one interview, P01 and P02, under these labels."""
    return [row(speaker=first), replace(row(speaker=second), line=3)]


TWO = {2: "P01", 3: "P02"}


def test_rows_that_tell_a_label_and_its_spelling_apart_are_followed_and_said() -> None:
    known = {"Maria": Speaker("Maria", same_as="John"), "John": Speaker("John")}
    for rows, codes in (
        (two_rows("Maria", "John"), TWO),
        (two_rows("John", "Maria"), {2: "P02", 3: "P01"}),
    ):
        found = cast(["I", "Maria", "John"], rows, codes, known=known)
        people = {one.label: one for one in found.speakers}
        assert (people["Maria"].participant, people["John"].participant) == ("P01", "P02")
        assert spellings(people) == {}
        assert [one.code for one in found.warnings] == ["spelling-of-two"]


def test_a_row_that_contradicts_what_is_known_of_a_spelling_parts_the_two() -> None:
    known = {
        "Maria": Speaker("Maria", Role.PARTICIPANT, "P01", same_as="John"),
        "John": Speaker("John"),
    }
    assert spellings(known) == {"Maria": "John"}
    found = cast(["I", "Maria", "John"], [row(speaker="John")], {2: "P02"}, known=known)
    people = {one.label: one for one in found.speakers}
    assert (people["Maria"].participant, people["John"].participant) == ("P01", "P02")
    assert spellings(people) == {}
    assert "spelling-of-two" in {one.code for one in found.warnings}


def test_a_row_of_a_spelling_says_whose_both_are() -> None:
    known = {
        "Maria": Speaker("Maria", Role.PARTICIPANT, "P01", same_as="John"),
        "John": Speaker("John"),
    }
    found = cast(["I", "Maria", "John"], [row(speaker="Maria")], {2: "P02"}, known=known)
    people = {one.label: one for one in found.speakers}
    assert spellings(people) == {"Maria": "John"}
    assert as_read(people)["John"].participant == "P02"
    assert found.warnings == ()


def test_one_label_for_two_participants_is_given_to_neither() -> None:
    found = cast(["I", "John"], two_rows("John", "John"), TWO)
    assert {one.label: one.participant for one in found.speakers} == {"I": None, "John": None}
    doubled = [(one.code, one.line) for one in found.warnings if one.code == "speaker-of-two"]
    assert doubled == [("speaker-of-two", 2), ("speaker-of-two", 3)]


def test_two_rows_of_one_participant_are_no_contradiction() -> None:
    found = cast(["I", "John"], two_rows("John", "John"), {2: "P01", 3: "P01"})
    assert {one.label: one.participant for one in found.speakers} == {"I": None, "John": "P01"}
    assert found.warnings == ()
