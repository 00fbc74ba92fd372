"""A passage over several turns says who goes on speaking, and nothing of who is not shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services.areas import tag
from services.study import BY, bring_in, listing_text, new_store, tick, write

from qualcode.services.retrieval import editing, retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

FILES = {
    "m.csv": "interview_id,file,participant,speaker,role,place,attribution,date\n"
    "j,j.txt,P01,Ama,Maker,Marle,role,2024-03-04\nn,n.txt,P02,,Chair,Marle,role,2024-03-05\n",
    "j.txt": "I: And who pays?\n\nAma: We pay.\n\nI: All of it?\n\nAma: Half of it.\n",
    "n.txt": "A grant came that year.\n\nThen it was spent.\n",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("passages")
    with new_store(folder / "study") as store:
        assert bring_in(store, manifest=write(folder / "in", FILES) / "m.csv").written
        tag(store, "j", "bonding", "We pay.")
        for code, name, turns in (("trading", "j", (1, 4)), ("bridging", "j", (2, 3))):
            coding.tag(store, name, code, Place(turns=turns), by=BY, at=tick())
        whole = listing_text(store, "n").strip()
        tag(store, "n", "bonding", whole)
        yield store


def quoted(store: Store, code: str) -> list[tuple[str, int]]:
    found = retrieving.quotes(store, [code]).quotations
    return [(" ".join(one.text.split()), one.edits) for one in found]


def test_who_asks_and_who_answers_stands_before_each_turn_but_the_first_answer(
    told: Store,
) -> None:
    assert quoted(told, "bridging") == [("We pay. [Interviewer:] All of it?", 1)]
    assert quoted(told, "trading") == [
        (
            "[Interviewer:] And who pays? [P01:] We pay. [Interviewer:] All of it? "
            "[P01:] Half of it.",
            4,
        )
    ]


def test_one_turn_and_one_voice_are_quoted_as_they_are(told: Store) -> None:
    assert quoted(told, "bonding") == [
        ("We pay.", 0),
        ("A grant came that year. Then it was spent.", 0),
    ]


def test_of_a_question_that_is_left_out_nobody_is_said_to_have_asked(told: Store) -> None:
    editing.edit_quotation(told, "j:2", code="bridging", cut=["All of it?"], by=BY, at=tick())
    assert quoted(told, "bridging") == [("We pay. […]", 1)]
    assert editing.take_edits_back(told, "j:2", code="bridging", by=BY, at=tick()).changed
