"""What changed between two exports, as it may be said when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.areas import area, study, tag
from services.study import BY, bring_in, listing_text, new_store, tick, write

from qualcode.model.manifest import Changed, MadeOtherwise, NotCompared
from qualcode.services import people
from qualcode.services.charts import booking, charting, splitting
from qualcode.services.consent.names import settling as names
from qualcode.services.correction.revising import revise
from qualcode.services.retrieval import editing, retrieving
from qualcode.services.ways_out import exporting
from qualcode.services.ways_out.changes.as_may_be_said import (
    diff_exports,
    says_no_more,
    tell_changes,
)
from qualcode.services.ways_out.changes.documents import compared, read
from qualcode.services.ways_out.changes.known_still import NOT_KNOWN
from qualcode.services.withdrawing import erase
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store, open_store


def matrix(store: Store, file: Path, **wishes: object) -> Path:
    """The matrix of now with these wishes, as a file."""
    report = charting.build_matrix(store, at=tick(), **wishes)  # type: ignore[arg-type]
    exporting.save_matrix(store, report, file, by=BY, at=tick())
    return file


def untag(store: Store, transcript: str, code: str, words: str) -> None:
    coding.untag(store, transcript, code, Place(quote=words), by=BY, at=tick())


def set_to(store: Store, code: str, **facts: str) -> None:
    people.set_participant(store, code, facts, by=BY, at=tick())


def correct(store: Store, folder: Path, name: str, *changed: tuple[str, str]) -> None:
    """A corrected version of a transcript, in which each of these first words is another."""
    words = (folder / "study" / "files" / f"{name}.txt").read_text(encoding="utf-8")
    for before, now in changed:
        assert before in words
        words = words.replace(before, now, 1)
    file = folder / f"{name}.txt"
    file.write_text(words, encoding="utf-8")
    assert revise(store, name, file, yes=True, by=BY, at=tick()).written


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Four people of two places, each of whom speaks of a grant, two of holding together."""
    with study(tmp_path / "study", [*area("Marle", "gb gb"), *area("Ashmere", "g g")]) as made:
        yield made


# -- attributions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["docx", "csv", "json"])
def test_how_somebody_was_cited_is_said_where_it_may_be_said_still(
    store: Store, tmp_path: Path, format_: str
) -> None:
    set_to(store, "P02", attribution="role")
    old = matrix(store, tmp_path / f"old.{format_}")
    set_to(store, "P01", attribution="anonymous")
    set_to(store, "P02", attribution="role-organisation")
    found, _ = tell_changes(store, old, matrix(store, tmp_path / f"new.{format_}"))

    assert {(one.who, one.before, one.now) for one in found.cited} == {
        ("P01", "", "Anonymous participant"),
        ("P02", "Clerk, interviewed March 2024", "Clerk, Hall 2, interviewed 3 March 2024"),
    }
    assert len(found.cited) == 4
    assert "Hall 1" not in str(found)


def test_a_fact_that_is_hidden_now_is_not_said_in_other_words_of_the_same_length(
    store: Store, tmp_path: Path
) -> None:
    old = matrix(store, tmp_path / "old.json")
    text = old.read_text(encoding="utf-8")
    set_to(store, "P01", attribution="role")
    new = matrix(store, tmp_path / "new.json")
    # An export in which the organisation stood alone, as one part, with the month.
    text = text.replace("Clerk, Hall 1, interviewed 2 March 2024", "Hall 1, interviewed March 2024")
    old.write_text(text, encoding="utf-8")

    (before,) = {one.before for one in compared(read(old), read(new)).changes.cited}
    assert before == "Hall 1, interviewed March 2024"
    assert not says_no_more(before, "Clerk, interviewed March 2024")
    assert {one.before for one in tell_changes(store, old, new)[0].cited} == {""}


def test_a_former_role_is_not_told_beside_a_pseudonym(store: Store, tmp_path: Path) -> None:
    set_to(store, "P01", attribution="role", role="Warden", name="Kit Penhaligon")
    old = matrix(store, tmp_path / "old.docx")
    set_to(store, "P01", attribution="pseudonym", pseudonym="Marek", role="Porter")
    found, _ = tell_changes(store, old, matrix(store, tmp_path / "new.docx"))

    assert {(one.before, one.now.partition(",")[0]) for one in found.cited} == {
        ("", "Marek (pseudonym)")
    }
    assert "Warden" not in str(found)


