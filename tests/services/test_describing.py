"""What is known of an interview: what its file offers, and what a person says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, bring_in, dialogue, event_count, tick, write

from qualcode import errors
from qualcode.model.transcript import StoredTranscript
from qualcode.services import listing
from qualcode.services.describing import set_transcript
from qualcode.services.intake.offered import offered, split_recording
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

HEADER = """\
Interview-Nr.: 12
Befragte Person: Erna Sommer
Interviewer: Mara Lind
Datum: 02.11.2023
Ort: Gemeindehaus, Eichfurt
Sprache: Deutsch
Aufnahme: INT-12.m4a (4:37)

"""


@pytest.fixture
def fair(store: Store, folder: Path) -> Store:
    """A project with one transcript of which a file says much."""
    write(folder, {"P01.txt": HEADER + dialogue("P01", "The tent leaked.")})
    bring_in(store, folder / "P01.txt")
    return store


def known(store: Store) -> StoredTranscript:
    return listing.show_transcript(store, "P01").record


def change(store: Store, **changes: str | None) -> StoredTranscript:
    return set_transcript(store, "P01", changes, by=BY, at=tick())


# -- what files offer -----------------------------------------------------------------------------


def test_what_a_file_says_is_taken_and_names_are_not(fair: Store) -> None:
    record = known(fair)

    assert (record.interviewed, record.language) == ("2023-11-02", "de")
    assert record.recording == "INT-12.m4a"
    assert record.attributes == {"place": "Gemeindehaus, Eichfurt", "duration": "4:37"}
    with fair.reading() as session:
        log = " ".join(str(row) for row in session.rows("SELECT key, body FROM event"))
    assert "Mara" not in log
    assert "Erna" not in log


def test_names_that_a_file_says_are_shown_and_never_warned_of(store: Store, folder: Path) -> None:
    write(folder, {"P01.txt": HEADER + dialogue("P01", "The tent leaked.")})
    report = bring_in(store, folder / "P01.txt")

    assert report.accounts[0].facts["interviewer"] == "Mara Lind"
    assert report.accounts[0].facts["participant"] == "Erna Sommer"
    assert not [w for w in report.warnings if "Mara" in w.message or "Erna" in w.message]


def test_the_manifest_wins_over_the_file(store: Store, folder: Path) -> None:
    write(
        folder,
        {
            "P01.txt": HEADER + dialogue("P01", "The tent leaked."),
            "m.csv": "file,participant,place,date,language,recording,duration\n"
            "P01.txt,P01,Thornwick,2024-03-12,en,P01.wav,an hour\n",
        },
    )
    bring_in(store, manifest=folder / "m.csv")

    record = known(store)
    assert (record.interviewed, record.language) == ("2024-03-12", "en")
    assert record.recording == "P01.wav"
    assert "place" not in record.attributes  # the manifest says it of the participant
    assert record.attributes.get("duration") != "4:37"


def test_the_place_of_an_interview_is_a_filter_where_the_participant_has_none(fair: Store) -> None:
    found = retrieving.search(fair, "tent", where=["place=Gemeindehaus, Eichfurt"])

    assert len(found.hits) == 1


@pytest.mark.parametrize(
    ("fact", "name", "length"),
    [
        ("INT-A.m4a (4:37)", "INT-A.m4a", "4:37"),
        ("INT-A.m4a", "INT-A.m4a", None),
        ("P04 final (2).MP3 [54 min]", "P04 final (2).MP3", "54 min"),
        (r"C:\Users\mara\INT-A.wav", "INT-A.wav", None),
        ("file:///D:/tapes/INT%20A.wav", "INT A.wav", None),
        ("https://example.org/tapes/a.mp4", "a.mp4", None),
        ("Zoom H4n", None, None),
        ("yes (4:37)", None, None),
        ("list.m3u", None, None),
        ("", None, None),
    ],
)
def test_the_recording_of_a_header_is_a_name_and_a_length(
    fact: str, name: str | None, length: str | None
) -> None:
    assert split_recording(fact) == (name, length)


@pytest.mark.parametrize("facts", [{"date": "03/04/2024"}, {"language": "Klingon"}, {"place": ""}])
def test_what_is_not_sure_is_not_offered(facts: dict[str, str]) -> None:
    assert offered(facts) == offered({})


@pytest.mark.parametrize("said", ["TBC", "tba", "yes"])
def test_a_word_of_three_letters_is_no_language_of_a_header(said: str) -> None:
    assert offered({"language": said}).language is None


@pytest.mark.parametrize("said", ["eng", "deu", "fr", "en-GB", "yue"])
def test_the_codes_that_formats_write_are_languages(said: str) -> None:
    assert offered({"language": said}).language == said


# -- what a person says ---------------------------------------------------------------------------


def test_facts_are_set_in_one_act_that_undo_takes_back(fair: Store) -> None:
    before = known(fair)
    after = change(
        fair,
        date="2024-01-31",
        language="cy",
        recording=r"recordings\P01.m4a",
        place="Oakford",
        Mood="rather  good",
    )

    assert after == known(fair)
    assert (after.interviewed, after.language) == ("2024-01-31", "cy")
    assert after.recording == "recordings/P01.m4a"
    assert after.attributes == {"place": "Oakford", "duration": "4:37", "mood": "rather good"}
    coding.undo(fair, by=BY, at=tick())
    assert known(fair) == before


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_an_empty_value_takes_away(fair: Store, nothing: str | None) -> None:
    after = change(fair, date=nothing, recording=nothing, place=nothing, unknown=nothing)

    assert (after.interviewed, after.recording) == (None, None)
    assert after.attributes == {"duration": "4:37"}
    assert after.language == "de"


def test_what_was_taken_away_comes_back_with_redo(fair: Store) -> None:
    gone = change(fair, place=None)
    coding.undo(fair, by=BY, at=tick())
    coding.redo(fair, by=BY, at=tick())

    assert known(fair) == gone


def test_saying_it_again_writes_nothing(fair: Store) -> None:
    change(fair, mood="good")
    before = event_count(fair)
    change(fair, mood="good", language="de")

    assert event_count(fair) == before


def test_what_a_person_said_outlasts_the_next_import_and_yields_to_a_manifest(
    fair: Store, folder: Path
) -> None:
    change(fair, language="cy", place="Oakford")
    bring_in(fair, folder / "P01.txt")
    assert known(fair).language == "cy"

    write(folder, {"m.csv": "file,language\nP01.txt,en\n"})
    bring_in(fair, manifest=folder / "m.csv")
    assert (known(fair).language, known(fair).attributes["place"]) == ("en", "Oakford")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("date", "31.01.2024", "not a date. Write it as YEAR-MONTH-DAY"),
        ("date", "2024-02-30", "not a date"),
        ("language", "English", "Did you mean 'en'"),
        ("language", "ours, mostly", "Write en, fr, cy or en-GB"),
        ("recording", "P01.m3u", "neither sound nor film"),
        ("recording", "P01", "neither sound nor film"),
    ],
)
def test_a_value_that_is_none_is_refused(fair: Store, name: str, value: str, said: str) -> None:
    before = known(fair)
    with pytest.raises(errors.ManifestValueError, match=said):
        change(fair, **{name: value})
    assert known(fair) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dat", "Did you mean 'date'"),
        ("langauge", "Did you mean 'language'"),
        ("recordings", "Did you mean 'recording'"),
        ("attribution", "qualcode participants set CODE attribution"),
        ("name", "qualcode participants set CODE name"),
        ("E-Mail", "would be kept with the project"),
    ],
)
def test_what_is_not_said_of_an_interview_is_refused(fair: Store, name: str, said: str) -> None:
    with pytest.raises(errors.ManifestColumnError, match=said):
        change(fair, **{name: "x"})


def test_attributes_that_are_only_alike_are_kept_apart(fair: Store) -> None:
    after = change(fair, site1="a", site2="b")

    assert (after.attributes["site1"], after.attributes["site2"]) == ("a", "b")


def test_an_unknown_transcript_is_refused(fair: Store) -> None:
    with pytest.raises(errors.UnknownTranscriptError):
        set_transcript(fair, "P99", {"date": "2024-01-31"}, by=BY, at=tick())


def test_codings_stay_where_they_are(fair: Store) -> None:
    coding.tag(fair, "P01", "trading", Place(quote="The tent leaked."), by=BY, at=tick())

    assert change(fair, language="cy").codings == 1


@pytest.mark.parametrize(
    "given",
    [
        "/home/mara.lind/tapes/P01.m4a",
        r"C:\Users\mara.lind\P01.m4a",
        "../mara.lind/P01.m4a",
        "~/mara.lind/P01.m4a",
        "file:///home/mara.lind/P01.m4a",
    ],
)
def test_of_a_path_on_one_machine_the_recordings_name_alone_is_kept(
    fair: Store, given: str
) -> None:
    assert change(fair, recording=given).recording == "P01.m4a"


def test_a_recording_near_the_project_is_named_by_the_way_to_it(fair: Store) -> None:
    assert fair.path is not None
    near = fair.path.parent.parent / "sound" / "P01.m4a"
    assert change(fair, recording="../sound/P01.m4a").recording == "P01.m4a"
    near.parent.mkdir()
    near.write_bytes(b"sound")

    assert change(fair, recording="../sound/P01.m4a").recording == "../sound/P01.m4a"
    with fair.reading() as session:
        log = " ".join(str(row) for row in session.rows("SELECT key, body FROM event"))
    assert "P01.m4a" in log
    assert "mara.lind" not in log


def test_one_thing_said_twice_is_refused(fair: Store) -> None:
    before = event_count(fair)
    with pytest.raises(errors.ManifestColumnError, match="'date' is given twice"):
        set_transcript(fair, "P01", {"Date": "2024-01-01", "date": "2024-01-02"}, by=BY, at=tick())
    assert event_count(fair) == before
