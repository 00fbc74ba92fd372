"""A star is the passage's: under all its codes, on its next version, and in what a cell shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from services.fair import OTHER, new_fair
from services.study import BY, contents, listing_text, take_in, tick

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.model.consent import Audience
from qualcode.model.matrix import Quotation
from qualcode.model.spans import Span
from qualcode.services import keeping, people
from qualcode.services.book import codebook_editing
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.correction import revising
from qualcode.services.retrieval import retrieving, starring
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.services.work.coding_session import CodingSession
from qualcode.store import queries
from qualcode.store.store import Store, open_store

WORDS = "The grant paid for the tent"


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    with new_fair(tmp_path / "fair") as opened:
        yield opened


def uid_of(store: Store, code: str = "grant-aid", words: str = WORDS) -> str:
    quotes = retrieving.quotes(store, [code]).quotations
    return next(one.coding for one in quotes if one.text == words)


def star(store: Store, *codings: str, starred: bool = True) -> int:
    done = starring.star(store, codings, starred=starred, by=BY, at=tick())
    assert all(quotation.starred is starred for quotation in done.quotations)
    return done.changed


def shining(store: Store) -> list[tuple[str, str]]:
    found = retrieving.quotes(store, starred=True).quotations
    assert all(quotation.starred for quotation in found)
    return [(one.code.split("/")[-1], one.text) for one in found]


def correct(store: Store, old: str, new: str) -> None:
    assert store.path is not None
    file = store.path.parent / "files" / "P01.txt"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    revising.revise(store, "P01", file, yes=True, by=BY, at=tick())


def test_a_star_shines_under_all_codes_of_the_passage_and_doing_it_twice_leaves_one(
    fair: Store,
) -> None:
    assert shining(fair) == []
    assert star(fair, uid_of(fair)) == 1
    assert shining(fair) == [("grant-aid", WORDS), ("small-grants", WORDS)]
    before = contents(fair)
    assert star(fair, uid_of(fair, "small-grants")) == 0
    assert contents(fair) == before
    assert star(fair, uid_of(fair, "small-grants"), starred=False) == 1
    assert shining(fair) == []


def test_several_are_one_act(fair: Store) -> None:
    both = uid_of(fair), uid_of(fair, "bonding", "we all patched it together")
    assert star(fair, *both) == 2
    coding.undo(fair, by=BY, at=tick())
    assert shining(fair) == []
    coding.redo(fair, by=BY, at=tick())
    assert len(shining(fair)) == 3


def test_what_is_withheld_or_gone_gets_none_and_nothing_else_does(fair: Store) -> None:
    gone = uid_of(fair, "funding", "we fund it by cake")
    coding.untag(fair, "P01", "funding", Place(quote="we fund it by cake"), by=BY, at=tick())
    with pytest.raises(errors.CodingGoneError):
        star(fair, uid_of(fair), gone)
    hers = uid_of(fair, "grant-aid", "The council gives a grant every spring.")
    people.set_participant(fair, "P03", {"attribution": "withheld"}, by=BY, at=tick())
    with pytest.raises(errors.WithheldError):
        star(fair, uid_of(fair), hers)
    with pytest.raises(errors.NotAQuotationError):
        star(fair, "nothing of the kind")
    assert shining(fair) == []


def test_a_star_on_a_passage_that_lost_its_codes_is_counted(fair: Store) -> None:
    star(fair, uid_of(fair, "bonding", "we all patched it together"))
    assert retrieving.quotes(fair, starred=True).stars_left == 0
    place = Place(quote="we all patched it together")
    coding.untag(fair, "P01", "bonding", place, by=BY, at=tick())
    assert retrieving.quotes(fair, starred=True).stars_left == 1
    assert retrieving.quotes(fair).stars_left == 0


# -- where the passage goes ------------------------------------------------------------------------


def test_it_goes_with_the_words_to_a_corrected_transcript_and_back_by_undo(fair: Store) -> None:
    star(fair, uid_of(fair))
    before = uid_of(fair)
    correct(fair, "and it leaked", "and it leaked a lot")
    assert uid_of(fair) != before
    assert shining(fair) == [("grant-aid", WORDS), ("small-grants", WORDS)]
    coding.undo(fair, by=BY, at=tick())
    assert uid_of(fair) == before
    assert len(shining(fair)) == 2


def test_it_waits_with_codings_that_wait(fair: Store) -> None:
    star(fair, uid_of(fair))
    correct(fair, WORDS, "Nobody ever paid for anything in all those years")
    found = retrieving.quotes(fair, starred=True)
    assert (found.quotations, found.stars_left) == ((), 1)


def test_it_goes_with_the_one_coding_whose_ends_are_moved(fair: Store) -> None:
    star(fair, uid_of(fair, "bonding", "we all patched it together"), uid_of(fair))
    session = CodingSession.open(fair, "P01", coder=BY)
    text = listing_text(fair, "P01")
    for words, longer in (("we all patched it together", "then we all"), (WORDS, "The grant")):
        mine = next(
            one
            for one in session.codings
            if text[one.segment.start : one.segment.end] == words and one.coder == BY
        )
        at = text.index(longer)
        session.move_ends(mine, Span(at, at + len(longer)), at=tick())
    # The other coder's code still lies on the whole of the second passage, and the star on it.
    assert shining(fair) == [("small-grants", WORDS), ("bonding", "then we all")]


def test_a_merge_of_codes_leaves_it_on_the_passage(fair: Store) -> None:
    star(fair, uid_of(fair))
    assert fair.path is not None
    book = fair.path.parent / "codebook.yaml"
    codebook_editing.merge(fair, book, "grant-aid", "trading", by=BY, at=tick())
    assert ("trading", WORDS) in shining(fair)


def test_of_two_copies_whoever_said_it_last_is_right(fair: Store, tmp_path: Path) -> None:
    star(fair, uid_of(fair))
    keeping.back_up(fair, tmp_path / "copy.qualcode", at=tick())
    with open_store(str(tmp_path / "copy.qualcode")) as copy:
        assert len(shining(copy)) == 2
        star(copy, uid_of(copy), starred=False)
        take_in(fair, copy)
        assert shining(fair) == []
        star(fair, uid_of(fair))
        take_in(copy, fair)
        assert len(shining(copy)) == 2
    assert keeping.examine(fair).is_whole


# -- what is shown ---------------------------------------------------------------------------------


def test_it_comes_first_where_a_cell_cannot_show_all(fair: Store) -> None:
    def shown(**options: object) -> list[str]:
        report = charting.build_matrix(fair, max_quotes=1, at=tick(), **options)  # type: ignore[arg-type]
        return [q.text for row in report.matrix.cells for cell in row for q in cell.quotes]

    cake = "we fund it by cake"
    assert cake not in shown()
    star(fair, uid_of(fair, "funding", cake))
    assert cake in shown()
    assert cake in shown(audience=Audience.PUBLICATION)


def test_a_star_on_words_that_were_corrected_is_refused(fair: Store) -> None:
    place = Segment(*parts_of(uid_of(fair)))
    assert starring.toggle(fair, place, name="P01", by=BY, at=tick())
    assert not starring.toggle(fair, place, name="P01", by=BY, at=tick())
    correct(fair, "The grant paid", "The grant, then, paid")
    before = contents(fair)
    with pytest.raises(errors.TranscriptCorrectedError, match="P01"):
        starring.toggle(fair, place, name="P01", by=BY, at=tick())
    assert contents(fair) == before


def test_a_star_goes_with_its_transcript_whoever_gave_it(fair: Store) -> None:
    starring.toggle(fair, Segment(*parts_of(uid_of(fair))), name="P01", by=BY, at=tick())
    with fair.reading() as session:
        found = session.rows("SELECT DISTINCT scope FROM event WHERE kind = 'star'")
        of = {ref.name: ref.transcript for ref in queries.current_versions(session)}
    assert found == [(of["P01"],)]


def test_undo_says_which_of_the_two_it_takes_back(fair: Store) -> None:
    place = Segment(*parts_of(uid_of(fair)))
    for _ in range(2):
        starring.toggle(fair, place, name="P01", by=BY, at=tick())
    assert coding.undo(fair, by=BY, at=tick()).verb == "take star off"
    assert coding.undo(fair, by=BY, at=tick()).verb == "star"


def parts_of(coding_uid: str) -> tuple[str, int, int]:
    version, start, end, *_ = coding_uid.split(":")
    return version, int(start), int(end)


def test_joined_with_another_coders_passage_it_still_shines(fair: Store) -> None:
    start = listing_text(fair, "P01").index(WORDS)
    wide = Place(span=(start, start + len(WORDS) + 4))
    coding.tag(fair, "P01", "grant-aid", wide, by=OTHER, at=tick())
    star(fair, uid_of(fair))
    report = charting.build_matrix(fair, columns="codes", at=tick())
    quotes = [q for row in report.matrix.cells for cell in row for q in cell.quotes]
    assert [q.text for q in quotes if q.starred] == [f"{WORDS}, an", WORDS]
    assert ("Asterisk", "beside a reference: the team called the passage worth quoting") in (
        report.facts
    )


def test_a_publication_does_not_say_what_the_team_made_of_it(fair: Store) -> None:
    star(fair, uid_of(fair))
    coding.tag(fair, "P01", "bridging", Place(quote=WORDS), doubt=True, by=BY, at=tick())
    public = Audience.PUBLICATION

    def marked(*quotations: Quotation) -> bool:
        return any(quote.starred or quote.doubt for quote in quotations)

    report = charting.build_matrix(fair, audience=public, max_quotes=2, at=tick())
    shown = [q for row in report.matrix.cells for cell in row for q in cell.quotes]
    assert shown
    assert not marked(*shown)
    assert "Asterisk" not in dict(report.facts)
    book = booking.build_book(fair, audience=public, starred=True, at=tick()).book
    quotes = [q for theme in book.themes for code in theme.codes for q in code.quotations]
    assert {q.text for q in quotes} == {WORDS}
    assert not marked(*quotes)
    evidence = evidencing.build_evidence(fair, audience=public, at=tick()).evidence
    assert not marked(*evidence.quotations)
