"""Labels of a manifest that nobody in the transcript has: mistakes, all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import bring_in, dialogue, write

from qualcode.services import listing
from qualcode.services.intake.spellings import is_nobodys_name
from qualcode.store.store import Store

P01 = dialogue("Officer", "A fair.", "And a band.")
P02 = dialogue("Ama Boateng", "We trade.", "Every week.")
P03 = dialogue("P03", "I drive.", "Every day.")


def given(folder: Path, rows: str) -> Path:
    write(folder, {"P01.txt": P01, "P02.txt": P02, "P03.txt": P03})
    path = folder / "interviews.csv"
    path.write_text(f"interview_id,file,participant,speaker\n{rows}")
    return path


def test_every_label_that_nobody_has_is_said_with_its_line_and_nothing_is_written(
    store: Store, folder: Path
) -> None:
    path = given(
        folder,
        "P01,P01.txt,P01,Oficer\nP02,P02.txt,P02,Ama Boatng\nP03,P03.txt,P03,Zoltan Bright\n",
    )
    report = bring_in(store, manifest=path)

    assert [str(one.error).replace(str(path), "") for one in report.rejected] == [
        ":2: speaker: the transcript has no such label; it has 'I' and 'Officer'. "
        "Did you mean 'Officer'?",
        ":3: speaker: the transcript has no such label; it has 'I' and 1 more that may be a name. "
        "One of its labels is nearly the same: copy it from the file.",
        ":4: speaker: the transcript has no such label; it has 'I' and 'P03'. Did you mean 'P03'?",
    ]
    assert not report.written
    assert listing.list_transcripts(store) == ()


def test_the_others_come_in_where_somebody_keeps_going(store: Store, folder: Path) -> None:
    path = given(folder, "P01,P01.txt,P01,Oficer\nP03,P03.txt,P03,P03\n")
    report = bring_in(store, manifest=path, keep_going=True)

    assert [one.name for one in listing.list_transcripts(store)] == ["P03"]
    assert len(report.rejected) == 1


def test_a_label_that_only_an_earlier_version_has_is_unknown(store: Store, folder: Path) -> None:
    path = given(folder, "P01,P01.txt,P01,Officer\n")
    assert bring_in(store, manifest=path).written
    write(folder, {"P01.txt": P01.replace("Officer:", "Clerk:")})

    assert len(bring_in(store, manifest=path, yes=True).rejected) == 1
    assert bring_in(store, folder / "P01.txt", yes=True).revised == 1
    assert len(bring_in(store, manifest=path, yes=True).rejected) == 1


def test_the_one_row_of_a_transcript_without_labels_may_say_any(store: Store, folder: Path) -> None:
    path = given(folder, "P01,P01.txt,P01,P\n")
    write(folder, {"P01.txt": "We came to the fair.\n"})
    assert bring_in(store, manifest=path).written


@pytest.mark.parametrize("label", ["I", "P07", "Speaker 2", "SPEAKER_00", "IV", "S-1", "07"])
def test_a_label_for_anybody_can_be_told(label: str) -> None:
    assert is_nobodys_name(label)


@pytest.mark.parametrize("label", ["Tom", "Ama Boateng", "Ama 2", "TOM", "Dr. Ash", "Speaker Ash"])
def test_a_label_that_may_be_a_name_is_not_told(label: str) -> None:
    assert not is_nobodys_name(label)
