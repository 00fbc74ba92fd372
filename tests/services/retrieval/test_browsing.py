"""What the screens show of the codebook, and what quotations can be filtered by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from services.fair import OTHER, new_fair
from services.study import BY, bring_in, tick, write

from qualcode.services.retrieval import browsing, retrieving
from qualcode.services.retrieval.browsing import Voice
from qualcode.services.work import coding
from qualcode.store.store import Store


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    with new_fair(tmp_path / "fair") as store:
        yield store


def test_codings_are_counted_for_one_coder_and_for_everyone(fair: Store) -> None:
    page = browsing.codebook_page(fair, coder=BY.upper())

    assert page.mine == {"grant-aid": 1, "bonding": 1, "funding": 2}
    assert page.everyone == {"grant-aid": 2, "small-grants": 1, "bonding": 1, "funding": 2}
    assert browsing.codebook_page(fair, coder=None).mine == {}


def test_memos_on_codes_stand_beside_them(fair: Store) -> None:
    page = browsing.codebook_page(fair, coder=BY)

    assert [(code, memo.body) for code, (memo,) in page.memos.items()] == [
        ("grant-aid", "Ask who decides.")
    ]


def test_a_coding_that_was_taken_back_is_not_counted(fair: Store) -> None:
    coding.undo(fair, by=OTHER, at=tick())

    assert browsing.codebook_page(fair, coder=BY).everyone["grant-aid"] == 1


def test_values_are_offered_of_whom_may_be_cited_only(fair: Store) -> None:
    choices = browsing.filter_choices(fair)

    assert choices.coders == (BY, OTHER)
    assert choices.values["place"] == ("Marle", "Wenbury")
    assert choices.values["participant"] == ("P01", "P03")
    assert choices.values["strand"] == ("case study", "follow-up")
    said = " ".join(value for values in choices.values.values() for value in values)
    assert "Saltmarsh" not in said
    assert "Smuggler" not in said


def test_every_value_that_is_offered_is_one_that_filters(fair: Store) -> None:
    for name, values in browsing.filter_choices(fair).values.items():
        for value in values:
            assert retrieving.quotes(fair, where=[f"{name}={value}"]).quotations, (name, value)


def test_an_attribute_that_nobody_has_is_not_offered(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"talk.txt": "Ama: We met.\n"}))

    choices = browsing.filter_choices(store)

    assert "organisation" not in choices.values
    assert choices.values["transcript"] == ("talk",)


# -- who speaks in a passage and around it --------------------------------------------------------

_TALK = """\
I: Who pays for it?

Ama: The council pays half.

I: And the rest of it?

Ama: We patch it together.

Dot: I sell cakes.

I: Thank you.
"""
_TWO = """\
interview_id,file,participant,name,speaker,attribution
T1,T1.txt,P11,Ama Boateng,Ama,role
T1,T1.txt,P12,Dot Marsh,Dot,{level}
"""


def talk(fair: Store, tmp_path: Path, *, level: str = "named") -> None:
    folder = write(tmp_path / "talk", {"T1.txt": _TALK, "m.csv": _TWO.format(level=level)})
    assert bring_in(fair, manifest=folder / "m.csv").written


def voices(fair: Store, *, words: str, context: int) -> list[Voice]:
    quote = browsing.passages_page(fair, context=context)
    (one,) = (one for one in quote.quotations if without_voices(one.text) == words)
    return list(quote.voices[one.coding])


def without_voices(words: str) -> str:
    """The words of a quotation alone: who goes on speaking in it stands in brackets."""
    return re.sub(r"\[[^\[\]]+:\] ", "", words)


def test_each_voice_around_stands_where_its_turn_begins_and_is_named_as_consent_allows(
    fair: Store, tmp_path: Path
) -> None:
    talk(fair, tmp_path)
    words = "half.\n\nAnd the rest of it?\n\nWe patch"
    place = coding.Place(quote=words)
    coding.tag(fair, "T1", "trading", place, by=BY, at=tick())

    assert voices(fair, words=words, context=60) == [
        ("before", 7, "Interviewer"),
        ("before", 3, "P11"),
        ("after", 2, "Dot"),
        ("after", 5, "Interviewer"),
    ]
    assert voices(fair, words=words, context=4) == [
        ("before", 4, "Interviewer"),
        ("before", 3, "P11"),
        ("after", 2, "Dot"),
    ]
    assert voices(fair, words=words, context=0)[0] == ("text", 0, "P11")


def test_who_may_not_be_cited_is_no_voice(fair: Store, tmp_path: Path) -> None:
    talk(fair, tmp_path, level="withheld")
    words = "We patch it together."
    coding.tag(fair, "T1", "trading", coding.Place(quote=words), by=BY, at=tick())

    assert voices(fair, words=words, context=60)[-2:] == [
        ("before", 5, "Interviewer"),
        ("text", 0, "P11"),
    ]


def test_the_passages_are_those_that_are_retrieved(fair: Store) -> None:
    page = browsing.passages_page(fair, context=60)
    retrieved = retrieving.quotes(fair, context=60)

    assert (page.quotations, page.withheld) == (retrieved.quotations, retrieved.withheld)
    assert retrieved.withheld == 1