def test_where_no_name_is_known_only_what_is_said_still_is_told(
    store: Store, tmp_path: Path
) -> None:
    set_to(store, "P01", attribution="named", name="Kit Penhaligon", role="")
    set_to(store, "P02", attribution="role")
    old = matrix(store, tmp_path / "old.docx")
    set_to(store, "P01", attribution="role-organisation", role="Clerk")
    set_to(store, "P02", attribution="role-organisation")
    new = matrix(store, tmp_path / "new.docx")
    names.seal(store, "a long passphrase")
    assert store.path is not None
    with open_store(str(store.path)) as sealed:
        for found in (diff_exports(old, new), tell_changes(sealed, old, new)[0]):
            assert {(one.who, one.before) for one in found.cited} == {
                ("P01", ""),
                ("P02", "Clerk, interviewed March 2024"),
            }


PARTS = st.lists(st.sampled_from(["Clerk", "Hall", "Smith, Ann"]), min_size=1, max_size=3)
DATES = st.sampled_from(["", ", interviewed 2024", ", interviewed May 2024"])


@given(PARTS, DATES, PARTS, DATES)
def test_what_has_a_part_or_a_finer_date_more_is_never_said(
    parts: list[str], date: str, others: list[str], other_date: str
) -> None:
    before, now = ", ".join(parts) + date, ", ".join(others) + other_date
    assert says_no_more(before, before)
    assert says_no_more("Anonymous participant", now)
    assert not says_no_more(before, "Anonymous participant")
    assert not says_no_more(f"{', '.join(others)}, one part more{other_date}", now)
    assert not says_no_more("Marek (pseudonym)", now)
    if len(date) > len(other_date):
        assert not says_no_more(before, now)


# -- words -----------------------------------------------------------------------------------------


def test_a_quotation_that_changed_is_told_in_its_words(store: Store, tmp_path: Path) -> None:
    old = matrix(store, tmp_path / "old.docx")
    untag(store, "P01", "bonding", "b2: We held together.")
    tag(store, "P01", "bonding", "b2: We held")
    found, _ = tell_changes(store, old, matrix(store, tmp_path / "new.docx"))

    (one,) = found.reworded
    assert (one.before, one.now) == ("b2: We held together.", "b2: We held")
    assert diff_exports(old, tmp_path / "new.docx").reworded == (replace(one, before="", now=""),)


@pytest.mark.parametrize("format_", ["docx", "json"])
def test_words_that_were_cut_since_are_not_told(store: Store, tmp_path: Path, format_: str) -> None:
    old = matrix(store, tmp_path / f"old.{format_}")
    (quote,) = retrieving.quotes(store, ["bonding"], where=["participant=P01"]).quotations
    editing.edit_quotation(store, quote.coding, cut=["held "], by=BY, at=tick())
    found, _ = tell_changes(store, old, matrix(store, tmp_path / f"new.{format_}"))

    (one,) = found.reworded
    assert (one.before, one.now) == ("", "b2: We […]together.")
    assert "held" not in str(found)


@pytest.mark.parametrize("is_cut", [True, False])
def test_words_of_an_earlier_version_are_told_unless_they_are_cut_today(
    store: Store, tmp_path: Path, is_cut: bool
) -> None:
    old = matrix(store, tmp_path / "old.docx")
    if is_cut:
        (quote,) = retrieving.quotes(store, ["bonding"], where=["participant=P01"]).quotations
        editing.edit_quotation(store, quote.coding, cut=["held "], by=BY, at=tick())
    correct(store, tmp_path, "P01", ("I: And?", "I: And so it was?"), ("ther.", "ther..."))
    found, _ = tell_changes(store, old, matrix(store, tmp_path / "new.docx"))

    (one,) = found.reworded
    assert (one.before, one.now) == (
        ("", "b2: We […]together...")
        if is_cut
        else ("b2: We held together.", "b2: We held together...")
    )


