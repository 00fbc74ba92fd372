"""The samples in docs/samples are what the program writes, and hold nothing of the withheld."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import MADE, RENEW, SAMPLES, contents, make_samples

ALL_BYTES = 600_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    make_samples(folder)
    return folder


def test_the_samples_hold_what_the_program_writes(made: Path) -> None:
    kept = {file.name for file in SAMPLES.iterdir()}
    assert kept == {file.name for file in made.iterdir()} >= set(MADE)
    for name in sorted(kept):
        assert contents(SAMPLES / name) == contents(made / name), f"{name}: run {RENEW}"


def test_the_samples_are_small() -> None:
    assert sum(file.stat().st_size for file in SAMPLES.iterdir()) < ALL_BYTES


def test_nothing_of_the_withheld_participant_is_in_a_sample() -> None:
    for file in SAMPLES.iterdir():
        whole = b"".join(contents(file).values())
        assert len(whole) > 400
        assert b"Eddington" not in whole
        assert b"P07" not in whole
