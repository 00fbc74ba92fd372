"""What lies on a coder's desk: places, pins, and nothing that says who or what."""

from __future__ import annotations

from pathlib import Path

from qualcode.tui.own.desk import Desk, Stop
from qualcode.tui.transcript.units import Unit


def desk_of(config: Path, coder: str = "Amina") -> Desk:
    return Desk.of(config, project="p1", coder=coder)


def test_a_place_is_found_again_and_its_transcript_is_the_last(tmp_path: Path) -> None:
    desk_of(tmp_path).keep_place("t1", "v1", 40, 52, Unit.SENTENCE)

    again = desk_of(tmp_path)

    assert again.place("t1", "v1") == Stop(40, 52, Unit.SENTENCE)
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

    again = desk_of(tmp_path)
    assert again.pinned(["trading", "bonding", "bridging"]) == ("bridging", "trading")
    assert again.pinned(["trading"]) == ("trading",)


def test_a_number_is_found_again_under_its_code_and_given_to_another(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    assert not desk.has_numbers
    desk.give_number("3", "bonding")
    desk.give_number("1", "trading")

    again = desk_of(tmp_path)
    assert again.numbers(["trading", "bonding", "aid"]) == {"1": "trading", "3": "bonding"}
    assert again.numbers(["bonding"]) == {"3": "bonding"}
    again.give_number("3", "aid")
    again.give_number("1", None)
    assert desk_of(tmp_path).numbers(["trading", "bonding", "aid"]) == {"3": "aid"}
    assert desk_of(tmp_path).has_numbers


def test_two_windows_of_one_coder_do_not_take_each_others_places(tmp_path: Path) -> None:
    one, other = desk_of(tmp_path), desk_of(tmp_path)

    one.keep_place("t1", "v1", 1, 2, Unit.WORD)
    other.keep_place("t2", "v2", 3, 4, Unit.TURN)
    other.pin("bonding")
    one.keep_place("t1", "v1", 5, 6, Unit.WORD)

    again = desk_of(tmp_path)
    assert again.place("t1", "v1") == Stop(5, 6, Unit.WORD)
    assert again.place("t2", "v2") == Stop(3, 4, Unit.TURN)
    assert again.pinned(["bonding", "bridging"]) == ("bonding",)


def test_the_file_names_nobody(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "Amina")
    desk.keep_seen("practice")

    assert desk_of(tmp_path, "Amina").seen("practice")
    assert "amina" not in f"{desk.path} {desk.path.read_text(encoding='utf-8')}".casefold()


def test_the_file_holds_no_words_of_a_code_that_was_made_of_them(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.pin("we-all-patched-it-together")
    desk.give_number("1", "we-all-patched-it-together")

    assert desk_of(tmp_path).pinned(["we-all-patched-it-together"])
    assert "patched" not in desk.path.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_is_said_and_never_written_over(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.path.parent.mkdir()
    desk.path.write_text("{broken", encoding="utf-8")

    again = desk_of(tmp_path)
    again.pin("bonding")
    again.keep_place("t1", "v1", 1, 2, Unit.WORD)

    assert again.bad is not None
    assert str(desk.path) in again.bad
    assert again.pinned(["bonding"]) == ("bonding",)
    assert again.place("t1", "v1") == Stop(1, 2, Unit.WORD)
    assert desk.path.read_text(encoding="utf-8") == "{broken"


def test_a_file_that_is_spoilt_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.pin("bonding")
    desk.path.write_text("[]", encoding="utf-8")

    desk.pin("bridging")

    assert desk.pinned(["bonding", "bridging"]) == ("bonding", "bridging")
    assert desk.path.read_text(encoding="utf-8") == "[]"


def test_a_file_of_somebody_elses_making_is_an_empty_desk(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.path.parent.mkdir()
    desk.path.write_text(
        '{"last": 7, "pins": "x", "places": {"t1": ["v1", 9, 3, "word"], "t2": ["v2", 1, 2, "?"]},'
        ' "numbers": {"1": 7, "x": "y"}}',
        encoding="utf-8",
    )

    again = desk_of(tmp_path)

    assert again.last is None
    assert again.pinned(["x"]) == ()
    assert again.numbers(["x", "y"]) == {}
    assert again.place("t1", "v1") is None
    assert again.place("t2", "v2") is None


def test_a_folder_that_takes_nothing_costs_the_place_alone(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder would be", encoding="utf-8")
    desk = desk_of(tmp_path / "config")

    desk.keep_place("t1", "v1", 1, 2, Unit.WORD)

    assert desk.place("t1", "v1") == Stop(1, 2, Unit.WORD)
    assert desk_of(tmp_path / "config").last is None
