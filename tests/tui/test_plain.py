from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from services.study import bring_in, dialogue, tick, write

from qualcode.errors import QualcodeError
from qualcode.model.people import Role
from qualcode.services import listing, people
from qualcode.services.projects import CODEBOOK
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.services.work.coding_session import CodingSession
from qualcode.services.work.sentencing import InProcess
from qualcode.store import queries
from qualcode.store.store import Store
from qualcode.tui import keys
from qualcode.tui.own.desk import Desk
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.plain import words as plain_words
from qualcode.tui.plain.lines import Plain
from qualcode.tui.playing import Player, Program

TEA = "We all came to the fair. The grant paid for the tent. Then it rained."
TIMED = """\
WEBVTT

00:00:05.000 --> 00:00:09.000
<v P02>The council gives a grant. It comes in spring.

00:01:10.000 --> 00:01:14.000
<v I>And then?

00:01:15.000 --> 00:01:19.000
<v P02>After that we are on our own.
"""


@dataclass
class Sitting:
    """What was said and complained of while somebody coded in lines."""

    plain: Plain = field(init=False)
    said: list[str] = field(default_factory=list)
    complaints: list[tuple[int, str]] = field(default_factory=list)

    def complain(self, line: int, problem: QualcodeError) -> None:
        """Hear what is wrong with a line."""
        self.complaints.append((line, str(problem)))

    def type(self, *lines: str) -> list[str]:
        """Type lines; returns what was said after the first passage."""
        self.said.clear()
        self.plain.run(lines)
        passage = next(at for at, line in enumerate(self.said) if line.startswith(("no", "coded")))
        rest = self.said[passage + 1 :]
        while rest and rest[0].startswith(("coded", "memo by")):
            rest = rest[1:]
        return rest


Sit = Callable[..., Sitting]


@pytest.fixture
def sit(store: Store, surroundings: Surroundings, tmp_path: Path) -> Sit:
    """Sit down at one of two small transcripts."""
    files = {"P01.txt": dialogue("P01", TEA, "Nobody pays. We sell tea."), "P02.vtt": TIMED}
    bring_in(store, write(tmp_path / "files", files))
    for name in ("P01", "P02"):
        listing.set_speaker(store, name, "I", role=Role.INTERVIEWER, by="amina", at=tick())

    def down(name: str = "P01", coder: str = "amina") -> Sitting:
        sitting = Sitting()
        sitting.plain = Plain(
            CodingSession.open(store, name, coder=coder),
            surroundings=surroundings,
            desk=Desk(surroundings.config / f"{coder}.json"),
            sentences=InProcess(),
            say=sitting.said.append,
            complain=sitting.complain,
        )
        return sitting

    return down


def codings(store: Store) -> list[tuple[str, str, str]]:
    """Every coding that holds: the words, the code, the coder."""
    with store.reading() as session:
        found = queries.codings(session)
        texts = queries.texts(session, list({one.segment.version for one in found}))
        places = [(one, texts[one.segment.version].text, one.segment) for one in found]
        return [(text[at.start : at.end], one.code, one.coder) for one, text, at in places]


# -- reading and moving ---------------------------------------------------------------------------


def test_a_passage_is_its_place_its_speaker_its_words_and_its_codes(sit: Sit) -> None:
    sitting = sit()
    sitting.plain.run([])

    assert sitting.said == ["P01 ¶1", "I, interviewer: And then?", "no code here"]


def test_an_empty_line_is_the_next_sentence(sit: Sit) -> None:
    assert sit().type("", "") == [
        *("P01 ¶2", "P01, participant: We all came to the fair.", "no code here"),
        *("P01 ¶2", "P01, participant: The grant paid for the tent.", "no code here"),
    ]


def test_back_and_turn_back_go_the_other_way(sit: Sit) -> None:
    said = sit().type("turn", "next", "next", "back", "turn-back", "turn-back", "turn-back")

    assert [line for line in said if line.startswith(("P01,", "I,"))] == [
        f"P01, participant: {TEA}",
        "P01, participant: We all came to the fair.",
        "P01, participant: The grant paid for the tent.",
        "P01, participant: We all came to the fair.",
        f"P01, participant: {TEA}",
        "I, interviewer: And then?",
    ]
    assert said[-1] == "this is the beginning"


def test_a_turn_of_one_sentence_is_not_the_end(sit: Sit) -> None:
    said = sit().type("turn", "turn", "next")

    assert said[-3:] == ["P01 ¶4", "P01, participant: Nobody pays.", "no code here"]
    assert "this is the end" not in said


