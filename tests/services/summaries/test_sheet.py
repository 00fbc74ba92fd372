"""The sheet of all cells: what stands in each, and where there is something to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.areas import area, study, tag
from services.study import BY, tick

from qualcode import errors
from qualcode.model.summary import Emptiness, SummaryStatus
from qualcode.services import describing, people
from qualcode.services.summaries import acts as service
from qualcode.services.summaries.sheet import SheetCell, read_sheet, sheet_at
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store


@pytest.fixture
def fair(tmp_path: Path) -> Store:
    """P01 and P02 of Ashmere, P03 of Marle, of whom nobody has coded anything."""
    return study(tmp_path, [*area("Ashmere", "gb g"), *area("Marle", '""')])


def cell(store: Store, row: str = "P01", code: str = "funding", **kinds: str) -> SheetCell:
    found = read_sheet(store, **kinds).cell(row, code)
    assert found is not None
    return found


def put(store: Store, text: str, case: str = "P01", by: str = BY, **more: object) -> None:
    service.write_summary(store, case, "funding", text, by=by, at=tick(), **more)  # type: ignore[arg-type]


def test_every_case_and_theme_is_a_cell_with_its_passages(fair: Store) -> None:
    sheet = read_sheet(fair)
    assert [row.key for row in sheet.rows] == ["P01", "P02", "P03"]
    assert [code.id for code in sheet.columns] == ["funding", "cohesion"]
    assert len(sheet.order) == len(sheet.cells) == 6
    numbers = {place: len(one.grounds) for place, one in sheet.cells.items()}
    assert numbers == {
        ("P01", "funding"): 1,
        ("P01", "cohesion"): 1,
        ("P02", "funding"): 1,
        ("P02", "cohesion"): 0,
        ("P03", "funding"): 0,
        ("P03", "cohesion"): 0,
    }
    (ground,) = cell(fair).grounds
    assert ground.quotation.text == "g1: A grant came."
    assert ground.quotation.locator == "P01 ¶2"
    assert ground.codes == ("funding/grant-aid",)
    assert [voice.speaker for voice in ground.voices] == ["P01"]


def test_a_cell_without_passages_says_why(fair: Store) -> None:
    describing.set_transcript(fair, "P02", {}, not_asked=["cohesion"], by=BY, at=tick())
    assert cell(fair, "P02", "cohesion").emptiness is Emptiness.NOT_ASKED
    assert cell(fair, "P03", "cohesion").emptiness is Emptiness.NOT_YET_CODED
    assert cell(fair).emptiness is None


def test_words_that_several_coded_stand_once_with_all_their_codes_and_coders(fair: Store) -> None:
    tag(fair, "P01", "trading", "g1: A grant came.")
    start = cell(fair).grounds[0].quotation.start
    end = cell(fair).grounds[0].quotation.end
    place = Place(span=(start, end))
    coding.tag(fair, "P01", "grant-aid", place, by="ben", at=tick())
    (ground,) = cell(fair).grounds
    assert ground.codes == ("funding/grant-aid", "funding/trading")
    assert ground.quotation.coder == f"{BY}, ben"


def test_there_is_something_to_do_where_passages_have_no_summary_or_it_is_stale(
    fair: Store,
) -> None:
    def to_do() -> list[tuple[str, str]]:
        sheet = read_sheet(fair)
        return [place for place in sheet.order if sheet.cells[place].needs_work]

    assert to_do() == [("P01", "funding"), ("P01", "cohesion"), ("P02", "funding")]
    put(fair, "One grant.")
    assert to_do() == [("P01", "cohesion"), ("P02", "funding")]
    tag(fair, "P01", "trading", "And?")
    assert to_do() == [("P01", "funding"), ("P01", "cohesion"), ("P02", "funding")]
    stale = cell(fair)
    assert stale.is_stale
    assert [one.code for one in stale.change.came] == ["funding/trading"]
    assert [ground.is_new for ground in stale.grounds] == [True, False]
    service.set_status(fair, "P01", "funding", SummaryStatus.CHECKED, by=BY, at=tick())
    assert not cell(fair).is_stale


def test_the_next_to_do_goes_on_from_the_top_and_never_to_where_one_is(fair: Store) -> None:
    sheet = read_sheet(fair)
    assert sheet.next_to_do("P01", "funding") == ("P01", "cohesion")
    assert sheet.next_to_do("P02", "funding") == ("P01", "funding")
    assert sheet.next_to_do("P01", "funding", back=True) == ("P02", "funding")
    assert sheet.next_to_do("", "") == ("P01", "funding")
    for case, theme in (("P01", "cohesion"), ("P02", "funding")):
        service.write_summary(fair, case, theme, "Said.", by=BY, at=tick())
    assert read_sheet(fair).next_to_do("P01", "funding") is None


def test_a_case_can_be_a_place_and_a_column_a_code(fair: Store) -> None:
    sheet = read_sheet(fair, rows="place", theme="funding")
    assert [row.key for row in sheet.rows] == ["Ashmere", "Marle"]
    assert [code.id for code in sheet.columns] == [
        "funding",
        "grant-aid",
        "small-grants",
        "trading",
    ]
    assert len(cell(fair, "Ashmere", "grant-aid", rows="place", theme="funding").grounds) == 2


def test_somebody_withheld_is_no_case_and_their_summary_is_counted_alone(fair: Store) -> None:
    put(fair, "One grant.")
    assert cell(fair).text == "One grant."
    people.set_participant(fair, "P01", {"attribution": "withheld"}, by=BY, at=tick())
    sheet = read_sheet(fair)
    assert "P01" not in [row.key for row in sheet.rows]
    assert sheet.hidden == 1


def test_the_place_of_a_cell_is_found_by_what_people_call_it(fair: Store) -> None:
    _, place = sheet_at(fair, "p02", "funding")
    assert place == ("P02", "funding")
    sheet, place = sheet_at(fair, "P02", "grant-aid")
    assert (sheet.theme, place) == ("funding", ("P02", "grant-aid"))
    assert sheet_at(fair, None, None)[1] is None
    with pytest.raises(errors.UnknownCaseError, match="P11"):
        sheet_at(fair, "P11", None)
    with pytest.raises(errors.UnknownCodeError):
        sheet_at(fair, "P01", "nothing-such")


def test_beyond_the_first_and_the_last_cell_is_nothing(fair: Store) -> None:
    sheet = read_sheet(fair)
    assert sheet.beside("P01", "funding", rows=1) == ("P02", "funding")
    assert sheet.beside("P01", "funding", columns=1) == ("P01", "cohesion")
    assert sheet.beside("P01", "funding", columns=-1) is None
    assert sheet.beside("P03", "funding", rows=1) is None
