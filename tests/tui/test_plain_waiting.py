"""What waits, and corrections from elsewhere, for somebody who codes in lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from services.study import BY
from tui.coded import stored
from tui.corrected import CHANGED, FAIR, NEW, OTHER, WALL, correct, new_coded, waits

from qualcode.errors import QualcodeError
from qualcode.services.work.coding_session import CodingSession
from qualcode.services.work.sentencing import InProcess
from qualcode.store.store import Store, open_store
from qualcode.tui.own.desk import Desk
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.plain.lines import Plain


class Sitting:
    """What is said and complained of while somebody codes P07 in lines."""

    def __init__(self, store: Store, surroundings: Surroundings, coder: str) -> None:
        self.said: list[str] = []
        self.complaints: list[tuple[int, str]] = []
        self.plain = Plain(
            CodingSession.open(store, "P07", coder=coder),
            surroundings=surroundings,
            desk=Desk(surroundings.config / f"{coder}.json"),
            sentences=InProcess(),
            say=self.said.append,
            complain=self._complain,
        )

    def _complain(self, line: int, problem: QualcodeError) -> None:
        self.complaints.append((line, str(problem)))

    def type(self, *lines: str) -> list[str]:
        """Say lines; returns what was said at the end of it."""
        self.plain.run(lines)
        return self.said


@pytest.fixture
def coded(surroundings: Surroundings) -> Iterator[Store]:
    """A coded study that nobody has corrected."""
    with new_coded(surroundings.folder) as opened:
        yield opened


@pytest.fixture
def store(coded: Store, surroundings: Surroundings) -> Store:
    """A corrected one, in which two codings wait."""
    correct(coded, surroundings.folder)
    return coded


def test_it_says_how_many_wait_and_lists_them_with_their_words(
    store: Store, surroundings: Surroundings
) -> None:
    said = Sitting(store, surroundings, BY).type("review")
    assert said[0] == "2 passages wait since this was corrected: say review."
    listed = said[said.index("no code here") + 1 :]
    assert listed == [
        f"1, P07 ¶2: funding/grant-aid by {BY}: its words changed much",
        "was: The council gave us a grant, once, and nobody knew why.",
        f"proposed, P07 ¶2: {CHANGED}",
        "not there now: council; a grant, once",
        "new: councillors; some money",
        f"2, P07 ¶6: funding/trading by {OTHER}: its words are not found any more",
        "was: Marek left his tools behind in the hall.",
        "nothing is proposed",
    ]


def test_accept_lays_it_on_and_undo_takes_it_back(store: Store, surroundings: Surroundings) -> None:
    sitting = Sitting(store, surroundings, BY)
    said = sitting.type("review", "accept 1", "next")
    assert any(line.startswith("laid on: P07 ¶2 [") for line in said)
    assert not any(line.startswith("meanwhile") for line in said)
    assert ("grant-aid", CHANGED, BY) in stored(store)
    assert waits(store) == [("trading", "lost")]

    said = Sitting(store, surroundings, BY).type("undo", "review")
    assert any(line.startswith("undone: settle codings") for line in said)
    assert waits(store) == [("grant-aid", "check"), ("trading", "lost")]


def test_a_number_keeps_its_meaning_until_the_next_list(
    store: Store, surroundings: Surroundings
) -> None:
    sitting = Sitting(store, surroundings, OTHER)
    sitting.type("review", "accept 1", "drop 2")
    assert sitting.complaints == []
    assert waits(store) == []


def test_move_lays_it_on_the_passage_one_is_at(store: Store, surroundings: Surroundings) -> None:
    sitting = Sitting(store, surroundings, BY)
    sitting.type("review", "go 8", "move 2")
    assert sitting.complaints == []
    assert ("trading", WALL, OTHER) in stored(store)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["accept 1"], "nothing that waits was listed as 1"),
        (["review", "accept 3"], "nothing that waits was listed as 3"),
        (["review", "accept"], "something comes after 'accept'"),
        (["review", "accept 2"], "no place is proposed for 2"),
        (["review", "drop 2"], f"this coding is {OTHER}'s"),
        (["review", "drop 1", "drop 1"], "no coding of this id waits"),
    ],
)
def test_what_cannot_be_settled_is_said_with_its_line(
    lines: list[str], why: str, store: Store, surroundings: Surroundings
) -> None:
    sitting = Sitting(store, surroundings, BY)
    sitting.type(*lines)
    ((number, said),) = sitting.complaints
    assert number == len(lines)
    assert why in said
    assert ("trading", "lost") in waits(store)


def test_where_nothing_waits_it_says_so(coded: Store, surroundings: Surroundings) -> None:
    said = Sitting(coded, surroundings, BY).type("review")
    assert said[-1] == "nothing waits here"
    assert not any("since this was corrected" in line for line in said)


def test_a_line_that_was_meant_for_old_words_is_not_done_on_the_new_ones(
    coded: Store, surroundings: Surroundings
) -> None:
    sitting = Sitting(coded, surroundings, BY)

    def lines() -> Iterable[str]:
        yield "go 4"
        with open_store(str(surroundings.folder / "study.qualcode")) as other:
            correct(other, surroundings.folder, NEW.replace("I: And who came?", "I: Well?"))
        yield "tag funding"
        assert ("funding", FAIR, BY) not in stored(coded)
        yield "tag funding"

    assert sitting.plain.run(lines()) == 1
    ((number, why),) = sitting.complaints
    assert number == 2
    assert "this was not done, for 'P07' was corrected meanwhile" in why
    assert "2 passages wait since this was corrected: say review." in sitting.said
    assert ("funding", FAIR, BY) in stored(coded)
    assert waits(coded) == [("grant-aid", "check"), ("trading", "lost")]