def test_more_and_less_change_the_passage_by_sentences(sit: Sit) -> None:
    said = sit().type("next", "more", "less")

    assert [line for line in said if ": " in line] == [
        "P01, participant: We all came to the fair.",
        "P01, participant: We all came to the fair. The grant paid for the tent.",
        "P01, participant: We all came to the fair.",
    ]


def test_a_passage_over_two_turns_names_both_speakers(sit: Sit) -> None:
    said = sit().type("search rained", "back", "more")

    assert said[-4:] == [
        "P01 ¶2",
        "P01, participant: Then it rained.",
        "I, interviewer: And then?",
        "no code here",
    ]


def test_a_turn_and_a_time_can_be_gone_to(sit: Sit) -> None:
    sitting = sit("P02")

    assert "P02 ¶3 00:01:15" in sitting.type("go 3")
    assert "P02 ¶2 00:01:10" in sitting.type("go 1:12")
    assert sitting.complaints == []


def test_a_place_that_is_none_is_said_with_its_line(sit: Sit) -> None:
    sitting = sit()
    sitting.type("next", "go 99", "go 14:20", "go where")

    assert [line for line, _ in sitting.complaints] == [2, 3, 4]
    assert sitting.plain.failures == 3


def test_uncoded_skips_questions_and_what_is_coded(sit: Sit, store: Store) -> None:
    coding.tag(store, "P01", "trading", Place(turns=(2, 2)), by="amina", at=tick())
    sitting = sit()

    assert "P01, participant: Nobody pays." in sitting.type("uncoded")
    assert sitting.type("uncoded") == ["no answer after this one is without your code"]


def test_hits_are_selected_and_gone_round(sit: Sit) -> None:
    said = sit().type("search tent", "tag bonding", "search the", "hit", "hit-back", "search moon")

    assert said[:2] == ["hit 1 of 1", "P01 ¶2"]
    assert said[2] == "P01, participant: tent"
    assert "it stands in: The grant paid for the tent." in said
    assert [line for line in said if line.startswith("hit")] == [
        "hit 1 of 1",
        "hit 1 of 3",
        "hit 2 of 3",
        "hit 1 of 3",
    ]
    assert said[-1] == "not found"


def test_where_says_who_one_is_and_what_is_done(sit: Sit) -> None:
    said = sit().type("go 2", "tag trading", "finished", "where")

    assert "You are amina." in said
    assert "P01, turn 2 of 4" in said
    assert "1 of 2 answers hold a code of yours." in said
    assert "You have finished this transcript." in said


def test_the_place_is_remembered(sit: Sit) -> None:
    sit().type("go 4")
    again = sit()
    again.plain.run([])

    assert again.said[:2] == ["P01 ¶4", "P01, participant: Nobody pays."]


# -- acts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["grant-aid", "funding/grant-aid", "Grant aid", "GRANT AID"])
def test_a_code_named_exactly_is_put_on_at_once(sit: Sit, store: Store, name: str) -> None:
    said = sit().type("next", f"tag {name}", "where")

    assert codings(store) == [("We all came to the fair.", "grant-aid", "amina")]
    assert any(line.startswith("tagged: P01 ¶2 [") for line in said)
    assert said[-1] == "coded funding/grant-aid"


def test_a_guess_needs_a_yes(sit: Sit, store: Store) -> None:
    sitting = sit()
    said = sitting.type("next", "tag bondng", "yes")

    assert "do you mean cohesion/bonding, Bonding? Say yes to put it on." in said
    assert codings(store) == [("We all came to the fair.", "bonding", "amina")]
    assert sitting.complaints == []


@pytest.mark.parametrize("after", [("next",), ("",), ()])
def test_a_guess_without_a_yes_is_a_line_that_was_not_done(
    sit: Sit, store: Store, after: tuple[str, ...]
) -> None:
    sitting = sit()
    sitting.type("next", "tag bondng", *after)

    assert codings(store) == []
    assert [line for line, _ in sitting.complaints] == [2]
    assert "cohesion/bonding was only guessed, and not put on" in sitting.complaints[0][1]


def test_a_yes_to_nothing_is_said(sit: Sit) -> None:
    sitting = sit()
    sitting.type("yes")

    assert sitting.complaints == [(1, "nothing was asked. See: help")]


def test_the_number_of_a_recent_code_puts_it_on(sit: Sit, store: Store) -> None:
    sitting = sit()
    said = sitting.type("next", "tag trading", "next", "tag 1", "codes funding", "tag 9")

    assert {code for _, code, _ in codings(store)} == {"trading"}
    assert len(codings(store)) == 2
    assert "1, funding/trading: Trading" in said
    assert "funding/grant-aid: Grant aid. Money given, not earned." in said
    assert [line for line, _ in sitting.complaints] == [6]