def test_words_of_somebody_who_withdrew_since_are_not_told(store: Store, tmp_path: Path) -> None:
    old = matrix(store, tmp_path / "old.docx")
    untag(store, "P01", "bonding", "b2: We held together.")
    tag(store, "P01", "bonding", "b2: We held")
    new = matrix(store, tmp_path / "new.docx")
    assert tell_changes(store, old, new)[0].reworded[0].before
    set_to(store, "P01", attribution="withheld")
    found, _ = tell_changes(store, old, new)

    assert [(one.before, one.now) for one in found.reworded] == [("", "")]
    assert "held together" not in str(found)


def test_who_withdrew_is_told_by_code(store: Store, tmp_path: Path) -> None:
    old = matrix(store, tmp_path / "old.docx", rows="place")
    set_to(store, "P02", attribution="withheld")
    untag(store, "P03", "grant-aid", "g1: A grant came.")
    found, _ = tell_changes(store, old, matrix(store, tmp_path / "new.docx", rows="place"))

    assert found.withdrew == ("P02",)
    assert [(one.locator, one.what) for one in found.gone] == [
        ("P03 ¶2", ""),
        ("P02 ¶2", "withdrew"),
        ("P02 ¶4", "withdrew"),
    ]
    assert {(one.row, one.code, one.went) for one in found.cells} == {
        ("Ashmere", "funding", ("P03 ¶2",)),
        ("Marle", "cohesion", ("P02 ¶4",)),
        ("Marle", "funding", ("P02 ¶2",)),
    }


