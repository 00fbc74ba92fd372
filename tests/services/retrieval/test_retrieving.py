"""Coded passages and searched words, each with where it stands and how it may be cited."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, bring_in, listing_text, tick, write

from qualcode import errors
from qualcode.model.coding import MemoType
from qualcode.model.people import Role
from qualcode.services import memos
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.retrieval import editing, retrieving
from qualcode.services.retrieval.retrieving import Hit
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

VTT = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Interviewer>What does the council do about the grant?

00:01:05.000 --> 00:01:09.000
<v P03>The council gives a grant every spring.

00:01:10.000 --> 00:01:14.000
<v P03>After that we are on our own.
"""
TXT = """\
I: Who pays for the tent?

Ama: The grant paid for the tent, and it leaked.

And then we all patched it together.

I: And now?

Ama: Now we fundraise, we fund it by cake.
"""
PAID = "The grant paid for the tent"
MANIFEST = """\
interview_id,file,participant,name,role,organisation,place,stakeholder,attribution,date,strand
P01,P01.txt,P01,Ama Boateng,Organiser,The Hall,Marle,local VCS,role,2024-03-12,case study
P03,P03.vtt,P03,Bea Holt,Officer,The Council,Wenbury,officer,named,2024-03-14,follow-up
"""


@pytest.fixture
def fair(store: Store, folder: Path) -> Store:
    """A project with two interviews and codings by two coders."""
    write(folder, {"P01.txt": TXT, "P03.vtt": VTT, "m.csv": MANIFEST})
    assert bring_in(store, manifest=folder / "m.csv").written
    for transcript, code, quote, coder in (
        ("P03", "grant-aid", "The council gives a grant every spring.", "tomasz"),
        ("P01", "bonding", "we all patched it together", BY),
        ("P01", "small-grants", "The grant paid for the tent", "tomasz"),
        ("P01", "grant-aid", "The grant paid for the tent", BY),
        ("P01", "funding", "we fund it by cake", BY),
    ):
        coding.tag(store, transcript, code, Place(quote=quote), by=coder, at=tick())
    return store


def texts(store: Store, *codes: str, **options: object) -> list[tuple[str, str, str]]:
    found = retrieving.quotes(store, codes, **options).quotations  # type: ignore[arg-type]
    return [(q.transcript, q.code, q.text) for q in found]


def test_quotes_come_by_transcript_place_and_code_in_book_order(fair: Store) -> None:
    assert texts(fair) == [
        ("P01", "funding/grant-aid", "The grant paid for the tent"),
        ("P01", "funding/grant-aid/small-grants", "The grant paid for the tent"),
        ("P01", "cohesion/bonding", "we all patched it together"),
        ("P01", "funding", "we fund it by cake"),
        ("P03", "funding/grant-aid", "The council gives a grant every spring."),
    ]


def test_a_quote_says_where_it_stands_and_how_it_is_cited(fair: Store) -> None:
    quote = retrieving.quotes(fair, ["grant-aid"], where=["place=Wenbury"], context=4).quotations[0]

    assert quote.locator == "P03 ¶2 00:01:05"
    assert (quote.turn, quote.start_ms, quote.speaker) == (2, 65_000, "P03")
    assert quote.attribution == "Holt, Bea, Officer, The Council, interviewed 14 March 2024"
    assert (quote.participant, quote.theme, quote.coder) == ("P03", "funding", "tomasz")
    assert quote.before == "do about the grant?"
    assert quote.after == "After that we are"
    assert (quote.doubt, quote.origin, quote.memo) == (False, "person", None)


def test_a_time_in_the_middle_of_a_turn_is_the_nearest_before(fair: Store) -> None:
    coding.tag(fair, "P03", "trading", Place(quote="we are on our own"), by=BY, at=tick())

    assert retrieving.quotes(fair, ["trading"]).quotations[0].locator == "P03 ¶2 00:01:10"


