"""What happens to a summary when what lies beneath it, its theme, or its case changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from services.areas import area, study, tag
from services.study import BY, listing_text, tick

from qualcode.model.consent import Audience
from qualcode.model.matrix import MatrixReport
from qualcode.model.summary import SummaryStatus
from qualcode.services import describing, listing, people, withdrawing
from qualcode.services.book import codebook_editing
from qualcode.services.charts import charting
from qualcode.services.correction import revising
from qualcode.services.retrieval import retrieving
from qualcode.services.summaries import acts as service
from qualcode.services.summaries.beneath import Missing
from qualcode.services.summaries.shown_summary import ShownSummary
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

FINAL = SummaryStatus.FINAL


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    """P01 and P02 of Ashmere, P03 of Marle, each with a grant; P01 held together, too."""
    with study(tmp_path, [*area("Ashmere", "gb g"), *area("Marle", "g")]) as store:
        yield store


def put(store: Store, text: str, case: str = "P01", theme: str = "funding", **more: object) -> None:
    service.write_summary(store, case, theme, text, by=BY, at=tick(), **more)  # type: ignore[arg-type]


def shown(store: Store, case: str = "P01", theme: str = "funding", **more: str) -> ShownSummary:
    return service.show_summary(store, case, theme, **more)


def passage(store: Store, transcript: str = "P01", code: str = "grant-aid") -> Place:
    quotes = retrieving.quotes(store, [code]).quotations
    one = next(quote for quote in quotes if quote.transcript == transcript)
    return Place(span=(one.start, one.end))


def link(store: Store, transcript: str = "P01") -> str:
    start, end = passage(store, transcript).span or (0, 0)
    return f"{transcript}:{start}:{end}"


def untag(store: Store) -> None:
    coding.untag(store, "P01", "grant-aid", passage(store), by=BY, at=tick())


def tag_more(store: Store) -> None:
    tag(store, "P01", "trading", "We held together.")


def set_person(store: Store, **facts: str) -> None:
    people.set_participant(store, "P01", facts, by=BY, at=tick())


def book_of(store: Store) -> Path:
    assert store.path is not None
    return store.path.parent / "codebook.yaml"


def merge(store: Store, code: str, into: str) -> None:
    codebook_editing.merge(store, book_of(store), code, into, by=BY, at=tick())


def move(store: Store, code: str, under: str) -> None:
    codebook_editing.move(store, book_of(store), code, parent=under, by=BY, at=tick())


def retire(store: Store, code: str) -> None:
    codebook_editing.retire(store, book_of(store), code, by=BY, at=tick())


def correct(store: Store, old: str, new: str) -> None:
    """P01 corrected: other words in the place of some."""
    assert store.path is not None
    file = store.path.parent / "files" / "P01.txt"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    revising.revise(store, "P01", file, yes=True, by=BY, at=tick())


def chart(store: Store, **options: object) -> MatrixReport:
    return charting.build_matrix(store, cells="both", at=tick(), **options)  # type: ignore[arg-type]


# -- stale -----------------------------------------------------------------------------------------

_CHANGES: dict[str, tuple[Callable[[Store], None], tuple[int, int]]] = {
    "tagged": (tag_more, (1, 0)),
    "untagged": (untag, (0, 1)),
    "merged": (lambda store: merge(store, "grant-aid", "trading"), (1, 1)),
    "moved away": (lambda store: move(store, "grant-aid", "cohesion"), (0, 1)),
    "waiting": (lambda store: correct(store, "A grant came", "Some grand fund came"), (0, 1)),
}


@pytest.mark.parametrize("what", _CHANGES)
def test_it_is_stale_when_the_codings_beneath_it_change(fair: Store, what: str) -> None:
    change, (came, went) = _CHANGES[what]
    put(fair, "One grant.", status=FINAL)
    assert not shown(fair).is_stale
    change(fair)
    found = shown(fair)
    assert (len(found.change.came), found.change.went) == (came, went)
    assert found.status is FINAL

    coding.undo(fair, by=BY, at=tick())
    assert not shown(fair).is_stale


_NO_CHANGES: dict[str, Callable[[Store], object]] = {
    "retired": lambda store: retire(store, "grant-aid"),
    "moved within the theme": lambda store: move(store, "grant-aid", "trading"),
    "corrected elsewhere": lambda store: correct(store, "We held together", "We held on together"),
    "another theme": lambda store: tag(store, "P01", "bridging", "A grant came."),
    "renamed": lambda store: codebook_editing.rename(
        store, book_of(store), "grant-aid", "Grants", by=BY, at=tick()
    ),
}


@pytest.mark.parametrize("what", _NO_CHANGES)
def test_it_is_not_stale_when_they_stay_what_they_are(fair: Store, what: str) -> None:
    put(fair, "One grant.", links=[link(fair)])
    _NO_CHANGES[what](fair)
    assert not shown(fair).is_stale
    assert [one.missing for one in shown(fair).links] == [None]


def test_a_place_that_somebody_moves_to_is_stale_and_so_is_the_one_they_left(fair: Store) -> None:
    put(fair, "Ashmere.", case="Ashmere", rows="place")
    put(fair, "Marle.", case="Marle", rows="place")
    set_person(fair, place="Marle")
    left, found = (shown(fair, place, rows="place").change for place in ("Ashmere", "Marle"))
    assert (len(left.came), left.went) == (0, 1)
    assert ([one.transcript for one in found.came], found.went) == (["P01"], 0)


def test_the_same_words_once_more_are_one_passage_more(fair: Store) -> None:
    tag(fair, "P01", "trading", "And?")
    put(fair, "One grant.")
    start = listing_text(fair, "P01").rindex("And?")
    coding.tag(fair, "P01", "trading", Place(span=(start, start + 4)), by=BY, at=tick())
    assert len(shown(fair).change.came) == 1


# -- its links -------------------------------------------------------------------------------------


def test_a_link_goes_with_its_words_to_a_corrected_transcript(fair: Store) -> None:
    put(fair, "One grant.", links=[link(fair)])
    before = shown(fair).links[0].segment
    correct(fair, "We held together", "We held on together")
    (after,) = shown(fair).links
    assert after.missing is None
    assert after.segment.version != before.version
    assert not shown(fair).is_stale
    coding.undo(fair, by=BY, at=tick())
    assert shown(fair).links[0].segment == before


def test_a_link_to_words_that_are_gone_stays_behind_and_says_so(fair: Store) -> None:
    put(fair, "One grant.", links=[link(fair)])
    correct(fair, "g1: A grant came.", "Nothing of that kind was ever heard of in those years.")
    assert [one.missing for one in shown(fair).links] == [Missing.CORRECTED]


# -- its theme -------------------------------------------------------------------------------------


def test_the_summary_of_a_code_that_is_merged_away_is_that_of_the_other(fair: Store) -> None:
    put(fair, "Grants.", theme="grant-aid")
    merge(fair, "grant-aid", "trading")
    found = shown(fair, theme="trading")
    assert (found.text, found.theme, found.others) == ("Grants.", "funding/trading", ())
    assert chart(fair, columns="codes").matrix.cells[0][0].summary == "Grants. (draft, stale)"

    service.remove_summary(fair, "P01", "trading", by=BY, at=tick())
    assert service.list_summaries(fair).summaries == ()
    coding.undo(fair, by=BY, at=tick())
    coding.undo(fair, by=BY, at=tick())
    assert shown(fair, theme="grant-aid").text == "Grants."


def test_two_summaries_of_codes_that_become_one_both_stand_until_one_is_set(fair: Store) -> None:
    put(fair, "Grants.", theme="grant-aid")
    put(fair, "Trade.", theme="trading")
    merge(fair, "grant-aid", "trading")
    found = shown(fair, theme="trading")
    assert (found.text, [one.text for one in found.others]) == ("Trade.", ["Grants."])
    assert any("two wordings" in said or "2 wordings" in said for said in chart(fair).warnings)

    put(fair, "Trade.", theme="trading")
    assert shown(fair, theme="trading").others == ()
    coding.undo(fair, by=BY, at=tick())
    assert [one.text for one in shown(fair, theme="trading").others] == ["Grants."]


def test_a_retired_code_with_a_summary_stays_in_the_section_of_its_theme(fair: Store) -> None:
    put(fair, "No trade at all.", theme="trading")
    retire(fair, "trading")
    columns = [one.key for one in chart(fair).sections[0].matrix.columns]
    assert "funding/trading" in columns


# -- its case --------------------------------------------------------------------------------------


def test_the_summary_of_a_place_that_nobody_is_of_is_said_to_be_left_over(fair: Store) -> None:
    put(fair, "Marle.", case="Marle", rows="place")
    people.set_participant(fair, "P03", {"place": "Marle Green"}, by=BY, at=tick())
    listed = service.list_summaries(fair)
    assert [(one.case, one.is_gone) for one in listed.summaries] == [("Marle", True)]
    assert listed.hidden == 0
    assert shown(fair, "Marle", rows="place").text == "Marle."
    assert chart(fair, rows="place").warnings == (
        "1 summary of a place that is none now: see qualcode summaries list",
    )
    assert chart(fair).warnings == ()


def test_a_place_of_which_all_are_withheld_is_not_said_to_be_gone(fair: Store) -> None:
    put(fair, "Marle.", case="Marle", rows="place")
    people.set_participant(fair, "P03", {"attribution": "withheld"}, by=BY, at=tick())
    listed = service.list_summaries(fair)
    assert (listed.summaries, listed.hidden) == ((), 1)


def test_who_withdraws_re_opens_the_summary_of_their_place(fair: Store) -> None:
    put(fair, "Ashmere.", case="Ashmere", rows="place", status=FINAL)
    put(fair, "Marle.", case="Marle", rows="place", status=FINAL)
    put(fair, "Ashmere.", case="Ashmere", theme="bridging", rows="place", status=FINAL)
    done = withdrawing.withdraw(fair, "P01", by=BY, at=tick())
    assert [(one.case, one.theme) for one in done.summaries] == [("Ashmere", "funding")]
    assert shown(fair, "Ashmere", rows="place").status is SummaryStatus.DRAFT
    assert shown(fair, "Marle", rows="place").status is FINAL


def test_a_publication_leaves_out_what_rests_on_passages_that_went(fair: Store) -> None:
    put(fair, "Ashmere.", case="Ashmere", rows="place", status=FINAL)
    put(fair, "Marle.", case="Marle", rows="place", status=FINAL)
    people.set_participant(fair, "P01", {"attribution": "withheld"}, by=BY, at=tick())
    report = chart(fair, rows="place", audience=Audience.PUBLICATION)
    assert [row[0].summary for row in report.matrix.cells] == [None, "Marle."]
    assert report.warnings == (
        "the summary of Ashmere on funding is left out: passages that it rested on are gone since. "
        "Set or check it anew.",
    )
    assert chart(fair, rows="place").matrix.cells[0][0].summary == "Ashmere. (stale)"
    service.set_status(fair, "Ashmere", "funding", FINAL, rows="place", by=BY, at=tick())
    report = chart(fair, rows="place", audience=Audience.PUBLICATION)
    assert [row[0].summary for row in report.matrix.cells] == ["Ashmere.", "Marle."]


def test_what_was_not_asked_stays_so_when_its_code_goes_into_another(fair: Store) -> None:
    describing.set_transcript(fair, "P02", {}, not_asked=["trading"], by=BY, at=tick())
    tag(fair, "P01", "trading", "And?")

    def reason(column: str) -> str | None:
        matrix = chart(fair, columns="codes").matrix
        at = [one.key for one in matrix.columns].index(column)
        return matrix.cells[1][at].empty_reason

    assert reason("funding/trading") == "not asked"
    merge(fair, "trading", "bonding")
    untag_all(fair, "P02", "bonding")
    assert reason("cohesion/bonding") == "not asked"
    assert listing.show_transcript(fair, "P02").not_asked == ("cohesion/bonding",)
    describing.set_transcript(fair, "P02", {}, asked=["bonding"], by=BY, at=tick())
    assert reason("cohesion/bonding") == "asked, nothing coded"
    assert listing.show_transcript(fair, "P02").not_asked == ()


def untag_all(store: Store, transcript: str, code: str) -> None:
    for quote in retrieving.quotes(store, [code]).quotations:
        if quote.transcript == transcript:
            place = coding.Place(span=(quote.start, quote.end))
            coding.untag(store, transcript, code, place, by=BY, at=tick())
