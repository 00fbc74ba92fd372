"""A codebook.yaml changed, behind, broken or gone: it is said, and nobody's work is lost."""

from __future__ import annotations

from services.fair import BOOK, OTHER
from services.study import BY, tick
from tui.codebook_screen.shown import book_of, code_of, file_text, go_to, lines, said, screen_of
from tui.coded import SMALL
from tui.driving import driven, in_the_app, pressed, settled

from qualcode.services.book import codebook_editing, codebooks
from qualcode.store.store import Store
from qualcode.tui.app import make_app
from qualcode.tui.own.surroundings import Surroundings


@in_the_app
async def test_a_file_that_was_changed_outside_is_offered_and_never_overwritten(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        assert said(pilot, "#file").text == ""
        path.write_text(BOOK.replace("name: Bonding", "name: Ties"), encoding="utf-8")
        screen_of(pilot).poll()
        await settled(pilot)
        assert "A shows what" in said(pilot, "#file").text
        await pressed(pilot, "r", *"!", "enter")
        assert said(pilot).error
        assert "name: Funding\n" in file_text(surroundings)
        await pressed(pilot, "A", "n")
        assert codebooks.show_codebook(fair).codebook.by_id()["bonding"].name == "Bonding"
        await pressed(pilot, "A", "y")
        assert code_of(fair, surroundings, "bonding").name == "Ties"
        assert said(pilot, "#file").text == ""


@in_the_app
async def test_codes_with_codings_that_are_gone_from_the_file_rest_only_when_that_is_said(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    without = BOOK.replace("      - id: bonding\n        name: Bonding\n", "")
    assert without != BOOK
    path.write_text(without, encoding="utf-8")
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "A", "y", "n")
        assert "bonding" not in codebooks.show_codebook(fair).retired
        await pressed(pilot, "A", "y", "y")
        assert "bonding" in codebooks.show_codebook(fair).retired


@in_the_app
async def test_a_file_behind_the_project_is_brought_up_to_date(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    earlier = path.read_bytes()
    codebook_editing.add(fair, path, "Tents", parent="funding", by=OTHER, at=tick())
    path.write_bytes(earlier)
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        assert "is behind the project" in said(pilot, "#file").text
        await pressed(pilot, "A", "y")
        assert code_of(fair, surroundings, "tents").name == "Tents"
        assert said(pilot, "#file").text == ""


@in_the_app
async def test_an_undo_says_that_it_left_a_file_changed_by_hand(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    codebook_editing.add(fair, path, "Tents", parent="funding", by=BY, at=tick())
    by_hand = path.read_text(encoding="utf-8") + "# mine\n"
    path.write_text(by_hand, encoding="utf-8")
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "u")
        assert "codebook.yaml was left alone and differs now" in said(pilot).text
        assert "tents" not in codebooks.show_codebook(fair).codebook.by_id()
        assert path.read_text(encoding="utf-8") == by_hand


@in_the_app
async def test_a_merge_into_a_file_changed_by_hand_is_refused_before_it_is_asked(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    by_hand = BOOK.replace("name: Funding\n", "name: Money\n")
    assert by_hand != BOOK
    path.write_text(by_hand, encoding="utf-8")
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "bonding")
        await pressed(pilot, "g", "enter")
        assert said(pilot).error
        assert "changed by hand" in said(pilot).text
        assert path.read_text(encoding="utf-8") == by_hand


@in_the_app
async def test_a_file_that_is_gone_is_written_anew(fair: Store, surroundings: Surroundings) -> None:
    (surroundings.folder / "codebook.yaml").unlink()
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "A", "y")
        assert "bonding" in book_of(fair, surroundings).by_id()


@in_the_app
async def test_without_a_file_codes_are_read_and_a_sentence_says_why_no_more(
    fair: Store, surroundings: Surroundings
) -> None:
    (surroundings.folder / "codebook.yaml").unlink()
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        assert "No codebook.yaml" in said(pilot, "#file").text
        assert "Funding" in lines(pilot)[0]
        await pressed(pilot, "x", "y")
        assert said(pilot).error
        assert not codebooks.show_codebook(fair).retired


@in_the_app
async def test_a_file_with_mistakes_is_said_and_left_alone(
    fair: Store, surroundings: Surroundings
) -> None:
    broken = BOOK + "  - id: [\n"
    (surroundings.folder / "codebook.yaml").write_text(broken, encoding="utf-8")
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        assert "needs mending first" in said(pilot, "#file").text
        await pressed(pilot, "A")
        assert said(pilot).error
        await pressed(pilot, "x", "y")
        assert said(pilot).error
    assert file_text(surroundings) == broken