def test_each_tag_is_in_the_store_before_the_next_line_is_read(sit: Sit, store: Store) -> None:
    seen: list[int] = []

    def lines() -> Iterator[str]:
        for code in ("bonding", "bridging"):
            yield f"tag {code}"
            seen.append(len(codings(store)))

    sit().plain.run(lines())
    assert seen == [1, 2]


def test_a_line_that_cannot_be_done_does_not_stop_the_others(sit: Sit, store: Store) -> None:
    sitting = sit()
    sitting.type("tag zzzzzz", "tagg bonding", "next now", "tag bonding", "untag trading")

    assert [line for line, _ in sitting.complaints] == [1, 2, 3, 5]
    assert sitting.plain.failures == 4
    assert len(codings(store)) == 1


def test_untag_takes_the_one_code_here_off_or_asks_which(sit: Sit, store: Store) -> None:
    sitting = sit()
    sitting.type("tag bonding", "tag trading", "untag", "untag bonding", "untag")

    assert codings(store) == []
    assert [line for line, _ in sitting.complaints] == [3]
    assert "Say which: cohesion/bonding, funding/trading." in sitting.complaints[0][1]


def test_what_others_coded_is_read_and_left_alone(sit: Sit, store: Store) -> None:
    coding.tag(store, "P01", "trading", Place(turns=(1, 1)), doubt=True, by="ben", at=tick())
    sitting = sit()
    sitting.type("untag")

    assert "coded funding/trading, by ben, in doubt" in sitting.said
    assert len(codings(store)) == 1
    assert len(sitting.complaints) == 1


def test_what_somebody_else_codes_meanwhile_is_said(sit: Sit, store: Store) -> None:
    def lines() -> Iterator[str]:
        coding.tag(store, "P01", "trading", Place(turns=(1, 1)), by="ben", at=tick())
        yield "where"

    sitting = sit()
    sitting.plain.run(lines())
    assert "meanwhile 1 coding was changed" in sitting.said
    assert sitting.said[-1] == "coded funding/trading, by ben"


def test_doubt_memo_and_ends(sit: Sit, store: Store) -> None:
    sitting = sit()
    said = sitting.type(
        "next", "tag bonding", "doubt", "memo Whose voice?", "ends +2", "ends start +1", "ends -99"
    )

    assert codings(store) == [("all came to the fair. The grant", "bonding", "amina")]
    assert "memo on cohesion/bonding: P01 ¶2" in said
    assert said[-2:] == ["coded cohesion/bonding, in doubt", "memo by amina: Whose voice?"]
    assert [line for line, _ in sitting.complaints] == [7]


def test_a_doubt_is_said_with_the_place_of_the_coding(sit: Sit) -> None:
    said = sit().type("next", "tag bonding", "turn", "turn-back", "doubt")
    tagged, doubted = (line for line in said if line.startswith(("tagged:", "in doubt:")))
    assert doubted.partition(": ")[2] == tagged.partition(": ")[2]


def test_a_coded_passage_is_starred_in_lines(sit: Sit, store: Store) -> None:
    sitting = sit()
    said = sitting.type("next", "star", "tag bonding", "star")
    assert [line for line, _ in sitting.complaints] == [2]
    assert said[-1] == "worth quoting: P01 ¶2"
    assert len(retrieving.quotes(store, starred=True).quotations) == 1
    assert sitting.type("star")[-1] == "no longer worth quoting: P01 ¶2"
    assert retrieving.quotes(store, starred=True).quotations == ()


def test_a_memo_where_no_code_lies_is_on_the_passage(sit: Sit) -> None:
    assert sit().type("memo Ask again", "where")[-1] == "memo by amina: Ask again"


def test_undo_and_redo_are_those_of_the_project(sit: Sit, store: Store) -> None:
    said = sit().type("tag bonding", "undo", "redo", "undo")

    undone, again = "undone: tag (1 record)", "done again: tag (1 record)"
    assert said[1:] == [undone, again, undone]
    assert codings(store) == []


def test_a_new_code_is_named_by_the_words(
    sit: Sit, store: Store, surroundings: Surroundings
) -> None:
    sitting = sit()
    sitting.type('search "sell tea"', "in-vivo funding", "undo", "undo")
    before = (surroundings.folder / CODEBOOK).read_text(encoding="utf-8")
    assert codings(store) == []
    assert "sell tea" not in before
    sitting.type("redo", "redo")

    assert [(words, coder) for words, _, coder in codings(store)] == [("sell tea", "amina")]
    book = (surroundings.folder / CODEBOOK).read_text(encoding="utf-8")
    assert "sell tea" in book
    assert "proposed" in book
    assert sitting.complaints == []


