"""What lies on a coder's desk: places, pins, and nothing that says who or what."""

from __future__ import annotations

from pathlib import Path

from qualcode.tui.desk import Desk, Place
from qualcode.tui.transcript.units import Unit


def desk_of(config: Path, coder: str = "Amina") -> Desk:
    return Desk.of(config, project="p1", coder=coder)


def test_a_place_is_found_again_and_its_transcript_is_the_last(tmp_path: Path) -> None:
    desk_of(tmp_path).keep_place("t1", "v1", 40, 52, Unit.SENTENCE)

    again = desk_of(tmp_path)

    assert again.place("t1", "v1") == Place(40, 52, Unit.SENTENCE)
    assert again.last == "t1"


def test_a_place_in_another_version_is_no_place(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.keep_place("t1", "v1", 40, 52, Unit.WORD)

    assert desk.place("t1", "v2") is None


def test_each_coder_has_a_desk_and_a_name_has_one_however_it_is_written(tmp_path: Path) -> None:
    desk_of(tmp_path, "Amina").keep_place("t1", "v1", 1, 2, Unit.WORD)

    assert desk_of(tmp_path, "AMINA ").last == "t1"
    assert desk_of(tmp_path, "Ben").last is None


def test_pins_keep_their_order(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    for code in ("bonding", "bridging", "trading"):
        desk.pin(code)
    desk.unpin("bonding")
    desk.pin("bridging")

    assert desk_of(tmp_path).pins == ("bridging", "trading")


def test_two_windows_of_one_coder_do_not_take_each_others_places(tmp_path: Path) -> None:
    one, other = desk_of(tmp_path), desk_of(tmp_path)

    one.keep_place("t1", "v1", 1, 2, Unit.WORD)
    other.keep_place("t2", "v2", 3, 4, Unit.TURN)
    other.pin("bonding")
    one.keep_place("t1", "v1", 5, 6, Unit.WORD)

    again = desk_of(tmp_path)
    assert again.place("t1", "v1") == Place(5, 6, Unit.WORD)
    assert again.place("t2", "v2") == Place(3, 4, Unit.TURN)
    assert again.pins == ("bonding",)


def test_the_file_names_nobody(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "Amina")
    desk.keep_seen("practice")

    assert desk_of(tmp_path, "Amina").seen("practice")
    assert "amina" not in f"{desk.path} {desk.path.read_text(encoding='utf-8')}".casefold()


def test_a_file_of_somebody_elses_making_is_an_empty_desk(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.path.parent.mkdir()
    desk.path.write_text(
        '{"last": 7, "pins": "x", "places": {"t1": ["v1", 9, 3, "word"], "t2": ["v2", 1, 2, "?"]}}',
        encoding="utf-8",
    )

    again = desk_of(tmp_path)

    assert again.last is None
    assert again.pins == ()
    assert again.place("t1", "v1") is None
    assert again.place("t2", "v2") is None


def test_a_folder_that_takes_nothing_costs_the_place_alone(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder would be", encoding="utf-8")
    desk = desk_of(tmp_path / "config")

    desk.keep_place("t1", "v1", 1, 2, Unit.WORD)

    assert desk.place("t1", "v1") == Place(1, 2, Unit.WORD)
    assert desk_of(tmp_path / "config").last is None
