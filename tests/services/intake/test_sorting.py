"""What a file is to the project: where names or bytes are shared, and where others are quicker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from services.study import BY, bring_in, contents, dialogue, tick, write

from qualcode import errors
from qualcode.model.people import Attribution
from qualcode.services import keeping, listing, people
from qualcode.services.intake import importing
from qualcode.services.intake.duplicates import Treatment
from qualcode.services.intake.importing import ImportReport
from qualcode.store import queries
from qualcode.store.store import Store

ANSWERS = [f"Sentence {n} is of tents, buckets and the {n * 7}th grant." for n in range(40)]
FIXED = [*ANSWERS[:5], "The sixth was put right.", *ANSWERS[6:]]


def rows(store: Store, *said: str, folder: Path, header: str) -> Path:
    """A manifest beside the files."""
    return write(folder, {"m.csv": "\n".join((header, *said)) + "\n"}) / "m.csv"


def treated(
    store: Store, *paths: Path, manifest: Path | None = None, treatment: Treatment
) -> ImportReport:
    """An import in which somebody says the same of every double."""
    return importing.import_transcripts(
        store, paths, manifest=manifest, treat=lambda _: treatment, yes=True, by=BY, at=tick()
    )


def meanwhile(
    store: Store,
    folder: Path,
    act: Callable[[], object],
    *,
    manifest: Path | None = None,
    encoding: str | None = None,
) -> ImportReport:
    """An import during which, while files are read, somebody else does something."""

    def progress(done: int, _: int) -> None:
        if done == 0:
            act()

    return importing.import_transcripts(
        store, [folder], progress=progress, manifest=manifest, encoding=encoding, by=BY, at=tick()
    )


# -- two files of one interview -------------------------------------------------------------------


@pytest.fixture
def two(folder: Path) -> Path:
    """An interview, and the same with a sentence put right."""
    return write(folder, {"A.txt": dialogue("P", *ANSWERS), "B.txt": dialogue("P", *FIXED)})


HEADER = "interview_id,file,participant,name,attribution,place"


def test_rows_of_one_interview_that_disagree_are_refused_with_both_lines(
    store: Store, two: Path
) -> None:
    said = "A,A.txt,P01,Ann Lee,withheld,Mill", "B,B.txt,P02,Bob Ray,named,Hill"
    path = rows(store, *said, folder=two, header=HEADER)
    before = contents(store)

    report = treated(store, manifest=path, treatment=Treatment.REVISE)

    [error] = [str(rejection.error) for rejection in report.rejected]
    assert "m.csv:3: participant: line 2 says otherwise" in error
    assert not report.written
    assert contents(store) == before


@pytest.mark.parametrize("treatment", [Treatment.REVISE, Treatment.LEAVE])
def test_consent_holds_whatever_becomes_of_the_second_file(
    store: Store, two: Path, treatment: Treatment
) -> None:
    said = "A,A.txt,P01,Ann Lee,,Mill", "B,B.txt,P01,Ann Lee,withheld,Mill"
    path = rows(store, *said, folder=two, header=HEADER)

    report = treated(store, manifest=path, treatment=treatment)

    [person] = people.list_participants(store)
    assert (person.code, person.attribution) == ("P01", Attribution.WITHHELD)
    assert [(t.name, t.participants) for t in report.transcripts] == [("A", ("P01",))]
    before = contents(store)
    again = treated(store, manifest=path, treatment=treatment)
    assert (again.rejected, again.written) == ((), False)
    assert contents(store) == before


def test_who_is_told_apart_by_label_took_part_together(store: Store, folder: Path) -> None:
    joint = "".join(f"Ann: {one}\n\nBea: And so was that, {one}\n\n" for one in ANSWERS)
    write(folder, {"A.txt": joint, "B.txt": joint.replace("so was", "so is", 1)})
    header = "interview_id,file,participant,attribution,speaker"
    path = rows(
        store, "A,A.txt,P01,withheld,Ann", "B,B.txt,P02,named,Bea", folder=folder, header=header
    )

    report = treated(store, manifest=path, treatment=Treatment.REVISE)

    assert [(t.name, t.version, t.participants) for t in report.transcripts] == [
        ("A", 2, ("P01", "P02"))
    ]
    levels = {one.code: one.attribution for one in people.list_participants(store)}
    assert levels == {"P01": Attribution.WITHHELD, "P02": Attribution.NAMED}
    assert not treated(store, manifest=path, treatment=Treatment.REVISE).rejected


@pytest.mark.parametrize("together", [True, False], ids=["in one import", "one after the other"])
def test_what_the_first_file_says_of_itself_outlasts_its_correction(
    store: Store, two: Path, together: bool
) -> None:
    head = "---\ndate: 2024-03-19\nlanguage: de\nrecording: tape4.wav\n---\n\n"
    write(two, {"A.txt": head + dialogue("P", *ANSWERS)})
    if not together:
        treated(store, two / "A.txt", treatment=Treatment.REVISE)

    [one] = treated(store, two, treatment=Treatment.REVISE).transcripts

    assert (one.name, one.version) == ("A", 2)
    assert (one.interviewed, one.language, one.recording) == ("2024-03-19", "de", "tape4.wav")


# -- two transcripts of one name ------------------------------------------------------------------


@pytest.fixture
def namesakes(store: Store, folder: Path) -> Store:
    """A store with two transcripts of one name, as two copies of it can come to have."""
    write(folder / "mine", {"A.txt": dialogue("P", *ANSWERS)})
    write(folder / "theirs", {"A.txt": dialogue("P", "Something else.", "And no more.")})
    bring_in(store, folder / "mine")
    listing.remove_transcript(store, "A", by=BY, at=tick())
    importing.import_transcripts(store, [folder / "theirs"], by="tomasz", at=tick())
    store.undo(by=BY, at=tick())
    assert [one.name for one in listing.list_transcripts(store)] == ["A", "A (2)"]
    return store


def test_of_two_transcripts_of_one_name_each_knows_its_own_file(
    namesakes: Store, folder: Path
) -> None:
    before = contents(namesakes)
    for paths in ([folder / "mine"], [folder / "theirs"], [folder]):
        report = bring_in(namesakes, *paths, yes=True)
        assert (report.revised, report.imported, report.rejected) == (0, 0, ())
    assert bring_in(namesakes, folder).unchanged == 2
    assert contents(namesakes) == before


def test_a_changed_file_of_a_name_that_two_have_is_refused(namesakes: Store, folder: Path) -> None:
    write(folder / "mine", {"A.txt": dialogue("P", *FIXED)})
    report = bring_in(namesakes, folder / "mine", yes=True)

    assert [type(one.error) for one in report.rejected] == [errors.NameTakenError]


# -- others at the same time ----------------------------------------------------------------------


def test_who_brings_in_a_folder_that_came_in_meanwhile_is_told(store: Store, folder: Path) -> None:
    write(folder, {"A.txt": dialogue("P", *ANSWERS)})
    report = meanwhile(store, folder, lambda: bring_in(store, folder))

    assert (report.imported, report.unchanged, report.written) == (0, 1, False)
    assert report.unchanged_names == ("A",)


def test_the_same_correction_twice_is_one_version(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"A.txt": dialogue("P", *ANSWERS)}))
    write(folder, {"A.txt": dialogue("P", *FIXED)})

    def both(_: ImportReport) -> bool:
        return bring_in(store, folder, yes=True).written

    report = importing.import_transcripts(store, [folder], confirm=both, by=BY, at=tick())

    assert (report.revised, report.unchanged, report.written) == (0, 1, False)
    assert [one.version for one in listing.list_transcripts(store)] == [2]


def test_a_transcript_that_was_taken_out_meanwhile_is_not_half_brought_back(
    store: Store, folder: Path
) -> None:
    write(folder, {"A.txt": dialogue("P", *ANSWERS)})
    bring_in(store, folder)
    path = rows(store, "A,A.txt,P01", folder=folder, header="interview_id,file,participant")

    with pytest.raises(errors.TranscriptChangedError):
        meanwhile(
            store,
            folder / "A.txt",
            lambda: listing.remove_transcript(store, "A", by="tomasz", at=tick()),
            manifest=path,
        )
    assert listing.list_transcripts(store) == ()
    assert bring_in(store, manifest=path).imported == 1
    assert keeping.examine(store).is_whole


def test_one_file_in_two_encodings_at_once_is_not_two_first_versions(
    store: Store, folder: Path
) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "A.txt").write_bytes("I: na\n\nP: über\n\nI: so\n\nP: ja ö\n".encode("cp1252"))

    def otherwise() -> None:
        importing.import_transcripts(store, [folder], encoding="cp850", by="tomasz", at=tick())

    with pytest.raises(errors.TranscriptChangedError):
        meanwhile(store, folder, otherwise, encoding="cp1252")
    with store.reading() as session:
        assert len(queries.known_versions(session)) == 1


def test_rows_of_a_file_that_was_left_out_bring_no_transcript_back(store: Store, two: Path) -> None:
    bring_in(store, two / "A.txt")
    said = ("B,B.txt,P01,,withheld,Mill",)
    path = rows(store, *said, folder=two, header=HEADER)

    def taken_out(_: object) -> Treatment:
        listing.remove_transcript(store, "A", by="tomasz", at=tick())
        return Treatment.LEAVE

    with pytest.raises(errors.TranscriptChangedError):
        importing.import_transcripts(store, [], manifest=path, treat=taken_out, by=BY, at=tick())
    assert listing.list_transcripts(store) == ()