def test_an_undo_says_that_it_left_a_codebook_changed_by_hand_or_is_not_done(
    sit: Sit, store: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / CODEBOOK
    sitting = sit()
    sitting.type('search "sell tea"', "in-vivo funding", "undo")
    path.chmod(0o444)
    sitting.type("undo")
    assert "cannot be written: it is closed to changes" in sitting.complaints[0][1]
    assert "sell-tea" in sitting.plain.session.codes
    path.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    said = sitting.type("undo")
    assert said[-1] == "codebook.yaml was left alone and differs now"
    assert "sell-tea" not in sitting.plain.session.codes
    assert "sell-tea" in path.read_text(encoding="utf-8")


def test_without_a_theme_a_new_code_stands_by_the_latest(sit: Sit, store: Store) -> None:
    sitting = sit()
    sitting.type("in-vivo", "tag bridging", 'search "sell tea"', "in-vivo")

    assert [line for line, _ in sitting.complaints] == [1]
    assert "The themes are: funding, cohesion." in sitting.complaints[0][1]
    with store.reading() as session:
        book, _ = queries.codebook(session)
    made = next(code for code in book.codes if code.name == "sell tea")
    assert (made.parent, made.proposed) == ("cohesion", True)


def test_words_of_somebody_withheld_name_no_code(
    sit: Sit, store: Store, surroundings: Surroundings
) -> None:
    listing.set_speaker(store, "P01", "P01", role=Role.PARTICIPANT, by="amina", at=tick())
    people.set_participant(
        store, "W1", {"attribution": "withheld"}, new=True, by="amina", at=tick()
    )
    listing.set_speaker(store, "P01", "P01", participant="W1", by="amina", at=tick())
    book = surroundings.folder / CODEBOOK
    before = book.read_bytes()
    sitting = sit()
    sitting.type('search "sell tea"', "in-vivo funding")

    ((line, said),) = sitting.complaints
    assert line == 2
    assert "may not leave" in said
    assert book.read_bytes() == before
    with store.reading() as session:
        names = [code.name for code in queries.codebook(session)[0].codes]
    assert "sell tea" not in names


def test_without_a_recording_play_is_a_sentence(sit: Sit) -> None:
    sitting = sit("P02")
    sitting.type("play")

    assert sitting.complaints == [
        (
            1,
            "P02: no recording is known for this interview. "
            "Name its file: qualcode transcripts set NAME recording=FILE",
        )
    ]


# -- the table ------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="a script with #! as the player")
def test_a_player_that_cannot_play_is_said_before_the_next_line(sit: Sit, tmp_path: Path) -> None:
    script = tmp_path / "mpv"
    script.write_text(f"#!{sys.executable}\nimport sys\nsys.exit(2)\n", encoding="utf-8")
    script.chmod(0o755)
    sitting, player = sit(), Player(Program("mpv", str(script)))
    player.play(tmp_path / "P01.mp3", 0)
    assert player._process is not None
    player._process.wait()
    sitting.plain._playback.player = player
    said = sitting.type("where", "where")
    assert len([line for line in said if line.startswith("the player mpv would not play")]) == 1


def test_every_word_of_the_table_is_understood_and_helped_with(sit: Sit) -> None:
    sitting = sit()
    said = sitting.type("help")
    words = {*keys.plain_words(), *plain_words.ONLY_IN_LINES}

    assert {line.partition(":")[0].partition(" ")[0] for line in said[:-1]} == words
    understood = {*sitting.plain._alone, *sitting.plain._asking, "quit"}
    assert understood == words
    assert set(plain_words.FORMS) == set(sitting.plain._asking)


def test_quit_ends_before_the_lines_do(sit: Sit, store: Store) -> None:
    sit().type("quit", "tag bonding")

    assert codings(store) == []


def test_quit_stands_alone(sit: Sit) -> None:
    sitting = sit()
    sitting.type("quit now", "where")
    assert sitting.complaints == [(1, "nothing comes after 'quit'. See: help")]


def test_nothing_is_drawn(sit: Sit) -> None:
    said = sit().type("tag bonding", "where", "codes", "help", "search tea")

    assert not [line for line in said for sign in line if sign in "│┃─━┏┗▪✓\x1b\t"]


def test_a_theme_can_be_named_by_its_letter(sit: Sit, store: Store) -> None:
    sitting = sit()

    assert all("cohesion" in line for line in sitting.type("codes Cohesion"))
    sitting.type("codes nothing")
    assert "no theme is called that" in sitting.complaints[0][1]
