"""Settings: declared once, read from a person's own file, never lost to a bad value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.tui.own import settings
from qualcode.tui.own.settings import FILE, SCHEMA, Settings


def written(config: Path) -> object:
    return json.loads((config / FILE).read_text(encoding="utf-8"))


def write(config: Path, text: str) -> Path:
    config.mkdir()
    path = config / FILE
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_has_words_and_a_default_that_it_allows() -> None:
    assert set(SCHEMA) == set(Settings.__dataclass_fields__)
    for one in SCHEMA.values():
        assert one.title
        assert one.help.endswith(".")
        assert not one.choices or one.default in one.choices


def test_without_a_file_all_is_as_at_first(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == (Settings(), ())


def test_a_choice_is_kept_and_found_again(tmp_path: Path) -> None:
    chosen, problem = settings.choose(tmp_path / "own", Settings(), "looks", "light")

    assert problem is None
    assert chosen.looks == "light"
    assert settings.load(tmp_path / "own") == (chosen, ())


def test_only_what_differs_from_the_default_is_written(tmp_path: Path) -> None:
    chosen, _ = settings.choose(tmp_path, Settings(), "looks", "light")
    chosen, _ = settings.choose(tmp_path, chosen, "player", "mpv")
    assert written(tmp_path) == {"looks": "light", "player": "mpv"}

    settings.choose(tmp_path, chosen, "looks", "auto")

    assert written(tmp_path) == {"player": "mpv"}


def test_a_value_of_a_newer_program_is_said_and_stays_in_the_file(tmp_path: Path) -> None:
    config = tmp_path / "own"
    write(config, '{"looks": "sepia", "perfume": "on", "stripes": "ascii"}')

    found, said = settings.load(config)

    assert found == Settings(stripes="ascii")
    assert [sentence.partition(". ")[0] for sentence in said] == [
        "settings.json: 'looks' cannot be that",
        "settings.json: there is no setting called 'perfume'.",
    ]
    settings.choose(config, found, "compact", "on")
    assert written(config) == {
        "looks": "sepia",
        "perfume": "on",
        "stripes": "ascii",
        "compact": "on",
    }


@pytest.mark.parametrize("text", ["{", "[1, 2]", "\x00"])
def test_a_file_that_cannot_be_read_is_said_and_never_written_over(
    tmp_path: Path, text: str
) -> None:
    path = write(tmp_path / "own", text)

    found, said = settings.load(tmp_path / "own")
    chosen, problem = settings.choose(tmp_path / "own", found, "looks", "dark")

    assert found == Settings()
    assert [str(path) in sentence for sentence in said] == [True]
    assert chosen.looks == "dark"
    assert problem is not None
    assert "until you leave" in problem
    assert path.read_text(encoding="utf-8") == text


def test_a_folder_that_takes_nothing_keeps_the_choice_for_this_time(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file where the folder would be", encoding="utf-8")

    chosen, problem = settings.choose(tmp_path / "own", Settings(), "looks", "dark")

    assert chosen.looks == "dark"
    assert problem is not None
