"""The codebook between its file and the store."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import (
    BY,
    CODEBOOK,
    apply_codebook,
    bring_in,
    dialogue,
    event_count,
    tick,
    write,
)

from qualcode import errors
from qualcode.services.book import codebooks
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

TRADING = "      - id: trading\n        name: Trading\n"
SMALL = """\
        codes:
          - id: small-grants
            name: Small grants
"""
GRANTS = CODEBOOK[CODEBOOK.index("      - id: grant-aid") : CODEBOOK.index(TRADING)]


@pytest.fixture
def coded(store: Store, folder: Path) -> Store:
    """A project with one coding of the innermost code."""
    bring_in(store, write(folder, {"P01.txt": dialogue("P01", "The tent leaked.")}))
    coding.tag(store, "P01", "small-grants", Place(span=(0, 9)), by=BY, at=tick())
    return store


def codes(store: Store) -> list[str]:
    book = codebooks.show_codebook(store).codebook
    return [book.full_name(code.id) for code in book.codes]


def test_the_applied_codebook_is_shown_with_its_counts(coded: Store) -> None:
    shown = codebooks.show_codebook(coded)

    assert codes(coded) == [
        "funding",
        "funding/grant-aid",
        "funding/grant-aid/small-grants",
        "funding/trading",
        "cohesion",
        "cohesion/bonding",
        "cohesion/bridging",
    ]
    assert (shown.counts, shown.retired) == ({"small-grants": 1}, frozenset())


def test_the_worked_example_applies_whole(example: Store) -> None:
    shown = codebooks.show_codebook(example)

    assert [theme.id for theme in shown.codebook.themes] == [
        "cohesion-meaning",
        "structures",
        "funding",
        "empowerment",
    ]
    assert sum(shown.counts.values()) > 150


def test_applying_the_same_file_again_writes_nothing(store: Store, folder: Path) -> None:
    events = event_count(store)
    applied = apply_codebook(store, folder, CODEBOOK)

    assert not applied.changes
    assert (applied.codes, applied.retired) == (7, ())
    assert event_count(store) == events


def test_comparing_says_what_applying_would_change_and_changes_nothing(
    store: Store, folder: Path
) -> None:
    path = folder / "codebook.yaml"
    path.write_text(CODEBOOK.replace(TRADING, "").replace("name: Bonding", "name: Ties"))
    events = event_count(store)

    changes = codebooks.compare(store, path)

    assert [name for name, _ in changes.removed] == ["funding/trading"]
    assert [change.full_name for change in changes.renamed] == ["cohesion/bonding"]
    assert event_count(store) == events


def test_a_code_without_codings_is_taken_out(store: Store, folder: Path) -> None:
    apply_codebook(store, folder, CODEBOOK.replace(TRADING, ""))

    assert "funding/trading" not in codes(store)


def test_a_code_with_codings_is_never_dropped_in_silence(coded: Store, folder: Path) -> None:
    events = event_count(coded)
    with pytest.raises(errors.CodesInUseError, match=r"funding/grant-aid/small-grants \(1\)"):
        apply_codebook(coded, folder, CODEBOOK.replace(SMALL, ""))

    assert event_count(coded) == events
    assert "funding/grant-aid/small-grants" in codes(coded)


def test_a_retired_code_rests_with_its_codings_below_its_theme(coded: Store, folder: Path) -> None:
    applied = apply_codebook(coded, folder, CODEBOOK.replace(GRANTS, ""), retire=True)
    shown = codebooks.show_codebook(coded)

    assert applied.retired == ("funding/grant-aid/small-grants",)
    assert shown.retired == {"grant-aid", "small-grants"}
    assert [q.code for q in retrieving.quotes(coded, ["funding"]).quotations] == [
        "funding/grant-aid/small-grants"
    ]
    events = event_count(coded)
    assert not apply_codebook(coded, folder, CODEBOOK.replace(GRANTS, "")).changes
    assert event_count(coded) == events


def test_a_retired_code_comes_back_with_the_file(coded: Store, folder: Path) -> None:
    apply_codebook(coded, folder, CODEBOOK.replace(SMALL, ""), retire=True)
    apply_codebook(coded, folder, CODEBOOK)

    assert codebooks.show_codebook(coded).retired == frozenset()
    assert coding.tag(coded, "P01", "small-grants", Place(span=(2, 9)), by=BY, at=tick()).changed


def test_a_dry_run_reports_the_same_and_writes_nothing(store: Store, folder: Path) -> None:
    path = folder / "codebook.yaml"
    path.write_text(CODEBOOK.replace(TRADING, ""))
    events = event_count(store)
    rehearsed = codebooks.apply(store, path, dry_run=True, by=BY, at=tick())

    assert event_count(store) == events
    assert codebooks.apply(store, path, by=BY, at=tick()) == rehearsed


def test_undo_brings_the_codebook_before_back(store: Store, folder: Path) -> None:
    before = codes(store)
    apply_codebook(store, folder, CODEBOOK.replace(TRADING, ""))
    coding.undo(store, by=BY, at=tick())

    assert codes(store) == before


def test_all_mistakes_of_a_file_are_said_and_nothing_is_applied(store: Store, folder: Path) -> None:
    events = event_count(store)
    broken = CODEBOOK.replace("id: bonding", "id: trading").replace("name: Bridging", "nam: B")
    with pytest.raises(errors.SeveralErrors) as caught:
        apply_codebook(store, folder, broken)

    assert len(caught.value.errors) >= 2
    assert event_count(store) == events


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(None, "cannot be read"), (b"codebook: K\xf6ln\n", "not saved as UTF-8")],
)
def test_a_file_that_cannot_be_read_is_said(
    folder: Path, data: bytes | None, sentence: str
) -> None:
    path = folder / "codebook.yaml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(errors.CodebookFieldError, match=sentence):
        codebooks.check_codebook(path)
