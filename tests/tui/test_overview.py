"""How far a study is, in words and bars."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from services.study import stored_transcript

from qualcode.model.project import ProjectFacts
from qualcode.services.work.progress import CoderProgress, Overview, Status, TranscriptProgress
from qualcode.store.store import Store
from qualcode.tui import overview
from qualcode.tui.keys import BY_ID
from qualcode.tui.overview import Stopped, Study
from qualcode.tui.own.desk import Desk
from qualcode.tui.own.keymap import Keymap
from qualcode.tui.transcript.units import Unit

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def transcript(
    name: str, status: Status, *, answers: int = 10, coded: int = 0
) -> TranscriptProgress:
    return TranscriptProgress(stored_transcript(name), answers, coded, coded, status, 0)


def study_of(
    *transcripts: TranscriptProgress,
    coders: tuple[CoderProgress, ...] = (),
    codes: int = 3,
    stopped: Stopped | None = None,
    backup: datetime | None = None,
) -> Study:
    facts = ProjectFacts("p", "Fairs", "en", "")
    overview = Overview(transcripts, coders, facts)
    return Study(overview, 1, 1 if codes else 0, codes, stopped, backup)


def report(study: Study, width: int = 76) -> list[str]:
    return overview.report(study, coder="Amina", now=NOW, width=width).plain.splitlines()


@pytest.mark.parametrize(
    ("done", "whole", "shown"),
    [
        (0, 0, "──────────"),
        (0, 500, "──────────"),
        (1, 500, "━─────────"),
        (5, 10, "━━━━━─────"),
        (499, 500, "━━━━━━━━━─"),
        (500, 500, "━━━━━━━━━━"),
    ],
)
def test_a_bar_is_full_or_empty_only_where_that_is_true(done: int, whole: int, shown: str) -> None:
    assert overview.bar(done, whole, 10) == shown


def test_the_first_step_is_to_go_on_where_one_stopped() -> None:
    stopped = Stopped("P07", "P07 ¶12 00:14:20")
    steps = overview.steps(study_of(transcript("P07", "started"), stopped=stopped), Keymap())

    assert steps[0].title == "Continue with P07 ¶12 00:14:20"
    assert [step.command for step in steps] == [
        "home.continue",
        "everywhere.transcripts",
        "everywhere.codebook",
        "everywhere.quotes",
        "everywhere.summaries",
        "home.practise",
    ]


@pytest.mark.parametrize(
    ("waiting", "title"),
    [((0, 0), None), ((0, 1), "1 passage waits"), ((1, 1_200), "1,201 passages wait")],
)
def test_what_waits_since_a_correction_is_a_step_where_anything_does(
    waiting: tuple[int, int], title: str | None
) -> None:
    of_each = [
        replace(one, record=replace(one.record, waiting=count))
        for one, count in zip(
            (transcript("P01", "new"), transcript("P02", "new")), waiting, strict=True
        )
    ]
    steps = overview.steps(study_of(*of_each), Keymap())
    titles = [step.title for step in steps if step.command == "everywhere.review"]
    assert titles == ([] if title is None else [title])


def test_who_has_not_begun_begins_with_the_first_that_waits() -> None:
    waiting = study_of(transcript("P01", "finished"), transcript("P02", "new"))

    assert overview.steps(waiting, Keymap())[0].title == "Begin with P02"


def test_nothing_to_do_names_the_command_that_brings_something() -> None:
    empty = overview.steps(study_of(codes=0), Keymap())

    assert "qualcode import transcripts" in empty[0].beside
    assert "qualcode import transcripts" in empty[1].beside
    assert "a there adds one" in empty[2].beside
    own = Keymap().with_keys(BY_ID["codebook.add"], ["f7"])
    assert "f7 there adds one" in overview.steps(study_of(codes=0), own)[2].beside


def test_what_is_left_counts_the_transcripts_that_are_not_finished() -> None:
    left = report(
        study_of(
            transcript("P01", "finished", coded=4),
            transcript("P02", "started", coded=3),
            transcript("P03", "new"),
        )
    )
    assert left[0] == "Left to do: 17 answers without a code, in 2 transcripts."


def test_every_coder_has_a_bar_and_oneself_comes_first() -> None:
    coders = (CoderProgress("Aaron", 3, 1, 0, 20, 5), CoderProgress("Amina", 8, 1, 1, 20, 10))
    lines = report(study_of(transcript("P01", "new"), coders=coders), width=100)

    assert lines[2].startswith("Amina (you)")
    assert "50 % coded  8 codings, 1 of 1 finished" in lines[2]
    assert lines[3].startswith("Aaron   ")


def test_no_row_is_wider_than_there_is_room_for() -> None:
    coders = (CoderProgress("A name of forty letters that is too long", 12_345, 1, 1, 20, 10),)
    lines = report(study_of(transcript("P01", "new"), coders=coders), width=56)

    assert max(map(len, lines)) <= 56
    assert lines[2].startswith("A name of forty…")


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(hours=2), "Last backup: today."),
        (timedelta(days=1, hours=2), "Last backup: yesterday."),
        (timedelta(days=9), "Last backup: 9 days ago."),
    ],
)
def test_the_last_backup_is_said_in_days(ago: timedelta, said: str) -> None:
    assert report(study_of(backup=NOW - ago))[-1] == said


def test_without_a_backup_the_command_is_named() -> None:
    assert report(study_of())[-1].endswith("qualcode backup")


def test_the_study_knows_where_its_coder_stopped(study: Store, tmp_path: Path) -> None:
    empty = overview.load(study, coder="amina", desk=Desk(tmp_path / "desk.json"))
    assert empty.stopped is None
    record = empty.overview.transcripts[1].record
    desk = Desk(tmp_path / "desk.json")
    desk.keep_place(record.uid, record.version_uid, 700, 720, Unit.SENTENCE)

    found = overview.load(study, coder="amina", desk=desk)

    assert found.stopped is not None
    assert found.stopped.transcript == record.name
    assert found.stopped.locator.startswith(f"{record.name} ¶")
    assert (found.themes, found.codes) == (4, 33)


def test_summaries_are_a_step_that_says_how_many_are_final() -> None:
    none, some = study_of(transcript("P07", "started")), study_of(transcript("P07", "started"))
    some = replace(some, summaries=12, final=3)
    beside = [
        next(s.beside for s in overview.steps(one, Keymap()) if s.command == "everywhere.summaries")
        for one in (none, some)
    ]
    assert beside == ["none yet: what each case says on each theme", "12 written, 3 of them final"]