@pytest.fixture(scope="module")
def erased(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    """Kit Penhaligon is erased, and stands in whatever was exported before, wherever one can."""
    folder = tmp_path_factory.mktemp("erased")
    files = {
        "m.csv": "interview_id,file,participant,name,role,place,attribution,penhaligon_link\n"
        "Kit Penhaligon,k.txt,P01,Kit Penhaligon,Clerk,Penhaligon Mill,named,yes\n"
        "P02,o.txt,P02,Bea Lund,Aunt of Kit Penhaligon,Marle,named,yes\n"
        "P03,q.txt,P03,Cem Ay,Chair,Marle,named,yes\n",
        "k.txt": "I: And?\n\nX: A grant came.\n",
        "o.txt": "I: And?\n\nX: We held together.\n",
        "q.txt": "I: And?\n\nX: We held on.\n",
    }
    with new_store(folder) as store:
        assert bring_in(store, manifest=write(folder / "in", files) / "m.csv").written
        tag(store, "Kit Penhaligon", "grant-aid", "A grant came.")
        tag(store, "P02", "bonding", "We held together.")
        tag(store, "P03", "grant-aid", "We held on.")
        export_all(store, folder, "a", "place=Penhaligon Mill", "transcript=kit penhaligon")
        set_to(store, "P01", role="Warden")
        set_to(store, "P02", role="Sister of Kit Penhaligon")
        set_to(store, "P03", role="Warden")
        untag(store, "Kit Penhaligon", "grant-aid", "A grant came.")
        tag(store, "Kit Penhaligon", "bonding", "A grant came.")
        export_all(store, folder, "b", "place=Marle", "role=Sister of Kit Penhaligon")
        erase(store, "P01", by=BY, at=tick())
        export_all(store, folder, "c", "place=Marle", "participant=P02")
        yield store, folder


def export_all(store: Store, folder: Path, name: str, *where: str) -> None:
    """The study in whatever `diff` reads, with these filters, and by place in parts."""
    matrix(store, folder / f"whole-{name}.json")
    matrix(store, folder / f"places-{name}.json", rows="place")
    link = "penhaligon_link" if name < "c" else "p01_link"
    matrix(store, folder / f"links-{name}.json", rows=link)
    for n, text in enumerate(where):
        matrix(store, folder / f"only{n}-{name}.json", where=[text])
        matrix(store, folder / f"page{n}-{name}.docx", where=[text])
    made = splitting.split(
        store, partial(charting.build_matrix, store, at=tick()), folder / "x.docx", by="place"
    )
    (report, _), *_ = made.parts[::-1]
    exporting.save_matrix(store, report, folder / f"part-{name}.docx", by=BY, at=tick())
    for kind in ("csv", "json", "md"):
        compared_now = charting.compare(store, by="place")
        file = folder / f"compared-{name}.{kind}"
        exporting.save_comparison(store, compared_now, file, by=BY, at=tick())


def test_no_two_old_exports_say_a_name_of_somebody_who_was_erased(
    erased: tuple[Store, Path],
) -> None:
    store, folder = erased
    olds = sorted(folder.glob("*-a.*"))
    assert len(olds) == 11
    seen = 0
    for old in olds:
        for name in "bc":
            new = old.with_name(old.name.replace("-a.", f"-{name}."))
            seen += "Penhaligon" in f"{compared(read(old), read(new))}"
            found, _ = tell_changes(store, old, new)
            assert "penhaligon" not in f"{found}".lower(), (old.name, name)
    assert seen >= len(olds)


def test_what_the_project_still_knows_is_told_though_somebody_was_erased(
    erased: tuple[Store, Path],
) -> None:
    store, folder = erased
    found, _ = tell_changes(store, folder / "whole-a.json", folder / "whole-c.json")
    assert [(one.row, one.what) for one in found.gone] == [("P01", "withdrew")]
    assert found.withdrew == ("P01",)
    assert {(one.who, one.before, one.now) for one in found.cited} == {
        ("P02", "", "Lund, Bea, Sister of [P01]"),
        ("P03", "Ay, Cem, Chair", "Ay, Cem, Warden"),
    }
    by_place, _ = tell_changes(store, folder / "places-a.json", folder / "places-c.json")
    assert [(one.row, one.locator) for one in by_place.gone] == [(NOT_KNOWN, NOT_KNOWN)]
    parts, _ = tell_changes(store, folder / "part-a.docx", folder / "part-c.docx")
    filters, _ = tell_changes(store, folder / "only0-a.json", folder / "only0-c.json")
    groups, _ = tell_changes(store, folder / "compared-a.csv", folder / "compared-c.csv")
    assert ("part", "place Marle") in {(one.wish, one.now) for one in parts.made}
    assert filters.made == (MadeOtherwise("only", f"place={NOT_KNOWN}", "place=Marle"),)
    assert groups.columns_gone == ("Marle", NOT_KNOWN)  # of one place there is no comparison


# -- other wishes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"max_quotes": 1, "rows": "place"}, ("rows", "most")),
        ({"where": ["place=Marle"]}, ("only",)),
        ({"columns": "funding"}, ("columns",)),
    ],
)
@pytest.mark.parametrize("format_", ["docx", "json"])
def test_what_a_wish_leaves_out_is_not_gone_and_what_is_gone_is(
    store: Store, tmp_path: Path, wishes: dict[str, object], said: tuple[str, ...], format_: str
) -> None:
    old = matrix(store, tmp_path / f"old.{format_}")
    untag(store, "P01", "grant-aid", "g1: A grant came.")
    new = matrix(store, tmp_path / f"new.{format_}", **wishes)
    found, _ = tell_changes(store, old, new)

    assert tuple(one.wish for one in found.made if one.wish not in ("layout", "coders")) == said
    assert [one.locator for one in found.gone] == ["P01 ¶2"]
    assert found.quotations is not None
    was, now = found.quotations
    assert found.left_out == (0, was - now - 1)
    assert was - now > 1
    assert not found.rows_gone
    blind = diff_exports(old, new)
    assert (blind.gone, blind.left_out) == ((), (0, was - now))
    back, _ = tell_changes(store, new, old)
    assert (back.new, back.left_out) == ((), (was - now, 0))


@pytest.mark.parametrize("format_", ["docx", "json"])
@pytest.mark.parametrize("by", ["place", "theme"])
def test_what_stands_in_other_files_of_a_split_is_not_gone(
    store: Store, tmp_path: Path, by: str, format_: str
) -> None:
    old = matrix(store, tmp_path / f"old.{format_}")
    untag(store, "P02", "grant-aid", "g1: A grant came.")
    build = partial(charting.build_matrix, store, at=tick())
    made = splitting.split(store, build, tmp_path / f"new.{format_}", by=by)
    (report, part), *_ = made.parts
    exporting.save_matrix(store, report, part, by=BY, at=tick())
    found, _ = tell_changes(store, old, part)

    (part_of,) = [one for one in found.made if one.wish == "part"]
    assert part_of == MadeOtherwise("part", "", dict(report.provenance)["Part"])
    assert [one.locator for one in found.gone] == ["P02 ¶2"]
    assert found.left_out[1] > 1
    assert (found.rows_gone, found.cells) == ((), ())
    assert found.not_compared == (NotCompared("cells", "only"),)
    assert not tell_changes(store, part, part)[0]