def test_a_question_is_cited_as_the_interviewers_and_an_exchange_as_the_participants(
    fair: Store,
) -> None:
    coding.tag(fair, "P01", "trading", Place(turns=(1, 1)), by=BY, at=tick())
    coding.tag(fair, "P01", "trading", Place(turns=(3, 4)), by=BY, at=tick())

    assert [q.attribution for q in retrieving.quotes(fair, ["trading"]).quotations] == [
        "Interviewer",
        "Organiser, interviewed March 2024",
    ]


def test_a_theme_stands_for_all_below_it_and_a_code_for_its_own(fair: Store) -> None:
    assert len(texts(fair, "funding")) == 4
    assert len(texts(fair, "grant-aid")) == 3
    assert len(texts(fair, "small-grants")) == 1
    assert len(texts(fair, "small-grants", "cohesion")) == 2


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (["place=Marle"], 4),
        (["place=Marle", "place=Wenbury"], 5),
        (["stakeholder=officer"], 1),
        (["strand=follow-up"], 1),
        (["participant=p01", "strand=follow-up"], 0),
        (["attribution=role"], 4),
    ],
)
def test_filters_narrow(fair: Store, where: list[str], count: int) -> None:
    assert len(texts(fair, where=where)) == count


def test_a_coder_narrows_in_whatever_case(fair: Store) -> None:
    assert len(texts(fair, coder="Tomasz")) == 2


def test_a_coder_without_codings_is_refused_as_a_slip(fair: Store) -> None:
    memos.add_memo(fair, "project", "A thought.", type=MemoType.NOTE, by="dina", at=tick())
    for asked in (
        lambda: texts(fair, coder="dina"),
        lambda: charting.build_matrix(fair, coder="dina", at=tick()),
        lambda: booking.build_book(fair, coder="dina", at=tick()),
        lambda: evidencing.build_evidence(fair, coder="dina", at=tick()),
    ):
        with pytest.raises(errors.NothingCodedError):
            asked()


def test_what_is_not_known_is_refused(fair: Store) -> None:
    with pytest.raises(errors.UnknownCodeError):
        retrieving.quotes(fair, ["bridge"])
    with pytest.raises(errors.FilterError):
        retrieving.quotes(fair, where=["plaice=Marle"])


def test_a_study_without_anything_gives_nothing(store: Store) -> None:
    assert retrieving.quotes(store) == retrieving.Retrieval((), 0)
    assert retrieving.search(store, "grant") == retrieving.Found((), 0)


# -- search ---------------------------------------------------------------------------------------


def found(store: Store, query: str, **options: object) -> list[tuple[str, str]]:
    hits = retrieving.search(store, query, **options).hits  # type: ignore[arg-type]
    return [(hit.locator, hit.text) for hit in hits]


def test_words_phrases_stems_and_patterns_are_found(fair: Store) -> None:
    assert found(fair, "grant") == [
        ("P01 ¶2", "grant"),
        ("P03 ¶1 00:00:01", "grant"),
        ("P03 ¶2 00:01:05", "grant"),
    ]
    assert found(fair, '"paid for the tent"') == [("P01 ¶2", "paid for the tent")]
    assert found(fair, "fund*") == [("P01 ¶4", "fundraise"), ("P01 ¶4", "fund")]
    assert found(fair, "/g.ves?/") == [("P03 ¶2 00:01:05", "gives")]


def test_a_search_is_narrowed_by_the_speakers_role_and_by_filters(fair: Store) -> None:
    assert found(fair, "grant", role=Role.INTERVIEWER) == [("P03 ¶1 00:00:01", "grant")]
    assert len(found(fair, "grant", role=Role.PARTICIPANT)) == 2
    assert found(fair, "grant", where=["place=Marle"]) == [("P01 ¶2", "grant")]


