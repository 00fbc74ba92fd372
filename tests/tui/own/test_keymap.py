"""A person's own keys: what they may be, what is refused and in which words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.tui.keys import BY_ID, COMMANDS, Command
from qualcode.tui.own import keymap
from qualcode.tui.own.keymap import FILE, Keymap, canonical, check, spelled

UNCODED = BY_ID["coding.next-uncoded"]
MEMO = BY_ID["coding.memo"]
ADD = BY_ID["codebook.add"]
HELP = BY_ID["everywhere.help"]


def write(config: Path, values: object) -> None:
    config.mkdir(exist_ok=True)
    (config / FILE).write_text(json.dumps(values), encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("n", "n"),
        ("N", "N"),
        ("shift+n", "N"),
        ("?", "?"),
        ("Ctrl+N", "ctrl+n"),
        ("shift+ctrl+up", "ctrl+shift+up"),
        ("PgDn", "pagedown"),
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("f12", "f12"),
        ("banana", None),
        ("hyper+x", None),
        ("", None),
        ("\x07", None),
    ],
)
def test_a_key_has_one_spelling(typed: str, meant: str | None) -> None:
    assert canonical(typed) == meant


def test_every_key_of_the_table_is_one_that_a_terminal_sends() -> None:
    for command in COMMANDS:
        for key in command.keys:
            assert canonical(key) is not None, command.id
    assert spelled("shift+ctrl+up") == "ctrl+shift+up"
    assert spelled(",") == "comma"


def test_the_table_itself_has_no_clash() -> None:
    for command in COMMANDS:
        if command.keys:
            assert check(Keymap(), command, command.keys) is None


@pytest.mark.parametrize(
    ("command", "key", "why"),
    [
        (UNCODED, "m", "it is the key of 'Memo'"),
        (UNCODED, "T", "it is the key of 'Transcripts'"),
        (HELP, "m", "it is the key of 'Memo'"),
        (UNCODED, "f", "it opens the theme 'Funding'"),
        (HELP, "f", "it opens the theme 'Funding'"),
        (UNCODED, "3", "it puts a pinned or recent code"),
        (ADD, "down", "it moves in lists"),
        (ADD, "ctrl+c", "it copies selected words, and in other programs ends them"),
    ],
)
def test_a_taken_key_is_refused_and_both_are_named(command: Command, key: str, why: str) -> None:
    problem = check(Keymap(), command, [key], themes={"f": "Funding"})

    assert problem is not None
    assert f"'{command.title}'" in problem
    assert why in problem


def test_two_screens_may_use_one_key_for_different_things() -> None:
    assert check(Keymap(), ADD, ["n"]) is None
    assert check(Keymap(), ADD, ["f"], themes={"f": "Funding"}) is None


def test_a_key_that_was_given_up_is_free() -> None:
    assert check(Keymap(), UNCODED, ["m"]) is not None
    assert check(Keymap().with_keys(MEMO, ["M"]), UNCODED, ["m"]) is None


def test_a_command_without_keys_of_its_own_takes_none() -> None:
    problem = check(Keymap(), BY_ID["coding.recent"], ["v"])

    assert problem == "'Recent code' has keys of its own that cannot be changed."


def test_keys_are_kept_and_found_again(tmp_path: Path) -> None:
    assert keymap.choose(tmp_path / "own", UNCODED, ["v"]) is None
    assert keymap.choose(tmp_path / "own", MEMO, ["w"]) is None
    assert keymap.choose(tmp_path / "own", HELP, ["f2", "f3"]) is None
    assert keymap.choose(tmp_path / "own", MEMO, None) is None

    found, said = keymap.load(tmp_path / "own")
    assert (found, said) == (Keymap({UNCODED.id: ("v",), HELP.id: ("f2", "f3")}), ())
    assert found.label(HELP) == "f2 f3"
    assert found.for_textual() == {"coding.next-uncoded": "v", "everywhere.help": "f2,f3"}


def test_two_commands_may_change_keys_with_each_other(tmp_path: Path) -> None:
    write(tmp_path, {UNCODED.id: "m", MEMO.id: ["n"]})

    found, said = keymap.settled(keymap.load(tmp_path)[0])

    assert said == {}
    assert found.keys(UNCODED) == ("m",)
    assert found.keys(MEMO) == ("n",)


def test_a_bad_line_is_said_and_the_others_hold(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "coding.next-uncodd": "v",
            MEMO.id: 7,
            "coding.doubt": "banana",
            UNCODED.id: "v",
            "coding.go-to": "u",
        },
    )

    chosen, said = keymap.load(tmp_path)
    held, refused = keymap.settled(chosen)

    assert dict(held.own) == {UNCODED.id: ("v",)}
    assert said == (
        "keys.json: no command is called 'coding.next-uncodd'. Did you mean 'coding.next-uncoded'?",
        "keys.json: the keys of 'Memo' are one in quotation marks, or a list.",
        "keys.json: 'banana' is no key for 'Doubt'.",
    )
    assert refused == {
        "coding.go-to": "u cannot be the key of 'Go to a turn or time': it is the key of 'Undo'."
    }


def test_a_choice_takes_nothing_out_of_the_file_but_the_one_before(tmp_path: Path) -> None:
    before = {"later.command": "v", "coding.doubt": "banana", "coding.go-to": "u", MEMO.id: "w"}
    write(tmp_path, before)

    assert keymap.choose(tmp_path, MEMO, ["v"]) is None
    assert keymap.choose(tmp_path, UNCODED, None) is None

    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8")) == {**before, MEMO.id: ["v"]}


def test_one_choice_that_goes_can_take_another_with_it(tmp_path: Path) -> None:
    # `memo` would leave m free for `uncoded`, but cannot have u; then m is not free either.
    write(tmp_path, {UNCODED.id: "m", MEMO.id: "u"})

    found, refused = keymap.settled(keymap.load(tmp_path)[0])

    assert dict(found.own) == {}
    assert list(refused) == [UNCODED.id, MEMO.id]


def test_a_choice_that_gives_way_to_a_theme_takes_no_other_with_it() -> None:
    chosen = Keymap().with_keys(HELP, ["i"]).with_keys(ADD, ["i"])

    held, refused = keymap.settled(chosen, themes={"i": "Money"})

    assert dict(held.own) == {ADD.id: ("i",)}
    assert list(refused) == [HELP.id]
    assert dict(keymap.settled(chosen)[0].own) == {HELP.id: ("i",)}


def test_a_sentence_names_the_first_keys_that_hold() -> None:
    keys = Keymap().with_keys(ADD, ["f7", "f8"])

    assert keys.fill("{codebook.add} adds, {coding.sentence-up} goes back.") == (
        "f7 adds, ↑ goes back."
    )
    assert keys.fill("{} {x} {Not.one}") == "{} {x} {Not.one}"


def test_a_theme_of_the_codebook_comes_before_a_choice(tmp_path: Path) -> None:
    chosen = Keymap().with_keys(UNCODED, ["f"])

    found, said = keymap.settled(chosen, themes={"f": "Funding"})

    assert dict(found.own) == {}
    why = "f cannot be the key of 'Next uncoded answer': it opens the theme 'Funding'."
    assert said == {UNCODED.id: why}


def test_a_file_that_cannot_be_read_is_said_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text("{'coding", encoding="utf-8")

    found, said = keymap.load(tmp_path)
    problem = keymap.choose(tmp_path, UNCODED, ["v"])

    assert dict(found.own) == {}
    assert [str(path) in sentence for sentence in said] == [True]
    assert problem is not None
    assert path.read_text(encoding="utf-8") == "{'coding"
