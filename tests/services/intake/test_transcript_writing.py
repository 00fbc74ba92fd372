"""What a manifest makes of people: codes, names kept apart, consent that no import opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, EXAMPLE, bring_in, dialogue, event_count, tick, write

from qualcode.model.people import Attribution, Identity, Participant
from qualcode.readers import Source, read_transcript
from qualcode.services import listing, people
from qualcode.services.intake.importing import ImportReport
from qualcode.services.intake.manifest import read_manifest
from qualcode.services.intake.transcript_writing import content_of
from qualcode.store import identities
from qualcode.store.queries import KnownText
from qualcode.store.store import Store


def participants(store: Store) -> dict[str, Participant]:
    return {person.code: person for person in people.list_participants(store)}


def took_part(report: ImportReport) -> dict[str, tuple[str, ...]]:
    return {t.name: t.participants for t in report.transcripts}


@pytest.fixture
def interviews(folder: Path) -> Path:
    """Four interviews, one of them with two people."""
    files = {
        f"{name}.txt": dialogue("P", f"We met in the {name} room.", "And that was that.")
        for name in ("red", "blue", "green")
    }
    joint = "I: Who are you?\n\nAnn: The chair.\n\nBea: And I keep the money.\n"
    return write(folder, {**files, "joint.txt": joint})


def manifest(folder: Path, *rows: str, header: str = "interview_id,file,place,speaker") -> Path:
    path = folder / "interviews.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


RED, BLUE, GREEN = "red,red.txt,Marle,", "blue,blue.txt,Ashmere,", "green,green.txt,Marle,"
ANN, BEA = "joint,joint.txt,Wenbury,Ann", "joint,joint.txt,Wenbury,Bea"


def test_missing_codes_are_given_in_the_order_of_the_manifest(
    store: Store, interviews: Path
) -> None:
    report = bring_in(store, manifest=manifest(interviews, RED, ANN, BEA, BLUE))

    assert took_part(report) == {"red": ("P01",), "joint": ("P02", "P03"), "blue": ("P04",)}


def test_codes_that_are_taken_are_not_given_again(store: Store, interviews: Path) -> None:
    people.set_participant(store, "P01", {"place": "Marle"}, new=True, by=BY, at=tick())
    rows = ("red,red.txt,", "blue,blue.txt,P02", "green,green.txt,")
    header = "interview_id,file,participant,place"
    path = manifest(interviews, *(f"{row},Marle" for row in rows), header=header)

    report = bring_in(store, manifest=path)

    assert took_part(report) == {"red": ("P03",), "blue": ("P02",), "green": ("P04",)}


def test_codes_are_kept_when_the_manifest_is_sorted_anew_and_grows(
    store: Store, interviews: Path
) -> None:
    bring_in(store, manifest=manifest(interviews, RED, ANN, BEA))
    events = event_count(store)

    sorted_anew = bring_in(store, manifest=manifest(interviews, BEA, ANN, RED))
    assert took_part(sorted_anew) == {"red": ("P01",), "joint": ("P02", "P03")}
    assert event_count(store) == events

    grown = bring_in(store, manifest=manifest(interviews, GREEN, BEA, BLUE, ANN, RED))
    assert took_part(grown) == {
        "green": ("P04",),
        "joint": ("P02", "P03"),
        "blue": ("P05",),
        "red": ("P01",),
    }


def test_the_participant_who_is_left_of_a_joint_interview_is_the_one_before(
    store: Store, interviews: Path
) -> None:
    header = "interview_id,file,participant,place,speaker"
    given = ("joint,joint.txt,P07,x,Ann", "joint,joint.txt,,x,Bea")
    bring_in(store, manifest=manifest(interviews, *given, header=header))
    events = event_count(store)

    again = bring_in(store, manifest=manifest(interviews, *given, header=header))

    assert took_part(again) == {"joint": ("P01", "P07")}
    assert event_count(store) == events


def test_one_name_is_one_participant_in_all_interviews_and_imports(
    store: Store, interviews: Path
) -> None:
    header = "interview_id,file,name,place"
    path = manifest(
        interviews, "red,red.txt,Ama Boateng,Marle", "blue,blue.txt,Bea Holt,", header=header
    )
    bring_in(store, manifest=path)
    path = manifest(interviews, "green,green.txt,ama  boateng,", header=header)

    assert took_part(bring_in(store, manifest=path)) == {"green": ("P01",)}


def test_a_row_without_a_word_about_a_person_makes_no_participant(
    store: Store, interviews: Path
) -> None:
    path = manifest(interviews, "red,red.txt,2024-03-01", header="interview_id,file,date")

    assert took_part(bring_in(store, manifest=path)) == {"red": ()}
    assert participants(store) == {}


def test_an_empty_cell_takes_nothing_away(store: Store, interviews: Path) -> None:
    header = "interview_id,file,participant,role,attribution,place,date"
    full = "red,red.txt,P01,Chair,role,Marle,2024-03-01"
    bring_in(store, manifest=manifest(interviews, full, header=header))
    before = participants(store)
    events = event_count(store)

    report = bring_in(store, manifest=manifest(interviews, "red,red.txt,P01,,,,", header=header))

    assert before["P01"].role == "Chair"
    assert participants(store) == before
    assert report.transcripts[0].interviewed == "2024-03-01"
    assert event_count(store) == events


def test_two_interviews_of_one_person_say_together_who_it_is(
    store: Store, interviews: Path
) -> None:
    header = "interview_id,file,participant,role,organisation,attribution,gender"
    path = manifest(
        interviews,
        "red,red.txt,P01,Chair,,role,",
        "blue,blue.txt,P01,,The Hall,,f",
        header=header,
    )
    report = bring_in(store, manifest=path)

    assert participants(store) == {
        "P01": Participant("P01", Attribution.ROLE, role="Chair", organisation="The Hall")
    }
    assert {t.name: t.attributes for t in report.transcripts} == {
        "blue": {"gender": "f"},
        "red": {},
    }


def test_columns_of_a_joint_interview_belong_to_whom_they_tell_apart(
    store: Store, interviews: Path
) -> None:
    header = "interview_id,file,participant,speaker,ward,age,notes"
    path = manifest(
        interviews,
        "joint,joint.txt,P01,Ann,North,40,quiet",
        "joint,joint.txt,P02,Bea,North,50,loud",
        header=header,
    )
    report = bring_in(store, manifest=path)

    assert {code: dict(p.attributes) for code, p in participants(store).items()} == {
        "P01": {"age": "40"},
        "P02": {"age": "50"},
    }
    assert report.transcripts[0].attributes == {"ward": "North", "notes": "quiet; loud"}


def test_an_import_opens_nobody_who_withdrew(store: Store, interviews: Path) -> None:
    header = "interview_id,file,participant,attribution,name"
    path = manifest(interviews, "red,red.txt,P01,named,Ama Boateng", header=header)
    bring_in(store, manifest=path)
    people.set_participant(store, "P01", {"attribution": "withheld"}, new=True, by=BY, at=tick())

    report = bring_in(store, manifest=path)

    assert participants(store)["P01"].attribution is Attribution.WITHHELD
    assert [(w.code, w.line) for w in report.warnings] == [("stays-withheld", 2)]
    assert "participants set P01 attribution=named" in report.warnings[0].message


def test_an_import_settles_what_was_still_open(store: Store, interviews: Path) -> None:
    header = "interview_id,file,participant,attribution"
    bring_in(store, manifest=manifest(interviews, "red,red.txt,P01,", header=header))
    bring_in(store, manifest=manifest(interviews, "red,red.txt,P01,named", header=header))

    assert participants(store)["P01"].attribution is Attribution.NAMED


def test_a_participant_whom_no_row_names_any_more_is_said(store: Store, interviews: Path) -> None:
    header = "interview_id,file,participant"
    bring_in(store, manifest=manifest(interviews, "red,red.txt,P01", header=header))
    report = bring_in(store, manifest=manifest(interviews, "red,red.txt,P02", header=header))

    assert took_part(report) == {"red": ("P01", "P02")}
    assert "more-took-part" in [w.code for w in report.warnings]


def test_what_a_person_said_of_a_speaker_outlasts_the_next_import(
    store: Store, interviews: Path
) -> None:
    bring_in(store, interviews / "joint.txt")
    people.set_participant(store, "P05", {"place": "Marle"}, new=True, by=BY, at=tick())
    listing.set_speaker(store, "joint", "Ann", participant="P05", by=BY, at=tick())

    report = bring_in(store, manifest=manifest(interviews, "joint,joint.txt,Marle,Bea"))

    labels = {s.label: (s.role, s.participant) for s in report.transcripts[0].speakers}
    assert labels == {
        "I": ("interviewer", None),
        "Ann": ("participant", "P05"),
        "Bea": ("participant", "P01"),
    }


def test_a_name_in_an_interviews_id_is_said_for_it_stands_beside_every_quotation(
    store: Store, interviews: Path
) -> None:
    header = "interview_id,file,name"
    rows = ("red Boateng,red.txt,Ama Boateng", "blue,blue.txt,Lue Blu")
    report = bring_in(store, manifest=manifest(interviews, *rows, header=header))

    said = [(w.code, w.line) for w in report.warnings if w.line is not None]
    assert said == [("name-in-transcript-name", 2)]


# -- names ----------------------------------------------------------------------------------------

NAMES = [row.name or "" for row in read_manifest(EXAMPLE / "interviews.csv").rows]


def test_the_names_of_the_worked_example_are_in_the_identities_alone(
    store: Store, tmp_path: Path
) -> None:
    rows = read_manifest(EXAMPLE / "interviews.csv").rows
    report = bring_in(store, manifest=EXAMPLE / "interviews.csv")
    again = bring_in(store, manifest=EXAMPLE / "interviews.csv")
    with store.reading() as session:
        kept = {code: one.name for code, one in identities.read(session).items()}
        log = [
            bytes(cell) if isinstance(cell, bytes) else str(cell).encode()
            for row in session.rows("SELECT * FROM event")
            for cell in row
        ]
    store.close()
    project = tmp_path / "project"
    messages = "\n".join(map(str, (*report.warnings, *again.warnings, report.transcripts))).encode()

    assert kept == {row.participant: row.name for row in rows}
    assert (project / "study.identities").stat().st_mode & 0o077 == 0
    files = [path for path in project.iterdir() if path.name != "study.identities"]
    assert [path.name for path in files if path.suffix == ".qualcode"] == ["study.qualcode"]
    for name in kept.values():
        for words in (name, name.split()[-1], name.split()[0]):
            found = words.encode()
            assert found in (project / "study.identities").read_bytes()
            assert all(found not in path.read_bytes() for path in files), words
            assert all(found not in cell for cell in log)
            assert found not in messages


def test_no_name_passes_through_the_journal_of_the_project(
    store: Store, interviews: Path, tmp_path: Path
) -> None:
    header = "interview_id,file,name,email,aliases"
    path = manifest(interviews, "red,red.txt,Ama Boateng,ama@example.org,Auntie A", header=header)
    project = tmp_path / "project"
    bring_in(store, manifest=path)
    people.set_participant(store, "P01", {"name": "Ama Boateng-Holt"}, new=True, by=BY, at=tick())
    with store.act("look", by=BY, at=tick()) as act:
        identities.write(act.session, [Identity("P01", "Zed Quist")])
        act.session.run("UPDATE transcript SET name = name || '!'")
        seen = {p.name: p.read_bytes() for p in project.iterdir() if ".identities" not in p.name}

    assert "study.qualcode-journal" in seen
    for secret in (b"Boateng", b"ama@example.org", b"Auntie", b"Quist"):
        assert all(secret not in data for data in seen.values())


def test_contacts_and_aliases_are_kept_with_the_name(store: Store, interviews: Path) -> None:
    header = "interview_id,file,participant,name,email,phone,aliases"
    row = "red,red.txt,P01,Ama Boateng,a@example.org,0123,Ama; Auntie A"
    bring_in(store, manifest=manifest(interviews, row, header=header))
    bring_in(store, manifest=manifest(interviews, "red,red.txt,P01,,,,", header=header))

    with store.reading() as session:
        kept = identities.read(session)["P01"]
    assert (kept.name, kept.aliases) == ("Ama Boateng", ("Ama", "Auntie A"))
    assert kept.contacts == "a@example.org; 0123"


def test_a_text_waits_for_its_writing_as_the_bytes_of_its_signs() -> None:
    said = "I: “So …?”\n\nP: A tent 🎪, Straße 7.\n"
    transcript = read_transcript(Source(said.encode(), "P01.txt", "P01.txt"), name="P01").transcript
    likeness = KnownText("", "P01", "", "", "", b"")

    content = content_of(transcript, transcript.text.encode(), likeness)

    assert content.words() == transcript.text
    assert content.utf8 == transcript.text.encode()
    assert (content.characters, content.word_count) == (len(transcript.text), 5)