def test_a_hit_has_its_words_in_context_of_its_own_turn(fair: Store) -> None:
    hit = retrieving.search(fair, "leaked", width=22).hits[0]

    assert hit == Hit(
        transcript="P01",
        participant="P01",
        turn=2,
        speaker="P01",
        start=hit.start,
        end=hit.start + 6,
        start_ms=None,
        locator="P01 ¶2",
        left="for the tent, and it ",
        text="leaked",
        right=". And then we all",
    )
    first = retrieving.search(fair, '"The grant paid"').hits[0]
    assert first.left == ""
    assert "Now we" not in retrieving.search(fair, "together", width=200).hits[0].right


def test_a_label_that_may_be_a_name_is_shown_only_where_it_was_agreed(fair: Store) -> None:
    speakers = {hit.speaker for hit in retrieving.search(fair, "/./").hits}

    assert speakers == {"Interviewer", "P01", "P03"}


def test_words_that_an_edit_leaves_out_are_not_found(fair: Store) -> None:
    uid = next(q.coding for q in retrieving.quotes(fair).quotations if q.text == PAID)
    assert found(fair, "tent paid") != []
    editing.edit_quotation(
        fair, uid, cut=["paid for "], put=[("tent", "[big top]")], by=BY, at=tick()
    )

    for query in ("paid", "/pa.d/", "leaked paid", '"for the"', "tent"):
        assert not [one for one in found(fair, query) if one[0] == "P01 ¶2"], query
    hit = retrieving.search(fair, "leaked -paid").hits[0]
    assert (hit.left[:26], hit.edits) == ("The grant […]the [big top]", 2)


@pytest.mark.parametrize("query", ["", "  ", "/(/", "*"])
def test_what_cannot_be_searched_is_said(fair: Store, query: str) -> None:
    with pytest.raises(errors.QueryError):
        retrieving.search(fair, query)


def test_a_passage_in_which_two_people_speak_is_cited_as_both(store: Store, folder: Path) -> None:
    head = "interview_id,file,participant,speaker,name,role,organisation,attribution\n"
    rows = "a,a.txt,P01,Ann,Ann Hart,Chair,Hall,named\na,a.txt,P02,Bea,Bea Holt,,,anonymous\n"
    said = "I: Who?\n\nAnn: I do.\n\nI: Alone?\n\nBea: With me.\n\nAnn: With her.\n"
    write(folder, {"a.txt": said, "m.csv": head + rows})
    assert bring_in(store, manifest=folder / "m.csv").written
    for first, last in ((2, 2), (1, 2), (2, 4), (4, 5), (1, 1)):
        coding.tag(store, "a", "bonding", Place(turns=(first, last)), by=BY, at=tick())
    cited = {(one.start, one.end): one.attribution for one in retrieving.quotes(store).quotations}
    text = listing_text(store, "a")
    named, nobody = "Hart, Ann, Chair, Hall", "Anonymous participant"
    assert {text[start:end]: by for (start, end), by in cited.items()} == {
        "I do.": named,
        "Who?\n\nI do.": named,
        "I do.\n\nAlone?\n\nWith me.": f"{named}; {nobody}",
        "With me.\n\nWith her.": f"{nobody}; {named}",
        "Who?": "Interviewer",
    }


def test_a_label_by_which_somebody_unnamed_could_be_meant_is_shown_otherwise(
    store: Store, folder: Path
) -> None:
    two = MANIFEST.replace("Ama Boateng", "Cem Holt").replace("strand", "speaker")
    two = two.replace("case study", "Ama").replace("follow-up", "Holt")
    write(folder, {"P01.txt": TXT, "P03.vtt": VTT.replace("v P03", "v Holt"), "m.csv": two})
    assert bring_in(store, manifest=folder / "m.csv").written
    coding.tag(store, "P03", "grant-aid", Place(quote="we are on our own"), by=BY, at=tick())

    (one,) = retrieving.quotes(store).quotations
    assert (one.participant, one.speaker) == ("P03", "[name]")
