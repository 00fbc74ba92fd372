"""What an import says once and not again, and doubles of what is corrected beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, bring_in, dialogue, tick, write

from qualcode.services import listing
from qualcode.services.intake import importing
from qualcode.services.intake.duplicates import Treatment
from qualcode.store.store import Store

ANSWERS = [f"We came to fair {n} with the band and stayed until it rained." for n in range(40)]


@pytest.mark.parametrize("treatment", [Treatment.LEAVE, Treatment.REVISE])
def test_a_double_of_what_is_corrected_beside_it_is_treated_as_one_is_told(
    store: Store, folder: Path, treatment: Treatment
) -> None:
    bring_in(store, write(folder, {"P008.md": dialogue("P008", *ANSWERS)}))
    right = [*ANSWERS[:5], "And we left.", *ANSWERS[6:]]
    again = [*right[:9], right[9].replace("rained", "snowed"), *right[10:]]
    write(folder, {"P008.md": dialogue("P008", *right), "P008-new.md": dialogue("P008", *again)})
    report = importing.import_transcripts(
        store, [folder], yes=True, treat=lambda _: treatment, by=BY, at=tick()
    )

    assert [one.name for one in listing.list_transcripts(store)] == ["P008"]
    assert [(one.double.name, one.treatment) for one in report.doubles] == [("P008-new", treatment)]
    assert report.revised == 1


def test_that_a_role_is_not_known_is_said_when_a_file_comes_in_and_not_again(
    store: Store, folder: Path
) -> None:
    write(folder, {"P01.txt": dialogue("P01", "A fair.") + "\nOwl: Hoo.\n"})
    table = folder / "interviews.csv"
    table.write_text("file,participant\nP01.txt,P01\n")

    def codes() -> list[str]:
        report = bring_in(store, manifest=table)
        return [one.code for one in report.warnings if one.code == "speaker-unclear"]

    assert codes() == ["speaker-unclear"]
    assert codes() == []
