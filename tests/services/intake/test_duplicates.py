"""Doubles: seen by bytes, words and likeness; what becomes of them is for a person to say."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from services.study import BY, MADE, bring_in, contents, dialogue, tick, write

from qualcode.services import listing
from qualcode.services.intake import importing
from qualcode.services.intake.duplicates import (
    Duplicate,
    Sameness,
    Text,
    Treatment,
    candidates,
    where_sure,
)
from qualcode.services.intake.importing import ImportReport
from qualcode.store.store import Store
from qualcode.text.similarity import MOST_HOLDERS, fingerprint

WORDS = ("tent", "fair", "grant", "bucket", "band", "rain", "council", "money", "kin", "bread")


def sentences(count: int, *, seed: int = 1) -> list[str]:
    """Sentences without sense, other ones for every seed."""
    dice = random.Random(seed)
    return [f"{' '.join(dice.choices(WORDS, k=12))} {seed}.".capitalize() for _ in range(count)]


def interview(*answers: str) -> str:
    return dialogue("P", *answers)


def asked(
    store: Store, *paths: Path, answer: Treatment = Treatment.KEEP, yes: bool = False
) -> tuple[ImportReport, list[Duplicate]]:
    """The report of an import, and what was asked meanwhile."""
    seen: list[Duplicate] = []

    def treat(double: Duplicate) -> Treatment:
        seen.append(double)
        return answer

    report = importing.import_transcripts(store, paths, treat=treat, yes=yes, by=BY, at=tick())
    return report, seen


def names(store: Store) -> list[tuple[str, int]]:
    return [(one.name, one.version) for one in listing.list_transcripts(store)]


def codes(report: ImportReport) -> list[tuple[str, str]]:
    return [(Path(warning.file).name, warning.code) for warning in report.warnings]


COPIES = {
    Sameness.BYTES: interview(*sentences(40)),
    Sameness.WORDS: interview(*sentences(40)).replace("I: ", "Interviewer: "),
    Sameness.CORRECTED: interview(*sentences(40)).replace("bucket", "pail", 3),
    Sameness.PROBABLE: interview(*sentences(40)[:30], *sentences(10, seed=2)),
    Sameness.PART: interview(*sentences(40)[:8]),
}


@pytest.mark.parametrize("together", [True, False], ids=["in one import", "one after the other"])
@pytest.mark.parametrize("sameness", Sameness)
def test_a_double_is_asked_about_once_and_kept_with_a_warning(
    store: Store, folder: Path, sameness: Sameness, together: bool
) -> None:
    write(folder, {"P01.txt": interview(*sentences(40))})
    if not together:
        bring_in(store, folder)
    write(folder, {"P01b.txt": COPIES[sameness], "P02.txt": interview(*sentences(40, seed=3))})

    report, seen = asked(store, folder)

    assert [(one.name, one.other, one.sameness) for one in seen] == [("P01b", "P01", sameness)]
    assert [file for file, _ in codes(report)] == ["P01b.txt"]
    assert [name for name, _ in names(store)] == ["P01", "P01b", "P02"]
    again, none = asked(store, folder)
    assert (again.unchanged, again.imported, again.warnings, none) == (3, 0, (), [])


@pytest.mark.parametrize("sameness", Sameness)
def test_a_double_can_be_left_out(store: Store, folder: Path, sameness: Sameness) -> None:
    write(folder, {"P01.txt": interview(*sentences(40)), "P01b.txt": COPIES[sameness]})

    report, _ = asked(store, folder, answer=Treatment.LEAVE)

    assert (report.imported, report.written) == (1, True)
    assert [Path(file).name for file in report.left_out] == ["P01b.txt"]
    assert codes(report) == [("P01b.txt", "left-out")]
    assert [account.name for account in report.accounts] == ["P01"]
    assert names(store) == [("P01", 1)]


@pytest.mark.parametrize("together", [True, False], ids=["in one import", "one after the other"])
def test_a_double_can_be_the_corrected_version(store: Store, folder: Path, together: bool) -> None:
    write(folder, {"P01.txt": interview(*sentences(40))})
    if not together:
        bring_in(store, folder)
    write(folder, {"P01b.txt": COPIES[Sameness.CORRECTED]})

    report, _ = asked(store, folder, answer=Treatment.REVISE, yes=True)

    assert (report.imported, report.revised) == (int(together), 1)
    assert names(store) == [("P01", 2)]
    before = contents(store)
    again, none = asked(store, folder, answer=Treatment.REVISE, yes=True)
    assert (again.revised, again.imported, none) == (0, 0, [])
    assert contents(store) == before


def test_a_correction_found_among_doubles_needs_its_yes(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"P01.txt": interview(*sentences(40))}))
    write(folder, {"P01b.txt": COPIES[Sameness.CORRECTED]})
    before = contents(store)

    report, _ = asked(store, folder, answer=Treatment.REVISE)

    assert (report.unconfirmed, report.revised) == (True, 1)
    assert contents(store) == before


def test_the_same_bytes_correct_nothing(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"P01.txt": interview(*sentences(40))}))
    shutil.copy(folder / "P01.txt", folder / "P01b.txt")

    report, _ = asked(store, folder, answer=Treatment.REVISE)

    assert (report.revised, report.imported, len(report.left_out)) == (0, 0, 1)
    assert names(store) == [("P01", 1)]


def test_three_versions_of_one_interview_become_one_transcript(store: Store, folder: Path) -> None:
    text = interview(*sentences(40))
    files = {"P01.txt": text, "P01b.txt": text.replace("tent", "canvas", 2)}
    write(folder, {**files, "P01c.txt": text.replace("tent", "marquee", 4)})

    report, seen = asked(store, folder, answer=Treatment.REVISE, yes=True)

    assert [(one.name, one.other) for one in seen] == [("P01b", "P01"), ("P01c", "P01")]
    assert (report.imported, report.revised, names(store)) == (1, 1, [("P01", 3)])


def test_of_a_double_of_a_double_the_one_that_is_there_is_named(store: Store, folder: Path) -> None:
    text = interview(*sentences(40))
    write(folder, {f"P0{n}.txt": text.replace("tent", "canvas", n) for n in range(4)})

    _, seen = asked(store, folder, answer=Treatment.LEAVE)

    assert {one.other for one in seen} == {"P00"}
    assert names(store) == [("P00", 1)]


def test_unrelated_interviews_are_no_doubles(store: Store, folder: Path) -> None:
    write(folder, {f"P{n:02}.txt": interview(*sentences(40, seed=n)) for n in range(12)})
    report, seen = asked(store, folder)

    assert (report.imported, report.warnings, seen) == (12, (), [])


def test_what_two_people_say_alike_is_asked_about_and_not_skipped(store: Store) -> None:
    made = MADE / "nasty"
    if not made.exists():
        pytest.skip("the collected specimens are not beside the project")
    files = [made / "dup_original.txt", made / "dup_same_guide_other_person.txt"]
    report, seen = asked(store, *files)

    assert report.imported == 2
    assert [one.sameness for one in seen] == [Sameness.CORRECTED]


def test_nothing_of_the_store_is_held_while_somebody_is_asked(store: Store, folder: Path) -> None:
    text = interview(*sentences(40))
    write(folder, {"P01.txt": text, "P01b.txt": text.replace("tent", "canvas", 2)})
    other = write(folder.parent / "other", {"P09.txt": interview(*sentences(9, seed=9))})

    def busy(_: Duplicate) -> Treatment:
        assert bring_in(store, other).written
        return Treatment.KEEP

    importing.import_transcripts(store, [folder], treat=busy, by=BY, at=tick())
    assert [name for name, _ in names(store)] == ["P01", "P01b", "P09"]


@pytest.mark.parametrize("sameness", [Sameness.PROBABLE, Sameness.PART])
@pytest.mark.parametrize("choice", [Treatment.LEAVE, Treatment.REVISE])
def test_a_choice_made_before_does_not_act_on_guesses(
    store: Store, folder: Path, sameness: Sameness, choice: Treatment
) -> None:
    write(folder, {"P01.txt": interview(*sentences(40)), "P01b.txt": COPIES[sameness]})
    report = importing.import_transcripts(
        store, [folder], treat=where_sure(choice), yes=True, by=BY, at=tick()
    )

    assert names(store) == [("P01", 1), ("P01b", 1)]
    assert codes(report) == [("P01b.txt", "near-duplicate")]


@pytest.mark.parametrize("sameness", [Sameness.BYTES, Sameness.WORDS, Sameness.CORRECTED])
def test_a_choice_made_before_acts_on_what_is_sure(
    store: Store, folder: Path, sameness: Sameness
) -> None:
    write(folder, {"P01.txt": interview(*sentences(40)), "P01b.txt": COPIES[sameness]})
    report = importing.import_transcripts(
        store, [folder], treat=where_sure(Treatment.LEAVE), by=BY, at=tick()
    )

    assert names(store) == [("P01", 1)]
    assert codes(report) == [("P01b.txt", "left-out")]


def test_twins_that_correct_a_transcript_are_one_version_of_it(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"T.txt": interview(*sentences(40))}))
    twin = COPIES[Sameness.CORRECTED]
    write(folder, {"U.txt": twin, "V.txt": twin})

    report, _ = asked(store, folder, answer=Treatment.REVISE, yes=True)

    assert (names(store), report.revised) == ([("T", 2)], 1)
    assert [Path(file).name for file in report.left_out] == ["V.txt"]
    before = contents(store)
    asked(store, folder, answer=Treatment.REVISE, yes=True)
    assert contents(store) == before


def text_of(words: str) -> Text:
    likeness = fingerprint(words)
    return Text(likeness.words_digest, likeness.sketch, lambda: words)


def test_what_was_not_measured_is_near_and_not_called_a_double() -> None:
    said = [f"word{n}" for n in range(1_000)]

    def sharing(part: int, name: str) -> str:
        return " ".join([*said[:part], *(f"{name}{n}" for n in range(1_000 - part))])

    parts = {"a": 970, "b": 960, "c": 950, "d": 300}
    known = {name: text_of(sharing(part, name)) for name, part in parts.items()}
    [(name, likes)] = candidates({"new": text_of(" ".join(said))}, known)

    assert (name, [c.other for c in likes.candidates], likes.more) == (
        "new",
        ["a", "b", "c"],
        ("d",),
    )


@pytest.mark.parametrize(
    ("also", "said"),
    [
        ((), ""),
        (("A",), " (and near to 'A')"),
        (("A", "B", "C"), " (and near to 'A', 'B' and 'C')"),
        (("A", "B", "C", "D", "E"), " (and near to 'A', 'B', 'C' and 2 more)"),
    ],
)
def test_of_many_that_a_file_is_near_to_three_are_named(also: tuple[str, ...], said: str) -> None:
    double = Duplicate("P09.txt", "P09", "P01", Sameness.WORDS, also=also)

    assert double.sentence == f"it has the same words as 'P01'{said}"


def copies(count: int) -> dict[str, str]:
    """One interview many times, with another last sentence each time."""
    text = interview(*sentences(40))
    return {f"P{n:02}.txt": f"{text}\nI: And that was copy {n}.\n" for n in range(count)}


def test_a_report_has_all_that_a_file_is_near_to_and_what_became_of_it(
    store: Store, folder: Path
) -> None:
    report, seen = asked(store, write(folder, copies(7)))

    assert [one.double for one in report.doubles] == seen
    assert {one.treatment for one in report.doubles} == {Treatment.KEEP}
    last = report.doubles[-1].double
    assert {last.other, *last.also} == {f"P{n:02}" for n in range(6)}
    assert len(last.also) == 5
    assert last.sentence.endswith(" and 2 more)")


def test_of_very_many_copies_a_report_says_that_there_may_be_others(
    store: Store, folder: Path
) -> None:
    report, _ = asked(store, write(folder, copies(19)))

    last = report.doubles[-1].double
    assert (len(last.also) + 1, last.also_all) == (MOST_HOLDERS, False)
    assert last.sentence.endswith(f" and at least {len(last.also) - 3} more)")


def test_of_what_a_file_is_near_to_those_are_named_that_stand(store: Store, folder: Path) -> None:
    report, _ = asked(store, write(folder, copies(7)), answer=Treatment.LEAVE)

    assert names(store) == [("P00", 1)]
    assert [(one.double.other, one.double.also) for one in report.doubles] == [("P00", ())] * 6
    assert {one.treatment for one in report.doubles} == {Treatment.LEAVE}


def test_texts_that_are_too_long_to_be_measured_are_judged_by_their_sketches() -> None:
    letters = "".join(random.Random(1).choices([chr(0x4E00 + n) for n in range(3_000)], k=90_000))
    [(_, likes)] = candidates({"new": text_of(letters + "完")}, {"known": text_of(letters)})

    assert [(c.other, c.sameness) for c in likes.candidates] == [("known", Sameness.PART)]