def test_a_quotation_is_counted_as_the_document_counts_it(store: Store, tmp_path: Path) -> None:
    for code in ("trading", "bonding"):
        tag(store, "P02", code, "g1: A grant came.")
    old = tmp_path / "old.docx"
    report = charting.build_matrix(store, columns="codes", at=tick())
    (done,) = exporting.save_matrices(store, [(report, old)], by=BY, at=tick())
    untag(store, "P01", "grant-aid", "g1: A grant came.")
    for new in ("new.docx", "new.csv"):
        found, _ = tell_changes(store, old, matrix(store, tmp_path / new, columns="codes"))
        assert found.quotations == (done.quotations, done.quotations - 1)
    part = matrix(store, tmp_path / "part.docx", columns="codes", where=["place=Ashmere"])
    found, _ = tell_changes(store, old, part)
    assert found.quotations is not None
    was, now = found.quotations
    assert found.left_out == (0, was - now - 1)


def test_what_a_wish_leaves_out_is_not_gone_after_a_correction(
    store: Store, tmp_path: Path
) -> None:
    old = matrix(store, tmp_path / "old.docx")
    for name in ("P01", "P02"):
        correct(store, tmp_path, name, ("I: ", "I: Thank you for the tea, and for the time. "))
    untag(store, "P01", "grant-aid", "g1: A grant came.")
    new = matrix(store, tmp_path / "new.docx", rows="place", max_quotes=1)
    found, _ = tell_changes(store, old, new)

    assert [one.locator for one in found.gone] == ["P01 ¶2"]
    assert found.quotations is not None
    was, now = found.quotations
    assert found.left_out == (0, was - now - 1)
    assert was - now > 1


def test_the_best_of_a_cell_alone_is_seen_in_a_table_too(store: Store, tmp_path: Path) -> None:
    old = matrix(store, tmp_path / "old.csv", rows="place")
    new = matrix(store, tmp_path / "new.csv", rows="place", max_quotes=1)
    found, _ = tell_changes(store, old, new)

    assert found.made == (MadeOtherwise("most", "", "1"),)
    assert found.left_out[1] > 0
    assert not found


# -- what one of them does not hold ----------------------------------------------------------------


def test_what_only_one_of_two_files_holds_is_said(store: Store, tmp_path: Path) -> None:
    full = matrix(store, tmp_path / "full.docx")
    counts = matrix(store, tmp_path / "counts.csv", cells="counts")
    book = tmp_path / "book.md"
    made = booking.build_book(store, at=tick()).book
    exporting.save_book(store, made, book, by=BY, at=tick())

    assert diff_exports(full, counts).not_compared == (NotCompared("quotations", "new"),)
    assert diff_exports(counts, full).not_compared == (NotCompared("quotations", "old"),)
    assert diff_exports(full, book).not_compared == (NotCompared("cells", "new"),)
    assert diff_exports(full, counts).compared == ("cells",)
    assert diff_exports(full, book).compared == ("quotations", "attributions")


def test_a_passage_that_moved_between_columns_went_and_came(store: Store, tmp_path: Path) -> None:
    old = matrix(store, tmp_path / "old.docx")
    untag(store, "P01", "bonding", "b2: We held together.")
    tag(store, "P01", "trading", "b2: We held together.")
    found, _ = tell_changes(store, old, matrix(store, tmp_path / "new.docx"))

    assert listing_text(store, "P01").count("held") == 1
    assert found.moved == (
        Changed("P01", "funding/trading", "P01 ¶4", "cohesion/bonding → funding/trading"),
    )
    assert {(one.code, one.came, one.went) for one in found.cells} == {
        ("cohesion", (), ("P01 ¶4",)),
        ("funding", ("P01 ¶4",), ()),
    }
